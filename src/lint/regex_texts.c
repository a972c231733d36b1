/* SPDX-License-Identifier: MIT */
#include "lint/regex_texts.h"
#include "base/utf8.h"
#include <stdlib.h>
#include <string.h>

enum { SHOWN = 200 }; /* bytes of a text in a message */

struct mop_rx_remark {
    struct mop_rx_remark *next;
    const char *id;
    size_t from, to; /* bytes of the pattern */
    const char *msg, *hint;
};

void mop_rx_quote(struct mop_buf *b, struct mop_sv s)
{
    mop_buf_chr(b, '\'');
    for (size_t i = 0; i < s.n && i < SHOWN;) {
        size_t at = i;
        uint32_t cp = mop_utf8_next(s, &i);
        if (cp == '\n')
            mop_buf_str(b, "\\n");
        else if (cp < 0x20 || cp == 0x7F)
            mop_buf_printf(b, "\\x%02x", cp);
        else if (cp > 0x7F)
            mop_buf_printf(b, "\\u{%x}", cp);
        else
            mop_buf_printf(b, "%s%c", cp == '\'' || cp == '\\' ? "\\" : "", s.p[at]);
    }
    mop_buf_str(b, s.n > SHOWN ? "...'" : "'");
}

void mop_rx_texts_remark(struct mop_rx_texts *k, size_t from, size_t to, const char *msg)
{
    struct mop_rx_remark *r = mop_arena_alloc(k->l->arena, sizeof *r);
    *r = (struct mop_rx_remark){NULL, k->id, from, to, msg, k->hint};
    *k->now->tail = r;
    k->now->tail = &r->next;
}

struct mop_rx_pattern mop_rx_texts_parse(struct mop_rx_texts *k, struct mop_rx_text *t)
{
    struct mop_rx_pattern p = {t->at->node->text, t->at->flags, t->at->regex, NULL};
    k->now = t;
    p.top = mop_rx_parse(&k->scratch, p.text, t->at->flags & MOP_RX_NOCASE ? MOP_RX_I : 0);
    return p;
}

/* ---- every text once ---- */

static struct mop_rx_text *text_of(struct mop_rx_texts *k, const struct mop_pattern *at)
{
    bool added;
    struct mop_sv key = mop_arena_printf(k->l->arena, "%u %d %.*s", at->flags, (int)at->use,
                                         MOP_SV_ARG(at->node->text));
    uint64_t *item = mop_map_put(&k->known, key, &added);
    if (!added)
        return (struct mop_rx_text *)(uintptr_t)*item;
    struct mop_rx_text *t = mop_arena_alloc(k->l->arena, sizeof *t);
    *item = (uint64_t)(uintptr_t)t;
    t->tail = &t->first;
    t->at = at;
    MOP_GROW(k->list, k->n, k->room);
    return k->list[k->n++] = t;
}

void mop_rx_texts_open(struct mop_rx_texts *k, struct mop_lint *l)
{
    *k = (struct mop_rx_texts){.l = l};
    mop_rx_symbols_init(&k->symbols);
    mop_arena_init(&k->scratch);
    mop_map_init(&k->known);
    for (size_t i = 0; i < l->npatterns; i++)
        if (l->patterns[i].node->kind == MOP_SCALAR)
            text_of(k, &l->patterns[i]);
}

/* ---- in every place ---- */

static struct mop_sv file_of(const struct mop_diags *d, const char *file)
{
    for (size_t i = 0; file && i < d->nfiles; i++)
        if (strcmp(d->files[i].name, file) == 0)
            return d->files[i].text;
    return MOP_SV("");
}

static void tell_remark(struct mop_rx_texts *k, const struct mop_node *n,
                        const struct mop_rx_remark *r)
{
    struct mop_sv text = file_of(k->l->diags, n->at.file);
    struct mop_loc from = mop_node_place(n, text, r->from);
    struct mop_loc last = mop_node_place(n, text, r->to > r->from ? r->to - 1 : r->from);
    uint32_t span = last.line == from.line && last.col >= from.col ? last.col - from.col + 1 : 1;
    const struct mop_lint_check *c = mop_lint_find(mop_sv_of(r->id));
    struct mop_diag *d =
        mop_diag(k->l->diags, c ? c->level : MOP_WARN, r->id, from, span, "%s", r->msg);
    mop_diag_hint(k->l->diags, d, "%s", r->hint);
}

/* Was the place not met before? What is extended is there more than once. */
static bool is_new(struct mop_rx_texts *k, struct mop_map *places, const struct mop_loc *at)
{
    bool added;
    struct mop_sv place =
        mop_arena_printf(k->l->arena, "%s:%u:%u", at->file ? at->file : "", at->line, at->col);
    mop_map_put(places, place, &added);
    return added;
}

static void tell_all(struct mop_rx_texts *k)
{
    struct mop_map places; /* file:line:column */
    mop_map_init(&places);
    for (size_t i = 0; i < k->l->npatterns; i++) {
        const struct mop_pattern *at = &k->l->patterns[i];
        if (at->node->kind != MOP_SCALAR || !is_new(k, &places, &at->node->at))
            continue;
        for (const struct mop_rx_remark *r = text_of(k, at)->first; r; r = r->next)
            tell_remark(k, at->node, r);
    }
    mop_map_release(&places);
}

void mop_rx_texts_close(struct mop_rx_texts *k)
{
    tell_all(k);
    free(k->list);
    mop_map_release(&k->known);
    mop_arena_release(&k->scratch);
    mop_rx_symbols_release(&k->symbols);
}
