/* SPDX-License-Identifier: MIT */
#ifndef MOP_JUDGE_H
#define MOP_JUDGE_H
#include "check/binding.h"
#include "check/crossrecord.h"
#include "check/dataset.h"
#include "check/dictionary.h"
#include "check/filled.h"
#include "check/finding.h"
#include "check/funnel.h"
#include "check/reference.h"
#include "check/repair.h"
#include "check/retarget.h"
#include "check/tally.h"
#include "rules/kinds.h"
#include "rules/derive.h"

/*
 * Judges the records of one type, source after source. What a record needs while it is judged
 * stands here, made once and used again for each record; what outlives the record is in the tally,
 * the cross-record store and the references.
 */
struct mop_judge {
    struct mop_record *record;
    struct mop_run *run;
    struct mop_dictionary *dictionaries; /* per field */
    struct mop_tally tally;
    struct mop_crossrecord cross;
    struct mop_references *references;  /* of the whole run */
    struct mop_dataset_counts *dataset; /* of this type's dataset checks */
    struct mop_filled filled;
    struct mop_funnel *funnels;    /* per lifecycle of the type */
    struct mop_finding_sink *sink; /* NULL: nobody wants every finding */
    struct mop_words words;
    const struct mop_field
        *private_;      /* the finding at hand shows no value of it, whatever the field is */
    bool names_private; /* nor of the values it compares with: they come from a personal column */
    struct mop_buf message, proposal, key, what, shown;
    bool show_values;
    uint64_t *left_out; /* check bits: of the current source, with --columns-as-given */
    struct mop_check **loose;
    size_t nloose; /* rules, stages, record checks that no entry has settled: judged per record */
    struct mop_check **windowed;
    size_t nwindowed;        /* checks with `applies` */
    struct mop_need **needs; /* of all reports, by need index */
    /* of the current source */
    const struct mop_binding *binding;
    const struct mop_schema *schema;
    const char **source_names; /* by source; of other types' sources undefined */
    struct mop_sv *column_names;
    size_t nsources; /* per source and field: the column's name; of all sources so far */
    size_t source;
    struct mop_buf *cells;
    size_t *name_bytes;
    size_t ncells; /* per column: what of a cell is hashed; it begins with the column's name */
    /* of the current record */
    const struct mop_row *row;
    struct mop_entry **entries;   /* per field */
    enum mop_severity *guards;    /* per field: highest of its failed guards; OFF: none failed */
    struct mop_when *cohort_from; /* first moment of each cohort */
    bool missing;                 /* some field has no column in this source */
    bool dateless;                /* nor has the date by which records are judged */
    struct mop_when when;
    bool dated;
    struct mop_verdict verdict;
    struct mop_repairs *repairs; /* NULL: nobody asked for repairs */
    struct mop_verdict after;    /* what the record would be repaired: sets of its own, weight and
                                    cohorts of `verdict` */
    struct mop_made made;        /* the record's repair */
    struct mop_made still; /* the part of it that changes no key; NOT_REPAIRED: none, or all of it
                            */
    const struct mop_waiting *waiting_after; /* tests with another key then; in scratch */
    size_t nafter;
    bool strict; /* conditions of a report's `where` */
    struct mop_waiting *waiting;
    size_t nwaiting, capwaiting; /* cross-record tests of this record */
    uint8_t *leaves;
    size_t nleaves,
        capleaves; /* what the tests of a cross-record check said, in the tree's order */
    const struct mop_check *checking; /* whose tests are being asked */
    struct mop_h128 hash;
    bool hashed;
    uint64_t serial; /* counts records of the type over all sources */
    struct mop_arena arena;
};

struct mop_judge_options {
    size_t max_samples;
    bool show_values;
    bool columns_as_given;         /* rules whose columns the source does not have are left out */
    struct mop_finding_sink *sink; /* or NULL */
    struct mop_repairs *repairs;   /* or NULL */
};
void mop_judge_init(struct mop_judge *j, struct mop_run *run, struct mop_record *r,
                    struct mop_references *refs, const struct mop_judge_options *o);
void mop_judge_release(struct mop_judge *j);
/* Before the first row of each source. The binding outlives the source. */
void mop_judge_source(struct mop_judge *j, const struct mop_binding *b, const struct mop_schema *s,
                      size_t source, const char *name);
/* -1 only when the sink failed. */
int mop_judge_row(struct mop_judge *j, const struct mop_row *row, struct mop_err *e);
/*
 * After the last source of the run and mop_crossrecord_settle: counts the held records. Of a run
 * that is not whole what waits stays undecided.
 */
int mop_judge_finish(struct mop_judge *j, bool whole, struct mop_err *e);

/* ---- between judge.c, outcomes.c, findings.c and crossrecord.c ---- */
enum mop_outcome mop_judge_check(struct mop_judge *j, const struct mop_check *c);
/* MOP_NA: its window or `when` leaves the record out; UNDECIDED: one of them is unknown; else PASS.
 */
enum mop_outcome mop_judge_applies(struct mop_judge *j, const struct mop_check *c);
/* One test of the current record; a cross-record one that waits for the end of the run passes. */
enum mop_outcome mop_judge_test(struct mop_judge *j, const struct mop_test *t);
enum mop_truth mop_judge_condition(struct mop_judge *j, const struct mop_expr *e, bool strict);
/* Emits the findings of the current record's failed and undecided checks; those that wait for the
 * end of the run have theirs then. */
int mop_judge_findings(struct mop_judge *j, struct mop_err *e);
/* Tells the sink the verdict, once it stands, of a record of a source; at_hand: the judge, while it
 * has that record's values, else NULL. */
void mop_judge_tell(struct mop_judge *j, size_t source, uint64_t record, struct mop_judge *at_hand);
bool mop_judge_wants(const struct mop_judge *j, const struct mop_check *c, size_t source,
                     uint64_t record);   /* does the sink want such a finding? */
extern const char mop_undecided_words[]; /* the message of what could not be told */
/* Is the field read from a column that could be written? Not a derived one; and of an object the
 * members are columns of their own. */
bool mop_judge_takes(const struct mop_judge *j, const struct mop_field *f);
/* The field whose column j->proposal would repair for this failed check; NULL: no certain proposal.
 */
const struct mop_field *mop_judge_propose(struct mop_judge *j, const struct mop_check *c);
/* Judges another form of the current record: verdict, entries, waiting tests. Counts nothing.
 * False: it would be excluded. */
bool mop_judge_again(struct mop_judge *j, const struct mop_row *row);
/* Of the record's cells with their columns' names, whatever the order of the columns. */
struct mop_h128 mop_judge_cells(struct mop_judge *j, struct mop_h128 (*hash)(struct mop_sv));
struct mop_h128 mop_judge_hash(struct mop_judge *j); /* the stable one, made once per record */
/* The first missing column that the tree tests, or NULL. */
const struct mop_field *mop_judge_lacks(struct mop_judge *j, const struct mop_expr *e);
struct mop_sv mop_judge_key(struct mop_judge *j); /* the record's key as written; in scratch */
struct mop_sv mop_judge_fixer(struct mop_judge *j, const struct mop_check *c);
/* The record's weight that lost points are counted in: its own by value, or one record. */
struct mop_loss mop_judge_loss(const struct mop_judge *j);
#endif
