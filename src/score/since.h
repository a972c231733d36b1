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
    bool other_rules; /* than the run before it in the list */
};

/* Points of a change in tenths: what the data did and what the rules did. INT64_MIN: nobody knows.
 */
struct mop_split {
    int64_t data, rules;
};
#define MOP_UNSPLIT ((struct mop_split){INT64_MIN, INT64_MIN})

/* Whose doing a change is that is no score's: the earlier rules on the new data are what it was
 * (rules), what it is (data), or neither. Unknown: the rules changed, and it was not split. */
enum mop_whose { MOP_BY_DATA, MOP_BY_RULES, MOP_BY_BOTH, MOP_BY_UNKNOWN };
extern const char *const mop_whose_names[]; /* "data" "rules" "both" "unknown" */

/*
 * One score then and now, and between them the old rules on the new data (design.md, section 4).
 * All in tenths of a percent, floored; -1: no score, and then there is no difference either. Over
 * several runs `between` is `before` and what the data did.
 *
 * `records` and `value` are the change in points: the exact ones, rounded so that they add up to
 * the difference that is shown (mop_split_of).
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
    struct mop_split records, value;
    const struct mop_trend_point *trend; /* as the runs were made, whatever their clocks said; the
                                            last one is this run */
    size_t ntrend;
};

/* A rule whose share of failed records moved beyond both thresholds, that came or that went. */
struct mop_rule_since {
    struct mop_sv id;
    enum { MOP_RULE_WORSE, MOP_RULE_BETTER, MOP_RULE_NEW, MOP_RULE_GONE } how;
    uint64_t failed_before, applicable_before, failed_now, applicable_now;
    struct mop_sv record, field; /* field: "" of a rule that is of none */
    enum mop_whose by;
    uint64_t failed_between, applicable_between; /* by the earlier rules; unless by is unknown */
};

/* What of the rules stands behind the points that they are said to have moved; and, told apart by
 * MOP_CAUSE_TIME, which of them came to something else without any doing of the rules. */
struct mop_cause {
    enum {
        MOP_CAUSE_NEW,      /* a rule, or a report, that was not there */
        MOP_CAUSE_GONE,     /* one that is there no more */
        MOP_CAUSE_SEVERITY, /* a warning then, an error now, or the other way round */
        MOP_CAUSE_JUDGES,   /* it judges other records to fail */
        MOP_CAUSE_EXCLUDES, /* an exclusion takes other records out */
        MOP_CAUSE_WEIGHT,   /* money is counted otherwise */
        MOP_CAUSE_WHERE,    /* a report looks at other records */
        MOP_CAUSE_NEEDS,    /* a report needs something else */
        MOP_CAUSE_FILED,    /* a rule counts for another owner or dimension */
        MOP_CAUSE_DATASET,  /* a check of the data as a whole asks otherwise; moves no score */
        MOP_CAUSE_ENDED,    /* a suppression that ran out; moves no score, but what is found */
        MOP_CAUSE_KEPT,     /* what is suppressed is other than it was; as above */
        MOP_CAUSE_TIME,     /* it asks how long ago something was: not the rules, but the clock */
        MOP_CAUSE_TARGET,   /* a report is to reach another share; moves no score */
    } how;
    struct mop_sv record, id; /* record of a report: ""; id of a weight: its field */
    struct mop_sv what;       /* "a warning then, an error now" */
    int32_t since;            /* the day that came did it; INT32_MIN: the rules were changed */
    int64_t run;              /* over several runs: in which; 0: in this one */
};
extern const char *const mop_cause_names[]; /* "new" "gone" "severity" ... */

/* A value that no earlier run of the history had in this field, or that vanished from it. */
struct mop_value_since {
    struct mop_sv record, field, value;
    bool personal; /* never shown unless asked for */
    bool vanished;
    enum mop_whose by;
    uint64_t count; /* now; of a vanished one in the run compared with */
};

/* A column that is there no more in any source of its type, or again, or for the first time. */
struct mop_column_since {
    struct mop_sv record, field;
    struct mop_sv
        header; /* what it may be called there, if that is known and not the field's name */
    bool came;
};

/* A count of a whole then and now: a field's filled cells, a stage's records, a type's records. */
struct mop_count_since {
    enum { MOP_COUNT_RECORDS, MOP_COUNT_FILLED, MOP_COUNT_STAGE } of;
    struct mop_sv record, name; /* of the field; "lifecycle.stage"; records: "" */
    uint64_t before, total_before, now, total_now;
    enum mop_whose by;
    uint64_t between, total_between; /* by the earlier rules; unless by is unknown */
};

/* A run after the one compared with that came to nothing, or not to its end. */
struct mop_missed_run {
    int64_t id, at_us;
    struct mop_sv status, message;
};

struct mop_since {
    bool first;        /* no run before was whole: only `missed` is filled, which went before */
    bool clock_back;   /* the run compared with is of a later time */
    struct mop_sv run; /* the run compared with, as `history show` names it */
    int64_t at_us;     /* its --now */
    int64_t absent_us; /* no run for so long, which is longer than usual; 0: it is not */
    int64_t usual_us;
    bool same_rules; /* nothing of a change is by rules */
    size_t steps;    /* two runs of one's choice: the split is summed over so many; 0: the last */
    bool clocked;    /* some rule asks how long ago something was: time alone moves scores */
    bool same_text;  /* ... else: not a word of them was changed, but dates passed */
    struct mop_sv taxonomy_before, taxonomy_now; /* "acme 2026.10", "acme 2026.11" */
    const char *unsplit; /* why the change could not be split, or NULL; `between` is -1 then */
    const struct mop_missed_run *missed;
    size_t nmissed;
    const struct mop_score_since *scores;
    size_t nscores;
    const struct mop_cause *causes;
    size_t ncauses;
    const struct mop_rule_since *rules;
    size_t nrules;
    const struct mop_column_since *columns;
    size_t ncolumns;
    const struct mop_value_since *values;
    size_t nvalues, values_more; /* as many as are shown, and how many there were beyond them */
    const struct mop_count_since *counts;
    size_t ncounts;
};

/* A score in billionths of the whole, rounded to the nearest; for sums over runs. */
int64_t mop_billionths(mop_i128 clean, mop_i128 assessed);
/*
 * Billionths as points in tenths that add up to `change`, the difference of two shown scores: each
 * part is rounded down, and what is missing goes to the parts with the largest remainders (of two
 * alike the data first). A part that is nothing stays nothing.
 */
struct mop_split mop_split_of(int64_t data, int64_t rules, int64_t change);
#endif
