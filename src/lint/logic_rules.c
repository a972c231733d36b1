/* SPDX-License-Identifier: MIT */
#include "base/map.h"
#include "lint/trials.h"
#include "rules/kinds.h"
#include <stdlib.h>

/*
 * Rules that contradict themselves, or each other: records are made up for their conditions, and
 * none of them passes.
 */

/* What is asked of one field: always, or where one condition is true. */
struct group {
    const struct mop_check **list;
    size_t n, room;
    const struct group *always; /* what is asked in any case, and stands before these; or NULL */
};
struct look {
    struct mop_lint *l;
    struct mop_run *run;
    struct mop_arena a;     /* of a record */
    struct mop_arena trial; /* of a group */
    struct group *always;   /* by field */
    struct mop_map by_key;  /* field and condition -> 1 + index of its group */
    struct group *groups;
    size_t n, room;
};

/* ---- one rule ---- */

static bool is_negative(const struct mop_expr *e)
{
    return e->op == MOP_OP_NOT ||
           (e->op == MOP_OP_TEST && e->test &&
            (e->test->kind == &mop_kind_blank || e->test->kind == &mop_kind_not_values ||
             e->test->kind == &mop_kind_not_in || e->test->kind == &mop_kind_not_pattern));
}

static enum mop_tried try_both(struct look *k, struct mop_expr *when, struct mop_expr *then)
{
    struct mop_expr both = {.op = MOP_OP_ALL, .kids = (struct mop_expr *[]){when, then}, .n = 2};
    return mop_lint_try(k->l, k->run, &both, true, NULL);
}

/* A rule that forbids what `when` says may mean it: then it says what must not be. */
static void see_rule(struct look *k, const struct mop_check *c)
{
    struct mop_expr *then = c->assert_;
    if (c->role != MOP_CHECK_RULE || !c->when || !then || is_negative(then) ||
        try_both(k, c->when, then) != MOP_TRIED_NEVER ||
        mop_lint_try(k->l, k->run, c->when, true, NULL) != MOP_TRIED_TRUE ||
        mop_lint_try(k->l, k->run, then, true, NULL) != MOP_TRIED_TRUE)
        return;
    mop_lint_tell_at(k->l, "never-passes", c->at, 1,
                     "no record for which 'when' is true can pass this rule");
    mop_lint_hint(k->l, "if such records are not to be, say so: then: {not: ...}, without 'when'");
}

/* ---- several of one condition ---- */

static const struct mop_test *single(const struct mop_check *c)
{
    const struct mop_test *t =
        c->assert_ && c->assert_->op == MOP_OP_TEST ? c->assert_->test : NULL;
    return t && t->nfields == 1 && t->kind->value &&
                   !(t->kind->flags & (MOP_K_ROW | MOP_K_CROSS | MOP_K_WRITTEN)) &&
                   !mop_check_windowed(c)
               ? t
               : NULL;
}

static bool asks_of_blanks(const struct mop_check *c)
{
    return single(c)->kind->flags & MOP_K_BLANK;
}

static size_t size_of(const struct group *g)
{
    return (g->always ? g->always->n : 0) + g->n;
}

static const struct mop_check *check_at(const struct group *g, size_t i)
{
    size_t before = g->always ? g->always->n : 0;
    return i < before ? g->always->list[i] : g->list[i - before];
}

/* The condition, the first `n` checks and `last`: of those that see a value, or a blank. */
static enum mop_tried try_group(struct look *k, const struct group *g, size_t n, bool blanks,
                                const struct mop_check *last)
{
    struct mop_expr all = {.op = MOP_OP_ALL}, *when = g->list[0]->when;
    all.kids = mop_arena_array(&k->trial, n + 2, sizeof *all.kids);
    if (when)
        all.kids[all.n++] = when;
    for (size_t i = 0; i < n; i++)
        if (asks_of_blanks(check_at(g, i)) == blanks)
            all.kids[all.n++] = check_at(g, i)->assert_;
    if (last)
        all.kids[all.n++] = last->assert_;
    enum mop_tried is = mop_lint_steps(k->l, n) ? mop_lint_try(k->l, k->run, &all, blanks, NULL)
                                                : MOP_TRIED_UNFINISHED;
    mop_arena_reset(&k->trial);
    return is;
}

/* How many of the first `n` checks it takes, beside `last`, that nothing passes: by halves. All of
 * them are too many. */
static size_t too_many(struct look *k, const struct group *g, size_t n, bool blanks,
                       const struct mop_check *last)
{
    size_t few = 0;
    while (few + 1 < n) {
        size_t half = few + (n - few) / 2;
        if (try_group(k, g, half, blanks, last) == MOP_TRIED_NEVER)
            n = half;
        else
            few = half;
    }
    return n;
}

static void tell_group(struct look *k, const struct mop_check *c, const struct mop_check *other,
                       bool blanks)
{
    mop_lint_tell_at(k->l, "never-passes", c->at, 1,
                     "no %s passes both this rule and '%.*s' on line %u",
                     blanks ? "record" : "value", MOP_SV_ARG(other->id), (unsigned)other->at.line);
    mop_lint_hint(k->l, "both are asked of %s: change one of them, or its 'when'",
                  c->when ? "the records for which 'when' is true" : "every record");
}

/* The first one that no longer goes with those before, and the one of them that is to blame. */
static void see_group(struct look *k, const struct group *g, bool blanks)
{
    size_t n = size_of(g);
    if (try_group(k, g, n, blanks, NULL) != MOP_TRIED_NEVER)
        return;
    n = too_many(k, g, n, blanks, NULL);
    const struct mop_check *last = check_at(g, n - 1);
    if (n < 2 || last->role != MOP_CHECK_RULE ||
        try_group(k, g, 0, blanks, last) == MOP_TRIED_NEVER ||
        try_group(k, g, 0, blanks, NULL) != MOP_TRIED_TRUE)
        return;
    n = too_many(k, g, n - 1, blanks, last);
    if (!k->l->out_of_steps)
        tell_group(k, last, check_at(g, n - 1), blanks);
}

static struct mop_sv key_of(struct look *k, const struct mop_check *c, const struct mop_field *f)
{
    struct mop_buf b;
    mop_buf_init(&b, 1 << 20);
    mop_buf_printf(&b, "%zu ", f->index);
    if (c->when_node)
        mop_yaml_flow(&b, c->when_node);
    struct mop_sv key = mop_arena_copy(&k->a, mop_buf_view(&b));
    mop_buf_release(&b);
    return key;
}

static struct group *group_of(struct look *k, struct mop_sv key)
{
    uint64_t *item = mop_map_put(&k->by_key, key, NULL);
    if (!*item) {
        MOP_GROW(k->groups, k->n, k->room);
        k->groups[k->n] = (struct group){.list = NULL};
        *item = ++k->n;
    }
    return &k->groups[*item - 1];
}

static void add_to(struct group *g, const struct mop_check *c)
{
    MOP_GROW(g->list, g->n, g->room);
    g->list[g->n++] = c;
}

/* What stands under the field comes first. */
static void collect_always(struct look *k, const struct mop_record *r)
{
    k->always = mop_arena_array(&k->a, r->nfields + 1, sizeof *k->always);
    for (size_t f = 0; f < r->nfields; f++)
        for (size_t i = 0; i < r->fields[f]->nchecks && mop_lint_steps(k->l, 1); i++)
            if (!r->fields[f]->checks[i]->when && single(r->fields[f]->checks[i]))
                add_to(&k->always[f], r->fields[f]->checks[i]);
    for (size_t i = 0; i < r->nchecks && mop_lint_steps(k->l, 1); i++) {
        const struct mop_check *c = r->checks[i];
        if (c->role == MOP_CHECK_RULE && !c->when && single(c))
            add_to(&k->always[single(c)->fields[0]->index], c);
    }
}

static void collect(struct look *k, const struct mop_record *r)
{
    for (size_t i = 0; i < r->nchecks; i++) {
        const struct mop_check *c = r->checks[i];
        const struct mop_test *t = c->role == MOP_CHECK_RULE && c->when ? single(c) : NULL;
        if (!t || !mop_lint_steps(k->l, 1))
            continue;
        struct group *g = group_of(k, key_of(k, c, t->fields[0]));
        g->always = &k->always[t->fields[0]->index];
        add_to(g, c);
    }
}

/* Of what stands under fields alone others tell. */
static void see_groups(struct look *k, const struct group *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct group *g = &list[i];
        if (!g->n || size_of(g) < 2 || g->list[g->n - 1]->role != MOP_CHECK_RULE)
            continue;
        see_group(k, g, true);
        see_group(k, g, false);
    }
}

static void free_groups(struct group *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        free(list[i].list);
}

void mop_lint_see_rules(struct mop_lint *l, struct mop_run *run, const struct mop_record *r)
{
    struct look k = {.l = l, .run = run};
    mop_arena_init(&k.a);
    mop_arena_init(&k.trial);
    mop_map_init(&k.by_key);
    for (size_t i = 0; i < r->nchecks; i++)
        see_rule(&k, r->checks[i]);
    collect_always(&k, r);
    collect(&k, r);
    see_groups(&k, k.groups, k.n);
    see_groups(&k, k.always, r->nfields);
    free_groups(k.groups, k.n);
    free_groups(k.always, r->nfields);
    free(k.groups);
    mop_map_release(&k.by_key);
    mop_arena_release(&k.trial);
    mop_arena_release(&k.a);
}
