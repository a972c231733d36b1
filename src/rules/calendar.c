/* SPDX-License-Identifier: MIT */
#include "rules/kind_util.h"
#include "rules/lifecycle.h"
#include <stdlib.h>
#include <string.h>

/* Business hours: {zone: Europe/Berlin, days: mon-fri, hours: "09:00-18:00", holidays: {file:
 * holidays.csv}}. */

static const char *const calendar_keys[] = {"zone",     "days",        "hours",
                                            "holidays", "description", NULL};
static const char day_names[7][4] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
static const int64_t us_per_minute = INT64_C(60) * 1000000, us_per_day = INT64_C(86400) * 1000000;

/* ---- compiling ---- */

static int read_zone(struct mop_scope *s, struct mop_calendar *c, const struct mop_node *n)
{
    struct mop_sv name;
    if (mop_read_text(s, n, &name))
        return -1;
    const struct mop_zone *zone = mop_zone_find(name);
    if (!zone) {
        mop_scope_fault(s, "bad-value", n, "there is no time zone '%.*s'", MOP_SV_ARG(name));
        mop_scope_hint(s, "a name of the system's tzdata, such as Europe/Berlin");
        return -1;
    }
    c->zone = zone;
    return 0;
}

static int day_index(struct mop_sv name)
{
    for (int i = 0; i < 7; i++)
        if (name.n >= 3 && mop_sv_eq_nocase(mop_sv_sub(name, 0, 3), mop_sv_of(day_names[i])))
            return i;
    return -1;
}

/* "mon-fri", "sat": over the end of the week too ("sun-thu"). */
static int read_day_range(struct mop_scope *s, struct mop_calendar *c, const struct mop_node *at,
                          struct mop_sv piece)
{
    size_t dash = mop_sv_find(piece, '-');
    int from = day_index(mop_sv_trim(mop_sv_sub(piece, 0, dash)));
    int to = dash < piece.n ? day_index(mop_sv_trim(mop_sv_sub(piece, dash + 1, piece.n))) : from;
    if (from < 0 || to < 0) {
        mop_scope_fault(s, "bad-value", at, "'%.*s' names no days", MOP_SV_ARG(piece));
        mop_scope_hint(s, "write mon-fri, or a list such as [mon, tue, sat]");
        return -1;
    }
    for (int i = from;; i = (i + 1) % 7) {
        c->day[i] = true;
        if (i == to)
            return 0;
    }
}

static int read_days(struct mop_scope *s, struct mop_calendar *c, const struct mop_node *n)
{
    struct mop_sv *texts, piece;
    size_t count;
    if (!n) {
        for (int i = 0; i < 5; i++)
            c->day[i] = true;
        return 0;
    }
    if (mop_read_texts(s, n, &texts, &count))
        return -1;
    for (size_t i = 0; i < count; i++)
        for (struct mop_sv rest = texts[i]; mop_sv_next(&rest, ',', &piece);)
            if (read_day_range(s, c, n, mop_sv_trim(piece)))
                return -1;
    return count ? 0
                 : mop_scope_fault(s, "missing-value", n, "a calendar without days is never open");
}

/* "09:00" in minutes; -1: no time of day. */
static int32_t read_minutes(struct mop_sv text)
{
    uint64_t h, m;
    size_t colon = mop_sv_find(text, ':');
    if (!mop_sv_u64(mop_sv_sub(text, 0, colon), &h) ||
        !mop_sv_u64(mop_sv_sub(text, colon + 1, text.n), &m))
        return -1;
    return h > 24 || m > 59 || (h == 24 && m) ? -1 : (int32_t)(h * 60 + m);
}

static int read_hours_piece(struct mop_scope *s, struct mop_calendar *c, const struct mop_node *at,
                            struct mop_sv text)
{
    size_t dash = mop_sv_find(text, '-');
    struct mop_hours h = {read_minutes(mop_sv_trim(mop_sv_sub(text, 0, dash))), -1};
    if (dash < text.n)
        h.closes = read_minutes(mop_sv_trim(mop_sv_sub(text, dash + 1, text.n)));
    if (h.opens < 0 || h.closes < 0) {
        mop_scope_fault(s, "bad-value", at, "'%.*s' names no hours", MOP_SV_ARG(text));
        mop_scope_hint(s, "write them as \"09:00-18:00\"");
        return -1;
    }
    if (h.opens >= h.closes || (c->nhours && h.opens < c->hours[c->nhours - 1].closes))
        return mop_scope_fault(
            s, "bad-value", at,
            "'%.*s': hours end after they begin and come in order, within one day",
            MOP_SV_ARG(text));
    c->hours[c->nhours++] = h;
    return 0;
}

static int read_hours(struct mop_scope *s, struct mop_calendar *c, const struct mop_node *n)
{
    struct mop_sv *texts;
    size_t count;
    if (!n) {
        c->hours = mop_arena_array(s->arena, 1, sizeof *c->hours);
        c->hours[c->nhours++] = (struct mop_hours){0, 24 * 60};
        return 0;
    }
    if (mop_read_texts(s, n, &texts, &count))
        return -1;
    c->hours = mop_arena_array(s->arena, count + 1, sizeof *c->hours);
    for (size_t i = 0; i < count; i++)
        if (read_hours_piece(s, c, n->kind == MOP_LIST ? n->item[i] : n, texts[i]))
            return -1;
    return c->nhours
               ? 0
               : mop_scope_fault(s, "missing-value", n, "a calendar without hours is never open");
}

static int by_number(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

static bool is_empty_row(const struct mop_table *t, size_t row)
{
    size_t i = 0;
    while (i < t->widths[row] && !t->rows[row][i].n)
        i++;
    return i == t->widths[row];
}

/* The column `day` or `date` of a CSV file. */
static int holidays_of_file(struct mop_scope *s, struct mop_calendar *c,
                            const struct mop_node *path)
{
    struct mop_sv names[] = {MOP_SV("day"), MOP_SV("date")};
    const struct mop_table_name want = {names, 2};
    struct mop_table table;
    size_t column;
    int rc = 0;
    if (mop_read_table(s, path, &table) || mop_table_columns(s, &table, &want, 1, &column))
        return -1;
    c->holidays = mop_arena_array(s->arena, table.n + 1, sizeof *c->holidays);
    for (size_t i = 1; i < table.n; i++) {
        struct mop_node cell = mop_table_cell(&table, i, column);
        if (is_empty_row(&table, i))
            continue;
        rc |= cell.text.n ? mop_read_day(s, &cell, &c->holidays[c->nholidays++])
                          : mop_scope_fault(s, "bad-table", &cell, "a row without a day");
    }
    return rc;
}

static int holidays_of_list(struct mop_scope *s, struct mop_calendar *c, const struct mop_node *n)
{
    size_t count = n->kind == MOP_LIST ? n->n : 1;
    int rc = 0;
    c->holidays = mop_arena_array(s->arena, count + 1, sizeof *c->holidays);
    for (size_t i = 0; i < count; i++)
        rc |= mop_read_day(s, n->kind == MOP_LIST ? n->item[i] : n, &c->holidays[c->nholidays++]);
    return rc;
}

static int read_holidays(struct mop_scope *s, struct mop_calendar *c, const struct mop_node *n)
{
    static const char *const keys[] = {"file", NULL};
    int rc;
    if (!n)
        return 0;
    if (n->kind == MOP_MAPPING &&
        (mop_check_keys(s, n, keys, "holidays") || !mop_node_get(n, "file")))
        return mop_scope_fault(s, "missing-value", n,
                               "'holidays' wants a list of days, or {file: holidays.csv}");
    rc = n->kind == MOP_MAPPING ? holidays_of_file(s, c, mop_node_get(n, "file"))
                                : holidays_of_list(s, c, n);
    if (c->nholidays)
        qsort(c->holidays, c->nholidays, sizeof *c->holidays, by_number);
    return rc;
}

/* ---- counting ---- */

static bool is_open_day(const struct mop_calendar *c, int32_t day)
{
    return c->day[mop_weekday(day)] &&
           !(c->nholidays && bsearch(&day, c->holidays, c->nholidays, sizeof day, by_number));
}

static int64_t overlap(int64_t a0, int64_t a1, int64_t b0, int64_t b1)
{
    int64_t from = a0 > b0 ? a0 : b0, to = a1 < b1 ? a1 : b1;
    return to > from ? to - from : 0;
}

/* Wall clocks become instants first: an hour that the clock skips is not worked, one that it
 * repeats is worked twice. */
static int64_t open_on(const struct mop_calendar *c, int32_t day, int64_t from, int64_t to)
{
    int64_t sum = 0;
    for (size_t i = 0; i < c->nhours; i++) {
        int64_t opens =
            mop_zone_instant(c->zone, day * us_per_day + c->hours[i].opens * us_per_minute);
        int64_t closes =
            mop_zone_instant(c->zone, day * us_per_day + c->hours[i].closes * us_per_minute);
        sum += overlap(opens, closes, from, to);
    }
    return sum;
}

/* Time open on a whole day. */
static int64_t open_day(const struct mop_calendar *c, int32_t day)
{
    return is_open_day(c, day) ? open_on(c, day, INT64_MIN, INT64_MAX) : 0;
}

/* The years that most dates are of, added up beforehand: a clock that ran for a year costs no more
 * than one of a day. */
static void make_table(struct mop_scope *s, struct mop_calendar *c)
{
    enum { BEFORE = 12 * 366, AFTER = 366 };
    int64_t sum = 0;
    c->table_from = s->rules->now.day - BEFORE;
    c->ntable = BEFORE + AFTER;
    c->open_before = mop_arena_array(s->arena, c->ntable, sizeof *c->open_before);
    for (size_t i = 0; i < c->ntable; i++) {
        c->open_before[i] = sum;
        sum += open_day(c, c->table_from + (int32_t)i);
    }
}

/* Open time of the days from `day` to before `end`. */
static int64_t open_days(const struct mop_calendar *c, int32_t day, int32_t end)
{
    int32_t table_end = c->table_from + (int32_t)c->ntable;
    int64_t sum = 0;
    while (day < end) {
        int32_t until = end < table_end ? end : table_end - 1;
        if (day >= c->table_from && day < until) {
            sum += c->open_before[until - c->table_from] - c->open_before[day - c->table_from];
            day = until;
        } else {
            sum += open_day(c, day++);
        }
    }
    return sum;
}

/* ---- compiling ---- */

struct mop_calendar *mop_calendar_compile(struct mop_scope *s, const struct mop_node *name,
                                          const struct mop_node *n)
{
    struct mop_calendar *c = mop_arena_alloc(s->arena, sizeof *c);
    const struct mop_node *zone = mop_node_get(n, "zone");
    struct mop_sv said;
    c->name = name->text;
    c->zone = s->rules->zone;
    int rc = mop_check_keys(s, n, calendar_keys, "a calendar");
    if (n->kind != MOP_MAPPING)
        return NULL;
    const struct mop_node *words = mop_node_get(n, "description");
    rc |= words ? mop_read_text(s, words, &said) : 0;
    rc |= zone ? read_zone(s, c, zone) : 0; /* all that is wrong in one go */
    rc |= read_days(s, c, mop_node_get(n, "days"));
    rc |= read_hours(s, c, mop_node_get(n, "hours"));
    rc |= read_holidays(s, c, mop_node_get(n, "holidays"));
    if (rc)
        return NULL;
    make_table(s, c);
    return c;
}

const struct mop_calendar *mop_calendar_find(const struct mop_ruleset *rs, struct mop_sv name)
{
    for (size_t i = 0; i < rs->ncalendars; i++)
        if (mop_sv_eq(rs->calendars[i]->name, name))
            return rs->calendars[i];
    return NULL;
}

/* ---- between two instants ---- */

int64_t mop_calendar_between(const struct mop_calendar *c, int64_t from_us, int64_t to_us)
{
    enum {
        DAYS_MAX = 100 * 366
    }; /* a date in the year 1 is a fault of the data: it must not cost a minute */
    int64_t sum = 0;
    if (to_us <= from_us)
        return 0;
    if (!c)
        return to_us - from_us;
    int32_t last = mop_when_of_instant(to_us, c->zone).day,
            first = mop_when_of_instant(from_us, c->zone).day;
    if (last - first > DAYS_MAX)
        first = last - DAYS_MAX;
    for (int32_t day = first; day <= last; day++) {
        if (day == first + 2 && last - 2 > day) { /* what lies between is open as a whole */
            sum += open_days(c, day, last - 1);
            day = last - 1;
        }
        if (is_open_day(c, day))
            sum += open_on(c, day, from_us, to_us);
    }
    return sum;
}
