/* SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "gate/checks.h"
#include "report/shown.h"

/* What checks say: items, with their places and what to do. */

static struct mop_sv format(struct mop_launch *g, const char *fmt, va_list ap)
{
    char line[600];
    mop_text_format(line, sizeof line, fmt, ap);
    return mop_arena_copy(&g->arena, mop_sv_of(line));
}

static struct mop_gate_item *add_item(struct mop_gate_result *r, enum mop_level level)
{
    MOP_GROW(r->items, r->n, r->cap);
    r->items[r->n] = (struct mop_gate_item){.level = level,
                                            .span = 1,
                                            .message = MOP_SV(""),
                                            .repair = MOP_SV(""),
                                            .link = SIZE_MAX,
                                            .way = MOP_SV("")};
    return &r->items[r->n++];
}

struct mop_gate_item *mop_gate_tell(struct mop_launch *g, struct mop_gate_result *r,
                                    enum mop_level level, const struct mop_said *at,
                                    const char *fmt, ...)
{
    struct mop_gate_item *x = add_item(r, level);
    va_list ap;
    va_start(ap, fmt);
    x->message = format(g, fmt, ap);
    va_end(ap);
    if (at && at->text.p) {
        x->at = at->at;
        x->span = at->span ? at->span : 1;
    } else {
        x->at.file = g->b->file;
    }
    return x;
}

void mop_gate_do(struct mop_launch *g, struct mop_gate_item *x, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    x->repair = format(g, fmt, ap);
    va_end(ap);
}

const char *mop_gate_shown(struct mop_launch *g, struct mop_sv text)
{
    struct mop_sv masked = mop_shown_value(&g->arena, false, NULL, text);
    return mop_arena_str(&g->arena, mop_shown_text(&g->arena, masked, 60));
}

/* Scheme, host and path: what people know a link by; its parameters are for the message. */
static struct mop_sv link_words(struct mop_launch *g, size_t link)
{
    const struct mop_brief_link *l = &g->b->links[link];
    if (l->name.text.p)
        return mop_sv_of(mop_gate_shown(g, l->name.text));
    struct mop_sv text = l->url.text, userinfo = g->urls[link].userinfo;
    text = mop_sv_sub(text, 0, mop_sv_find(text, '?'));
    text = mop_sv_sub(text, 0, mop_sv_find(text, '#'));
    if (userinfo.p)
        text = mop_arena_printf(&g->arena, "%.*s://***@%.*s%.*s", MOP_SV_ARG(g->urls[link].scheme),
                                MOP_SV_ARG(g->urls[link].host), MOP_SV_ARG(g->urls[link].path));
    return mop_sv_of(mop_gate_shown(g, text));
}

struct mop_gate_item *mop_gate_tell_link(struct mop_launch *g, struct mop_gate_result *r,
                                         enum mop_level level, size_t link, const char *fmt, ...)
{
    struct mop_gate_item *x = add_item(r, level);
    va_list ap;
    va_start(ap, fmt);
    struct mop_sv words = format(g, fmt, ap);
    va_end(ap);
    x->message = mop_arena_printf(&g->arena, "link %zu (%.*s) %.*s", link + 1,
                                  MOP_SV_ARG(link_words(g, link)), MOP_SV_ARG(words));
    x->link = link;
    x->at = g->b->links[link].url.at;
    x->span = g->b->links[link].url.span ? g->b->links[link].url.span : 1;
    return x;
}

void mop_gate_not_asked(struct mop_launch *g, struct mop_gate_result *r, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    r->why = format(g, fmt, ap);
    va_end(ap);
    r->state = MOP_GATE_NOT_ASKED;
}
