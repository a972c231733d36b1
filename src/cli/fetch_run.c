/* SPDX-License-Identifier: MIT */
#include "cli/fetch_run.h"
#include "cli/fetch_write.h"
#include "cli/notes.h"
#include "cli/progress.h"
#include "base/interrupt.h"
#include "base/map.h"
#include "report/outfile.h"
#include "report/shown.h"
#include "tables.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* From a source into a file, whole or not at all. */

struct writing {
    struct mop_source *source;
    const struct mop_fetch_format *format;
    struct mop_outfile *file;
    struct mop_buf text;
    uint64_t records;
};

static int put(struct writing *w, struct mop_err *e)
{
    int rc = mop_outfile_write(w->file, w->text.p ? w->text.p : "", w->text.n, e);
    mop_buf_reset(&w->text);
    if (rc)
        mop_err_name(e, "not-written");
    return rc;
}

/* Bytes that are no text: what the reader makes of them may be another value. */
static bool is_garbled(const struct writing *w, const struct mop_row *r)
{
    for (size_t i = 0; r->cell_faults && i < w->source->schema.n; i++)
        if (r->cells[i].fault == MOP_CELL_ENCODING)
            return true;
    return false;
}

static int fail_record(const struct mop_row *r, struct mop_err *e)
{
    mop_err_set(e, 3, r->fault_at, "a record that cannot be read: %.*s", MOP_SV_ARG(r->fault_note));
    mop_err_name(e, r->fault ? "bad-file" : "bad-encoding");
    if (!r->fault)
        mop_err_hint(e, "save the file, and say what it is: mopslint check --encoding "
                        "windows-1252 FILE");
    return -1;
}

static int write_batch(struct writing *w, const struct mop_batch *b, struct mop_err *e)
{
    for (size_t i = 0; i < b->n; i++) {
        const struct mop_row *r = &b->rows[i];
        if (r->fault || is_garbled(w, r))
            return fail_record(r, e);
        w->format->row(&w->text, &w->source->schema, r);
    }
    w->records += b->n;
    return put(w, e);
}

static int write_all(struct writing *w, struct mop_progress *progress, struct mop_err *e)
{
    static struct mop_batch batch;
    mop_progress_callback show = mop_progress_fn(progress);
    int more;
    w->format->begin(&w->text, &w->source->schema);
    while ((more = w->source->exporter->next(w->source, &batch, e)) == 1 && !mop_interrupted) {
        if (write_batch(w, &batch, e))
            return -1;
        if (show)
            show(progress, w->source->name, w->records, w->source->bytes_read,
                 w->source->bytes_total);
    }
    if (!more)
        return put(w, e);
    mop_err_set(e, 3, (struct mop_loc){w->source->name, 0, 0}, "interrupted [interrupted]");
    mop_err_name(e, "bad-file"); /* what has no name yet is the reader's */
    return -1;
}

/* An object holds one value of each name. */
static int check_names(const struct writing *w, struct mop_err *e)
{
    const struct mop_schema *s = &w->source->schema;
    struct mop_map names;
    struct mop_sv twice = MOP_SV_NONE;
    bool added = true;
    mop_map_init(&names);
    for (size_t i = 0; w->format->unique_names && !twice.p && i < s->n; i++) {
        mop_map_put(&names, s->columns[i], &added);
        if (!added)
            twice = s->columns[i];
    }
    mop_map_release(&names);
    if (!twice.p)
        return 0;
    mop_err_set(e, 3, (struct mop_loc){w->source->name, 0, 0}, "two columns are called '%.*s'",
                MOP_SV_ARG(mop_sv_sub(twice, 0, 60)));
    mop_err_name(e, "bad-columns");
    mop_err_hint(e, "a .csv file can hold both");
    return -1;
}

/* What a header cannot say. */
static int check_header(const struct writing *w, struct mop_err *e)
{
    const struct mop_schema *s = &w->source->schema;
    const struct mop_loc at = {w->source->name, 0, 0};
    if (w->format->unique_names)
        return 0;
    for (size_t i = 0; i < s->n; i++)
        if (mop_sv_trim(s->columns[i]).n < s->columns[i].n) {
            mop_err_set(e, 3, at, "column '%.*s' begins or ends with a blank, which CSV loses",
                        MOP_SV_ARG(mop_sv_sub(s->columns[i], 0, 60)));
            mop_err_name(e, "bad-columns");
            mop_err_hint(e, "a .ndjson file can hold it");
            return -1;
        }
    if (s->n)
        return 0;
    mop_err_set(e, 3, at, "no record came, so the columns are not known [no-columns]");
    mop_err_hint(e, "write .ndjson, or name the columns: `fields` of a stream or of a source in "
                    "the settings");
    return -1;
}

static int write_source(struct mop_check_settings *f, struct writing *w, struct mop_err *e)
{
    struct mop_progress progress;
    if (check_names(w, e) || check_header(w, e))
        return -1;
    mop_buf_init(&w->text, SIZE_MAX);
    mop_progress_init(&progress, f);
    progress.rate = true;
    int rc = write_all(w, &progress, e);
    mop_progress_end(&progress);
    mop_buf_release(&w->text);
    return rc;
}

/* Before anything is asked for: a folder that is not there is told at once. */
static int open_output(const struct mop_check_settings *f, struct writing *w, struct mop_err *e)
{
    const char *path = f->output;
    bool standard = !path || !strcmp(path, "-");
    w->format = mop_fetch_format(standard ? ".csv" : path);
    w->file = mop_outfile_open(path, true, e);
    if (!w->file)
        mop_err_name(e, "not-written");
    return w->file ? 0 : -1;
}

static int close_output(struct writing *w, int rc, struct mop_err *e)
{
    if (rc)
        mop_outfile_abort(w->file);
    else if ((rc = mop_outfile_commit(w->file, e)) != 0)
        mop_err_name(e, "not-written");
    return rc;
}

/* ---- what is said at the end ---- */

static void say_notes(const struct mop_check_settings *f, const struct mop_source *s)
{
    for (size_t i = 0; !f->quiet && i < s->nnotes; i++)
        mop_note("%s: %.*s", s->name, MOP_SV_ARG(s->notes[i]));
}

/* What never came is said even to those who want no notes. */
static void say_gaps(struct mop_check_settings *f, const struct mop_source *s)
{
    enum { NAMED = 20 };
    struct mop_diags d;
    struct mop_buf b;
    size_t named = 0, more = 0;
    struct mop_loc at = {s->name, 0, 0};
    mop_diags_init(&d);
    mop_buf_init(&b, 16 << 20);
    for (size_t i = 0; i < s->ngaps; i++) {
        bool warn = s->gaps[i].mapped;
        if (!warn && (f->quiet || named++ >= NAMED))
            more++;
        else
            mop_diag(&d, warn ? MOP_WARN : MOP_NOTE, mop_gap_id(&s->gaps[i]), at, 0, "%.*s",
                     MOP_SV_ARG(mop_gap_words(&f->arena, &s->gaps[i])));
    }
    if (more && !f->quiet)
        mop_diag(&d, MOP_NOTE, mop_gap_not_mapped, at, 0, "%zu more names came that have no column",
                 more);
    mop_diags_print(&d, &b, mop_cli_color(STDERR_FILENO));
    fwrite(b.p ? b.p : "", 1, b.n, stderr);
    mop_buf_release(&b);
    mop_diags_release(&d);
}

int mop_fetch(struct mop_check_settings *f, struct mop_err *e)
{
    struct writing w = {0};
    const char *name = f->sources[0].name;
    const struct mop_exporter *const *x = mop_exporters;
    while (x[1] && !(*x)->takes(name))
        x++;
    f->source.http = &f->http;
    if (open_output(f, &w, e))
        return -1;
    w.source = (*x)->open(name, &f->source, e);
    if (!w.source) {
        mop_outfile_abort(w.file);
        return -1;
    }
    int rc = close_output(&w, write_source(f, &w, e), e);
    if (!rc)
        rc = mop_http_save_state(w.source, e); /* the records are safe now */
    if (!rc) {
        say_notes(f, w.source);
        say_gaps(f, w.source);
    }
    w.source->exporter->close(w.source);
    return rc;
}
