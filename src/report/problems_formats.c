/* SPDX-License-Identifier: MIT */
#include "report/problems_parts.h"

/* In the order in which --help and messages name them; the first is what comes without -f. */
const struct mop_problem_format *const mop_problem_formats[] = {
    &mop_problems_text,   &mop_problems_json,   &mop_problems_sarif,    &mop_problems_junit,
    &mop_problems_github, &mop_problems_gitlab, &mop_problems_markdown, NULL};
