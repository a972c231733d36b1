/* SPDX-License-Identifier: MIT */
#include "../base/utf8.h"
#include "pii.h"
#include "url.h"
#include <string.h>

enum { TIMES = MOP_URL_ESCAPED_MAX };

/* What is no UTF-8 becomes U+FFFD. */
static struct mop_sv readable(struct mop_arena *a, struct mop_sv s)
{
    static const char mark[] = "\xef\xbf\xbd";
    if (mop_utf8_check(s) == s.n) {
        return s;
    }
    char *out = mop_arena_alloc(a, 3 * s.n);
    size_t n = 0;
    while (s.n > 0) {
        size_t good = mop_utf8_check(s);
        memcpy(out + n, s.p, good);
        n += good;
        if (good < s.n) {
            memcpy(out + n, mark, 3);
            n += 3;
            good++;
        }
        s = mop_sv_sub(s, good, s.n);
    }
    return (struct mop_sv){out, n};
}

/* What is no guess may stand deeper. */
static struct mop_pii in_piece(struct mop_sv s, bool query, struct mop_pii found,
                               struct mop_arena *a)
{
    for (int undone = 0; !mop_pii_sure(&found) && undone < TIMES && mop_url_has_escape(s);
         undone++) {
        s = readable(a, mop_url_decode(a, s, query && undone == 0));
        found = mop_pii_weigh(found, mop_pii_look(s, false, a));
    }
    return found;
}

/* Piece by piece of a link, as nothing reaches over a '?' or '&', and a '+' is a blank in a query
 * but not before it. */
struct mop_pii mop_pii_escaped(struct mop_sv text, struct mop_arena *scratch)
{
    struct mop_pii found = {MOP_PII_NONE, 0, 0, false};
    for (bool query = false; !mop_pii_sure(&found) && text.n > 0;) {
        size_t end = 0;
        while (end < text.n && text.p[end] != '?' && text.p[end] != '&') {
            end++;
        }
        found = in_piece(mop_sv_sub(text, 0, end), query, found, scratch);
        query |= end < text.n && text.p[end] == '?';
        text = mop_sv_sub(text, end < text.n ? end + 1 : end, text.n);
    }
    return found;
}
