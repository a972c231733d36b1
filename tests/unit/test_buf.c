/* SPDX-License-Identifier: MIT */
#include "unit.h"
#include "base/buf.h"
#include <string.h>

static void adding(void **state)
{
    (void)state;
    struct mop_buf b;
    mop_buf_init(&b, 1000);
    assert_string_equal(b.p, ""); /* terminated before anything was added */
    mop_buf_add(&b, "a\0b", 3);
    mop_buf_sv(&b, MOP_SV("c"));
    mop_buf_sv(&b, MOP_SV_NONE);
    mop_buf_str(&b, "");
    mop_buf_str(&b, "de");
    mop_buf_chr(&b, 'f');
    mop_buf_printf(&b, "%d%s", 42, "");
    mop_buf_printf(&b, "%s", "");
    assert_int_equal(b.n, 9);
    assert_memory_equal(b.p, "a\0bcdef42", 10);
    assert_false(b.over);
    mop_buf_release(&b);
    assert_string_equal(b.p, "");
    mop_buf_str(&b, "again"); /* a released buffer is an empty one */
    check_text("again", mop_buf_view(&b), MOP_SV("again"));
    mop_buf_release(&b);
}

static void cap(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        size_t max;
        const char *pieces[4];
        const char *want;
        bool over;
    } T[] = {
        {"exactly full", 4, {"ab", "cd"}, "abcd", false},
        {"one too many: the piece is left out whole", 4, {"ab", "cde"}, "ab", true},
        {"nor is a later one added that would fit", 4, {"ab", "cde", "f"}, "ab", true},
        {"nothing allowed", 0, {"a"}, "", true},
        {"nothing allowed, nothing added", 0, {""}, "", false},
        {"no cap", SIZE_MAX, {"ab", "cd"}, "abcd", false},
    };
    for (size_t i = 0; i < ROWS(T); i++)
        for (int formatted = 0; formatted < 2; formatted++) {
            struct mop_buf b;
            mop_buf_init(&b, T[i].max);
            for (const char *const *p = T[i].pieces; p < T[i].pieces + 4 && *p; p++)
                formatted ? mop_buf_printf(&b, "%s", *p) : mop_buf_str(&b, *p);
            check_text(T[i].row, mop_buf_view(&b), mop_sv_of(T[i].want));
            CHECK(T[i].row, b.p[b.n] == '\0');
            CHECK(T[i].row, b.over == T[i].over);
            mop_buf_release(&b);
        }
}

static void reset(void **state)
{
    (void)state;
    struct mop_buf b;
    mop_buf_init(&b, 3);
    mop_buf_reset(&b); /* of what never held anything */
    mop_buf_str(&b, "abc");
    mop_buf_chr(&b, 'd');
    assert_true(b.over);
    const char *before = b.p;
    mop_buf_reset(&b);
    assert_false(b.over);
    assert_string_equal(b.p, "");
    mop_buf_str(&b, "xyz");
    assert_ptr_equal(b.p, before);
    assert_string_equal(b.p, "xyz");
    mop_buf_release(&b);
}

static void growth(void **state)
{
    (void)state;
    struct mop_buf b;
    mop_buf_init(&b, 100000);
    for (int i = 0; i < 100000; i++)
        mop_buf_chr(&b, (char)('a' + i % 26));
    assert_false(b.over);
    assert_int_equal(b.n, 100000);
    for (int i = 0; i < 100000; i++)
        assert_int_equal(b.p[i], 'a' + i % 26);
    mop_buf_chr(&b, 'x');
    assert_true(b.over);
    assert_true(b.cap <= 100001); /* the cap holds for the memory too */
    mop_buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(adding),
        cmocka_unit_test(cap),
        cmocka_unit_test(reset),
        cmocka_unit_test(growth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
