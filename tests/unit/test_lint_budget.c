/* SPDX-License-Identifier: MIT */
#include "rules.h"
#include "lint/regex_witness.h"
#include "lint/lint.h"
#include <stdio.h>
#include <stdlib.h>

/* What the search for slow patterns may cost, and what is said where it was too little. */

enum {
    CHEAP = 50,      /* to prove slow takes one or two million steps of the interpreter each */
    FEW = 5,         /* where the number is of no account */
    SOME = 18000000, /* suffices for those, but not for the last round of what is costly */
    LITTLE = 1000000 /* suffices for nothing but the first rounds */
};

/* Harmless, but hard to be sure of; the number makes each another text. */
#define COSTLY "      costly%d: {pattern: '[a-z]{1,64}[a-z]{1,64}[a-z]{1,64}[a-z]{1,64}@%d'}\n"

static void put_taxonomy(struct mop_buf *b, int costly_before, int cheap, int costly_behind)
{
    mop_buf_str(b, "mopslint: 1\nname: budget\nowner: ops\ndescription: d\n"
                   "records:\n  lead:\n    fields:\n");
    for (int i = 0; i < costly_before; i++)
        mop_buf_printf(b, COSTLY, i, i);
    for (int i = 0; i < cheap; i++)
        mop_buf_printf(b, "      cheap%d: {pattern: '(a+)+%d'}\n", i, i);
    for (int i = costly_before; i < costly_before + costly_behind; i++)
        mop_buf_printf(b, COSTLY, i, i);
    mop_buf_str(b, "      range: {pattern: '[A-z]'}\n");
}

struct linted {
    struct rules r;
    struct mop_problems p;
    struct mop_diags sources;
};

/* Of a taxonomy in `b`, which it gives back. */
static void lint_text(struct linted *t, struct mop_buf *b, uint64_t steps)
{
    struct mop_err e;
    mop_buf_chr(b, '\0');
    rules_begin(&t->r);
    rules_file(&t->r, "budget.yaml", b->p, true);
    mop_buf_release(b);
    struct mop_lint_options o = {
        .files = t->r.files, .nfiles = 1, .now_us = RULES_NOW, .steps = steps};
    mop_problems_init(&t->p, "rules lint");
    mop_diags_init(&t->sources);
    assert_int_equal(mop_lint_files(&o, &t->p, &t->sources, &e), 0);
}

static void lint(struct linted *t, int before, int cheap, int behind, uint64_t steps)
{
    struct mop_buf b;
    mop_buf_init(&b, 1 << 16);
    put_taxonomy(&b, before, cheap, behind);
    lint_text(t, &b, steps);
}

static void done(struct linted *t)
{
    mop_diags_release(&t->sources);
    mop_problems_release(&t->p);
    rules_end(&t->r);
}

static const struct mop_problem_rule *rule(const struct linted *t, const char *id)
{
    for (size_t i = 0; i < t->p.nrules; i++)
        if (mop_sv_eqs(t->p.rules[i].id, id))
            return &t->p.rules[i];
    fail_msg("no rule %s", id);
    return NULL;
}

/* How many findings of that id; `words`: those which have it in their message. */
static size_t count(const struct linted *t, const char *id, const char *words)
{
    size_t n = 0;
    for (size_t i = 0; i < t->p.n; i++)
        n += mop_sv_eqs(t->p.rules[t->p.list[i].rule].id, id) &&
             strstr(t->p.list[i].message.p, words) != NULL;
    return n;
}

static struct mop_buf all_told(const struct linted *t)
{
    struct mop_buf b;
    mop_buf_init(&b, 1 << 20);
    for (size_t i = 0; i < t->p.n; i++)
        mop_buf_printf(&b, "%u:%u %.*s %.*s\n", (unsigned)t->p.list[i].at.line,
                       (unsigned)t->p.list[i].at.col, MOP_SV_ARG(t->p.list[i].message),
                       MOP_SV_ARG(t->p.list[i].hint));
    return b;
}

/* The slow one stands first: what is cheap has its turn before it has a second one. */
static void costly_ones_starve_nobody(void **state)
{
    (void)state;
    struct linted t;
    lint(&t, 3, CHEAP, 2, SOME);
    assert_int_equal(count(&t, "regex-backtracking", "this backtracks"), CHEAP);
    assert_int_equal(count(&t, "regex-unfinished",
                           "whether some text makes this pattern slow is not known: the "
                           "taxonomy's budget of 18000000 steps was used up"),
                     5);
    assert_int_equal(count(&t, "regex-unfinished", ""), 5);
    done(&t);
}

/* Form needs no steps: it was looked at, and is not marked as skipped. */
static void what_was_not_run_is_marked(void **state)
{
    (void)state;
    static const char *const forms[] = {"regex-jit",   "regex-range", "regex-host",
                                        "regex-empty", "regex-list",  "regex-anchor"};
    struct linted t;
    lint(&t, 2, 0, 0, LITTLE);
    assert_int_equal(count(&t, "regex-range", ""), 1);
    for (size_t i = 0; i < ROWS(forms); i++)
        check_text(forms[i], rule(&t, forms[i])->skipped, MOP_SV(""));
    assert_true(mop_sv_ends(rule(&t, "regex-backtracking")->skipped,
                            MOP_SV("budget.yaml': the budget of 1000000 steps was used up")));
    assert_true(rule(&t, "regex-unfinished")->skipped.n > 0);
    assert_int_equal(t.p.nnotes, 1);
    done(&t);
}

static void enough_for_all(void **state)
{
    (void)state;
    struct linted t;
    lint(&t, 0, CHEAP, 0, 0);
    assert_int_equal(count(&t, "regex-backtracking", ""), CHEAP);
    assert_int_equal(count(&t, "regex-unfinished", ""), 0);
    assert_int_equal(rule(&t, "regex-backtracking")->skipped.n, 0);
    assert_int_equal(t.p.nnotes, 0);
    done(&t);
}

/* A field for each line of the published list; how many. */
static int put_published(struct mop_buf *b)
{
    FILE *f = fopen(MOP_TOP "/tests/unit/regex_vulnerable.txt", "r");
    char line[4096];
    int n = 0;
    assert_non_null(f);
    put_taxonomy(b, 0, 0, 0);
    while (fgets(line, sizeof line, f)) {
        struct mop_sv rest = {line, strcspn(line, "\n")}, how, pattern;
        if (line[0] == '#')
            continue;
        mop_sv_next(&rest, '\t', &how);
        mop_sv_next(&rest, '\t', &pattern);
        mop_buf_printf(b, "      f%d: {%s: {ignore_case: %s, use: '", n++,
                       how.p[0] == 'w' ? "pattern" : "not_pattern", how.n > 1 ? "true" : "false");
        for (size_t i = 0; i < pattern.n; i++)
            mop_buf_printf(b, pattern.p[i] == '\'' ? "''" : "%c", pattern.p[i]);
        mop_buf_str(b, "'}}\n");
    }
    fclose(f);
    return n;
}

/* What one file may cost suffices for all that were ever published, together. */
static void enough_for_the_published(void **state)
{
    (void)state;
    struct linted t;
    struct mop_buf b;
    mop_buf_init(&b, 1 << 20);
    int n = put_published(&b);
    lint_text(&t, &b, 0);
    assert_int_equal(count(&t, "regex-backtracking", "this backtracks"), n);
    assert_int_equal(count(&t, "regex-unfinished", ""), 0);
    done(&t);
}

/* Of one pattern: the taxonomy has some left, and nothing is marked as not run. */
static void a_pattern_s_own_budget(void **state)
{
    (void)state;
    struct linted t;
    lint(&t, 1, 1, 0, 0);
    assert_int_equal(count(&t, "regex-unfinished",
                           "whether some text makes this pattern slow is not known: the search "
                           "was given up after 6000000 steps"),
                     1);
    assert_int_equal(count(&t, "regex-backtracking", ""), 1);
    assert_int_equal(rule(&t, "regex-backtracking")->skipped.n, 0);
    assert_int_equal(t.p.nnotes, 0);
    done(&t);
}

/* Counted, not timed: whatever the budget, the same is told again. */
static void the_same_again(void **state)
{
    (void)state;
    static const uint64_t budgets[] = {1, 1000, 20000, 400000, 1500000};
    for (size_t i = 0; i < ROWS(budgets); i++) {
        struct linted one, two;
        char row[32];
        snprintf(row, sizeof row, "%u steps", (unsigned)budgets[i]);
        lint(&one, 1, FEW, 1, budgets[i]);
        lint(&two, 1, FEW, 1, budgets[i]);
        struct mop_buf a = all_told(&one), b = all_told(&two);
        check_text(row, mop_buf_view(&a), mop_buf_view(&b));
        /* Nothing is lost without a word: each pattern has one of the two. */
        size_t slow = count(&one, "regex-backtracking", ""),
               unsure = count(&one, "regex-unfinished", "");
        CHECK(row, slow + unsure == FEW + 2);
        CHECK(row, slow == FEW || rule(&one, "regex-backtracking")->skipped.n);
        mop_buf_release(&a);
        mop_buf_release(&b);
        done(&one);
        done(&two);
    }
}

/* Rules of one record type with two fields; `shape` has the rule's number twice, or `last` none. */
static void lint_rules(struct linted *t, const char *shape, int n, const char *last, uint64_t steps)
{
    struct mop_buf b;
    mop_buf_init(&b, 1 << 20);
    mop_buf_str(&b, "mopslint: 1\nname: budget\nowner: ops\ndescription: d\n"
                    "records: {lead: {fields: {a: {}, b: {}}}}\nrules:\n");
    for (int i = 0; i < n; i++) {
        mop_buf_printf(&b, "  - {id: r%d, record: lead, ", i);
        for (const char *p = shape; *p; p++)
            mop_buf_printf(&b, *p == '#' ? "%d" : "%c", *p == '#' ? i : *p);
        mop_buf_str(&b, "}\n");
    }
    if (last)
        mop_buf_printf(&b, "  - {id: last, record: lead, %s}\n", last);
    lint_text(t, &b, steps);
}

/* What is asked of one field is held against each other: one finding a rule, and no more of it
 * than the budget has. */
static void pairs(void **state)
{
    (void)state;
    enum { RULES = 60, FEW_STEPS = 5000 };
    static const struct {
        const char *row, *shape, *last;
        int n;
        size_t want; /* findings */
    } T[] = {
        {"patterns without a value in common", "then: {a: {pattern: '[a-z]+-#'}}", NULL, RULES,
         RULES - 1},
        {"patterns that share values", "then: {a: {pattern: '[a-z]{1,20}(-#)?'}}", NULL, RULES, 0},
        {"and one that has none of them", "then: {a: {pattern: '[a-z]{1,20}(-#)?'}}",
         "then: {a: {pattern: '[A-Z]{1,20}'}}", RULES, 1},
        {"lists that share a value", "then: {a: [v, w#]}", NULL, 300, 0},
        {"and one without", "then: {a: [v, w#]}", "then: {a: [x]}", 300, 1},
        {"of one 'when'", "when: {b: x}, then: {a: [v, w#]}", "when: {b: x}, then: {a: [w7]}", 300,
         1},
        {"each with a 'when' of its own, and what is always asked",
         "when: {b: x#}, then: {a: {not_in: [w#]}}", "then: {a: {not_in: [v]}}", 300, 0},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        struct linted t;
        lint_rules(&t, T[i].shape, T[i].n, T[i].last, 0);
        CHECK(T[i].row, count(&t, "never-passes", "passes both") == T[i].want);
        CHECK(T[i].row, t.p.nnotes == 0);
        done(&t);
        lint_rules(&t, T[i].shape, T[i].n, T[i].last, FEW_STEPS);
        CHECK(T[i].row, T[i].want == 0 || count(&t, "never-passes", "") < T[i].want);
        CHECK(T[i].row, rule(&t, "never-passes")->skipped.n > 0);
        CHECK(T[i].row, t.p.nnotes == 1);
        done(&t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(costly_ones_starve_nobody),
        cmocka_unit_test(what_was_not_run_is_marked),
        cmocka_unit_test(enough_for_all),
        cmocka_unit_test(enough_for_the_published),
        cmocka_unit_test(a_pattern_s_own_budget),
        cmocka_unit_test(the_same_again),
        cmocka_unit_test(pairs),
    };
    if (getenv(
            "MOP_UNDER_VALGRIND")) { /* they count steps by the million; the sanitizers see them */
        puts("1..1\nok 1 # SKIP minutes under valgrind");
        return 0;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
