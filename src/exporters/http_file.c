/* SPDX-License-Identifier: MIT */
#include "http_parts.h"

#include "../base/transport.h"
#include "json_error.h"
#include "source.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * CSV and NDJSON over HTTP: the answer goes to a file without a name first, and is read from there
 * by the exporters of files. So a cut is known before the first record is judged, and memory does
 * not grow.
 */

int mop_http_spool(void)
{
    const char *dir = getenv("TMPDIR");
    char path[4096];
    int n = snprintf(path, sizeof path, "%s/mopslint-XXXXXX", dir && *dir ? dir : "/tmp");
    int fd = n < (int)sizeof path ? mkstemp(path) : -1;
    if (fd >= 0)
        unlink(path);
    return fd;
}

static int open_spool(struct mop_http *h, struct mop_err *e)
{
    h->answer.fd = mop_http_spool();
    if (h->answer.fd < 0)
        return mop_http_fail(h, e, "disk", "cannot make a temporary file: %s", strerror(errno));
    return 0;
}

/* What the stream says it holds, for longer than its connector lives. */
static struct mop_sv *types_for(struct mop_arena *a, const struct mop_texts *record)
{
    struct mop_sv *types = mop_arena_array(a, record->n + 1, sizeof *types);
    for (size_t i = 0; i < record->n; i++)
        types[i] = mop_arena_copy(a, record->list[i]);
    return types;
}

/* Encodings are never guessed, and servers say one that the file has not: UTF-8, or it is told. */
static void note_charset(struct mop_http *h, struct mop_file_source *f)
{
    struct mop_sv said = mop_media_charset(mop_answer_header(&h->answer, "content-type"));
    if (said.n && !mop_sv_eq_nocase(said, MOP_SV("utf-8")) &&
        !mop_sv_eq_nocase(said, MOP_SV("us-ascii")))
        mop_file_source_note(f, "the answer says charset '%.*s': it is read as UTF-8",
                             MOP_SV_ARG(mop_shown(&h->batch, mop_http_masked_text(h, said))));
}

/* JSON or HTML under the name of CSV: a header does not begin so. */
static int check_begin(struct mop_http *h, struct mop_err *e)
{
    static const char *const others[] = {"<!", "<?", "<html", "<body", "{\"",
                                         "{}", "[{", "[]",    "[\"",   NULL};
    char head[64];
    ssize_t n = pread(h->answer.fd, head, sizeof head, 0);
    struct mop_sv text = {head, n > 0 ? (size_t)n : 0};
    if (mop_sv_starts(text, MOP_SV("\xEF\xBB\xBF")))
        text = mop_sv_sub(text, 3, text.n);
    text = mop_sv_trim(text);
    for (size_t i = 0; !h->accepted && others[i]; i++)
        if (mop_sv_eq_nocase(mop_sv_sub(text, 0, strlen(others[i])), mop_sv_of(others[i]))) {
            mop_http_fail(h, e, "bad-file", "the answer begins with '%s' and is no CSV", others[i]);
            mop_err_hint(e, "an error, or a login page?");
            return -1;
        }
    return 0;
}

static bool has_column(const struct mop_source *s, struct mop_sv name)
{
    for (size_t i = 0; i < s->schema.n; i++)
        if (mop_sv_eq(s->schema.columns[i], name))
            return true;
    return false;
}

/* What the stream must have: of each text the names between commas. */
static void list_columns(struct mop_http *h, struct mop_file_source *f)
{
    const struct mop_texts *texts = &h->s->must_have;
    for (int add = 0; add < 2; add++) { /* first counted, then added */
        size_t n = 0;
        for (size_t i = 0; i < texts->n; i++) {
            struct mop_sv rest = mop_http_text(h, &h->batch, texts->list[i]), name;
            while (mop_sv_next(&rest, ',', &name))
                if ((name = mop_sv_trim(name)).n && n++ < f->nmust && add)
                    f->must[n - 1] = mop_arena_copy(&f->arena, name);
        }
        f->nmust = n;
        if (!add)
            f->must = mop_arena_array(&f->arena, n + 1, sizeof *f->must);
    }
}

/* A CSV whose header names nothing but what errors are told in, or begins as their texts do. */
static int doubt_columns(struct mop_http *h, const struct mop_source *s, struct mop_err *e)
{
    static const char *const begins[] = {"error:", "exception:", "fatal:", "failed:"};
    enum mop_error_word most = MOP_ERROR_NO;
    bool tells = s->schema.n > 0;
    for (size_t i = 0; tells && i < s->schema.n; i++) {
        enum mop_error_word word = mop_error_word(mop_sv_trim(s->schema.columns[i]));
        tells = word != MOP_ERROR_NO;
        most = word > most ? word : most;
    }
    tells &= most >= MOP_ERROR_TELLS;
    for (size_t i = 0; s->schema.n && i < sizeof begins / sizeof *begins; i++)
        tells |= mop_sv_eq_nocase(mop_sv_sub(s->schema.columns[0], 0, strlen(begins[i])),
                                  mop_sv_of(begins[i]));
    if (!tells)
        return 0;
    mop_http_fail(h, e, "bad-file", "the header names what an error is told in, and no record's");
    mop_err_hint(e, "if these are records, name the columns: must_have of the stream");
    return -1;
}

/* Without what the stream must have it is another file, whatever its name. */
static int check_columns(struct mop_http *h, struct mop_source *s, struct mop_err *e)
{
    struct mop_file_source *f = (struct mop_file_source *)s;
    list_columns(h, f);
    for (size_t i = 0; i < f->nmust; i++)
        if (!has_column(s, f->must[i]))
            return mop_http_fail(h, e, "bad-file", "the answer has no column '%.*s', which it must",
                                 MOP_SV_ARG(mop_sv_sub(f->must[i], 0, 60)));
    return h->s->decoder == MOP_DECODE_CSV && f->doubtful && !f->nmust ? doubt_columns(h, s, e) : 0;
}

/* The file is open a second time by the exporter's own descriptor. */
static struct mop_source *read_spool(struct mop_http *h, const struct mop_source_options *o,
                                     struct mop_err *e)
{
    static const struct mop_source_options defaults;
    struct mop_file_source f = {0};
    char path[64];
    snprintf(path, sizeof path, "/dev/fd/%d", h->answer.fd);
    if (mop_file_source_init(&f, path, o ? o : &defaults, e)) {
        e->at.file = h->source.name;
        mop_file_source_release(&f);
        return NULL;
    }
    mop_input_rename(f.w.in, h->source.name);
    f.source.name = h->source.name;
    f.source.rereadable = false;
    f.fetched = true;
    f.doubtful = !h->accepted;
    f.source.ntypes = h->s->record.n;
    f.source.types = types_for(&f.arena, &h->s->record);
    uint64_t requests = mop_client_requests(h->client);
    mop_file_source_note(&f, "fetched %llu bytes in %llu request%s",
                         (unsigned long long)h->answer.received, (unsigned long long)requests,
                         requests == 1 ? "" : "s");
    if (!o || !o->encoding)
        note_charset(h, &f);
    return h->s->decoder == MOP_DECODE_CSV ? mop_csv_read(&f, o ? o : &defaults, e)
                                           : mop_json_read_lines(&f, e);
}

struct mop_source *mop_http_open_file(struct mop_http *h, const struct mop_source_options *o,
                                      struct mop_err *e)
{
    struct mop_source *s = NULL;
    int rc = open_spool(h, e) ? -1 : mop_http_ask(h, e);
    if (rc == 1)
        mop_http_fail(h, e, "no-file", "the answer is status %ld and holds no file",
                      h->answer.status);
    if (rc == 0 && h->s->decoder == MOP_DECODE_CSV)
        rc = check_begin(h, e);
    if (rc == 0 && !(s = read_spool(h, o, e)))
        mop_err_name(e, "bad-file");
    if (s && check_columns(h, s, e)) {
        s->exporter->close(s);
        s = NULL;
    }
    if (h->answer.fd >= 0)
        close(h->answer.fd);
    mop_http_free(h);
    return s;
}
