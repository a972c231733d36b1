/* SPDX-License-Identifier: MIT */
#ifndef MOP_BASE_SCHEMA_H
#define MOP_BASE_SCHEMA_H
#include "buf.h"

/* Pieces of a JSON Schema that is made from tables of keys (keys.h), for editors. */

/*
 * The key `name` of a mapping's "properties" with its schema fragment and its line of words; *first
 * counts the commas. mopslint reads a scalar as text whatever its quotes, so that a fragment's
 * `true` takes "true" too, and 3 takes "3".
 */
void mop_schema_property(struct mop_buf *b, bool *first, const char *name, const char *schema,
                         const char *doc);
#endif
