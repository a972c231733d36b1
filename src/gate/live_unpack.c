/* SPDX-License-Identifier: MIT */
#include "live_parts.h"

#include <stdlib.h>
#include <zlib.h>

/*
 * Pages that come packed. libcurl unpacks them, too, but takes one whose end is missing for whole;
 * here the stream itself says where it ends.
 */
struct mop_live_unpack {
    z_stream z;
    bool ended, damaged;
};

struct mop_live_unpack *mop_live_unpack_create(void)
{
    enum { GZIP_OR_ZLIB = 15 + 32 };
    struct mop_live_unpack *x = mop_alloc(sizeof *x);
    x->z.zalloc = mop_zalloc;
    x->z.zfree = mop_zfree;
    x->damaged = inflateInit2(&x->z, GZIP_OR_ZLIB) != Z_OK;
    return x;
}

void mop_live_unpack_free(struct mop_live_unpack *x)
{
    if (x)
        inflateEnd(&x->z);
    free(x);
}

/* Members may follow each other; what else stands behind the end, no program reads. */
static bool begins_anew(struct mop_live_unpack *x)
{
    bool more = x->z.avail_in && *x->z.next_in == 0x1f && inflateReset(&x->z) == Z_OK;
    x->ended = !more;
    return more;
}

bool mop_live_unpack_add(struct mop_live_unpack *x, struct mop_sv packed, struct mop_buf *out,
                         size_t most)
{
    char block[16384];
    x->z.next_in = (Bytef *)(uintptr_t)packed.p;
    x->z.avail_in = (uInt)packed.n;
    for (bool more = !x->ended && !x->damaged; more;) {
        x->z.next_out = (Bytef *)block;
        x->z.avail_out = sizeof block;
        int rc = inflate(&x->z, Z_NO_FLUSH);
        size_t n = sizeof block - x->z.avail_out, room = most - out->n;
        mop_buf_add(out, block, n < room ? n : room);
        if (n > room)
            return false;
        x->damaged = rc != Z_OK && rc != Z_STREAM_END && rc != Z_BUF_ERROR;
        more = rc == Z_STREAM_END ? begins_anew(x) : rc == Z_OK && !x->z.avail_out;
        more = more || (rc == Z_OK && x->z.avail_in);
    }
    return true;
}

CURLcode mop_live_unpack_end(const struct mop_live_unpack *x)
{
    return x->damaged ? CURLE_BAD_CONTENT_ENCODING : x->ended ? CURLE_OK : CURLE_PARTIAL_FILE;
}
