/* SPDX-License-Identifier: MIT */
#ifndef MOP_FINDINGS_H
#define MOP_FINDINGS_H
#include "check/finding.h"
#include "report/out.h"

/*
 * Every finding of a run into a file, one line each: CSV or NDJSON by the end of the name. Like all
 * our files they are written whole or not at all. Personal values are masked unless shown.
 */
struct mop_findings_options {
    const struct mop_ruleset *rules;
    const char *const *sources; /* names, by mop_finding.source */
    size_t nsources;
    bool show_values; /* then readable by the owner only */
};
struct mop_findings;
/* NULL with code 2 for a name that ends in neither, code 3 for a file that cannot be written. */
struct mop_findings *mop_findings_open(const char *path, const struct mop_findings_options *o,
                                       struct mop_err *e);
/* One CSV per fixer in a folder, which is made if need be. A file of a fixer of the taxonomy that
 * is there from an earlier run and has nothing to repair any more is emptied to its header. */
struct mop_findings *mop_findings_open_by_fixer(const char *dir,
                                                const struct mop_findings_options *o,
                                                struct mop_err *e);
struct mop_finding_sink mop_findings_sink(struct mop_findings *f); /* code 3 when a write fails */
/* All is written, and nothing has its name yet. */
int mop_findings_finish(struct mop_findings *f, struct mop_err *e);
/* Both free it; one of them has to be called. */
int mop_findings_commit(struct mop_findings *f, struct mop_err *e);
void mop_findings_abort(struct mop_findings *f);

/* ---- between findings*.c: how one finding is written ---- */

/* What a line holds, masked already; the columns in this order. */
/* clang-format off */
#define MOP_FINDING_COLUMNS(X)                                                                     \
    X(source) X(line) X(record) X(key) X(field) X(column) X(rule) X(severity) X(outcome)           \
    X(suppressed) X(value) X(proposal) X(certain) X(fixer) X(owner) X(message)                       \
    X(baseline)
/* clang-format on */
enum mop_finding_column {
#define X(name) MOP_FC_##name,
    MOP_FINDING_COLUMNS(X)
#undef X
        MOP_FC_COLUMNS
};
extern const char *const mop_finding_columns[MOP_FC_COLUMNS];

struct mop_finding_line {
    struct mop_sv cell[MOP_FC_COLUMNS];
};
struct mop_findings_form {
    const char *ending;
    void (*head)(struct mop_out *out);
    void (*line)(struct mop_out *out, const struct mop_finding_line *l);
};
/* A cell as spreadsheets take it for nothing but text, in one line. */
void mop_csv_cell(struct mop_out *out, struct mop_sv s);
extern const struct mop_findings_form mop_findings_csv, mop_findings_ndjson;
#endif
