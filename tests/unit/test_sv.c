/* SPDX-License-Identifier: MIT */
#include "unit.h"

static void equality(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        struct mop_sv a, b;
        bool eq, nocase;
        int cmp; /* sign */
    } T[] = {
        {"the same bytes", L("abc"), L("abc"), true, true, 0},
        {"ASCII case", L("aBc"), L("Abc"), false, true, 1},
        {"a prefix sorts first", L("ab"), L("abc"), false, false, -1},
        {"bytes above 127 are unsigned", L("\xC3\xA9"), L("z"), false, false, 1},
        {"other letters keep their case", L("\xC3\x89"), L("\xC3\xA9"), false, false, -1},
        {"a NUL byte is a byte", L("a\0b"), L("a\0c"), false, false, -1},
        {"absent equals empty", {NULL, 0}, L(""), true, true, 0},
        {"@ and ` differ by the case bit alone", L("@"), L("`"), false, false, -1},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        int cmp = mop_sv_cmp(T[i].a, T[i].b), back = mop_sv_cmp(T[i].b, T[i].a);
        CHECK(T[i].row, mop_sv_eq(T[i].a, T[i].b) == T[i].eq);
        CHECK(T[i].row, mop_sv_eq_nocase(T[i].a, T[i].b) == T[i].nocase);
        CHECK(T[i].row, (cmp > 0) - (cmp < 0) == T[i].cmp);
        CHECK(T[i].row, (back > 0) - (back < 0) == -T[i].cmp);
    }
    assert_true(mop_sv_eqs(MOP_SV("x"), "x"));
    assert_null(mop_sv_of(NULL).p);
}

static void ends(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        struct mop_sv a, part;
        bool starts, ends;
    } T[] = {
        {"both", L("aba"), L("a"), true, true},
        {"whole", L("ab"), L("ab"), true, true},
        {"longer than the text", L("b"), L("ab"), false, false},
        {"empty part", L("ab"), L(""), true, true},
        {"empty part of nothing", {NULL, 0}, {NULL, 0}, true, true},
        {"one end", L("https://x"), L("https:"), true, false},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        CHECK(T[i].row, mop_sv_starts(T[i].a, T[i].part) == T[i].starts);
        CHECK(T[i].row, mop_sv_ends(T[i].a, T[i].part) == T[i].ends);
    }
}

static void parts(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        struct mop_sv a;
        size_t from, to;
        struct mop_sv want;
    } T[] = {
        {"inside", L("abcd"), 1, 3, L("bc")},
        {"clipped behind", L("abcd"), 2, 99, L("cd")},
        {"wholly behind", L("abcd"), 9, 99, L("")},
        {"turned around is empty", L("abcd"), 3, 1, L("")},
    };
    for (size_t i = 0; i < ROWS(T); i++)
        check_text(T[i].row, mop_sv_sub(T[i].a, T[i].from, T[i].to), T[i].want);
    assert_null(mop_sv_sub(MOP_SV_NONE, 0, 5).p);
    assert_int_equal(mop_sv_find(MOP_SV("a=b=c"), '='), 1);
    assert_int_equal(mop_sv_find(MOP_SV("abc"), '='), 3);
    assert_int_equal(mop_sv_find(MOP_SV_NONE, '='), 0);
}

static void pieces(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        struct mop_sv text;
        const char *joined; /* each piece in brackets */
    } T[] = {
        {"three", L("a,b,c"), "[a][b][c]"},
        {"empty ones count", L(",b,"), "[][b][]"},
        {"an empty text is one empty piece", L(""), "[]"},
        {"an absent text has none", {NULL, 0}, ""},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        char got[64] = "";
        size_t n = 0;
        struct mop_sv rest = T[i].text, piece;
        while (mop_sv_next(&rest, ',', &piece))
            n += (size_t)snprintf(got + n, sizeof got - n, "[%.*s]", MOP_SV_ARG(piece));
        check_text(T[i].row, mop_sv_of(got), mop_sv_of(T[i].joined));
    }
}

static void trimming(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        struct mop_sv text, want;
    } T[] = {
        {"ASCII blanks, inner ones stay", L(" \t\r\n\v\fa b "), L("a b")},
        {"no-break and ideographic space", L("\xC2\xA0x\xE3\x80\x80"), L("x")},
        {"byte order mark and zero width space", L("\xEF\xBB\xBFx\xE2\x80\x8B"), L("x")},
        {"a word joiner is no blank", L("\xE2\x81\xA0x"), L("\xE2\x81\xA0x")},
        {"nothing but blanks", L(" \xE2\x80\x83 "), L("")},
        {"a letter that ends in the byte of a space", L("\xC3\xA0"), L("\xC3\xA0")},
        {"cut sequence at the end", L("x\xC2"), L("x\xC2")},
        {"stray continuation bytes", L("\x80 x \x80"), L("\x80 x \x80")},
        {"an overlong space is no blank", L("\xC0\xA0x"), L("\xC0\xA0x")},
        {"a stray byte behind a space keeps it", L("x \xA0"), L("x \xA0")},
    };
    for (size_t i = 0; i < ROWS(T); i++)
        check_text(T[i].row, mop_sv_trim(T[i].text), T[i].want);
    assert_null(mop_sv_trim(MOP_SV_NONE).p);
    assert_non_null(mop_sv_trim(MOP_SV("  ")).p); /* empty, not absent */
}

static void numbers(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        struct mop_sv text;
        bool ok;
        uint64_t want;
    } T[] = {
        {"zero", L("0"), true, 0},
        {"leading zeros", L("0007"), true, 7},
        {"the largest", L("18446744073709551615"), true, UINT64_MAX},
        {"one more", L("18446744073709551616"), false, 0},
        {"ten times more", L("99999999999999999999"), false, 0},
        {"a sign", L("+1"), false, 0},
        {"a blank", L(" 1"), false, 0},
        {"nothing", L(""), false, 0},
        {"a digit of another script", L("\xD9\xA1"), false, 0},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        uint64_t v = 42;
        CHECK(T[i].row, mop_sv_u64(T[i].text, &v) == T[i].ok);
        CHECK(T[i].row, v == (T[i].ok ? T[i].want : 42));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equality), cmocka_unit_test(ends),     cmocka_unit_test(parts),
        cmocka_unit_test(pieces),   cmocka_unit_test(trimming), cmocka_unit_test(numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
