/* SPDX-License-Identifier: MIT */
#include "gate/brief_read.h"
#include "values/macro.h"
#include <string.h>

/* What a brief leaves open: "tbd" may stand wherever a value may, and says nothing there. */

static bool says_something(struct mop_sv text)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c >= 128 || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z'))
            return true;
    }
    return false;
}

/* Letters and digits alone, in lower case: "N.A.", "n/a" and "(none)" are written in many ways. */
static struct mop_sv squeeze(struct mop_sv text, char *out, size_t cap)
{
    size_t n = 0;
    for (size_t i = 0; i < text.n && n < cap; i++) {
        char c = text.p[i], low = (char)(c | 32);
        bool letter = (low >= 'a' && low <= 'z') || (unsigned char)c >= 128;
        if (letter || (c >= '0' && c <= '9'))
            out[n++] = c >= 'A' && c <= 'Z' ? low : c;
    }
    return (struct mop_sv){out, n};
}

bool mop_said_nothing(struct mop_sv text, enum mop_said_as as)
{
    enum { CODES = 6, LONGEST = 32 }; /* the first may be codes */
    static const char *const words[] = {
        "no",        "na",         "nil",     "ok",           "yes",      "x",
        "none",      "nothing",    "null",    "nobody",       "noone",    "unknown",
        "undefined", "noreason",   "tbd",     "todo",         "notknown", "notgiven",
        "nonegiven", "noevidence", "without", "notapplicable"};
    char bytes[LONGEST];
    struct mop_sv said = squeeze(text, bytes, sizeof bytes);
    size_t same = 1;
    for (size_t i = as == MOP_SAID_CODE ? CODES : 0; i < sizeof words / sizeof *words; i++)
        if (mop_sv_eqs(said, words[i]))
            return true;
    while (same < said.n && said.p[same] == said.p[0])
        same++;
    return !said.n || (as == MOP_SAID_TEXT && same == said.n);
}

/* Behind the word that the text begins with, in any case and with dots in it: "T.B.D.", "n.a."; or
 * SIZE_MAX. */
static size_t behind(struct mop_sv text, struct mop_sv word)
{
    size_t at = 0;
    for (size_t i = 0; i < word.n; i++) {
        bool dotted = i && at < text.n && text.p[at] == '.' && word.p[i] != '.';
        at += dotted;
        if (dotted && word.p[i] == '/')
            continue;
        if (!mop_sv_eq_nocase(mop_sv_sub(text, at, at + 1), mop_sv_sub(word, i, i + 1)))
            return SIZE_MAX;
        at++;
    }
    return word.n ? at : SIZE_MAX;
}

static bool is_dash(struct mop_sv text)
{
    return mop_sv_starts(text, MOP_SV("-")) || mop_sv_starts(text, MOP_SV("\xe2\x80\x93")) ||
           mop_sv_starts(text, MOP_SV("\xe2\x80\x94"));
}

/* "TBD: ask Noor", "[tbd]", "@todo"; "todo Zoe" too, unless it is a `title`: "Todo lists for
 * families". */
static bool begins_with(struct mop_sv text, struct mop_sv word, bool title)
{
    while (text.n > 1 && strchr("[(<{*_\"'@# ", text.p[0]))
        text = mop_sv_sub(text, 1, text.n);
    size_t at = behind(text, word);
    if (at == SIZE_MAX)
        return false;
    struct mop_sv rest = mop_sv_sub(text, at, text.n), after = mop_sv_trim(rest);
    return !after.n || strchr(":;,.(/?!])>}*_\"'", after.p[0]) ||
           (after.p != rest.p && (!title || is_dash(after)));
}

static bool is_bracket(char c)
{
    return c && strchr("<>{}[]", c);
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Letters alone, or words: an id stands in braces, too, and a code in square brackets: [DACH]. */
static bool is_wording(struct mop_sv text, bool square)
{
    bool digit = false, blank = false, small = false;
    size_t from = 0;
    while (from < text.n && is_blank(text.p[from]))
        from++;
    text = mop_sv_sub(text, from, text.n);
    char first = text.n ? text.p[0] : '0';
    for (size_t i = 0; i < text.n; i++) {
        if (is_bracket(text.p[i]))
            return false;
        digit = digit || (text.p[i] >= '0' && text.p[i] <= '9');
        blank = blank || is_blank(text.p[i]);
        small = small || (text.p[i] >= 'a' && text.p[i] <= 'z') || (unsigned char)text.p[i] >= 128;
    }
    bool letter = (first | 32) >= 'a' && (first | 32) <= 'z';
    return (letter || (unsigned char)first >= 128) && (blank || (!digit && (small || !square)));
}

/* What a form has where something is to be filled in: "<objective>", "[name of the list]",
 * "{{product}}". */
static bool is_slot(struct mop_sv text)
{
    static const char opens[] = "<{[", closes[] = ">}]";
    if (mop_sv_starts(text, MOP_SV("$")))
        text = mop_sv_sub(text, 1, text.n);
    const char *at = text.n > 2 ? strchr(opens, text.p[0]) : NULL;
    if (!at || text.p[text.n - 1] != closes[at - opens])
        return false;
    struct mop_sv inner = mop_sv_sub(text, 1, text.n - 1);
    if (inner.n > 2 && inner.p[0] == *at && inner.p[inner.n - 1] == closes[at - opens])
        inner = mop_sv_sub(inner, 1, inner.n - 1);
    return is_wording(inner, *at == '[');
}

static bool is_open(struct mop_sv text, const struct mop_sv *placeholders, size_t n, bool title)
{
    for (size_t i = 0; i < n; i++)
        if (begins_with(text, placeholders[i], title))
            return true;
    return !says_something(text) || is_slot(text);
}

bool mop_said_open(struct mop_sv text, const struct mop_sv *placeholders, size_t n)
{
    return is_open(text, placeholders, n, false);
}

/* Keys whose words are somebody's free choice. */
static bool is_title(struct mop_sv key)
{
    static const char *const keys[] = {"name", "description", "objective", "utm_campaign"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (mop_sv_eqs(key, keys[i]))
            return true;
    return false;
}

/* Keys whose values may be a platform's macro and nothing else. */
static bool is_macro(struct mop_sv key, struct mop_sv text)
{
    static const char *const keys[] = {"url", "utm_campaign", "utm_id"};
    bool may = false;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        may = may || mop_sv_eqs(key, keys[i]);
    return may && mop_macro_at(text, 0) == text.n;
}

static void add_open(struct mop_brief *b, struct mop_sv key, const struct mop_said *as)
{
    if (b->nopen == b->capopen) { /* in the arena, which keeps the old ones until the end */
        size_t cap = b->capopen ? 2 * b->capopen : 16;
        struct mop_brief_open *more = mop_arena_array(&b->arena, cap, sizeof *more);
        if (b->nopen)
            memcpy(more, b->open, b->nopen * sizeof *more);
        b->open = more;
        b->capopen = cap;
    }
    b->open[b->nopen++] = (struct mop_brief_open){key, *as};
}

/* Depth as in YAML: bounded. An alias's node is met again, and told once. */
static void find_open(struct mop_brief_reader *r, struct mop_sv key, struct mop_node *n)
{
    struct mop_said s = mop_said_of(n);
    if (s.text.p && !is_macro(key, s.text) &&
        is_open(s.text, r->o->placeholders, r->o->nplaceholders, is_title(key))) {
        add_open(r->b, key, &s);
        n->open = true;
    }
    for (size_t i = 0; n->kind != MOP_SCALAR && i < n->n; i++)
        find_open(r, n->kind == MOP_MAPPING ? n->key[i]->text : key, n->item[i]);
}

void mop_brief_find_open(struct mop_brief_reader *r, struct mop_node *root)
{
    find_open(r, MOP_SV("brief"), root);
}

struct mop_said mop_brief_open_at(const struct mop_brief *b, const char *key)
{
    const struct mop_node *n = b->root ? mop_node_get(b->root, key) : NULL;
    for (size_t i = 0; n && n->kind != MOP_SCALAR && i < n->n; i++)
        if (n->item[i]->open)
            return (struct mop_said){n->item[i]->text, n->item[i]->at, n->item[i]->span};
    return n && n->open ? (struct mop_said){n->text, n->at, n->span}
                        : (struct mop_said){MOP_SV_NONE, {0}, 0};
}
