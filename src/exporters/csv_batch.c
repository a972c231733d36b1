/* SPDX-License-Identifier: MIT */
#include "csv_source.h"

#include "../base/utf8.h"

#include <string.h>

/* Records into rows: their width against the header, their bytes against UTF-8. */

/* Surplus fields that are all empty are no fault: many tools end every line with a delimiter. */
static bool surplus_is_empty(const struct mop_cell *cells, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (cells[i].v.n)
            return false;
    return true;
}

/* A lone CR ends a record, as libcsv has it, and is no line. */
static void count_shared(struct mop_csv *c)
{
    if (c->begin.at != c->begin.line_start && c->shared++ == 0)
        c->first_shared = mop_csv_loc(c, c->begin, c->begin.at);
}

/* Where nothing comes behind it, what was fetched may end in the server's word that it stopped. */
static void doubt_end(struct mop_csv *c, size_t n)
{
    struct mop_err *end = &c->file.end;
    mop_err_set(end, 3, mop_csv_loc(c, c->begin, c->begin.at),
                "the last line has %zu field%s and the header %zu: is it an error text?", n,
                n == 1 ? "" : "s", c->file.source.schema.n);
    mop_err_hint(end, "the file may not be whole; if it is, save it, and check the saved one");
}

static void doubt_header(struct mop_csv *c)
{
    struct mop_err *end = &c->file.end;
    if (c->records || c->file.source.schema.n != 1 || c->file.nmust)
        return;
    mop_err_set(end, 3, (struct mop_loc){c->file.source.name, 0, 0},
                "one column and no record: is it an error text?");
    mop_err_hint(end, "if it is not, name the column: must_have of the stream");
}

static void add_row(struct mop_csv *c, struct mop_batch *b)
{
    struct csv_fields *f = &c->fields;
    size_t n = f->n - f->first, want = c->file.source.schema.n;
    struct mop_row *row = &b->rows[b->n];
    *row = (struct mop_row){.record = ++c->records, .line = c->begin.line};
    c->rows[b->n++] = (struct csv_row_begin){c->begin, f->first};
    c->nrows = b->n;
    count_shared(c);
    f->n = f->first;
    c->file.end = (struct mop_err){0};
    if (n == want || (n > want && surplus_is_empty(f->cells + f->first + want, n - want))) {
        f->n += want;
        return;
    }
    row->fault = MOP_ROW_RAGGED;
    row->fault_at = mop_csv_loc(c, c->begin, c->begin.at);
    row->fault_note =
        mop_arena_printf(&c->notes, "%zu field%s, header has %zu", n, n == 1 ? "" : "s", want);
    doubt_end(c, n);
}

static void note_fault(struct mop_csv *c, struct mop_row *row, size_t r, size_t column, size_t byte)
{
    struct mop_input_facts x = mop_input_facts(c->file.w.in);
    const struct mop_cell *cell = &row->cells[column];
    row->cell_faults = true;
    row->fault_at = mop_csv_locate(c, c->rows[r].begin, column, byte);
    if (cell->fault == MOP_CELL_NUL)
        row->fault_note = MOP_SV("a NUL byte");
    else if (x.converted)
        row->fault_note =
            mop_arena_printf(&c->notes, "bytes that have no meaning in %s", x.encoding);
    else
        row->fault_note = mop_arena_printf(&c->notes, "byte 0x%02X is not UTF-8",
                                           (unsigned)(unsigned char)cell->v.p[byte]);
}

/* Marks the faulty cells of a row. */
static void check_cells(struct mop_csv *c, struct mop_row *row, size_t r)
{
    struct mop_cell *cells = c->fields.cells + c->rows[r].first;
    for (size_t i = 0; row->fault == MOP_ROW_OK && i < c->file.source.schema.n; i++) {
        struct mop_sv v = cells[i].v;
        size_t bad = mop_utf8_check(v), nul = mop_sv_find(v, '\0');
        if (bad == v.n && nul == v.n)
            continue;
        cells[i].fault = bad < v.n ? MOP_CELL_ENCODING : MOP_CELL_NUL;
        if (!row->cell_faults)
            note_fault(c, row, r, i, bad < v.n ? bad : nul);
    }
}

/* The cells have stopped moving. One look at the text of all of them says whether any can be
 * faulty. */
static void finish_batch(struct mop_csv *c, struct mop_batch *b)
{
    const struct csv_fields *f = &c->fields;
    struct mop_sv text = {f->text, f->ntext};
    bool clean = text.n == 0 || (!memchr(text.p, '\0', text.n) && mop_utf8_check(text) == text.n);
    for (size_t r = 0; r < b->n; r++) {
        struct mop_row *row = &b->rows[r];
        row->cells = row->fault == MOP_ROW_OK ? f->cells + c->rows[r].first : NULL;
        if (!clean)
            check_cells(c, row, r);
    }
}

static void note_strays(struct mop_csv *c)
{
    if (c->strays)
        mop_file_source_note(
            &c->file,
            "%llu quotes inside unquoted fields kept as text, the first at line %u, column %u",
            (unsigned long long)c->strays, c->first_stray.line, c->first_stray.col);
}

static void note_shared(struct mop_csv *c)
{
    if (c->shared)
        mop_file_source_note(&c->file,
                             "%llu record%s in the line of another, behind a lone carriage return: "
                             "the first at line %u, column %u",
                             (unsigned long long)c->shared, c->shared == 1 ? " stands" : "s stand",
                             c->first_shared.line, c->first_shared.col);
}

static void note_blank_lines(struct mop_csv *c)
{
    if (c->blank_lines)
        mop_file_source_note(&c->file, "%llu blank line%s skipped, the first is line %llu",
                             (unsigned long long)c->blank_lines, c->blank_lines == 1 ? "" : "s",
                             (unsigned long long)c->first_blank);
}

static void reset_batch(struct mop_csv *c, struct mop_batch *b)
{
    b->n = c->nrows = 0;
    c->fields.n = c->fields.first = c->fields.ntext = 0;
    c->batch_begin = c->file.w.base + c->at;
    mop_arena_reset(&c->notes);
}

int mop_csv_next(struct mop_source *s, struct mop_batch *b, struct mop_err *e)
{
    struct mop_csv *c = (struct mop_csv *)s;
    struct csv_fields *f = &c->fields;
    int rc = 1;
    reset_batch(c, b);
    if (c->file.late.code == 0 && !c->file.done) {
        while (rc == 1 && b->n < MOP_BATCH_ROWS && f->ntext < MOP_BATCH_BYTES &&
               f->n < MOP_BATCH_CELLS)
            if ((rc = mop_csv_record(c, &c->file.late)) == 1)
                add_row(c, b);
        doubt_header(c);
        c->file.done = mop_file_source_end(&c->file, rc) == 0;
        f->n = rc == 1 ? f->n : f->first;
        finish_batch(c, b);
        mop_file_source_progress(&c->file);
        if (c->file.done) {
            note_strays(c);
            note_shared(c);
            note_blank_lines(c);
        }
    }
    if (b->n)
        return 1;
    if (c->file.late.code)
        *e = c->file.late;
    return c->file.late.code ? -1 : 0;
}
