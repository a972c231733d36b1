/* SPDX-License-Identifier: MIT */
#include "text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t mop_line_end(struct mop_sv s, size_t i)
{
    if (i >= s.n || (s.p[i] != '\n' && s.p[i] != '\r'))
        return 0;
    return s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n' ? 2 : 1;
}

static void add_line(struct mop_lines *l, size_t start)
{
    MOP_GROW(l->start, l->n, l->cap);
    l->start[l->n++] = start;
}

void mop_lines_init(struct mop_lines *l, struct mop_sv text)
{
    *l = (struct mop_lines){.text = text};
    add_line(l, 0);
    for (size_t i = 0; i < text.n;) {
        size_t end = mop_line_end(text, i);
        i += end ? end : 1;
        if (end)
            add_line(l, i);
    }
}

void mop_lines_release(struct mop_lines *l)
{
    free(l->start);
    *l = (struct mop_lines){.n = 0};
}

struct mop_loc mop_lines_loc(const struct mop_lines *l, const char *file, size_t offset)
{
    size_t low = 0, high = l->n;
    if (offset > l->text.n)
        offset = l->text.n;
    while (high - low > 1) {
        size_t mid = low + (high - low) / 2;
        if (l->start[mid] <= offset)
            low = mid;
        else
            high = mid;
    }
    return (struct mop_loc){file, (uint32_t)(low + 1), (uint32_t)(offset - l->start[low] + 1)};
}

struct mop_sv mop_lines_get(const struct mop_lines *l, size_t line)
{
    if (line == 0 || line > l->n)
        return MOP_SV_NONE;
    size_t from = l->start[line - 1], to = line < l->n ? l->start[line] : l->text.n;
    while (to > from && mop_line_end(l->text, to - 1))
        to--;
    return (struct mop_sv){l->text.p ? l->text.p + from : "", to - from};
}

/* Where a runner would begin to read the line: behind blanks and colours. */
static size_t line_begin(struct mop_sv line)
{
    size_t i = 0;
    while (i < line.n && (line.p[i] == ' ' || line.p[i] == '\033')) {
        bool color = line.p[i] == '\033';
        while (color && i < line.n && line.p[i] != 'm')
            i++;
        i++;
    }
    return i < line.n ? i : line.n;
}

static bool is_command(struct mop_sv line, size_t i)
{
    struct mop_sv rest = mop_sv_sub(line, i, line.n);
    return mop_sv_starts(rest, MOP_SV("##[")) || mop_sv_starts(rest, MOP_SV("##vso["));
}

const char *mop_text_log_escape(struct mop_sv line, size_t i)
{
    if (line.p[i] == '#')
        return is_command(line, i) ? "\\x23" : NULL;
    if (line.p[i] != ':' || i != line_begin(line))
        return NULL;
    return mop_sv_starts(mop_sv_sub(line, i, line.n), MOP_SV("::")) ? "\\x3a" : NULL;
}

static void log_line(struct mop_buf *out, struct mop_sv line)
{
    for (size_t i = 0; i < line.n; i++) {
        const char *escape = mop_text_log_escape(line, i);
        if (escape)
            mop_buf_str(out, escape);
        else
            mop_buf_chr(out, line.p[i]);
    }
}

void mop_text_log(struct mop_buf *out, struct mop_sv lines)
{
    struct mop_sv line;
    while (mop_sv_next(&lines, '\n', &line)) {
        log_line(out, line);
        if (lines.p)
            mop_buf_chr(out, '\n');
    }
}

void mop_text_format(char *out, size_t cap, const char *fmt, va_list ap)
{
    int n = vsnprintf(out, cap, fmt, ap);
    if (n < 0)
        out[0] = '\0';
    if (n < 0 || (size_t)n < cap)
        return;
    size_t end = cap - 4;
    while (end > 0 && ((unsigned char)out[end] & 0xC0) == 0x80)
        end--;
    memcpy(out + end, "...", 4);
}

void mop_json_quote(struct mop_buf *out, struct mop_sv v)
{
    mop_buf_chr(out, '"');
    for (size_t i = 0; i < v.n; i++) {
        unsigned char c = (unsigned char)v.p[i];
        if (c == '"' || c == '\\')
            mop_buf_printf(out, "\\%c", c);
        else if (c < 0x20)
            mop_buf_printf(out, "\\u%04x", c);
        else
            mop_buf_chr(out, (char)c);
    }
    mop_buf_chr(out, '"');
}

void mop_shell_word(struct mop_buf *out, struct mop_sv v)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                "@%+=:,./_-";
    bool quote = v.n == 0;
    for (size_t i = 0; i < v.n; i++)
        quote = quote || !memchr(plain, v.p[i], sizeof plain - 1);
    if (quote)
        mop_buf_chr(out, '\'');
    for (size_t i = 0; i < v.n; i++)
        if (quote && v.p[i] == '\'')
            mop_buf_str(out, "'\\''");
        else
            mop_buf_chr(out, v.p[i]);
    if (quote)
        mop_buf_chr(out, '\'');
}
