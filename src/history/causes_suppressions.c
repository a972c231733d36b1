/* SPDX-License-Identifier: MIT */
#include "history/causes.h"

/* ---- what is suppressed ---- */

/* What a rule of the earlier ones is called now. */
static struct mop_sv id_now(const struct mop_causes *x, struct mop_sv id)
{
    for (size_t i = 0; i < x->now->nrecords; i++) {
        const struct mop_check *c = mop_cause_renamed(x->now->records[i], id);
        if (c)
            return c->id;
    }
    return id;
}

static bool same_reach(const struct mop_causes *x, const struct mop_suppression *then,
                       const struct mop_suppression *now)
{
    struct mop_sv was = then->record ? then->record->name : MOP_SV("");
    struct mop_sv is = now->record ? now->record->name : MOP_SV("");
    return mop_sv_eq(was, is) &&
           (mop_sv_eq(then->rule, now->rule) || mop_sv_eq(id_now(x, then->rule), now->rule));
}

static bool same_suppression(const struct mop_causes *x, const struct mop_suppression *then,
                             const struct mop_suppression *now)
{
    return same_reach(x, then, now) && then->until == now->until &&
           mop_cause_same_node(then->where_node, now->where_node);
}

/* Of the rule, in all record types. */
static uint64_t kept_back(const struct mop_result *r, struct mop_sv rule)
{
    uint64_t n = 0;
    for (size_t i = 0; i < r->ntypes; i++) {
        const struct mop_check *c = mop_cause_check(r->types[i].record, rule);
        n += c ? r->types[i].tally->rules_tally[c->index].suppressed : 0;
    }
    return n;
}

static void add_kept(struct mop_causes *x, const struct mop_result *then,
                     const struct mop_result *now, const struct mop_suppression *q,
                     const char *what)
{
    uint64_t was = kept_back(then, q->rule), is = kept_back(now, id_now(x, q->rule));
    mop_cause_add(x, MOP_CAUSE_KEPT, q->record ? q->record->name : MOP_SV(""), id_now(x, q->rule),
                  mop_arena_printf(x->a, "%s: %.*s finding%s kept back, %.*s by the earlier rules",
                                   what, MOP_SV_ARG(mop_cause_count(x, is)), is == 1 ? "" : "s",
                                   MOP_SV_ARG(mop_cause_count(x, was))),
                  INT32_MIN, UINT64_MAX);
}

/* In these rules, the very same, or one of the same rule. */
static bool has_suppression(const struct mop_causes *x, const struct mop_ruleset *in,
                            const struct mop_suppression *q,
                            bool (*alike)(const struct mop_causes *, const struct mop_suppression *,
                                          const struct mop_suppression *))
{
    for (size_t i = 0; i < in->nsuppressions; i++) {
        const struct mop_suppression *o = &in->suppressions[i];
        if (in == x->now ? alike(x, q, o) : alike(x, o, q))
            return true;
    }
    return false;
}

/* Of the earlier ones: does it stand as it was, or one in its place that is not another's? */
static bool goes_on(const struct mop_causes *x, const struct mop_suppression *q)
{
    for (size_t i = 0; i < x->now->nsuppressions; i++) {
        const struct mop_suppression *o = &x->now->suppressions[i];
        if (same_suppression(x, q, o) ||
            (same_reach(x, q, o) && !has_suppression(x, x->then, o, same_suppression)))
            return true;
    }
    return false;
}

/* Of the new ones: does it stand in the place of one that is there no more as it was? */
static bool replaces(const struct mop_causes *x, const struct mop_suppression *q)
{
    for (size_t i = 0; i < x->then->nsuppressions; i++) {
        const struct mop_suppression *o = &x->then->suppressions[i];
        if (same_reach(x, o, q) && !has_suppression(x, x->now, o, same_suppression))
            return true;
    }
    return false;
}

/* They move no score, but what is found. */
void mop_causes_of_suppressions(struct mop_causes *x, const struct mop_result *then,
                                const struct mop_result *now)
{
    for (size_t i = 0; i < x->now->nsuppressions; i++) {
        const struct mop_suppression *q = &x->now->suppressions[i];
        if (!has_suppression(x, x->then, q, same_suppression))
            add_kept(x, then, now, q,
                     replaces(x, q) ? "its suppression has another reach or end"
                                    : "a suppression that was not there");
    }
    for (size_t i = 0; i < x->then->nsuppressions; i++)
        if (!goes_on(x, &x->then->suppressions[i]))
            add_kept(x, then, now, &x->then->suppressions[i],
                     "a suppression that is there no more");
}
