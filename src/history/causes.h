/* SPDX-License-Identifier: MIT */
#ifndef MOP_CAUSES_H
#define MOP_CAUSES_H
#include "history/db.h"
#include "report/shown.h"

/* What the files causes*.c share: what stands behind what the rules moved. */

struct mop_causes {
    struct mop_arena *a;
    const struct mop_ruleset *then, *now;
    bool same_text;
    bool same_checks; /* at most the population is another */
    struct weighed {
        struct mop_cause cause;
        uint64_t by; /* so many records more or fewer */
    } * list;
    size_t n, cap;
};
/* A record type by both rule sets. */
struct mop_by_both {
    const struct mop_type_result *then, *now;
    bool other_records;    /* other records are assessed */
    bool other_population; /* ... and others are excluded */
};

#define MOP_CAUSE_MONEY                                                                            \
    MOP_SV("money is counted otherwise: its field, its `where`, its currency or rates")

static inline uint64_t mop_cause_apart(uint64_t a, uint64_t b)
{
    return a > b ? a - b : b - a;
}

/* `by`: how many records it moved, for the order. */
void mop_cause_add(struct mop_causes *x, int how, struct mop_sv record, struct mop_sv id,
                   struct mop_sv what, int32_t since, uint64_t by);
/* With marks between the thousands, in the arena. */
struct mop_sv mop_cause_count(struct mop_causes *x, uint64_t n);
/* Are they written alike? NULL is as NULL. */
bool mop_cause_same_node(const struct mop_node *a, const struct mop_node *b);
/* By its id; by the id that it had before. NULL: there is none. */
const struct mop_check *mop_cause_check(const struct mop_record *r, struct mop_sv id);
const struct mop_check *mop_cause_renamed(const struct mop_record *r, struct mop_sv id);

void mop_causes_of_checks(struct mop_causes *x, const struct mop_by_both *y);
/* With the checks of the data as a whole. */
void mop_causes_of_reports(struct mop_causes *x, const struct mop_result *then,
                           const struct mop_result *now);
void mop_causes_of_suppressions(struct mop_causes *x, const struct mop_result *then,
                                const struct mop_result *now);
#endif
