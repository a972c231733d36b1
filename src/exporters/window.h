/* SPDX-License-Identifier: MIT */
#ifndef MOP_WINDOW_H
#define MOP_WINDOW_H
#include "input.h"

/*
 * A moving window on an input: the bytes [0, n) from p, the first of them `base` bytes into the
 * text. It grows by blocks while its owner needs what came before, and slides when told. Its owner
 * caps it.
 */
struct mop_window {
    struct mop_input *in;
    char *p;
    size_t n, cap;
    uint64_t base;
    bool eof;
};
/* The window owns the input from here on. */
void mop_window_init(struct mop_window *w, struct mop_input *in);
void mop_window_release(struct mop_window *w);
/* Adds a block at the end: 1, 0 at the end of the input, -1 with *e set. p may move. */
int mop_window_more(struct mop_window *w, struct mop_err *e);
/* Forgets the first `from` bytes. p[0] is then what was p[from]. */
void mop_window_drop(struct mop_window *w, size_t from);
#endif
