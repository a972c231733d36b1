/* SPDX-License-Identifier: MIT */
#include "lint/regex_nfa.h"
#include <string.h>

/* Copies that are made of what is repeated; more of them say no more. Of single characters as many
 * as must come, up to a limit, as a witness has to have them. */
enum { COPIES = 3, CHARACTERS = 64, BACKS = 1 };

struct builder {
    struct mop_rx_nfa *f;
    struct mop_rx_symbols *s;
    struct mop_sv pattern;
    const struct mop_rx_node *top;
    struct mop_arena *a;
    const struct mop_rx_node *loop;
    size_t room;
    unsigned backs; /* references inside references, which may be circular */
};

/* A piece: which states it begins and ends with. */
struct piece {
    uint64_t *first, *last;
    bool nullable;
};

static struct piece build(struct builder *b, const struct mop_rx_node *n);

static uint64_t *states(struct builder *b)
{
    return mop_arena_array(b->a, b->f->words, sizeof(uint64_t));
}

static struct piece nothing(struct builder *b)
{
    return (struct piece){states(b), states(b), true};
}

static void merge(const struct builder *b, uint64_t *into, const uint64_t *from)
{
    for (size_t i = 0; i < b->f->words; i++)
        into[i] |= from[i];
}

static void join(struct builder *b, const uint64_t *from, const uint64_t *to)
{
    struct mop_rx_nfa *f = b->f;
    for (size_t i = mop_rx_next(f, from, 0); i < f->n; i = mop_rx_next(f, from, i + 1))
        for (size_t w = 0; w < f->words; w++) {
            f->twice[i * f->words + w] |= f->follow[i * f->words + w] & to[w];
            f->follow[i * f->words + w] |= to[w];
        }
}

static struct piece then(struct builder *b, struct piece x, struct piece y)
{
    join(b, x.last, y.first);
    struct piece both = {x.first, y.last, x.nullable && y.nullable};
    if (x.nullable)
        merge(b, both.first, y.first);
    if (y.nullable)
        merge(b, both.last, x.last);
    return both;
}

static struct piece atom(struct builder *b, const struct mop_rx_node *n)
{
    struct piece p = {states(b), states(b), false};
    if (b->f->n == b->room)
        return p; /* cannot be: they were counted */
    size_t i = b->f->n++;
    b->f->state[i] = (struct mop_rx_state){mop_rx_set_of(b->s, b->pattern, n), n, b->loop};
    mop_rx_put(p.first, i);
    mop_rx_put(p.last, i);
    return p;
}

/* How {min,max} is written out: copies that must come, that may, and whether the last one loops. */
struct plan {
    uint32_t must, may;
    bool loops;
};

/* One character that may be missing: (?:a?){30}, in which each copy makes twice the ways. */
static const struct mop_rx_node *unwrapped(const struct mop_rx_node *n)
{
    while ((n->kind == MOP_RX_GROUP || n->kind == MOP_RX_SEQ) && n->kid && !n->kid->next)
        n = n->kid;
    return n;
}

static bool is_optional(const struct mop_rx_node *n)
{
    n = unwrapped(n);
    return n->kind == MOP_RX_REPEAT && n->min == 0 && n->max == 1 &&
           unwrapped(n->kid)->kind == MOP_RX_ATOM;
}

static struct plan plan_of(const struct mop_rx_node *n)
{
    bool optional = is_optional(n->kid);
    uint32_t most = n->kid->kind == MOP_RX_ATOM || optional ? CHARACTERS : COPIES;
    struct plan p = {.must = n->min < most ? n->min : most};
    p.loops = n->max > (optional ? CHARACTERS : n->min + COPIES) || n->min > most;
    p.may = !p.loops ? n->max - n->min : p.must == 0;
    return p;
}

static struct piece optional(struct piece p)
{
    p.nullable = true;
    return p;
}

static struct piece repeat(struct builder *b, const struct mop_rx_node *n)
{
    const struct mop_rx_node *outer = b->loop;
    struct plan plan = plan_of(n);
    struct piece all = nothing(b);
    b->loop = outer || n->max < 2 ? outer : n;
    for (uint32_t i = 0; i < plan.must + plan.may; i++) {
        struct piece p = build(b, n->kid);
        if (plan.loops && i + 1 == plan.must + plan.may)
            join(b, p.last, p.first);
        all = then(b, all, i < plan.must ? p : optional(p));
    }
    b->loop = outer;
    return all;
}

static struct piece several(struct builder *b, const struct mop_rx_node *n)
{
    struct piece all = nothing(b);
    all.nullable = n->kind == MOP_RX_SEQ;
    for (const struct mop_rx_node *k = n->kid; k; k = k->next) {
        struct piece p = build(b, k);
        if (n->kind == MOP_RX_SEQ) {
            all = then(b, all, p);
            continue;
        }
        merge(b, all.first, p.first);
        merge(b, all.last, p.last);
        all.nullable = all.nullable || p.nullable;
    }
    return all;
}

/* What was captured or is called: as if the group stood here again. */
static const struct mop_rx_node *meant(const struct mop_rx_node *top, const struct mop_rx_node *n)
{
    if (!n->group && !n->name.n)
        return n->call ? top : NULL;
    const struct mop_rx_node *g = mop_rx_group(top, n);
    return g && (n->call || !(n->from >= g->from && n->from < g->to)) ? g->kid : NULL;
}

static struct piece build(struct builder *b, const struct mop_rx_node *n)
{
    const struct mop_rx_node *g;
    struct piece p = nothing(b);
    switch (n->kind) {
    case MOP_RX_ATOM:
        return atom(b, n);
    case MOP_RX_SEQ:
    case MOP_RX_ALT:
        return several(b, n);
    case MOP_RX_GROUP:
        return build(b, n->kid);
    case MOP_RX_REPEAT:
        return repeat(b, n);
    case MOP_RX_LOOK:
        if (n->behind)
            return b->pattern.p[n->from + 3] == '=' ? build(b, n->kid) : p;
        return optional(build(b, n->kid));
    case MOP_RX_BACK:
        g = b->backs < BACKS ? meant(b->top, n) : NULL;
        b->backs++;
        p = g ? build(b, g) : p;
        b->backs--;
        return p;
    default:
        return p;
    }
}

/* As many states as build() will make, or more than MOP_RX_STATES. */
static size_t count(const struct mop_rx_node *top, const struct mop_rx_node *n, unsigned backs)
{
    size_t all = 0, times = 1;
    if (n->kind == MOP_RX_ATOM)
        return 1;
    if (n->kind == MOP_RX_BACK) {
        const struct mop_rx_node *g = backs < BACKS ? meant(top, n) : NULL;
        return g ? count(top, g, backs + 1) : 0;
    }
    if (n->kind == MOP_RX_REPEAT)
        times = plan_of(n).must + plan_of(n).may;
    for (const struct mop_rx_node *k = n->kid; k && all <= MOP_RX_STATES; k = k->next)
        all += count(top, k, backs);
    return all * times;
}

/* What stands before the match is read by state 0. */
static void add_search(struct builder *b)
{
    static const struct mop_rx_node before = {.kind = MOP_RX_EMPTY};
    struct mop_rx_set any = {{0}};
    for (size_t i = 0; i < b->s->n; i++)
        any.w[i / 64] |= UINT64_C(1) << (i % 64);
    b->f->state[b->f->n++] = (struct mop_rx_state){any, &before, NULL};
}

struct mop_rx_nfa *mop_rx_nfa_build(struct mop_arena *a, struct mop_rx_symbols *s,
                                    struct mop_sv pattern, const struct mop_rx_node *top,
                                    bool search)
{
    size_t room = count(top, top, 0) + search;
    if (room > MOP_RX_STATES)
        return NULL;
    struct mop_rx_nfa *f = mop_arena_alloc(a, sizeof *f);
    struct builder b = {.f = f, .s = s, .pattern = pattern, .top = top, .a = a, .room = room};
    f->words = room / 64 + 1;
    f->state = mop_arena_array(a, room + 1, sizeof *f->state);
    f->follow = mop_arena_array(a, (room + 1) * f->words, sizeof *f->follow);
    f->twice = mop_arena_array(a, (room + 1) * f->words, sizeof *f->twice);
    f->search = search;
    if (search)
        add_search(&b);
    struct piece all = build(&b, top);
    f->first = all.first;
    f->last = all.last;
    if (search) {
        merge(&b, f->follow, all.first);
        mop_rx_put(f->follow, 0);
        mop_rx_put(f->first, 0);
    }
    return f;
}
