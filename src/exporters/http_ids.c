/* SPDX-License-Identifier: MIT */
#include "http_parts.h"

#include <stdlib.h>
#include <string.h>

/*
 * The ids that came last, in constant memory: two sets of keyed hashes; the young one, when it is
 * full, takes the place of the old. Rows that moved while pages were read come twice nearby; what
 * comes twice far apart is found by the key's rule.
 */
struct mop_ids {
    struct mop_h128 *young, *old;
    size_t n, most, slots;
};

struct mop_ids *mop_ids_create(size_t most)
{
    struct mop_ids *x = mop_alloc(sizeof *x);
    x->most = most;
    x->slots = 4 * most;
    x->young = mop_calloc(x->slots, sizeof *x->young);
    x->old = mop_calloc(x->slots, sizeof *x->old);
    return x;
}

void mop_ids_free(struct mop_ids *x)
{
    if (!x)
        return;
    free(x->young);
    free(x->old);
    free(x);
}

void mop_ids_reset(struct mop_ids *x)
{
    memset(x->young, 0, x->slots * sizeof *x->young);
    memset(x->old, 0, x->slots * sizeof *x->old);
    x->n = 0;
}

/* Its slot, or the free one where it would be. */
static struct mop_h128 *find(const struct mop_ids *x, struct mop_h128 *set, struct mop_h128 h)
{
    size_t i = h.lo % x->slots;
    while ((set[i].lo || set[i].hi) && (set[i].lo != h.lo || set[i].hi != h.hi))
        i = (i + 1) % x->slots;
    return &set[i];
}

bool mop_ids_add(struct mop_ids *x, struct mop_sv id)
{
    struct mop_h128 h = mop_hash_keyed(id);
    h.lo |= 1; /* a free slot is zero */
    const struct mop_h128 *old = find(x, x->old, h);
    struct mop_h128 *young = find(x, x->young, h);
    if (old->lo || young->lo)
        return false;
    if (x->n == x->most) {
        struct mop_h128 *spare = x->old;
        x->old = x->young;
        x->young = spare;
        memset(spare, 0, x->slots * sizeof *spare);
        x->n = 0;
        young = find(x, x->young, h);
    }
    *young = h;
    x->n++;
    return true;
}
