/* SPDX-License-Identifier: MIT */
#ifndef MOP_RESULT_H
#define MOP_RESULT_H
#include "check/dataset.h"
#include "check/funnel.h"
#include "score/fixfirst.h"
#include "score/since.h"

/*
 * A finished run, scored: what every report format renders and nothing else. All of it in one
 * arena; tallies, rule set and sources are borrowed and outlive it.
 */

enum mop_status { MOP_RUN_PASS, MOP_RUN_FAIL, MOP_RUN_PARTIAL };
extern const char *const mop_status_names[]; /* "pass" "fail" "partial" */

struct mop_source_result {
    struct mop_sv name; /* as given */
    const struct mop_record *record;
    const char *how; /* how the record type was found: "--record", "by file name", "by its stream",
                        "by its columns" */
    uint64_t records;
    bool complete;
    const struct mop_sv *notes;
    size_t nnotes; /* what the exporter detected */
    const struct mop_field_gap *gaps;
    size_t ngaps; /* fields that never came, or came and have no column */
    struct mop_loc incomplete_at;
    const char *incomplete, *incomplete_hint; /* message, or NULL */
};

/* An expected or listed column that a source does not have. */
struct mop_missing_column {
    size_t source;
    const struct mop_field *field;
    struct mop_sv nearest;
    bool expected;
};

struct mop_named_score {
    struct mop_sv name;
    struct mop_score_pair score;
};
struct mop_slice_score {
    struct mop_sv value;
    uint64_t records;
    struct mop_score_pair score;
};
struct mop_slice_result {
    struct mop_sv field;
    const char *reason; /* why there are no scores; NULL: there are */
    struct mop_slice_score *values;
    size_t n;
};

struct mop_type_result {
    const struct mop_record *record;
    const struct mop_tally *tally;
    const char *currency; /* of the own weight: "EUR", or "" */
    struct mop_score_pair overall, strict, accepted;
    struct mop_score_pair
        repaired; /* overall once all certain repairs are made; only if result.repairs */
    struct mop_score checked, fields_filled, records_complete;
    struct mop_score *checked_cohorts; /* as many as `cohorts` */
    struct mop_score_pair dimensions[MOP_DIMS], effects[MOP_EFFS];
    struct mop_named_score *fields, *owners, *cohorts;
    size_t nfields, nowners, ncohorts;
    struct mop_slice_result *slices;
    size_t nslices;
    struct mop_fix *fixes;
    size_t nfixes;
    struct mop_plan plan;
    struct mop_phase {
        const struct mop_check *check;
        struct mop_score_pair then; /* overall once the phase-in ends; none where it is off or will
                                       be a warning */
        bool counted;               /* is there a `then`? */
    } * phases;
    size_t nphases;
};
/* One need of a report. */
struct mop_need_result {
    const struct mop_need *need;
    const struct mop_type_result *type;
    struct mop_score_pair score, repaired; /* repaired: as in a type */
    struct mop_score checked;
    struct mop_score_pair effects[MOP_EFFS]; /* S narrowed to the rules of that effect: what drops
                                                out, is misplaced, ... */
    struct mop_named_score *cohorts;
    size_t ncohorts;
    struct mop_slice_result *slices;
    size_t nslices;
    const struct mop_check **rules;
    size_t nrules; /* S */
    const struct mop_field **unguarded;
    size_t nunguarded;   /* needed, but no error rule */
    bool *unguarded_now; /* per unguarded: there is one, but it was left out */
};
/* The lowest of a report's needs, by records and by value, and whose they are; NULL: nobody's. */
struct mop_lowest {
    struct mop_score_pair score;
    const struct mop_need_result *records_of, *value_of;
};
struct mop_report_result {
    const struct mop_report_spec *spec;
    struct mop_need_result *needs;
    size_t nneeds;
    const struct mop_need_result *lowest_records,
        *lowest_value; /* the report's figures; value NULL: none has money */
    const struct mop_need_result *lowest_repaired,
        *lowest_repaired_value; /* the same of `repaired` */
    struct mop_lowest judged; /* what its target and --min-report look at: all records, or those of
                                 --cohort */
    int32_t judged_days;      /* of --cohort; 0: all records */
    const struct mop_record *absent; /* a type it needs had no source: the report has no score */
    enum { MOP_TARGET_NONE, MOP_TARGET_MET, MOP_TARGET_MISSED } target;
    /* What its figures have to reach, in millionths: by a target that is missed, else by
     * --min-report. -1: not asked. cohort: index + 1 of that which --min-report looks at; 0: all.
     */
    int64_t asked_records, asked_value;
    uint32_t asked_cohort;
    /* May it be sent: by its target, by --min-report, and by the dataset checks of what it needs;
     * NONE: nothing of these was asked, or `untold`: the rules that were judged miss nothing, which
     * says nothing of those that were left out. */
    enum { MOP_DECISION_NONE, MOP_DECISION_SEND, MOP_DECISION_HOLD } decision;
    bool untold;
    bool all_rules; /* all rules that it counts were judged: no selection, nothing by --without */
};
struct mop_dataset_result {
    struct mop_sv id, owner;
    const char *kind;
    enum mop_severity severity;
    const struct mop_record *record;
    const struct mop_field *field;
    bool failed;
    bool judged;                /* false: nothing to judge by, `message` says why */
    struct mop_sv message;      /* "12 of 9,240 are catch-alls: 0.2 %, at most 15 %" */
    struct mop_sv value, limit; /* figures as text: "0.1", "15.0" */
    const struct mop_dataset_counts *counts;
};
/* Does the failed check keep the report from being sent? */
bool mop_dataset_holds(const struct mop_dataset_result *d, const struct mop_report_result *p);
/* How records move on from a stage: all that entered it, or those that did within a cohort or in a
 * month. */
struct mop_flow_result {
    struct mop_sv name; /* "7d", "2026-10"; "": all */
    struct mop_flow counts;
    uint64_t measured; /* who went on, and it is told when */
    int64_t median_us,
        p90_us; /* of these; business time if the stage's sla has a calendar; -1: none */
    int64_t conversion, in_time; /* tenths of a percent, floored: went on of entered; the sla kept,
                                    of the clocks that tell; -1: none */
};
struct mop_stage_result {
    const struct mop_stage *stage;
    const struct mop_funnel_stage *counts;
    bool dated;   /* on the path and with `entered_at`: there are flows */
    bool goes_on; /* a later stage follows: there is a conversion */
    struct mop_flow_result all;
    struct mop_flow_result *cohorts, *months;
    size_t ncohorts, nmonths; /* months in which it was entered, of the last twelve, ascending */
};
struct mop_lifecycle_result {
    const struct mop_lifecycle *lifecycle;
    const struct mop_funnel *funnel;
    struct mop_stage_result *stages;
    size_t nstages;
};
struct mop_gate {
    struct mop_sv name;
    struct mop_sv wanted, got;
    struct mop_sv asked; /* of `wanted`: "was asked for" */
    bool met;
    const char *skipped; /* why there is nothing to ask; NULL: it was asked */
};                       /* --min-*: what was asked of the run */

/* A sentence that explains the verdict. */
enum mop_reason_about {
    MOP_WHY_SOURCE,
    MOP_WHY_GATE,
    MOP_WHY_TARGET,
    MOP_WHY_DATASET,
    MOP_WHY_RECORDS,
    MOP_WHYS
};
struct mop_reason {
    struct mop_sv text;
    enum mop_reason_about about;
};

struct mop_result {
    struct mop_arena arena;
    const struct mop_ruleset *rules;
    enum mop_status status;
    int exit;
    struct mop_source_result *sources;
    size_t nsources;
    struct mop_missing_column *missing;
    size_t nmissing;
    const struct mop_check **left_out;
    size_t nleft_out; /* by --columns-as-given: their columns are missing */
    struct mop_type_result *types;
    size_t ntypes; /* record types that had a source, in rule-file order */
    struct mop_report_result *reports;
    size_t nreports;
    struct mop_dataset_result *datasets;
    size_t ndatasets;
    struct mop_lifecycle_result *lifecycles;
    size_t nlifecycles; /* of the types that had a source */
    struct mop_gate *gates;
    size_t ngates;
    struct {
        bool given;
        uint64_t known, stale;
    } baseline;                        /* findings in it; counted in it and not found any more */
    const struct mop_known *known;     /* which values are in it (score/known.h); or NULL */
    bool warnings_fail;                /* --fail-on warning */
    const struct mop_repairs *repairs; /* what is certain to be right; NULL: not asked for */
    const struct mop_since *since;     /* an earlier run to compare with (score/since.h); or NULL */
    uint64_t errors, warnings; /* findings: failed or undecided, by severity; not suppressed and not
                                  in the baseline */
    const char *selection;     /* "--select owner:dana", or NULL */
    bool columns_as_given, show_values;
    const char *unkept; /* the data was read whole, but the history could not take the run: why; or
                           NULL. The run is partial then, as it was not done whole. */
    const char *unwritten; /* the same where an output could not be written: which, and why */
    const struct mop_sv
        *stale; /* outputs that a run which was not done whole leaves as they were */
    size_t nstale;
    struct mop_reason *why; /* those about the same stand together */
    size_t nwhy;
};

/* A score that --ratchet asks to be no worse than it has been. */
struct mop_ratchet {
    struct mop_sv name;            /* "report 'Funnel'", "value confidence of lead" */
    const struct mop_score *score; /* NULL: there is none any more */
    int64_t tenths;
    struct mop_sv
        held; /* "is asked for by --ratchet: the complete runs of 3 days up to run 12 held it" */
};

/* What decides the exit status. */
struct mop_verdict_options {
    enum { MOP_FAIL_ON_DEFAULT, MOP_FAIL_ON_ERROR, MOP_FAIL_ON_WARNING, MOP_FAIL_ON_NEVER } fail_on;
    int64_t min_confidence, min_value_confidence, min_coverage; /* millionths; -1: not asked */
    struct mop_min_report {
        struct mop_sv name;
        int64_t millionths;
    } * min_reports;
    size_t nmin_reports;
    int32_t cohort_days; /* --cohort 7d: gates look at that cohort; 0: all */
    bool allow_empty;
    /* --ratchet: these decide, and that something was assessed; nothing else does. */
    bool ratchet;
    const struct mop_ratchet *ratchets;
    size_t nratchets;
};

/* Scores every type and report from its tally. `r` has rules, sources and missing set. */
void mop_result_score(struct mop_result *r, const struct mop_tally *const *tallies,
                      struct mop_dataset_counts *const *datasets, size_t n);
/* Scores the tally as mop_result_score would, for nothing but to hear what is asked of it. */
void mop_result_ask(const struct mop_tally *t);
/* The figures of all lifecycles of one record type; called once per type. */
void mop_result_lifecycles(struct mop_result *r, struct mop_funnel *funnels, size_t n);
/* Is x the lower of two needs' figures by that basis? A null score is lower than any other, that of
 * a need without a record is higher. */
bool mop_score_lower(const struct mop_score_pair *x, const struct mop_score_pair *y, bool value);
/* A report among the records of cohort `k`: the lowest of those needs that have a record in it, as
 * a type without any is no fault of the report. If of one need it cannot be told which records are
 * new, there is no score, only the reason. */
struct mop_lowest mop_report_cohort(const struct mop_report_result *p, size_t k);
/* Compares `judged` with the target. */
void mop_report_judge(struct mop_report_result *p);
/* Findings that a baseline forgives: they do not decide; no score is touched. */
void mop_result_forgive(struct mop_result *r, uint64_t errors, uint64_t warnings, uint64_t stale);
/* " among the records of the last 7 days"; 0: "". */
struct mop_sv mop_of_last_days(struct mop_arena *a, int32_t days);
/* Decides status and exit, filling gates and why. -1 with code 2: --min-report names no report. */
int mop_result_decide(struct mop_result *r, const struct mop_verdict_options *o, struct mop_err *e);
/* The history could not take the run, which makes it partial; its scores stand. */
void mop_result_unkept(struct mop_result *r, const char *why);
void mop_result_unwritten(struct mop_result *r, const char *why);
void mop_result_release(struct mop_result *r);
#endif
