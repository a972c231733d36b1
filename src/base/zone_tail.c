/* SPDX-License-Identifier: MIT */
#include "civil.h"
#include "zone.h"

/* The POSIX TZ string at the end of a TZif file: what holds after its table (RFC 8536, 3.3). */

struct cursor {
    struct mop_sv s;
    size_t i;
};

static bool take(struct cursor *c, char want)
{
    if (c->i >= c->s.n || c->s.p[c->i] != want)
        return false;
    c->i++;
    return true;
}

static bool number(struct cursor *c, int least, int most, int *out)
{
    size_t begin = c->i;
    int value = 0;
    while (c->i < c->s.n && c->i - begin < 3 && c->s.p[c->i] >= '0' && c->s.p[c->i] <= '9')
        value = value * 10 + (c->s.p[c->i++] - '0');
    *out = value;
    return c->i > begin && value >= least && value <= most;
}

static bool letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* An abbreviation, "CET" or "<+03>"; its text is of no use here. */
static bool skip_name(struct cursor *c)
{
    size_t begin = c->i;
    if (take(c, '<')) {
        while (c->i < c->s.n && c->s.p[c->i] != '>')
            c->i++;
        return take(c, '>');
    }
    while (c->i < c->s.n && letter(c->s.p[c->i]))
        c->i++;
    return c->i >= begin + 3;
}

/* [+-]h[h[h]][:mm[:ss]] */
static bool time_of_day(struct cursor *c, int most, int32_t *out)
{
    int h = 0, m = 0, s = 0;
    bool minus = take(c, '-');
    if (!minus)
        take(c, '+');
    if (!number(c, 0, most, &h))
        return false;
    if (take(c, ':') && !number(c, 0, 59, &m))
        return false;
    if (c->s.p[c->i - 1] != ':' && take(c, ':') && !number(c, 0, 59, &s))
        return false;
    *out = (minus ? -1 : 1) * (h * 3600 + m * 60 + s);
    return true;
}

/* In TZ strings west is positive. */
static bool utc_offset(struct cursor *c, int32_t *out)
{
    if (!time_of_day(c, 24, out))
        return false;
    *out = -*out;
    return true;
}

static bool rule_day(struct cursor *c, struct mop_zone_rule *r)
{
    if (take(c, 'M')) {
        r->kind = 'M';
        return number(c, 1, 12, &r->month) && take(c, '.') && number(c, 1, 5, &r->week) &&
               take(c, '.') && number(c, 0, 6, &r->day);
    }
    r->kind = take(c, 'J') ? 'J' : '0';
    return number(c, r->kind == 'J' ? 1 : 0, 365, &r->day);
}

static bool rule(struct cursor *c, struct mop_zone_rule *r)
{
    r->time = 2 * 3600;
    return take(c, ',') && rule_day(c, r) && (!take(c, '/') || time_of_day(c, 167, &r->time));
}

bool mop_zone_tail_parse(struct mop_sv s, struct mop_zone_tail *t)
{
    struct cursor c = {s, 0};
    *t = (struct mop_zone_tail){.has_summer = false};
    if (!skip_name(&c) || !utc_offset(&c, &t->standard))
        return false;
    if (c.i == s.n)
        return true;
    t->has_summer = true;
    t->summer = t->standard + 3600;
    if (!skip_name(&c) || (c.i < s.n && s.p[c.i] != ',' && !utc_offset(&c, &t->summer)))
        return false;
    return rule(&c, &t->begin) && rule(&c, &t->end) && c.i == s.n;
}

/* The day of the w-th weekday of a month; the fifth is the last. */
static int32_t weekday_of_month(const struct mop_zone_rule *r, int year)
{
    int32_t first = mop_day_of_civil(year, r->month, 1);
    int sunday_first = (mop_weekday(first) + 1) % 7; /* TZ strings count from Sunday */
    int day = (r->day - sunday_first + 7) % 7 + (r->week - 1) * 7;
    return first + (day < mop_month_days(year, r->month) ? day : day - 7);
}

/* The change in local seconds since 1970. */
static int64_t change(const struct mop_zone_rule *r, int year)
{
    int32_t day;
    if (r->kind == 'M')
        day = weekday_of_month(r, year);
    else if (r->kind == 'J')
        day = mop_day_of_civil(year, 1, 1) + r->day - 1 + (r->day > 59 && mop_leap_year(year));
    else
        day = mop_day_of_civil(year, 1, 1) + r->day;
    return day * INT64_C(86400) + r->time;
}

int32_t mop_zone_tail_offset(const struct mop_zone_tail *t, int64_t second)
{
    if (!t->has_summer)
        return t->standard;
    int year, month, day;
    mop_civil_of_day((int32_t)mop_floor_div(second + t->standard, 86400), &year, &month, &day);
    int64_t begin = change(&t->begin, year) - t->standard, end = change(&t->end, year) - t->summer;
    bool summer = begin < end ? begin <= second && second < end : begin <= second || second < end;
    return summer ? t->summer : t->standard;
}
