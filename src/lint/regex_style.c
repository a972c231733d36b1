/* SPDX-License-Identifier: MIT */
#include "lint/regex_style.h"
#include <stdlib.h>
#include <string.h>

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

static bool is_literal(const struct row *r, size_t i, uint32_t cp)
{
    return r->node[i]->kind == MOP_RX_ATOM && r->node[i]->literal == cp;
}

/* Do labels and dots lead back from i to https:// or an @? */
static bool is_behind_scheme(const struct row *r, size_t i)
{
    while (i > 0 && strchr("ax.,|", r->piece[i - 1]))
        i--;
    return (i > 0 && is_literal(r, i - 1, '@')) ||
           (i > 2 && is_literal(r, i - 1, '/') && is_literal(r, i - 2, '/') &&
            is_literal(r, i - 3, ':'));
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

/* ---- classes ---- */

/* The bytes of one member at s[i], and what it is if that is a letter: as it stands, \x.., \x{..},
 * \o{..} or \101. */
static size_t member(const char *s, size_t i, size_t end, char *letter)
{
    char digits[9] = {0}, *behind = digits;
    *letter = '\0';
    if (s[i] != '\\' || i + 1 >= end) {
        *letter = (unsigned char)s[i] < 0x80 ? s[i] : '\0';
        return 1;
    }
    bool named = strchr("xo", s[i + 1]), octal = s[i + 1] >= '0' && s[i + 1] <= '7';
    bool braced = named && s[i + 2] == '{';
    if (!octal && !braced && s[i + 1] != 'x')
        return 2;
    size_t from = i + (octal ? 1U : 2U) + braced, most = braced ? 8 : octal ? 3 : 2;
    for (size_t k = 0; from + k < end && k < most; k++)
        digits[k] = s[from + k];
    unsigned long cp = strtoul(digits, &behind, s[i + 1] == 'x' ? 16 : 8);
    *letter = cp < 0x80 ? (char)cp : '\0';
    return from + (size_t)(behind - digits) + braced - i;
}

/* Digits, capitals, small letters, signs; 0 for what is not printed and beyond ASCII. */
static int kind_of(char c)
{
    if (c < ' ' || c == 0x7F)
        return 0;
    return c >= '0' && c <= '9' ? 1 : c >= 'A' && c <= 'Z' ? 2 : c >= 'a' && c <= 'z' ? 3 : 4;
}

/* [0-z], [A-z], [%-z]; not [!-~], whose ends are signs: that one means all. */
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
