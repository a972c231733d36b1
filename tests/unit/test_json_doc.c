/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include "base/json_doc.h"
#include "base/json_numbers.h"

#include <jansson.h>
#include <string.h>

static void aside_and_back(void **state)
{
    (void)state;
    static const struct {
        const char *row, *text, *rest; /* rest NULL: nothing is set aside */
    } T[] = {
        {"plain integers stay", "[0,-1,999999999999999999]", NULL},
        {"nineteen digits do not", "[1234567890123456789]", "[0.0]"},
        {"fractions, exponents, -0", "[1.50,2e3,-0]", "[0.0,5.0,9.0]"},
        {"strings stay", "{\"1.5\":\"\\\"1.5\\\\\",\"b\":1.5}",
         "{\"1.5\":\"\\\"1.5\\\\\",\"b\":0.0}"},
        {"a string without an end", "[1.5,\"2.5", "[0.0,\"2.5"},
        {"a string that ends in a backslash", "\"1.5\\", NULL},
        {"no numbers", "[01,1.,1e,-,.5,1.5e,1e+]", NULL},
        {"a number goes on behind its end", "[1.5.,1e5e,-00]", NULL},
        {"nothing", "", NULL},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_buf rest, numbers, back;
        mop_buf_init(&rest, 1000), mop_buf_init(&numbers, 1000), mop_buf_init(&back, 1000);
        bool aside = mop_json_numbers_aside(mop_sv_of(T[i].text), &rest, &numbers);
        CHECK(T[i].row, aside == (T[i].rest != NULL));
        if (aside) {
            check_text(T[i].row, mop_buf_view(&rest), mop_sv_of(T[i].rest));
            mop_json_numbers_back(mop_buf_view(&rest), mop_buf_view(&numbers), &back);
            check_text(T[i].row, mop_buf_view(&back), mop_sv_of(T[i].text));
        }
        mop_buf_release(&rest), mop_buf_release(&numbers), mop_buf_release(&back);
    }
}

/* Pieces that break JSON in many ways, near numbers above all; tame: an array as it should be. */
static void pieces(struct mop_buf *b, uint64_t *seed, bool tame)
{
    enum { TAME = 7, PIECES = 12 };
    static const char *const T[] = {"1.50", "1.5", "-0",      "\"1.5\"", "12", "7e2",    "\"\\\"\"",
                                    "[",    "]",   "{\"a\":", "}",       ",",  "e",      "x",
                                    ".",    " ",   "tru",     "0",       "-",  "\"b\":", "1e-"};
    mop_buf_str(b, "[0");
    for (int k = 0; k < PIECES; k++) {
        *seed = *seed * 6364136223846793005U + 1442695040888963407U;
        if (tame || *seed >> 63)
            mop_buf_str(b, ",");
        mop_buf_str(b, T[(*seed >> 33) % (tame ? TAME : ROWS(T))]);
    }
    mop_buf_str(b, "]");
}

/* Where no number is too big, jansson and the document agree: on what is JSON, and on what is wrong
 * and where if it is not. */
static void as_jansson(void **state)
{
    (void)state;
    uint64_t seed = 7;
    size_t good = 0, bad = 0;
    for (int i = 0; i < 20000; i++) {
        struct mop_buf b;
        struct mop_json_doc d;
        json_error_t ours, theirs;
        mop_buf_init(&b, 1000);
        pieces(&b, &seed, i % 4 == 0);
        json_t *plain = json_loadb(b.p, b.n, JSON_DECODE_ANY, &theirs);
        bool big = !plain && json_error_code(&theirs) == json_error_numeric_overflow;
        bool ok = mop_json_doc_read(&d, mop_buf_view(&b), JSON_DECODE_ANY, &ours);
        if (!big && ok != (plain != NULL))
            fail_msg("%s: %s", b.p, ok ? "read" : ours.text);
        if (!big && !ok && ours.position != theirs.position)
            fail_msg("%s: %d, not %d", b.p, ours.position, theirs.position);
        if (!big && !ok)
            assert_string_equal(ours.text, theirs.text);
        good += ok, bad += !ok && !big;
        json_decref(plain);
        mop_json_doc_release(&d);
        mop_buf_release(&b);
    }
    assert_true(good > 4000 && bad > 10000);
}

/* jansson alone takes the first three. */
static void nul_bytes(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t n;
        int at; /* 0: any fault of jansson's */
    } T[] = {
        {"[2e5\0\n]", sizeof "[2e5\0\n]" - 1, 5},
        {"[1.5, 12\0]", sizeof "[1.5, 12\0]" - 1, 9},
        {"[true\0,{\"a\":null\0}]", sizeof "[true\0,{\"a\":null\0}]" - 1, 6},
        {"[\"a\0\"]", sizeof "[\"a\0\"]" - 1, 0},
        {"[\0]", sizeof "[\0]" - 1, 0},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_json_doc d;
        json_error_t why;
        if (mop_json_doc_read(&d, (struct mop_sv){T[i].text, T[i].n}, 0, &why) || d.root)
            fail_msg("%zu: read", i);
        if (T[i].at && (why.position != T[i].at || strcmp(why.text, "NUL byte") != 0))
            fail_msg("%zu: %d %s", i, why.position, why.text);
        if (T[i].at && json_error_code(&why) != json_error_invalid_syntax)
            fail_msg("%zu: code %d", i, json_error_code(&why));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(aside_and_back),
        cmocka_unit_test(as_jansson),
        cmocka_unit_test(nul_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
