/* SPDX-License-Identifier: MIT */
#ifndef MOP_GA4_MATCH_H
#define MOP_GA4_MATCH_H
#include "../base/sv.h"

/*
 * How a row of the channel table tests one field; ASCII case is ignored. `arg` holds words parted
 * by
 * '|', or for in_list one byte with the bit of enum mop_ga4_category; paid and shop need none.
 */
bool mop_ga4_one_of(struct mop_sv s, const char *arg);
bool mop_ga4_contains(struct mop_sv s, const char *arg);
bool mop_ga4_ends(struct mop_sv s, const char *arg); /* one word */
bool mop_ga4_in_list(struct mop_sv s, const char *arg);
bool mop_ga4_paid(struct mop_sv s, const char *arg);
bool mop_ga4_shop(struct mop_sv s, const char *arg);
#endif
