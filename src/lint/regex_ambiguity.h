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
    size_t repeats; /* of pump, if they are known; 0: to be found out */
};
enum { MOP_RX_CANDIDATES = 24 };
/* Texts live in `a`. What is done costs *steps; at 0 the search ends. *too_large: circles that
 * are were left out. */
size_t mop_rx_candidates(struct mop_arena *a, const struct mop_rx_symbols *s,
                         const struct mop_rx_nfa *f, uint64_t *steps, bool *too_large,
                         struct mop_rx_candidate out[MOP_RX_CANDIDATES]);

/* A text that there are many ways through without a circle; 0 or 1 of them. */
size_t mop_rx_path_candidates(struct mop_arena *a, const struct mop_rx_symbols *s,
                              const struct mop_rx_nfa *f, uint64_t *steps,
                              struct mop_rx_candidate out[1]);

/* Texts on which what is looked for ahead reads far, again and again. */
size_t mop_rx_look_candidates(struct mop_arena *a, struct mop_rx_symbols *s, struct mop_sv pattern,
                              const struct mop_rx_node *top, bool search,
                              struct mop_rx_candidate out[MOP_RX_CANDIDATES]);

/* Circles of an automaton: states that lead to each other. */
struct mop_rx_circles {
    uint32_t n;     /* numbered from 1 */
    uint32_t *of;   /* each state's; 0: on none */
    uint32_t *rank; /* of a state within its circle */
    uint32_t *size; /* of a circle: states */
};
struct mop_rx_circles mop_rx_circles_find(struct mop_arena *a, const struct mop_rx_nfa *f);

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
