/* SPDX-License-Identifier: MIT */
#ifndef MOP_LINT_REGEX_TEXTS_H
#define MOP_LINT_REGEX_TEXTS_H
#include "base/map.h"
#include "lint/lint.h"
#include "lint/regex_style.h"

/*
 * The patterns of a taxonomy, each text once for each way of matching, and what is remarked on
 * them: that is told wherever the text stands.
 */
struct mop_rx_text {
    struct mop_rx_remark *first, **tail;
    const struct mop_pattern *at; /* one of those that have it */
    bool unsure;                  /* whether some text makes it slow */
    bool cut_short;               /* the taxonomy's budget was, not the pattern's */
};
struct mop_rx_texts {
    struct mop_lint *l;
    struct mop_rx_symbols symbols;
    struct mop_arena scratch;  /* of one pattern */
    struct mop_map known;      /* flags, use and text -> struct mop_rx_text * */
    struct mop_rx_text **list; /* all of them, in the order of the files */
    size_t n, room;
    struct mop_rx_text *now;
    const char *id, *msg, *hint; /* of the next remark */
};
/* Collects them; all that stays is in the lint's arena. */
void mop_rx_texts_open(struct mop_rx_texts *k, struct mop_lint *l);
/* Tells what was remarked, and gives back what opening took. */
void mop_rx_texts_close(struct mop_rx_texts *k);
/* `t` as a tree in the scratch arena (.top NULL: lint does not know it); remarks are of it now. */
struct mop_rx_pattern mop_rx_texts_parse(struct mop_rx_texts *k, struct mop_rx_text *t);
/* Of bytes from..to of the text at hand; `msg` outlives the lint. */
void mop_rx_texts_remark(struct mop_rx_texts *k, size_t from, size_t to, const char *msg);
/* In single quotes, as a C string would have it; the rest of a long one is "...". */
void mop_rx_quote(struct mop_buf *b, struct mop_sv s);

/* The checks: what takes steps, and what looks at the form and at JIT. */
void mop_rx_check_speed(struct mop_lint *l);
void mop_rx_check_form(struct mop_lint *l);
#endif
