/* SPDX-License-Identifier: MIT */
#include "http_parts.h"

#include <stdlib.h>
#include <zlib.h>

/*
 * Packed answers that are no files. libcurl would unpack them, but takes one that ends before its
 * checksum for whole.
 */

int mop_answer_packing(struct mop_http *h, const struct mop_answer *x, struct mop_err *e)
{
    struct mop_sv packed = mop_answer_header(x, "content-encoding");
    if (!packed.n || mop_sv_eq_nocase(packed, MOP_SV("identity")))
        return 0;
    if (mop_sv_eq_nocase(packed, MOP_SV("gzip")) || mop_sv_eq_nocase(packed, MOP_SV("x-gzip")))
        return 1;
    return mop_http_fail(h, e, "bad-encoding", "an answer is packed as '%.*s'",
                         MOP_SV_ARG(mop_sv_sub(mop_http_masked_text(h, packed), 0, 40)));
}

/* What zlib says last: Z_STREAM_END when there is an end, with its checksum. */
static int inflate_all(z_stream *z, struct mop_buf *out)
{
    enum { PIECE = 64 * 1024 };
    char *piece = mop_alloc(PIECE);
    int rc = Z_OK;
    while (rc == Z_OK && !out->over) {
        z->next_out = (Bytef *)piece;
        z->avail_out = PIECE;
        rc = inflate(z, Z_NO_FLUSH);
        mop_buf_add(out, piece, PIECE - z->avail_out);
    }
    free(piece);
    return rc;
}

static int unpack(struct mop_http *h, struct mop_answer *x, struct mop_err *e)
{
    struct mop_buf out;
    z_stream z = {.zalloc = mop_zalloc,
                  .zfree = mop_zfree,
                  .next_in = (Bytef *)x->body.p,
                  .avail_in = (uInt)x->body.n};
    mop_buf_init(&out, MOP_HTTP_CAP_BODY);
    int rc = inflateInit2(&z, 15 + 16);
    if (rc == Z_OK)
        rc = inflate_all(&z, &out);
    bool more = z.avail_in > 0;
    inflateEnd(&z);
    mop_buf_release(&x->body);
    x->body = out;
    if (out.over)
        return mop_http_fail(h, e, "too-large", "an answer is larger than %d MiB",
                             MOP_HTTP_CAP_BODY >> 20);
    if (rc == Z_STREAM_END && more)
        return mop_http_fail(h, e, "bad-encoding", "bytes follow the end of the packed answer");
    if (rc == Z_STREAM_END)
        return 0;
    mop_http_fail(h, e, "body-cut-short",
                  rc == Z_BUF_ERROR ? "the packed answer ends too early"
                                    : "the answer cannot be unpacked");
    return 1;
}

int mop_answer_unpack(struct mop_http *h, struct mop_answer *x, struct mop_err *e)
{
    int packed = x->body.n ? mop_answer_packing(h, x, e) : 0;
    return packed > 0 ? unpack(h, x, e) : packed;
}
