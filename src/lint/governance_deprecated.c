/* SPDX-License-Identifier: MIT */
#include "lint/governance.h"
#include "lint/last_day.h"
#include "base/map.h"
#include "rules/derive.h"
#include "rules/kinds.h"
#include "rules/template.h"
#include <string.h>

/* Deprecated values that are still named. A check that speaks only of records of the value's own
 * days names it rightly. */

struct look {
    struct mop_lint *l;
    struct mop_map last_days; /* file:line:column of what a check asks -> its last day + BASE */
};
enum { STEPS_PER_NODE = 5, STEPS_PER_LOOK = 20 };
#define BASE (UINT64_C(1) << 32)

/* ---- until when a check speaks ---- */

static int32_t last_day(const struct mop_check *c)
{
    const struct mop_field *dated_by = c->record ? c->record->dated_by : NULL;
    int32_t last = c->when && dated_by ? mop_lint_last_day(c->when, dated_by) : INT32_MAX;
    return last < c->applies.until ? last : c->applies.until;
}

static struct mop_sv place(struct mop_lint *l, const struct mop_loc *at)
{
    return mop_arena_printf(l->arena, "%s:%u:%u", at->file ? at->file : "", at->line, at->col);
}

/* Of what several checks are made of (a field set, an anchor) the last of all counts. */
static void note_days(struct look *k, const struct mop_node *n, int32_t last)
{
    if (!n || !mop_lint_steps(k->l, STEPS_PER_NODE))
        return;
    if (n->kind == MOP_SCALAR) {
        uint64_t *day = mop_map_put(&k->last_days, place(k->l, &n->at), NULL),
                 this = BASE + (uint64_t)(int64_t)last;
        *day = this > *day ? this : *day;
    }
    for (size_t i = 0; n->kind != MOP_SCALAR && i < n->n; i++)
        note_days(k, n->item[i], last);
}

static void note_checks(struct look *k, const struct mop_record *r)
{
    for (size_t i = 0; i < r->nchecks; i++) {
        int32_t last = last_day(r->checks[i]);
        note_days(k, r->checks[i]->asks, last);
        note_days(k, r->checks[i]->when_node, last);
    }
}

/* Is what stands there only asked of records for which the value was valid? */
static bool is_of_its_days(const struct mop_term *t, int32_t last)
{
    return t->has_valid && last <= t->valid.until;
}

static int32_t day_at(struct look *k, const struct mop_loc *at)
{
    const uint64_t *day = mop_map_find(&k->last_days, place(k->l, at));
    return day ? (int32_t)(int64_t)(*day - BASE) : INT32_MAX;
}

/* ---- where they are named ---- */

static bool is_deprecated(const struct mop_lint *l, const struct mop_term *t)
{
    return t->has_valid ? t->valid.until < l->today : t->use != NULL;
}

static void tell_deprecated(struct mop_lint *l, const struct mop_term *t, struct mop_loc at,
                            uint32_t span)
{
    mop_lint_tell_at(l, "deprecated-in-use", at, span, "'%.*s' is deprecated and still named here",
                     MOP_SV_ARG(t->value));
    if (t->use)
        mop_lint_hint(l, "write '%.*s'", MOP_SV_ARG(t->use->value));
}

/* The values of a part's own list, by a vocabulary that says more of them. */
static void see_part(struct mop_lint *l, const struct mop_vocabulary *v,
                     const struct mop_template_part *p, int32_t last)
{
    for (size_t i = 0; i < p->vocabulary->nterms; i++) {
        enum mop_rung rung;
        const struct mop_term *mine = p->vocabulary->terms[i],
                              *t = mop_vocabulary_look(v, mine->value, l->arena, &rung);
        if (t && is_deprecated(l, t) && !is_of_its_days(t, last) && !mine->use && !mine->has_valid)
            tell_deprecated(l, t, mine->at, (uint32_t)mine->value.n);
    }
}

/* Is the list a piece of the vocabulary? Of two lists that merely share a word the one says nothing
 * about the other. */
static bool is_piece(struct mop_lint *l, const struct mop_vocabulary *v,
                     const struct mop_template_part *p)
{
    enum mop_rung rung;
    size_t i = 0;
    while (i < p->vocabulary->nterms && mop_lint_steps(l, STEPS_PER_LOOK) &&
           mop_vocabulary_look(v, p->vocabulary->terms[i]->value, l->arena, &rung))
        i++;
    return i && i == p->vocabulary->nterms && !v->from_record && v != p->vocabulary;
}

/* A field that is derived from the part, else the vocabularies that have all of its values. */
static const struct mop_vocabulary *vocabulary_of(struct mop_lint *l, const struct mop_field *name,
                                                  const struct mop_template_part *p)
{
    for (size_t i = 0; i < name->record->nderived; i++) {
        const struct mop_field *f = name->record->derived[i];
        if (f->vocabulary && strcmp(f->derive->kind->name, "part") == 0 &&
            f->derive->fields[0] == name && mop_sv_eq(mop_derive_part_name(f->derive), p->name))
            return f->vocabulary;
    }
    for (size_t i = 0; i < l->rules->nvocabularies && !l->out_of_steps; i++)
        if (is_piece(l, l->rules->vocabularies[i], p))
            return l->rules->vocabularies[i];
    return NULL;
}

static void see_template(struct mop_lint *l, const struct mop_test *test, int32_t last)
{
    const struct mop_template *t = test->arg;
    const struct mop_field *f = test->fields[0];
    for (size_t k = 0; k < t->nparts && mop_lint_steps(l, 1 + f->record->nderived); k++) {
        const struct mop_template_part *p = &t->parts[k];
        const struct mop_vocabulary *v = p->inline_values ? vocabulary_of(l, f, p) : NULL;
        if (v)
            see_part(l, v, p, last);
    }
}

static void see_templates(struct mop_lint *l, const struct mop_expr *e, int32_t last)
{
    if (e->op == MOP_OP_TEST && e->test && e->test->kind == &mop_kind_template)
        see_template(l, e->test, last);
    for (size_t i = 0; i < e->n; i++)
        see_templates(l, e->kids[i], last);
}

static void see_mentions(struct look *k)
{
    const struct mop_ruleset *rs = k->l->rules;
    for (size_t i = 0; i < rs->nrecords && rs->nmentions; i++)
        note_checks(k, rs->records[i]);
    for (size_t i = 0; i < rs->nmentions && !k->l->out_of_steps; i++) {
        const struct mop_mention *m = &rs->mentions[i];
        if (is_deprecated(k->l, m->term) && !is_of_its_days(m->term, day_at(k, &m->at)))
            tell_deprecated(k->l, m->term, m->at, m->span);
    }
}

static void see_names(struct mop_lint *l, const struct mop_record *r)
{
    for (size_t i = 0; i < r->nchecks; i++)
        if (r->checks[i]->assert_)
            see_templates(l, r->checks[i]->assert_, last_day(r->checks[i]));
}

void mop_lint_deprecated_use(struct mop_lint *l)
{
    const struct mop_ruleset *rs = mop_lint_rules(l);
    struct look k = {.l = l};
    if (!rs)
        return;
    mop_map_init(&k.last_days);
    see_mentions(&k);
    mop_map_release(&k.last_days);
    for (size_t i = 0; i < rs->nrecords; i++)
        see_names(l, rs->records[i]);
}
