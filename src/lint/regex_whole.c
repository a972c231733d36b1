/* SPDX-License-Identifier: MIT */
#include "lint/regex_style.h"

/* What a pattern says of the whole value: that it is one of a list, and where it ends. */

/* ---- lists ---- */

static size_t words_of(const struct mop_rx_pattern *p, const struct mop_rx_node *n);

static bool is_quote(const struct mop_rx_pattern *p, const struct mop_rx_node *n)
{
    return n->kind == MOP_RX_EMPTY &&
           mop_sv_starts(mop_sv_sub(p->text, n->from, n->to), MOP_SV("\\Q"));
}

/* (?i) alone */
static bool is_option(const struct mop_rx_pattern *p, const struct mop_rx_node *n)
{
    return n->kind == MOP_RX_EMPTY && !n->rough && n->to - n->from > 2 &&
           mop_sv_starts(mop_sv_sub(p->text, n->from, n->to), MOP_SV("(?"));
}

/* Letters are one word, a group has its own; with anchors around them. 0: something else. */
static size_t words_of_seq(const struct mop_rx_pattern *p, const struct mop_rx_node *seq)
{
    size_t letters = 0;
    const struct mop_rx_node *group = NULL;
    for (const struct mop_rx_node *k = seq->kid; k; k = k->next) {
        if (k->kind == MOP_RX_START || k->kind == MOP_RX_END || is_quote(p, k) || is_option(p, k))
            continue;
        if (k->kind == MOP_RX_ATOM && k->literal)
            letters++;
        else if (k->kind == MOP_RX_GROUP && !k->rough && !group)
            group = k;
        else
            return 0;
    }
    return !group ? letters > 0 : letters ? 0 : words_of(p, group->kid);
}

static size_t words_of(const struct mop_rx_pattern *p, const struct mop_rx_node *n)
{
    size_t all = 0;
    if (n->kind != MOP_RX_ALT)
        return n->kind == MOP_RX_SEQ ? words_of_seq(p, n) : 0;
    for (const struct mop_rx_node *k = n->kid; k; k = k->next) {
        size_t words = words_of(p, k);
        if (!words)
            return 0;
        all += words;
    }
    return all;
}

void mop_rx_find_list(const struct mop_rx_pattern *p, mop_rx_tell *tell, void *ctx)
{
    if ((p->flags & MOP_RX_WHOLE) && words_of(p, p->top) > 1)
        tell(ctx, 0, p->text.n);
}

/* ---- anchors ---- */

struct anchors {
    enum mop_rx_kind kind; /* MOP_RX_START or _END */
    mop_rx_tell *tell;
    void *ctx;
};

static bool takes_nothing(const struct mop_rx_node *n)
{
    return n->kind == MOP_RX_EMPTY || n->kind == MOP_RX_LOOK || n->kind == MOP_RX_START ||
           n->kind == MOP_RX_END;
}

/* All there is: without it there would be an empty alternative. */
static bool stands_alone(const struct mop_rx_node *seq)
{
    for (const struct mop_rx_node *k = seq->kid; k; k = k->next)
        if (!takes_nothing(k))
            return false;
    return true;
}

static void find_anchors(const struct anchors *a, const struct mop_rx_node *n);

/* Those at the edge of a sequence; what else takes nothing may stand among them. */
static void find_at_edge(const struct anchors *a, const struct mop_rx_node *n)
{
    const struct mop_rx_node *first = NULL, *last = NULL;
    for (const struct mop_rx_node *k = n; k; k = k->next)
        if (!takes_nothing(k)) {
            first = first ? first : k;
            last = k;
        }
    bool start = a->kind == MOP_RX_START;
    for (n = start || !last ? n : last; n; n = start && n == first ? NULL : n->next)
        find_anchors(a, n);
}

static void find_anchors(const struct anchors *a, const struct mop_rx_node *n)
{
    if (n->kind == a->kind && !(n->options & MOP_RX_M))
        a->tell(a->ctx, n->from, n->to);
    else if (n->kind == MOP_RX_GROUP && n->kid)
        find_anchors(a, n->kid);
    else if (n->kind == MOP_RX_SEQ)
        find_at_edge(a, n->kid);
    else if (n->kind == MOP_RX_ALT)
        for (const struct mop_rx_node *k = n->kid; k; k = k->next)
            if (!stands_alone(k))
                find_anchors(a, k);
}

void mop_rx_find_anchors(const struct mop_rx_pattern *p, mop_rx_tell *tell, void *ctx)
{
    const struct anchors start = {MOP_RX_START, tell, ctx}, end = {MOP_RX_END, tell, ctx};
    if (!(p->flags & MOP_RX_WHOLE))
        return;
    find_anchors(&start, p->top);
    find_anchors(&end, p->top);
}
