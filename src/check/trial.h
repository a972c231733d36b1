/* SPDX-License-Identifier: MIT */
#ifndef MOP_TRIAL_H
#define MOP_TRIAL_H
#include "check/judge.h"

/* The record as it is, while the judge holds what it would be. */
struct mop_trial {
    struct mop_judge *j;
    const struct mop_row *row;
    struct mop_row fixed;
    struct mop_cell *cells; /* of `fixed` */
    uint64_t *words;
    struct mop_entry **entries;
    struct mop_waiting *waiting;
    size_t nwaiting;
    struct mop_when when;
    uint32_t cohorts;
    bool dated;
    uint8_t *classes;
    mop_i128 *weight;
    struct mop_change *changes;
    size_t n;
    bool excluded; /* as it would be */
    bool own_key;  /* a part of its key could be repaired */
};

/* The repaired record is not excluded, no check of it is worse, and nothing changes that other
 * records look at, but for keys of cross-record tests and what references and look-ups find, about
 * which the end of the run tells. */
bool mop_trial_harmless(const struct mop_trial *t);
/* Some test waits with another key once the record is repaired, or only then, or no more; or
 * references and look-ups find something else. */
bool mop_trial_moves(const struct mop_trial *t);
/* Is there a test among those that waits alike? */
bool mop_waits_among(const struct mop_waiting *w, const struct mop_waiting *list, size_t n);
#endif
