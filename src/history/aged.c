/* SPDX-License-Identifier: MIT */
#include "history/db.h"
#include "report/shown.h"
#include <string.h>

/* What the passing of time did: rules that ask how long ago something was. */

static bool is_clocked(const struct mop_record *r)
{
    bool clocked = false;
    for (size_t i = 0; i < r->nchecks; i++)
        clocked |= mop_check_clocked(r->checks[i]);
    for (size_t i = 0; i < r->nexcludes; i++)
        clocked |= mop_expr_clocked(r->excludes[i].where);
    for (size_t i = 0; i < r->nweights; i++)
        clocked |= mop_expr_clocked(r->weights[i]->where);
    return clocked;
}

static bool any_clocked(const struct mop_result *r)
{
    bool clocked = false;
    for (size_t i = 0; i < r->ntypes; i++)
        clocked |= is_clocked(r->types[i].record);
    for (size_t i = 0; i < r->nreports; i++)
        for (size_t k = 0; k < r->reports[i].nneeds; k++)
            clocked |= mop_expr_clocked(r->reports[i].needs[k].need->where);
    return clocked;
}

static struct mop_sv came_to(struct mop_arena *a, const struct mop_log_then *t,
                             const struct mop_rule_tally *now, bool by_earlier)
{
    return mop_arena_printf(
        a, "%.*s of %.*s failed, now %.*s of %.*s%s", MOP_SV_ARG(mop_shown_count(a, t->failed)),
        MOP_SV_ARG(mop_shown_count(a, t->applicable)), MOP_SV_ARG(mop_shown_count(a, now->failed)),
        MOP_SV_ARG(mop_shown_count(a, now->applied)), by_earlier ? " by the earlier rules" : "");
}

struct aging {
    struct mop_log *l;
    struct mop_arena *a;
    struct mop_cause *list;
    size_t n;
    bool by_earlier; /* other rules judge now: what those of then make of the data is looked at */
};

/* Only errors decide of scores. */
static int add_check(struct aging *x, const struct mop_check *c, const struct mop_rule_tally *now,
                     struct mop_err *e)
{
    struct mop_log_then t = {0};
    if (c->severity != MOP_SEV_ERROR || !mop_check_clocked(c))
        return 0;
    if (mop_log_rule_then(x->l, c->record->name, c->id, &t, e))
        return -1;
    if (!t.is || (t.failed == now->failed && t.applicable == now->applied))
        return 0;
    struct mop_cause *cause = &x->list[x->n++];
    *cause = (struct mop_cause){.record = mop_arena_copy(x->a, c->record->name),
                                .id = mop_arena_copy(x->a, c->id),
                                .what = came_to(x->a, &t, now, x->by_earlier),
                                .since = INT32_MIN};
    cause->how = MOP_CAUSE_TIME;
    return 0;
}

/* Suppressions that were good on the day of the run compared with, and ran out since. */
static void add_ended(struct aging *x, const struct mop_ruleset *rs, int64_t since_us)
{
    int32_t day = mop_when_of_instant(since_us, rs->zone).day;
    for (size_t i = 0; i < rs->nsuppressions; i++) {
        const struct mop_suppression *q = &rs->suppressions[i];
        if (!q->expired || q->until < day)
            continue;
        struct mop_cause *cause = &x->list[x->n++];
        *cause = (struct mop_cause){.record = q->record ? q->record->name : MOP_SV(""),
                                    .id = q->rule,
                                    .what = MOP_SV("what it kept back counts as found again"),
                                    .since = q->until + 1};
        cause->how = MOP_CAUSE_ENDED;
    }
}

int mop_log_aged(struct mop_log *l, struct mop_result *r, const struct mop_result *between,
                 struct mop_since *s, struct mop_err *e)
{
    const struct mop_result *by = s->same_rules ? r : between;
    struct aging x = {.l = l, .a = &r->arena, .n = s->ncauses, .by_earlier = !s->same_rules};
    size_t most = s->ncauses + r->rules->nsuppressions;
    s->clocked = any_clocked(r);
    for (size_t i = 0; by && i < by->ntypes; i++)
        most += by->types[i].record->nchecks;
    x.list = mop_arena_array(&r->arena, most + 1, sizeof *x.list);
    if (s->ncauses)
        memcpy(x.list, s->causes, s->ncauses * sizeof *x.list);
    add_ended(&x, r->rules, s->at_us);
    for (size_t i = 0; by && i < by->ntypes; i++) {
        const struct mop_type_result *y = &by->types[i];
        for (size_t k = 0; k < y->record->nchecks; k++)
            if (add_check(&x, y->record->checks[k], &y->tally->rules_tally[k], e))
                return -1;
    }
    s->causes = x.list;
    s->ncauses = x.n;
    return 0;
}
