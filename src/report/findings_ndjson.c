/* SPDX-License-Identifier: MIT */
#include "report/findings.h"
#include "base/utf8.h"

/*
 * One object per line with the keys of the CSV. Written by hand: there may be tens of millions of
 * findings, and a tree per line would be most of the run's time.
 */

/* How a column stands in JSON; the others are text, null if empty. */
static const enum {
    TEXT,
    NUMBER,
    TRUTH,
    TEXT_ALWAYS
} shapes[MOP_FC_COLUMNS] = {[MOP_FC_line] = NUMBER,
                            [MOP_FC_suppressed] = TRUTH,
                            [MOP_FC_certain] = TRUTH,
                            [MOP_FC_value] = TEXT_ALWAYS};

static void add_escape(struct mop_out *out, uint32_t cp)
{
    if (cp == '"' || cp == '\\') {
        mop_out_chr(out, '\\');
        mop_out_chr(out, (char)cp);
    } else {
        mop_out_unicode(out, cp);
    }
}

static void add_text(struct mop_out *out, struct mop_sv s)
{
    size_t start = 0;
    mop_out_chr(out, '"');
    for (size_t i = 0; i < s.n;) {
        uint32_t cp;
        size_t len = mop_utf8_decode(s, i, &cp);
        bool plain = len && cp != '"' && cp != '\\' && !mop_utf8_is_hidden(cp);
        if (!plain) {
            mop_out_add(out, s.p + start, i - start);
            if (len)
                add_escape(out, cp);
            else
                mop_out_str(out, "\xEF\xBF\xBD");
            start = i + (len ? len : 1);
        }
        i += len ? len : 1;
    }
    mop_out_add(out, s.p + start, s.n - start);
    mop_out_chr(out, '"');
}

static void add_member(struct mop_out *out, size_t column, struct mop_sv v)
{
    mop_out_chr(out, '"');
    mop_out_str(out, mop_finding_columns[column]);
    mop_out_str(out, "\": ");
    if (!v.n && shapes[column] != TEXT_ALWAYS)
        mop_out_str(out, "null");
    else if (shapes[column] == NUMBER || shapes[column] == TRUTH)
        mop_out_sv(out, v);
    else
        add_text(out, v);
}

static void ndjson_head(struct mop_out *out)
{
    (void)out;
}

static void ndjson_line(struct mop_out *out, const struct mop_finding_line *l)
{
    for (size_t i = 0; i < MOP_FC_COLUMNS; i++) {
        mop_out_str(out, i ? ", " : "{");
        add_member(out, i, l->cell[i]);
    }
    mop_out_str(out, "}\n");
}

const struct mop_findings_form mop_findings_ndjson = {".ndjson", ndjson_head, ndjson_line};
