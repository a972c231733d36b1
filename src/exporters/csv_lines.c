/* SPDX-License-Identifier: MIT */
#include "csv_source.h"

#include <string.h>

/* Moves over the text line by line and keeps count, so that every record has its place. */

static size_t search(struct mop_csv *c, size_t *found, char ch)
{
    const struct mop_window *w = &c->file.w;
    size_t from = *found > c->at ? *found : c->at;
    const char *hit = memchr(w->p + from, ch, w->n - from);
    *found = hit ? (size_t)(hit - w->p) : w->n;
    return *found;
}

size_t mop_csv_rest_of_line(struct mop_csv *c)
{
    const struct mop_window *w = &c->file.w;
    size_t lf = search(c, &c->next_lf, '\n'), cr = search(c, &c->next_cr, '\r');
    size_t end = lf < cr ? lf : cr;
    if (end == w->n)
        return w->n - c->at;
    if (w->p[end] == '\r' && lf < w->n && end + 1 == lf)
        end++;
    return end + 1 - c->at;
}

bool mop_csv_advance(struct mop_csv *c, size_t len)
{
    const char *p = c->file.w.p + c->at;
    char last = p[len - 1];
    bool second_half = last == '\n' && len == 1 && c->after_cr && c->cr_lines;
    bool ended = last == '\n' || (last == '\r' && c->cr_lines);
    c->at += len;
    c->after_cr = last == '\r';
    if (ended) {
        c->line += !second_half;
        c->line_start = c->file.w.base + c->at;
    }
    return ended && !second_half;
}

int mop_csv_refill(struct mop_csv *c, bool open, struct mop_err *e)
{
    struct mop_window *w = &c->file.w;
    uint64_t here = w->base + c->at;
    if (!open && c->nrows && here - c->batch_begin >= MOP_BATCH_BYTES)
        return 2;
    if (!open && !c->nrows)
        c->batch_begin = here;
    size_t gone = (size_t)(c->batch_begin - w->base);
    mop_window_drop(w, gone);
    c->at -= gone;
    c->next_lf = c->next_cr = c->at;
    return mop_window_more(w, e);
}

struct csv_place mop_csv_here(const struct mop_csv *c)
{
    return (struct csv_place){c->file.w.base + c->at, c->line, c->line_start};
}

int mop_csv_skip_line(struct mop_csv *c, struct mop_err *e)
{
    const struct mop_window *w = &c->file.w;
    size_t before = 0;
    for (;;) {
        if (c->at == w->n) {
            c->batch_begin = w->base + c->at;
            int more = mop_csv_refill(c, false, e);
            if (more <= 0)
                return more < 0 ? -1 : before > 0;
        }
        size_t len = mop_csv_rest_of_line(c);
        before += len;
        if (mop_csv_advance(c, len))
            return 1;
    }
}
