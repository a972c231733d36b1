/* SPDX-License-Identifier: MIT */
#include "http_parts.h"

#include "source.h"

#include "../base/civil.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * Bookmarks: the latest change that a whole fetch has read, per source and partition, and what was
 * read near it, so that it is not read twice. A bookmark names what it was taken for, and counts
 * for nothing else. The file is written by whoever has the records safe, and by rename: a run that
 * is killed leaves the bookmarks where they were.
 */
enum { HELD = 1000000, FLAGS = JSON_REJECT_DUPLICATES };

/* By so much clocks differ, and are set back: a bookmark that is less ahead of now counts as now.
 */
static const int64_t CLOCKS_US = 5 * 60 * MOP_US_SECOND;

struct mop_state {
    json_t *old;           /* what the file says of this source, by partition, or NULL */
    json_t *fresh;         /* bookmarks of the partitions that this run has read */
    struct mop_map known;  /* hashes of the records that the last run read near its end */
    const json_t *columns; /* names, by a bookmark of `old`: of a stream that names no fields */
    const json_t *taken;   /* the bookmark at hand, or NULL */
    int64_t taken_us;
    struct mop_arena arena;
    char what[40];     /* of the partition at hand */
    int64_t latest_us; /* of this run */
    bool has_latest, too_many;
    struct held {
        int64_t us;
        struct mop_h128 hash;
    } * held; /* what this run read within `window_us` before latest_us */
    size_t nheld, capheld;
    int64_t window_us;
};

void mop_state_free(struct mop_state *t)
{
    if (!t)
        return;
    json_decref(t->old);
    json_decref(t->fresh);
    mop_map_release(&t->known);
    mop_arena_release(&t->arena);
    free(t->held);
    free(t);
}

static int unreadable(const struct mop_http *h, struct mop_err *e, const char *why)
{
    mop_err_set(e, 3, (struct mop_loc){h->o->state, 0, 0}, "the state cannot be read: %s", why);
    mop_err_name(e, "state");
    mop_err_hint(e, "move it away, and everything is fetched again");
    return -1;
}

/* NULL with *e; an empty object if there is no file. */
static json_t *read_file(const struct mop_http *h, struct mop_err *e)
{
    json_error_t why;
    bool there = access(h->o->state, F_OK) == 0;
    if (!there && errno != ENOENT) {
        mop_err_set(e, 3, (struct mop_loc){h->o->state, 0, 0}, "the state cannot be read: %s",
                    strerror(errno));
        mop_err_name(e, "state");
        return NULL;
    }
    json_t *root = there ? json_load_file(h->o->state, FLAGS, &why) : json_object();
    if (json_is_object(root))
        return root;
    unreadable(h, e, root ? "it is no JSON object" : why.text);
    json_decref(root);
    return NULL;
}

/* Which of the connector can: hubspot's contacts_search, for contacts. */
static void hint_streams(const struct mop_http *h, struct mop_err *e)
{
    struct mop_buf b;
    mop_buf_init(&b, 400);
    for (size_t i = 0; i < h->c->nstreams; i++)
        if (h->c->streams[i].incremental.on)
            mop_buf_printf(&b, "%s%.*s", b.n ? ", " : "", MOP_SV_ARG(h->c->streams[i].name));
    if (b.n)
        mop_err_hint(e, "of this connector these can: %.*s", MOP_SV_ARG(mop_buf_view(&b)));
    mop_buf_release(&b);
}

int mop_state_open(struct mop_http *h, struct mop_err *e)
{
    if (!h->o->state)
        return 0;
    if (!h->s->incremental.on) {
        mop_err_set(e, 2, (struct mop_loc){h->source.name, 0, 0},
                    "--state: this stream cannot be asked for what changed");
        hint_streams(h, e);
        return -1;
    }
    if (h->reads && mop_http_hold(h, e))
        return -1;
    struct mop_state *t = h->state = mop_alloc(sizeof *t);
    mop_map_init(&t->known);
    mop_arena_init(&t->arena);
    t->fresh = json_object();
    json_t *root = read_file(h, e);
    t->old = json_incref(json_object_get(root, h->source.name));
    json_decref(root);
    return root ? 0 : -1;
}

/* ---- what a bookmark is taken for ---- */

static void add_pointer(struct mop_buf *b, const struct mop_pointer *p)
{
    if (p)
        mop_buf_sv(b, p->text);
    mop_buf_chr(b, '\n');
}

static void add_field(struct mop_buf *b, const struct mop_http_field *f)
{
    mop_buf_printf(b, "%d %.*s %.*s\n", f->of_parent, MOP_SV_ARG(f->column), MOP_SV_ARG(f->join));
    add_pointer(b, &f->at);
    add_pointer(b, f->take);
    for (size_t i = 0; i < f->nwhere; i++) {
        add_pointer(b, &f->where[i].at);
        mop_buf_sv(b, f->where[i].text);
    }
}

/* The first request without its secrets and without {since}, and what is made of the answer. */
static void describe(struct mop_http *h, struct mop_buf *b)
{
    struct mop_request q;
    struct mop_err none = {0};
    bool was = h->has_since;
    const struct mop_stream *s = h->s;
    mop_request_init(&q);
    h->has_since = false;
    mop_http_request(h, &q, true, &none);
    h->has_since = was;
    mop_buf_printf(b, "%d ", q.post);
    mop_buf_sv(b, mop_buf_view(&q.url));
    mop_buf_sv(b, mop_buf_view(&q.headers));
    mop_buf_sv(b, mop_buf_view(&q.body));
    mop_request_release(&q);
    const struct mop_pointer *at[] = {&s->records, s->expand, s->primary_key,
                                      s->incremental.cursor_field};
    for (size_t i = 0; i < sizeof at / sizeof *at; i++)
        add_pointer(b, at[i]);
    mop_buf_sv(b, s->incremental.start);
    for (size_t i = 0; i < s->nfields; i++)
        add_field(b, &s->fields[i]);
}

static void name_of(struct mop_h128 x, char room[40])
{
    snprintf(room, 40, "%016llx%016llx", (unsigned long long)x.hi, (unsigned long long)x.lo);
}

static const char *partition_of(const struct mop_http *h)
{
    return h->s->partition.n ? mop_arena_str(&h->state->arena, h->partitions[h->partition]) : "";
}

/* ---- a partition begins and ends ---- */

static int take_bookmark(struct mop_http *h, const json_t *mark, struct mop_err *e)
{
    struct mop_state *t = h->state;
    struct mop_when w;
    size_t i;
    json_t *v;
    bool added;
    const char *text = json_string_value(json_object_get(mark, "cursor"));
    if (!text || !mop_date_parse_iso(NULL, mop_sv_of(text), &w))
        return unreadable(h, e, "a bookmark without a time");
    if (!t->columns)
        t->columns = json_object_get(mark, "columns");
    if (w.us > h->began_us + CLOCKS_US) {
        mop_http_note(h,
                      "the bookmark%s%s is at %.40s, a time that is yet to come: all of it is "
                      "fetched",
                      *partition_of(h) ? " of " : "", partition_of(h), text);
        return 0;
    }
    t->latest_us = w.us < h->began_us ? w.us : h->began_us;
    t->has_latest = true;
    t->taken = mark;
    t->taken_us = t->latest_us;
    h->since_us = t->latest_us - h->s->incremental.lookback_us;
    h->has_since = true;
    json_array_foreach(json_object_get(mark, "read"), i, v)
    {
        if (json_is_string(v))
            mop_map_put(&t->known, mop_arena_copy(&t->arena, mop_sv_of(json_string_value(v))),
                        &added);
    }
    return 0;
}

int mop_state_begin(struct mop_http *h, struct mop_err *e)
{
    struct mop_state *t = h->state;
    struct mop_buf b;
    h->has_since = h->s->incremental.start.p != NULL;
    h->since_us = h->s->incremental.start_us;
    if (!t)
        return 0;
    mop_map_release(&t->known);
    mop_map_init(&t->known);
    t->nheld = 0;
    t->taken = NULL;
    t->has_latest = t->too_many = false;
    t->window_us = h->s->incremental.lookback_us;
    mop_buf_init(&b, 4 * MOP_HTTP_CAP_TEXT);
    describe(h, &b);
    name_of(mop_hash_stable(mop_buf_view(&b)), t->what);
    mop_buf_release(&b);
    const char *partition = partition_of(h);
    const json_t *mark = json_object_get(t->old, partition);
    const char *what = json_string_value(json_object_get(mark, "of"));
    if (h->o->full || (!mark && !json_object_size(t->old)))
        return 0;
    if (what && !strcmp(what, t->what))
        return take_bookmark(h, mark, e);
    mop_http_note(h, "%s%s%s, so all of it is fetched",
                  mark ? "the bookmark was taken with other settings" : "there is no bookmark yet",
                  *partition ? " of " : "", partition);
    return 0;
}

/* Lets go of what has fallen out of the window. */
static void prune(struct mop_state *t)
{
    size_t kept = 0;
    for (size_t i = 0; i < t->nheld; i++)
        if (t->held[i].us >= t->latest_us - t->window_us)
            t->held[kept++] = t->held[i];
    t->nheld = kept;
}

/* What was read near the bookmark. One that stands where it stood keeps what it had: the vendor may
 * have sent nothing of that this time (304, an empty page). */
static json_t *list_read(struct mop_state *t)
{
    bool stands = t->taken && t->taken_us == t->latest_us;
    json_t *was = stands ? json_object_get(t->taken, "read") : NULL;
    json_t *read = was ? json_copy(was) : json_array();
    char name[40];
    prune(t);
    t->too_many |= json_array_size(read) + t->nheld > 2 * (size_t)HELD;
    for (size_t i = 0; !t->too_many && i < t->nheld; i++) {
        name_of(t->held[i].hash, name);
        if (!was || !mop_map_find(&t->known, mop_sv_of(name)))
            json_array_append_new(read, json_string(name));
    }
    if (t->too_many)
        json_array_clear(read);
    return read;
}

void mop_state_end(struct mop_http *h)
{
    struct mop_state *t = h->state;
    struct mop_buf b;
    if (!t || !t->has_latest)
        return;
    json_t *mark = json_object();
    mop_buf_init(&b, 64);
    mop_when_print(&b, mop_when_of_instant(t->latest_us, NULL));
    json_object_set_new(mark, "cursor", json_stringn(b.p, b.n));
    mop_buf_release(&b);
    json_object_set_new(mark, "read", list_read(t));
    json_object_set_new(mark, "of", json_string(t->what));
    json_object_set_new(t->fresh, partition_of(h), mark);
    if (t->too_many)
        mop_http_note(h,
                      "more than %d records changed at about the same time: the next run reads "
                      "them once more",
                      HELD);
}

/* ---- while reading ---- */

/* {since} is cut to this: what changed before it within the same second or day comes once more. */
void mop_state_cut(const struct mop_http *h, int64_t unit_us)
{
    int64_t window = h->s->incremental.lookback_us + unit_us;
    if (h->state && window > h->state->window_us)
        h->state->window_us = window;
}

static bool time_of(const struct mop_http *h, struct mop_sv text, int64_t *us)
{
    uint64_t n;
    struct mop_when w;
    if (h->s->incremental.form == MOP_TIME_ISO) {
        bool good = mop_date_parse_iso(NULL, text, &w);
        *us = good ? w.us : 0;
        return good;
    }
    int64_t unit = h->s->incremental.form == MOP_TIME_EPOCH ? MOP_US_SECOND : 1000;
    if (!mop_sv_u64(text, &n) || n > (uint64_t)(INT64_MAX / unit))
        return false;
    *us = (int64_t)n * unit;
    return true;
}

/* A time that is yet to come does not move the bookmark past what changes until then. */
static void hold(struct mop_http *h, int64_t us, struct mop_h128 hash)
{
    struct mop_state *t = h->state;
    int64_t past = us < h->began_us ? us : h->began_us;
    if (!t->has_latest || past > t->latest_us)
        t->latest_us = past;
    t->has_latest = true;
    if (us < t->latest_us - t->window_us)
        return;
    if (t->nheld == t->capheld)
        prune(t);
    t->too_many |= t->nheld >= HELD;
    if (t->too_many)
        return;
    MOP_GROW(t->held, t->nheld, t->capheld);
    t->held[t->nheld++] = (struct held){us, hash};
}

int mop_state_meet(struct mop_http *h, json_t *record, bool *known, struct mop_err *e)
{
    const json_t *v = mop_pointer_get(h->s->incremental.cursor_field, record);
    const json_t *id = mop_pointer_get(h->s->primary_key, record);
    struct mop_sv when = v ? mop_json_doc_text(&h->doc, v, &h->batch) : MOP_SV("");
    struct mop_sv key = id ? mop_json_doc_text(&h->doc, id, &h->batch) : MOP_SV("");
    int64_t us;
    unsigned long long n = h->place.got + h->nrecords + 1;
    char name[40];
    if (!time_of(h, when, &us))
        return mop_http_fail(h, e, "record-without-time", "record %llu has no time at '%.*s'", n,
                             MOP_SV_ARG(h->s->incremental.cursor_field->text));
    /* Of all that it says: by id and time, what changed twice in a second would count as read. */
    struct mop_sv all = mop_json_doc_sorted(&h->doc, record, &h->batch);
    struct mop_h128 hash = mop_hash_stable(
        mop_arena_printf(&h->batch, "%zu:%.*s%.*s", key.n, MOP_SV_ARG(key), MOP_SV_ARG(all)));
    name_of(hash, name);
    *known = mop_map_find(&h->state->known, mop_sv_of(name)) != NULL;
    h->state_known += *known;
    hold(h, us, hash);
    return 0;
}

/* ---- the columns that the records had ---- */

int mop_state_columns(struct mop_http *h, struct mop_err *e)
{
    const json_t *names = h->state ? h->state->columns : NULL;
    struct mop_schema *s = &h->source.schema;
    size_t i, n = json_array_size(names);
    json_t *v;
    if (n > MOP_CAP_COLUMNS)
        return unreadable(h, e, "a bookmark with too many columns");
    struct mop_sv *columns = mop_arena_array(&h->arena, n + 1, sizeof *columns);
    json_array_foreach(names, i, v)
    {
        if (!json_is_string(v))
            return unreadable(h, e, "a bookmark with a column that has no name");
        columns[i] =
            mop_arena_copy(&h->arena, (struct mop_sv){json_string_value(v), json_string_length(v)});
    }
    s->columns = columns;
    s->n = n;
    if (n)
        mop_http_note(h, "no record came: the columns are those of the run before");
    return 0;
}

/* A vendor may send back a secret as a name: NULL. */
static json_t *columns_of(struct mop_http *h)
{
    const struct mop_schema *s = &h->source.schema;
    json_t *names = json_array();
    struct mop_buf masked;
    mop_buf_init(&masked, 4 * MOP_HTTP_CAP_URL);
    bool good = true;
    for (size_t i = 0; good && i < s->n; i++) {
        mop_buf_reset(&masked);
        mop_http_masked(h, s->columns[i], &masked);
        good = mop_sv_eq(mop_buf_view(&masked), s->columns[i]) &&
               json_array_append_new(names, json_stringn(s->columns[i].p, s->columns[i].n)) == 0;
    }
    mop_buf_release(&masked);
    if (!good)
        json_decref(names);
    return good ? names : NULL;
}

/* All bookmarks of a run have its columns: the next one may be asked for other partitions. */
static void add_columns(struct mop_http *h)
{
    const char *partition;
    json_t *mark, *names = h->s->all_fields ? columns_of(h) : NULL;
    json_object_foreach(h->state->fresh, partition, mark)
    {
        if (json_array_size(names))
            json_object_set(mark, "columns", names);
    }
    json_decref(names);
}

/* ---- when all is safe ---- */

/* The file is read again: fetches of other sources may have written theirs meanwhile. */
static int add_bookmarks(struct mop_http *h, struct mop_err *e)
{
    json_t *root = read_file(h, e);
    if (!root)
        return -1;
    json_t *mine = json_object_get(root, h->source.name);
    if (!json_is_object(mine))
        mine = json_object_set_new(root, h->source.name, json_object())
                   ? NULL /* a name that is not UTF-8 */
                   : json_object_get(root, h->source.name);
    json_object_update(mine, h->state->fresh);
    char *text = mine ? json_dumps(root, JSON_INDENT(1) | JSON_SORT_KEYS) : NULL;
    errno = EILSEQ;
    int rc = text ? mop_http_replace(h->o->state, mop_sv_of(text)) : -1;
    if (rc) {
        mop_err_set(e, 3, (struct mop_loc){h->o->state, 0, 0}, "the state cannot be written: %s",
                    strerror(errno));
        mop_err_name(e, "state");
    }
    free(text);
    json_decref(root);
    return rc;
}

int mop_http_save_state(struct mop_source *s, struct mop_err *e)
{
    struct mop_http *h = (struct mop_http *)s;
    int lock, rc;
    if (s->exporter != &mop_exporter_http || !h->state || !h->done ||
        !json_object_size(h->state->fresh))
        return 0;
    add_columns(h);
    if (mop_http_lock(h, h->o->state, &lock, e))
        return -1;
    rc = add_bookmarks(h, e);
    mop_http_unlock(lock);
    if (rc) {
        e->hint[0] = '\0';
        mop_err_hint(e, "the records are written; the next run brings them once more");
    }
    return rc;
}
