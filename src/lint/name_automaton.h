/* SPDX-License-Identifier: MIT */
#ifndef MOP_LINT_NAME_AUTOMATON_H
#define MOP_LINT_NAME_AUTOMATON_H
#include "lint/candidates.h"

/*
 * A template as an automaton: a state for each character of its text, of its lists' values (as a
 * tree) and of its patterns' atoms, entered by reading it. It takes every name that the template
 * takes, and some more (a 31st of February): what is found with it has to be read back.
 */
struct mop_name_state {
    struct mop_rx_set set;
    uint32_t element;  /* of the template; of the start none: `next` of 0 is what follows it */
    uint32_t first, n; /* in `to`: states within the element that follow */
    bool last;         /* the element may end here */
};
struct mop_name_next { /* before an element: which may be read next, groups entered or left out */
    uint32_t *element;
    size_t n;
    bool end; /* the name may end */
};
struct mop_name_automaton {
    const struct mop_template *t;
    struct mop_name_state *state; /* 0: the start */
    size_t n, room;
    uint32_t *to;
    size_t nto, room_to;
    struct mop_name_next next[MOP_TEMPLATE_ELEMENTS + 1];
    struct mop_name_next firsts[MOP_TEMPLATE_ELEMENTS]; /* of each element: its first states */
    bool partial; /* it may miss names: nothing follows from what was not found */
};
enum { MOP_NAME_NONE = UINT32_MAX };

/* The characters of both templates, which may be one, as x->symbols; false: there are too many. */
bool mop_name_alphabet(struct mop_lint_names *x, const struct mop_template *t,
                       const struct mop_template *other, struct mop_arena *a);
/* Lives in `a` and on the heap. What is done costs *steps; with none left it is not whole. */
void mop_name_automaton_init(struct mop_name_automaton *m, struct mop_lint_names *x,
                             const struct mop_template *t, struct mop_arena *a, uint64_t *steps);
void mop_name_automaton_release(struct mop_name_automaton *m);
/* What may follow state i, if its element ends there. */
const struct mop_name_next *mop_name_behind(const struct mop_name_automaton *m, size_t i);
/* May a name end in state i? */
bool mop_name_ends(const struct mop_name_automaton *m, size_t i);

/* ---- name_readings.c ---- */

enum mop_readings {
    MOP_READ_NONE,      /* there are none: sure */
    MOP_READ_FOUND,     /* the function took one */
    MOP_READ_UNSURE,    /* none that holds was found */
    MOP_READ_UNFINISHED /* out of steps */
};
/* Reading `one` is of t, `two` of other; they live until it returns. True: it holds. */
typedef bool mop_name_see(const struct mop_lint_name *one, const struct mop_lint_name *two,
                          void *ctx);
/* Looks for a shortest name that both templates read; `unlike`: so that a part of both is not the
 * same text. Of a template with itself that is a name with two readings. Takes steps of the lint's
 * budget, at most MOP_NAME_STEPS. */
enum { MOP_NAME_STEPS = 4000000 };
enum mop_readings mop_name_readings(struct mop_lint_names *x, const struct mop_template *t,
                                    const struct mop_template *other, bool unlike,
                                    mop_name_see *see, void *ctx);
#endif
