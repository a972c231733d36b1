/* SPDX-License-Identifier: MIT */
#ifndef MOP_CHECK_WEIGHT_H
#define MOP_CHECK_WEIGHT_H
#include "check/judge.h"
/* Weighs the current record by every weight of its type: class and amount, converted to the
 * weight's currency. */
void mop_judge_weights(struct mop_judge *j);
#endif
