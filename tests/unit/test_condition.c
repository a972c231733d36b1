/* SPDX-License-Identifier: MIT */
#include "bench.h"

/* Conditions and assertions: Kleene truths, outcomes of all/any/not, and how they are written. */

/* ---- trees by hand ---- */

static enum mop_truth truth_in(const struct mop_test *t, void *ctx)
{
    (void)ctx;
    return (enum mop_truth)t->slot;
}

static enum mop_outcome outcome_in(const struct mop_test *t, void *ctx)
{
    ++*(int *)ctx;
    return (enum mop_outcome)t->slot;
}

static void combine(struct mop_expr *e, struct mop_test *tests, struct mop_expr *kids,
                    struct mop_expr **list, enum mop_op op, size_t a, size_t b)
{
    tests[0] = (struct mop_test){.slot = a};
    tests[1] = (struct mop_test){.slot = b};
    for (size_t i = 0; i < 2; i++) {
        kids[i] = (struct mop_expr){.op = MOP_OP_TEST, .test = &tests[i]};
        list[i] = &kids[i];
    }
    *e = (struct mop_expr){.op = op, .kids = list, .n = op == MOP_OP_NOT ? 1 : 2};
}

static void truths(void **state)
{
    (void)state;
    const enum mop_truth F = MOP_FALSE, U = MOP_UNKNOWN, T = MOP_TRUE;
    const struct {
        size_t a, b;
        enum mop_truth all, any, not_a;
    } rows[] = {{F, F, F, F, T}, {F, U, F, U, T}, {F, T, F, T, T}, {U, U, U, U, U},
                {U, T, U, T, U}, {T, T, T, T, F}, {T, U, U, T, F}};
    struct mop_test tests[2];
    struct mop_expr e, kids[2], *list[2];
    for (size_t i = 0; i < ROWS(rows); i++) {
        combine(&e, tests, kids, list, MOP_OP_ALL, rows[i].a, rows[i].b);
        assert_int_equal(mop_expr_truth(&e, truth_in, NULL), rows[i].all);
        combine(&e, tests, kids, list, MOP_OP_ANY, rows[i].a, rows[i].b);
        assert_int_equal(mop_expr_truth(&e, truth_in, NULL), rows[i].any);
        combine(&e, tests, kids, list, MOP_OP_NOT, rows[i].a, 0);
        assert_int_equal(mop_expr_truth(&e, truth_in, NULL), rows[i].not_a);
    }
    e = (struct mop_expr){.op = MOP_OP_ALL};
    assert_int_equal(mop_expr_truth(&e, truth_in, NULL), MOP_TRUE);
}

static void outcomes(void **state)
{
    (void)state;
    const enum mop_outcome N = MOP_NA, P = MOP_PASS, U = MOP_UNDECIDED, F = MOP_FAIL;
    const struct {
        size_t a, b;
        enum mop_outcome all, any, not_a;
    } rows[] = {{N, N, N, N, N}, {N, P, P, P, N}, {N, U, U, U, N}, {N, F, F, F, N},
                {P, P, P, P, F}, {P, U, U, P, F}, {P, F, F, P, F}, {U, U, U, U, U},
                {U, F, F, U, U}, {F, F, F, F, P}, {F, P, F, P, P}};
    struct mop_test tests[2];
    struct mop_expr e, kids[2], *list[2];
    for (size_t i = 0; i < ROWS(rows); i++) {
        int asked = 0;
        combine(&e, tests, kids, list, MOP_OP_ALL, rows[i].a, rows[i].b);
        assert_int_equal(mop_expr_outcome(&e, outcome_in, &asked), rows[i].all);
        combine(&e, tests, kids, list, MOP_OP_ANY, rows[i].a, rows[i].b);
        assert_int_equal(mop_expr_outcome(&e, outcome_in, &asked), rows[i].any);
        assert_int_equal(asked,
                         4); /* every branch is asked: a cross-record test is remembered by it */
        combine(&e, tests, kids, list, MOP_OP_NOT, rows[i].a, 0);
        assert_int_equal(mop_expr_outcome(&e, outcome_in, &asked), rows[i].not_a);
    }
}

/* ---- from rule files ---- */

#define RULE(id, when)                                                                             \
    "  - {id: " id ", record: lead, when: " when ", then: {then: {required: true}}}\n"

static void conditions(void **state)
{
    (void)state;
    static const char yaml[] =
        "mopslint: 1\nname: t\nblanks: ['', n/a]\n"
        "vocabularies: {source: {values: {google: {aliases: [adwords]}, bing: , linkedin: }, "
        "groups: {search: [google, bing], rest: [{except: [google]}]}}}\n"
        "records:\n"
        "  lead:\n"
        "    fields:\n"
        "      source: {vocabulary: source}\n"
        "      stage:\n"
        "      low: {case: lower}\n"
        "      email: {type: email}\n"
        "      amount: {type: decimal}\n"
        "      day: {type: date}\n"
        "      other: {type: date}\n"
        "      then:\n"
        "rules:\n" RULE("short", "{source: google}") RULE("list", "{source: [google, bing]}") RULE(
            "alias", "{source: adwords}") RULE("not-in", "{source: {not_in: [google]}}")
            RULE("not", "{not: {source: google}}") RULE("blank", "{source: {blank: true}}") RULE(
                "given", "{source: {blank: false}}") RULE("two", "{source: google, stage: won}")
                RULE("any", "{any: [{source: google}, {stage: won}]}")
                    RULE("any-map", "{any: {source: google, stage: won}}") RULE(
                        "nested",
                        "{all: [{any: [{stage: won}, {stage: lost}]}, {not: {source: bing}}]}")
                        RULE("written", "{source: {written: Google}}") RULE(
                            "pattern", "{stage: {pattern: 'w.*'}}") RULE("pattern-meant",
                                                                         "{low: {pattern: 'abc'}}")
                            RULE("domain", "{email: {domain: [acme.example]}}")
                                RULE("group", "{source: {in_group: source.search}}")
                                    RULE("group-own", "{source: {in_group: rest}}")
                                        RULE("vocabulary", "{stage: {in_vocabulary: source}}")
                                            RULE("amount", "{amount: {gte: 10, lt: 20}}")
                                                RULE("since", "{day: {since: 2026-01-01}}") RULE(
                                                    "before", "{day: {before: 2026-01-01}}")
                                                    RULE("before-field", "{day: {before: other}}")
                                                        RULE("within", "{day: {within: 10d}}")
                                                            RULE("equals",
                                                                 "{day: {equals_field: other}}");
    const enum mop_truth F = MOP_FALSE, U = MOP_UNKNOWN, T = MOP_TRUE;
    const struct {
        const char *row, *record, *rule;
        enum mop_truth truth;
    } rows[] = {
        {"a value", "source=google", "short", T},
        {"by meant form", "source= Google", "short", T},
        {"another", "source=bing", "short", F},
        {"blank: false", "source=n/a", "short", F},
        {"refused: unknown", "source=zzz", "short", U},
        {"a list", "source=bing", "list", T},
        {"values written in rules are resolved, too", "source=google", "alias", T},
        {"not_in", "source=bing", "not-in", T},
        {"not_in of a blank is false as well", "source=", "not-in", F},
        {"not of a blank is true", "source=", "not", T},
        {"not leaves unknown", "source=zzz", "not", U},
        {"blank", "source=n/a", "blank", T},
        {"blank of a value", "source=google", "blank", F},
        {"blank of a refused value is known", "source=zzz", "blank", F},
        {"given", "source=google", "given", T},
        {"several keys are all", "source=google|stage=open", "two", F},
        {"false beats unknown", "source=zzz|stage=open", "two", F},
        {"unknown beats true", "source=zzz|stage=won", "two", U},
        {"any", "source=bing|stage=won", "any", T},
        {"any: true beats unknown", "source=zzz|stage=won", "any", T},
        {"any: unknown beats false", "source=zzz|stage=open", "any", U},
        {"any as a mapping", "source=google|stage=open", "any-map", T},
        {"nested", "source=google|stage=lost", "nested", T},
        {"nested, not", "source=bing|stage=lost", "nested", F},
        {"written", "source=Google", "written", T},
        {"written: these bytes only", "source=google", "written", F},
        {"written is never unknown", "source=zzz", "written", F},
        {"pattern", "stage= won ", "pattern", T},
        {"pattern by meant form", "low=ABC", "pattern-meant", T},
        {"domain", "email=ann@ACME.example", "domain", T},
        {"domain: refused", "email=ann", "domain", U},
        {"domain: below", "email=ann@x.acme.example", "domain", T},
        {"group", "source=Bing", "group", T},
        {"group: not in", "source=linkedin", "group", F},
        {"all but", "source=linkedin", "group-own", T},
        {"vocabulary", "stage=bing", "vocabulary", T},
        {"two tests of a field", "amount=10", "amount", T},
        {"two tests of a field: one fails", "amount=20", "amount", F},
        {"refused by its type", "amount=ten", "amount", U},
        {"since", "day=2026-01-01", "since", T},
        {"before", "day=2025-12-31", "before", T},
        {"before a field", "day=2025-12-31|other=2026-01-01", "before-field", T},
        {"before a blank field", "day=2025-12-31", "before-field", F},
        {"within", "day=2026-11-12", "within", T},
        {"within: too old", "day=2026-11-11", "within", F},
        {"within: in the future", "day=2026-11-23", "within", F},
        {"equals", "day=2026-01-01|other=2026-01-01", "equals", T},
    };
    struct bench b;
    bench_open(&b, yaml);
    for (size_t i = 0; i < ROWS(rows); i++) {
        bench_record(&b, rows[i].record);
        const struct mop_check *c = bench_check(&b, rows[i].rule);
        enum mop_truth got = mop_expr_truth(c->when, bench_truth, &b);
        if (got != rows[i].truth)
            fail_msg("%s: got %d, want %d", rows[i].row, got, rows[i].truth);
    }
    bench_close(&b);
}

static void assertions(void **state)
{
    (void)state;
    static const char yaml[] =
        "mopslint: 1\nname: t\n"
        "records: {lead: {fields: {a: {values: [x, y]}, b: , c: }}}\n"
        "rules:\n"
        "  - {id: all, record: lead, then: {a: x, b: {required: true}}}\n"
        "  - {id: any, record: lead, then: {any: [{a: x}, {b: {required: true}}]}}\n"
        "  - {id: not, record: lead, then: {not: {a: x}}}\n"
        "  - {id: mixed, record: lead, then: {all_or_none: [b, c], a: {in: [x]}}}\n";
    static const struct bench_row rows[] = {
        {"both", "a=x|b=1", "all", MOP_PASS, NULL, NULL},
        {"one fails", "a=y|b=1", "all", MOP_FAIL, "a is 'y', not 'x'", NULL},
        {"fail beats undecided", "a=zzz", "all", MOP_FAIL, NULL, NULL},
        {"undecided beats pass", "a=zzz|b=1", "all", MOP_UNDECIDED, NULL, NULL},
        {"a blank does not apply, the rest does", "b=1", "all", MOP_PASS, NULL, NULL},
        {"any: one is enough", "a=y|b=1", "any", MOP_PASS, NULL, NULL},
        {"any: undecided beats fail", "a=zzz", "any", MOP_UNDECIDED, NULL, NULL},
        {"any: none", "a=y", "any", MOP_FAIL, NULL, NULL},
        {"not swaps", "a=x", "not", MOP_FAIL, NULL, NULL},
        {"not of a blank does not apply", "", "not", MOP_NA, NULL, NULL},
        {"a kind without a field beside one with", "a=x|b=1", "mixed", MOP_FAIL,
         "b filled without c", NULL},
    };
    struct bench b;
    bench_open(&b, yaml);
    bench_rows(&b, rows, ROWS(rows));
    bench_close(&b);
}

static void faults(void **state)
{
    (void)state;
    static const struct {
        const char *row, *rule, *said;
    } T[] = {
        {"unknown field", "when: {stge: x}, then: {a: x}", "did you mean 'stage'?"},
        {"unknown test", "when: {stage: {patern: x}}, then: {a: x}", "did you mean 'pattern'?"},
        {"a test of then in when", "when: {stage: {required: true}}, then: {a: x}",
         "'required' is no test of a condition"},
        {"compared with nothing", "when: {stage: }, then: {a: x}", "write 'stage: {blank: true}'"},
        {"unknown value", "when: {a: z}, then: {stage: x}", "'z' is no value of 'a'"},
        {"a blank value", "when: {stage: ''}, then: {a: x}", "counts as blank"},
        {"unknown option", "then: {stage: {pattern: {use: x, ignore: true}}}",
         "unknown key 'ignore'"},
        {"empty any", "when: {any: []}, then: {a: x}", "'any' has no branches"},
        {"no mapping", "when: {all: [x]}, then: {a: x}", "a condition wants 'field: value'"},
        {"unknown group", "when: {a: {in_group: v.serch}}, then: {a: x}", "did you mean 'search'?"},
        {"unequal measures", "then: {day: {before: n}}", "a date and a number cannot be compared"},
        {"untyped before", "then: {stage: {before: 2026-01-01}}", "give the field a type"},
        {"required: false", "then: {a: {required: false}}", "checks nothing"},
        {"a kind that stands under fields", "then: {a: {type: email}}",
         "'type' stands under a field"},
        {"determines without key", "then: {determines: {fields: [a]}}",
         "'determines' wants {key: FIELD"},
        {"short row", "then: {combinations: {fields: [a, stage], allowed: [[x]]}}",
         "a row wants 2 values"},
        {"one field", "then: {all_or_none: [a]}", "two fields or more"},
        {"all are told in one go", "when: {nope: x}, then: {nada: x}", "'nada'"},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        struct rules r;
        char yaml[1024];
        snprintf(yaml, sizeof yaml,
                 "mopslint: 1\nname: t\nvocabularies: {v: {values: [x], groups: {search: [x]}}}\n"
                 "records: {lead: {fields: {a: {values: [x, y]}, stage: , day: {type: date}, n: "
                 "{type: decimal}}}}\n"
                 "rules:\n  - {id: r, record: lead, %s}\n",
                 T[i].rule);
        rules_begin(&r);
        rules_file(&r, "rules.yaml", yaml, true);
        CHECK(T[i].row, !rules_load(&r));
        if (!strstr(rules_said(&r), T[i].said))
            fail_msg("%s: want '%s' in\n%s", T[i].row, T[i].said, rules_said(&r));
        rules_end(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(truths),     cmocka_unit_test(outcomes), cmocka_unit_test(conditions),
        cmocka_unit_test(assertions), cmocka_unit_test(faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
