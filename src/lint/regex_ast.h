/* SPDX-License-Identifier: MIT */
#ifndef MOP_LINT_REGEX_AST_H
#define MOP_LINT_REGEX_AST_H
#include "base/mem.h"

/*
 * A pattern as a tree, each node with its place in the text. For patterns that PCRE2 has compiled:
 * nothing is checked here. What one character an atom takes is not worked out either: PCRE2 is
 * asked (regex_symbols.h).
 */
enum mop_rx_kind {
    MOP_RX_EMPTY,  /* nothing, or what takes nothing and is not looked into */
    MOP_RX_ATOM,   /* one character: a literal, a class, \d, a dot */
    MOP_RX_SEQ,    /* kids one after the other */
    MOP_RX_ALT,    /* one of the kids */
    MOP_RX_REPEAT, /* its kid, min to max times */
    MOP_RX_GROUP,  /* of any make, its kid inside */
    MOP_RX_LOOK,   /* looking ahead or behind */
    MOP_RX_START,  /* ^ and \A */
    MOP_RX_END,    /* $, \z and \Z */
    MOP_RX_BACK    /* what a group captured, or a call of it */
};
enum mop_rx_option { MOP_RX_I = 1, MOP_RX_M = 2, MOP_RX_S = 4, MOP_RX_X = 8 };
#define MOP_RX_MANY UINT32_MAX

struct mop_rx_node {
    enum mop_rx_kind kind;
    size_t from, to;    /* bytes of the pattern */
    unsigned options;   /* enum mop_rx_option, as set at an atom, ^ or $ */
    uint32_t literal;   /* of an atom that is a code point as it is written or escaped; else 0 */
    uint32_t min, max;  /* of REPEAT; max MOP_RX_MANY: without end */
    uint32_t group;     /* of GROUP its number, 0: none; of BACK the one it means, 0: not known */
    struct mop_sv name; /* of GROUP and BACK, where it has one */
    bool behind;        /* of LOOK */
    bool call;          /* of BACK: (?1) (?&name) (?R); with neither group nor name of all */
    bool rough; /* stands for what is not looked into as it is: a call, a condition, a verb */
    struct mop_rx_node *kid, *next; /* the first one; the one after this */
};
/* In `a`; NULL where the text has what is not known here. `options`: those that hold from the
 * start. */
struct mop_rx_node *mop_rx_parse(struct mop_arena *a, struct mop_sv pattern, unsigned options);
/* The group that a BACK means, or NULL. */
const struct mop_rx_node *mop_rx_group(const struct mop_rx_node *top,
                                       const struct mop_rx_node *back);
/* The first node that is rough, or NULL. */
const struct mop_rx_node *mop_rx_rough(const struct mop_rx_node *top);
#endif
