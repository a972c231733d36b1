/* SPDX-License-Identifier: MIT */
#include "report/goals.h"
#include "report/sections.h"

/* Rules that miss the same column are repaired in one go. */
static size_t *columns_together(struct mop_arena *a, const struct mop_result *r,
                                const struct mop_type_result *y)
{
    size_t n = y->record->nchecks, *group = mop_arena_array(a, n + 1, sizeof *group);
    for (size_t i = 0; i < n; i++) {
        const struct mop_missing_column *m = mop_missing_of(r, y, y->record->checks[i]);
        group[i] = i;
        for (size_t k = 0; m && k < i && group[i] == i; k++) {
            const struct mop_missing_column *x = mop_missing_of(r, y, y->record->checks[k]);
            group[i] = x && x->field == m->field ? group[k] : i;
        }
    }
    return group;
}

const struct mop_score_pair *mop_goal_score(const struct mop_report_result *x,
                                            const struct mop_need_result *n)
{
    if (x->asked_cohort > n->ncohorts)
        return NULL;
    return x->asked_cohort ? &n->cohorts[x->asked_cohort - 1].score : &n->score;
}

/* What is reached with a step is as sure as the least sure step so far. */
static void find_sure(const struct mop_result *r, struct mop_goal *g)
{
    const struct mop_tally *t = g->lift.tally;
    enum mop_sure sure = MOP_SURE_EXACT;
    for (size_t i = 0; i < g->lift.n; i++) {
        struct mop_lift_step *s = &g->lift.steps[i];
        enum mop_sure own = sure == MOP_SURE_ABOUT
                                ? sure
                                : mop_sure_of(t, g->lift.part, g->need->need, g->money,
                                              t->need_mask[g->need->need->index],
                                              t->record->checks[s->check], &s->why);
        if (own == MOP_SURE_EXACT && mop_missing_somewhere(r, t->record->checks[s->check]))
            own = MOP_SURE_AT_MOST;
        s->sure = sure = own > sure ? own : sure;
    }
}

static void add_need(struct mop_arena *a, const struct mop_result *r,
                     const struct mop_report_result *x, const struct mop_need_result *n,
                     struct mop_goal *out, size_t *count)
{
    const struct mop_score_pair *s = mop_goal_score(x, n);
    if (!s)
        return;
    struct mop_goal all[] = {
        {.money = true, .wanted = s->has_value ? x->asked_value : -1, .now = s->value},
        {.money = false, .wanted = x->asked_records, .now = s->records}};
    for (size_t i = 0; i < 2; i++) {
        struct mop_goal *g = &all[i];
        if (g->wanted < 0 || g->now.reason || mop_score_meets(&g->now, g->wanted))
            continue;
        g->report = x;
        g->need = n;
        mop_lift_plan(n->type->tally,
                      (struct mop_part_of){.need = n->need->index, .cohort = x->asked_cohort},
                      g->money, columns_together(a, r, n->type), g->wanted, a, &g->lift);
        find_sure(r, g);
        out[(*count)++] = *g;
    }
}

struct mop_goal *mop_goals(struct mop_arena *a, const struct mop_result *r,
                           const struct mop_report_result *x, size_t *n)
{
    struct mop_goal *out = mop_arena_array(a, 2 * x->nneeds + 1, sizeof *out);
    *n = 0;
    for (size_t k = 0; k < x->nneeds && x->decision == MOP_DECISION_HOLD; k++)
        add_need(a, r, x, &x->needs[k], out, n);
    return out;
}

const struct mop_missing_column *mop_goal_column(const struct mop_result *r,
                                                 const struct mop_goal *g, size_t i)
{
    return mop_missing_of(r, g->need->type, g->need->need->record->checks[g->lift.steps[i].check]);
}

enum mop_sure mop_step_sure(const struct mop_result *r, const struct mop_plan_step *s,
                            enum mop_sure before)
{
    enum mop_sure own = s->sure;
    if (own == MOP_SURE_EXACT && mop_missing_somewhere(r, s->check))
        own = MOP_SURE_AT_MOST;
    return own > before ? own : before;
}
