/* SPDX-License-Identifier: MIT */
#include "lint/test_parts.h"
#include <stdlib.h>

/* A taxonomy is loaded, all its cases are judged; for tests with a clock of their own once more for
 * each of these clocks. */

const struct mop_coverage_kind mop_test_faults[] = {
    {"min-coverage", "enough is covered by examples and tests",
     "Less is covered than --min-coverage asks for. The notes name each rule, value and template "
     "part\n"
     "that no test covers: see untested-rule, untested-value, untested-part.\n\n"
     "Add an example for each, or ask for less."},
    {"missing-column", "a fixture has a column 'expect'",
     "Without it nobody said what the records of the file are to show.\n\n"
     "bad:  email,owner           good: email,owner,expect\n"
     "      ,dana                       ,dana,lead.email.required"},
    {"unknown-column", "a field reads each column of a fixture",
     "A misspelt column leaves its field blank, and the record shows something else than was "
     "meant.\n\n"
     "Correct the name, or take the column out. A column whose name begins with x- is for readers "
     "of\n"
     "the file alone."},
    {"unreadable", "a fixture can be read to its end",
     "The file breaks off: a quote that never ends, a read error. What stands behind it was not\n"
     "tested, and nothing is said of the rest."},
    {NULL, NULL, NULL},
};

static struct mop_ruleset *load(const struct mop_rules_test_options *o, int64_t now_us,
                                struct mop_diags *d)
{
    struct mop_load_options lo = {
        .files = &o->file, .nfiles = 1, .now_us = now_us, .lone_sets = true};
    return mop_ruleset_load(&lo, d);
}

static int run_clock(struct mop_test_run *t, struct mop_problems *p, struct mop_map *rules,
                     uint64_t *held, struct mop_err *e)
{
    size_t faults = t->diags->faults;
    mop_arena_init(&t->arena);
    mop_coverage_rules(t->coverage, t->rules);
    int rc = mop_test_plan(t, e);
    if (!rc && t->diags->faults > faults)
        rc = -1;
    if (!rc)
        mop_test_report(t, p, rules, held);
    if (rc && e->at.file) /* it may stand in the rule set, which is freed before e is printed */
        e->at.file = mop_arena_str(&t->diags->arena, mop_sv_of(e->at.file));
    mop_coverage_release_rules(t->coverage);
    free(t->cases);
    free(t->asked);
    mop_arena_release(&t->arena);
    return rc;
}

static int run_other_clock(const struct mop_test_run *base, int64_t clock_us,
                           struct mop_problems *p, struct mop_map *rules, uint64_t *held,
                           struct mop_err *e)
{
    struct mop_diags told; /* again, and told already */
    mop_diags_init(&told);
    struct mop_ruleset *rs = load(base->o, clock_us, &told);
    struct mop_test_run t = {.o = base->o,
                             .rules = rs,
                             .clock_us = clock_us,
                             .diags = base->diags,
                             .coverage = base->coverage};
    int rc = rs ? run_clock(&t, p, rules, held, e) : -1;
    if (!rs)
        mop_err_set(e, 2, (struct mop_loc){base->o->file, 0, 0},
                    "the rules do not load under the clock of a test");
    mop_ruleset_free(rs);
    mop_diags_release(&told);
    return rc;
}

static bool is_new_clock(const struct mop_ruleset *rs, size_t i)
{
    bool known = rs->rule_tests[i].now_us == INT64_MIN;
    for (size_t k = 0; k < i && !known; k++)
        known = rs->rule_tests[k].now_us == rs->rule_tests[i].now_us;
    return !known;
}

static int run_all(const struct mop_rules_test_options *o, const struct mop_ruleset *rs,
                   struct mop_coverage *coverage, struct mop_diags *d, struct mop_problems *p,
                   uint64_t *held, struct mop_err *e)
{
    struct mop_map rules;
    struct mop_test_run t = {
        .o = o, .rules = rs, .clock_us = INT64_MIN, .diags = d, .coverage = coverage};
    mop_map_init(&rules);
    mop_test_report_rules(rs, p, &rules);
    int rc = run_clock(&t, p, &rules, held, e);
    for (size_t i = 0; !rc && i < rs->nrule_tests; i++)
        if (is_new_clock(rs, i))
            rc = run_other_clock(&t, rs->rule_tests[i].now_us, p, &rules, held, e);
    mop_map_release(&rules);
    return rc;
}

int mop_rules_test(const struct mop_rules_test_options *o, struct mop_diags *d,
                   struct mop_problems *p, struct mop_coverage_count *count, uint64_t *held,
                   struct mop_err *e)
{
    struct mop_ruleset *rs = load(o, o->now_us, d);
    if (!rs)
        return -1;
    struct mop_coverage *coverage = mop_coverage_create();
    int rc = run_all(o, rs, coverage, d, p, held, e);
    if (!rc)
        mop_coverage_count(coverage, count);
    if (!rc && o->list)
        mop_coverage_list(coverage, p);
    mop_coverage_free(coverage);
    mop_ruleset_free(rs);
    return rc;
}
