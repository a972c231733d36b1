/* SPDX-License-Identifier: MIT */
#ifndef MOP_KIND_UTIL_H
#define MOP_KIND_UTIL_H
#include "rules/compile.h"

/* What several kinds share: options, constants, sets of values, and words. */

/* ---- reading options ---- */

/* The value of `key`: from `use` where that is a mapping (short form), else from the long form.
 * NULL: not given. */
const struct mop_node *mop_option(const struct mop_node *use, const struct mop_node *opts,
                                  const char *key);
/* What a fault about the whole check points at; never NULL if either is given. */
const struct mop_node *mop_option_at(struct mop_scope *s, const struct mop_node *use,
                                     const struct mop_node *opts);
/* A scalar made up in the arena, for the readers of compile.h. */
struct mop_node *mop_scalar(struct mop_arena *a, struct mop_sv text, struct mop_loc at);
/* `use` has to be there, and be no empty list; else a fault "'pattern' wants a regular expression".
 */
int mop_need_use(struct mop_scope *s, const struct mop_kind *k, const struct mop_node *use,
                 const struct mop_node *opts, const char *wants);
/* For kinds whose only argument is `true`. -1 on anything else. */
/* Of kinds that are on or off, MOP_K_SWITCH. */
#define MOP_SWITCH_SCHEMA "{\"enum\": [true, false, \"error\", \"warning\", \"off\"]}"
int mop_need_true(struct mop_scope *s, const struct mop_kind *k, const struct mop_node *use);
/* lower or upper, as its first letter. */
int mop_read_case(struct mop_scope *s, const struct mop_node *n, const char **out);
/* `case` ('l', 'u'; 0: none) beside a vocabulary: tells the values that it refuses. */
void mop_check_case(struct mop_scope *s, const struct mop_vocabulary *v, char fold,
                    const struct mop_node *at);
/* Adds to an array in the arena; room doubles. */
void mop_fields_add(struct mop_arena *a, struct mop_field ***list, size_t *n, struct mop_field *f);
/* Adds a field to what the test reads. */
void mop_test_reads(struct mop_scope *s, struct mop_test *t, struct mop_field *f);
/* The same of one that the test must not read yet; -1 after a fault. */
int mop_test_reads_also(struct mop_scope *s, struct mop_test *t, struct mop_field *f,
                        const struct mop_node *name);
/* A field or a list of fields, added to the test; -1 after a fault. */
int mop_test_reads_all(struct mop_scope *s, struct mop_test *t, const struct mop_node *names);

/* ---- numbers and times ---- */

/* A number or a time to compare with, by the type of its field. */
struct mop_bound {
    bool set, is_time;
    mop_i128 number;
    struct mop_when when;
    struct mop_sv text; /* as the rule writes it */
};
bool mop_field_is_number(const struct mop_field *f);
bool mop_field_is_time(const struct mop_field *f);
/* Fault unless the field has a type that compares as a number or time: "'before' wants a date or
 * number, 'x' has no type". */
int mop_need_comparable(struct mop_scope *s, const struct mop_test *t, const struct mop_field *f,
                        const struct mop_node *at);
int mop_need_time(struct mop_scope *s, const struct mop_test *t, const struct mop_field *f,
                  const struct mop_node *at);
/* A constant, read by the field's own type and formats, or ISO 8601. */
int mop_read_bound(struct mop_scope *s, const struct mop_field *f, const struct mop_node *n,
                   struct mop_bound *out);
/* <0, 0, >0 of a value against a constant, and of two values (dates against datetimes: by local
 * day). */
int mop_bound_cmp(const struct mop_value *v, const struct mop_bound *b);
int mop_value_cmp(const struct mop_value *a, const struct mop_value *b);
/* The constant that gt, gte, lt, lte, since, before, not_before or after compares with; NULL: it is
 * another test, or compares with a field. */
const struct mop_bound *mop_test_bound(const struct mop_test *t);
const struct mop_bound *mop_order_bound(const struct mop_test *t); /* of the last three alone */
/* The values that `in` or `values` of a rule lists, or, *none_of, `not_in` or `not_values`; NULL:
 * another test, or one that does more than look whether it is there. */
const struct mop_set *mop_test_list(const struct mop_test *t, bool *none_of);
const struct mop_set *mop_member_list(const struct mop_test *t); /* of `values` alone */
/* What pattern or not_pattern looks for; NULL: another test. */
const struct mop_regex *mop_test_regex(const struct mop_test *t);
/* What `within` allows, in microseconds before now; false: another test. */
bool mop_test_age(const struct mop_test *t, int64_t *us);

/* ---- sets of values ---- */

/* Texts in the order of the rule, and sorted for look-up. All in the arena. */
struct mop_set {
    struct mop_sv *list, *sorted;
    size_t n;
    struct mop_when *when; /* of dates and moments, in the order of `list`: a day holds its moments;
                              else NULL */
};
void mop_set_make(struct mop_arena *a, struct mop_set *s, struct mop_sv *list, size_t n);
bool mop_set_has(const struct mop_set *s, struct mop_sv v);
/* Of a set of meant forms: does it list the value, which is known? */
bool mop_set_lists(const struct mop_set *s, const struct mop_value *v);
/* The nearest member, or NONE. */
struct mop_sv mop_set_nearest(const struct mop_set *s, struct mop_sv v);
/* A scalar or list of values of the field, resolved to their meant forms. */
int mop_read_meant_set(struct mop_scope *s, const struct mop_field *f, const struct mop_node *n,
                       struct mop_set *out);
/* The values as written, unresolved. */
int mop_read_text_set(struct mop_scope *s, const struct mop_node *n, struct mop_set *out);

/* The vocabulary that is looked in while judging: the growing one of the run, if its values are a
 * column. */
const struct mop_vocabulary *mop_vocabulary_now(const struct mop_vocabulary *v,
                                                const struct mop_run *run);
/* Is it one of the vocabulary's values? Not one that was provisional until a day that is over:
 * *expired (may be NULL). */
bool mop_vocabulary_has(const struct mop_vocabulary *v, struct mop_sv meant,
                        const struct mop_run *run, bool *expired);

/* ---- values with dates of their own ---- */

void mop_days_clear(struct mop_days *d);
/* Is the day (NULL: none is known, and inside is assumed) in the window? Notes on which others the
 * answer is the same. */
bool mop_days_inside(struct mop_days *d, const struct mop_window *w, const int32_t *day);

/* ---- words ---- */

void mop_say(struct mop_words *w, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* " is valid until 2023-07-31, not on the record's date", or that it is not used any more. */
void mop_say_window(struct mop_words *w, const struct mop_term *term);
void mop_say_day(struct mop_words *w, int32_t day);
/* The value in single quotes, masked if its field is personal (f NULL: a value of the rule file).
 */
void mop_say_value(struct mop_words *w, const struct mop_field *f, struct mop_sv value);
/* What is wrong is about this value: 'x' as written. */
void mop_say_written(struct mop_words *w, const struct mop_test *t, const struct mop_value *v);
/* "'a', 'b' or 'c'"; of more than `max` the first and "or one of N more". */
void mop_say_list(struct mop_words *w, const struct mop_sv *list, size_t n, size_t max);
/* "; did you mean 'x'?" and an uncertain proposal; nothing for NONE. */
void mop_say_mean(struct mop_words *w, struct mop_sv nearest);
/* Is the text one of the list (`which`) but for letters that one of both writes with combining
 * characters? Nobody sees the difference, so it has to be said: HERE, the text has the letters
 * composed, and the list has not. */
enum mop_composed { MOP_COMPOSED_NONE, MOP_COMPOSED_HERE, MOP_COMPOSED_THERE };
enum mop_composed mop_composed_among(struct mop_arena *a, const struct mop_sv *list, size_t n,
                                     struct mop_sv text, size_t *which);
void mop_propose(struct mop_words *w, struct mop_sv value, bool certain);
/* " 19 h": of less than a day what makes a time more than its whole days, in the largest unit. */
void mop_say_excess(struct mop_words *w, int64_t us);
/* "is missing", "is null", "is empty", "holds only blanks", "holds the placeholder 'n/a'". */
void mop_say_blank(struct mop_words *w, const struct mop_field *f, const struct mop_value *v);

/* Values that a check of their own field refuses: the first ones are told one by one (true), the
 * others together at the end. Zeroed to begin with. */
struct mop_refused {
    size_t n;
    struct mop_sv more;
};
bool mop_refused_note(struct mop_scope *s, struct mop_refused *r, struct mop_sv value);
void mop_refused_end(struct mop_scope *s, const struct mop_refused *r, const struct mop_node *at,
                     const char *check);
#endif
