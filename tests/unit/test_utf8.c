/* SPDX-License-Identifier: MIT */
#include "unit.h"
#include "base/utf8.h"
#include <string.h>

static void well_formed(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        struct mop_sv text;
        size_t at; /* first bad byte */
    } T[] = {
        {"nothing", L(""), 0},
        {"ASCII with NUL and DEL", L("a\0b\x7F"), 4},
        {"least and greatest of two bytes", L("\xC2\x80\xDF\xBF"), 4},
        {"least and greatest of three", L("\xE0\xA0\x80\xEF\xBF\xBF"), 6},
        {"least and greatest of four", L("\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"), 8},
        {"around the surrogates", L("\xED\x9F\xBF\xEE\x80\x80"), 6},
        {"first surrogate", L("ab\xED\xA0\x80"), 2},
        {"last surrogate", L("\xED\xBF\xBF"), 0},
        {"above U+10FFFF", L("\xF4\x90\x80\x80"), 0},
        {"lead byte F5", L("\xF5\x80\x80\x80"), 0},
        {"lead byte F8", L("\xF8\x88\x80\x80\x80"), 0},
        {"lead byte FF", L("abcdefgh\xFF"), 8},
        {"overlong slash in two", L("\xC0\xAF"), 0},
        {"overlong C1", L("\xC1\xBF"), 0},
        {"overlong in three", L("\xE0\x9F\xBF"), 0},
        {"overlong in four", L("\xF0\x8F\xBF\xBF"), 0},
        {"overlong NUL of Java", L("x\xC0\x80"), 1},
        {"continuation without lead", L("abcdefghi\x80"), 9},
        {"cut after one of two", L("a\xC3"), 1},
        {"cut after three of four", L("\xF0\x9F\x98"), 0},
        {"lead followed by ASCII", L("\xE2\x82z"), 0},
        {"Windows-1252 quote in ASCII", L("don\x92t stop here"), 3},
        {"bad byte in a whole word of eight", L("12345678\xC3\xA9 12345\xE9 78"), 16},
    };
    for (size_t i = 0; i < ROWS(T); i++)
        CHECK(T[i].row, mop_utf8_check(T[i].text) == T[i].at);
}

/* Every code point there is decodes to itself; every surrogate and what lies above is refused. */
static void every_code_point(void **state)
{
    (void)state;
    for (uint32_t cp = 0x800; cp < 0x120000; cp++) {
        char t[4] = {(char)(0xF0 | cp >> 18), (char)(0x80 | (cp >> 12 & 0x3F)),
                     (char)(0x80 | (cp >> 6 & 0x3F)), (char)(0x80 | (cp & 0x3F))};
        struct mop_sv s = {t, 4};
        if (cp < 0x10000) {
            t[1] = (char)(0xE0 | cp >> 12);
            s = (struct mop_sv){t + 1, 3};
        }
        bool good = cp < 0x110000 && (cp < 0xD800 || cp > 0xDFFF);
        size_t i = 0;
        uint32_t got = 0;
        assert_int_equal(mop_utf8_decode(s, 0, &got), good ? s.n : 0);
        assert_int_equal(mop_utf8_check(s), good ? s.n : 0);
        if (good) {
            assert_int_equal(got, cp);
            assert_int_equal(mop_utf8_next(s, &i), cp);
            assert_int_equal(i, s.n);
        }
    }
}

static void lengths(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        struct mop_sv text;
        size_t length, width;
        bool ascii;
    } T[] = {
        {"nothing", L(""), 0, 0, true},
        {"ASCII", L("campaign name"), 13, 13, true},
        {"umlaut", L("M\xC3\xBCnchen"), 7, 7, false},
        {"ideographs are wide", L("\xE6\x9D\xB1\xE4\xBA\xAC"), 2, 4, false},
        {"combining accent", L("e\xCC\x81"), 2, 1, false},
        {"emoji", L("\xF0\x9F\x98\x80!"), 2, 3, false},
        {"a bad byte counts as one", L("a\xFF\xFE"), 3, 3, false},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        CHECK(T[i].row, mop_utf8_length(T[i].text) == T[i].length);
        CHECK(T[i].row, mop_utf8_width(T[i].text) == T[i].width);
        CHECK(T[i].row, mop_utf8_ascii(T[i].text) == T[i].ascii);
    }
}

static void cases(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        struct mop_sv text, fold, upper;
        bool has_upper, has_lower;
    } T[] = {
        {"nothing", L(""), L(""), L(""), false, false},
        {"no letters", L("42-_@[`{"), L("42-_@[`{"), L("42-_@[`{"), false, false},
        {"ASCII, whole alphabet's ends", L("aZzA"), L("azza"), L("AZZA"), true, true},
        {"umlauts",
         L("\xC3\x9C"
           "ber"),
         L("\xC3\xBC"
           "ber"),
         L("\xC3\x9C"
           "BER"),
         true, true},
        {"sharp s stays one letter", L("\xC3\x9F"), L("\xC3\x9F"), L("\xE1\xBA\x9E"), false, true},
        {"capital sharp s", L("\xE1\xBA\x9E"), L("\xC3\x9F"), L("\xE1\xBA\x9E"), true, false},
        {"both sigmas fold to one", L("\xCE\xA3\xCF\x82"), L("\xCF\x83\xCF\x83"),
         L("\xCE\xA3\xCE\xA3"), true, true},
        {"Kelvin sign folds to k", L("\xE2\x84\xAA"), L("k"), L("\xE2\x84\xAA"), true, false},
        {"Turkish dotted I", L("\xC4\xB0"), L("i"), L("\xC4\xB0"), true, false},
        {"a letter whose capital has more bytes", L("\xC9\x90x"), L("\xC9\x90x"),
         L("\xE2\xB1\xAFX"), false, true},
        {"Cyrillic", L("\xD0\x9C\xD0\xB8\xD1\x80"), L("\xD0\xBC\xD0\xB8\xD1\x80"),
         L("\xD0\x9C\xD0\x98\xD0\xA0"), true, true},
        {"bad bytes stay", L("A\xFF\xC3"), L("a\xFF\xC3"), L("A\xFF\xC3"), true, false},
    };
    struct mop_arena a;
    mop_arena_init(&a);
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_sv fold = mop_utf8_fold(&a, T[i].text);
        check_text(T[i].row, fold, T[i].fold);
        check_text(T[i].row, mop_utf8_fold(&a, fold), fold);
        check_text(T[i].row, mop_utf8_upper(&a, T[i].text), T[i].upper);
        CHECK(T[i].row, mop_utf8_has_upper(T[i].text) == T[i].has_upper);
        CHECK(T[i].row, mop_utf8_has_lower(T[i].text) == T[i].has_lower);
        /* What needs no change is not copied. */
        CHECK(T[i].row, (fold.p == T[i].text.p) == mop_sv_eq(T[i].text, T[i].fold));
    }
    check_text("composed", mop_utf8_compose(&a, MOP_SV("cafe\xcc\x81 \xc3\xa9")),
               MOP_SV("caf\xc3\xa9 \xc3\xa9"));
    check_text("not UTF-8", mop_utf8_compose(&a, MOP_SV("e\xcc\x81\xff")), MOP_SV("e\xcc\x81\xff"));
    assert_null(mop_utf8_fold(&a, MOP_SV_NONE).p);
    mop_arena_release(&a);
}

static void spaces(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        uint32_t cp;
        bool space;
    } T[] = {
        {"backspace", 0x08, false},
        {"tab", 0x09, true},
        {"carriage return", 0x0D, true},
        {"shift out", 0x0E, false},
        {"blank", 0x20, true},
        {"next line", 0x85, true},
        {"no-break space", 0xA0, true},
        {"ogham space mark", 0x1680, true},
        {"vowel separator", 0x180E, false},
        {"en quad", 0x2000, true},
        {"zero width space", 0x200B, true},
        {"zero width non-joiner", 0x200C, false},
        {"line separator", 0x2028, true},
        {"narrow no-break space", 0x202F, true},
        {"math space", 0x205F, true},
        {"word joiner", 0x2060, false},
        {"ideographic space", 0x3000, true},
        {"byte order mark", 0xFEFF, true},
        {"letter", 'a', false},
    };
    for (size_t i = 0; i < ROWS(T); i++)
        CHECK(T[i].row, mop_utf8_is_space(T[i].cp) == T[i].space);
}

static void shown(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        struct mop_sv text;
        size_t max;
        const char *want;
    } T[] = {
        {"plain", L("google"), 80, "google"},
        {"letters of all scripts", L("M\xC3\xBC \xE6\x9D\xB1 \xF0\x9F\x98\x80"), 80,
         "M\xC3\xBC \xE6\x9D\xB1 \xF0\x9F\x98\x80"},
        {"terminal escape", L("\x1B[31mred\x07"), 80, "\\x1b[31mred\\x07"},
        {"a line break cannot make a second log line", L("a\r\nb\0c"), 80, "a\\x0d\\x0ab\\x00c"},
        {"DEL", L("\x7F"), 80, "\\x7f"},
        {"C1: the one-byte CSI",
         L("\xC2\x9B"
           "2J"),
         80, "\\u{009b}2J"},
        {"bad bytes, also C1 without UTF-8", L("\x9B\xFF\xC3"), 80, "\\x9b\\xff\\xc3"},
        {"overlong escape", L("\xC0\x9B"), 80, "\\xc0\\x9b"},
        {"bidi override and isolate",
         L("a\xE2\x80\xAE"
           "b\xE2\x81\xA6"),
         80, "a\\u{202e}b\\u{2066}"},
        {"line separator", L("\xE2\x80\xA8"), 80, "\\u{2028}"},
        {"invisible in a value", L("a\xE2\x80\x8B\xEF\xBB\xBF"), 80, "a\\u{200b}\\u{feff}"},
        {"tag characters", L("\xF3\xA0\x80\xA0"), 80, "\\u{e0020}"},
        {"joined emoji stay joined", L("\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB"), 80,
         "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB"},
        {"a backslash is left alone", L("C:\\x1b"), 80, "C:\\x1b"},
        {"fits exactly", L("abcde"), 5, "abcde"},
        {"cut with the ellipsis inside max", L("abcdef"), 5, "abcd\xE2\x80\xA6"},
        {"an escape is not cut", L("abc\x1B[m"), 6, "abc\xE2\x80\xA6"},
        {"a wide letter is not cut", L("a\xE6\x9D\xB1\xE4\xBA\xAC"), 4,
         "a\xE6\x9D\xB1\xE2\x80\xA6"},
        {"a wide letter that would need the last column", L("ab\xE6\x9D\xB1\xE4\xBA\xAC"), 4,
         "ab\xE2\x80\xA6"},
        {"an accent stays with its letter at the end", L("abe\xCC\x81"), 3, "abe\xCC\x81"},
        {"one column", L("ab"), 1, "\xE2\x80\xA6"},
        {"no column", L("ab"), 0, ""},
        {"nothing", L(""), 0, ""},
        {"no end", L("abc"), SIZE_MAX, "abc"},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_buf b;
        mop_buf_init(&b, 1000);
        mop_utf8_show(&b, T[i].text, T[i].max);
        check_text(T[i].row, mop_buf_view(&b), mop_sv_of(T[i].want));
        CHECK(T[i].row, mop_utf8_width(mop_buf_view(&b)) <= T[i].max);
        mop_buf_release(&b);
    }
}

/* A thousand accents on one letter are no way around `max`. */
static void piled_accents(void **state)
{
    (void)state;
    char text[2001] = "a";
    for (size_t i = 1; i < sizeof text - 1; i += 2)
        memcpy(text + i, "\xCC\x81", 2);
    struct mop_buf b;
    mop_buf_init(&b, 10000);
    mop_utf8_show(&b, (struct mop_sv){text, sizeof text}, 10);
    assert_true(b.n < 200);
    assert_true(mop_sv_ends(mop_buf_view(&b), MOP_SV("\xE2\x80\xA6")));
    mop_buf_release(&b);
}

/* Whatever the bytes, what is shown is well-formed, without control bytes, and no wider than asked.
 */
static void any_bytes(void **state)
{
    (void)state;
    static const char BYTES[] = "\x1B\x9B\xC2\xE2\x80\xAE\xF0\x9F\xED\xA0\n\x7F"
                                "az\xCC\x81";
    uint32_t seed = 7;
    for (int round = 0; round < 20000; round++) {
        char text[24];
        for (size_t i = 0; i < sizeof text; i++) {
            seed = seed * 1103515245 + 12345;
            text[i] = BYTES[(seed >> 16) % (sizeof BYTES - 1)];
        }
        struct mop_buf b;
        mop_buf_init(&b, 1000);
        mop_utf8_show(&b, (struct mop_sv){text, sizeof text}, (size_t)round % 60);
        assert_int_equal(mop_utf8_check(mop_buf_view(&b)), b.n);
        assert_true(mop_utf8_width(mop_buf_view(&b)) <= (size_t)round % 60);
        for (size_t i = 0; i < b.n; i++)
            assert_true((unsigned char)b.p[i] >= 0x20 && b.p[i] != 0x7F);
        mop_buf_release(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(well_formed),   cmocka_unit_test(every_code_point),
        cmocka_unit_test(lengths),       cmocka_unit_test(cases),
        cmocka_unit_test(spaces),        cmocka_unit_test(shown),
        cmocka_unit_test(piled_accents), cmocka_unit_test(any_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
