/* SPDX-License-Identifier: MIT */
#include "report/repairs.h"
#include <stdlib.h>
#include <string.h>

static bool needs_quotes(struct mop_sv s, char delimiter)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == delimiter || (s.p[i] && strchr("\",;\t\n\r", s.p[i])))
            return true;
    return s.n && (s.p[0] == ' ' || s.p[s.n - 1] == ' ');
}

static void add_cell(struct mop_out *out, struct mop_sv s, char delimiter, bool first)
{
    bool quoted = needs_quotes(s, delimiter);
    if (!first)
        mop_out_chr(out, delimiter);
    mop_out_str(out, quoted ? "\"" : "");
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

static char delimiter_of(const struct mop_repair_source *s)
{
    return s->delimiter ? s->delimiter : ',';
}

static bool is_shown(const struct mop_repair_source *s, size_t column)
{
    return column < s->nkey || s->changed[column];
}

static void add_head(const struct mop_repair_source *s, struct mop_out *out)
{
    mop_out_str(out, s->marked ? "\xEF\xBB\xBF" : "");
    for (size_t i = 0; i < s->ncolumns; i++)
        if (is_shown(s, i))
            add_cell(out, s->columns[i], delimiter_of(s), i == 0);
    mop_out_str(out, "\r\n");
}

static void add_record(const struct mop_repair_source *s, const struct mop_repair_cell *cells,
                       bool undo, struct mop_out *out)
{
    for (size_t i = 0; i < s->ncolumns; i++)
        if (is_shown(s, i))
            add_cell(out, undo ? cells[i].before : cells[i].after, delimiter_of(s), i == 0);
    mop_out_str(out, "\r\n");
}

void mop_repairs_csv(const struct mop_repairs *r, size_t source, bool undo, struct mop_out *out)
{
    const struct mop_repair_source *s = source < r->nsources ? &r->sources[source] : NULL;
    if (!s || !s->nkey) /* an import would not know which record is meant */
        return;
    struct mop_repair_cell *cells = mop_calloc(s->ncolumns, sizeof *cells);
    add_head(s, out);
    for (size_t i = 0; i < r->n; i++) {
        if (r->list[i].source != source || r->list[i].dropped)
            continue;
        mop_repaired_cells(r, &r->list[i], cells);
        add_record(s, cells, undo, out);
    }
    free(cells);
}
