/* SPDX-License-Identifier: MIT */
#ifndef MOP_WAIT_H
#define MOP_WAIT_H
#include "sv.h"

/* How long to wait before a server is asked again, and waiting. */

int64_t mop_clock_ms(void); /* monotonic */
/* Doubled per attempt (from 1), capped; the upper half of it is random. */
uint64_t mop_backoff_ms(uint64_t base, uint64_t most, uint64_t attempt, uint64_t *seed);
/* "Sun, 06 Nov 1994 08:49:37 GMT": the one form that servers may send today. */
bool mop_http_date(struct mop_sv text, int64_t *us);
/* Retry-After: seconds or an HTTP date; false if it is neither. */
bool mop_retry_after_ms(struct mop_sv text, int64_t now_us, uint64_t *ms);
/* Rounded up; 0 if it is past. */
uint64_t mop_until_ms(int64_t then_us, int64_t now_us);
/* False when a signal came. */
bool mop_wait(uint64_t ms);
#endif
