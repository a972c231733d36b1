/* SPDX-License-Identifier: MIT */
#include "rules/derive_kinds.h"
#include "rules/kind_util.h"
#include "rules/fragment.h"
#include <stdlib.h>

/* From one text to another: map by a table, capture by a pattern. */

/* ---- map ---- */

struct pair {
    struct mop_sv from, to;
};
struct map_arg {
    struct pair *pairs;
    size_t n;                /* sorted by from */
    struct mop_sv otherwise; /* else: of a value without an entry; empty: blank */
};
static const char *const map_keys[] = {"from", "table", "else", NULL};

static int by_from(const void *a, const void *b)
{
    return mop_sv_cmp(((const struct pair *)a)->from, ((const struct pair *)b)->from);
}

static int inline_pairs(struct mop_scope *s, const struct mop_derive *d,
                        const struct mop_node *table, struct map_arg *m)
{
    int rc = 0;
    m->pairs = mop_arena_array(s->arena, table->n + 1, sizeof *m->pairs);
    for (size_t i = 0; i < table->n; i++) {
        struct pair *p = &m->pairs[m->n++];
        rc |= mop_read_meant(s, d->fields[0], table->key[i], &p->from) |
              mop_read_text(s, table->item[i], &p->to);
    }
    return rc;
}

/* The columns of the value and of what it becomes, each by its field's name or as one calls them
 * that are not of one field alone. */
static int pair_columns(struct mop_scope *s, const struct mop_derive *d,
                        const struct mop_table *table, size_t *column)
{
    struct mop_table_name want[] = {mop_table_name(s, d->fields[0], "from"),
                                    mop_table_name(s, s->field, "to")};
    return mop_table_columns(s, table, want, 2, column);
}

static int file_pair(struct mop_scope *s, const struct mop_derive *d, const struct mop_table *table,
                     size_t row, const size_t *column, struct pair *p)
{
    struct mop_node from = mop_table_cell(table, row, column[0]);
    if (table->widths[row] <= column[0] || table->widths[row] <= column[1])
        return mop_scope_fault(s, "bad-table", &from, "a row wants a value and what it becomes");
    p->to = table->rows[row][column[1]];
    return mop_read_meant(s, d->fields[0], &from, &p->from) |
           mop_table_width(s, table, row, "quote a cell with a comma, or name the column");
}

static int file_pairs(struct mop_scope *s, const struct mop_derive *d, const struct mop_node *path,
                      struct map_arg *m)
{
    struct mop_table table;
    size_t column[2];
    int rc = 0;
    if (mop_read_table(s, path, &table) || pair_columns(s, d, &table, column))
        return -1;
    m->pairs = mop_arena_array(s->arena, table.n + 1, sizeof *m->pairs);
    for (size_t i = 1; i < table.n; i++)
        rc |= file_pair(s, d, &table, i, column, &m->pairs[m->n++]);
    return rc;
}

static int no_doubles(struct mop_scope *s, const struct map_arg *m, const struct mop_node *at)
{
    for (size_t i = 1; i < m->n; i++)
        if (mop_sv_eq(m->pairs[i - 1].from, m->pairs[i].from) &&
            !mop_sv_eq(m->pairs[i - 1].to, m->pairs[i].to))
            return mop_scope_fault(s, "ambiguous-value", at,
                                   "'%.*s' becomes both '%.*s' and '%.*s'",
                                   MOP_SV_ARG(m->pairs[i].from), MOP_SV_ARG(m->pairs[i - 1].to),
                                   MOP_SV_ARG(m->pairs[i].to));
    return 0;
}

static int map_compile(struct mop_scope *s, const struct mop_node *use,
                       const struct mop_node *derive, struct mop_derive *d)
{
    struct map_arg *m = mop_arena_alloc(s->arena, sizeof *m);
    (void)derive;
    d->arg = m;
    if (mop_derive_keys(s, d, use, map_keys) ||
        mop_derive_reads(s, d, mop_node_get(use, "from"), use, "from") < 0)
        return -1;
    const struct mop_node *table = mop_node_get(use, "table"),
                          *otherwise = mop_node_get(use, "else");
    if (!table || table->null)
        return mop_scope_fault(s, "missing-value", use,
                               "'map' wants a table: {emea: EU} or a CSV file");
    if (otherwise && mop_read_text(s, otherwise, &m->otherwise))
        return -1;
    if (table->kind == MOP_MAPPING ? inline_pairs(s, d, table, m) : file_pairs(s, d, table, m))
        return -1;
    qsort(m->pairs, m->n, sizeof *m->pairs, by_from);
    return no_doubles(s, m, table);
}

static const struct pair *pair_of(const struct map_arg *m, struct mop_sv value)
{
    struct pair key = {.from = value};
    return m->n ? bsearch(&key, m->pairs, m->n, sizeof key, by_from) : NULL;
}

static struct mop_sv mapped(const struct map_arg *m, const struct mop_value *v)
{
    const struct pair *p = NULL;
    struct mop_form f;
    for (size_t i = 0; !p && mop_value_form(v, i, &f); i++)
        p = pair_of(m, f.text);
    return p ? p->to : m->otherwise;
}

static enum mop_state map_compute(const struct mop_derive *d, const struct mop_value *const *in,
                                  struct mop_run *run, struct mop_arena *a, struct mop_sv *out)
{
    (void)run, (void)a;
    if (!in[0]->known)
        return MOP_ST_UNREADABLE;
    *out = mapped(d->arg, in[0]);
    return MOP_ST_VALUE;
}

/* A value that the vocabulary does not know cannot be told: it comes to no blank. */
static bool map_whole(const struct mop_derive *d)
{
    const struct map_arg *m = d->arg;
    const struct mop_vocabulary *v = d->fields[0]->vocabulary;
    bool whole = m->otherwise.n || (v && !v->from_record);
    for (size_t i = 0; v && whole && i < v->nterms; i++) {
        const struct mop_term *t = v->terms[i]->use ? v->terms[i]->use : v->terms[i];
        const struct pair *p = pair_of(m, t->value);
        whole = v->terms[i]->expired || (p ? p->to : m->otherwise).n;
    }
    return whole;
}

const struct mop_derive_kind mop_derive_map = {
    .name = "map",
    .summary = "another value by a table: {map: {from: region, table: vocab/markets.csv}}, inline "
               "too; without an entry 'else', or blank",
    .schema = MOP_MEMBERS(
        "\"from\", \"table\"",
        MOP_MEMBER("from", "text", "the field whose value is looked up") ", " MOP_MEMBER(
            "table", "table",
            "a CSV file of two columns, or the pairs themselves") ", " MOP_MEMBER("else", "text",
                                                                                  "where the table "
                                                                                  "has no such "
                                                                                  "value")),
    .compile = map_compile,
    .compute = map_compute,
    .whole = map_whole,
};

/* ---- capture ---- */

static const char *const capture_keys[] = {"from", "pattern", "ignore_case", NULL};

static int capture_compile(struct mop_scope *s, const struct mop_node *use,
                           const struct mop_node *derive, struct mop_derive *d)
{
    (void)derive;
    if (mop_derive_keys(s, d, use, capture_keys) ||
        mop_derive_reads(s, d, mop_node_get(use, "from"), use, "from") < 0)
        return -1;
    const struct mop_node *pattern = mop_node_get(use, "pattern"),
                          *nocase = mop_node_get(use, "ignore_case");
    bool on = false;
    if (!pattern)
        return mop_scope_fault(s, "missing-value", use,
                               "'capture' wants a pattern with a group: '.*/(c-\\d+)/.*'");
    if (nocase && mop_read_bool(s, nocase, &on))
        return -1;
    struct mop_regex *r =
        mop_read_regex(s, pattern, MOP_RX_WHOLE | (on ? MOP_RX_NOCASE : 0), MOP_PATTERN_CAPTURE);
    d->arg = r;
    if (r && !mop_regex_groups(r)) {
        mop_scope_fault(s, "bad-regex", pattern, "the pattern has no group to capture");
        mop_scope_hint(s, "put the piece that is wanted in ( )");
        return -1;
    }
    return r ? 0 : -1;
}

static enum mop_state capture_compute(const struct mop_derive *d, const struct mop_value *const *in,
                                      struct mop_run *run, struct mop_arena *a, struct mop_sv *out)
{
    (void)a;
    if (!in[0]->known)
        return MOP_ST_UNREADABLE;
    enum mop_regex_result r = mop_regex_match(d->arg, run->match, in[0]->meant);
    if (r == MOP_RX_LIMIT)
        return MOP_ST_UNREADABLE;
    *out = r == MOP_RX_YES ? mop_match_group(run->match, 1) : MOP_SV_NONE;
    return MOP_ST_VALUE;
}

const struct mop_derive_kind mop_derive_capture = {
    .name = "capture",
    .summary = "the first group of a pattern over the whole value: {capture: {from: url, pattern: "
               "'.*/(c-\\d+)/.*'}}; else blank",
    .schema = MOP_MEMBERS(
        "\"from\", \"pattern\"",
        MOP_MEMBER("from", "text", "the field") ", " MOP_MEMBER(
            "pattern", "text",
            "over the whole value; its first group is taken") ", " MOP_MEMBER("ignore_case", "bool",
                                                                              "capital and small "
                                                                              "letters are alike")),
    .compile = capture_compile,
    .compute = capture_compute,
};
