/* SPDX-License-Identifier: MIT */
#include "lint/last_day.h"
#include "rules/kind_util.h"
#include "rules/kinds.h"

static int32_t last_day_of_test(const struct mop_test *t, const struct mop_field *dated_by)
{
    const struct mop_bound *b = mop_test_bound(t);
    if (!b || !b->is_time || t->fields[0] != dated_by)
        return INT32_MAX;
    if (t->kind == &mop_kind_lte)
        return b->when.day;
    if (t->kind == &mop_kind_lt || t->kind == &mop_kind_before)
        return b->when.whole_day ? b->when.day - 1 : b->when.day;
    return INT32_MAX;
}

int32_t mop_lint_last_day(const struct mop_expr *e, const struct mop_field *dated_by)
{
    if (e->op == MOP_OP_TEST)
        return e->test && e->test->nfields ? last_day_of_test(e->test, dated_by) : INT32_MAX;
    bool any = e->op == MOP_OP_ANY && e->n;
    int32_t last = any ? INT32_MIN : INT32_MAX;
    for (size_t i = 0; e->op != MOP_OP_NOT && i < e->n; i++) {
        int32_t day = mop_lint_last_day(e->kids[i], dated_by);
        last = any == (day > last) ? day : last;
    }
    return last;
}
