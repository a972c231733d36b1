/* SPDX-License-Identifier: MIT */
#ifndef MOP_LINT_WALK_H
#define MOP_LINT_WALK_H
#include "lint/lint.h"

/*
 * The merged taxonomy as nodes, for checks that also look at files that do not load: nothing is
 * taken for granted, neither shapes nor names.
 */

/* A check as it is written: an entry of `rules`, or a kind under a field. */
struct mop_lint_entry {
    struct mop_sv id;            /* its own id, else FIELD.KIND */
    const struct mop_node *at;   /* where to tell of it: its id, else its key or itself */
    const struct mop_node *n;    /* the rule, the long form, or the short form */
    const struct mop_node *up;   /* of a rule: its record type; of a check: its field; or NULL */
    const struct mop_node *over; /* of a check the record type or field set of the field; or NULL */
    const struct mop_kind *kind; /* of a check under a field; NULL: of `rules` */
    bool rule, named;            /* an entry of `rules`; a check with an id of its own */
};
void mop_lint_each_check(const struct mop_node *root,
                         void (*fn)(const struct mop_lint_entry *c, void *ctx), void *ctx);
/* The entries of a mapping, or of a list (key NULL), below `key` of the taxonomy and of its field
 * sets. */
void mop_lint_each(const struct mop_node *root, const char *key,
                   void (*fn)(const struct mop_node *key, const struct mop_node *n, void *ctx),
                   void *ctx);
/* The value of `key` in a mapping; NULL if it is not one, or the value null. */
const struct mop_node *mop_lint_get(const struct mop_node *n, const char *key);
/* Its text, or MOP_SV_NONE. */
struct mop_sv mop_lint_text(const struct mop_node *n, const char *key);
/* Is there text other than blanks? */
bool mop_lint_says(const struct mop_node *n, const char *key);
/* A day of the form 2026-11-22; false if it is none. */
bool mop_lint_day(const struct mop_node *n, int32_t *day);
/* Does every finding of a name belong to the file that was named, not to one it extends? */
bool mop_lint_is_named(const struct mop_lint *l, const struct mop_node *n);

/* ---- lint_fixtures.c ---- */
/* Is the file of a test there? Else a fault at its key. */
bool mop_lint_fixture(struct mop_diags *d, const struct mop_node *file, const char *path);
void mop_lint_fixtures(struct mop_ruleset *rs, struct mop_diags *d); /* of all tests */
#endif
