/* SPDX-License-Identifier: MIT */
#ifndef MOP_OUT_H
#define MOP_OUT_H
#include "base/err.h"

/*
 * Where a report's bytes go: a buffer of bounded size before a function that takes them. The first
 * refusal is kept and ends the writing; whoever writes looks once, at the flush.
 */
typedef int (*mop_out_write)(void *ctx, const char *p, size_t n, struct mop_err *e);
struct mop_out {
    struct mop_buf buf;
    mop_out_write write;
    void *ctx;
    struct mop_err err; /* code 0: none */
};
void mop_out_init(struct mop_out *o, mop_out_write write, void *ctx);
void mop_out_release(struct mop_out *o); /* does not flush */
void mop_out_add(struct mop_out *o, const char *p, size_t n);
void mop_out_sv(struct mop_out *o, struct mop_sv s);
void mop_out_str(struct mop_out *o, const char *s);
void mop_out_chr(struct mop_out *o, char c);
void mop_out_unicode(struct mop_out *o, uint32_t cp); /* as JSON escapes it, \uNNNN */
void mop_out_pad(struct mop_out *o, size_t blanks);
/* How HTML and XML write a character that would be markup; NULL: as it stands. */
const char *mop_out_entity(char c);
int mop_out_flush(struct mop_out *o, struct mop_err *e);

/* A sink into a capped buffer, for tests and for callers that want the text: ctx is the mop_buf. */
int mop_out_to_buf(void *buf, const char *p, size_t n, struct mop_err *e);
#endif
