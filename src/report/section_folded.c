/* SPDX-License-Identifier: MIT */
#include "report/sections.h"
#include "rules/derive.h"
#include "rules/kinds.h"
#include <string.h>

/*
 * Rules that found nothing of their own: their column is missing, or what they read failed another
 * rule. People are told the cause, once, with how many rules hang on it.
 */

/* Takes the rules out that only miss their column; a line for each column tells them. */
static size_t fold_missing(struct mop_page *p, const struct mop_type_result *y,
                           struct mop_rule_order *o, size_t n)
{
    const struct mop_field **told = mop_arena_array(&p->arena, n + 1, sizeof *told);
    size_t kept = 0, ntold = 0;
    for (size_t i = 0; i < n; i++) {
        const struct mop_missing_column *m = mop_missing_of(p->r, y, o[i].check);
        bool again = false;
        for (size_t k = 0; m && k < ntold; k++)
            again |= told[k] == m->field;
        if (!m) {
            o[kept++] = o[i];
            continue;
        }
        if (again)
            continue;
        told[ntold++] = m->field;
        size_t rules = 0;
        for (size_t k = i; k < n; k++) {
            const struct mop_missing_column *x = mop_missing_of(p->r, y, o[k].check);
            rules += x && x->field == m->field;
        }
        mop_item(p, MOP_TONE_BAD, "%.*s: %zu rule%s it",
                 MOP_SV_ARG(mop_missing_words(&p->arena, p->r, m)), rules,
                 rules == 1 ? " reads" : "s read");
    }
    return kept;
}

/* Rows of which no cell can be read: of them every rule is undecided, whatever it reads. */
static uint64_t unread_rows(const struct mop_type_result *y, const struct mop_check **input)
{
    uint64_t rows = 0;
    for (size_t i = 0; i < y->record->nchecks; i++) {
        const struct mop_check *c = y->record->checks[i];
        uint64_t failed = y->tally->rules_tally[i].failed;
        if (!failed || (c->kind != &mop_kind_input_ragged && c->kind != &mop_kind_input_json))
            continue;
        rows += failed;
        *input = c;
    }
    return rows;
}

/* Where the check fails, what is made of its field cannot be told. */
static bool leaves_untold(const struct mop_check *c)
{
    const char *kind = c->kind ? c->kind->name : "";
    return c->guard || !strcmp(kind, "references") || !strcmp(kind, "template");
}

static bool hangs_on(const struct mop_check *of, const struct mop_field *f)
{
    bool does = mop_check_reads(of, f);
    for (size_t i = 0; i < of->nsubjects && !does; i++)
        does = mop_field_comes_from(of->subjects[i], f);
    return does;
}

const struct mop_check *mop_untold_cause(const struct mop_type_result *y,
                                         const struct mop_check *of)
{
    const struct mop_check *input = NULL;
    if (y->tally->rules_tally[of->index].undecided == unread_rows(y, &input) && input)
        return input;
    for (size_t i = 0; i < y->record->nchecks; i++) {
        const struct mop_check *c = y->record->checks[i];
        if (!y->tally->rules_tally[i].failed || c == of)
            continue;
        if (leaves_untold(c) && c->field && hangs_on(of, c->field))
            return c;
        if (c->role == MOP_CHECK_INPUT && !input)
            input = c;
    }
    return input;
}

/* Rules that found something of their own, or cost, are told as rules. */
static const struct mop_check *cause_of(const struct mop_type_result *y,
                                        const struct mop_rule_order *o)
{
    bool own = y->tally->rules_tally[o->check->index].failed || o->fix;
    return own ? NULL : mop_untold_cause(y, o->check);
}

static size_t fold_untold(struct mop_page *p, const struct mop_type_result *y,
                          struct mop_rule_order *o, size_t n)
{
    size_t *untold = mop_arena_array(&p->arena, y->record->nchecks + 1, sizeof *untold);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        const struct mop_check *cause = cause_of(y, &o[i]);
        if (cause)
            untold[cause->index]++;
        else
            o[kept++] = o[i];
    }
    for (size_t i = 0; i < y->record->nchecks; i++)
        if (untold[i])
            mop_item(p, MOP_TONE_WARN, "%zu rule%s cannot tell where %.*s fails: %s the same %s",
                     untold[i], untold[i] == 1 ? "" : "s", MOP_SV_ARG(y->record->checks[i]->id),
                     untold[i] == 1 ? "it reads" : "they read",
                     y->record->checks[i]->field ? "field" : "record");
    return kept;
}

size_t mop_fold_rules(struct mop_page *p, const struct mop_type_result *y, struct mop_rule_order *o,
                      size_t n)
{
    return fold_untold(p, y, o, fold_missing(p, y, o, n));
}
