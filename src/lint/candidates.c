/* SPDX-License-Identifier: MIT */
#include "lint/candidates.h"
#include "base/date.h"
#include <string.h>

/* What a part may hold: of a list its values; of a pattern or date what fits it of a few words. */

/* Short words as names are made of them; the rest comes from the separators between. */
static const char *const words[] = {"a",  "ab", "x1",     "brand",      "emea",      "1",
                                    "12", "A",  "2026",   "202611",     "20261122",  "2026-11",
                                    "B2", "Q4", "2026Q4", "2026-11-22", "22.11.2026"};
enum { WORDS = sizeof words / sizeof *words };

static bool fits(const struct mop_template_part *p, struct mop_sv text, struct mop_run *run)
{
    struct mop_when when;
    if (p->pattern)
        return mop_regex_match(p->pattern, run->match, text) == MOP_RX_YES;
    struct mop_sv day =
        mop_arena_printf(run->scratch, "%.*s%.*s", MOP_SV_ARG(text), MOP_SV_ARG(p->date_rest));
    return p->date && mop_date_parse(p->date, p->zone, day, &when);
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

static void from_words(const struct mop_template *t, const struct mop_template_part *p,
                       struct mop_lint_choices *c, struct mop_run *run, struct mop_arena *a)
{
    for (size_t i = 0; i < t->nelements; i++)
        for (size_t k = 0; t->elements[i].op == MOP_EL_TEXT && k < 3; k++) {
            struct mop_sv both = mop_arena_printf(a, "%s%.*s%s", words[k],
                                                  MOP_SV_ARG(t->elements[i].text), words[k + 1]);
            if (c->n < MOP_LINT_CHOICES / 2 && fits(p, both, run))
                add(c, both);
        }
    for (size_t i = 0; i < WORDS; i++)
        if (fits(p, mop_sv_of(words[i]), run))
            add(c, mop_sv_of(words[i]));
}

/* What another part's list has may fit a pattern, too. */
static void from_others(const struct mop_template *t, const struct mop_template_part *p,
                        struct mop_lint_choices *c, struct mop_run *run)
{
    for (size_t i = 0; i < t->nparts; i++) {
        const struct mop_vocabulary *v = t->parts[i].vocabulary;
        for (size_t k = 0; v && k < v->nterms && k < 4; k++)
            if (fits(p, v->terms[k]->value, run))
                add(c, v->terms[k]->value);
    }
}

struct mop_lint_choices *mop_lint_choices(const struct mop_template *t, struct mop_run *run,
                                          struct mop_arena *a)
{
    struct mop_lint_choices *all = mop_arena_array(a, t->nparts + 1, sizeof *all);
    for (size_t i = 0; i < t->nparts; i++) {
        const struct mop_template_part *p = &t->parts[i];
        if (p->vocabulary) {
            from_list(t, p->vocabulary, &all[i]);
            continue;
        }
        from_words(t, p, &all[i], run, a);
        from_others(t, p, &all[i], run);
    }
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
