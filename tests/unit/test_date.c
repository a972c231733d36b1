/* SPDX-License-Identifier: MIT */
#include "unit.h"
#include "base/civil.h"

static void calendar(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        int y, m, d;
        int32_t day;
        int weekday;
    } T[] = {
        {"the first day", 1970, 1, 1, 0, 3},
        {"the day before", 1969, 12, 31, -1, 2},
        {"a leap day", 2024, 2, 29, 19782, 3},
        {"the day after it", 2024, 3, 1, 19783, 4},
        {"2000 was a leap year", 2000, 2, 29, 11016, 1},
        {"1900 was none", 1900, 3, 1, -25508, 3},
        {"year one", 1, 1, 1, -719162, 0},
        {"the last day that is read", 9999, 12, 31, 2932896, 4},
        {"before year zero", -1, 12, 31, -719529, 4},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        int y, m, d;
        mop_civil_of_day(T[i].day, &y, &m, &d);
        CHECK(T[i].row, y == T[i].y && m == T[i].m && d == T[i].d);
        CHECK(T[i].row, mop_day_of_civil(y, m, d) == T[i].day);
        CHECK(T[i].row, mop_weekday(T[i].day) == T[i].weekday);
    }
    for (int32_t day = -800000; day < 800000; day += 7) {
        int y, m, d;
        mop_civil_of_day(day, &y, &m, &d);
        assert_int_equal(mop_day_of_civil(y, m, d), day);
        assert_true(m >= 1 && m <= 12 && d >= 1 && d <= mop_month_days(y, m));
    }
}

/* Parsed and printed; "" for what is no date. */
static void check_when(const char *row, bool ok, struct mop_when w, const char *want)
{
    struct mop_buf b;
    mop_buf_init(&b, 100);
    if (ok)
        mop_when_print(&b, w);
    check_text(row, mop_buf_view(&b), mop_sv_of(want));
    mop_buf_release(&b);
}

static void iso(void **state)
{
    (void)state;
    static const struct {
        const char *row, *zone;
        struct mop_sv text;
        const char *want;
    } T[] = {
        {"a day", "UTC", L("2026-11-22"), "2026-11-22"},
        {"minutes", "UTC", L("2026-11-22T06:00"), "2026-11-22T06:00:00Z"},
        {"a blank for T", "UTC", L("2026-11-22 06:00:59"), "2026-11-22T06:00:59Z"},
        {"Z", "Europe/Berlin", L("2026-11-22T06:00:00Z"), "2026-11-22T06:00:00Z"},
        {"in the zone given", "Europe/Berlin", L("2026-11-22T06:00:00"), "2026-11-22T05:00:00Z"},
        {"in its summer", "Europe/Berlin", L("2026-07-22T06:00:00"), "2026-07-22T04:00:00Z"},
        {"in its gap", "Europe/Berlin", L("2026-03-29T02:30:00"), "2026-03-29T01:30:00Z"},
        {"in its fold", "Europe/Berlin", L("2026-10-25T02:30:00"), "2026-10-25T00:30:00Z"},
        {"a whole day keeps its date", "Pacific/Auckland", L("2026-11-22"), "2026-11-22"},
        {"an offset with colon", "Europe/Berlin", L("2026-11-22T06:00+05:30"),
         "2026-11-22T00:30:00Z"},
        {"an offset without", "UTC", L("2026-11-22T06:00:00.000+0000"), "2026-11-22T06:00:00Z"},
        {"an offset of hours", "UTC", L("2026-11-22 06:00:00-05"), "2026-11-22T11:00:00Z"},
        {"milliseconds", "UTC", L("2026-11-22T06:00:00.250Z"), "2026-11-22T06:00:00.25Z"},
        {"microseconds", "UTC", L("2026-11-22T06:00:00.000001"), "2026-11-22T06:00:00.000001Z"},
        {"a decimal comma", "UTC", L("2026-11-22T06:00:00,5"), "2026-11-22T06:00:00.5Z"},
        {"nanoseconds are cut off", "UTC", L("2026-11-22T06:00:00.1234567"),
         "2026-11-22T06:00:00.123456Z"},
        {"before 1970", "UTC", L("1969-12-31T23:59:59.5"), "1969-12-31T23:59:59.5Z"},
        {"February 29", "UTC", L("2024-02-29"), "2024-02-29"},
        {"no February 29", "UTC", L("2026-02-29"), ""},
        {"nor in 2100", "UTC", L("2100-02-29"), ""},
        {"April 31", "UTC", L("2026-04-31"), ""},
        {"month 13", "UTC", L("2026-13-01"), ""},
        {"month 0", "UTC", L("2026-00-10"), ""},
        {"a zero date", "UTC", L("0000-00-00"), ""},
        {"year 0", "UTC", L("0000-01-01"), ""},
        {"a year that begins with 0 is a slip", "UTC", L("0026-01-01"), ""},
        {"year 1000", "UTC", L("1000-01-01"), "1000-01-01"},
        {"24:00", "UTC", L("2026-11-22T24:00:00"), ""},
        {"second 60", "UTC", L("2026-12-31T23:59:60Z"), ""},
        {"minute 60", "UTC", L("2026-12-31T23:60"), ""},
        {"one digit", "UTC", L("2026-1-2"), ""},
        {"another mark", "UTC", L("2026/01/02"), ""},
        {"an hour alone", "UTC", L("2026-11-22T06"), ""},
        {"a T and nothing", "UTC", L("2026-11-22T"), ""},
        {"a point and nothing", "UTC", L("2026-11-22T06:00:00."), ""},
        {"more than nine decimals", "UTC", L("2026-11-22T06:00:00.1234567890"), ""},
        {"a fraction of a minute", "UTC", L("2026-11-22T06:00.5"), ""},
        {"an offset of a whole day", "UTC", L("2026-11-22T06:00+24:00"), ""},
        {"a day with offset", "UTC", L("2026-11-22Z"), ""},
        {"a blank before", "UTC", L(" 2026-11-22"), ""},
        {"a blank behind", "UTC", L("2026-11-22 "), ""},
        {"text behind", "UTC", L("2026-11-22T06:00:00Zx"), ""},
        {"a NUL behind", "UTC", L("2026-11-22\0"), ""},
        {"a week date", "UTC", L("2026-W47-7"), ""},
        {"an ordinal date", "UTC", L("2026-326"), ""},
        {"nothing", "UTC", L(""), ""},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_when w = {.us = 0};
        bool ok = mop_date_parse_iso(mop_zone_find(mop_sv_of(T[i].zone)), T[i].text, &w);
        check_when(T[i].row, ok, w, T[i].want);
    }
}

/* What a format read it prints, and reads again. */
static void check_printed_back(const char *row, const struct mop_date_format *f, struct mop_when w)
{
    const struct mop_zone *z = mop_zone_find(MOP_SV("Europe/Berlin"));
    struct mop_when back;
    struct mop_buf b;
    mop_buf_init(&b, 100);
    mop_date_format_print(f, z, w, &b);
    CHECK(row, mop_date_parse(f, z, mop_buf_view(&b), &back));
    CHECK(row, back.us == w.us && back.day == w.day && back.whole_day == w.whole_day);
    mop_buf_release(&b);
}

static void formats(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        struct mop_sv format, text;
        const char *want; /* in Europe/Berlin */
    } T[] = {
        {"one digit", L("M/D/YYYY"), L("3/1/2026"), "2026-03-01"},
        {"M takes two", L("M/D/YYYY"), L("12/31/2026"), "2026-12-31"},
        {"and a zero before one", L("M/D/YYYY"), L("03/01/2026"), "2026-03-01"},
        {"MM does not take one", L("MM/DD/YYYY"), L("3/1/2026"), ""},
        {"German", L("DD.MM.YYYY"), L("31.12.2026"), "2026-12-31"},
        {"short years are of this century", L("DD.MM.YY"), L("31.12.99"), "2099-12-31"},
        {"YY does not take four", L("DD.MM.YY"), L("31.12.2026"), ""},
        {"YYYY does not take two", L("DD.MM.YYYY"), L("31.12.26"), ""},
        {"digits without marks", L("YYYYMMDD"), L("20261231"), "2026-12-31"},
        {"names of months", L("D MMM YYYY"), L("1 Mar 2026"), "2026-03-01"},
        {"in any case", L("DD-MMM-YY"), L("01-SEP-26"), "2026-09-01"},
        {"no such month", L("D MMM YYYY"), L("1 Mae 2026"), ""},
        {"a longer name", L("D MMM YYYY"), L("1 March 2026"), ""},
        {"a name cut short", L("DD YYYY MMM"), L("01 2026 Ma"), ""},
        {"a time", L("YYYY-MM-DD HH:mm"), L("2026-03-01 23:59"), "2026-03-01T22:59:00Z"},
        {"seconds, and a T as it stands", L("YYYY-MM-DDTHH:mm:ss"), L("2026-07-01T00:00:01"),
         "2026-06-30T22:00:01Z"},
        {"afternoon", L("M/D/YYYY H:mm A"), L("3/1/2026 1:05 PM"), "2026-03-01T12:05:00Z"},
        {"12 AM is midnight", L("M/D/YYYY H:mm A"), L("3/1/2026 12:00 am"), "2026-02-28T23:00:00Z"},
        {"12 PM is noon", L("M/D/YYYY H:mm A"), L("3/1/2026 12:00 PM"), "2026-03-01T11:00:00Z"},
        {"0 AM is none", L("M/D/YYYY H:mm A"), L("3/1/2026 0:00 AM"), ""},
        {"13 PM is none", L("M/D/YYYY H:mm A"), L("3/1/2026 13:00 PM"), ""},
        {"hours without minutes", L("M/D/YYYY HA"), L("3/1/2026 9PM"), "2026-03-01T20:00:00Z"},
        {"an offset", L("YYYY-MM-DD HH:mm:ss Z"), L("2026-03-01 10:00:00 +0530"),
         "2026-03-01T04:30:00Z"},
        {"Z for one", L("YYYY-MM-DD HH:mm:ss Z"), L("2026-03-01 10:00:00 Z"),
         "2026-03-01T10:00:00Z"},
        {"an offset that is not there", L("YYYY-MM-DD HH:mm:ss Z"), L("2026-03-01 10:00:00 "), ""},
        {"24:00", L("YYYY-MM-DD HH:mm"), L("2026-03-01 24:00"), ""},
        {"February 30", L("M/D/YYYY"), L("2/30/2026"), ""},
        {"day and month changed", L("M/D/YYYY"), L("31/12/2026"), ""},
        {"text left over", L("M/D/YYYY"), L("3/1/20261"), ""},
        {"text missing", L("M/D/YYYY"), L("3/1"), ""},
        {"a blank behind", L("M/D/YYYY"), L("3/1/2026 "), ""},
        {"the literal missing", L("YYYY-MM-DD"), L("2026/03/01"), ""},
        {"letters of other alphabets",
         L("YYYY\xE5\xB9\xB4M\xE6\x9C\x88"
           "D\xE6\x97\xA5"),
         L("2026\xE5\xB9\xB4"
           "3\xE6\x9C\x88"
           "1\xE6\x97\xA5"),
         "2026-03-01"},
        {"letters as they stand", L("YYYY-MM-DD HH\\hmm \\U\\T\\C"), L("2026-07-01 14h30 UTC"),
         "2026-07-01T12:30:00Z"},
        {"and they must be there", L("\\QYYYYMMDD"), L("20260701"), ""},
        {"a backslash itself", L("YYYY\\\\MM\\\\DD"), L("2026\\07\\01"), "2026-07-01"},
        {"doubled literals", L("D -- M -- YYYY"), L("1 -- 3 -- 2026"), "2026-03-01"},
        {"nothing", L("M/D/YYYY"), L(""), ""},
    };
    struct mop_arena a;
    mop_arena_init(&a);
    for (size_t i = 0; i < ROWS(T); i++) {
        const char *error;
        struct mop_when w = {.us = 0};
        const struct mop_date_format *f = mop_date_format_compile(&a, T[i].format, &error);
        if (!f)
            fail_msg("%s: %s", T[i].row, error);
        bool ok = mop_date_parse(f, mop_zone_find(MOP_SV("Europe/Berlin")), T[i].text, &w);
        check_when(T[i].row, ok, w, T[i].want);
        CHECK(T[i].row, !ok || w.whole_day == !mop_date_format_has_time(f));
        if (ok)
            check_printed_back(T[i].row, f, w);
    }
    mop_arena_release(&a);
}

static void printed_by_formats(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        struct mop_sv format, iso; /* in Europe/Berlin */
        const char *want;
    } T[] = {
        {"German", L("DD.MM.YYYY"), L("2026-03-01"), "01.03.2026"},
        {"short", L("D/M/YY"), L("2026-03-01"), "1/3/26"},
        {"names of months", L("D MMM YYYY"), L("2026-12-31"), "31 Dec 2026"},
        {"a day has midnight", L("YYYY-MM-DD HH:mm:ss"), L("2026-03-01"), "2026-03-01 00:00:00"},
        {"which is 12 AM", L("M/D/YYYY H:mm A"), L("2026-03-01"), "3/1/2026 12:00 AM"},
        {"noon is 12 PM", L("M/D/YYYY H:mm A"), L("2026-03-01T12:00"), "3/1/2026 12:00 PM"},
        {"11 PM", L("M/D/YYYY H:mm A"), L("2026-03-01T23:00"), "3/1/2026 11:00 PM"},
        {"the local clock", L("YYYY-MM-DD HH:mm"), L("2026-07-01T00:30Z"), "2026-07-01 02:30"},
        {"and its offset", L("YYYYMMDDTHHmmssZ"), L("2026-07-01"), "20260701T000000+02:00"},
        {"letters as they stand", L("YYYY-MM-DD HH\\h"), L("2026-07-01T14:00"), "2026-07-01 14h"},
    };
    const struct mop_zone *z = mop_zone_find(MOP_SV("Europe/Berlin"));
    struct mop_arena a;
    struct mop_buf b;
    mop_arena_init(&a);
    mop_buf_init(&b, 100);
    for (size_t i = 0; i < ROWS(T); i++) {
        const char *error;
        struct mop_when w;
        assert_true(mop_date_parse_iso(z, T[i].iso, &w));
        mop_buf_reset(&b);
        mop_date_format_print(mop_date_format_compile(&a, T[i].format, &error), z, w, &b);
        check_text(T[i].row, mop_buf_view(&b), mop_sv_of(T[i].want));
    }
    mop_buf_release(&b);
    mop_arena_release(&a);
}

static void bad_formats(void **state)
{
    (void)state;
    static const char unknown[] = "a letter that is no token";
    static const struct {
        const char *row;
        struct mop_sv format;
        const char *error;
    } T[] = {
        {"nothing", L(""), "no year: 'YYYY' or 'YY'"},
        {"no day", L("MM/YYYY"), "no day: 'DD' or 'D'"},
        {"minutes for months", L("YYYY-mm-DD"), "no month: 'MM', 'M' or 'MMM' (minutes are 'mm')"},
        {"small letters", L("yyyy-mm-dd"), unknown},
        {"five of them", L("YYYYY-MM-DD"), unknown},
        {"hours of another language", L("YYYY-MM-DD hh:mm"), unknown},
        {"seconds of one digit", L("YYYY-MM-DD HH:mm:s"), unknown},
        {"quarters", L("YYYYqQ"), unknown},
        {"a quarter behind a whole day", L("YYYY-MM-DD Q"), unknown},
        {"weeks", L("YYYY-MM-DD w"), unknown},
        {"weekdays", L("d YYYY-MM-DD"), unknown},
        {"hours of one digit", L("YYYY-MM-DD h:mm"), unknown},
        {"a word", L("YYYY-MM-DD HH:mm UTC"), unknown},
        {"two Ts", L("YYYY-MM-DDTTHH:mm"), unknown},
        {"twice", L("YYYY-MM-DD DD"), "a part is there twice"},
        {"two spellings of one part", L("MMM MM DD YYYY"), "a part is there twice"},
        {"numbers that run into each other", L("DMMYYYY"),
         "'M', 'D' or 'H' right before another number; use two letters"},
        {"minutes alone", L("YYYY-MM-DD mm"), "minutes without hours"},
        {"seconds behind hours", L("YYYY-MM-DD HH ss"), "seconds without minutes"},
        {"AM of no hour", L("YYYY-MM-DD A"), "'A' without hours"},
        {"an offset of a day", L("YYYY-MM-DD Z"), "'Z' without a time of day"},
    };
    struct mop_arena a;
    mop_arena_init(&a);
    for (size_t i = 0; i < ROWS(T); i++) {
        const char *error = NULL;
        CHECK(T[i].row, !mop_date_format_compile(&a, T[i].format, &error));
        check_text(T[i].row, mop_sv_of(error), mop_sv_of(T[i].error));
    }
    mop_arena_release(&a);
}

static void comparing(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        struct mop_sv a, b; /* in New York */
        int want;
    } T[] = {
        {"days", L("2026-03-01"), L("2026-03-02"), -1},
        {"instants", L("2026-03-01T10:00"), L("2026-03-01T09:59:59.999999"), 1},
        {"the same instant by other clocks", L("2026-03-01T10:00Z"), L("2026-03-01T05:00"), 0},
        {"a day against its time", L("2026-03-01"), L("2026-03-01T23:59"), 0},
        {"a time against its day", L("2026-03-01T00:00"), L("2026-03-01"), 0},
        {"the local day counts, not that of UTC", L("2026-03-01"), L("2026-03-02T03:00Z"), 0},
        {"and the next one begins at its midnight", L("2026-03-01"), L("2026-03-02T05:00Z"), -1},
    };
    const struct mop_zone *z = mop_zone_find(MOP_SV("America/New_York"));
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_when a = {0}, b = {0};
        CHECK(T[i].row, mop_date_parse_iso(z, T[i].a, &a) && mop_date_parse_iso(z, T[i].b, &b));
        CHECK(T[i].row, mop_when_cmp(a, b) == T[i].want);
        CHECK(T[i].row, mop_when_cmp(b, a) == -T[i].want);
    }
}

static void whole_days(void **state)
{
    (void)state;
    struct mop_when w;
    assert_true(
        mop_date_parse_iso(mop_zone_find(MOP_SV("America/Sao_Paulo")), MOP_SV("2018-11-04"), &w));
    assert_true(w.whole_day); /* its midnight was skipped: the day began at 01:00, 03:00 UTC */
    assert_int_equal(w.us, w.day * MOP_US_DAY + 3 * 3600 * MOP_US_SECOND);
    w = mop_when_of_instant(w.us - 1, mop_zone_find(MOP_SV("America/Sao_Paulo")));
    assert_int_equal(w.day, mop_day_of_civil(2018, 11, 3));
    assert_false(w.whole_day);
}

static void durations(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        struct mop_sv text;
        int64_t seconds; /* -1: none */
    } T[] = {
        {"seconds", L("30s"), 30},
        {"minutes", L("90m"), 5400},
        {"hours", L("8h"), 28800},
        {"days of 24 h", L("7d"), 604800},
        {"weeks", L("2w"), 1209600},
        {"none at all", L("0d"), 0},
        {"the most", L("9223372036854s"), 9223372036854},
        {"one more", L("9223372036855s"), -1},
        {"no number", L("d"), -1},
        {"no unit", L("7"), -1},
        {"months are no duration", L("3M"), -1},
        {"a fraction", L("1.5h"), -1},
        {"a sign", L("-1d"), -1},
        {"a blank", L("7 d"), -1},
        {"two of them", L("1d2h"), -1},
        {"nothing", L(""), -1},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        int64_t us = -1;
        CHECK(T[i].row, mop_duration_parse(T[i].text, &us) == (T[i].seconds >= 0));
        CHECK(T[i].row, us == (T[i].seconds < 0 ? -1 : T[i].seconds * MOP_US_SECOND));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calendar),    cmocka_unit_test(iso),
        cmocka_unit_test(formats),     cmocka_unit_test(printed_by_formats),
        cmocka_unit_test(bad_formats), cmocka_unit_test(comparing),
        cmocka_unit_test(whole_days),  cmocka_unit_test(durations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
