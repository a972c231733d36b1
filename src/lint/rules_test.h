/* SPDX-License-Identifier: MIT */
#ifndef MOP_RULES_TEST_H
#define MOP_RULES_TEST_H
#include "record/batch.h"
#include "report/problems.h"
#include "rules/ruleset.h"

/*
 * `rules test`: the examples and tests of a taxonomy through the judge that `check` uses. What a
 * pack brought that the taxonomy merely extends is left to the pack's own tests.
 */

/* How much of what was written is tested. */
enum mop_covered { MOP_COVERED_RULES, MOP_COVERED_VALUES, MOP_COVERED_PARTS, MOP_COVERED };
/* What is told of a thing that is not tested, for `rules explain` and reports. */
struct mop_coverage_kind {
    const char *id, *summary, *doc;
};
extern const struct mop_coverage_kind mop_coverage_kinds[MOP_COVERED];
/* Ids that only `rules test` gives beside those of the rules, the loader and coverage; the last one
 * has none. */
extern const struct mop_coverage_kind mop_test_faults[];
enum mop_lacks { MOP_LACKS_ALL, MOP_LACKS_WRONG, MOP_LACKS_RIGHT, MOP_LACKS };
struct mop_coverage_count {
    size_t covered[MOP_COVERED], all[MOP_COVERED];
    size_t lacks[MOP_COVERED][MOP_LACKS]; /* of what is not covered */
};
struct mop_rules_test_options {
    const char *file; /* a rule file or pack */
    int64_t now_us;
    const struct mop_exporter *const *exporters; /* of fixtures, as in a pipeline */
    bool list;                                   /* what is not covered, as notes */
};
/*
 * Adds to `p` a rule for each rule of the taxonomy and a problem for each expectation that does not
 * hold, to `count` the coverage, to *held the expectations that hold. -1: the rules or a fixture do
 * not load (code 2, what is wrong is in `d`), or a fixture cannot be read (code 3, or in *e, whose
 * place lives as long as `d`).
 */
int mop_rules_test(const struct mop_rules_test_options *o, struct mop_diags *d,
                   struct mop_problems *p, struct mop_coverage_count *count, uint64_t *held,
                   struct mop_err *e);
#endif
