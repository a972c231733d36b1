/* SPDX-License-Identifier: MIT */
#include "lint/trials.h"
#include "rules/compile.h"
#include "rules/kinds.h"
#include "rules/lifecycle.h"

/*
 * Tests that are false for every value of a field's vocabulary: what hangs on them never happens,
 * or, under 'not', always; a rule that asserts one fails whenever it applies. And conditions whose
 * tests are true one by one, but not together.
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

static bool see_test(const struct look *k, const struct mop_test *t, bool negated)
{
    const struct mop_vocabulary *v = t->fields[0]->vocabulary;
    for (size_t i = 0; i < v->nterms; i++)
        if (!mop_lint_steps(k->l, 10) || holds_for(k, t, v->terms[i]))
            return false;
    mop_arena_reset(k->run->scratch);
    tell(k, t, negated);
    return true;
}

static bool see_tests(const struct look *k, const struct mop_expr *e, bool negated)
{
    bool told =
        e->op == MOP_OP_TEST && e->test && is_of_values(e->test) && see_test(k, e->test, negated);
    for (size_t i = 0; i < e->n; i++)
        told |= see_tests(k, e->kids[i], negated != (e->op == MOP_OP_NOT));
    return told;
}

/* ---- tests that do not go together ---- */

static const struct mop_test *first_test(const struct mop_expr *e)
{
    const struct mop_test *t = e->op == MOP_OP_TEST ? e->test : NULL;
    for (size_t i = 0; !t && i < e->n; i++)
        t = first_test(e->kids[i]);
    return t;
}

static void tell_together(const struct look *k, const struct mop_expr *e)
{
    const struct mop_test *t = first_test(e);
    struct mop_buf blank;
    mop_buf_init(&blank, 1 << 16);
    bool only_blank = mop_lint_try(k->l, k->run, e, true, &blank) == MOP_TRIED_TRUE;
    mop_lint_tell_at(k->l, "never-true", t->at, 1,
                     e->op == MOP_OP_NOT ? "no value makes this 'not' true"
                                         : "no values make all of this true at once");
    if (only_blank)
        mop_lint_hint(k->l, "it is true only where %.*s: if that is meant, say 'blank: true'",
                      MOP_SV_ARG(mop_buf_view(&blank)));
    else
        mop_lint_hint(k->l, "it was tried with every value that its tests tell apart");
    mop_buf_release(&blank);
}

/* The outermost part that is never true: what it is made of goes untold. */
static void see_together(const struct look *k, const struct mop_expr *e)
{
    if (e->op == MOP_OP_TEST || !first_test(e))
        return;
    enum mop_tried is = mop_lint_try(k->l, k->run, e, false, NULL);
    if (is == MOP_TRIED_NEVER)
        tell_together(k, e);
    for (size_t i = 0; is != MOP_TRIED_NEVER && e->op != MOP_OP_NOT && i < e->n; i++)
        see_together(k, e->kids[i]);
}

static void see_condition(const struct look *k, const struct mop_expr *e)
{
    if (e && !see_tests(k, e, false))
        see_together(k, e);
}

/* A field of one value is a mark: to leave out what bears it is what it is for. */
static bool is_mark(const struct mop_expr *e)
{
    bool mark = e->op == MOP_OP_TEST && e->test && e->test->nfields &&
                e->test->fields[0]->vocabulary && e->test->fields[0]->vocabulary->nterms == 1;
    for (size_t i = 0; i < e->n; i++)
        mark |= is_mark(e->kids[i]);
    return mark;
}

static void see_exclude(const struct look *k, const struct mop_exclude *x)
{
    struct mop_expr left = {.op = MOP_OP_NOT, .kids = (struct mop_expr *[]){x->where}, .n = 1};
    see_condition(k, x->where);
    const struct mop_test *t = x->where ? first_test(x->where) : NULL;
    if (!t || is_mark(x->where) ||
        mop_lint_try(k->l, k->run, &left, false, NULL) != MOP_TRIED_NEVER)
        return;
    mop_lint_tell_at(k->l, "always-true", t->at, 1,
                     "'%.*s' excludes every record: no values make 'where' false",
                     MOP_SV_ARG(x->id));
    mop_lint_hint(k->l, "records whose fields here are blank or not known are left: if they are "
                        "meant, ask for them");
}

/* What stands under a field the loader has tried with every value. */
static void see_check(const struct look *k, const struct mop_check *c)
{
    see_condition(k, c->when);
    if (c->role == MOP_CHECK_RULE)
        see_condition(k, c->assert_);
}

static void see_record(const struct look *k, const struct mop_record *r)
{
    for (size_t i = 0; i < r->nchecks; i++)
        see_check(k, r->checks[i]);
    for (size_t i = 0; i < r->nexcludes; i++)
        see_exclude(k, &r->excludes[i]);
    for (size_t i = 0; i < r->nweights; i++)
        see_condition(k, r->weights[i]->where);
    for (size_t i = 0; i < r->nlifecycles; i++)
        for (size_t s = 0; s < r->lifecycles[i]->nskips; s++)
            see_condition(k, r->lifecycles[i]->skips[s].when);
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
            see_condition(&k, rs->reports[i].needs[n].where);
    for (size_t i = 0; i < rs->ndatasets; i++)
        see_condition(&k, rs->datasets[i].where);
    for (size_t i = 0; i < rs->nsuppressions; i++)
        see_condition(&k, rs->suppressions[i].where);
    mop_lint_run_end(&run);
}
