/* SPDX-License-Identifier: MIT */
#include "url_keys.h"
#include "../base/err.h"
#include "ascii.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define LIT(s) {(s), sizeof(s) - 1}

/* The first SHORT are common enough to be meant by their first letters alone. */
enum { SHORT = 6, ABBREVIATION_MIN = 2, SUGGEST_MIN = 4, PERSONAL_MAX = 32 };
static const struct mop_sv utm_tails[] = {
    LIT("source"), LIT("medium"), LIT("campaign"), LIT("id"), LIT("term"), LIT("content"),
    LIT("source_platform"), LIT("creative_format"), LIT("marketing_tactic"),
};
static const char *const utm_keys[] = {
    "utm_source", "utm_medium", "utm_campaign", "utm_id", "utm_term", "utm_content",
    "utm_source_platform", "utm_creative_format", "utm_marketing_tactic",
};
/* Ways to mistype "utm". Not "itm" and "mtm": those are conventions of their own. */
static const struct mop_sv utm_heads[] = {
    LIT("utmm"), LIT("uttm"), LIT("uutm"), LIT("utm"), LIT("umt"), LIT("tum"),
    LIT("utn"), LIT("ytm"), LIT("ut"), LIT("um"),
};
static const struct mop_sv tool_prefixes[] = {
    LIT("mtm_"), LIT("matomo_"), LIT("pk_"), LIT("piwik_"), LIT("hsa_"), LIT("itm_"),
};
static const struct mop_sv tool_keys[] = {
    LIT("s_kwcid"), LIT("ef_id"), LIT("cm_mmc"), LIT("mc_cid"), LIT("mc_eid"), LIT("mkt_tok"),
    LIT("_hsenc"), LIT("_hsmi"), LIT("gad_source"), LIT("gad_campaignid"), LIT("gclsrc"),
    LIT("irclickid"),
};
static const struct mop_sv person_keys[] = {LIT("mc_eid"), LIT("mkt_tok"), LIT("_hsenc")};
static const struct mop_sv personal_keys[] = {
    LIT("email"), LIT("emailaddress"), LIT("useremail"), LIT("mailaddress"), LIT("phone"),
    LIT("phonenumber"), LIT("telephone"), LIT("mobilephone"), LIT("mobilenumber"),
    LIT("firstname"), LIT("lastname"), LIT("fname"), LIT("lname"), LIT("fullname"),
    LIT("surname"), LIT("givenname"), LIT("familyname"), LIT("birthday"), LIT("birthdate"),
    LIT("dateofbirth"), LIT("dob"), LIT("ssn"),
};

struct vendor_word {
    struct mop_sv word;
    enum mop_url_vendor vendor;
};
static const struct vendor_word click_ids[] = {
    {LIT("gclid"), MOP_VENDOR_GOOGLE},      {LIT("gbraid"), MOP_VENDOR_GOOGLE},
    {LIT("wbraid"), MOP_VENDOR_GOOGLE},     {LIT("dclid"), MOP_VENDOR_GOOGLE},
    {LIT("srsltid"), MOP_VENDOR_GOOGLE},    {LIT("fbclid"), MOP_VENDOR_META},
    {LIT("msclkid"), MOP_VENDOR_MICROSOFT}, {LIT("ttclid"), MOP_VENDOR_TIKTOK},
    {LIT("li_fat_id"), MOP_VENDOR_LINKEDIN}, {LIT("twclid"), MOP_VENDOR_X},
    {LIT("epik"), MOP_VENDOR_PINTEREST},    {LIT("sccid"), MOP_VENDOR_SNAPCHAT},
    {LIT("rdt_cid"), MOP_VENDOR_REDDIT},    {LIT("yclid"), MOP_VENDOR_YANDEX},
};
static const struct vendor_word sources[] = {
    {LIT("google"), MOP_VENDOR_GOOGLE},     {LIT("google.com"), MOP_VENDOR_GOOGLE},
    {LIT("google-ads"), MOP_VENDOR_GOOGLE}, {LIT("google_ads"), MOP_VENDOR_GOOGLE},
    {LIT("googleads"), MOP_VENDOR_GOOGLE},  {LIT("adwords"), MOP_VENDOR_GOOGLE},
    {LIT("youtube"), MOP_VENDOR_GOOGLE},    {LIT("youtube.com"), MOP_VENDOR_GOOGLE},
    {LIT("dv360"), MOP_VENDOR_GOOGLE},      {LIT("facebook"), MOP_VENDOR_META},
    {LIT("facebook.com"), MOP_VENDOR_META}, {LIT("facebook-ads"), MOP_VENDOR_META},
    {LIT("facebook_ads"), MOP_VENDOR_META}, {LIT("fb"), MOP_VENDOR_META},
    {LIT("instagram"), MOP_VENDOR_META},    {LIT("instagram.com"), MOP_VENDOR_META},
    {LIT("ig"), MOP_VENDOR_META},           {LIT("meta"), MOP_VENDOR_META},
    {LIT("bing"), MOP_VENDOR_MICROSOFT},    {LIT("bing.com"), MOP_VENDOR_MICROSOFT},
    {LIT("microsoft"), MOP_VENDOR_MICROSOFT}, {LIT("tiktok"), MOP_VENDOR_TIKTOK},
    {LIT("tiktok.com"), MOP_VENDOR_TIKTOK}, {LIT("linkedin"), MOP_VENDOR_LINKEDIN},
    {LIT("linkedin.com"), MOP_VENDOR_LINKEDIN}, {LIT("twitter"), MOP_VENDOR_X},
    {LIT("twitter.com"), MOP_VENDOR_X},     {LIT("x.com"), MOP_VENDOR_X},
    {LIT("x"), MOP_VENDOR_X},               {LIT("t.co"), MOP_VENDOR_X},
    {LIT("pinterest"), MOP_VENDOR_PINTEREST}, {LIT("pinterest.com"), MOP_VENDOR_PINTEREST},
    {LIT("snapchat"), MOP_VENDOR_SNAPCHAT}, {LIT("snapchat.com"), MOP_VENDOR_SNAPCHAT},
    {LIT("reddit"), MOP_VENDOR_REDDIT},     {LIT("reddit.com"), MOP_VENDOR_REDDIT},
    {LIT("yandex"), MOP_VENDOR_YANDEX},     {LIT("yandex.ru"), MOP_VENDOR_YANDEX},
};

static bool among(struct mop_sv s, const struct mop_sv *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (mop_sv_eq_nocase(s, words[i])) {
            return true;
        }
    }
    return false;
}

static bool starts_nocase(struct mop_sv s, struct mop_sv prefix)
{
    return mop_sv_eq_nocase(mop_sv_sub(s, 0, prefix.n), prefix);
}

static enum mop_url_vendor vendor_of(struct mop_sv s, const struct vendor_word *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (mop_sv_eq_nocase(s, words[i].word)) {
            return words[i].vendor;
        }
    }
    return MOP_VENDOR_NONE;
}

bool mop_url_key_utm(struct mop_sv key)
{
    for (size_t i = 0; i < COUNT(utm_keys); i++) {
        if (mop_sv_eqs(key, utm_keys[i])) {
            return true;
        }
    }
    return false;
}

bool mop_url_key_utm_like(struct mop_sv key)
{
    return starts_nocase(key, MOP_SV("utm_"));
}

bool mop_url_key_marketing(struct mop_sv key)
{
    if (mop_url_key_utm_like(key) || mop_url_click_vendor(key) != MOP_VENDOR_NONE) {
        return true;
    }
    for (size_t i = 0; i < COUNT(tool_prefixes); i++) {
        if (starts_nocase(key, tool_prefixes[i])) {
            return true;
        }
    }
    return among(key, tool_keys, COUNT(tool_keys));
}

bool mop_url_key_person(struct mop_sv key)
{
    return among(key, person_keys, COUNT(person_keys));
}

bool mop_url_key_personal(struct mop_sv key)
{
    char bare[PERSONAL_MAX];
    size_t n = 0;
    for (size_t i = 0; i < key.n; i++) {
        char c = key.p[i];
        if (c == '_' || c == '-' || c == '.') {
            continue;
        }
        if (n == sizeof bare) {
            return false;
        }
        bare[n++] = c;
    }
    return among((struct mop_sv){bare, n}, personal_keys, COUNT(personal_keys));
}

enum mop_url_vendor mop_url_click_vendor(struct mop_sv key)
{
    return vendor_of(key, click_ids, COUNT(click_ids));
}

enum mop_url_vendor mop_url_source_vendor(struct mop_sv source)
{
    return vendor_of(mop_sv_trim(source), sources, COUNT(sources));
}

static bool is_separator(char c)
{
    return c == '_' || c == '-' || c == '.' || c == ' ' || c == ':';
}

/* What stands behind the head and its separator: "source" of "UTM-source", "umtsource". */
static bool split_head(struct mop_sv key, struct mop_sv *tail)
{
    for (size_t i = 0; i < COUNT(utm_heads); i++) {
        size_t n = utm_heads[i].n;
        if (!starts_nocase(key, utm_heads[i]) || key.n == n) {
            continue;
        }
        /* only the right head may do without a separator: else "umbrella" and "utility" are typos */
        if (is_separator(key.p[n]) || mop_sv_eqs(utm_heads[i], "utm")) {
            while (n < key.n && is_separator(key.p[n])) {
                n++;
            }
            *tail = mop_sv_sub(key, n, key.n);
            return true;
        }
    }
    return false;
}

/* The index of the tail that is meant: by case and separators, as an abbreviation, by edit distance. */
static long meant_tail(struct mop_sv tail)
{
    for (size_t i = 0; i < COUNT(utm_tails); i++) {
        if (mop_sv_eq_nocase(tail, utm_tails[i])) {
            return (long)i;
        }
    }
    for (size_t i = 0; i < SHORT && tail.n >= ABBREVIATION_MIN; i++) {
        if (starts_nocase(utm_tails[i], tail)) {
            return (long)i;
        }
    }
    return tail.n < SUGGEST_MIN ? -1 : mop_suggest(tail, utm_tails, COUNT(utm_tails));
}

const char *mop_url_key_meant(struct mop_sv key)
{
    enum { KEY_MAX = 40 };
    struct mop_sv tail, trimmed = mop_sv_trim(key);
    if (mop_url_key_utm(key) || trimmed.n > KEY_MAX || !split_head(trimmed, &tail)) {
        return NULL;
    }
    long i = meant_tail(tail);
    return i < 0 ? NULL : utm_keys[i];
}

static bool is_word(char c)
{
    return mop_is_letter(c) || c == '_';
}

size_t mop_url_find_utm(struct mop_sv s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (!mop_url_key_utm_like(mop_sv_sub(s, i, s.n))) {
            continue;
        }
        size_t end = i + 4;
        while (end < s.n && is_word(s.p[end])) {
            end++;
        }
        if (end > i + 4 && end < s.n && s.p[end] == '=') {
            return i;
        }
    }
    return s.n;
}
