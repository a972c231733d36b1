/* SPDX-License-Identifier: MIT */
#include "unit.h"
#include "values/ga4.h"

#define V23 "ga4-2023-07"
#define V26 "ga4-2026-05"

static const struct {
    const char *row, *source, *medium, *campaign, *want;
} T[] = {
    /* each row of the table, each clause */
    {"1 direct, none", "(direct)", "(none)", "", "Direct"},
    {"1 direct, not set", "(direct)", "(not set)", "", "Direct"},
    {"1 both are needed", "(direct)", "", "", "Unassigned"},
    {"1 exactly", "direct", "(none)", "", "Unassigned"},
    {"2 cross-network", "google", "cpc", "x Cross-Network 1", "Cross-network"},
    {"2 after direct", "(direct)", "(none)", "cross-network", "Direct"},
    {"3 shopping source, paid", "amazon.com", "cpc", "", "Paid Shopping"},
    {"3 shopping campaign, paid", "bing", "cpc", "8 - Shopping - Clothing", "Paid Shopping"},
    {"4 search", "google", "cpc", "brand", "Paid Search"},
    {"4 ppc", "bing", "ppc", "", "Paid Search"},
    {"5 social", "facebook", "paid_social", "", "Paid Social"},
    {"5 t.co", "t.co", "paid", "", "Paid Social"},
    {"6 cpv holds cp", "youtube", "cpv", "", "Paid Video"},
    {"6 video, cpc", "youtube.com", "cpc", "", "Paid Video"},
    {"7 display", "newsletter", "display", "", "Display"},
    {"7 banner", "acme", "Banner", "", "Display"},
    {"7 expandable", "acme", "expandable", "", "Display"},
    {"7 interstitial", "acme", "interstitial", "", "Display"},
    {"7 cpm, unknown source", "acme", "cpm", "", "Display"},
    {"7 cpm, search source is above", "google", "cpm", "", "Paid Search"},
    {"8 paid other", "acme", "cpc", "", "Paid Other"},
    {"8 retargeting", "acme", "retargeting", "", "Paid Other"},
    {"8 paid anything", "acme", "paid-whatever", "", "Paid Other"},
    {"9 shopping source", "amazon.com", "referral", "", "Organic Shopping"},
    {"9 shop in the campaign", "acme", "", "shop", "Organic Shopping"},
    {"10 social source", "linkedin", "", "", "Organic Social"},
    {"10 medium social", "acme", "social", "", "Organic Social"},
    {"10 social-network", "acme", "social-network", "", "Organic Social"},
    {"10 social-media", "acme", "social-media", "", "Organic Social"},
    {"10 sm", "acme", "SM", "", "Organic Social"},
    {"10 social network", "acme", "social network", "", "Organic Social"},
    {"10 social media", "acme", "social media", "", "Organic Social"},
    {"11 video source", "youtube", "", "", "Organic Video"},
    {"11 video in the medium", "acme", "instream_video_ad", "", "Organic Video"},
    {"12 search source", "google", "", "", "Organic Search"},
    {"12 organic", "acme", "organic", "", "Organic Search"},
    {"13 referral", "acme.com", "referral", "", "Referral"},
    {"13 app", "acme", "app", "", "Referral"},
    {"13 link", "acme", "link", "", "Referral"},
    {"14 email", "acme", "email", "", "Email"},
    {"14 e-mail", "acme", "E-Mail", "", "Email"},
    {"14 e_mail", "acme", "e_mail", "", "Email"},
    {"14 e mail", "acme", "e mail", "", "Email"},
    {"14 by source", "email", "", "", "Email"},
    {"15 affiliate", "acme", "affiliate", "", "Affiliates"},
    {"15 not the plural", "acme", "affiliates", "", "Unassigned"},
    {"16 audio", "acme", "audio", "", "Audio"},
    {"17 sms by medium", "acme", "sms", "", "SMS"},
    {"17 sms by source", "SMS", "", "", "SMS"},
    {"18 ends with push", "acme", "webpush", "", "Mobile Push Notifications"},
    {"18 not in the middle", "acme", "pushy", "", "Unassigned"},
    {"18 mobile", "acme", "in-mobile-x", "", "Mobile Push Notifications"},
    {"18 notification", "acme", "notifications", "", "Mobile Push Notifications"},
    {"18 firebase", "firebase", "", "", "Mobile Push Notifications"},
    {"nothing", "", "", "", "Unassigned"},
    {"unknown", "acme", "newsletter", "", "Unassigned"},
    /* utm.md b.2 to b.8: the traps */
    {"b.2 invented medium", "mailchimp", "newsletter", "", "Unassigned"},
    {"b.3 word order", "partner", "social_paid", "", "Unassigned"},
    {"b.3 paid shown as free", "linkedin", "social_paid", "", "Organic Social"},
    {"b.3 right", "linkedin", "paid_social", "", "Paid Social"},
    {"b.4 underscore", "acme", "social_media", "", "Unassigned"},
    {"b.5 campaign hijacks", "acme", "email", "spring-shop-sale", "Organic Shopping"},
    {"b.5 workshop is safe", "acme", "email", "workshop", "Email"},
    {"b.5 photoshop is safe", "acme", "email", "photoshop", "Email"},
    {"b.5 eshop is not", "acme", "email", "eshop", "Organic Shopping"},
    {"b.5 capitals are letters", "acme", "email", "WorkShop", "Email"},
    {"b.5 the second shop counts", "acme", "email", "workshop-shop", "Organic Shopping"},
    {"b.5 window shopping", "acme", "email", "windowshopping", "Organic Shopping"},
    {"b.6 facebook, email", "facebook", "email", "", "Organic Social"},
    {"b.6 google, email", "google", "email", "", "Organic Search"},
    {"b.7 mcp", "acme", "mcp", "", "Paid Other"},
    {"b.7 cpl", "acme", "cpl", "", "Paid Other"},
    {"b.7 tcp", "acme", "tcp", "", "Paid Other"},
    {"b.8 host as source", "google.com", "cpc", "", "Paid Other"},
    {"b.8 x.com", "x.com", "cpc", "", "Paid Other"},
    {"b.8 meta", "meta", "cpc", "", "Paid Other"},
    /* c.4, c.5 */
    {"c.4 alibaba, no medium", "alibaba", "", "", "Organic Shopping"},
    {"c.5 facebook alone", "facebook", "", "", "Organic Social"},
    {"c.5 google, social", "google", "social", "", "Organic Social"},
    {"c.5 boosted post", "instagram", "boosted_post", "", "Organic Social"},
    {"case", "GOOGLE", "CPC", "", "Paid Search"},
    {"not trimmed", "google", "cpc ", "", "Paid Search"}, /* holds "cp" all the same */
    {"not trimmed: exact words", "acme", "email ", "", "Unassigned"},
    {"other letters", "acme", "e-mail", "sommer\xc3\xa9shop",
     "Organic Shopping"}, /* é is not a-z */
};

static void table(void **state)
{
    static const char *const versions[] = {V23, V26, NULL};
    (void)state;
    for (size_t i = 0; i < ROWS(T); i++) {
        for (size_t v = 0; v < ROWS(versions); v++) {
            const char *got = mop_ga4_channel(mop_sv_of(versions[v]), mop_sv_of(T[i].source),
                                              mop_sv_of(T[i].medium), mop_sv_of(T[i].campaign));
            check_text(T[i].row, mop_sv_of(got), mop_sv_of(T[i].want));
        }
    }
}

static const char *channel(const char *version, const char *source, const char *medium)
{
    return mop_ga4_channel(mop_sv_of(version), mop_sv_of(source), mop_sv_of(medium), MOP_SV(""));
}

static void versions(void **state)
{
    (void)state;
    assert_string_equal(channel(V23, "chatgpt.com", "ai-assistant"), "Unassigned");
    assert_string_equal(channel(V26, "chatgpt.com", "ai-assistant"), "AI Assistant");
    assert_string_equal(channel(NULL, "chatgpt.com", "AI-Assistant"), "AI Assistant");
    assert_null(channel("ga4-2019-01", "google", "cpc"));
    assert_null(mop_ga4_channel_name(MOP_SV("ga4-2019-01"), 0));
    check_text("first", mop_ga4_version(0), MOP_SV(V23));
    check_text("second", mop_ga4_version(1), MOP_SV(V26));
    assert_null(mop_ga4_version(2).p);
}

static void names(void **state)
{
    size_t n23 = 0, n26 = 0;
    (void)state;
    while (mop_ga4_channel_name(MOP_SV(V23), n23))
        n23++;
    while (mop_ga4_channel_name(MOP_SV(V26), n26))
        n26++;
    assert_int_equal(n23, 19);
    assert_int_equal(n26, 20);
    assert_string_equal(mop_ga4_channel_name(MOP_SV_NONE, 0), "Direct");
    assert_string_equal(mop_ga4_channel_name(MOP_SV_NONE, 2), "AI Assistant");
    assert_string_equal(mop_ga4_channel_name(MOP_SV(V23), 18), "Unassigned");
}

static void categories(void **state)
{
    (void)state;
    assert_int_equal(mop_ga4_categories(MOP_SV("google")), MOP_GA4_SEARCH);
    assert_int_equal(mop_ga4_categories(MOP_SV("Google Shopping")), MOP_GA4_SHOPPING);
    assert_int_equal(mop_ga4_categories(MOP_SV("facebook")), MOP_GA4_SOCIAL);
    assert_int_equal(mop_ga4_categories(MOP_SV("youtube.com")), MOP_GA4_VIDEO);
    assert_int_equal(mop_ga4_categories(MOP_SV("acme")), 0);
    assert_int_equal(mop_ga4_categories(MOP_SV("")), 0);
    assert_int_equal(mop_ga4_categories(MOP_SV_NONE), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(table), cmocka_unit_test(versions),
                                       cmocka_unit_test(names), cmocka_unit_test(categories)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
