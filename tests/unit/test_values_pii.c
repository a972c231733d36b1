/* SPDX-License-Identifier: MIT */
#include "base/buf.h"
#include "unit.h"
#include "values/pii.h"

/* What is found in a text, in the order it stands there, joined by '|'. */
static const struct {
    const char *text, *found;
} T[] = {
    /* addresses */
    {"ann@acme.example", "ann@acme.example"},
    {"mail a@b.example.", "a@b.example"},
    {"(a@b.example)", "a@b.example"},
    {"is it a@b.example?", "a@b.example"},
    {"a@b.example!", "a@b.example"},
    {"<a@b.example>, \"c@d.example\"; 'e@f.example'", "a@b.example|c@d.example|e@f.example"},
    {"a@b.example/c@d.example", "a@b.example|c@d.example"},
    {"mailto:a@b.example", "a@b.example"},
    {"mailto:a@b.example?subject=x", "a@b.example"},
    {"[a@b.example](x)", "a@b.example"},
    {"see ...a.b@c.example...", "a.b@c.example"},
    {"a@b.example-", "a@b.example"},
    {"to=ann+news@acme.example&x=1", "ann+news@acme.example"},
    {"2026q1_ann@acme.example_v2", "2026q1_ann@acme.example"},
    {"\xe2\x80\x9cx a@b.example\xe2\x80\x9d", "a@b.example"},
    {"j\xc3\xbcrgen@m\xc3\xbcller.example", "j\xc3\xbcrgen@m\xc3\xbcller.example"},
    {"https://acme.example/u/ann@acme.example?x=1", "ann@acme.example"},
    {"jos\xe9@acme.example, \xff\xfeson@b.example", "jos\xe9@acme.example|\xff\xfeson@b.example"},
    {"ann@m\xfcller.example", "ann@m\xfcller.example"},
    {"\xff@acme", ""},
    {"@acme", ""},
    {"a@b", ""},
    {"5 @ 3.50", ""},
    {"4@9.90", ""},
    {"/npm/vue@3.5.1/dist/vue.js vue@3.x", ""},
    {"logo@2x.png", ""},
    {"https://ann:pw@acme.example/", ""},
    {"a@@b.example", ""},
    {"@@@@....", ""},
    /* phone numbers */
    {"+4930123456", "+4930123456"},
    {" +49 30 123456 ", "+49 30 123456"},
    {"+50012345", "+50012345"},
    {"+500 12345, at 9", ""},
    {"call +49 30 1234567 now", "+49 30 1234567"},
    {"call (+49 30) 1234567, or +1 (212) 555-0123.", "+49 30) 1234567|+1 (212) 555-0123"},
    {"+1 212 555 0123 2 pieces", "+1 212 555 0123"},
    {"+4930123456,+4930123457", "+4930123456|+4930123457"},
    {"tel:030-1234567;ext=1", "030-1234567"},
    {"tel:+49301234567", "+49301234567"},
    {"x?tel=0301234567&y=1", "0301234567"},
    {"x?telefon=0301234567&y=1", "0301234567"},
    {"x?Handy-Nummer=0171/1234567", "0171/1234567"},
    {"x?mobile=49%20171", ""},
    {"x?a=1&mobile_number=0171/1234567", "0171/1234567"},
    {"phone=+4930123456", "+4930123456"},
    {"ring (212) 555-0123", "(212) 555-0123"},
    {"(212)555-0123", "(212)555-0123"},
    {"(112) 555-0123 (212) 555-01234", ""},
    {"x?mobile=true&tel=2026-11-22&phone=iphone&cell=12", ""},
    {"id=4930123456789", ""},
    {"4930123456", ""},
    {"123-456-7890", ""},
    {"2026-11-22 10:00:00 +0100", ""},
    {"+20 2026-11-22", ""},
    {"UTC +1 2026-11-22", ""},
    {"10:00+4930123456", ""},
    {"+1234567890123456789012", ""},
    {"+12.345.678,90", ""},
    {"+12.345.678", ""},
    {"+1.234.567.890,50 EUR", ""},
    {"+49301234567 %", "+49301234567"},
    {"+49301234567%", ""},
    {"+49301234567abc", ""},
    {"C++ 11, +10 %, +30", ""},
    {"gclid=Cj0KCQiA+4930123456", ""},
    {"mailto://ann.smith@acme.example", "ann.smith@acme.example"},
    {"MailTo://a@b.example", "a@b.example"},
    {"https://a.example/?utm_campaign=Brand+-+12021012345", ""},
    {"https://a.example/?x=+4930123456", "+4930123456"},
    {"https://a.example/?x=1 call +4930123456", "+4930123456"},
    {"Brand - +12021012345", "+12021012345"},
    {"fb.1.1700000000000.1234567890", ""},
    /* as Germany writes them */
    {"+49 (0)30 1234567", "+49 (0)30 1234567"},
    {"+49 (0) 30 1234567", "+49 (0) 30 1234567"},
    {"+49(0)170-1234567", "+49(0)170-1234567"},
    {"+49/170/1234567", "+49/170/1234567"},
    {"Anruf unter +49 (0)30 / 12 34 567.", "+49 (0)30 / 12 34 567"},
    {"0049 170 1234567", "0049 170 1234567"},
    {"0049 (0)170/1234567", "0049 (0)170/1234567"},
    {"0049-170-1234567, abends", "0049-170-1234567"},
    {"0170/1234567", "0170/1234567"},
    {"(030) 1234567", "(030) 1234567"},
    {"0151-23456789", "0151-23456789"},
    {"Tel. 030 / 12 34 56 - 78 mittags", "030 / 12 34 56 - 78"},
    {"mobil:0170 1234567;privat:06221-123456", "0170 1234567|06221-123456"},
    {"0170/1234567,0171/7654321", "0170/1234567|0171/7654321"},
    {"0170 1234567 0171 7654321", "0170 1234567|0171 7654321"},
    {"030 1234567 2026-11-22", "030 1234567"},
    {"<0170.1234567>", "0170.1234567"},
    {"020 7946 0958", "020 7946 0958"},
    {"01 23 45 67 89 und 01.23.45.67.89", "01 23 45 67 89|01.23.45.67.89"},
    /* and what is none */
    {"01701234567 00491701234567 0000012345 00012-34567", ""},
    {"01.02.2026 08:30", ""},
    {"01-02-2026 01/02/2026 0126-01-01", ""},
    {"+20 2026/11/22 +20 22.11.2026", ""},
    {"2026-11-22 0800-0900 2026-W03", ""},
    {"02134-1234 0317-8471", ""},
    {"0-306-40615-2 0 12345 67890 5", ""},
    {"DE89 0370 0440 0532 0130 00", ""},
    {"4111 0123 4567 8901", ""},
    {"0123 4567 8901 2345 6789", ""},
    {"1,012 3456789 0,012 3456", ""},
    {"012.345.678,90 EUR 0.1234567 0123-4567%", ""},
    {"/a/0170/1234567 x-0170-1234567 v0.123.4567 #0170-1234567", ""},
    {"id=0170-1234567 00Q5g00000-0123456789", ""},
    {"0170-1234567ab 0170-1234567_1", ""},
    {"", ""},
};

static void finds(void **state)
{
    (void)state;
    struct mop_arena a;
    struct mop_buf got;
    mop_arena_init(&a);
    mop_buf_init(&got, 1 << 12);
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_sv text = mop_sv_of(T[i].text);
        struct mop_pii p = {.to = 0};
        mop_buf_reset(&got);
        while ((p = mop_pii_next(text, p.to, &a)).kind) {
            CHECK(T[i].text, p.from < p.to && p.to <= text.n);
            mop_buf_str(&got, got.n ? "|" : "");
            mop_buf_sv(&got, mop_sv_sub(text, p.from, p.to));
        }
        check_text(T[i].text, mop_buf_view(&got), mop_sv_of(T[i].found));
    }
    mop_buf_release(&got);
    mop_arena_release(&a);
}

/* Text from outside may be made to be slow: each of these would take minutes if it were looked at
 * anew from every place. */
static void hostile(void **state)
{
    static const char *const parts[] = {"@",  "a@b.",      "tel=", "+1 ", "+1 1 ",
                                        "(2", "x@y.zz://", "://a", "0 ",  "(0"};
    enum { BYTES = 1 << 18 };
    (void)state;
    for (size_t i = 0; i < ROWS(parts); i++) {
        struct mop_arena a;
        struct mop_buf b;
        struct mop_pii p = {.to = 0};
        mop_arena_init(&a);
        mop_buf_init(&b, SIZE_MAX);
        while (b.n < BYTES)
            mop_buf_str(&b, parts[i]);
        while ((p = mop_pii_next(mop_buf_view(&b), p.to, &a)).kind)
            CHECK(parts[i], p.to <= b.n);
        mop_buf_release(&b);
        mop_arena_release(&a);
    }
}

static void escaped(void **state)
{
    static const struct {
        const char *text;
        enum mop_pii_kind want;
    } E[] = {
        {"https://x.example/?q=M%FCller&e=ann%40acme.example", MOP_PII_EMAIL},
        {"https://x.example/?q=%FCann%40acme.example", MOP_PII_EMAIL},
        {"u=ann%2540acme.example%FF", MOP_PII_EMAIL},
        {"https://x.example/?q=%2B49%2030%201234567", MOP_PII_PHONE},
        {"https://x.example/?q=Brand%20+-+12021012345", MOP_PII_NONE},
        {"M%FCller", MOP_PII_NONE},
        {"100%", MOP_PII_NONE},
        {"0301%2D234567", MOP_PII_PHONE},
        {"q=0301%2D234567&e=ann%40acme.example", MOP_PII_EMAIL},
        {"", MOP_PII_NONE},
    };
    struct mop_arena a;
    (void)state;
    mop_arena_init(&a);
    for (size_t i = 0; i < sizeof E / sizeof *E; i++)
        if (mop_pii_escaped(mop_sv_of(E[i].text), &a).kind != E[i].want)
            fail_msg("%s", E[i].text);
    mop_arena_release(&a);
}

/* Groups behind a 0 are a guess, and under the name of an id often none. */
static void weighs(void **state)
{
    enum { NONE = MOP_PII_NONE, MAIL = MOP_PII_EMAIL, PHONE = MOP_PII_PHONE, GUESS };
    static const struct {
        const char *text;
        int plain, as_id;
    } E[] = {
        {"", NONE, NONE},
        {"0123-456789", GUESS, NONE},
        {"PO 0301-234567", GUESS, NONE},
        {"0123 456789", GUESS, GUESS},
        {"(0123) 456789", GUESS, GUESS},
        {"(212) 555-0123", GUESS, GUESS},
        {"01 23 45 67 89", GUESS, GUESS},
        {"tel:0123-456789", PHONE, PHONE},
        {"0049 30 1234567", PHONE, PHONE},
        {"+49 30 1234567", PHONE, PHONE},
        {"0123-456789 +49 30 1234567", PHONE, PHONE},
        {"0123-456789 ann@acme.example", MAIL, MAIL},
        {"01234567890", NONE, NONE},
    };
    struct mop_arena a;
    (void)state;
    mop_arena_init(&a);
    for (size_t i = 0; i < 2 * (sizeof E / sizeof *E); i++) {
        bool id = i % 2;
        struct mop_pii got = mop_pii_look(mop_sv_of(E[i / 2].text), id, &a);
        if ((got.national ? GUESS : (int)got.kind) != (id ? E[i / 2].as_id : E[i / 2].plain))
            fail_msg("%s", E[i / 2].text);
    }
    if (mop_pii_look((struct mop_sv){NULL, 0}, true, &a).kind)
        fail_msg("nothing");
    mop_arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(finds), cmocka_unit_test(escaped),
                                       cmocka_unit_test(weighs), cmocka_unit_test(hostile)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
