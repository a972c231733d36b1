/* SPDX-License-Identifier: MIT */
#include "gate/brief_read.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Links of a brief: written in it, or the column of a CSV file. */

struct mop_brief_link *mop_brief_add_link(struct mop_brief *b)
{
    if (b->nlinks == b->caplinks) { /* in the arena, which keeps the old ones until the end */
        size_t cap = b->caplinks ? 2 * b->caplinks : 16;
        struct mop_brief_link *more = mop_arena_array(&b->arena, cap, sizeof *more);
        if (b->nlinks)
            memcpy(more, b->links, b->nlinks * sizeof *more);
        b->links = more;
        b->caplinks = cap;
    }
    return &b->links[b->nlinks++];
}

/* ---- in the brief ---- */

/* A link of which all but the address is known. */
static bool says_anything(const struct mop_node *n)
{
    for (size_t i = 0; n->kind == MOP_MAPPING && i < n->n; i++)
        if (mop_said_of(n->item[i]).text.p)
            return true;
    return false;
}

static void read_link(struct mop_brief_reader *r, const struct mop_node *n)
{
    const struct mop_key_table *t = &mop_brief_keys_link;
    struct mop_said url = mop_said_of(n);
    bool open = n->open;
    if (open)
        url = (struct mop_said){n->text, n->at, n->span};
    if (n->kind == MOP_MAPPING && !n->null) {
        mop_brief_check(r, n, t);
        url = mop_brief_need(r, n, t, "url");
        open = url.text.p && mop_node_get(n, "url")->open;
    } else if (n->kind == MOP_LIST) {
        mop_brief_check(r, n, t); /* tells that it is no mapping */
    }
    if (!url.text.p && !says_anything(n))
        return;
    if (!url.text.p) {
        url = (struct mop_said){MOP_SV(""), n->at, n->span};
        open = true;
    }
    struct mop_brief_link *l = mop_brief_add_link(r->b);
    *l = (struct mop_brief_link){.url = url};
    if (open) /* planned, and so not to be forgotten: the check of links tells it */
        l->url.text = MOP_SV("");
    if (n->kind != MOP_MAPPING)
        return;
    l->channel = mop_brief_said(n, t, "channel");
    l->platform = mop_brief_said(n, t, "platform");
    l->name = mop_brief_said(n, t, "name");
    l->printed = mop_brief_bool(r, n, t, "printed");
}

/* ---- in a file ---- */

enum {
    URL = MOP_LINK_URL,
    NAME = MOP_LINK_NAME,
    CHANNEL = MOP_LINK_CHANNEL,
    PLATFORM = MOP_LINK_PLATFORM,
    PRINTED = MOP_LINK_PRINTED,
    COLUMNS = MOP_LINK_COLUMNS
};
const char *const mop_link_columns[COLUMNS] = {"url", "name", "channel", "platform", "printed"};

long mop_link_column(const struct mop_schema *s, struct mop_sv name)
{
    for (size_t i = 0; i < s->n; i++)
        if (mop_sv_eq(s->columns[i], name))
            return (long)i;
    for (size_t i = 0; i < s->n; i++)
        if (mop_sv_eq_nocase(s->columns[i], name))
            return (long)i;
    return -1;
}

static struct mop_said cell_of(struct mop_link_file *f, const struct mop_row *row, int column)
{
    struct mop_said s = {MOP_SV_NONE, {f->path, (uint32_t)row->line, 0}, 1};
    if (f->column[column] < 0)
        return s;
    struct mop_sv text = mop_sv_trim(row->cells[f->column[column]].v);
    if (text.n)
        s.text = mop_arena_copy(&f->b->arena, text);
    return s;
}

static bool is_blank(struct mop_link_file *f, const struct mop_row *row)
{
    for (int i = 0; i < COLUMNS; i++)
        if (i != PRINTED && cell_of(f, row, i).text.p)
            return false;
    return true;
}

/* Read as false, a link on paper would count as one that can be recalled. */
static int bad_printed(const struct mop_said *s, struct mop_err *e)
{
    mop_err_set(e, 2, s->at, "the column 'printed' is true, false or empty, not '%.*s'",
                MOP_SV_ARG(s->text));
    return -1;
}

static int read_row(struct mop_link_file *f, const struct mop_row *row, struct mop_err *e)
{
    if (row->fault) {
        struct mop_loc at = row->fault_at;
        at.file = f->path;
        mop_err_set(e, 3, at, "the links cannot be read: %.*s", MOP_SV_ARG(row->fault_note));
        return -1;
    }
    const struct mop_cell *cell = &row->cells[f->column[URL]];
    struct mop_said url = cell_of(f, row, URL), printed = cell_of(f, row, PRINTED);
    if (!url.text.p && is_blank(f, row))
        return 0;
    if (!url.text.p)
        url.text = MOP_SV(""); /* its link was forgotten: the check of links tells it */
    if (printed.text.p && !mop_said_is(&printed, "true") && !mop_said_is(&printed, "false"))
        return bad_printed(&printed, e);
    struct mop_brief_link *l = mop_brief_add_link(f->b);
    *l = (struct mop_brief_link){.url = url,
                                 .name = cell_of(f, row, NAME),
                                 .channel = cell_of(f, row, CHANNEL),
                                 .platform = cell_of(f, row, PLATFORM),
                                 .printed = mop_said_is(&printed, "true"),
                                 .fault = (enum mop_cell_fault)cell->fault,
                                 .row = row->record};
    if (row->cell_faults && row->fault_at.line == row->line)
        l->url.at.col = row->fault_at.col;
    return 0;
}

int mop_link_file_rows(struct mop_link_file *f, struct mop_err *e)
{
    struct mop_batch *batch = mop_arena_alloc(&f->b->arena, sizeof *batch);
    int more;
    while ((more = f->source->exporter->next(f->source, batch, e)) > 0)
        for (size_t i = 0; i < batch->n; i++)
            if (read_row(f, &batch->rows[i], e))
                return -1;
    return more;
}

static int no_column(const struct mop_link_file *f, struct mop_sv name, struct mop_loc at,
                     struct mop_err *e)
{
    const struct mop_schema *s = &f->source->schema;
    mop_err_set(e, 2, at, "'%s' has no column '%.*s'", f->path, MOP_SV_ARG(name));
    long near = mop_suggest(name, s->columns, s->n);
    if (s->n && mop_looks_like_link(s->columns[0]))
        mop_err_hint(e, "its first line is a link: write the header '%.*s' above it",
                     MOP_SV_ARG(name));
    else if (near >= 0)
        mop_err_hint(e, "did you mean '%.*s'?", MOP_SV_ARG(s->columns[near]));
    return -1;
}

int mop_link_file_bind(struct mop_link_file *f, int column, struct mop_sv name, bool needed,
                       struct mop_loc at, struct mop_err *e)
{
    const struct mop_schema *s = &f->source->schema;
    long found = f->column[column] = mop_link_column(s, name);
    if (found < 0)
        return needed ? no_column(f, name, at, e) : 0;
    for (size_t i = (size_t)found + 1; i < s->n; i++)
        if (mop_sv_eq(s->columns[i], s->columns[found])) {
            mop_err_set(e, 2, (struct mop_loc){f->path, s->at[i].line, s->at[i].col},
                        "the column '%.*s' stands twice", MOP_SV_ARG(s->columns[i]));
            mop_err_hint(e, "name one of them otherwise: which one is meant cannot be told");
            return -1;
        }
    return 0;
}

int mop_link_file_open(struct mop_link_file *f, const struct mop_brief_options *o,
                       struct mop_err *e)
{
    f->source = o->csv->open(f->path, &o->source, e);
    return f->source ? 0 : -1;
}

int mop_link_file_close(struct mop_link_file *f, int rc)
{
    f->source->exporter->close(f->source);
    return rc;
}

/* A brief may come from anyone: it names files beside and below itself, no others. */
static bool leads_out(struct mop_sv path)
{
    struct mop_sv piece, rest = path;
    if (mop_sv_starts(path, MOP_SV("/")))
        return true;
    while (mop_sv_next(&rest, '/', &piece))
        if (mop_sv_eqs(piece, ".."))
            return true;
    return false;
}

static const char *beside(struct mop_brief *b, struct mop_sv path)
{
    const char *slash = strrchr(b->file, '/');
    return slash ? mop_arena_printf(&b->arena, "%.*s/%.*s", (int)(slash - b->file), b->file,
                                    MOP_SV_ARG(path))
                       .p
                 : mop_arena_str(&b->arena, path);
}

/* A link of the file system may lead out, too. */
static bool is_outside(struct mop_brief *b, const char *path)
{
    char dir[PATH_MAX], real[PATH_MAX];
    const char *folder = beside(b, MOP_SV("."));
    if (!realpath(folder, dir) || !realpath(path, real))
        return false; /* opening tells what is wrong */
    size_t n = strlen(dir);
    return strcmp(dir, "/") != 0 && (strncmp(real, dir, n) != 0 || real[n] != '/');
}

static void told_outside(struct mop_brief_reader *r, const struct mop_node *n, struct mop_sv file)
{
    mop_brief_fault(r, "path-outside", mop_node_get(n, "file"),
                    "put the file beside the brief or below it",
                    "'%.*s' leads out of the brief's folder", MOP_SV_ARG(file));
}

static int bind_columns(struct mop_link_file *f, const struct mop_node *n, struct mop_err *e)
{
    for (int i = 0; i < COLUMNS; i++) {
        struct mop_said said = mop_brief_said(n, &mop_brief_keys_link_file, mop_link_columns[i]);
        struct mop_sv name = said.text.p ? said.text : mop_sv_of(mop_link_columns[i]);
        if (mop_link_file_bind(f, i, name, said.text.p || i == URL, said.text.p ? said.at : n->at,
                               e))
            return -1;
    }
    return 0;
}

static int read_file(struct mop_brief_reader *r, const struct mop_node *n, struct mop_err *e)
{
    const struct mop_key_table *t = &mop_brief_keys_link_file;
    size_t before = r->d->faults;
    mop_brief_check(r, n, t);
    struct mop_said file = mop_brief_need(r, n, t, "file");
    if (file.text.p && leads_out(file.text))
        told_outside(r, n, file.text);
    if (r->d->faults > before || !file.text.p)
        return 0;
    struct mop_link_file f = {.b = r->b, .path = beside(r->b, file.text)};
    if (is_outside(r->b, f.path)) {
        told_outside(r, n, file.text);
        return 0;
    }
    r->b->link_file = f.path;
    if (mop_link_file_open(&f, r->o, e))
        return -1;
    return mop_link_file_close(&f, bind_columns(&f, n, e) || mop_link_file_rows(&f, e) ? -1 : 0);
}

int mop_brief_read_links(struct mop_brief_reader *r, const struct mop_node *links,
                         struct mop_err *e)
{
    if (links->kind == MOP_MAPPING)
        return read_file(r, links, e);
    for (size_t i = 0; i < links->n; i++)
        read_link(r, links->item[i]);
    return 0;
}
