/* SPDX-License-Identifier: MIT */
#include "lint/candidates.h"
#include "base/date.h"
#include "lint/regex_witness.h"
#include <string.h>

/*
 * What a part may hold: of a list its values; of a pattern texts that lead through its automaton,
 * and two of them with a separator of the template between; of a date what fits it of a few words.
 */

static const char *const words[] = {"a",  "ab", "x1",     "brand",      "emea",      "1",
                                    "12", "A",  "2026",   "202611",     "20261122",  "2026-11",
                                    "B2", "Q4", "2026Q4", "2026-11-22", "22.11.2026"};
enum { WORDS = sizeof words / sizeof *words, SAMPLES = 24, JOINED = 6, STEPS_PER_PART = 2000 };

struct chooser {
    struct mop_lint_names *x;
    const struct mop_template *t;
    struct mop_arena *a;
    struct mop_lint_choices *plain; /* by part: without what is joined */
};

void mop_lint_names_init(struct mop_lint_names *x, struct mop_lint *l, struct mop_run *run)
{
    *x = (struct mop_lint_names){.l = l, .run = run};
    mop_rx_symbols_init(&x->symbols);
    mop_map_init(&x->patterns);
    for (size_t i = 0; i < l->npatterns; i++) {
        const struct mop_regex *const *r = &l->patterns[i].regex;
        *mop_map_put(&x->patterns, (struct mop_sv){(const char *)r, sizeof *r}, NULL) = 1 + i;
    }
}

void mop_lint_names_release(struct mop_lint_names *x)
{
    mop_map_release(&x->patterns);
    mop_rx_symbols_release(&x->symbols);
}

const struct mop_pattern *mop_lint_pattern_of(const struct mop_lint_names *x,
                                              const struct mop_regex *r)
{
    const uint64_t *i = mop_map_find(&x->patterns, (struct mop_sv){(const char *)&r, sizeof r});
    return i ? &x->l->patterns[*i - 1] : NULL;
}

bool mop_lint_fits(const struct mop_template_part *p, struct mop_sv text, struct mop_run *run)
{
    struct mop_when when;
    enum mop_rung rung;
    if (p->pattern)
        return mop_regex_match(p->pattern, run->match, text) == MOP_RX_YES;
    if (p->vocabulary)
        return mop_vocabulary_look(p->vocabulary, text, run->scratch, &rung) &&
               (rung == MOP_RUNG_EXACT || rung == MOP_RUNG_PROVISIONAL);
    return mop_date_parse(p->date, p->zone, text, &when);
}

static void add(struct mop_lint_choices *c, struct mop_sv text)
{
    for (size_t i = 0; i < c->n; i++)
        if (mop_sv_eq(c->list[i], text))
            return;
    if (c->n < MOP_LINT_CHOICES)
        c->list[c->n++] = text;
}

static bool has_separator(const struct mop_template *t, struct mop_sv text)
{
    for (size_t i = 0; i < t->nelements; i++)
        if (t->elements[i].op == MOP_EL_TEXT)
            for (size_t k = 0; k + t->elements[i].text.n <= text.n; k++)
                if (mop_sv_eq(mop_sv_sub(text, k, k + t->elements[i].text.n), t->elements[i].text))
                    return true;
    return false;
}

/* Values with a separator in them are what two readings are made of: half of the room is theirs. */
static void from_list(const struct mop_template *t, const struct mop_vocabulary *v,
                      struct mop_lint_choices *c)
{
    for (size_t i = 0; i < v->nterms && c->n < MOP_LINT_CHOICES / 2; i++)
        if (has_separator(t, v->terms[i]->value))
            add(c, v->terms[i]->value);
    for (size_t i = 0; i < v->nterms && c->n < MOP_LINT_CHOICES; i++)
        add(c, v->terms[i]->value);
}

/* The shortest texts through each state of the pattern's automaton. */
static void from_pattern(const struct chooser *k, const struct mop_template_part *p,
                         struct mop_lint_choices *c)
{
    struct mop_sv list[SAMPLES];
    const struct mop_pattern *at = p->pattern ? mop_lint_pattern_of(k->x, p->pattern) : NULL;
    if (!at || !mop_lint_steps(k->x->l, STEPS_PER_PART))
        return;
    struct mop_rx_pattern x = {at->node->text, at->flags, at->regex, NULL};
    x.top = mop_rx_parse(k->a, x.text, at->flags & MOP_RX_NOCASE ? MOP_RX_I : 0);
    size_t n = x.top ? mop_rx_samples(k->a, &k->x->symbols, &x, list, SAMPLES) : 0;
    for (size_t i = 0; i < n; i++)
        if (mop_lint_fits(p, list[i], k->x->run))
            add(c, list[i]);
}

static void from_words(const struct chooser *k, const struct mop_template_part *p,
                       struct mop_lint_choices *c)
{
    for (size_t i = 0; i < WORDS; i++)
        if (mop_lint_fits(p, mop_sv_of(words[i]), k->x->run))
            add(c, mop_sv_of(words[i]));
}

static void join(const struct chooser *k, const struct mop_template_part *p, struct mop_sv x,
                 struct mop_sv y, struct mop_lint_choices *c)
{
    for (size_t i = 0; i < k->t->nelements && c->n < JOINED; i++) {
        const struct mop_template_element *e = &k->t->elements[i];
        struct mop_sv text = mop_arena_printf(k->a, "%.*s%.*s%.*s", MOP_SV_ARG(x),
                                              MOP_SV_ARG(e->text), MOP_SV_ARG(y));
        if (e->op == MOP_EL_TEXT && mop_lint_fits(p, text, k->x->run))
            add(c, text);
    }
}

/* What two readings are made of: a separator inside, with what this part or another has around. */
static void from_joints(const struct chooser *k, size_t part, struct mop_lint_choices *c)
{
    const struct mop_template_part *p = &k->t->parts[part];
    const struct mop_lint_choices *own = &k->plain[part];
    for (size_t i = 0; i < own->n && i < 2; i++)
        join(k, p, own->list[i], own->list[i], c);
    for (size_t i = 0; own->n && i < k->t->nparts; i++)
        for (size_t n = 0; i != part && n < k->plain[i].n && n < 2; n++) {
            join(k, p, own->list[0], k->plain[i].list[n], c);
            join(k, p, k->plain[i].list[n], own->list[0], c);
        }
}

static void choose(const struct chooser *k, size_t part, struct mop_lint_choices *c)
{
    from_joints(k, part, c);
    for (size_t i = 0; i < k->plain[part].n; i++)
        add(c, k->plain[part].list[i]);
    for (size_t i = 0; i < k->t->nparts; i++)
        for (size_t n = 0; i != part && n < k->plain[i].n && n < 4; n++)
            if (mop_lint_fits(&k->t->parts[part], k->plain[i].list[n], k->x->run))
                add(c, k->plain[i].list[n]);
}

struct mop_lint_choices *mop_lint_choices(struct mop_lint_names *x, const struct mop_template *t,
                                          struct mop_arena *a)
{
    struct chooser k = {x, t, a, mop_arena_array(a, t->nparts + 1, sizeof *k.plain)};
    struct mop_lint_choices *all = mop_arena_array(a, t->nparts + 1, sizeof *all);
    for (size_t i = 0; i < t->nparts; i++) {
        const struct mop_template_part *p = &t->parts[i];
        if (p->vocabulary) {
            from_list(t, p->vocabulary, &k.plain[i]);
            continue;
        }
        from_pattern(&k, p, &k.plain[i]);
        from_words(&k, p, &k.plain[i]);
    }
    for (size_t i = 0; i < t->nparts; i++)
        if (t->parts[i].vocabulary)
            all[i] = k.plain[i];
        else
            choose(&k, i, &all[i]);
    return all;
}

/* ---- names ---- */

struct maker {
    const struct mop_template *t;
    const struct mop_lint_choices *choices;
    size_t pick[MOP_TEMPLATE_ELEMENTS]; /* per part */
    uint32_t left_out;                  /* bit per [ ], in the order of the template */
    struct mop_buf text;
    size_t from[MOP_TEMPLATE_ELEMENTS], to[MOP_TEMPLATE_ELEMENTS];
    struct mop_sv parts[MOP_TEMPLATE_ELEMENTS];
};

/* False if a part that is to stand there has no value. */
static bool write_name(struct maker *m)
{
    size_t group = 0;
    mop_buf_reset(&m->text);
    for (size_t i = 0; i < m->t->nparts; i++)
        m->from[i] = SIZE_MAX;
    for (size_t i = 0; i < m->t->nelements; i++) {
        const struct mop_template_element *e = &m->t->elements[i];
        if (e->op == MOP_EL_OPEN && (m->left_out >> (group++ % 32) & 1)) {
            i = e->close;
        } else if (e->op == MOP_EL_TEXT) {
            mop_buf_sv(&m->text, e->text);
        } else if (e->op == MOP_EL_PART) {
            const struct mop_lint_choices *c = &m->choices[e->part];
            if (!c->n)
                return false;
            m->from[e->part] = m->text.n;
            mop_buf_sv(&m->text, c->list[m->pick[e->part]]);
            m->to[e->part] = m->text.n;
        }
    }
    for (size_t i = 0; i < m->t->nparts; i++)
        m->parts[i] = m->from[i] == SIZE_MAX
                          ? MOP_SV_NONE
                          : mop_sv_sub(mop_buf_view(&m->text), m->from[i], m->to[i]);
    return true;
}

/* The next choice of values, as a counter; false when all were had. */
static bool next_pick(struct maker *m)
{
    for (size_t i = m->t->nparts; i-- > 0;) {
        if (m->pick[i] + 1 < m->choices[i].n) {
            m->pick[i]++;
            return true;
        }
        m->pick[i] = 0;
    }
    return false;
}

void mop_lint_each_name(const struct mop_template *t, const struct mop_lint_choices *choices,
                        bool (*fn)(const struct mop_lint_name *name, void *ctx), void *ctx)
{
    struct maker m = {.t = t, .choices = choices};
    uint32_t groups = 0;
    for (size_t i = 0; i < t->nelements; i++)
        groups += t->elements[i].op == MOP_EL_OPEN;
    uint32_t variants = groups < 3 ? 1U << groups : 8, made = 0;
    bool go = true;
    mop_buf_init(&m.text, 1 << 16);
    for (m.left_out = 0; go && m.left_out < variants; m.left_out++) {
        uint32_t room = MOP_LINT_NAMES / variants;
        do {
            struct mop_lint_name name = {.parts = m.parts};
            if (!write_name(&m))
                break;
            name.text = mop_buf_view(&m.text);
            go = fn(&name, ctx);
        } while (go && ++made % room && next_pick(&m));
        memset(m.pick, 0, sizeof m.pick);
    }
    mop_buf_release(&m.text);
}
