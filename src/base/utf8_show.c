/* SPDX-License-Identifier: MIT */
/* What a reader sees of a text: blanks, columns, and a form that is safe to print. */
#include "utf8.h"
#include <stdio.h>
#include <utf8proc.h>

struct range {
    uint32_t first, last;
};

static bool in_ranges(const struct range *r, size_t n, uint32_t cp)
{
    for (size_t i = 0; i < n && r[i].first <= cp; i++)
        if (cp <= r[i].last)
            return true;
    return false;
}

#define IN(ranges, cp) in_ranges((ranges), sizeof(ranges) / sizeof *(ranges), (cp))

bool mop_utf8_is_space(uint32_t cp)
{
    static const struct range SPACES[] = {
        {0x09, 0x0D},     {0x20, 0x20},     {0x85, 0x85},     {0xA0, 0xA0},
        {0x1680, 0x1680}, {0x2000, 0x200B}, {0x2028, 0x2029}, {0x202F, 0x202F},
        {0x205F, 0x205F}, {0x3000, 0x3000}, {0xFEFF, 0xFEFF},
    };
    return IN(SPACES, cp);
}

bool mop_utf8_is_hidden(uint32_t cp)
{
    static const struct range HIDDEN[] = {
        {0x00, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},       {0x61C, 0x61C},   {0x180E, 0x180E},
        {0x200B, 0x200B}, {0x200E, 0x200F}, {0x2028, 0x202E},   {0x2060, 0x206F}, {0xFEFF, 0xFEFF},
        {0xFFF9, 0xFFFB}, {0xFFFE, 0xFFFF}, {0xE0000, 0xE007F},
    };
    return IN(HIDDEN, cp);
}

bool mop_utf8_is_mute(uint32_t cp)
{
    static const struct range MUTE[] = {
        {0x34F, 0x34F},   {0x115F, 0x1160}, {0x17B4, 0x17B5},    {0x180B, 0x180F},
        {0x2800, 0x2800}, {0x3164, 0x3164}, {0xE000, 0xF8FF},    {0xFE00, 0xFE0F},
        {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFD}, {0xE0080, 0x10FFFF},
    };
    return IN(MUTE, cp) || mop_utf8_is_hidden(cp);
}

/* One thing to show: its bytes in the text and what stands for them. */
struct glyph {
    size_t len, columns;
    bool escaped, byte; /* byte: written \xNN */
    uint32_t cp;
};

static struct glyph glyph_at(struct mop_sv s, size_t i)
{
    struct glyph g = {0};
    g.len = mop_utf8_decode(s, i, &g.cp);
    if (!g.len)
        g = (struct glyph){.len = 1, .byte = true, .escaped = true, .cp = (unsigned char)s.p[i]};
    else if (mop_utf8_is_hidden(g.cp))
        g.escaped = true, g.byte = g.cp < 0x80;
    return g;
}

static int escape(char out[16], struct glyph g)
{
    return snprintf(out, 16, g.byte ? "\\x%02x" : "\\u{%04x}", (unsigned)g.cp);
}

static size_t glyph_columns(struct glyph g)
{
    char text[16];
    return (size_t)(g.escaped ? escape(text, g) : utf8proc_charwidth((utf8proc_int32_t)g.cp));
}

size_t mop_utf8_width(struct mop_sv s)
{
    size_t columns = 0;
    for (size_t i = 0; i < s.n;)
        columns += (size_t)utf8proc_charwidth((utf8proc_int32_t)mop_utf8_next(s, &i));
    return columns;
}

/*
 * How much of s is shown in `max` columns; s.n if all of it. Combining marks take no column, so a
 * pile of them is cut by its bytes.
 */
static size_t shown(struct mop_sv s, size_t max)
{
    size_t bytes = max < SIZE_MAX / 16 ? max * 16 : SIZE_MAX, columns = 0, cut = 0;
    for (size_t i = 0; i < s.n;) {
        struct glyph g = glyph_at(s, i);
        columns += glyph_columns(g);
        i += g.len;
        if (columns > max || i > bytes)
            return cut;
        if (columns < max)
            cut = i;
    }
    return s.n;
}

static void show_one(struct mop_buf *out, struct mop_sv s, size_t i, struct glyph g)
{
    char text[16];
    if (g.escaped)
        mop_buf_add(out, text, (size_t)escape(text, g));
    else
        mop_buf_add(out, s.p + i, g.len);
}

void mop_utf8_show(struct mop_buf *out, struct mop_sv s, size_t max)
{
    size_t end = shown(s, max);
    for (size_t i = 0; i < end;) {
        struct glyph g = glyph_at(s, i);
        show_one(out, s, i, g);
        i += g.len;
    }
    if (end < s.n && max > 0)
        mop_buf_str(out, "\xE2\x80\xA6");
}
