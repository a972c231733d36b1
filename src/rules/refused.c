/* SPDX-License-Identifier: MIT */
#include "rules/args.h"
#include "rules/items.h"
#include "rules/kind_util.h"
#include "rules/kinds.h"
#include "rules/loader.h"

/* Values of a vocabulary that another check of their field refuses: each is run on each. */

enum { TOLD = 3, NAMED = 20 }; /* of one check: a finding each, a name in the last one */

bool mop_refused_note(struct mop_scope *s, struct mop_refused *r, struct mop_sv value)
{
    if (r->n++ < TOLD)
        return true;
    if (r->n <= TOLD + NAMED)
        r->more = mop_arena_printf(s->arena, "%.*s%s'%.*s'", MOP_SV_ARG(r->more),
                                   r->more.n ? ", " : "", MOP_SV_ARG(value));
    return false;
}

void mop_refused_end(struct mop_scope *s, const struct mop_refused *r, const struct mop_node *at,
                     const char *check)
{
    size_t more = r->n > TOLD ? r->n - TOLD : 0;
    if (more)
        mop_scope_fault(s, "refused-value", at,
                        "'%s' refuses %zu more value%s of the field's vocabulary: %.*s%s", check,
                        more, more == 1 ? "" : "s", MOP_SV_ARG(r->more),
                        more > NAMED ? " and others" : "");
}

struct look {
    struct mop_loader *l;
    struct mop_run run;
    struct mop_arena scratch;
};

static void begin(struct look *k, struct mop_loader *l)
{
    mop_arena_init(&k->scratch);
    k->l = l;
    k->run = (struct mop_run){.rules = l->rs,
                              .match = mop_match_create(),
                              .scratch = &k->scratch,
                              .now_us = l->rs->now_us};
}

static void end(struct look *k)
{
    mop_match_free(k->run.match);
    mop_arena_release(&k->scratch);
}

/* in_group is there to take only some of the values. */
bool mop_check_judges_values(const struct mop_check *c)
{
    const struct mop_test *t =
        c->assert_ && c->assert_->op == MOP_OP_TEST ? c->assert_->test : NULL;
    return t && t->kind->value && !(t->kind->flags & (MOP_K_ROW | MOP_K_CROSS | MOP_K_BLANK)) &&
           !(c->field && c->field->vocabulary && mop_is_rung(t->kind)) &&
           t->kind != &mop_kind_in_group && !c->when && !mop_check_windowed(c) &&
           (c->written_form || c->final_severity == MOP_SEV_ERROR);
}

static bool refuses(const struct mop_test *test, const struct mop_term *t, struct mop_run *run)
{
    if ((t->use && !t->has_valid) || t->expired)
        return false;
    struct mop_cell cell = {.v = t->value, .presence = MOP_GIVEN};
    struct mop_value v;
    mop_value_read(test->fields[0], &cell, run, run->scratch, &v);
    if (v.state != MOP_ST_VALUE)
        return false;
    if (!v.known && (t->provisional || test->kind->flags & MOP_K_MEANT || test->meant))
        return false;
    return test->kind->value(test, &v, run) == MOP_FAIL;
}

static void tell_refused(struct mop_loader *l, struct mop_loc place, const struct mop_test *test,
                         const struct mop_term *t)
{
    struct mop_node at = {.at = place, .span = 1};
    mop_scope_fault(&l->scope, "refused-value", &at,
                    "'%s' refuses '%.*s', a value of the field's vocabulary", test->kind->name,
                    MOP_SV_ARG(t->value));
    mop_scope_hint(&l->scope, "change the value or the check: a record could never pass both");
}

static void run_values(struct look *k, struct mop_loc place, const struct mop_test *t,
                       const struct mop_vocabulary *v)
{
    struct mop_refused r = {0};
    for (size_t i = 0; i < v->nterms; i++)
        if (refuses(t, v->terms[i], &k->run) &&
            mop_refused_note(&k->l->scope, &r, v->terms[i]->value))
            tell_refused(k->l, place, t, v->terms[i]);
    mop_refused_end(&k->l->scope, &r, &(struct mop_node){.at = place, .span = 1}, t->kind->name);
}

/* Of `items`: its tests, beside type and vocabulary, on the values of its own list. */
static const struct mop_items *items_of(const struct mop_check *c)
{
    const struct mop_test *t =
        c->assert_ && c->assert_->op == MOP_OP_TEST ? c->assert_->test : NULL;
    const struct mop_items *it =
        t && (t->kind == &mop_kind_items || t->kind == &mop_kind_items_dated) ? t->arg : NULL;
    return it && it->item->vocabulary && !it->rung && !c->when && !mop_check_windowed(c) ? it
                                                                                         : NULL;
}

static void run_items(struct mop_loader *l, const struct mop_items *it)
{
    struct look k;
    begin(&k, l);
    for (size_t i = 0; i < it->n; i++)
        if (it->tests[i]->kind->value && it->tests[i]->kind != &mop_kind_in_group &&
            !mop_is_rung(it->tests[i]->kind))
            run_values(&k, it->tests[i]->at, it->tests[i], it->item->vocabulary);
    end(&k);
}

void mop_check_items(struct mop_loader *l, const struct mop_field *f)
{
    for (size_t i = 0; i < f->nchecks; i++) {
        const struct mop_items *it = items_of(f->checks[i]);
        if (it)
            run_items(l, it);
    }
}

void mop_check_canonical(struct mop_loader *l, const struct mop_field_node *fn)
{
    const struct mop_field *f = fn->field;
    const struct mop_node *asked =
        fn->node && fn->node->kind == MOP_MAPPING ? mop_node_get(fn->node, "case") : NULL;
    struct look k;
    if (asked)
        mop_check_case(&l->scope, f->vocabulary, f->fold_case, asked);
    begin(&k, l);
    for (size_t i = 0; i < f->nchecks; i++)
        if (mop_check_judges_values(f->checks[i]))
            run_values(&k, f->checks[i]->at, f->checks[i]->assert_->test, f->vocabulary);
    end(&k);
}
