/* SPDX-License-Identifier: MIT */
#include "buf.h"
#include "mem.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What .p of an empty buffer points to; cap == 0 says that it is not ours to write or free. */
static char nothing[1];

void mop_buf_init(struct mop_buf *b, size_t max)
{
    /* Half of size_t, so that n + 1 and doubling cannot wrap. */
    *b = (struct mop_buf){.p = nothing, .max = max < SIZE_MAX / 2 ? max : SIZE_MAX / 2};
}

void mop_buf_fixed(struct mop_buf *b, char *room, size_t size)
{
    *b = (struct mop_buf){.p = room, .cap = size, .max = size - 1};
    room[0] = '\0';
}

void mop_buf_release(struct mop_buf *b)
{
    if (b->cap)
        free(b->p);
    mop_buf_init(b, b->max);
}

void mop_buf_reset(struct mop_buf *b)
{
    b->n = 0;
    b->over = false;
    if (b->cap)
        b->p[0] = '\0';
}

static void reserve(struct mop_buf *b, size_t need)
{
    if (need <= b->cap)
        return;
    size_t cap = b->cap ? b->cap * 2 : 64;
    cap = cap < need ? need : cap;
    cap = cap > b->max + 1 ? b->max + 1 : cap;
    b->p = mop_realloc(b->cap ? b->p : NULL, cap, 1);
    b->cap = cap;
}

/* Room for n more bytes and the NUL, or NULL. */
static char *extend(struct mop_buf *b, size_t n)
{
    if (b->over || n > b->max - b->n) {
        b->over = true;
        return NULL;
    }
    reserve(b, b->n + n + 1);
    char *at = b->p + b->n;
    b->n += n;
    b->p[b->n] = '\0';
    return at;
}

void mop_buf_add(struct mop_buf *b, const void *p, size_t n)
{
    char *at = n ? extend(b, n) : NULL;
    if (at)
        memcpy(at, p, n);
}

void mop_buf_sv(struct mop_buf *b, struct mop_sv s)
{
    mop_buf_add(b, s.p, s.n);
}

void mop_buf_str(struct mop_buf *b, const char *s)
{
    mop_buf_add(b, s, strlen(s));
}

void mop_buf_chr(struct mop_buf *b, char c)
{
    mop_buf_add(b, &c, 1);
}

void mop_buf_printf(struct mop_buf *b, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    mop_buf_vprintf(b, fmt, ap);
    va_end(ap);
}

void mop_buf_vprintf(struct mop_buf *b, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    size_t room = b->cap ? b->cap - b->n : 0;
    int n = vsnprintf(room ? b->p + b->n : NULL, room, fmt, ap);
    char *at = n > 0 ? extend(b, (size_t)n) : NULL;
    if (at && (size_t)n >= room)
        vsnprintf(at, (size_t)n + 1, fmt, again);
    else if (!at && room)
        b->p[b->n] = '\0';
    va_end(again);
}

struct mop_sv mop_buf_view(const struct mop_buf *b)
{
    return (struct mop_sv){b->p ? b->p : nothing, b->n};
}
