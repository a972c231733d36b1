/* SPDX-License-Identifier: MIT */
#ifndef MOP_EXPLAIN_H
#define MOP_EXPLAIN_H
#include "base/id_page.h"
#include "rules/kind.h"

/* The pages of `rules explain`, on standard output. */

/* The page of whatever is called so: a rule of the taxonomy (rs, or NULL), a kind, a type, a
 * finding of lint, a word of the report. -1: there is none, with a did-you-mean. */
int mop_explain(struct mop_sv id, const struct mop_ruleset *rs, struct mop_err *e);
extern const char mop_explain_hint[]; /* where the names are listed */
/* Of a rule, all that the taxonomy says of it (explain_check.c). */
void mop_explain_check(const struct mop_check *c);
/* attest.ID of the taxonomy, else of the shipped policy (explain_attest.c). False: there is none.
 */
bool mop_explain_attest(struct mop_sv id, const struct mop_ruleset *rs);
void mop_explain_kind(const struct mop_kind *k);
/* Is it a finding of a source as a whole, and no rule? */
bool mop_explain_of_source(const struct mop_kind *k);
/* Of settings files (config_pages.c). */
extern const struct mop_id_page mop_config_pages[];
/* A text of the taxonomy, which may come from anywhere, in at least so many columns. */
void mop_explain_put(struct mop_sv text, size_t columns);
#endif
