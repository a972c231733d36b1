/* SPDX-License-Identifier: MIT */
#include "csv_source.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

/*
 * Text into records by libcsv, and libcsv in no other file. It gives no positions, so it is fed
 * line by line. Nothing is trimmed, and quoting is read to the letter (RFC 4180) with one
 * exception: a quote inside an unquoted field (5" pipe) is text. Text behind a closing quote is an
 * error, because from there on no record boundary is certain.
 */
struct csv_split {
    struct csv_parser csv;
    uint32_t newlines; /* in the quoted field being read */
    bool row_done;
    const char *over; /* the cap that was passed */
    size_t over_field;
};

enum { STRICT = CSV_STRICT | CSV_STRICT_FINI, GROWTH = 64 * 1024 };

static int no_space(unsigned char ch)
{
    (void)ch;
    return 0;
}

static void *grow(void *p, size_t size)
{
    return mop_realloc(p, size, 1);
}

void mop_csv_split_start(struct mop_csv *c)
{
    c->split = mop_alloc(sizeof *c->split);
    csv_init(&c->split->csv, STRICT);
    csv_set_delim(&c->split->csv, (unsigned char)c->delimiter);
    csv_set_space_func(&c->split->csv, no_space);
    csv_set_realloc_func(&c->split->csv, grow);
    csv_set_blk_size(&c->split->csv, GROWTH);
}

void mop_csv_split_free(struct mop_csv *c)
{
    if (c->split)
        csv_free(&c->split->csv);
    free(c->split);
    c->split = NULL;
}

/* More room for text: the cells move along. */
static void move_text(struct csv_fields *f, size_t need)
{
    size_t cap = f->captext ? f->captext : 2 * (size_t)MOP_BATCH_BYTES;
    while (cap < need)
        cap *= 2;
    char *text = mop_realloc(NULL, cap, 1);
    if (f->ntext)
        memcpy(text, f->text, f->ntext);
    for (size_t i = 0; i < f->n; i++)
        f->cells[i].v.p = text + (f->cells[i].v.p - f->text);
    free(f->text);
    f->text = text;
    f->captext = cap;
}

static void add_field(struct csv_fields *f, const char *p, size_t n)
{
    if (f->ntext + n + 1 > f->captext)
        move_text(f, f->ntext + n + 1);
    char *to = f->text + f->ntext;
    if (n)
        memcpy(to, p, n);
    to[n] = '\n';
    f->ntext += n + 1;
    MOP_GROW(f->cells, f->n, f->cap);
    f->cells[f->n++] = (struct mop_cell){{to, n}, MOP_GIVEN, MOP_CELL_OK};
}

static size_t nfields(const struct mop_csv *c)
{
    return c->fields.n - c->fields.first;
}

static void on_field(void *p, size_t n, void *data)
{
    struct mop_csv *c = data;
    struct csv_split *s = c->split;
    s->newlines = 0;
    if (s->over)
        return;
    if (n <= MOP_CAP_FIELD && nfields(c) < MOP_CAP_COLUMNS) {
        add_field(&c->fields, p, n);
        return;
    }
    s->over = n > MOP_CAP_FIELD ? "field is longer than 16 MiB (began here)"
                                : "record has more than 32768 fields";
    s->over_field = nfields(c);
}

static void on_row(int ch, void *data)
{
    (void)ch;
    ((struct mop_csv *)data)->split->row_done = true;
}

static bool row_open(const struct mop_csv *c)
{
    const struct csv_parser *p = &c->split->csv;
    return nfields(c) || p->entry_pos || p->quoted;
}

/* libcsv stopped before a quote in an unquoted field, at p: it is text. */
static void take_stray_quote(struct mop_csv *c, const char *p)
{
    const struct mop_window *w = &c->file.w;
    struct csv_parser *csv = &c->split->csv;
    if (c->strays++ == 0)
        c->first_stray = mop_csv_loc(c, c->begin, w->base + (uint64_t)(p - w->p));
    csv_set_opts(csv, 0);
    csv_parse(csv, p, 1, on_field, on_row, c);
    csv_set_opts(csv, STRICT);
}

static int fail_behind_quote(struct mop_csv *c, const char *p, struct mop_err *e)
{
    const struct mop_window *w = &c->file.w;
    struct mop_loc began = mop_csv_locate(c, c->begin, nfields(c), 0);
    mop_err_set(e, 3, mop_csv_loc(c, c->begin, w->base + (uint64_t)(p - w->p)),
                "text behind the closing quote of the field that began at line %u, column %u",
                began.line, began.col);
    bool backslash = p - w->p >= 2 && p[-2] == '\\';
    mop_err_hint(e, "a quote inside a quoted field is written twice%s",
                 backslash ? ", not with a backslash" : "");
    return -1;
}

static int feed(struct mop_csv *c, size_t len, struct mop_err *e)
{
    struct csv_parser *csv = &c->split->csv;
    const char *p = c->file.w.p + c->at, *end = p + len;
    while (p < end) {
        p += csv_parse(csv, p, (size_t)(end - p), on_field, on_row, c);
        if (p == end)
            break;
        if (csv->quoted)
            return fail_behind_quote(c, p, e);
        take_stray_quote(c, p++);
    }
    return 0;
}

static int fail_at_field(struct mop_csv *c, size_t field, const char *what, struct mop_err *e)
{
    mop_err_set(e, 3, mop_csv_locate(c, c->begin, field, 0), "%s", what);
    return -1;
}

/* Caps, after a piece has been fed; `line_ended` tells of a newline. */
static int check_caps(struct mop_csv *c, bool line_ended, struct mop_err *e)
{
    struct csv_split *s = c->split;
    if (s->over)
        return fail_at_field(c, s->over_field, s->over, e);
    if (s->csv.entry_pos > MOP_CAP_FIELD)
        return fail_at_field(c, nfields(c), "field is longer than 16 MiB (began here)", e);
    if (row_open(c) && c->file.w.base + c->at - c->begin.at > MOP_CAP_RECORD)
        return fail_at_field(c, 0, "record is longer than 64 MiB (began here)", e);
    if (!line_ended || !s->csv.quoted || ++s->newlines <= c->max_newlines)
        return 0;
    fail_at_field(c, nfields(c), "quoted field holds too many lines (opened here)", e);
    mop_err_hint(e, "more than %u newlines: is its closing quote missing?", c->max_newlines);
    return -1;
}

static int finish(struct mop_csv *c, struct mop_err *e)
{
    if (csv_fini(&c->split->csv, on_field, on_row, c) != 0)
        return fail_at_field(c, nfields(c), "quoted field never ends (opened here)", e);
    if (c->split->over)
        return fail_at_field(c, c->split->over_field, c->split->over, e);
    if (c->split->row_done && c->file.fetched && nfields(c) < c->file.source.schema.n)
        return fail_at_field(c, 0,
                             "the last line ends too early: the file is not whole (began here)", e);
    return c->split->row_done;
}

/* Of a CR LF whose first half stood at the end of what had been read by then. */
static bool is_second_half(const struct mop_csv *c, size_t len)
{
    return len == 1 && c->after_cr && c->file.w.p[c->at] == '\n';
}

/* Nothing but a line end. */
static bool is_blank_line(const struct mop_csv *c, size_t len)
{
    const char *p = c->file.w.p + c->at;
    return (len == 1 && (*p == '\r' || (*p == '\n' && !is_second_half(c, len)))) ||
           (len == 2 && p[0] == '\r' && p[1] == '\n');
}

/* libcsv drops it. By RFC 4180 it is a record of one empty field, and PostgreSQL writes a null so:
 * so it is where there is one column and another record follows. Elsewhere, as at the end of many
 * an export, it is no record, and is told. */
static void take_blank_line(struct mop_csv *c)
{
    size_t columns = c->file.source.schema.n;
    if (columns == 1 && !c->short_header) {
        c->blank_from = c->blanks++ ? c->blank_from : c->begin.line;
    } else if (columns && c->blank_lines++ == 0) {
        c->first_blank = c->begin.line;
    }
}

/* The first of the blank lines before the line that begins here. A CR that ends no line where LF
 * does ends a record all the same: several may stand in one line. */
static void give_blank_line(struct mop_csv *c)
{
    c->begin.line = c->blank_from;
    c->blank_from += c->blank_from < c->line;
    c->begin.line_start = c->begin.at;
    c->blanks--;
    add_field(&c->fields, NULL, 0);
}

static void end_in_blank_lines(struct mop_csv *c)
{
    c->first_blank = c->blanks ? c->blank_from : c->first_blank;
    c->blank_lines += c->blanks;
    c->blanks = 0;
}

int mop_csv_record(struct mop_csv *c, struct mop_err *e)
{
    const struct mop_window *w = &c->file.w;
    c->split->row_done = false;
    c->fields.first = c->fields.n;
    while (!c->split->row_done) {
        bool open = row_open(c);
        if (c->at == w->n) {
            int more = mop_csv_refill(c, open, e);
            if (more == 0) {
                end_in_blank_lines(c);
                return finish(c, e);
            }
            if (more != 1)
                return more;
        }
        if (!open)
            c->begin = mop_csv_here(c);
        size_t len = mop_csv_rest_of_line(c);
        if (!open && is_blank_line(c, len)) {
            take_blank_line(c);
        } else if (!open && c->blanks && !is_second_half(c, len)) {
            give_blank_line(c);
            return 1;
        }
        if (feed(c, len, e) < 0 || check_caps(c, mop_csv_advance(c, len), e) < 0)
            return -1;
    }
    return 1;
}
