/* SPDX-License-Identifier: MIT */
#include "unit.h"
#include "base/civil.h"
#include "base/mem.h"
#include "base/zone.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define S MOP_US_SECOND

static int64_t at(int y, int m, int d, int hour, int minute)
{
    return mop_day_of_civil(y, m, d) * MOP_US_DAY + (hour * 3600 + minute * 60) * S;
}

static const struct mop_zone *zone(const char *name)
{
    const struct mop_zone *z = mop_zone_find(mop_sv_of(name));
    if (!z)
        fail_msg("no zone '%s': is tzdata installed?", name);
    return z;
}

static void names(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        struct mop_sv name;
        bool found;
    } T[] = {
        {"a zone", L("Europe/Berlin"), true},
        {"a zone in a subfolder", L("America/Argentina/Buenos_Aires"), true},
        {"UTC", L("UTC"), true},
        {"with a sign in its name", L("Etc/GMT+5"), true},
        {"an offset", L("+02:00"), true},
        {"an offset without colon", L("-0330"), true},
        {"an offset of hours", L("+02"), true},
        {"no such zone", L("Europe/Bonn"), false},
        {"nothing", L(""), false},
        {"a folder", L("Europe"), false},
        {"up and out", L("../../etc/passwd"), false},
        {"up and back in", L("Europe/../Europe/Berlin"), false},
        {"absolute", L("/usr/share/zoneinfo/Europe/Berlin"), false},
        {"a file that is no zone", L("tzdata.zi"), false},
        {"a NUL in it", L("UTC\0"), false},
        {"leap seconds are counted there", L("right/UTC"), false},
        {"a day and more", L("+24:00"), false},
        {"sixty minutes", L("+02:60"), false},
        {"an offset and more", L("+02:00x"), false},
        {"half an offset", L("+2"), false},
        {"a sign alone", L("+"), false},
    };
    for (size_t i = 0; i < ROWS(T); i++)
        CHECK(T[i].row, (mop_zone_find(T[i].name) != NULL) == T[i].found);
    assert_ptr_equal(zone("Europe/Berlin"), zone("Europe/Berlin"));
}

static void offsets(void **state)
{
    (void)state;
    static const struct {
        const char *row, *zone;
        int y, m, d, hour, minute;
        int32_t want; /* minutes */
    } T[] = {
        {"Berlin in winter", "Europe/Berlin", 2026, 1, 15, 12, 0, 60},
        {"Berlin in summer", "Europe/Berlin", 2026, 7, 15, 12, 0, 120},
        {"a minute before the clock jumps", "Europe/Berlin", 2026, 3, 29, 0, 59, 60},
        {"the minute it jumps", "Europe/Berlin", 2026, 3, 29, 1, 0, 120},
        {"a minute before it goes back", "Europe/Berlin", 2026, 10, 25, 0, 59, 120},
        {"the minute it goes back", "Europe/Berlin", 2026, 10, 25, 1, 0, 60},
        {"beyond the table of 2037", "Europe/Berlin", 2050, 7, 1, 0, 0, 120},
        {"beyond it, in winter", "Europe/Berlin", 2050, 12, 1, 0, 0, 60},
        {"far beyond it", "Europe/Berlin", 9999, 7, 1, 0, 0, 120},
        {"year without summer time", "Europe/Berlin", 1975, 7, 1, 0, 0, 60},
        {"New York, a minute before", "America/New_York", 2026, 3, 8, 6, 59, -300},
        {"New York, summer", "America/New_York", 2026, 3, 8, 7, 0, -240},
        {"New York, back", "America/New_York", 2026, 11, 1, 6, 0, -300},
        {"New York in 2100", "America/New_York", 2100, 7, 1, 0, 0, -240},
        {"south: summer over the new year", "Australia/Sydney", 2060, 1, 1, 0, 0, 660},
        {"south: winter", "Australia/Sydney", 2060, 7, 1, 0, 0, 600},
        {"half an hour of summer time", "Australia/Lord_Howe", 2060, 1, 1, 0, 0, 660},
        {"and without it", "Australia/Lord_Howe", 2060, 7, 1, 0, 0, 630},
        {"quarters of hours", "Asia/Kathmandu", 2026, 1, 1, 0, 0, 345},
        {"summer time given up", "America/Sao_Paulo", 2040, 1, 1, 0, 0, -180},
        {"fixed", "-03:30", 2026, 1, 1, 0, 0, -210},
        {"UTC", "UTC", 2026, 7, 1, 0, 0, 0},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        int64_t us = at(T[i].y, T[i].m, T[i].d, T[i].hour, T[i].minute);
        int32_t got = mop_zone_offset(zone(T[i].zone), us);
        if (got != T[i].want * 60)
            fail_msg("%s: %d", T[i].row, (int)got);
    }
    /* a microsecond before, and before 1970, where division must round down */
    assert_int_equal(mop_zone_offset(zone("Europe/Berlin"), at(2026, 3, 29, 1, 0) - 1), 3600);
    assert_int_equal(mop_zone_offset(zone("Europe/Berlin"), at(1940, 4, 1, 1, 0) - 1), 3600);
    assert_int_equal(mop_zone_offset(zone("Europe/Berlin"), at(1940, 4, 1, 1, 0)), 7200);
    assert_int_equal(mop_zone_offset(zone("Europe/Berlin"), at(1800, 1, 1, 0, 0)), 53 * 60 + 28);
    assert_int_equal(mop_zone_offset(NULL, 0), 0);
}

/* Local wall clock and the offset it is read with. */
static void instants(void **state)
{
    (void)state;
    static const struct {
        const char *row, *zone;
        int y, m, d, hour, minute;
        int32_t offset; /* minutes */
    } T[] = {
        {"plain winter", "Europe/Berlin", 2026, 1, 15, 12, 0, 60},
        {"plain summer", "Europe/Berlin", 2026, 7, 15, 12, 0, 120},
        {"the minute before the gap", "Europe/Berlin", 2026, 3, 29, 1, 59, 60},
        {"the gap begins: 02:00 is 03:00", "Europe/Berlin", 2026, 3, 29, 2, 0, 60},
        {"in the gap: 02:30 is 03:30", "Europe/Berlin", 2026, 3, 29, 2, 30, 60},
        {"behind the gap", "Europe/Berlin", 2026, 3, 29, 3, 0, 120},
        {"before the fold", "Europe/Berlin", 2026, 10, 25, 1, 59, 120},
        {"in the fold: the first", "Europe/Berlin", 2026, 10, 25, 2, 0, 120},
        {"its last minute", "Europe/Berlin", 2026, 10, 25, 2, 59, 120},
        {"behind the fold", "Europe/Berlin", 2026, 10, 25, 3, 0, 60},
        {"a gap beyond the table", "Europe/Berlin", 2050, 3, 27, 2, 30, 60},
        {"a fold beyond the table", "Europe/Berlin", 2050, 10, 30, 2, 30, 120},
        {"New York, gap", "America/New_York", 2026, 3, 8, 2, 30, -300},
        {"New York, fold", "America/New_York", 2026, 11, 1, 1, 30, -240},
        {"New York, behind it", "America/New_York", 2026, 11, 1, 2, 0, -300},
        {"midnight that is not: 00:00 is 01:00", "America/Sao_Paulo", 2018, 11, 4, 0, 0, -180},
        {"a day that is not", "Pacific/Apia", 2011, 12, 30, 12, 0, -600},
        {"fixed", "+14:00", 2026, 1, 1, 0, 0, 840},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        int64_t local = at(T[i].y, T[i].m, T[i].d, T[i].hour, T[i].minute);
        int64_t got = mop_zone_instant(zone(T[i].zone), local);
        if (got != local - T[i].offset * 60 * S)
            fail_msg("%s: %lld s east", T[i].row, (long long)((local - got) / S));
    }
}

/* TZ strings: the offset on January 1 and July 1 of 2060, in minutes. */
static void tails(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        struct mop_sv tz;
        bool good;
        int32_t january, july;
    } T[] = {
        {"no summer time", L("CET-1"), true, 60, 60},
        {"weeks", L("CET-1CEST,M3.5.0,M10.5.0/3"), true, 60, 120},
        {"names in brackets", L("<+0330>-3:30<+0430>,J79/24,J263/24"), true, 210, 270},
        {"an offset of the summer", L("LHST-10:30LHDT-11,M10.1.0,M4.1.0"), true, 660, 630},
        {"summer time that is winter's", L("IST-1GMT0,M10.5.0,M3.5.0/1"), true, 0, 60},
        {"times before midnight", L("<-02>2<-01>,M3.5.0/-1,M10.5.0/0"), true, -120, -60},
        {"summer all year long", L("XXX3EDT4,0/0,J365/23"), true, -240, -240},
        {"days from zero", L("AAA0BBB,59,300"), true, 0, 60},
        {"seconds", L("LMT-0:53:28"), true, 53, 53},
        {"a short name", L("CE-1"), false, 0, 0},
        {"no offset", L("CET"), false, 0, 0},
        {"no rule", L("CET-1CEST"), false, 0, 0},
        {"one rule", L("CET-1CEST,M3.5.0"), false, 0, 0},
        {"month 13", L("CET-1CEST,M13.5.0,M10.5.0"), false, 0, 0},
        {"week 6", L("CET-1CEST,M3.6.0,M10.5.0"), false, 0, 0},
        {"day 366", L("CET-1CEST,J366,M10.5.0"), false, 0, 0},
        {"something behind it", L("CET-1CEST,M3.5.0,M10.5.0x"), false, 0, 0},
        {"a bracket left open", L("<+01-1"), false, 0, 0},
        {"a colon and nothing", L("CET-1:"), false, 0, 0},
        {"nothing", L(""), false, 0, 0},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_zone_tail t;
        CHECK(T[i].row, mop_zone_tail_parse(T[i].tz, &t) == T[i].good);
        if (!T[i].good)
            continue;
        CHECK(T[i].row, mop_zone_tail_offset(&t, at(2060, 1, 1, 0, 0) / S) / 60 == T[i].january);
        CHECK(T[i].row, mop_zone_tail_offset(&t, at(2060, 7, 1, 0, 0) / S) / 60 == T[i].july);
    }
}

/* A file of one change (at second 1000, from +1 h to +2 h), to be spoilt. */
static void build(struct mop_buf *b, const char *tail)
{
    static const char header[] = "TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
    static const char zero[24], counts[] = "\0\0\0\0"
                                           "\0\0\0\0"
                                           "\0\0\0\0"
                                           "\0\0\0\1"
                                           "\0\0\0\2"
                                           "\0\0\0\4";
    mop_buf_add(b, header, 20);
    mop_buf_add(b, zero, 24);
    mop_buf_add(b, header, 20);
    mop_buf_add(b, counts, 24);
    mop_buf_add(b,
                "\0\0\0\0\0\0\x03\xE8"
                "\1",
                9);
    mop_buf_add(b,
                "\0\0\x0E\x10\0\0"
                "\0\0\x1C\x20\1\0"
                "ABC\0",
                16);
    mop_buf_printf(b, "\n%s\n", tail);
}

static bool reads(struct mop_sv bytes)
{
    struct mop_zone z = {.n = 0};
    bool good = mop_zone_read(&z, bytes);
    free(z.at);
    free(z.offset);
    return good;
}

static void bytes_of_files(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        size_t at;
        char value;
    } T[] = {
        {"another magic", 0, 'X'},
        {"version 1, which has no 64-bit times", 4, '\0'},
        {"more first-block data than there is", 39, 1},
        {"another magic in the second header", 44, 'X'},
        {"more changes than there are", 44 + 35, 9},
        {"more changes than can be", 44 + 32, 1},
        {"no types", 44 + 39, 0},
        {"leap seconds", 44 + 31, 1},
        {"a type that is not there", 88 + 8, 2},
        {"an offset of months", 88 + 9, 1},
        {"no line of the rule", 88 + 25, 'x'},
        {"a broken rule", 88 + 26, '-'},
    };
    struct mop_buf b;
    mop_buf_init(&b, 1000);
    build(&b, "CET-1");
    assert_true(reads(mop_buf_view(&b)));
    for (size_t i = 0; i < ROWS(T); i++) {
        char was = b.p[T[i].at];
        b.p[T[i].at] = T[i].value;
        CHECK(T[i].row, !reads(mop_buf_view(&b)));
        b.p[T[i].at] = was;
    }
    for (size_t n = 0; n < b.n; n++) /* cut short anywhere */
        assert_false(reads((struct mop_sv){b.p, n}));
    mop_buf_release(&b);
}

static void no_rule_behind_the_table(void **state)
{
    (void)state;
    struct mop_buf b;
    struct mop_zone z = {.n = 0};
    mop_buf_init(&b, 1000);
    build(&b, "");
    assert_true(mop_zone_read(&z, mop_buf_view(&b)));
    assert_int_equal(mop_zone_offset(&z, 1000 * S - 1), 3600);
    assert_int_equal(mop_zone_offset(&z, 1000 * S), 7200);
    assert_int_equal(mop_zone_offset(&z, at(2500, 1, 1, 0, 0)), 7200);
    free(z.at);
    free(z.offset);
    mop_buf_release(&b);
}

/* $TZDIR comes first; a name found before stays as it was. */
static void folder(void **state)
{
    (void)state;
    char dir[] = "/tmp/mopslint-zone-XXXXXX", path[100];
    struct mop_buf b;
    assert_non_null(mkdtemp(dir));
    mop_buf_init(&b, 1000);
    build(&b, "XYZ-9");
    snprintf(path, sizeof path, "%s/Here", dir);
    FILE *f = fopen(path, "wb");
    assert_true(f && fwrite(b.p, 1, b.n, f) == b.n && fclose(f) == 0);
    setenv("TZDIR", dir, 1);
    assert_int_equal(mop_zone_offset(zone("Here"), at(2026, 1, 1, 0, 0)), 9 * 3600);
    assert_int_equal(mop_zone_offset(zone("Asia/Tokyo"), 0),
                     9 * 3600); /* not there: the system's */
    setenv("TZDIR", "", 1);
    assert_null(mop_zone_find(MOP_SV("Not/Here")));
    unsetenv("TZDIR");
    unlink(path);
    rmdir(dir);
    mop_buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names),          cmocka_unit_test(offsets),
        cmocka_unit_test(instants),       cmocka_unit_test(tails),
        cmocka_unit_test(bytes_of_files), cmocka_unit_test(no_rule_behind_the_table),
        cmocka_unit_test(folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
