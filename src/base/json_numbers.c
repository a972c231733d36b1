/* SPDX-License-Identifier: MIT */
#include "json_numbers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PLAIN_DIGITS = 18, PLACE_MAX = 24 };

static size_t digits_at(struct mop_sv s, size_t i)
{
    size_t start = i;
    while (i < s.n && (unsigned)(s.p[i] - '0') < 10)
        i++;
    return i - start;
}

static bool is_at(struct mop_sv s, size_t i, const char *any)
{
    return i < s.n && s.p[i] && strchr(any, s.p[i]);
}

/* Without one on both sides a text in a number's place could grow together with what is beside it.
 */
static bool is_edge(struct mop_sv s, size_t i)
{
    return i >= s.n || is_at(s, i, " \t\r\n,:[]{}");
}

/* Length of what begins like a number at i, wherever its grammar breaks; *aside: it is a number,
 * and one to be set aside. */
static size_t number_at(struct mop_sv s, size_t i, bool *aside)
{
    size_t at = i + (s.p[i] == '-'), whole = digits_at(s, at), more = whole;
    if (whole > 1 && s.p[at] == '0')
        whole = more = 1; /* a second digit is for the parser to refuse */
    *aside = whole > PLAIN_DIGITS || (whole == 1 && s.p[i] == '-' && s.p[at] == '0');
    at += whole;
    if (more && is_at(s, at, ".")) {
        more = digits_at(s, ++at);
        at += more;
        *aside = true;
    }
    if (more && is_at(s, at, "eE")) {
        at += 1 + (size_t)is_at(s, at + 1, "+-");
        more = digits_at(s, at);
        at += more;
        *aside = true;
    }
    *aside = *aside && more && is_edge(s, i - 1) && is_edge(s, at);
    return at - i;
}

/* Behind the string that begins at i, or the end. */
static size_t after_string(struct mop_sv s, size_t i)
{
    for (i++; i < s.n && s.p[i] != '"'; i++)
        i += s.p[i] == '\\';
    return i < s.n ? i + 1 : s.n;
}

/* The next number from *i on that is set aside: it begins at *i and is *n long. */
static bool find(struct mop_sv s, size_t *i, size_t *n)
{
    bool aside;
    while (*i < s.n) {
        char ch = s.p[*i];
        if (ch == '"') {
            *i = after_string(s, *i);
        } else if (ch == '-' || (unsigned)(ch - '0') < 10) {
            *n = number_at(s, *i, &aside);
            if (aside)
                return true;
            *i += *n;
        } else {
            ++*i;
        }
    }
    return false;
}

bool mop_json_numbers_aside(struct mop_sv text, struct mop_buf *out, struct mop_buf *numbers)
{
    size_t i = 0, n, done = 0;
    while (find(text, &i, &n)) {
        mop_buf_sv(out, mop_sv_sub(text, done, i));
        mop_buf_printf(out, "%zu.0", numbers->n);
        mop_buf_add(numbers, text.p + i, n);
        mop_buf_chr(numbers, '\0');
        done = i += n;
    }
    if (done)
        mop_buf_sv(out, mop_sv_sub(text, done, text.n));
    return done > 0;
}

void mop_json_numbers_back(struct mop_sv text, struct mop_sv numbers, struct mop_buf *out)
{
    size_t i = 0, n, done = 0;
    while (find(text, &i, &n)) {
        mop_buf_sv(out, mop_sv_sub(text, done, i));
        mop_buf_str(out, numbers.p + strtoull(text.p + i, NULL, 10));
        done = i += n;
    }
    mop_buf_sv(out, mop_sv_sub(text, done, text.n));
}

size_t mop_json_numbers_origin(struct mop_sv text, size_t at, struct mop_sv *number)
{
    size_t i = 0, n, done = 0, made = 0, numbers = 0;
    char place[PLACE_MAX];
    *number = MOP_SV_NONE;
    while (find(text, &i, &n) && made + (i - done) < at) {
        made += i - done + (size_t)snprintf(place, sizeof place, "%zu.0", numbers);
        numbers += n + 1;
        done = i += n;
        if (made >= at) {
            *number = mop_sv_sub(text, i - n, i);
            return i;
        }
    }
    return done + (at - made);
}
