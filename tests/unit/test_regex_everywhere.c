/* SPDX-License-Identifier: MIT */
#include "rules.h"
#include "lint/lint.h"

/* Each remark on a pattern is made wherever in a rule file one can stand. */

enum how { WHOLE, ANYWHERE, NO_LIST }; /* the last: whole, and may be a list of words */

#define HEAD "mopslint: 1\nname: t\nowner: o\ndescription: d\n"
#define FIELDS(x) HEAD "records: {lead: {fields: {y: {}, s: {}, at: {type: date}, x: " x "}}}\n"
#define RULE(body) FIELDS("{}") "rules: [{id: r, record: lead, " body "}]\n"
/* @ is the pattern, in single quotes */
static const struct {
    const char *place, *text;
    enum how how;
} PLACES[] = {
    {"pattern", FIELDS("{pattern: @}"), WHOLE},
    {"its long form", FIELDS("{pattern: {use: @, severity: warning}}"), WHOLE},
    {"one of several", FIELDS("{pattern: [{id: lead.x.a, use: '.+'}, {id: lead.x.b, use: @}]}"),
     WHOLE},
    {"not_pattern", FIELDS("{not_pattern: @}"), ANYWHERE},
    {"its long form", FIELDS("{not_pattern: {use: @, severity: warning}}"), ANYWHERE},
    {"of items", FIELDS("{items: {separator: ';', pattern: @}}"), WHOLE},
    {"a part", FIELDS("{template: '{p}', parts: {p: {pattern: @}}}"), WHOLE},
    {"a part of one of several",
     FIELDS("{template: [{id: lead.x.t, use: '{p}', parts: {p: {pattern: @}}}]}"), WHOLE},
    {"a capture", FIELDS("{derive: {capture: {from: y, pattern: @}}}"), NO_LIST},
    {"a field set",
     HEAD "field_sets: {a: {fields: {x: {pattern: @}}}}\n"
          "records: {lead: {use: [{set: a, as: b}]}}\n",
     WHOLE},
    {"a group",
     HEAD "vocabularies: {v: {values: [a], groups: {g: [a, {pattern: @}]}}}\n"
          "records: {lead: {fields: {x: {vocabulary: v}}}}\n",
     NO_LIST},
    {"then", RULE("then: {x: {pattern: @}}"), WHOLE},
    {"not in then", RULE("then: {x: {not_pattern: @}}"), ANYWHERE},
    {"when", RULE("when: {x: {pattern: @}}, then: {y: {required: true}}"), WHOLE},
    {"a nested condition",
     RULE("when: {any: [{y: a}, {not: {x: {pattern: @}}}]}, then: {y: {required: true}}"), WHOLE},
    {"when of a check", FIELDS("{required: {when: {y: {pattern: @}}}}"), WHOLE},
    {"an exclusion",
     HEAD "records: {lead: {population: {exclude: [{id: e, reason: r, where: {x: {pattern: @}}}]}, "
          "fields: {x: {}}}}\n",
     WHOLE},
    {"a weight",
     HEAD "records: {lead: {weight: {field: n, where: {x: {pattern: @}}}, fields: {n: "
          "{type: decimal}, x: {}}}}\n",
     WHOLE},
    {"a report",
     FIELDS("{}") "reports: [{name: R, needs: {lead: {fields: [y], where: {x: {pattern: @}}}}}]\n",
     WHOLE},
    {"a dataset check",
     FIELDS("{}") "dataset: [{id: f, record: lead, fill_rate: {field: y, min: 90%, where: {x: "
                  "{pattern: @}}}}]\n",
     WHOLE},
    {"a suppression",
     FIELDS("{required: true}") "suppressions: [{rule: lead.x.required, reason: r, where: {y: "
                                "{pattern: @}}}]\n",
     WHOLE},
    {"a skip",
     FIELDS("{}") "lifecycles: [{id: l, record: lead, field: s, stages: [{name: a}, "
                  "{name: b}, {name: c}], skips: [{from: a, to: c, when: {x: {pattern: "
                  "@}}}]}]\n",
     WHOLE},
};

static const struct {
    const char *id, *whole, *anywhere;
} REMARKS[] = {
    {"regex-backtracking", "(a+)+b", "(a+)+$"}, {"regex-unfinished", "(ab)(?1)", "(ab)(?1)"},
    {"regex-range", "([A-z])", "[A-z]"},        {"regex-host", "(www.acme)", "www.acme"},
    {"regex-empty", "a(b|)", "a(b|)c"},         {"regex-list", "(cpc|ppc)", "^(cpc|ppc)$"},
    {"regex-anchor", "^(C\\d)", "^.*C\\d"},
};

static size_t count(struct rules *r, struct mop_sv id)
{
    struct mop_problems p;
    struct mop_diags sources;
    struct mop_err e;
    struct mop_lint_options o = {
        .files = r->files, .nfiles = 1, .now_us = RULES_NOW, .select = &id, .nselect = 1};
    mop_problems_init(&p, "rules lint");
    mop_diags_init(&sources);
    assert_int_equal(mop_lint_files(&o, &p, &sources, &e), 0);
    size_t n = p.n;
    for (size_t i = 0; i < p.n; i++)
        if (!mop_sv_eq(p.rules[p.list[i].rule].id, id))
            fail_msg("%.*s", MOP_SV_ARG(p.list[i].message));
    mop_diags_release(&sources);
    mop_problems_release(&p);
    return n;
}

static void see(size_t place, size_t remark)
{
    struct rules r;
    struct mop_buf b;
    char row[200];
    enum how how = PLACES[place].how;
    bool list = strcmp(REMARKS[remark].id, "regex-list") == 0;
    snprintf(row, sizeof row, "%s in %s", REMARKS[remark].id, PLACES[place].place);
    mop_buf_init(&b, 1 << 16);
    for (const char *p = PLACES[place].text; *p; p++)
        if (*p == '@')
            mop_buf_printf(&b, "'%s'",
                           how == ANYWHERE ? REMARKS[remark].anywhere : REMARKS[remark].whole);
        else
            mop_buf_chr(&b, *p);
    mop_buf_chr(&b, '\0');
    rules_begin(&r);
    rules_file(&r, "places.yaml", b.p, true);
    CHECK(row, (count(&r, mop_sv_of(REMARKS[remark].id)) > 0) == !(list && how == NO_LIST));
    rules_end(&r);
    mop_buf_release(&b);
}

static void everywhere(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(PLACES); i++)
        for (size_t k = 0; k < ROWS(REMARKS); k++)
            see(i, k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(everywhere)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
