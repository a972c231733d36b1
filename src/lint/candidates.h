/* SPDX-License-Identifier: MIT */
#ifndef MOP_LINT_CANDIDATES_H
#define MOP_LINT_CANDIDATES_H
#include "lint/logic.h"
#include "lint/regex_symbols.h"
#include "rules/template.h"

/* Names that a template accepts, made of values that its parts accept: a bounded sample. */

enum { MOP_LINT_CHOICES = 12, MOP_LINT_NAMES = 2000 };

struct mop_lint_choices { /* of one part; those with the template's own separators in them first */
    struct mop_sv list[MOP_LINT_CHOICES];
    size_t n;
};
struct mop_lint_name {
    struct mop_sv text;
    struct mop_sv *parts; /* by index; .p NULL: left out with its [ ] */
};
/* What names are made with. */
struct mop_lint_names {
    struct mop_lint *l;
    struct mop_run *run;
    struct mop_rx_symbols symbols;
    struct mop_map patterns; /* a compiled pattern -> 1 + its index in the lint's */
};
void mop_lint_names_init(struct mop_lint_names *x, struct mop_lint *l, struct mop_run *run);
void mop_lint_names_release(struct mop_lint_names *x);
/* As it is written, or NULL. */
const struct mop_pattern *mop_lint_pattern_of(const struct mop_lint_names *x,
                                              const struct mop_regex *r);
/* Does the part take the text? */
bool mop_lint_fits(const struct mop_template_part *p, struct mop_sv text, struct mop_run *run);
/* By index of the template's parts, in `a`; n == 0: nothing that the part accepts was found. */
struct mop_lint_choices *mop_lint_choices(struct mop_lint_names *x, const struct mop_template *t,
                                          struct mop_arena *a);
/* Calls fn for each name until it returns false or MOP_LINT_NAMES were made. What it is given lives
 * until the next name. */
void mop_lint_each_name(const struct mop_template *t, const struct mop_lint_choices *choices,
                        bool (*fn)(const struct mop_lint_name *name, void *ctx), void *ctx);
#endif
