/* SPDX-License-Identifier: MIT */
#ifndef MOP_SCORE_H
#define MOP_SCORE_H
#include "check/tally.h"

/*
 * One formula (design.md section 4):
 *     C(S) = 100 * weight of the assessed records in which no rule of S failed or is undecided /
 * weight of the assessed records computed from the signature table for any set of rules S and any
 * part of the records.
 */

/* By records: counts. By value: money in millionths. */
struct mop_score {
    const char *reason; /* why there is no score; NULL: there is one */
    mop_i128 clean, assessed,
        undecided; /* undecided: no rule of S failed, but some could not be told */
};
struct mop_score_pair {
    struct mop_score records, value;
    bool has_value;     /* false: the record type has no weight, `value` is null */
    uint64_t unweighed; /* assessed records inside the weight whose weight cannot be used: they
                           weigh 0 */
    uint64_t inside;    /* those inside the weight, with it or without */
};
extern const char mop_too_unweighed[]; /* the reason of a value of which too much is not known */

#define MOP_BEYOND_TABLE "more than 1,048,576 distinct signatures"
#define MOP_AS_GIVEN "columns as given: rules without columns were left out"

/* Which records: all assessed ones, or those inside a need, a cohort, both. */
struct mop_part_of {
    size_t need;     /* SIZE_MAX: all */
    uint32_t cohort; /* index + 1; 0: all */
    bool accepted;   /* suppressed findings count as passed */
    bool by_rules; /* of a need: only rules make a record unclean, not that nobody can tell whether
                      it is inside. For a part of the need's rules, as an effect's: which way such
                      a record goes wrong is not known either */
};
#define MOP_ALL ((struct mop_part_of){.need = SIZE_MAX})

enum { MOP_TOO_FEW = 100 }; /* fewer assessed records: too few to be sure */

/* `mask`: S as check bits. Value by the need's weight, else by the type's own. */
struct mop_score_pair mop_score_of(const struct mop_tally *t, struct mop_part_of part,
                                   const uint64_t *mask);
/* The share of the part's records to which a rule of S other than `required` applied. Only for
 * overall and needs. */
struct mop_score mop_score_checked(const struct mop_tally *t, struct mop_part_of part);
/* Why nobody can tell which records are new, or NULL: then an empty cohort is no reason to leave
 * the type out. */
const char *mop_cohorts_lost(const struct mop_tally *t);
/* From the counters of a slice value: parts[0] overall, parts[1 + need]. */
struct mop_score_pair mop_score_slice(const struct mop_tally *t, const struct mop_part *p,
                                      size_t need);
/* Tenths of a percent, floored; -1 for null. 1000 only if every assessed record is clean. */
int64_t mop_score_tenths(const struct mop_score *s);
/* Exact: clean / assessed >= millionths / 1000000. False for null. */
bool mop_score_meets(const struct mop_score *s, int64_t millionths);
enum { MOP_MILLIONTHS = 1000000, MOP_MILLIONTHS_OF_TENTH = 1000 };
#endif
