/* SPDX-License-Identifier: MIT */
#ifndef MOP_TOGETHER_H
#define MOP_TOGETHER_H
#include "score/score.h"

/* Which failures occur together: the assessed records that are not clean, by the set of error rules
 * that they failed or, only if none, of those undecided (F of score/stakes.h). */
struct mop_fault_set {
    const uint64_t *checks; /* check bits */
    size_t size;
    uint64_t records;
    mop_i128 value;     /* by the type's own weight, in millionths; 0 without one */
    uint64_t unweighed; /* records of which nobody knows it */
};
struct mop_together {
    struct mop_fault_set *sets; /* most records first, ties by the order of the rules; arena */
    size_t n;
    uint64_t unclean, alone; /* records; of them those that fail one rule only */
    bool beyond;             /* more distinct signatures than the table holds: of those in it */
};
void mop_together(const struct mop_tally *t, struct mop_arena *a, struct mop_together *out);
#endif
