/* SPDX-License-Identifier: MIT */
#include "lint/governance.h"
#include "rules/derive.h"
#include "rules/kinds.h"
#include "rules/template.h"
#include <string.h>

/* Deprecated values that are still named. */

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
                     const struct mop_template_part *p)
{
    for (size_t i = 0; i < p->vocabulary->nterms; i++) {
        enum mop_rung rung;
        const struct mop_term *mine = p->vocabulary->terms[i],
                              *t = mop_vocabulary_look(v, mine->value, l->arena, &rung);
        if (t && is_deprecated(l, t) && !mine->use && !mine->has_valid)
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
    while (i < p->vocabulary->nterms && mop_lint_steps(l, 5) &&
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
    for (size_t i = 0; i < l->rules->nvocabularies; i++)
        if (is_piece(l, l->rules->vocabularies[i], p))
            return l->rules->vocabularies[i];
    return NULL;
}

static void see_templates(struct mop_lint *l, const struct mop_field *f)
{
    for (size_t i = 0; i < f->ntests; i++) {
        const struct mop_template *t = f->tests[i]->arg;
        for (size_t k = 0; f->tests[i]->kind == &mop_kind_template && k < t->nparts; k++) {
            const struct mop_vocabulary *v =
                t->parts[k].inline_values ? vocabulary_of(l, f, &t->parts[k]) : NULL;
            if (v)
                see_part(l, v, &t->parts[k]);
        }
    }
}

void mop_lint_deprecated_use(struct mop_lint *l)
{
    const struct mop_ruleset *rs = mop_lint_rules(l);
    for (size_t i = 0; rs && i < rs->nmentions; i++)
        if (is_deprecated(l, rs->mentions[i].term))
            tell_deprecated(l, rs->mentions[i].term, rs->mentions[i].at, rs->mentions[i].span);
    for (size_t i = 0; rs && i < rs->nrecords; i++)
        for (size_t k = 0; k < rs->records[i]->nfields; k++)
            see_templates(l, rs->records[i]->fields[k]);
}
