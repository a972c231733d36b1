/* SPDX-License-Identifier: MIT */
#include "report/markdown.h"
#include "report/sections.h"

/*
 * The same report for a ticket or a pull request, compact. What comes from data or rules cannot
 * make markup: characters with a meaning are escaped, values of records stand as code.
 */
enum { DATA_MAX = 60 };

static void add_toned(struct mop_page *p, enum mop_tone tone, struct mop_sv text)
{
    bool strong = text.n && (tone == MOP_TONE_STRONG || tone == MOP_TONE_BAD);
    if (tone == MOP_TONE_DATA) {
        mop_markdown_code(p->out, text, DATA_MAX);
        return;
    }
    mop_out_str(p->out, strong ? "**" : "");
    mop_markdown_text(p->out, text);
    mop_out_str(p->out, strong ? "**" : "");
}

static void add_first(struct mop_page *p, enum mop_tone tone, struct mop_sv text)
{
    if (mop_markdown_begins_block(text))
        mop_out_str(p->out, "&#8203;");
    add_toned(p, tone, text);
}

/* ---- the style ---- */

static void md_heading(struct mop_page *p, int level, struct mop_sv text)
{
    mop_out_str(p->out, p->fresh ? "" : "\n");
    mop_out_str(p->out, level > 1 ? "#### " : "### ");
    mop_markdown_text(p->out, text);
    mop_out_str(p->out, "\n\n");
}

static void md_para(struct mop_page *p, enum mop_tone tone, struct mop_sv text)
{
    mop_out_str(p->out, p->fresh ? "" : "\n");
    add_first(p, tone, text);
    mop_out_str(p->out, "\n");
}

static void md_item(struct mop_page *p, enum mop_tone tone, struct mop_sv text)
{
    mop_out_str(p->out, "- ");
    add_first(p, tone == MOP_TONE_BAD ? MOP_TONE_PLAIN : tone, text);
    mop_out_chr(p->out, '\n');
}

static void md_step(struct mop_page *p, size_t number, struct mop_sv what, struct mop_sv more)
{
    char lead[24];
    struct mop_buf b;
    mop_buf_init(&b, sizeof lead);
    mop_buf_printf(&b, "%zu. ", number);
    mop_out_sv(p->out, mop_buf_view(&b));
    mop_buf_release(&b);
    add_first(p, MOP_TONE_STRONG, what);
    mop_out_str(p->out, "  \n   ");
    add_first(p, MOP_TONE_PLAIN, more);
    mop_out_chr(p->out, '\n');
}

static void add_row(struct mop_page *p, const struct mop_grid *g, const struct mop_grid_cell *cells)
{
    mop_out_chr(p->out, '|');
    for (size_t c = 0; c < g->ncolumns; c++) {
        if (!mop_grid_used(g, c))
            continue;
        mop_out_chr(p->out, ' ');
        if (cells)
            add_toned(p, cells[c].tone, cells[c].text);
        else
            mop_out_str(p->out, g->columns[c].title);
        mop_out_str(p->out, " |");
    }
    mop_out_chr(p->out, '\n');
}

static bool has_titles(const struct mop_grid *g)
{
    for (size_t c = 0; c < g->ncolumns; c++)
        if (mop_grid_used(g, c) && g->columns[c].title[0])
            return true;
    return false;
}

/* A table without titles is a list: Markdown has no tables without a head. */
static void add_list(struct mop_page *p, const struct mop_grid *g)
{
    mop_out_str(p->out, p->fresh ? "" : "\n");
    for (size_t i = 0; i + g->ncolumns <= g->n; i += g->ncolumns) {
        bool first = true;
        for (size_t c = 0; c < g->ncolumns; c++) {
            const struct mop_grid_cell *x = &g->cells[i + c];
            if (!x->text.n && x->tone != MOP_TONE_DATA)
                continue;
            mop_out_str(p->out, first ? "- " : ", ");
            if (first)
                add_first(p, x->tone, x->text);
            else
                add_toned(p, x->tone, x->text);
            first = false;
        }
        mop_out_str(p->out, first ? "" : "\n");
    }
}

static void md_table(struct mop_page *p, const struct mop_grid *g)
{
    if (!has_titles(g)) {
        add_list(p, g);
        return;
    }
    mop_out_str(p->out, p->fresh ? "" : "\n");
    add_row(p, g, NULL);
    mop_out_chr(p->out, '|');
    for (size_t c = 0; c < g->ncolumns; c++)
        if (mop_grid_used(g, c))
            mop_out_str(p->out, g->columns[c].right ? " ---: |" : " --- |");
    mop_out_chr(p->out, '\n');
    for (size_t i = 0; i + g->ncolumns <= g->n; i += g->ncolumns)
        add_row(p, g, g->cells + i);
}

static const struct mop_page_style md_style = {md_heading, md_para, md_item, md_step, md_table};

static const mop_section md_sections[] = {
    mop_section_partial,  mop_section_top,     mop_section_head,
    mop_section_reports,  mop_section_new,     mop_section_plan,
    mop_section_since,    mop_section_gaps,    mop_section_mind,
    mop_section_datasets, mop_section_rules,   mop_section_lifecycles,
    mop_section_fixers,   mop_section_verdict, NULL};

static int write_markdown(const struct mop_result *r, const struct mop_format_options *o,
                          struct mop_out *out, struct mop_err *e)
{
    struct mop_page p = {.r = r, .o = o, .out = out, .style = &md_style, .brief = !o->full};
    return mop_page_write(&p, md_sections, e);
}

const struct mop_format mop_format_markdown = {.name = "markdown",
                                               .summary = "compact, for a ticket or a pull request",
                                               .write = write_markdown};
