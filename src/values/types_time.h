/* SPDX-License-Identifier: MIT */
#ifndef MOP_TYPES_TIME_H
#define MOP_TYPES_TIME_H
#include "types.h"

/*
 * The `read` of types date and datetime (see struct mop_type). A date is a whole day: of a format
 * with a time of day it keeps the day in the zone; by ISO 8601 a time of day is refused. A datetime
 * is either. Every declared format is tried; two that read the value differently make it ambiguous.
 */
bool mop_type_read_date(struct mop_sv s, const struct mop_type_options *o, struct mop_typed *out,
                        struct mop_arena *a, struct mop_buf *why);
bool mop_type_read_datetime(struct mop_sv s, const struct mop_type_options *o,
                            struct mop_typed *out, struct mop_arena *a, struct mop_buf *why);
#endif
