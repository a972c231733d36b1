/* SPDX-License-Identifier: MIT */
#include "http_state.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The file of bookmarks: read before a fetch, written when its records are safe. */
enum { FLAGS = JSON_REJECT_DUPLICATES };

int mop_state_unreadable(const struct mop_http *h, struct mop_err *e, const char *why)
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
    mop_state_unreadable(h, e, root ? "it is no JSON object" : why.text);
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
    mop_state_add_columns(h);
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
