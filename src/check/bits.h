/* SPDX-License-Identifier: MIT */
#ifndef MOP_BITS_H
#define MOP_BITS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Sets of small numbers (checks of a record type, needs of reports) as words of 64 bits. */
static inline size_t mop_words(size_t bits)
{
    return (bits + 63) / 64;
}
static inline void mop_bit_set(uint64_t *b, size_t i)
{
    b[i / 64] |= UINT64_C(1) << (i % 64);
}
static inline bool mop_bit_get(const uint64_t *b, size_t i)
{
    return (b[i / 64] >> (i % 64)) & 1;
}
static inline bool mop_bits_meet(const uint64_t *a, const uint64_t *b, size_t words)
{
    for (size_t i = 0; i < words; i++)
        if (a[i] & b[i])
            return true;
    return false;
}
/* Calls for each set bit: for (size_t i = mop_bit_next(b, n, 0); i < n; i = mop_bit_next(b, n, i +
 * 1)) */
static inline size_t mop_bit_next(const uint64_t *b, size_t bits, size_t from)
{
    for (size_t w = from / 64; w < mop_words(bits); w++) {
        uint64_t word = b[w];
        if (w == from / 64)
            word &= ~UINT64_C(0) << (from % 64);
        if (word)
            return w * 64 + (size_t)__builtin_ctzll(word);
    }
    return bits;
}
#endif
