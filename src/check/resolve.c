/* SPDX-License-Identifier: MIT */
#include "check/judge.h"
#include "rules/args.h"
#include <stdlib.h>

/* Decides the waiting tests, group by group of equal keys. Independent of the order in which
 * records came. */

/* One of a group, with what decides which of it is kept. */
struct mop_ranked {
    const struct mop_kept *w;
    const struct mop_held *h;
    uint32_t waiting, held;
    bool after;               /* once the repairs are made */
    struct mop_h128 key_hash; /* no repair changes a key, and so none breaks a tie another way */
    bool dirty;               /* fails an error rule outside the cross-record ones */
    mop_i128 weight, rank;
};

static int cmp_u64(uint64_t a, uint64_t b)
{
    return a < b ? -1 : a > b;
}

static int cmp_hash(struct mop_h128 a, struct mop_h128 b)
{
    int c = cmp_u64(a.hi, b.hi);
    return c ? c : cmp_u64(a.lo, b.lo);
}

/* Which record of a duplicate group is kept: first in this order. */
static int by_keep(const void *x, const void *y)
{
    const struct mop_ranked *a = x, *b = y;
    if (a->rank != b->rank)
        return a->rank > b->rank ? -1 : 1;
    if (a->dirty != b->dirty)
        return a->dirty - b->dirty;
    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    int c = cmp_hash(a->key_hash, b->key_hash);
    c = c ? c : cmp_hash(a->h->hash, b->h->hash);
    c = c ? c : cmp_u64(a->h->source, b->h->source);
    return c ? c : cmp_u64(a->h->record, b->h->record);
}

static int by_what(const void *x, const void *y)
{
    const struct mop_ranked *a = x, *b = y;
    int c = cmp_hash(a->w->more->what, b->w->more->what);
    return c ? c : by_keep(x, y);
}

static void decide(struct mop_judge *j, const struct mop_ranked *r, bool failed, uint32_t rival)
{
    struct mop_kept *w = &j->cross.waiting[r->waiting];
    if (r->after) {
        w->failed_after = failed;
        return;
    }
    w->failed = failed;
    w->rival = rival;
}

static void resolve_unique(struct mop_judge *j, struct mop_ranked *g, size_t n)
{
    if (n < 2)
        return;
    qsort(g, n, sizeof *g, by_keep);
    for (size_t i = 1; i < n; i++)
        decide(j, &g[i], true, g[0].held);
}

static size_t run_length(const struct mop_ranked *g, size_t from, size_t n)
{
    size_t i = from;
    while (i < n && cmp_hash(g[i].w->more->what, g[from].w->more->what) == 0)
        i++;
    return i - from;
}

/* The value with most records stands; of equally many the smaller in bytes. */
static void resolve_determines(struct mop_judge *j, struct mop_ranked *g, size_t n)
{
    size_t best = 0, best_n = 0, last = g[0].w->test->nfields - 1;
    qsort(g, n, sizeof *g, by_what);
    for (size_t i = 0, len; i < n; i += len) {
        len = run_length(g, i, n);
        bool smaller = mop_sv_cmp(mop_kept_value(g[i].w, last).meant,
                                  mop_kept_value(g[best].w, last).meant) < 0;
        if (len > best_n || (len == best_n && smaller)) {
            best = i;
            best_n = len;
        }
    }
    for (size_t i = 0; i < n; i++)
        decide(j, &g[i], cmp_hash(g[i].w->more->what, g[best].w->more->what) != 0, g[best].waiting);
}

/* Of one group all refer to the same. */
static void resolve_references(struct mop_judge *j, struct mop_ranked *g, size_t n)
{
    const struct mop_references_arg *arg = g[0].w->test->arg;
    const struct mop_target *t = mop_references_target(j->references, arg->target);
    struct mop_sv meant = mop_kept_value(g[0].w, 0).meant;
    bool there = t && (g[0].after ? mop_target_has_after(t, meant) : mop_target_has(t, meant));
    for (size_t i = 0; i < n; i++)
        decide(j, &g[i], !there, 0);
}

static const struct {
    const struct mop_kind *kind;
    void (*resolve)(struct mop_judge *j, struct mop_ranked *group, size_t n);
} resolvers[] = {
    {&mop_kind_unique, resolve_unique},
    {&mop_kind_determines, resolve_determines},
    {&mop_kind_references, resolve_references},
};

static void resolve_group(struct mop_judge *j, struct mop_ranked *g, size_t n)
{
    for (size_t i = 0; n && i < sizeof resolvers / sizeof *resolvers; i++)
        if (resolvers[i].kind == g[0].w->test->kind)
            resolvers[i].resolve(j, g, n);
}

/* Bits of cross-record checks: they do not make a record dirty, whichever of them is known already.
 */
static const uint64_t *outside_mask(struct mop_judge *j)
{
    uint64_t *mask = mop_arena_array(&j->arena, j->tally.words + 1, sizeof *mask);
    for (size_t i = 0; i < j->record->nchecks; i++)
        if (j->record->checks[i]->severity == MOP_SEV_ERROR && !j->record->checks[i]->cross)
            mop_bit_set(mask, i);
    return mask;
}

static struct mop_ranked rank(const struct mop_judge *j, size_t i, const uint64_t *outside,
                              bool after)
{
    const struct mop_crossrecord *c = &j->cross;
    const struct mop_kept *w = &c->waiting[i];
    const struct mop_held *h = &c->held[w->holder];
    const struct mop_held_more *m = h->more;
    struct mop_ranked r = {
        .w = w, .h = h, .waiting = (uint32_t)i, .held = w->holder, .after = after};
    if (h->key.n && w->test->kind != &mop_kind_references) /* nothing is chosen among those */
        r.key_hash = mop_hash_stable(h->key);
    r.dirty =
        mop_bits_meet(c->bases[after && m ? m->after.base : h->base].bits, outside, j->tally.words);
    r.weight = m && j->record->own_weight ? m->weight[0] : 0;
    r.rank = w->more ? w->more->rank : 0;
    return r;
}

/* ---- groups ---- */

static bool same_group(const struct mop_kept *a, const struct mop_kept *b)
{
    return a->test == b->test && a->key.lo == b->key.lo && a->key.hi == b->key.hi;
}

static void add_to_group(struct mop_groups *g, const struct mop_kept *waiting, size_t i)
{
    const struct mop_kept *w = &waiting[i];
    size_t mask = g->nslots - 1, slot = (size_t)(w->key.lo ^ (uintptr_t)w->test) & mask;
    while (g->last[slot] && !same_group(&waiting[g->last[slot] - 1], w))
        slot = (slot + 1) & mask;
    g->next[i] = g->last[slot];
    g->last[slot] = (uint32_t)i + 1;
}

void mop_groups_find(struct mop_groups *g, struct mop_judge *j)
{
    const struct mop_crossrecord *c = &j->cross;
    *g = (struct mop_groups){.nslots = 16, .outside = outside_mask(j)};
    while (g->nslots < c->nwaiting + c->nwaiting / 2)
        g->nslots *= 2;
    g->last = mop_calloc(g->nslots, sizeof *g->last);
    g->next = mop_calloc(c->nwaiting + 1, sizeof *g->next);
    for (size_t i = 0; i < c->nwaiting; i++)
        add_to_group(g, c->waiting, i);
}

void mop_groups_release(struct mop_groups *g)
{
    free(g->last);
    free(g->next);
    free(g->members);
}

static bool stands(const struct mop_kept *w, bool after)
{
    return w->side == MOP_SIDE_BOTH || w->side == (after ? MOP_SIDE_AFTER : MOP_SIDE_BEFORE);
}

void mop_groups_resolve(struct mop_groups *g, struct mop_judge *j, size_t slot, bool after)
{
    g->n = 0;
    for (uint32_t i = g->last[slot]; i; i = g->next[i - 1]) {
        if (!stands(&j->cross.waiting[i - 1], after))
            continue;
        MOP_GROW(g->members, g->n, g->cap);
        g->members[g->n++] = rank(j, i - 1, g->outside, after);
    }
    resolve_group(j, g->members, g->n);
}

static bool resolved_alone(const struct mop_groups *g, const struct mop_kept *waiting,
                           uint32_t last)
{
    return waiting[last - 1].test->kind == &mop_kind_unique && !g->next[last - 1];
}

void mop_groups_resolve_all(struct mop_groups *g, struct mop_judge *j, bool after)
{
    for (size_t i = 0; i < g->nslots; i++)
        if (g->last[i] && !resolved_alone(g, j->cross.waiting, g->last[i]))
            mop_groups_resolve(g, j, i, after);
}
