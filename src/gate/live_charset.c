/* SPDX-License-Identifier: MIT */
#include "live_parts.h"

#include "../base/transport.h"
#include "../base/utf8.h"

/* Pages in UTF-16, which have no tag in bytes that anybody looks for. All other encodings that
 * pages come in have ASCII where ASCII has it. */

enum order { OTHER, LITTLE, BIG };

/* As browsers: the mark at its beginning, then what the server says of it. */
static enum order order_of(struct mop_sv body, struct mop_sv type)
{
    struct mop_sv said = mop_media_charset(type);
    if (mop_sv_starts(body, MOP_SV("\xff\xfe")))
        return LITTLE;
    if (mop_sv_starts(body, MOP_SV("\xfe\xff")))
        return BIG;
    if (mop_sv_eq_nocase(said, MOP_SV("utf-16be")))
        return BIG;
    return mop_sv_eq_nocase(said, MOP_SV("utf-16")) || mop_sv_eq_nocase(said, MOP_SV("utf-16le"))
               ? LITTLE
               : OTHER;
}

static uint32_t unit(struct mop_sv s, size_t at, enum order order)
{
    unsigned char first = (unsigned char)s.p[at], second = (unsigned char)s.p[at + 1];
    return order == BIG ? (uint32_t)(first << 8 | second) : (uint32_t)(second << 8 | first);
}

struct mop_sv mop_live_decoded(struct mop_arena *a, struct mop_sv body, struct mop_sv type)
{
    enum order order = order_of(body, type);
    if (order == OTHER)
        return body;
    char *out = mop_arena_array(a, body.n / 2 + 1, 3); /* a unit is at most three bytes */
    size_t n = 0;
    for (size_t at = 0; at + 1 < body.n; at += 2) {
        uint32_t cp = unit(body, at, order), low = 0;
        if (cp >= 0xD800 && cp < 0xDC00 && at + 3 < body.n)
            low = unit(body, at + 2, order);
        if (low >= 0xDC00 && low < 0xE000) {
            cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
            at += 2;
        } else if (cp >= 0xD800 && cp < 0xE000)
            cp = '?'; /* half a pair */
        if (cp != 0xFEFF)
            n += mop_utf8_put(cp, out + n);
    }
    return (struct mop_sv){out, n};
}
