/* SPDX-License-Identifier: MIT */
#ifndef MOP_TEST_PARTS_H
#define MOP_TEST_PARTS_H
#include "base/map.h"
#include "check/judge.h"
#include "lint/rules_test.h"

/* What the files of `rules test` share. */

/* One outcome that is expected of one case. */
struct mop_asked {
    const struct mop_check *check; /* NULL: the rule is off */
    struct mop_sv id;
    enum mop_outcome expected, got;
    bool beside;     /* a record beside the case's fails it */
    bool unexpected; /* no one asked: a row of a fixture says all that it fails */
    struct mop_loc at;
    uint32_t span;
    struct mop_sv message; /* of the finding */
    size_t next;           /* index of the case's next one; SIZE_MAX: none */
};
/* What is judged and asked about: a record, or those of one example together. */
struct mop_test_case {
    const struct mop_example *example; /* one of these is set, but not for a fixture's row */
    const struct mop_rule_test *test;
    size_t pick;         /* which of the records that the lists of `test` stand for */
    struct mop_sv shown; /* of a fixture's row: the record in words */
    size_t first;        /* of its asked ones; SIZE_MAX: none */
    const struct mop_exclude *excluded;
    bool fixture;
    struct mop_loc at; /* of its row: where what is expected stands */
};
/* A record of a rule file on its way to the judge. */
struct mop_test_row {
    const struct mop_given_record *given;
    size_t pick;
    size_t owner; /* its case; SIZE_MAX: it only stands beside */
};
/* The records of one type in one run; `source` is what they are read from. */
struct mop_test_source {
    const struct mop_record *record;
    struct mop_test_row *rows; /* of a fixture only their owners */
    size_t n, cap;
};

struct mop_coverage;
struct mop_test_run {
    const struct mop_rules_test_options *o;
    const struct mop_ruleset *rules;
    int64_t clock_us; /* INT64_MIN: that of the options; else only tests with this one */
    struct mop_arena arena;
    struct mop_diags *diags;
    struct mop_coverage *coverage;
    struct mop_test_case *cases;
    size_t ncases, capcases;
    struct mop_asked *asked;
    size_t nasked, capasked;
    struct mop_test_source *sources; /* of the run at hand */
    size_t nsources;
    const struct mop_rule_test *fixture; /* of the run at hand, or NULL: */
    struct mop_test_source from_file;    /* its rows, the last source of the run */
    struct mop_err file_err;             /* it broke off */
};

/* ---- test_plan.c: from a rule set to cases and runs ---- */
/* Makes and judges all cases of the run's clock. -1 with *e. */
int mop_test_plan(struct mop_test_run *t, struct mop_err *e);
size_t mop_test_add_case(struct mop_test_run *t, const struct mop_test_case *c);
struct mop_asked *mop_test_ask(struct mop_test_run *t, size_t owner, const struct mop_asked *a);
/* Of a record that stands for several: the value that the pick-th has. */
const struct mop_node *mop_given_value(const struct mop_given_record *g, size_t pick, size_t i);

/* The asked one of that rule, or NULL. */
struct mop_asked *mop_test_find(struct mop_test_run *t, size_t owner, const struct mop_check *c);
/* A new row of a source. */
void mop_test_add_row(struct mop_test_source *s, const struct mop_test_row *row);

/* ---- test_judge.c: one run of the pipeline ---- */
/* Judges what stands in t->sources and, if it is set, t->fixture. -1 with *e. */
int mop_test_judge(struct mop_test_run *t, struct mop_err *e);

/* ---- test_source.c, test_fixture.c: records in ---- */
struct mop_source *mop_test_source_open(const struct mop_test_source *s);
/* The rows of the fixture without their column `expect`, which is what they are asked. */
struct mop_source *mop_test_fixture_open(struct mop_test_run *t, struct mop_err *e);

/* ---- test_coverage.c ---- */
struct mop_coverage *mop_coverage_create(void);
void mop_coverage_free(struct mop_coverage *c);
/* What this rule set has to be covered; the same things under another clock are the same. */
void mop_coverage_rules(struct mop_coverage *c, const struct mop_ruleset *rs);
void mop_coverage_release_rules(struct mop_coverage *c); /* before the rule set is freed */
void mop_coverage_check(struct mop_coverage *c, const struct mop_check *check, bool failed);
void mop_coverage_record(struct mop_coverage *c, struct mop_judge *j);
void mop_coverage_count(const struct mop_coverage *c, struct mop_coverage_count *out);
void mop_coverage_list(const struct mop_coverage *c, struct mop_problems *p);
/* Was it written in this taxonomy, and not in a pack that it extends? */
bool mop_test_is_own(const struct mop_ruleset *rs, struct mop_loc at);

/* ---- test_report.c ---- */
/* Adds the rules, and what of the cases did not hold. */
void mop_test_report(struct mop_test_run *t, struct mop_problems *p, struct mop_map *rules,
                     uint64_t *held);
void mop_test_report_rules(const struct mop_ruleset *rs, struct mop_problems *p,
                           struct mop_map *rules);
#endif
