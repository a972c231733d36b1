/* SPDX-License-Identifier: MIT */
#ifndef MOP_LINT_TRIALS_H
#define MOP_LINT_TRIALS_H
#include "lint/logic.h"

/*
 * Records made up to try a condition on: every combination of the values that its tests tell apart,
 * those of the vocabulary, those that are named, and the points that bounds tell apart. What none
 * of these decides (a pattern of free text) is unknown, so that "never" is never guessed.
 */
enum mop_tried {
    MOP_TRIED_NEVER,      /* false for every record */
    MOP_TRIED_UNKNOWN,    /* true for none, but not all could be told */
    MOP_TRIED_TRUE,       /* true for the record shown */
    MOP_TRIED_UNFINISHED, /* out of steps */
};
/* `blanks`: fields may also be blank that no test asks about blanks. `shown`: "source is 'mail'" of
 * the first record that makes it true; empty where no field has a say; or NULL. */
enum mop_tried mop_lint_try(struct mop_lint *l, struct mop_run *run, const struct mop_expr *e,
                            bool blanks, struct mop_buf *shown);
#endif
