/* SPDX-License-Identifier: MIT */
#ifndef MOP_FROM_RESULT_H
#define MOP_FROM_RESULT_H
#include "report/problems.h"
#include "report/report.h"

/*
 * A run of `check` as problems, for the formats of CI platforms: one per rule and distinct value
 * with its count, where the value stands first; targets, gates and checks of the data that are not
 * met; sources that broke off.
 */
struct mop_from_result {
    const struct mop_result *r;
    struct mop_problems *p;
    struct mop_arena arena; /* of the piece at hand */
};
void mop_problems_from_result(struct mop_problems *p, const struct mop_result *r);

/* Its parts. */
void mop_from_rules(struct mop_from_result *f);
void mop_from_run(struct mop_from_result *f);
#endif
