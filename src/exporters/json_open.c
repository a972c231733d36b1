/* SPDX-License-Identifier: MIT */
#include "json_source.h"

#include <stdlib.h>

/* Reads the sample: its names make the schema, its records wait to be delivered. */
static const char *const line_extensions[] = {".ndjson", ".jsonl", NULL};

static const char *const shapes[] = {
    [MOP_JSON_LINES] = "one JSON object a line",
    [MOP_JSON_ARRAY] = "a JSON array",
    [MOP_JSON_MEMBER] = "the array 'records' of a JSON object",
    [MOP_JSON_SINGLE] = "a single JSON object: one record",
};

static int read_sample(struct mop_json *j, struct mop_err *e)
{
    struct json_text t;
    int rc = 1;
    for (size_t bytes = 0; j->nqueue < MOP_JSON_SAMPLE && bytes < MOP_CAP_RECORD; bytes += t.n) {
        rc = mop_json_value_text(j, &t, e);
        if (rc != 1)
            break;
        MOP_GROW(j->queue, j->nqueue, j->capqueue);
        struct json_record *r = &j->queue[j->nqueue++];
        if (mop_json_parse(j, &j->file.arena, &t, r, e) < 0 || mop_json_learn(j, r, e) < 0)
            return -1;
    }
    return rc < 0 ? -1 : 0;
}

/* A line that is no object is a fault of its own; where none is one of what came over HTTP, it is
 * another kind of file. */
static int check_sample(const struct mop_json *j, struct mop_err *e)
{
    if (!j->file.fetched || !j->nqueue)
        return 0;
    for (size_t i = 0; i < j->nqueue; i++)
        if (!j->queue[i].fault)
            return 0;
    mop_err_set(e, 3, j->queue[0].fault_at, "no line is a JSON object: %.*s",
                MOP_SV_ARG(j->queue[0].note));
    return -1;
}

static void take_names(struct mop_sv *to, const struct mop_map *from)
{
    for (size_t i = 0; i < from->n; i++)
        to[i] = from->entries[i].key;
}

static void make_schema(struct mop_json *j)
{
    struct mop_schema *s = &j->file.source.schema;
    s->n = j->columns.n;
    s->nobjects = j->objects.n;
    s->columns = mop_calloc(mop_schema_width(s) + 1, sizeof *s->columns);
    s->wanted = mop_calloc(s->nobjects + 1, sizeof *s->wanted);
    take_names(s->columns, &j->columns);
    take_names(s->columns + s->n, &j->objects);
}

static void plan_batches(struct mop_json *j)
{
    size_t width = mop_schema_width(&j->file.source.schema);
    width += width == 0;
    j->max_rows = MOP_BATCH_CELLS / width;
    if (j->max_rows > MOP_BATCH_ROWS)
        j->max_rows = MOP_BATCH_ROWS;
    j->cells = mop_calloc(j->max_rows * width, sizeof *j->cells);
    j->first = mop_arena_array(&j->file.arena, width, sizeof *j->first);
}

static int open_text(struct mop_json *j, bool lines, struct mop_err *e)
{
    j->line = 1;
    mop_file_source_note_input(&j->file);
    if (mop_window_more(&j->file.w, e) < 0)
        return -1;
    if (mop_json_shape(j, lines, e) < 0)
        return -1;
    mop_file_source_note(&j->file, "read as %s", shapes[j->shape]);
    if (read_sample(j, e) < 0 || check_sample(j, e) < 0)
        return -1;
    make_schema(j);
    plan_batches(j);
    mop_file_source_progress(&j->file);
    return 0;
}

static void json_close(struct mop_source *s)
{
    struct mop_json *j = (struct mop_json *)s;
    for (size_t i = j->next_queued; i < j->nqueue; i++)
        mop_json_record_release(&j->queue[i]);
    for (size_t i = 0; i < j->nheld; i++)
        mop_json_record_release(&j->held[i]);
    free(j->queue);
    free(j->cells);
    free(j->file.source.schema.columns);
    free(j->file.source.schema.wanted);
    mop_map_release(&j->columns);
    mop_map_release(&j->objects);
    mop_map_release(&j->strangers);
    mop_arena_release(&j->batch);
    mop_buf_release(&j->path);
    mop_file_source_release(&j->file);
    free(j);
}

static struct mop_source *read_as(struct mop_file_source *f, bool lines, struct mop_err *e)
{
    struct mop_json *j = mop_alloc(sizeof *j);
    j->file = *f;
    j->file.source.exporter = &mop_exporter_json;
    mop_map_init(&j->columns);
    mop_map_init(&j->objects);
    mop_map_init(&j->strangers);
    mop_arena_init(&j->batch);
    mop_buf_init(&j->path, 2 * (size_t)MOP_CAP_RECORD);
    if (open_text(j, lines, e) == 0)
        return &j->file.source;
    json_close(&j->file.source);
    return NULL;
}

struct mop_source *mop_json_read(struct mop_file_source *f, struct mop_err *e)
{
    return read_as(f, mop_name_has_extension(f->source.name, line_extensions), e);
}

struct mop_source *mop_json_read_lines(struct mop_file_source *f, struct mop_err *e)
{
    return read_as(f, true, e);
}

static struct mop_source *json_open(const char *name, const struct mop_source_options *o,
                                    struct mop_err *e)
{
    static const struct mop_source_options defaults;
    struct mop_file_source f = {0};
    if (mop_file_source_init(&f, name, o ? o : &defaults, e) == 0)
        return mop_json_read(&f, e);
    mop_file_source_release(&f);
    return NULL;
}

static bool json_takes(const char *source)
{
    return mop_name_has_extension(source, mop_json_extensions);
}

const struct mop_exporter mop_exporter_json = {
    .name = "json",
    .summary =
        "JSON: one object a line (.ndjson, .jsonl), an array, or the array 'records' of an object",
    .takes = json_takes,
    .open = json_open,
    .next = mop_json_next,
    .close = json_close,
};
