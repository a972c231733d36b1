/* SPDX-License-Identifier: MIT */
#ifndef MOP_TALLY_H
#define MOP_TALLY_H
#include "base/decimal.h"
#include "check/bits.h"
#include "check/finding.h"
#include "rules/ruleset.h"

/*
 * What a run counted about one record type: the signature table and plain counters. Every score
 * comes from here and from nothing else (design.md section 1 and 4).
 */

/* NO_RATE: valid but for its currency, which has no rate: it makes the value of every score it is
 * in null. */
enum mop_weight_class { MOP_W_OUTSIDE, MOP_W_VALID, MOP_W_INVALID, MOP_W_NO_RATE };

/* What one record was: interned, then counted. All pointers into the tally's arena. */
struct mop_signature {
    const uint64_t *fail, *undecided, *suppressed; /* check bits, tally.words each */
    const uint64_t *member,
        *unknown; /* need bits: inside the need's `where`; of those, membership is unknown */
    const uint64_t *applied,
        *checked;  /* need bits: a rule of the need's S applied; one other than `required` did */
    bool assessed; /* an error rule applied */
    bool overall_checked;   /* an error rule other than `required` applied */
    const uint8_t *classes; /* enum mop_weight_class per weight of the record type */
    uint32_t cohorts;       /* bit i: dated within cohort i */
    uint64_t records;
    mop_i128 *weight; /* sum per weight of the record type; only VALID ones add */
};

/* One value of a slice field: counters of its own, for overall [0] and needs [1 + i]. */
struct mop_part {
    uint64_t assessed, clean, undecided;
    uint64_t valid, invalid, no_rate; /* assessed records inside the weight by class */
    mop_i128 w_assessed, w_clean, w_undecided;
    bool applied;
};
struct mop_slice_value {
    struct mop_sv value;
    uint64_t records;
    struct mop_part *parts;
};
struct mop_slice {
    struct mop_field *field; /* NULL: this type has no such field */
    struct mop_map by_value; /* meant form -> index into values */
    struct mop_slice_value *values;
    size_t n, cap;
    bool over; /* more than 65,536 values: null with the reason */
    bool lost; /* a source without its column: so as well */
};

/* Where something stands first: the smallest source, in it the smallest line, so that the order and
 * the split of the records do not show. */
struct mop_first {
    bool is;
    size_t source;
    uint64_t line;
};
void mop_first_note(struct mop_first *at, const struct mop_finding *f);
struct mop_rule_value {
    struct mop_sv value, proposal, message;
    bool certain;
    uint64_t count, suppressed; /* suppressed ones are counted too */
    struct mop_first first[2];  /* of the findings that are open, of those that are suppressed */
    uint32_t suppressed_by;     /* as in a finding: of all of them */
};
struct mop_sample {
    struct mop_h128 hash;
    size_t source;
    uint64_t line, record;
    struct mop_sv key, value, message;
};
/* Counters of one check, by check->index. */
struct mop_rule_tally {
    uint64_t applied; /* pass, fail or undecided */
    uint64_t failed, undecided, suppressed, grandfathered;
    uint64_t suppressed_undecided; /* of the suppressed */
    bool limited;            /* a pattern reached its limit on some value, which was undecided */
    struct mop_map by_value; /* written value -> index into values */
    struct mop_rule_value *values;
    size_t nvalues, capvalues;
    bool values_over; /* past 65,536 distinct values: later ones are not listed */
    struct mop_sample *samples;
    size_t nsamples; /* the ones with the smallest hashes, ascending */
};
/* One of the rule set's suppressions. */
struct mop_suppressed {
    uint64_t *checks; /* check bits that it names; NULL: none of this type, or it has expired */
    uint64_t findings;
};
/* What a record that is not clean takes with it, by the own weight of its type; else one. */
struct mop_loss {
    mop_i128 weight;
    bool unknown; /* it is inside the weight, which cannot be used */
};
struct mop_fixer {
    struct mop_sv name;
    uint64_t findings, records;
    mop_i128 lost;
    uint64_t unweighed; /* records of which nobody knows what is lost */
    uint64_t last_record;
};

enum { MOP_SIGNATURES_MAX = 1048576, MOP_SLICE_VALUES_MAX = 65536, MOP_RULE_VALUES_MAX = 65536 };

/* A cell that may have to be filled in; what stands later wins where several rules ask. */
enum mop_cell_asked {
    MOP_CELL_NOT_ASKED,
    MOP_CELL_FILLED,
    MOP_CELL_UNTOLD,
    MOP_CELL_EMPTY,
    MOP_CELLS_ASKED
};

struct mop_beyond;
struct mop_dictionary;
struct mop_tally {
    struct mop_record *record;
    const struct mop_ruleset *rules;
    struct mop_arena arena;
    size_t words, need_words, nneeds;
    uint64_t *error_mask, *warning_mask; /* check bits */
    uint64_t *optional_mask;             /* error checks other than `required` */
    uint64_t **need_mask;                /* per need: S of the report for this type */
    uint64_t **need_applied;             /* per need: checks that applied to some record in it */
    /* Check bits, of all records and per need: on some record a refused value silences the check,
     * of which nobody could tell there whether it applies. */
    uint64_t *veiled, **need_veiled;
    bool *need_short;      /* per need: mop_need_short */
    size_t *need_weight;   /* per need: its weight, or SIZE_MAX */
    struct mop_map by_key; /* signature key bytes -> index */
    uint64_t *key;         /* the record's signature key while it is looked up */
    struct mop_signature *signatures;
    size_t nsignatures, capsignatures, most; /* most: so many fit in */
    /* Who adds up the records whose signature has no room any more (score/beyond.h); NULL: the
     * table grows. */
    void (*beyond_add)(struct mop_tally *t, const struct mop_signature *s);
    void (*beyond_release)(struct mop_tally *t);
    struct mop_beyond *beyond;
    struct mop_signature passing; /* such a record's */
    uint64_t records, excluded_total, undated, assessed;
    uint64_t *excluded;                 /* per record->excludes */
    struct mop_rule_tally *rules_tally; /* per check */
    struct mop_suppressed *suppressed;  /* by index in rules->suppressions */
    size_t suppression_words;
    struct mop_slice *slices;
    size_t nslices;
    struct mop_fixer *fixers;
    size_t nfixers, capfixers;
    struct mop_map fixer_by_name;
    struct mop_part
        *repaired; /* once all certain repairs are made: overall [0] and needs [1 + i] */
    uint64_t asked[MOP_CELLS_ASKED]; /* cells of not excluded records: see check/filled.h */
    uint64_t *filled;                /* per field: non-blank among not excluded records */
    const struct mop_dictionary *dictionaries; /* the judge's, per field: its distinct values */
    size_t max_samples;
    bool as_given; /* --columns-as-given: rules without columns were left out, no overall score */
    uint64_t *left_out; /* check bits: those rules, of any source */
    bool partial;       /* a source broke off: no score may be told */
    bool unsure; /* a missing column leaves open which records are excluded: no score either */
    bool *weight_lost;    /* per weight: a missing column leaves open which records are inside: no
                             value */
    const char **no_rate; /* per weight: "JPY has no rate to EUR: ...", of the first such currency
                             by its bytes; NULL: all have one */
    bool dateless;        /* records of a source without the date's column: no cohort's score */
};

void mop_tally_init(struct mop_tally *t, const struct mop_ruleset *rs, struct mop_record *r,
                    size_t max_samples);
void mop_tally_release(struct mop_tally *t);

/* One judged record on its way into the table; the judge owns the arrays. */
struct mop_verdict {
    uint64_t *fail, *undecided, *applied, *suppressed; /* check bits */
    uint64_t *member, *unknown;                        /* need bits */
    uint64_t *covered; /* suppression bits: the record is inside its `where` */
    uint8_t *classes;
    mop_i128 *weight;
    uint32_t cohorts;
    uint32_t *slice_value; /* per slice: index of its value; UINT32_MAX: none */
};
/* Words of a verdict's sets, which lie side by side from `fail` on. */
static inline size_t mop_verdict_words(const struct mop_tally *t)
{
    return 4 * t->words + 2 * t->need_words + t->suppression_words;
}
/* By which suppression the record's finding of a check is suppressed: see mop_finding. */
uint32_t mop_tally_suppressor(const struct mop_tally *t, const struct mop_verdict *v, size_t check);
/* Counts the record: rule counters, signature, slices. */
void mop_tally_add(struct mop_tally *t, struct mop_verdict *v);
/* Notes that the check is veiled on the record. */
void mop_tally_veiled(struct mop_tally *t, const struct mop_verdict *v, size_t check);
/* Counts the record as it would be once repaired. */
void mop_tally_repaired(struct mop_tally *t, const struct mop_verdict *v);
/* The error checks that a report's score counts: S of design.md section 4. In the tally's arena. */
uint64_t *mop_need_mask(struct mop_tally *t, const struct mop_need *n);
/* Would S have rules that --without, --select or --ignore left out? */
bool mop_need_short(struct mop_tally *t, const struct mop_need *n);
/* Index of the slice value, adding it; UINT32_MAX past the cap. */
uint32_t mop_tally_slice(struct mop_tally *t, size_t slice, struct mop_sv value);
/* Counts a failed finding's value and takes it as a sample if its hash is small enough. */
void mop_tally_value(struct mop_tally *t, const struct mop_finding *f);
/* True if a finding of this rule with this value and hash would add anything but a count. */
bool mop_tally_wants(const struct mop_tally *t, size_t check, struct mop_sv value,
                     struct mop_h128 hash);
/* Names live with the rule set. Returns the fixer's index. `record` is a serial of the type, not 0.
 */
uint32_t mop_tally_fixer(struct mop_tally *t, struct mop_sv name, uint64_t record,
                         struct mop_loss loss);
#endif
