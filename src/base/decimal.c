/* SPDX-License-Identifier: MIT */
#include "decimal.h"

#define DECIMALS 6
#define PLACES_MAX 18
#define ROUNDED ((u128)100000000000000) /* units of a number in a millionth */

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

/* ---- arithmetic ---- */

mop_i128 mop_number_round(mop_i128 v)
{
    return with_sign((magnitude(v) + ROUNDED / 2) / ROUNDED, v < 0);
}

bool mop_decimal_parse(struct mop_sv s, struct mop_marks marks, mop_i128 *out)
{
    mop_i128 v;
    if (mop_number_parse(s, marks, &v) != MOP_NUMBER_OK || magnitude(v) % ROUNDED)
        return false;
    *out = mop_number_round(v);
    return true;
}

/*
 * With a = aw + ad/10^6 + af/10^20 and b = bw + bd/10^6, a*b in millionths is
 * (aw + ad/10^6)*b + af*b/10^14: each term is at most the result, and only what is behind the
 * millionths has anything to round.
 */
mop_i128 mop_number_mul(mop_i128 a, mop_i128 b)
{
    u128 x = magnitude(a) / ROUNDED, fine = magnitude(a) % ROUNDED, y = magnitude(b);
    u128 product, middle, unit = ROUNDED * MOP_UNIT;
    u128 small = ((x % MOP_UNIT) * (y % MOP_UNIT) * ROUNDED + fine * y + unit / 2) / unit;
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

static void put_decimals(struct text *t, u128 decimals, int places)
{
    for (int i = 0; i < places; i++, decimals /= 10)
        put(t, (char)('0' + (unsigned)(decimals % 10)));
    if (places)
        put(t, '.');
}

static void put_number(struct mop_buf *b, u128 whole, u128 decimals, int places, bool negative)
{
    struct text t = {.start = sizeof t.bytes};
    put_decimals(&t, decimals, places);
    put_whole(&t, whole);
    if (negative && (whole || decimals))
        put(&t, '-');
    mop_buf_add(b, t.bytes + t.start, sizeof t.bytes - t.start);
}

/* Without zeros at the end. */
static void put_short(struct mop_buf *b, mop_i128 v, u128 unit, int places)
{
    u128 decimals = magnitude(v) % unit;
    for (places = decimals ? places : 0; places && decimals % 10 == 0; places--)
        decimals /= 10;
    put_number(b, magnitude(v) / unit, decimals, places, v < 0);
}

void mop_decimal_print(struct mop_buf *b, mop_i128 v)
{
    put_short(b, v, MOP_UNIT, DECIMALS);
}

void mop_number_print(struct mop_buf *b, mop_i128 v)
{
    put_short(b, v, ROUNDED * MOP_UNIT, MOP_NUMBER_DECIMALS);
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
