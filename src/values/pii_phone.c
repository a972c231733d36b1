/* SPDX-License-Identifier: MIT */
#include "pii_phone.h"
#include "ascii.h"
#include "phone.h"
#include "url_keys.h"
#include <string.h>

/*
 * Phone numbers as people write them: by the calling code behind + or 00, or with the 0 that is
 * dialled inside a country. The latter are told from ids, dates and prices by how their digits are
 * grouped, so that one without any separator is none.
 */

enum {
    RUN_MAX = 48,      /* of a number with its separators */
    GAP_MAX = 3,       /* separators between two digits: ") -" */
    DIGITS_MIN = 7,    /* of a number that is called one */
    IN_TEXT_MIN = 9,   /* of one that only its + tells, among other text */
    DIGITS_MAX = 15,   /* E.164 */
    NATIONAL_MAX = 13, /* with the 0 */
    AREA_MIN = 3,      /* digits before the first separator, with the 0: 030 */
    AREA_MAX = 6,      /* 033203 */
    QUERY_MAX = 2048,  /* so far is looked back for the '?' of a link */
    DAY_BYTES = 10     /* 2026-11-22 */
};

static bool in(char c, const char *set)
{
    return c != '\0' && strchr(set, c);
}

static bool is_gap(char c)
{
    return in(c, " -.()/") || (unsigned char)c == 0xc2 || (unsigned char)c == 0xa0; /* U+00A0 */
}

/* Does s begin like the pattern? 0: any digit, 2: one from 2 on, else the byte itself. */
static bool begins(struct mop_sv s, const char *like)
{
    size_t i = 0;
    for (; i < s.n && like[i]; i++) {
        bool fits =
            mop_is_digit(like[i]) ? mop_is_digit(s.p[i]) && s.p[i] >= like[i] : s.p[i] == like[i];
        if (!fits) {
            return false;
        }
    }
    return !like[i];
}

static bool begins_with_any(struct mop_sv s, const char *const *like, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t bytes = strlen(like[i]);
        if (begins(s, like[i]) && (s.n == bytes || !mop_is_digit(s.p[bytes]))) {
            return true;
        }
    }
    return false;
}

static bool is_day(struct mop_sv s)
{
    static const char *const like[] = {"0000-00-00", "0000/00/00", "0000.00.00",
                                       "00-00-0000", "00/00/0000", "00.00.0000"};
    return begins_with_any(s, like, sizeof like / sizeof *like);
}

/* Where the run of digits and separators ends that begins at i; a day behind it is none of it. */
static size_t run_end(struct mop_sv s, size_t i)
{
    size_t end = i, gap = 0, most = i + RUN_MAX < s.n ? i + RUN_MAX : s.n;
    for (; i < most && gap <= GAP_MAX; i++) {
        if (mop_is_digit(s.p[i])) {
            if (gap && is_day(mop_sv_sub(s, i, s.n))) {
                break;
            }
            end = i + 1;
            gap = 0;
        } else if (is_gap(s.p[i])) {
            gap++;
        } else {
            break;
        }
    }
    return end;
}

static size_t count_digits(struct mop_sv s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        n += mop_is_digit(s.p[i]);
    }
    return n;
}

static size_t leading_digits(struct mop_sv s)
{
    size_t n = 0;
    while (n < s.n && mop_is_digit(s.p[n])) {
        n++;
    }
    return n;
}

/* What a number is not followed by: "+12.345.678,90", "+1234567890 %", "+1234567890ab"; but
 * "0170/1234567,0171/7654321" are two. */
static bool goes_on(struct mop_sv s, size_t to)
{
    if (to == s.n) {
        return false;
    }
    struct mop_sv behind = mop_sv_sub(s, to + 1, s.n);
    size_t digits = s.p[to] == ',' ? leading_digits(behind) : 0;
    bool decimals = digits > 0 && (digits < AREA_MIN || behind.p[0] != '0');
    return decimals || mop_is_alnum(s.p[to]) || in(s.p[to], "%_@");
}

/* ---- with a calling code ---- */

/* Is this a number of the plan of its country? The 0 of "+49 (0)30", which nobody dials, is left
 * out: people write it all the same. */
static bool is_of_plan(struct mop_sv number, struct mop_arena *a)
{
    char digits[DIGITS_MAX + 2] = "+";
    size_t n = 1;
    struct mop_sv canonical;
    for (size_t i = 0; i < number.n; i++) {
        if (n > 1 && begins(mop_sv_sub(number, i, number.n), "(0)") && number.p[i + 1] == '0') {
            i += 2;
        } else if (mop_is_digit(number.p[i])) {
            if (n > DIGITS_MAX) {
                return false;
            }
            digits[n++] = number.p[i];
        }
    }
    return mop_phone_read((struct mop_sv){digits, n}, &canonical, a, NULL);
}

/* In a link's query a + is a blank: "?q=Brand+-+12021012345". Not where a value begins: links that
 * are made by hand hold "?x=+4930123456". */
static bool is_blank(struct mop_sv s, size_t at)
{
    size_t least = at > QUERY_MAX ? at - QUERY_MAX : 0, query = at;
    if (at > 0 && s.p[at - 1] == '=') {
        return false;
    }
    while (query > least && !in(s.p[query - 1], "?# \t\n")) {
        query--;
    }
    size_t from = query;
    while (from > least && !in(s.p[from - 1], " \t\n")) {
        from--;
    }
    struct mop_sv front = mop_sv_sub(s, from, query);
    return mop_sv_ends(front, MOP_SV("?")) && mop_sv_find(front, ':') + 2 < front.n &&
           mop_sv_starts(mop_sv_sub(front, mop_sv_find(front, ':'), front.n), MOP_SV("://"));
}

/* Behind the + or 00 before `from`; figures behind a blank may belong to what follows. */
static bool international(struct mop_sv s, size_t at, size_t from, size_t least,
                          struct mop_pii *out, struct mop_arena *a)
{
    size_t end = run_end(s, from);
    for (size_t to = end; to > from; to--) {
        struct mop_sv number = mop_sv_sub(s, from, to);
        bool word_ends = to == end || (s.p[to] == ' ' && mop_is_digit(s.p[to - 1]));
        if (!word_ends || goes_on(s, to)) {
            continue;
        }
        if (count_digits(number) >= least && is_of_plan(number, a)) {
            *out = (struct mop_pii){MOP_PII_PHONE, at, to, false};
            return true;
        }
    }
    return false;
}

static bool plus_at(struct mop_sv s, size_t at, struct mop_pii *out, struct mop_arena *a)
{
    if (at > 0 && (mop_is_alnum(s.p[at - 1]) || s.p[at - 1] == '+')) {
        return false;
    }
    bool alone = at == 0 && leading_digits(mop_sv_sub(s, 1, s.n)) == s.n - 1;
    return international(s, at, at + 1, alone ? DIGITS_MIN : IN_TEXT_MIN, out, a);
}

/* ---- with the 0 of a country ---- */

/* Behind a word, a mark or nothing: not inside "1,012 345", a path, or the groups of an IBAN. */
static bool begins_word(struct mop_sv s, size_t least, size_t at)
{
    if (at == 0) {
        return true;
    }
    bool opens = in(s.p[at - 1], " \t\n\"'([<>;,:|") || (unsigned char)s.p[at - 1] == 0xa0;
    return opens && (at < 2 || at - 2 < least || !mop_is_digit(s.p[at - 2]));
}

/* ZIP+4; ISSN, hours and article numbers. */
static bool is_other(struct mop_sv number)
{
    static const char *const like[] = {"00000-0000", "0000-0000"};
    for (size_t i = 0; i < sizeof like / sizeof *like; i++) {
        if (number.n == strlen(like[i]) && begins(number, like[i])) {
            return true;
        }
    }
    return false;
}

/* "030 1234567", "(030) 1234567", and "01 23 45 67 89" as France writes it. */
static bool is_grouped(struct mop_sv number)
{
    static const char *const pairs[] = {"00 00 00 00 00", "00.00.00.00.00"};
    bool bracket = number.p[0] == '(';
    struct mop_sv rest = mop_sv_sub(number, bracket, number.n);
    size_t area = leading_digits(rest);
    if (rest.n < AREA_MIN || rest.p[0] != '0' || rest.p[1] < '1' || rest.p[1] > '9') {
        return false;
    }
    if (begins_with_any(number, pairs, 2)) {
        return true;
    }
    return area >= AREA_MIN && area <= AREA_MAX && area < rest.n &&
           bracket == (rest.p[area] == ')') && !is_day(rest) && !is_other(rest);
}

/* Where another begins behind a blank, the run is more than one number. */
static bool national_at(struct mop_sv s, size_t at, struct mop_pii *out)
{
    size_t end = run_end(s, at + (s.p[at] == '('));
    for (size_t to = end; to > at; to--) {
        struct mop_sv number = mop_sv_sub(s, at, to);
        bool ends = to == end || (s.p[to] == ' ' && to + 1 < end && s.p[to + 1] == '0');
        size_t digits = ends ? count_digits(number) : 0;
        if (digits >= DIGITS_MIN && digits <= NATIONAL_MAX && !goes_on(s, to) &&
            is_grouped(number)) {
            *out = (struct mop_pii){MOP_PII_PHONE, at, to, true};
            return true;
        }
    }
    return false;
}

/* "0049 170 1234567"; digits alone are an id. */
static bool zero_at(struct mop_sv s, size_t least, size_t at, struct mop_pii *out,
                    struct mop_arena *a)
{
    struct mop_sv here = mop_sv_sub(s, at, s.n);
    if (!begins_word(s, least, at)) {
        return false;
    }
    if (!mop_sv_starts(here, MOP_SV("00"))) {
        return national_at(s, at, out);
    }
    return international(s, at, at + 2, IN_TEXT_MIN, out, a) &&
           leading_digits(here) < out->to - out->from;
}

/* (212) 555-0123, as North America writes it; (030) 1234567. */
static bool bracket_at(struct mop_sv s, size_t least, size_t at, struct mop_pii *out)
{
    static const char *const like[] = {"(200) 200-0000", "(200)200-0000", "(200) 200.0000"};
    struct mop_sv here = mop_sv_sub(s, at, s.n);
    for (size_t k = 0; k < sizeof like / sizeof *like; k++) {
        size_t to = at + strlen(like[k]);
        if (begins(here, like[k]) && !goes_on(s, to)) {
            *out = (struct mop_pii){MOP_PII_PHONE, at, to, true};
            return true;
        }
    }
    return mop_sv_starts(here, MOP_SV("(0")) && begins_word(s, least, at) &&
           national_at(s, at, out);
}

/* ---- by its name ---- */

bool mop_pii_is_number(struct mop_sv value)
{
    struct mop_sv s = mop_sv_trim(value);
    size_t digits = count_digits(s), i = s.n > 0 && s.p[0] == '+';
    while (i < s.n && (mop_is_digit(s.p[i]) || is_gap(s.p[i]))) {
        i++;
    }
    return i == s.n && digits >= DIGITS_MIN && digits <= DIGITS_MAX && !is_day(s);
}

/* "tel:..." and "?mobile=...": the mark at s.p[at] behind the name. */
static bool named_at(struct mop_sv s, size_t at, struct mop_pii *out)
{
    size_t from = at, to = at + 1;
    while (from > 0 && (mop_is_alnum(s.p[from - 1]) || in(s.p[from - 1], "_-."))) {
        from--;
    }
    struct mop_sv name = mop_sv_sub(s, from, at);
    bool named = s.p[at] == '=' ? mop_url_key_phone(name) : mop_sv_eq_nocase(name, MOP_SV("tel"));
    while (named && to < s.n && to - at < RUN_MAX && !in(s.p[to], "&#;,?<>\"'\t\n")) {
        to++;
    }
    *out = (struct mop_pii){MOP_PII_PHONE, at + 1, to, false};
    return named && mop_pii_is_number(mop_sv_sub(s, at + 1, to));
}

bool mop_pii_phone_at(struct mop_sv text, size_t least, size_t i, struct mop_pii *out,
                      struct mop_arena *scratch)
{
    switch (text.p[i]) {
    case '+':
        return plus_at(text, i, out, scratch) && !is_blank(text, i);
    case '(':
        return bracket_at(text, least, i, out);
    case '0':
        return zero_at(text, least, i, out, scratch);
    case '=':
    case ':':
        return named_at(text, i, out);
    default:
        return false;
    }
}
