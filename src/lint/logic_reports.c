/* SPDX-License-Identifier: MIT */
#include "lint/logic.h"
#include "rules/compile.h"
#include "rules/derive.h"
#include "rules/kinds.h"

/* Reports whose fields no check guards: their score would say nothing about them. */

static bool looks_at(const struct mop_check *c, const struct mop_field *f)
{
    for (size_t i = 0; i < c->nsubjects; i++)
        if (c->subjects[i] == f)
            return true;
    return false;
}

/* ---- what a blank comes to ---- */

enum { ALL_BLANKS = (1 << (MOP_ST_PLACEHOLDER - MOP_ST_ABSENT + 1)) - 1 };

struct blanked {
    const struct mop_field *field;
    enum mop_state state; /* which blank it holds */
};

static bool reads(const struct mop_test *t, const struct mop_field *f, size_t from)
{
    for (size_t i = from; i < t->nfields; i++)
        if (t->fields[i] == f)
            return true;
    return false;
}

static bool is_required(const struct mop_field *f)
{
    for (size_t i = 0; i < f->nchecks; i++)
        if (f->checks[i]->kind == &mop_kind_required && f->checks[i]->severity == MOP_SEV_ERROR)
            return true;
    return false;
}

/* Is one of the others asked for, if of some records only? Then it is all of them or a failure. */
static bool others_are_given(const struct mop_test *t, const struct mop_field *f)
{
    for (size_t i = 0; i < t->nfields; i++)
        if (t->fields[i] != f && is_required(t->fields[i]))
            return true;
    return false;
}

/* Some record of a stage fails for want of the field; the stage itself may be blank. */
static enum mop_outcome row_on_blank(const struct mop_test *t, const struct mop_field *f)
{
    if (t->kind == &mop_kind_all_or_none)
        return others_are_given(t, f) ? MOP_FAIL : MOP_PASS;
    bool asks = t->kind == &mop_kind_requires || t->kind == &mop_kind_skipped;
    return asks && reads(t, f, t->kind->leading) ? MOP_FAIL : MOP_NA;
}

/* What other fields hold is not known: it decides nothing. */
static enum mop_outcome test_on_blank(const struct mop_test *t, void *ctx)
{
    const struct blanked *b = ctx;
    struct mop_value v = {.state = b->state};
    if (!reads(t, b->field, 0))
        return MOP_UNDECIDED;
    if (t->kind->row)
        return row_on_blank(t, b->field);
    return t->kind->flags & MOP_K_BLANK ? t->kind->value(t, &v, NULL) : MOP_NA;
}

/* The blanks of the field that fail the check, as bits. */
static unsigned failing_blanks(const struct mop_check *c, const struct mop_field *f)
{
    unsigned fail = 0;
    for (unsigned i = 0; i <= MOP_ST_PLACEHOLDER - MOP_ST_ABSENT; i++) {
        struct blanked b = {f, (enum mop_state)(MOP_ST_ABSENT + i)};
        if (mop_expr_outcome(c->assert_, test_on_blank, &b) == MOP_FAIL)
            fail |= 1U << i;
    }
    return fail;
}

/* ---- fields ---- */

struct guards {
    bool error;      /* an error rule looks at it, and does today */
    unsigned blanks; /* that fail one */
};

static void add_guards(struct guards *g, const struct mop_field *f, int32_t today)
{
    const struct mop_record *r = f->record;
    for (size_t i = 0; i < r->nchecks && !(g->error && g->blanks == ALL_BLANKS); i++) {
        const struct mop_check *c = r->checks[i];
        bool now = c->applies.from <= today && today <= c->applies.until;
        if (!now || c->severity != MOP_SEV_ERROR || c->role == MOP_CHECK_INPUT || !looks_at(c, f))
            continue;
        g->error = true;
        g->blanks |= c->assert_ ? failing_blanks(c, f) : 0;
    }
}

/* What a map, a pattern, a pointer finds nothing in. */
static bool misses(const struct mop_field *f)
{
    return f->derive && !(f->derive->kind->whole && f->derive->kind->whole(f->derive));
}

/* The rules of what a derived field comes from guard it, too: its blanks, if it is blank only where
 * that is. */
static struct guards guards_of(const struct mop_field *f, int32_t today)
{
    struct guards g = {false, 0};
    add_guards(&g, f, today);
    for (size_t i = 0; f->derive && i < f->derive->nfields; i++) {
        struct guards of = guards_of(f->derive->fields[i], today);
        g.error |= of.error;
        g.blanks |= misses(f) ? 0 : of.blanks;
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
    struct guards g = guards_of(f, l->today);
    if (!at || (g.error && g.blanks == ALL_BLANKS))
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
                  "report '%.*s' is built on '%.*s', which may be %s", MOP_SV_ARG(spec->name),
                  MOP_SV_ARG(f->name), g.blanks ? "blank in other ways" : "blank");
    if (misses(f))
        mop_lint_hint(l,
                      "where nothing can be derived it is blank, and no rule fails: add required: "
                      "error to it");
    else
        mop_lint_hint(l, "who blanks a bad value raises the score: add required: error");
}

/* What the report needs as it is written: mostly the i-th of them. */
static const struct mop_node *node_of(struct mop_lint *l, const struct mop_node *reports, size_t i,
                                      struct mop_sv name)
{
    size_t n = reports && reports->kind == MOP_LIST ? reports->n : 0;
    for (size_t k = 0; k < n && mop_lint_steps(l, 1); k++) {
        const struct mop_node *x = reports->item[(i + k) % n];
        if (mop_sv_eq(mop_lint_text(x, "name"), name))
            return mop_lint_get(x, "needs");
    }
    return NULL;
}

void mop_lint_reports(struct mop_lint *l)
{
    const struct mop_node *reports = mop_lint_get(l->root, "reports");
    const struct mop_ruleset *rs = mop_lint_rules(l);
    for (size_t i = 0; rs && i < rs->nreports; i++) {
        const struct mop_report_spec *spec = &rs->reports[i];
        const struct mop_node *needs = node_of(l, reports, i, spec->name);
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
