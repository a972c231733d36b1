/* SPDX-License-Identifier: MIT */
#include "rules/compile.h"
#include "base/utf8.h"
#include <string.h>

/*
 * The header of a small CSV file. A file without one would lose its first row, and columns that are
 * called otherwise would be read as one another: both are told.
 */

struct mop_node mop_table_cell(const struct mop_table *t, size_t row, size_t cell)
{
    bool there = cell < t->widths[row];
    struct mop_sv text = there ? t->rows[row][cell] : MOP_SV_NONE;
    return (struct mop_node){.kind = MOP_SCALAR,
                             .text = text,
                             .at = {t->path, t->lines[row], there ? t->cols[row][cell] : 1},
                             .span = (uint32_t)(text.n ? text.n : 1)};
}

int mop_table_width(struct mop_scope *s, const struct mop_table *t, size_t row, const char *hint)
{
    for (size_t i = t->widths[0]; i < t->widths[row]; i++) {
        struct mop_node cell = mop_table_cell(t, row, i);
        if (!cell.text.n)
            continue;
        mop_scope_fault(s, "bad-table", &cell, "'%.*s' stands beyond the header's last column",
                        MOP_SV_ARG(cell.text));
        mop_scope_hint(s, "%s", hint);
        return -1;
    }
    return 0;
}

struct mop_table_name mop_table_name(struct mop_scope *s, const struct mop_field *f,
                                     const char *generic)
{
    struct mop_table_name w = {mop_arena_array(s->arena, f->ncolumns + 3, sizeof *w.names), 0};
    if (s->prefix.n && mop_sv_starts(f->name, s->prefix))
        w.names[w.n++] = mop_sv_sub(f->name, s->prefix.n, f->name.n);
    w.names[w.n++] = f->name;
    for (size_t i = 0; i < f->ncolumns; i++)
        w.names[w.n++] = f->columns[i];
    if (generic)
        w.names[w.n++] = mop_sv_of(generic);
    return w;
}

/* How many cells of the header have the name; the first two in at. */
static size_t count_cells(struct mop_scope *s, const struct mop_table *t, struct mop_sv name,
                          bool loose, size_t at[2])
{
    size_t n = 0;
    struct mop_sv want = loose ? mop_utf8_squeeze(s->arena, name) : name;
    for (size_t i = 0; want.n && i < t->widths[0]; i++) {
        struct mop_sv cell = t->rows[0][i];
        if (!mop_sv_eq(loose ? mop_utf8_squeeze(s->arena, cell) : cell, want))
            continue;
        if (n < 2)
            at[n] = i;
        n++;
    }
    return n;
}

/* The steps are those of the columns of records: each name, then the same loosely. */
static size_t find_cells(struct mop_scope *s, const struct mop_table *t,
                         const struct mop_table_name *w, size_t at[2])
{
    size_t hits = 0;
    for (int loose = 0; loose < 2 && !hits; loose++)
        for (size_t i = 0; i < w->n && !hits; i++)
            hits = count_cells(s, t, w->names[i], loose, at);
    return hits;
}

static int header_hint(struct mop_scope *s, const struct mop_table_name *want, size_t n,
                       struct mop_sv near)
{
    struct mop_buf b;
    mop_buf_init(&b, SIZE_MAX);
    if (near.n)
        mop_buf_printf(&b, "did you mean '%.*s'? ", MOP_SV_ARG(near));
    mop_buf_str(&b, "the file begins with a header: ");
    for (size_t i = 0; i < n; i++)
        mop_buf_printf(&b, "%s%.*s", i ? "," : "", MOP_SV_ARG(want[i].names[0]));
    mop_scope_hint(s, "%.*s", MOP_SV_ARG(mop_buf_view(&b)));
    mop_buf_release(&b);
    return -1;
}

/* The cell that may be meant by the name, of those that are none of the others. */
static bool nearest(struct mop_scope *s, const struct mop_table *t,
                    const struct mop_table_name *want, size_t n, size_t missing, size_t *cell)
{
    struct mop_sv *cells = mop_arena_array(s->arena, t->widths[0], sizeof *cells);
    size_t at[2];
    memcpy(cells, t->rows[0], t->widths[0] * sizeof *cells);
    for (size_t i = 0; i < n; i++)
        if (find_cells(s, t, &want[i], at))
            cells[at[0]] = MOP_SV_NONE;
    long near = mop_suggest(want[missing].names[0], cells, t->widths[0]);
    *cell = near < 0 ? 0 : (size_t)near;
    return near >= 0;
}

static int not_named(struct mop_scope *s, const struct mop_table *t,
                     const struct mop_table_name *want, size_t n, size_t missing)
{
    size_t cell;
    bool near = nearest(s, t, want, n, missing, &cell);
    struct mop_sv name = want[missing].names[0];
    struct mop_node at = mop_table_cell(t, 0, cell);
    mop_scope_fault(s, "bad-table", &at, "the first line names no column '%.*s'", MOP_SV_ARG(name));
    return header_hint(s, want, n, near ? name : MOP_SV_NONE);
}

static int two_columns(struct mop_scope *s, const struct mop_table *t,
                       const struct mop_table_name *want, size_t n, size_t cell)
{
    struct mop_node at = mop_table_cell(t, 0, cell);
    mop_scope_fault(s, "bad-table", &at, "two columns are called '%.*s'", MOP_SV_ARG(at.text));
    return header_hint(s, want, n, MOP_SV_NONE);
}

int mop_table_columns(struct mop_scope *s, const struct mop_table *t,
                      const struct mop_table_name *want, size_t n, size_t *column)
{
    for (size_t i = 0; i < n; i++) {
        size_t at[2], hits = find_cells(s, t, &want[i], at);
        if (!hits)
            return not_named(s, t, want, n, i);
        if (hits > 1)
            return two_columns(s, t, want, n, at[1]);
        column[i] = at[0];
    }
    return 0;
}
