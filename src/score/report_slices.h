/* SPDX-License-Identifier: MIT */
#ifndef MOP_REPORT_SLICES_H
#define MOP_REPORT_SLICES_H
#include "score/result.h"

/*
 * A report among the records of each value of a slice: the lowest of the figures of its needs, as
 * everywhere. A type that does not have the field is in no slice; one without a record in it is no
 * fault of the report. If of one need it cannot be told what belongs where, there is no score, only
 * the reason.
 */
struct mop_report_slice {
    struct mop_slice_result slice;
    const struct mop_field *field;           /* as values are shown: a personal one, if any is */
    const struct mop_need_result **value_of; /* per value: whose money its figure is; or NULL */
};
/* One per slice field that some needed type has, in the order of `score: {slices: ..}`. */
struct mop_report_slice *mop_report_slices(struct mop_arena *a, const struct mop_report_result *p,
                                           const struct mop_ruleset *rs, size_t *n);
#endif
