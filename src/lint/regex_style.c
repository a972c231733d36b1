/* SPDX-License-Identifier: MIT */
#include "lint/regex_style.h"
#include <string.h>

/* ---- lists ---- */

static bool is_word(const struct mop_rx_node *n)
{
    if (n->kind == MOP_RX_SEQ && !n->kid)
        return false;
    for (const struct mop_rx_node *k = n->kind == MOP_RX_SEQ ? n->kid : NULL; k; k = k->next)
        if (k->kind != MOP_RX_ATOM || !k->literal || (k->options & MOP_RX_I))
            return false;
    return n->kind == MOP_RX_SEQ;
}

static bool is_list(const struct mop_rx_node *n);

/* The same in a group, with anchors around it. */
static bool wraps_list(const struct mop_rx_node *seq)
{
    const struct mop_rx_node *k = seq->kid, *inner = NULL;
    for (; k; k = k->next) {
        if (k->kind == MOP_RX_START || k->kind == MOP_RX_END)
            continue;
        if (inner || k->kind != MOP_RX_GROUP)
            return false;
        inner = k;
    }
    return inner && is_list(inner->kid);
}

static bool is_list(const struct mop_rx_node *n)
{
    if (n->kind == MOP_RX_SEQ)
        return wraps_list(n);
    for (const struct mop_rx_node *k = n->kid; n->kind == MOP_RX_ALT && k; k = k->next)
        if (!is_word(k))
            return false;
    return n->kind == MOP_RX_ALT;
}

void mop_rx_find_list(const struct mop_rx_pattern *p, mop_rx_tell *tell, void *ctx)
{
    if ((p->flags & MOP_RX_WHOLE) && is_list(p->top))
        tell(ctx, 0, p->text.n);
}

/* ---- anchors ---- */

static const struct mop_rx_node *last_of(const struct mop_rx_node *n)
{
    while (n && n->next)
        n = n->next;
    return n;
}

static void find_anchor(const struct mop_rx_node *n, enum mop_rx_kind kind, mop_rx_tell *tell,
                        void *ctx)
{
    if (!n)
        return;
    if (n->kind == kind && !(n->options & MOP_RX_M))
        tell(ctx, n->from, n->to);
    else if (n->kind == MOP_RX_GROUP)
        find_anchor(n->kid, kind, tell, ctx);
    else if (n->kind == MOP_RX_SEQ)
        find_anchor(kind == MOP_RX_START ? n->kid : last_of(n->kid), kind, tell, ctx);
    else if (n->kind == MOP_RX_ALT)
        for (const struct mop_rx_node *k = n->kid; k; k = k->next)
            find_anchor(k, kind, tell, ctx);
}

void mop_rx_find_anchors(const struct mop_rx_pattern *p, mop_rx_tell *tell, void *ctx)
{
    if (!(p->flags & MOP_RX_WHOLE))
        return;
    find_anchor(p->top, MOP_RX_START, tell, ctx);
    find_anchor(p->top, MOP_RX_END, tell, ctx);
}

/* ---- dots of host names ---- */

static const char *const TOP_DOMAINS[] = {
    "com", "net", "org", "info", "biz", "edu", "gov", "io", "co", "eu",      "de",   "uk",  "fr",
    "es",  "it",  "nl",  "at",   "ch",  "pl",  "se",  "us", "ca", "example", "test", "app", "dev"};

static char letter_of(const struct mop_rx_node *n)
{
    bool label = n && n->kind == MOP_RX_ATOM && n->literal > ' ' && n->literal < 0x7F &&
                 (strchr("-_", (int)n->literal) || (n->literal >= '0' && n->literal <= '9') ||
                  ((n->literal | 32) >= 'a' && (n->literal | 32) <= 'z'));
    return label ? (char)(n->literal | (n->literal >= 'A' && n->literal <= 'Z' ? 32U : 0)) : '\0';
}

static bool is_any(const struct mop_rx_pattern *p, const struct mop_rx_node *n)
{
    return n->kind == MOP_RX_ATOM && !n->literal && n->to - n->from == 1 &&
           p->text.p[n->from] == '.';
}

/* Does the label that begins here end a host name? */
static bool is_top_domain(const struct mop_rx_pattern *p, const struct mop_rx_node *n)
{
    char label[16];
    size_t length = 0;
    for (; letter_of(n) && length < sizeof label - 1; n = n->next)
        label[length++] = letter_of(n);
    label[length] = '\0';
    if (n && (n->kind == MOP_RX_REPEAT || (n->kind == MOP_RX_ATOM && !n->literal && !is_any(p, n))))
        return false;
    for (size_t i = 0; i < sizeof TOP_DOMAINS / sizeof *TOP_DOMAINS; i++)
        if (strcmp(label, TOP_DOMAINS[i]) == 0)
            return true;
    return false;
}

static void find_dots(const struct mop_rx_pattern *p, const struct mop_rx_node *seq,
                      mop_rx_tell *tell, void *ctx)
{
    size_t label = 0, w = 0; /* letters before, and how many of them are w */
    for (const struct mop_rx_node *k = seq->kid; k; k = k->next) {
        char c = letter_of(k);
        bool www = label == 3 && w == 3 && letter_of(k->next);
        if (is_any(p, k) && label > 1 && (www || is_top_domain(p, k->next)))
            tell(ctx, k->from, k->to);
        label = c ? label + 1 : 0;
        w = c ? w + (c == 'w') : 0;
    }
}

static void each_dot(const struct mop_rx_pattern *p, const struct mop_rx_node *n, mop_rx_tell *tell,
                     void *ctx)
{
    for (; n; n = n->next) {
        if (n->kind == MOP_RX_SEQ)
            find_dots(p, n, tell, ctx);
        each_dot(p, n->kid, tell, ctx);
    }
}

void mop_rx_find_host_dots(const struct mop_rx_pattern *p, mop_rx_tell *tell, void *ctx)
{
    each_dot(p, p->top, tell, ctx);
}

/* ---- classes ---- */

static bool crosses_case(const char *p)
{
    return p[0] >= 'A' && p[0] <= 'Z' && p[1] == '-' && p[2] >= 'a' && p[2] <= 'z';
}

static void each_range(const struct mop_rx_pattern *p, const struct mop_rx_node *n,
                       mop_rx_tell *tell, void *ctx)
{
    for (; n; n = n->next) {
        const char *s = p->text.p;
        bool class_ = n->kind == MOP_RX_ATOM && !n->literal && s[n->from] == '[';
        for (size_t i = n->from; class_ && i + 3 < n->to; i += s[i] == '\\' ? 2 : 1)
            if (crosses_case(s + i))
                tell(ctx, i, i + 3);
        each_range(p, n->kid, tell, ctx);
    }
}

void mop_rx_find_ranges(const struct mop_rx_pattern *p, mop_rx_tell *tell, void *ctx)
{
    each_range(p, p->top, tell, ctx);
}

/* ---- alternatives ---- */

static void each_empty(const struct mop_rx_pattern *p, const struct mop_rx_node *n,
                       mop_rx_tell *tell, void *ctx)
{
    for (; n; n = n->next) {
        for (const struct mop_rx_node *k = n->kind == MOP_RX_ALT ? n->kid : NULL; k; k = k->next)
            if (!k->kid) {
                size_t bar = k->next ? k->to : k->from - 1;
                tell(ctx, bar, bar + 1);
            }
        each_empty(p, n->kid, tell, ctx);
    }
}

void mop_rx_find_empty(const struct mop_rx_pattern *p, mop_rx_tell *tell, void *ctx)
{
    each_empty(p, p->top, tell, ctx);
}
