/* SPDX-License-Identifier: MIT */
#ifndef MOP_JSON_NUMBERS_H
#define MOP_JSON_NUMBERS_H
#include "buf.h"

/*
 * Numbers of a JSON text that a parser would change: fractions, exponents, -0, and more digits than
 * 64 bits hold. Each is set aside with its own text, and a real ("12.0") that says where in
 * `numbers` (texts that end in NUL) stands in its place. Plain integers stay, and what is no number
 * by RFC 8259 stays for the parser to refuse.
 */
/* False, and both untouched, if there is none. */
bool mop_json_numbers_aside(struct mop_sv text, struct mop_buf *out, struct mop_buf *numbers);
/* Adds a text that was written from such values, with each number's own text again. */
void mop_json_numbers_back(struct mop_sv text, struct mop_sv numbers, struct mop_buf *out);
/* Which byte of `text` is byte `at` of what was made of it; *number is the one that ends there. */
size_t mop_json_numbers_origin(struct mop_sv text, size_t at, struct mop_sv *number);
#endif
