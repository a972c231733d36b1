/* SPDX-License-Identifier: MIT */
#ifndef MOP_ITEMS_H
#define MOP_ITEMS_H
#include "rules/kind.h"

/* Between kind_items.c, which compiles `items`, and items.c, which judges them. */
struct mop_items {
    struct mop_sv separator;
    bool trim;              /* blanks around an item belong to the separator */
    struct mop_field *item; /* stands for one item */
    struct mop_test **tests;
    size_t n;  /* type, .vocabulary, then the rest in the order of the rule file; of a rung one */
    bool rung; /* one rung of the vocabulary's ladder alone */
    unsigned
        silent; /* bits of enum mop_rung: on these an item's own written-form checks do not apply */
};

extern const struct mop_kind mop_kind_items_rung;  /* one rung */
extern const struct mop_kind mop_kind_items_dated; /* either, where the record's date decides */

/* Does the record's date decide what an item is? */
bool mop_items_dated(const struct mop_items *it);
enum mop_outcome mop_items_value(const struct mop_test *t, const struct mop_value *v,
                                 struct mop_run *run);
enum mop_outcome mop_items_row(const struct mop_test *t, const struct mop_value *const *v,
                               struct mop_run *run);
void mop_items_explain(const struct mop_test *t, const struct mop_value *const *v,
                       struct mop_run *run, struct mop_words *w);
#endif
