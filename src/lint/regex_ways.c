/* SPDX-License-Identifier: MIT */
#include "lint/regex_ambiguity.h"

/* Shortest ways into and out of each state, breadth first. */

struct queue {
    uint32_t *item;
    size_t head, tail;
};

static void visit(struct queue *q, bool *seen, uint32_t *via, size_t state, uint32_t from)
{
    if (seen[state])
        return;
    seen[state] = true;
    via[state] = from;
    q->item[q->tail++] = (uint32_t)state;
}

static bool passable(const struct mop_rx_nfa *f, size_t i)
{
    return !mop_rx_set_empty(f->state[i].set);
}

static void go_in(const struct mop_rx_ways *w, struct queue q)
{
    const struct mop_rx_nfa *f = w->f;
    for (size_t i = mop_rx_next(f, f->first, 0); i < f->n; i = mop_rx_next(f, f->first, i + 1))
        if (passable(f, i))
            visit(&q, w->reached, w->before, i, UINT32_MAX);
    while (q.head < q.tail) {
        uint32_t at = q.item[q.head++];
        const uint64_t *to = mop_rx_follow(f, at);
        for (size_t i = mop_rx_next(f, to, 0); i < f->n; i = mop_rx_next(f, to, i + 1))
            if (passable(f, i))
                visit(&q, w->reached, w->before, i, at);
    }
}

static void go_out(const struct mop_rx_ways *w, struct queue q)
{
    const struct mop_rx_nfa *f = w->f;
    for (size_t i = mop_rx_next(f, f->last, 0); i < f->n; i = mop_rx_next(f, f->last, i + 1))
        visit(&q, w->ends, w->after, i, UINT32_MAX);
    while (q.head < q.tail) {
        uint32_t at = q.item[q.head++];
        for (size_t i = 0; passable(f, at) && i < f->n; i++)
            if (mop_rx_in(mop_rx_follow(f, i), at))
                visit(&q, w->ends, w->after, i, at);
    }
}

struct mop_rx_ways mop_rx_ways_find(struct mop_arena *a, const struct mop_rx_nfa *f)
{
    struct mop_rx_ways w = {.f = f};
    struct queue q = {mop_arena_array(a, f->n + 1, sizeof *q.item), 0, 0};
    w.before = mop_arena_array(a, f->n + 1, sizeof *w.before);
    w.after = mop_arena_array(a, f->n + 1, sizeof *w.after);
    w.reached = mop_arena_array(a, f->n + 1, sizeof *w.reached);
    w.ends = mop_arena_array(a, f->n + 1, sizeof *w.ends);
    go_in(&w, q);
    go_out(&w, q);
    return w;
}

static void put(const struct mop_rx_symbols *s, const struct mop_rx_ways *w, size_t state,
                struct mop_buf *b)
{
    mop_rx_symbol_put(s, mop_rx_set_pick(w->f->state[state].set), b);
}

static void put_in(const struct mop_rx_symbols *s, const struct mop_rx_ways *w, size_t state,
                   struct mop_buf *b)
{
    uint32_t path[MOP_RX_STATES];
    size_t n = 0;
    for (uint32_t i = (uint32_t)state; i != UINT32_MAX; i = w->before[i])
        path[n++] = i;
    while (n)
        put(s, w, path[--n], b);
}

static struct mop_sv kept(struct mop_arena *a, struct mop_buf *b)
{
    struct mop_sv text = mop_arena_copy(a, mop_buf_view(b));
    mop_buf_release(b);
    return text;
}

/* Into what stands before a match nothing leads: it is there. */
struct mop_sv mop_rx_way_in(struct mop_arena *a, const struct mop_rx_symbols *s,
                            const struct mop_rx_ways *w, size_t state)
{
    struct mop_buf b;
    if ((w->f->search && state == 0) || !w->reached[state])
        return MOP_SV("");
    mop_buf_init(&b, 4 * MOP_RX_STATES);
    put_in(s, w, state, &b);
    return kept(a, &b);
}

struct mop_sv mop_rx_way_out(struct mop_arena *a, const struct mop_rx_symbols *s,
                             const struct mop_rx_ways *w, size_t state)
{
    struct mop_buf b;
    if (!w->ends[state])
        return MOP_SV("");
    mop_buf_init(&b, 4 * MOP_RX_STATES);
    for (uint32_t i = w->after[state]; i != UINT32_MAX; i = w->after[i])
        put(s, w, i, &b);
    return kept(a, &b);
}
