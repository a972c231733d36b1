/* SPDX-License-Identifier: MIT */
#ifndef MOP_FILLED_H
#define MOP_FILLED_H
#include "rules/ruleset.h"

/*
 * Cells that error rules of completeness ask to be filled in: each once, however many rules ask
 * for it.
 */
struct mop_judge;
struct mop_ask { /* of one rule */
    const struct mop_check *check;
    struct mop_field **fields;
    size_t nfields;
};
struct mop_filled {
    struct mop_ask *asks;
    size_t nasks;
    uint8_t *cells; /* per field: how the record at hand answers */
};
/* Once the judge has its record type. In its arena. */
void mop_filled_init(struct mop_judge *j);
/* Adds the cells of the record at hand to the tally, by its verdict. */
void mop_filled_record(struct mop_judge *j);
#endif
