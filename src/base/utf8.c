/* SPDX-License-Identifier: MIT */
#include "utf8.h"
#include <string.h>
#include <utf8proc.h>

#define HIGH_BITS UINT64_C(0x8080808080808080)

/* End of the ASCII run that starts at i: eight bytes a step, since most values are nothing else. */
static size_t skip_ascii(struct mop_sv s, size_t i)
{
    for (uint64_t eight; s.n - i >= sizeof eight; i += sizeof eight) {
        memcpy(&eight, s.p + i, sizeof eight);
        if (eight & HIGH_BITS)
            break;
    }
    while (i < s.n && (unsigned char)s.p[i] < 0x80)
        i++;
    return i;
}

/* By the five high bits of the lead byte: length of the sequence, 0 for what cannot lead. */
static const uint8_t SEQUENCE[32] = {
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 3, 3, 4, 0,
};
/* By length: payload bits of the lead byte, and the least code point that needs so many bytes. */
static const uint32_t LEAD_MASK[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
static const uint32_t LEAST[] = {0, 0, 0x80, 0x800, 0x10000};

static bool is_scalar(uint32_t cp)
{
    return cp <= 0x10FFFF && (cp < 0xD800 || cp > 0xDFFF);
}

size_t mop_utf8_decode(struct mop_sv s, size_t i, uint32_t *cp)
{
    if (i >= s.n)
        return 0;
    const unsigned char *p = (const unsigned char *)s.p + i;
    size_t len = SEQUENCE[*p >> 3];
    if (!len || len > s.n - i)
        return 0;
    uint32_t v = *p & LEAD_MASK[len];
    for (size_t k = 1; k < len; k++) {
        if ((p[k] & 0xC0) != 0x80)
            return 0;
        v = v << 6 | (p[k] & 0x3F);
    }
    if (v < LEAST[len] || !is_scalar(v))
        return 0;
    *cp = v;
    return len;
}

size_t mop_utf8_check(struct mop_sv s)
{
    uint32_t cp;
    size_t i = skip_ascii(s, 0), len;
    while ((len = mop_utf8_decode(s, i, &cp)))
        i = len == 1 ? skip_ascii(s, i) : i + len;
    return i;
}

bool mop_utf8_ascii(struct mop_sv s)
{
    return skip_ascii(s, 0) == s.n;
}

uint32_t mop_utf8_next(struct mop_sv s, size_t *i)
{
    uint32_t cp = 0xFFFD;
    size_t len = mop_utf8_decode(s, *i, &cp);
    *i += len ? len : 1;
    return cp;
}

size_t mop_utf8_length(struct mop_sv s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; n++)
        mop_utf8_next(s, &i);
    return n;
}

/* A code point for a code point, so that a fold never needs a second look at its result. */
typedef uint32_t mapping(uint32_t cp);

static uint32_t to_lower(uint32_t cp)
{
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
}

static uint32_t to_upper(uint32_t cp)
{
    return (uint32_t)utf8proc_toupper((utf8proc_int32_t)cp);
}

/* utf8proc folds fully; where that makes several letters, the simple mapping is the lower-case
 * letter. */
static uint32_t to_fold(uint32_t cp)
{
    utf8proc_int32_t full[8];
    int boundary = 0;
    utf8proc_ssize_t n =
        utf8proc_decompose_char((utf8proc_int32_t)cp, full, 8, UTF8PROC_CASEFOLD, &boundary);
    return n == 1 ? (uint32_t)full[0] : to_lower(cp);
}

struct mop_sv mop_utf8_compose(struct mop_arena *a, struct mop_sv s)
{
    const utf8proc_option_t how = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
    const utf8proc_uint8_t *text = (const utf8proc_uint8_t *)s.p;
    if (mop_utf8_ascii(s))
        return s;
    utf8proc_ssize_t len = (utf8proc_ssize_t)s.n, n = utf8proc_decompose(text, len, NULL, 0, how);
    if (n < 0)
        return s;
    utf8proc_int32_t *out = mop_arena_array(a, (size_t)n + 1, sizeof *out);
    utf8proc_decompose(text, len, out, n, how);
    n = utf8proc_reencode(out, n, how);
    return n < 0 ? s : (struct mop_sv){(const char *)out, (size_t)n};
}

/* Offset of the first code point that `map` changes, or s.n. */
static size_t first_changed(struct mop_sv s, mapping *map)
{
    for (size_t i = 0, at = 0; i < s.n; at = i) {
        uint32_t cp = mop_utf8_next(s, &i);
        if (map(cp) != cp)
            return at;
    }
    return s.n;
}

/* Writes the mapped code point or bad byte at *i to `out`; the bytes written. */
size_t mop_utf8_put(uint32_t cp, char to[4])
{
    return (size_t)utf8proc_encode_char((utf8proc_int32_t)cp, (utf8proc_uint8_t *)to);
}

static size_t map_one(struct mop_sv s, size_t *i, mapping *map, char *out)
{
    uint32_t cp;
    size_t len = mop_utf8_decode(s, *i, &cp);
    if (!len) {
        *out = s.p[(*i)++];
        return 1;
    }
    *i += len;
    return mop_utf8_put(map(cp), out);
}

static struct mop_sv map_all(struct mop_arena *a, struct mop_sv s, mapping *map)
{
    size_t i = first_changed(s, map), n = i;
    if (i == s.n)
        return s;
    /* Bytes at most double: no mapping takes one byte to more than two, or two to more than three.
     */
    char *out = mop_arena_array(a, s.n, 2);
    memcpy(out, s.p, i);
    while (i < s.n)
        n += map_one(s, &i, map, out + n);
    return (struct mop_sv){out, n};
}

/* The ASCII range from..from+25 moved by `delta`; s itself if no letter is in it. */
static struct mop_sv shift_ascii(struct mop_arena *a, struct mop_sv s, char from, int delta)
{
    char *out = NULL;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < from || s.p[i] > from + 25)
            continue;
        out = out ? out : memcpy(mop_arena_alloc(a, s.n), s.p, s.n);
        out[i] = (char)(s.p[i] + delta);
    }
    return out ? (struct mop_sv){out, s.n} : s;
}

struct mop_sv mop_utf8_fold(struct mop_arena *a, struct mop_sv s)
{
    return mop_utf8_ascii(s) ? shift_ascii(a, s, 'A', 'a' - 'A') : map_all(a, s, to_fold);
}

struct mop_sv mop_utf8_squeeze(struct mop_arena *a, struct mop_sv s)
{
    struct mop_sv folded = mop_utf8_fold(a, s);
    char *out = mop_arena_alloc(a, folded.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < folded.n; i++)
        if (!strchr(" \t_-", folded.p[i]) || !folded.p[i])
            out[n++] = folded.p[i];
    return (struct mop_sv){out, n};
}

struct mop_sv mop_utf8_upper(struct mop_arena *a, struct mop_sv s)
{
    return mop_utf8_ascii(s) ? shift_ascii(a, s, 'a', 'A' - 'a') : map_all(a, s, to_upper);
}

bool mop_utf8_has_upper(struct mop_sv s)
{
    return first_changed(s, to_lower) < s.n;
}

bool mop_utf8_has_lower(struct mop_sv s)
{
    return first_changed(s, to_upper) < s.n;
}
