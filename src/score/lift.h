/* SPDX-License-Identifier: MIT */
#ifndef MOP_LIFT_H
#define MOP_LIFT_H
#include "score/sure.h"

/*
 * What lifts one report: the plan of what to repair first (score/fixfirst.h), but of the records
 * and the rules of its need, and only until its figure reaches what is asked. A record of which it
 * is not known whether it is in the need counts as clean once the rules that it fails are repaired.
 */
struct mop_lift_step {
    size_t check; /* its index; of a group the smallest */
    mop_i128 clean;
    enum mop_sure sure; /* of what is reached with it: of all steps so far */
    unsigned why;       /* MOP_WHY_ bits of this step, where that is at most so much */
};
struct mop_lift {
    struct mop_lift_step *steps; /* in the arena */
    size_t n;
    mop_i128 before, assessed;
    const char *reason; /* why there is none; NULL: there is one */
    const struct mop_tally *tally;
    struct mop_part_of part;
    size_t *step_of; /* per check 1 + the step that repairs it; 0: none does */
};
/* `group`: per check the smallest index of those that are repaired with it in one go; its own if
 * none is. `wanted` in millionths. Ties: what stands in the way of more, then the smaller id. */
void mop_lift_plan(const struct mop_tally *t, struct mop_part_of part, bool by_value,
                   const size_t *group, int64_t wanted, struct mop_arena *a, struct mop_lift *out);
/* How many records the steps [from, to) of any of the `n` plans of one record type repair: those
 * that fail a rule of them, or fail none and cannot be told one of them. */
uint64_t mop_lift_records(const struct mop_lift *const *all, size_t n, size_t from, size_t to);
#endif
