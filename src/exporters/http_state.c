/* SPDX-License-Identifier: MIT */
#include "http_parts.h"

#include "../base/civil.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * Bookmarks: the latest change that a whole fetch has read, per source, and what was read within
 * the lookback before it, so that it is not read twice. The file is written by whoever has the
 * records safe, and by rename: a run that is killed leaves the bookmark where it was.
 */
enum { HELD = 1000000, FLAGS = JSON_REJECT_DUPLICATES };

struct mop_state {
    json_t *root;         /* the file, with other sources' bookmarks in it */
    struct mop_map known; /* hashes of the records that the last run read near its end */
    struct mop_arena arena;
    int64_t latest_us; /* of this run */
    bool has_latest, too_many;
    struct held {
        int64_t us;
        struct mop_h128 hash;
    } * held; /* what this run read within the lookback before latest_us */
    size_t nheld, capheld;
};

void mop_state_free(struct mop_state *t)
{
    if (!t)
        return;
    json_decref(t->root);
    mop_map_release(&t->known);
    mop_arena_release(&t->arena);
    free(t->held);
    free(t);
}

static int unreadable(const struct mop_http *h, struct mop_err *e, const char *why)
{
    mop_err_set(e, 3, (struct mop_loc){h->o->state, 0, 0}, "the state cannot be read: %s", why);
    mop_err_hint(e, "move it away, and everything is fetched again");
    return -1;
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
        return unreadable(h, e, "a bookmark without a time");
    t->latest_us = w.us;
    t->has_latest = true;
    h->since_us = w.us - h->s->incremental.lookback_us;
    h->has_since = true;
    json_array_foreach(json_object_get(mark, "read"), i, v)
    {
        if (json_is_string(v))
            mop_map_put(&t->known, mop_arena_copy(&t->arena, mop_sv_of(json_string_value(v))),
                        &added);
    }
    return 0;
}

int mop_state_open(struct mop_http *h, struct mop_err *e)
{
    json_error_t why;
    if (!h->o->state)
        return 0;
    if (!h->s->incremental.on) {
        mop_err_set(e, 2, (struct mop_loc){h->source.name, 0, 0},
                    "--state: this stream cannot be asked for what changed");
        return -1;
    }
    struct mop_state *t = h->state = mop_alloc(sizeof *t);
    mop_map_init(&t->known);
    mop_arena_init(&t->arena);
    bool there = access(h->o->state, F_OK) == 0;
    t->root = there ? json_load_file(h->o->state, FLAGS, &why) : json_object();
    if (!t->root || !json_is_object(t->root))
        return unreadable(h, e, t->root ? "it is no JSON object" : why.text);
    const json_t *mark = json_object_get(t->root, h->source.name);
    return mark && !h->o->refetch ? take_bookmark(h, mark, e) : 0;
}

/* ---- while reading ---- */

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

static void name_of(struct mop_h128 x, char room[40])
{
    snprintf(room, 40, "%016llx%016llx", (unsigned long long)x.hi, (unsigned long long)x.lo);
}

/* Lets go of what has fallen behind the lookback. */
static void prune(struct mop_state *t, int64_t lookback_us)
{
    size_t kept = 0;
    for (size_t i = 0; i < t->nheld; i++)
        if (t->held[i].us >= t->latest_us - lookback_us)
            t->held[kept++] = t->held[i];
    t->nheld = kept;
}

static void hold(struct mop_http *h, int64_t us, struct mop_h128 hash)
{
    struct mop_state *t = h->state;
    int64_t lookback = h->s->incremental.lookback_us;
    if (!t->has_latest || us > t->latest_us)
        t->latest_us = us;
    t->has_latest = true;
    if (us < t->latest_us - lookback)
        return;
    if (t->nheld == t->capheld)
        prune(t, lookback);
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
    struct mop_sv both =
        mop_arena_printf(&h->batch, "%zu:%.*s%.*s", key.n, MOP_SV_ARG(key), MOP_SV_ARG(when));
    struct mop_h128 hash = mop_hash_stable(both);
    name_of(hash, name);
    *known = mop_map_find(&h->state->known, mop_sv_of(name)) != NULL;
    h->state_known += *known;
    hold(h, us, hash);
    return 0;
}

/* ---- when all is safe ---- */

static json_t *bookmark(const struct mop_http *h)
{
    struct mop_state *t = h->state;
    struct mop_buf b;
    char name[40];
    json_t *mark = json_object(), *read = json_array();
    mop_buf_init(&b, 64);
    mop_when_print(&b, mop_when_of_instant(t->latest_us, NULL));
    json_object_set_new(mark, "cursor", json_stringn(b.p, b.n));
    mop_buf_release(&b);
    prune(t, h->s->incremental.lookback_us);
    for (size_t i = 0; !t->too_many && i < t->nheld; i++) {
        name_of(t->held[i].hash, name);
        json_array_append_new(read, json_string(name));
    }
    json_object_set_new(mark, "read", read);
    return mark;
}

static int replace_file(const char *path, const json_t *root)
{
    char temporary[4096];
    int n = snprintf(temporary, sizeof temporary, "%s.new-XXXXXX", path);
    int fd = n > 0 && n < (int)sizeof temporary ? mkstemp(temporary) : -1; /* mode 0600 */
    if (fd < 0)
        return -1;
    bool good = json_dumpfd(root, fd, JSON_INDENT(1) | JSON_SORT_KEYS) == 0 && fsync(fd) == 0;
    good = close(fd) == 0 && good && rename(temporary, path) == 0;
    if (!good)
        unlink(temporary);
    return good ? 0 : -1;
}

int mop_http_save_state(struct mop_source *s, struct mop_err *e)
{
    struct mop_http *h = (struct mop_http *)s;
    if (s->exporter != &mop_exporter_http || !h->state || !h->done || !h->state->has_latest)
        return 0;
    json_object_set_new(h->state->root, h->source.name, bookmark(h));
    if (replace_file(h->o->state, h->state->root) == 0)
        return 0;
    mop_err_set(e, 3, (struct mop_loc){h->o->state, 0, 0}, "the state cannot be written: %s",
                strerror(errno));
    return -1;
}
