/* SPDX-License-Identifier: MIT */
#include "report/markdown.h"
#include "report/shown.h"
#include <string.h>

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

void mop_markdown_text(struct mop_out *out, struct mop_sv text)
{
    struct mop_arena a;
    mop_arena_init(&a);
    struct mop_sv s = mop_shown_text(&a, text, SIZE_MAX);
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '&')
            mop_out_str(out, "&amp;");
        else if (s.p[i] == '<')
            mop_out_str(out, "&lt;");
        else if (s.p[i] == '>')
            mop_out_str(out, "&gt;");
        else if (strchr("\\`*_{}[]#|!~$", s.p[i])) {
            mop_out_chr(out, '\\');
            mop_out_chr(out, s.p[i]);
        } else
            mop_out_chr(out, s.p[i]);
        if (starts_link(s, i))
            mop_out_str(out, "&#8203;");
    }
    mop_arena_release(&a);
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
static void add_code(struct mop_out *out, struct mop_sv s)
{
    size_t fence = longest_ticks(s) + 1;
    for (size_t i = 0; i < fence; i++)
        mop_out_chr(out, '`');
    mop_out_chr(out, ' ');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '|')
            mop_out_chr(out, '\\');
        mop_out_chr(out, s.p[i]);
    }
    mop_out_chr(out, ' ');
    for (size_t i = 0; i < fence; i++)
        mop_out_chr(out, '`');
}

void mop_markdown_code(struct mop_out *out, struct mop_sv value, size_t max)
{
    struct mop_arena a;
    mop_arena_init(&a);
    struct mop_sv s = mop_shown_text(&a, value, max);
    if (s.n)
        add_code(out, s);
    else
        mop_out_str(out, "(blank)");
    mop_arena_release(&a);
}

/* What would begin a list, a rule or a numbered list at the start of a line. */
bool mop_markdown_begins_block(struct mop_sv text)
{
    size_t digits = 0;
    while (digits < text.n && text.p[digits] >= '0' && text.p[digits] <= '9')
        digits++;
    if (digits)
        return digits < text.n && (text.p[digits] == '.' || text.p[digits] == ')');
    return text.n && strchr("-+=: \t", text.p[0]);
}
