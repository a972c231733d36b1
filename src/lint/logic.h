/* SPDX-License-Identifier: MIT */
#ifndef MOP_LINT_LOGIC_H
#define MOP_LINT_LOGIC_H
#include "lint/walk.h"
#include "rules/kind.h"

/* Checks of the table mop_lint_logic, and what they share. */

void mop_lint_conditions(struct mop_lint *l);          /* logic_conditions.c */
void mop_lint_stages(struct mop_lint *l);              /* logic_stages.c */
void mop_lint_reports(struct mop_lint *l);             /* logic_reports.c */
void mop_lint_templates(struct mop_lint *l);           /* logic_templates.c */
void mop_lint_idle_values(struct mop_lint *l);         /* logic_values.c */
void mop_lint_unused_suppressions(struct mop_lint *l); /* logic_suppressions.c */
void mop_lint_names(struct mop_lint *l);               /* logic_names.c */
void mop_lint_checks(struct mop_lint *l);              /* logic_checks.c */

/* Of these also where the file does not load; suppressed_twice.c. */
void mop_lint_suppressed_twice(struct mop_lint *l);

/* The rules of a record type, for mop_lint_checks; logic_rules.c. */
void mop_lint_see_rules(struct mop_lint *l, struct mop_run *run, const struct mop_record *r);

/* What a kind needs to judge single values: no record, no other type. */
void mop_lint_run_begin(struct mop_run *run, struct mop_lint *l, struct mop_arena *scratch);
void mop_lint_run_end(struct mop_run *run);
#endif
