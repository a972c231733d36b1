/* SPDX-License-Identifier: MIT */
#include "lint/regex_witness.h"
#include "lint/regex_ambiguity.h"
#include <stdlib.h>
#include <string.h>

enum {
    FIRST = 16,    /* repeats to begin with; doubled from there */
    JUDGED = 64,   /* from here on it is foretold where it leads */
    SUFFIXES = 32, /* per candidate */
    STRANGERS = 6, /* characters that end what is repeated */
    RUN_COST = 16, /* of starting PCRE2 a few times, in steps */
    SCAN = 4096    /* characters that a repeat passes over in the time of a step */
};

struct measure {
    struct mop_arena *a;
    const struct mop_rx_symbols *s;
    const struct mop_rx_pattern *p;
    uint64_t *steps;
    struct mop_buf text;
    size_t scan;         /* characters that one step may go over */
    struct mop_map done; /* texts that were measured, without their repeats */
};

/* ---- measuring ---- */

void mop_rx_witness_put(const struct mop_rx_witness *w, size_t repeats, struct mop_buf *out)
{
    mop_buf_sv(out, w->prefix);
    for (size_t i = 0; i < repeats; i++)
        mop_buf_sv(out, w->pump);
    mop_buf_sv(out, w->suffix);
}

/* A step may go over all the text, or over what the longest repeat takes. */
static void pay(struct measure *m, uint64_t work)
{
    uint64_t starts = m->p->flags & MOP_RX_WHOLE ? 1 : m->text.n + 1;
    size_t scan = m->scan < m->text.n ? m->scan : m->text.n;
    uint64_t cost = work * (1 + scan / SCAN) + RUN_COST * starts;
    *m->steps -= cost < *m->steps ? cost : *m->steps;
}

static uint64_t steps_of(struct measure *m, const struct mop_rx_witness *w, size_t repeats)
{
    uint64_t n = 0, work = 0;
    mop_buf_reset(&m->text);
    mop_rx_witness_put(w, repeats, &m->text);
    struct mop_sv text = mop_buf_view(&m->text);
    if (mop_sv_trim(text).n == text.n)
        n = mop_regex_steps(m->p->regex, m->s->match, text, MOP_RX_WITNESS_STEPS, &work);
    pay(m, work);
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

/* Repeats to try next: twice as many, or as many as may suffice if it goes on like this. */
static size_t next_size(uint64_t before, uint64_t now, size_t n, size_t max)
{
    double growth = (double)now / (double)(before ? before : 1), steps = (double)now * growth;
    for (n *= 2; n < max && n > JUDGED && growth > 1.5 && steps < MOP_RX_WITNESS_STEPS; n *= 2)
        steps *= growth;
    return n < max ? n : max;
}

static bool is_slow(struct measure *m, struct mop_rx_witness *w)
{
    size_t room = MOP_RX_WITNESS_BYTES - w->prefix.n - w->suffix.n, max = room / w->pump.n;
    uint64_t before = 0;
    for (size_t n = FIRST < max ? FIRST : max; *m->steps > 0;) {
        uint64_t now = steps_of(m, w, n);
        w->repeats = n;
        if (now > MOP_RX_WITNESS_STEPS)
            return true;
        if (n == max || (n >= JUDGED && foretold(before, now, n, max) < MOP_RX_WITNESS_STEPS * .9))
            return false;
        n = next_size(before, now, n, max);
        before = now;
    }
    return false;
}

/* ---- suffixes: what makes the match fail late ---- */

struct suffixes {
    struct mop_sv item[SUFFIXES];
    size_t n;
};

static struct mop_sv joined(struct measure *m, struct mop_sv x, struct mop_sv y)
{
    return mop_arena_printf(m->a, "%.*s%.*s", MOP_SV_ARG(x), MOP_SV_ARG(y));
}

static void add(struct measure *m, struct suffixes *s, struct mop_sv x, struct mop_sv y)
{
    struct mop_sv both = joined(m, x, y);
    struct mop_sv kept = mop_sv_trim(both);
    if (kept.p + kept.n < both.p + both.n)
        return; /* check would take its end away */
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
    for (size_t i = 0; i < n; i++) { /* what would be taken away at the end of a value */
        add(m, &s, joined(m, odd[i], tail), odd[0]);
        add(m, &s, joined(m, odd[i], MOP_SV("\n")), odd[i]);
    }
    add(m, &s, none, none);
    add(m, &s, mop_sv_sub(tail, 0, last), none);
    add(m, &s, mop_sv_sub(tail, last, tail.n), none);
    for (size_t i = 0; i < n; i++)
        add(m, &s, MOP_SV("\n"), odd[i]);
    return s;
}

/* Two candidates often differ in how often the pump stands in the prefix, which is no difference.
 */
static bool is_new(struct measure *m, const struct mop_rx_witness *w)
{
    bool added;
    struct mop_sv before = w->prefix;
    while (mop_sv_ends(before, w->pump))
        before.n -= w->pump.n;
    struct mop_sv key =
        mop_arena_printf(m->a, "%zu %zu %.*s%.*s%.*s", before.n, w->pump.n, MOP_SV_ARG(before),
                         MOP_SV_ARG(w->pump), MOP_SV_ARG(w->suffix));
    mop_map_put(&m->done, key, &added);
    return added;
}

static bool try_prefix(struct measure *m, const struct suffixes *s, struct mop_sv prefix,
                       const struct mop_rx_candidate *c, struct mop_rx_witness *out)
{
    for (size_t i = 0; i<s->n && * m->steps> 0; i++) {
        *out = (struct mop_rx_witness){prefix,        c->pump,     s->item[i], 0,
                                       c->node->from, c->node->to, c->anywhere};
        if (prefix.n + c->pump.n <= MOP_RX_WITNESS_BYTES / 4 && is_new(m, out) && is_slow(m, out))
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
        if ((n->kind == MOP_RX_REPEAT && n->max > 1) || n->call || !mop_rx_is_plain(n->kid))
            return false;
    return true;
}

/* The most characters that one repeat takes, which PCRE2 counts as one step. */
static size_t longest_scan(const struct mop_rx_node *n)
{
    size_t most = 1;
    for (; n; n = n->next) {
        size_t here =
            n->kind == MOP_RX_REPEAT && n->kid->kind == MOP_RX_ATOM ? n->max : longest_scan(n->kid);
        most = here > most ? here : most;
    }
    return most;
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
    struct measure m = {.a = a, .s = s, .p = p, .steps = steps, .scan = longest_scan(p->top)};
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
    mop_map_init(&m.done);
    for (size_t i = 0; i < n && !slow && *steps > 0; i++)
        slow = try_candidate(&m, f, &list[i], out);
    mop_map_release(&m.done);
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
