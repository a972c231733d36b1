/* SPDX-License-Identifier: MIT */
#ifndef MOP_LIFECYCLE_ARGS_H
#define MOP_LIFECYCLE_ARGS_H
#include "rules/lifecycle.h"

/* mop_test.arg of the lifecycle kinds; private to lifecycle*.c. The test's first field is the
 * stage. */
struct mop_stage_arg {
    const struct mop_lifecycle *l;
    const struct mop_stage *stage; /* of sla */
    size_t *date;     /* per stage: which of the test's fields is its entered_at, or SIZE_MAX */
    size_t restarted; /* likewise of restarted_at */
};
/* The tests of a compiled lifecycle (lifecycle_compile.c), each registered. */
int mop_lifecycle_tests(struct mop_scope *s, struct mop_lifecycle *l, const struct mop_node *n);
/* Does stage `own` ask for the field, by its own or an earlier stage's `requires`, or its
 * `requires_here`? */
bool mop_stage_requires(const struct mop_lifecycle *l, const struct mop_stage *own,
                        const struct mop_field *f);
#endif
