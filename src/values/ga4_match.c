/* SPDX-License-Identifier: MIT */
#include "ga4_match.h"
#include "ascii.h"
#include "ga4.h"
#include "words.h"
#include <string.h>

enum { SOURCE_MAX = 128 };

static struct mop_sv part(struct mop_sv s, size_t from, size_t n)
{
    return mop_sv_sub(s, from, from + n);
}

bool mop_ga4_one_of(struct mop_sv s, const char *arg)
{
    struct mop_sv rest = mop_sv_of(arg), word;
    while (mop_sv_next(&rest, '|', &word)) {
        if (mop_sv_eq_nocase(s, word)) {
            return true;
        }
    }
    return false;
}

/* Offset of the word from `at` on, or s.n. */
static size_t find_word(struct mop_sv s, struct mop_sv word, size_t at)
{
    for (size_t i = at; i + word.n <= s.n; i++) {
        if (mop_sv_eq_nocase(part(s, i, word.n), word)) {
            return i;
        }
    }
    return s.n;
}

bool mop_ga4_contains(struct mop_sv s, const char *arg)
{
    struct mop_sv rest = mop_sv_of(arg), word;
    while (mop_sv_next(&rest, '|', &word)) {
        if (find_word(s, word, 0) < s.n) {
            return true;
        }
    }
    return false;
}

bool mop_ga4_ends(struct mop_sv s, const char *arg)
{
    size_t n = strlen(arg);
    return s.n >= n && mop_sv_eq_nocase(part(s, s.n - n, n), mop_sv_of(arg));
}

unsigned mop_ga4_categories(struct mop_sv source)
{
    char low[SOURCE_MAX];
    if (source.n > sizeof low) {
        return 0;
    }
    for (size_t i = 0; i < source.n; i++) {
        low[i] = mop_to_lower(source.p[i]);
    }
    long i = mop_words_find(&mop_words_ga4, (struct mop_sv){low, source.n});
    return i < 0 ? 0 : mop_words_ga4.tag[i];
}

bool mop_ga4_in_list(struct mop_sv s, const char *arg)
{
    return (mop_ga4_categories(s) & (unsigned char)*arg) != 0;
}

/* ^(.*cp.*|ppc|retargeting|paid.*)$ */
bool mop_ga4_is_paid(struct mop_sv medium)
{
    return mop_ga4_contains(medium, "cp") || mop_ga4_one_of(medium, "ppc|retargeting") ||
           mop_sv_eq_nocase(part(medium, 0, 4), MOP_SV("paid"));
}

/*
 * ^(.*(([^a-df-z]|^)shop|shopping).*)$: before "shop" stands nothing, an e, or no letter.
 * Lower-cased first, as GA4's patterns ignore case: "WorkShop" is a workshop.
 */
bool mop_ga4_is_shop(struct mop_sv campaign)
{
    struct mop_sv shop = MOP_SV("shop");
    if (mop_ga4_contains(campaign, "shopping")) {
        return true;
    }
    for (size_t i = find_word(campaign, shop, 0); i < campaign.n;
         i = find_word(campaign, shop, i + 1)) {
        char before = i > 0 ? mop_to_lower(campaign.p[i - 1]) : 'e';
        if (!mop_is_lower(before) || before == 'e') {
            return true;
        }
    }
    return false;
}

bool mop_ga4_paid(struct mop_sv s, const char *arg)
{
    (void)arg;
    return mop_ga4_is_paid(s);
}

bool mop_ga4_shop(struct mop_sv s, const char *arg)
{
    (void)arg;
    return mop_ga4_is_shop(s);
}
