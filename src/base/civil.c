/* SPDX-License-Identifier: MIT */
#include "civil.h"

/* The Gregorian calendar, carried on to both sides; a year of this arithmetic begins in March. */

enum { DAYS_400Y = 146097, SHIFT = 719468 /* 0000-03-01 to 1970-01-01 */ };

int64_t mop_floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

int32_t mop_day_of_civil(int y, int m, int d)
{
    int64_t year = (int64_t)y - (m <= 2), era = mop_floor_div(year, 400), of_era = year - era * 400;
    int64_t of_year = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;
    return (int32_t)(era * DAYS_400Y + of_era * 365 + of_era / 4 - of_era / 100 + of_year - SHIFT);
}

void mop_civil_of_day(int32_t day, int *y, int *m, int *d)
{
    int64_t z = (int64_t)day + SHIFT, era = mop_floor_div(z, DAYS_400Y),
            of_era = z - era * DAYS_400Y;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100),
            month = (5 * of_year + 2) / 153;
    *d = (int)(of_year - (153 * month + 2) / 5 + 1);
    *m = (int)(month < 10 ? month + 3 : month - 9);
    *y = (int)(year + era * 400 + (*m <= 2));
}

int mop_weekday(int32_t day)
{
    int64_t w = ((int64_t)day + 3) % 7; /* 1970-01-01 was a Thursday */
    return (int)(w < 0 ? w + 7 : w);
}

bool mop_leap_year(int y)
{
    return y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
}

int mop_month_days(int y, int m)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return m == 2 && mop_leap_year(y) ? 29 : days[m - 1];
}

int32_t mop_day_of_us(int64_t us)
{
    return (int32_t)mop_floor_div(us, MOP_US_DAY);
}

/* "+02:00", "+0200", "+02" */
size_t mop_offset_parse(struct mop_sv s, int32_t *seconds)
{
    static const char *const shapes[] = {"+00:00", "+0000", "+00"};
    for (size_t k = 0; k < sizeof shapes / sizeof *shapes; k++) {
        int digit[4] = {0}, nd = 0;
        size_t i = 0;
        for (; shapes[k][i] && i < s.n; i++) {
            if (shapes[k][i] == '0' && s.p[i] >= '0' && s.p[i] <= '9')
                digit[nd++] = s.p[i] - '0';
            else if (shapes[k][i] == '0' || (i ? s.p[i] != ':' : s.p[i] != '+' && s.p[i] != '-'))
                break;
        }
        int hours = digit[0] * 10 + digit[1], minutes = digit[2] * 10 + digit[3];
        if (shapes[k][i] || hours > 23 || minutes > 59)
            continue;
        *seconds = (s.p[0] == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
        return i;
    }
    return 0;
}
