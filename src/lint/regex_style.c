/* SPDX-License-Identifier: MIT */
#include "lint/regex_style.h"
#include <stdlib.h>
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

/* The first or last of a sequence, but for what takes nothing: options, \Q. */
static const struct mop_rx_node *edge_of(const struct mop_rx_node *n, enum mop_rx_kind kind)
{
    const struct mop_rx_node *edge = NULL;
    for (; n && !(edge && kind == MOP_RX_START); n = n->next)
        if (n->kind != MOP_RX_EMPTY)
            edge = n;
    return edge;
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
        find_anchor(edge_of(n->kid, kind), kind, tell, ctx);
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

/*
 * The pattern as one row of pieces: what takes one character of a label or more ('a' as it is, 'x'
 * a class or a repeat), '.' a dot that takes any, ',' one that is escaped, ' ' all else, '|' where
 * an alternative or what may be missing begins or ends.
 */
enum { ROW = 512 };
struct row {
    const struct mop_rx_pattern *p;
    char piece[ROW], letter[ROW];
    const struct mop_rx_node *node[ROW];
    size_t n;
};

static void put(struct row *r, const struct mop_rx_node *n, char piece, char letter)
{
    if (r->n == ROW)
        return;
    r->piece[r->n] = piece;
    r->letter[r->n] = letter;
    r->node[r->n++] = n;
}

static bool is_label_class(const struct mop_rx_pattern *p, const struct mop_rx_node *n)
{
    char c = p->text.p[n->from], e = p->text.p[n->to - 1];
    bool escape = c == '\\' && n->to - n->from == 2 && strchr("wd", e);
    return n->kind == MOP_RX_ATOM && !n->literal &&
           (escape || (c == '[' && p->text.p[n->from + 1] != '^'));
}

static char piece_of(const struct mop_rx_pattern *p, const struct mop_rx_node *n)
{
    if (letter_of(n))
        return 'a';
    if (is_any(p, n))
        return '.';
    return is_label_class(p, n) ? 'x' : n->literal == '.' ? ',' : ' ';
}

static void lay_out(struct row *r, const struct mop_rx_node *n)
{
    for (; n; n = n->next) {
        if (n->kind == MOP_RX_ATOM) {
            put(r, n, piece_of(r->p, n), letter_of(n));
        } else if (n->kind == MOP_RX_REPEAT && n->kid->kind == MOP_RX_ATOM) {
            put(r, n, letter_of(n->kid) || is_label_class(r->p, n->kid) ? 'x' : ' ', 0);
        } else if (n->kind == MOP_RX_ALT || n->kind == MOP_RX_REPEAT) {
            for (const struct mop_rx_node *k = n->kid; k; k = k->next) {
                put(r, k, '|', 0);
                lay_out(r, k->kid);
            }
            put(r, n, '|', 0);
        } else if (n->kind == MOP_RX_SEQ || n->kind == MOP_RX_GROUP) {
            lay_out(r, n->kid);
        } else if (n->kind != MOP_RX_EMPTY) {
            put(r, n, ' ', 0);
        }
    }
}

/* Pieces of the label that ends before i, or that begins there. */
static size_t label_before(const struct row *r, size_t i)
{
    size_t n = 0;
    while (i > n && strchr("ax", r->piece[i - n - 1]))
        n++;
    return n;
}

static size_t label_at(const struct row *r, size_t i)
{
    size_t n = 0;
    while (i + n < r->n && strchr("ax", r->piece[i + n]))
        n++;
    return n;
}

static bool is_digit_class(const struct row *r, size_t i)
{
    const struct mop_rx_node *n = r->node[i];
    return mop_sv_starts(mop_sv_sub(r->p->text, n->from, n->to), MOP_SV("\\d"));
}

/* Is the label that begins at i, as it is written, one that ends a host name? */
static bool is_top_domain(const struct row *r, size_t i)
{
    size_t n = 0;
    while (i + n < r->n && r->piece[i + n] == 'a')
        n++;
    if (i + n < r->n && r->piece[i + n] == 'x' && !is_digit_class(r, i + n))
        return false;
    for (size_t k = 0; k < sizeof TOP_DOMAINS / sizeof *TOP_DOMAINS; k++)
        if (strlen(TOP_DOMAINS[k]) == n && memcmp(TOP_DOMAINS[k], r->letter + i, n) == 0)
            return true;
    return false;
}

/* Do labels with dots between them lead from i to the end of a host name? */
static bool leads_to_end(const struct row *r, size_t i)
{
    for (size_t n; (n = label_at(r, i)) > 0; i += n + 1) {
        if (is_top_domain(r, i))
            return true;
        if (i + n >= r->n || !strchr(".,", r->piece[i + n]))
            return false;
    }
    return false;
}

static bool is_www(const struct row *r, size_t i)
{
    return label_before(r, i) == 3 && memcmp(r->letter + i - 3, "www", 3) == 0;
}

static bool is_host_dot(const struct row *r, size_t i)
{
    size_t before = i, behind = i + 1;
    while (before && r->piece[before - 1] == '|')
        before--;
    while (behind < r->n && r->piece[behind] == '|')
        behind++;
    size_t label = label_before(r, before);
    if (is_www(r, i) && label_at(r, behind))
        return true;
    bool alone = label == 1 && r->piece[before - 1] == 'a' && is_top_domain(r, behind);
    return label > 0 && !alone && leads_to_end(r, behind);
}

static void find_dots(const struct row *r, mop_rx_tell *tell, void *ctx)
{
    for (size_t i = 0; i < r->n; i++)
        if (r->piece[i] == '.' && is_host_dot(r, i))
            tell(ctx, r->node[i]->from, r->node[i]->to);
}

void mop_rx_find_host_dots(const struct mop_rx_pattern *p, mop_rx_tell *tell, void *ctx)
{
    struct row r = {.p = p};
    lay_out(&r, p->top);
    find_dots(&r, tell, ctx);
}

/* ---- classes ---- */

/* The bytes of one member at s[i], and what it is if that is a letter as it stands or as \x.. */
static size_t member(const char *s, size_t i, size_t end, char *letter)
{
    char *behind = NULL;
    unsigned long cp = (unsigned char)s[i];
    size_t n = 1;
    if (s[i] == '\\' && i + 1 < end) {
        bool hex = s[i + 1] == 'x', braced = hex && s[i + 2] == '{';
        char digits[9] = {0};
        n = 2;
        for (size_t k = 0; hex && i + 2 + braced + k < end && k < (braced ? 8 : 2); k++)
            digits[k] = s[i + 2 + braced + k];
        cp = hex ? strtoul(digits, &behind, 16) : 0;
        n += hex ? (size_t)(behind - digits) + (braced ? 2 : 0) : 0;
    }
    *letter = cp < 0x80 ? (char)cp : '\0';
    return n;
}

/* Digits, capitals, small letters; 0 for all else. */
static int kind_of(char c)
{
    return c >= '0' && c <= '9' ? 1 : c >= 'A' && c <= 'Z' ? 2 : c >= 'a' && c <= 'z' ? 3 : 0;
}

/* [0-z], [A-z]; not [!-~], whose ends are signs: that one means all. */
static size_t range(const char *s, size_t i, size_t end, bool *crosses)
{
    char from, to;
    size_t n = member(s, i, end, &from);
    *crosses = false;
    if (i + n + 1 >= end || s[i + n] != '-')
        return n;
    size_t both = n + 1 + member(s, i + n + 1, end, &to);
    *crosses = kind_of(from) && kind_of(to) && kind_of(from) != kind_of(to) && i + both < end;
    return *crosses ? both : n;
}

static void each_range(const struct mop_rx_pattern *p, const struct mop_rx_node *n,
                       mop_rx_tell *tell, void *ctx)
{
    for (; n; n = n->next) {
        const char *s = p->text.p;
        bool class_ = n->kind == MOP_RX_ATOM && !n->literal && s[n->from] == '[', crosses;
        for (size_t i = n->from + 1, more; class_ && i + 1 < n->to; i += more) {
            more = range(s, i, n->to, &crosses);
            if (crosses)
                tell(ctx, i, i + more);
        }
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
