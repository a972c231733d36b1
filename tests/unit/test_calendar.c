/* SPDX-License-Identifier: MIT */
#include "rules.h"
#include "rules/lifecycle.h"

/* Business hours between two instants: days, hours, holidays, and the days on which clocks change.
 */

static const char yaml[] =
    "mopslint: 1\nname: t\ntimezone: Europe/Berlin\n"
    "calendars:\n"
    "  office: {days: mon-fri, hours: '09:00-18:00', holidays: [2026-12-25, 2026-01-01]}\n"
    "  lunch: {days: [mon, wed], hours: ['09:00-12:00', '13:00-17:00']}\n"
    "  always: {days: mon-sun}\n"
    "  gulf: {zone: Asia/Dubai, days: sun-thu, hours: '08:00-16:00'}\n"
    "  night: {days: 'sat, sun', hours: '00:00-04:00'}\n"
    "  york: {zone: America/New_York, hours: '09:00-17:00'}\n"
    "  file: {hours: '00:00-24:00', holidays: {file: holidays.csv}}\n"
    "records: {lead: {fields: {a: }}}\n";

static int64_t instant(const char *text)
{
    struct mop_when w;
    if (!mop_date_parse_iso(mop_zone_find(MOP_SV("UTC")), mop_sv_of(text), &w))
        fail_msg("no time: %s", text);
    return w.us;
}

static void load(struct rules *r)
{
    rules_begin(r);
    rules_file(r, "rules.yaml", yaml, true);
    rules_file(r, "holidays.csv", "day,name\n2026-05-01,Labour day\n2026-05-25,Whit Monday\n",
               false);
    if (!rules_load(r))
        fail_msg("%s", rules_said(r));
}

static void between(void **state)
{
    (void)state;
    static const struct {
        const char *row, *calendar, *from, *to;
        int minutes;
    } T[] = {
        {"no calendar is the time itself", NULL, "2026-03-01T00:00:00Z", "2026-03-02T01:00:00Z",
         25 * 60},
        {"within a day", "office", "2026-03-02T10:00:00+01:00", "2026-03-02T12:30:00+01:00", 150},
        {"before opening and after closing", "office", "2026-03-02T06:00:00+01:00",
         "2026-03-02T23:00:00+01:00", 9 * 60},
        {"over night", "office", "2026-03-02T17:00:00+01:00", "2026-03-03T10:00:00+01:00", 120},
        {"over the weekend", "office", "2026-03-06T17:00:00+01:00", "2026-03-09T10:00:00+01:00",
         120},
        {"on a Saturday", "office", "2026-03-07T10:00:00+01:00", "2026-03-07T12:00:00+01:00", 0},
        {"a holiday", "office", "2026-12-24T17:00:00+01:00", "2026-12-28T10:00:00+01:00", 120},
        {"a whole week", "office", "2026-03-02T00:00:00+01:00", "2026-03-09T00:00:00+01:00",
         45 * 60},
        {"backwards is nothing", "office", "2026-03-03T10:00:00Z", "2026-03-02T10:00:00Z", 0},
        {"no time at all", "office", "2026-03-02T10:00:00Z", "2026-03-02T10:00:00Z", 0},
        {"a break at noon", "lunch", "2026-03-02T11:00:00+01:00", "2026-03-02T14:00:00+01:00", 120},
        {"only some days", "lunch", "2026-03-02T16:00:00+01:00", "2026-03-04T10:00:00+01:00", 120},
        {"opening hours stay on the wall clock: before the change", "office",
         "2026-03-27T17:00:00+01:00", "2026-03-30T10:00:00+02:00", 120},
        {"a day of 23 hours", "always", "2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00",
         23 * 60},
        {"a day of 25 hours", "always", "2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00",
         25 * 60},
        {"the hour that is skipped is not worked", "night", "2026-03-29T00:00:00+01:00",
         "2026-03-29T12:00:00+02:00", 3 * 60},
        {"the hour that is repeated is worked twice", "night", "2026-10-25T00:00:00+02:00",
         "2026-10-25T12:00:00+01:00", 5 * 60},
        {"a week that begins on Sunday", "gulf", "2026-03-05T15:00:00+04:00",
         "2026-03-08T09:00:00+04:00", 120},
        {"mon-fri is the default", "york", "2026-11-25T16:00:00-05:00", "2026-11-30T10:00:00-05:00",
         60 + 480 + 480 + 60},
        {"another zone's change", "york", "2026-10-30T16:00:00-04:00", "2026-11-02T10:00:00-05:00",
         120},
        {"holidays of a file", "file", "2026-04-30T12:00:00+02:00", "2026-05-04T12:00:00+02:00",
         24 * 60},
        {"a date of the year 1000 costs no minute", "office", "1000-01-01T00:00:00Z",
         "1000-01-01T00:00:00Z", 0},
    };
    struct rules r;
    load(&r);
    for (size_t i = 0; i < ROWS(T); i++) {
        const struct mop_calendar *c =
            T[i].calendar ? mop_calendar_find(r.rs, mop_sv_of(T[i].calendar)) : NULL;
        CHECK(T[i].row, !T[i].calendar || c);
        int64_t got = mop_calendar_between(c, instant(T[i].from), instant(T[i].to)) / 60000000;
        if (got != T[i].minutes)
            fail_msg("%s: got %lld minutes, want %d", T[i].row, (long long)got, T[i].minutes);
    }
    assert_true(mop_calendar_between(mop_calendar_find(r.rs, MOP_SV("office")),
                                     instant("1000-01-01T00:00:00Z"), RULES_NOW) > 0);
    rules_end(&r);
}

/* Any cut of a span into two adds up: no instant is lost or counted twice. */
static void adds_up(void **state)
{
    (void)state;
    static const char *const names[] = {"office", "lunch", "always", "gulf",
                                        "night",  "york",  "file"};
    struct rules r;
    uint64_t seed = 11;
    load(&r);
    for (int i = 0; i < 3000; i++) {
        int64_t at[3];
        for (int k = 0; k < 3; k++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            at[k] = instant("2026-03-01T00:00:00Z") +
                    (int64_t)((seed >> 20) % (UINT64_C(86400) * 300 * 1000)) * 1000 * (k ? 1 : 0);
        }
        int64_t a = at[0], b = at[1] < at[2] ? at[1] : at[2], c = at[1] < at[2] ? at[2] : at[1];
        const struct mop_calendar *cal = mop_calendar_find(r.rs, mop_sv_of(names[i % 7]));
        assert_int_equal(mop_calendar_between(cal, a, b) + mop_calendar_between(cal, b, c),
                         mop_calendar_between(cal, a, c));
    }
    rules_end(&r);
}

/* What was added up beforehand is what counting day by day gives, within its years and beyond. */
static void long_spans(void **state)
{
    (void)state;
    static const char *const names[] = {"office", "lunch", "always", "gulf",
                                        "night",  "york",  "file"};
    const int64_t day = INT64_C(86400) * 1000000;
    struct rules r;
    load(&r);
    for (size_t i = 0; i < ROWS(names); i++) {
        const struct mop_calendar *c = mop_calendar_find(r.rs, mop_sv_of(names[i]));
        int64_t from = instant("2013-02-03T12:34:56Z"), sum = 0;
        for (int n = 0; n < 20 * 366; n++) {
            int64_t at = from + n * day;
            sum += mop_calendar_between(c, at, at + day);
            CHECK(names[i], n % 97 || mop_calendar_between(c, from, at + day) == sum);
        }
    }
    rules_end(&r);
}

static void faults(void **state)
{
    (void)state;
    static const struct {
        const char *row, *calendar, *said;
    } T[] = {
        {"zone", "{zone: Europe/Berln}", "there is no time zone 'Europe/Berln'"},
        {"days", "{days: mon-xyz}", "'mon-xyz' names no days"},
        {"hours", "{hours: '9 to 5'}", "names no hours"},
        {"an hour too late", "{hours: '09:00-25:00'}", "names no hours"},
        {"upside down", "{hours: '18:00-09:00'}", "hours end after they begin"},
        {"overlapping", "{hours: ['09:00-12:00', '11:00-13:00']}", "come in order"},
        {"holidays", "{holidays: [2026-02-30]}", "'2026-02-30' is no day"},
        {"unknown key", "{hour: x}", "did you mean 'hours'?"},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        struct rules r;
        char text[300];
        snprintf(text, sizeof text,
                 "mopslint: 1\nname: t\nrecords: {lead: {fields: {a: }}}\ncalendars: {c: %s}\n",
                 T[i].calendar);
        rules_begin(&r);
        rules_file(&r, "rules.yaml", text, true);
        CHECK(T[i].row, !rules_load(&r));
        if (!strstr(rules_said(&r), T[i].said))
            fail_msg("%s: want '%s' in\n%s", T[i].row, T[i].said, rules_said(&r));
        rules_end(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(between), cmocka_unit_test(adds_up),
                                       cmocka_unit_test(long_spans), cmocka_unit_test(faults)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
