/* SPDX-License-Identifier: MIT */
#include "report/sections.h"
#include <string.h>

/*
 * The same report for a ticket or a pull request, compact. What comes from data or rules cannot
 * make markup: characters with a meaning are escaped, values of records stand as code.
 */
enum { DATA_MAX = 60 };

static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* A zero-width space keeps @name, #12, w.w.w and scheme:// from becoming mentions and links. */
static bool starts_link(struct mop_sv s, size_t i)
{
    char next = i + 1 < s.n ? s.p[i + 1] : '\0';
    switch (s.p[i]) {
    case '@':
    case '#':
        return is_word(next);
    case ':':
        return next == '/';
    case '.':
        return i >= 3 && mop_sv_eq_nocase(mop_sv_sub(s, i - 3, i), MOP_SV("www"));
    default:
        return false;
    }
}

static void add_escaped(struct mop_page *p, struct mop_sv text)
{
    struct mop_sv s = mop_shown_text(&p->arena, text, SIZE_MAX);
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '&')
            mop_out_str(p->out, "&amp;");
        else if (s.p[i] == '<')
            mop_out_str(p->out, "&lt;");
        else if (s.p[i] == '>')
            mop_out_str(p->out, "&gt;");
        else if (strchr("\\`*_{}[]#|!~$", s.p[i])) {
            mop_out_chr(p->out, '\\');
            mop_out_chr(p->out, s.p[i]);
        } else
            mop_out_chr(p->out, s.p[i]);
        if (starts_link(s, i))
            mop_out_str(p->out, "&#8203;");
    }
}

static size_t longest_ticks(struct mop_sv s)
{
    size_t longest = 0, run = 0;
    for (size_t i = 0; i < s.n; i++) {
        run = s.p[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

/* A code span with a fence longer than any in it; in a table a bar still ends the cell. */
static void add_code(struct mop_page *p, struct mop_sv value)
{
    struct mop_sv s = mop_shown_text(&p->arena, value, DATA_MAX);
    if (!s.n) {
        mop_out_str(p->out, "(blank)");
        return;
    }
    size_t fence = longest_ticks(s) + 1;
    for (size_t i = 0; i < fence; i++)
        mop_out_chr(p->out, '`');
    mop_out_chr(p->out, ' ');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '|')
            mop_out_chr(p->out, '\\');
        mop_out_chr(p->out, s.p[i]);
    }
    mop_out_chr(p->out, ' ');
    for (size_t i = 0; i < fence; i++)
        mop_out_chr(p->out, '`');
}

static void add_toned(struct mop_page *p, enum mop_tone tone, struct mop_sv text)
{
    bool strong = text.n && (tone == MOP_TONE_STRONG || tone == MOP_TONE_BAD);
    if (tone == MOP_TONE_DATA) {
        add_code(p, text);
        return;
    }
    mop_out_str(p->out, strong ? "**" : "");
    add_escaped(p, text);
    mop_out_str(p->out, strong ? "**" : "");
}

/* What would begin a list, a rule or a numbered list at the start of a line. */
static bool begins_block(struct mop_sv text)
{
    size_t digits = 0;
    while (digits < text.n && text.p[digits] >= '0' && text.p[digits] <= '9')
        digits++;
    if (digits)
        return digits < text.n && (text.p[digits] == '.' || text.p[digits] == ')');
    return text.n && strchr("-+=: \t", text.p[0]);
}

static void add_first(struct mop_page *p, enum mop_tone tone, struct mop_sv text)
{
    if (begins_block(text))
        mop_out_str(p->out, "&#8203;");
    add_toned(p, tone, text);
}

/* ---- the style ---- */

static void md_heading(struct mop_page *p, int level, struct mop_sv text)
{
    mop_out_str(p->out, p->fresh ? "" : "\n");
    mop_out_str(p->out, level > 1 ? "#### " : "### ");
    add_escaped(p, text);
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

static void md_table(struct mop_page *p, const struct mop_grid *g)
{
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

static const mop_section md_sections[] = {mop_section_partial,
                                          mop_section_head,
                                          mop_section_reports,
                                          mop_section_plan,
                                          mop_section_gaps,
                                          mop_section_datasets,
                                          mop_section_rules,
                                          mop_section_lifecycles,
                                          mop_section_fixers,
                                          mop_section_verdict,
                                          NULL};

static int write_markdown(const struct mop_result *r, const struct mop_format_options *o,
                          struct mop_out *out, struct mop_err *e)
{
    struct mop_page p = {.r = r, .o = o, .out = out, .style = &md_style, .brief = true};
    return mop_page_write(&p, md_sections, e);
}

const struct mop_format mop_format_markdown = {.name = "markdown",
                                               .summary = "compact, for a ticket or a pull request",
                                               .write = write_markdown};
