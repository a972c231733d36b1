/* SPDX-License-Identifier: MIT */
#include "lint/regex_symbols.h"
#include "base/utf8.h"
#include <string.h>

enum { ASCII = 128 };

/* Letters with and without case, digits, blanks, signs and an emoji from beyond ASCII. */
static const uint32_t OTHERS[] = {0xE9,   0xC9,   0xDF,   0xA0,   0xB2,  0x3B1,   0x416, 0x660,
                                  0x20AC, 0x2013, 0x2028, 0x4E2D, 0x5D0, 0x1F600, 0x301, 0x3000};

void mop_rx_symbols_init(struct mop_rx_symbols *s)
{
    *s = (struct mop_rx_symbols){.match = mop_match_create()};
    for (uint32_t c = 0; c < ASCII; c++)
        s->cp[s->n++] = c;
    for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++)
        s->cp[s->n++] = OTHERS[i];
    s->fixed = s->n;
    mop_map_init(&s->known);
    mop_arena_init(&s->kept);
}

void mop_rx_symbols_release(struct mop_rx_symbols *s)
{
    mop_match_free(s->match);
    mop_map_release(&s->known);
    mop_arena_release(&s->kept);
}

static void add(struct mop_rx_set *s, size_t i)
{
    s->w[i / 64] |= UINT64_C(1) << (i % 64);
}

size_t mop_rx_symbol_find(const struct mop_rx_symbols *s, uint32_t cp)
{
    size_t i = cp < ASCII ? cp : ASCII;
    while (i < s->n && s->cp[i] != cp)
        i++;
    return i;
}

static bool collect(struct mop_rx_symbols *s, uint32_t cp)
{
    bool known = mop_rx_symbol_find(s, cp) < s->n;
    if (!known && s->n < MOP_RX_SYMBOLS)
        s->cp[s->n++] = cp;
    return known || s->cp[s->n - 1] == cp;
}

void mop_rx_symbols_add(struct mop_rx_symbols *s, const struct mop_rx_node *n)
{
    for (; n; n = n->next) {
        if (n->literal)
            collect(s, n->literal);
        mop_rx_symbols_add(s, n->kid);
    }
}

bool mop_rx_symbols_add_text(struct mop_rx_symbols *s, struct mop_sv text)
{
    bool room = true;
    for (size_t i = 0; i < text.n;)
        room &= collect(s, mop_utf8_next(text, &i));
    return room;
}

void mop_rx_symbols_of(struct mop_rx_symbols *s, const struct mop_rx_node *top)
{
    s->n = s->fixed;
    mop_rx_symbols_add(s, top);
}

/* ---- what an atom takes ---- */

static size_t encode(uint32_t c, char *out)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i > 0; i--, c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3F));
    out[0] = (char)((n == 2 ? 0xC0 : n == 3 ? 0xE0 : 0xF0) | c);
    return n;
}

/* The atom alone, with the options that hold where it stands. */
static void write_alone(struct mop_buf *b, struct mop_sv pattern, const struct mop_rx_node *atom)
{
    mop_buf_printf(b, "(?%s%s%s)", atom->options & MOP_RX_I ? "i" : "",
                   atom->options & MOP_RX_M ? "m" : "", atom->options & MOP_RX_S ? "s" : "");
    if (atom->literal)
        mop_buf_printf(b, "\\x{%x}", atom->literal);
    else
        mop_buf_sv(b, mop_sv_sub(pattern, atom->from, atom->to));
}

static struct mop_rx_set ask(struct mop_rx_symbols *s, struct mop_sv alone)
{
    struct mop_rx_set set = {{0}};
    struct mop_regex_error e;
    s->asked++;
    struct mop_regex *r = mop_regex_compile(alone, MOP_RX_WHOLE | MOP_RX_PLAIN, &e);
    for (size_t i = 0; r && i < s->n; i++) {
        char text[4];
        struct mop_sv one = {text, encode(s->cp[i], text)};
        if (mop_regex_match(r, s->match, one) == MOP_RX_YES)
            add(&set, i);
    }
    mop_regex_free(r);
    return set;
}

/* Kept for all patterns, unless this one has characters of its own. */
static struct mop_rx_set recall(struct mop_rx_symbols *s, struct mop_sv alone)
{
    if (s->n > s->fixed)
        return ask(s, alone);
    uint64_t *found = mop_map_find(&s->known, alone);
    if (!found) {
        struct mop_rx_set *set = mop_arena_alloc(&s->kept, sizeof *set);
        *set = ask(s, alone);
        found = mop_map_put(&s->known, mop_arena_copy(&s->kept, alone), NULL);
        *found = (uint64_t)(uintptr_t)set;
    }
    return *(const struct mop_rx_set *)(uintptr_t)*found;
}

struct mop_rx_set mop_rx_set_of(struct mop_rx_symbols *s, struct mop_sv pattern,
                                const struct mop_rx_node *atom)
{
    struct mop_rx_set set = {{0}};
    if (atom->literal && !(atom->options & MOP_RX_I)) {
        size_t i = mop_rx_symbol_find(s, atom->literal);
        if (i < s->n)
            add(&set, i);
        return set;
    }
    struct mop_buf b;
    mop_buf_init(&b, (size_t)64 * 1024);
    write_alone(&b, pattern, atom);
    set = recall(s, mop_buf_view(&b));
    mop_buf_release(&b);
    return set;
}

/* ---- sets ---- */

bool mop_rx_set_has(struct mop_rx_set s, size_t symbol)
{
    return s.w[symbol / 64] >> (symbol % 64) & 1;
}

bool mop_rx_set_takes(const struct mop_rx_symbols *s, struct mop_rx_set set, struct mop_sv text)
{
    for (size_t i = 0; i < text.n;) {
        size_t symbol = mop_rx_symbol_find(s, mop_utf8_next(text, &i));
        if (symbol == s->n || !mop_rx_set_has(set, symbol))
            return false;
    }
    return true;
}

bool mop_rx_set_empty(struct mop_rx_set s)
{
    return !(s.w[0] | s.w[1] | s.w[2]);
}

struct mop_rx_set mop_rx_set_and(struct mop_rx_set a, struct mop_rx_set b)
{
    for (size_t i = 0; i < MOP_RX_SET_WORDS; i++)
        a.w[i] &= b.w[i];
    return a;
}

struct mop_rx_set mop_rx_set_or(struct mop_rx_set a, struct mop_rx_set b)
{
    for (size_t i = 0; i < MOP_RX_SET_WORDS; i++)
        a.w[i] |= b.w[i];
    return a;
}

int mop_rx_set_pick(struct mop_rx_set s)
{
    static const char first[] = "a0A1b-_ ./";
    for (const char *c = first; *c; c++)
        if (mop_rx_set_has(s, (size_t)*c))
            return *c;
    for (int i = 33; i < 127; i++)
        if (mop_rx_set_has(s, (size_t)i))
            return i;
    for (int i = 0; i < MOP_RX_SYMBOLS; i++)
        if (mop_rx_set_has(s, (size_t)i))
            return i;
    return -1;
}

int mop_rx_set_stranger(const struct mop_rx_symbols *s, struct mop_rx_set set)
{
    static const char first[] = "!#~; \n\x01";
    for (const char *c = first; *c; c++)
        if (!mop_rx_set_has(set, (size_t)*c))
            return *c;
    for (size_t i = 1; i < s->n; i++)
        if (!mop_rx_set_has(set, i))
            return (int)i;
    return -1;
}

void mop_rx_symbol_put(const struct mop_rx_symbols *s, int symbol, struct mop_buf *out)
{
    char text[4];
    mop_buf_add(out, text, encode(s->cp[symbol], text));
}
