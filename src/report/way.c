/* SPDX-License-Identifier: MIT */
#include "report/goals.h"
#include "report/sections.h"

/* All that has to be repaired until a report can be sent. */

/* Nothing but goals is in the way: no check of the data, no figure that is not there. */
static bool is_only_goals(const struct mop_result *r, const struct mop_report_result *x)
{
    bool money = false;
    for (size_t i = 0; i < r->ndatasets; i++)
        if (mop_dataset_holds(&r->datasets[i], x))
            return false;
    for (size_t i = 0; i < x->nneeds; i++) {
        const struct mop_score_pair *s = mop_goal_score(x, &x->needs[i]);
        if (!s || (x->asked_records >= 0 && s->records.reason) ||
            (x->asked_value >= 0 && s->has_value && s->value.reason))
            return false;
        money |= s->has_value;
    }
    return !x->absent && (x->asked_value < 0 || money);
}

static bool is_reached(const struct mop_result *r, const struct mop_goal *g)
{
    const struct mop_lift *l = &g->lift;
    if (l->reason || !l->n)
        return false;
    for (size_t i = 0; i < l->n; i++)
        if (mop_goal_column(r, g, i))
            return false;
    struct mop_score then = {NULL, l->steps[l->n - 1].clean, l->assessed, 0};
    return mop_score_meets(&then, g->wanted);
}

/* The goals of one record type, from the first one on. */
static size_t lifts_of(const struct mop_goal *all, size_t n, size_t first,
                       const struct mop_lift **out)
{
    size_t found = 0;
    for (size_t i = first; i < n; i++)
        if (all[i].need->type == all[first].need->type)
            out[found++] = &all[i].lift;
    return found;
}

static bool is_first(const struct mop_goal *all, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (all[k].need->type == all[i].need->type)
            return false;
    return true;
}

static bool repaired_before(const struct mop_goal *all, size_t i, size_t check)
{
    for (size_t k = 0; k < i; k++)
        if (all[k].need->type == all[i].need->type && all[k].lift.step_of[check])
            return true;
    return false;
}

static bool is_among(const struct mop_sv *all, size_t n, struct mop_sv s)
{
    for (size_t i = 0; i < n; i++)
        if (mop_sv_eq(all[i], s))
            return true;
    return false;
}

static struct mop_sv listed(struct mop_arena *a, const struct mop_sv *names, size_t n)
{
    enum { MOST = 4 };
    struct mop_sv all = n ? names[0] : MOP_SV("");
    size_t shown = n > MOST ? MOST - 1 : n;
    for (size_t i = 1; i < shown; i++)
        all = mop_arena_printf(a, "%.*s%s%.*s", MOP_SV_ARG(all), i + 1 == n ? " and " : ", ",
                               MOP_SV_ARG(names[i]));
    return n > shown ? mop_arena_printf(a, "%.*s and %zu more", MOP_SV_ARG(all), n - shown) : all;
}

static void add_repairs(struct mop_arena *a, const struct mop_goal *all, size_t i,
                        struct mop_way *way, struct mop_sv *who, size_t *nwho)
{
    const struct mop_goal *g = &all[i];
    for (size_t s = 0; s < g->lift.n; s++) {
        size_t check = g->lift.steps[s].check;
        if (repaired_before(all, i, check))
            continue;
        struct mop_sv name = mop_rule_repairer(a, g->need->need->record->checks[check]);
        way->repairs++;
        if (!is_among(who, *nwho, name))
            who[(*nwho)++] = name;
    }
}

bool mop_way_of(struct mop_arena *a, const struct mop_result *r, const struct mop_report_result *x,
                struct mop_way *way)
{
    size_t n, steps = 0, nwho = 0;
    const struct mop_goal *all = mop_goals(a, r, x, &n);
    bool known = n && is_only_goals(r, x);
    for (size_t i = 0; i < n && known; i++) {
        known = is_reached(r, &all[i]);
        steps += all[i].lift.n;
    }
    if (!known)
        return false;
    const struct mop_lift **lifts = mop_arena_array(a, n, sizeof(void *));
    struct mop_sv *who = mop_arena_array(a, steps, sizeof *who);
    *way = (struct mop_way){0};
    for (size_t i = 0; i < n; i++) {
        enum mop_sure sure = all[i].lift.steps[all[i].lift.n - 1].sure;
        way->sure = sure > way->sure ? sure : way->sure;
        add_repairs(a, all, i, way, who, &nwho);
        if (is_first(all, i))
            way->records += mop_lift_records(lifts, lifts_of(all, n, i, lifts), 0, SIZE_MAX);
    }
    way->who = listed(a, who, nwho);
    return true;
}
