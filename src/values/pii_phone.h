/* SPDX-License-Identifier: MIT */
#ifndef MOP_PII_PHONE_H
#define MOP_PII_PHONE_H
#include "pii.h"

/*
 * Does a phone number begin at text.p[i], or behind it where it is a mark such as the ':' of
 * "tel:"? What stands before `least` has been looked at.
 */
bool mop_pii_phone_at(struct mop_sv text, size_t least, size_t i, struct mop_pii *out,
                      struct mop_arena *scratch);
#endif
