/* SPDX-License-Identifier: MIT */
#ifndef MOP_HISTORY_SETTINGS_H
#define MOP_HISTORY_SETTINGS_H
#include "cli/check_settings.h"
#include "history/log.h"
#include "report/page.h"

/* What the commands of `mopslint history` were asked for, and what they share. */
struct mop_history_settings {
    struct mop_check_settings
        s;                /* first: --history, --config and what mopslint.yaml says of them */
    const char *format;   /* "text", "json", "csv" */
    const char *words[2]; /* runs */
    size_t nwords;
    bool all, dry_run, full;
    const char *score, *table, *run;
    uint64_t keep, last;
    int64_t older_us; /* -1: not asked */
};

/* A table for people, JSON or CSV: what `list` and `trend` print. */
struct mop_listing {
    struct mop_page page;
    struct mop_grid grid;
    const char *format;
    const char *const *columns;
    size_t n;
    struct mop_format_options options;
    struct mop_result nothing; /* a page is of a result */
    struct mop_out out;
    bool first;
};
void mop_listing_begin(struct mop_listing *l, const char *format, const char *const *columns,
                       const struct mop_grid_column *titles, size_t n);
/* Cells as programs read them, and as people do. */
void mop_listing_row(struct mop_listing *l, const struct mop_sv *cells, const struct mop_sv *shown);
int mop_listing_end(struct mop_listing *l, const char *none, struct mop_err *e);
#endif
