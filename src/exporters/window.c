/* SPDX-License-Identifier: MIT */
#include "window.h"

#include <stdlib.h>
#include <string.h>

void mop_window_init(struct mop_window *w, struct mop_input *in)
{
    *w = (struct mop_window){.in = in};
}

void mop_window_release(struct mop_window *w)
{
    mop_input_close(w->in);
    free(w->p);
    *w = (struct mop_window){0};
}

int mop_window_more(struct mop_window *w, struct mop_err *e)
{
    if (w->eof)
        return 0;
    if (w->cap - w->n < MOP_INPUT_BLOCK) {
        w->cap = w->cap ? w->cap * 2 : 2 * (size_t)MOP_INPUT_BLOCK;
        w->p = mop_realloc(w->p, w->cap, 1);
    }
    long got = mop_input_read(w->in, w->p + w->n, MOP_INPUT_BLOCK, e);
    if (got < 0)
        return -1;
    w->n += (size_t)got;
    w->eof = got == 0;
    return got > 0;
}

void mop_window_drop(struct mop_window *w, size_t from)
{
    if (from == 0)
        return;
    memmove(w->p, w->p + from, w->n - from);
    w->n -= from;
    w->base += from;
}
