/* SPDX-License-Identifier: MIT */
#ifndef MOP_GOALS_H
#define MOP_GOALS_H
#include "score/lift.h"
#include "score/result.h"

/* What a report on hold has to reach, and the repairs that lift it there. */

/* One need of the report on one basis. */
struct mop_goal {
    const struct mop_report_result *report;
    const struct mop_need_result *need;
    bool money;
    int64_t wanted; /* millionths */
    struct mop_score now;
    struct mop_lift lift; /* its steps name the first check of what is repaired in one go */
};
/* All goals of the report that are missed; nothing asked, or no figure: none. In the arena. */
struct mop_goal *mop_goals(struct mop_arena *a, const struct mop_result *r,
                           const struct mop_report_result *x, size_t *n);
/* The column to bring back with step i, or NULL: the repair of a rule. */
const struct mop_missing_column *mop_goal_column(const struct mop_result *r,
                                                 const struct mop_goal *g, size_t i);
/* Is what is reached with step i the most that can be promised? What stands in a column that is not
 * there yet nobody has seen. */
bool mop_goal_at_most(const struct mop_result *r, const struct mop_goal *g, size_t i);
#endif
