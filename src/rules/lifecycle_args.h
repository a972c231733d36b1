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
/* The stage that a skip or a transition names; NULL after a fault: there is none. */
const struct mop_stage *mop_stage_named(struct mop_scope *s, const struct mop_lifecycle *l,
                                        const struct mop_node *n);
/* Does stage `own` ask for the field, by its own or an earlier stage's `requires`, or its
 * `requires_here`? */
bool mop_stage_requires(const struct mop_lifecycle *l, const struct mop_stage *own,
                        const struct mop_field *f);
/*
 * Does the lifecycle's check of that kind (`requires`: of that field) speak of the record at hand,
 * and no milder than `mine`? Only then may `mine` leave its defect to it. Off, not selected, of a
 * lower severity today, or for records of other dates: it does not.
 */
bool mop_stage_told(const struct mop_lifecycle *l, const struct mop_test *mine,
                    const struct mop_kind *kind, const struct mop_field *f, struct mop_run *run);
#endif
