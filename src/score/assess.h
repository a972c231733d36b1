/* SPDX-License-Identifier: MIT */
#ifndef MOP_ASSESS_H
#define MOP_ASSESS_H
#include "score/result.h"
/* Turns the counters of the dataset checks into verdicts; max_excluded is one of them. */
void mop_assess_datasets(struct mop_result *r, struct mop_dataset_counts *const *datasets,
                         size_t ntypes);
#endif
