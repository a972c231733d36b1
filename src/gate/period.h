/* SPDX-License-Identifier: MIT */
#ifndef MOP_GATE_PERIOD_H
#define MOP_GATE_PERIOD_H
#include "base/mem.h"
#include "base/sv.h"

/* Times as names of campaigns write them: 2026q4, 1Q27, 202612, 2026-12-01, 270302, 03, Mar27. */

enum mop_period {
    MOP_PERIOD_UNREAD, /* in no way that we know */
    MOP_PERIOD_AGREES, /* one way to read it holds the day */
    MOP_PERIOD_OTHER   /* it can be read, and no reading holds the day */
};
/* `part` is the part's name: of a `month`, 03 is one; of a `year`, 2003. Folds in `a`. */
enum mop_period mop_period_compare(struct mop_sv part, struct mop_sv text, int32_t day,
                                   struct mop_arena *a);
#endif
