/* SPDX-License-Identifier: MIT */
#include "unit.h"
#include "base/err.h"

#define WORDS 4

static void nearest(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        struct mop_sv word, among[WORDS];
        long want;
    } T[] = {
        {"one letter missing", L("technolgy"), {L("finance"), L("technology")}, 1},
        {"neighbours swapped count once", L("gogole"), {L("google"), L("goggles")}, 0},
        {"a swap at the start", L("lnikedin"), {L("linkedin")}, 0},
        {"case does not count", L("LINKEDIN"), {L("linkedin"), L("linkedim")}, 0},
        {"nor does it in other scripts", L("\xC3\x84RZTE"), {L("\xC3\xA4rzte")}, 0},
        {"letters count, not bytes", L("\xC3\xA9\xC3\xA8"), {L("\xC3\xA9\xC3\xAA")}, 0},
        {"the nearer one", L("severty"), {L("seventy"), L("severity"), L("severt")}, 0},
        {"at the same distance the earlier", L("abcx"), {L("abcz"), L("abcy")}, 0},
        {"two of six is near enough", L("goxxle"), {L("google")}, 0},
        {"three of six is not", L("gxxxle"), {L("google")}, -1},
        {"one of two: at least one is allowed", L("gb"), {L("ga")}, 0},
        {"two of two is another word", L("gb"), {L("fa")}, -1},
        {"a longer word has more room",
         L("marketingqualfiedlaed"),
         {L("marketingqualifiedlead")},
         0},
        {"one letter for another", L("1"), {L("x"), L("y")}, -1},
        {"one letter, another case", L("X"), {L("a"), L("x")}, 1},
        {"nothing near", L("email"), {L("country"), L("owner")}, -1},
        {"nothing to ask for", L(""), {L("a"), L("b")}, -1},
        {"an empty word is never meant", L("a"), {L(""), L("")}, -1},
        {"bytes that are no UTF-8 are compared as bytes", L("caf\xE9"), {L("cafe"), L("x")}, 0},
        {"the word itself", L("lead"), {L("leads"), L("lead")}, 1},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        size_t n = 0;
        while (n < WORDS && T[i].among[n].p)
            n++;
        long got = mop_suggest(T[i].word, T[i].among, n);
        if (got != T[i].want)
            fail_msg("%s: got %ld, want %ld", T[i].row, got, T[i].want);
    }
}

static void limits(void **state)
{
    (void)state;
    static char text[1000];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = 'a';
    struct mop_sv longest = {text, 128}, more = {text, 129}, most = {text, sizeof text};
    assert_int_equal(mop_suggest(longest, &longest, 1), 0);
    assert_int_equal(mop_suggest(longest, &more, 1), -1);
    assert_int_equal(mop_suggest(more, &longest, 1), -1);
    assert_int_equal(mop_suggest(most, &most, 1), -1);
    assert_int_equal(mop_suggest(longest, NULL, 0), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(nearest), cmocka_unit_test(limits)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
