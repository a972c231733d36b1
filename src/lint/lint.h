/* SPDX-License-Identifier: MIT */
#ifndef MOP_LINT_H
#define MOP_LINT_H
#include "report/problems.h"
#include "rules/ruleset.h"

/*
 * Lint of rule files. The loader tells what is broken (level error, ids of its own); the checks
 * here tell what is doubtful in files that load, or, from their nodes alone, in files that do not.
 * Findings are messages in a sink, like the loader's: file:line:column, id, hint.
 */

struct mop_lint {
    const struct mop_ruleset *rules;    /* NULL: the files do not load; see mop_lint_rules */
    const struct mop_node *root;        /* the merged taxonomy; NULL: not even that */
    const struct mop_pattern *patterns; /* that compile, of files that do not load too */
    size_t npatterns;
    struct mop_diags *diags;
    struct mop_arena *arena;
    int64_t now_us;
    int32_t today;   /* of --now, in the taxonomy's zone */
    uint64_t budget; /* steps for all analyses of this file */
    uint64_t steps;  /* what is left of it */
    /* Set for the runner, which says so and does not call such a check passed: */
    bool out_of_steps; /* the budget was reached */
    bool unloaded;     /* the rule set was asked for, and there is none */
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
/* By group, each ending with an id of NULL; lint.c joins them. Those of the loader (`_yaml`,
 * `_loader`) have no function. */
extern const struct mop_lint_check mop_lint_yaml[], mop_lint_loader[], mop_lint_structure[],
    mop_lint_governance[], mop_lint_logic[], mop_lint_regex[];
struct mop_lint_group {
    const char *name; /* "structure" ...; the last one has none */
    const struct mop_lint_check *checks;
};
extern const struct mop_lint_group mop_lint_groups[];
const struct mop_lint_check *mop_lint_find(struct mop_sv id);

/* The rule set, or NULL: then what the check would have said is not known. */
const struct mop_ruleset *mop_lint_rules(struct mop_lint *l);
/* Takes `n` steps from the budget; false when it is used up: the analysis ends where it is. */
bool mop_lint_steps(struct mop_lint *l, uint64_t n);
/* A finding of that id at a node, with its level from the tables. */
struct mop_diag *mop_lint_tell(struct mop_lint *l, const char *id, const struct mop_node *at,
                               const char *fmt, ...) __attribute__((format(printf, 4, 5)));
struct mop_diag *mop_lint_tell_at(struct mop_lint *l, const char *id, struct mop_loc at,
                                  uint32_t span, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
void mop_lint_hint(struct mop_lint *l, const char *fmt, ...)
    __attribute__((format(printf, 2, 3))); /* to the last one */

/* ---- a whole run ---- */

enum { MOP_LINT_STEPS = 80000000 }; /* of one taxonomy */
struct mop_lint_options {
    const char *const *files; /* or packs; each a taxonomy of its own */
    size_t nfiles;
    int64_t now_us;
    uint64_t steps;                       /* of each file's budget; 0: MOP_LINT_STEPS */
    const struct mop_sv *select, *ignore; /* ids; a file that does not load is told in any case */
    size_t nselect, nignore;
    /* Faults of sense in what rooms above read of a rule set that loads (`gate:`), or NULL. */
    void (*more)(const struct mop_ruleset *rs, struct mop_diags *d);
};
/*
 * Lints every file with all it extends. What is found is told once, and not in packs that are
 * merely extended. `sources` gets the texts. p->exit is 2 if a file does not load, else 0; a
 * word of select or ignore that is no id: -1 with code 2.
 */
int mop_lint_files(const struct mop_lint_options *o, struct mop_problems *p,
                   struct mop_diags *sources, struct mop_err *e);
#endif
