/* SPDX-License-Identifier: MIT */
#include "lint/regex_reach.h"
#include "base/utf8.h"
#include "lint/regex_nfa.h"
#include <string.h>

/* ---- what single characters do ---- */

struct look {
    struct mop_rx_symbols *s;
    const struct mop_rx_pattern *p;
    struct mop_rx_set filled, line, all; /* not blank; no line break; every symbol */
};

static bool is_blank(uint32_t cp)
{
    return cp == ' ' || (cp >= '\t' && cp <= '\r');
}

static bool breaks_line(uint32_t cp)
{
    return (cp >= '\n' && cp <= '\r') || cp == 0x2028;
}

static void put(struct mop_rx_set *set, size_t symbol)
{
    set->w[symbol / 64] |= UINT64_C(1) << (symbol % 64);
}

static struct look look_at(struct mop_rx_symbols *s, const struct mop_rx_pattern *p)
{
    struct look k = {.s = s, .p = p};
    mop_rx_symbols_of(s, p->top);
    for (size_t i = 0; i < s->n; i++) {
        put(&k.all, i);
        if (!mop_utf8_is_space(s->cp[i]))
            put(&k.filled, i);
        if (!breaks_line(s->cp[i]))
            put(&k.line, i);
    }
    return k;
}

static struct mop_rx_set set_of(const struct look *k, const struct mop_rx_node *atom)
{
    return mop_rx_set_of(k->s, k->p->text, atom);
}

static bool holds(struct mop_rx_set set, struct mop_rx_set members)
{
    struct mop_rx_set both = mop_rx_set_and(set, members);
    return memcmp(&both, &members, sizeof both) == 0;
}

/* ---- every value ---- */

enum edge { NOWHERE, AT_START, AT_END };

/* (?i) alone and \Q, but no assertion and no verb. */
static bool is_nothing(const struct look *k, const struct mop_rx_node *n)
{
    const char *p = k->p->text.p;
    return !n->rough && !(n->to - n->from > 1 && p[n->from] == '\\' && p[n->from + 1] != 'Q');
}

/* Does it match the empty text, whatever is around: anywhere, or at an edge of the value? */
static bool may_be_empty(const struct look *k, const struct mop_rx_node *n, enum edge at)
{
    bool all = true, any = false;
    for (const struct mop_rx_node *x = n->kid; x; x = x->next) {
        bool is = (n->kind == MOP_RX_SEQ || n->kind == MOP_RX_ALT || n->kind == MOP_RX_GROUP ||
                   n->kind == MOP_RX_REPEAT) &&
                  !n->rough && may_be_empty(k, x, at);
        all &= is;
        any |= is;
    }
    switch (n->kind) {
    case MOP_RX_EMPTY:
        return is_nothing(k, n);
    case MOP_RX_SEQ:
        return all;
    case MOP_RX_ALT:
    case MOP_RX_GROUP:
        return any;
    case MOP_RX_REPEAT:
        return any || n->min == 0;
    case MOP_RX_START:
        return at == AT_START;
    case MOP_RX_END:
        return at == AT_END;
    default:
        return false;
    }
}

/* The characters that it matches as a whole, each alone. */
static struct mop_rx_set ones_of(const struct look *k, const struct mop_rx_node *n)
{
    struct mop_rx_set all = {{0}};
    bool one = n->kind == MOP_RX_SEQ && n->kid && !n->kid->next;
    bool may = n->kind == MOP_RX_REPEAT && n->min <= 1 && n->max > 0;
    if (n->kind == MOP_RX_ATOM)
        return set_of(k, n);
    if (n->rough || !(one || may || n->kind == MOP_RX_GROUP || n->kind == MOP_RX_ALT))
        return all;
    for (const struct mop_rx_node *x = n->kid; x; x = x->next)
        all = mop_rx_set_or(all, ones_of(k, x));
    return all;
}

static bool takes_each(const struct look *k, const struct mop_rx_node *n, struct mop_rx_set set)
{
    return holds(ones_of(k, n), set);
}

/* Does it match each character of the set, in whatever text? */
static bool takes_somewhere(const struct look *k, const struct mop_rx_node *n,
                            struct mop_rx_set set)
{
    size_t takers = 0;
    if (n->kind != MOP_RX_SEQ)
        return takes_each(k, n, set);
    for (const struct mop_rx_node *x = n->kid; x; x = x->next)
        if (takes_each(k, x, set))
            takers++;
        else if (!may_be_empty(k, x, NOWHERE))
            return false;
    return takers == 1;
}

static bool takes_any_text(const struct look *k, const struct mop_rx_node *n,
                           struct mop_rx_set set);

/* Does one piece of it, and may those before and behind it be empty? */
static bool one_takes(const struct look *k, const struct mop_rx_node *seq, struct mop_rx_set set)
{
    bool one = false;
    for (const struct mop_rx_node *x = seq->kid; x; x = x->next)
        if (takes_any_text(k, x, set))
            one = true;
        else if (!may_be_empty(k, x, one ? AT_END : AT_START))
            return false;
    return one;
}

/* Does it match every text of such characters? */
static bool takes_any_text(const struct look *k, const struct mop_rx_node *n, struct mop_rx_set set)
{
    if (n->kind == MOP_RX_SEQ)
        return one_takes(k, n, set);
    if (n->kind == MOP_RX_REPEAT)
        return n->min <= 1 && n->max == MOP_RX_MANY && takes_each(k, n->kid, set);
    if (n->rough || (n->kind != MOP_RX_GROUP && n->kind != MOP_RX_ALT))
        return false;
    for (const struct mop_rx_node *x = n->kid; x; x = x->next)
        if (takes_any_text(k, x, set))
            return true;
    return false;
}

/* Every value has a character that is not blank. */
static bool is_found(const struct look *k, const struct mop_rx_node *top)
{
    return may_be_empty(k, top, AT_START) || may_be_empty(k, top, AT_END) ||
           takes_somewhere(k, top, k->filled);
}

/* ---- no value ---- */

/* Is there nothing in it that takes more than a blank? */
static bool takes_blanks(const struct look *k, const struct mop_rx_node *n)
{
    if (n->rough || n->kind == MOP_RX_BACK)
        return false;
    if (n->kind == MOP_RX_ATOM) {
        struct mop_rx_set set = set_of(k, n);
        for (size_t i = 0; i < k->s->n; i++)
            if (mop_rx_set_has(set, i) && !is_blank(k->s->cp[i]))
                return false;
        return !mop_rx_set_empty(set);
    }
    for (const struct mop_rx_node *x = n->kind == MOP_RX_LOOK ? NULL : n->kid; x; x = x->next)
        if (!takes_blanks(k, x))
            return false;
    return true;
}

/* From the start of the value to its end, and nothing else. */
static bool is_of_whole(const struct mop_rx_node *top)
{
    const struct mop_rx_node *last = top->kind == MOP_RX_SEQ ? top->kid : NULL;
    if (!last || last->kind != MOP_RX_START || last->options & MOP_RX_M)
        return false;
    while (last->next)
        last = last->next;
    return last->kind == MOP_RX_END && !(last->options & MOP_RX_M);
}

/* What is not given back may keep the rest from matching. */
static bool keeps(struct mop_sv text)
{
    static const char *const signs[] = {"*+", "?+", "++", "}+", "(?>", "(*"};
    for (size_t i = 0; i < text.n; i++)
        for (size_t k = 0; k < sizeof signs / sizeof *signs; k++)
            if (mop_sv_starts(mop_sv_sub(text, i, text.n), mop_sv_of(signs[k])))
                return true;
    return false;
}

enum mop_rx_reach mop_rx_reach_of(struct mop_rx_symbols *s, const struct mop_rx_pattern *p)
{
    struct look k = look_at(s, p);
    bool whole = p->flags & MOP_RX_WHOLE;
    if ((whole || is_of_whole(p->top)) && takes_blanks(&k, p->top))
        return MOP_RX_NONE;
    if (keeps(p->text))
        return MOP_RX_SOME;
    if (whole ? takes_any_text(&k, p->top, k.all) : is_found(&k, p->top))
        return MOP_RX_ALL;
    return whole && takes_any_text(&k, p->top, k.line) ? MOP_RX_ALL_LINES : MOP_RX_SOME;
}

/* ---- two of them ---- */

/* Are the symbols all that its classes tell apart? */
static bool is_ascii(struct mop_sv text)
{
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)text.p[i] >= 0x80 ||
            (text.p[i] == '\\' && i + 1 < text.n && strchr("xopPNX0", text.p[i + 1])))
            return false;
    return true;
}

/* Has its automaton less than it takes? */
static bool is_partial(const struct mop_rx_node *n)
{
    for (; n; n = n->next)
        if (n->rough || n->kind == MOP_RX_BACK || (n->kind == MOP_RX_LOOK && n->behind) ||
            is_partial(n->kid))
            return true;
    return false;
}

static struct mop_rx_nfa *automaton(struct mop_arena *a, struct mop_rx_symbols *s,
                                    const struct mop_rx_pattern *p)
{
    return is_ascii(p->text) && !is_partial(p->top) ? mop_rx_nfa_build(a, s, p->text, p->top, false)
                                                    : NULL;
}

/* ROOM_PER_STEP: to clear room takes time, too. */
enum { PAIRS = 1 << 18, ROOM_PER_STEP = 64 };

struct pairs {
    const struct mop_rx_nfa *f, *g;
    bool *seen;
    uint32_t *queue;
    size_t n;
    uint64_t *steps;
};

static void reach(struct pairs *k, const uint64_t *ahead, const uint64_t *others)
{
    for (size_t i = mop_rx_next(k->f, ahead, 0); i < k->f->n; i = mop_rx_next(k->f, ahead, i + 1))
        for (size_t j = mop_rx_next(k->g, others, 0); j < k->g->n && *k->steps;
             j = mop_rx_next(k->g, others, j + 1)) {
            size_t pair = i * k->g->n + j;
            --*k->steps;
            if (k->seen[pair] ||
                mop_rx_set_empty(mop_rx_set_and(k->f->state[i].set, k->g->state[j].set)))
                continue;
            k->seen[pair] = true;
            k->queue[k->n++] = (uint32_t)pair;
        }
}

bool mop_rx_apart(struct mop_arena *a, struct mop_rx_symbols *s, const struct mop_rx_pattern *p,
                  const struct mop_rx_pattern *q, uint64_t *steps)
{
    mop_rx_symbols_of(s, p->top);
    mop_rx_symbols_add(s, q->top);
    struct pairs k = {.f = automaton(a, s, p), .g = automaton(a, s, q), .steps = steps};
    if (!k.f || !k.g || k.f->n * k.g->n > PAIRS)
        return false;
    uint64_t room = k.f->n * k.g->n / ROOM_PER_STEP;
    *steps -= room < *steps ? room : *steps;
    if (!*steps)
        return false;
    k.seen = mop_arena_array(a, k.f->n * k.g->n + 1, sizeof *k.seen);
    k.queue = mop_arena_array(a, k.f->n * k.g->n + 1, sizeof *k.queue);
    reach(&k, k.f->first, k.g->first);
    for (size_t head = 0; head < k.n && *steps; head++) {
        size_t i = k.queue[head] / k.g->n, j = k.queue[head] % k.g->n;
        if (mop_rx_in(k.f->last, i) && mop_rx_in(k.g->last, j))
            return false;
        reach(&k, mop_rx_follow(k.f, i), mop_rx_follow(k.g, j));
    }
    return *steps > 0;
}
