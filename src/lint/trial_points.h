/* SPDX-License-Identifier: MIT */
#ifndef MOP_LINT_TRIAL_POINTS_H
#define MOP_LINT_TRIAL_POINTS_H
#include "rules/kind_util.h"

/*
 * Numbers and times to try tests with: a line has no end of them, but tests that compare with
 * constants tell only those apart that lie on different sides of one.
 */

/* Does the test compare a number or time with a constant, or with the clock? */
bool mop_lint_compares(const struct mop_test *t);
/* The points of an open field of such a type that its tests tell apart, plain ones first. None if
 * no test compares. */
void mop_lint_each_point(const struct mop_run *run, struct mop_arena *a, const struct mop_field *f,
                         const struct mop_test *const *tests, size_t n,
                         void (*fn)(const struct mop_value *v, void *ctx), void *ctx);
#endif
