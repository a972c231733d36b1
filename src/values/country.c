/* SPDX-License-Identifier: MIT */
#include "country.h"
#include "../base/err.h"
#include "../base/utf8.h"
#include "ascii.h"
#include "words.h"

enum { NAME_MIN_BYTES = 4, NAME_MAX_BYTES = 80, CURRENCY_BYTES = 3 };

static struct mop_sv code_in(const struct mop_words *list, struct mop_sv s, struct mop_arena *a)
{
    if (s.n == 0 || s.n > NAME_MAX_BYTES || mop_utf8_check(s) < s.n) {
        return MOP_SV_NONE;
    }
    long i = mop_words_find(list, mop_utf8_fold(a, s));
    return i < 0 ? MOP_SV_NONE : mop_sv_of(mop_country_codes[list->tag[i]]);
}

struct mop_sv mop_country_find(struct mop_sv s, struct mop_arena *a)
{
    return code_in(&mop_words_country, s, a);
}

struct mop_sv mop_country_guess(struct mop_sv s, struct mop_arena *a)
{
    return code_in(&mop_words_country_guess, s, a);
}

/* Slips of the hand rarely hit the first letter; of a code any other code is one slip away. */
struct mop_sv mop_country_nearest(struct mop_sv s, struct mop_arena *a)
{
    if (s.n < NAME_MIN_BYTES || s.n > NAME_MAX_BYTES || mop_utf8_check(s) < s.n) {
        return MOP_SV_NONE;
    }
    struct mop_sv folded = mop_utf8_fold(a, s);
    struct mop_sv *near = mop_arena_array(a, mop_words_country.n, sizeof *near);
    size_t n = 0;
    for (size_t i = 0; i < mop_words_country.n; i++) {
        struct mop_sv word = mop_words_at(&mop_words_country, i);
        if (word.n >= NAME_MIN_BYTES && folded.n > 0 && word.p[0] == folded.p[0]) {
            near[n++] = word;
        }
    }
    long i = mop_suggest(folded, near, n);
    return i < 0 ? MOP_SV_NONE : near[i];
}

struct mop_sv mop_currency_find(struct mop_sv s)
{
    char code[CURRENCY_BYTES];
    if (s.n != CURRENCY_BYTES) {
        return MOP_SV_NONE;
    }
    for (size_t i = 0; i < s.n; i++) {
        code[i] = mop_to_upper(s.p[i]);
    }
    long i = mop_words_find(&mop_words_currency, (struct mop_sv){code, sizeof code});
    return i < 0 ? MOP_SV_NONE : mop_words_at(&mop_words_currency, (size_t)i);
}

struct mop_sv mop_boolean_find(struct mop_sv s)
{
    static const char *const yes[] = {"true", "yes", "t", "y", "1"};
    static const char *const no[] = {"false", "no", "f", "n", "0"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        if (mop_sv_eq_nocase(s, mop_sv_of(yes[i]))) {
            return MOP_SV("true");
        }
        if (mop_sv_eq_nocase(s, mop_sv_of(no[i]))) {
            return MOP_SV("false");
        }
    }
    return MOP_SV_NONE;
}
