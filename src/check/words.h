/* SPDX-License-Identifier: MIT */
#ifndef MOP_WORDS_H
#define MOP_WORDS_H
#include "check/judge.h"

/* Makes the judge's word-writer: values of personal fields are masked unless the run shows values.
 */
void mop_words_init(struct mop_judge *j);
/* Says why the test is what is wrong (j->words.negated: that it passes is). */
void mop_words_explain(struct mop_judge *j, const struct mop_test *t,
                       const struct mop_value *const *v);
/* Says which value leaves the check undecided; t: the test to which it owes that, or NULL. */
void mop_undecided_explain(struct mop_judge *j, const struct mop_check *c,
                           const struct mop_test *t);
/*
 * "d***@example.com", "J***": the first character, stars, and of an e-mail address its domain.
 * Appends; an empty value stays empty.
 */
void mop_mask(struct mop_buf *out, struct mop_sv value);
/*
 * The value with each e-mail address and phone number in it masked, of a link its login and the
 * parameters that name a person too, whatever its field and the check that shows it; where they
 * stand in escapes, without what may hold them. The value itself if it holds none; else in the
 * arena.
 */
struct mop_sv mop_mask_found(struct mop_arena *a, struct mop_sv value);
/* The same of a column's name, in which an annotation of OData looks like an address. */
struct mop_sv mop_mask_name(struct mop_arena *a, struct mop_sv name);
#endif
