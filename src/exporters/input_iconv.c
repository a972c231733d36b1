/* SPDX-License-Identifier: MIT */
#include "input_parts.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Turns a declared encoding into UTF-8, block by block. */
struct mop_convert {
    iconv_t cd;
    size_t unit; /* bytes of the encoding's smallest unit: what is skipped when it has no meaning */
    size_t from, to; /* unread part of `block` */
    bool eof;
    char block[MOP_INPUT_BLOCK];
};

static const struct {
    const char *prefix;
    size_t unit;
} units[] = {{"UTF-16", 2}, {"UTF16", 2}, {"UCS-2", 2}, {"UCS2", 2},
             {"UTF-32", 4}, {"UTF32", 4}, {"UCS-4", 4}, {"UCS4", 4}};

static size_t unit_of(const char *name)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strncasecmp(name, units[i].prefix, strlen(units[i].prefix)) == 0)
            return units[i].unit;
    return 1;
}

struct mop_convert *mop_convert_create(const char *from)
{
    /* "//IGNORE" and "//TRANSLIT" would lose or guess; "" is the locale's encoding. */
    if (!*from || strchr(from, '/'))
        return NULL;
    iconv_t cd = iconv_open("UTF-8", from);
    if (cd == (iconv_t)-1)
        return NULL;
    struct mop_convert *c = mop_alloc(sizeof *c);
    c->cd = cd;
    c->unit = unit_of(from);
    return c;
}

void mop_convert_free(struct mop_convert *c)
{
    if (!c)
        return;
    iconv_close(c->cd);
    free(c);
}

static int refill(struct mop_convert *c, struct mop_input *in, struct mop_err *e)
{
    memmove(c->block, c->block + c->from, c->to - c->from);
    c->to -= c->from;
    c->from = 0;
    long n = mop_input_bytes(in, c->block + c->to, sizeof c->block - c->to, e);
    if (n < 0)
        return -1;
    c->to += (size_t)n;
    c->eof = n == 0;
    return 0;
}

/* Past what iconv does not understand; a marker stands for it. */
static size_t skip_bad(struct mop_convert *c, char *dst)
{
    size_t left = c->to - c->from;
    c->from += left < c->unit ? left : c->unit;
    *dst = MOP_INPUT_BAD;
    return 1;
}

long mop_convert_pull(struct mop_convert *c, struct mop_input *in, char *dst, size_t cap,
                      struct mop_err *e)
{
    size_t done = 0;
    bool starved = c->from == c->to; /* iconv needs more bytes than there are */
    while (done < cap) {
        if (starved && !c->eof && done)
            break;
        if (starved && !c->eof && refill(c, in, e) < 0)
            return -1;
        if (c->from == c->to && c->eof)
            break;
        char *src = c->block + c->from, *out = dst + done;
        size_t left = c->to - c->from, room = cap - done;
        size_t rc = iconv(c->cd, &src, &left, &out, &room);
        int why = rc == (size_t)-1 ? errno : 0;
        c->from = c->to - left;
        done = cap - room;
        starved = why == 0 || why == EINVAL;
        if (why == E2BIG || done == cap)
            break;
        if (why == EILSEQ || (why == EINVAL && c->eof))
            done += skip_bad(c, dst + done);
    }
    return (long)done;
}
