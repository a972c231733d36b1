/* SPDX-License-Identifier: MIT */
#include "civil.h"

/* A year of four digits before it is a slip: '1.1.0026'. */
enum { YEAR_MIN = 1000 };

static bool is_possible(const struct mop_clock *c)
{
    return c->year >= YEAR_MIN && c->year <= 9999 && c->month >= 1 && c->month <= 12 &&
           c->day >= 1 && c->day <= mop_month_days(c->year, c->month) && c->hour >= 0 &&
           c->hour <= 23 && c->minute >= 0 && c->minute <= 59 && c->second >= 0 && c->second <= 59;
}

bool mop_clock_when(const struct mop_clock *c, const struct mop_zone *z, struct mop_when *out)
{
    if (!is_possible(c))
        return false;
    int32_t day = mop_day_of_civil(c->year, c->month, c->day);
    int64_t local =
        day * MOP_US_DAY + (c->hour * 3600 + c->minute * 60 + c->second) * MOP_US_SECOND + c->us;
    if (c->has_offset)
        *out = mop_when_of_instant(local - c->offset * MOP_US_SECOND, z);
    else
        *out = (struct mop_when){mop_zone_instant(z, local), day, !c->timed};
    return true;
}

struct mop_when mop_when_of_instant(int64_t us, const struct mop_zone *z)
{
    return (struct mop_when){us, mop_day_of_us(us + mop_zone_offset(z, us) * MOP_US_SECOND), false};
}

struct mop_when mop_when_on(struct mop_when w, const struct mop_zone *z)
{
    return w.whole_day ? w : mop_when_of_instant(w.us, z);
}

int mop_when_cmp(struct mop_when a, struct mop_when b)
{
    if (a.whole_day || b.whole_day)
        return (a.day > b.day) - (a.day < b.day);
    return (a.us > b.us) - (a.us < b.us);
}

/* ISO 8601. */

struct reader {
    struct mop_sv s;
    size_t i;
};

/* Exactly n digits. */
static bool digits(struct reader *r, size_t n, int *out)
{
    int value = 0;
    for (size_t k = 0; k < n; k++, r->i++) {
        if (r->i >= r->s.n || r->s.p[r->i] < '0' || r->s.p[r->i] > '9')
            return false;
        value = value * 10 + (r->s.p[r->i] - '0');
    }
    *out = value;
    return true;
}

static bool one_of(struct reader *r, char a, char b)
{
    if (r->i >= r->s.n || (r->s.p[r->i] != a && r->s.p[r->i] != b))
        return false;
    r->i++;
    return true;
}

/* One to nine digits; below the microsecond they are cut off. */
static bool fraction(struct reader *r, int32_t *us)
{
    int32_t scale = MOP_US_SECOND / 10;
    size_t begin = r->i;
    for (int d; r->i - begin < 9 && digits(r, 1, &d); scale /= 10)
        *us += d * scale;
    return r->i > begin;
}

static bool seconds(struct reader *r, struct mop_clock *c)
{
    if (!one_of(r, ':', ':'))
        return true;
    if (!digits(r, 2, &c->second))
        return false;
    return one_of(r, '.', ',') ? fraction(r, &c->us) : true;
}

static void offset(struct reader *r, struct mop_clock *c)
{
    size_t n =
        one_of(r, 'Z', 'Z') ? 0 : mop_offset_parse(mop_sv_sub(r->s, r->i, r->s.n), &c->offset);
    c->has_offset = n > 0 || r->s.p[r->i - 1] == 'Z';
    r->i += n;
}

static bool iso_time(struct reader *r, struct mop_clock *c)
{
    c->timed = true;
    if (!digits(r, 2, &c->hour) || !one_of(r, ':', ':') || !digits(r, 2, &c->minute) ||
        !seconds(r, c))
        return false;
    offset(r, c);
    return true;
}

bool mop_date_parse_iso(const struct mop_zone *z, struct mop_sv s, struct mop_when *out)
{
    struct reader r = {s, 0};
    struct mop_clock c = {.year = 0};
    if (!digits(&r, 4, &c.year) || !one_of(&r, '-', '-') || !digits(&r, 2, &c.month) ||
        !one_of(&r, '-', '-') || !digits(&r, 2, &c.day))
        return false;
    if (one_of(&r, 'T', ' ') && !iso_time(&r, &c))
        return false;
    return r.i == s.n && mop_clock_when(&c, z, out);
}

/* Printing. */

/* Written by hand: every value of a date column passes here. */
static char *put_digits(char *to, int value, size_t places)
{
    for (size_t i = places; i-- > 0; value /= 10)
        to[i] = (char)('0' + value % 10);
    return to + places;
}

static char *put_pair(char *to, char before, int value)
{
    *to = before;
    return put_digits(to + 1, value, 2);
}

static char *put_fraction(char *to, int32_t us)
{
    if (us == 0)
        return to;
    size_t places = 6;
    for (; us % 10 == 0; us /= 10)
        places--;
    *to = '.';
    return put_digits(to + 1, us, places);
}

static char *put_time(char *to, int64_t of_day)
{
    int second = (int)(of_day / MOP_US_SECOND);
    to = put_pair(to, 'T', second / 3600);
    to = put_pair(to, ':', second / 60 % 60);
    to = put_pair(to, ':', second % 60);
    to = put_fraction(to, (int32_t)(of_day % MOP_US_SECOND));
    *to = 'Z';
    return to + 1;
}

void mop_when_print(struct mop_buf *b, struct mop_when w)
{
    char text[40];
    int y, m, d;
    int32_t day = w.whole_day ? w.day : mop_day_of_us(w.us);
    mop_civil_of_day(day, &y, &m, &d);
    char *end = put_digits(text, y, y > 9999 ? 5 : 4);
    end = put_pair(end, '-', m);
    end = put_pair(end, '-', d);
    if (!w.whole_day)
        end = put_time(end, w.us - day * MOP_US_DAY);
    mop_buf_add(b, text, (size_t)(end - text));
}

/* Durations. */

bool mop_duration_parse(struct mop_sv s, int64_t *us)
{
    static const struct unit {
        char name;
        int32_t seconds;
    } units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}, {'w', 604800}};
    uint64_t n;
    if (s.n < 2 || !mop_sv_u64(mop_sv_sub(s, 0, s.n - 1), &n))
        return false;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        uint64_t unit = (uint64_t)(units[i].seconds * MOP_US_SECOND);
        if (units[i].name != s.p[s.n - 1] || n > INT64_MAX / unit)
            continue;
        *us = (int64_t)(n * unit);
        return true;
    }
    return false;
}
