/* SPDX-License-Identifier: MIT */
#ifndef MOP_DATASET_H
#define MOP_DATASET_H
#include "check/dictionary.h"

/* Counters for the dataset checks of one record type: volume, freshness, fill rate, variants,
 * share. */
struct mop_dataset_counts {
    const struct mop_dataset_check *check;
    uint64_t records, hits; /* of the fraction; volume: hits */
    uint64_t missing;       /* records whose source has no column for the field */
    uint64_t untold;        /* of `records`: the cell cannot be read; of no fraction */
    bool lost;              /* a missing column leaves open which records are inside `where` */
    bool seen;
    struct mop_when now, newest; /* freshness: the newest up to now */
    uint64_t later;              /* freshness: dates after now */
    struct mop_map spellings;    /* variants: squeezed form -> index into groups */
    bool over;                   /* variants: more than MOP_DICTIONARY_MAX values */
    struct mop_variant {
        struct mop_sv meant; /* squeezed */
        struct mop_sv *spelling;
        uint64_t *count;
        size_t n, cap;
    } * groups;
    size_t ngroups, capgroups;
    struct mop_arena arena, scratch; /* scratch: of one record */
};
void mop_dataset_init(struct mop_dataset_counts *c, const struct mop_dataset_check *check,
                      struct mop_when now);
void mop_dataset_release(struct mop_dataset_counts *c);
/* Counts a record that is not excluded and lies in the check's `where`. */
void mop_dataset_record(struct mop_dataset_counts *c, struct mop_entry *const *entries);
#endif
