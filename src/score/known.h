/* SPDX-License-Identifier: MIT */
#ifndef MOP_KNOWN_H
#define MOP_KNOWN_H
#include "base/map.h"
#include "base/mem.h"
#include "rules/ruleset.h"

/* How many of a rule's findings with one value are in the baseline. */
struct mop_known {
    struct mop_arena arena;
    struct mop_map counts; /* record type, rule and value -> item: how many */
};
void mop_known_init(struct mop_known *k);
void mop_known_release(struct mop_known *k);
void mop_known_add(struct mop_known *k, const struct mop_check *c, struct mop_sv value);
void mop_known_add_undecided(struct mop_known *k, const struct mop_check *c);
/* Those that could not be told, whatever their values. */
uint64_t mop_known_undecided(const struct mop_known *k, const struct mop_check *c); /* k NULL: 0 */
uint64_t mop_known_count(const struct mop_known *k, const struct mop_check *c,
                         struct mop_sv value); /* k NULL: 0 */
#endif
