/* SPDX-License-Identifier: MIT */
#include "unit.h"
#include "values/domain.h"

static const struct {
    const char *row, *in;
    unsigned flags;
    const char *ascii, *why; /* ascii NULL: refused, with that reason */
} T[] = {
    {"plain", "acme.de", MOP_DOMAIN_DOT, "acme.de", ""},
    {"capitals", "Shop.ACME.de", MOP_DOMAIN_DOT, "shop.acme.de", ""},
    {"closing dot", "acme.de.", MOP_DOMAIN_DOT, "acme.de", ""},
    {"closing dot alone is none inside", "localhost.", MOP_DOMAIN_DOT, NULL, "has no dot"},
    {"no dot, not asked for", "localhost", 0, "localhost", ""},
    {"IDN", "müller.example", MOP_DOMAIN_DOT, "xn--mller-kva.example", ""},
    {"sharp s is itself, not ss", "straße.de", MOP_DOMAIN_DOT, "xn--strae-oqa.de", ""},
    {"IDN with a wide dot", "例え。jp", MOP_DOMAIN_DOT, "xn--r8jz45g.jp", ""},
    {"top-level IDN", "президент.рф", MOP_DOMAIN_DOT, "xn--d1abbgf6aiiy.xn--p1ai", ""},
    {"bad code", "xn--a.de", MOP_DOMAIN_DOT, NULL, NULL},
    {"bad IDN: a symbol", "☃.de", MOP_DOMAIN_DOT, NULL, NULL},
    {"underscore allowed", "my_shop.acme.de", MOP_DOMAIN_UNDERSCORE, "my_shop.acme.de", ""},
    {"underscore", "my_shop.acme.de", 0, NULL, "has the character '_'"},
    {"dots only", "..", 0, NULL, "has an empty label"},
    {"a dot", ".", 0, NULL, "has an empty label"},
    {"dot first", ".de", 0, NULL, "has an empty label"},
    {"empty", "", 0, NULL, "has no name"},
    {"address", "192.0.2.1", MOP_DOMAIN_DOT, NULL, "has a last label of digits"},
    {"address in hex", "acme.0x7F", MOP_DOMAIN_DOT, NULL, "has a last label of digits"},
    {"address, no digits", "acme.0x", MOP_DOMAIN_DOT, NULL, "has a last label of digits"},
    {"no number", "acme.0xg", MOP_DOMAIN_DOT, "acme.0xg", ""},
    {"digits but the last", "163.com", MOP_DOMAIN_DOT, "163.com", ""},
    {"hyphen last", "a-.de", 0, NULL, "has a label that starts or ends with a hyphen"},
    {"slash", "acme.de/x", 0, NULL, "has the character '/'"},
    {"control", "acme\x1b.de", 0, NULL, "has the character U+001B"},
    {"not UTF-8", "\xff.de", 0, NULL, "has bytes that are not UTF-8"},
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
        bool ok = mop_domain_read(mop_sv_of(T[i].in), T[i].flags, &got, &a, &why);
        CHECK(T[i].row, ok == (T[i].ascii != NULL));
        if (ok)
            check_text(T[i].row, got, mop_sv_of(T[i].ascii));
        if (T[i].why)
            check_text(T[i].row, mop_buf_view(&why), mop_sv_of(T[i].why));
    }
    mop_buf_release(&why);
    mop_arena_release(&a);
}

static void too_long(void **state)
{
    struct mop_arena a;
    char name[2000];
    struct mop_sv got;
    (void)state;
    mop_arena_init(&a);
    for (size_t i = 0; i < sizeof name; i++)
        name[i] = i % 50 == 49 ? '.' : 'a';
    assert_true(mop_domain_read((struct mop_sv){name, 253}, 0, &got, &a, NULL));
    assert_false(mop_domain_read((struct mop_sv){name, 254}, 0, &got, &a, NULL));
    assert_false(mop_domain_read((struct mop_sv){name, sizeof name}, 0, &got, &a, NULL));
    name[3] = '\0';
    assert_false(mop_domain_read((struct mop_sv){name, 20}, 0, &got, &a, NULL));
    mop_arena_release(&a);
}

static void registrable(void **state)
{
    static const struct {
        const char *host, *want;
    } R[] = {
        {"acme.de", "acme.de"},
        {"shop.eu.acme.co.uk", "acme.co.uk"},
        {"co.uk", NULL},                      /* a public suffix */
        {"me.github.io", "me.github.io"},     /* private suffixes are suffixes */
        {"a.b.acme.example", "acme.example"}, /* unknown top-level domain: the star rule */
        {"xn--bcher-kva.de", "xn--bcher-kva.de"},
        {"localhost", NULL},
        {"192.0.2.1", NULL},
        {"", NULL},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(R); i++) {
        struct mop_sv got = mop_domain_registrable(mop_sv_of(R[i].host));
        check_text(R[i].host, got, R[i].want ? mop_sv_of(R[i].want) : MOP_SV(""));
        CHECK(R[i].host, (got.p != NULL) == (R[i].want != NULL));
    }
}

static void top_level(void **state)
{
    (void)state;
    assert_true(mop_domain_tld_known(MOP_SV("acme.de")));
    assert_true(mop_domain_tld_known(MOP_SV("x.xn--p1ai")));
    assert_true(mop_domain_tld_known(MOP_SV("com")));
    assert_true(mop_domain_tld_known(MOP_SV("a.b.uk")));
    assert_false(mop_domain_tld_known(MOP_SV("acme.con")));
    assert_false(mop_domain_tld_known(MOP_SV("acme.example")));
    assert_false(mop_domain_tld_known(MOP_SV("10.0.0.1")));
    assert_false(mop_domain_tld_known(MOP_SV("")));
}

static void within(void **state)
{
    struct mop_sv d = MOP_SV("a.b.c");
    (void)state;
    assert_true(mop_domain_within(MOP_SV("acme.de"), MOP_SV("acme.de")));
    assert_true(mop_domain_within(MOP_SV("go.acme.de"), MOP_SV("acme.de")));
    assert_false(mop_domain_within(MOP_SV("notacme.de"), MOP_SV("acme.de")));
    assert_false(mop_domain_within(MOP_SV("de"), MOP_SV("acme.de")));
    assert_false(mop_domain_within(MOP_SV("acme.de"), MOP_SV("")));
    assert_true(mop_domain_parent(&d));
    check_text("parent", d, MOP_SV("b.c"));
    assert_true(mop_domain_parent(&d));
    assert_false(mop_domain_parent(&d));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading),   cmocka_unit_test(too_long), cmocka_unit_test(registrable),
        cmocka_unit_test(top_level), cmocka_unit_test(within),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
