/* SPDX-License-Identifier: MIT */
#ifndef MOP_LINT_REGEX_SYMBOLS_H
#define MOP_LINT_REGEX_SYMBOLS_H
#include "base/buf.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/regex.h"
#include "lint/regex_ast.h"

/*
 * The characters that patterns are tried with: ASCII, some of other scripts, and those of the
 * pattern itself. What a class holds of them is not worked out here; PCRE2 is asked and the answer
 * kept, as the same few classes come again and again.
 */
enum { MOP_RX_SYMBOLS = 192, MOP_RX_SET_WORDS = 3 };
struct mop_rx_set {
    uint64_t w[MOP_RX_SET_WORDS];
};
struct mop_rx_symbols {
    uint32_t cp[MOP_RX_SYMBOLS];
    size_t n, fixed;       /* fixed: the same in every pattern */
    struct mop_map known;  /* options and text of an atom -> struct mop_rx_set * */
    struct mop_arena kept; /* of known */
    struct mop_match *match;
    uint64_t asked; /* how often PCRE2 was, for one atom */
};
void mop_rx_symbols_init(struct mop_rx_symbols *s);
void mop_rx_symbols_release(struct mop_rx_symbols *s);
/* The pattern's own characters instead of those of the last one. */
void mop_rx_symbols_of(struct mop_rx_symbols *s, const struct mop_rx_node *top);
/* More characters: a pattern's; of a text, false if there is no room for one. */
void mop_rx_symbols_add(struct mop_rx_symbols *s, const struct mop_rx_node *top);
bool mop_rx_symbols_add_text(struct mop_rx_symbols *s, struct mop_sv text);
/* The symbol of a character; s->n: there is none. */
size_t mop_rx_symbol_find(const struct mop_rx_symbols *s, uint32_t cp);
/* What an atom takes. */
struct mop_rx_set mop_rx_set_of(struct mop_rx_symbols *s, struct mop_sv pattern,
                                const struct mop_rx_node *atom);

bool mop_rx_set_has(struct mop_rx_set s, size_t symbol);
/* Is every character of the text, all of which are symbols, a member? */
bool mop_rx_set_takes(const struct mop_rx_symbols *s, struct mop_rx_set set, struct mop_sv text);
bool mop_rx_set_empty(struct mop_rx_set s);
struct mop_rx_set mop_rx_set_and(struct mop_rx_set a, struct mop_rx_set b);
struct mop_rx_set mop_rx_set_or(struct mop_rx_set a, struct mop_rx_set b);
/* A member, letters and digits first; of none -1. */
int mop_rx_set_pick(struct mop_rx_set s);
/* A symbol that is no member, one that makes a readable witness first, or -1. */
int mop_rx_set_stranger(const struct mop_rx_symbols *s, struct mop_rx_set set);
void mop_rx_symbol_put(const struct mop_rx_symbols *s, int symbol, struct mop_buf *out);
#endif
