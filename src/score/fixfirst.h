/* SPDX-License-Identifier: MIT */
#ifndef MOP_FIXFIRST_H
#define MOP_FIXFIRST_H
#include "score/sure.h"

/* What to repair first, exactly (design.md section 4). F of a record: the error rules it failed; if
 * none, those undecided. */

struct mop_fix {
    const struct mop_check *check;
    /* Points of the basis with three decimals, half away from zero. gain: of the records that fail
     * this rule alone; share: the sum of weight / |F| (the Shapley value). value "" where there is
     * no value score. In the arena. */
    struct mop_sv gain_records, share_records, gain_value, share_value;
};
struct mop_plan_step {
    const struct mop_check *check;
    mop_i128 clean, assessed;
    enum mop_sure sure; /* of this step alone */
};
struct mop_plan {
    bool by_value;
    struct mop_plan_step *steps;
    size_t n;
    const char *reason; /* why there is none; NULL: there is one */
};
/* Rules with a share, in the order of the plan's basis: larger share first, ties by id. */
void mop_fixfirst(const struct mop_tally *t, struct mop_arena *a, struct mop_fix **fixes, size_t *n,
                  struct mop_plan *plan);
/* The weight of the assessed records that are clean once the rules in `fixed` (check bits) are
 * repaired. */
mop_i128 mop_clean_without(const struct mop_tally *t, bool by_value, const uint64_t *fixed);
#endif
