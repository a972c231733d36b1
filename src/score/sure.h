/* SPDX-License-Identifier: MIT */
#ifndef MOP_SURE_H
#define MOP_SURE_H
#include "score/score.h"

/*
 * How sure is what a plan promises of a repair? The right value satisfies all that its own field
 * asks of it alone. What else reads the field is judged anew, and may fail then; and a value by
 * which records are weighed, or chosen, moves more than its own record.
 */
enum mop_sure {
    MOP_SURE_EXACT,
    MOP_SURE_AT_MOST, /* another rule, or one that cannot be told now, may fail then */
    MOP_SURE_ABOUT    /* the money itself, or which records count, depends on the value */
};
/* Why it is at most that. */
enum {
    MOP_WHY_READS = 1,  /* another rule reads what is repaired */
    MOP_WHY_UNTOLD = 2, /* a rule cannot be told of a record that is repaired */
    MOP_WHY_WHERE = 4   /* nor whether it is in the report */
};
extern const char *const mop_sure_words[]; /* "" "at most " "about " */
/* The repair of `c` among the records of `part` (of `need`, or NULL: of the type), by money or by
 * records; `mask` are the rules that count there. `why` gets the reasons of AT_MOST, as bits. */
enum mop_sure mop_sure_of(const struct mop_tally *t, struct mop_part_of part,
                          const struct mop_need *need, bool by_value, const uint64_t *mask,
                          const struct mop_check *c, unsigned *why);
/* Does the tree test the field, or one that comes from it? */
bool mop_expr_reads(const struct mop_expr *e, const struct mop_field *f);
#endif
