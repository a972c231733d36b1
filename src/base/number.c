/* SPDX-License-Identifier: MIT */
#include "decimal.h"

/* Reads numbers. What is too long or too fine is still a number: the whole text is looked at first.
 */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits_at(struct mop_sv s, size_t i)
{
    size_t start = i;
    while (i < s.n && is_digit(s.p[i]))
        i++;
    return i - start;
}

/* The sign's bytes; U+2212 is what spreadsheets typeset. */
static size_t read_sign(struct mop_sv s, bool *negative)
{
    static const struct sign {
        struct mop_sv text;
        bool negative;
    } SIGNS[] = {{{"+", 1}, false}, {{"-", 1}, true}, {{"\xE2\x88\x92", 3}, true}};

    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++)
        if (mop_sv_starts(s, SIGNS[i].text)) {
            *negative = SIGNS[i].negative;
            return SIGNS[i].text.n;
        }
    return 0;
}

struct reading {
    mop_i128 v;
    size_t whole; /* digits before the mark, from the first that is not zero */
    bool fine;    /* digits that are not zero behind the last place */
};

static void take_whole(struct reading *r, struct mop_sv digits)
{
    for (size_t i = 0; i < digits.n; i++) {
        r->whole += r->whole || digits.p[i] != '0';
        if (r->whole <= MOP_NUMBER_WHOLE)
            r->v = r->v * 10 + (digits.p[i] - '0');
    }
}

/* Digits, or one to three of them and then groups of three. Bytes read in *used; false if
 * malformed. */
static bool read_whole(struct mop_sv s, char group, struct reading *r, size_t *used)
{
    size_t i = 0, run = digits_at(s, 0), first = run;
    for (;;) {
        take_whole(r, mop_sv_sub(s, i, i + run));
        i += run;
        if (!group || i >= s.n || s.p[i] != group)
            break;
        run = digits_at(s, ++i);
        if (first == 0 || first > 3 || run != 3)
            return false;
    }
    *used = i;
    return true;
}

/* The digits behind the mark, to the end of s; there may be none at all. */
static void take_decimals(struct reading *r, struct mop_sv s)
{
    for (size_t i = 0; i < MOP_NUMBER_DECIMALS; i++)
        r->v = r->v * 10 + (i < s.n ? s.p[i] - '0' : 0);
    for (size_t i = MOP_NUMBER_DECIMALS; i < s.n; i++)
        r->fine |= s.p[i] != '0';
}

enum mop_number_fault mop_number_parse(struct mop_sv s, struct mop_marks marks, mop_i128 *out)
{
    struct reading r = {0};
    bool negative = false;
    size_t used;
    s = mop_sv_sub(s, read_sign(s, &negative), s.n);
    if (!read_whole(s, marks.group, &r, &used))
        return MOP_NUMBER_NONE;
    struct mop_sv rest = mop_sv_sub(s, used, s.n);
    if (rest.n == 0 && used == 0)
        return MOP_NUMBER_NONE;
    if (rest.n) { /* a NUL byte in the text is not taken for the mark */
        if (!marks.decimal || rest.p[0] != marks.decimal || rest.n == 1 ||
            digits_at(rest, 1) != rest.n - 1)
            return MOP_NUMBER_NONE;
        rest = mop_sv_sub(rest, 1, rest.n);
    }
    take_decimals(&r, rest);
    if (r.whole > MOP_NUMBER_WHOLE || r.fine)
        return r.fine ? MOP_NUMBER_FINE : MOP_NUMBER_LONG;
    *out = negative ? -r.v : r.v;
    return MOP_NUMBER_OK;
}

/* ---- with an exponent ---- */

enum { EXPONENT_MAX = 100000, DIGITS_MAX = MOP_NUMBER_WHOLE + MOP_NUMBER_DECIMALS };

/* "+7", "-12": false if malformed. What is far beyond any number that fits stays there. */
static bool read_exponent(struct mop_sv s, long *out)
{
    bool negative = s.n && s.p[0] == '-';
    size_t i = s.n && (s.p[0] == '-' || s.p[0] == '+');
    if (i == s.n || i + digits_at(s, i) != s.n)
        return false;
    for (*out = 0; i < s.n; i++)
        *out = *out < EXPONENT_MAX ? *out * 10 + (s.p[i] - '0') : *out;
    *out = negative ? -*out : *out;
    return true;
}

/* The digits from the first to the last that is not zero, and where the mark stands among them. */
struct mantissa {
    char digits[DIGITS_MAX + 1];
    long n, point;
    bool over; /* more digits than any number here has */
};

static void take_digit(struct mantissa *m, char c, bool behind, long *zeros)
{
    m->point += !behind && (m->n || *zeros || c != '0');
    m->point -= behind && !m->n && c == '0';
    if (c == '0') {
        *zeros += m->n > 0;
        return;
    }
    m->over |= m->n + *zeros + 1 > DIGITS_MAX;
    for (; *zeros && !m->over; --*zeros)
        m->digits[m->n++] = '0';
    if (!m->over)
        m->digits[m->n++] = c;
}

static bool read_mantissa(struct mop_sv s, char mark, struct mantissa *m)
{
    size_t whole = digits_at(s, 0), behind = whole < s.n ? digits_at(s, whole + 1) : 0;
    bool marked = whole < s.n && mark && s.p[whole] == mark && behind;
    long zeros = 0;
    *m = (struct mantissa){.n = 0};
    if (whole + behind + marked != s.n || !(whole + behind))
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (i != whole)
            take_digit(m, s.p[i], i > whole, &zeros);
    return true;
}

static mop_i128 value_of(const struct mantissa *m)
{
    mop_i128 v = 0;
    for (long i = 0; i < m->point + MOP_NUMBER_DECIMALS; i++)
        v = v * 10 + (i < m->n ? m->digits[i] - '0' : 0);
    return v;
}

enum mop_number_fault mop_number_parse_exponent(struct mop_sv s, struct mop_marks marks,
                                                mop_i128 *out)
{
    bool negative = false;
    struct mantissa m;
    long exponent;
    size_t sign = read_sign(s, &negative), e = mop_sv_find(s, 'e');
    e = e < s.n ? e : mop_sv_find(s, 'E');
    if (e == s.n)
        return mop_number_parse(s, marks, out);
    if (!read_mantissa(mop_sv_sub(s, sign, e), marks.decimal, &m) ||
        !read_exponent(mop_sv_sub(s, e + 1, s.n), &exponent))
        return MOP_NUMBER_NONE;
    m.point += exponent;
    if (!m.n)
        m.point = 0;
    if (!marks.decimal && m.n > m.point)
        return MOP_NUMBER_NONE;
    if (m.n && m.point > MOP_NUMBER_WHOLE)
        return MOP_NUMBER_LONG;
    if (m.over || m.n - m.point > MOP_NUMBER_DECIMALS)
        return MOP_NUMBER_FINE;
    *out = negative ? -value_of(&m) : value_of(&m);
    return MOP_NUMBER_OK;
}
