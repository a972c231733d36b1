/* SPDX-License-Identifier: MIT */
#include "csv_source.h"

#include <string.h>

static bool ends_field(char ch, char delimiter)
{
    return ch == delimiter || ch == '\n' || ch == '\r';
}

const char *mop_csv_field_end(const char *p, const char *end, char delimiter, bool *open)
{
    *open = p < end && *p == '"';
    if (*open)
        p++;
    while (*open) {
        p = memchr(p, '"', (size_t)(end - p));
        if (!p)
            return end;
        *open = ++p < end && *p == '"';
        p += *open;
    }
    while (p < end && !ends_field(*p, delimiter))
        p++;
    return p;
}

/* The raw byte behind decoded byte `byte` of the field at p. */
static const char *inside_field(const char *p, const char *end, size_t byte)
{
    if (byte == 0 || p == end)
        return p;
    if (*p != '"')
        return p + byte < end ? p + byte : end;
    for (p++; byte > 0 && p < end; byte--)
        p += *p == '"' ? 2 : 1;
    return p < end ? p : end;
}

/* A source that was converted has no byte columns of its own: characters are counted. */
static uint64_t characters(const char *p, const char *end)
{
    uint64_t n = 0;
    for (; p < end; p++)
        n += ((unsigned char)*p & 0xC0) != 0x80;
    return n;
}

static uint32_t clip(uint64_t n)
{
    return n < UINT32_MAX ? (uint32_t)n : UINT32_MAX;
}

struct mop_loc mop_csv_loc(const struct mop_csv *c, struct csv_place begin, uint64_t at)
{
    const struct mop_window *w = &c->file.w;
    char newline = c->cr_lines ? '\r' : '\n';
    const char *p = w->p + (begin.at - w->base), *end = w->p + (at - w->base);
    for (const char *hit; (hit = memchr(p, newline, (size_t)(end - p))); p = hit + 1) {
        begin.line++;
        begin.line_start = w->base + (uint64_t)(hit + 1 - w->p);
    }
    uint64_t col = at - begin.line_start;
    if (mop_input_facts(w->in).converted && begin.line_start >= w->base)
        col = characters(w->p + (begin.line_start - w->base), end);
    return (struct mop_loc){c->file.source.name, clip(begin.line), clip(col + 1)};
}

struct mop_loc mop_csv_locate(const struct mop_csv *c, struct csv_place begin, size_t field,
                              size_t byte)
{
    const struct mop_window *w = &c->file.w;
    const char *p = w->p + (begin.at - w->base), *end = w->p + w->n;
    bool open;
    while (field-- > 0) {
        p = mop_csv_field_end(p, end, c->delimiter, &open);
        if (p < end)
            p++;
    }
    p = inside_field(p, end, byte);
    return mop_csv_loc(c, begin, w->base + (uint64_t)(p - w->p));
}

void mop_csv_locate_columns(const struct mop_csv *c, struct csv_place begin, size_t n,
                            struct mop_loc *at)
{
    const struct mop_window *w = &c->file.w;
    const char *p = w->p + (begin.at - w->base), *end = w->p + w->n;
    char newline = c->cr_lines ? '\r' : '\n';
    bool open, converted = mop_input_facts(w->in).converted;
    struct mop_loc here = mop_csv_loc(c, begin, begin.at);
    for (size_t i = 0; i < n; i++) {
        at[i] = here;
        const char *next = mop_csv_field_end(p, end, c->delimiter, &open);
        next += next < end;
        here.col += converted ? (uint32_t)characters(p, next) : (uint32_t)(next - p);
        for (const char *hit; (hit = memchr(p, newline, (size_t)(next - p))); p = hit + 1) {
            here.line++;
            here.col =
                1 + (converted ? (uint32_t)characters(hit + 1, next) : (uint32_t)(next - hit - 1));
        }
        p = next;
    }
}
