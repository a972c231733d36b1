/* SPDX-License-Identifier: MIT */
#include "cli/fetch_write.h"
#include "base/text.h"

/* In quotes always: so no cell can look like a delimiter, a preamble or an empty line. */
static void csv_cell(struct mop_buf *out, struct mop_sv v)
{
    mop_buf_chr(out, '"');
    for (size_t i = 0; i < v.n; i++) {
        if (v.p[i] == '"')
            mop_buf_chr(out, '"');
        mop_buf_chr(out, v.p[i]);
    }
    mop_buf_chr(out, '"');
}

static void csv_begin(struct mop_buf *out, const struct mop_schema *s)
{
    for (size_t i = 0; i < s->n; i++) {
        if (i)
            mop_buf_chr(out, ',');
        csv_cell(out, s->columns[i]);
    }
    mop_buf_chr(out, '\n');
}

static void csv_row(struct mop_buf *out, const struct mop_schema *s, const struct mop_row *r)
{
    for (size_t i = 0; i < s->n; i++) {
        if (i)
            mop_buf_chr(out, ',');
        csv_cell(out, r->cells[i].v);
    }
    mop_buf_chr(out, '\n');
}

static void json_begin(struct mop_buf *out, const struct mop_schema *s)
{
    (void)out;
    (void)s;
}

static void json_row(struct mop_buf *out, const struct mop_schema *s, const struct mop_row *r)
{
    mop_buf_chr(out, '{');
    for (size_t i = 0; i < s->n; i++) {
        if (i)
            mop_buf_str(out, ", ");
        mop_json_quote(out, s->columns[i]);
        mop_buf_str(out, ": ");
        if (r->cells[i].presence == MOP_GIVEN)
            mop_json_quote(out, r->cells[i].v);
        else
            mop_buf_str(out, "null");
    }
    mop_buf_str(out, "}\n");
}

const struct mop_fetch_format *mop_fetch_format(const char *path)
{
    static const struct mop_fetch_format formats[] = {{".csv", csv_begin, csv_row, false},
                                                      {".ndjson", json_begin, json_row, true},
                                                      {".jsonl", json_begin, json_row, true}};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (mop_sv_ends(mop_sv_of(path), mop_sv_of(formats[i].ending)))
            return &formats[i];
    return NULL;
}
