/* SPDX-License-Identifier: MIT */
#include "unit.h"
#include "report/baseline.h"
#include "score/known.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HEAD "mopslint.baseline/1\ntaxonomy acme\nsalt 000102030405060708090a0b0c0d0e0f\n"
#define HASH "0123456789abcdef0123456789abcdef"

static char path[64];

static const char *file_of(const char *text)
{
    snprintf(path, sizeof path, "/tmp/mopslint-baseline-%ld", (long)getpid());
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    return path;
}

static struct mop_baseline *load(const char *text, struct mop_err *e)
{
    struct mop_baseline *b = mop_baseline_load(file_of(text), MOP_SV("acme"), e);
    unlink(path);
    return b;
}

static struct mop_finding finding(struct mop_check *c, const char *id, const char *renamed_from,
                                  const char *key, const char *value)
{
    memset(c, 0, sizeof *c);
    c->id = mop_sv_of(id);
    c->renamed_from = mop_sv_of(renamed_from);
    return (struct mop_finding){
        .check = c, .key = mop_sv_of(key), .value = mop_sv_of(value), .hash = {1, 2}};
}

static bool take(struct mop_baseline *b, const char *id, const char *renamed_from, const char *key,
                 const char *value)
{
    struct mop_check c;
    struct mop_finding f = finding(&c, id, renamed_from, key, value);
    return mop_baseline_take(b, &f);
}

static void add(struct mop_baseline *b, const char *id, const char *key, const char *value)
{
    struct mop_check c;
    struct mop_finding f = finding(&c, id, NULL, key, value);
    mop_baseline_add(b, &f);
}

static char *text_of(const struct mop_baseline *b)
{
    struct mop_buf text;
    struct mop_out out;
    struct mop_err e = {0};
    mop_buf_init(&text, 1 << 20);
    mop_out_init(&out, mop_out_to_buf, &text);
    mop_baseline_write(b, &out);
    assert_int_equal(mop_out_flush(&out, &e), 0);
    mop_out_release(&out);
    return text.p;
}

/* Written, read and written again: the same bytes; nothing of the data in them. */
static void test_round_trip(void **state)
{
    (void)state;
    struct mop_err e = {0};
    struct mop_baseline *b = load(HEAD, &e);
    assert_non_null(b);
    add(b, "lead.b", "L-2", "Google");
    add(b, "lead.a", "L-1", "Google");
    add(b, "lead.b", "L-2", "Google");
    add(b, "lead.a", "", "Google");
    char *one = text_of(b);
    struct mop_baseline *again = load(one, &e);
    assert_non_null(again);
    char *two = text_of(again);
    assert_string_equal(one, two);
    assert_null(strstr(one, "Google"));
    assert_null(strstr(one, "L-1"));
    assert_true(strstr(one, "lead.a") < strstr(one, "lead.b"));
    assert_int_equal(mop_baseline_findings(again), 4);
    free(one);
    free(two);
    mop_baseline_free(b);
    mop_baseline_free(again);
}

/* Another salt, other hashes; the same salt, the same. */
static void test_salt(void **state)
{
    (void)state;
    struct mop_err e = {0};
    struct mop_baseline *given = load(HEAD, &e);
    struct mop_baseline *list[] = {given, mop_baseline_create(MOP_SV("acme"), given),
                                   mop_baseline_create(MOP_SV("acme"), NULL)};
    char *text[3];
    for (int i = 0; i < 3; i++) {
        add(list[i], "lead.a", "L-1", "x");
        text[i] = text_of(list[i]);
    }
    assert_string_equal(text[0], text[1]);
    assert_string_not_equal(text[0], text[2]);
    for (int i = 0; i < 3; i++) {
        free(text[i]);
        mop_baseline_free(list[i]);
    }
}

static void test_take(void **state)
{
    (void)state;
    struct mop_err e = {0};
    struct mop_baseline *b = load(HEAD, &e);
    add(b, "old", "L-1", "x");
    add(b, "old", "L-1", "x");
    add(b, "other", "L-1", "x");
    CHECK("another value is new", !take(b, "old", NULL, "L-1", "X"));
    CHECK("another record is new", !take(b, "old", NULL, "L-2", "x"));
    CHECK("no key is no empty key", !take(b, "old", NULL, "", "x"));
    CHECK("another rule is new", !take(b, "new", NULL, "L-1", "x"));
    CHECK("it is known", take(b, "old", NULL, "L-1", "x"));
    CHECK("under its new name too", take(b, "new", "old", "L-1", "x"));
    CHECK("a third is new", !take(b, "new", "old", "L-1", "x"));
    CHECK("what was not found is stale", mop_baseline_stale(b) == 1);
    mop_baseline_free(b);
}

static void test_faults(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t line, col;
        const char *says;
    } rows[] = {
        {"", 1, 1, "no baseline"},
        {"id,name\n", 1, 1, "no baseline"},
        {"mopslint.baseline/2\n", 1, 1, "no baseline"},
        {"mopslint.baseline/1\n", 1, 1, "'taxonomy' is missing"},
        {"mopslint.baseline/1\nsalt 00\n", 2, 1, "'taxonomy' is missing"},
        {"mopslint.baseline/1\ntaxonomy other\n", 2, 10, "of taxonomy 'other', not of 'acme'"},
        {"mopslint.baseline/1\ntaxonomy acme\n", 2, 1, "'salt' is missing"},
        {"mopslint.baseline/1\ntaxonomy acme\nsalt 12\n", 3, 6, "no salt"},
        {HEAD "lead.a\n", 4, 1, "rule, hash and count"},
        {HEAD "\n", 4, 1, "rule, hash and count"},
        {HEAD "lead.a " HASH " x\n", 4, 41, "no count"},
        {HEAD "lead.a " HASH " 0\n", 4, 41, "no count"},
        {HEAD "lead.a " HASH " 99999999999999999999\n", 4, 41, "no count"},
        {HEAD "lead.a " HASH "f 1\n", 4, 8, "no hash"},
        {HEAD "lead.a 0123456789ABCDEF0123456789ABCDEF 1\n", 4, 8, "no hash"},
        {HEAD HASH " 1\n", 4, 1, "no hash"},
        {HEAD "lead.a " HASH " 1\nlead.a " HASH " 2\n", 5, 1, "already"},
        {HEAD "<<<<<<< HEAD\n", 4, 9, "no count"},
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct mop_err e = {0};
        CHECK(rows[i].text, load(rows[i].text, &e) == NULL && e.code == 2);
        if (e.at.line != rows[i].line || e.at.col != rows[i].col || !strstr(e.msg, rows[i].says))
            fail_msg("row %zu: %u:%u %s", i, e.at.line, e.at.col, e.msg);
    }
}

/* What is right although it looks odd. */
static void test_odd(void **state)
{
    (void)state;
    struct mop_err e = {0};
    struct mop_baseline *b =
        load("mopslint.baseline/1\r\ntaxonomy acme\r\nsalt 000102030405060708090a0b0c0d0e0f\r\n"
             "an id with blanks " HASH " 2\r\nlead.a " HASH " 1",
             &e);
    assert_non_null(b);
    assert_int_equal(mop_baseline_findings(b), 3);
    mop_baseline_free(b);
    assert_null(mop_baseline_load("/nonexistent/baseline", MOP_SV("acme"), &e));
    assert_int_equal(e.code, 2);
    assert_non_null(strstr(e.msg, "/nonexistent/baseline"));
}

/* As many values of a rule as the tally lists, and no more of them, however many are new. */
static void test_known_bound(void **state)
{
    (void)state;
    struct mop_record r = {.index = 0};
    struct mop_check c[2] = {{.record = &r, .index = 0}, {.record = &r, .index = 1}};
    struct mop_known k;
    char value[16];
    mop_known_init(&k);
    for (int i = 0; i < MOP_RULE_VALUES_MAX + 9; i++) {
        snprintf(value, sizeof value, "v%d", i);
        mop_known_add(&k, &(struct mop_finding){.check = &c[0], .value = mop_sv_of(value)}, i % 2);
    }
    mop_known_add(&k, &(struct mop_finding){.check = &c[0], .value = MOP_SV("v1")}, true);
    mop_known_add(&k, &(struct mop_finding){.check = &c[1], .value = MOP_SV("v1")}, true);
    assert_int_equal(k.values.n, MOP_RULE_VALUES_MAX + 1);
    assert_int_equal(mop_known_value(&k, &c[0], MOP_SV("v1"))->count, 2);
    assert_int_equal(mop_known_value(&k, &c[1], MOP_SV("v1"))->count, 1);
    assert_null(mop_known_value(&k, &c[0], MOP_SV("v65536")));
    mop_known_release(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip), cmocka_unit_test(test_salt),
        cmocka_unit_test(test_take),       cmocka_unit_test(test_faults),
        cmocka_unit_test(test_odd),        cmocka_unit_test(test_known_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
