/* SPDX-License-Identifier: MIT */
#ifndef MOP_COMPILE_H
#define MOP_COMPILE_H
#include "rules/kind.h"

/* What compiling one rule sees. */
struct mop_scope {
    struct mop_ruleset *rules;
    struct mop_record *record;
    struct mop_diags *diags;
    struct mop_arena *arena; /* the rule set's */
    struct mop_sv prefix;    /* field set's `as` and "_", or "" */
    const struct mop_node
        *set; /* the field set's `fields` mapping: a name in it gets the prefix; or NULL */
    const char
        *dir; /* folder of the file being compiled: relative paths of vocabulary and pair files */
    const struct mop_node *test; /* what is compiled, where it holds nothing to point at; or NULL */
    struct mop_field *field;     /* under which it stands, or NULL */
    const struct mop_node *parts; /* the field's own `parts`, beside its `template`; or NULL */
    bool condition;               /* compiling a when/where */
    bool inline_;                 /* compiling a check under a field (not in `then`) */
    struct mop_loader *loader; /* private to the loader: layers of field sets, far types touched */
    bool quiet;                /* the last fault was told before: a hint to it is dropped */
};

/* A fault at a node; returns -1. */
int mop_scope_fault(struct mop_scope *s, const char *id, const struct mop_node *at, const char *fmt,
                    ...) __attribute__((format(printf, 4, 5)));
/* The scalar as if it were its bytes from..to alone: for faults in it. */
struct mop_node mop_scope_place(const struct mop_scope *s, const struct mop_node *scalar,
                                size_t from, size_t to);
void mop_scope_hint(struct mop_scope *s, const char *fmt, ...)
    __attribute__((format(printf, 2, 3))); /* to the last fault */

/* Fields by name as seen in the scope; NULL after a fault 'unknown field' with a did-you-mean. */
struct mop_field *mop_scope_field(struct mop_scope *s, const struct mop_node *name);
/* "campaign.name": record and field of another type. */
struct mop_field *mop_scope_far_field(struct mop_scope *s, const struct mop_node *name);
struct mop_vocabulary *mop_scope_vocabulary(struct mop_scope *s, const struct mop_node *name);
/* The pieces of YAML a kind reads; each -1 after a fault with position. */
int mop_read_text(struct mop_scope *s, const struct mop_node *n, struct mop_sv *out);
/* Says why `text` is no date format, with what one is made of; -1. */
int mop_bad_date_format(struct mop_scope *s, const struct mop_node *n, struct mop_sv text,
                        const char *error);
int mop_read_bool(struct mop_scope *s, const struct mop_node *n, bool *out);
int mop_read_u64(struct mop_scope *s, const struct mop_node *n, uint64_t *out);
int mop_read_decimal(struct mop_scope *s, const struct mop_node *n, mop_i128 *out);
int mop_read_number(struct mop_scope *s, const struct mop_node *n,
                    mop_i128 *out); /* to compare with */
int mop_read_percent(struct mop_scope *s, const struct mop_node *n, int64_t *tenths); /* 90%, 90 */
int mop_read_duration(struct mop_scope *s, const struct mop_node *n, int64_t *us);
int mop_read_day(struct mop_scope *s, const struct mop_node *n, int32_t *day);
int mop_read_window(struct mop_scope *s, const struct mop_node *n,
                    struct mop_window *w); /* {from:, until:} */
/* A scalar or a list of scalars. */
int mop_read_texts(struct mop_scope *s, const struct mop_node *n, struct mop_sv **out,
                   size_t *count);
/* The texts of n, as they were read into `list`, as canonical domains in their places; a fault for
 * each that is none. */
int mop_read_domains(struct mop_scope *s, const struct mop_node *n, struct mop_sv *list);
/* PCRE2 with the offset mapped to the column in the file. */
struct mop_regex *mop_read_regex(struct mop_scope *s, const struct mop_node *n, unsigned flags,
                                 enum mop_pattern_use use);
/* A CSV file beside the rule file (vocab/products.csv): rows of cells, header first. -1 after a
 * fault. */
struct mop_table {
    struct mop_sv **rows;
    size_t *widths;
    size_t n;
    const char *path;
    uint32_t *lines; /* of the file, per row */
    uint32_t **cols; /* per cell; behind a cell of several lines that of its last */
};
int mop_read_table(struct mop_scope *s, const struct mop_node *path, struct mop_table *out);
/* A cell as a scalar in its place, for faults; an empty one where the row is too short. */
struct mop_node mop_table_cell(const struct mop_table *t, size_t row, size_t cell);
/* The names that a column may go by; the first is asked for. */
struct mop_table_name {
    struct mop_sv *names;
    size_t n;
};
/* Those of a field: as its field set and as the record type calls it, its `columns`, and `generic`
 * (NULL: none). */
struct mop_table_name mop_table_name(struct mop_scope *s, const struct mop_field *f,
                                     const char *generic);
/* Which columns these are by the header, called as columns of records are; -1 after a fault. */
int mop_table_columns(struct mop_scope *s, const struct mop_table *t,
                      const struct mop_table_name *want, size_t n, size_t *column);
/* A fault for what stands beyond the header's last column. */
int mop_table_width(struct mop_scope *s, const struct mop_table *t, size_t row, const char *hint);
/* Faults for every key of `map` that is not in `keys` (NULL-terminated) and does not start with x-;
 * with did-you-mean. */
int mop_check_keys(struct mop_scope *s, const struct mop_node *map, const char *const *keys,
                   const char *what);
/* The same for `first` and the options of a kind. */
int mop_check_option_keys(struct mop_scope *s, const struct mop_node *map, const char *first,
                          const struct mop_kind_option *options, const char *what);
/* A value written in a rule for a field, resolved to its meant form by the field's own ladder and
 * type; faults when the field cannot mean it. */
int mop_read_meant(struct mop_scope *s, const struct mop_field *f, const struct mop_node *n,
                   struct mop_sv *out);

/* {lead_source: {not_in: [..]}, any: [..]} -> condition; short form `field: value` and `field:
 * [values]` is membership. */
struct mop_expr *mop_compile_condition(struct mop_scope *s, const struct mop_node *n);
/* Words of conditions that may stand in a `then` too; NULL behind the last. */
const char *mop_word_in_then(size_t i);
/* The `then` of a rule. */
struct mop_expr *mop_compile_assertion(struct mop_scope *s, const struct mop_node *n);
/* One test of a kind on a field (field may be NULL for MOP_K_RECORD kinds); registers it in
 * field->tests or record->row_tests. */
struct mop_test *mop_compile_test(struct mop_scope *s, const struct mop_kind *k,
                                  struct mop_field *f, const struct mop_node *use,
                                  const struct mop_node *opts);

/*
 * What the value means: state, type, ladder. Used for values in rules at load (through
 * mop_read_meant), and by the judge for every distinct value. Fills *out; texts live in `a` or are
 * the view given.
 */
void mop_value_read(const struct mop_field *f, const struct mop_cell *cell, struct mop_run *run,
                    struct mop_arena *a, struct mop_value *out);
/* Ladder alone: the term and the rung for a text. NULL term with MOP_RUNG_VOCABULARY. */
const struct mop_term *mop_vocabulary_look(const struct mop_vocabulary *v, struct mop_sv text,
                                           struct mop_arena *a, enum mop_rung *rung);
/* A form under which rules may speak of a value; the text may lie in the room. */
struct mop_form {
    struct mop_sv text;
    char room[16];
};
/* The i-th form of a known value, the meant one first; false behind the last. */
bool mop_value_form(const struct mop_value *v, size_t i, struct mop_form *out);
/* Is what mop_read_meant made of a rule's word one of them? */
bool mop_value_means(const struct mop_value *v, struct mop_sv said);
/* The item of a map by such words, or NULL. */
const uint64_t *mop_value_find(const struct mop_value *v, const struct mop_map *by_form);
/* Of a text without a term: two values of a column that it may mean, alike but for what is folded.
 */
bool mop_vocabulary_twins(const struct mop_vocabulary *v, struct mop_sv text, struct mop_arena *a,
                          struct mop_sv twins[2]);
/* Is the text a word of the field's `blanks`, other than a blank itself? */
bool mop_is_placeholder(struct mop_scope *s, const struct mop_field *f, const struct mop_node *n);
/* Is a cell with that text a blank of the field? */
bool mop_counts_as_blank(const struct mop_field *f, struct mop_sv text, struct mop_arena *a);
/* Nearest value for a did-you-mean, or MOP_SV_NONE. */
struct mop_sv mop_vocabulary_nearest(const struct mop_vocabulary *v, struct mop_sv text);

/* A vocabulary of a list or mapping of values that stands inline (a template's part, `items`),
 * indexed and owned by the rule set; NULL after a fault. */
struct mop_vocabulary *mop_read_vocabulary(struct mop_scope *s, const struct mop_node *values);
/* (A lifecycle's stages are made its field's vocabulary by the loader, before any condition and
 * before mop_lifecycle_compile.) */

/*
 * The growing vocabulary of a run, of one whose values are a column (runtime.c). Values are added
 * while the other type is read, in any order, and may come twice; after freeze it is an ordinary
 * vocabulary, the same for any order.
 */
void mop_runtime_init(struct mop_runtime_vocabulary *r, const struct mop_vocabulary *v);
void mop_runtime_add(struct mop_runtime_vocabulary *r, struct mop_sv meant); /* copied */
void mop_runtime_freeze(struct mop_runtime_vocabulary *r);
void mop_runtime_release(struct mop_runtime_vocabulary *r);

/* The truth of a condition given its one-field tests' truths; the judge supplies `test`. */
typedef enum mop_truth (*mop_truth_fn)(const struct mop_test *t, void *ctx);
enum mop_truth mop_expr_truth(const struct mop_expr *e, mop_truth_fn test, void *ctx);
typedef enum mop_outcome (*mop_outcome_fn)(const struct mop_test *t, void *ctx);
enum mop_outcome mop_expr_outcome(const struct mop_expr *e, mop_outcome_fn test, void *ctx);
/* The first test to which the tree owes the outcome that it came to, of those that `may` be named
 * (NULL: any); NULL: none. *negated: the tree has it under a `not`, where a pass is what is wrong.
 */
typedef bool (*mop_blame_fn)(const struct mop_test *t, void *ctx);
const struct mop_test *mop_expr_blame(const struct mop_expr *e, enum mop_outcome came_to,
                                      mop_outcome_fn test, mop_blame_fn may, void *ctx,
                                      bool *negated);
#endif
