/* SPDX-License-Identifier: MIT */
#ifndef MOP_WHY_H
#define MOP_WHY_H
#include "../base/buf.h"

/* Adds a reason to `why` unless it is NULL. Returns false, so that a reader can `return
 * mop_why(...)`. */
bool mop_why(struct mop_buf *why, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Names one code point for a reader: 'x', or U+00A0 when it is not printable ASCII. */
void mop_why_char(struct mop_buf *why, uint32_t cp);
#endif
