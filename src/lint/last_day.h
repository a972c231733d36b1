/* SPDX-License-Identifier: MIT */
#ifndef MOP_LINT_LAST_DAY_H
#define MOP_LINT_LAST_DAY_H
#include "rules/ruleset.h"

/* The last day of records, by the field that dates them, for which the condition can be true;
 * INT32_MAX: it sets none. */
int32_t mop_lint_last_day(const struct mop_expr *e, const struct mop_field *dated_by);
#endif
