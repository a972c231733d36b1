/* SPDX-License-Identifier: MIT */
#ifndef TEST_RECORDS_H
#define TEST_RECORDS_H
/* An exporter run over given bytes, all of it written down as text: what the tests of csv and json
 * compare. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "../../src/record/batch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BYTES(lit) (lit), sizeof(lit) - 1

static char records_path[64];

static inline const char *records_file(const char *ending, const char *bytes, size_t n)
{
    snprintf(records_path, sizeof records_path, "/tmp/mopslint-test-%ld%s", (long)getpid(), ending);
    FILE *f = fopen(records_path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
    return records_path;
}

static inline void records_bytes(struct mop_buf *out, struct mop_sv s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char ch = (unsigned char)s.p[i];
        if (ch < ' ' || ch == 0x7F || ch == 0xFF)
            mop_buf_printf(out, "<%02X>", ch);
        else
            mop_buf_chr(out, s.p[i]);
    }
}

static inline void records_cell(struct mop_buf *out, const struct mop_cell *c)
{
    static const char *const faults[] = {"", "!encoding", "!nul"};
    if (c->presence == MOP_GIVEN)
        records_bytes(out, c->v);
    else
        mop_buf_str(out, c->presence == MOP_NULL ? "NULL" : "ABSENT");
    mop_buf_str(out, faults[c->fault]);
}

/* record@line a|b, and of a fault: "!ragged line:col note" */
static inline void records_row(struct mop_buf *out, const struct mop_row *row, size_t width)
{
    static const char *const faults[] = {"", "!ragged", "!json"};
    mop_buf_printf(out, "%llu@%llu ", (unsigned long long)row->record,
                   (unsigned long long)row->line);
    for (size_t i = 0; !row->fault && i < width; i++) {
        mop_buf_str(out, i ? "|" : "");
        records_cell(out, &row->cells[i]);
    }
    if (row->fault || row->cell_faults)
        mop_buf_printf(out, "%s %u:%u %.*s", faults[row->fault], row->fault_at.line,
                       row->fault_at.col, MOP_SV_ARG(row->fault_note));
    mop_buf_chr(out, '\n');
}

static inline void records_error(struct mop_buf *out, const struct mop_err *e)
{
    mop_buf_printf(out, "error %d %u:%u %s%s%s\n", e->code, e->at.line, e->at.col, e->msg,
                   e->hint[0] ? " / " : "", e->hint);
}

/* Notes only if asked for. The caller releases `out`. */
static inline void records_read(struct mop_buf *out, const struct mop_exporter *x, const char *path,
                                const struct mop_source_options *o, bool notes)
{
    struct mop_err e = {0};
    struct mop_batch *b = mop_alloc(sizeof *b);
    mop_buf_init(out, (size_t)1 << 26);
    struct mop_source *s = x->open(path, o, &e);
    int rc = s ? 1 : -1;
    for (size_t i = 0; s && i < s->schema.n; i++) {
        mop_buf_str(out, i ? "|" : "");
        records_bytes(out, s->schema.columns[i]);
    }
    if (s)
        mop_buf_chr(out, '\n');
    while (s && (rc = x->next(s, b, &e)) == 1)
        for (size_t i = 0; i < b->n; i++)
            records_row(out, &b->rows[i], s->schema.n);
    for (size_t i = 0; s && notes && i < s->nnotes; i++)
        mop_buf_printf(out, "note: %.*s\n", MOP_SV_ARG(s->notes[i]));
    if (rc < 0)
        records_error(out, &e);
    else
        assert_int_equal(e.code, 0);
    if (s)
        x->close(s);
    free(b);
}

static inline void records_expect(const struct mop_exporter *x, const char *ending,
                                  const char *bytes, size_t n, const struct mop_source_options *o,
                                  bool notes, const char *want)
{
    struct mop_buf out;
    records_read(&out, x, records_file(ending, bytes, n), o, notes);
    unlink(records_path);
    assert_string_equal(out.p, want);
    mop_buf_release(&out);
}

/* A file of the shared public data; skips the test with a message where it is absent. */
static inline char *records_real(const char *name)
{
    static char path[512];
    const char *root = getenv("MOP_REAL_DATA");
    snprintf(path, sizeof path, "%s/%s", root ? root : "../shared/data", name);
    if (access(path, R_OK) == 0)
        return path;
    print_message("skipped: no %s\n", path);
    skip();
    return NULL;
}

struct records_count {
    uint64_t rows, row_faults, cell_faults, blank;
    size_t columns;
    char faults[128]; /* "72:109 87:36 " */
};
static inline struct records_count records_count(const struct mop_exporter *x, const char *path,
                                                 const struct mop_source_options *o)
{
    struct mop_err e = {0};
    struct records_count n = {0};
    struct mop_batch *b = mop_alloc(sizeof *b);
    struct mop_source *s = x->open(path, o, &e);
    if (!s)
        fail_msg("%s: %s", path, e.msg);
    n.columns = s->schema.n;
    int rc;
    while ((rc = x->next(s, b, &e)) == 1)
        for (size_t r = 0; r < b->n; r++) {
            const struct mop_row *row = &b->rows[r];
            size_t used = strlen(n.faults);
            n.rows++;
            n.row_faults += row->fault != MOP_ROW_OK;
            n.cell_faults += row->cell_faults;
            if (row->cell_faults)
                snprintf(n.faults + used, sizeof n.faults - used, "%u:%u ", row->fault_at.line,
                         row->fault_at.col);
            for (size_t i = 0; row->cells && i < s->schema.n; i++)
                n.blank += row->cells[i].presence == MOP_GIVEN && row->cells[i].v.n == 0;
        }
    if (rc)
        fail_msg("%s:%u: %s", path, e.at.line, e.msg);
    x->close(s);
    free(b);
    return n;
}
#endif
