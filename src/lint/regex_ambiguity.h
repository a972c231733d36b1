/* SPDX-License-Identifier: MIT */
#ifndef MOP_LINT_REGEX_AMBIGUITY_H
#define MOP_LINT_REGEX_AMBIGUITY_H
#include "lint/regex_nfa.h"

/*
 * Where a matcher that goes back may go through one text in many ways. After prefix, `pump` leads
 * from a state to itself in two ways (exponentially many for a row of pumps), or from a state to
 * itself, to another one, and from that to itself (polynomially many): Weideman et al., "Analyzing
 * Matching Time Behavior of Backtracking Regular Expression Matchers by Using Ambiguity of NFA".
 */
struct mop_rx_candidate {
    struct mop_sv prefix, pump, tail; /* tail: leads from there to a match, if anything does */
    const struct mop_rx_node *node;   /* the repeat to blame */
    bool anywhere; /* the one circle is what stands before the match: it may start at every place */
};
enum { MOP_RX_CANDIDATES = 12 };
/* Texts live in `a`. What is done costs *steps; at 0 the search
 * ends, and where an automaton has too large circles *steps becomes 0. */
size_t mop_rx_candidates(struct mop_arena *a, const struct mop_rx_symbols *s,
                         const struct mop_rx_nfa *f, uint64_t *steps,
                         struct mop_rx_candidate out[MOP_RX_CANDIDATES]);

/* The ways through an automaton. */
struct mop_rx_ways {
    const struct mop_rx_nfa *f;
    uint32_t *before; /* the state before it on a shortest way from the start; UINT32_MAX: none */
    uint32_t *after;  /* the one after it on a shortest way to the end */
    bool *reached, *ends;
};
struct mop_rx_ways mop_rx_ways_find(struct mop_arena *a, const struct mop_rx_nfa *f);
/* A text that leads into the state; one that leads from it to a match. */
struct mop_sv mop_rx_way_in(struct mop_arena *a, const struct mop_rx_symbols *s,
                            const struct mop_rx_ways *w, size_t state);
struct mop_sv mop_rx_way_out(struct mop_arena *a, const struct mop_rx_symbols *s,
                             const struct mop_rx_ways *w, size_t state);
#endif
