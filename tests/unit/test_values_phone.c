/* SPDX-License-Identifier: MIT */
#include "unit.h"
#include "values/phone.h"

static const struct {
    const char *row, *in, *canonical, *why;
} T[] = {
    {"E.164", "+493012345678", "+493012345678", ""},
    {"blanks", "+49 30 12345678", "+493012345678", ""},
    {"all separators", "+1 (415) 555-26.71", "+14155552671", ""},
    {"no-break space",
     "+49\xc2\xa0"
     "3012345678",
     "+493012345678", ""},
    {"bracket first", "(+49) 30 12345678", "+493012345678", ""},
    {"three-digit code", "+352 621 123 456", "+352621123456", ""},
    {"freephone", "+800 1234 5678", "+80012345678", ""},
    {"national", "030 12345678", NULL, "has no + and calling code"},
    {"dialled", "0049 30 12345678", NULL, "has no + and calling code"},
    {"trunk zero", "+49 (0)30 12345678", NULL,
     "has '(0)', which nobody dials behind a calling code"},
    {"trunk zero without brackets", "+49 030 1234567", NULL,
     "has a 0 behind +49, which is dialled only at home"},
    {"trunk zero, Netherlands", "+31 06 12345678", NULL,
     "has a 0 behind +31, which is dialled only at home"},
    {"trunk zero, Japan", "+81 03 1234 5678", NULL,
     "has a 0 behind +81, which is dialled only at home"},
    {"zeros", "+1 000 000 0000", NULL, "has a 0 behind +1, which is dialled only at home"},
    {"zero of the plan, Italy", "+39 06 698 12345", "+390669812345", ""},
    {"zero of the plan, Ivory Coast", "+225 07 12 34 56 78", "+2250712345678", ""},
    {"short", "+1 415 555", NULL, "has 6 digits behind +1, which no number there has"},
    {"long", "+33 1 23 45 67 89 0", NULL, "has 10 digits behind +33, which no number there has"},
    {"16 digits", "+4912345678901234", NULL, "has more than 15 digits"},
    {"no such code", "+210 123 4567", NULL, "has no calling code in use behind the +"},
    {"zero code", "+0123456789", NULL, "has no calling code in use behind the +"},
    {"plus alone", "+", NULL, "has no calling code in use behind the +"},
    {"empty", "", NULL, "has no + and calling code"},
    {"extension", "+1 415 555 2671 x12", NULL, "has the character 'x'"},
    {"two plus", "++1 415 555 2671", NULL, "has the character '+'"},
    {"other digits", "+49 ٣٠", NULL, "has the character U+0663"},
    {"not UTF-8",
     "+49\xa0"
     "30",
     NULL, "has bytes that are not UTF-8"},
};

static void reading(void **state)
{
    struct mop_arena a;
    struct mop_buf why;
    (void)state;
    mop_arena_init(&a);
    mop_buf_init(&why, 500);
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_sv got = MOP_SV_NONE;
        mop_buf_reset(&why);
        bool ok = mop_phone_read(mop_sv_of(T[i].in), &got, &a, &why);
        check_text(T[i].row, mop_buf_view(&why), mop_sv_of(T[i].why));
        check_text(T[i].row, got, T[i].canonical ? mop_sv_of(T[i].canonical) : MOP_SV(""));
        CHECK(T[i].row, ok == (T[i].canonical != NULL));
    }
    mop_buf_release(&why);
    mop_arena_release(&a);
}

/* The reader takes the first code that fits: no code may begin with another. */
static void codes(void **state)
{
    (void)state;
    for (size_t i = 0; i < mop_calling_codes_n; i++) {
        unsigned code = mop_calling_codes[i].code;
        assert_true(mop_calling_codes[i].lengths != 0);
        assert_true(i == 0 || mop_calling_codes[i - 1].code < code);
        for (size_t k = 0; k < mop_calling_codes_n; k++) {
            assert_int_not_equal(mop_calling_codes[k].code, code / 10);
            assert_int_not_equal(mop_calling_codes[k].code, code >= 100 ? code / 100 : 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(reading), cmocka_unit_test(codes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
