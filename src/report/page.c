/* SPDX-License-Identifier: MIT */
#include "report/page.h"
#include <stdlib.h>

enum { TEXT_MAX = 1 << 16, WIDTH_MIN = 80, WIDTH_MAX = 120, WIDTH_USUAL = 100 };

static struct mop_sv format(struct mop_page *p, const char *fmt, va_list ap)
{
    struct mop_buf b;
    mop_buf_init(&b, TEXT_MAX);
    mop_buf_vprintf(&b, fmt, ap);
    struct mop_sv s = mop_arena_copy(&p->arena, mop_buf_view(&b));
    mop_buf_release(&b);
    return s;
}

#define FORMATTED(text)                                                                            \
    va_list ap;                                                                                    \
    va_start(ap, fmt);                                                                             \
    struct mop_sv text = format(p, fmt, ap);                                                       \
    va_end(ap)

void mop_heading(struct mop_page *p, int level, const char *fmt, ...)
{
    FORMATTED(text);
    p->items = level == 1 ? 0 : p->items;
    p->style->heading(p, level, text);
    p->fresh = true;
}

void mop_para(struct mop_page *p, enum mop_tone tone, const char *fmt, ...)
{
    FORMATTED(text);
    p->style->para(p, tone, text);
    p->fresh = false;
}

void mop_item(struct mop_page *p, enum mop_tone tone, const char *fmt, ...)
{
    FORMATTED(text);
    p->items++;
    p->style->item(p, tone, text);
    p->fresh = false;
}

void mop_step(struct mop_page *p, size_t number, struct mop_sv what, struct mop_sv more)
{
    p->style->step(p, number, what, more);
    p->fresh = false;
}

void mop_grid_init(struct mop_grid *g, const struct mop_grid_column *columns, size_t n)
{
    *g = (struct mop_grid){.ncolumns = n};
    for (size_t i = 0; i < n; i++)
        g->columns[i] = columns[i];
}

void mop_grid_add(struct mop_grid *g, enum mop_tone tone, struct mop_sv text)
{
    MOP_GROW(g->cells, g->n, g->cap);
    g->cells[g->n++] = (struct mop_grid_cell){text, tone};
}

void mop_grid_str(struct mop_grid *g, const char *text)
{
    mop_grid_add(g, MOP_TONE_PLAIN, mop_sv_of(text));
}

bool mop_grid_used(const struct mop_grid *g, size_t column)
{
    for (size_t i = column; i < g->n; i += g->ncolumns)
        if (g->cells[i].text.n || g->cells[i].tone == MOP_TONE_DATA)
            return true;
    return false;
}

void mop_grid_draw(struct mop_page *p, struct mop_grid *g)
{
    if (g->n) {
        p->style->table(p, g);
        p->fresh = false;
    }
    free(g->cells);
    g->cells = NULL;
    g->n = g->cap = 0;
}

size_t mop_page_most(const struct mop_page *p, size_t n, size_t brief, size_t full)
{
    size_t most = p->brief ? brief : full;
    return n < most ? n : most;
}

/* "rules left out" of one is "rule left out": the first word that ends in s is the noun. */
static struct mop_sv singular(struct mop_arena *a, struct mop_sv of)
{
    for (size_t i = 1; i <= of.n; i++)
        if (of.p[i - 1] == 's' && (i == of.n || of.p[i] == ' ' || of.p[i] == ','))
            return mop_arena_printf(a, "%.*s%.*s", (int)i - 1, of.p,
                                    MOP_SV_ARG(mop_sv_sub(of, i, of.n)));
    return of;
}

void mop_page_more(struct mop_page *p, size_t n, size_t shown, const char *of)
{
    struct mop_sv what = mop_sv_of(of);
    if (n > shown)
        mop_para(p, MOP_TONE_FAINT, "and %.*s more %.*s",
                 MOP_SV_ARG(mop_shown_count(&p->arena, n - shown)),
                 MOP_SV_ARG(n - shown == 1 ? singular(&p->arena, what) : what));
}

static size_t columns_of(const struct mop_format_options *o)
{
    if (!o->width)
        return WIDTH_USUAL;
    return o->width < WIDTH_MIN ? WIDTH_MIN : o->width > WIDTH_MAX ? WIDTH_MAX : o->width;
}

int mop_page_write(struct mop_page *p, const mop_section *sections, struct mop_err *e)
{
    mop_arena_init(&p->arena);
    p->width = columns_of(p->o);
    p->fresh = true;
    for (size_t i = 0; sections[i]; i++) {
        sections[i](p);
        mop_arena_reset(&p->arena);
    }
    mop_arena_release(&p->arena);
    return mop_out_flush(p->out, e);
}
