/* SPDX-License-Identifier: MIT */
#ifndef MOP_BEYOND_H
#define MOP_BEYOND_H
#include "score/score.h"
#include "score/stakes.h"

/*
 * Records whose signature finds no room in the table any more. What the run will be asked is known
 * by then: which parts and sets of rules have a score. So each such record is added to the sums of
 * every one of these questions, and C, gain and share stay exact in bounded memory. Only the plan,
 * which asks as it goes, needs the table.
 */

/* Sums over the signatures of a part. */
struct mop_sums {
    uint64_t assessed, clean, undecided, valid, invalid, no_rate;
    mop_i128 w_assessed, w_clean, w_undecided;
    bool applied;
};
struct mop_beyond;

/* Lets the tally come here once its table is full. */
void mop_beyond_allow(struct mop_tally *t);
/* The questions are being gathered: an answer is of no interest. */
bool mop_beyond_gathers(const struct mop_tally *t);
/* Notes the question while they are gathered, and adds what is beyond the table. False: nobody said
 * that this would be asked. */
bool mop_beyond_sums(const struct mop_tally *t, struct mop_part_of part, const uint64_t *mask,
                     struct mop_sums *sum);
/* Adds the part's records beyond the table, of which `clean` were checked. */
void mop_beyond_checked(const struct mop_tally *t, struct mop_part_of part, struct mop_score *s);
/* Of the records beyond the table, or NULL: there are none. */
const struct mop_stakes *mop_beyond_stakes(const struct mop_tally *t, bool by_value);

/* ---- of score.c, for one signature ---- */
bool mop_part_has(const struct mop_signature *s, struct mop_part_of part);
/* The signature lies in the part. */
void mop_sums_add(const struct mop_tally *t, const struct mop_signature *s, struct mop_part_of part,
                  const uint64_t *mask, struct mop_sums *sum);
bool mop_part_checked(const struct mop_signature *s, struct mop_part_of part);
#endif
