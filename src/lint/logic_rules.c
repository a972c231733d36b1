/* SPDX-License-Identifier: MIT */
#include "base/map.h"
#include "lint/trials.h"
#include "rules/kinds.h"
#include <stdlib.h>

/*
 * Rules that contradict themselves, or each other: records are made up for their conditions, and
 * none of them passes.
 */

/* What is asked of one field where one condition is true. */
struct group {
    const struct mop_check **list;
    size_t n, room;
    bool conditional;
};
struct look {
    struct mop_lint *l;
    struct mop_run *run;
    struct mop_arena a;
    struct mop_map by_key; /* field and condition -> 1 + index of its group */
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

/* The condition and the first `n` checks: of those, if not all, that see a value or a blank. */
static enum mop_tried try_group(struct look *k, const struct group *g, struct mop_expr *when,
                                size_t n, bool blanks, const struct mop_check *but)
{
    struct mop_expr all = {.op = MOP_OP_ALL};
    all.kids = mop_arena_array(&k->a, n + 2, sizeof *all.kids);
    if (when)
        all.kids[all.n++] = when;
    for (size_t i = 0; i < n; i++)
        if (g->list[i] != but && asks_of_blanks(g->list[i]) == blanks)
            all.kids[all.n++] = g->list[i]->assert_;
    return mop_lint_try(k->l, k->run, &all, blanks, NULL);
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
    size_t n = 1;
    struct mop_expr *when = g->list[g->n - 1]->when;
    if (try_group(k, g, when, g->n, blanks, NULL) != MOP_TRIED_NEVER)
        return;
    while (n < g->n && try_group(k, g, when, n, blanks, NULL) != MOP_TRIED_NEVER)
        n++;
    if (g->list[n - 1]->role != MOP_CHECK_RULE ||
        try_group(k, g, when, 0, blanks, NULL) != MOP_TRIED_TRUE)
        return;
    for (size_t i = n - 1; i-- > 0;)
        if (asks_of_blanks(g->list[i]) == blanks &&
            try_group(k, g, when, n, blanks, g->list[i]) != MOP_TRIED_NEVER) {
            tell_group(k, g->list[n - 1], g->list[i], blanks);
            return;
        }
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

/* What is asked of the field always stands first in each of its groups. */
static void add_always(struct group *g, const struct mop_record *r, const struct mop_field *f)
{
    for (size_t i = 0; i < f->nchecks; i++)
        if (!f->checks[i]->when && single(f->checks[i]))
            add_to(g, f->checks[i]);
    for (size_t i = 0; g->conditional && i < r->nchecks; i++)
        if (r->checks[i]->role == MOP_CHECK_RULE && !r->checks[i]->when && single(r->checks[i]) &&
            single(r->checks[i])->fields[0] == f)
            add_to(g, r->checks[i]);
}

static void collect(struct look *k, const struct mop_record *r)
{
    for (size_t i = 0; i < r->nchecks; i++) {
        const struct mop_check *c = r->checks[i];
        const struct mop_test *t = c->role == MOP_CHECK_RULE ? single(c) : NULL;
        if (!t || !mop_lint_steps(k->l, 1))
            continue;
        struct group *g = group_of(k, key_of(k, c, t->fields[0]));
        g->conditional = c->when != NULL;
        if (!g->n)
            add_always(g, r, t->fields[0]);
        add_to(g, c);
    }
}

void mop_lint_see_rules(struct mop_lint *l, struct mop_run *run, const struct mop_record *r)
{
    struct look k = {.l = l, .run = run};
    mop_arena_init(&k.a);
    mop_map_init(&k.by_key);
    for (size_t i = 0; i < r->nchecks; i++)
        see_rule(&k, r->checks[i]);
    collect(&k, r);
    for (size_t i = 0; i < k.n; i++) {
        if (k.groups[i].n > 1) {
            see_group(&k, &k.groups[i], true);
            see_group(&k, &k.groups[i], false);
        }
        free(k.groups[i].list);
    }
    free(k.groups);
    mop_map_release(&k.by_key);
    mop_arena_release(&k.a);
}
