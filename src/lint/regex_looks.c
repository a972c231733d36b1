/* SPDX-License-Identifier: MIT */
#include "lint/regex_ambiguity.h"
#include <string.h>

/*
 * What is looked for ahead, (?=.*x), may read on to the end of the text. Where it stands in a
 * repeat, or where a match may start at every place, it does so again and again: a text that goes
 * round the repeat, and one that what is looked for reads on over. And rows of words, for \b.
 */

enum { FILL = 1000, MOST = 64 };

struct look {
    struct mop_arena *a;
    struct mop_rx_symbols *s;
    struct mop_sv pattern;
    const struct mop_rx_node *top;
    bool search;
    struct mop_rx_candidate *out;
    size_t n;
};

static bool is_within(const struct mop_rx_node *n, const struct mop_rx_node *outer)
{
    return n->from >= outer->from && n->to <= outer->to;
}

static void put_atom(struct look *k, const struct mop_rx_node *atom, struct mop_buf *b)
{
    int symbol = mop_rx_set_pick(mop_rx_set_of(k->s, k->pattern, atom));
    if (symbol >= 0)
        mop_rx_symbol_put(k->s, symbol, b);
}

/* A short text that leads through `n`, or up to `to` in it: then true. */
static bool put_until(struct look *k, const struct mop_rx_node *n, const struct mop_rx_node *to,
                      struct mop_buf *b)
{
    bool here = to && is_within(to, n);
    uint32_t times = here ? 1 : n->kind == MOP_RX_REPEAT ? n->min < MOST ? n->min : MOST : 1;
    if (n == to)
        return true;
    if (n->kind == MOP_RX_ATOM)
        put_atom(k, n, b);
    if (n->kind == MOP_RX_LOOK && !here)
        return false;
    for (uint32_t i = 0; i < times; i++)
        for (const struct mop_rx_node *x = n->kid; x; x = x->next) {
            if (n->kind == MOP_RX_ALT && here && !is_within(to, x))
                continue;
            if (put_until(k, x, to, b))
                return true;
            if (n->kind == MOP_RX_ALT)
                break;
        }
    return false;
}

static struct mop_sv kept(struct look *k, struct mop_buf *b)
{
    struct mop_sv text = mop_arena_copy(k->a, mop_buf_view(b));
    mop_buf_release(b);
    return text;
}

static struct mop_sv text_until(struct look *k, const struct mop_rx_node *n,
                                const struct mop_rx_node *to)
{
    struct mop_buf b;
    mop_buf_init(&b, 1 << 20);
    put_until(k, n, to, &b);
    return kept(k, &b);
}

/* What the repeat reads on over: a character of it that nothing else looked for takes, if there is
 * one. */
static struct mop_sv filler(struct look *k, const struct mop_rx_node *look,
                            const struct mop_rx_node *repeat)
{
    struct mop_buf b;
    struct mop_rx_set mine = mop_rx_set_of(k->s, k->pattern, repeat->kid), rest = mine;
    for (const struct mop_rx_node *x = look->kid->kind == MOP_RX_SEQ ? look->kid->kid : NULL; x;
         x = x->next) {
        struct mop_rx_set set = {{0}};
        if (x->kind == MOP_RX_ATOM)
            set = mop_rx_set_of(k->s, k->pattern, x);
        for (size_t i = 0; i < MOP_RX_SET_WORDS; i++)
            rest.w[i] &= ~set.w[i];
    }
    int symbol = mop_rx_set_pick(mop_rx_set_empty(rest) ? mine : rest);
    mop_buf_init(&b, 8 * FILL);
    for (size_t i = 0; i < FILL && symbol >= 0 && b.n < FILL; i++)
        mop_rx_symbol_put(k->s, symbol, &b);
    return kept(k, &b);
}

static void add(struct look *k, struct mop_sv prefix, struct mop_sv pump, struct mop_sv tail,
                const struct mop_rx_node *blame)
{
    for (size_t i = 0; i < k->n; i++)
        if (mop_sv_eq(k->out[i].pump, pump) && mop_sv_eq(k->out[i].tail, tail))
            return;
    if (pump.n && k->n < MOP_RX_CANDIDATES)
        k->out[k->n++] = (struct mop_rx_candidate){prefix, pump, tail, blame, k->search, 0};
}

static void add_all(struct look *k, const struct mop_rx_node *outer, const struct mop_rx_node *look,
                    const struct mop_rx_node *repeat)
{
    bool loops = outer->kind == MOP_RX_REPEAT;
    const struct mop_rx_node *round = loops ? outer->kid : outer;
    struct mop_sv prefix = loops ? text_until(k, k->top, outer) : MOP_SV(""), none = MOP_SV("");
    struct mop_sv before = text_until(k, round, look), ahead = text_until(k, look->kid, repeat);
    struct mop_sv whole = text_until(k, round, NULL);
    struct mop_sv both = mop_arena_printf(k->a, "%.*s%.*s", MOP_SV_ARG(before), MOP_SV_ARG(ahead));
    struct mop_sv pumps[] = {both, before, ahead, whole};
    struct mop_sv fill = filler(k, look, repeat);
    for (size_t i = 0; i < sizeof pumps / sizeof *pumps; i++) {
        add(k, prefix, pumps[i], none, repeat);
        add(k, prefix, pumps[i], fill, repeat);
    }
}

/* Each repeat without end in what is looked for. */
static void see_look(struct look *k, const struct mop_rx_node *outer,
                     const struct mop_rx_node *look, const struct mop_rx_node *n)
{
    for (; n; n = n->next) {
        if (n->kind == MOP_RX_REPEAT && n->max == MOP_RX_MANY && n->kid->kind == MOP_RX_ATOM)
            add_all(k, outer, look, n);
        see_look(k, outer, look, n->kid);
    }
}

static void see(struct look *k, const struct mop_rx_node *outer, const struct mop_rx_node *n)
{
    for (; n; n = n->next) {
        bool loops = n->kind == MOP_RX_REPEAT && n->max == MOP_RX_MANY;
        if (n->kind == MOP_RX_LOOK && !n->behind && outer && n->kid)
            see_look(k, outer, n, n->kid);
        else
            see(k, loops && (!outer || outer == k->top) ? n : outer, n->kid);
    }
}

/* ---- where words end ---- */

static const struct mop_rx_node *find_boundary(const struct look *k, const struct mop_rx_node *n)
{
    for (; n; n = n->next) {
        bool here =
            n->kind == MOP_RX_EMPTY && n->to - n->from == 2 && k->pattern.p[n->to - 1] == 'b';
        const struct mop_rx_node *in = here ? n : find_boundary(k, n->kid);
        if (in)
            return in;
    }
    return NULL;
}

/* An automaton has no \b: of repeats beside one the words have to be told apart. */
static void see_words(struct look *k)
{
    const struct mop_rx_node *b = find_boundary(k, k->top);
    if (!b)
        return;
    struct mop_sv tail = text_until(k, k->top, NULL);
    add(k, MOP_SV(""), MOP_SV(" a"), tail, b);
    add(k, MOP_SV(""), MOP_SV("a "), tail, b);
}

size_t mop_rx_look_candidates(struct mop_arena *a, struct mop_rx_symbols *s, struct mop_sv pattern,
                              const struct mop_rx_node *top, bool search,
                              struct mop_rx_candidate out[MOP_RX_CANDIDATES])
{
    struct look k = {a, s, pattern, top, search, out, 0};
    see(&k, search ? top : NULL, top);
    see_words(&k);
    return k.n;
}
