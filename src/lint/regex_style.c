/* SPDX-License-Identifier: MIT */
#include "lint/regex_style.h"
#include <stdlib.h>
#include <string.h>

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
