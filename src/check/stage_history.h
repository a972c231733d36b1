/* SPDX-License-Identifier: MIT */
#ifndef MOP_CHECK_STAGE_HISTORY_H
#define MOP_CHECK_STAGE_HISTORY_H
#include "rules/stage_history.h"

/*
 * The stage changes of the run, for lifecycles with a history: taken while their record type is
 * judged, sorted after its last record, looked up by the judge of the lifecycle's own. 48 bytes per
 * change.
 */
struct mop_histories {
    struct mop_kept_history {
        const struct mop_lifecycle *l;
        struct mop_stage_change *list;
        size_t n, cap;
        bool lost; /* a column is missing in some source, or a source broke off */
    } * list;
    size_t n;
};
struct mop_entry;
void mop_histories_init(struct mop_histories *h, const struct mop_ruleset *rs);
void mop_histories_release(struct mop_histories *h);
/* Takes the change that a record of type t is, if it is one; not of excluded ones. */
void mop_histories_record(struct mop_histories *h, const struct mop_record *t,
                          struct mop_entry *const *entries);
/* After the last record of type t; whole: all of them were read. */
void mop_histories_freeze(struct mop_histories *h, const struct mop_record *t, bool whole);
/* mop_run.changes */
bool mop_histories_find(const struct mop_histories *h, const struct mop_lifecycle *l,
                        struct mop_sv of, struct mop_stage_changes *out);
/* Does a history read this field of a change? */
bool mop_histories_reads(const struct mop_histories *h, const struct mop_field *f);
/* Is the history that the test reads lost? */
bool mop_histories_lost(const struct mop_histories *h, const struct mop_test *t);
#endif
