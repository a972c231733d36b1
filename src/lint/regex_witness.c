/* SPDX-License-Identifier: MIT */
#include "lint/regex_witness.h"
#include "lint/regex_ambiguity.h"
#include <stdlib.h>
#include <string.h>

enum {
    FIRST = 8,      /* repeats to begin with */
    MORE = 4,       /* and so many more of them tell whether each doubles the work or so: */
    BURSTS = 6,     /* so many times as much */
    DOUBLED = 16,   /* if not, from here on they are doubled */
    JUDGED = 64,    /* from here on it is foretold where it leads */
    SUFFIXES = 32,  /* per candidate */
    STRANGERS = 6,  /* characters that end what is repeated */
    RUN_COST = 8,   /* of starting PCRE2, in steps */
    ASK_COST = 500, /* of asking PCRE2 what a class takes, in steps */
    WANTED = MOP_RX_WITNESS_STEPS / 4 * 5, /* rather more than is asked for: growth is guessed */
    SCAN_LIMITED = 8, /* characters that a repeat with a limit passes over in the time of a step */
    PLAIN_WAYS = 1 << 14, /* with fewer a pattern is not looked into */
    SCAN = 24             /* characters that a repeat passes over in the time of a step */
};

struct measure {
    struct mop_arena *a;
    const struct mop_rx_symbols *s;
    const struct mop_rx_pattern *p;
    uint64_t *steps;
    struct mop_buf text;
    const uint32_t *scans; /* by state */
    size_t scan;           /* characters that one step may go over, in the text at hand */
    struct mop_map done;   /* texts that were measured, without their repeats */
    uint64_t unspent;      /* steps that were left when they did not suffice for the next text */
};

static void take(uint64_t *steps, uint64_t n)
{
    *steps -= n < *steps ? n : *steps;
}

/* ---- measuring ---- */

void mop_rx_witness_put(const struct mop_rx_witness *w, size_t repeats, struct mop_buf *out)
{
    mop_buf_sv(out, w->prefix);
    for (size_t i = 0; i < repeats; i++)
        mop_buf_sv(out, w->pump);
    mop_buf_sv(out, w->suffix);
}

/* PCRE2 counts a repeat that it need not go back into as one step, however much it takes: one with
 * a limit mostly as much as that allows, one without a part of the text. */
static uint64_t cost_of_step(const struct measure *m)
{
    size_t third = m->text.n / 3, eighth = m->text.n / 8;
    return 1 + (m->scan < third ? m->scan / SCAN_LIMITED : eighth / SCAN);
}

/* Nothing more is run: what is left does not suffice. */
static uint64_t give_up(struct measure *m)
{
    m->unspent += *m->steps;
    *m->steps = 0;
    return 0;
}

/* No more than can be paid for, nor what is expected to cost more: 0, with nothing left, if that is
 * too little to tell. */
static uint64_t steps_of(struct measure *m, struct mop_rx_witness *w, size_t repeats,
                         uint64_t expected)
{
    struct mop_regex_work work = {.expected = expected};
    uint64_t n = 0;
    mop_buf_reset(&m->text);
    mop_rx_witness_put(w, repeats, &m->text);
    struct mop_sv text = mop_buf_view(&m->text);
    uint64_t cost = cost_of_step(m), affordable = *m->steps / cost;
    bool poor = affordable < MOP_RX_WITNESS_STEPS;
    uint64_t cap = poor ? affordable : MOP_RX_WITNESS_STEPS;
    if (poor && expected > affordable)
        return give_up(m);
    n = mop_regex_steps(m->p->regex, m->s->match, text, cap, &work);
    w->undecided = work.limit;
    take(m->steps, work.runs * RUN_COST + work.steps * cost);
    if (n <= cap || !poor)
        return n;
    *m->steps = 0;
    return 0;
}

/* Steps at `max` repeats if they go on growing as they did by the last doubling. */
static double foretold(uint64_t before, uint64_t now, size_t repeats, size_t max)
{
    double growth = (double)now / (double)(before ? before : 1), steps = (double)now;
    for (size_t n = repeats; n < max && steps <= 1e9; n *= 2)
        steps *= growth;
    return steps;
}

/* How many times the steps of n repeats are those of n + n / 8, if those of 2 * n are so many times
 * theirs. */
static double growth_by_an_eighth(double growth)
{
    double by = 1;
    while (growth >= 2) {
        growth /= 2;
        by *= 1.125;
    }
    return growth > 1 ? by * (1 + (growth - 1) / 8) : by;
}

/* For repeats that are multiplied, as polynomials grow. */
static size_t more_times(double growth, size_t n, size_t max, double *steps)
{
    double by = growth_by_an_eighth(growth);
    while (by > 1 && n < max && *steps < WANTED) {
        *steps *= by;
        n += n / 8;
    }
    return n;
}

/* For repeats that are added, as powers grow. */
static size_t more_by(double growth, size_t n, size_t max, double *steps)
{
    while (n < max && *steps < WANTED) {
        *steps *= growth;
        n += MORE;
    }
    return n;
}

/* Repeats to try next: some more, or as many as may suffice if it goes on like this, for then
 * *expected steps. */
static size_t next_size(uint64_t before, uint64_t now, size_t n, size_t max, uint64_t *expected)
{
    double growth = (double)now / (double)(before ? before : 1), steps = (double)now;
    size_t next = n < DOUBLED - MORE ? n + MORE : n < DOUBLED ? DOUBLED : 2 * n;
    if (n == FIRST + MORE && growth >= BURSTS)
        next = more_by(growth, n, max, &steps);
    else if (n >= JUDGED && growth > 1.5)
        next = more_times(growth, n, max, &steps);
    *expected = steps <= (double)now           ? 0
                : steps < MOP_RX_WITNESS_STEPS ? (uint64_t)steps
                                               : MOP_RX_WITNESS_STEPS;
    return next < max ? next : max;
}

static bool is_slow(struct measure *m, struct mop_rx_witness *w)
{
    size_t room = MOP_RX_WITNESS_BYTES - w->prefix.n - w->suffix.n, max = room / w->pump.n;
    uint64_t before = 0, expected = 0;
    if (w->repeats)
        return steps_of(m, w, w->repeats, 0) > MOP_RX_WITNESS_STEPS;
    for (size_t n = FIRST < max ? FIRST : max; *m->steps > 0;) {
        uint64_t now = steps_of(m, w, n, expected);
        w->repeats = n;
        if (now > MOP_RX_WITNESS_STEPS)
            return true;
        if (n == max || (n >= JUDGED && foretold(before, now, n, max) < MOP_RX_WITNESS_STEPS * .9))
            return false;
        n = next_size(before, now, n, max, &expected);
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
        *out = (struct mop_rx_witness){prefix,        c->pump,     s->item[i],  c->repeats,
                                       c->node->from, c->node->to, c->anywhere, false};
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
    m->scan = 0;
    for (size_t i = 0; i < f->n; i++)
        if (m->scans[i] > m->scan && mop_rx_set_takes(m->s, f->state[i].set, c->pump))
            m->scan = m->scans[i];
    return try_prefix(m, &s, c->prefix, c, out) ||
           (f->search && !c->prefix.n && s.item[0].n && try_prefix(m, &s, s.item[0], c, out));
}

/* ---- the whole ---- */

/* At most so many ways are there through it, whatever the text; too many where it is repeated. */
static double ways_through(const struct mop_rx_node *n)
{
    double all = n->kind == MOP_RX_ALT ? 0 : 1;
    if ((n->kind == MOP_RX_REPEAT && n->max > 1) || n->call)
        return PLAIN_WAYS;
    for (const struct mop_rx_node *k = n->kid; k && all < PLAIN_WAYS; k = k->next)
        all = n->kind == MOP_RX_ALT ? all + ways_through(k) : all * ways_through(k);
    return n->kind == MOP_RX_REPEAT && n->min == 0 ? all + 1 : all;
}

bool mop_rx_is_plain(const struct mop_rx_node *top)
{
    return ways_through(top) < PLAIN_WAYS;
}

static bool is_possessive(const struct mop_rx_pattern *p, const struct mop_rx_node *repeat)
{
    return p->text.p[repeat->to - 1] == '+' && repeat->to - 1 > repeat->kid->to;
}

static bool has_end(const struct mop_rx_node *n)
{
    for (; n; n = n->next)
        if (n->kind == MOP_RX_END || has_end(n->kid))
            return true;
    return false;
}

/*
 * Nothing that follows takes what is repeated: PCRE2 makes it possessive. `ends`: $ may follow,
 * which looks for a newline.
 */
static bool is_parted(const struct mop_rx_nfa *f, const struct mop_rx_node *atom, bool ends)
{
    for (size_t i = 0; i < f->n; i++) {
        const uint64_t *to = mop_rx_follow(f, i);
        bool line = ends && mop_rx_in(f->last, i) && mop_rx_set_has(f->state[i].set, '\n');
        bool parted = f->state[i].atom == atom && !line;
        for (size_t k = mop_rx_next(f, to, 0); parted && k < f->n; k = mop_rx_next(f, to, k + 1))
            parted = f->state[k].atom == atom ||
                     mop_rx_set_empty(mop_rx_set_and(f->state[i].set, f->state[k].set));
        if (parted)
            return true;
    }
    return false;
}

static void mark(const struct mop_rx_nfa *f, const struct mop_rx_node *repeat, uint32_t *scan)
{
    for (size_t i = 0; i < f->n; i++)
        if (f->state[i].atom == repeat->kid)
            scan[i] = repeat->max;
}

/* For each state the characters that may be passed over there in one step; 0: one. */
static void find_scans(const struct mop_rx_pattern *p, const struct mop_rx_nfa *f,
                       const struct mop_rx_node *n, bool atomic, uint32_t *scan)
{
    for (; n; n = n->next) {
        bool whole = atomic || n->kind == MOP_RX_LOOK ||
                     mop_sv_starts(mop_sv_sub(p->text, n->from, n->to), MOP_SV("(?>"));
        if (n->kind != MOP_RX_REPEAT || n->kid->kind != MOP_RX_ATOM)
            find_scans(p, f, n->kid, whole, scan);
        else if (whole || is_possessive(p, n) || is_parted(f, n->kid, has_end(p->top)))
            mark(f, n, scan);
    }
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

static bool try_all(struct measure *m, const struct mop_rx_nfa *f,
                    const struct mop_rx_candidate *list, size_t n, struct mop_rx_witness *out)
{
    bool slow = false;
    mop_buf_init(&m->text, MOP_RX_WITNESS_BYTES);
    mop_map_init(&m->done);
    for (size_t i = 0; i < n && !slow && *m->steps > 0; i++)
        slow = try_candidate(m, f, &list[i], out);
    mop_map_release(&m->done);
    mop_buf_release(&m->text);
    return slow;
}

enum mop_rx_verdict mop_rx_witness_find(struct mop_arena *a, struct mop_rx_symbols *s,
                                        const struct mop_rx_pattern *p, uint64_t *steps,
                                        struct mop_rx_witness *out)
{
    struct mop_rx_candidate list[MOP_RX_CANDIDATES];
    bool too_large;
    if (mop_rx_is_plain(p->top))
        return MOP_RX_FAST;
    uint64_t asked = s->asked;
    struct mop_rx_nfa *f = automaton(a, s, p);
    if (!f)
        return MOP_RX_TOO_LARGE;
    take(steps, (s->asked - asked) * ASK_COST + f->n * f->n / 32);
    uint64_t search = *steps / 2, rest = *steps - search; /* what is found has to be measured */
    size_t n = mop_rx_candidates(a, s, f, &search, &too_large, list);
    bool all = search > 0;
    *steps = rest + search;
    uint32_t *scans = mop_arena_array(a, f->n + 1, sizeof *scans);
    struct measure m = {.a = a, .s = s, .p = p, .steps = steps, .scans = scans};
    find_scans(p, f, p->top, false, scans);
    if (try_all(&m, f, list, n, out))
        return MOP_RX_SLOW;
    n = mop_rx_look_candidates(a, s, p->text, p->top, f->search, list);
    if (n && try_all(&m, f, list, n, out))
        return MOP_RX_SLOW;
    uint64_t walk = *steps / 2;
    rest = *steps - walk;
    n = mop_rx_path_candidates(a, s, f, &walk, list);
    all &= walk > 0;
    *steps = rest + walk;
    if (n && try_all(&m, f, list, n, out))
        return MOP_RX_SLOW;
    bool unsure = !all || !*steps;
    *steps += m.unspent;
    return unsure ? MOP_RX_UNSURE : too_large ? MOP_RX_TOO_LARGE : MOP_RX_FAST;
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
