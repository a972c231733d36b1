/* SPDX-License-Identifier: MIT */
#ifndef MOP_LINT_REGEX_NFA_H
#define MOP_LINT_REGEX_NFA_H
#include "lint/regex_symbols.h"

/*
 * A pattern as Glushkov's automaton: a state for each atom (of each copy that {n,m} makes), entered
 * by reading it. Anchors, word boundaries and atomic groups are left out, what is looked for ahead
 * may be read, what is looked for behind is, a call is a copy of its group, once: what is found
 * here has to be measured.
 */
enum { MOP_RX_STATES = 1024 };
struct mop_rx_state {
    struct mop_rx_set set;
    const struct mop_rx_node *atom, *loop; /* loop: the outermost repeat around it, or NULL */
};
struct mop_rx_nfa {
    size_t n, words; /* states; words of a set of states */
    struct mop_rx_state *state;
    uint64_t *follow; /* n sets of states */
    uint64_t *twice;  /* n sets: edges that there are two ways for, as in (a+)+ */
    uint64_t *first, *last;
    bool search; /* state 0 stands for what is before the match */
};
/* In `a`; NULL if it is too large. `search`: a match may start anywhere. */
struct mop_rx_nfa *mop_rx_nfa_build(struct mop_arena *a, struct mop_rx_symbols *s,
                                    struct mop_sv pattern, const struct mop_rx_node *top,
                                    bool search);

static inline bool mop_rx_in(const uint64_t *set, size_t i)
{
    return set[i / 64] >> (i % 64) & 1;
}
static inline void mop_rx_put(uint64_t *set, size_t i)
{
    set[i / 64] |= UINT64_C(1) << (i % 64);
}
/* for (size_t i = mop_rx_next(nfa, set, 0); i < nfa->n; i = mop_rx_next(nfa, set, i + 1)) */
static inline size_t mop_rx_next(const struct mop_rx_nfa *f, const uint64_t *set, size_t i)
{
    while (i < f->n) {
        uint64_t left = set[i / 64] >> (i % 64);
        if (left)
            return i + (size_t)__builtin_ctzll(left);
        i = (i / 64 + 1) * 64;
    }
    return f->n;
}
static inline const uint64_t *mop_rx_follow(const struct mop_rx_nfa *f, size_t i)
{
    return f->follow + i * f->words;
}
#endif
