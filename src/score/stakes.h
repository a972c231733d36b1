/* SPDX-License-Identifier: MIT */
#ifndef MOP_STAKES_H
#define MOP_STAKES_H
#include "check/tally.h"

/*
 * What the records lose by each rule, on one basis. F of a record is the set of error rules that it
 * failed or, only if it failed none, of those undecided.
 */
struct mop_stake {
    mop_i128 alone;    /* weight of the records whose F is this rule alone */
    mop_i128 *by_size; /* [k - 1]: of those whose F has k rules, this one among them */
    size_t nsizes;     /* 0: no record's F has it */
};
struct mop_stakes {
    bool by_value;
    size_t n;       /* checks of the record type */
    mop_i128 total; /* weight of the assessed records */
    struct mop_stake *of;
    uint64_t *f; /* F of the signature at hand */
};

void mop_stakes_init(struct mop_stakes *k, const struct mop_tally *t, bool by_value);
void mop_stakes_release(struct mop_stakes *k);
void mop_stakes_add(struct mop_stakes *k, const struct mop_tally *t, const struct mop_signature *s);
void mop_stakes_merge(struct mop_stakes *k, const struct mop_stakes *other);
/* F of a signature into `f` (words of check bits); how many rules are in it. */
size_t mop_failing_set(const struct mop_tally *t, const struct mop_signature *s, uint64_t *f);
mop_i128 mop_stakes_weight(const struct mop_stakes *k, const struct mop_signature *s);
#endif
