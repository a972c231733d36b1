/* SPDX-License-Identifier: MIT */
#include "lint/name_automaton.h"
#include "base/utf8.h"
#include "lint/regex_nfa.h"
#include <stdlib.h>
#include <string.h>

struct builder {
    struct mop_name_automaton *m;
    struct mop_lint_names *x;
    struct mop_rx_symbols *s;
    struct mop_arena *a;
    uint64_t *steps;
};

static bool spend(struct builder *b, uint64_t n)
{
    *b->steps -= n < *b->steps ? n : *b->steps;
    return *b->steps > 0;
}

/* ---- states ---- */

static uint32_t add_state(struct builder *b, size_t element, struct mop_rx_set set, bool last)
{
    struct mop_name_automaton *m = b->m;
    MOP_GROW(m->state, m->n, m->room);
    m->state[m->n] = (struct mop_name_state){set, (uint32_t)element, (uint32_t)m->nto, 0, last};
    return (uint32_t)m->n++;
}

/* All edges of one state are added before the next one's. */
static void add_edge(struct builder *b, size_t from, size_t to)
{
    struct mop_name_automaton *m = b->m;
    struct mop_name_state *s = &m->state[from];
    if (!s->n)
        s->first = (uint32_t)m->nto;
    MOP_GROW(m->to, m->nto, m->room_to);
    m->to[m->nto++] = (uint32_t)to;
    s->n++;
}

static void set_firsts(struct builder *b, size_t element, const uint32_t *list, size_t n)
{
    struct mop_name_next *f = &b->m->firsts[element];
    f->element = mop_arena_array(b->a, n + 1, sizeof *f->element);
    memcpy(f->element, list, n * sizeof *list);
    f->n = n;
}

static struct mop_rx_set only(size_t symbol)
{
    struct mop_rx_set set = {{0}};
    set.w[symbol / 64] |= UINT64_C(1) << (symbol % 64);
    return set;
}

/* ---- values of a list, and literal text: a tree ---- */

struct tree {
    struct node {
        uint32_t symbol, kid, next; /* indices; 0: none */
        bool last;
    } * node; /* 0: the root */
    size_t n, room;
};

/* In the order of the list: a name is made of what stands first. */
static uint32_t kid_of(struct tree *t, uint32_t at, uint32_t symbol)
{
    uint32_t last = 0;
    for (uint32_t k = t->node[at].kid; k; last = k, k = t->node[k].next)
        if (t->node[k].symbol == symbol)
            return k;
    MOP_GROW(t->node, t->n, t->room);
    t->node[t->n] = (struct node){symbol, 0, 0, false};
    return *(last ? &t->node[last].next : &t->node[at].kid) = (uint32_t)t->n++;
}

static void plant(struct builder *b, struct tree *t, struct mop_sv text)
{
    uint32_t at = 0;
    for (size_t i = 0; i < text.n && spend(b, 2);) {
        size_t symbol = mop_rx_symbol_find(b->s, mop_utf8_next(text, &i));
        if (symbol == b->s->n)
            return; /* said with the alphabet */
        at = kid_of(t, at, (uint32_t)symbol);
    }
    t->node[at].last = at > 0;
}

static struct tree seedling(void)
{
    struct tree t = {NULL, 0, 0};
    MOP_GROW(t.node, t.n, t.room);
    t.node[t.n++] = (struct node){0, 0, 0, false};
    return t;
}

static void add_tree(struct builder *b, size_t element, struct tree *t)
{
    uint32_t firsts[MOP_RX_SYMBOLS] = {0}, base = (uint32_t)b->m->n - 1;
    size_t n = 0;
    for (size_t i = 1; i < t->n; i++)
        add_state(b, element, only(t->node[i].symbol), t->node[i].last);
    for (uint32_t i = 1; i < t->n; i++)
        for (uint32_t k = t->node[i].kid; k; k = t->node[k].next)
            add_edge(b, base + i, base + k);
    for (uint32_t k = t->node[0].kid; k; k = t->node[k].next)
        firsts[n++] = base + k;
    set_firsts(b, element, firsts, n);
    free(t->node);
}

static void add_text(struct builder *b, size_t element, struct mop_sv text)
{
    struct tree t = seedling();
    plant(b, &t, text);
    add_tree(b, element, &t);
}

static void add_list(struct builder *b, size_t element, const struct mop_template_part *p)
{
    struct tree t = seedling();
    for (size_t i = 0; i < p->vocabulary->nterms && spend(b, 1); i++)
        if (mop_lint_fits(p, p->vocabulary->terms[i]->value, b->x->run))
            plant(b, &t, p->vocabulary->terms[i]->value);
    add_tree(b, element, &t);
}

/* ---- patterns ---- */

/* What cannot be told: any text. */
static void add_anything(struct builder *b, size_t element)
{
    struct mop_rx_set any = {{0}};
    for (size_t i = 0; i < b->s->n; i++)
        any = mop_rx_set_or(any, only(i));
    uint32_t i = add_state(b, element, any, true);
    add_edge(b, i, i);
    set_firsts(b, element, &i, 1);
}

/* What the automaton of a pattern has less of than the pattern takes. */
static bool is_partial(const struct mop_rx_node *n)
{
    for (; n; n = n->next)
        if (n->rough || n->kind == MOP_RX_BACK || (n->kind == MOP_RX_LOOK && n->behind) ||
            is_partial(n->kid))
            return true;
    return false;
}

static void add_pattern(struct builder *b, size_t element, struct mop_sv text,
                        const struct mop_rx_node *top)
{
    const struct mop_rx_nfa *f = top ? mop_rx_nfa_build(b->a, b->s, text, top, false) : NULL;
    if (!f) {
        add_anything(b, element);
        return;
    }
    b->m->partial |= is_partial(top);
    uint32_t base = (uint32_t)b->m->n, *firsts = mop_arena_array(b->a, f->n + 1, sizeof *firsts);
    size_t n = 0;
    for (size_t i = 0; i < f->n; i++)
        add_state(b, element, f->state[i].set, mop_rx_in(f->last, i));
    for (size_t i = 0; i < f->n && spend(b, 1 + f->words); i++) {
        const uint64_t *to = mop_rx_follow(f, i);
        for (size_t k = mop_rx_next(f, to, 0); k < f->n && spend(b, 1);
             k = mop_rx_next(f, to, k + 1))
            add_edge(b, base + i, base + k);
    }
    for (size_t i = mop_rx_next(f, f->first, 0); i < f->n; i = mop_rx_next(f, f->first, i + 1))
        firsts[n++] = base + (uint32_t)i;
    set_firsts(b, element, firsts, n);
}

static struct mop_sv date_pattern(struct mop_arena *a, const struct mop_date_format *f)
{
    struct mop_buf b;
    mop_buf_init(&b, 1 << 16);
    mop_date_format_pattern(f, &b);
    struct mop_sv text = mop_arena_copy(a, mop_buf_view(&b));
    mop_buf_release(&b);
    return text;
}

struct written { /* a part's pattern */
    struct mop_sv text;
    const struct mop_rx_node *top;
};

static struct written written_of(const struct mop_lint_names *x, const struct mop_template_part *p,
                                 struct mop_arena *a)
{
    const struct mop_pattern *at = p->pattern ? mop_lint_pattern_of(x, p->pattern) : NULL;
    if (at)
        return (struct written){
            at->node->text,
            mop_rx_parse(a, at->node->text, at->flags & MOP_RX_NOCASE ? MOP_RX_I : 0)};
    struct mop_sv text = p->date ? date_pattern(a, p->date) : MOP_SV("");
    return (struct written){text, p->date ? mop_rx_parse(a, text, 0) : NULL};
}

/* ---- the template ---- */

static bool add_characters(struct mop_lint_names *x, const struct mop_template *t,
                           struct mop_arena *a)
{
    bool room = true;
    for (size_t i = 0; i < t->nelements; i++)
        if (t->elements[i].op == MOP_EL_TEXT)
            room &= mop_rx_symbols_add_text(&x->symbols, t->elements[i].text);
    for (size_t i = 0; i < t->nparts; i++) {
        const struct mop_vocabulary *v = t->parts[i].vocabulary;
        for (size_t k = 0; v && k < v->nterms; k++)
            room &= mop_rx_symbols_add_text(&x->symbols, v->terms[k]->value);
        mop_rx_symbols_add(&x->symbols, written_of(x, &t->parts[i], a).top);
    }
    return room && x->symbols.n < MOP_RX_SYMBOLS;
}

bool mop_name_alphabet(struct mop_lint_names *x, const struct mop_template *t,
                       const struct mop_template *other, struct mop_arena *a)
{
    mop_rx_symbols_of(&x->symbols, NULL);
    bool room = add_characters(x, t, a);
    return (t == other || add_characters(x, other, a)) && room;
}

static void add_part(struct builder *b, size_t element, const struct mop_template_part *p)
{
    if (p->vocabulary && !p->vocabulary->from_record) {
        add_list(b, element, p);
        return;
    }
    struct written w = written_of(b->x, p, b->a);
    add_pattern(b, element, w.text, w.top);
}

static void add_element(struct builder *b, size_t element)
{
    const struct mop_template_element *e = &b->m->t->elements[element];
    if (e->op == MOP_EL_TEXT)
        add_text(b, element, e->text);
    else if (e->op == MOP_EL_PART)
        add_part(b, element, &b->m->t->parts[e->part]);
}

static void find_next(const struct mop_template *t, size_t k, bool *seen, struct mop_name_next *out)
{
    if (k == t->nelements)
        out->end = true;
    if (k == t->nelements || seen[k])
        return;
    seen[k] = true;
    if (t->elements[k].op == MOP_EL_OPEN)
        find_next(t, t->elements[k].close + 1, seen, out);
    if (t->elements[k].op == MOP_EL_OPEN || t->elements[k].op == MOP_EL_CLOSE)
        find_next(t, k + 1, seen, out);
    else
        out->element[out->n++] = (uint32_t)k;
}

void mop_name_automaton_init(struct mop_name_automaton *m, struct mop_lint_names *x,
                             const struct mop_template *t, struct mop_arena *a, uint64_t *steps)
{
    struct builder b = {m, x, &x->symbols, a, steps};
    *m = (struct mop_name_automaton){.t = t};
    add_state(&b, MOP_NAME_NONE, (struct mop_rx_set){{0}}, true);
    for (size_t i = 0; i <= t->nelements; i++) {
        bool seen[MOP_TEMPLATE_ELEMENTS] = {false};
        m->next[i].element = mop_arena_array(a, t->nelements + 1, sizeof *m->next[i].element);
        find_next(t, i, seen, &m->next[i]);
    }
    for (size_t i = 0; i < t->nelements; i++)
        add_element(&b, i);
}

void mop_name_automaton_release(struct mop_name_automaton *m)
{
    free(m->state);
    free(m->to);
}

const struct mop_name_next *mop_name_behind(const struct mop_name_automaton *m, size_t i)
{
    return &m->next[m->state[i].element == MOP_NAME_NONE ? 0 : m->state[i].element + 1];
}

bool mop_name_ends(const struct mop_name_automaton *m, size_t i)
{
    return m->state[i].last && mop_name_behind(m, i)->end;
}
