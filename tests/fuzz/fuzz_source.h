/* SPDX-License-Identifier: MIT */
#ifndef FUZZ_SOURCE_H
#define FUZZ_SOURCE_H
/* An exporter run over fuzzed bytes, with what must hold for every row it delivers. */
#include "../../src/base/utf8.h"
#include "../../src/record/batch.h"
#include "fuzz_file.h"
#include <string.h>

static void fuzz_cell(const struct mop_cell *c)
{
    struct mop_sv v = c->v;
    bool good = c->presence != MOP_GIVEN ||
                (mop_utf8_check(v) == v.n && (v.n == 0 || !memchr(v.p, '\0', v.n)));
    fuzz_require(good == (c->fault == MOP_CELL_OK));
}

static void fuzz_row(const struct mop_row *row, size_t width, uint64_t record, uint64_t line)
{
    bool faults = false;
    fuzz_require(row->record == record && row->line >= line &&
                 (row->fault || row->cells || width == 0));
    for (size_t i = 0; !row->fault && i < width; i++) {
        fuzz_cell(&row->cells[i]);
        faults = faults || row->cells[i].fault;
    }
    fuzz_require(faults == row->cell_faults);
    if (faults || row->fault)
        fuzz_require(row->fault_at.line >= row->line && row->fault_at.col >= 1 &&
                     row->fault_note.n > 0);
}

static void fuzz_source(const struct mop_exporter *x, const char *path,
                        const struct mop_source_options *o)
{
    static struct mop_batch b;
    struct mop_err e = {0};
    struct mop_source *s = x->open(path, o, &e);
    uint64_t record = 0, line = 1;
    int rc = s ? 1 : -1;
    if (s && s->schema.nobjects)
        memset(s->schema.wanted, true, s->schema.nobjects);
    while (s && (rc = x->next(s, &b, &e)) == 1) {
        fuzz_require(b.n > 0 && b.n <= MOP_BATCH_ROWS);
        for (size_t i = 0; i < b.n; i++) {
            fuzz_row(&b.rows[i], mop_schema_width(&s->schema), ++record, line);
            line = b.rows[i].line;
        }
    }
    fuzz_require((rc < 0) == (e.code != 0) && (rc >= 0 || e.msg[0]));
    if (s) {
        fuzz_require(x->next(s, &b, &e) == rc && b.n == 0); /* the end stays the end */
        x->close(s);
    }
    unlink(path);
}
#endif
