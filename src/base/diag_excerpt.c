/* SPDX-License-Identifier: MIT */
#include "err.h"
#include "text.h"
#include "utf8.h"

/*
 * The source line under a message and the marker under that. What an excerpt costs is bounded: a
 * JSON file may be one line of 8 MiB with a thousand faults in it.
 */
enum {
    INDENT = 4,         /* before source line and marker */
    TAB_COLUMNS = 4,    /* a tab in a source line */
    LINE_COLUMNS = 100, /* longer lines are clipped around the marker */
    LEFT_COLUMNS = 50,  /* at most so many before the marker in a clipped line */
    WINDOW = 400        /* bytes of a line looked at, on each side of the marker */
};

#define ELLIPSIS "\xE2\x80\xA6"

static const char green[] = "\033[1;32m", plain[] = "\033[0m";

/* Bytes of the code point at i, or 1 where the bytes are none. */
static size_t char_length(struct mop_sv s, size_t i)
{
    unsigned char c = (unsigned char)s.p[i];
    size_t n = c < 0xC0 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    struct mop_sv one = mop_sv_sub(s, i, i + n);
    return one.n == n && mop_utf8_check(one) == n ? n : 1;
}

/* Renders the character at *i into `cell`, moves past it, returns its columns. */
static size_t next_cell(struct mop_buf *cell, struct mop_sv line, size_t *i)
{
    size_t n = char_length(line, *i);
    mop_buf_reset(cell);
    const char *escape = mop_text_log_escape(line, *i);
    if (escape)
        mop_buf_str(cell, escape);
    else if (line.p[*i] == '\t')
        mop_buf_printf(cell, "%*s", TAB_COLUMNS, "");
    else
        mop_utf8_show(cell, mop_sv_sub(line, *i, *i + n), SIZE_MAX);
    *i += n;
    return mop_utf8_width(mop_buf_view(cell));
}

static size_t columns(struct mop_buf *cell, struct mop_sv line, size_t from, size_t to)
{
    size_t width = 0;
    for (size_t i = from; i < to && i < line.n;)
        width += next_cell(cell, line, &i);
    return width;
}

struct excerpt {
    struct mop_sv line;         /* the window of bytes looked at */
    size_t at, span;            /* the marked bytes in it */
    size_t mark, marked, total; /* columns: before the mark, under it, of all */
    size_t first, last;         /* columns shown: [first, last) */
    bool more_left, more_right; /* there is more line than that */
};

/* Takes the window out of the line; it begins and ends between characters. */
static void cut_window(struct excerpt *x)
{
    struct mop_sv line = x->line;
    size_t from = x->at > WINDOW ? x->at - WINDOW : 0;
    size_t to = line.n - x->at > WINDOW ? x->at + WINDOW : line.n;
    while (from > 0 && from < x->at && ((unsigned char)line.p[from] & 0xC0) == 0x80)
        from++;
    while (to < line.n && ((unsigned char)line.p[to] & 0xC0) == 0x80)
        to++;
    x->more_left = from > 0;
    x->more_right = to < line.n;
    x->line = mop_sv_sub(line, from, to);
    x->at -= from;
}

static void measure(struct excerpt *x, struct mop_buf *cell)
{
    x->mark = columns(cell, x->line, 0, x->at);
    x->marked = columns(cell, x->line, x->at, x->at + x->span);
    x->total = x->mark + columns(cell, x->line, x->at, x->line.n);
    bool fits = x->total <= LINE_COLUMNS && !x->more_left;
    x->first = fits || x->mark <= LEFT_COLUMNS ? 0 : x->mark - LEFT_COLUMNS;
    x->last = x->total - x->first > LINE_COLUMNS ? x->first + LINE_COLUMNS : x->total;
    x->more_left |= x->first > 0;
    x->more_right |= x->last < x->total;
}

/* Writes the cells that fit whole; sets `first` to the column of the first one written. */
static void print_cells(struct excerpt *x, struct mop_buf *cell, struct mop_buf *out)
{
    size_t column = 0;
    bool begun = false;
    for (size_t i = 0; i < x->line.n && column < x->last;) {
        size_t width = next_cell(cell, x->line, &i), end = column + width;
        if (column >= x->first && end <= x->last) {
            x->first = begun ? x->first : column;
            begun = true;
            mop_buf_sv(out, mop_buf_view(cell));
        }
        column = end;
    }
}

static void print_marker(const struct excerpt *x, struct mop_buf *out, bool color)
{
    size_t left = INDENT + x->more_left + x->mark - x->first, under = x->marked ? x->marked : 1;
    if (x->mark < x->last && under > x->last - x->mark)
        under = x->last - x->mark;
    mop_buf_printf(out, "%*s%s^", (int)left, "", color ? green : "");
    while (--under > 0)
        mop_buf_chr(out, '~');
    mop_buf_printf(out, "%s\n", color ? plain : "");
}

void mop_diag_excerpt(struct mop_buf *out, struct mop_sv line, uint32_t col, uint32_t span,
                      bool color)
{
    struct excerpt x = {.line = line, .at = col - 1, .span = span};
    struct mop_buf cell;
    if (x.at > line.n)
        x.at = line.n;
    mop_buf_init(&cell, 256);
    cut_window(&x);
    measure(&x, &cell);
    mop_buf_printf(out, "%*s%s", INDENT, "", x.more_left ? ELLIPSIS : "");
    print_cells(&x, &cell, out);
    mop_buf_str(out, x.more_right ? ELLIPSIS "\n" : "\n");
    print_marker(&x, out, color);
    mop_buf_release(&cell);
}
