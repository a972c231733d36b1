/* SPDX-License-Identifier: MIT */
#include "unit.h"
#include "values/email.h"

#define A10 "aaaaaaaaaa"
#define A60 A10 A10 A10 A10 A10 A10

/* canonical NULL: refused, with that reason. */
static const struct {
    const char *row, *in, *canonical, *why;
} T[] = {
    {"plain", "dana@acme.example", "dana@acme.example", ""},
    {"the domain's case is no matter, the local part's is", "Dana@ACME.Example",
     "Dana@acme.example", ""},
    {"all of atext", "!#$%&'*+-/=?^_`{|}~.0z@a.de", "!#$%&'*+-/=?^_`{|}~.0z@a.de", ""},
    {"IDN", "a@bücher.de", "a@xn--bcher-kva.de", ""},
    {"IDN in capitals", "a@BÜCHER.de", "a@xn--bcher-kva.de", ""},
    {"coded IDN", "a@XN--bcher-kva.de", "a@xn--bcher-kva.de", ""},
    {"SMTPUTF8", "döner@acme.de", "döner@acme.de", ""},
    {"subdomain, digits, hyphen", "a@x1.y-z.co.uk", "a@x1.y-z.co.uk", ""},
    {"64 bytes before the @", A60 "aaaa@b.de", A60 "aaaa@b.de", ""},
    {"no @", "dana", NULL, "has no @"},
    {"empty", "", NULL, "has no @"},
    {"no domain", "x@", NULL, "has no domain"},
    {"no local part", "@acme.de", NULL, "has nothing before the @"},
    {"two @", "a@b@c.de", NULL, "has more than one @"},
    {"two addresses", "a@b.de,c@d.de", NULL, "has more than one @"},
    {"quoted", "\"dana m\"@acme.de", NULL, "has a quoted local part"},
    {"quoted with @", "\"a@b\"@acme.de", NULL, "has a quoted local part"},
    {"literal", "a@[192.0.2.1]", NULL, "has an address literal for a domain"},
    {"an address without brackets", "a@192.0.2.1", NULL,
     "has a last label of digits in its domain"},
    {"blank inside", "da na@acme.de", NULL, "has a blank before the @"},
    {"no-break space", "da\xc2\xa0na@acme.de", NULL, "has the character U+00A0 before the @"},
    {"zero width", "da\xe2\x80\x8bna@acme.de", NULL, "has the character U+200B before the @"},
    {"display name", "Dana <dana@acme.de>", NULL, "has a blank before the @"},
    {"mailto", "mailto:dana@acme.de", NULL, "has the character ':' before the @"},
    {"dot first", ".a@acme.de", NULL, "has a dot at the start of the local part"},
    {"dot last", "a.@acme.de", NULL, "has a dot at the end of the local part"},
    {"two dots", "a..b@acme.de", NULL, "has two dots in a row before the @"},
    {"65 bytes", A60 "aaaaa@b.de", NULL, "has more than 64 bytes before the @"},
    {"no dot", "a@localhost", NULL, "has no dot in its domain"},
    {"two dots in the domain", "a@acme..de", NULL, "has an empty label in its domain"},
    {"dot behind the domain", "a@acme.de.", NULL, "ends with a dot"},
    {"comma for dot", "a@acme,de", NULL, "has the character ',' in its domain"},
    {"underscore", "a@ac_me.de", NULL, "has the character '_' in its domain"},
    {"hyphen first", "a@-acme.de", NULL,
     "has a label that starts or ends with a hyphen in its domain"},
    {"blank behind", "a@acme.de ", NULL, "has a blank in its domain"},
    {"angle behind", "a@acme.de>", NULL, "has the character '>' in its domain"},
    {"label of 64", "a@" A60 "aaaa.de", NULL, "has a label over 63 bytes in its domain"},
    {"255 bytes in all", A60 "@" A60 "." A60 "." A60 "." A10 ".de", NULL,
     "has more than 254 bytes"},
    {"soft hyphen", "d\xc2\xadner@acme.de", NULL, "has the character U+00AD before the @"},
    {"right to left", "a\xe2\x80\xae@acme.de", NULL, "has the character U+202E before the @"},
    {"lost letter", "d\xef\xbf\xbdner@acme.de", NULL, "has the character U+FFFD before the @"},
    {"Braille blank", "a\xe2\xa0\x80@acme.de", NULL, "has the character U+2800 before the @"},
    {"typeset quotes",
     "\xe2\x80\x9c"
     "ann\xe2\x80\x9d@acme.de",
     NULL, "has the character U+201C before the @"},
    {"Persian joiner", "\xd9\x86\xd8\xa7\xd9\x85\xd9\x87\xe2\x80\x8c\xd8\xa7@acme.de",
     "\xd9\x86\xd8\xa7\xd9\x85\xd9\x87\xe2\x80\x8c\xd8\xa7@acme.de", ""},
    {"unseen in the domain", "a@ac\xe2\x80\x8bme.de", NULL,
     "has the character U+200B in its domain"},
    {"soft hyphen in the domain", "a@ac\xc2\xadme.de", NULL,
     "has the character U+00AD in its domain"},
    {"not UTF-8", "d\xf6ner@acme.de", NULL, "has bytes that are not UTF-8"},
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
        bool ok = mop_email_read(mop_sv_of(T[i].in), &got, &a, &why);
        check_text(T[i].row, mop_buf_view(&why), mop_sv_of(T[i].why));
        check_text(T[i].row, got, T[i].canonical ? mop_sv_of(T[i].canonical) : MOP_SV(""));
        CHECK(T[i].row, ok == (T[i].canonical != NULL));
        CHECK(T[i].row, mop_email_read(mop_sv_of(T[i].in), &got, &a, NULL) == ok);
    }
    mop_buf_release(&why);
    mop_arena_release(&a);
}

static void no_copy(void **state)
{
    struct mop_arena a;
    struct mop_sv in = MOP_SV("dana@acme.de"), got;
    (void)state;
    mop_arena_init(&a);
    assert_true(mop_email_read(in, &got, &a, NULL));
    assert_ptr_equal(got.p, in.p); /* what is canonical already is a view */
    assert_int_equal(a.used, 0);
    mop_arena_release(&a);
}

static void parts(void **state)
{
    (void)state;
    check_text("local", mop_email_local(MOP_SV("d.m@acme.de")), MOP_SV("d.m"));
    check_text("domain", mop_email_domain(MOP_SV("d.m@acme.de")), MOP_SV("acme.de"));
    assert_null(mop_email_domain(MOP_SV("acme.de")).p);
    assert_null(mop_email_local(MOP_SV_NONE).p);
}

static void lists(void **state)
{
    static const struct {
        const char *domain;
        bool free, disposable;
    } D[] = {
        {"gmail.com", true, false},
        {"gmx.de", true, false},
        {"proton.me", true, false},
        {"mailinator.com", false, true},
        {"mx.mailinator.com", false, true}, /* by its parent */
        {"notgmail.com", false, false},
        {"acme.example", false, false},
        {"com", false, false},
        {"", false, false},
        {"zzzzzz.example", false, false},
        {"0-mail.com", false, true}, /* the ends of the list */
        /* all that the zoho_crm set holds */
        {"gustr.com", false, true},
        {"teleworm.us", false, true},
        {"einrot.com", false, true},
        {"superrito.com", false, true},
        {"dayrep.com", false, true},
        {"fleckens.hu", false, true},
        {"jourrapide.com", false, true},
        {"rhyta.com", false, true},
        {"armyspy.com", false, true},
        {"cuvox.de", false, true},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(D); i++) {
        CHECK(D[i].domain, mop_email_is_free(mop_sv_of(D[i].domain)) == D[i].free);
        CHECK(D[i].domain, mop_email_is_disposable(mop_sv_of(D[i].domain)) == D[i].disposable);
    }
}

static void roles(void **state)
{
    (void)state;
    assert_true(mop_email_is_role(MOP_SV("info")));
    assert_true(mop_email_is_role(MOP_SV("Sales")));
    assert_true(mop_email_is_role(MOP_SV("sales+expo")));
    assert_false(mop_email_is_role(MOP_SV("dana")));
    assert_false(mop_email_is_role(MOP_SV("")));
    assert_false(mop_email_is_role(MOP_SV("+info")));
    assert_false(mop_email_is_role(MOP_SV(A60 A60)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading), cmocka_unit_test(no_copy), cmocka_unit_test(parts),
        cmocka_unit_test(lists),   cmocka_unit_test(roles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
