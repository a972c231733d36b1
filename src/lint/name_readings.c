/* SPDX-License-Identifier: MIT */
#include "lint/name_automaton.h"
#include <stdlib.h>
#include <string.h>

/*
 * A name that two readings share: both go through their automata with the same characters, side by
 * side, the shortest ways first. A pair of places is looked at once, so that no list of names is
 * made: what two lists of thousands have in common shows after as many steps as their trees have
 * nodes.
 */

enum { TRIES = 64, NONE = UINT32_MAX };

struct pair {
    uint32_t a, b, from; /* from: the pair before; NONE: the first one */
    bool parted;         /* of `unlike`: a character was not read by the same part */
    struct mop_rx_set read;
};
struct search {
    struct mop_lint_names *x;
    struct mop_name_automaton one, two;
    const struct mop_name_automaton *second; /* one or two */
    struct mop_arena a;
    mop_name_see *see;
    void *ctx;
    uint64_t steps;
    struct pair *seen; /* a queue, all of which is kept */
    size_t n, room;
    uint64_t *slots; /* a, b and parted; 0: free */
    size_t nslots;   /* a power of two */
    uint32_t *ahead[2];
    size_t room_ahead[2];
    unsigned tries;
    bool unlike;       /* the two are to differ in a part that both have */
    size_t *shared[2]; /* by element */
};

static void spend(struct search *s, uint64_t n)
{
    s->steps -= n < s->steps ? n : s->steps;
}

/* ---- pairs that were met ---- */

static uint64_t key_of(const struct pair *p)
{
    return (uint64_t)p->a << 33 | (uint64_t)p->b << 2 | (uint64_t)p->parted << 1 | 1;
}

static uint64_t *slot_of(const struct search *s, uint64_t key)
{
    size_t i = (key * UINT64_C(0x9E3779B97F4A7C15) >> 20) & (s->nslots - 1);
    while (s->slots[i] && s->slots[i] != key)
        i = (i + 1) & (s->nslots - 1);
    return &s->slots[i];
}

static void make_room(struct search *s)
{
    if (s->n * 2 < s->nslots)
        return;
    free(s->slots);
    s->nslots = s->nslots ? s->nslots * 2 : 1024;
    s->slots = mop_realloc(NULL, s->nslots, sizeof *s->slots);
    memset(s->slots, 0, s->nslots * sizeof *s->slots);
    for (size_t i = 0; i < s->n; i++)
        *slot_of(s, key_of(&s->seen[i])) = key_of(&s->seen[i]);
}

static void reach(struct search *s, struct pair p)
{
    make_room(s);
    uint64_t key = key_of(&p), *slot = slot_of(s, key), *wider = slot_of(s, key | 2);
    if (*slot || *wider)
        return;
    *slot = key;
    spend(s, 4);
    MOP_GROW(s->seen, s->n, s->room);
    s->seen[s->n++] = p;
}

/* ---- a step of both ---- */

/* Which part reads in that state, of those that both templates have, as one has them. */
static size_t part_of(const struct search *s, const struct mop_name_automaton *m, size_t state)
{
    uint32_t e = m->state[state].element;
    return e == MOP_NAME_NONE ? SIZE_MAX : s->shared[m != &s->one][e];
}

static size_t *shared_parts(struct search *s, const struct mop_template *t,
                            const struct mop_template *with, bool second)
{
    size_t *part = mop_arena_array(&s->a, t->nelements + 1, sizeof *part);
    for (size_t i = 0; i < t->nelements; i++) {
        const struct mop_template_element *e = &t->elements[i];
        size_t of =
            e->op == MOP_EL_PART ? mop_template_part(with, t->parts[e->part].name) : SIZE_MAX;
        part[i] = of == SIZE_MAX ? SIZE_MAX : second ? of : e->part;
    }
    return part;
}

static void add_ahead(struct search *s, size_t which, size_t *n, const uint32_t *list, size_t more)
{
    for (size_t i = 0; i < more; i++) {
        MOP_GROW(s->ahead[which], *n, s->room_ahead[which]);
        s->ahead[which][(*n)++] = list[i];
    }
}

/* The states that follow one, of its element and of those that may be read next. */
static size_t look_ahead(struct search *s, const struct mop_name_automaton *m, size_t which,
                         size_t state)
{
    const struct mop_name_state *at = &m->state[state];
    const struct mop_name_next *next = mop_name_behind(m, state);
    size_t n = 0;
    if (at->n)
        add_ahead(s, which, &n, m->to + at->first, at->n);
    for (size_t i = 0; at->last && i < next->n; i++)
        add_ahead(s, which, &n, m->firsts[next->element[i]].element, m->firsts[next->element[i]].n);
    spend(s, n);
    return n;
}

static void step(struct search *s, uint32_t from)
{
    struct pair p = s->seen[from];
    const struct mop_name_automaton *one = &s->one, *two = s->second;
    bool twins = one == two && p.a == p.b;
    size_t na = look_ahead(s, one, 0, p.a), nb = look_ahead(s, two, 1, p.b);
    for (size_t i = 0; i < na; i++)
        for (size_t k = twins ? i : 0; k < nb && s->steps; k++) {
            uint32_t a = s->ahead[0][i], b = s->ahead[1][k];
            struct mop_rx_set both = mop_rx_set_and(one->state[a].set, two->state[b].set);
            spend(s, 1);
            if (!mop_rx_set_empty(both))
                reach(s, (struct pair){a, b, from,
                                       p.parted ||
                                           (s->unlike && part_of(s, one, a) != part_of(s, two, b)),
                                       both});
        }
}

/* ---- what was found ---- */

/* How many characters were read up to pair i. */
static size_t length_of(const struct search *s, size_t i)
{
    size_t n = 0;
    for (; s->seen[i].from != NONE; i = s->seen[i].from)
        n++;
    return n;
}

/* The text of each part, by the states in which its characters were read. */
static struct mop_sv *parts_of(struct search *s, const struct mop_name_automaton *m,
                               const uint32_t *path, const size_t *at, size_t n, bool second,
                               struct mop_sv text)
{
    struct mop_sv *parts = mop_arena_array(&s->a, m->t->nparts + 1, sizeof *parts);
    for (size_t i = 0; i < n; i++) {
        const struct pair *p = &s->seen[path[i]];
        const struct mop_template_element *e =
            &m->t->elements[m->state[second ? p->b : p->a].element];
        size_t part = e->part;
        if (e->op != MOP_EL_PART)
            continue;
        if (!parts[part].p)
            parts[part] = (struct mop_sv){text.p + at[i], 0};
        parts[part].n = at[i + 1] - (size_t)(parts[part].p - text.p);
    }
    return parts;
}

static bool is_right(const struct search *s, const struct mop_template *t,
                     const struct mop_sv *parts)
{
    for (size_t i = 0; i < t->nparts; i++)
        if (parts[i].p && !mop_lint_fits(&t->parts[i], parts[i], s->x->run))
            return false;
    return true;
}

static bool try(struct search *s, size_t last)
{
    size_t n = length_of(s, last);
    uint32_t *path = mop_arena_array(&s->a, n + 1, sizeof *path);
    size_t *at = mop_arena_array(&s->a, n + 1, sizeof *at);
    struct mop_buf b;
    for (size_t i = last, k = n; k > 0; i = s->seen[i].from)
        path[--k] = (uint32_t)i;
    mop_buf_init(&b, 1 << 20);
    for (size_t i = 0; i < n; i++) {
        mop_rx_symbol_put(&s->x->symbols, mop_rx_set_pick(s->seen[path[i]].read), &b);
        at[i + 1] = b.n;
    }
    struct mop_sv text = mop_arena_copy(&s->a, mop_buf_view(&b));
    struct mop_lint_name one = {text, parts_of(s, &s->one, path, at, n, false, text)};
    struct mop_lint_name two = {text, parts_of(s, s->second, path, at, n, true, text)};
    mop_buf_release(&b);
    spend(s, 100 + text.n);
    return is_right(s, s->one.t, one.parts) && is_right(s, s->second->t, two.parts) &&
           s->see(&one, &two, s->ctx);
}

static enum mop_readings run(struct search *s)
{
    reach(s, (struct pair){0, 0, NONE, false, {{0}}});
    for (uint32_t i = 0; i < s->n && s->steps; i++) {
        const struct pair *p = &s->seen[i];
        if (p->parted == s->unlike && mop_name_ends(&s->one, p->a) &&
            mop_name_ends(s->second, p->b)) {
            if (try(s, i))
                return MOP_READ_FOUND;
            if (++s->tries == TRIES)
                return MOP_READ_UNSURE;
        }
        step(s, i);
    }
    if (!s->steps)
        return MOP_READ_UNFINISHED;
    return s->tries || s->one.partial || s->second->partial ? MOP_READ_UNSURE : MOP_READ_NONE;
}

enum mop_readings mop_name_readings(struct mop_lint_names *x, const struct mop_template *t,
                                    const struct mop_template *other, bool unlike,
                                    mop_name_see *see, void *ctx)
{
    struct search s = {.x = x, .see = see, .ctx = ctx, .unlike = unlike};
    uint64_t most = x->l->steps < MOP_NAME_STEPS ? x->l->steps : MOP_NAME_STEPS;
    s.steps = most;
    mop_arena_init(&s.a);
    s.shared[0] = shared_parts(&s, t, other, false);
    s.shared[1] = shared_parts(&s, other, t, true);
    bool whole = mop_name_alphabet(x, t, other, &s.a);
    mop_name_automaton_init(&s.one, x, t, &s.a, &s.steps);
    s.second = t == other ? &s.one : &s.two;
    if (t != other)
        mop_name_automaton_init(&s.two, x, other, &s.a, &s.steps);
    s.one.partial |= !whole;
    enum mop_readings r = run(&s);
    if (!mop_lint_steps(x->l, most - s.steps + !s.steps))
        r = MOP_READ_UNFINISHED;
    mop_name_automaton_release(&s.one);
    mop_name_automaton_release(&s.two);
    free(s.seen);
    free(s.slots);
    free(s.ahead[0]);
    free(s.ahead[1]);
    mop_arena_release(&s.a);
    return r;
}
