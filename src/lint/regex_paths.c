/* SPDX-License-Identifier: MIT */
#include "lint/regex_ambiguity.h"
#include <string.h>

/*
 * Many ways without a circle: a?a?a?...aaa. A text is made character by character, the one that
 * most ways can read, and the ways are counted.
 */

enum {
    LENGTH = 160,     /* of a text */
    CLASSES = 24,     /* symbols that are tried: of those that the same states take one */
    ENOUGH = 1 << 14, /* ways for a text to be worth its measuring */
    EDGES_PER_STEP = 8
};

struct walk {
    const struct mop_rx_symbols *s;
    const struct mop_rx_nfa *f;
    uint64_t *steps;
    int class[CLASSES];
    size_t nclasses;
    double *now, *next, *best; /* by state: the ways that lead there */
    struct mop_buf text;
    double most; /* ways at the best length so far */
};

static bool same_states(const struct mop_rx_nfa *f, size_t x, size_t y)
{
    for (size_t i = f->search; i < f->n; i++)
        if (mop_rx_set_has(f->state[i].set, x) != mop_rx_set_has(f->state[i].set, y))
            return false;
    return true;
}

static bool is_taken(const struct mop_rx_nfa *f, size_t symbol)
{
    for (size_t i = f->search; i < f->n; i++)
        if (mop_rx_set_has(f->state[i].set, symbol))
            return true;
    return false;
}

static void add_class(struct walk *w, size_t symbol)
{
    bool known = w->nclasses == CLASSES || !is_taken(w->f, symbol);
    for (size_t i = 0; i < w->nclasses && !known; i++)
        known = same_states(w->f, (size_t)w->class[i], symbol);
    *w->steps -= w->f->n / 64 < *w->steps ? w->f->n / 64 : *w->steps;
    if (!known)
        w->class[w->nclasses++] = (int)symbol;
}

/* Readable ones first. */
static void find_classes(struct walk *w)
{
    for (size_t i = 'a'; i <= 'z'; i++)
        add_class(w, i);
    for (size_t i = 1; i < w->s->n; i++)
        add_class(w, i);
}

static double enter(struct walk *w, const uint64_t *to, const uint64_t *twice, double ways,
                    size_t symbol)
{
    const struct mop_rx_nfa *f = w->f;
    double sum = 0;
    uint64_t edges = 0;
    for (size_t i = mop_rx_next(f, to, 0); i < f->n; i = mop_rx_next(f, to, i + 1), edges++)
        if (mop_rx_set_has(f->state[i].set, symbol)) {
            double more = twice && mop_rx_in(twice, i) ? 2 * ways : ways;
            w->next[i] += more;
            sum += more;
        }
    edges = 1 + edges / EDGES_PER_STEP;
    *w->steps -= edges < *w->steps ? edges : *w->steps;
    return sum;
}

/* Into w->next; how many ways there are then. */
static double read_symbol(struct walk *w, bool first, size_t symbol)
{
    const struct mop_rx_nfa *f = w->f;
    double sum = 0;
    memset(w->next, 0, f->n * sizeof *w->next);
    if (first)
        return enter(w, f->first, NULL, 1, symbol);
    for (size_t i = 0; i < f->n && *w->steps; i++)
        if (w->now[i] > 0)
            sum += enter(w, mop_rx_follow(f, i), f->twice + i * f->words, w->now[i], symbol);
    return sum;
}

static void swap(double **x, double **y)
{
    double *z = *x;
    *x = *y;
    *y = z;
}

/* One character more; false: nothing can be read any more. */
static bool go_on(struct walk *w, bool first)
{
    double most = 0;
    int symbol = -1;
    for (size_t i = 0; i < w->nclasses && *w->steps; i++) {
        double ways = read_symbol(w, first, (size_t)w->class[i]);
        if (ways > most) {
            most = ways;
            symbol = w->class[i];
            swap(&w->next, &w->best);
        }
    }
    if (symbol < 0)
        return false;
    swap(&w->now, &w->best);
    mop_rx_symbol_put(w->s, symbol, &w->text);
    w->most = most > w->most ? most : w->most;
    return most < 1e100;
}

static size_t any_state(const struct walk *w)
{
    size_t i = 0;
    while (i + 1 < w->f->n && !(w->now[i] > 0))
        i++;
    return i;
}

/* The text ends with a row of one character: that is the pump. */
static struct mop_rx_candidate candidate(struct mop_arena *a, const struct walk *w)
{
    struct mop_rx_ways ways = mop_rx_ways_find(a, w->f);
    struct mop_sv text = mop_arena_copy(a, mop_buf_view(&w->text));
    size_t last = text.n - 1, from, state = any_state(w);
    while (last && ((unsigned char)text.p[last] & 0xC0) == 0x80)
        last--;
    size_t one = text.n - last;
    for (from = last; from >= one && memcmp(text.p + from - one, text.p + last, one) == 0;)
        from -= one;
    const struct mop_rx_state *at = &w->f->state[state];
    struct mop_rx_candidate c = {.prefix = mop_sv_sub(text, 0, from),
                                 .pump = mop_sv_sub(text, last, text.n),
                                 .tail = mop_rx_way_out(a, w->s, &ways, state),
                                 .node = at->loop ? at->loop : at->atom,
                                 .repeats = (text.n - from) / one};
    return c;
}

size_t mop_rx_path_candidates(struct mop_arena *a, const struct mop_rx_symbols *s,
                              const struct mop_rx_nfa *f, uint64_t *steps,
                              struct mop_rx_candidate out[1])
{
    struct walk w = {.s = s, .f = f, .steps = steps};
    w.now = mop_arena_array(a, f->n + 1, sizeof *w.now);
    w.next = mop_arena_array(a, f->n + 1, sizeof *w.next);
    w.best = mop_arena_array(a, f->n + 1, sizeof *w.best);
    if (f->search)
        return 0; /* from every place anew, few characters each */
    find_classes(&w);
    mop_buf_init(&w.text, 4 * LENGTH + 4);
    for (size_t n = 0; n < LENGTH && *steps && go_on(&w, n == 0); n++)
        ;
    bool many = *steps && w.most >= ENOUGH && w.text.n;
    if (many)
        out[0] = candidate(a, &w);
    mop_buf_release(&w.text);
    return many;
}
