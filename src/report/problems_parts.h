/* SPDX-License-Identifier: MIT */
#ifndef MOP_PROBLEMS_PARTS_H
#define MOP_PROBLEMS_PARTS_H
#include "report/problems.h"
#include "base/text.h"

/* What the writers of problems share. */

extern const struct mop_problem_format mop_problems_text;

extern const char *const mop_problem_levels[]; /* "note" "warning" "error" */

/* Not suppressed and not in the baseline: it stands in listings and counts. */
bool mop_problem_stands(const struct mop_problem *x);

/* The lines of the files that the problems name, as far as their texts are known. */
struct mop_problem_lines {
    const struct mop_diags *files;
    const char *file; /* whose lines these are */
    struct mop_lines lines;
};
void mop_problem_lines_init(struct mop_problem_lines *l, const struct mop_problems *p);
void mop_problem_lines_release(struct mop_problem_lines *l);
/* Without its end; absent when it is not known. */
struct mop_sv mop_problem_lines_get(struct mop_problem_lines *l, struct mop_loc at);

/* "3 errors, 1 warning in 2 files; 4 suppressed", "no problems". */
void mop_problems_summary(const struct mop_problems *p, struct mop_buf *out);
#endif
