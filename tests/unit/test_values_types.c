/* SPDX-License-Identifier: MIT */
#include "unit.h"
#include "values/types.h"

static struct mop_arena arena;

static int setup(void **state)
{
    (void)state;
    mop_arena_init(&arena);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    mop_arena_release(&arena);
    return 0;
}

static struct mop_type_format format(const char *text)
{
    const char *error = NULL;
    struct mop_sv sv = mop_sv_of(text);
    return (struct mop_type_format){mop_date_format_compile(&arena, sv, &error), sv};
}

/* canonical NULL: refused, with that reason. */
static void check(const char *type, const struct mop_type_options *o, const char *in,
                  const char *canonical, const char *reason)
{
    const struct mop_type *t = mop_type_find(mop_sv_of(type));
    struct mop_typed out = {.canonical = MOP_SV_NONE};
    struct mop_buf why;
    mop_buf_init(&why, 1000);
    bool ok = t->read(mop_sv_of(in), o, &out, &arena, &why);
    check_text(in, mop_buf_view(&why), mop_sv_of(reason));
    check_text(in, out.canonical, canonical ? mop_sv_of(canonical) : MOP_SV(""));
    CHECK(in, ok == (canonical != NULL));
    CHECK(in, !ok || out.has_number == (t->as == MOP_AS_NUMBER));
    CHECK(in, !ok || out.has_when == (t->as == MOP_AS_TIME));
    CHECK(in, t->read(mop_sv_of(in), o, &out, &arena, NULL) == ok);
    mop_buf_release(&why);
}

static void plain(void **state)
{
    static const struct {
        const char *type, *in, *canonical, *why;
    } T[] = {
        {"text", "Any Thing", "Any Thing", ""},
        {"email", "Dana@ACME.de", "Dana@acme.de", ""},
        {"email", "x@", NULL, "has no domain"},
        {"url", "https://Acme.de/X", "https://acme.de/X", ""},
        {"url", "acme.de", NULL, "does not begin with http:// or https://"},
        {"url", "{lpurl}?a=1", NULL, "does not begin with http:// or https://"},
        {"decimal", "1234.50", "1234.5", ""},
        {"decimal", "-0", "0", ""},
        {"decimal", "1,234.50", NULL, "is no number with decimal mark '.'"},
        {"decimal", "12 EUR", NULL, "is no number with decimal mark '.'"},
        {"decimal", "0.12345678901234567", "0.12345678901234567", ""},
        {"decimal", "1234567890123456789.5", NULL,
         "has more than 18 digits before the decimal mark"},
        {"decimal", "0.123456789012345678901", NULL,
         "has more than 20 digits after the decimal mark"},
        {"decimal", "1e3", NULL, "has an exponent, which only 'marks: {exponent: true}' takes"},
        {"decimal", "1e", NULL, "is no number with decimal mark '.'"},
        {"integer", "007", "7", ""},
        {"integer", "-1234567890123456789", NULL, "has more than 18 digits"},
        {"integer", "7.5", NULL, "is no whole number"},
        {"boolean", "YES", "true", ""},
        {"boolean", "0", "false", ""},
        {"boolean", "maybe", NULL, "is neither true nor false"},
        {"phone", "+49 30 12345678", "+493012345678", ""},
        {"phone", "030 12345678", NULL, "has no + and calling code"},
        {"country", "germany", "DE", ""},
        {"country", "Atlantis", NULL, "is no country of ISO 3166 by code or English name"},
        {"currency", "eur", "EUR", ""},
        {"currency", "xcg", "XCG", ""},
        {"currency", "ZWG", "ZWG", ""},
        {"currency", "ZWL", "ZWL", ""},
        {"currency", "EURO", NULL, "is no currency code of ISO 4217"},
        {"domain", "ACME.de", "acme.de", ""},
        {"domain", "acme", NULL, "has no dot"},
        {"name", "Dana O'Neil-Müller", "Dana O'Neil-Müller", ""},
        {"name", "山田", "山田", ""},
        {"name", "3M", "3M", ""},
        {"name", "123", NULL, "has no letter"},
        {"name", "-", NULL, "has no letter"},
        {"name", "dana@acme.de", NULL, "is an e-mail address, no name"},
        {"name", "Dana\x1b[0m", NULL, "has a control character"},
        {"date", "2026-11-22", "2026-11-22", ""},
        {"date", "2026-02-30", NULL, "is no date by ISO 8601"},
        {"date", "11/22/2026", NULL, "is no date by ISO 8601"},
        {"date", "2026-11-22T06:00", NULL, "has a time of day"},
        {"datetime", "2026-11-22", "2026-11-22", ""},
        {"datetime", "2026-11-22T06:00+01:00", "2026-11-22T05:00:00Z", ""},
        {"datetime", "2026-11-22 06:00", "2026-11-22T06:00:00Z", ""},
        {"datetime", "soon", NULL, "is no date or time by ISO 8601"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_type_options zeroed = {.nformats = 0};
        check(T[i].type, NULL, T[i].in, T[i].canonical, T[i].why);
        check(T[i].type, &zeroed, T[i].in, T[i].canonical, T[i].why);
    }
}

static void options(void **state)
{
    struct mop_type_options german = {.marks = {',', '.'}}, template = {.url_template = true};
    (void)state;
    check("decimal", &german, "1.234,50", "1234.5", "");
    check("decimal", &german, "1234.50", NULL,
          "is no number with decimal mark ',' and group mark '.'");
    check("integer", &german, "1.234", "1234", "");
    check("integer", &german, "1.23", NULL, "is no whole number with group mark '.'");
    check("url", &template, "{lpurl}?a=1", "{lpurl}?a=1", "");
}

static void formats(void **state)
{
    struct mop_type_format both[] = {format("D/M/YYYY"), format("M/D/YYYY")};
    struct mop_type_format with_iso[] = {{NULL, MOP_SV("ISO 8601")}, format("DD.MM.YYYY")};
    struct mop_type_format timed[] = {format("M/D/YYYY H:mm")};
    struct mop_type_options o = {.formats = both, .nformats = 2};
    (void)state;
    check("date", &o, "4/3/2026", NULL,
          "is ambiguous: 2026-03-04 by D/M/YYYY, 2026-04-03 by M/D/YYYY");
    check("date", &o, "22/11/2026", "2026-11-22", "");
    check("date", &o, "11/22/2026", "2026-11-22", "");
    check("date", &o, "4/4/2026", "2026-04-04", ""); /* both say the same */
    check("date", &o, "2026-11-22", NULL, "is no date by any of D/M/YYYY, M/D/YYYY"); /* replaced */
    o = (struct mop_type_options){.formats = with_iso, .nformats = 2};
    check("date", &o, "2026-11-22", "2026-11-22", "");
    check("date", &o, "22.11.2026", "2026-11-22", "");
    o = (struct mop_type_options){.formats = timed, .nformats = 1};
    check("date", &o, "11/22/2026 6:30", "2026-11-22", ""); /* its day */
    check("datetime", &o, "11/22/2026 6:30", "2026-11-22T06:30:00Z", "");
    o.zone = mop_zone_find(MOP_SV("+05:00"));
    check("date", &o, "11/22/2026 2:30", "2026-11-22", ""); /* the day there, not in UTC */
    check("datetime", &o, "11/22/2026 2:30", "2026-11-21T21:30:00Z", "");
}

/* What is compared, not only what is printed. */
static void comparing(void **state)
{
    struct mop_type_options o = {.zone = mop_zone_find(MOP_SV("+05:00"))};
    struct mop_typed day, moment, n;
    (void)state;
    assert_true(mop_type_find(MOP_SV("date"))->read(MOP_SV("2026-11-22"), &o, &day, &arena, NULL));
    assert_true(mop_type_find(MOP_SV("datetime"))
                    ->read(MOP_SV("2026-11-22T01:00"), &o, &moment, &arena, NULL));
    assert_int_equal(mop_when_cmp(day.when, moment.when),
                     0);                   /* a date and a time: the local day decides */
    o.days = mop_zone_find(MOP_SV("UTC")); /* where it is still the day before */
    assert_true(mop_type_find(MOP_SV("datetime"))
                    ->read(MOP_SV("2026-11-22T01:00"), &o, &moment, &arena, NULL));
    assert_int_equal(mop_when_cmp(day.when, moment.when), 1);
    assert_true(mop_type_find(MOP_SV("decimal"))->read(MOP_SV("2.5"), NULL, &n, &arena, NULL));
    assert_true(mop_number_round(n.number) == (mop_i128)25 * (MOP_UNIT / 10));
}

static void the_table(void **state)
{
    static const char *const personal[] = {"email", "phone", "name"};
    (void)state;
    assert_int_equal(mop_types_n, 13);
    assert_string_equal(mop_types[0].name, "text");
    assert_null(mop_type_find(MOP_SV("Email")));
    assert_null(mop_type_find(MOP_SV_NONE));
    for (size_t i = 0; i < mop_types_n; i++) {
        bool want = false;
        for (size_t k = 0; k < ROWS(personal); k++)
            want |= mop_sv_eqs(mop_sv_of(personal[k]), mop_types[i].name);
        CHECK(mop_types[i].name, mop_types[i].personal == want);
        CHECK(mop_types[i].name, mop_type_find(mop_sv_of(mop_types[i].name)) == &mop_types[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain),     cmocka_unit_test(options),   cmocka_unit_test(formats),
        cmocka_unit_test(comparing), cmocka_unit_test(the_table),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
