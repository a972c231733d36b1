/* SPDX-License-Identifier: MIT */
#include "rules/compile.h"

/* What a tree of tests evaluates to: as a condition a truth (Kleene), as an assertion an outcome.
 */

static enum mop_truth truth_of_all(const struct mop_expr *e, mop_truth_fn test, void *ctx)
{
    enum mop_truth worst = MOP_TRUE;
    for (size_t i = 0; i < e->n && worst != MOP_FALSE; i++) {
        enum mop_truth t = mop_expr_truth(e->kids[i], test, ctx);
        worst = t < worst ? t : worst;
    }
    return worst;
}

static enum mop_truth truth_of_any(const struct mop_expr *e, mop_truth_fn test, void *ctx)
{
    enum mop_truth best = MOP_FALSE;
    for (size_t i = 0; i < e->n && best != MOP_TRUE; i++) {
        enum mop_truth t = mop_expr_truth(e->kids[i], test, ctx);
        best = t > best ? t : best;
    }
    return best;
}

enum mop_truth mop_expr_truth(const struct mop_expr *e, mop_truth_fn test, void *ctx)
{
    switch (e->op) {
    case MOP_OP_TEST:
        return test(e->test, ctx);
    case MOP_OP_ALL:
        return truth_of_all(e, test, ctx);
    case MOP_OP_ANY:
        return truth_of_any(e, test, ctx);
    default:
        return (enum mop_truth)(MOP_TRUE - mop_expr_truth(e->kids[0], test, ctx));
    }
}

/*
 * all: fails if any fails, else undecided if any is, else passes if any passes. any: passes if any
 * passes, else undecided if any is, else fails if any fails. Not applicable if nothing applies.
 * Every branch is asked, even when the result is clear: a cross-record test is remembered by being
 * asked.
 */
static const unsigned char weight_in_all[] = {
    [MOP_NA] = 0, [MOP_PASS] = 1, [MOP_UNDECIDED] = 2, [MOP_FAIL] = 3};
static const unsigned char weight_in_any[] = {
    [MOP_NA] = 0, [MOP_FAIL] = 1, [MOP_UNDECIDED] = 2, [MOP_PASS] = 3};

static enum mop_outcome heaviest(const struct mop_expr *e, const unsigned char *weight,
                                 mop_outcome_fn test, void *ctx)
{
    enum mop_outcome most = MOP_NA;
    for (size_t i = 0; i < e->n; i++) {
        enum mop_outcome o = mop_expr_outcome(e->kids[i], test, ctx);
        most = weight[o] > weight[most] ? o : most;
    }
    return most;
}

static const enum mop_outcome inverted[] = {[MOP_NA] = MOP_NA,
                                            [MOP_PASS] = MOP_FAIL,
                                            [MOP_UNDECIDED] = MOP_UNDECIDED,
                                            [MOP_FAIL] = MOP_PASS};

enum mop_outcome mop_expr_outcome(const struct mop_expr *e, mop_outcome_fn test, void *ctx)
{
    switch (e->op) {
    case MOP_OP_TEST:
        return test(e->test, ctx);
    case MOP_OP_ALL:
        return heaviest(e, weight_in_all, test, ctx);
    case MOP_OP_ANY:
        return heaviest(e, weight_in_any, test, ctx);
    default:
        return inverted[mop_expr_outcome(e->kids[0], test, ctx)];
    }
}

/* What a tree came to it owes to the branches that came to the same; under `not`, to the opposite.
 */
const struct mop_test *mop_expr_blame(const struct mop_expr *e, enum mop_outcome came_to,
                                      mop_outcome_fn test, mop_blame_fn may, void *ctx,
                                      bool *negated)
{
    if (e->op == MOP_OP_TEST) {
        *negated = false;
        return !may || may(e->test, ctx) ? e->test : NULL;
    }
    enum mop_outcome want = e->op == MOP_OP_NOT ? inverted[came_to] : came_to;
    const struct mop_test *found = NULL;
    for (size_t i = 0; i < e->n && !found; i++)
        if (mop_expr_outcome(e->kids[i], test, ctx) == want)
            found = mop_expr_blame(e->kids[i], want, test, may, ctx, negated);
    *negated ^= found && e->op == MOP_OP_NOT;
    return found;
}
