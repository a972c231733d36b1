/* SPDX-License-Identifier: MIT */
#ifndef MOP_PROBLEMS_PARTS_H
#define MOP_PROBLEMS_PARTS_H
#include "report/problems.h"
#include "base/text.h"

/* What the writers of problems share. */

extern const struct mop_problem_format mop_problems_text, mop_problems_json, mop_problems_sarif,
    mop_problems_junit, mop_problems_github, mop_problems_gitlab, mop_problems_markdown;

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

/* ---- places ---- */

/* Where it stands; of the run as a whole: where its rule is defined, else the first file. */
struct mop_loc mop_problem_place(const struct mop_problems *p, const struct mop_problem *x);
/* The path as platforms want it: no `./`, no `//`, `..` resolved, relative to the root of the
 * repository that the working directory is in, or to that directory where there is none. */
struct mop_sv mop_problem_path(struct mop_arena *a, const char *file);
/* Columns in UTF-16 units, from 1; `end` is behind the last. Bytes where the line is not known. */
struct mop_problem_region {
    uint32_t line, col, end;
};
struct mop_problem_region mop_problem_region_of(struct mop_problem_lines *l, struct mop_loc at,
                                                uint32_t span);

/* ---- texts, safe to look at: control bytes and bad UTF-8 are escaped ---- */

/* At most `max` columns. */
struct mop_sv mop_problem_shown(struct mop_arena *a, struct mop_sv s, size_t max);
/* The message, and for how many records it stands. */
struct mop_sv mop_problem_message(struct mop_arena *a, const struct mop_problem *x);
/* The same, its hint and its detail, a line each. */
struct mop_sv mop_problem_body(struct mop_arena *a, const struct mop_problem *x);

/* ---- which ---- */

/* Indices, the worst first: what stands before what is forgiven, errors before warnings, one of
 * each rule before a second, many records before few. free() it. */
size_t *mop_problems_ranked(const struct mop_problems *p);
/* True for each that is among the `max` worst of those that `wanted` (NULL: all) accepts; `left`
 * gets how many are not. free() it. */
bool *mop_problems_choose(const struct mop_problems *p, size_t max,
                          bool (*wanted)(const struct mop_problem *x), size_t *left);
/* One per problem, told apart where they are equal otherwise. free() it. */
struct mop_fingerprint {
    char hex[33];
};
struct mop_fingerprint *mop_problems_fingerprints(const struct mop_problems *p);

/* "3 errors, 1 warning in 2 files; 4 suppressed", "no problems". */
void mop_problems_summary(const struct mop_problems *p, struct mop_buf *out);
#endif
