/* SPDX-License-Identifier: MIT */
#ifndef MOP_LINT_REGEX_REACH_H
#define MOP_LINT_REGEX_REACH_H
#include "lint/regex_witness.h"

/*
 * What a pattern leaves to say: does it take every value, or none? A value is a text that is not
 * blank. Told from the pattern's tree, and only what is sure.
 */
enum mop_rx_reach {
    MOP_RX_SOME, /* as far as is known */
    MOP_RX_NONE, /* no value */
    MOP_RX_ALL_LINES /* every value, or at least every one without a line break */,
    MOP_RX_ALL
};
/* Of the whole value, or found somewhere in it, as p->flags say. */
enum mop_rx_reach mop_rx_reach_of(struct mop_rx_symbols *s, const struct mop_rx_pattern *p);
/* Of two that are matched against the whole value: is it sure that no value fits both? In `a`;
 * *steps is the budget and holds what is left. */
bool mop_rx_apart(struct mop_arena *a, struct mop_rx_symbols *s, const struct mop_rx_pattern *p,
                  const struct mop_rx_pattern *q, uint64_t *steps);
#endif
