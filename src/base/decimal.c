/* SPDX-License-Identifier: MIT */
#include "decimal.h"

#define WHOLE_DIGITS 18
#define DECIMALS 6
#define PLACES_MAX 18

__extension__ typedef unsigned __int128 u128;
#define U128_MAX (~(u128)0)

/* Defined for the most negative number as well. */
static u128 magnitude(mop_i128 v)
{
    return v < 0 ? -(u128)v : (u128)v;
}

/* Clamps; the most negative number is given up, so that every result can be negated. */
static mop_i128 with_sign(u128 mag, bool negative)
{
    mop_i128 v = mag > (u128)MOP_I128_MAX ? MOP_I128_MAX : (mop_i128)mag;
    return negative ? -v : v;
}

/* ---- reading ---- */

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

static void take_digits(struct mop_sv digits, u128 *v)
{
    for (size_t i = 0; i < digits.n; i++)
        *v = *v * 10 + (unsigned)(digits.p[i] - '0');
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

/* Digits, or one to three of them and then groups of three. Bytes read in *used; false if
 * malformed. */
static bool read_whole(struct mop_sv s, char group, u128 *v, size_t *used)
{
    size_t i = 0, run = digits_at(s, 0), count = 0, first = run;
    for (;;) {
        count += run;
        if (count > WHOLE_DIGITS)
            return false;
        take_digits(mop_sv_sub(s, i, i + run), v);
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

/* The digits behind the decimal mark, to the end of s; those past the sixth are rounded half away
 * from zero. */
static bool read_decimals(struct mop_sv s, u128 *v)
{
    if (s.n == 0 || digits_at(s, 0) != s.n)
        return false;
    take_digits(mop_sv_sub(s, 0, DECIMALS), v);
    for (size_t i = s.n; i < DECIMALS; i++)
        *v *= 10;
    *v += s.n > DECIMALS && s.p[DECIMALS] >= '5';
    return true;
}

/* marks.decimal 0: no decimals; a NUL byte in the text is not taken for the mark. */
static bool read_number(struct mop_sv s, struct mop_marks marks, mop_i128 *out)
{
    bool negative = false;
    u128 v = 0;
    size_t used;
    s = mop_sv_sub(s, read_sign(s, &negative), s.n);
    if (!read_whole(s, marks.group, &v, &used))
        return false;
    struct mop_sv rest = mop_sv_sub(s, used, s.n);
    if (rest.n == 0 && used > 0)
        v *= MOP_UNIT;
    else if (rest.n == 0 || !marks.decimal || rest.p[0] != marks.decimal ||
             !read_decimals(mop_sv_sub(rest, 1, rest.n), &v))
        return false;
    *out = with_sign(v, negative);
    return true;
}

bool mop_decimal_parse(struct mop_sv s, struct mop_marks marks, mop_i128 *out)
{
    return read_number(s, marks, out);
}

bool mop_integer_parse(struct mop_sv s, struct mop_marks marks, mop_i128 *out)
{
    marks.decimal = '\0';
    return read_number(s, marks, out);
}

/* ---- arithmetic ---- */

/*
 * With a = aw + ad/10^6 and b likewise, a*b = aw*b + ad*bw + ad*bd/10^6 in millionths: each term is
 * at most the result, and only the last has anything to round.
 */
mop_i128 mop_decimal_mul(mop_i128 a, mop_i128 b)
{
    u128 x = magnitude(a), y = magnitude(b), product, middle;
    u128 small = ((x % MOP_UNIT) * (y % MOP_UNIT) + MOP_UNIT / 2) / MOP_UNIT;
    bool over = __builtin_mul_overflow(x / MOP_UNIT, y, &product);
    over |= __builtin_mul_overflow(x % MOP_UNIT, y / MOP_UNIT, &middle);
    over |= __builtin_add_overflow(product, middle, &product);
    over |= __builtin_add_overflow(product, small, &product);
    return with_sign(over ? U128_MAX : product, (a < 0) != (b < 0));
}

/* The next decimal digit of rest/den; by addition, since rest * 10 may not fit. */
static unsigned next_digit(u128 *rest, u128 den)
{
    unsigned digit = 0;
    u128 sum = 0;
    for (int i = 0; i < 10; i++) {
        sum += *rest;
        if (sum >= den) {
            sum -= den;
            digit++;
        }
    }
    *rest = sum;
    return digit;
}

static u128 tenths(u128 num, u128 den, bool up)
{
    u128 rest = num % den, t;
    unsigned below = 0;
    for (int i = 0; i < 3; i++)
        below = below * 10 + next_digit(&rest, den);
    below += up && rest > 0;
    if (__builtin_mul_overflow(num / den, (u128)1000, &t) || t > INT64_MAX - 1000)
        return INT64_MAX;
    return t + below;
}

int64_t mop_tenths_floor(mop_i128 num, mop_i128 den)
{
    u128 t = tenths(magnitude(num), (u128)den, num < 0);
    return num < 0 ? -(int64_t)t : (int64_t)t;
}

int64_t mop_tenths_ceil(mop_i128 num, mop_i128 den)
{
    u128 t = tenths(magnitude(num), (u128)den, num > 0);
    return num < 0 ? -(int64_t)t : (int64_t)t;
}

/* ---- writing ---- */

/* Digits from the right: 39 of a whole, a mark, PLACES_MAX decimals, a sign. */
struct text {
    char bytes[64];
    size_t start;
};

static void put(struct text *t, char c)
{
    t->bytes[--t->start] = c;
}

static void put_whole(struct text *t, u128 v)
{
    do
        put(t, (char)('0' + (unsigned)(v % 10)));
    while (v /= 10);
}

static void put_decimals(struct text *t, uint64_t decimals, int places)
{
    for (int i = 0; i < places; i++, decimals /= 10)
        put(t, (char)('0' + decimals % 10));
    if (places)
        put(t, '.');
}

static void put_number(struct mop_buf *b, u128 whole, uint64_t decimals, int places, bool negative)
{
    struct text t = {.start = sizeof t.bytes};
    put_decimals(&t, decimals, places);
    put_whole(&t, whole);
    if (negative && (whole || decimals))
        put(&t, '-');
    mop_buf_add(b, t.bytes + t.start, sizeof t.bytes - t.start);
}

void mop_decimal_print(struct mop_buf *b, mop_i128 v)
{
    u128 mag = magnitude(v);
    uint64_t decimals = (uint64_t)(mag % MOP_UNIT);
    int places = decimals ? DECIMALS : 0;
    for (; places && decimals % 10 == 0; places--)
        decimals /= 10;
    put_number(b, mag / MOP_UNIT, decimals, places, v < 0);
}

void mop_ratio_print(struct mop_buf *b, mop_i128 num, mop_i128 den, int places)
{
    u128 d = (u128)den, whole = magnitude(num) / d, rest = magnitude(num) % d;
    uint64_t decimals = 0, unit = 1;
    places = places < 0 ? 0 : places > PLACES_MAX ? PLACES_MAX : places;
    for (int i = 0; i < places; i++, unit *= 10)
        decimals = decimals * 10 + next_digit(&rest, d);
    decimals += rest >= d - rest;
    put_number(b, whole + decimals / unit, decimals % unit, places, num < 0);
}
