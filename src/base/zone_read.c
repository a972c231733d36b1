/* SPDX-License-Identifier: MIT */
#include "mem.h"
#include "zone.h"
#include <stdlib.h>
#include <string.h>

/* TZif files (RFC 8536). The first block, with 32-bit times, is skipped. */

enum { HEADER = 44, MOST = 1 << 16 /* of anything in a file */, MOST_OFFSET = 26 * 3600 };

struct block {
    const unsigned char *p; /* its data */
    uint32_t isut, isstd, leap, time, type, chars;
    size_t size;
};

static uint32_t big32(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static int64_t big64(const unsigned char *p)
{
    return (int64_t)((uint64_t)big32(p) << 32 | big32(p + 4));
}

/* A header and the extent of its data; false when there is no whole one at `at`. */
static bool open_block(struct block *b, struct mop_sv s, size_t at, size_t time_size)
{
    if (s.n < HEADER || at > s.n - HEADER || memcmp(s.p + at, "TZif", 4) != 0 || s.p[at + 4] < '2')
        return false;
    const unsigned char *p = (const unsigned char *)s.p + at;
    uint32_t *const counts[] = {&b->isut, &b->isstd, &b->leap, &b->time, &b->type, &b->chars};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        *counts[i] = big32(p + 20 + 4 * i);
        if (*counts[i] > MOST)
            return false;
    }
    b->p = p + HEADER;
    b->size = b->time * (time_size + 1) + b->type * (size_t)6 + b->chars +
              b->leap * (time_size + 4) + b->isstd + b->isut;
    return b->size <= s.n - at - HEADER;
}

static bool read_type(const struct block *b, size_t type, int32_t *out)
{
    if (type >= b->type)
        return false;
    *out = (int32_t)big32(b->p + b->time * (size_t)9 + type * 6);
    return *out >= -MOST_OFFSET && *out <= MOST_OFFSET;
}

/* Leap seconds belong to the "right/" zones, whose times are not POSIX times. */
static bool read_table(struct mop_zone *z, const struct block *b)
{
    bool good = b->leap == 0 && read_type(b, 0, &z->offset[b->time]);
    for (size_t i = 0; good && i < b->time; i++) {
        z->at[i] = big64(b->p + i * 8);
        good = read_type(b, b->p[b->time * (size_t)8 + i], &z->offset[i]) &&
               (i == 0 || z->at[i] > z->at[i - 1]);
    }
    z->n = b->time;
    return good;
}

/* Behind the second block: a line with the rule, or an empty one. */
static bool read_tail(struct mop_zone *z, struct mop_sv rest)
{
    if (rest.n < 2 || rest.p[0] != '\n')
        return false;
    rest = mop_sv_sub(rest, 1, rest.n);
    size_t end = mop_sv_find(rest, '\n');
    z->has_tail = end > 0;
    return end < rest.n && (end == 0 || mop_zone_tail_parse(mop_sv_sub(rest, 0, end), &z->tail));
}

bool mop_zone_read(struct mop_zone *z, struct mop_sv s)
{
    struct block first, b;
    if (!open_block(&first, s, 0, 4) || !open_block(&b, s, HEADER + first.size, 8))
        return false;
    z->at = mop_calloc(b.time, sizeof *z->at);
    z->offset = mop_calloc(b.time + (size_t)1, sizeof *z->offset);
    size_t end = 2 * (size_t)HEADER + first.size + b.size;
    if (read_table(z, &b) && read_tail(z, mop_sv_sub(s, end, s.n)))
        return true;
    free(z->at);
    free(z->offset);
    z->at = NULL;
    z->offset = NULL;
    return false;
}
