/* SPDX-License-Identifier: MIT */
#ifndef MOP_DECIMAL_H
#define MOP_DECIMAL_H
#include "buf.h"

/* Exact decimals: an integer count of millionths, as weights are. Sums are taken in 128 bits. */
__extension__ typedef __int128 mop_i128;
#define MOP_I128_MAX ((((mop_i128)1 << 126) - 1) * 2 + 1)
#define MOP_UNIT 1000000
struct mop_marks {
    char decimal, group;
}; /* group 0: none allowed */
/*
 * A number as it was written, to compare and to print: exact, an integer count of 10^-20, with up
 * to 18 digits before the decimal mark (zeros in front do not count) and 20 after it (nor do those
 * at the end). Optional sign (+ - and U+2212); groups of exactly three; mark 0: whole numbers only.
 * ".5" reads, "5." does not.
 */
enum { MOP_NUMBER_WHOLE = 18, MOP_NUMBER_DECIMALS = 20 };
enum mop_number_fault {
    MOP_NUMBER_OK,
    MOP_NUMBER_NONE, /* no number at all */
    MOP_NUMBER_LONG, /* too many digits before the mark */
    MOP_NUMBER_FINE  /* too many after it */
};
/* *out is untouched after a fault. */
enum mop_number_fault mop_number_parse(struct mop_sv s, struct mop_marks marks, mop_i128 *out);
/* The same, and with an exponent too ("1.5E-3"): exactly the number meant, without group marks. */
enum mop_number_fault mop_number_parse_exponent(struct mop_sv s, struct mop_marks marks,
                                                mop_i128 *out);
void mop_number_print(struct mop_buf *b, mop_i128 v);
/* In millionths, half away from zero. */
mop_i128 mop_number_round(mop_i128 v);
/* The same in millionths; false for more than 6 decimals as well, *out then untouched. */
bool mop_decimal_parse(struct mop_sv s, struct mop_marks marks, mop_i128 *out);
/* Canonical text: no group marks, no trailing zeros, "-0" is "0". */
void mop_decimal_print(struct mop_buf *b, mop_i128 v);
/* A number times a decimal of up to 18 digits before the point: millionths, rounded once, half away
 * from zero; what does not fit is MOP_I128_MAX with its sign. */
mop_i128 mop_number_mul(mop_i128 number, mop_i128 millionths);
/* num/den with `places` (at most 18) decimals, half away from zero, exact for any num; den > 0. */
void mop_ratio_print(struct mop_buf *b, mop_i128 num, mop_i128 den, int places);
/* floor and ceiling of 1000 * num / den, den > 0: tenths of a percent. Clamped to int64. */
int64_t mop_tenths_floor(mop_i128 num, mop_i128 den);
int64_t mop_tenths_ceil(mop_i128 num, mop_i128 den);
#endif
