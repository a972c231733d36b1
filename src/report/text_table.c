/* SPDX-License-Identifier: MIT */
#include "report/text.h"
#include "base/utf8.h"
#include <string.h>

/* Tables of a text report: columns side by side as long as they fit. */
enum { INDENT = 2, GAP = 2, FLEXIBLE_MIN = 12, DATA_MAX = 40 };

static struct mop_sv cell_text(struct mop_page *p, const struct mop_grid_cell *c)
{
    if (c->tone != MOP_TONE_DATA)
        return mop_text_shown(p, c->text, SIZE_MAX);
    if (!c->text.n)
        return MOP_SV("(blank)");
    return mop_arena_printf(&p->arena, "'%.*s'",
                            MOP_SV_ARG(mop_shown_text(&p->arena, c->text, DATA_MAX)));
}

struct layout {
    size_t width[MOP_GRID_COLUMNS];
    bool used[MOP_GRID_COLUMNS];
    struct mop_sv *text; /* per cell */
};

static void measure(struct mop_page *p, const struct mop_grid *g, struct layout *l)
{
    l->text = mop_arena_array(&p->arena, g->n, sizeof *l->text);
    for (size_t c = 0; c < g->ncolumns; c++) {
        l->used[c] = mop_grid_used(g, c);
        l->width[c] = l->used[c] ? mop_utf8_width(mop_sv_of(g->columns[c].title)) : 0;
    }
    for (size_t i = 0; i + g->ncolumns <= g->n; i += g->ncolumns)
        for (size_t c = 0; c < g->ncolumns; c++) {
            l->text[i + c] = cell_text(p, &g->cells[i + c]);
            size_t w = mop_utf8_width(l->text[i + c]);
            l->width[c] = w > l->width[c] ? w : l->width[c];
        }
}

static size_t whole_width(const struct mop_grid *g, const struct layout *l)
{
    size_t w = INDENT, gap = 0;
    for (size_t c = 0; c < g->ncolumns; c++) {
        w += l->used[c] ? gap + l->width[c] : 0;
        gap = l->used[c] ? GAP : gap;
    }
    return w;
}

/* What flexible columns can give away. */
static size_t slack(const struct mop_grid *g, const struct layout *l)
{
    size_t n = 0;
    for (size_t c = 0; c < g->ncolumns; c++)
        if (g->columns[c].fit != MOP_FIT_WHOLE && l->width[c] > FLEXIBLE_MIN)
            n += l->width[c] - FLEXIBLE_MIN;
    return n;
}

static size_t widest_flexible(const struct mop_grid *g, const struct layout *l)
{
    size_t widest = SIZE_MAX;
    for (size_t c = 0; c < g->ncolumns; c++)
        if (g->columns[c].fit != MOP_FIT_WHOLE &&
            (widest == SIZE_MAX || l->width[c] > l->width[widest]))
            widest = c;
    return widest;
}

/* Takes from the widest flexible column, one by one, until the table fits. One that cannot goes on
 * below, where there is room for names: they are only kept from filling the page. */
static void shrink(const struct mop_page *p, const struct mop_grid *g, struct layout *l)
{
    size_t w = whole_width(g, l);
    bool fits = w <= p->width + slack(g, l);
    for (; fits && w > p->width; w--)
        l->width[widest_flexible(g, l)]--;
    for (size_t c = 0; !fits && c < g->ncolumns; c++) {
        size_t most = p->width / (c ? 4 : 3);
        if (g->columns[c].fit != MOP_FIT_WHOLE && l->width[c] > most)
            l->width[c] = most;
    }
}

/* Where a text is best broken so that at most `width` columns stand before: behind a blank, else
 * behind what divides a name, else anywhere. */
static size_t break_at(struct mop_sv text, size_t width)
{
    size_t fits = 0, best = 0;
    for (size_t i = 1; i <= text.n && mop_utf8_width(mop_sv_sub(text, 0, i)) <= width; i++) {
        if (i < text.n && ((unsigned char)text.p[i] & 0xC0) == 0x80)
            continue;
        bool blank = text.p[i - 1] == ' ', after_blank = best && text.p[best - 1] == ' ';
        fits = i;
        if (blank || (!after_blank && strchr("._-/:,", text.p[i - 1])))
            best = i;
    }
    return fits == text.n ? fits : best ? best : fits;
}

/* The first line of what is left in a cell; takes it off. */
static struct mop_sv take_line(struct mop_page *p, const struct mop_grid *g, size_t c,
                               struct mop_sv *rest, size_t width)
{
    size_t n = g->columns[c].fit >= MOP_FIT_TEXT ? break_at(*rest, width) : rest->n;
    n = n ? n : rest->n;
    struct mop_sv line = mop_text_shown(p, mop_sv_trim(mop_sv_sub(*rest, 0, n)), width);
    *rest = mop_sv_sub(*rest, n, rest->n);
    return line;
}

/* One line of the row; takes what it shows off `rest`. False: nothing is left. */
static bool add_line(struct mop_page *p, const struct mop_grid *g, const struct layout *l,
                     struct mop_sv *rest, const struct mop_grid_cell *cells)
{
    size_t owed = INDENT; /* blanks before the next text: none at a line's end */
    bool more = false;
    for (size_t c = 0; c < g->ncolumns; c++) {
        if (!l->used[c])
            continue;
        struct mop_sv t = take_line(p, g, c, &rest[c], l->width[c]);
        size_t w = mop_utf8_width(t), pad = w < l->width[c] ? l->width[c] - w : 0;
        more |= rest[c].n > 0;
        if (t.n) {
            mop_out_pad(p->out, owed + (g->columns[c].right ? pad : 0));
            mop_text_toned(p, cells ? cells[c].tone : MOP_TONE_FAINT, t);
            owed = g->columns[c].right ? 0 : pad;
        } else {
            owed += l->width[c];
        }
        owed += GAP;
    }
    mop_out_chr(p->out, '\n');
    return more;
}

static void add_row(struct mop_page *p, const struct mop_grid *g, const struct layout *l,
                    const struct mop_sv *text, const struct mop_grid_cell *cells)
{
    struct mop_sv rest[MOP_GRID_COLUMNS];
    memcpy(rest, text, g->ncolumns * sizeof *rest);
    while (add_line(p, g, l, rest, cells)) {
    }
}

static void add_titles(struct mop_page *p, const struct mop_grid *g, const struct layout *l)
{
    struct mop_sv titles[MOP_GRID_COLUMNS];
    bool any = false;
    for (size_t c = 0; c < g->ncolumns; c++) {
        titles[c] = mop_sv_of(g->columns[c].title);
        any |= l->used[c] && titles[c].n;
    }
    if (any)
        add_row(p, g, l, titles, NULL);
}

static void draw_rows(struct mop_page *p, const struct mop_grid *g, const struct layout *l)
{
    add_titles(p, g, l);
    for (size_t i = 0; i + g->ncolumns <= g->n; i += g->ncolumns)
        add_row(p, g, l, l->text + i, g->cells + i);
}

static bool is_key(const struct mop_grid *g, size_t c)
{
    return c == 0 || g->columns[c].fit == MOP_FIT_KEY;
}

/* The keys and as many columns from `next` on as fit; the number of the one after them. */
static size_t take_columns(const struct mop_page *p, const struct mop_grid *g,
                           const struct layout *all, size_t next, struct layout *part)
{
    *part = *all;
    for (size_t c = 0; c < g->ncolumns; c++)
        part->used[c] = all->used[c] && is_key(g, c);
    bool any = false;
    for (; next < g->ncolumns; next++) {
        if (is_key(g, next) || !all->used[next])
            continue;
        part->used[next] = true;
        if (any && whole_width(g, part) > p->width) {
            part->used[next] = false;
            break;
        }
        any = true;
    }
    return next;
}

void mop_text_table(struct mop_page *p, const struct mop_grid *g)
{
    struct layout l, part;
    measure(p, g, &l);
    shrink(p, g, &l);
    size_t next = 1;
    do {
        next = take_columns(p, g, &l, next, &part);
        draw_rows(p, g, &part);
    } while (next < g->ncolumns);
}
