/* SPDX-License-Identifier: MIT */
#include "http_state.h"

#include "../base/civil.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Bookmarks: the latest change that a whole fetch has read, per source and partition, and what was
 * read near it, so that it is not read twice. A bookmark names what it was taken for, and counts
 * for nothing else. The file is written by whoever has the records safe, and by rename: a run that
 * is killed leaves the bookmarks where they were.
 */
enum { HELD = 1000000 };

/* By so much clocks differ, and are set back: a bookmark that is less ahead of now counts as now.
 */
static const int64_t CLOCKS_US = 5 * 60 * MOP_US_SECOND;

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

static const char *partition_of(const struct mop_http *h)
{
    return h->s->partition.n ? mop_arena_str(&h->state->arena, h->partitions[h->partition]) : "";
}

static int take_bookmark(struct mop_http *h, const json_t *mark, struct mop_err *e)
{
    struct mop_state *t = h->state;
    struct mop_when w;
    size_t i;
    json_t *v;
    bool added;
    const char *text = json_string_value(json_object_get(mark, "cursor"));
    if (!text || !mop_date_parse_iso(NULL, mop_sv_of(text), &w))
        return mop_state_unreadable(h, e, "a bookmark without a time");
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
    mop_state_describe(h, &b);
    mop_state_name(mop_hash_stable(mop_buf_view(&b)), t->what);
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
        mop_state_name(t->held[i].hash, name);
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
    mop_state_name(hash, name);
    *known = mop_map_find(&h->state->known, mop_sv_of(name)) != NULL;
    h->state_known += *known;
    hold(h, us, hash);
    return 0;
}
