/* SPDX-License-Identifier: MIT */
#ifndef MOP_STAGE_HISTORY_H
#define MOP_STAGE_HISTORY_H
#include "rules/lifecycle.h"

/* Lifecycles judged from records of stage changes: what a lifecycle's `history` and `transitions`
 * say, and the walk over the changes of one record. */

struct mop_history {
    struct mop_record *record; /* of the changes; read before the lifecycle's own */
    struct mop_field *of;      /* of the lifecycle's record: by it a change names the record */
    struct mop_field *via;     /* of a change, like the next ones: what names the record */
    struct mop_field *from;    /* NULL: always the stage before */
    struct mop_field *to, *at;
    const struct mop_node *node;
};

enum { MOP_STAGE_NONE = -1, MOP_STAGE_UNKNOWN = -2 };
/* One change of stage. */
struct mop_stage_change {
    struct mop_h128 of;   /* keyed hash of what names the record */
    struct mop_when when; /* only if dated */
    int32_t from, to;     /* indexes of stages; from NONE: not said */
    bool dated;
};
/* The changes of one record: dated ones first, by moment, then by stages; none twice. */
struct mop_stage_changes {
    const struct mop_stage_change *list;
    size_t n;
    bool lost; /* a column of theirs is missing, or they were not all read: nothing can be told */
};

/* The first move of a kind, and how many there are. */
struct mop_move {
    const struct mop_stage *from, *to;
    struct mop_when when;
    size_t n;
};
struct mop_walk {
    struct mop_move back, transition;
    size_t judged;          /* moves, legal ones too */
    bool unsure;            /* some move cannot be told: it may have been any */
    bool unsure_transition; /* some move may not be allowed; it is none back */
};
/*
 * Walks the changes of a record that is in stage `own`. restarted: the start of its present cycle,
 * or NULL. The conditions of skips are asked of `run`.
 */
void mop_history_walk(const struct mop_lifecycle *l, const struct mop_stage_changes *c,
                      const struct mop_stage *own, const struct mop_when *restarted,
                      struct mop_run *run, struct mop_walk *out);

/* The keys `history` and `transitions` of a lifecycle; -1 after a fault. */
int mop_history_compile(struct mop_scope *s, const struct mop_node *n, struct mop_lifecycle *l);
/* Once all references are known: the field of a change that names the record. */
int mop_history_bind(struct mop_scope *s, struct mop_history *h);
/* The history that a test of `back` or `transition` reads; NULL: it is of another kind. */
const struct mop_history *mop_test_history(const struct mop_test *t);
#endif
