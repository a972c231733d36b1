/* SPDX-License-Identifier: MIT */
#ifndef MOP_METRICS_H
#define MOP_METRICS_H
#include "cli/check_settings.h"

/*
 * A run that has no result to tell, or could not write all of it, is told in its metrics
 * (-f prometheus=FILE): they are what somebody looks at who does not look at the run. `exit` is
 * what the run ends with. A file that holds no metrics is left alone: it may be what was named by
 * mistake.
 */
void mop_metrics_died(const struct mop_check_settings *s, int exit, int64_t took_us);
/* Now, by a clock that nobody sets. */
int64_t mop_monotonic_us(void);
#endif
