/* SPDX-License-Identifier: MIT */
#ifndef MOP_FUNNEL_H
#define MOP_FUNNEL_H
#include "check/dictionary.h"
#include "check/durations.h"
#include "rules/lifecycle.h"

/*
 * How the records of one type move through a lifecycle, counted while they are judged: sums only,
 * in whatever order they come. Clocks are those of the `sla` checks: from a stage's entry to the
 * entry of the first later stage on the path that has one, or to --now while the record is still
 * in it.
 */

/* Records by when they entered a stage: so that cohorts and months are sums of these. */
struct mop_entry_group {
    int32_t month;    /* year * 12 + month - 1; MOP_NO_MONTH: not of the last twelve */
    uint32_t cohorts; /* bit i: entered within the rule set's cohort i */
};
enum { MOP_NO_MONTH = INT32_MIN, MOP_FUNNEL_MONTHS = 12 };

/* Of the records that entered a stage in their present cycle: entered = went_on + waiting + left.
 */
struct mop_flow {
    uint64_t entered;
    uint64_t
        went_on; /* a later stage on the path was entered, by its date or by the record's stage */
    uint64_t waiting;                 /* the record is in the stage */
    uint64_t left;                    /* back or off the path */
    uint64_t undated, out_of_order;   /* of went_on: nothing says when; it says before the entry */
    uint64_t within, late, open_late; /* of the sla: kept; missed by who went on, by who waits */
    uint64_t *to; /* per stage of the lifecycle: went_on with this one's date; sums to went_on -
                     undated */
};

struct mop_funnel_stage {
    uint64_t records; /* that are in it */
    /* Dates that tell nothing about the present cycle: not readable; blank though the record is in
     * the stage or past it; of a cycle before `restarted_at`. */
    uint64_t unreadable, blank, earlier;
    struct mop_flow
        *flows; /* per group of mop_funnel.groups; NULL: no stage of the path with a date */
    size_t nflows, capflows;
    struct mop_durations times; /* of who went on, by group */
};

struct mop_funnel {
    const struct mop_lifecycle *lifecycle;
    const struct mop_ruleset *rules;
    struct mop_arena arena;
    uint64_t records; /* not excluded */
    uint64_t blank, unknown,
        unreadable;                  /* stages: these records are counted here and nowhere else */
    struct mop_funnel_stage *stages; /* as in the lifecycle */
    struct mop_entry_group *groups;
    size_t ngroups, capgroups;
    struct mop_when *cohort_from; /* first moment of each cohort */
    int32_t month;                /* of --now */
};

void mop_funnel_init(struct mop_funnel *f, const struct mop_lifecycle *l,
                     const struct mop_ruleset *rs);
void mop_funnel_release(struct mop_funnel *f);
/* Counts a record that is not excluded. */
void mop_funnel_record(struct mop_funnel *f, struct mop_entry *const *entries);
/* Adds the second to the first, whose `to` has room for every stage. */
void mop_flow_add(struct mop_flow *sum, const struct mop_flow *f, size_t nstages);
#endif
