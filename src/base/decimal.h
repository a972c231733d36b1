/* SPDX-License-Identifier: MIT */
#ifndef MOP_DECIMAL_H
#define MOP_DECIMAL_H
#include "buf.h"

/* Exact decimals: an integer count of millionths. Sums are taken in 128 bits. */
__extension__ typedef __int128 mop_i128;
#define MOP_I128_MAX ((((mop_i128)1 << 126) - 1) * 2 + 1)
#define MOP_UNIT 1000000
struct mop_marks {
    char decimal, group;
}; /* group 0: none allowed */
/*
 * Up to 18 digits before and 6 after the decimal mark, optional sign (+ - and U+2212); groups of
 * exactly three. ".5" reads, "5." does not. More than 6 decimals that are not zero: false, *out
 * untouched.
 */
bool mop_decimal_parse(struct mop_sv s, struct mop_marks marks, mop_i128 *out);
bool mop_integer_parse(struct mop_sv s, struct mop_marks marks,
                       mop_i128 *out); /* scaled by MOP_UNIT as well */
/* Canonical text: no group marks, no trailing zeros, "-0" is "0". */
void mop_decimal_print(struct mop_buf *b, mop_i128 v);
/*
 * a*b rounded half away from zero to 6 places; exact whenever the result fits (values
 * below 1.7e32), else MOP_I128_MAX with its sign.
 */
mop_i128 mop_decimal_mul(mop_i128 a, mop_i128 b);
/* num/den with `places` (at most 18) decimals, half away from zero, exact for any num; den > 0. */
void mop_ratio_print(struct mop_buf *b, mop_i128 num, mop_i128 den, int places);
/* floor and ceiling of 1000 * num / den, den > 0: tenths of a percent. Clamped to int64. */
int64_t mop_tenths_floor(mop_i128 num, mop_i128 den);
int64_t mop_tenths_ceil(mop_i128 num, mop_i128 den);
#endif
