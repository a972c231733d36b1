/* SPDX-License-Identifier: MIT */
#ifndef MOP_SHOWN_H
#define MOP_SHOWN_H
#include "score/result.h"

/* What of the data may be shown, and numbers as people read them. Results live in the arena. */

/* The value; unless values are to be shown, masked if its field is personal, else what of it is an
 * e-mail address or phone number. */
struct mop_sv mop_shown_value(struct mop_arena *a, bool show_values, const struct mop_field *field,
                              struct mop_sv value);
/* A value that a check found: masked too where the check looks for personal data. */
struct mop_sv mop_shown_found(struct mop_arena *a, bool show_values, const struct mop_check *c,
                              const struct mop_field *field, struct mop_sv value);
/* Whose value a rule's values and samples hold, for masking: its field; of a rule over several the
 * first personal one, as its values may be of any of them. NULL: of no field, or of none to mask.
 */
const struct mop_field *mop_check_masked_as(const struct mop_check *c);
/* A record's key. Of a compound key with a personal part only the first character. */
struct mop_sv mop_shown_key(struct mop_arena *a, bool show_values, const struct mop_record *record,
                            struct mop_sv key);
/* Safe for eyes, at most `max` columns: mop_utf8_show, and the `##[` of CI logs is broken up. */
struct mop_sv mop_shown_text(struct mop_arena *a, struct mop_sv s, size_t max);
/* Why a run ended as it did: one line of it, however many reasons there are. */
struct mop_sv mop_shown_reason(struct mop_arena *a, struct mop_sv s);

struct mop_sv mop_shown_count(struct mop_arena *a, uint64_t n); /* "9,240" */
/* "1 lead record", "9,240 records"; `of` before the noun may be empty. */
struct mop_sv mop_shown_records(struct mop_arena *a, uint64_t n, struct mop_sv of);
/* "171,000 EUR"; below 1,000 with cents. To the nearest, so that one sum is one figure wherever it
 * stands, and a total the one that a spreadsheet shows; but what there is of is never 0. */
struct mop_sv mop_shown_money(struct mop_arena *a, mop_i128 millionths, const char *currency);
struct mop_sv mop_shown_tenths(struct mop_arena *a, int64_t tenths); /* "73.8"; "none" below 0 */
struct mop_sv mop_shown_day(struct mop_arena *a, int32_t day);       /* "2026-12-31" */
struct mop_sv mop_shown_decimal(struct mop_arena *a, mop_i128 millionths); /* exact */

/* A field that never came, or came and has no column: its finding's id, and what it says. */
extern const char mop_gap_never_received[], mop_gap_not_mapped[];
const char *mop_gap_id(const struct mop_field_gap *g);
/* Its place in a record; a name may be a record's own: an address as the key of a table. */
struct mop_sv mop_gap_place(struct mop_arena *a, const struct mop_field_gap *g);
struct mop_sv mop_gap_words(struct mop_arena *a, const struct mop_field_gap *g);

/* The values of a rule, most records first, then by bytes. */
const struct mop_rule_value **mop_sorted_values(struct mop_arena *a,
                                                const struct mop_rule_tally *t);
/* Who has most to repair first, then by name: the order of the tally is that of the records. */
const struct mop_fixer **mop_sorted_fixers(struct mop_arena *a, const struct mop_tally *t);
#endif
