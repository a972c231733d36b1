/* SPDX-License-Identifier: MIT */
#include "report/html.h"

/* Tables: named by the heading above them, scrolled sideways by keyboard too, each row headed by
 * what it is about. */

static void add_title(struct mop_page *p, const struct mop_grid_column *c)
{
    if (!c->title[0])
        mop_html_str(p, "<td></td>");
    else
        mop_html_put(
            p, c->right ? "<th scope=\"col\" class=\"n\">{}</th>" : "<th scope=\"col\">{}</th>",
            mop_sv_of(c->title));
}

void mop_html_begin_table(struct mop_page *p, const struct mop_grid_column *columns, size_t n,
                          bool sorts)
{
    struct mop_sv label = mop_html_of(p)->label;
    mop_html_end_list(p);
    mop_html_put(p,
                 "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"{}\">"
                 "<table aria-labelledby=\"{}\"",
                 label, label);
    mop_html_str(p, sorts ? " class=\"sort\">\n" : ">\n");
    if (n) /* without titles there is no head */
        mop_html_str(p, "<thead><tr>");
    for (size_t c = 0; c < n; c++)
        add_title(p, &columns[c]);
    mop_html_str(p, n ? "</tr></thead>\n<tbody>\n" : "<tbody>\n");
    mop_html_of(p)->head = mop_html_of(p)->written;
}

/* A section may be full before the first row: a table has one. */
void mop_html_end_table(struct mop_page *p)
{
    if (mop_html_of(p)->written == mop_html_of(p)->head)
        mop_html_str(p, "<tr><td class=\"f\">left out</td></tr>\n");
    mop_html_str(p, "</tbody></table></div>\n");
}

void mop_html_begin_rows(struct mop_page *p, const struct mop_grid_column *columns, size_t n)
{
    mop_html_end_list(p);
    mop_html_str(p, "<div class=\"rows\">\n");
    mop_html_begin_table(p, columns, n, false);
}

void mop_html_end_rows(struct mop_page *p)
{
    mop_html_end_table(p);
    mop_html_str(p, "</div>\n");
}

/* ---- of the sections that every report has ---- */

static void add_cell(struct mop_page *p, const struct mop_grid_column *c,
                     const struct mop_grid_cell *x, bool first)
{
    bool heads = first && x->text.n && x->tone != MOP_TONE_DATA && !c->right;
    mop_html_str(p, heads ? "<th scope=\"row\"" : "<td");
    if (!heads && x->text.n && c->title[0])
        mop_html_put(p, " data-label=\"{}\"", mop_sv_of(c->title));
    const char *look = c->right ? "n" : mop_html_keep(x->text).p, *tone = mop_html_tones[x->tone];
    if (look[0] || tone[0])
        mop_html_put(p, " class=\"{}{}{}\"", mop_sv_of(look),
                     look[0] && tone[0] ? MOP_SV(" ") : MOP_SV(""), mop_sv_of(tone));
    mop_html_str(p, ">");
    if (x->tone == MOP_TONE_DATA)
        mop_html_data(p, x->text);
    else
        mop_html_text(p, x->text, MOP_HTML_TEXT);
    mop_html_str(p, heads ? "</th>" : "</td>");
}

static void add_row(struct mop_page *p, const struct mop_grid *g, const bool *used,
                    const struct mop_grid_cell *row)
{
    bool first = true;
    mop_html_str(p, "<tr>");
    for (size_t c = 0; c < g->ncolumns; c++)
        if (used[c]) {
            add_cell(p, &g->columns[c], &row[c], first);
            first = false;
        }
    mop_html_str(p, "</tr>\n");
}

void mop_html_table(struct mop_page *p, const struct mop_grid *g)
{
    struct mop_grid_column columns[MOP_GRID_COLUMNS];
    bool used[MOP_GRID_COLUMNS], titles = false;
    size_t n = 0;
    if (mop_html_full(p))
        return;
    for (size_t c = 0; c < g->ncolumns; c++) {
        used[c] = mop_grid_used(g, c);
        titles |= used[c] && g->columns[c].title[0];
        if (used[c])
            columns[n++] = g->columns[c];
    }
    mop_html_begin_rows(p, columns, titles ? n : 0);
    for (size_t i = 0; i + g->ncolumns <= g->n; i += g->ncolumns)
        if (!mop_html_full(p))
            add_row(p, g, used, g->cells + i);
    mop_html_end_rows(p);
}
