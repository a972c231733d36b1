/* SPDX-License-Identifier: MIT */
#include "check/judge.h"
#include "rules/args.h"
#include <stdlib.h>

/* Decides the waiting tests, group by group of equal keys. Independent of the order in which
 * records came. */

/* qsort has no context: one index list is sorted at a time, single-threaded, at the end of a run.
 */
struct ranked {
    const struct mop_waiting *w;
    const struct mop_held *h;
    uint32_t waiting, held;
    bool after;           /* once the repairs are made */
    struct mop_h128 hash; /* of the record's bytes, then */
    bool dirty;           /* fails an error rule outside the cross-record ones */
    mop_i128 weight;
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

static int by_group(const void *x, const void *y)
{
    const struct ranked *a = x, *b = y;
    int c = cmp_u64((uintptr_t)a->w->test, (uintptr_t)b->w->test);
    return c ? c : cmp_hash(a->w->key, b->w->key);
}

/* Which record of a duplicate group is kept: first in this order. */
static int by_keep(const void *x, const void *y)
{
    const struct ranked *a = x, *b = y;
    if (a->w->rank != b->w->rank)
        return a->w->rank > b->w->rank ? -1 : 1;
    if (a->dirty != b->dirty)
        return a->dirty - b->dirty;
    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    int c = cmp_hash(a->hash, b->hash);
    if (c)
        return c;
    c = cmp_u64(a->h->source, b->h->source);
    return c ? c : cmp_u64(a->h->record, b->h->record);
}

static int by_what(const void *x, const void *y)
{
    const struct ranked *a = x, *b = y;
    int c = cmp_hash(a->w->what, b->w->what);
    return c ? c : by_keep(x, y);
}

static void decide(struct mop_judge *j, const struct ranked *r, bool failed, uint32_t rival)
{
    struct mop_waiting *w = &j->cross.waiting[r->waiting];
    if (r->after) {
        w->failed_after = failed;
        return;
    }
    w->failed = failed;
    w->rival = rival;
}

static void resolve_unique(struct mop_judge *j, struct ranked *g, size_t n)
{
    if (n < 2)
        return;
    qsort(g, n, sizeof *g, by_keep);
    for (size_t i = 1; i < n; i++)
        decide(j, &g[i], true, g[0].held);
}

static size_t run_length(const struct ranked *g, size_t from, size_t n)
{
    size_t i = from;
    while (i < n && cmp_hash(g[i].w->what, g[from].w->what) == 0)
        i++;
    return i - from;
}

/* The value with most records stands; of equally many the smaller in bytes. */
static void resolve_determines(struct mop_judge *j, struct ranked *g, size_t n)
{
    size_t best = 0, best_n = 0, last = g[0].w->test->nfields - 1;
    qsort(g, n, sizeof *g, by_what);
    for (size_t i = 0, len; i < n; i += len) {
        len = run_length(g, i, n);
        bool smaller = mop_sv_cmp(g[i].w->values[last].meant, g[best].w->values[last].meant) < 0;
        if (len > best_n || (len == best_n && smaller)) {
            best = i;
            best_n = len;
        }
    }
    for (size_t i = 0; i < n; i++)
        decide(j, &g[i], cmp_hash(g[i].w->what, g[best].w->what) != 0, g[best].waiting);
}

static bool leads_somewhere(const struct mop_judge *j, const struct mop_waiting *w,
                            struct mop_sv meant)
{
    const struct mop_references_arg *arg = w->test->arg;
    const struct mop_target *t = mop_references_target(j->references, arg->target);
    return t && mop_target_has(t, meant);
}

/* Of one group all refer to the same, unless a repair makes them refer to another. */
static void resolve_references(struct mop_judge *j, struct ranked *g, size_t n)
{
    bool there = leads_somewhere(j, g[0].w, g[0].w->values[0].meant);
    for (size_t i = 0; i < n; i++) {
        const struct mop_waiting *w = g[i].w;
        bool elsewhere = g[i].after && w->after.p;
        decide(j, &g[i], elsewhere ? !leads_somewhere(j, w, w->after) : !there, 0);
    }
}

static const struct {
    const struct mop_kind *kind;
    void (*resolve)(struct mop_judge *j, struct ranked *group, size_t n);
} resolvers[] = {
    {&mop_kind_unique, resolve_unique},
    {&mop_kind_determines, resolve_determines},
    {&mop_kind_references, resolve_references},
};

static void resolve_group(struct mop_judge *j, struct ranked *g, size_t n)
{
    for (size_t i = 0; i < sizeof resolvers / sizeof *resolvers; i++)
        if (resolvers[i].kind == g[0].w->test->kind)
            resolvers[i].resolve(j, g, n);
}

/* Bits of cross-record checks: they do not make a record dirty, whichever of them is known already.
 */
static uint64_t *outside_mask(struct mop_judge *j)
{
    uint64_t *mask = mop_arena_array(&j->arena, j->tally.words + 1, sizeof *mask);
    for (size_t i = 0; i < j->record->nchecks; i++)
        if (j->record->checks[i]->severity == MOP_SEV_ERROR && !j->record->checks[i]->cross)
            mop_bit_set(mask, i);
    return mask;
}

static struct ranked rank(const struct mop_judge *j, size_t i, const uint64_t *outside, bool after)
{
    const struct mop_crossrecord *c = &j->cross;
    const struct mop_held *h = &c->held[c->holder[i]];
    struct ranked r = {
        .w = &c->waiting[i], .h = h, .waiting = (uint32_t)i, .held = c->holder[i], .after = after};
    r.hash = after ? h->hash_after : h->hash;
    r.dirty =
        mop_bits_meet(c->bases[after ? h->base_after : h->base].bits, outside, j->tally.words);
    r.weight = j->record->own_weight ? h->weight[0] : 0;
    return r;
}

void mop_crossrecord_resolve(struct mop_judge *j, bool after)
{
    struct mop_crossrecord *c = &j->cross;
    const uint64_t *outside = outside_mask(j);
    struct ranked *r = mop_calloc(c->nwaiting + 1, sizeof *r);
    for (size_t i = 0; i < c->nwaiting; i++)
        r[i] = rank(j, i, outside, after);
    if (c->nwaiting)
        qsort(r, c->nwaiting, sizeof *r, by_group);
    for (size_t i = 0, n; i < c->nwaiting; i += n) {
        for (n = 1; i + n < c->nwaiting && by_group(&r[i], &r[i + n]) == 0; n++)
            ;
        resolve_group(j, r + i, n);
    }
    free(r);
}

/* ---- repairs that only the end of the run can tell about ---- */

static bool loses_reference(const struct mop_judge *j, const struct mop_held *h)
{
    for (size_t i = h->first; i < h->first + h->n; i++) {
        const struct mop_waiting *w = &j->cross.waiting[i];
        if (!w->failed && w->after.p && !leads_somewhere(j, w, w->after))
            return true;
    }
    return false;
}

static void take_back(struct mop_judge *j, struct mop_held *h)
{
    j->repairs->list[h->repaired].dropped = true;
    h->base_after = h->base;
    h->hash_after = h->hash;
    for (size_t i = h->first; i < h->first + h->n; i++)
        j->cross.waiting[i].after = MOP_SV_NONE;
}

void mop_crossrecord_take_back(struct mop_judge *j)
{
    for (size_t i = 0; i < j->cross.nheld; i++) {
        struct mop_held *h = &j->cross.held[i];
        if (h->repaired == MOP_NOT_REPAIRED)
            continue;
        struct mop_repair_source *s = &j->repairs->sources[h->source];
        bool alone = mop_repaired_alone(j->repairs, &j->repairs->list[h->repaired]);
        bool loses = alone && loses_reference(j, h);
        s->shared_key += !alone;
        s->risky += loses;
        if (!alone || loses)
            take_back(j, h);
        else
            mop_repaired_count(j->repairs, &j->repairs->list[h->repaired]);
    }
}
