/* SPDX-License-Identifier: MIT */
#include "unit.h"
#include "base/decimal.h"

static const struct mop_marks EN = {'.', ','}, DE = {',', '.'}, BARE = {'.', 0},
                              SWISS = {'.', '\''};

static void check_print(const char *row, mop_i128 v, const char *want)
{
    struct mop_buf b;
    mop_buf_init(&b, 100);
    mop_decimal_print(&b, v);
    check_text(row, mop_buf_view(&b), mop_sv_of(want));
    mop_buf_release(&b);
}

static void check_number(const char *row, struct mop_sv text, struct mop_marks marks,
                         enum mop_number_fault fault, const char *want)
{
    mop_i128 v = 77;
    struct mop_buf b;
    mop_buf_init(&b, 100);
    CHECK(row, mop_number_parse(text, marks, &v) == fault);
    if (fault)
        CHECK(row, v == 77);
    else
        mop_number_print(&b, v);
    check_text(row, mop_buf_view(&b), mop_sv_of(want));
    mop_buf_release(&b);
}

/* want NULL: refused, else the canonical text of what was read. */
static void reading(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        struct mop_sv text;
        const struct mop_marks *marks;
        const char *want;
    } T[] = {
        {"zero", L("0"), &EN, "0"},
        {"negative zero", L("-0.00"), &EN, "0"},
        {"plain", L("1234.5"), &EN, "1234.5"},
        {"signs", L("+7"), &EN, "7"},
        {"minus", L("-7.25"), &EN, "-7.25"},
        {"the typeset minus",
         L("\xE2\x88\x92"
           "7"),
         &EN, "-7"},
        {"two signs", L("--7"), &EN, NULL},
        {"a sign alone", L("-"), &EN, NULL},
        {"sign behind", L("7-"), &EN, NULL},
        {"leading zeros", L("007"), &EN, "7"},
        {"groups of three", L("1,234,567.89"), &EN, "1234567.89"},
        {"first group short", L("12,345"), &EN, "12345"},
        {"a group of two", L("1,23,456"), &EN, NULL},
        {"last group of two", L("1,234,56"), &EN, NULL},
        {"last group of four", L("1,2345"), &EN, NULL},
        {"first group of four", L("1234,567"), &EN, NULL},
        {"groups in part", L("1,234567"), &EN, NULL},
        {"group mark in front", L(",234"), &EN, NULL},
        {"group mark at the end", L("1,"), &EN, NULL},
        {"two group marks", L("1,,234"), &EN, NULL},
        {"group mark in the decimals", L("1.234,567"), &EN, NULL},
        {"German marks", L("1.234,56"), &DE, "1234.56"},
        {"English text with German marks", L("1234.56"), &DE, NULL},
        {"Swiss marks", L("1'234.5"), &SWISS, "1234.5"},
        {"a group where none is declared", L("1,234"), &BARE, NULL},
        {"no digit before the mark", L(".5"), &EN, "0.5"},
        {"no digit behind the mark", L("5."), &EN, NULL},
        {"the mark alone", L("."), &EN, NULL},
        {"two decimal marks", L("1.2.3"), &EN, NULL},
        {"six decimals", L("0.000001"), &EN, "0.000001"},
        {"every decimal", L("-0.12345678901234567891"), &EN, "-0.12345678901234567891"},
        {"floats of an export", L("11984.736842105263"), &EN, "11984.736842105263"},
        {"many zeros", L("1.00000000000000000000000000"), &EN, "1"},
        {"the largest", L("999999999999999999.99999999999999999999"), &EN,
         "999999999999999999.99999999999999999999"},
        {"the smallest", L("-999999999999999999.99999999999999999999"), &EN,
         "-999999999999999999.99999999999999999999"},
        {"zeros in front do not count", L("0000000000000000000000001.5"), &EN, "1.5"},
        {"exponent", L("1e3"), &EN, NULL},
        {"currency", L("$5"), &EN, NULL},
        {"blanks are the caller's", L(" 5"), &EN, NULL},
        {"not a number", L("NaN"), &EN, NULL},
        {"nothing", L(""), &EN, NULL},
        {"absent", {NULL, 0}, &EN, NULL},
        {"a NUL byte", L("5\0"), &EN, NULL},
        {"digits of another script", L("\xD9\xA1"), &EN, NULL},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        bool ok = T[i].want;
        check_number(T[i].row, T[i].text, *T[i].marks, ok ? MOP_NUMBER_OK : MOP_NUMBER_NONE,
                     ok ? T[i].want : "");
    }
}

/* The same with an exponent: exactly, or not at all. */
static void exponents(void **state)
{
    (void)state;
    static const struct mop_marks whole = {'\0', 0};
    static const struct {
        struct mop_sv text;
        const struct mop_marks *marks;
        const char *want; /* NULL: `fault` */
        enum mop_number_fault fault;
    } T[] = {
        {L("1.0E7"), &EN, "10000000", MOP_NUMBER_OK},
        {L("-1.5e-3"), &EN, "-0.0015", MOP_NUMBER_OK},
        {L("12.5"), &EN, "12.5", MOP_NUMBER_OK},
        {L("0012.340e+1"), &EN, "123.4", MOP_NUMBER_OK},
        {L("0.00012E4"), &EN, "1.2", MOP_NUMBER_OK},
        {L("1000000000000000000000000E-20"), &EN, "10000", MOP_NUMBER_OK},
        {L("0E999999999999"), &EN, "0", MOP_NUMBER_OK},
        {L("-0.0e-400"), &EN, "0", MOP_NUMBER_OK},
        {L("1e17"), &EN, "100000000000000000", MOP_NUMBER_OK},
        {L("1E-20"), &EN, "0.00000000000000000001", MOP_NUMBER_OK},
        {L("999999999999999999.99999999999999999999E0"), &EN,
         "999999999999999999.99999999999999999999", MOP_NUMBER_OK},
        {L("1,5E1"), &DE, "15", MOP_NUMBER_OK},
        {L("15E2"), &whole, "1500", MOP_NUMBER_OK},
        {L("150E-1"), &whole, "15", MOP_NUMBER_OK},
        {L("15E-1"), &whole, NULL, MOP_NUMBER_NONE},
        {L("1.5E1"), &whole, NULL, MOP_NUMBER_NONE},
        {L("1e18"), &EN, NULL, MOP_NUMBER_LONG},
        {L("1e999999999999"), &EN, NULL, MOP_NUMBER_LONG},
        {L("1e-21"), &EN, NULL, MOP_NUMBER_FINE},
        {L("999999999999999999.999999999999999999991E0"), &EN, NULL, MOP_NUMBER_FINE},
        {L("1,000E2"), &EN, NULL, MOP_NUMBER_NONE}, /* groups and exponents are two styles */
        {L("E3"), &EN, NULL, MOP_NUMBER_NONE},
        {L(".E3"), &EN, NULL, MOP_NUMBER_NONE},
        {L("1E"), &EN, NULL, MOP_NUMBER_NONE},
        {L("1E+"), &EN, NULL, MOP_NUMBER_NONE},
        {L("1E3.5"), &EN, NULL, MOP_NUMBER_NONE},
        {L("1E3E3"), &EN, NULL, MOP_NUMBER_NONE},
        {L("1.E3"), &EN, NULL, MOP_NUMBER_NONE},
        {L("0x1e3"), &EN, NULL, MOP_NUMBER_NONE},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_buf b;
        mop_i128 v = 0;
        mop_buf_init(&b, 128);
        assert_int_equal(mop_number_parse_exponent(T[i].text, *T[i].marks, &v), T[i].fault);
        mop_number_print(&b, v);
        if (T[i].want)
            check_text(T[i].text.p, mop_buf_view(&b), mop_sv_of(T[i].want));
        mop_buf_release(&b);
    }
}

/* A number that has too many digits is one, and text that is none is none, however long. */
static void limits(void **state)
{
    (void)state;
    static const struct mop_marks WHOLE = {0, ','};
    static const struct {
        const char *row;
        struct mop_sv text;
        enum mop_number_fault fault;
    } T[] = {
        {"nineteen digits", L("1000000000000000000"), MOP_NUMBER_LONG},
        {"nineteen in groups", L("-1,000,000,000,000,000,000"), MOP_NUMBER_LONG},
        {"a hundred",
         L("1111111111111111111111111111111111111111111111111111111111111111111111111"
           "111111111111111111111111111.5"),
         MOP_NUMBER_LONG},
        {"twenty-one decimals", L("0.000000000000000000001"), MOP_NUMBER_FINE},
        {"too long, and no number", L("1000000000000000000 EUR"), MOP_NUMBER_NONE},
        {"too fine, and no number", L("0.0000000000000000000000001x"), MOP_NUMBER_NONE},
        {"too long, and a broken group", L("1000000000000000000,00"), MOP_NUMBER_NONE},
    };
    for (size_t i = 0; i < ROWS(T); i++)
        check_number(T[i].row, T[i].text, EN, T[i].fault, "");
    check_number("whole and too long", (struct mop_sv)L("1,000,000,000,000,000,000"), WHOLE,
                 MOP_NUMBER_LONG, "");
    check_number("decimals of a whole number", (struct mop_sv)L("1000000000000000000.5"), WHOLE,
                 MOP_NUMBER_NONE, "");
}

/* What weights and settings are. */
static void millionths(void **state)
{
    (void)state;
    static const struct {
        const char *text, *rounded;
        bool exact;
    } T[] = {
        {"0.123456", "0.123456", true},
        {"0.1234560", "0.123456", true},
        {"0.1234564", "0.123456", false},
        {"-0.1234565", "-0.123457", false},
        {"11984.736842105263", "11984.736842", false},
        {"999999999999999999.9999995", "1000000000000000000", false},
        {"-0.0000004", "0", false},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        mop_i128 number, v = 77;
        assert_int_equal(mop_number_parse(mop_sv_of(T[i].text), EN, &number), MOP_NUMBER_OK);
        check_print(T[i].text, mop_number_round(number), T[i].rounded);
        CHECK(T[i].text, mop_decimal_parse(mop_sv_of(T[i].text), EN, &v) == T[i].exact);
        if (T[i].exact)
            check_print(T[i].text, v, T[i].rounded);
        else
            CHECK(T[i].text, v == 77);
    }
}

static void integers(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        struct mop_sv text;
        const struct mop_marks *marks;
        const char *want;
    } T[] = {
        {"plain", L("-42"), &EN, "-42"},
        {"grouped", L("1,000"), &EN, "1000"},
        {"German groups", L("1.000"), &DE, "1000"},
        {"decimals, even zero", L("42.0"), &EN, NULL},
        {"no whole part", L(".0"), &EN, NULL},
        {"a NUL byte is no mark",
         L("4\0"
           "2"),
         &BARE, NULL},
        {"eighteen digits", L("-999999999999999999"), &BARE, "-999999999999999999"},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_marks marks = {0, T[i].marks->group};
        bool ok = T[i].want;
        check_number(T[i].row, T[i].text, marks, ok ? MOP_NUMBER_OK : MOP_NUMBER_NONE,
                     ok ? T[i].want : "");
    }
}

static void printing(void **state)
{
    (void)state;
    check_print("half", MOP_UNIT / 2, "0.5");
    check_print("negative millionth", -1, "-0.000001");
    check_print("zeros inside stay", 10 * MOP_UNIT + 10, "10.00001");
    check_print("the largest", MOP_I128_MAX, "170141183460469231731687303715884.105727");
    check_print("the smallest", -MOP_I128_MAX - 1, "-170141183460469231731687303715884.105728");
}

static mop_i128 num(const char *text)
{
    mop_i128 v = 0;
    assert_true(mop_decimal_parse(mop_sv_of(text), BARE, &v));
    return v;
}

static void products(void **state)
{
    (void)state;
    static const struct {
        const char *row, *a, *b, *want;
    } T[] = {
        {"whole", "6", "7", "42"},
        {"by zero", "-6", "0", "0"},
        {"cents at a rate", "1234.56", "0.92", "1135.7952"},
        {"half goes up", "0.000001", "0.5", "0.000001"},
        {"below half goes down", "0.000001", "0.499999", "0"},
        {"half goes away from zero", "-0.000001", "0.5", "-0.000001"},
        {"negative below half", "-0.000001", "0.499999", "0"},
        {"both negative", "-1.5", "-0.000003", "0.000005"},
        {"rounding that carries", "0.999999", "1.000001", "1"},
        {"a million at six decimals", "999999.999999", "999999.999999", "999999999998"},
        {"rounded once", "0.0000004", "3", "0.000001"},
        {"every decimal counts", "0.49999999999999999999", "0.000001", "0"},
        {"the finest by the largest", "0.00000000000000000001", "999999999999999999.999999",
         "0.01"},
        {"beyond 128 bits before scaling", "99999999999999.999999", "999999999999999999.999999",
         "99999999999999999998999900000000"},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        mop_i128 a;
        assert_int_equal(mop_number_parse(mop_sv_of(T[i].a), BARE, &a), MOP_NUMBER_OK);
        check_print(T[i].row, mop_number_mul(a, num(T[i].b)), T[i].want);
    }
    mop_i128 big;
    assert_int_equal(
        mop_number_parse(MOP_SV("999999999999999999.99999999999999999999"), BARE, &big),
        MOP_NUMBER_OK);
    mop_i128 rate = num("999999999999999999.999999");
    assert_true(mop_number_mul(big, rate) == MOP_I128_MAX);
    assert_true(mop_number_mul(big, -rate) == -MOP_I128_MAX);
}

static void ratios(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        mop_i128 num, den;
        int places;
        const char *want;
    } T[] = {
        {"exact", 1, 4, 3, "0.250"},
        {"third", 1, 3, 3, "0.333"},
        {"two thirds", 2, 3, 3, "0.667"},
        {"half away from zero", 1, 2000, 3, "0.001"},
        {"just below half", 999, 2000000, 3, "0.000"},
        {"negative half", -1, 2000, 3, "-0.001"},
        {"negative that rounds to zero has no sign", -1, 3000, 3, "0.000"},
        {"no places", 5, 2, 0, "3"},
        {"no places, negative", -5, 2, 0, "-3"},
        {"a carry through all digits", 9999999, 10000000, 3, "1.000"},
        {"hundred percent less a little", 99999999, 1000000, 3, "100.000"},
        {"zero", 0, 7, 3, "0.000"},
        {"eighteen places", 1, 7, 18, "0.142857142857142857"},
        {"more are cut to eighteen", 1, 7, 99, "0.142857142857142857"},
        {"one", 123, 123, 3, "1.000"},
    };
    struct mop_buf b;
    mop_buf_init(&b, 100);
    for (size_t i = 0; i < ROWS(T); i++) {
        mop_buf_reset(&b);
        mop_ratio_print(&b, T[i].num, T[i].den, T[i].places);
        check_text(T[i].row, mop_buf_view(&b), mop_sv_of(T[i].want));
    }
    /* Terms whose tenfold does not fit in 128 bits. */
    mop_buf_reset(&b);
    mop_ratio_print(&b, MOP_I128_MAX - 1, MOP_I128_MAX, 18);
    check_text("huge terms", mop_buf_view(&b), MOP_SV("1.000000000000000000"));
    mop_buf_reset(&b);
    mop_ratio_print(&b, MOP_I128_MAX / 3, MOP_I128_MAX, 3);
    check_text("huge third", mop_buf_view(&b), MOP_SV("0.333"));
    mop_buf_reset(&b);
    mop_ratio_print(&b, -MOP_I128_MAX - 1, 1, 2);
    check_text("huge whole", mop_buf_view(&b),
               MOP_SV("-170141183460469231731687303715884105728.00"));
    mop_buf_release(&b);
}

static void percentages(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        mop_i128 num, den;
        int64_t floor, ceil;
    } T[] = {
        {"none", 0, 9240, 0, 0},
        {"all", 9240, 9240, 1000, 1000},
        {"all but one is not 100.0", 9239, 9240, 999, 1000},
        {"one is not 0.0 failing", 1, 1000000, 0, 1},
        {"the worked example of design.md", 6828, 9240, 738, 739},
        {"exact tenth", 1, 1000, 1, 1},
        {"negative", -1, 3000, -1, 0},
        {"negative exact", -1, 1000, -1, -1},
        {"beyond int64", (mop_i128)1 << 100, 1, INT64_MAX, INT64_MAX},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        CHECK(T[i].row, mop_tenths_floor(T[i].num, T[i].den) == T[i].floor);
        CHECK(T[i].row, mop_tenths_ceil(T[i].num, T[i].den) == T[i].ceil);
    }
    /* Sums of money: 1000 times the numerator would not fit. */
    mop_i128 sum = MOP_I128_MAX / 3 * 2;
    assert_int_equal(mop_tenths_floor(sum, MOP_I128_MAX), 666);
    assert_int_equal(mop_tenths_ceil(sum, MOP_I128_MAX), 667);
}

/* Against a straightforward calculation where 128 bits suffice for it. */
static void against_plain(void **state)
{
    (void)state;
    uint64_t seed = 11;
    const mop_i128 in_millionth = 100000000000000;
    for (int i = 0; i < 200000; i++) {
        seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
        mop_i128 a = (mop_i128)(int64_t)seed >> (seed >> 3 & 31);
        seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
        mop_i128 b = (mop_i128)(int64_t)seed >> (seed >> 3 & 31);
        mop_i128 exact = a * b, half = exact < 0 ? -MOP_UNIT / 2 : MOP_UNIT / 2;
        assert_true(mop_number_mul(a * in_millionth, b) == (exact + half) / MOP_UNIT);

        mop_i128 den = b < 0 ? -b : b ? b : 1, q = a * 1000 / den, r = a * 1000 % den;
        assert_true(mop_tenths_floor(a, den) == (int64_t)(q - (r < 0)) || q > INT64_MAX - 1000 ||
                    q < -INT64_MAX + 1000);
        assert_true(mop_tenths_ceil(a, den) == (int64_t)(q + (r > 0)) || q > INT64_MAX - 1000 ||
                    q < -INT64_MAX + 1000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading),       cmocka_unit_test(exponents), cmocka_unit_test(limits),
        cmocka_unit_test(millionths),    cmocka_unit_test(integers),  cmocka_unit_test(printing),
        cmocka_unit_test(products),      cmocka_unit_test(ratios),    cmocka_unit_test(percentages),
        cmocka_unit_test(against_plain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
