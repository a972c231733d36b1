/* SPDX-License-Identifier: MIT */
#include "rules.h"
#include "lint/lint.h"

/* Findings of logic: a taxonomy, what is said of it and with which hint. */

#define HEAD                                                                                       \
    "mopslint: 1\nname: t\nowner: o\ndescription: d\n"                                             \
    "lint: {require: {description: none, message: none, examples: none}}\n"
#define MOVES(allowed, more)                                                                       \
    HEAD "records: {deal: {fields: {id: {}, s: {}}}, move: {fields: {deal: {}, s: {}, at: "        \
         "{type: date}}}}\n"                                                                       \
         "lifecycles: [{id: l, record: deal, field: s, stages: [{name: x}, {name: y}, {name: z}, " \
         "{name: w}], history: {record: move, of: deal.id, via: deal, to: s, at: at}, "            \
         "transitions: {allowed: [" allowed "]}" more "}]\n"
#define TEMPLATES(list)                                                                            \
    HEAD "records: {lead: {fields: {c: {values: [mail, shop]}, free: {}, name: {parts: {a: "       \
         "{values: [eu, us]}, b: {values: [1, 2]}}, template: [" list "]}}}}\n"
#define WHEN(when)                                                                                 \
    HEAD "records: {lead: {fields: {c: {values: [mail, shop]}, d: {values: [x, y]}, free: {}, "    \
         "n: {type: decimal}, e: {}}}}\n"                                                          \
         "rules: [{id: r, record: lead, when: " when ", then: {e: {required: true}}}]\n"

static const struct {
    const char *what, *text, *want; /* "id: message (hint)", one after the other */
} rows[] = {
    {"a circle that nothing leads to", MOVES("[x, y], [z, w], [w, z]", ""),
     "unreachable-stage: no record can reach stage 'z' from 'x' (records come to it from 'w', "
     "which none can reach either)\n"
     "unreachable-stage: no record can reach stage 'w' from 'x' (records come to it from 'z', "
     "which none can reach either)\n"},
    {"a stage that leads to itself alone", MOVES("[x, [y, w]], [z, z]", ""),
     "unreachable-stage: no record can reach stage 'z' from 'x' (no transition leads to it but its "
     "own)\n"},
    {"a chain from a stage that is cut off", MOVES("[x, y], [z, w]", ""),
     "unreachable-stage: no record can reach stage 'z' from 'x' (no transition leads to it)\n"
     "unreachable-stage: no record can reach stage 'w' from 'x' (records come to it from 'z', "
     "which none can reach either)\n"},
    {"a chain", MOVES("[x, y], [y, z], [[x, z], w]", ""), ""},
    {"a skip is a move", MOVES("[x, y], [z, w]", ", skips: [{from: y, to: z}]"), ""},
    {"the first of the path, not of the list", MOVES("[x, y], [y, [z, w]], [w, x]", ""), ""},

    {"two templates", TEMPLATES("{use: '{a}_{b}', id: p}, {use: '{b}-{a}', id: q}"), ""},
    {"the same twice", TEMPLATES("{use: '{a}_{b}', id: p}, {use: '{a}_{b}', id: q}"),
     "ambiguous-template: 'eu_1' fits this template and '{a}_{b}' on line 6: which one is meant "
     "nobody can tell (both are asked of the same records: give each a 'when' or 'applies' that "
     "leaves the other's records out)\n"},
    {"the same, of the same records",
     TEMPLATES("{use: '{a}_{b}', id: p, when: {c: mail}}, {use: '{a}[_{b}]', id: q, when: {c: "
               "[mail, shop]}}"),
     "ambiguous-template: 'eu_1' fits this template and '{a}_{b}' on line 6: which one is meant "
     "nobody can tell (both are asked where c is 'mail': let the 'when' or 'applies' of one leave "
     "such records to the other)\n"},
    {"only one has a condition",
     TEMPLATES("{use: '{a}_{b}', id: p, when: {c: mail}}, {use: '{a}_{b}', id: q}"),
     "ambiguous-template: 'eu_1' fits this template and '{a}_{b}' on line 6: which one is meant "
     "nobody can tell (both are asked where c is 'mail': let the 'when' or 'applies' of one leave "
     "such records to the other)\n"},
    {"kept apart by conditions",
     TEMPLATES("{use: '{a}_{b}', id: p, when: {c: mail}}, {use: '{a}_{b}', id: q, when: {c: "
               "shop}}"),
     ""},
    {"kept apart by 'not'",
     TEMPLATES("{use: '{a}_{b}', id: p, when: {free: v}}, {use: '{a}_{b}', id: q, when: {not: "
               "{free: v}}}"),
     ""},
    {"of free text, and of others",
     TEMPLATES("{use: '{a}_{b}', id: p, when: {free: {not_in: [v]}}}, {use: '{a}_{b}', id: q, "
               "when: {free: {not_in: [w]}}}"),
     "ambiguous-template: 'eu_1' fits this template and '{a}_{b}' on line 6: which one is meant "
     "nobody can tell (both are asked where free is another value: let the 'when' or 'applies' of "
     "one leave such records to the other)\n"},
    {"kept apart by days",
     TEMPLATES("{use: '{a}_{b}', id: p, applies: {until: 2026-01-31}}, {use: '{a}_{b}', id: q, "
               "applies: {from: 2026-02-01}}"),
     ""},
    {"a milder one",
     TEMPLATES("{use: '{a}_{b}', id: p}, {use: '{a}[_{b}]', id: q, severity: warning}"), ""},

    {"two values at once", WHEN("{all: [{c: mail}, {c: shop}]}"),
     "never-true: no values make all of this true at once (it was tried with every value that its "
     "tests tell apart)\n"},
    {"two values of free text", WHEN("{all: [{free: a}, {free: b}]}"),
     "never-true: no values make all of this true at once (it was tried with every value that its "
     "tests tell apart)\n"},
    {"blank and a value", WHEN("{all: [{free: {blank: true}}, {free: {not_in: [b]}}]}"),
     "never-true: no values make all of this true at once (it was tried with every value that its "
     "tests tell apart)\n"},
    {"one of two that are never true", WHEN("{any: [{d: x}, {all: [{c: mail}, {c: shop}]}]}"),
     "never-true: no values make all of this true at once (it was tried with every value that its "
     "tests tell apart)\n"},
    {"not any value", WHEN("{not: {c: [mail, shop]}}"),
     "never-true: no value makes this 'not' true (it is true only where c is blank: if that is "
     "meant, say 'blank: true')\n"},
    {"not one value", WHEN("{not: {c: mail}}"), ""},
    {"two fields", WHEN("{c: mail, d: x}"), ""},
    {"not known", WHEN("{all: [{free: {pattern: a}}, {free: {pattern: b}}]}"), ""},
    {"numbers", WHEN("{all: [{n: {gt: 1}}, {n: {gt: 2}}]}"), ""},
    {"blank or not", WHEN("{any: [{c: {blank: true}}, {c: mail}]}"), ""},
};

static const char *told(const struct mop_problems *p)
{
    static char out[4096];
    size_t n = 0;
    out[0] = '\0';
    for (size_t i = 0; i < p->n && n < sizeof out; i++)
        n += (size_t)snprintf(out + n, sizeof out - n, "%.*s: %.*s (%.*s)\n",
                              MOP_SV_ARG(p->rules[p->list[i].rule].id),
                              MOP_SV_ARG(p->list[i].message), MOP_SV_ARG(p->list[i].hint));
    return out;
}

static void logic(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct rules r;
        struct mop_problems p;
        struct mop_diags sources;
        struct mop_err e = {0};
        rules_begin(&r);
        rules_file(&r, "named.yaml", rows[i].text, true);
        struct mop_lint_options o = {.files = r.files, .nfiles = 1, .now_us = RULES_NOW};
        mop_problems_init(&p, "rules lint");
        mop_diags_init(&sources);
        CHECK(rows[i].what, mop_lint_files(&o, &p, &sources, &e) == 0);
        check_text(rows[i].what, mop_sv_of(told(&p)), mop_sv_of(rows[i].want));
        mop_diags_release(&sources);
        mop_problems_release(&p);
        rules_end(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(logic)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
