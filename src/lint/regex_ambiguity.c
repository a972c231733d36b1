/* SPDX-License-Identifier: MIT */
#include "lint/regex_ambiguity.h"
#include <stdlib.h>
#include <string.h>

enum {
    PRODUCT = 1 << 18,  /* states of a product; larger ones are left out */
    ROOM_PER_STEP = 64, /* states of a product that are cleared in the time of a step */
    PER_CIRCLE = 3,     /* states of a circle from which it is gone round: other pumps each */
    PER_PAIR = 3,       /* texts that lead from one circle to another */
    NONE = UINT32_MAX
};

/* Three states that read the same text; the first two for one circle alone. */
struct triple {
    uint32_t a, b, c;
    bool parted; /* of two ways round a circle: they were not the same all along */
};
struct entry {
    struct triple at;
    uint32_t from; /* the entry before; NONE: the first one */
    struct mop_rx_set read;
};

struct search {
    struct mop_arena *a;
    const struct mop_rx_symbols *s;
    const struct mop_rx_nfa *f;
    struct mop_rx_ways ways;
    struct mop_rx_circles circles;
    bool **leading; /* of each circle: which states lead to it; NULL: not worked out yet */
    uint64_t *steps;
    bool too_large;     /* a product was, and left out */
    struct entry *seen; /* of one product after the other */
    size_t room_seen;
    bool *known;
    size_t room_known;
    struct mop_rx_candidate *out;
    size_t n;
};

/* ---- products ---- */

struct product {
    struct search *s;
    size_t n, head; /* of the queue, s->seen, all of which is kept */
};

static void spend(struct search *s, uint64_t n)
{
    *s->steps -= n < *s->steps ? n : *s->steps;
}

static bool open_product(struct product *p, struct search *s, size_t room)
{
    *p = (struct product){.s = s};
    s->too_large = s->too_large || room > PRODUCT;
    if (room <= PRODUCT)
        spend(s, 1 + room / ROOM_PER_STEP);
    if (room > PRODUCT || !*s->steps)
        return false;
    if (!s->known || room > s->room_known)
        s->known = mop_realloc(s->known, s->room_known = room + 1, sizeof *s->known);
    memset(s->known, 0, room * sizeof *s->known);
    return true;
}

static void reach(struct product *p, struct triple t, size_t slot, uint32_t from,
                  struct mop_rx_set read)
{
    struct search *s = p->s;
    if (s->known[slot] || !*s->steps)
        return;
    s->known[slot] = true;
    MOP_GROW(s->seen, p->n, s->room_seen);
    s->seen[p->n++] = (struct entry){t, from, read};
}

/* The text that was read up to entry i. */
static struct mop_sv text_of(const struct search *s, size_t i)
{
    struct mop_buf b;
    size_t length = 0;
    for (size_t k = i; s->seen[k].from != NONE; k = s->seen[k].from)
        length++;
    uint32_t *path = mop_arena_array(s->a, length + 1, sizeof *path);
    for (size_t k = i, at = length; s->seen[k].from != NONE; k = s->seen[k].from)
        path[--at] = (uint32_t)k;
    mop_buf_init(&b, 4096);
    for (size_t k = 0; k < length; k++)
        mop_rx_symbol_put(s->s, mop_rx_set_pick(s->seen[path[k]].read), &b);
    struct mop_sv text = mop_arena_copy(s->a, mop_buf_view(&b));
    mop_buf_release(&b);
    return text;
}

static bool found(struct search *s, struct mop_sv pump, size_t state, size_t last)
{
    const struct mop_rx_state *at = &s->f->state[last];
    if (s->n == MOP_RX_CANDIDATES || !pump.n)
        return false;
    for (size_t i = 0; i < s->n; i++)
        if (mop_sv_eq(s->out[i].pump, pump) && s->out[i].node == (at->loop ? at->loop : at->atom))
            return false;
    s->out[s->n++] = (struct mop_rx_candidate){mop_rx_way_in(s->a, s->s, &s->ways, state),
                                               pump,
                                               mop_rx_way_out(s->a, s->s, &s->ways, last),
                                               at->loop ? at->loop : at->atom,
                                               s->f->search && state == 0,
                                               0};
    return true;
}

/* ---- two ways round one circle ---- */

static void step_pair(struct product *p, size_t from)
{
    const struct search *s = p->s;
    const struct mop_rx_nfa *f = s->f;
    struct triple t = s->seen[from].at;
    uint32_t id = s->circles.of[t.a], size = s->circles.size[id];
    const uint64_t *fa = mop_rx_follow(f, t.a), *fb = mop_rx_follow(f, t.b);
    for (size_t i = mop_rx_next(f, fa, 0); i < f->n; i = mop_rx_next(f, fa, i + 1))
        for (size_t k = mop_rx_next(f, fb, 0); s->circles.of[i] == id && k < f->n;
             k = mop_rx_next(f, fb, k + 1)) {
            struct mop_rx_set both = mop_rx_set_and(f->state[i].set, f->state[k].set);
            spend(p->s, 1);
            if (s->circles.of[k] != id || mop_rx_set_empty(both))
                continue;
            bool twice = t.a == t.b && i == k && mop_rx_in(f->twice + t.a * f->words, i);
            struct triple u = {(uint32_t)i, (uint32_t)k, 0, t.parted || twice || i != k};
            reach(p, u, ((size_t)s->circles.rank[i] * size + s->circles.rank[k]) * 2 + u.parted,
                  (uint32_t)from, both);
        }
}

static bool go_round(struct search *s, size_t state)
{
    struct product p;
    size_t size = s->circles.size[s->circles.of[state]];
    if (!open_product(&p, s, size * size * 2))
        return false;
    struct mop_rx_set none = {{0}};
    struct triple start = {(uint32_t)state, (uint32_t)state, 0, false};
    reach(&p, start, ((size_t)s->circles.rank[state] * size + s->circles.rank[state]) * 2, NONE,
          none);
    for (; p.head<p.n && * s->steps> 0; p.head++) {
        struct triple t = s->seen[p.head].at;
        if (t.a == state && t.b == state && t.parted)
            return found(s, text_of(s, p.head), state, state);
        step_pair(&p, p.head);
    }
    return false;
}

/* ---- from one circle to another ---- */

static size_t slot_of(const struct search *s, struct triple t)
{
    size_t inner = (size_t)t.b * s->circles.size[s->circles.of[t.c]] + s->circles.rank[t.c];
    return (size_t)s->circles.rank[t.a] * s->f->n * s->circles.size[s->circles.of[t.c]] + inner;
}

static void step_third(struct product *p, size_t from, uint32_t i, uint32_t k,
                       struct mop_rx_set both)
{
    const struct search *s = p->s;
    const struct mop_rx_nfa *f = s->f;
    uint32_t c = s->seen[from].at.c;
    const uint64_t *fc = mop_rx_follow(f, c);
    for (size_t m = mop_rx_next(f, fc, 0); m < f->n; m = mop_rx_next(f, fc, m + 1)) {
        struct mop_rx_set all = mop_rx_set_and(both, f->state[m].set);
        struct triple u = {i, k, (uint32_t)m, false};
        spend(p->s, 1);
        if (s->circles.of[m] == s->circles.of[c] && !mop_rx_set_empty(all))
            reach(p, u, slot_of(s, u), (uint32_t)from, all);
    }
}

static void step_triple(struct product *p, size_t from, const bool *useful)
{
    const struct search *s = p->s;
    const struct mop_rx_nfa *f = s->f;
    struct triple t = s->seen[from].at;
    const uint64_t *fa = mop_rx_follow(f, t.a), *fb = mop_rx_follow(f, t.b);
    for (size_t i = mop_rx_next(f, fa, 0); i < f->n; i = mop_rx_next(f, fa, i + 1))
        for (size_t k = mop_rx_next(f, fb, 0); s->circles.of[i] == s->circles.of[t.a] && k < f->n;
             k = mop_rx_next(f, fb, k + 1)) {
            struct mop_rx_set both = mop_rx_set_and(f->state[i].set, f->state[k].set);
            spend(p->s, 1);
            if (useful[k] && !mop_rx_set_empty(both))
                step_third(p, from, (uint32_t)i, (uint32_t)k, both);
        }
}

static bool go_across(struct search *s, size_t p_, size_t q, const bool *useful)
{
    struct product p;
    size_t room =
        (size_t)s->circles.size[s->circles.of[p_]] * s->f->n * s->circles.size[s->circles.of[q]];
    if (!open_product(&p, s, room))
        return false;
    struct mop_rx_set none = {{0}};
    struct triple start = {(uint32_t)p_, (uint32_t)p_, (uint32_t)q, false};
    reach(&p, start, slot_of(s, start), NONE, none);
    for (; p.head<p.n && * s->steps> 0; p.head++) {
        struct triple t = s->seen[p.head].at;
        if (t.a == p_ && t.b == q && t.c == q)
            return found(s, text_of(s, p.head), p_, q);
        step_triple(&p, p.head, useful);
    }
    return false;
}

static bool leads_into(const struct mop_rx_nfa *f, size_t i, const bool *useful)
{
    const uint64_t *to = mop_rx_follow(f, i);
    for (size_t k = mop_rx_next(f, to, 0); k < f->n; k = mop_rx_next(f, to, k + 1))
        if (useful[k])
            return true;
    return false;
}

/* Which states lead to a circle. */
static const bool *leading_to(struct search *s, uint32_t circle)
{
    const struct mop_rx_nfa *f = s->f;
    bool *useful = s->leading[circle];
    if (useful)
        return useful;
    useful = s->leading[circle] = mop_arena_array(s->a, f->n + 1, sizeof *useful);
    for (size_t i = 0; i < f->n; i++)
        useful[i] = s->circles.of[i] == circle;
    for (bool more = true; more;) {
        more = false;
        for (size_t i = f->n; i-- > 0;)
            if (!useful[i] && leads_into(f, i, useful))
                more = useful[i] = true;
        spend(s, f->n);
    }
    return useful;
}

static bool is_on(const struct search *s, size_t state, uint32_t circle)
{
    return s->circles.of[state] == circle && s->ways.reached[state];
}

static void search_pair(struct search *s, uint32_t from, uint32_t to)
{
    const bool *useful = leading_to(s, to);
    unsigned n = 0;
    for (size_t q = 0; q < s->f->n; q++)
        for (size_t p = 0; is_on(s, q, to) && p < s->f->n; p++) {
            if (!is_on(s, p, from) || !useful[p])
                continue;
            if (!*s->steps || n == PER_PAIR)
                return;
            n += go_across(s, p, q, useful);
        }
}

static bool has_room(const struct search *s)
{
    return s->n<MOP_RX_CANDIDATES && * s->steps> 0;
}

static void search_circles(struct search *s)
{
    for (size_t i = 0; i < s->f->n && s->n < MOP_RX_CANDIDATES / 2; i++)
        if (s->circles.of[i] && s->ways.reached[i] && s->circles.rank[i] < PER_CIRCLE)
            go_round(s, i);
}

/* Small circles first: one large one must not use up what all have. */
static void search_pairs(struct search *s)
{
    const uint32_t *size = s->circles.size, n = s->circles.n;
    size_t largest = 0;
    for (uint32_t i = 1; i <= n; i++)
        largest = size[i] > largest ? size[i] : largest;
    for (size_t most = 1; most < 2 * largest * largest; most *= 2)
        for (uint32_t to = 1; to <= n && has_room(s); to++) {
            spend(s, 1 + n / ROOM_PER_STEP);
            for (uint32_t from = 1; from <= n && has_room(s); from++) {
                size_t both = (size_t)size[from] * size[to];
                if (from != to && both <= most && both > most / 2)
                    search_pair(s, from, to);
            }
        }
}

size_t mop_rx_candidates(struct mop_arena *a, const struct mop_rx_symbols *symbols,
                         const struct mop_rx_nfa *f, uint64_t *steps, bool *too_large,
                         struct mop_rx_candidate out[MOP_RX_CANDIDATES])
{
    struct search s = {.a = a, .s = symbols, .f = f, .steps = steps, .out = out};
    s.ways = mop_rx_ways_find(a, f);
    s.circles = mop_rx_circles_find(a, f);
    s.leading = mop_arena_array(a, s.circles.n + 1, sizeof *s.leading);
    search_circles(&s);
    search_pairs(&s);
    free(s.seen);
    free(s.known);
    *too_large = s.too_large;
    return s.n;
}
