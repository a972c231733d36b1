/* SPDX-License-Identifier: MIT */
#include "input_parts.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* Unzips concatenated members. A stream that stops early is an error, never a shorter file. */
struct mop_gunzip {
    z_stream z;
    bool inside;  /* of a member */
    bool padding; /* only zeros may follow */
    char block[MOP_INPUT_BLOCK];
};

struct mop_gunzip *mop_gunzip_create(void)
{
    struct mop_gunzip *g = mop_alloc(sizeof *g);
    g->z.zalloc = mop_zalloc;
    g->z.zfree = mop_zfree;
    g->inside = inflateInit2(&g->z, 15 + 16) == Z_OK;
    if (g->inside)
        return g;
    free(g);
    return NULL;
}

void mop_gunzip_free(struct mop_gunzip *g)
{
    if (!g)
        return;
    inflateEnd(&g->z);
    free(g);
}

static int fail(struct mop_input *in, struct mop_err *e, const char *what)
{
    mop_err_set(e, 3, mop_input_loc(in), "%s", what);
    return -1;
}

/* More zipped bytes: 1, 0 at the end of the file, -1. */
static int refill(struct mop_gunzip *g, struct mop_input *in, struct mop_err *e)
{
    if (g->z.avail_in)
        return 1;
    long n = mop_input_file(in, g->block, sizeof g->block, e);
    if (n <= 0)
        return (int)n;
    g->z.next_in = (Bytef *)g->block;
    g->z.avail_in = (uInt)n;
    return 1;
}

/* Between members: another one, zeros up to a block's end, or nothing. */
static int between(struct mop_gunzip *g, struct mop_input *in, struct mop_err *e)
{
    if (!g->padding && *g->z.next_in == 0x1f) {
        g->inside = true;
        inflateReset(&g->z);
        return 0;
    }
    g->padding = true;
    for (; g->z.avail_in; g->z.avail_in--, g->z.next_in++)
        if (*g->z.next_in)
            return fail(in, e, "other bytes follow the end of the gzip data");
    return 0;
}

/* One step inside a member; output goes to z.next_out. */
static int step(struct mop_gunzip *g, struct mop_input *in, struct mop_err *e)
{
    int rc = inflate(&g->z, Z_NO_FLUSH);
    if (rc == Z_STREAM_END)
        g->inside = false;
    else if (rc == Z_MEM_ERROR)
        return fail(in, e, "out of memory while unzipping");
    else if (rc != Z_OK && rc != Z_BUF_ERROR)
        return fail(in, e, "damaged gzip data");
    return 0;
}

long mop_gunzip_pull(struct mop_gunzip *g, struct mop_input *in, char *dst, size_t cap,
                     struct mop_err *e)
{
    g->z.next_out = (Bytef *)dst;
    g->z.avail_out = (uInt)cap;
    while (g->z.avail_out == (uInt)cap) {
        int more = refill(g, in, e);
        if (more < 0)
            return -1;
        if (more == 0)
            return g->inside ? fail(in, e, "the gzip data ends too early: the file is not whole")
                             : 0;
        if ((g->inside ? step : between)(g, in, e) < 0)
            return -1;
    }
    return (long)(cap - g->z.avail_out);
}
