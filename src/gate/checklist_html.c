/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"
#include "gate/checklist.h"

/* The checklist as one small page that needs nothing else: no script, no font, no address. */

enum { LINE = 600, ITEMS = 50 };

static void add_text(struct mop_out *out, struct mop_sv text)
{
    struct mop_buf b;
    mop_buf_init(&b, 1 << 20);
    mop_utf8_show(&b, text, LINE);
    for (size_t i = 0; i < b.n; i++) {
        const char *entity = mop_out_entity(b.p[i]);
        if (entity)
            mop_out_str(out, entity);
        else
            mop_out_chr(out, b.p[i]);
    }
    mop_buf_release(&b);
}

static void add_in(struct mop_out *out, const char *tag, struct mop_sv text)
{
    mop_out_str(out, "<");
    mop_out_str(out, tag);
    mop_out_str(out, ">");
    add_text(out, text);
    mop_out_str(out, "</");
    mop_out_str(out, tag);
    mop_out_str(out, ">");
}

static void add_buf(struct mop_out *out, const char *tag, struct mop_buf *b)
{
    if (b->n)
        add_in(out, tag, mop_buf_view(b));
    mop_buf_reset(b);
}

static void add_items(struct mop_out *out, const struct mop_launch *g,
                      const struct mop_gate_result *r, struct mop_buf *b)
{
    size_t i = 0;
    if (!r->n)
        return;
    mop_out_str(out, "<ul>");
    for (; i < r->n && i < ITEMS; i++) {
        mop_out_str(out, "<li>");
        mop_checklist_place(g, r->items[i].at, b);
        add_buf(out, "code", b);
        mop_out_chr(out, ' ');
        mop_out_str(out, mop_checklist_mark(r, &r->items[i]));
        add_text(out, r->items[i].message);
        if (r->items[i].repair.n)
            add_in(out, "em", r->items[i].repair);
        if (r->items[i].way.n) {
            mop_out_str(out, "<br>way: ");
            mop_checklist_way(&r->items[i], b);
            add_buf(out, "code", b);
        }
        mop_out_str(out, "</li>\n");
    }
    if (r->n > i) {
        mop_buf_printf(b, "and %zu more", r->n - i);
        add_buf(out, "li", b);
    }
    mop_out_str(out, "</ul>");
}

static void add_result(struct mop_out *out, const struct mop_launch *g,
                       const struct mop_gate_result *r, struct mop_buf *b)
{
    mop_out_str(out, "<li class=\"");
    mop_out_str(out, mop_gate_state_names[r->state]);
    mop_out_str(out, "\">");
    add_in(out, "b", r->id);
    mop_out_chr(out, ' ');
    add_text(out, r->summary);
    mop_checklist_remark(g, r, b);
    add_buf(out, "em", b);
    add_items(out, g, r, b);
    mop_out_str(out, "</li>\n");
}

static void add_part(struct mop_out *out, const struct mop_launch *g,
                     const struct mop_checklist_part *part, struct mop_buf *b)
{
    const struct mop_gate_result *r;
    if (!mop_gate_count(g, part->state))
        return;
    mop_buf_printf(b, "%s (%zu)", part->title, mop_gate_count(g, part->state));
    add_buf(out, "h2", b);
    for (int role = part->by_person ? 0 : MOP_ROLES;
         role < (part->by_person ? MOP_ROLES : MOP_ROLES + 1); role++) {
        bool any = false;
        for (size_t i = 0; (r = mop_checklist_next(g, part, (enum mop_role)role, &i)); any = true) {
            if (!any && role < MOP_ROLES) {
                mop_checklist_who(g, (enum mop_role)role, b);
                add_buf(out, "h3", b);
            }
            mop_out_str(out, any ? "" : "<ul class=\"checks\">\n");
            add_result(out, g, r, b);
        }
        mop_out_str(out, any ? "</ul>\n" : "");
    }
}

static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
    "'unsafe-inline'\">\n"
    "<style>\n"
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
    "color:#1a1a1a;background:#fff;overflow-wrap:anywhere}\n"
    "code{font-size:.85em;background:#eee;padding:0 .3em}em{display:block;color:#555;font-style:"
    "normal}\n"
    "ul.checks{list-style:none;padding:0}ul.checks>li{border-left:.4rem solid "
    "#999;margin:.5rem 0;padding:.2rem .8rem}\n"
    "li.failed{border-color:#c00}li.warning,li.waived{border-color:#c80}li.passed{border-color:"
    "#080}li.not-seen{border-color:#808}\n"
    "@media print{body{margin:0}ul.checks>li{break-inside:avoid}}\n"
    "</style>\n<title>";

static int write_html(const struct mop_launch *g, const struct mop_checklist_options *o,
                      struct mop_out *out, struct mop_err *e)
{
    struct mop_buf b;
    mop_buf_init(&b, 1 << 20);
    mop_out_str(out, head);
    add_text(out, g->name.p ? g->name : MOP_SV("links"));
    mop_out_str(out, ": launch gate</title></head><body>\n");
    mop_checklist_verdict(g, o, &b);
    if (g->name.p)
        mop_buf_printf(&b, " - %.*s", MOP_SV_ARG(g->name));
    add_buf(out, "h1", &b);
    mop_checklist_level(g, &b);
    add_buf(out, "p", &b);
    if (!g->links_only) {
        mop_out_str(out, "<p>digest ");
        add_in(out, "code", mop_sv_of(g->b->digest));
        mop_out_str(out, "</p>\n");
    }
    for (size_t i = 0; i < mop_checklist_nparts; i++)
        add_part(out, g, &mop_checklist_parts[i], &b);
    mop_out_str(out, "</body></html>\n");
    mop_buf_release(&b);
    return mop_out_flush(out, e);
}

const struct mop_checklist_format mop_checklist_html = {"html", "one page that needs nothing else",
                                                        write_html};
