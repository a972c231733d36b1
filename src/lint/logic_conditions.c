/* SPDX-License-Identifier: MIT */
#include "lint/logic.h"
#include "rules/compile.h"
#include "rules/kinds.h"
#include "rules/lifecycle.h"

/*
 * Tests that are false for every value of a field's vocabulary: what hangs on them never happens,
 * or, under 'not', always; a rule that asserts one fails whenever it applies.
 */

struct look {
    struct mop_lint *l;
    struct mop_run *run;
};

/* On blanks and on what the source holds a vocabulary has no say. */
static bool is_of_values(const struct mop_test *t)
{
    const struct mop_vocabulary *v = t->nfields == 1 ? t->fields[0]->vocabulary : NULL;
    return v && v->nterms && !v->from_record && t->kind->value &&
           !(t->kind->flags & (MOP_K_BLANK | MOP_K_ROW | MOP_K_CROSS)) &&
           t->kind != &mop_kind_written;
}

/* Also where the test could not tell: a limit of a pattern. */
static bool holds_for(const struct look *k, const struct mop_test *t, const struct mop_term *term)
{
    struct mop_cell cell = {.v = term->value, .presence = MOP_GIVEN};
    struct mop_value v;
    mop_value_read(t->fields[0], &cell, k->run, k->run->scratch, &v);
    if (!v.known)
        return false;
    enum mop_outcome o = t->kind->value(t, &v, k->run);
    return o == MOP_PASS || o == MOP_UNDECIDED;
}

static void tell(const struct look *k, const struct mop_test *t, bool negated)
{
    mop_lint_tell_at(k->l, negated ? "always-true" : "never-true", t->at, 1,
                     negated ? "every value of '%.*s' makes 'not: %s' true"
                             : "no value of '%.*s' makes '%s' true",
                     MOP_SV_ARG(t->fields[0]->name), t->kind->name);
    mop_lint_hint(k->l, "the field's vocabulary has %zu values, and it was tried with each",
                  t->fields[0]->vocabulary->nterms);
}

static void see_test(const struct look *k, const struct mop_test *t, bool negated)
{
    const struct mop_vocabulary *v = t->fields[0]->vocabulary;
    for (size_t i = 0; i < v->nterms; i++)
        if (!mop_lint_steps(k->l, 10) || holds_for(k, t, v->terms[i]))
            return;
    mop_arena_reset(k->run->scratch);
    tell(k, t, negated);
}

static void see_tree(const struct look *k, const struct mop_expr *e, bool negated)
{
    if (e->op == MOP_OP_TEST && e->test && is_of_values(e->test))
        see_test(k, e->test, negated);
    for (size_t i = 0; i < e->n; i++)
        see_tree(k, e->kids[i], negated != (e->op == MOP_OP_NOT));
}

static void see(const struct look *k, const struct mop_expr *e)
{
    if (e)
        see_tree(k, e, false);
}

/* What stands under a field the loader has tried with every value. */
static void see_check(const struct look *k, const struct mop_check *c)
{
    see(k, c->when);
    if (c->role == MOP_CHECK_RULE)
        see(k, c->assert_);
}

static void see_record(const struct look *k, const struct mop_record *r)
{
    for (size_t i = 0; i < r->nchecks; i++)
        see_check(k, r->checks[i]);
    for (size_t i = 0; i < r->nexcludes; i++)
        see(k, r->excludes[i].where);
    for (size_t i = 0; i < r->nweights; i++)
        see(k, r->weights[i]->where);
    for (size_t i = 0; i < r->nlifecycles; i++)
        for (size_t s = 0; s < r->lifecycles[i]->nskips; s++)
            see(k, r->lifecycles[i]->skips[s].when);
}

void mop_lint_run_begin(struct mop_run *run, struct mop_lint *l, struct mop_arena *scratch)
{
    mop_arena_init(scratch);
    *run = (struct mop_run){
        .rules = l->rules, .match = mop_match_create(), .scratch = scratch, .now_us = l->now_us};
}

void mop_lint_run_end(struct mop_run *run)
{
    mop_match_free(run->match);
    mop_arena_release(run->scratch);
}

void mop_lint_conditions(struct mop_lint *l)
{
    const struct mop_ruleset *rs = mop_lint_rules(l);
    struct mop_arena scratch;
    struct mop_run run;
    if (!rs)
        return;
    mop_lint_run_begin(&run, l, &scratch);
    struct look k = {l, &run};
    for (size_t i = 0; i < rs->nrecords; i++)
        see_record(&k, rs->records[i]);
    for (size_t i = 0; i < rs->nreports; i++)
        for (size_t n = 0; n < rs->reports[i].nneeds; n++)
            see(&k, rs->reports[i].needs[n].where);
    for (size_t i = 0; i < rs->ndatasets; i++)
        see(&k, rs->datasets[i].where);
    for (size_t i = 0; i < rs->nsuppressions; i++)
        see(&k, rs->suppressions[i].where);
    mop_lint_run_end(&run);
}
