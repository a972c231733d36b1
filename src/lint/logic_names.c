/* SPDX-License-Identifier: MIT */
#include "lint/candidates.h"
#include "rules/kinds.h"
#include "rules/loader.h"
#include <string.h>

/*
 * Names that a field's template makes and another of its checks refuses: a record that is named as
 * it should be never passes. Names are made and run.
 */

enum { LONGEST = 4096, TOLD = 3 };

struct look {
    struct mop_lint *l;
    struct mop_run *run;
    struct mop_lint_names *with;
    const struct mop_template *t;
    const struct mop_test *made, *refusing; /* the template's, the other check's */
    const struct mop_lint_choices *choices;
    bool tried[MOP_TEMPLATE_ELEMENTS][MOP_LINT_CHOICES];  /* of each part's values: with which */
    bool passes[MOP_TEMPLATE_ELEMENTS][MOP_LINT_CHOICES]; /* was a name made, did one pass? */
    size_t names, passed;
    struct mop_sv refused; /* one that is */
};

static enum mop_outcome outcome(const struct look *k, struct mop_sv name)
{
    struct mop_cell cell = {.v = name, .presence = MOP_GIVEN};
    struct mop_value v;
    mop_value_read(k->made->fields[0], &cell, k->run, k->run->scratch, &v);
    return v.state == MOP_ST_VALUE && v.known ? k->refusing->kind->value(k->refusing, &v, k->run)
                                              : MOP_NA;
}

/* Longer names may pass than those that are made: of a pattern they are mostly the shortest. */
static bool is_too_short(const struct look *k, struct mop_sv name)
{
    char longer[LONGEST];
    if (k->refusing->kind != &mop_kind_length)
        return false;
    memset(longer, 'a', sizeof longer);
    for (size_t n = name.n + 1; n < LONGEST; n++) {
        struct mop_value v = {.state = MOP_ST_VALUE, .known = true, .written = {longer, n}};
        v.meant = v.written;
        if (k->refusing->kind->value(k->refusing, &v, k->run) == MOP_PASS)
            return true;
    }
    return false;
}

static bool see_name(const struct mop_lint_name *name, void *ctx)
{
    struct look *k = ctx;
    if (!mop_lint_steps(k->l, 100 + name->text.n))
        return false;
    bool fails = outcome(k, name->text) == MOP_FAIL && !is_too_short(k, name->text);
    k->names++;
    k->passed += !fails;
    if (fails && !k->refused.p)
        k->refused = mop_arena_copy(k->l->arena, name->text);
    for (size_t i = 0; i < k->t->nparts; i++)
        for (size_t c = 0; name->parts[i].p && c < k->choices[i].n; c++)
            if (mop_sv_eq(name->parts[i], k->choices[i].list[c])) {
                k->tried[i][c] = true;
                k->passes[i][c] |= !fails;
            }
    mop_arena_reset(k->run->scratch);
    return true;
}

static void tell_all(const struct look *k)
{
    mop_lint_tell_at(k->l, "refused-name", k->refusing->at, 1,
                     "'%s' refuses every name that was made of this field's template, such as "
                     "'%.*s'",
                     k->refusing->kind->name, MOP_SV_ARG(k->refused));
    mop_lint_hint(k->l, "%zu names of the template on line %u were tried: change one of the two",
                  k->names, (unsigned)k->made->at.line);
}

static void tell_value(const struct look *k, size_t part, struct mop_sv value)
{
    mop_lint_tell_at(k->l, "refused-name", k->refusing->at, 1,
                     "'%s' refuses every name with '%.*s', a value of part '%.*s' of this field's "
                     "template",
                     k->refusing->kind->name, MOP_SV_ARG(value),
                     MOP_SV_ARG(k->t->parts[part].name));
    mop_lint_hint(k->l, "change the value or the check: a record could never pass both");
}

/* A name is refused for one part alone by 'case' and 'length'; else all that there are have to be
 * tried to blame one. */
static bool may_blame_part(const struct look *k)
{
    size_t names = 1;
    for (size_t i = 0; i < k->t->nparts; i++) {
        const struct mop_vocabulary *v = k->t->parts[i].vocabulary;
        names *= v && v->nterms <= MOP_LINT_CHOICES && names < MOP_LINT_NAMES ? v->nterms
                                                                              : MOP_LINT_NAMES;
    }
    return k->refusing->kind == &mop_kind_case || k->refusing->kind == &mop_kind_length ||
           names <= k->names;
}

static void tell(const struct look *k)
{
    size_t told = 0;
    if (k->names && !k->passed)
        tell_all(k);
    for (size_t i = 0; k->passed && may_blame_part(k) && i < k->t->nparts; i++)
        for (size_t c = 0; k->t->parts[i].vocabulary && c < k->choices[i].n && told < TOLD; c++)
            if (k->tried[i][c] && !k->passes[i][c]) {
                tell_value(k, i, k->choices[i].list[c]);
                told++;
            }
}

static void see_pair(const struct look *of, const struct mop_test *made,
                     const struct mop_test *refusing)
{
    struct mop_arena a;
    struct look k = *of;
    k.t = made->arg;
    k.made = made;
    k.refusing = refusing;
    mop_arena_init(&a);
    k.choices = mop_lint_choices(k.with, k.t, &a);
    mop_lint_each_name(k.t, k.choices, see_name, &k);
    if (!k.l->out_of_steps)
        tell(&k);
    mop_arena_release(&a);
}

static void see_field(const struct look *k, const struct mop_field *f)
{
    for (size_t i = 0; i < f->ntests; i++)
        for (size_t c = 0; f->tests[i]->kind == &mop_kind_template && c < f->nchecks; c++)
            if (mop_check_judges_values(f->checks[c]) &&
                f->checks[c]->assert_->test->kind != &mop_kind_template)
                see_pair(k, f->tests[i], f->checks[c]->assert_->test);
}

void mop_lint_names(struct mop_lint *l)
{
    struct mop_arena scratch;
    struct mop_run run;
    const struct mop_ruleset *rs = mop_lint_rules(l);
    if (!rs)
        return;
    mop_lint_run_begin(&run, l, &scratch);
    struct mop_lint_names names;
    struct look k = {.l = l, .run = &run, .with = &names};
    mop_lint_names_init(&names, l, &run);
    for (size_t i = 0; i < rs->nrecords; i++)
        for (size_t f = 0; f < rs->records[i]->nfields; f++)
            see_field(&k, rs->records[i]->fields[f]);
    mop_lint_names_release(&names);
    mop_lint_run_end(&run);
}
