/* SPDX-License-Identifier: MIT */
#include "base/date.h"
#include "base/text.h"
#include "base/utf8.h"
#include "gate/checklist.h"

/* The checklist for terminals and tickets: blockers first, by who has to act. */

enum { WIDTH = 100, PIECE = 16 << 20 };

struct page {
    struct mop_buf b;
    const struct mop_launch *g;
    const struct mop_checklist_options *o;
    size_t width;
};

static const char *color_of(enum mop_gate_state s)
{
    static const char *const colors[MOP_GATE_STATES] = {
        [MOP_GATE_PASSED] = "\033[32m",   [MOP_GATE_WARNED] = "\033[33m",
        [MOP_GATE_FAILED] = "\033[31m",   [MOP_GATE_WAIVED] = "\033[33m",
        [MOP_GATE_NOT_SEEN] = "\033[35m", [MOP_GATE_NOT_ASKED] = "\033[2m"};
    return colors[s];
}

/* Words within the width, the first line after `lead` columns, later ones after `indent`. */
static void wrap(struct page *p, size_t lead, size_t indent, struct mop_sv text)
{
    struct mop_buf safe;
    size_t column = lead;
    struct mop_sv word, rest;
    mop_buf_init(&safe, PIECE);
    mop_utf8_show(&safe, text, SIZE_MAX);
    rest = mop_buf_view(&safe);
    for (bool first = true; mop_sv_next(&rest, ' ', &word); first = false) {
        size_t wide = mop_utf8_width(word);
        if (!first && column + 1 + wide > p->width) {
            mop_buf_printf(&p->b, "\n%*s", (int)indent, "");
            column = indent;
        } else if (!first) {
            mop_buf_chr(&p->b, ' ');
            column++;
        }
        mop_buf_sv(&p->b, word);
        column += wide;
    }
    mop_buf_chr(&p->b, '\n');
    mop_buf_release(&safe);
}

static void tone(struct page *p, enum mop_gate_state s, bool on)
{
    if (p->o->color)
        mop_buf_str(&p->b, on ? color_of(s) : "\033[0m");
}

/* A hop a line: addresses are long. */
static void add_way(struct page *p, struct mop_sv way)
{
    struct mop_sv word;
    bool begins = true;
    for (; way.n && mop_sv_next(&way, '\n', &word); begins = false) {
        mop_buf_str(&p->b, begins ? "          way: " : "               ");
        wrap(p, 15, 17, word);
    }
}

static void add_item(struct page *p, const struct mop_gate_result *r, const struct mop_gate_item *x)
{
    struct mop_buf line;
    mop_buf_init(&line, PIECE);
    mop_checklist_place(p->g, x->at, &line);
    mop_buf_printf(&line, "%s%s%.*s", line.n ? ": " : "", mop_checklist_mark(r, x),
                   MOP_SV_ARG(x->message));
    mop_buf_str(&p->b, "        ");
    wrap(p, 8, 10, mop_buf_view(&line));
    if (x->repair.n) {
        mop_buf_str(&p->b, "          do: ");
        wrap(p, 14, 14, x->repair);
    }
    add_way(p, x->way);
    mop_buf_release(&line);
}

static void add_items(struct page *p, const struct mop_gate_result *r)
{
    size_t shown = 0;
    for (size_t i = 0; i < r->n && shown < MOP_CHECKLIST_ITEMS; i++, shown++)
        add_item(p, r, &r->items[i]);
    if (r->n > shown)
        mop_buf_printf(&p->b, "        and %zu more\n", r->n - shown);
}

static void add_result(struct page *p, const struct mop_checklist_part *part,
                       const struct mop_gate_result *r)
{
    struct mop_buf line;
    mop_buf_init(&line, PIECE);
    mop_buf_str(&p->b, "    ");
    tone(p, r->state, true);
    mop_buf_str(&p->b, part->mark);
    tone(p, r->state, false);
    mop_buf_printf(&line, " %.*s: %.*s", MOP_SV_ARG(r->id), MOP_SV_ARG(r->summary));
    wrap(p, 7, 8, mop_buf_view(&line));
    mop_buf_reset(&line);
    mop_checklist_remark(p->g, r, &line);
    if (line.n) {
        mop_buf_str(&p->b, "        ");
        wrap(p, 8, 10, mop_buf_view(&line));
    }
    add_items(p, r);
    mop_buf_release(&line);
}

static void add_group(struct page *p, const struct mop_checklist_part *part, enum mop_role role)
{
    const struct mop_gate_result *r;
    struct mop_buf who;
    bool any = false;
    mop_buf_init(&who, 1 << 14);
    mop_checklist_who(p->g, role, &who);
    for (size_t i = 0; (r = mop_checklist_next(p->g, part, role, &i)); any = true) {
        if (!any) {
            mop_buf_str(&p->b, "  ");
            wrap(p, 2, 4, mop_buf_view(&who));
        }
        add_result(p, part, r);
    }
    mop_buf_release(&who);
}

/* What passed is a line of ids, unless there is more to say of it. */
static void add_passed(struct page *p, const struct mop_checklist_part *part)
{
    const struct mop_gate_result *r;
    struct mop_buf ids;
    mop_buf_init(&ids, 1 << 16);
    for (size_t i = 0; (r = mop_checklist_next(p->g, part, MOP_ROLES, &i));)
        if (r->n || r->attest || r->why.n)
            add_result(p, part, r);
        else
            mop_buf_printf(&ids, " %.*s", MOP_SV_ARG(r->id));
    if (ids.n) {
        mop_buf_printf(&p->b, "    %s", part->mark);
        wrap(p, 7, 8, mop_buf_view(&ids));
    }
    mop_buf_release(&ids);
}

static void add_part(struct page *p, const struct mop_checklist_part *part)
{
    size_t n = mop_gate_count(p->g, part->state);
    if (!n)
        return;
    mop_buf_printf(&p->b, "\n");
    tone(p, part->state, true);
    mop_buf_printf(&p->b, "%s (%zu)", part->title, n);
    tone(p, part->state, false);
    mop_buf_chr(&p->b, '\n');
    for (int role = 0; part->by_person && role < MOP_ROLES; role++)
        add_group(p, part, (enum mop_role)role);
    if (part->state == MOP_GATE_PASSED)
        add_passed(p, part);
    else if (!part->by_person) {
        const struct mop_gate_result *r;
        for (size_t i = 0; (r = mop_checklist_next(p->g, part, MOP_ROLES, &i));)
            add_result(p, part, r);
    }
}

static void add_head(struct page *p)
{
    const struct mop_launch *g = p->g;
    struct mop_buf line;
    int worst = mop_gate_exit(g, p->o->warnings_fail);
    mop_buf_init(&line, PIECE);
    mop_checklist_verdict(g, p->o, &line);
    if (g->name.p)
        mop_buf_printf(&line, " - %.*s", MOP_SV_ARG(g->name));
    tone(p, worst ? MOP_GATE_FAILED : MOP_GATE_PASSED, true);
    wrap(p, 0, 2, mop_buf_view(&line));
    tone(p, worst ? MOP_GATE_FAILED : MOP_GATE_PASSED, false);
    mop_buf_reset(&line);
    mop_checklist_level(g, &line);
    wrap(p, 0, 2, mop_buf_view(&line));
    mop_buf_reset(&line);
    mop_when_print(&line, (struct mop_when){.day = g->today, .whole_day = true});
    if (!g->links_only)
        mop_buf_printf(&p->b, "as of %.*s, digest %s\n", MOP_SV_ARG(mop_buf_view(&line)),
                       g->b->digest);
    mop_buf_release(&line);
}

static int write_text(const struct mop_launch *g, const struct mop_checklist_options *o,
                      struct mop_out *out, struct mop_err *e)
{
    struct page p = {.g = g, .o = o, .width = o->width ? o->width : WIDTH};
    struct mop_buf safe;
    mop_buf_init(&p.b, SIZE_MAX);
    mop_buf_init(&safe, SIZE_MAX);
    add_head(&p);
    for (size_t i = 0; i < mop_checklist_nparts; i++)
        add_part(&p, &mop_checklist_parts[i]);
    mop_text_log(&safe, mop_buf_view(&p.b));
    mop_out_sv(out, mop_buf_view(&safe));
    mop_buf_release(&safe);
    mop_buf_release(&p.b);
    return mop_out_flush(out, e);
}

const struct mop_checklist_format mop_checklist_text = {
    "text", "for terminals: blockers first, by who has to act", write_text};
