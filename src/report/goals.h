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
    /* Its steps name the first check of what is repaired in one go. `sure` there: what stands in a
     * column that is not there yet nobody has seen. */
    struct mop_lift lift;
};
/* What is asked of the need: all of it, or a cohort; NULL: it has none. */
const struct mop_score_pair *mop_goal_score(const struct mop_report_result *x,
                                            const struct mop_need_result *n);
/* All goals of the report that are missed; nothing asked, or no figure: none. In the arena. */
struct mop_goal *mop_goals(struct mop_arena *a, const struct mop_result *r,
                           const struct mop_report_result *x, size_t *n);
/* How sure is what a plan of the whole type reaches with the step, after steps as sure as `before`?
 * A column that comes back with it is one of the things that nobody has seen. */
enum mop_sure mop_step_sure(const struct mop_result *r, const struct mop_plan_step *s,
                            enum mop_sure before);
/* The column to bring back with step i, or NULL: the repair of a rule. */
const struct mop_missing_column *mop_goal_column(const struct mop_result *r,
                                                 const struct mop_goal *g, size_t i);
/* All repairs that a report needs to be sent, of whatever goals: each repair and record once. */
struct mop_way {
    size_t repairs;
    uint64_t records;
    struct mop_sv who;  /* "demand-gen and sales-ops" */
    enum mop_sure sure; /* AT_MOST: it may take more */
};
/* False: there is more in its way than records that rules repair, or nobody knows what follows. */
bool mop_way_of(struct mop_arena *a, const struct mop_result *r, const struct mop_report_result *x,
                struct mop_way *way);
#endif
