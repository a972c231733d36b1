/* SPDX-License-Identifier: MIT */
#ifndef MOP_CIVIL_H
#define MOP_CIVIL_H
#include "date.h"

/* What dates, formats and zones share; the public half of it is in date.h. */
#define MOP_US_SECOND INT64_C(1000000)
#define MOP_US_DAY (86400 * MOP_US_SECOND)

/* Rounded down; b > 0. */
int64_t mop_floor_div(int64_t a, int64_t b);
bool mop_leap_year(int y);
int mop_month_days(int y, int m);
int32_t mop_day_of_us(int64_t us); /* floor */
/* Reads an offset at the start of s; how many bytes it takes, 0 when there is none. */
size_t mop_offset_parse(struct mop_sv s, int32_t *seconds);

/* A reading of a clock and calendar, not checked yet. */
struct mop_clock {
    int year, month, day, hour, minute, second;
    int32_t us; /* of the second */
    bool timed, has_offset;
    int32_t offset; /* seconds east of UTC */
};
/* False for what no calendar or clock shows (February 30, 24:00, second 60). z NULL: UTC. */
bool mop_clock_when(const struct mop_clock *c, const struct mop_zone *z, struct mop_when *out);
#endif
