/* SPDX-License-Identifier: MIT */
#ifndef MOP_WORDS_H
#define MOP_WORDS_H
#include "../base/sv.h"

/*
 * A sorted list of words built into the binary (data/NAME.gen.c): blocks of text in which each word
 * ends with '\n', and the offset of each word in byte order. Nothing is parsed or relocated at
 * start.
 */
enum { MOP_WORDS_BLOCK = 4096 };
struct mop_words {
    const char (*pool)[MOP_WORDS_BLOCK];
    const uint32_t *offset; /* block * MOP_WORDS_BLOCK + place in it */
    const uint8_t *tag;     /* one per word, or NULL */
    size_t n;
};

extern const struct mop_words mop_words_free, mop_words_disposable, mop_words_role;
extern const struct mop_words mop_words_ga4, mop_words_country, mop_words_country_guess;
extern const struct mop_words mop_words_currency;

/* The index of `key` by binary search (bytes compared: fold before), or -1. Thread-safe. */
long mop_words_find(const struct mop_words *w, struct mop_sv key);
/* Word i; static. */
struct mop_sv mop_words_at(const struct mop_words *w, size_t i);
#endif
