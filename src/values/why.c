/* SPDX-License-Identifier: MIT */
#include "why.h"

bool mop_why(struct mop_buf *why, const char *fmt, ...)
{
    if (why) {
        va_list ap;
        va_start(ap, fmt);
        mop_buf_vprintf(why, fmt, ap);
        va_end(ap);
    }
    return false;
}

void mop_why_char(struct mop_buf *why, uint32_t cp)
{
    if (cp == ' ') {
        mop_why(why, "a blank");
    } else if (cp > 0x20 && cp < 0x7f) {
        mop_why(why, "the character '%c'", (int)cp);
    } else {
        mop_why(why, "the character U+%04X", (unsigned)cp);
    }
}
