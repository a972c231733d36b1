/* SPDX-License-Identifier: MIT */
#include "lint/regex_ambiguity.h"

/* Circles: strongly connected components (Tarjan). */

struct tarjan {
    struct mop_rx_circles *c;
    const struct mop_rx_nfa *f;
    uint32_t *index, *low, *stack;
    bool *on_stack;
    uint32_t next;
    size_t depth;
};

static void close_component(struct tarjan *t, size_t v)
{
    struct mop_rx_circles *c = t->c;
    bool alone = t->stack[t->depth - 1] == v && !mop_rx_in(mop_rx_follow(t->f, v), v);
    uint32_t id = alone ? 0 : ++c->n, w;
    do {
        w = t->stack[--t->depth];
        t->on_stack[w] = false;
        c->of[w] = id;
        c->rank[w] = c->size[id]++;
    } while (w != v);
}

static void connect(struct tarjan *t, size_t v)
{
    const uint64_t *to = mop_rx_follow(t->f, v);
    t->index[v] = t->low[v] = ++t->next;
    t->stack[t->depth++] = (uint32_t)v;
    t->on_stack[v] = true;
    for (size_t i = mop_rx_next(t->f, to, 0); i < t->f->n; i = mop_rx_next(t->f, to, i + 1)) {
        if (!t->index[i])
            connect(t, i);
        if (t->on_stack[i] && t->low[i] < t->low[v])
            t->low[v] = t->low[i];
    }
    if (t->low[v] == t->index[v])
        close_component(t, v);
}

struct mop_rx_circles mop_rx_circles_find(struct mop_arena *a, const struct mop_rx_nfa *f)
{
    size_t n = f->n + 1;
    struct mop_rx_circles c = {.of = mop_arena_array(a, n, sizeof *c.of),
                               .rank = mop_arena_array(a, n, sizeof *c.rank),
                               .size = mop_arena_array(a, n + 1, sizeof *c.size)};
    struct tarjan t = {.c = &c,
                       .f = f,
                       .index = mop_arena_array(a, n, sizeof *t.index),
                       .low = mop_arena_array(a, n, sizeof *t.low),
                       .stack = mop_arena_array(a, n, sizeof *t.stack),
                       .on_stack = mop_arena_array(a, n, sizeof *t.on_stack)};
    for (size_t i = 0; i < f->n; i++)
        if (!t.index[i])
            connect(&t, i);
    return c;
}
