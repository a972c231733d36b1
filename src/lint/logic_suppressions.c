/* SPDX-License-Identifier: MIT */
#include "lint/trials.h"
#include "rules/kinds.h"

/* Suppressions that have nothing to pass over. */

static const struct mop_check *check_of(const struct mop_ruleset *rs,
                                        const struct mop_suppression *s)
{
    for (size_t i = 0; i < rs->nrecords; i++)
        for (size_t k = 0; k < rs->records[i]->nchecks; k++) {
            const struct mop_check *c = rs->records[i]->checks[k];
            if (mop_sv_eq(c->id, s->rule) && (!s->record || s->record == c->record))
                return c;
        }
    return NULL;
}

/* Of `required` alone it is sure what fails: a blank. */
static bool is_never_met(struct mop_lint *l, const struct mop_check *c, struct mop_expr *where)
{
    struct mop_run run;
    struct mop_arena scratch;
    struct mop_expr fails = {.op = MOP_OP_NOT, .kids = (struct mop_expr *[]){c->assert_}, .n = 1};
    struct mop_expr both = {.op = MOP_OP_ALL, .kids = (struct mop_expr *[]){where, &fails}, .n = 2};
    if (c->kind != &mop_kind_required || !c->assert_ || c->assert_->op != MOP_OP_TEST)
        return false;
    mop_lint_run_begin(&run, l, &scratch);
    bool never = mop_lint_try(l, &run, &both, true, NULL) == MOP_TRIED_NEVER &&
                 mop_lint_try(l, &run, where, true, NULL) == MOP_TRIED_TRUE;
    mop_lint_run_end(&run);
    return never;
}

static bool is_same(const struct mop_node *a, const struct mop_node *b)
{
    bool same = a && b && a->kind == b->kind && a->n == b->n && mop_sv_eq(a->text, b->text);
    for (size_t i = 0; same && a->kind != MOP_SCALAR && i < a->n; i++)
        same = is_same(a->item[i], b->item[i]) &&
               (a->kind != MOP_MAPPING || is_same(a->key[i], b->key[i]));
    return same || (!a && !b);
}

/* An earlier one of the list that speaks of the same findings. */
static const struct mop_node *earlier(const struct mop_node *list, size_t i)
{
    const struct mop_node *s = list->item[i];
    for (size_t k = 0; k < i; k++)
        if (mop_lint_get(s, "rule") &&
            is_same(mop_lint_get(s, "rule"), mop_lint_get(list->item[k], "rule")) &&
            is_same(mop_lint_get(s, "where"), mop_lint_get(list->item[k], "where")) &&
            is_same(mop_lint_get(s, "record"), mop_lint_get(list->item[k], "record")))
            return list->item[k];
    return NULL;
}

static void tell_twice(struct mop_lint *l)
{
    const struct mop_node *list = mop_lint_get(l->root, "suppressions");
    for (size_t i = 0; list && list->kind == MOP_LIST && i < list->n; i++) {
        const struct mop_node *first = mop_lint_steps(l, i + 1) ? earlier(list, i) : NULL;
        if (!first)
            continue;
        mop_lint_tell(l, "unused-suppression", list->item[i],
                      "'%.*s' is suppressed for the same records in line %u",
                      MOP_SV_ARG(mop_lint_text(list->item[i], "rule")), first->at.line);
        mop_lint_hint(l, "take one of the two out");
    }
}

void mop_lint_unused_suppressions(struct mop_lint *l)
{
    const struct mop_ruleset *rs = mop_lint_rules(l);
    for (size_t i = 0; rs && i < rs->nsuppressions; i++) {
        const struct mop_suppression *s = &rs->suppressions[i];
        const struct mop_check *c = mop_lint_steps(l, 1) ? check_of(rs, s) : NULL;
        if (!c && !l->out_of_steps) {
            mop_lint_tell_at(l, "unused-suppression", s->at, 1,
                             "there is nothing to suppress: '%.*s' is switched off",
                             MOP_SV_ARG(s->rule));
            mop_lint_hint(l, "take the suppression out, or switch the check on");
        } else if (c && s->where && is_never_met(l, c, s->where)) {
            mop_lint_tell_at(l, "unused-suppression", s->at, 1,
                             "there is nothing to suppress: no record that fails '%.*s' meets "
                             "'where'",
                             MOP_SV_ARG(s->rule));
            mop_lint_hint(l, "it fails where the field is blank: ask for other fields");
        }
    }
    tell_twice(l);
}
