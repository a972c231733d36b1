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

/* Does it say itself where the value begins and ends, whichever way is taken through it? */
static bool ends_itself(const struct mop_rx_node *n)
{
    const struct mop_rx_node *last = n->kind == MOP_RX_SEQ ? n->kid : NULL;
    bool all = n->kind == MOP_RX_ALT;
    for (const struct mop_rx_node *k = n->kid; all && k; k = k->next)
        all = ends_itself(k);
    while (last && last->kind == MOP_RX_EMPTY)
        last = last->next;
    if (!last)
        return all;
    if (last->kind == MOP_RX_GROUP && !last->next)
        return last->kid && ends_itself(last->kid);
    bool start = last->kind == MOP_RX_START && !(last->options & MOP_RX_M);
    while (last->next)
        last = last->next;
    return start && last->kind == MOP_RX_END && !(last->options & MOP_RX_M);
}

void mop_rx_find_list(const struct mop_rx_pattern *p, mop_rx_tell *tell, void *ctx)
{
    if ((p->flags & MOP_RX_WHOLE || ends_itself(p->top)) && words_of(p, p->top) > 1)
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

/* .* */
static bool is_anything(const struct mop_rx_pattern *p, const struct mop_rx_node *n)
{
    return n && n->kind == MOP_RX_REPEAT && n->min == 0 && n->max == MOP_RX_MANY &&
           n->kid->kind == MOP_RX_ATOM && mop_sv_eqs(mop_sv_sub(p->text, n->from, n->to), ".*");
}

/* Of what is looked for anywhere: a second one, and one that leaves room for anything at once. */
static void find_idle_anchors(const struct anchors *a, const struct mop_rx_pattern *p,
                              const struct mop_rx_node *n)
{
    const struct mop_rx_node *before = NULL, *k = n->kind == MOP_RX_SEQ ? n->kid : NULL;
    for (; k; k = k->next) {
        bool mine = k->kind == a->kind && !(k->options & MOP_RX_M);
        bool start = a->kind == MOP_RX_START;
        if (mine &&
            ((before && before->kind == a->kind) || is_anything(p, start ? k->next : before)))
            a->tell(a->ctx, k->from, k->to);
        before = k;
    }
    for (k = n->kind == MOP_RX_ALT || n->kind == MOP_RX_GROUP ? n->kid : NULL; k; k = k->next)
        find_idle_anchors(a, p, k);
    if (n->kind == MOP_RX_SEQ && n->kid && n->kid->kind == MOP_RX_GROUP && !n->kid->next)
        find_idle_anchors(a, p, n->kid);
}

void mop_rx_find_anchors(const struct mop_rx_pattern *p, mop_rx_tell *tell, void *ctx)
{
    const struct anchors both[] = {{MOP_RX_START, tell, ctx}, {MOP_RX_END, tell, ctx}};
    for (size_t i = 0; i < 2; i++)
        if (p->flags & MOP_RX_WHOLE)
            find_anchors(&both[i], p->top);
        else
            find_idle_anchors(&both[i], p, p->top);
}
