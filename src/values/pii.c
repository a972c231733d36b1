/* SPDX-License-Identifier: MIT */
#include "pii.h"
#include "ascii.h"
#include "email.h"
#include "phone.h"
#include "url_keys.h"
#include <string.h>

enum {
    SIDE_MAX = 254,    /* of an address */
    RUN_MAX = 48,      /* of a number with its separators */
    GAP_MAX = 3,       /* separators between two digits: ") -" */
    DIGITS_MIN = 7,    /* of a number that is called one */
    IN_TEXT_MIN = 9,   /* of one that only its + tells, among other text */
    DIGITS_MAX = 15,   /* E.164 */
    ISO_DAY = 10,      /* 2026-11-22 */
    LAST_LABEL_MIN = 2 /* no top-level domain is shorter: 3.x is a version */
};

static bool in(char c, const char *set)
{
    return c != '\0' && strchr(set, c);
}

static bool may_stand_in_domain(char c)
{
    return mop_is_alnum(c) || c == '.' || c == '-' || (unsigned char)c >= 0x80;
}

static bool may_stand_before_at(char c)
{
    return may_stand_in_domain(c) || in(c, "_+%");
}

/* ---- addresses ---- */

/* "logo@2x.png" names a file, "vue@3.x" and "4@9.90" a version and a price. */
static bool is_mail_domain(struct mop_sv domain)
{
    static const char *const endings[] = {".png", ".jpg",  ".jpeg", ".gif",
                                          ".svg", ".webp", ".css",  ".js"};
    size_t label = domain.n;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (mop_sv_ends(domain, mop_sv_of(endings[i]))) {
            return false;
        }
    }
    while (label > 0 && domain.p[label - 1] != '.') {
        label--;
    }
    return domain.n - label >= LAST_LABEL_MIN && !mop_is_digit(domain.p[label]);
}

static bool reads(struct mop_sv s, struct mop_arena *a)
{
    struct mop_sv canonical;
    return mop_email_read(s, &canonical, a, NULL) && is_mail_domain(mop_email_domain(canonical));
}

/* In "https://ann:pw@acme.example" stands a login. */
static bool in_authority(struct mop_sv s, size_t from)
{
    size_t least = from > SIDE_MAX ? from - SIDE_MAX : 0;
    while (from > least && !in(s.p[from - 1], "/?# \t\n")) {
        from--;
    }
    return mop_sv_ends(mop_sv_sub(s, 0, from), MOP_SV("://"));
}

/* The address around the '@' at s.p[at], not before `least`. Behind it may follow any mark. */
static bool email_at(struct mop_sv s, size_t least, size_t at, struct mop_pii *out,
                     struct mop_arena *a)
{
    size_t from = at, to = at + 1, ascii;
    while (from > least && at - from < SIDE_MAX && may_stand_before_at(s.p[from - 1]) &&
           !(s.p[from - 1] == '.' && s.p[from] == '.')) {
        from--;
    }
    while (from < at && s.p[from] == '.') {
        from++;
    }
    while (to < s.n && to - at < SIDE_MAX && may_stand_in_domain(s.p[to])) {
        to++;
    }
    for (ascii = at + 1; ascii < to && (unsigned char)s.p[ascii] < 0x80; ascii++) {
    }
    /* of other scripts, or before a typographic mark */
    for (int tries = 0; tries < 2; tries++, to = ascii) {
        while (to > at && in(s.p[to - 1], ".-")) {
            to--;
        }
        *out = (struct mop_pii){MOP_PII_EMAIL, from, to};
        if (reads(mop_sv_sub(s, from, to), a)) {
            return !in_authority(s, from);
        }
    }
    return false;
}

/* ---- phone numbers ---- */

static bool is_gap(char c)
{
    return in(c, " -.()") || (unsigned char)c == 0xc2 || (unsigned char)c == 0xa0; /* U+00A0 */
}

static bool is_iso_day(struct mop_sv s)
{
    static const char like[] = "0000-00-00";
    for (size_t i = 0; i < ISO_DAY; i++) {
        if (i >= s.n || (like[i] == '0' ? !mop_is_digit(s.p[i]) : s.p[i] != like[i])) {
            return false;
        }
    }
    return s.n == ISO_DAY || !mop_is_digit(s.p[ISO_DAY]);
}

/* Where the run of digits and separators ends that begins at i; a day behind it is none of it. */
static size_t run_end(struct mop_sv s, size_t i)
{
    size_t end = i, gap = 0, most = i + RUN_MAX < s.n ? i + RUN_MAX : s.n;
    for (; i < most && gap <= GAP_MAX; i++) {
        if (mop_is_digit(s.p[i])) {
            if (gap && is_iso_day(mop_sv_sub(s, i, s.n))) {
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

/* What a number is not followed by: "+12.345.678,90", "+1234567890 %", "+1234567890ab". */
static bool goes_on(struct mop_sv s, size_t to)
{
    if (to == s.n) {
        return false;
    }
    bool decimals = s.p[to] == ',' && to + 1 < s.n && mop_is_digit(s.p[to + 1]);
    return decimals || mop_is_alnum(s.p[to]) || in(s.p[to], "%_@");
}

/* Behind the + at s.p[at]; figures behind a blank may belong to what follows. */
static bool plus_at(struct mop_sv s, size_t at, struct mop_pii *out, struct mop_arena *a)
{
    struct mop_sv canonical;
    if (at > 0 && (mop_is_alnum(s.p[at - 1]) || s.p[at - 1] == '+')) {
        return false;
    }
    size_t end = run_end(s, at + 1);
    for (size_t to = end; to > at + 1; to--) {
        struct mop_sv number = mop_sv_sub(s, at, to);
        bool word_ends = to == end || (s.p[to] == ' ' && mop_is_digit(s.p[to - 1]));
        if (!word_ends || goes_on(s, to)) {
            continue;
        }
        bool alone = number.n == s.n && count_digits(number) == s.n - 1;
        size_t least = alone ? DIGITS_MIN : IN_TEXT_MIN;
        if (count_digits(number) >= least && mop_phone_read(number, &canonical, a, NULL)) {
            *out = (struct mop_pii){MOP_PII_PHONE, at, to};
            return true;
        }
    }
    return false;
}

/* (212) 555-0123, as North America writes it. */
static bool bracket_at(struct mop_sv s, size_t at, struct mop_pii *out)
{
    static const char *const like[] = {"(200) 200-0000", "(200)200-0000", "(200) 200.0000"};
    for (size_t k = 0; k < sizeof like / sizeof *like; k++) {
        size_t n = strlen(like[k]), i = 0;
        struct mop_sv here = mop_sv_sub(s, at, at + n);
        while (i < here.n &&
               (mop_is_digit(like[k][i]) ? mop_is_digit(here.p[i]) && here.p[i] >= like[k][i]
                                         : here.p[i] == like[k][i])) {
            i++;
        }
        if (i == n && !goes_on(s, at + n)) {
            *out = (struct mop_pii){MOP_PII_PHONE, at, at + n};
            return true;
        }
    }
    return false;
}

bool mop_pii_is_number(struct mop_sv value)
{
    struct mop_sv s = mop_sv_trim(value);
    size_t digits = count_digits(s), i = s.n > 0 && s.p[0] == '+';
    while (i < s.n && (mop_is_digit(s.p[i]) || is_gap(s.p[i]) || s.p[i] == '/')) {
        i++;
    }
    return i == s.n && digits >= DIGITS_MIN && digits <= DIGITS_MAX && !is_iso_day(s);
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
    *out = (struct mop_pii){MOP_PII_PHONE, at + 1, to};
    return named && mop_pii_is_number(mop_sv_sub(s, at + 1, to));
}

/* ---- both ---- */

static bool found_at(struct mop_sv text, size_t least, size_t i, struct mop_pii *out,
                     struct mop_arena *scratch)
{
    switch (text.p[i]) {
    case '@':
        return email_at(text, least, i, out, scratch);
    case '+':
        return plus_at(text, i, out, scratch);
    case '(':
        return bracket_at(text, i, out);
    case '=':
    case ':':
        return named_at(text, i, out);
    default:
        return false;
    }
}

struct mop_pii mop_pii_next(struct mop_sv text, size_t at, struct mop_arena *scratch)
{
    struct mop_pii found = {MOP_PII_NONE, text.n, text.n};
    for (size_t i = at; i < text.n; i++) {
        if (found_at(text, at, i, &found, scratch)) {
            return found;
        }
    }
    return (struct mop_pii){MOP_PII_NONE, text.n, text.n};
}
