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
    const char *below; /* said under the table for people, if there is a row */
};
void mop_listing_begin(struct mop_listing *l, const char *format, const char *const *columns,
                       const struct mop_grid_column *titles, size_t n);
/* Cells as programs read them, and as people do. */
void mop_listing_row(struct mop_listing *l, const struct mop_sv *cells, const struct mop_sv *shown);
int mop_listing_end(struct mop_listing *l, const char *none, struct mop_err *e);

/* The commands, each in a file of its own. */
#define MOP_HISTORY_COMMAND(name)                                                                  \
    int mop_history_##name(struct mop_history_settings *h, struct mop_log *l, struct mop_err *e)
MOP_HISTORY_COMMAND(list);
MOP_HISTORY_COMMAND(show);
MOP_HISTORY_COMMAND(compare);
MOP_HISTORY_COMMAND(trend);
MOP_HISTORY_COMMAND(prune);
MOP_HISTORY_COMMAND(export);

/* ---- what they share ---- */
struct mop_sv mop_history_time(struct mop_arena *a, int64_t us);
struct mop_sv mop_history_share(struct mop_arena *a, int64_t tenths);  /* "82.7 %"; "": none */
struct mop_sv mop_history_tenths(struct mop_arena *a, int64_t tenths); /* "82.7"; absent: none */
struct mop_sv mop_history_number(struct mop_arena *a, int64_t n);      /* absent below 0 */
/* Has the reader of standard output gone? Nothing more is written then. */
bool mop_history_left(void);
int mop_history_to_stdout(void *ctx, const char *p, size_t n,
                          struct mop_err *e); /* mop_out_write */
/* Every table, or `only` that one, of the run (0: of all) onto standard output: whole or not at
 * all. */
int mop_history_dump(struct mop_log *l, int64_t run, const struct mop_log_table *only,
                     const char *format, struct mop_err *e);
/* The run of that name, among all; NULL with code 2. */
const struct mop_log_run *mop_history_find(struct mop_history_settings *h, struct mop_log *l,
                                           const char *name, struct mop_err *e);
/* The id from which on there are so many complete runs; 0: there are fewer. */
int64_t mop_history_first_of_last(const struct mop_log_run *runs, size_t n, uint64_t many);
extern const char *const mop_history_score_kinds[]; /* by enum of struct mop_score_since */
#endif
