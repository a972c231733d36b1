/* SPDX-License-Identifier: MIT */
#include "http_parts.h"

#include "../base/utf8.h"

#include <string.h>

/* Secrets out of what is shown. Vendors say back what they were sent, as it stood in an address, a
 * form or a body: each form of a text is read as what it stands for, whatever way it is written. */

static int hex_digit(char c)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    const char *at = c ? strchr(digits, c) : NULL;
    return at ? (int)(at - digits) % 16 : -1;
}

/* The number of `n` hexadecimal digits, or -1. */
static long hex_number(struct mop_sv s, size_t n)
{
    long value = 0;
    for (size_t i = 0; i < n; i++) {
        int digit = i < s.n ? hex_digit(s.p[i]) : -1;
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

/* Reads one character at the front of `s`: its bytes to `to`, *n of them. How many bytes it takes
 * in the text; 0 if there is none. */
typedef size_t read_fn(struct mop_sv s, char to[4], size_t *n);

static size_t read_plain(struct mop_sv s, char to[4], size_t *n)
{
    *n = s.n > 0;
    if (s.n)
        to[0] = s.p[0];
    return *n;
}

static size_t read_percent(struct mop_sv s, char to[4], size_t *n)
{
    long byte = s.n && s.p[0] == '%' ? hex_number(mop_sv_sub(s, 1, s.n), 2) : -1;
    size_t taken = read_plain(s, to, n);
    if (byte >= 0)
        to[0] = (char)byte;
    else if (taken && to[0] == '+')
        to[0] = ' ';
    return byte >= 0 ? 3 : taken;
}

static size_t read_unicode(struct mop_sv s, char to[4], size_t *n)
{
    long high = hex_number(mop_sv_sub(s, 2, s.n), 4);
    bool pair =
        high >= 0xD800 && high < 0xDC00 && mop_sv_starts(mop_sv_sub(s, 6, s.n), MOP_SV("\\u"));
    long low = pair ? hex_number(mop_sv_sub(s, 8, s.n), 4) : -1;
    if (high < 0)
        return read_plain(s, to, n);
    pair = low >= 0xDC00 && low < 0xE000;
    *n = mop_utf8_put((uint32_t)(pair ? 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00) : high),
                      to);
    return pair ? 12 : 6;
}

static size_t read_json(struct mop_sv s, char to[4], size_t *n)
{
    static const char names[] = "bfnrt\"\\/", bytes[] = "\b\f\n\r\t\"\\/";
    const char *at = s.n > 1 && s.p[0] == '\\' && s.p[1] ? strchr(names, s.p[1]) : NULL;
    if (s.n > 1 && s.p[0] == '\\' && s.p[1] == 'u')
        return read_unicode(s, to, n);
    size_t taken = read_plain(s, to, n);
    if (at)
        to[0] = bytes[at - names];
    return at ? 2 : taken;
}

/* How many bytes of `s` are the secret. */
static size_t written_at(struct mop_sv s, struct mop_sv secret, read_fn *read)
{
    size_t at = 0;
    char bytes[4];
    for (size_t done = 0, n; done < secret.n; done += n) {
        size_t taken = read(mop_sv_sub(s, at, s.n), bytes, &n);
        if (!taken || n > secret.n - done || memcmp(secret.p + done, bytes, n) != 0)
            return 0;
        at += taken;
    }
    return at;
}

static size_t secret_at(const struct mop_http *h, struct mop_sv s)
{
    static read_fn *const forms[] = {read_plain, read_percent, read_json};
    size_t longest = 0;
    for (size_t i = 0; i < h->secrets.n; i++)
        for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
            size_t n = written_at(s, h->secrets.list[i], forms[k]);
            longest = n > longest ? n : longest;
        }
    return longest;
}

void mop_http_masked(const struct mop_http *h, struct mop_sv s, struct mop_buf *out)
{
    for (size_t i = 0; i < s.n;) {
        size_t n = secret_at(h, mop_sv_sub(s, i, s.n));
        if (n)
            mop_buf_str(out, "***");
        else
            mop_buf_chr(out, s.p[i]);
        i += n ? n : 1;
    }
}

struct mop_sv mop_http_masked_text(struct mop_http *h, struct mop_sv s)
{
    struct mop_buf masked;
    mop_buf_init(&masked, 4 * MOP_HTTP_CAP_TEXT);
    mop_http_masked(h, s, &masked);
    struct mop_sv out = mop_arena_copy(&h->batch, mop_buf_view(&masked));
    mop_buf_release(&masked);
    return out;
}
