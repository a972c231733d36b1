/* SPDX-License-Identifier: MIT */
#ifndef MOP_LINT_REGEX_WITNESS_H
#define MOP_LINT_REGEX_WITNESS_H
#include "lint/regex_symbols.h"

/*
 * A short text on which matching takes long, found by going through the pattern's automaton and
 * proved by running it: prefix, `repeats` times pump, suffix. Nothing is told that was not
 * measured. It has no blanks around it, which 'check' would take away.
 */
enum {
    MOP_RX_WITNESS_BYTES = 4096,
    MOP_RX_WITNESS_STEPS = 1000000,
    MOP_RX_PATTERN_STEPS = 24000000 /* for one pattern: about a second at most */
};
struct mop_rx_witness {
    struct mop_sv prefix, pump, suffix;
    size_t repeats;
    size_t from, to; /* of the repeat to blame, in the pattern */
    bool anywhere;   /* it is slow because a match may start at every place */
    bool undecided;  /* check gives up on it: its limit is that of one such place */
};
struct mop_rx_pattern {
    struct mop_sv text;
    unsigned flags; /* enum mop_regex_flags it was compiled with */
    const struct mop_regex *regex;
    const struct mop_rx_node *top;
};
enum mop_rx_verdict {
    MOP_RX_FAST,     /* as far as is known */
    MOP_RX_SLOW,     /* there is a witness */
    MOP_RX_UNSURE,   /* the steps did not suffice */
    MOP_RX_TOO_LARGE /* to be looked into, whatever the steps */
};
/*
 * Is there a text of at most MOP_RX_WITNESS_BYTES with more than MOP_RX_WITNESS_STEPS? It is in `a`
 * then. *steps is the budget and holds what is left.
 */
enum mop_rx_verdict mop_rx_witness_find(struct mop_arena *a, struct mop_rx_symbols *s,
                                        const struct mop_rx_pattern *p, uint64_t *steps,
                                        struct mop_rx_witness *out);
/* The text itself, into a buffer with room for MOP_RX_WITNESS_BYTES. */
void mop_rx_witness_put(const struct mop_rx_witness *w, size_t repeats, struct mop_buf *out);
/*
 * Texts that match, as far as the automaton knows: up to `max`, in `a`. For comparing JIT and
 * interpreter.
 */
size_t mop_rx_samples(struct mop_arena *a, struct mop_rx_symbols *s, const struct mop_rx_pattern *p,
                      struct mop_sv *out, size_t max);
/* Can no text make it slow, by its form alone: nothing in it, or before it, is repeated? */
bool mop_rx_is_plain(const struct mop_rx_node *top);
#endif
