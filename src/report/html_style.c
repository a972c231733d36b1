/* SPDX-License-Identifier: MIT */
#include "report/html.h"

/* The style of an HTML page: what sections say, as elements. A section of the report is a <section>
 * under its heading of level 1. */

/* Classes; colour never says anything alone, the words do. */
const char *const mop_html_tones[] = {
    [MOP_TONE_PLAIN] = "", [MOP_TONE_STRONG] = "s", [MOP_TONE_FAINT] = "f", [MOP_TONE_GOOD] = "g",
    [MOP_TONE_BAD] = "b",  [MOP_TONE_WARN] = "w",   [MOP_TONE_DATA] = "",
};

void mop_html_end_list(struct mop_page *p)
{
    struct mop_html *h = mop_html_of(p);
    if (h->list)
        mop_html_put(p, "</{}>\n", mop_sv_of(h->list));
    h->list = NULL;
}

static void begin_list(struct mop_page *p, const char *list)
{
    struct mop_html *h = mop_html_of(p);
    if (h->list == list)
        return;
    mop_html_end_list(p);
    mop_html_put(p, "<{}>\n", mop_sv_of(list));
    h->list = list;
}

void mop_html_end_section(struct mop_page *p)
{
    struct mop_html *h = mop_html_of(p);
    mop_html_end_list(p);
    if (h->dropped)
        mop_html_put(p,
                     "<p class=\"f\">and {} more here; the page ends where it would be too large. "
                     "All of it is in <code>-f json=FILE</code>.</p>\n",
                     mop_shown_count(&p->arena, h->dropped));
    if (h->in_section)
        mop_html_str(p, "</section>\n");
    h->in_section = false;
    h->dropped = 0;
}

/* What to call the section in the contents: the heading up to its colon, unless said otherwise. */
static void note_anchor(struct mop_html *h, struct mop_sv title)
{
    struct mop_sv name = h->expect.n ? h->expect : mop_sv_sub(title, 0, mop_sv_find(title, ':'));
    MOP_GROW(h->anchors, h->nanchors, h->capanchors);
    h->anchors[h->nanchors++] = (struct mop_html_anchor){h->label, mop_arena_copy(&h->whole, name)};
    h->expect = MOP_SV("");
}

static void html_heading(struct mop_page *p, int level, struct mop_sv text)
{
    struct mop_html *h = mop_html_of(p);
    if (mop_html_full(p))
        return;
    if (level == 1)
        mop_html_end_section(p);
    mop_html_end_list(p);
    h->label = mop_arena_printf(&h->whole, "s%zu", ++h->labels);
    if (level > 1) {
        mop_html_put(p, "<h3 id=\"{}\">{}</h3>\n", h->label, text);
        return;
    }
    note_anchor(h, text);
    mop_html_put(p, "<section aria-labelledby=\"{}\">\n<h2 id=\"{}\">{}</h2>\n", h->label, h->label,
                 text);
    h->in_section = true;
}

void mop_html_section(struct mop_page *p, const char *title, struct mop_sv in_contents)
{
    mop_html_of(p)->expect = in_contents;
    mop_heading(p, 1, "%s", title);
}

static void toned(struct mop_page *p, const char *element, enum mop_tone tone, struct mop_sv text)
{
    struct mop_sv name = mop_sv_of(element);
    if (mop_html_tones[tone][0])
        mop_html_put(p, "<{} class=\"{}\">", name, mop_sv_of(mop_html_tones[tone]));
    else
        mop_html_put(p, "<{}>", name);
    mop_html_text(p, text, 2 * MOP_HTML_TEXT);
    mop_html_put(p, "</{}>\n", name);
}

static void html_para(struct mop_page *p, enum mop_tone tone, struct mop_sv text)
{
    if (mop_html_full(p))
        return;
    mop_html_end_list(p);
    toned(p, "p", tone, text);
}

static void html_item(struct mop_page *p, enum mop_tone tone, struct mop_sv text)
{
    if (mop_html_full(p))
        return;
    begin_list(p, "ul");
    toned(p, "li", tone, text);
}

static void html_step(struct mop_page *p, size_t number, struct mop_sv what, struct mop_sv more)
{
    (void)number; /* the list counts itself: a plan begins at 1 */
    if (mop_html_full(p))
        return;
    begin_list(p, "ol");
    mop_html_str(p, "<li><b>");
    mop_html_text(p, what, MOP_HTML_TEXT);
    mop_html_str(p, "</b><br>");
    mop_html_text(p, more, 2 * MOP_HTML_TEXT);
    mop_html_str(p, "</li>\n");
}

const struct mop_page_style mop_html_style = {html_heading, html_para, html_item, html_step,
                                              mop_html_table};
