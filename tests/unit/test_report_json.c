/* SPDX-License-Identifier: MIT */
#include "test_report_model.h"
#include "report/json.h"

extern const struct mop_format mop_format_json;

static json_t *load(const struct mop_buf *b)
{
    json_error_t e;
    json_t *t = json_loadb(b->p, b->n, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &e);
    if (!t)
        fail_msg("%d:%d: %s\n%s", e.line, e.column, e.text, b->p);
    return t;
}

/* Every score there is, digit for digit. */
static void tenths_are_exact(void **state)
{
    (void)state;
    for (int i = 0; i <= 1000; i++) {
        char want[32];
        snprintf(want, sizeof want, "%d.%d", i / 10, i % 10);
        json_t *t = mop_json_tenths(i);
        char *got = json_dumps(t, JSON_ENCODE_ANY | JSON_REAL_PRECISION(4));
        assert_string_equal(got, want);
        free(got);
        json_decref(t);
    }
}

static void score_object(void **state)
{
    (void)state;
    struct mop_score s = {NULL, 6828, 9240, 3}, none = {"no record was assessed", 0, 0, 0};
    struct {
        json_t *t;
        const char *want;
    } rows[] = {
        {mop_json_score(&s),
         "{\"score\": 73.8, \"clean\": 6828, \"assessed\": 9240, \"undecided\": 3}"},
        {mop_json_score(&none), "{\"score\": null, \"clean\": 0, \"assessed\": 0, \"undecided\": "
                                "0, \"reason\": \"no record was assessed\"}"},
        {mop_json_value_score(&(struct mop_score){NULL, 1500000, 2000000, 0}, "EUR"),
         "{\"score\": 75.0, \"clean\": \"1.5\", \"assessed\": \"2\", \"undecided\": \"0\", "
         "\"currency\": \"EUR\"}"},
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        char *got = json_dumps(rows[i].t, JSON_REAL_PRECISION(4));
        assert_string_equal(got, rows[i].want);
        free(got);
        json_decref(rows[i].t);
    }
}

static void every_key(void **state)
{
    static const char *const keys[] = {
        "schema",    "tool",       "taxonomy", "now",          "status",
        "exit",      "sources",    "records",  "reports",      "types",
        "rules",     "lifecycles", "dataset",  "suppressions", "columns_not_found",
        "selection", "not_judged", "gates",    "why"};
    struct model *m = model_create();
    struct mop_buf b = model_render(&mop_format_json, m, (struct mop_format_options){0});
    (void)state;
    json_t *t = load(&b);
    for (size_t i = 0; i < ROWS(keys); i++)
        CHECK(keys[i], json_object_get(t, keys[i]) != NULL);
    assert_true(json_is_null(json_object_get(t, "selection")));
    expect_in(&b, "\"now\": \"2026-11-22T06:00:00Z\"");
    expect_in(&b, "{\"id\": \"test-records\", \"records\": 12, \"reason\": \"QA\"}");
    expect_in(&b, "\"gain\": {\"records\": \"16.800\", \"value\": \"1.000\"}");
    expect_in(&b, "{\"rule\": \"lead.utm_source.alias\", \"clean\": \"9000000\", \"score\": 97.5, "
                  "\"at_most\": true, \"about\": false}");
    expect_in(&b, "\"until\": \"2026-12-31\", \"expired\": false, \"suppressed\": 4");
    json_decref(t);
    mop_buf_release(&b);
    model_free(m);
}

/* Most records first, then by bytes; bytes that are not UTF-8 give way. */
static void values_in_order(void **state)
{
    (void)state;
    struct model *m = model_create();
    struct mop_buf b = model_render(&mop_format_json, m, (struct mop_format_options){0});
    json_t *t = load(&b),
           *values = json_object_get(json_array_get(json_object_get(t, "rules"), 0), "values");
    const char *want[] = {"::error::\x1b[31m|`<b>&@dana\n\xEF\xBF\xBD##[x]", "fb", "li"};
    assert_int_equal(json_array_size(values), 3);
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(json_string_value(json_object_get(json_array_get(values, i), "value")),
                            want[i]);
    json_decref(t);
    mop_buf_release(&b);
    model_free(m);
}

static void personal_values_are_masked(void **state)
{
    (void)state;
    struct model *m = model_create();
    struct mop_buf b = model_render(&mop_format_json, m, (struct mop_format_options){0});
    expect_in(&b, "j***@example.com");
    expect_not_in(&b, "jane.roe");
    expect_not_in(&b, "john.doe"); /* of a rule over two fields, one of them personal */
    expect_in(&b, "\"record\": \"L-17\"");
    mop_buf_release(&b);
    m->id.personal = true;
    b = model_render(&mop_format_json, m, (struct mop_format_options){0});
    expect_in(&b, "\"record\": \"L***\"");
    mop_buf_release(&b);
    m->result.show_values = true;
    b = model_render(&mop_format_json, m, (struct mop_format_options){0});
    expect_in(&b, "jane.roe@example.com");
    expect_in(&b, "john.doe@example.com");
    mop_buf_release(&b);
    model_free(m);
}

static void partial_has_no_score(void **state)
{
    (void)state;
    struct model *m = model_create();
    model_break(m);
    struct mop_buf b = model_render(&mop_format_json, m, (struct mop_format_options){0});
    expect_in(&b, "\"status\": \"partial\"");
    expect_in(&b, "\"line\": 4711");
    expect_in(&b, "\"steps\": [],\n    \"reason\": \"the data was not read whole\"");
    json_decref(load(&b));
    mop_buf_release(&b);
    model_free(m);
}

/* As many as asked for; a type without money has null. */
static void limits_and_nulls(void **state)
{
    (void)state;
    struct model *m = model_create();
    m->type_result.overall.has_value = false;
    struct mop_buf b =
        model_render(&mop_format_json, m, (struct mop_format_options){.max_values = 1});
    json_t *t = load(&b), *rule = json_array_get(json_object_get(t, "rules"), 0);
    json_t *confidence =
        json_object_get(json_array_get(json_object_get(t, "types"), 0), "confidence");
    assert_int_equal(json_array_size(json_object_get(rule, "values")), 1);
    assert_int_equal(json_integer_value(json_object_get(rule, "distinct")), 3);
    assert_true(json_is_null(json_object_get(confidence, "value")));
    json_decref(t);
    mop_buf_release(&b);
    model_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(tenths_are_exact),
                                       cmocka_unit_test(score_object),
                                       cmocka_unit_test(every_key),
                                       cmocka_unit_test(values_in_order),
                                       cmocka_unit_test(personal_values_are_masked),
                                       cmocka_unit_test(partial_has_no_score),
                                       cmocka_unit_test(limits_and_nulls)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
