/* SPDX-License-Identifier: MIT */
#ifndef MOP_LINT_GOVERNANCE_H
#define MOP_LINT_GOVERNANCE_H
#include "lint/walk.h"

/* Checks of the table mop_lint_governance. */

/* governance_docs.c: what `lint: require:` asks for. */
void mop_lint_owner(struct mop_lint *l);
void mop_lint_description(struct mop_lint *l);
void mop_lint_message(struct mop_lint *l);
void mop_lint_examples(struct mop_lint *l);
/* governance_reasons.c: why something is left out or off. */
void mop_lint_reasons(struct mop_lint *l);
/* governance_people.c: are those who own and decide there? */
void mop_lint_people(struct mop_lint *l);
/* governance_dates.c: what time has overtaken. */
bool mop_lint_is_past(const struct mop_lint *l, const struct mop_node *day); /* NULL: it is not */
void mop_lint_review(struct mop_lint *l);
void mop_lint_suppressions(struct mop_lint *l);
void mop_lint_values(struct mop_lint *l);         /* deprecated and provisional ones */
void mop_lint_deprecated_use(struct mop_lint *l); /* governance_deprecated.c */
#endif
