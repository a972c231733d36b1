/* SPDX-License-Identifier: MIT */
#include "report/findings.h"
#include "report/json.h"
#include "report/rows.h"
#include <stdlib.h>

/* Rows as JSON objects and as CSV. */

static const char *name_of(const char *column)
{
    return column + (column[0] == '#');
}

void mop_rows_csv_head(struct mop_out *out, const char *const *columns, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        mop_out_str(out, i ? "," : "");
        mop_out_str(out, name_of(columns[i]));
    }
    mop_out_str(out, "\r\n");
}

void mop_rows_csv(struct mop_out *out, const struct mop_sv *cells, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        mop_out_str(out, i ? "," : "");
        mop_csv_cell(out, cells[i]);
    }
    mop_out_str(out, "\r\n");
}

static json_t *value_of(const char *column, struct mop_sv cell)
{
    bool minus = cell.n && cell.p[0] == '-';
    uint64_t n;
    if (!cell.p)
        return json_null();
    if (column[0] == '#' && mop_sv_u64(mop_sv_sub(cell, minus, cell.n), &n))
        return json_integer(minus ? -(json_int_t)n : (json_int_t)n);
    size_t point = mop_sv_find(cell, '.');
    uint64_t tenth;
    if (column[0] == '#' && mop_sv_u64(mop_sv_sub(cell, 0, point), &n) && point + 2 == cell.n &&
        mop_sv_u64(mop_sv_sub(cell, point + 1, cell.n), &tenth))
        return mop_json_tenths((int64_t)(10 * n + tenth));
    return mop_json_text(cell);
}

static void *allocate(size_t size)
{
    return mop_realloc(NULL, size, 1);
}

void mop_rows_json(struct mop_out *out, const char *const *columns, const struct mop_sv *cells,
                   size_t n, bool first)
{
    struct mop_json_out j = {.out = out, .first = first, .depth = 2};
    json_set_alloc_funcs(allocate, free);
    mop_arena_init(&j.arena);
    json_t *t = json_object();
    for (size_t i = 0; i < n; i++)
        mop_json_set(t, name_of(columns[i]), value_of(columns[i], cells[i]));
    mop_json_put(&j, NULL, t);
    mop_arena_release(&j.arena);
}
