/* SPDX-License-Identifier: MIT */
#include "rules.h"
#include "lint/rules_test.h"
#include "tables.h"

/* What examples and tests cover, and what they find: whole taxonomies in, counts out. */

#define HEAD "mopslint: 1\nname: t\n"
#define LEAD HEAD "records: {lead: {fields: "

struct outcome {
    struct mop_coverage_count count;
    uint64_t held;
    size_t failed, notes;
};

static int run(const char *text, bool list, struct outcome *out, struct mop_err *e)
{
    struct rules r;
    struct mop_problems p;
    memset(out, 0, sizeof *out);
    memset(e, 0, sizeof *e);
    rules_begin(&r);
    rules_file(&r, "t.yaml", text, true);
    mop_problems_init(&p, "rules test");
    struct mop_rules_test_options o = {r.files[0], RULES_NOW, mop_exporters, list};
    int rc = mop_rules_test(&o, &r.d, &p, &out->count, &out->held, e);
    out->failed = mop_problems_count(&p, MOP_FAULT);
    out->notes = mop_problems_count(&p, MOP_NOTE);
    mop_problems_release(&p);
    rules_end(&r);
    return rc;
}

static void counts(void **state)
{
    (void)state;
    static const struct {
        const char *row, *text;
        size_t rules, all_rules, values, all_values, parts, all_parts, held, failed;
    } T[] = {
        {"nothing is written", LEAD "{a: {}}}}\n", 0, 0, 0, 0, 0, 0, 0, 0},
        {"a rule that nobody tests", LEAD "{a: {required: true}}}}\n", 0, 1, 0, 0, 0, 0, 0, 0},
        {"fails alone is half", LEAD "{a: {required: {use: true, examples: {fail: [{}]}}}}}}\n", 0,
         1, 0, 0, 0, 0, 1, 0},
        {"fails and passes",
         LEAD "{a: {required: {use: true, examples: {fail: [{}], pass: [{a: x}]}}}}}}\n", 1, 1, 0,
         0, 0, 0, 2, 0},
        {"an expectation that does not hold covers nothing",
         LEAD "{a: {required: {use: true, examples: {fail: [{a: y}], pass: [{a: x}]}}}}}}\n", 0, 1,
         0, 0, 0, 0, 1, 1},
        {"not applicable is neither",
         LEAD "{a: {length: {max: 3}}}}}\ntests: [{record: lead, expect: {lead.a.length: na}}]\n",
         0, 1, 0, 0, 0, 0, 1, 0},
        {"a list is one record for each item",
         LEAD "{a: {values: [x, y, z]}}}}\ntests: [{record: lead, values: {a: [x, y]}, expect: "
              "{lead.a.vocabulary: pass}}]\n",
         0, 3, 2, 3, 0, 0, 2, 0},
        {"two lists are all pairs",
         LEAD "{a: {required: true}, b: {}}}}\ntests: [{record: lead, values: {a: [1, 2, 3], b: "
              "[x, y]}, expect: {lead.a.required: pass}}]\n",
         0, 1, 0, 0, 0, 0, 6, 0},
        {"a value is met by its alias, not by what is unknown",
         LEAD "{a: {values: {use: {x: {aliases: [ex]}, y: {}}}}}}}\ntests: [{record: lead, values: "
              "{a: [ex, q]}, expect: {lead.a.length: na}}]\n",
         0, 0, 0, 0, 0, 0, 0, 0}, /* there is no such rule: does not load */
        {"parts right and wrong",
         LEAD "{a: {template: '{p}_{q}', parts: {p: {values: [x, y]}, q: {pattern: '\\d'}}}}}}\n"
              "tests: [{record: lead, values: {a: [x_1, z_1, x_q]}, expect: {lead.a.template: "
              "fail}}]\n",
         0, 1, 1, 2, 2, 2, 2, 1},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        struct outcome o;
        struct mop_err e;
        int rc = run(T[i].text, false, &o, &e);
        const size_t *c = o.count.covered, *a = o.count.all;
        CHECK(T[i].row, (rc == 0) == (strstr(T[i].row, "unknown") == NULL));
        CHECK(T[i].row, c[0] == T[i].rules && a[0] == T[i].all_rules);
        CHECK(T[i].row, c[1] == T[i].values && a[1] == T[i].all_values);
        CHECK(T[i].row, c[2] == T[i].parts && a[2] == T[i].all_parts);
        CHECK(T[i].row, o.held == T[i].held && o.failed == T[i].failed);
        CHECK(T[i].row, o.notes == 0);
    }
}

/* A set that is used twice counts once, and either use covers it; what is listed is what is left.
 */
static void sets(void **state)
{
    (void)state;
    struct outcome o;
    struct mop_err e;
    assert_int_equal(
        run(HEAD "field_sets: {s: {x: {required: true, length: {max: 2}}}}\n"
                 "records: {lead: {use: [{set: s, as: a}, {set: s, as: b}]}}\n"
                 "tests: [{record: lead, values: {a_x: y}, expect: {lead.a_x.required: pass}},\n"
                 "  {record: lead, values: {b_x: ''}, expect: {lead.b_x.required: fail}}]\n",
            true, &o, &e),
        0);
    assert_int_equal(o.count.all[MOP_COVERED_RULES], 2);
    assert_int_equal(o.count.covered[MOP_COVERED_RULES], 1);
    assert_int_equal(o.notes, 1);
}

/* The rules of a record are independent of how many other records stand in the same run. */
static void together(void **state)
{
    (void)state;
    struct outcome o;
    struct mop_err e;
    struct mop_buf b;
    mop_buf_init(&b, 1 << 20);
    mop_buf_str(&b, LEAD "{id: {unique: true}, n: {type: decimal, range: {max: 500}}}}}\ntests:\n");
    for (int i = 1; i <= 600; i++) /* more than one batch of the pipeline */
        mop_buf_printf(&b,
                       "  - {record: lead, values: {id: 1, n: %d}, expect: {lead.n.range: %s}}\n",
                       i, i > 500 ? "fail" : "pass");
    mop_buf_str(&b, "  - {record: lead, values: {id: 1}, expect: {lead.id.unique: pass}}\n");
    assert_int_equal(run(b.p, false, &o, &e), 0);
    assert_int_equal(o.held, 601);
    assert_int_equal(o.failed, 0);
    mop_buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts),
        cmocka_unit_test(sets),
        cmocka_unit_test(together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
