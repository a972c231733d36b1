/* SPDX-License-Identifier: MIT */
#include "http_state.h"

#include "source.h"

#include <jansson.h>

/* The columns that records had, of a stream that names no fields: for a run in which none comes. */

int mop_state_columns(struct mop_http *h, struct mop_err *e)
{
    const json_t *names = h->state ? h->state->columns : NULL;
    struct mop_schema *s = &h->source.schema;
    size_t i, n = json_array_size(names);
    json_t *v;
    if (n > MOP_CAP_COLUMNS)
        return mop_state_unreadable(h, e, "a bookmark with too many columns");
    struct mop_sv *columns = mop_arena_array(&h->arena, n + 1, sizeof *columns);
    json_array_foreach(names, i, v)
    {
        if (!json_is_string(v))
            return mop_state_unreadable(h, e, "a bookmark with a column that has no name");
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

void mop_state_add_columns(struct mop_http *h)
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
