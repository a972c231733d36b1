/* SPDX-License-Identifier: MIT */
#include "rules/kind_util.h"
#include "rules/kinds.h"
#include <stdlib.h>
#include <string.h>

/* combinations: which values of several fields go together, as a list in the rule or a CSV file. */

struct combinations {
    struct mop_sv
        *cells; /* nrows rows of nfields meant forms, sorted by their bytes, cell after cell */
    size_t nrows, nfields, caprows;
};

/* ---- rows ---- */

static void add_row(struct mop_arena *a, struct combinations *c, const struct mop_sv *row)
{
    if (c->nrows == c->caprows) {
        size_t cap = c->caprows ? c->caprows * 2 : 16;
        struct mop_sv *more = mop_arena_array(a, cap * c->nfields, sizeof *more);
        if (c->nrows)
            memcpy(more, c->cells, c->nrows * c->nfields * sizeof *more);
        c->cells = more;
        c->caprows = cap;
    }
    memcpy(c->cells + c->nrows++ * c->nfields, row, c->nfields * sizeof *row);
}

static const struct mop_sv *row_at(const struct combinations *c, size_t i)
{
    return c->cells + i * c->nfields;
}

static int row_cmp(const struct mop_sv *a, const struct mop_sv *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int d = mop_sv_cmp(a[i], b[i]);
        if (d)
            return d;
    }
    return 0;
}

/* Merge sort: qsort cannot be told how long a row is without a global. */
static void sort_rows(struct mop_sv *rows, struct mop_sv *spare, size_t nrows, size_t width)
{
    if (nrows < 2)
        return;
    size_t half = nrows / 2, a = 0, b = half;
    sort_rows(rows, spare, half, width);
    sort_rows(rows + half * width, spare, nrows - half, width);
    for (size_t i = 0; i < nrows; i++) {
        bool left =
            b == nrows || (a < half && row_cmp(rows + a * width, rows + b * width, width) <= 0);
        memcpy(spare + i * width, rows + (left ? a++ : b++) * width, width * sizeof *rows);
    }
    memcpy(rows, spare, nrows * width * sizeof *rows);
}

static bool has_row(const struct combinations *c, const struct mop_sv *row)
{
    size_t low = 0, high = c->nrows;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int d = row_cmp(row, row_at(c, mid), c->nfields);
        if (!d)
            return true;
        if (d < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return false;
}

/* ---- reading ---- */

/* A cell of an inline row is a value or a list of values: [google, [cpc, organic]] is two rows. */
static int expand_row(struct mop_scope *s, const struct mop_test *t, struct combinations *c,
                      const struct mop_node *row, struct mop_sv *cells, size_t at)
{
    if (at == c->nfields) {
        add_row(s->arena, c, cells);
        return 0;
    }
    const struct mop_node *cell = row->item[at];
    size_t n = cell->kind == MOP_LIST ? cell->n : 1;
    for (size_t i = 0; i < n; i++) {
        const struct mop_node *value = cell->kind == MOP_LIST ? cell->item[i] : cell;
        if (mop_read_meant(s, t->fields[at], value, &cells[at]) ||
            expand_row(s, t, c, row, cells, at + 1))
            return -1;
    }
    return 0;
}

static int read_list(struct mop_scope *s, const struct mop_test *t, struct combinations *c,
                     const struct mop_node *list)
{
    struct mop_sv *cells = mop_arena_array(s->arena, c->nfields + 1, sizeof *cells);
    int rc = 0;
    if (list->kind != MOP_LIST)
        return mop_scope_fault(
            s, "bad-value", list,
            "'allowed' wants a list of rows: [[google, cpc], [newsletter, email]]");
    for (size_t i = 0; i < list->n; i++) {
        const struct mop_node *row = list->item[i];
        if (row->kind != MOP_LIST || row->n != c->nfields)
            rc = mop_scope_fault(s, "bad-value", row, "a row wants %zu values, one for each field",
                                 c->nfields);
        else
            rc |= expand_row(s, t, c, row, cells, 0);
    }
    return rc;
}

static int find_columns(struct mop_scope *s, const struct mop_test *t,
                        const struct mop_table *table, size_t *column)
{
    struct mop_table_name *want = mop_arena_array(s->arena, t->nfields, sizeof *want);
    for (size_t f = 0; f < t->nfields; f++)
        want[f] = mop_table_name(s, t->fields[f], NULL);
    return mop_table_columns(s, table, want, t->nfields, column);
}

static int read_file_row(struct mop_scope *s, const struct mop_test *t,
                         const struct mop_table *table, size_t i, const size_t *column,
                         struct mop_sv *cells)
{
    for (size_t f = 0; f < t->nfields; f++) {
        struct mop_node cell = mop_table_cell(table, i, column[f]);
        if (!cell.text.n)
            return mop_scope_fault(s, "bad-table", &cell, "row without a value for '%.*s'",
                                   MOP_SV_ARG(t->fields[f]->name));
        if (mop_read_meant(s, t->fields[f], &cell, &cells[f]))
            return -1;
    }
    return mop_table_width(s, table, i, "quote a cell with a comma, or name the column");
}

static int read_file(struct mop_scope *s, const struct mop_test *t, struct combinations *c,
                     const struct mop_node *path)
{
    struct mop_table table;
    if (mop_read_table(s, path, &table))
        return -1;
    struct mop_sv *cells = mop_arena_array(s->arena, c->nfields + 1, sizeof *cells);
    size_t *column = mop_arena_array(s->arena, c->nfields + 1, sizeof *column);
    int rc = 0;
    if (find_columns(s, t, &table, column))
        return -1;
    for (size_t i = 1; i < table.n; i++) {
        if (read_file_row(s, t, &table, i, column, cells))
            rc = -1;
        else
            add_row(s->arena, c, cells);
    }
    return rc;
}

static int combinations_compile(struct mop_scope *s, const struct mop_node *use,
                                const struct mop_node *opts, struct mop_test *t)
{
    struct combinations *c = mop_arena_alloc(s->arena, sizeof *c);
    const struct mop_node *fields = mop_option(use, opts, "fields"),
                          *at = mop_option_at(s, use, opts);
    const struct mop_node *list = mop_option(use, opts, "allowed"),
                          *file = mop_option(use, opts, "file");
    t->arg = c;
    if (!fields || !list == !file)
        return mop_scope_fault(
            s, "missing-value", at,
            "'combinations' wants {fields: [..]} and one of 'allowed' and 'file'");
    if (mop_test_reads_all(s, t, fields))
        return -1;
    if (t->nfields < 2)
        return mop_scope_fault(s, "bad-value", fields, "'combinations' wants two fields or more");
    c->nfields = t->nfields;
    int rc = list ? read_list(s, t, c, list) : read_file(s, t, c, file);
    struct mop_sv *spare = mop_arena_array(s->arena, c->nrows * c->nfields + 1, sizeof *spare);
    sort_rows(c->cells, spare, c->nrows, c->nfields);
    return rc;
}

/* ---- judging ---- */

/* The row of the values by any of the forms under which rules speak of them; nearly always one. */
static bool has_forms(const struct combinations *c, const struct mop_value *const *v,
                      struct mop_sv *row, size_t at)
{
    if (at == c->nfields)
        return has_row(c, row);
    struct mop_form f;
    for (size_t i = 0; mop_value_form(v[at], i, &f); i++) {
        row[at] = f.text;
        if (has_forms(c, v, row, at + 1))
            return true;
    }
    return false;
}

static enum mop_outcome combinations_row(const struct mop_test *t, const struct mop_value *const *v,
                                         struct mop_run *run)
{
    struct mop_sv *row = mop_arena_array(run->scratch, t->nfields, sizeof *row);
    return has_forms(t->arg, v, row, 0) ? MOP_PASS : MOP_FAIL;
}

/* What goes with all values but the last: so a reader sees which end is wrong. */
static size_t companions(const struct combinations *c, const struct mop_value *const *v,
                         struct mop_sv *out, size_t max)
{
    size_t n = 0, last = c->nfields - 1;
    for (size_t i = 0; i < c->nrows && n < max; i++) {
        const struct mop_sv *row = row_at(c, i);
        bool same = true;
        for (size_t k = 0; k < last && same; k++)
            same = mop_value_means(v[k], row[k]);
        if (same && !(n && mop_sv_eq(out[n - 1], row[last])))
            out[n++] = row[last];
    }
    return n;
}

static void combinations_explain(const struct mop_test *t, const struct mop_value *const *v,
                                 struct mop_run *run, struct mop_words *w)
{
    struct mop_sv list[6];
    size_t n = companions(t->arg, v, list, 6), last = t->nfields - 1;
    (void)run;
    for (size_t i = 0; i < t->nfields; i++) {
        mop_say(w, "%s%.*s ", i ? " with " : "", MOP_SV_ARG(t->fields[i]->name));
        mop_say_value(w, t->fields[i], v[i]->written);
    }
    mop_say(w, " is no allowed combination");
    if (n) {
        mop_say(w, "; there %.*s is ", MOP_SV_ARG(t->fields[last]->name));
        mop_say_list(w, list, n > 5 ? 5 : n, 5);
        mop_say(w, "%s", n > 5 ? " or another" : "");
    }
}

const struct mop_kind mop_kind_combinations = {
    .name = "combinations",
    .summary = "the values of several fields go together",
    .doc = "Each value is right and the pair is wrong: google with email, a newsletter with cpc. "
           "The channel is decided by the pair.\n"
           "Rows stand in the rule (allowed: [[google, [cpc, organic]], [newsletter, email]]) or "
           "in a CSV file with a header; meant\n"
           "forms are compared.\n"
           "  then: {combinations: {fields: [utm_source, utm_medium], file: vocab/pairs.csv}}\n"
           "What to do: correct the field that is out of place, or add the pair to the table.",
    .schema =
        "{\"allOf\": [{\"$ref\": \"#/$defs/options_combinations\"}], \"required\": [\"fields\"], "
        "\"anyOf\": [{\"required\": [\"allowed\"]}, {\"required\": [\"file\"]}]}",
    .severity = MOP_SEV_ERROR,
    .dimension = MOP_DIM_CONSISTENCY,
    .flags = MOP_K_ASSERT | MOP_K_MEANT | MOP_K_ROW | MOP_K_RECORD,
    .compile = combinations_compile,
    .options =
        (const struct mop_kind_option[]){
            {"fields",
             "{\"type\": \"array\", \"minItems\": 2, \"uniqueItems\": true, \"items\": {\"$ref\": "
             "\"#/$defs/text\"}}",
             "the fields, in the order of the rows"},
            {"allowed",
             "{\"type\": \"array\", \"items\": {\"type\": \"array\", \"items\": {\"$ref\": "
             "\"#/$defs/texts\"}}}",
             "the allowed rows"},
            {"file", "{\"$ref\": \"#/$defs/text\"}",
             "CSV file of the allowed rows, with the names of the fields as header"},
            {NULL, NULL, NULL}},
    .row = combinations_row,
    .explain = combinations_explain,
};
