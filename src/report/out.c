/* SPDX-License-Identifier: MIT */
#include "report/out.h"
#include <string.h>

enum { PIECE = 64 * 1024 };

void mop_out_init(struct mop_out *o, mop_out_write write, void *ctx)
{
    *o = (struct mop_out){.write = write, .ctx = ctx};
    mop_buf_init(&o->buf, PIECE);
}

void mop_out_release(struct mop_out *o)
{
    mop_buf_release(&o->buf);
}

static void hand_over(struct mop_out *o, const char *p, size_t n)
{
    if (n && !o->err.code)
        o->write(o->ctx, p, n, &o->err);
}

static void empty(struct mop_out *o)
{
    hand_over(o, o->buf.p, o->buf.n);
    mop_buf_reset(&o->buf);
}

void mop_out_add(struct mop_out *o, const char *p, size_t n)
{
    if (n > PIECE - o->buf.n)
        empty(o);
    if (n > PIECE)
        hand_over(o, p, n);
    else
        mop_buf_add(&o->buf, p, n);
}

void mop_out_sv(struct mop_out *o, struct mop_sv s)
{
    mop_out_add(o, s.p, s.n);
}

void mop_out_str(struct mop_out *o, const char *s)
{
    mop_out_add(o, s, strlen(s));
}

void mop_out_chr(struct mop_out *o, char c)
{
    mop_out_add(o, &c, 1);
}

static void add_unit(struct mop_out *o, uint32_t unit)
{
    static const char hex[] = "0123456789abcdef";
    mop_out_str(o, "\\u");
    for (int shift = 12; shift >= 0; shift -= 4)
        mop_out_chr(o, hex[unit >> shift & 15]);
}

void mop_out_unicode(struct mop_out *o, uint32_t cp)
{
    if (cp < 0x10000) {
        add_unit(o, cp);
        return;
    }
    add_unit(o, 0xD800 + ((cp - 0x10000) >> 10));
    add_unit(o, 0xDC00 + ((cp - 0x10000) & 0x3FF));
}

void mop_out_pad(struct mop_out *o, size_t blanks)
{
    while (blanks--)
        mop_out_chr(o, ' ');
}

const char *mop_out_entity(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

int mop_out_flush(struct mop_out *o, struct mop_err *e)
{
    empty(o);
    if (!o->err.code)
        return 0;
    if (!e->code)
        *e = o->err;
    return -1;
}

int mop_out_to_buf(void *buf, const char *p, size_t n, struct mop_err *e)
{
    struct mop_buf *b = buf;
    mop_buf_add(b, p, n);
    if (!b->over)
        return 0;
    mop_err_set(e, 3, (struct mop_loc){0}, "the report is larger than %zu bytes", b->max);
    return -1;
}
