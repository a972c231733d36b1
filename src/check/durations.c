/* SPDX-License-Identifier: MIT */
#include "check/durations.h"
#include <stdlib.h>
#include <string.h>

void mop_durations_init(struct mop_durations *d, size_t max)
{
    memset(d, 0, sizeof *d);
    d->max = max;
}

void mop_durations_release(struct mop_durations *d)
{
    free(d->runs);
    d->runs = NULL;
    d->n = d->cap = d->sorted = 0;
}

static int by_time(const void *x, const void *y)
{
    const struct mop_duration *a = x, *b = y;
    if (a->us != b->us)
        return a->us < b->us ? -1 : 1;
    return (a->group > b->group) - (a->group < b->group);
}

static bool alike(const struct mop_duration *a, const struct mop_duration *b)
{
    return a->us == b->us && a->group == b->group && b->count <= UINT32_MAX - a->count;
}

void mop_durations_sort(struct mop_durations *d)
{
    size_t n = 0;
    if (d->sorted == d->n)
        return;
    qsort(d->runs, d->n, sizeof *d->runs, by_time);
    for (size_t i = 0; i < d->n; i++)
        if (n && alike(&d->runs[n - 1], &d->runs[i]))
            d->runs[n - 1].count += d->runs[i].count;
        else
            d->runs[n++] = d->runs[i];
    d->n = d->sorted = n;
    if (n <= d->max)
        return;
    mop_durations_release(d);
    d->over = true;
}

/* Twice the room only when more than half of it is of distinct ones: repeats cost no memory, and
 * each sorting pays for as many additions. */
static void make_room(struct mop_durations *d)
{
    mop_durations_sort(d);
    if (d->over || (d->cap && d->n <= d->cap / 2))
        return;
    d->cap = d->cap ? d->cap * 2 : 64;
    d->runs = mop_realloc(d->runs, d->cap, sizeof *d->runs);
}

void mop_durations_add(struct mop_durations *d, int64_t us, uint32_t group)
{
    if (d->n == d->cap && !d->over)
        make_room(d);
    if (!d->over)
        d->runs[d->n++] = (struct mop_duration){us, 1, group};
}

static uint64_t count_in(const struct mop_durations *d, const bool *in)
{
    uint64_t n = 0;
    for (size_t i = 0; i < d->n; i++)
        n += in[d->runs[i].group] ? d->runs[i].count : 0;
    return n;
}

bool mop_durations_percentile(const struct mop_durations *d, const bool *in, uint32_t percent,
                              int64_t *us)
{
    uint64_t n = count_in(d, in), seen = 0;
    uint64_t place = n / 100 * percent + (n % 100 * percent + 99) / 100;
    for (size_t i = 0; i < d->n; i++) {
        seen += in[d->runs[i].group] ? d->runs[i].count : 0;
        if (n && seen >= place) {
            *us = d->runs[i].us;
            return true;
        }
    }
    return false;
}
