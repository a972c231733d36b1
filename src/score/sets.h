/* SPDX-License-Identifier: MIT */
#ifndef MOP_SETS_H
#define MOP_SETS_H
#include "score/result.h"

/* The scores that a result is made of: the formula over sets of rules and parts of the records.
 * Masks are bit sets of the record type's checks; all memory is the arena's. */

typedef bool (*mop_chooser)(const struct mop_check *c, const void *what);
/* Of the checks within: those that are chosen, and input.*, which belong to every score. */
uint64_t *mop_set_choose(struct mop_arena *a, const struct mop_tally *t, const uint64_t *within,
                         mop_chooser is, const void *what);
bool mop_set_of_effect(const struct mop_check *c, const void *what); /* what: enum mop_effect */
struct mop_score_pair mop_set_score(const struct mop_tally *t, struct mop_part_of part,
                                    const uint64_t *mask);
/* Once the repairs are made. Need: of a report, or SIZE_MAX for the whole record type, here and
 * below. */
struct mop_score_pair mop_set_repaired(const struct mop_tally *t, size_t need,
                                       const uint64_t *mask);
struct mop_named_score *mop_set_cohorts(struct mop_result *r, const struct mop_tally *t,
                                        size_t need, const uint64_t *mask, size_t *n);
struct mop_slice_result *mop_set_slices(struct mop_result *r, const struct mop_tally *t,
                                        size_t need, size_t *n);

/* Why a score over these rules would be too good, as --columns-as-given left some of them out, or
 * NULL. A column that vanished must not lift one over its target. */
const char *mop_set_left_out(const struct mop_tally *t, const uint64_t *mask);
/* From here on there is no such score, and why; effects: MOP_EFFS of them. */
void mop_no_score(struct mop_score_pair *p, const char *why);
void mop_no_effects(struct mop_score_pair *effects, const char *why);
void mop_no_named(struct mop_named_score *s, size_t n, const char *why);
void mop_no_slices(struct mop_slice_result *s, size_t n, const char *why);

/* type_scores.c: all scores of a record type whose tally is given. */
void mop_score_type(struct mop_result *r, struct mop_type_result *y);
/* report_scores.c: those of a report, over record types that have theirs. */
void mop_score_report(struct mop_result *r, struct mop_report_result *p,
                      const struct mop_report_spec *spec);
#endif
