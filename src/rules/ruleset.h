/* SPDX-License-Identifier: MIT */
#ifndef MOP_RULESET_H
#define MOP_RULESET_H
#include "base/map.h"
#include "base/yaml.h"
#include "record/batch.h"
#include "rules/value.h"

/*
 * A compiled taxonomy: read-only after load, all of it in one arena, shared by every source and
 * thread of a run. It knows the names of fields; columns are bound when a schema arrives
 * (check/plan.h). Strings are views into the arena.
 */

enum mop_severity { MOP_SEV_OFF, MOP_SEV_WARNING, MOP_SEV_ERROR };
enum mop_dimension {
    MOP_DIM_COMPLETENESS,
    MOP_DIM_VALIDITY,
    MOP_DIM_CONSISTENCY,
    MOP_DIM_UNIQUENESS,
    MOP_DIM_TIMELINESS,
    MOP_DIMS
};
enum mop_effect {
    MOP_EFF_DROPS,
    MOP_EFF_MISPLACES,
    MOP_EFF_DOUBLE_COUNTS,
    MOP_EFF_DELAYS,
    MOP_EFF_HYGIENE,
    MOP_EFFS
};
extern const char *const mop_severity_names[], *const mop_dimension_names[],
                                                   *const mop_effect_names[];

/* Days on the taxonomy's calendar, both ends included; INT32_MIN / INT32_MAX: open. */
struct mop_window {
    int32_t from, until;
};
#define MOP_WINDOW_OPEN ((struct mop_window){INT32_MIN, INT32_MAX})
static inline bool mop_window_has(const struct mop_window *w, int32_t day)
{
    return w->from <= day && day <= w->until;
}

struct mop_person {
    struct mop_sv key, email, backup;
    int32_t until;
    bool of_pack; /* a pack's own, nobody of the user's */
};

/* ---- vocabularies ---- */
struct mop_term {
    struct mop_sv value, label;
    struct mop_sv *aliases;
    struct mop_loc *alias_at;
    size_t naliases;
    struct mop_window valid;
    struct mop_term *use; /* what to use instead: the meant form; NULL: itself */
    bool has_valid;       /* `use` without `valid` is deprecated at all times */
    bool provisional, catch_all;
    bool expired; /* provisional, and its last day is before --now: known no more */
    int32_t provisional_until;
    struct mop_sv provisional_by;
    struct mop_loc at;
    struct mop_sv *spoken; /* of a column's value: what rules call it, other than itself */
    size_t nspoken;
    struct mop_term *twin; /* set: this is no term but an entry of the tables of folded spellings.
                              Two values of a column fold alike: `value`, and the twin's */
};
struct mop_vocabulary;
struct mop_group {
    struct mop_sv name;
    const struct mop_vocabulary *of;
    struct mop_term **terms;
    size_t nterms;
    struct mop_regex **patterns;
    size_t npatterns;
};
enum mop_fold { MOP_FOLD_BLANKS = 1, MOP_FOLD_CASE = 2, MOP_FOLD_SEPARATORS = 4 };
struct mop_vocabulary {
    struct mop_sv name, owner;
    unsigned fold; /* enum mop_fold; default blanks and case */
    struct mop_term **terms;
    size_t nterms;
    struct mop_group *groups;
    size_t ngroups;
    /* item = struct mop_term *, keyed by: canonical as written; canonical folded (case if fold has
     * it); canonical folded with separators removed; alias, alias folded, alias without separators
     */
    struct mop_map exact, folded, squeezed, alias, alias_folded, alias_squeezed;
    struct mop_record
        *from_record; /* values are a column of that record type, read first; else NULL */
    struct mop_field *from_field;
    size_t runtime;        /* index of its growing table in the run; only with from_record */
    struct mop_map spoken; /* what rules call values of the column, as far as the loader cannot
                              know which; keys alone */
    struct mop_sv *near_words;
    struct mop_term **near_terms;
    size_t nnear; /* for did-you-mean: values and aliases */
    struct mop_loc at;
};

/* ---- tests, conditions, checks ---- */
struct mop_kind; /* kind.h */

/* One test of one or more fields: a leaf of conditions and of checks. */
struct mop_test {
    const struct mop_kind *kind;
    struct mop_field **fields;
    size_t nfields;  /* what it reads; [0] is the subject of a one-field test */
    const void *arg; /* the kind's own, compiled */
    bool meant;      /* reads the meant form (conditions); else the kind decides */
    bool personal;   /* what it finds is personal data: masked wherever it is shown */
    size_t slot;     /* one-field tests: index in the field's tests[]; other: in the record's
                        row_tests[] */
    struct mop_loc at;
};
enum mop_op { MOP_OP_TEST, MOP_OP_ALL, MOP_OP_ANY, MOP_OP_NOT };
/* A tree of tests. As a condition it is evaluated to a truth, as an assertion to an outcome. An ALL
 * without kids is true. */
struct mop_expr {
    enum mop_op op;
    struct mop_test *test;
    struct mop_expr **kids;
    size_t n;
};

enum mop_check_role {
    MOP_CHECK_INLINE, /* stands under a field: subject to the field's guards */
    MOP_CHECK_RULE,   /* an entry of `rules:` */
    MOP_CHECK_RECORD, /* of the whole record: key, unique row */
    MOP_CHECK_STAGE,  /* of a lifecycle */
    MOP_CHECK_INPUT   /* input.encoding .nul .ragged .json */
};
struct mop_check {
    struct mop_sv id;
    size_t index; /* in record->checks */
    enum mop_check_role role;
    const struct mop_kind *kind; /* first kind of a rule */
    struct mop_record *record;
    struct mop_field *field;    /* of INLINE; of a rule with one tested field that one; else NULL */
    enum mop_severity severity; /* by --now, phase_in applied; never OFF (those are not compiled) */
    enum mop_severity final_severity; /* after phase_in ends; else the same */
    int32_t phase_until;              /* last day of phase_in; INT32_MIN: none, or it is over */
    int32_t phase_ended; /* last day of one that is over and mattered; INT32_MIN: none is */
    bool phase_hid;      /* in that one it was off */
    enum mop_dimension dimension;
    enum mop_effect effect;
    struct mop_sv owner;
    struct mop_field *fixed_by_field;
    struct mop_map fixed_by_map; /* meant value -> item: struct mop_sv * */
    struct mop_sv fixed_by;      /* constant, or the map's else */
    struct mop_sv message, why,
        origin; /* message: template with {field}; "" = the kind's own words */
    struct mop_sv *tags;
    size_t ntags;
    struct mop_sv renamed_from;
    struct mop_expr *when; /* NULL: always */
    struct mop_window applies;
    struct mop_expr *assert_; /* what must hold */
    bool of_item;             /* a rung of `items`: what another item fails does not silence it */
    bool guard; /* `type` or `.vocabulary`, also of items: if it fails the field's other checks of
                   same or lower severity do not apply */
    bool written_form;  /* pattern, not_pattern, case, length, template: not applicable on a rung
                           before .vocabulary */
    bool required_like; /* kind `required` and what else answers blanks: not counted as `checked` */
    bool cross;         /* resolved at the end */
    bool personal;      /* what it finds is personal data, whatever the field holds */
    struct mop_field **subjects;
    size_t nsubjects; /* section 4: closed over derived fields */
    struct mop_loc at;
    const struct mop_node *examples; /* {pass: [...], fail: [...]} or NULL */
    struct mop_sv description;
    const struct mop_node *asks; /* its `then`, or what stands under the field's key; or NULL */
    const struct mop_node *when_node, *fixed_by_node; /* as written; or NULL */
    struct mop_record **far;
    size_t nfar; /* other record types that must be read for it: references, lookups, vocabularies
                    from columns */
};

/* ---- fields and records ---- */
struct mop_derive; /* derive.h: how a derived field is computed */
struct mop_blanks {
    struct mop_map words;
    bool exact;
    size_t longest;
}; /* words folded and trimmed; exact: compared as they are */
struct mop_field {
    struct mop_sv name;
    size_t index; /* in record->fields */
    struct mop_record *record;
    struct mop_sv *columns;
    size_t ncolumns;             /* aliases, in order; the name comes first */
    const struct mop_type *type; /* NULL: text without a type check */
    struct mop_type_options type_options;
    struct mop_map country_aliases;    /* of type country: folded alias -> item struct mop_sv * */
    struct mop_vocabulary *vocabulary; /* or NULL; a stage field's is its lifecycle's */
    char fold_case; /* 'l', 'u' or 0: how `case:` folds the meant form without a vocabulary */
    struct mop_blanks *blanks;
    const struct mop_derive *derive; /* NULL: a column */
    bool host; /* derived as a host, or looked up from such a field: read as one, in rules too */
    bool not_expected; /* `expected: false`: not even if an earlier run had its column */
    bool personal, expected, required_always; /* required_always: has an unconditional required
                                                 check of severity error */
    struct mop_sv owner, description;
    struct mop_test **tests;
    size_t ntests;                /* every one-field test on it, conditions' too, by slot */
    const struct mop_test *items; /* its first inline `items`, or NULL */
    struct mop_check **checks;
    size_t nchecks; /* INLINE ones, in file order */
    size_t ntemplates;
    struct mop_loc at;
};
struct mop_weight {
    struct mop_field *field;
    struct mop_field *currency;
    struct mop_sv currency_is, to;
    struct mop_map rates; /* currency -> item: index into rate_values */
    mop_i128 *rate_values;
    struct mop_expr *where;
    struct mop_loc at;
};
struct mop_exclude {
    struct mop_sv id, reason;
    struct mop_expr *where;
    const struct mop_node *where_node; /* as written */
};
struct mop_lifecycle; /* lifecycle.h */
struct mop_record {
    struct mop_sv name, kind, owner;
    size_t index;
    struct mop_field **key;
    size_t nkey;
    struct mop_field *dated_by;
    struct mop_weight **weights;
    size_t nweights; /* [0] is the type's own or NULL-filled absent: see own_weight */
    bool own_weight;
    struct mop_exclude *excludes;
    size_t nexcludes;
    int64_t max_excluded_tenths; /* tenths of a percent; -1: none */
    struct mop_field **fields;
    size_t nfields;
    struct mop_map by_name;
    struct mop_field **derived;
    size_t nderived; /* in an order in which each reads only earlier ones */
    struct mop_check **checks;
    size_t nchecks; /* in rule-file order, input.* first */
    struct mop_check **dropped;
    size_t ndropped; /* error checks that --without, --select or --ignore left out */
    struct mop_check **coming;
    size_t ncoming; /* off until their phase_in ends: not judged, only announced */
    struct mop_test **row_tests;
    size_t nrow_tests; /* tests that read several fields, by slot */
    struct mop_lifecycle **lifecycles;
    size_t nlifecycles;
    struct mop_sv *files;
    size_t nfiles; /* source: globs */
    struct mop_source_options source;
    const struct mop_zone *zone; /* of its dates without a zone */
    struct mop_record **reads_first;
    size_t nreads_first; /* lookups and vocabularies from columns */
    struct mop_loc at;
};

/* ---- reports, dataset checks, suppressions ---- */
struct mop_need {
    struct mop_record *record;
    struct mop_field **fields;
    size_t nfields;
    struct mop_expr *where;            /* NULL: all */
    const struct mop_node *where_node; /* as written; or NULL */
    size_t weight;                     /* index into record->weights; SIZE_MAX: none */
    size_t index; /* of this need among the record's needs (bit in signatures) */
};
struct mop_report_spec {
    struct mop_sv name, owner;
    struct mop_need *needs;
    size_t nneeds;
    int64_t target_records, target_value; /* tenths of a percent; -1: none */
    struct mop_loc at;
};
enum mop_dataset_kind {
    MOP_DS_VOLUME,
    MOP_DS_FRESHNESS,
    MOP_DS_FILL_RATE,
    MOP_DS_VARIANTS,
    MOP_DS_SHARE
};
struct mop_dataset_check {
    struct mop_sv id, owner, message;
    enum mop_dataset_kind kind;
    enum mop_severity severity;
    struct mop_record *record;
    struct mop_field *field;
    struct mop_expr *where;
    int64_t min, max; /* volume: records; fill_rate, share: tenths of a percent; -1 open */
    int64_t max_age_us;
    struct mop_sv *values;
    size_t nvalues; /* share: meant forms; none: the vocabulary's catch-alls */
    struct mop_loc at;
};
struct mop_suppression {
    struct mop_sv rule, reason, by;
    const struct mop_check *check;     /* it may be off; NULL: a check of the dataset */
    struct mop_record *record;         /* NULL: every type that has the rule */
    struct mop_expr *where;            /* NULL: all */
    const struct mop_node *where_node; /* as written; or NULL */
    int32_t until;                     /* INT32_MAX: none */
    bool expired;                      /* by --now: it suppresses nothing and is listed */
    struct mop_loc at;
};
struct mop_calendar; /* lifecycle.h */

/* ---- examples and tests: what `rules test` runs ---- */
/* What a record of an example or test says of a field. */
struct mop_given {
    struct mop_field *field;
    const struct mop_node *value; /* a scalar; in `values` of a test also a list of scalars */
};
/* A record as written in a rule file: every other field of its type is blank. */
struct mop_given_record {
    struct mop_record *record;
    struct mop_given *given;
    size_t n;
    const struct mop_node *at;
};
/* An entry of a check's `examples`: its records are judged together. */
struct mop_example {
    struct mop_check *check;
    bool fails; /* of `fail`, not of `pass` */
    struct mop_given_record *records;
    size_t n;
    const struct mop_node *at;
};
struct mop_expectation {
    struct mop_sv id;
    const struct mop_check *check; /* NULL: it is off */
    enum mop_outcome outcome;
    const struct mop_node *at;
};
/* An entry of `tests:`. */
struct mop_rule_test {
    struct mop_sv name;
    struct mop_record *record;
    struct mop_given_record values; /* one record for each item of its lists */
    struct mop_given_record *beside;
    size_t nbeside;   /* other records of the same run */
    const char *file; /* a CSV file with a column `expect` in place of values and expect; or NULL */
    struct mop_expectation *expect;
    size_t nexpect;
    int64_t now_us; /* its own clock; INT64_MIN: that of the run */
    const struct mop_node *at;
};
extern const char *const mop_outcome_names[]; /* of enum mop_outcome */

/* A file the rule set was made from: rule files in the order of merging, then tables (CSV) in the
 * order of reading. */
struct mop_rule_file {
    const char *path,
        *dir;             /* as messages call it; the folder that relative paths in it start from */
    struct mop_sv origin; /* its `name:`, else the file's name without suffix */
    struct mop_sv text;
    bool table;
    bool pack;             /* brought in as a pack, by its name under `extends` */
    struct mop_sv as_pack; /* the name by which it was looked for among the packs; none: a path */
};
/* A value of a vocabulary that a condition, a rule or a group names. */
struct mop_mention {
    const struct mop_term *term;
    struct mop_loc at;
    uint32_t span;
};
/* What --without or --select left out, by name, for the report. */
struct mop_not_judged {
    struct mop_sv id;
    struct mop_sv reason;
};

/* A pattern of the files and what it is for, as lint wants to know. One that stands in a field set
 * comes once for each use of the set. */
enum mop_pattern_use {
    MOP_PATTERN_VALUE,
    MOP_PATTERN_GROUP, /* of a vocabulary: values that need not be listed in it */
    MOP_PATTERN_CAPTURE
};
struct mop_pattern {
    const struct mop_node *node;
    const struct mop_regex *regex;
    unsigned flags; /* enum mop_regex_flags */
    enum mop_pattern_use use;
};

struct mop_ruleset {
    struct mop_arena arena;
    struct mop_sv name, version, owner;
    const struct mop_zone *zone;
    int64_t now_us;
    struct mop_when now;
    struct mop_when as_of; /* by which phase_in, provisional values and suppressions end, and
                              windows apply to a record without a date: now, or of rules from the
                              history the day on which they judged */
    struct mop_sv *own_domains;
    size_t nown_domains;
    struct mop_sv *personal_params; /* of URLs, that name a person */
    size_t npersonal_params;
    struct mop_person *people;
    size_t npeople;
    struct mop_vocabulary **vocabularies;
    size_t nvocabularies; /* inline ones and stages too */
    size_t nruntime_vocabularies;
    struct mop_record **records;
    size_t nrecords; /* in an order in which each reads only earlier ones */
    struct mop_sv *without;
    size_t nwithout; /* names of those that --without took out */
    struct mop_report_spec *reports;
    size_t nreports;
    struct mop_dataset_check *datasets;
    size_t ndatasets;
    struct mop_suppression *suppressions;
    size_t nsuppressions;
    struct mop_calendar **calendars;
    size_t ncalendars;
    int32_t *cohort_days;
    size_t ncohorts; /* default 7, 90 */
    struct mop_sv *slices;
    size_t nslices;                   /* names of fields */
    int64_t max_unweighted_tenths;    /* default 50: 5 % */
    char digest[65], text_digest[65]; /* SHA-256, hex */
    char checks_digest[65];           /* as `digest`, but without what is excluded */
    const struct mop_node *tests;     /* tests: of the file, or NULL */
    struct mop_pattern *patterns;
    size_t npatterns;
    struct mop_example *examples;
    size_t nexamples;
    struct mop_rule_test *rule_tests;
    size_t nrule_tests;
    int32_t review_by; /* INT32_MAX: none */
    const struct mop_node *root, *lint,
        *gate; /* the merged taxonomy, its `lint:` and `gate:`; NULL: none */
    struct mop_rule_file *files;
    size_t nfiles;
    struct mop_mention *mentions;
    size_t nmentions; /* for lint, in the order of compiling */
    struct mop_not_judged *not_judged;
    size_t nnot_judged;
    struct mop_deferred *deferred; /* private: what mop_ruleset_free calls */
};

struct mop_load_options {
    const char *const *files;
    size_t nfiles;    /* -r, in order; a name without / and .yaml is a pack */
    int64_t now_us;   /* --now */
    int64_t as_of_us; /* if has_as_of: ruleset.as_of */
    bool has_as_of;
    /* Files as the history kept them: nothing is read from the disk. NULL: from the disk. */
    const struct mop_rule_file *kept;
    size_t nkept;
    const char *packdir; /* NULL: the built-in search */
    struct mop_sv *without;
    size_t nwithout; /* --without RECORD */
    struct mop_sv *select, *ignore;
    size_t nselect, nignore; /* ID|tag:|dimension:|owner: */
    bool nodes_anyway;       /* lint: after faults not NULL but what could be read, of which only
                                `root` and `files` may be looked at */
    bool lone_sets; /* a field set that no record type uses gets one of its own, by its name */
};
/*
 * Loads, merges, checks and compiles. NULL after at least one fault in `d`, which then has every
 * error of the files in one go. Warnings may be in `d` beside a rule set. (With nodes_anyway the
 * caller looks at d->faults.)
 */
struct mop_ruleset *mop_ruleset_load(const struct mop_load_options *o, struct mop_diags *d);
void mop_ruleset_free(struct mop_ruleset *rs);
/* Has mop_ruleset_free call free_it(p): for what does not live in the arena (maps, regexes). */
void mop_ruleset_defer(struct mop_ruleset *rs, void (*free_it)(void *), void *p);
/* A map in the rule set's arena, released with it. */
struct mop_map *mop_ruleset_map(struct mop_ruleset *rs, struct mop_map *m);
struct mop_record *mop_ruleset_record(const struct mop_ruleset *rs, struct mop_sv name);
struct mop_field *mop_record_field(const struct mop_record *r, struct mop_sv name);
/* An unconditional `required` of severity error. */
bool mop_check_requires_always(const struct mop_check *c);
/* The column was there in the last complete run, so it is expected: before the first record of a
 * run, unless its field says `expected: false`. */
void mop_ruleset_expect(const struct mop_ruleset *rs, struct mop_field *f);
/* Does the record's date decide whether the check is for it? */
bool mop_check_windowed(const struct mop_check *c);
/* Each vocabulary by whose dates a field's value may be judged: its own, those of the parts of its
 * templates and of its items. One may come more than once. */
typedef void (*mop_vocabulary_fn)(const struct mop_vocabulary *v, void *ctx);
void mop_field_vocabularies(const struct mop_field *f, mop_vocabulary_fn fn, void *ctx);
/* Does it ask how long ago something was, so that by waiting it comes to something else? */
bool mop_expr_clocked(const struct mop_expr *e);
bool mop_check_clocked(const struct mop_check *c);
#endif
