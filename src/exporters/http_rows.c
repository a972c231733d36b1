/* SPDX-License-Identifier: MIT */
#include "http_parts.h"
#include "json_error.h"

#include <jansson.h>
#include <string.h>

/* A page into records, records into rows. */

struct collecting {
    struct mop_http *h;
    struct mop_err *e;
    bool overlaps; /* the record to come is the last one of the page before */
};

/* Of the record being looked at, from 1. */
static unsigned long long record_number(const struct mop_http *h)
{
    return h->place.got + h->nrecords + 1;
}

static int check_id(struct mop_http *h, json_t *record, struct mop_err *e)
{
    const json_t *v = mop_pointer_get(h->s->primary_key, record);
    unsigned long long n = record_number(h);
    struct mop_sv id = v ? mop_json_doc_text(&h->doc, v, &h->batch) : MOP_SV("");
    if (!id.n)
        return mop_http_fail(h, e, "record-without-id", "record %llu has no id at '%.*s'", n,
                             MOP_SV_ARG(h->s->primary_key->text));
    if (!mop_ids_add(h->ids, id))
        return mop_http_fail(h, e, "duplicate-id",
                             "record %llu came before: records moved while they were read, or "
                             "pages overlap",
                             n);
    if (h->s->paginator.overlap) {
        mop_buf_reset(&h->place.last_id);
        mop_buf_sv(&h->place.last_id, id);
    }
    return 0;
}

int mop_http_moved(struct mop_http *h, struct mop_err *e)
{
    return mop_http_fail(h, e, "records-moved",
                         "%s does not begin with the last record of the one before: records were "
                         "deleted meanwhile, or are in no order",
                         h->page);
}

static int check_overlap(struct mop_http *h, json_t *record, struct mop_err *e)
{
    const json_t *v = mop_pointer_get(h->s->primary_key, record);
    struct mop_sv id = v ? mop_json_doc_text(&h->doc, v, &h->batch) : MOP_SV("");
    return mop_sv_eq(id, mop_buf_view(&h->place.last_id)) ? 0 : mop_http_moved(h, e);
}

/* Whole numbers by size, else by bytes. */
static int compare_keys(struct mop_sv a, struct mop_sv b)
{
    uint64_t x, y;
    if (mop_sv_u64(a, &x) && mop_sv_u64(b, &y))
        return (x > y) - (x < y);
    return mop_sv_cmp(a, b);
}

static int keep_key(struct mop_http *h, json_t *record, struct mop_err *e)
{
    struct mop_buf *key = &h->place.key;
    const json_t *v = mop_pointer_get(h->s->paginator.restart_key, record);
    struct mop_sv text = v ? mop_json_doc_text(&h->doc, v, &h->batch) : MOP_SV("");
    if (!text.n || (key->n && compare_keys(text, mop_buf_view(key)) <= 0))
        return mop_http_fail(h, e, "key-not-ascending",
                             "record %llu is not behind the one before it by '%.*s'",
                             record_number(h), MOP_SV_ARG(h->s->paginator.restart_key->text));
    mop_buf_reset(key);
    mop_buf_sv(key, text);
    return 0;
}

/* Rows are made of the items of a list: another value there, or in an item's place, has none. */
static int check_child(void *ctx, json_t *child)
{
    struct collecting *c = ctx;
    const struct mop_stream *s = c->h->s;
    bool good = json_is_object(child) || json_is_array(child);
    for (size_t i = 0; !good && i < s->nfields; i++)
        good = !s->fields[i].of_parent && !s->fields[i].at.n;
    return good ? 0
                : mop_http_fail(c->h, c->e, "not-a-record",
                                "record %llu has an item at '%.*s' that is no JSON object",
                                record_number(c->h), MOP_SV_ARG(s->expand->text));
}

static int check_children(struct collecting *c, json_t *record)
{
    const struct mop_http *h = c->h;
    if (mop_http_says_something(mop_pointer_container(h->s->expand, record)))
        return mop_http_fail(h, c->e, "no-records-list", "record %llu holds no list at '%.*s'",
                             record_number(h), MOP_SV_ARG(h->s->expand->text));
    return mop_pointer_each(h->s->expand, record, check_child, c);
}

static int add_record(void *ctx, json_t *v)
{
    struct collecting *c = ctx;
    struct mop_http *h = c->h;
    if (!json_is_object(v))
        return mop_http_fail(h, c->e, "not-a-record", "record %llu is no JSON object",
                             record_number(h));
    if (c->overlaps) {
        c->overlaps = false;
        return check_overlap(h, v, c->e);
    }
    if (h->s->primary_key && check_id(h, v, c->e))
        return -1;
    if (h->s->paginator.restart_key && keep_key(h, v, c->e))
        return -1;
    if (h->s->expand && check_children(c, v))
        return -1;
    bool known = false;
    if (h->state && mop_state_meet(h, v, &known, c->e))
        return -1;
    MOP_GROW(h->records, h->nrecords, h->caprecords);
    h->records[h->nrecords++] = known ? NULL : v;
    return 0;
}

/* A list that is left out, or null, is an empty one where the connector says so: of an answer that
 * is an object. Anything else in its place may be an error. */
static bool has_list(const struct mop_http *h, const json_t *list)
{
    const struct mop_stream *s = h->s;
    if (json_is_array(list) || (s->records_members && json_is_object(list)))
        return s->records_optional ||
               mop_pointer_has_lists(&s->records, s->records_members, h->doc.root);
    return s->records_optional && json_is_object(h->doc.root) && (!list || json_is_null(list));
}

static int no_list(const struct mop_http *h, const json_t *list, struct mop_err *e)
{
    mop_http_fail(h, e, "no-records-list", "%s holds no list at '%.*s'", h->page,
                  MOP_SV_ARG(h->s->records.text));
    if (json_is_null(list) && list != h->doc.root)
        mop_err_hint(e, "if null is the vendor's empty list, write optional: true");
    return -1;
}

struct beside {
    struct mop_http *h;
    struct mop_sv way; /* the name that leads on to the list */
    bool list;
    json_t *in; /* the object that tells of an error */
};

/* Of what stands one object further down, where a number may count other things. */
static bool tells_inside(const struct beside *b, const json_t *object)
{
    const char *name;
    json_t *v;
    json_object_foreach((json_t *)object, name, v)
    {
        if (mop_error_word(mop_sv_of(name)) == MOP_ERROR_HOLDS && !json_is_number(v) &&
            mop_json_error_says(&b->h->doc, v, &b->h->batch))
            return true;
    }
    return false;
}

static bool tells(const struct beside *b, const char *name, const json_t *v)
{
    if (mop_sv_eqs(b->way, name))
        return false;
    if (mop_error_word(mop_sv_of(name)) != MOP_ERROR_HOLDS)
        return mop_json_error_flag(name, v);
    return mop_json_error_says(&b->h->doc, v, &b->h->batch) || (!b->list && json_string_length(v));
}

static int find_error(void *ctx, json_t *object)
{
    struct beside *b = ctx;
    const char *name;
    json_t *v;
    json_object_foreach(object, name, v)
    {
        if (tells(b, name, v))
            b->in = object;
        else if (!b->in && !mop_sv_eqs(b->way, name) && tells_inside(b, v))
            b->in = v;
    }
    return b->in != NULL;
}

/* The object around the list of records, or further out, that says that something went wrong. */
static json_t *error_beside(struct mop_http *h, bool list)
{
    struct mop_pointer head = h->s->records;
    struct beside b = {h, MOP_SV(""), list, NULL};
    size_t n = head.n;
    while (n && !head.token[n - 1].every)
        n--;
    for (head.n = 0; !b.in && head.n < n; head.n++) {
        b.way = head.token[head.n].name;
        mop_pointer_each(&head, h->doc.root, find_error, &b);
    }
    return b.in;
}

/* Has it anything that the stream asks for? Where that is everything: that other records have. */
static bool has_field(const struct mop_http *h, json_t *record, const json_t *other)
{
    const struct mop_http_field *fields = h->s->all_fields ? h->fields : h->s->fields;
    size_t n = h->s->all_fields ? h->nfields : h->s->nfields;
    const char *name;
    json_t *v;
    if (h->s->expand && mop_pointer_container(h->s->expand, record))
        return true;
    for (size_t i = 0; i < n; i++)
        if (mop_pointer_get(&fields[i].at, record))
            return true;
    json_object_foreach(record, name, v)
    {
        if (h->s->all_fields && !h->fields && json_object_get(other, name))
            return true;
    }
    return false;
}

static json_t *first_record(struct mop_http *h)
{
    for (size_t i = 0; i < h->nrecords; i++)
        if (h->records[i] && !mop_json_error_object(&h->doc, h->records[i], &h->batch))
            return h->records[i];
    return NULL;
}

/* An item of the list that is no record but an error, told in one's place. */
static json_t *error_among(struct mop_http *h)
{
    bool learning = h->s->all_fields && !h->fields;
    json_t *other = learning ? first_record(h) : NULL;
    for (size_t i = 0; i < h->nrecords && (other || !learning); i++)
        if (h->records[i] && mop_json_error_object(&h->doc, h->records[i], &h->batch) &&
            !has_field(h, h->records[i], other))
            return h->records[i];
    return NULL;
}

/* The only thing that came, of a stream that has no fields to tell a record by. */
static bool is_error(struct mop_http *h)
{
    return h->s->all_fields && !h->place.page && h->nrecords == 1 && h->records[0] &&
           mop_json_error_object(&h->doc, h->records[0], &h->batch);
}

static int refuse_beside(struct mop_http *h, json_t *in, size_t items, bool alone,
                         struct mop_err *e)
{
    mop_http_refuse(h, in, e);
    if (alone)
        mop_err_hint(e, "if it is a record, name the stream's fields");
    else if (items)
        mop_err_hint(e, "records came with it, of which some may be missing; if it is no error: "
                        "error_rules: [{status: 200, action: accept}]");
    return -1;
}

int mop_http_collect(struct mop_http *h, struct mop_err *e)
{
    struct collecting c = {h, e, h->place.overlaps};
    const json_t *list = mop_pointer_container(&h->s->records, h->doc.root);
    bool there = json_is_array(list) || json_is_object(list);
    h->nrecords = h->next_record = h->next_child = 0;
    if (!has_list(h, list))
        return no_list(h, list, e);
    if (there && mop_pointer_each(&h->s->records, h->doc.root, add_record, &c))
        return -1;
    if (c.overlaps)
        return mop_http_moved(h, e);
    size_t items = there ? mop_pointer_items(&h->s->records, h->doc.root) : 0;
    items -= h->place.overlaps;
    if (items > h->nrecords)
        return mop_http_fail(h, e, "not-a-record", "%zu of %zu items on %s hold nothing at '%.*s'",
                             items - h->nrecords, items, h->page, MOP_SV_ARG(h->s->records.text));
    if (h->accepted)
        return 0;
    bool alone = is_error(h);
    json_t *in = alone ? h->doc.root : error_beside(h, there);
    in = in ? in : error_among(h);
    return in ? refuse_beside(h, in, items, alone, e) : 0;
}

struct nth {
    size_t left;
    json_t *found;
};

static int take_nth(void *ctx, json_t *v)
{
    struct nth *n = ctx;
    n->found = v;
    return n->left-- == 0;
}

/* The row's record and, where records are expanded, the child; false at the page's end. */
static bool next_record(struct mop_http *h, json_t **record, json_t **child)
{
    *child = NULL;
    while (h->next_record < h->nrecords) {
        *record = h->records[h->next_record];
        if (!*record) {
            h->next_record++;
            continue;
        }
        struct nth n = {h->next_child, NULL};
        if (!h->s->expand) {
            h->next_record++;
            return true;
        }
        h->expanded |= mop_pointer_container(h->s->expand, *record) != NULL;
        if (mop_pointer_each(h->s->expand, *record, take_nth, &n)) {
            h->next_child++;
            *child = n.found;
            return true;
        }
        h->next_record++;
        h->next_child = 0;
    }
    return false;
}

int mop_http_row(struct mop_http *h, struct mop_batch *b, struct mop_err *e)
{
    json_t *record, *child;
    struct mop_cell *cells = h->cells + b->n * h->nfields;
    if (!next_record(h, &record, &child))
        return 0;
    struct mop_row *row = &b->rows[b->n];
    h->rows++;
    *row = (struct mop_row){
        .cells = cells, .record = h->rows, .line = h->rows, .fault_note = MOP_SV("")};
    memset(cells, 0, h->nfields * sizeof *cells);
    if (h->next_child <= 1)
        mop_http_meet_unknown(h, record);
    if (mop_http_fill(h, record, child, row, cells, e))
        return -1;
    b->n++;
    return 1;
}
