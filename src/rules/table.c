/* SPDX-License-Identifier: MIT */
#include "rules/loader.h"
#include "base/utf8.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

/*
 * The small CSV files beside a taxonomy: vocabularies, allowed pairs, holidays. RFC 4180 with
 * commas, UTF-8, a header; blanks around a cell are cut. (Input data is read by exporters/csv,
 * which rules must not know.)
 */

enum { TABLE_MAX = 64 << 20 };

struct cutter {
    struct mop_scope *s;
    struct mop_sv text;
    size_t at, line_from;
    uint32_t line;
    const char *path;
};

static int table_fault(struct cutter *c, uint32_t line, const char *msg)
{
    struct mop_loc at = {c->path, line, 1};
    mop_diag(c->s->diags, MOP_FAULT, "bad-table", at, 1, "%s", msg);
    return -1;
}

/* The cell in quotes that begins at c->at; doubled quotes are undone in the arena. */
static int quoted_cell(struct cutter *c, struct mop_sv *out)
{
    uint32_t began = c->line;
    size_t from = ++c->at;
    struct mop_buf b;
    mop_buf_init(&b, TABLE_MAX);
    for (; c->at < c->text.n; c->at++) {
        if (c->text.p[c->at] == '\n') {
            c->line++;
            c->line_from = c->at + 1;
        }
        if (c->text.p[c->at] != '"')
            continue;
        mop_buf_add(&b, c->text.p + from, c->at - from);
        if (c->at + 1 >= c->text.n || c->text.p[c->at + 1] != '"')
            break;
        from = ++c->at;
    }
    if (c->at >= c->text.n) {
        mop_buf_release(&b);
        return table_fault(c, began, "a quoted cell does not end");
    }
    c->at++;
    *out = mop_sv_trim(mop_arena_copy(c->s->arena, mop_buf_view(&b)));
    mop_buf_release(&b);
    return 0;
}

static bool at_end_of_cell(const struct cutter *c)
{
    char ch = c->at < c->text.n ? c->text.p[c->at] : '\n';
    return ch == ',' || ch == '\r' || ch == '\n';
}

static int next_cell(struct cutter *c, struct mop_sv *out)
{
    if (c->at < c->text.n && c->text.p[c->at] == '"') {
        if (quoted_cell(c, out) != 0)
            return -1;
        if (!at_end_of_cell(c))
            return table_fault(c, c->line, "there is text after a closing quote");
        return 0;
    }
    size_t from = c->at;
    while (!at_end_of_cell(c))
        c->at++;
    *out = mop_sv_trim(mop_sv_sub(c->text, from, c->at));
    return 0;
}

static void end_line(struct cutter *c)
{
    if (c->at < c->text.n && c->text.p[c->at] == '\r')
        c->at++;
    if (c->at < c->text.n && c->text.p[c->at] == '\n')
        c->at++;
    c->line++;
    c->line_from = c->at;
}

static int next_row(struct cutter *c, struct mop_table *t, size_t *nwidths, size_t *nlines)
{
    struct mop_sv *cells = NULL, cell;
    uint32_t *cols = NULL, line = c->line;
    size_t n = 0, ncols = 0, nrows = t->n, nrows_too = t->n;
    for (;;) {
        MOP_PUSH(c->s->arena, cols, ncols, (uint32_t)(c->at - c->line_from + 1));
        if (next_cell(c, &cell) != 0)
            return -1;
        MOP_PUSH(c->s->arena, cells, n, cell);
        if (c->at >= c->text.n || c->text.p[c->at] != ',')
            break;
        c->at++;
    }
    end_line(c);
    if (n == 1 && cells[0].n == 0)
        return 0; /* an empty line */
    MOP_PUSH(c->s->arena, t->rows, nrows, cells);
    MOP_PUSH(c->s->arena, t->cols, nrows_too, cols);
    MOP_PUSH(c->s->arena, t->widths, *nwidths, n);
    MOP_PUSH(c->s->arena, t->lines, *nlines, line);
    t->n = nrows;
    return 0;
}

static int slurp(struct mop_scope *s, const struct mop_node *path, const char *name,
                 struct mop_sv *out)
{
    const struct mop_load_options *o = s->loader ? s->loader->o : NULL;
    const struct mop_rule_file *kept = o ? mop_kept_file(s->arena, o, name) : NULL;
    if (kept) {
        *out = kept->text;
        return 0;
    }
    FILE *f = o && o->kept ? NULL : fopen(name, "rb");
    if (!f) {
        mop_scope_fault(s, "unreadable-file", path, "cannot read '%s': %s", name,
                        o && o->kept ? "the history did not keep it" : strerror(errno));
        mop_scope_hint(s, "the path starts from the folder of this rule file");
        return -1;
    }
    struct mop_buf b;
    mop_buf_init(&b, TABLE_MAX);
    char piece[65536];
    size_t n;
    while (!b.over && (n = fread(piece, 1, sizeof piece, f)) > 0)
        mop_buf_add(&b, piece, n);
    bool failed = ferror(f) || b.over;
    fclose(f);
    if (failed)
        mop_scope_fault(s, "unreadable-file", path,
                        b.over ? "'%s' is larger than 64 MiB" : "cannot read '%s'", name);
    else
        *out = mop_arena_copy(s->arena, mop_buf_view(&b));
    mop_buf_release(&b);
    return failed ? -1 : 0;
}

/* The text of the file, read once however often it is named. */
static int table_text(struct mop_scope *s, const struct mop_node *path, const char *name,
                      struct mop_sv *text)
{
    const struct mop_rule_file *known = mop_file_of(s->rules, name);
    if (known) {
        *text = known->text;
        return 0;
    }
    if (slurp(s, path, name, text) != 0)
        return -1;
    const struct mop_rule_file *by = mop_file_of(s->rules, path->at.file);
    struct mop_rule_file f = {.path = name,
                              .dir = "",
                              .origin = path->text,
                              .text = *text,
                              .table = true,
                              .pack = by && by->pack};
    MOP_PUSH(s->arena, s->rules->files, s->rules->nfiles, f);
    mop_diags_file(s->diags, name, *text);
    return 0;
}

int mop_read_table(struct mop_scope *s, const struct mop_node *path, struct mop_table *out)
{
    struct mop_sv rel;
    *out = (struct mop_table){0};
    if (mop_read_text(s, path, &rel) != 0)
        return -1;
    const struct mop_rule_file *of = mop_file_of(s->rules, path->at.file);
    out->path = mop_join(s->arena, of ? of->dir : s->dir, rel);
    struct cutter c = {.s = s, .line = 1, .path = out->path};
    if (table_text(s, path, out->path, &c.text) != 0)
        return -1;
    size_t bad = mop_utf8_check(c.text);
    if (bad < c.text.n) {
        uint32_t line = 1;
        for (size_t i = 0; i < bad; i++)
            line += c.text.p[i] == '\n';
        return table_fault(&c, line, "this is not UTF-8");
    }
    if (mop_sv_starts(c.text, MOP_SV("\xEF\xBB\xBF")))
        c.at = c.line_from = 3;
    size_t nwidths = 0, nlines = 0;
    while (c.at < c.text.n)
        if (next_row(&c, out, &nwidths, &nlines) != 0)
            return -1;
    if (out->n == 0)
        return table_fault(&c, 1, "the file has no header");
    return 0;
}
