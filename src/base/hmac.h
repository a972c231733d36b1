/* SPDX-License-Identifier: MIT */
#ifndef MOP_HMAC_H
#define MOP_HMAC_H
#include "map.h"

/*
 * Keyed digests for what must not be read back from a file that leaves the house: HMAC-SHA-256, of
 * which 16 bytes are kept. The hashes of map.h are quick, but short texts can be told from them.
 */
struct mop_hmac;
struct mop_hmac *mop_hmac_create(const void *key, size_t n);
void mop_hmac_free(struct mop_hmac *h);
void mop_hmac_add(struct mop_hmac *h, struct mop_sv part); /* ("ab", "c") is not ("a", "bc") */
struct mop_h128 mop_hmac_end(struct mop_hmac *h);          /* ready for the next text */
#endif
