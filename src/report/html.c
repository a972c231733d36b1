/* SPDX-License-Identifier: MIT */
#include "report/html.h"
#include <stdlib.h>

/*
 * `-f html`: one file, nothing loaded from anywhere. The sections come first, into memory, because
 * the contents above them name those that there are.
 */

/* What each section may take, so that the page keeps its size whatever is judged: what is open when
 * the limit is reached is ended, hence less in all than a page may have. */
static const struct part {
    mop_section draw;
    size_t bytes;
} parts[] = {
    {mop_html_reports, 130000},     {mop_section_new, 20000},     {mop_html_plan, 50000},
    {mop_html_since, 50000},        {mop_section_gaps, 40000},    {mop_html_suppressed, 30000},
    {mop_section_mind_else, 20000}, {mop_html_people, 60000},     {mop_html_rules, 180000},
    {mop_html_together, 30000},     {mop_html_lifecycles, 50000}, {mop_html_datasets, 30000},
    {mop_html_formula, 50000},      {mop_section_scores, 40000},  {mop_section_head, 20000},
    {mop_section_verdict, 20000},
};
enum { TOP_BYTES = 30000, BODY_BYTES = 4 * MOP_HTML_MAX, CONTENTS = 50 };

static void put_head(struct mop_page *p)
{
    mop_html_str(p, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                    "base-uri 'none'; form-action 'none'; style-src ");
    mop_html_hash(p, mop_html_css);
    mop_html_str(p, "; script-src ");
    mop_html_hash(p, mop_html_js);
    mop_html_str(p, "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                    "\n<meta name=\"color-scheme\" content=\"light dark\">\n"
                    "<meta name=\"referrer\" content=\"no-referrer\">\n"
                    "<meta name=\"robots\" content=\"noindex\">\n");
    mop_html_put(p, "<title>Can we report on it? {} {}</title>\n<style>", p->r->rules->name,
                 p->r->rules->version);
    mop_out_sv(p->out, mop_html_css);
    mop_html_str(p, "</style>\n</head>\n<body>\n"
                    "<a class=\"skip\" href=\"#main\">Skip to the report</a>\n");
}

static void put_contents(struct mop_page *p)
{
    struct mop_html *h = mop_html_of(p);
    mop_html_str(p, "<nav aria-label=\"Contents\"><ul>\n");
    for (size_t i = 0; i < h->nanchors && i < CONTENTS; i++) {
        mop_html_put(p, "<li><a href=\"#{}\">", h->anchors[i].id);
        mop_html_text(p, h->anchors[i].title, 60);
        mop_html_str(p, "</a></li>\n");
    }
    if (h->nanchors > CONTENTS)
        mop_html_put(p, "<li>and {} more</li>\n",
                     mop_shown_count(&h->whole, h->nanchors - CONTENTS));
    mop_html_str(p, "</ul></nav>\n");
}

static void put_foot(struct mop_page *p)
{
    mop_html_put(p,
                 "</main>\n<footer><p>Made by mopslint {}. Rules: {} {}, digest <code>{}</code>. "
                 "Personal data is {}.</p></footer>\n<script>",
                 MOP_SV(MOP_VERSION), p->r->rules->name, p->r->rules->version,
                 mop_sv_of(p->r->rules->digest),
                 p->r->show_values ? MOP_SV("shown, as was asked for: keep this file to yourself")
                                   : MOP_SV("masked"));
    mop_out_sv(p->out, mop_html_js);
    mop_html_str(p, "</script>\n</body>\n</html>\n");
}

static void draw(struct mop_page *p, mop_section section, size_t bytes)
{
    struct mop_html *h = mop_html_of(p);
    h->limit = h->written + bytes;
    section(p);
    mop_html_end_section(p);
    mop_arena_reset(&p->arena);
}

static void draw_sections(struct mop_page *p)
{
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        draw(p, parts[i].draw, parts[i].bytes);
}

/* The sections into a buffer, then all in order. */
static int assemble(struct mop_html *h, struct mop_out *out, struct mop_err *e)
{
    struct mop_page *p = &h->page;
    struct mop_buf body;
    struct mop_out into;
    mop_buf_init(&body, BODY_BYTES);
    mop_out_init(&into, mop_out_to_buf, &body);
    p->out = &into;
    draw(p, mop_html_top, TOP_BYTES);
    mop_out_flush(&into, e);
    size_t top = body.n;
    draw_sections(p);
    int rc = mop_out_flush(&into, e);
    p->out = out;
    if (!rc) {
        put_head(p);
        mop_html_str(p, "<main id=\"main\">\n");
        mop_out_sv(out, mop_sv_sub(mop_buf_view(&body), 0, top));
        put_contents(p);
        mop_out_sv(out, mop_sv_sub(mop_buf_view(&body), top, body.n));
        put_foot(p);
        rc = mop_out_flush(out, e);
    }
    mop_out_release(&into);
    mop_buf_release(&body);
    return rc;
}

static int write_html(const struct mop_result *r, const struct mop_format_options *o,
                      struct mop_out *out, struct mop_err *e)
{
    struct mop_html h = {.page = {.r = r, .o = o, .style = &mop_html_style, .roomy = true}};
    mop_arena_init(&h.page.arena);
    mop_arena_init(&h.whole);
    int rc = assemble(&h, out, e);
    mop_arena_release(&h.page.arena);
    mop_arena_release(&h.whole);
    free(h.anchors);
    return rc;
}

const struct mop_format mop_format_html = {
    .name = "html",
    .summary = "one page for people: a browser, a mail's attachment, paper",
    .write = write_html};
