/* SPDX-License-Identifier: MIT */
#include "lint/regex_witness.h"
#include "lint/regex_ambiguity.h"
#include <stdlib.h>
#include <string.h>

enum {
    FIRST = 16,    /* repeats to begin with; doubled from there */
    JUDGED = 64,   /* from here on it is foretold where it leads */
    SUFFIXES = 24, /* per candidate */
    STRANGERS = 6, /* characters that end what is repeated */
    RUN_COST = 16, /* of starting PCRE2 a few times, in steps */
    SCAN = 512     /* characters that are passed over in the time of a step */
};

struct measure {
    struct mop_arena *a;
    const struct mop_rx_symbols *s;
    const struct mop_rx_pattern *p;
    uint64_t *steps;
    struct mop_buf text;
};

/* ---- measuring ---- */

void mop_rx_witness_put(const struct mop_rx_witness *w, size_t repeats, struct mop_buf *out)
{
    mop_buf_sv(out, w->prefix);
    for (size_t i = 0; i < repeats; i++)
        mop_buf_sv(out, w->pump);
    mop_buf_sv(out, w->suffix);
}

/* What the count itself costs: some runs from each place, and a step may go over all the text. */
static void pay(struct measure *m, uint64_t counted)
{
    uint64_t starts = m->p->flags & MOP_RX_WHOLE ? 1 : m->text.n + 1;
    uint64_t cost = counted * (2 + m->text.n / SCAN) + RUN_COST * starts;
    *m->steps -= cost < *m->steps ? cost : *m->steps;
}

static uint64_t steps_of(struct measure *m, const struct mop_rx_witness *w, size_t repeats)
{
    mop_buf_reset(&m->text);
    mop_rx_witness_put(w, repeats, &m->text);
    uint64_t n =
        mop_regex_steps(m->p->regex, m->s->match, mop_buf_view(&m->text), MOP_RX_WITNESS_STEPS);
    pay(m, n);
    return n;
}

/* Steps at `max` repeats if they go on growing as they did by the last doubling. */
static double foretold(uint64_t before, uint64_t now, size_t repeats, size_t max)
{
    double growth = (double)now / (double)(before ? before : 1), steps = (double)now;
    for (size_t n = repeats; n < max && steps <= 1e9; n *= 2)
        steps *= growth;
    return steps;
}

static bool is_slow(struct measure *m, struct mop_rx_witness *w)
{
    size_t room = MOP_RX_WITNESS_BYTES - w->prefix.n - w->suffix.n, max = room / w->pump.n;
    uint64_t before = 0;
    for (size_t n = FIRST < max ? FIRST : max; *m->steps > 0; n = n * 2 < max ? n * 2 : max) {
        uint64_t now = steps_of(m, w, n);
        w->repeats = n;
        if (now > MOP_RX_WITNESS_STEPS)
            return true;
        if (n == max || (n >= JUDGED && foretold(before, now, n, max) < MOP_RX_WITNESS_STEPS * .9))
            return false;
        before = now;
    }
    return false;
}

/* ---- suffixes: what makes the match fail late ---- */

struct suffixes {
    struct mop_sv item[SUFFIXES];
    size_t n;
};

static void add(struct measure *m, struct suffixes *s, struct mop_sv x, struct mop_sv y)
{
    struct mop_sv both = mop_arena_printf(m->a, "%.*s%.*s", MOP_SV_ARG(x), MOP_SV_ARG(y));
    for (size_t i = 0; i < s->n; i++)
        if (mop_sv_eq(s->item[i], both))
            return;
    if (s->n < SUFFIXES && both.n < MOP_RX_WITNESS_BYTES / 4)
        s->item[s->n++] = both;
}

static struct mop_sv stranger_to(struct measure *m, struct mop_rx_set set)
{
    char text[8];
    struct mop_buf b;
    int symbol = mop_rx_set_stranger(m->s, set);
    mop_buf_fixed(&b, text, sizeof text);
    if (symbol >= 0)
        mop_rx_symbol_put(m->s, symbol, &b);
    return mop_arena_copy(m->a, mop_buf_view(&b));
}

/*
 * Characters that nothing in the pattern takes, that one repeated class does not take, and a
 * newline.
 */
static size_t strangers(struct measure *m, const struct mop_rx_nfa *f, struct mop_sv out[STRANGERS])
{
    struct mop_rx_set all = {{0}};
    size_t n = 0;
    for (size_t i = f->search; i < f->n; i++)
        all = mop_rx_set_or(all, f->state[i].set);
    out[n++] = stranger_to(m, all);
    out[n++] = MOP_SV("\n");
    for (size_t i = f->search; i < f->n && n < STRANGERS; i++) {
        struct mop_sv one = stranger_to(m, f->state[i].set);
        bool known = !f->state[i].loop;
        for (size_t k = 0; k < n; k++)
            known = known || mop_sv_eq(one, out[k]);
        if (!known)
            out[n++] = one;
    }
    return n;
}

/* PCRE2 looks first whether a character that must come is there at all: hence the tails. */
static struct suffixes suffixes_of(struct measure *m, const struct mop_rx_nfa *f,
                                   struct mop_sv tail)
{
    struct suffixes s = {.n = 0};
    struct mop_sv odd[STRANGERS], none = MOP_SV("");
    size_t n = strangers(m, f, odd), last = tail.n;
    while (last && ((unsigned char)tail.p[--last] & 0xC0) == 0x80)
        ;
    for (size_t i = 0; i < n; i++) {
        add(m, &s, odd[i], none);
        add(m, &s, tail, odd[i]);
        add(m, &s, odd[i], tail);
    }
    add(m, &s, none, none);
    add(m, &s, mop_sv_sub(tail, 0, last), none);
    add(m, &s, mop_sv_sub(tail, last, tail.n), none);
    for (size_t i = 0; i < n; i++)
        add(m, &s, MOP_SV("\n"), odd[i]);
    return s;
}

static bool try_prefix(struct measure *m, const struct suffixes *s, struct mop_sv prefix,
                       const struct mop_rx_candidate *c, struct mop_rx_witness *out)
{
    for (size_t i = 0; i<s->n && * m->steps> 0; i++) {
        *out = (struct mop_rx_witness){prefix,        c->pump,     s->item[i], 0,
                                       c->node->from, c->node->to, c->anywhere};
        if (prefix.n + c->pump.n <= MOP_RX_WITNESS_BYTES / 4 && is_slow(m, out))
            return true;
    }
    return false;
}

/* What may start anywhere need not start at once: ^\s+|\s+$ is fast on blanks, slow on !blanks. */
static bool try_candidate(struct measure *m, const struct mop_rx_nfa *f,
                          const struct mop_rx_candidate *c, struct mop_rx_witness *out)
{
    struct suffixes s = suffixes_of(m, f, c->tail);
    return try_prefix(m, &s, c->prefix, c, out) ||
           (f->search && !c->prefix.n && s.item[0].n && try_prefix(m, &s, s.item[0], c, out));
}

/* ---- the whole ---- */

bool mop_rx_is_plain(const struct mop_rx_node *n)
{
    for (; n; n = n->next)
        if ((n->kind == MOP_RX_REPEAT && n->max > 1) || !mop_rx_is_plain(n->kid))
            return false;
    return true;
}

/* Does every way begin with ^ or \A? */
static bool starts_anchored(const struct mop_rx_node *n)
{
    switch (n->kind) {
    case MOP_RX_START:
        return !(n->options & MOP_RX_M);
    case MOP_RX_GROUP:
        return starts_anchored(n->kid);
    case MOP_RX_SEQ:
        return n->kid && starts_anchored(n->kid);
    case MOP_RX_ALT:
        for (const struct mop_rx_node *k = n->kid; k; k = k->next)
            if (!starts_anchored(k))
                return false;
        return true;
    default:
        return false;
    }
}

static struct mop_rx_nfa *automaton(struct mop_arena *a, struct mop_rx_symbols *s,
                                    const struct mop_rx_pattern *p)
{
    mop_rx_symbols_of(s, p->top);
    return mop_rx_nfa_build(a, s, p->text, p->top,
                            !(p->flags & MOP_RX_WHOLE) && !starts_anchored(p->top));
}

bool mop_rx_witness_find(struct mop_arena *a, struct mop_rx_symbols *s,
                         const struct mop_rx_pattern *p, uint64_t *steps,
                         struct mop_rx_witness *out)
{
    struct mop_rx_candidate list[MOP_RX_CANDIDATES];
    struct measure m = {a, s, p, steps, {.n = 0}};
    bool slow = false;
    if (mop_rx_is_plain(p->top))
        return false;
    struct mop_rx_nfa *f = automaton(a, s, p);
    if (!f) {
        *steps = 0;
        return false;
    }
    size_t n = mop_rx_candidates(a, s, f, steps, list);
    mop_buf_init(&m.text, MOP_RX_WITNESS_BYTES);
    for (size_t i = 0; i < n && !slow && *steps > 0; i++)
        slow = try_candidate(&m, f, &list[i], out);
    mop_buf_release(&m.text);
    return slow;
}

size_t mop_rx_samples(struct mop_arena *a, struct mop_rx_symbols *s, const struct mop_rx_pattern *p,
                      struct mop_sv *out, size_t max)
{
    struct mop_rx_nfa *f = automaton(a, s, p);
    size_t n = 0;
    if (!f)
        return 0;
    struct mop_rx_ways w = mop_rx_ways_find(a, f);
    size_t stride = f->n / max + 1;
    for (size_t i = f->search; i < f->n && n < max; i += stride) {
        if (!w.reached[i] || !w.ends[i])
            continue;
        struct mop_sv in = mop_rx_way_in(a, s, &w, i), rest = mop_rx_way_out(a, s, &w, i);
        out[n++] = mop_arena_printf(a, "%.*s%.*s", MOP_SV_ARG(in), MOP_SV_ARG(rest));
    }
    return n;
}
