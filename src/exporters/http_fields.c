/* SPDX-License-Identifier: MIT */
#include "http_parts.h"

#include "source.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* Columns: where a record holds their values, and what it holds beside them. */

enum { DEPTH = 8, UNKNOWN = 1000 };

/* ---- which ---- */

/* `~` and `/` of a name, as a pointer writes them. */
static void add_token(struct mop_buf *path, const char *name)
{
    mop_buf_chr(path, '/');
    for (; *name; name++)
        if (*name == '~' || *name == '/')
            mop_buf_str(path, *name == '~' ? "~0" : "~1");
        else
            mop_buf_chr(path, *name);
}

/* What fields take of a value: all of it, the items of a list, or what is in these. */
enum { WHOLE = 1, ITEMS = 2, INSIDE = 4 };

static void know(struct mop_http *h, struct mop_sv pointer, uint64_t how)
{
    bool added;
    for (size_t i = 1; i < pointer.n; i++) {
        if (pointer.p[i] != '/')
            continue;
        struct mop_sv before = mop_sv_sub(pointer, 0, i);
        if (!mop_map_find(&h->inner, before))
            mop_map_put(&h->inner, before, &added);
        if (i + 1 < pointer.n && pointer.p[i + 1] >= '0' && pointer.p[i + 1] <= '9')
            *mop_map_put(&h->mapped, before, &added) |= WHOLE; /* an item of a list, by number */
    }
    *mop_map_put(&h->mapped, pointer, &added) |= how;
}

/* The part of a pointer before its first *. */
static struct mop_sv before_star(const struct mop_pointer *p)
{
    for (size_t i = 0; i + 1 < p->text.n; i++)
        if (p->text.p[i] == '/' && p->text.p[i + 1] == '*' &&
            (i + 2 == p->text.n || p->text.p[i + 2] == '/'))
            return mop_sv_sub(p->text, 0, i);
    return p->text;
}

static uint64_t taken_by(const struct mop_http_field *f)
{
    bool inside = (f->take && f->take->n) || (f->at.n && !f->at.token[f->at.n - 1].every);
    for (size_t i = 0; i < f->nwhere; i++)
        inside |= f->where[i].at.n > 0;
    return !f->at.many ? WHOLE : inside ? INSIDE : ITEMS;
}

static void know_all(struct mop_http *h)
{
    const struct mop_pointer *others[] = {h->s->primary_key, h->s->expand,
                                          h->s->incremental.cursor_field,
                                          h->s->paginator.restart_key};
    for (size_t i = 0; i < h->nfields; i++)
        if (!h->s->expand || h->fields[i].of_parent)
            know(h, before_star(&h->fields[i].at), taken_by(&h->fields[i]));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (others[i])
            know(h, before_star(others[i]), WHOLE);
    for (size_t i = 0; i < h->s->nignore; i++)
        know(h, h->s->ignore[i].text, WHOLE);
}

struct learning {
    struct mop_http *h;
    struct mop_map names; /* pointers already learnt */
    struct mop_http_field *fields;
    size_t n, cap;
    struct mop_buf path, column;
};

static void learn_leaf(struct learning *l)
{
    bool added;
    size_t at;
    struct mop_sv path = mop_buf_view(&l->path);
    if (mop_map_find(&l->names, path) || l->n == MOP_CAP_COLUMNS)
        return;
    path = mop_arena_copy(&l->h->arena, path);
    mop_map_put(&l->names, path, &added);
    MOP_GROW(l->fields, l->n, l->cap);
    struct mop_http_field *f = &l->fields[l->n++];
    memset(f, 0, sizeof *f);
    f->column = mop_arena_copy(&l->h->arena, mop_buf_view(&l->column));
    mop_pointer_compile(&f->at, &l->h->arena, path, &at);
}

static void learn(struct learning *l, json_t *object, int depth)
{
    const char *key;
    json_t *v;
    size_t path = l->path.n, column = l->column.n;
    json_object_foreach(object, key, v)
    {
        add_token(&l->path, key);
        mop_buf_printf(&l->column, "%s%s", column ? "." : "", key);
        if (json_is_object(v) && json_object_size(v) && depth < DEPTH)
            learn(l, v, depth + 1);
        else if (!l->path.over && !l->column.over && strcmp(key, "*") != 0)
            learn_leaf(l);
        l->path.n = path;
        l->column.n = column;
    }
}

static void learn_fields(struct mop_http *h)
{
    struct learning l = {.h = h};
    mop_map_init(&l.names);
    mop_buf_init(&l.path, MOP_HTTP_CAP_URL);
    mop_buf_init(&l.column, MOP_HTTP_CAP_URL);
    for (size_t i = 0; i < h->nrecords; i++)
        if (h->records[i])
            learn(&l, h->records[i], 1);
    struct mop_http_field *own = mop_arena_array(&h->arena, l.n + 1, sizeof *own);
    for (size_t i = 0; i < l.n; i++)
        own[i] = l.fields[i];
    h->fields = own;
    h->nfields = l.n;
    free(l.fields);
    mop_map_release(&l.names);
    mop_buf_release(&l.path);
    mop_buf_release(&l.column);
}

int mop_http_find_fields(struct mop_http *h, struct mop_err *e)
{
    struct mop_schema *s = &h->source.schema;
    h->fields = h->s->fields;
    h->nfields = h->s->nfields;
    if (h->s->all_fields)
        learn_fields(h);
    if (h->nfields >= MOP_CAP_COLUMNS)
        return mop_http_fail(h, e, "too-many-columns", "more than %d columns", MOP_CAP_COLUMNS);
    know_all(h);
    s->n = h->nfields;
    s->columns = mop_arena_array(&h->arena, s->n + 1, sizeof *s->columns);
    for (size_t i = 0; i < s->n; i++)
        s->columns[i] = h->fields[i].column;
    h->received = mop_arena_array(&h->arena, s->n + 1, sizeof *h->received);
    size_t width = s->n ? s->n : 1;
    h->max_rows = MOP_BATCH_CELLS / width;
    h->max_rows = h->max_rows > MOP_BATCH_ROWS ? MOP_BATCH_ROWS : h->max_rows;
    h->cells = mop_calloc(h->max_rows * width, sizeof *h->cells);
    return 0;
}

/* ---- values ---- */

struct picking {
    struct mop_http *h;
    const struct mop_http_field *f;
    json_t *list; /* what was picked */
};

static bool item_fits(struct picking *p, json_t *item)
{
    for (size_t i = 0; i < p->f->nwhere; i++) {
        const json_t *v = mop_pointer_get(&p->f->where[i].at, item);
        if (!v || !mop_sv_eq(mop_json_doc_text(&p->h->doc, v, &p->h->batch), p->f->where[i].text))
            return false;
    }
    return true;
}

static int pick(void *ctx, json_t *item)
{
    struct picking *p = ctx;
    json_t *v = p->f->take ? mop_pointer_get(p->f->take, item) : item;
    if (v && item_fits(p, item))
        json_array_append(p->list, v);
    return 0;
}

static struct mop_sv joined(struct mop_http *h, const json_t *list, struct mop_sv between)
{
    struct mop_buf b;
    mop_buf_init(&b, MOP_CAP_FIELD + 1);
    for (size_t i = 0; i < json_array_size(list); i++) {
        if (i)
            mop_buf_sv(&b, between);
        mop_buf_sv(&b, mop_json_doc_text(&h->doc, json_array_get(list, i), &h->batch));
    }
    struct mop_sv out = mop_arena_copy(&h->batch, mop_buf_view(&b));
    mop_buf_release(&b);
    return out;
}

static void set_cell(struct mop_http *h, struct mop_cell *cell, const json_t *v)
{
    if (!v)
        return;
    cell->presence = json_is_null(v) ? MOP_NULL : MOP_GIVEN;
    if (!json_is_null(v))
        cell->v = mop_json_doc_text(&h->doc, v, &h->batch);
}

static void fill_many(struct mop_http *h, const struct mop_http_field *f, json_t *from,
                      struct mop_cell *cell)
{
    struct picking p = {h, f, json_array()};
    mop_pointer_each(&f->at, from, pick, &p);
    if (json_array_size(p.list) == 1)
        set_cell(h, cell, json_array_get(p.list, 0));
    else if (json_array_size(p.list)) {
        cell->presence = MOP_GIVEN;
        cell->v =
            f->join.p ? joined(h, p.list, f->join) : mop_json_doc_text(&h->doc, p.list, &h->batch);
    }
    json_decref(p.list); /* its items are the document's */
}

static void mark_nul(struct mop_http *h, struct mop_row *row, struct mop_cell *cell)
{
    if (!cell->v.n || !memchr(cell->v.p, '\0', cell->v.n))
        return;
    cell->fault = MOP_CELL_NUL;
    if (row->cell_faults)
        return;
    row->cell_faults = true;
    row->fault_at = (struct mop_loc){h->source.name, (uint32_t)row->line, 1};
    row->fault_note = MOP_SV("a NUL byte");
}

int mop_http_fill(struct mop_http *h, json_t *record, json_t *child, struct mop_row *row,
                  struct mop_cell *cells, struct mop_err *e)
{
    for (size_t i = 0; i < h->nfields; i++) {
        const struct mop_http_field *f = &h->fields[i];
        json_t *from = child && !f->of_parent ? child : record;
        if (f->at.many)
            fill_many(h, f, from, &cells[i]);
        else
            set_cell(h, &cells[i], mop_pointer_get(&f->at, from));
        h->received[i] |= cells[i].presence != MOP_ABSENT;
        h->text += cells[i].v.n;
        if (cells[i].v.n > MOP_CAP_FIELD)
            return mop_http_fail(h, e, "too-large", "field '%.*s' is longer than 16 MiB",
                                 MOP_SV_ARG(mop_sv_sub(f->column, 0, 60)));
        mark_nul(h, row, &cells[i]);
    }
    return 0;
}

/* ---- what came and is not mapped, and the other way round ---- */

bool mop_http_says_something(const json_t *v)
{
    return json_string_length(v) || json_is_number(v) || json_is_true(v);
}

/* A list, or an object of items, with none that says something and has nothing inside. */
static bool has_insides(json_t *list)
{
    const char *key;
    json_t *v;
    size_t i;
    json_array_foreach(list, i, v)
    {
        if (mop_http_says_something(v))
            return false;
    }
    json_object_foreach(list, key, v)
    {
        if (mop_http_says_something(v))
            return false;
    }
    return true;
}

/* Have the fields at this pointer, or below it, got what there is? */
static bool is_taken(struct mop_http *h, struct mop_sv pointer, json_t *v, bool within)
{
    const uint64_t *how = mop_map_find(&h->mapped, pointer);
    bool list = json_is_array(v) || json_is_object(v);
    if (how && (*how & WHOLE))
        return true;
    if (how && list)
        return (*how & ITEMS) || has_insides(v);
    return (how || within) && !mop_http_says_something(v) && !json_array_size(v);
}

static void meet(struct mop_http *h, json_t *object, struct mop_buf *path, int depth)
{
    const char *key;
    json_t *v;
    bool added;
    size_t n = path->n;
    json_object_foreach(object, key, v)
    {
        path->n = n;
        add_token(path, key);
        struct mop_sv here = mop_buf_view(path);
        uint64_t *count = mop_map_find(&h->unknown, here);
        bool within = mop_map_find(&h->inner, here);
        if (within && json_is_object(v) && depth < DEPTH)
            meet(h, v, path, depth + 1);
        else if (is_taken(h, here, v, within))
            continue;
        else if (count)
            ++*count;
        else if (h->unknown.n < UNKNOWN)
            *mop_map_put(&h->unknown, mop_arena_copy(&h->arena, here), &added) = 1;
    }
    path->n = n;
}

void mop_http_meet_unknown(struct mop_http *h, json_t *record)
{
    struct mop_buf path;
    mop_buf_init(&path, MOP_HTTP_CAP_URL);
    meet(h, record, &path, 1);
    mop_buf_release(&path);
}

/* A vendor may send back a secret as a name. */
static struct mop_sv shown_name(struct mop_http *h, struct mop_sv name)
{
    struct mop_buf b;
    mop_buf_init(&b, MOP_HTTP_CAP_URL);
    mop_http_masked(h, name, &b);
    struct mop_sv shown = mop_shown(&h->arena, mop_buf_view(&b));
    shown = mop_arena_copy(&h->arena, shown);
    mop_buf_release(&b);
    return shown;
}

void mop_http_find_gaps(struct mop_http *h)
{
    struct mop_source *s = &h->source;
    s->gaps = mop_arena_array(&h->arena, h->nfields + h->unknown.n + 1, sizeof *s->gaps);
    bool no_lists = h->s->expand && !h->expanded && h->all_records > h->state_known;
    for (size_t i = 0; i < h->nfields; i++)
        if (h->rows ? !h->received[i] : no_lists && !h->fields[i].of_parent)
            s->gaps[s->ngaps++] = (struct mop_field_gap){
                true, h->fields[i].column, mop_shown(&h->arena, h->fields[i].at.text), 0};
    for (size_t i = 0; i < h->unknown.n; i++)
        s->gaps[s->ngaps++] =
            (struct mop_field_gap){false, MOP_SV(""), shown_name(h, h->unknown.entries[i].key),
                                   h->unknown.entries[i].item};
    if (h->unknown.n >= UNKNOWN)
        mop_http_note(h, "names beyond the first %d that have no column are not counted", UNKNOWN);
}
