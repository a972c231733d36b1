/* SPDX-License-Identifier: MIT */
#include "err.h"
#include "text.h"
#include "utf8.h"
#include <stdint.h>
#include <string.h>

void mop_err_set(struct mop_err *e, int code, struct mop_loc at, const char *fmt, ...)
{
    if (!e)
        return;
    if (e->code) {
        e->late = true; /* so that the hint that follows is dropped with it */
        return;
    }
    va_list ap;
    va_start(ap, fmt);
    mop_text_format(e->msg, sizeof e->msg, fmt, ap);
    va_end(ap);
    e->code = code;
    e->at = at;
}

void mop_err_hint(struct mop_err *e, const char *fmt, ...)
{
    if (!e || e->late || e->hint[0])
        return;
    va_list ap;
    va_start(ap, fmt);
    mop_text_format(e->hint, sizeof e->hint, fmt, ap);
    va_end(ap);
}

static void format(char *out, size_t cap, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    mop_text_format(out, cap, fmt, ap);
    va_end(ap);
}

void mop_err_name(struct mop_err *e, const char *name)
{
    char words[sizeof e->msg];
    if (!e || e->code != 3 || mop_sv_ends(mop_sv_of(e->msg), MOP_SV("]")))
        return;
    format(words, sizeof words - strlen(name) - strlen(" []"), "%s", e->msg);
    format(e->msg, sizeof e->msg, "%s [%s]", words, name);
}

void mop_err_print(const struct mop_err *e, struct mop_buf *out, bool color)
{
    struct mop_buf b;
    mop_buf_init(&b, SIZE_MAX);
    mop_diag_head(&b, MOP_FAULT, e->at, color);
    mop_utf8_show(&b, mop_sv_of(e->msg), SIZE_MAX);
    mop_buf_chr(&b, '\n');
    mop_diag_tail(&b, mop_sv_of(e->hint));
    mop_text_log(out, mop_buf_view(&b));
    mop_buf_release(&b);
}
