/* SPDX-License-Identifier: MIT */
#ifndef MOP_DATE_H
#define MOP_DATE_H
#include "err.h"

/* A time zone read from the system's tzdata (TZif, RFC 8536), or a fixed offset. Read-only after
 * load. */
struct mop_zone;
/*
 * "Europe/Berlin", "UTC", "+02:00", "+0200", "+02". NULL when there is no such zone. Freed with the
 * program; the same name gives the same zone. Called by one thread, while a run is set up. Wherever
 * a zone is taken, NULL is UTC.
 */
const struct mop_zone *mop_zone_find(struct mop_sv name);
/* Seconds to add to UTC at the instant (microseconds since 1970). */
int32_t mop_zone_offset(const struct mop_zone *z, int64_t us);
/* The instant of a local wall clock; in a gap the one after the jump (02:30 is 03:30), in a fold
 * the first. */
int64_t mop_zone_instant(const struct mop_zone *z, int64_t local_us);

/* A point in time or a whole day. `day` = days since 1970-01-01 on the local calendar of the zone
 * it was read in. */
struct mop_when {
    int64_t us; /* UTC microseconds; of a whole day its local midnight */
    int32_t day;
    bool whole_day;
};
/* <0, 0, >0; if either is a whole day, days are compared. */
int mop_when_cmp(struct mop_when a, struct mop_when b);
struct mop_when mop_when_of_instant(int64_t us, const struct mop_zone *z);
/* A moment has its day in this zone; a whole day stays as it is. */
struct mop_when mop_when_on(struct mop_when w, const struct mop_zone *z);
int32_t mop_day_of_civil(int y, int m, int d);
void mop_civil_of_day(int32_t day, int *y, int *m, int *d);
int mop_weekday(int32_t day); /* 0 = Monday */

/*
 * Format of tokens YYYY YY MM M DD D HH H mm ss A Z and MMM (English month name, three letters),
 * other characters and a T literal; a backslash makes the next one so. Compiled once. YY is 2000 to
 * 2099; M D H take one or two digits, MM DD HH mm ss two; A is AM or PM in any case; Z is "Z" or an
 * offset. NULL with *error (a fixed text) for a format without year, month or day, with a part
 * twice, or with a letter that is no token.
 */
#define MOP_DATE_FORMAT_HINT                                                                       \
    "tokens are YYYY YY MMM MM M DD D HH H mm ss A Z; for a letter itself write a backslash "      \
    "before it"
struct mop_date_format;
const struct mop_date_format *mop_date_format_compile(struct mop_arena *a, struct mop_sv fmt,
                                                      const char **error);
/* The same of what may name a month or a year alone: its first day. */
const struct mop_date_format *mop_date_format_rough(struct mop_arena *a, struct mop_sv fmt,
                                                    const char **error);
/* A regex of every text that the format reads; of some that it does not, a 31st of February. */
void mop_date_format_pattern(const struct mop_date_format *f, struct mop_buf *out);
/* A moment, or a whole day (at midnight), as the format writes it in the zone. What the format has
 * no part for is lost: whoever needs to know reads it back. */
void mop_date_format_print(const struct mop_date_format *f, const struct mop_zone *z,
                           struct mop_when w, struct mop_buf *out);
bool mop_date_format_has_time(const struct mop_date_format *f);
bool mop_date_parse(const struct mop_date_format *f, const struct mop_zone *z, struct mop_sv s,
                    struct mop_when *out);
/* ISO 8601: 2026-11-22, 2026-11-22T06:00[:00[.fff]][Z|+hh:mm|+hhmm], a blank for T, also +hh and a
 * decimal comma; up to nine decimals, those below the microsecond cut off. Week and ordinal dates
 * are not read. */
bool mop_date_parse_iso(const struct mop_zone *z, struct mop_sv s, struct mop_when *out);
/* Canonical: 2026-11-22 of a whole day, else 2026-11-22T06:00:00Z with a fraction only when there
 * is one. */
void mop_when_print(struct mop_buf *b, struct mop_when w);
/* "8h", "7d", "90m", "30s", "2w" in microseconds; d is 24 h. */
bool mop_duration_parse(struct mop_sv s, int64_t *us);
#endif
