/* SPDX-License-Identifier: MIT */
#include "unit.h"
#include "values/macro.h"
#include "values/url_checks.h"
#include "values/url_keys.h"
#include <string.h>

static struct mop_arena arena;

static int setup(void **state)
{
    (void)state;
    mop_arena_init(&arena);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    mop_arena_release(&arena);
    return 0;
}

static struct mop_url parse(const char *text)
{
    struct mop_url u;
    mop_url_parse(&arena, mop_sv_of(text), false, &u);
    return u;
}

/* NULL in a column: the component is absent. */
static void components(void **state)
{
    static const struct {
        const char *text, *scheme, *userinfo, *host, *port, *path, *query, *fragment;
        enum mop_url_fault fault;
    } T[] = {
        {"https://acme.de", "https", NULL, "acme.de", NULL, "", NULL, NULL, MOP_URL_OK},
        {"https://acme.de/", "https", NULL, "acme.de", NULL, "/", NULL, NULL, MOP_URL_OK},
        {"HTTP://u:p@Acme.de:8080/a/b?c=d#e", "HTTP", "u:p", "Acme.de", "8080", "/a/b", "c=d", "e",
         MOP_URL_OK},
        {"https://acme.de?a=1", "https", NULL, "acme.de", NULL, "", "a=1", NULL, MOP_URL_OK},
        {"https://acme.de#x?a=1", "https", NULL, "acme.de", NULL, "", NULL, "x?a=1", MOP_URL_OK},
        {"https://acme.de/?a=1?b=2", "https", NULL, "acme.de", NULL, "/", "a=1?b=2", NULL,
         MOP_URL_OK},
        {"https://acme.de/?", "https", NULL, "acme.de", NULL, "/", "", NULL, MOP_URL_OK},
        {"https://acme.de:/x", "https", NULL, "acme.de", "", "/x", NULL, NULL, MOP_URL_OK},
        {"https://[2001:db8::1]:80/", "https", NULL, "[2001:db8::1]", "80", "/", NULL, NULL,
         MOP_URL_OK},
        {"http://192.0.2.1/", "http", NULL, "192.0.2.1", NULL, "/", NULL, NULL, MOP_URL_OK},
        {"https://bücher.de/", "https", NULL, "bücher.de", NULL, "/", NULL, NULL, MOP_URL_OK},
        {"https://my_shop.acme.de/", "https", NULL, "my_shop.acme.de", NULL, "/", NULL, NULL,
         MOP_URL_OK},
        {"https://a@b@acme.de/", "https", "a@b", "acme.de", NULL, "/", NULL, NULL, MOP_URL_OK},
        {"https://acme.de/@x", "https", NULL, "acme.de", NULL, "/@x", NULL, NULL, MOP_URL_OK},
        {"acme.de/x?a=1", NULL, NULL, NULL, NULL, "acme.de/x", "a=1", NULL, MOP_URL_NO_SCHEME},
        {"//acme.de/x", NULL, NULL, "acme.de", NULL, "/x", NULL, NULL, MOP_URL_NO_SCHEME},
        {"/x?a=1", NULL, NULL, NULL, NULL, "/x", "a=1", NULL, MOP_URL_NO_SCHEME},
        {"hello", NULL, NULL, NULL, NULL, "hello", NULL, NULL, MOP_URL_NO_SCHEME},
        {"", NULL, NULL, NULL, NULL, "", NULL, NULL, MOP_URL_NO_SCHEME},
        {"mailto:a@b.de", "mailto", NULL, NULL, NULL, "a@b.de", NULL, NULL, MOP_URL_OTHER_SCHEME},
        {"ftp://acme.de/x", "ftp", NULL, "acme.de", NULL, "/x", NULL, NULL, MOP_URL_OTHER_SCHEME},
        {"https:/acme.de", "https", NULL, NULL, NULL, "/acme.de", NULL, NULL, MOP_URL_NO_HOST},
        {"https:///x", "https", NULL, "", NULL, "/x", NULL, NULL, MOP_URL_NO_HOST},
        {"https://?a=1", "https", NULL, "", NULL, "", "a=1", NULL, MOP_URL_NO_HOST},
        {"https://ac me.de/", "https", NULL, "ac me.de", NULL, "/", NULL, NULL, MOP_URL_BAD_HOST},
        {"https://acme..de/", "https", NULL, "acme..de", NULL, "/", NULL, NULL, MOP_URL_BAD_HOST},
        {"https://[::zz]/", "https", NULL, "[::zz]", NULL, "/", NULL, NULL, MOP_URL_BAD_HOST},
        {"https://acme.de:70000/", "https", NULL, "acme.de", "70000", "/", NULL, NULL,
         MOP_URL_BAD_PORT},
        {"https://acme.de:8a/", "https", NULL, "acme.de", "8a", "/", NULL, NULL, MOP_URL_BAD_PORT},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_url u = parse(T[i].text);
        const struct {
            struct mop_sv got;
            const char *want;
        } parts[] = {{u.scheme, T[i].scheme},    {u.userinfo, T[i].userinfo}, {u.host, T[i].host},
                     {u.port, T[i].port},        {u.path, T[i].path},         {u.query, T[i].query},
                     {u.fragment, T[i].fragment}};
        for (size_t k = 0; k < ROWS(parts); k++) {
            check_text(T[i].text, parts[k].got,
                       parts[k].want ? mop_sv_of(parts[k].want) : MOP_SV(""));
            CHECK(T[i].text, (parts[k].got.p != NULL) == (parts[k].want != NULL));
        }
        CHECK(T[i].text, u.fault == T[i].fault);
        CHECK(T[i].text, (u.reason.n > 0) == (u.fault != MOP_URL_OK));
    }
}

static void params(void **state)
{
    struct mop_url u =
        parse("https://a.de/?x=1&&utm_source=Spring%20Sale+2&x=2&flag&e=&p=100%&l=%E9&d=%2541&=v");
    (void)state;
    assert_int_equal(u.nparams, 9);
    check_text("first", mop_url_param(&u, MOP_SV("x")), MOP_SV("1"));
    check_text("decoded", mop_url_param(&u, MOP_SV("utm_source")), MOP_SV("Spring Sale 2"));
    check_text("raw", u.params[1].raw_value, MOP_SV("Spring%20Sale+2"));
    check_text("no =", mop_url_param(&u, MOP_SV("flag")), MOP_SV(""));
    assert_non_null(mop_url_param(&u, MOP_SV("flag")).p);
    assert_null(u.params[3].value.p);
    check_text("empty", mop_url_param(&u, MOP_SV("e")), MOP_SV(""));
    check_text("bad escape stays", mop_url_param(&u, MOP_SV("p")), MOP_SV("100%"));
    check_text("no UTF-8 stays raw", mop_url_param(&u, MOP_SV("l")), MOP_SV("%E9"));
    assert_true(u.params[6].bad_utf8);
    check_text("once", mop_url_param(&u, MOP_SV("d")), MOP_SV("%41"));
    assert_null(mop_url_param(&u, MOP_SV("X")).p);
    check_text("no key", mop_url_param(&u, MOP_SV("")), MOP_SV("v"));
}

static void many_params(void **state)
{
    char text[20000] = "https://a.de/?";
    (void)state;
    for (int i = 0; i < 5000; i++)
        memcpy(text + 14 + 3 * i, "a=&", 3);
    struct mop_url u = parse(text);
    assert_int_equal(u.nparams, MOP_URL_PARAMS_MAX);
    assert_true(u.cut);
}

static void canonical(void **state)
{
    static const struct {
        const char *in, *want;
    } T[] = {
        {"https://acme.de/A?B=C", "https://acme.de/A?B=C"},
        {"HTTPS://U@Acme.DE:80/A?B=C#D", "https://U@acme.de:80/A?B=C#D"},
        {"https://bücher.de/ä", "https://xn--bcher-kva.de/ä"},
        {"acme.de/A", "acme.de/A"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_url u = parse(T[i].in);
        check_text(T[i].in, mop_url_canonical(&u), mop_sv_of(T[i].want));
    }
    struct mop_url u = parse("https://Go.ACME.de:443/");
    check_text("host", mop_url_host(&u), MOP_SV("go.acme.de"));
}

static void templates(void **state)
{
    struct mop_url u;
    (void)state;
    mop_url_parse(&arena, MOP_SV("{lpurl}?utm_source=google&utm_campaign={campaignid}"), true, &u);
    assert_int_equal(u.fault, MOP_URL_OK);
    assert_null(mop_url_host(&u).p);
    check_text("value", mop_url_param(&u, MOP_SV("utm_campaign")), MOP_SV("{campaignid}"));
    mop_url_parse(&arena, MOP_SV("{{site}}/x?a=1"), true, &u);
    assert_int_equal(u.fault, MOP_URL_OK);
    check_text("path", u.path, MOP_SV("/x"));
    mop_url_parse(&arena, MOP_SV("{lpurl}?a=1"), false, &u);
    assert_int_equal(u.fault, MOP_URL_NO_SCHEME);
    mop_url_parse(&arena, MOP_SV("{}"), true, &u);
    assert_int_equal(u.fault, MOP_URL_NO_SCHEME);
}

static void decoding(void **state)
{
    (void)state;
    struct mop_sv plain = MOP_SV("abc%");
    assert_ptr_equal(mop_url_decode(&arena, plain, true).p, plain.p);
    check_text("both cases", mop_url_decode(&arena, MOP_SV("%3a%3A%zz%4"), false),
               MOP_SV("::%zz%4"));
    check_text("plus kept", mop_url_decode(&arena, MOP_SV("a+%20"), false), MOP_SV("a+ "));
    assert_int_equal(mop_url_bad_escape(MOP_SV("a%20%2")), 4);
    assert_int_equal(mop_url_bad_escape(MOP_SV("a%20")), 4);
    assert_true(mop_url_has_escape(MOP_SV("%7b")));
    assert_false(mop_url_has_escape(MOP_SV("100%")));
    assert_null(mop_url_decode(&arena, MOP_SV_NONE, true).p);
}

static void macros(void **state)
{
    static const struct {
        const char *in, *want;
    } T[] = {
        {"{{campaign.name}}", "{{campaign.name}}"},
        {"{campaignid}", "{campaignid}"},
        {"a_{campaignid}_b", "{campaignid}"},
        {"{ifmobile:x}", "{ifmobile:x}"},
        {"{_custom}", "{_custom}"},
        {"{lpurl+2}", "{lpurl+2}"},
        {"__CAMPAIGN_ID__", "__CAMPAIGN_ID__"},
        {"%%SITE%%", "%%SITE%%"},
        {"${CP_CODE}", "${CP_CODE}"},
        {"%ecid!", "%ecid!"},
        {"*|CAMPAIGN_UID|*", "*|CAMPAIGN_UID|*"},
        {"[[name]]", "[[name]]"},
        {"{{ x }}", "{{ x }}"},
        {"sale{summer}now", NULL},
        {"{1}", NULL},
        {"{}", NULL},
        {"{{}}", NULL},
        {"100%off!", NULL},
        {"__init__", NULL},
        {"_CAMPAIGN_", NULL},
        {"*bold*", NULL},
        {"[x]", NULL},
        {"$5", NULL},
        {"{{open", NULL},
        {"", NULL},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(T); i++)
        check_text(T[i].in, mop_macro_find(mop_sv_of(T[i].in)),
                   T[i].want ? mop_sv_of(T[i].want) : MOP_SV(""));
}

static void keys(void **state)
{
    static const struct {
        const char *key, *meant;
    } T[] = {
        {"utm-source", "utm_source"},
        {"utm_surce", "utm_source"},
        {"UTM_Medium", "utm_medium"},
        {"utm-so", "utm_source"},
        {"utm_camp", "utm_campaign"},
        {"umt_source", "utm_source"},
        {"utmsource", "utm_source"},
        {"utm.term", "utm_term"},
        {"utm_compaign", "utm_campaign"},
        {" utm_source", "utm_source"},
        {"utm_meduim", "utm_medium"},
        {"UTM_ID", "utm_id"},
        {"utm_source_plattform", "utm_source_platform"},
        {"utm_source", NULL},
        {"utm_source_platform", NULL},
        {"utm_placement", NULL},
        {"utm_adset", NULL},
        {"utm_ad", NULL},
        {"utm_matchtype", NULL},
        {"itm_source", NULL},
        {"mtm_source", NULL},
        {"source", NULL},
        {"utility", NULL},
        {"umbrella", NULL},
        {"utm", NULL},
        {"utm_", NULL},
        {"", NULL},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(T); i++)
        check_text(T[i].key, mop_sv_of(mop_url_key_meant(mop_sv_of(T[i].key))),
                   T[i].meant ? mop_sv_of(T[i].meant) : MOP_SV(""));
    assert_true(mop_url_key_personal(MOP_SV("First-Name")));
    assert_true(mop_url_key_personal(MOP_SV("EMAIL")));
    assert_true(mop_url_key_personal(MOP_SV("vorname")));
    assert_true(mop_url_key_personal(MOP_SV("Geburts-Datum")));
    assert_true(mop_url_key_personal(MOP_SV("iban")));
    assert_false(mop_url_key_personal(MOP_SV("name")));
    assert_true(mop_url_key_marketing(MOP_SV("ScCid")));
    assert_true(mop_url_key_marketing(MOP_SV("_gl")));
    assert_true(mop_url_key_marketing(MOP_SV("ko_click_id")));
    assert_false(mop_url_key_marketing(MOP_SV("color")));
    assert_int_equal(mop_url_source_vendor(MOP_SV(" Facebook")), MOP_VENDOR_META);
    assert_int_equal(mop_url_source_vendor(MOP_SV("newsletter")), MOP_VENDOR_NONE);
}

#define OK "https://acme.de/?utm_source=google&utm_medium=cpc&utm_campaign=x"
#define X100                                                                                       \
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" \
    "xxxxxxxx"

/* What of all checks fails, in the table's order; each with its kind of URL. */
static const struct {
    const char *url;
    enum mop_url_kind kind;
    const char *fails;
} C[] = {
    {OK, MOP_URL_LEAD, ""},
    {OK, MOP_URL_LINK, ""},
    {OK "&gclid=Abc", MOP_URL_LEAD, ""},
    {"https://acme.de/?gclid=Abc", MOP_URL_LEAD, ""},
    {"https://acme.de/?color=red&color=blue&q=a?", MOP_URL_LEAD, "question-marks"},
    {"acme.de/?utm_source=google", MOP_URL_LEAD, "scheme"},
    {"ftp://acme.de/", MOP_URL_LEAD, "scheme"},
    {"https:///x", MOP_URL_LEAD, "host"},
    {"https://acme", MOP_URL_LEAD, "host"},
    {"https://acme.de:x/", MOP_URL_LEAD, "host"},
    {"http://acme.de/", MOP_URL_LEAD, "https"},
    {"https://a:b@acme.de/", MOP_URL_LEAD, "userinfo"},
    {"https://acme.de/?utm_source=a b", MOP_URL_LEAD, "space"},
    {"https://acme.de/?utm_source=a\nb", MOP_URL_LEAD, "space"},
    {"https://acme.de/?x={{ campaign.name }}", MOP_URL_TEMPLATE, ""},
    {"https://acme.de/<x>", MOP_URL_LEAD, "bad-character"},
    {"https://acme.de/\xE2\x80\x8B", MOP_URL_LEAD, "bad-character"},
    {"https://ac\xE2\x80\x8Bme.de/", MOP_URL_LEAD, "host"},
    {"https://acme.de/?x=a%E2%80%8B", MOP_URL_LEAD, "bad-character"},
    {"https://acme.de/?x=%E2%80%AEa", MOP_URL_LEAD, "bad-character"},
    {"https://acme.de/?x=\xD9\x85\xDB\x8C\xE2\x80\x8C\xD8\xAE", MOP_URL_LEAD, ""}, /* a joiner */
    /* hosts that pass for others: a Cyrillic 'a', in letters and coded; all Cyrillic; Greek */
    {"https://\xD0\xB0"
     "cme.de/",
     MOP_URL_LEAD, "host"},
    {"https://xn--cme-5cd.de/", MOP_URL_LEAD, "host"},
    {"https://\xD0\xB0\xD1\x80\xD1\x80\xD3\x8F\xD0\xB5.com/", MOP_URL_LEAD, "host"},
    {"https://acm\xCE\xB5.de/", MOP_URL_LEAD, "host"},
    {"https://b\xC3\xBC"
     "cher.de/",
     MOP_URL_LEAD, ""},
    {"https://\xD0\xBF\xD1\x80\xD0\xB8\xD0\xBC\xD0\xB5\xD1\x80.com/", MOP_URL_LEAD, ""},
    {"https://\xD0\xB0\xD1\x80\xD1\x80.\xD1\x80\xD1\x84/", MOP_URL_LEAD, ""},
    {"https://acme.de/a%00b", MOP_URL_LEAD, "bad-escape"},
    {"https://acme.de/#a%00b", MOP_URL_LEAD, "bad-escape"},
    {"https://acme.de/?a=%00", MOP_URL_LEAD, "bad-escape"},
    {OK "&tblci=Abc", MOP_URL_LEAD, "click-id-source"},
    {OK "&qclid=Abc", MOP_URL_LEAD, "click-id-source"},
    {OK "&obclid=Abc", MOP_URL_LEAD, "click-id-source"},
    {"https://acme.de/\x1b[31m", MOP_URL_LEAD, "bad-character"},
    {"https://acme.de/?utm_source=100%", MOP_URL_LEAD, "bad-escape"},
    {"https://acme.de/%zz", MOP_URL_LEAD, "bad-escape"},
    {"https://acme.de/?x=%E9", MOP_URL_LEAD, "bad-escape"},
    {"https://acme.de/?utm_source=%ecid!", MOP_URL_TEMPLATE, ""},
    {"https://acme.de/?utm_source=%ecid!", MOP_URL_LEAD, "macros"},
    {"https://acme.de/?utm_source=%%SITE%%", MOP_URL_LEAD, "macros"},
    /* b.11 */
    {"https://acme.de/?utm_source=facebook?utm_medium=cpc", MOP_URL_LEAD, "question-marks"},
    {"https://acme.de/??utm_source=facebook", MOP_URL_LEAD, "question-marks"},
    {"https://acme.de/?to=https://b.de/?x=1", MOP_URL_LEAD, ""},
    {"https://acme.de/?to=https://b.de/?utm_source=x", MOP_URL_LEAD, "question-marks"},
    {"https://acme.de/?a=1&amp;utm_source=google", MOP_URL_LEAD, "ampersand-entity"},
    {"https://acme.de/?a=1&AMP;b=2", MOP_URL_LEAD, "ampersand-entity"},
    {"https://acme.de/produtoutm_source=google", MOP_URL_LEAD, "missing-question-mark"},
    {"https://acme.de/&utm_source=google&utm_medium=cpc", MOP_URL_LEAD, "missing-question-mark"},
    {"https://acme.de/?utm_source=facebookutm_medium=cpc", MOP_URL_LEAD, "missing-ampersand"},
    {"https://acme.de/?a=1;utm_source=x", MOP_URL_LEAD, "missing-ampersand"},
    {"https://acme.de/#utm_source=google", MOP_URL_LEAD, "fragment-params"},
    {"https://acme.de/#/x?utm_source=google", MOP_URL_LEAD, "fragment-params"},
    /* b.12 */
    {OK "&utm_source=adwords", MOP_URL_LEAD, "duplicate-param"},
    {OK "&utm_source=google", MOP_URL_LEAD, "repeated-param"},
    {OK "&utm_source=google&utm_medium=ppc", MOP_URL_LEAD, "duplicate-param repeated-param"},
    {"https://acme.de/?tag=a&tag=b", MOP_URL_LEAD, ""},
    /* b.10 */
    {"https://acme.de/?utm-source=google", MOP_URL_LEAD, "misspelt-key"},
    {"https://acme.de/?UTM_Source=google", MOP_URL_LEAD, "misspelt-key"},
    {OK "&utm_placement=top", MOP_URL_LEAD, "unknown-utm"},
    {OK "&utm_id=", MOP_URL_LEAD, "empty-param"},
    {OK "&utm_term=%20+", MOP_URL_LEAD, "empty-param"},
    {OK "&utm_term", MOP_URL_LEAD, "empty-param"},
    /* b.13, d.2 */
    {"https://acme.de/?utm_campaign=%7B%7Bcampaign_name%7D%7D", MOP_URL_LEAD, "macros"},
    {"https://acme.de/?utm_campaign=%257B%257Bcampaign_name%257D%257D", MOP_URL_LEAD,
     "macros double-encoded"},
    {"https://acme.de/?utm_campaign={{campaign.name}}", MOP_URL_LINK, "macros"},
    {"https://acme.de/?utm_campaign={{campaign.name}}", MOP_URL_TEMPLATE, ""},
    {"https://acme.de/?utm_campaign=sale{summer}now", MOP_URL_LEAD, ""},
    {"https://acme.de/?{ignore}&a=1", MOP_URL_LEAD, "macros"},
    {"{lpurl}?utm_source=google&gclid={gclid}&utm_medium=cpc&utm_campaign={campaignid}",
     MOP_URL_TEMPLATE, ""},
    /* b.14 */
    {"https://acme.de/?utm_source=undefined", MOP_URL_LEAD, "placeholder"},
    {"https://acme.de/?utm_source=(not%20set)", MOP_URL_LEAD, "placeholder"},
    {"https://acme.de/?utm_campaign=Test", MOP_URL_LEAD, "placeholder"},
    {"https://acme.de/?utm_campaign=contest", MOP_URL_LEAD, ""},
    {"https://acme.de/?x=undefined", MOP_URL_LEAD, ""},
    {"https://acme.de/?email=dana%40acme.example", MOP_URL_LEAD, "pii"},
    {"https://acme.de/?x=dana@acme.example", MOP_URL_LEAD, "pii"},
    {"https://acme.de/?x=dana%2540acme.example", MOP_URL_LEAD, "pii"},
    {"https://acme.de/?first_name=Dana", MOP_URL_LEAD, "pii"},
    {"https://acme.de/?x=%2B49+30+12345678", MOP_URL_LEAD, "pii"},
    {"https://acme.de/?x=+493012345678", MOP_URL_LEAD, "pii"},
    {"https://acme.de/unsubscribe/dana@acme.example", MOP_URL_LEAD, "pii"},
    {"https://acme.de/?tel=0301234567", MOP_URL_LEAD, "pii"},
    {"https://acme.de/?phone=030%2F1234567", MOP_URL_LEAD, "pii"},
    {"https://acme.de/?Mobile=%2B4917112345678", MOP_URL_LEAD, "pii"},
    {"https://acme.de/?q=call%20%2B49%20171%2012345678%20now", MOP_URL_LEAD, "pii"},
    {"https://acme.de/?q=Brand+-+12021012345&gclid=Cj0_+4930123456-", MOP_URL_LEAD, ""},
    {"https://acme.de/?to=mailto:dana@acme.example.", MOP_URL_LEAD, "pii"},
    {"https://acme.de/#dana@acme.example", MOP_URL_LEAD, "pii"},
    {"https://acme.de/u/dana%2540acme.example", MOP_URL_LEAD, "pii"},
    {"https://acme.de/?x=dana%252540acme.example", MOP_URL_LEAD, "pii"},
    {"https://acme.de/?x=%25252B493012345678", MOP_URL_LEAD, "pii"},
    {"https://acme.de/?mobile=ios&phone=true&tel=1234567890123456", MOP_URL_LEAD, ""},
    {"https://acme.de/?tel=2026-11-22&id=0301234567&price=+12.345.678", MOP_URL_LEAD, ""},
    {"https://acme.de/?email=", MOP_URL_LEAD, ""},
    {"https://acme.de/?email=true&x=123456789012", MOP_URL_LEAD, ""},
    {"https://acme.de/@acme/logo@2x.png?v=@", MOP_URL_LEAD, ""},
    {OK "&mc_eid=4f2", MOP_URL_LEAD, "person-id"},
    {OK "&tk=eyJhbGciOi.eyJzdWIi.c-x_1", MOP_URL_LEAD, "person-id"},
    {OK "&v=eyJx.2.1.0&w=eyJ&x=1.2.3", MOP_URL_LEAD, ""},
    {OK "&po=0301-234567", MOP_URL_LEAD, "phone-like"},
    {OK "&utm_content=0123/456789", MOP_URL_LINK, "phone-like"},
    /* d.3 */
    {"https://acme.de/?utm_source=google&gclid=A", MOP_URL_LEAD, "click-id-partial"},
    {"https://acme.de/?utm_source=google&utm_medium=cpc&utm_campaign=&gclid=A", MOP_URL_LEAD,
     "empty-param click-id-partial"},
    {"https://acme.de/?utm_source=facebook&utm_medium=cpc&utm_campaign=x&gclid=A", MOP_URL_LEAD,
     "click-id-source"},
    {OK "&fbclid=A", MOP_URL_LEAD, "click-id-source"},
    {OK "&fbclid=A&gclid=B", MOP_URL_LEAD, ""},
    {"https://acme.de/?utm_source=newsletter&utm_medium=email&utm_campaign=x&fbclid=A",
     MOP_URL_LEAD, ""},
    {OK "&gclid=Abc", MOP_URL_LINK, "click-id-copied"},
    {OK X100, MOP_URL_LEAD, "length"},
    {OK X100 X100 X100 X100 X100, MOP_URL_LEAD, "too-long"},
    {"https://acme.de/" X100 X100 X100 X100 X100 X100 X100 X100 X100 X100, MOP_URL_LEAD, "length"},
    {"https://acme.de/?utm_campaign=Spring%2520Sale", MOP_URL_LEAD, "double-encoded"},
    {"https://acme.de/?to=https%253A%252F%252Fb.de", MOP_URL_LEAD, ""},
    {"https://acme.de/?utm_campaign=a-b_c", MOP_URL_LEAD, "mixed-separators"},
    {"https://acme.de/?utm_campaign=a%20b_c", MOP_URL_LEAD, "mixed-separators"},
    {"https://go.own.example/?utm_source=home", MOP_URL_LEAD, "own-domain"},
    {"https://go.own.example/?a=1", MOP_URL_LEAD, ""},
    {"https://notown.example/?utm_source=home", MOP_URL_LEAD, ""},
};

static void checks(void **state)
{
    struct mop_sv own = MOP_SV("own.example");
    struct mop_buf got, why;
    (void)state;
    mop_buf_init(&got, 1000);
    mop_buf_init(&why, 1000);
    for (size_t i = 0; i < ROWS(C); i++) {
        struct mop_url_context c = {.kind = C[i].kind, .own_domains = &own, .n_own = 1};
        struct mop_url u;
        mop_url_parse(&arena, mop_sv_of(C[i].url), C[i].kind == MOP_URL_TEMPLATE, &u);
        mop_buf_reset(&got);
        for (size_t k = 0; k < mop_url_checks_n; k++) {
            mop_buf_reset(&why);
            bool fails = mop_url_checks[k].fails(&u, &c, &why);
            CHECK(C[i].url, fails == (why.n > 0)); /* a reason exactly where there is a fault */
            CHECK(C[i].url, mop_url_checks[k].fails(&u, &c, NULL) == fails);
            if (fails)
                mop_buf_printf(&got, "%s%s", got.n ? " " : "", mop_url_checks[k].id);
        }
        check_text(C[i].url, mop_buf_view(&got), mop_sv_of(C[i].fails));
    }
    mop_buf_release(&got);
    mop_buf_release(&why);
}

/* Every check of the table is seen to fail above. */
static void all_covered(void **state)
{
    (void)state;
    for (size_t k = 0; k < mop_url_checks_n; k++) {
        bool seen = false;
        for (size_t i = 0; i < ROWS(C); i++)
            seen |= strstr(C[i].fails, mop_url_checks[k].id) != NULL;
        CHECK(mop_url_checks[k].id, seen);
        CHECK(mop_url_checks[k].id,
              mop_url_check_find(mop_sv_of(mop_url_checks[k].id)) == &mop_url_checks[k]);
        CHECK(mop_url_checks[k].id, mop_url_checks[k].summary[0] != '\0');
    }
    assert_null(mop_url_check_find(MOP_SV("nonsense")));
}

static void reasons(void **state)
{
    static const struct {
        const char *id, *url, *why;
    } R[] = {
        {"misspelt-key", "https://a.de/?utm_surce=x",
         "has the parameter 'utm_surce', which no tool reads; did you mean utm_source?"},
        {"duplicate-param", OK "&utm_source=adwords",
         "has the parameter 'utm_source' twice with different values: 'google' 'adwords'"},
        {"duplicate-param", "https://a.de/?utm_term=d@a.de&utm_term=x",
         "has the parameter 'utm_term' twice with different values: 'x'"},
        {"unknown-utm", "https://a.de/?utm_%1bx=1",
         "has the parameter 'utm_\\x1bx', which GA4 never reports"},
        {"pii", "https://a.de/?first_name=Dana", "has personal data in the parameter 'first_name'"},
        {"pii", "https://a.de/?d@a.de=1", "has an e-mail address in a parameter"},
        {"pii", "https://a.de/?tel=0301234567", "has a phone number in the parameter 'tel'"},
        {"pii", "https://a.de/u/d@a.de", "has an e-mail address in its path"},
        {"pii", "https://a.de/u#d@a.de", "has an e-mail address in its fragment"},
        {"macros", "https://a.de/?utm_term={keyword}",
         "has the macro '{keyword}' that was never replaced"},
        {"placeholder", "https://a.de/?utm_source=null", "has the stand-in 'null' for utm_source"},
        {"host", "https://a..de/", "has an empty label in its host"},
    };
    struct mop_buf why;
    (void)state;
    mop_buf_init(&why, 1000);
    for (size_t i = 0; i < ROWS(R); i++) {
        struct mop_url_context c = {.kind = MOP_URL_LEAD};
        struct mop_url u = parse(R[i].url);
        mop_buf_reset(&why);
        CHECK(R[i].url, mop_url_check_find(mop_sv_of(R[i].id))->fails(&u, &c, &why));
        check_text(R[i].url, mop_buf_view(&why), mop_sv_of(R[i].why));
    }
    mop_buf_release(&why);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(components),  cmocka_unit_test(params),    cmocka_unit_test(many_params),
        cmocka_unit_test(canonical),   cmocka_unit_test(templates), cmocka_unit_test(decoding),
        cmocka_unit_test(macros),      cmocka_unit_test(keys),      cmocka_unit_test(checks),
        cmocka_unit_test(all_covered), cmocka_unit_test(reasons),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
