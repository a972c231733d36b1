/* SPDX-License-Identifier: MIT */
#include "history/causes.h"

/* ---- what is suppressed ---- */

/* The suppressions of one of the two rule sets, by what they say: a taxonomy may have thousands. */
struct kept {
    const struct mop_ruleset *rs;
    struct mop_sv *reach, *whole; /* of each: its record and rule; that, its end and its `where` */
    struct mop_map reaches,       /* how many have it */
        wholes,                   /* ... the very same */
        left;                     /* by reach: those that the other rules do not have as they are */
};
struct both {
    struct mop_causes *x;
    struct mop_map ids; /* what a rule of the earlier ones is called now: 1 + index of its name */
    const struct mop_sv **names;
    size_t nnames;
    struct kept then, now;
};

static void learn_names(struct both *b)
{
    const struct mop_ruleset *now = b->x->now;
    size_t most = 0;
    for (size_t i = 0; i < now->nrecords; i++)
        most += now->records[i]->nchecks;
    b->names = mop_arena_array(b->x->a, most + 1, sizeof *b->names);
    mop_map_init(&b->ids);
    for (size_t i = 0; i < now->nrecords; i++)
        for (size_t k = 0; k < now->records[i]->nchecks; k++) {
            const struct mop_check *c = now->records[i]->checks[k];
            bool added = false;
            uint64_t *item =
                c->renamed_from.n ? mop_map_put(&b->ids, c->renamed_from, &added) : NULL;
            if (!added)
                continue;
            b->names[b->nnames++] = &c->id;
            *item = b->nnames;
        }
}

static struct mop_sv id_now(const struct both *b, struct mop_sv id)
{
    const uint64_t *item = mop_map_find(&b->ids, id);
    return item ? *b->names[*item - 1] : id;
}

static uint64_t count(const struct mop_map *m, struct mop_sv key)
{
    const uint64_t *n = mop_map_find(m, key);
    return n ? *n : 0;
}

static struct mop_sv written(struct mop_arena *a, const struct mop_node *n)
{
    struct mop_buf b;
    if (!n)
        return MOP_SV("");
    mop_buf_init(&b, SIZE_MAX);
    mop_yaml_flow(&b, n);
    struct mop_sv text = mop_arena_copy(a, mop_buf_view(&b));
    mop_buf_release(&b);
    return text;
}

static void learn(struct both *b, struct kept *k, const struct mop_ruleset *rs)
{
    struct mop_arena *a = b->x->a;
    k->rs = rs;
    k->reach = mop_arena_array(a, rs->nsuppressions + 1, sizeof *k->reach);
    k->whole = mop_arena_array(a, rs->nsuppressions + 1, sizeof *k->whole);
    mop_map_init(&k->reaches);
    mop_map_init(&k->wholes);
    mop_map_init(&k->left);
    for (size_t i = 0; i < rs->nsuppressions; i++) {
        const struct mop_suppression *q = &rs->suppressions[i];
        struct mop_sv rule = rs == b->x->then ? id_now(b, q->rule) : q->rule;
        k->reach[i] =
            mop_arena_printf(a, "%.*s\n%.*s", MOP_SV_ARG(q->record ? q->record->name : MOP_SV("")),
                             MOP_SV_ARG(rule));
        k->whole[i] = mop_arena_printf(a, "%.*s\n%d\n%.*s", MOP_SV_ARG(k->reach[i]), (int)q->until,
                                       MOP_SV_ARG(written(a, q->where_node)));
        ++*mop_map_put(&k->reaches, k->reach[i], NULL);
        ++*mop_map_put(&k->wholes, k->whole[i], NULL);
    }
}

static void learn_left(struct kept *k, const struct kept *other)
{
    for (size_t i = 0; i < k->rs->nsuppressions; i++)
        if (!count(&other->wholes, k->whole[i]))
            ++*mop_map_put(&k->left, k->reach[i], NULL);
}

static void forget(struct kept *k)
{
    mop_map_release(&k->reaches);
    mop_map_release(&k->wholes);
    mop_map_release(&k->left);
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

/* " (where {stage: won})", " (nobody has it)": which one, where there are several of a rule. */
static struct mop_sv which(const struct both *b, const struct kept *k, size_t i)
{
    const struct mop_suppression *q = &k->rs->suppressions[i];
    struct mop_arena *a = b->x->a;
    if (count(&b->then.reaches, k->reach[i]) < 2 && count(&b->now.reaches, k->reach[i]) < 2)
        return MOP_SV("");
    return q->where_node
               ? mop_arena_printf(a, " (where %.*s)", MOP_SV_ARG(written(a, q->where_node)))
           : q->reason.n ? mop_arena_printf(a, " (%.*s)", MOP_SV_ARG(q->reason))
                         : MOP_SV("");
}

static void add_kept(struct both *b, const struct mop_result *then, const struct mop_result *now,
                     const struct kept *k, size_t i, const char *what)
{
    struct mop_causes *x = b->x;
    const struct mop_suppression *q = &k->rs->suppressions[i];
    struct mop_sv id = k == &b->then ? id_now(b, q->rule) : q->rule;
    uint64_t was = kept_back(then, q->rule), is = kept_back(now, id);
    mop_cause_add(
        x, MOP_CAUSE_KEPT, q->record ? q->record->name : MOP_SV(""), id,
        mop_arena_printf(x->a, "%s%.*s: %.*s finding%s kept back, %.*s by the earlier rules", what,
                         MOP_SV_ARG(which(b, k, i)), MOP_SV_ARG(mop_cause_count(x, is)),
                         is == 1 ? "" : "s", MOP_SV_ARG(mop_cause_count(x, was))),
        INT32_MIN, UINT64_MAX);
}

/* They move no score, but what is found. One that is not as it was stands in the place of one of
 * the same rule that is not there as it was. */
static void compare(struct both *b, const struct mop_result *then, const struct mop_result *now)
{
    for (size_t i = 0; i < b->now.rs->nsuppressions; i++)
        if (!count(&b->then.wholes, b->now.whole[i]))
            add_kept(b, then, now, &b->now, i,
                     count(&b->then.left, b->now.reach[i])
                         ? "its suppression has another reach or end"
                         : "a suppression that was not there");
    for (size_t i = 0; i < b->then.rs->nsuppressions; i++)
        if (!count(&b->now.wholes, b->then.whole[i]) && !count(&b->now.left, b->then.reach[i]))
            add_kept(b, then, now, &b->then, i, "a suppression that is there no more");
}

void mop_causes_of_suppressions(struct mop_causes *x, const struct mop_result *then,
                                const struct mop_result *now)
{
    struct both b = {.x = x};
    learn_names(&b);
    learn(&b, &b.then, x->then);
    learn(&b, &b.now, x->now);
    learn_left(&b.then, &b.now);
    learn_left(&b.now, &b.then);
    compare(&b, then, now);
    forget(&b.then);
    forget(&b.now);
    mop_map_release(&b.ids);
}
