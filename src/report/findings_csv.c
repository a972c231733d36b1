/* SPDX-License-Identifier: MIT */
#include "report/findings.h"
#include <string.h>

/*
 * RFC 4180. A cell that a spreadsheet would take for a formula (= + - @ TAB CR at its start) gets a
 * leading quote mark, as spreadsheets themselves write text that looks like one.
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

static void add_cell(struct mop_out *out, struct mop_sv s)
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
        add_cell(out, l->cell[i]);
    }
    mop_out_str(out, "\r\n");
}

const struct mop_findings_form mop_findings_csv = {".csv", csv_head, csv_line};
