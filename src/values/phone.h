/* SPDX-License-Identifier: MIT */
#ifndef MOP_PHONE_H
#define MOP_PHONE_H
#include "../base/buf.h"
#include "../base/mem.h"

/* data/phone.gen.c: sorted by code. */
struct mop_calling_code {
    uint16_t code;
    uint16_t zeros; /* bit d: a national number may begin with 0 and d (libphonenumber's patterns);
                       elsewhere a 0 there is the one that is dialled at home */
    uint32_t lengths; /* bit n: a national number may have n digits (libphonenumber's possible
                         lengths) */
};
extern const struct mop_calling_code mop_calling_codes[];
extern const size_t mop_calling_codes_n;

/*
 * Reads a phone number of ITU-T E.164: '+', a calling code in use, as many digits as that code's
 * numbering plan has, 15 in all. Blanks (also U+00A0), hyphens, dots and brackets are tolerated
 * between the digits; "(0)", extensions and letters are not. Whether the number is assigned is not
 * asked. *canonical: "+493012345678", in `a` or a view of s. On failure `why` (may be NULL) gets a
 * predicate without the value: "has no + and calling code".
 */
bool mop_phone_read(struct mop_sv s, struct mop_sv *canonical, struct mop_arena *a,
                    struct mop_buf *why);
#endif
