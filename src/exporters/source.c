/* SPDX-License-Identifier: MIT */
#include "source.h"

#include "../base/utf8.h"

#include <stdlib.h>
#include <string.h>

const char *const mop_json_extensions[] = {".json", ".ndjson", ".jsonl", NULL};

bool mop_name_has_extension(const char *name, const char *const *exts)
{
    struct mop_sv n = mop_sv_of(name);
    if (n.n > 3 && mop_sv_eq_nocase(mop_sv_sub(n, n.n - 3, n.n), MOP_SV(".gz")))
        n.n -= 3;
    for (; *exts; exts++) {
        struct mop_sv x = mop_sv_of(*exts);
        if (n.n > x.n && mop_sv_eq_nocase(mop_sv_sub(n, n.n - x.n, n.n), x))
            return true;
    }
    return false;
}

int mop_file_source_init(struct mop_file_source *f, const char *name,
                         const struct mop_source_options *o, struct mop_err *e)
{
    mop_arena_init(&f->arena);
    f->source.name = name;
    struct mop_input *in = mop_input_open(name, o->encoding, e);
    mop_window_init(&f->w, in);
    if (!in)
        return -1;
    struct mop_input_facts facts = mop_input_facts(in);
    f->source.bytes_total = facts.bytes_total;
    f->source.rereadable = facts.rereadable;
    return 0;
}

void mop_file_source_release(struct mop_file_source *f)
{
    mop_window_release(&f->w);
    mop_arena_release(&f->arena);
    free(f->source.notes);
}

void mop_source_add_note(struct mop_source *s, size_t *cap, struct mop_arena *a, const char *fmt,
                         va_list ap)
{
    struct mop_buf b;
    mop_buf_init(&b, 4096);
    mop_buf_vprintf(&b, fmt, ap);
    MOP_GROW(s->notes, s->nnotes, *cap);
    s->notes[s->nnotes++] = mop_arena_copy(a, mop_buf_view(&b));
    mop_buf_release(&b);
}

void mop_file_source_note(struct mop_file_source *f, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    mop_source_add_note(&f->source, &f->capnotes, &f->arena, fmt, ap);
    va_end(ap);
}

void mop_file_source_note_input(struct mop_file_source *f)
{
    struct mop_input_facts x = mop_input_facts(f->w.in);
    if (x.gzip)
        mop_file_source_note(f, "gzip, unzipped while reading");
    if (x.by_mark)
        mop_file_source_note(f, "encoding %s (byte order mark)", x.encoding);
    if (x.foreign_mark)
        mop_file_source_note(f, "begins with a byte order mark of %s, read as %s as asked",
                             x.foreign_mark, x.encoding);
}

int mop_file_source_end(struct mop_file_source *f, int rc)
{
    if (rc == 0 && f->doubtful && f->end.code)
        f->late = f->end;
    if (f->fetched)
        mop_err_name(&f->late, "bad-file");
    return rc;
}

void mop_file_source_progress(struct mop_file_source *f)
{
    f->source.bytes_read = mop_input_facts(f->w.in).bytes_read;
}

struct mop_sv mop_shown(struct mop_arena *a, struct mop_sv s)
{
    struct mop_buf b;
    mop_buf_init(&b, 4096);
    mop_utf8_show(&b, s, 60);
    struct mop_sv out = mop_arena_copy(a, mop_buf_view(&b));
    mop_buf_release(&b);
    return out;
}
