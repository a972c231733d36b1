/* SPDX-License-Identifier: MIT */
#include "lint/regex_style.h"
#include <string.h>

/* Dots of host names. */

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
 * a class or a repeat, 'y' a class that leaves out the slash), '*' a repeat that takes anything,
 * '.' a dot that takes any, ',' one that is escaped, ' ' all else, '|' where an alternative or what
 * may be missing begins or ends.
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

static bool has(struct mop_sv text, const char *word)
{
    for (size_t i = 0; i < text.n; i++)
        if (mop_sv_starts(mop_sv_sub(text, i, text.n), mop_sv_of(word)))
            return true;
    return false;
}

/* [^/]: a host, or a part of one; [^@]: whatever there is. */
static char piece_of_class(const struct mop_rx_pattern *p, const struct mop_rx_node *n)
{
    struct mop_sv text = mop_sv_sub(p->text, n->from, n->to);
    if (is_label_class(p, n))
        return 'x';
    if (n->kind != MOP_RX_ATOM || n->literal || !mop_sv_starts(text, MOP_SV("[^")) ||
        has(text, "\\w") || has(text, "a-z") || has(text, "[:"))
        return ' ';
    return has(text, "/") ? 'y' : '*';
}

static char piece_of(const struct mop_rx_pattern *p, const struct mop_rx_node *n)
{
    if (letter_of(n))
        return 'a';
    if (is_any(p, n))
        return '.';
    return n->literal == '.' ? ',' : piece_of_class(p, n);
}

static char piece_of_repeat(const struct mop_rx_pattern *p, const struct mop_rx_node *n)
{
    struct mop_sv kid = mop_sv_sub(p->text, n->kid->from, n->kid->to);
    if (letter_of(n->kid))
        return 'x';
    if (n->max == MOP_RX_MANY && (is_any(p, n->kid) || mop_sv_eqs(kid, "\\S")))
        return '*';
    return piece_of_class(p, n->kid);
}

static void lay_out(struct row *r, const struct mop_rx_node *n)
{
    for (; n; n = n->next) {
        if (n->kind == MOP_RX_ATOM) {
            put(r, n, piece_of(r->p, n), letter_of(n));
        } else if (n->kind == MOP_RX_REPEAT && n->kid->kind == MOP_RX_ATOM) {
            put(r, n, piece_of_repeat(r->p, n), 0);
        } else if (n->kind == MOP_RX_ALT || n->kind == MOP_RX_REPEAT) {
            for (const struct mop_rx_node *k = n->kid; k; k = k->next) {
                put(r, k, '|', 0);
                lay_out(r, k->kid);
            }
            put(r, n, '|', 0);
        } else if (n->kind == MOP_RX_SEQ || n->kind == MOP_RX_GROUP) {
            lay_out(r, n->kid);
        } else if (n->kind == MOP_RX_LOOK) {
            put(r, n, ' ', 0);
            lay_out(r, n->kid);
            put(r, n, ' ', 0);
        } else if (n->kind != MOP_RX_EMPTY) {
            put(r, n, ' ', 0);
        }
    }
}

/* Pieces of the label that ends before i, or that begins there. */
static size_t label_before(const struct row *r, size_t i)
{
    size_t n = 0;
    while (i > n && strchr("axy", r->piece[i - n - 1]))
        n++;
    return n;
}

static size_t label_at(const struct row *r, size_t i)
{
    size_t n = 0;
    while (i + n < r->n && strchr("axy", r->piece[i + n]))
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
        while (i + n + 1 < r->n && r->piece[i + n + 1] == '|')
            i++;
    }
    return false;
}

static bool is_www(const struct row *r, size_t i)
{
    return label_before(r, i) == 3 && memcmp(r->letter + i - 3, "www", 3) == 0;
}

static bool is_literal(const struct row *r, size_t i, uint32_t cp)
{
    return r->node[i]->kind == MOP_RX_ATOM && r->node[i]->literal == cp;
}

/* Right behind https:// or an @? */
static bool is_host_start(const struct row *r, size_t i)
{
    return (i > 0 && is_literal(r, i - 1, '@')) ||
           (i > 2 && is_literal(r, i - 1, '/') && is_literal(r, i - 2, '/') &&
            is_literal(r, i - 3, ':'));
}

/* Do labels and dots lead back from i to https:// or an @? */
static bool is_behind_scheme(const struct row *r, size_t i)
{
    while (i > 0 && strchr("axy.,|", r->piece[i - 1]))
        i--;
    return is_host_start(r, i);
}

/* Is what ends at i a repeat of anything with which the pattern or a host in it begins? */
static bool is_any_start(const struct row *r, size_t i)
{
    if (!i || r->piece[--i] != '*')
        return false;
    while (i > 0 && (r->piece[i - 1] == '|' || r->node[i - 1]->kind == MOP_RX_START))
        i--;
    return !i || is_host_start(r, i);
}

/* asp.net and its like */
static bool is_product(const struct row *r, size_t i)
{
    static const char *const names[] = {"asp", "ado", "vb"};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        if (label_before(r, i) == strlen(names[k]) && label_at(r, i + 1) == 3 &&
            memcmp(r->letter + i - strlen(names[k]), names[k], strlen(names[k])) == 0 &&
            memcmp(r->letter + i + 1, "net", 3) == 0)
            return true;
    return false;
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
    if (label && label_at(r, behind) && is_behind_scheme(r, before))
        return true;
    if (is_any_start(r, before) && leads_to_end(r, behind))
        return true;
    bool alone = label == 1 && r->piece[before - 1] == 'a' && is_top_domain(r, behind);
    return label > 0 && !alone && !is_product(r, i) && leads_to_end(r, behind);
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
