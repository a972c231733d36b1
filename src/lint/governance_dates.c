/* SPDX-License-Identifier: MIT */
#include "lint/governance.h"

/* What time has overtaken: reviews, suppressions, values. Each day is included. */

bool mop_lint_is_past(const struct mop_lint *l, const struct mop_node *day)
{
    int32_t d;
    return mop_lint_day(day, &d) && d < l->today;
}

void mop_lint_review(struct mop_lint *l)
{
    const struct mop_node *day = mop_lint_get(l->root, "review_by");
    if (!mop_lint_is_past(l, day))
        return;
    mop_lint_tell(l, "review-overdue", day, "the rules were to be reviewed by %.*s",
                  MOP_SV_ARG(day->text));
    mop_lint_hint(l, "go through them with their owners, then set a new day");
}

/* ---- suppressions ---- */

void mop_lint_suppressions(struct mop_lint *l)
{
    const struct mop_node *list = mop_lint_get(l->root, "suppressions");
    for (size_t i = 0; list && list->kind == MOP_LIST && i < list->n; i++) {
        const struct mop_node *until = mop_lint_get(list->item[i], "until");
        struct mop_sv rule = mop_lint_text(list->item[i], "rule");
        if (!mop_lint_is_past(l, until))
            continue;
        mop_lint_tell(l, "expired-suppression", until,
                      "the suppression of '%.*s' ended on %.*s: it suppresses nothing",
                      MOP_SV_ARG(rule), MOP_SV_ARG(until->text));
        mop_lint_hint(l, "take it out; if the work is not done, decide on a new day");
    }
}

/* ---- values ---- */

static void see_value(struct mop_lint *l, const struct mop_node *key, const struct mop_node *n)
{
    const struct mop_node *until = mop_lint_get(mop_lint_get(n, "valid"), "until");
    const struct mop_node *provisional = mop_lint_get(mop_lint_get(n, "provisional"), "until");
    if (mop_lint_is_past(l, until) && !mop_lint_get(n, "use")) {
        mop_lint_tell(l, "deprecated-without-use", key,
                      "'%.*s' was valid until %.*s, and nothing says what to write instead",
                      MOP_SV_ARG(key->text), MOP_SV_ARG(until->text));
        mop_lint_hint(l, "add use: VALUE");
    }
    if (mop_lint_is_past(l, provisional)) {
        mop_lint_tell(l, "provisional-overdue", provisional,
                      "'%.*s' was allowed until %.*s: it counts as unknown now",
                      MOP_SV_ARG(key->text), MOP_SV_ARG(provisional->text));
        mop_lint_hint(l, "take it up for good, or take it out");
    }
}

static void see_list(struct mop_lint *l, const struct mop_node *n)
{
    const struct mop_node *values = mop_lint_get(n, "values");
    if (values && mop_lint_get(values, "use"))
        values = mop_lint_get(values, "use"); /* the long form under a field */
    for (size_t i = 0; values && values->kind == MOP_MAPPING && i < values->n; i++)
        see_value(l, values->key[i], values->item[i]);
}

static void see_parts(struct mop_lint *l, const struct mop_node *n)
{
    const struct mop_node *parts = mop_lint_get(n, "parts");
    for (size_t i = 0; parts && parts->kind == MOP_MAPPING && i < parts->n; i++)
        see_list(l, parts->item[i]);
}

/* A vocabulary, or a field with the parts of its templates. */
static void see_values(struct mop_lint *l, const struct mop_node *n)
{
    const struct mop_node *templates = mop_lint_get(n, "template");
    see_list(l, n);
    see_parts(l, n);
    if (templates)
        see_parts(l, templates);
    for (size_t i = 0; templates && templates->kind == MOP_LIST && i < templates->n; i++)
        see_parts(l, templates->item[i]);
}

static void see_fields(struct mop_lint *l, const struct mop_node *fields)
{
    for (size_t i = 0; fields && fields->kind == MOP_MAPPING && i < fields->n; i++)
        see_values(l, fields->item[i]);
}

void mop_lint_values(struct mop_lint *l)
{
    static const char *const owners[] = {"records", "field_sets"};
    const struct mop_node *all = mop_lint_get(l->root, "vocabularies");
    see_fields(l, all);
    for (size_t o = 0; o < 2; o++) {
        all = mop_lint_get(l->root, owners[o]);
        for (size_t i = 0; all && all->kind == MOP_MAPPING && i < all->n; i++) {
            const struct mop_node *fields = mop_lint_get(all->item[i], "fields");
            see_fields(l, fields || !o ? fields : all->item[i]);
        }
    }
}
