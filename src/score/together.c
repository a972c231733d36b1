/* SPDX-License-Identifier: MIT */
#include "score/together.h"
#include "score/stakes.h"
#include <stdlib.h>

static bool comes_first(const uint64_t *a, const uint64_t *b, size_t words)
{
    for (size_t w = 0; w < words; w++)
        if (a[w] != b[w]) { /* the lowest rule in which they differ */
            uint64_t lowest = (a[w] ^ b[w]) & (~(a[w] ^ b[w]) + 1);
            return (a[w] & lowest) != 0;
        }
    return false;
}

/* A set on its way to be sorted: qsort passes nothing else along. */
struct entry {
    struct mop_fault_set set;
    size_t words;
};

static int by_records(const void *x, const void *y)
{
    const struct entry *a = x, *b = y;
    if (a->set.records != b->set.records)
        return a->set.records < b->set.records ? 1 : -1;
    return comes_first(a->set.checks, b->set.checks, a->words) ? -1 : 1;
}

struct sets {
    struct mop_map by_checks;
    struct entry *all;
    size_t n, cap;
};

static struct mop_fault_set *set_of(struct sets *s, const struct mop_tally *t, struct mop_arena *a,
                                    const uint64_t *f, size_t size)
{
    struct mop_sv key = {(const char *)f, t->words * sizeof *f};
    const uint64_t *known = mop_map_find(&s->by_checks, key);
    if (known)
        return &s->all[*known].set;
    struct mop_sv own = mop_arena_copy(a, key);
    MOP_GROW(s->all, s->n, s->cap);
    *mop_map_put(&s->by_checks, own, NULL) = s->n;
    s->all[s->n] = (struct entry){
        .set = {.checks = (const uint64_t *)(const void *)own.p, .size = size}, .words = t->words};
    return &s->all[s->n++].set;
}

static void gather(struct sets *s, const struct mop_tally *t, struct mop_arena *a,
                   struct mop_together *out)
{
    uint64_t *f = mop_calloc(t->words + 1, sizeof *f);
    for (size_t i = 0; i < t->nsignatures; i++) {
        const struct mop_signature *g = &t->signatures[i];
        size_t size = g->assessed ? mop_failing_set(t, g, f) : 0;
        if (!size)
            continue;
        struct mop_fault_set *x = set_of(s, t, a, f, size);
        x->records += g->records;
        x->value += t->record->own_weight ? g->weight[0] : 0;
        bool unknown = t->record->own_weight &&
                       (g->classes[0] == MOP_W_INVALID || g->classes[0] == MOP_W_NO_RATE);
        x->unweighed += unknown ? g->records : 0;
        out->unclean += g->records;
        out->alone += size == 1 ? g->records : 0;
    }
    free(f);
}

void mop_together(const struct mop_tally *t, struct mop_arena *a, struct mop_together *out)
{
    struct sets s = {.all = NULL};
    *out = (struct mop_together){.beyond = t->beyond != NULL};
    mop_map_init(&s.by_checks);
    gather(&s, t, a, out);
    if (s.n)
        qsort(s.all, s.n, sizeof *s.all, by_records);
    out->sets = mop_arena_array(a, s.n + 1, sizeof *out->sets);
    for (size_t i = 0; i < s.n; i++)
        out->sets[i] = s.all[i].set;
    out->n = s.n;
    mop_map_release(&s.by_checks);
    free(s.all);
}
