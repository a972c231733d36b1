/* SPDX-License-Identifier: MIT */
#ifndef MOP_SINCE_H
#define MOP_SINCE_H
#include "score/score.h"

/*
 * What changed since an earlier run, and how the scores went over the last ones: filled by
 * history/, shown by report/. Values only, in the result's arena; lists are sorted, never in the
 * order of records. `result.since` NULL: there is no history to compare with.
 */

/* A score of one run in tenths of a percent, floored; -1: the run has none. */
struct mop_trend_point {
    int64_t at_us; /* the run's --now */
    int64_t records, value;
};

/*
 * One score then and now. What the data changed is `between - before`, what the rules changed is
 * `now - between`: the old rules on the new data stand between them (design.md, section 4). All in
 * tenths of a percent, floored; -1: no score, and then there is no difference either.
 */
struct mop_score_since {
    enum {
        MOP_SINCE_REPORT,
        MOP_SINCE_OVERALL,
        MOP_SINCE_DIMENSION,
        MOP_SINCE_OWNER,
        MOP_SINCE_FIELD
    } of;
    struct mop_sv record; /* the record type; of a report "" */
    struct mop_sv name;   /* of the report, dimension, owner, field; overall "" */
    int64_t before_records, between_records, now_records;
    int64_t before_value, between_value, now_value;
    const struct mop_trend_point *trend; /* as the runs were made, whatever their clocks said; the
                                            last one is this run */
    size_t ntrend;
};

/* A rule whose share of failed records moved beyond both thresholds, that came or that went. */
struct mop_rule_since {
    struct mop_sv id;
    enum { MOP_RULE_WORSE, MOP_RULE_BETTER, MOP_RULE_NEW, MOP_RULE_GONE } how;
    uint64_t failed_before, applicable_before, failed_now, applicable_now;
};

/* A value that no earlier run of the history had in this field, or that vanished from it. */
struct mop_value_since {
    struct mop_sv record, field, value;
    bool personal; /* never shown unless asked for */
    bool vanished;
    uint64_t count; /* now; of a vanished one in the run compared with */
};

/* A count of a whole then and now: a field's filled cells, a stage's records, a type's records. */
struct mop_count_since {
    enum { MOP_COUNT_RECORDS, MOP_COUNT_FILLED, MOP_COUNT_STAGE } of;
    struct mop_sv record, name; /* of the field; "lifecycle.stage"; records: "" */
    uint64_t before, total_before, now, total_now;
};

struct mop_since {
    struct mop_sv run; /* the run compared with, as `history show` names it */
    int64_t at_us;     /* its --now */
    bool same_rules;   /* the same rule-set digest: nothing of a change is by rules */
    struct mop_sv taxonomy_before, taxonomy_now; /* "acme 2026.10", "acme 2026.11" */
    const char *unsplit; /* why the change could not be split, or NULL; `between` is -1 then */
    const struct mop_score_since *scores;
    size_t nscores;
    const struct mop_rule_since *rules;
    size_t nrules;
    const struct mop_value_since *values;
    size_t nvalues, values_more; /* as many as are shown, and how many there were beyond them */
    const struct mop_count_since *counts;
    size_t ncounts;
};
#endif
