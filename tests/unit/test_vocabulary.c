/* SPDX-License-Identifier: MIT */
#include "rules.h"

/* The ladder, blanks and meant forms: what a value means under a rule set. */

#define TOP "mopslint: 1\nname: t\nblanks: ['', n/a, Select]\n"

static const char taxonomy[] =
    TOP "vocabularies:\n"
        "  source:\n"
        "    fold: [blanks, case, separators]\n"
        "    values:\n"
        "      google:\n"
        "      paid_social: {aliases: [ps]}\n"
        "      linkedin: {label: LinkedIn, aliases: [LinkedIn Ads, li]}\n"
        "      twitter: {valid: {until: 2023-07-31}, use: x}\n"
        "      x:\n"
        "      old: {use: google, aliases: [older]}\n"
        "      tiktok: {provisional: {until: 2026-12-31, by: dana}}\n"
        "      threads: {provisional: {until: 2026-11-21}}\n"
        "      today: {provisional: {until: 2026-11-22}}\n"
        "  plain: {fold: [], values: [IT, it, a b]}\n"
        "  cased: {values: [a_b, Über]}\n"
        "records:\n"
        "  lead:\n"
        "    fields:\n"
        "      source: {vocabulary: source}\n"
        "      plain: {vocabulary: plain}\n"
        "      cased: {vocabulary: cased}\n"
        "      lower: {case: lower}\n"
        "      upper: {case: upper}\n"
        "      email: {type: email}\n"
        "      country: {type: {use: country, aliases: {GB: [UK, England]}}}\n"
        "      exact: {blanks: {values: ['', none], trim: false}}\n"
        "      own: {blanks: ['-']}\n"
        "      text:\n";

static void ladder(void **state)
{
    (void)state;
    static const struct {
        const char *row, *field, *text;
        enum mop_rung rung;
        const char *meant; /* NULL: not known */
    } T[] = {
        {"exact", "source", "google", MOP_RUNG_EXACT, "google"},
        {"blanks", "source", " google\t", MOP_RUNG_WHITESPACE, "google"},
        {"a no-break space is a blank", "source", "google\xC2\xA0", MOP_RUNG_WHITESPACE, "google"},
        {"case", "source", "GooGle", MOP_RUNG_CASE, "google"},
        {"blanks and case: the last step names it", "source", " Google", MOP_RUNG_CASE, "google"},
        {"separator", "source", "paid-social", MOP_RUNG_SEPARATOR, "paid_social"},
        {"inner blank", "source", "paid social", MOP_RUNG_SEPARATOR, "paid_social"},
        {"none at all", "source", "paidsocial", MOP_RUNG_SEPARATOR, "paid_social"},
        {"all three", "source", " Paid-Social ", MOP_RUNG_SEPARATOR, "paid_social"},
        {"the label is no spelling, but case is", "source", "LinkedIn", MOP_RUNG_CASE, "linkedin"},
        {"alias", "source", "li", MOP_RUNG_ALIAS, "linkedin"},
        {"alias with blanks", "source", " li ", MOP_RUNG_ALIAS, "linkedin"},
        {"alias in another case", "source", "LINKEDIN ADS", MOP_RUNG_ALIAS, "linkedin"},
        {"alias with other separators", "source", "linkedin-ads", MOP_RUNG_ALIAS, "linkedin"},
        {"`use` without dates is deprecated at all times", "source", "old", MOP_RUNG_DEPRECATED,
         "google"},
        {"... and that is the last step", "source", " Old", MOP_RUNG_DEPRECATED, "google"},
        {"... also from an alias", "source", "older", MOP_RUNG_DEPRECATED, "google"},
        {"with dates the record decides; the meant form is the target", "source", "twitter",
         MOP_RUNG_EXACT, "x"},
        {"provisional", "source", "tiktok", MOP_RUNG_PROVISIONAL, "tiktok"},
        {"only if nothing else is wrong", "source", "TikTok", MOP_RUNG_CASE, "tiktok"},
        {"its last day is included", "source", "today", MOP_RUNG_PROVISIONAL, "today"},
        {"after its day it is unknown", "source", "threads", MOP_RUNG_VOCABULARY, NULL},
        {"unknown", "source", "gogle", MOP_RUNG_VOCABULARY, NULL},
        {"nothing is folded: exact", "plain", "IT", MOP_RUNG_EXACT, "IT"},
        {"... and the other one", "plain", "it", MOP_RUNG_EXACT, "it"},
        {"... nothing between", "plain", "It", MOP_RUNG_VOCABULARY, NULL},
        {"... no trimming", "plain", " it", MOP_RUNG_VOCABULARY, NULL},
        {"separators only where the vocabulary folds them", "cased", "a-b", MOP_RUNG_VOCABULARY,
         NULL},
        {"case beyond ASCII", "cased",
         "\xC3\xBC"
         "ber",
         MOP_RUNG_CASE,
         "\xC3\x9C"
         "ber"},
        {"no vocabulary: trimmed", "text", " A b ", MOP_RUNG_NONE, "A b"},
        {"no vocabulary, case: lower", "lower", " A b ", MOP_RUNG_NONE, "a b"},
        {"no vocabulary, case: upper", "upper", "a b", MOP_RUNG_NONE, "A B"},
        {"typed: its canonical text", "country", "Germany", MOP_RUNG_NONE, "DE"},
        {"a declared alias of a country", "country", "england", MOP_RUNG_NONE, "GB"},
        {"a type asks for a value without blanks around it", "country", " GB", MOP_RUNG_NONE, NULL},
        {"the type refuses it", "country", "Atlantis", MOP_RUNG_NONE, NULL},
        {"the type refuses it", "email", "a@", MOP_RUNG_NONE, NULL},
    };
    struct rules r;
    const struct mop_ruleset *rs = rules_of(&r, taxonomy);
    struct mop_arena a;
    mop_arena_init(&a);
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_cell cell = {.v = mop_sv_of(T[i].text), .presence = MOP_GIVEN};
        struct mop_value v;
        mop_value_read(rules_field(rs, "lead", T[i].field), &cell, NULL, &a, &v);
        CHECK(T[i].row, v.state == MOP_ST_VALUE);
        if (v.rung != T[i].rung)
            fail_msg("%s: rung %d, want %d", T[i].row, v.rung, T[i].rung);
        CHECK(T[i].row, v.known == (T[i].meant != NULL));
        check_text(T[i].row, v.meant, mop_sv_of(T[i].meant));
    }
    mop_arena_release(&a);
    rules_end(&r);
}

static void states(void **state)
{
    (void)state;
    static const struct {
        const char *row, *field, *text;
        enum mop_presence presence;
        enum mop_cell_fault fault;
        enum mop_state want;
    } T[] = {
        {"absent", "text", "", MOP_ABSENT, MOP_CELL_OK, MOP_ST_ABSENT},
        {"null", "text", "", MOP_NULL, MOP_CELL_OK, MOP_ST_NULL},
        {"empty", "text", "", MOP_GIVEN, MOP_CELL_OK, MOP_ST_EMPTY},
        {"blanks", "text", " \t", MOP_GIVEN, MOP_CELL_OK, MOP_ST_BLANKS},
        {"placeholder", "text", "n/a", MOP_GIVEN, MOP_CELL_OK, MOP_ST_PLACEHOLDER},
        {"placeholder, any case and blanks", "text", " SELECT ", MOP_GIVEN, MOP_CELL_OK,
         MOP_ST_PLACEHOLDER},
        {"whole values only", "text", "select one", MOP_GIVEN, MOP_CELL_OK, MOP_ST_VALUE},
        {"a fault of the bytes", "text", "\xFF", MOP_GIVEN, MOP_CELL_ENCODING, MOP_ST_UNREADABLE},
        {"a field's own list replaces the general one", "own", "n/a", MOP_GIVEN, MOP_CELL_OK,
         MOP_ST_VALUE},
        {"... and empty stays blank", "own", "", MOP_GIVEN, MOP_CELL_OK, MOP_ST_EMPTY},
        {"... its own word", "own", "-", MOP_GIVEN, MOP_CELL_OK, MOP_ST_PLACEHOLDER},
        {"exact: the word", "exact", "none", MOP_GIVEN, MOP_CELL_OK, MOP_ST_PLACEHOLDER},
        {"exact: not in another case", "exact", "None", MOP_GIVEN, MOP_CELL_OK, MOP_ST_VALUE},
        {"exact: a blank is a value", "exact", " ", MOP_GIVEN, MOP_CELL_OK, MOP_ST_VALUE},
    };
    struct rules r;
    const struct mop_ruleset *rs = rules_of(&r, taxonomy);
    struct mop_arena a;
    mop_arena_init(&a);
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_cell cell = {mop_sv_of(T[i].text), (uint8_t)T[i].presence, (uint8_t)T[i].fault};
        struct mop_value v;
        mop_value_read(rules_field(rs, "lead", T[i].field), &cell, NULL, &a, &v);
        if (v.state != T[i].want)
            fail_msg("%s: state %d, want %d", T[i].row, v.state, T[i].want);
        CHECK(T[i].row, v.known == (T[i].want == MOP_ST_VALUE));
    }
    mop_arena_release(&a);
    rules_end(&r);
}

static void nearest(void **state)
{
    (void)state;
    static const struct {
        const char *row, *text, *want;
    } T[] = {
        {"one letter less", "gogle", "google"},
        {"of an alias: the value", "linkedin adds", "linkedin"},
        {"of a replaced one: what to use", "twiter", "x"},
        {"not past its day", "thread", NULL},
        {"nothing near", "billboard", NULL},
    };
    struct rules r;
    const struct mop_ruleset *rs = rules_of(&r, taxonomy);
    const struct mop_vocabulary *v = rules_field(rs, "lead", "source")->vocabulary;
    for (size_t i = 0; i < ROWS(T); i++)
        check_text(T[i].row, mop_vocabulary_nearest(v, mop_sv_of(T[i].text)), mop_sv_of(T[i].want));
    rules_end(&r);
}

/* Values of a column: any order of adding gives the same answers. */
static void runtime(void **state)
{
    (void)state;
    static const char text[] = TOP
        "vocabularies:\n  product: {from: product.name, values: {GTX Pro: {aliases: [GTXPro]}}}\n"
        "records:\n  deal:\n    fields: {product: {vocabulary: product}}\n  product:\n    key: "
        "name\n    fields: {name: }\n";
    static const char *const values[] = {"MG Special", "mg special", "GTX Pro", "MG Special",
                                         "Basic"};
    static const struct {
        const char *text, *meant;
        enum mop_rung rung;
    } T[] = {
        {"Basic", "Basic", MOP_RUNG_EXACT},           {"basic ", "Basic", MOP_RUNG_CASE},
        {"mg special", "mg special", MOP_RUNG_EXACT}, {"MG Special", "MG Special", MOP_RUNG_EXACT},
        {"Mg Special", NULL, MOP_RUNG_VOCABULARY},    {"gtxpro", "GTX Pro", MOP_RUNG_ALIAS},
        {"Plus", NULL, MOP_RUNG_VOCABULARY},
    };
    struct rules r;
    const struct mop_ruleset *rs = rules_of(&r, text);
    struct mop_arena a;
    mop_arena_init(&a);
    assert_int_equal(rs->nruntime_vocabularies, 1);
    check_text("read first", rs->records[0]->name, MOP_SV("product"));
    const struct mop_field *f = rules_field(rs, "deal", "product");
    for (int backwards = 0; backwards < 2; backwards++) {
        struct mop_runtime_vocabulary rv;
        struct mop_run run = {.rules = rs, .runtime = &rv};
        mop_runtime_init(&rv, f->vocabulary);
        for (size_t i = 0; i < ROWS(values); i++)
            mop_runtime_add(&rv, mop_sv_of(values[backwards ? ROWS(values) - 1 - i : i]));
        mop_runtime_freeze(&rv);
        for (size_t i = 0; i < ROWS(T); i++) {
            struct mop_cell cell = {.v = mop_sv_of(T[i].text), .presence = MOP_GIVEN};
            struct mop_value v;
            mop_value_read(f, &cell, &run, &a, &v);
            CHECK(T[i].text, v.rung == T[i].rung);
            check_text(T[i].text, v.meant, mop_sv_of(T[i].meant));
        }
        check_text("nearest", mop_vocabulary_nearest(rv.v, MOP_SV("Basik")), MOP_SV("Basic"));
        mop_runtime_release(&rv);
    }
    mop_arena_release(&a);
    rules_end(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(ladder), cmocka_unit_test(states),
                                       cmocka_unit_test(nearest), cmocka_unit_test(runtime)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
