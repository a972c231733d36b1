/* SPDX-License-Identifier: MIT */
#include "report/findings.h"
#include "base/utf8.h"
#include <string.h>

/*
 * RFC 4180. A cell that a spreadsheet would take for a formula (= + - @ TAB CR at its start) gets a
 * leading quote mark, as spreadsheets themselves write text that looks like one. A line of the file
 * is one finding: newlines stand as \n, and other control characters are escaped as in the report.
 */

static bool is_formula(struct mop_sv s)
{
    return s.n && s.p[0] && strchr("=+-@\t\r", s.p[0]);
}

static bool needs_quotes(struct mop_sv s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '"' || s.p[i] == ',' || s.p[i] == '\n' || s.p[i] == '\r' || s.p[i] == ';' ||
            s.p[i] == '\t')
            return true;
    return s.n && (s.p[0] == ' ' || s.p[s.n - 1] == ' ');
}

/* Safe to print, and in one line: a log must not take a value for a command of its own. */
static struct mop_sv one_line(struct mop_buf *b, struct mop_sv s)
{
    for (size_t i = 0; i < s.n;) {
        uint32_t cp;
        size_t len = mop_utf8_decode(s, i, &cp);
        struct mop_sv one = mop_sv_sub(s, i, i + (len ? len : 1));
        if (one.p[0] == '\n')
            mop_buf_str(b, "\\n");
        else if (one.p[0] == '\r')
            mop_buf_str(b, "\\r");
        else if (one.p[0] == '\t' || (len && !mop_utf8_is_hidden(cp)))
            mop_buf_sv(b, one);
        else
            mop_utf8_show(b, one, SIZE_MAX);
        i += one.n;
    }
    return mop_buf_view(b);
}

static bool is_plain(struct mop_sv s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ' || (unsigned char)s.p[i] >= 0x7F)
            return false;
    return true;
}

static void add_text(struct mop_out *out, struct mop_sv s)
{
    bool quoted = needs_quotes(s);
    mop_out_str(out, quoted ? "\"" : "");
    mop_out_str(out, is_formula(s) ? "'" : "");
    while (quoted && s.n) {
        size_t quote = mop_sv_find(s, '"');
        mop_out_sv(out, mop_sv_sub(s, 0, quote));
        mop_out_str(out, quote < s.n ? "\"\"" : "");
        s = mop_sv_sub(s, quote + 1, s.n);
    }
    if (s.n)
        mop_out_sv(out, s);
    mop_out_str(out, quoted ? "\"" : "");
}

void mop_csv_cell(struct mop_out *out, struct mop_sv s)
{
    if (is_plain(s)) {
        add_text(out, s);
        return;
    }
    struct mop_buf b;
    mop_buf_init(&b, SIZE_MAX);
    add_text(out, one_line(&b, s));
    mop_buf_release(&b);
}

static void csv_head(struct mop_out *out)
{
    for (size_t i = 0; i < MOP_FC_COLUMNS; i++) {
        mop_out_str(out, i ? "," : "");
        mop_out_str(out, mop_finding_columns[i]);
    }
    mop_out_str(out, "\r\n");
}

static void csv_line(struct mop_out *out, const struct mop_finding_line *l)
{
    for (size_t i = 0; i < MOP_FC_COLUMNS; i++) {
        mop_out_str(out, i ? "," : "");
        mop_csv_cell(out, l->cell[i]);
    }
    mop_out_str(out, "\r\n");
}

const struct mop_findings_form mop_findings_csv = {".csv", csv_head, csv_line};
