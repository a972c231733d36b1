/* SPDX-License-Identifier: MIT */
#ifndef MOP_BUF_H
#define MOP_BUF_H
#include "sv.h"
#include <stdarg.h>

/*
 * A growing byte buffer with a cap given at init, so that hostile sizes become errors and not
 * allocations. A piece that does not fit whole is not added, nor anything after it, and `over`
 * stays set; the caller looks once at the end. The bytes are always NUL-terminated behind .n. What
 * is added must not lie in the buffer itself.
 */
struct mop_buf {
    char *p;
    size_t n, cap, max;
    bool over;
};
void mop_buf_init(struct mop_buf *b, size_t max);
/* In the caller's memory, for at most size - 1 bytes; nothing is to be released. */
void mop_buf_fixed(struct mop_buf *b, char *room, size_t size);
void mop_buf_release(struct mop_buf *b);
void mop_buf_reset(struct mop_buf *b); /* empties, keeps memory, clears over */
void mop_buf_add(struct mop_buf *b, const void *p, size_t n);
void mop_buf_sv(struct mop_buf *b, struct mop_sv s);
void mop_buf_str(struct mop_buf *b, const char *s);
void mop_buf_chr(struct mop_buf *b, char c);
void mop_buf_printf(struct mop_buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void mop_buf_vprintf(struct mop_buf *b, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));
struct mop_sv mop_buf_view(const struct mop_buf *b); /* valid until the next change */
#endif
