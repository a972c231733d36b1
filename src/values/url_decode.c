/* SPDX-License-Identifier: MIT */
#include "url.h"
#include "ascii.h"

static int hex(char c)
{
    if (mop_is_digit(c)) {
        return c - '0';
    }
    char low = (char)(c | 0x20);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

static bool escape_at(struct mop_sv s, size_t i)
{
    return s.p[i] == '%' && s.n - i > 2 && hex(s.p[i + 1]) >= 0 && hex(s.p[i + 2]) >= 0;
}

size_t mop_url_bad_escape(struct mop_sv s)
{
    for (size_t i = mop_sv_find(s, '%'); i < s.n; i++) {
        if (s.p[i] == '%' && !escape_at(s, i)) {
            return i;
        }
    }
    return s.n;
}

bool mop_url_has_escape(struct mop_sv s)
{
    for (size_t i = mop_sv_find(s, '%'); i < s.n; i++) {
        if (escape_at(s, i)) {
            return true;
        }
    }
    return false;
}

struct mop_sv mop_url_decode(struct mop_arena *a, struct mop_sv s, bool plus)
{
    bool blanks = plus && mop_sv_find(s, '+') < s.n;
    if (!blanks && !mop_url_has_escape(s)) {
        return s;
    }
    char *out = mop_arena_alloc(a, s.n);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (escape_at(s, i)) {
            out[n++] = (char)(hex(s.p[i + 1]) << 4 | hex(s.p[i + 2]));
            i += 2;
        } else {
            out[n++] = s.p[i] == '+' && plus ? ' ' : s.p[i];
        }
    }
    return (struct mop_sv){out, n};
}
