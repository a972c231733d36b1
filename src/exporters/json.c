/* SPDX-License-Identifier: MIT */
#include "json_source.h"

#include "../base/utf8.h"

#include <jansson.h>
#include <string.h>

/*
 * Texts into records by jansson, and jansson in no other file of this room. A cell is the text of a
 * scalar as it was written. Members of nested objects become columns named by their path
 * (attributes.type); arrays, and objects deeper than MOP_JSON_DEPTH or under a name longer than
 * MOP_JSON_NAME, are compact JSON. So are the other objects, for a field that is bound to one.
 */
enum { FLAGS = JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL | JSON_DECODE_ANY };

void mop_json_record_release(struct json_record *r)
{
    mop_json_doc_release(&r->doc);
}

/* Bytes that are not UTF-8 give way to a marker of their length; jansson would refuse the whole
 * record. */
static void mark_bad_bytes(struct mop_json *j, const struct json_text *t, struct json_record *r)
{
    struct mop_sv rest = {t->p, t->n};
    for (size_t bad; (bad = mop_utf8_check(rest)) < rest.n;
         rest = mop_sv_sub(rest, bad + 1, rest.n)) {
        size_t offset = t->n - rest.n + bad;
        if (!r->bad_bytes)
            r->fault_at = mop_json_loc(j, t, offset);
        r->bad_bytes = true;
        t->p[offset] = MOP_JSON_BAD;
    }
}

/* Faults inside a token, after which the end of the record is still certain. */
static bool is_contained(const json_error_t *why)
{
    switch (json_error_code(why)) {
    case json_error_duplicate_key:
    case json_error_null_byte_in_key:
    case json_error_null_character:
        return true;
    default:
        return strncmp(why->text, "invalid Unicode", 15) == 0;
    }
}

static void set_fault(struct json_record *r, struct mop_arena *a, struct mop_loc at,
                      const char *what)
{
    mop_json_record_release(r);
    r->fault = MOP_ROW_JSON;
    r->fault_at = at;
    r->note = mop_shown(a, mop_sv_of(what));
}

static int refuse(struct mop_json *j, struct mop_arena *a, const struct json_text *t,
                  struct json_record *r, const json_error_t *why, struct mop_err *e)
{
    size_t offset = why->position > 0 ? (size_t)why->position - 1 : 0;
    struct mop_loc at = mop_json_loc(j, t, offset);
    struct mop_sv text = mop_shown(a, mop_sv_of(why->text));
    if (json_error_code(why) == json_error_stack_overflow) {
        mop_err_set(e, 3, mop_json_begin(j, t->begin),
                    "nested too deep: more than 2048 levels (began here)");
        return -1;
    }
    if (j->shape == MOP_JSON_LINES && t->cut &&
        json_error_code(why) == json_error_premature_end_of_input) {
        mop_err_set(e, 3, mop_json_begin(j, t->begin),
                    "the last line ends too early: the file is not whole (began here)");
        return -1;
    }
    if (j->shape != MOP_JSON_LINES && !is_contained(why)) {
        mop_err_set(e, 3, at, "not JSON: %.*s", MOP_SV_ARG(text));
        return -1;
    }
    set_fault(r, a, at, why->text);
    return 0;
}

static const char *const type_names[] = {
    [JSON_OBJECT] = "an object", [JSON_ARRAY] = "an array", [JSON_STRING] = "a string",
    [JSON_INTEGER] = "a number", [JSON_REAL] = "a number",  [JSON_TRUE] = "true",
    [JSON_FALSE] = "false",      [JSON_NULL] = "null",
};

int mop_json_parse(struct mop_json *j, struct mop_arena *a, const struct json_text *t,
                   struct json_record *r, struct mop_err *e)
{
    json_error_t why;
    *r = (struct json_record){.begin = t->begin, .note = MOP_SV("")};
    mark_bad_bytes(j, t, r);
    if (!mop_json_doc_read(&r->doc, (struct mop_sv){t->p, t->n}, FLAGS, &why))
        return refuse(j, a, t, r, &why, e);
    if (json_is_object(r->doc.root))
        return 0;
    char what[64];
    snprintf(what, sizeof what, "%s, not an object", type_names[json_typeof(r->doc.root)]);
    set_fault(r, a, mop_json_begin(j, t->begin), what);
    return 0;
}

/* A walk over the members of a record. What has members of its own is an object, else a leaf. */
struct walk {
    struct mop_json *j;
    const struct json_record *r;
    int (*object)(struct walk *w, struct mop_sv name, json_t *v); /* or NULL; -1 ends the walk */
    int (*leaf)(struct walk *w, struct mop_sv name, json_t *v);   /* likewise */
    struct mop_row *row;
    struct mop_cell *cells;
    struct mop_err *e;
};

static int walk_object(struct walk *w, json_t *object, int depth);

static int walk_member(struct walk *w, json_t *v, int depth)
{
    const struct mop_buf *path = &w->j->path;
    bool into = json_is_object(v) && json_object_size(v) > 0 && depth < MOP_JSON_DEPTH &&
                path->n < MOP_JSON_NAME;
    if (!into)
        return w->leaf(w, mop_buf_view(path), v);
    return w->object && w->object(w, mop_buf_view(path), v) < 0 ? -1 : walk_object(w, v, depth);
}

static int walk_object(struct walk *w, json_t *object, int depth)
{
    struct mop_buf *path = &w->j->path;
    size_t before = path->n;
    const char *key;
    json_t *v;
    json_object_foreach(object, key, v)
    {
        if (depth)
            mop_buf_chr(path, '.');
        mop_buf_str(path, key);
        int rc = walk_member(w, v, depth + 1);
        path->n = before;
        if (rc < 0)
            return -1;
    }
    return 0;
}

static int walk(struct walk *w)
{
    mop_buf_reset(&w->j->path);
    return w->r->doc.root ? walk_object(w, w->r->doc.root, 0) : 0;
}

static int learn(struct walk *w, struct mop_sv name, struct mop_map *names)
{
    struct mop_json *j = w->j;
    if (mop_map_find(names, name))
        return 0;
    if (names->n == MOP_CAP_COLUMNS) {
        mop_err_set(w->e, 3, mop_json_begin(j, w->r->begin), "more than 32768 columns");
        return -1;
    }
    size_t at = names->n;
    *mop_map_put(names, mop_arena_copy(&j->file.arena, name), NULL) = at;
    return 0;
}

static int learn_leaf(struct walk *w, struct mop_sv name, json_t *v)
{
    (void)v;
    return learn(w, name, &w->j->columns);
}

static int learn_object(struct walk *w, struct mop_sv name, json_t *v)
{
    (void)v;
    return learn(w, name, &w->j->objects);
}

int mop_json_learn(struct mop_json *j, const struct json_record *r, struct mop_err *e)
{
    struct walk w = {.j = j, .r = r, .object = learn_object, .leaf = learn_leaf, .e = e};
    return walk(&w);
}

/* The markers of bad bytes become bytes again that are not UTF-8. */
static void mark_cell(struct mop_json *j, const struct json_record *r, struct mop_cell *cell)
{
    if (memchr(cell->v.p, '\0', cell->v.n))
        cell->fault = MOP_CELL_NUL;
    if (!r->bad_bytes || !memchr(cell->v.p, MOP_JSON_BAD, cell->v.n))
        return;
    char *copy = mop_arena_str(&j->batch, cell->v);
    for (size_t i = 0; i < cell->v.n; i++)
        if (copy[i] == MOP_JSON_BAD)
            copy[i] = MOP_INPUT_BAD;
    cell->v.p = copy;
    cell->fault = MOP_CELL_ENCODING;
}

/* A name that the sample did not have: counted, and named at the end. */
static void meet_stranger(struct mop_json *j, struct mop_sv name)
{
    uint64_t *n = mop_map_find(&j->strangers, name);
    bool added;
    if (n)
        ++*n;
    else if (j->strangers.n == MOP_JSON_STRANGERS)
        j->more_strangers++;
    else
        *mop_map_put(&j->strangers, mop_arena_copy(&j->file.arena, name), &added) = 1;
}

static int row_fault(struct walk *w, const char *what, struct mop_sv name)
{
    w->row->fault = MOP_ROW_JSON;
    w->row->fault_at = w->r->bad_bytes ? w->r->fault_at : mop_json_begin(w->j, w->r->begin);
    w->row->fault_note = mop_arena_printf(&w->j->batch, "%s '%.*s'", what,
                                          MOP_SV_ARG(mop_shown(&w->j->batch, name)));
    return 0;
}

static void note_cell_fault(struct walk *w, const struct mop_cell *cell)
{
    if (w->row->cell_faults)
        return;
    bool bad = cell->fault == MOP_CELL_ENCODING;
    w->row->cell_faults = true;
    w->row->fault_at = bad ? w->r->fault_at : mop_json_begin(w->j, w->r->begin);
    w->row->fault_note = bad ? MOP_SV("bytes that are not UTF-8") : MOP_SV("a NUL byte");
}

static int fill_cell(struct walk *w, size_t column, struct mop_sv name, json_t *v)
{
    struct mop_json *j = w->j;
    struct mop_cell *cell = &w->cells[column];
    if (cell->presence != MOP_ABSENT)
        return row_fault(w, "two values for", name);
    cell->presence = json_is_null(v) ? MOP_NULL : MOP_GIVEN;
    cell->v = mop_json_doc_text(&w->r->doc, v, &j->batch);
    j->text += cell->v.n;
    if (cell->v.n > MOP_CAP_FIELD) {
        mop_err_set(w->e, 3, mop_json_begin(j, w->r->begin), "field '%.*s' is longer than 16 MiB",
                    MOP_SV_ARG(mop_shown(&j->batch, name)));
        return -1;
    }
    mark_cell(j, w->r, cell);
    if (cell->fault)
        note_cell_fault(w, cell);
    return 0;
}

/* Where a field is bound to the object of that name, which may be a leaf in this record. */
static int fill_object(struct walk *w, struct mop_sv name, json_t *v)
{
    const struct mop_schema *s = &w->j->file.source.schema;
    const uint64_t *object = mop_map_find(&w->j->objects, name);
    return object && s->wanted[*object] ? fill_cell(w, s->n + *object, name, v) : 0;
}

static int fill_leaf(struct walk *w, struct mop_sv name, json_t *v)
{
    uint64_t *column = mop_map_find(&w->j->columns, name);
    if (w->r->bad_bytes && mop_sv_find(name, MOP_JSON_BAD) < name.n)
        return row_fault(w, "bytes that are not UTF-8 in the name", name);
    if (w->object && fill_object(w, name, v) < 0)
        return -1;
    if (column)
        return fill_cell(w, *column, name, v);
    meet_stranger(w->j, name);
    return 0;
}

static bool any_wanted(const struct mop_schema *s)
{
    return s->nobjects && memchr(s->wanted, 1, s->nobjects);
}

int mop_json_fill(struct mop_json *j, const struct json_record *r, struct mop_row *row,
                  struct mop_cell *cells, struct mop_err *e)
{
    struct walk w = {.j = j,
                     .r = r,
                     .object = any_wanted(&j->file.source.schema) ? fill_object : NULL,
                     .leaf = fill_leaf,
                     .row = row,
                     .cells = cells,
                     .e = e};
    return walk(&w);
}
