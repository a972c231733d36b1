/* SPDX-License-Identifier: MIT */
#ifndef MOP_PROGRESS_H
#define MOP_PROGRESS_H
#include "cli/check_settings.h"

/* One line on standard error that is written over: only on a terminal, and only once a run takes
 * longer than a second. */
struct mop_progress {
    bool on, shown, rate; /* rate: records a second too */
    int64_t started, last;
};
typedef void (*mop_progress_callback)(void *ctx, const char *source, uint64_t records,
                                      uint64_t bytes, uint64_t total);
void mop_progress_init(struct mop_progress *p, const struct mop_check_settings *s);
mop_progress_callback mop_progress_fn(const struct mop_progress *p); /* NULL when off */
void mop_progress_end(struct mop_progress *p);
#endif
