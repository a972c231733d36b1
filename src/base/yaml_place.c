/* SPDX-License-Identifier: MIT */
#include "text.h"
#include "yaml.h"
#include <stdlib.h>
#include <string.h>

/*
 * From a byte of a scalar's text back to its place in the file. The source is read again in pieces,
 * each of so many bytes there and so many bytes in the text, by libyaml's own rules of folding.
 */

#define BOM "\xEF\xBB\xBF"

struct piece {
    size_t in, out;
};

/* Bytes of a YAML line break at i (NEL, LS and PS are ones too), and what it gives as text. */
static struct piece break_at(struct mop_sv s, size_t i)
{
    size_t end = mop_line_end(s, i);
    if (end)
        return (struct piece){end, 1};
    if (i + 1 < s.n && memcmp(s.p + i, "\xC2\x85", 2) == 0)
        return (struct piece){2, 1};
    if (i + 2 < s.n &&
        (memcmp(s.p + i, "\xE2\x80\xA8", 3) == 0 || memcmp(s.p + i, "\xE2\x80\xA9", 3) == 0))
        return (struct piece){3, 3};
    return (struct piece){0, 0};
}

static bool is_blank(struct mop_sv s, size_t i)
{
    return i < s.n && (s.p[i] == ' ' || s.p[i] == '\t');
}

/* Blanks and breaks from i on: what all breaks in them give. */
static struct piece space_at(struct mop_sv s, size_t i)
{
    struct piece all = {0, 0};
    for (;;) {
        struct piece b = break_at(s, i + all.in);
        all.out += b.out;
        all.in += b.in;
        if (!b.in && !is_blank(s, i + all.in))
            return all;
        all.in += b.in ? 0 : 1;
    }
}

/* Line folding in plain and quoted scalars; nothing when there is no break behind the blanks. */
static struct piece fold_at(struct mop_sv s, size_t i)
{
    size_t j = i;
    while (is_blank(s, j))
        j++;
    struct piece first = break_at(s, j);
    if (!first.in)
        return first;
    struct piece rest = space_at(s, j + first.in);
    size_t out = first.out > 1 ? first.out + rest.out : rest.out ? rest.out : 1;
    return (struct piece){j - i + first.in + rest.in, out};
}

static size_t utf8_size(unsigned long c)
{
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

static size_t hex_size(struct mop_sv s, size_t i, size_t digits)
{
    char text[9] = "";
    if (i + digits <= s.n)
        memcpy(text, s.p + i, digits);
    return utf8_size(strtoul(text, NULL, 16));
}

/* A backslash in double quotes. */
static struct piece escape_at(struct mop_sv s, size_t i)
{
    struct piece b = break_at(s, i + 1);
    if (b.in) {
        struct piece rest = space_at(s, i + 1 + b.in);
        return (struct piece){1 + b.in + rest.in, rest.out};
    }
    switch (i + 1 < s.n ? s.p[i + 1] : '\0') {
    case 'x':
        return (struct piece){4, hex_size(s, i + 2, 2)};
    case 'u':
        return (struct piece){6, hex_size(s, i + 2, 4)};
    case 'U':
        return (struct piece){10, hex_size(s, i + 2, 8)};
    case 'N': /* U+0085 */
    case '_': /* U+00A0 */
        return (struct piece){2, 2};
    case 'L': /* U+2028 */
    case 'P': /* U+2029 */
        return (struct piece){2, 3};
    default:
        return (struct piece){2, 1};
    }
}

static struct piece piece_at(struct mop_sv s, size_t i, char quote)
{
    struct piece fold = fold_at(s, i);
    if (fold.in)
        return fold;
    if (quote == '"' && s.p[i] == '\\')
        return escape_at(s, i);
    return (struct piece){quote == '\'' && s.p[i] == '\'' ? 2 : 1, 1};
}

/* Plain and quoted scalars; s ends where the scalar does. */
static size_t place_flow(struct mop_sv s, size_t i, size_t want)
{
    char quote = i < s.n && (s.p[i] == '"' || s.p[i] == '\'') ? s.p[i] : '\0';
    size_t out = 0;
    if (quote) {
        i++;
        s.n -= s.n > i;
    }
    while (i < s.n) {
        struct piece p = piece_at(s, i, quote);
        if (want < out + p.out)
            return i;
        out += p.out;
        i += p.in;
    }
    return s.n;
}

/* Block scalars. */

/* Spaces before the first character that is none, on the first line that has one; SIZE_MAX without.
 */
static size_t first_indent(struct mop_sv s, size_t i)
{
    for (size_t blanks = 0; i < s.n;) {
        struct piece br = break_at(s, i);
        if (!br.in && s.p[i] != ' ')
            return blanks;
        blanks = br.in ? 0 : blanks + 1;
        i += br.in ? br.in : 1;
    }
    return SIZE_MAX;
}

struct block {
    struct mop_sv s;
    size_t i, indent;
    size_t broken_at; /* the break that ended the last line */
    size_t out;       /* text given so far */
};

/* Moves over indentation and empty lines; what those give. */
static size_t skip_empty(struct block *b)
{
    size_t given = 0;
    for (;;) {
        size_t column = 0;
        while (column < b->indent && b->i < b->s.n && b->s.p[b->i] == ' ') {
            b->i++;
            column++;
        }
        struct piece br = break_at(b->s, b->i);
        if (!br.in)
            return given;
        given += br.out;
        b->i += br.in;
    }
}

/* Moves over the rest of the line, without its break. */
static void skip_line(struct block *b)
{
    while (b->i < b->s.n && !break_at(b->s, b->i).in) {
        b->i++;
        b->out++;
    }
}

/* The first lines of a block say how deep it is: the text has the blanks that are not indentation.
 */
static struct block open_block(const struct mop_node *n, struct mop_sv s)
{
    struct block b = {.s = s, .i = n->start};
    while (b.i < s.n && !break_at(s, b.i).in)
        b.i++;
    b.i += break_at(s, b.i).in;
    size_t there = first_indent(s, b.i), in_text = first_indent(n->text, 0);
    b.indent = there == SIZE_MAX || in_text > there ? SIZE_MAX : there - in_text;
    b.broken_at = b.i;
    return b;
}

static size_t place_block(const struct mop_node *n, struct mop_sv s, size_t want)
{
    struct block b = open_block(n, s);
    bool folded = s.p[n->start] == '>', was_blank = false;
    for (size_t lead = 0;;) {
        size_t empty = skip_empty(&b);
        if (b.i >= s.n)
            return b.broken_at;
        bool blank = is_blank(s, b.i), fold = folded && lead == 1 && !was_blank && !blank;
        b.out += fold ? (empty ? empty : 1) : lead + empty;
        if (want < b.out)
            return b.broken_at;
        size_t line = b.i, line_out = b.out;
        skip_line(&b);
        if (want < b.out)
            return line + (want - line_out);
        b.broken_at = b.i;
        lead = break_at(s, b.i).out;
        b.i += break_at(s, b.i).in;
        was_blank = blank;
    }
}

static struct mop_loc walk_to(struct mop_loc at, struct mop_sv s, size_t from, size_t to)
{
    for (size_t i = from; i < to;) {
        size_t end = mop_line_end(s, i);
        at.line += end > 0;
        at.col = end ? 1 : at.col + 1;
        i += end ? end : 1;
    }
    return at;
}

struct mop_loc mop_node_place(const struct mop_node *scalar, struct mop_sv file_text, size_t offset)
{
    if (mop_sv_starts(file_text, MOP_SV(BOM)))
        file_text = mop_sv_sub(file_text, sizeof BOM - 1, file_text.n); /* as the parser counted */
    if (scalar->kind != MOP_SCALAR || scalar->start >= file_text.n || scalar->end > file_text.n)
        return scalar->at;
    char first = file_text.p[scalar->start];
    if (first == '*') /* an alias as a key */
        return scalar->at;
    struct mop_sv s = mop_sv_sub(file_text, 0, scalar->end);
    bool block = !scalar->plain && (first == '|' || first == '>');
    size_t place = block ? place_block(scalar, s, offset) : place_flow(s, scalar->start, offset);
    return walk_to(scalar->at, file_text, scalar->start, place);
}
