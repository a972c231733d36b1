/* SPDX-License-Identifier: MIT */
#include "url_keys.h"
#include "../base/err.h"
#include "ascii.h"
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* The first SHORT are common enough to be meant by their first letters alone. */
enum { SHORT = 6, ABBREVIATION_MIN = 2, SUGGEST_MIN = 4, PERSONAL_MAX = 32 };
static const struct mop_sv utm_tails[] = {
    MOP_LIT("source"),
    MOP_LIT("medium"),
    MOP_LIT("campaign"),
    MOP_LIT("id"),
    MOP_LIT("term"),
    MOP_LIT("content"),
    MOP_LIT("source_platform"),
    MOP_LIT("creative_format"),
    MOP_LIT("marketing_tactic"),
};
static const struct mop_sv utm_keys[] = {
    MOP_LIT("utm_source"),
    MOP_LIT("utm_medium"),
    MOP_LIT("utm_campaign"),
    MOP_LIT("utm_id"),
    MOP_LIT("utm_term"),
    MOP_LIT("utm_content"),
    MOP_LIT("utm_source_platform"),
    MOP_LIT("utm_creative_format"),
    MOP_LIT("utm_marketing_tactic"),
};
/* Ways to mistype "utm". Not "itm" and "mtm": those are conventions of their own. */
static const struct mop_sv utm_heads[] = {
    MOP_LIT("utmm"), MOP_LIT("uttm"), MOP_LIT("uutm"), MOP_LIT("utm"), MOP_LIT("umt"),
    MOP_LIT("tum"),  MOP_LIT("utn"),  MOP_LIT("ytm"),  MOP_LIT("ut"),  MOP_LIT("um"),
};
static const struct mop_sv tool_prefixes[] = {
    MOP_LIT("mtm_"),   MOP_LIT("matomo_"), MOP_LIT("pk_"),
    MOP_LIT("piwik_"), MOP_LIT("hsa_"),    MOP_LIT("itm_"),
};
static const struct mop_sv tool_keys[] = {
    MOP_LIT("s_kwcid"),    MOP_LIT("ef_id"),          MOP_LIT("cm_mmc"), MOP_LIT("mc_cid"),
    MOP_LIT("mc_eid"),     MOP_LIT("mkt_tok"),        MOP_LIT("_hsenc"), MOP_LIT("_hsmi"),
    MOP_LIT("gad_source"), MOP_LIT("gad_campaignid"), MOP_LIT("gclsrc"), MOP_LIT("irclickid"),
    MOP_LIT("_gl"),        MOP_LIT("ko_click_id"),    MOP_LIT("igshid"), MOP_LIT("vmcid"),
    MOP_LIT("clickid"),
};
static const struct mop_sv person_keys[] = {MOP_LIT("mc_eid"), MOP_LIT("mkt_tok"),
                                            MOP_LIT("_hsenc")};
static const struct mop_sv personal_keys[] = {
    MOP_LIT("email"),      MOP_LIT("emailaddress"), MOP_LIT("useremail"),   MOP_LIT("mailaddress"),
    MOP_LIT("firstname"),  MOP_LIT("lastname"),     MOP_LIT("fname"),       MOP_LIT("lname"),
    MOP_LIT("fullname"),   MOP_LIT("surname"),      MOP_LIT("givenname"),   MOP_LIT("familyname"),
    MOP_LIT("birthday"),   MOP_LIT("birthdate"),    MOP_LIT("dateofbirth"), MOP_LIT("dob"),
    MOP_LIT("ssn"),        MOP_LIT("vorname"),      MOP_LIT("nachname"),    MOP_LIT("geburtsdatum"),
    MOP_LIT("geburtstag"), MOP_LIT("prenom"),       MOP_LIT("apellido"),    MOP_LIT("apellidos"),
    MOP_LIT("cognome"),    MOP_LIT("iban"),
};

/* "mobile=ios" and "phone=true" are none: of these the value decides. */
static const struct mop_sv phone_keys[] = {
    MOP_LIT("phone"),        MOP_LIT("phonenumber"),   MOP_LIT("phoneno"),   MOP_LIT("telephone"),
    MOP_LIT("tel"),          MOP_LIT("telno"),         MOP_LIT("mobile"),    MOP_LIT("mobilephone"),
    MOP_LIT("mobilenumber"), MOP_LIT("mobileno"),      MOP_LIT("cell"),      MOP_LIT("cellphone"),
    MOP_LIT("msisdn"),       MOP_LIT("whatsapp"),      MOP_LIT("userphone"), MOP_LIT("phone1"),
    MOP_LIT("telefon"),      MOP_LIT("telefonnummer"), MOP_LIT("handy"),     MOP_LIT("handynummer"),
    MOP_LIT("mobil"),        MOP_LIT("mobilnummer"),   MOP_LIT("rufnummer"), MOP_LIT("telefono"),
    MOP_LIT("celular"),      MOP_LIT("portable"),
};

static const struct mop_sv id_keys[] = {
    MOP_LIT("id"),          MOP_LIT("sku"),       MOP_LIT("order"),      MOP_LIT("orderno"),
    MOP_LIT("ordernumber"), MOP_LIT("orderid"),   MOP_LIT("ponumber"),   MOP_LIT("gtin"),
    MOP_LIT("ean"),         MOP_LIT("productid"), MOP_LIT("campaignid"), MOP_LIT("adid"),
    MOP_LIT("itemid"),      MOP_LIT("articleid"),
};

/* Of whom there are numbers: "phone_id" and "contactId" are the names of no thing's id. */
static const struct mop_sv whose[] = {
    MOP_LIT("phone"),   MOP_LIT("telephone"), MOP_LIT("tel"),    MOP_LIT("mobile"),
    MOP_LIT("cell"),    MOP_LIT("whatsapp"),  MOP_LIT("fax"), /* these name a phone */
    MOP_LIT("contact"), MOP_LIT("user"),      MOP_LIT("person"), MOP_LIT("customer"),
    MOP_LIT("lead"),
};
enum { WHOSE_PHONE = 7 };

struct vendor_word {
    struct mop_sv word;
    enum mop_url_vendor vendor;
};
static const struct vendor_word click_ids[] = {
    {MOP_LIT("gclid"), MOP_VENDOR_GOOGLE},       {MOP_LIT("gbraid"), MOP_VENDOR_GOOGLE},
    {MOP_LIT("wbraid"), MOP_VENDOR_GOOGLE},      {MOP_LIT("dclid"), MOP_VENDOR_GOOGLE},
    {MOP_LIT("srsltid"), MOP_VENDOR_GOOGLE},     {MOP_LIT("fbclid"), MOP_VENDOR_META},
    {MOP_LIT("msclkid"), MOP_VENDOR_MICROSOFT},  {MOP_LIT("ttclid"), MOP_VENDOR_TIKTOK},
    {MOP_LIT("li_fat_id"), MOP_VENDOR_LINKEDIN}, {MOP_LIT("twclid"), MOP_VENDOR_X},
    {MOP_LIT("epik"), MOP_VENDOR_PINTEREST},     {MOP_LIT("sccid"), MOP_VENDOR_SNAPCHAT},
    {MOP_LIT("rdt_cid"), MOP_VENDOR_REDDIT},     {MOP_LIT("yclid"), MOP_VENDOR_YANDEX},
    {MOP_LIT("tblci"), MOP_VENDOR_TABOOLA},      {MOP_LIT("obclid"), MOP_VENDOR_OUTBRAIN},
    {MOP_LIT("dicbo"), MOP_VENDOR_OUTBRAIN},     {MOP_LIT("qclid"), MOP_VENDOR_QUORA},
};
static const struct vendor_word sources[] = {
    {MOP_LIT("google"), MOP_VENDOR_GOOGLE},
    {MOP_LIT("google.com"), MOP_VENDOR_GOOGLE},
    {MOP_LIT("google-ads"), MOP_VENDOR_GOOGLE},
    {MOP_LIT("google_ads"), MOP_VENDOR_GOOGLE},
    {MOP_LIT("googleads"), MOP_VENDOR_GOOGLE},
    {MOP_LIT("adwords"), MOP_VENDOR_GOOGLE},
    {MOP_LIT("youtube"), MOP_VENDOR_GOOGLE},
    {MOP_LIT("youtube.com"), MOP_VENDOR_GOOGLE},
    {MOP_LIT("dv360"), MOP_VENDOR_GOOGLE},
    {MOP_LIT("facebook"), MOP_VENDOR_META},
    {MOP_LIT("facebook.com"), MOP_VENDOR_META},
    {MOP_LIT("facebook-ads"), MOP_VENDOR_META},
    {MOP_LIT("facebook_ads"), MOP_VENDOR_META},
    {MOP_LIT("fb"), MOP_VENDOR_META},
    {MOP_LIT("instagram"), MOP_VENDOR_META},
    {MOP_LIT("instagram.com"), MOP_VENDOR_META},
    {MOP_LIT("ig"), MOP_VENDOR_META},
    {MOP_LIT("meta"), MOP_VENDOR_META},
    {MOP_LIT("bing"), MOP_VENDOR_MICROSOFT},
    {MOP_LIT("bing.com"), MOP_VENDOR_MICROSOFT},
    {MOP_LIT("microsoft"), MOP_VENDOR_MICROSOFT},
    {MOP_LIT("tiktok"), MOP_VENDOR_TIKTOK},
    {MOP_LIT("tiktok.com"), MOP_VENDOR_TIKTOK},
    {MOP_LIT("linkedin"), MOP_VENDOR_LINKEDIN},
    {MOP_LIT("linkedin.com"), MOP_VENDOR_LINKEDIN},
    {MOP_LIT("twitter"), MOP_VENDOR_X},
    {MOP_LIT("twitter.com"), MOP_VENDOR_X},
    {MOP_LIT("x.com"), MOP_VENDOR_X},
    {MOP_LIT("x"), MOP_VENDOR_X},
    {MOP_LIT("t.co"), MOP_VENDOR_X},
    {MOP_LIT("pinterest"), MOP_VENDOR_PINTEREST},
    {MOP_LIT("pinterest.com"), MOP_VENDOR_PINTEREST},
    {MOP_LIT("snapchat"), MOP_VENDOR_SNAPCHAT},
    {MOP_LIT("snapchat.com"), MOP_VENDOR_SNAPCHAT},
    {MOP_LIT("reddit"), MOP_VENDOR_REDDIT},
    {MOP_LIT("reddit.com"), MOP_VENDOR_REDDIT},
    {MOP_LIT("yandex"), MOP_VENDOR_YANDEX},
    {MOP_LIT("yandex.ru"), MOP_VENDOR_YANDEX},
    {MOP_LIT("taboola"), MOP_VENDOR_TABOOLA},
    {MOP_LIT("outbrain"), MOP_VENDOR_OUTBRAIN},
    {MOP_LIT("quora"), MOP_VENDOR_QUORA},
    {MOP_LIT("quora.com"), MOP_VENDOR_QUORA},
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
        if (mop_sv_eq(key, utm_keys[i])) {
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

/* Among the words, without _ - and dots. */
static bool bare_among(struct mop_sv key, const struct mop_sv *words, size_t count)
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
    return among((struct mop_sv){bare, n}, words, count);
}

bool mop_url_key_personal(struct mop_sv key)
{
    return bare_among(key, personal_keys, COUNT(personal_keys));
}

/* The next character that is none of _ - . or '\0'. */
static char next_bare(struct mop_sv s, size_t *at)
{
    while (*at < s.n && strchr("_-.", s.p[*at])) {
        ++*at;
    }
    return *at < s.n ? s.p[(*at)++] : '\0';
}

bool mop_url_key_among(struct mop_sv key, const struct mop_sv *names, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t a = 0, b = 0;
        char x, y;
        do {
            x = mop_to_lower(next_bare(key, &a));
            y = mop_to_lower(next_bare(names[i], &b));
        } while (x == y && x);
        if (x == y) {
            return true;
        }
    }
    return false;
}

bool mop_url_key_phone(struct mop_sv key)
{
    return bare_among(key, phone_keys, COUNT(phone_keys));
}

enum mop_url_vendor mop_url_click_vendor(struct mop_sv key)
{
    return vendor_of(key, click_ids, COUNT(click_ids));
}

enum mop_url_vendor mop_url_source_vendor(struct mop_sv source)
{
    return vendor_of(mop_sv_trim(source), sources, COUNT(sources));
}

/* "order_id", "order-id", "orderId", "orderID"; not "paid". */
static bool ends_with_id(struct mop_sv key)
{
    struct mop_sv end = mop_sv_sub(key, key.n > 2 ? key.n - 2 : 0, key.n);
    bool apart = key.n > 3 && strchr("_-.", key.p[key.n - 3]);
    return key.n > 2 && (apart ? mop_sv_eq_nocase(end, MOP_SV("id"))
                               : end.p[0] == 'I' && mop_is_lower(key.p[key.n - 3]) &&
                                     mop_sv_eq_nocase(end, MOP_SV("id")));
}

/* Word by word: "contact_phone_id", "contactPhoneId"; not "hotel_id". */
static bool has_word_of(struct mop_sv key, const struct mop_sv *words, size_t count)
{
    for (size_t i = 0, from = 0; i <= key.n; i++) {
        bool apart = i == key.n || strchr("_-.", key.p[i]);
        bool capital = !apart && i > 0 && mop_is_lower(key.p[i - 1]) && !mop_is_lower(key.p[i]);
        if (!apart && !capital)
            continue;
        if (among(mop_sv_sub(key, from, i), words, count))
            return true;
        from = i + apart;
    }
    return false;
}

bool mop_url_key_phone_word(struct mop_sv key)
{
    return mop_url_key_phone(key) || has_word_of(key, whose, WHOSE_PHONE);
}

bool mop_url_key_id(struct mop_sv key)
{
    if (has_word_of(key, whose, COUNT(whose)))
        return false;
    return ends_with_id(key) || bare_among(key, id_keys, COUNT(id_keys)) ||
           mop_url_click_vendor(key) != MOP_VENDOR_NONE;
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
        /* only the right head may do without a separator: else "umbrella" and "utility" are typos
         */
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

/* The index of the tail that is meant: by case and separators, as an abbreviation, by edit
 * distance. */
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
    return i < 0 ? NULL : utm_keys[i].p;
}

static bool is_word(char c)
{
    return mop_is_letter(c) || c == '_';
}

size_t mop_url_find_utm(struct mop_sv s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (mop_to_lower(s.p[i]) != 'u' || !mop_url_key_utm_like(mop_sv_sub(s, i, s.n))) {
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
