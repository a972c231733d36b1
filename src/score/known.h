/* SPDX-License-Identifier: MIT */
#ifndef MOP_KNOWN_H
#define MOP_KNOWN_H
#include "base/map.h"
#include "base/mem.h"
#include "check/finding.h"
#include "check/tally.h"

/* Of a rule's findings with one value that are not suppressed: how many are in the baseline, and
 * where the first of them stands, and of those that are new. */
struct mop_known_value {
    uint64_t count;
    struct mop_first known, fresh;
};
struct mop_known {
    struct mop_arena arena;
    struct mop_map values; /* record type, rule and value -> item: struct mop_known_value * */
    struct mop_map counts; /* record type and rule -> how many values are kept of it */
};
void mop_known_init(struct mop_known *k);
void mop_known_release(struct mop_known *k);
/* The first 65,536 values of a rule are kept: of no later one does the tally list anything. */
void mop_known_add(struct mop_known *k, const struct mop_finding *f, bool known);
/* NULL: no such finding, or no baseline (k NULL). */
const struct mop_known_value *mop_known_value(const struct mop_known *k, const struct mop_check *c,
                                              struct mop_sv value);
/* Those that could not be told, whatever their values. */
uint64_t mop_known_undecided(const struct mop_known *k, const struct mop_check *c); /* k NULL: 0 */
#endif
