/* SPDX-License-Identifier: MIT */
#ifndef MOP_SCHEMA_PARTS_H
#define MOP_SCHEMA_PARTS_H
#include "base/buf.h"

/* What JSON Schemas made from key tables share: rule files here, briefs in gate/. */

/* A property with its fragment and words; `first` counts the commas. Fragments are written for
 * scalars that are text whatever their quotes. */
void mop_schema_property(struct mop_buf *b, bool *first, const char *name, const char *schema,
                         const char *doc);
#endif
