/* SPDX-License-Identifier: MIT */
#include "text.h"
#include "utf8.h"
#include <stdlib.h>
#include <string.h>

/* The sink for messages about files of rules and settings, and how they look on a terminal. */

static const struct level {
    const char *name, *color;
} levels[] = {
    [MOP_NOTE] = {"note", "\033[1;36m"},
    [MOP_WARN] = {"warning", "\033[1;35m"},
    [MOP_FAULT] = {"error", "\033[1;31m"},
};
static const char bold[] = "\033[1m", plain[] = "\033[0m";

void mop_diags_init(struct mop_diags *d)
{
    *d = (struct mop_diags){.n = 0};
    mop_arena_init(&d->arena);
}

void mop_diags_release(struct mop_diags *d)
{
    mop_arena_release(&d->arena);
    free(d->list);
    free(d->files);
    *d = (struct mop_diags){.n = 0};
}

static size_t file_index(const struct mop_diags *d, const char *name)
{
    size_t i = 0;
    while (i < d->nfiles && !(name && strcmp(d->files[i].name, name) == 0))
        i++;
    return i;
}

void mop_diags_file(struct mop_diags *d, const char *name, struct mop_sv text)
{
    size_t i = file_index(d, name);
    if (i == d->nfiles) {
        MOP_GROW(d->files, d->nfiles, d->capfiles);
        d->nfiles++;
    }
    d->files[i] = (struct mop_diag_file){mop_arena_str(&d->arena, mop_sv_of(name)), text};
}

static struct mop_sv format(struct mop_diags *d, const char *fmt, va_list ap)
{
    char line[1024];
    mop_text_format(line, sizeof line, fmt, ap);
    return mop_arena_copy(&d->arena, mop_sv_of(line));
}

struct mop_diag *mop_diag(struct mop_diags *d, enum mop_level level, const char *id,
                          struct mop_loc at, uint32_t span, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    struct mop_sv msg = format(d, fmt, ap);
    va_end(ap);
    if (at.file) /* the loader that named it may be gone when this is printed */
        at.file = mop_arena_str(&d->arena, mop_sv_of(at.file));
    MOP_GROW(d->list, d->n, d->cap);
    struct mop_diag *g = &d->list[d->n++];
    *g = (struct mop_diag){.level = level, .id = id, .at = at, .span = span ? span : 1, .msg = msg};
    d->faults += level == MOP_FAULT;
    return g;
}

void mop_diag_hint(struct mop_diags *d, struct mop_diag *g, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    g->hint = format(d, fmt, ap);
    va_end(ap);
}

/* Order of printing. */

struct entry {
    size_t file, seq;
    struct mop_diag diag;
};

static int order(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int compare_entries(const void *pa, const void *pb)
{
    const struct entry *a = pa, *b = pb;
    int c = order(a->file, b->file);
    if (!c && a->diag.at.file && b->diag.at.file)
        c = strcmp(a->diag.at.file, b->diag.at.file); /* files nobody told us about */
    if (!c)
        c = order(a->diag.at.line, b->diag.at.line);
    if (!c)
        c = order(a->diag.at.col, b->diag.at.col);
    return c ? c : order(a->seq, b->seq);
}

static void sort(struct mop_diags *d)
{
    struct entry *all = mop_calloc(d->n, sizeof *all);
    for (size_t i = 0; i < d->n; i++)
        all[i] = (struct entry){file_index(d, d->list[i].at.file), i, d->list[i]};
    qsort(all, d->n, sizeof *all, compare_entries);
    for (size_t i = 0; i < d->n; i++)
        d->list[i] = all[i].diag;
    free(all);
}

/* Whole messages. */

void mop_diag_head(struct mop_buf *out, enum mop_level level, struct mop_loc at, bool color)
{
    mop_buf_str(out, color ? bold : "");
    if (at.file)
        mop_utf8_show(out, mop_sv_of(at.file), SIZE_MAX);
    if (at.file && at.line)
        mop_buf_printf(out, ":%u", (unsigned)at.line);
    if (at.file && at.line && at.col)
        mop_buf_printf(out, ":%u", (unsigned)at.col);
    mop_buf_str(out, at.file ? ": " : "");
    if (color)
        mop_buf_printf(out, "%s%s:%s ", levels[level].color, levels[level].name, plain);
    else
        mop_buf_printf(out, "%s: ", levels[level].name);
}

void mop_diag_tail(struct mop_buf *out, struct mop_sv hint)
{
    if (!hint.n)
        return;
    mop_buf_str(out, "  hint: ");
    mop_utf8_show(out, hint, SIZE_MAX);
    mop_buf_chr(out, '\n');
}

static void print_diag(const struct mop_diag *g, const struct mop_lines *lines, struct mop_buf *out,
                       bool color)
{
    mop_diag_head(out, g->level, g->at, color);
    mop_utf8_show(out, g->msg, SIZE_MAX);
    if (g->id)
        mop_buf_printf(out, " [%s]", g->id);
    mop_buf_chr(out, '\n');
    struct mop_sv line = lines ? mop_lines_get(lines, g->at.line) : MOP_SV_NONE;
    if (line.p && g->at.col)
        mop_diag_excerpt(out, line, g->at.col, g->span, color);
    mop_diag_tail(out, g->hint);
}

void mop_diags_print(struct mop_diags *d, struct mop_buf *out, bool color)
{
    struct mop_lines lines = {.n = 0};
    struct mop_buf one;
    mop_buf_init(&one, SIZE_MAX);
    size_t current = d->nfiles;
    sort(d);
    for (size_t i = 0; i < d->n; i++) {
        size_t file = file_index(d, d->list[i].at.file);
        if (file != current && file < d->nfiles) {
            mop_lines_release(&lines);
            mop_lines_init(&lines, d->files[file].text);
        }
        current = file;
        print_diag(&d->list[i], file < d->nfiles ? &lines : NULL, &one, color);
        mop_text_log(out, mop_buf_view(&one));
        mop_buf_reset(&one);
    }
    mop_buf_release(&one);
    mop_lines_release(&lines);
}
