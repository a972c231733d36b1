/* SPDX-License-Identifier: MIT */
#include "gate/period.h"
#include "base/date.h"
#include "base/utf8.h"
#include <string.h>

/* Times as names write them: read in every way that there is, and compared with a day. */

enum { GROUPS = 4 };

/* What stands between separators, and where letters and digits meet. */
struct group {
    enum { DIGITS, MONTH, QUARTER } is;
    struct mop_sv digits;
    int value; /* of a month's name or a quarter */
};
struct groups {
    struct group g[GROUPS];
    size_t n;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* English and German, whole and short; folded, with and without their letters. */
static int month_of(struct mop_sv word)
{
    static const char *const names[] = {
        "january jan januar jan jaenner j\xc3\xa4nner",
        "february feb februar febr",
        "march mar maerz m\xc3\xa4rz mrz m\xc3\xa4r",
        "april apr",
        "may mai",
        "june jun juni",
        "july jul juli",
        "august aug",
        "september sep sept",
        "october oct oktober okt",
        "november nov",
        "december dec dezember dez",
    };
    struct mop_sv name;
    for (int m = 0; m < 12; m++)
        for (struct mop_sv rest = mop_sv_of(names[m]); mop_sv_next(&rest, ' ', &name);)
            if (mop_sv_eq(word, name))
                return m + 1;
    return 0;
}

static int number(struct mop_sv s)
{
    int n = 0;
    for (size_t i = 0; i < s.n; i++)
        n = n * 10 + (s.p[i] - '0');
    return n;
}

static bool add(struct groups *l, struct group g)
{
    if (l->n == GROUPS)
        return false;
    l->g[l->n++] = g;
    return true;
}

static bool is_quarter(char c)
{
    return c >= '1' && c <= '4';
}

/* "q4", "q426", "q42026": the digit is the quarter's, unless it stood before: "4q26". */
static bool add_quarter(struct groups *l, struct mop_sv s, size_t *i)
{
    size_t end = *i;
    while (end < s.n && is_digit(s.p[end]))
        end++;
    size_t behind = end - *i;
    if ((behind == 1 || behind == 3 || behind == 5) && is_quarter(s.p[*i]))
        return add(l, (struct group){QUARTER, MOP_SV_NONE, s.p[(*i)++] - '0'});
    struct group *last = l->n ? &l->g[l->n - 1] : NULL;
    if (!last || last->is != DIGITS || last->digits.n != 1 || !is_quarter(last->digits.p[0]))
        return false;
    *last = (struct group){QUARTER, MOP_SV_NONE, last->digits.p[0] - '0'};
    return true;
}

static bool add_word(struct groups *l, struct mop_sv s, size_t from, size_t *i)
{
    struct mop_sv word = mop_sv_sub(s, from, *i);
    int month = month_of(word);
    if (mop_sv_eqs(word, "q"))
        return add_quarter(l, s, i);
    return month && add(l, (struct group){MONTH, MOP_SV_NONE, month});
}

static bool is_separator(char c)
{
    return memchr("-._/ ", c, 5) != NULL;
}

static bool split(struct mop_sv s, struct groups *l)
{
    bool right = true;
    for (size_t i = 0; i < s.n && right;) {
        size_t from = i;
        while (i < s.n && is_digit(s.p[i]))
            i++;
        if (i > from) {
            right = add(l, (struct group){DIGITS, mop_sv_sub(s, from, i), 0});
            continue;
        }
        while (i < s.n && !is_digit(s.p[i]) && !is_separator(s.p[i]))
            i++;
        if (i > from)
            right = add_word(l, s, from, &i);
        else
            i++;
    }
    return right && l->n;
}

/*
 * The ways to write a time, groups apart by blanks: Y a year of four digits, y of two, m and d
 * month and day (of one digit too, where they stand alone), B a month's name, Q a quarter, q its
 * digit alone.
 */
static const char *const forms[] = {
    "Ymd",   "dmY",   "mdY",   "ymd",   "dmy",   "Ym",    "mY",    "ym",    "my",
    "md",    "dm",    "Y",     "y",     "m",     "d",     "q",     "Q",     "Y Q",
    "Q Y",   "y Q",   "Q y",   "B",     "B Y",   "B y",   "Y B",   "y B",   "d B",
    "B d",   "Y m",   "m Y",   "y m",   "m y",   "d m",   "m d",   "Y m d", "d m Y",
    "m d Y", "y m d", "d m y", "d B Y", "B d Y", "Y B d", "d B y", "y B d"};

struct time {
    int year, quarter, month, day; /* 0: not said */
};

static size_t width_of(char unit, size_t units, size_t have)
{
    return unit == 'Y' ? 4 : unit == 'q' ? 1 : units == 1 && have == 1 && unit != 'y' ? 1 : 2;
}

static bool put(char unit, int n, struct time *t)
{
    switch (unit) {
    case 'Y':
    case 'y':
        t->year = unit == 'y' ? 2000 + n : n;
        return t->year >= 1990 && t->year < 2200;
    case 'm':
    case 'B':
        t->month = n;
        return n >= 1 && n <= 12;
    case 'd':
        t->day = n;
        return n >= 1 && n <= 31;
    default:
        t->quarter = n;
        return n >= 1 && n <= 4;
    }
}

static bool read_group(const struct group *g, struct mop_sv units, struct time *t)
{
    static const char words[] = {'d', 'B', 'Q'}; /* by what the group is */
    bool named = units.p[0] == 'B' || units.p[0] == 'Q';
    if (g->is != DIGITS || named)
        return units.p[0] == words[g->is] && put(units.p[0], g->value, t);
    size_t at = 0;
    for (size_t i = 0; i < units.n; i++) {
        size_t wide = width_of(units.p[i], units.n, g->digits.n);
        if (at + wide > g->digits.n ||
            !put(units.p[i], number(mop_sv_sub(g->digits, at, at + wide)), t))
            return false;
        at += wide;
    }
    return at == g->digits.n;
}

static bool read_form(const struct groups *l, const char *form, struct time *t)
{
    struct mop_sv units;
    size_t i = 0;
    *t = (struct time){0, 0, 0, 0};
    for (struct mop_sv rest = mop_sv_of(form); mop_sv_next(&rest, ' ', &units); i++)
        if (i == l->n || !read_group(&l->g[i], units, t))
            return false;
    return i == l->n;
}

/* Which forms a part of that name is written in: one of these units is in them. */
static const char *units_of(struct mop_sv part)
{
    static const struct {
        const char *name, *units;
    } T[] = {{"year", "Yy"}, {"quarter", "QqYB"}, {"month", "mB"}, {"day", "d"}};
    for (size_t i = 0; i < sizeof T / sizeof *T; i++)
        if (mop_sv_eqs(part, T[i].name))
            return T[i].units;
    return "YymdBQ";
}

static bool holds(const struct time *t, int32_t day)
{
    int y, m, d;
    mop_civil_of_day(day, &y, &m, &d);
    return (!t->year || t->year == y) && (!t->quarter || t->quarter == (m + 2) / 3) &&
           (!t->month || t->month == m) && (!t->day || t->day == d);
}

static enum mop_period read_all(const struct groups *l, const char *units, int32_t day)
{
    enum mop_period found = MOP_PERIOD_UNREAD;
    struct time t;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (strpbrk(forms[i], units) && read_form(l, forms[i], &t)) {
            if (holds(&t, day))
                return MOP_PERIOD_AGREES;
            found = MOP_PERIOD_OTHER;
        }
    return found;
}

enum mop_period mop_period_compare(struct mop_sv part, struct mop_sv text, int32_t day,
                                   struct mop_arena *a)
{
    struct groups l = {.n = 0};
    if (!split(mop_utf8_fold(a, text), &l))
        return MOP_PERIOD_UNREAD;
    enum mop_period found = read_all(&l, units_of(part), day);
    /* A part that is called month may hold a year; a lone number is then none of it. */
    return found == MOP_PERIOD_UNREAD ? read_all(&l, "YQB", day) : found;
}
