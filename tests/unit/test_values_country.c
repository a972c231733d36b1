/* SPDX-License-Identifier: MIT */
#include "unit.h"
#include "values/country.h"
#include "values/words.h"

static void countries(void **state)
{
    static const struct {
        const char *in, *want;
    } T[] = {
        {"DE", "DE"},
        {"de", "DE"},
        {"DEU", "DE"},
        {"Germany", "DE"},
        {"GERMANY", "DE"},
        {"no", "NO"}, /* Norway, whatever YAML thinks */
        {"United States", "US"},
        {"United States of America", "US"},
        {"USA", "US"},
        {"Korea, Republic of", "KR"},
        {"Korea (the Republic of)", "KR"}, /* as ISO publishes its names */
        {"Korea (the Democratic People's Republic of)", "KP"},
        {"Bolivia (Plurinational State of)", "BO"},
        {"Congo (the Democratic Republic of the)", "CD"},
        {"Philippines (the)", "PH"},
        {"Falkland Islands (the) [Malvinas]", "FK"},
        {"Virgin Islands (U.S.)", "VI"},
        {"Tanzania, the United Republic of", "TZ"},
        {"Holy See", "VA"},
        {"Vatican", "VA"},
        {"Falklands", "FK"},
        {"U.K", "GB"},
        {"St Helena", "SH"},
        {"Aland", "AX"},
        {"St Vincent & the Grenadines", "VC"},
        {"Republic of Korea", "KR"},
        {"South Korea", "KR"},
        {"Democratic Republic of the Congo", "CD"},
        {"Congo", "CG"},
        {"Côte d'Ivoire", "CI"},
        {"CÔTE D'IVOIRE", "CI"},
        {"Cote d'Ivoire", "CI"},
        {"Türkiye", "TR"},
        {"Turkiye", "TR"},
        {"Vietnam", "VN"},
        {"Viet Nam", "VN"},
        {"Czechia", "CZ"},
        {"Åland Islands", "AX"},
        {"ZW", "ZW"},
        {"UK", "GB"},
        {"u.k.", "GB"},
        {"Great Britain", "GB"},
        {"U.S.", "US"},
        {"Turkey", "TR"},
        {"Russia", "RU"},
        {"Czech Republic", "CZ"},
        {"Holland", "NL"},
        {"IVORY COAST", "CI"},
        {"England", NULL}, /* these are guesses */
        {"Korea", NULL},
        {"America", NULL},
        {"Macedonia", NULL},
        {"EU", NULL},
        {"Deutschland", NULL},
        {"D", NULL},
        {" DE", NULL},
        {"", NULL},
        {"\xff", NULL},
    };
    struct mop_arena a;
    (void)state;
    mop_arena_init(&a);
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_sv got = mop_country_find(mop_sv_of(T[i].in), &a);
        CHECK(T[i].in, (got.p != NULL) == (T[i].want != NULL));
        check_text(T[i].in, got, T[i].want ? mop_sv_of(T[i].want) : MOP_SV(""));
    }
    mop_arena_release(&a);
}

static void guesses(void **state)
{
    static const struct {
        const char *in, *want;
    } T[] = {
        {"England", "GB"},
        {"Gro\xc3\x9f"
         "britannien",
         "GB"},
        {"GROSSBRITANNIEN", "GB"},
        {"T\xc3\xbcrkei", "TR"},
        {"SCOTLAND", "GB"},
        {"Korea", "KR"},
        {"America", "US"},
        {"UK", NULL},
        {"Germany", NULL},
        {"Deutschland", "DE"},
        {"\xc3\x96sterreich", "AT"},
        {"Guinea", NULL},
        {"", NULL},
        {"\xff", NULL},
        {"Englund", NULL},
    };
    struct mop_arena a;
    (void)state;
    mop_arena_init(&a);
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_sv got = mop_country_guess(mop_sv_of(T[i].in), &a);
        check_text(T[i].in, got, T[i].want ? mop_sv_of(T[i].want) : MOP_SV(""));
    }
    mop_arena_release(&a);
}

static void currencies(void **state)
{
    (void)state;
    check_text("code", mop_currency_find(MOP_SV("EUR")), MOP_SV("EUR"));
    check_text("small", mop_currency_find(MOP_SV("usd")), MOP_SV("USD"));
    check_text("first", mop_currency_find(MOP_SV("AED")), MOP_SV("AED"));
    assert_null(mop_currency_find(MOP_SV("EU")).p);
    assert_null(mop_currency_find(MOP_SV("EURO")).p);
    assert_null(mop_currency_find(MOP_SV("XYZ")).p);
    assert_null(mop_currency_find(MOP_SV("€")).p); /* three bytes */
    assert_null(mop_currency_find(MOP_SV_NONE).p);
}

static void booleans(void **state)
{
    static const char *const yes[] = {"true", "TRUE", "Yes", "t", "Y", "1"};
    static const char *const no[] = {"false", "No", "F", "n", "0"};
    static const char *const none[] = {"", "2", "on", "ja", "tru", "true ", "01"};
    (void)state;
    for (size_t i = 0; i < ROWS(yes); i++)
        check_text(yes[i], mop_boolean_find(mop_sv_of(yes[i])), MOP_SV("true"));
    for (size_t i = 0; i < ROWS(no); i++)
        check_text(no[i], mop_boolean_find(mop_sv_of(no[i])), MOP_SV("false"));
    for (size_t i = 0; i < ROWS(none); i++)
        CHECK(none[i], mop_boolean_find(mop_sv_of(none[i])).p == NULL);
}

/* What binary search stands on: every list in byte order, without doubles, each word found at its
 * place. */
static void lists(void **state)
{
    static const struct mop_words *const W[] = {
        &mop_words_free,    &mop_words_disposable,    &mop_words_role,    &mop_words_ga4,
        &mop_words_country, &mop_words_country_guess, &mop_words_currency};
    (void)state;
    for (size_t k = 0; k < ROWS(W); k++) {
        for (size_t i = 0; i < W[k]->n; i++) {
            struct mop_sv word = mop_words_at(W[k], i);
            assert_true(word.n > 0);
            assert_true(i == 0 || mop_sv_cmp(mop_words_at(W[k], i - 1), word) < 0);
            assert_int_equal(mop_words_find(W[k], word), (long)i);
        }
        assert_int_equal(mop_words_find(W[k], MOP_SV("")), -1);
        assert_int_equal(mop_words_find(W[k], MOP_SV("\xff")), -1);
        assert_int_equal(mop_words_find(W[k], MOP_SV("info\n")), -1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(countries), cmocka_unit_test(guesses),
                                       cmocka_unit_test(currencies), cmocka_unit_test(booleans),
                                       cmocka_unit_test(lists)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
