/* SPDX-License-Identifier: MIT */
#ifndef MOP_REPORT_JSON_H
#define MOP_REPORT_JSON_H
#include "report/report.h"
#include "report/shown.h"
#include <jansson.h>

/*
 * The JSON report piece by piece: containers are opened and closed here, what is in them is made by
 * jansson and written at once, so that a report of many slices or values is never whole in memory.
 */
struct mop_json_out {
    const struct mop_result *r;
    const struct mop_format_options *o;
    struct mop_out *out;
    struct mop_arena arena; /* of the piece at hand */
    int depth;
    bool first;
};
/* key NULL: an element of an array, or the document. */
void mop_json_open(struct mop_json_out *j, const struct mop_sv *key, char bracket); /* { or [ */
void mop_json_close(struct mop_json_out *j, char bracket);                          /* } or ] */
void mop_json_put(struct mop_json_out *j, const struct mop_sv *key, json_t *value); /* steals */
void mop_json_put_text(struct mop_json_out *j, const char *key, struct mop_sv text);
void mop_json_put_count(struct mop_json_out *j, const char *key, uint64_t n);
void mop_json_put_bool(struct mop_json_out *j, const char *key, bool b);
#define MOP_KEY(literal) (&MOP_SV(literal))

/* New values. Bytes that are not UTF-8 become U+FFFD. */
json_t *mop_json_text(struct mop_sv s);
json_t *mop_json_text_or_null(struct mop_sv s); /* null if empty */
json_t *mop_json_str(const char *s);            /* null if NULL */
json_t *mop_json_count(uint64_t n);
json_t *mop_json_decimal(mop_i128 millionths);        /* a string */
void mop_json_sure(json_t *step, enum mop_sure sure); /* the keys at_most and about */
json_t *mop_json_tenths(int64_t tenths);              /* 73.8; null below 0 */
json_t *mop_json_day(int32_t day);
json_t *mop_json_time(int64_t us);
void mop_json_set(json_t *object, const char *key, json_t *value); /* steals */

/* json_score.c. currency "": null. */
json_t *mop_json_score(const struct mop_score *s);
json_t *mop_json_value_score(const struct mop_score *s, const char *currency);
json_t *mop_json_pair(const struct mop_score_pair *p, const char *currency); /* {records, value} */
json_t *mop_json_unweighed(const struct mop_score_pair *p);                  /* null: no weight */
json_t *mop_json_no_score(const char *reason);
const char *mop_json_currency(struct mop_arena *a, const struct mop_record *r, size_t weight);

/* One top-level key each, in the order of design.md section 6. */
void mop_json_reports(struct mop_json_out *j);                          /* json_reports.c */
void mop_json_types(struct mop_json_out *j);                            /* json_types.c */
void mop_json_rules(struct mop_json_out *j);                            /* json_rules.c */
void mop_json_lifecycles(struct mop_json_out *j);                       /* json_lifecycles.c */
void mop_json_since(struct mop_json_out *j, const struct mop_since *s); /* json_since.c */
void mop_json_cohorts(struct mop_json_out *j, const struct mop_named_score *s, size_t n,
                      const char *key, const char *currency);
/* One value of a slice's list; the field says how it is shown. */
void mop_json_slice_value(struct mop_json_out *j, const struct mop_field *f,
                          const struct mop_slice_score *s, const char *currency);
void mop_json_slices(struct mop_json_out *j, const struct mop_record *record,
                     const struct mop_slice_result *s, size_t n, const char *currency);
#endif
