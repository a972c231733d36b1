/* SPDX-License-Identifier: MIT */
#ifndef MOP_ZONE_H
#define MOP_ZONE_H
#include "date.h"

/* How a zone is kept: the table of a TZif file and the rule for the time after it. Only zone*.c
 * read this. */

/* One of the two days in a year on which the clock changes, as in a POSIX TZ string. */
struct mop_zone_rule {
    char kind; /* 'M': weekday of a week of a month; 'J': day 1..365 without February 29; '0': day
                  0..365 */
    int month, week, day;
    int32_t time; /* local seconds after that day's midnight; may be negative or beyond a day */
};
struct mop_zone_tail {
    bool has_summer;
    int32_t standard, summer; /* seconds east of UTC */
    struct mop_zone_rule begin, end;
};
/* Reads "CET-1CEST,M3.5.0,M10.5.0/3"; false when it is not such a rule. */
bool mop_zone_tail_parse(struct mop_sv s, struct mop_zone_tail *t);
int32_t mop_zone_tail_offset(const struct mop_zone_tail *t, int64_t second);

struct mop_zone {
    struct mop_sv name;
    struct mop_zone *next;
    int64_t *at;     /* seconds of the changes, ascending */
    int32_t *offset; /* from that change on; [n] is the one before the first */
    size_t n;
    bool has_tail;
    struct mop_zone_tail tail;
};
/* Fills `z` from the bytes of a TZif file (version 2 and up); false, with nothing allocated, when
 * they are none. */
bool mop_zone_read(struct mop_zone *z, struct mop_sv bytes);
#endif
