/* SPDX-License-Identifier: MIT */
#ifndef MOP_LINT_H
#define MOP_LINT_H
#include "rules/ruleset.h"

/*
 * Lint of rule files. The loader tells what is broken (level error, ids of its own); the checks
 * here tell what is doubtful in files that load, or, from their nodes alone, in files that do not.
 * Findings are messages in a sink, like the loader's: file:line:column, id, hint.
 */

struct mop_lint {
    const struct mop_ruleset *rules; /* NULL: the files do not load */
    const struct mop_node *root;     /* the merged taxonomy; NULL: not even that */
    struct mop_diags *diags;
    struct mop_arena *arena;
    int64_t now_us;
    int32_t today;     /* of --now, in the taxonomy's zone */
    uint64_t steps;    /* budget that is left to all analyses of this file */
    bool out_of_steps; /* it was reached: said once, by the runner */
};

/*
 * One id that lint can give. Ids are stable and kebab-case; `rules explain ID` prints summary and
 * doc. Several ids may come from one function: it stands with the first of them.
 */
struct mop_lint_check {
    const char *id;
    enum mop_level level;
    const char *summary;             /* one line: what is asked */
    const char *doc;                 /* why, a bad and a good example, the repair */
    void (*run)(struct mop_lint *l); /* NULL: another's function, or the loader tells it */
};
/* By group, each ending with an id of NULL; lint.c joins them. */
extern const struct mop_lint_check mop_lint_structure[], mop_lint_governance[], mop_lint_logic[],
    mop_lint_regex[];
#endif
