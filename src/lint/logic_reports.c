/* SPDX-License-Identifier: MIT */
#include "lint/logic.h"
#include "rules/derive.h"

/* Reports whose fields no check guards: their score would say nothing about them. */

static bool looks_at(const struct mop_check *c, const struct mop_field *f)
{
    for (size_t i = 0; i < c->nsubjects; i++)
        if (c->subjects[i] == f)
            return true;
    return false;
}

struct guards {
    bool error, required; /* an error rule looks at it; one that a blank does not pass */
};

static void add_guards(struct guards *g, const struct mop_field *f)
{
    const struct mop_record *r = f->record;
    for (size_t i = 0; i < r->nchecks && !(g->error && g->required); i++) {
        const struct mop_check *c = r->checks[i];
        if (c->severity != MOP_SEV_ERROR || c->role == MOP_CHECK_INPUT || !looks_at(c, f))
            continue;
        g->error = true;
        g->required |= c->required_like;
    }
}

/* A derived field is blank only where its sources are. */
static struct guards guards_of(const struct mop_field *f)
{
    struct guards g = {false, false};
    add_guards(&g, f);
    for (size_t i = 0; f->derive && i < f->derive->nfields; i++) {
        struct guards source = guards_of(f->derive->fields[i]);
        g.required |= source.required;
    }
    return g;
}

/* Where the report names the field, in the file. */
static const struct mop_node *place_of(const struct mop_node *need, const struct mop_field *f)
{
    const struct mop_node *list = mop_lint_get(need, "fields");
    for (size_t i = 0; list && list->kind == MOP_LIST && i < list->n; i++)
        if (mop_sv_eq(list->item[i]->text, f->name))
            return list->item[i];
    return list;
}

static void see_field(struct mop_lint *l, const struct mop_report_spec *spec,
                      const struct mop_node *at, const struct mop_field *f)
{
    struct guards g = guards_of(f);
    if (!at || (g.error && g.required))
        return;
    if (!g.error) {
        mop_lint_tell(l, "report-field-unguarded", at,
                      "report '%.*s' is built on '%.*s', which no error rule looks at",
                      MOP_SV_ARG(spec->name), MOP_SV_ARG(f->name));
        mop_lint_hint(l, "whatever stands in it, the report's score stays the same: add a check of "
                         "severity error");
        return;
    }
    mop_lint_tell(l, "report-field-optional", at,
                  "report '%.*s' is built on '%.*s', which may be blank", MOP_SV_ARG(spec->name),
                  MOP_SV_ARG(f->name));
    mop_lint_hint(l, "who blanks a bad value raises the score: add required: error");
}

static const struct mop_node *node_of(const struct mop_node *reports, struct mop_sv name)
{
    for (size_t i = 0; reports && reports->kind == MOP_LIST && i < reports->n; i++)
        if (mop_sv_eq(mop_lint_text(reports->item[i], "name"), name))
            return mop_lint_get(reports->item[i], "needs");
    return NULL;
}

void mop_lint_reports(struct mop_lint *l)
{
    const struct mop_node *reports = mop_lint_get(l->root, "reports");
    for (size_t i = 0; l->rules && i < l->rules->nreports; i++) {
        const struct mop_report_spec *spec = &l->rules->reports[i];
        const struct mop_node *needs = node_of(reports, spec->name);
        for (size_t k = 0; needs && k < spec->nneeds; k++) {
            const struct mop_need *need = &spec->needs[k];
            long at = mop_node_index(needs, need->record->name);
            for (size_t f = 0; at >= 0 && f < need->nfields; f++) {
                if (!mop_lint_steps(l, need->record->nchecks))
                    return;
                see_field(l, spec, place_of(needs->item[at], need->fields[f]), need->fields[f]);
            }
        }
    }
}
