/* SPDX-License-Identifier: MIT */
#include "lint/regex_ambiguity.h"
#include <string.h>

enum {
    PRODUCT = 1 << 18, /* states of a product; larger ones are left out */
    ROOM_PER_STEP = 8, /* states of a product that are cleared in the time of a step */
    PER_CIRCLE = 3,    /* states of a circle from which it is gone round: other pumps each */
    NONE = UINT32_MAX
};

struct search {
    struct mop_arena *a, products; /* of one product after the other */
    const struct mop_rx_symbols *s;
    const struct mop_rx_nfa *f;
    struct mop_rx_ways ways;
    uint32_t *component; /* of each state; 0: on no circle */
    uint32_t ncomponents;
    uint32_t *rank; /* within its component */
    uint32_t *size; /* of a component */
    uint64_t *steps;
    struct mop_rx_candidate *out;
    size_t n;
};

/* ---- circles: strongly connected components (Tarjan) ---- */

struct tarjan {
    struct search *s;
    uint32_t *index, *low, *stack;
    bool *on_stack;
    uint32_t next;
    size_t depth;
};

static void close_component(struct tarjan *t, size_t v)
{
    struct search *s = t->s;
    bool alone = t->stack[t->depth - 1] == v && !mop_rx_in(mop_rx_follow(s->f, v), v);
    uint32_t id = alone ? 0 : ++s->ncomponents, w;
    do {
        w = t->stack[--t->depth];
        t->on_stack[w] = false;
        s->component[w] = id;
        s->rank[w] = s->size[id]++;
    } while (w != v);
}

static void connect(struct tarjan *t, size_t v)
{
    const struct mop_rx_nfa *f = t->s->f;
    const uint64_t *to = mop_rx_follow(f, v);
    t->index[v] = t->low[v] = ++t->next;
    t->stack[t->depth++] = (uint32_t)v;
    t->on_stack[v] = true;
    for (size_t i = mop_rx_next(f, to, 0); i < f->n; i = mop_rx_next(f, to, i + 1)) {
        if (!t->index[i])
            connect(t, i);
        if (t->on_stack[i] && t->low[i] < t->low[v])
            t->low[v] = t->low[i];
    }
    if (t->low[v] == t->index[v])
        close_component(t, v);
}

static void find_components(struct search *s)
{
    size_t n = s->f->n + 1;
    struct tarjan t = {.s = s,
                       .index = mop_arena_array(s->a, n, sizeof *t.index),
                       .low = mop_arena_array(s->a, n, sizeof *t.low),
                       .stack = mop_arena_array(s->a, n, sizeof *t.stack),
                       .on_stack = mop_arena_array(s->a, n, sizeof *t.on_stack)};
    s->component = mop_arena_array(s->a, n, sizeof *s->component);
    s->rank = mop_arena_array(s->a, n, sizeof *s->rank);
    s->size = mop_arena_array(s->a, n + 1, sizeof *s->size);
    for (size_t i = 0; i < s->f->n; i++)
        if (!t.index[i])
            connect(&t, i);
}

/* ---- products ---- */

/* Three states that read the same text; the first two for one circle alone. */
struct triple {
    uint32_t a, b, c;
    bool parted; /* of two ways round a circle: they were not the same all along */
};
struct product {
    struct search *s;
    struct triple *seen; /* the queue, all of it kept */
    uint32_t *from;      /* index in seen of the one before */
    struct mop_rx_set *read;
    bool *known;
    size_t n, head, room;
};

static void spend(struct search *s, uint64_t n)
{
    *s->steps -= n < *s->steps ? n : *s->steps;
}

static bool open_product(struct product *p, struct search *s, size_t room)
{
    *p = (struct product){.s = s, .room = room};
    if (room > PRODUCT || room > *s->steps) {
        *s->steps = 0;
        return false;
    }
    spend(s, room / ROOM_PER_STEP);
    mop_arena_reset(&s->products);
    p->seen = mop_arena_array(&s->products, room + 1, sizeof *p->seen);
    p->from = mop_arena_array(&s->products, room + 1, sizeof *p->from);
    p->read = mop_arena_array(&s->products, room + 1, sizeof *p->read);
    p->known = mop_arena_array(&s->products, room + 1, sizeof *p->known);
    return true;
}

static void reach(struct product *p, struct triple t, size_t slot, uint32_t from,
                  struct mop_rx_set read)
{
    if (p->known[slot] || !*p->s->steps)
        return;
    p->known[slot] = true;
    p->seen[p->n] = t;
    p->from[p->n] = from;
    p->read[p->n] = read;
    p->n++;
}

/* The text that was read up to entry i. */
static struct mop_sv text_of(const struct product *p, size_t i)
{
    struct mop_buf b;
    size_t length = 0;
    for (size_t k = i; p->from[k] != NONE; k = p->from[k])
        length++;
    uint32_t *path = mop_arena_array(&p->s->products, length + 1, sizeof *path);
    for (size_t k = i, at = length; p->from[k] != NONE; k = p->from[k])
        path[--at] = (uint32_t)k;
    mop_buf_init(&b, 4096);
    for (size_t k = 0; k < length; k++)
        mop_rx_symbol_put(p->s->s, mop_rx_set_pick(p->read[path[k]]), &b);
    struct mop_sv text = mop_arena_copy(p->s->a, mop_buf_view(&b));
    mop_buf_release(&b);
    return text;
}

static void found(struct search *s, struct mop_sv pump, size_t state, size_t last)
{
    const struct mop_rx_state *at = &s->f->state[last];
    if (s->n == MOP_RX_CANDIDATES || !pump.n)
        return;
    for (size_t i = 0; i < s->n; i++)
        if (mop_sv_eq(s->out[i].pump, pump) && s->out[i].node == (at->loop ? at->loop : at->atom))
            return;
    s->out[s->n++] =
        (struct mop_rx_candidate){mop_rx_way_in(s->a, s->s, &s->ways, state), pump,
                                  mop_rx_way_out(s->a, s->s, &s->ways, last),
                                  at->loop ? at->loop : at->atom, s->f->search && state == 0};
}

/* ---- two ways round one circle ---- */

static void step_pair(struct product *p, size_t from)
{
    const struct search *s = p->s;
    const struct mop_rx_nfa *f = s->f;
    struct triple t = p->seen[from];
    uint32_t id = s->component[t.a], size = s->size[id];
    const uint64_t *fa = mop_rx_follow(f, t.a), *fb = mop_rx_follow(f, t.b);
    for (size_t i = mop_rx_next(f, fa, 0); i < f->n; i = mop_rx_next(f, fa, i + 1))
        for (size_t k = mop_rx_next(f, fb, 0); s->component[i] == id && k < f->n;
             k = mop_rx_next(f, fb, k + 1)) {
            struct mop_rx_set both = mop_rx_set_and(f->state[i].set, f->state[k].set);
            spend(p->s, 1);
            if (s->component[k] != id || mop_rx_set_empty(both))
                continue;
            bool twice = t.a == t.b && i == k && mop_rx_in(f->twice + t.a * f->words, i);
            struct triple u = {(uint32_t)i, (uint32_t)k, 0, t.parted || twice || i != k};
            reach(p, u, ((size_t)s->rank[i] * size + s->rank[k]) * 2 + u.parted, (uint32_t)from,
                  both);
        }
}

static void go_round(struct search *s, size_t state)
{
    struct product p;
    size_t size = s->size[s->component[state]];
    if (!open_product(&p, s, size * size * 2))
        return;
    struct mop_rx_set none = {{0}};
    struct triple start = {(uint32_t)state, (uint32_t)state, 0, false};
    reach(&p, start, ((size_t)s->rank[state] * size + s->rank[state]) * 2, NONE, none);
    for (; p.head<p.n && * s->steps> 0; p.head++) {
        struct triple t = p.seen[p.head];
        if (t.a == state && t.b == state && t.parted) {
            found(s, text_of(&p, p.head), state, state);
            return;
        }
        step_pair(&p, p.head);
    }
}

/* ---- from one circle to another ---- */

static size_t slot_of(const struct search *s, struct triple t)
{
    size_t inner = (size_t)t.b * s->size[s->component[t.c]] + s->rank[t.c];
    return (size_t)s->rank[t.a] * s->f->n * s->size[s->component[t.c]] + inner;
}

static void step_third(struct product *p, size_t from, uint32_t i, uint32_t k,
                       struct mop_rx_set both)
{
    const struct search *s = p->s;
    const struct mop_rx_nfa *f = s->f;
    uint32_t c = p->seen[from].c;
    const uint64_t *fc = mop_rx_follow(f, c);
    for (size_t m = mop_rx_next(f, fc, 0); m < f->n; m = mop_rx_next(f, fc, m + 1)) {
        struct mop_rx_set all = mop_rx_set_and(both, f->state[m].set);
        struct triple u = {i, k, (uint32_t)m, false};
        spend(p->s, 1);
        if (s->component[m] == s->component[c] && !mop_rx_set_empty(all))
            reach(p, u, slot_of(s, u), (uint32_t)from, all);
    }
}

static void step_triple(struct product *p, size_t from, const bool *useful)
{
    const struct search *s = p->s;
    const struct mop_rx_nfa *f = s->f;
    struct triple t = p->seen[from];
    const uint64_t *fa = mop_rx_follow(f, t.a), *fb = mop_rx_follow(f, t.b);
    for (size_t i = mop_rx_next(f, fa, 0); i < f->n; i = mop_rx_next(f, fa, i + 1))
        for (size_t k = mop_rx_next(f, fb, 0); s->component[i] == s->component[t.a] && k < f->n;
             k = mop_rx_next(f, fb, k + 1)) {
            struct mop_rx_set both = mop_rx_set_and(f->state[i].set, f->state[k].set);
            spend(p->s, 1);
            if (useful[k] && !mop_rx_set_empty(both))
                step_third(p, from, (uint32_t)i, (uint32_t)k, both);
        }
}

static void go_across(struct search *s, size_t p_, size_t q, const bool *useful)
{
    struct product p;
    size_t room = (size_t)s->size[s->component[p_]] * s->f->n * s->size[s->component[q]];
    if (!open_product(&p, s, room))
        return;
    struct mop_rx_set none = {{0}};
    struct triple start = {(uint32_t)p_, (uint32_t)p_, (uint32_t)q, false};
    reach(&p, start, slot_of(s, start), NONE, none);
    for (; p.head<p.n && * s->steps> 0; p.head++) {
        struct triple t = p.seen[p.head];
        if (t.a == p_ && t.b == q && t.c == q) {
            found(s, text_of(&p, p.head), p_, q);
            return;
        }
        step_triple(&p, p.head, useful);
    }
}

static bool leads_into(const struct mop_rx_nfa *f, size_t i, const bool *useful)
{
    const uint64_t *to = mop_rx_follow(f, i);
    for (size_t k = mop_rx_next(f, to, 0); k < f->n; k = mop_rx_next(f, to, k + 1))
        if (useful[k])
            return true;
    return false;
}

/* Which states lead to q. */
static bool *leading_to(struct search *s, size_t q)
{
    const struct mop_rx_nfa *f = s->f;
    bool *useful = mop_arena_array(s->a, f->n + 1, sizeof *useful);
    useful[q] = true;
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < f->n; i++)
            if (!useful[i] && leads_into(f, i, useful))
                more = useful[i] = true;
        spend(s, f->n);
    }
    return useful;
}

size_t mop_rx_candidates(struct mop_arena *a, const struct mop_rx_symbols *symbols,
                         const struct mop_rx_nfa *f, uint64_t *steps,
                         struct mop_rx_candidate out[MOP_RX_CANDIDATES])
{
    struct search s = {.a = a, .s = symbols, .f = f, .steps = steps, .out = out};
    s.ways = mop_rx_ways_find(a, f);
    find_components(&s);
    mop_arena_init(&s.products);
    for (size_t i = 0; i < f->n; i++)
        if (s.component[i] && s.ways.reached[i] && s.rank[i] < PER_CIRCLE)
            go_round(&s, i);
    for (size_t q = 0; q < f->n && s.n < MOP_RX_CANDIDATES; q++) {
        const bool *useful = s.component[q] && s.ways.reached[q] ? leading_to(&s, q) : NULL;
        for (size_t p = 0; useful && p < f->n; p++)
            if (s.component[p] && s.component[p] != s.component[q] && useful[p] &&
                s.ways.reached[p])
                go_across(&s, p, q, useful);
    }
    mop_arena_release(&s.products);
    return s.n;
}
