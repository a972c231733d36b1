/* SPDX-License-Identifier: MIT */
#include "json_error.h"
#include "json_source.h"

#include <string.h>

/* The next record, from the sample first: 1, 0, -1. */
static int fetch(struct mop_json *j, struct json_record *r, struct mop_err *e)
{
    struct json_text t;
    if (j->next_queued < j->nqueue) {
        *r = j->queue[j->next_queued];
        j->queue[j->next_queued++] = (struct json_record){0};
        return 1;
    }
    int rc = mop_json_value_text(j, &t, e);
    return rc == 1 && mop_json_parse(j, &j->batch, &t, r, e) < 0 ? -1 : rc;
}

/* Has it none of the columns that the stream must have, or, where none are named, that the first
 * record has? */
static bool is_stranger(struct mop_json *j, const struct mop_cell *cells)
{
    const struct mop_file_source *f = &j->file;
    for (size_t i = 0; i < f->nmust; i++) {
        const uint64_t *at = mop_map_find(&j->columns, f->must[i]);
        if (at && cells[*at].presence != MOP_ABSENT)
            return false;
    }
    for (size_t i = 0; !f->nmust && i < f->source.schema.n; i++)
        if (j->first[i] && cells[i].presence != MOP_ABSENT)
            return false;
    return true;
}

static void meet_first(struct mop_json *j, const struct mop_cell *cells, bool error)
{
    j->begins_with_error = error;
    for (size_t i = 0; i < j->file.source.schema.n; i++)
        j->first[i] = cells[i].presence != MOP_ABSENT;
}

static void say_error(struct mop_json *j, const struct json_record *r, const char *which,
                      struct mop_err *e)
{
    mop_err_set(e, 3, mop_json_begin(j, r->begin),
                "%s line holds what an error is told in, and no record", which);
    mop_err_hint(e, "if it is a record, name its columns: must_have of the stream");
}

/* Where nothing comes behind it, what was fetched may be the server's word that it stopped. Where
 * the first record looks like one, too, they are records. */
static void doubt_end(struct mop_json *j, const struct json_record *r, bool error)
{
    struct mop_err *end = &j->file.end;
    const char *which = j->records > 1 ? "the last" : "the only";
    *end = (struct mop_err){0};
    if (j->records > 1 && j->begins_with_error)
        return;
    if (error && !j->file.nmust) {
        say_error(j, r, which, end);
    } else if (r->fault) {
        mop_err_set(end, 3, mop_json_begin(j, r->begin),
                    "%s line holds no JSON object: is it an error text?", which);
        mop_err_hint(end, "the file may not be whole; if it is, save it, and check that");
    }
}

/* A server's word in the place of a record, wherever it stands. */
static int check_row(struct mop_json *j, const struct json_record *r, const struct mop_cell *cells,
                     struct mop_err *e)
{
    if (!j->file.doubtful)
        return 0;
    bool error = !r->fault && mop_json_error_object(&r->doc, r->doc.root, &j->batch);
    if (j->records == 1)
        meet_first(j, cells, error && !j->file.nmust);
    doubt_end(j, r, error);
    if (!error || j->begins_with_error || !is_stranger(j, cells))
        return 0;
    say_error(j, r, "a", e);
    return -1;
}

static int add_row(struct mop_json *j, struct mop_batch *b, struct mop_err *e)
{
    struct json_record *r = &j->held[b->n];
    size_t width = mop_schema_width(&j->file.source.schema);
    struct mop_cell *cells = j->cells + b->n * width;
    int rc = fetch(j, r, e);
    if (rc != 1)
        return rc;
    j->nheld = b->n + 1;
    struct mop_row *row = &b->rows[b->n];
    *row = (struct mop_row){.record = ++j->records,
                            .line = r->begin.line,
                            .fault = r->fault,
                            .fault_at = r->fault_at,
                            .fault_note = r->note};
    if (!r->fault && !r->bad_bytes)
        row->fault_at = (struct mop_loc){0};
    memset(cells, 0, width * sizeof *cells);
    if (mop_json_fill(j, r, row, cells, e) < 0 || check_row(j, r, cells, e))
        return -1;
    row->cells = row->fault ? NULL : cells;
    row->cell_faults &= !row->fault;
    b->n++;
    return 1;
}

static void reset_batch(struct mop_json *j, struct mop_batch *b)
{
    for (size_t i = 0; i < j->nheld; i++)
        mop_json_record_release(&j->held[i]);
    j->nheld = j->text = b->n = 0;
    mop_arena_reset(&j->batch);
}

static void note_strangers(struct mop_json *j)
{
    size_t shown = 0;
    uint64_t more = j->more_strangers;
    for (size_t i = 0; i < j->strangers.n; i++) {
        const struct mop_map_entry *x = &j->strangers.entries[i];
        if (shown++ < MOP_JSON_NAMED)
            mop_file_source_note(
                &j->file,
                "column '%.*s' is not in the first %d records and is left out (in %llu records)",
                MOP_SV_ARG(mop_shown(&j->batch, x->key)), MOP_JSON_SAMPLE,
                (unsigned long long)x->item);
        else
            more += x->item;
    }
    if (more)
        mop_file_source_note(&j->file, "%llu values of further such columns are left out",
                             (unsigned long long)more);
}

int mop_json_next(struct mop_source *s, struct mop_batch *b, struct mop_err *e)
{
    struct mop_json *j = (struct mop_json *)s;
    int rc = 1;
    reset_batch(j, b);
    if (j->file.late.code == 0 && !j->file.done) {
        while (rc == 1 && b->n < j->max_rows && j->text < MOP_BATCH_BYTES)
            rc = add_row(j, b, &j->file.late);
        j->file.done = mop_file_source_end(&j->file, rc) == 0;
        mop_file_source_progress(&j->file);
        if (rc != 1)
            note_strangers(j);
    }
    if (b->n)
        return 1;
    if (j->file.late.code)
        *e = j->file.late;
    return j->file.late.code ? -1 : 0;
}
