/* SPDX-License-Identifier: MIT */
#ifndef MOP_DURATIONS_H
#define MOP_DURATIONS_H
#include "base/mem.h"

/*
 * How long something took, many times over, for exact percentiles: each distinct duration once per
 * group, with its count. Nothing depends on the order in which they came.
 *
 * Cost: 16 bytes per distinct duration and group, up to four times that while they are gathered.
 * Past MOP_DURATIONS_MAX distinct ones (128 MiB) all are given up: `over`.
 */
enum { MOP_DURATIONS_MAX = 1 << 22 };

struct mop_duration {
    int64_t us;
    uint32_t count, group;
};
struct mop_durations {
    struct mop_duration *runs; /* after mop_durations_sort: ascending, no two alike */
    size_t n, cap, sorted;     /* the first `sorted` are so already */
    size_t max;
    bool over;
};
void mop_durations_init(struct mop_durations *d, size_t max);
void mop_durations_release(struct mop_durations *d);
void mop_durations_add(struct mop_durations *d, int64_t us, uint32_t group);
/* Before any is asked for. */
void mop_durations_sort(struct mop_durations *d);
/*
 * The percentile of the groups g with in[g], by nearest rank: of n durations in ascending order the
 * one at place ceil(percent * n / 100), counted from 1. So it is always one that was measured; the
 * median of two is the smaller. False if there is none.
 */
bool mop_durations_percentile(const struct mop_durations *d, const bool *in, uint32_t percent,
                              int64_t *us);
#endif
