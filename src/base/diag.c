/* SPDX-License-Identifier: MIT */
#include "text.h"
#include "utf8.h"
#include <stdlib.h>
#include <string.h>

/*
 * The sink for messages about files of rules and settings, and how they look on a terminal. What an
 * excerpt costs is bounded: a JSON file may be one line of 8 MiB with a thousand faults in it.
 */
enum {
    INDENT = 4,         /* before source line and marker */
    TAB_COLUMNS = 4,    /* a tab in a source line */
    LINE_COLUMNS = 100, /* longer lines are clipped around the marker */
    LEFT_COLUMNS = 50,  /* at most so many before the marker in a clipped line */
    WINDOW = 400        /* bytes of a line looked at, on each side of the marker */
};

#define ELLIPSIS "\xE2\x80\xA6"

static const struct level {
    const char *name, *color;
} levels[] = {
    [MOP_NOTE] = {"note", "\033[1;36m"},
    [MOP_WARN] = {"warning", "\033[1;35m"},
    [MOP_FAULT] = {"error", "\033[1;31m"},
};
static const char bold[] = "\033[1m", green[] = "\033[1;32m", plain[] = "\033[0m";

void mop_diags_init(struct mop_diags *d)
{
    *d = (struct mop_diags){.n = 0};
    mop_arena_init(&d->arena);
}

void mop_diags_release(struct mop_diags *d)
{
    mop_arena_release(&d->arena);
    free(d->list);
    free(d->files);
    *d = (struct mop_diags){.n = 0};
}

static size_t file_index(const struct mop_diags *d, const char *name)
{
    size_t i = 0;
    while (i < d->nfiles && !(name && strcmp(d->files[i].name, name) == 0))
        i++;
    return i;
}

void mop_diags_file(struct mop_diags *d, const char *name, struct mop_sv text)
{
    size_t i = file_index(d, name);
    if (i == d->nfiles) {
        MOP_GROW(d->files, d->nfiles, d->capfiles);
        d->nfiles++;
    }
    d->files[i] = (struct mop_diag_file){mop_arena_str(&d->arena, mop_sv_of(name)), text};
}

static struct mop_sv format(struct mop_diags *d, const char *fmt, va_list ap)
{
    char line[1024];
    mop_text_format(line, sizeof line, fmt, ap);
    return mop_arena_copy(&d->arena, mop_sv_of(line));
}

struct mop_diag *mop_diag(struct mop_diags *d, enum mop_level level, const char *id,
                          struct mop_loc at, uint32_t span, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    struct mop_sv msg = format(d, fmt, ap);
    va_end(ap);
    if (at.file) /* the loader that named it may be gone when this is printed */
        at.file = mop_arena_str(&d->arena, mop_sv_of(at.file));
    MOP_GROW(d->list, d->n, d->cap);
    struct mop_diag *g = &d->list[d->n++];
    *g = (struct mop_diag){.level = level, .id = id, .at = at, .span = span ? span : 1, .msg = msg};
    d->faults += level == MOP_FAULT;
    return g;
}

void mop_diag_hint(struct mop_diags *d, struct mop_diag *g, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    g->hint = format(d, fmt, ap);
    va_end(ap);
}

/* Order of printing. */

struct entry {
    size_t file, seq;
    struct mop_diag diag;
};

static int order(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int compare_entries(const void *pa, const void *pb)
{
    const struct entry *a = pa, *b = pb;
    int c = order(a->file, b->file);
    if (!c && a->diag.at.file && b->diag.at.file)
        c = strcmp(a->diag.at.file, b->diag.at.file); /* files nobody told us about */
    if (!c)
        c = order(a->diag.at.line, b->diag.at.line);
    if (!c)
        c = order(a->diag.at.col, b->diag.at.col);
    return c ? c : order(a->seq, b->seq);
}

static void sort(struct mop_diags *d)
{
    struct entry *all = mop_calloc(d->n, sizeof *all);
    for (size_t i = 0; i < d->n; i++)
        all[i] = (struct entry){file_index(d, d->list[i].at.file), i, d->list[i]};
    qsort(all, d->n, sizeof *all, compare_entries);
    for (size_t i = 0; i < d->n; i++)
        d->list[i] = all[i].diag;
    free(all);
}

/* The source line. */

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
    if (line.p[*i] == '\t')
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

static void print_excerpt(struct mop_sv line, struct mop_loc at, uint32_t span, struct mop_buf *out,
                          bool color)
{
    struct excerpt x = {.line = line, .at = at.col - 1, .span = span};
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

/* Whole messages. */

void mop_diag_head(struct mop_buf *out, enum mop_level level, struct mop_loc at, bool color)
{
    mop_buf_str(out, color ? bold : "");
    if (at.file)
        mop_utf8_show(out, mop_sv_of(at.file), SIZE_MAX);
    if (at.file && at.line)
        mop_buf_printf(out, ":%u", (unsigned)at.line);
    if (at.file && at.line && at.col)
        mop_buf_printf(out, ":%u", (unsigned)at.col);
    mop_buf_str(out, at.file ? ": " : "");
    if (color)
        mop_buf_printf(out, "%s%s:%s ", levels[level].color, levels[level].name, plain);
    else
        mop_buf_printf(out, "%s: ", levels[level].name);
}

void mop_diag_tail(struct mop_buf *out, struct mop_sv hint)
{
    if (!hint.n)
        return;
    mop_buf_str(out, "  hint: ");
    mop_utf8_show(out, hint, SIZE_MAX);
    mop_buf_chr(out, '\n');
}

static void print_diag(const struct mop_diag *g, const struct mop_lines *lines, struct mop_buf *out,
                       bool color)
{
    mop_diag_head(out, g->level, g->at, color);
    mop_utf8_show(out, g->msg, SIZE_MAX);
    if (g->id)
        mop_buf_printf(out, " [%s]", g->id);
    mop_buf_chr(out, '\n');
    struct mop_sv line = lines ? mop_lines_get(lines, g->at.line) : MOP_SV_NONE;
    if (line.p && g->at.col)
        print_excerpt(line, g->at, g->span, out, color);
    mop_diag_tail(out, g->hint);
}

void mop_diags_print(struct mop_diags *d, struct mop_buf *out, bool color)
{
    struct mop_lines lines = {.n = 0};
    size_t current = d->nfiles;
    sort(d);
    for (size_t i = 0; i < d->n; i++) {
        size_t file = file_index(d, d->list[i].at.file);
        if (file != current && file < d->nfiles) {
            mop_lines_release(&lines);
            mop_lines_init(&lines, d->files[file].text);
        }
        current = file;
        print_diag(&d->list[i], file < d->nfiles ? &lines : NULL, out, color);
    }
    mop_lines_release(&lines);
}
