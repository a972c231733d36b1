/* SPDX-License-Identifier: MIT */
#include "http_parts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * Ids that were read, as keyed hashes. The last ones are in memory: two sets; the young one, when
 * it is full, takes the place of the old. So what moved while pages were read is found at once.
 * All of them go to a file without a name, 16 bytes each, and at the end that file is read in as
 * many rounds as it takes to look at 262,144 of them at a time: what came twice far apart is found
 * then, and memory does not grow with the number of records.
 */
enum { ROUND = 262144, SLOTS = 2 * ROUND, CHUNK = 4096 };

struct mop_ids {
    struct mop_h128 *young, *old;
    size_t n, most, slots;
    struct mop_h128 *waiting; /* not yet in the file; `most` of them; NULL: there is no file */
    size_t nwaiting;
    int fd;
    uint64_t kept; /* in the file */
    bool failed;   /* errno says why */
};

struct mop_ids *mop_ids_create(size_t most, bool all)
{
    struct mop_ids *x = mop_alloc(sizeof *x);
    x->most = most;
    x->slots = 4 * most;
    x->young = mop_calloc(x->slots, sizeof *x->young);
    x->old = mop_calloc(x->slots, sizeof *x->old);
    x->waiting = all ? mop_calloc(most, sizeof *x->waiting) : NULL;
    x->fd = -1;
    return x;
}

void mop_ids_free(struct mop_ids *x)
{
    if (!x)
        return;
    if (x->fd >= 0)
        close(x->fd);
    free(x->young);
    free(x->old);
    free(x->waiting);
    free(x);
}

void mop_ids_reset(struct mop_ids *x)
{
    memset(x->young, 0, x->slots * sizeof *x->young);
    memset(x->old, 0, x->slots * sizeof *x->old);
    x->n = x->nwaiting = 0;
    x->kept = 0;
}

/* Its slot, or the free one where it would be. */
static struct mop_h128 *find(struct mop_h128 *set, size_t slots, struct mop_h128 h)
{
    size_t i = h.lo % slots;
    while ((set[i].lo || set[i].hi) && (set[i].lo != h.lo || set[i].hi != h.hi))
        i = (i + 1) % slots;
    return &set[i];
}

static void write_waiting(struct mop_ids *x)
{
    const char *p = (const char *)x->waiting;
    size_t left = x->nwaiting * sizeof *x->waiting;
    off_t at = (off_t)(x->kept * sizeof *x->waiting);
    if (x->fd < 0)
        x->fd = mop_http_spool();
    x->failed |= x->fd < 0;
    while (left && !x->failed) {
        ssize_t k = pwrite(x->fd, p, left, at);
        x->failed = k < 0 && errno != EINTR;
        if (k > 0) {
            p += k;
            at += k;
            left -= (size_t)k;
        }
    }
    x->kept += x->nwaiting;
    x->nwaiting = 0;
}

static void keep(struct mop_ids *x, struct mop_h128 h)
{
    if (!x->waiting || x->failed)
        return;
    if (x->nwaiting == x->most)
        write_waiting(x);
    x->waiting[x->nwaiting++] = h;
}

bool mop_ids_add(struct mop_ids *x, struct mop_sv id)
{
    struct mop_h128 h = mop_hash_keyed(id);
    h.lo |= 1; /* a free slot is zero */
    const struct mop_h128 *old = find(x->old, x->slots, h);
    struct mop_h128 *young = find(x->young, x->slots, h);
    if (old->lo || young->lo)
        return false;
    if (x->n == x->most) {
        struct mop_h128 *spare = x->old;
        x->old = x->young;
        x->young = spare;
        memset(spare, 0, x->slots * sizeof *spare);
        x->n = 0;
        young = find(x->young, x->slots, h);
    }
    *young = h;
    x->n++;
    keep(x, h);
    return true;
}

/* ---- at the end ---- */

/* Is one of these, of those of this round, in the set? They are put into it. */
static bool meet(struct mop_h128 *set, const struct mop_h128 *list, size_t n, uint64_t round,
                 uint64_t rounds)
{
    for (size_t i = 0; i < n; i++) {
        if (list[i].hi % rounds != round)
            continue;
        struct mop_h128 *slot = find(set, (size_t)SLOTS, list[i]);
        if (slot->lo)
            return true;
        *slot = list[i];
    }
    return false;
}

static int read_round(struct mop_ids *x, struct mop_h128 *set, uint64_t round, uint64_t rounds)
{
    struct mop_h128 list[CHUNK];
    memset(set, 0, (size_t)SLOTS * sizeof *set);
    for (uint64_t at = 0; at < x->kept;) {
        uint64_t left = x->kept - at;
        size_t want = left < CHUNK ? (size_t)left : CHUNK;
        ssize_t k =
            pread(x->fd, list, want * sizeof *list, (off_t)(at * sizeof *list)); /* a whole file */
        if (k < (ssize_t)sizeof *list)
            return -1;
        size_t n = (size_t)k / sizeof *list;
        if (meet(set, list, n, round, rounds))
            return 1;
        at += n;
    }
    return 0;
}

int mop_ids_settle(struct mop_ids *x)
{
    int rc = 0;
    if (!x->kept || x->failed) /* the sets in memory have seen all */
        return x->failed ? -1 : 0;
    write_waiting(x);
    if (x->failed)
        return -1;
    uint64_t rounds = (x->kept + ROUND - 1) / ROUND;
    struct mop_h128 *set = mop_calloc((size_t)SLOTS, sizeof *set);
    for (uint64_t round = 0; !rc && round < rounds; round++)
        rc = read_round(x, set, round, rounds);
    free(set);
    return rc;
}
