/* SPDX-License-Identifier: MIT */
#include "sv.h"
#include "utf8.h"
#include <string.h>

struct mop_sv mop_sv_of(const char *cstr)
{
    return cstr ? (struct mop_sv){cstr, strlen(cstr)} : MOP_SV_NONE;
}

/* memcmp and memchr must not see NULL, even with length 0. */
static int compare_bytes(const char *a, const char *b, size_t n)
{
    return n ? memcmp(a, b, n) : 0;
}

bool mop_sv_eq(struct mop_sv a, struct mop_sv b)
{
    return a.n == b.n && compare_bytes(a.p, b.p, a.n) == 0;
}

bool mop_sv_eqs(struct mop_sv a, const char *cstr)
{
    return mop_sv_eq(a, mop_sv_of(cstr));
}

/* Not tolower(): that one obeys the locale. */
static char lower_ascii(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool mop_sv_eq_nocase(struct mop_sv a, struct mop_sv b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (lower_ascii(a.p[i]) != lower_ascii(b.p[i]))
            return false;
    return true;
}

int mop_sv_cmp(struct mop_sv a, struct mop_sv b)
{
    int order = compare_bytes(a.p, b.p, a.n < b.n ? a.n : b.n);
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

bool mop_sv_starts(struct mop_sv a, struct mop_sv prefix)
{
    return a.n >= prefix.n && compare_bytes(a.p, prefix.p, prefix.n) == 0;
}

bool mop_sv_ends(struct mop_sv a, struct mop_sv suffix)
{
    return a.n >= suffix.n && mop_sv_eq(mop_sv_sub(a, a.n - suffix.n, a.n), suffix);
}

size_t mop_sv_find(struct mop_sv a, char c)
{
    const char *hit = a.n ? memchr(a.p, c, a.n) : NULL;
    return hit ? (size_t)(hit - a.p) : a.n;
}

struct mop_sv mop_sv_sub(struct mop_sv a, size_t from, size_t to)
{
    if (!a.p)
        return MOP_SV_NONE;
    to = to < a.n ? to : a.n;
    from = from < to ? from : to;
    return (struct mop_sv){a.p + from, to - from};
}

bool mop_sv_next(struct mop_sv *rest, char sep, struct mop_sv *piece)
{
    if (!rest->p)
        return false;
    size_t end = mop_sv_find(*rest, sep);
    *piece = mop_sv_sub(*rest, 0, end);
    *rest = end < rest->n ? mop_sv_sub(*rest, end + 1, rest->n) : MOP_SV_NONE;
    return true;
}

static size_t leading_space(struct mop_sv a)
{
    uint32_t cp;
    size_t len = mop_utf8_decode(a, 0, &cp);
    return len && mop_utf8_is_space(cp) ? len : 0;
}

static size_t trailing_space(struct mop_sv a)
{
    size_t start = a.n - 1;
    while (start > 0 && a.n - start < 4 && ((unsigned char)a.p[start] & 0xC0) == 0x80)
        start--;
    struct mop_sv last = mop_sv_sub(a, start, a.n);
    return leading_space(last) == last.n ? last.n : 0;
}

static bool is_graph_ascii(char c)
{
    return c > ' ' && c < 0x7F;
}

struct mop_sv mop_sv_trim(struct mop_sv a)
{
    size_t cut;
    if (a.n && is_graph_ascii(a.p[0]) && is_graph_ascii(a.p[a.n - 1]))
        return a;
    while (a.n && (cut = leading_space(a)))
        a = mop_sv_sub(a, cut, a.n);
    while (a.n && (cut = trailing_space(a)))
        a.n -= cut;
    return a;
}

bool mop_sv_u64(struct mop_sv a, uint64_t *out)
{
    uint64_t v = 0;
    for (size_t i = 0; i < a.n; i++) {
        unsigned digit = (unsigned)((unsigned char)a.p[i] - '0');
        if (digit > 9 || v > (UINT64_MAX - digit) / 10)
            return false;
        v = v * 10 + digit;
    }
    if (a.n)
        *out = v;
    return a.n > 0;
}
