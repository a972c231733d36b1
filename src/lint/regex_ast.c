/* SPDX-License-Identifier: MIT */
#include "lint/regex_ast.h"
#include "base/utf8.h"
#include <string.h>

enum { DEPTH = 260 }; /* PCRE2 ends at 250 */

struct parser {
    struct mop_sv s;
    size_t i;
    unsigned options, groups, depth;
    struct mop_arena *a;
    bool unknown; /* what is not known here was met */
    bool quoted;  /* between \Q and \E */
};

static struct mop_rx_node *alternatives(struct parser *p);

static char at(const struct parser *p, size_t ahead)
{
    return p->i + ahead < p->s.n ? p->s.p[p->i + ahead] : '\0';
}

static bool looking_at(const struct parser *p, const char *word)
{
    return mop_sv_starts(mop_sv_sub(p->s, p->i, p->s.n), mop_sv_of(word));
}

static bool eat(struct parser *p, const char *word)
{
    bool there = looking_at(p, word);
    p->i += there ? strlen(word) : 0;
    return there;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* Moves behind the next c; at the end of the text it is not known what was meant. */
static void skip_behind(struct parser *p, char c)
{
    size_t n = mop_sv_find(mop_sv_sub(p->s, p->i, p->s.n), c);
    p->unknown = p->unknown || p->i + n >= p->s.n;
    p->i += n + (p->i + n < p->s.n);
}

static struct mop_rx_node *node(struct parser *p, enum mop_rx_kind kind, size_t from)
{
    struct mop_rx_node *n = mop_arena_alloc(p->a, sizeof *n);
    n->kind = kind;
    n->from = from;
    n->to = p->i;
    n->options = p->options;
    return n;
}

/* ---- atoms ---- */

/* Behind a [: the class's end. A ] that comes first is a member. */
static void skip_class(struct parser *p)
{
    p->i += at(p, 0) == '^';
    p->i += at(p, 0) == ']';
    while (p->i < p->s.n && at(p, 0) != ']') {
        bool posix = at(p, 0) == '[' && at(p, 1) && strchr(":.=", at(p, 1));
        char close[3] = {at(p, 1), ']', '\0'};
        size_t i = p->i + 2;
        while (posix && i < p->s.n && (is_letter(p->s.p[i]) || p->s.p[i] == '^'))
            i++;
        if (posix && mop_sv_starts(mop_sv_sub(p->s, i, p->s.n), mop_sv_of(close)))
            p->i = i + 2;
        else if (looking_at(p, "\\Q"))
            p->unknown = true, p->i += 2;
        else
            p->i += at(p, 0) == '\\' ? 2 : 1;
    }
    p->i = p->i < p->s.n ? p->i + 1 : p->s.n;
}

static struct mop_rx_node *reference(struct parser *p, size_t from, uint32_t group)
{
    struct mop_rx_node *n = node(p, MOP_RX_BACK, from);
    n->group = group;
    return n;
}

static uint32_t number(struct parser *p)
{
    uint32_t n = 0;
    for (; is_digit(at(p, 0)); p->i++)
        n = n < 100000 ? n * 10 + (uint32_t)(at(p, 0) - '0') : n;
    return n;
}

/* A number, from here on with a sign, or a name; up to `end`, which is eaten. */
static struct mop_rx_node *meaning(struct parser *p, size_t from, char end)
{
    bool back = eat(p, "-"), ahead = !back && eat(p, "+");
    size_t start = p->i;
    uint32_t n = number(p);
    if (back)
        n = n <= p->groups ? p->groups + 1 - n : 0;
    struct mop_rx_node *r = reference(p, from, ahead ? p->groups + n : n);
    if (!end)
        return r;
    skip_behind(p, end);
    if (!p->unknown && !is_digit(p->s.p[start]))
        r->name = mop_sv_sub(p->s, start, p->i - 1);
    r->to = p->i;
    return r;
}

/* \1 \12 \g1 \g{-1} \g{name} \k<name>, and the calls \g<name> \g'1'. */
static struct mop_rx_node *numbered(struct parser *p, size_t from, char letter)
{
    static const char *const QUOTES[] = {"{}", "<>", "''"};
    for (size_t i = 0; i < sizeof QUOTES / sizeof *QUOTES; i++)
        if (letter && at(p, 0) == QUOTES[i][0]) {
            p->i++;
            struct mop_rx_node *r = meaning(p, from, QUOTES[i][1]);
            r->call = r->rough = letter == 'g' && i > 0;
            return r;
        }
    return meaning(p, from, '\0');
}

static struct mop_rx_node *literal(struct parser *p, size_t from, uint32_t cp)
{
    struct mop_rx_node *n = node(p, MOP_RX_ATOM, from);
    n->literal = cp;
    return n;
}

static struct mop_rx_node *assertion(struct parser *p, size_t from, char c)
{
    return node(p, c == 'A' ? MOP_RX_START : strchr("zZ", c) ? MOP_RX_END : MOP_RX_EMPTY, from);
}

/* Escapes with more than one letter: \x41 \x{..} \o{..} \p{..} \pL \N{U+..} \cA \012. */
static struct mop_rx_node *long_escape(struct parser *p, size_t from, char c)
{
    if (at(p, 0) == '{' && strchr("xopPN", c))
        skip_behind(p, '}');
    else if (c == 'x')
        for (int k = 0; k < 2 && at(p, 0) && strchr("0123456789abcdefABCDEF", at(p, 0)); k++)
            p->i++;
    else if (strchr("pPc", c))
        p->i++;
    else if (c == '0')
        for (int k = 0; k < 2 && at(p, 0) >= '0' && at(p, 0) <= '7'; k++)
            p->i++;
    return node(p, MOP_RX_ATOM, from);
}

/* Behind a backslash. */
static struct mop_rx_node *escape(struct parser *p, size_t from)
{
    uint32_t cp = mop_utf8_next(p->s, &p->i);
    char c = cp < 0x80 ? (char)cp : '\0';
    if (c == 'Q') {
        p->quoted = true;
        return node(p, MOP_RX_EMPTY, from);
    }
    if (c && strchr("bBAzZGKE", c))
        return assertion(p, from, c);
    if (c >= '1' && c <= '9') {
        p->i--;
        return numbered(p, from, '\0');
    }
    if (c == 'g' || c == 'k')
        return numbered(p, from, c);
    if (c && strchr("xopPNc0", c))
        return long_escape(p, from, c);
    return c && is_letter(c) ? node(p, MOP_RX_ATOM, from) : literal(p, from, cp);
}

/* ---- groups ---- */

/* (?i-s) up to its ) or :, which is left; false if it is none. */
static bool options(struct parser *p)
{
    static const char letters[] = "imsx"; /* in the order of enum mop_rx_option */
    unsigned set = p->options;
    bool off = false;
    size_t i = p->i;
    for (; i < p->s.n && !strchr("):", p->s.p[i]); i++) {
        char c = p->s.p[i];
        const char *l = strchr(letters, c);
        if (c == '^')
            set = 0;
        else if (c == '-')
            off = true;
        else if (!strchr("imsxnJU", c))
            return false;
        else if (l)
            set = off ? set & ~(1U << (l - letters)) : set | 1U << (l - letters);
    }
    p->i = i;
    p->options = set;
    return true;
}

static const struct look {
    const char *open;
    bool behind;
} LOOKS[] = {{"?=", false}, {"?!", false}, {"?<=", true},
             {"?<!", true}, {"?*", false}, {"?<*", true}};

/* (?i) or (?i:...); false if that was all. */
static bool open_options(struct parser *p)
{
    p->i++;
    p->unknown = p->unknown || !options(p);
    return eat(p, ":");
}

static bool opens_look(struct parser *p, struct mop_rx_node *n)
{
    for (size_t i = 0; i < sizeof LOOKS / sizeof *LOOKS; i++)
        if (eat(p, LOOKS[i].open)) {
            n->kind = MOP_RX_LOOK;
            n->behind = LOOKS[i].behind;
            return true;
        }
    return false;
}

/* (*atomic:...) is a group; (*FAIL) and the like have no inside. */
static bool open_verb(struct parser *p, struct mop_rx_node *n)
{
    size_t i = p->i + 1;
    while (i < p->s.n && (is_letter(p->s.p[i]) || p->s.p[i] == '_'))
        i++;
    bool inside = i < p->s.n && p->s.p[i] == ':' && is_letter(at(p, 1)) && (at(p, 1) & 32);
    n->rough = true;
    if (inside)
        p->i = i + 1;
    else if (skip_behind(p, ')'), !p->unknown)
        p->i--;
    return inside;
}

/* (?R) (?1) (?-1) (?&name) (?P>name) and (?P=name), up to the ) ; NULL if it is none. */
static struct mop_rx_node *call(struct parser *p, size_t from)
{
    bool known = at(p, 1) == 'R' || is_digit(at(p, 1)) ||
                 (strchr("+-", at(p, 1)) && at(p, 1) && is_digit(at(p, 2)));
    bool back = looking_at(p, "?P=");
    if (at(p, 0) != '?' || !(known || back || looking_at(p, "?&") || looking_at(p, "?P>")))
        return NULL;
    p->i += known ? 1 : at(p, 1) == '&' ? 2 : 3;
    bool all = eat(p, "R") || looking_at(p, "0");
    struct mop_rx_node *r = meaning(p, from, ')');
    if (all)
        r->name = MOP_SV_NONE;
    r->call = r->rough = !back;
    return r;
}

/* What is asked: a look around, whose ( was not read, or a group, as is seen by its name. */
static struct mop_rx_node *asked(struct parser *p)
{
    size_t from = p->i++;
    struct mop_rx_node *n = node(p, MOP_RX_LOOK, from);
    if (opens_look(p, n)) {
        n->kid = alternatives(p);
        p->unknown = p->unknown || at(p, 0) != ')';
        p->i++;
    } else {
        p->unknown = p->unknown || at(p, 0) == '?' || at(p, 0) == '*';
        n->kind = MOP_RX_EMPTY;
        skip_behind(p, ')');
    }
    n->to = p->i;
    return n;
}

/* (?(asked)yes|no): one of the two, behind what is asked. */
static struct mop_rx_node *condition(struct parser *p)
{
    struct mop_rx_node *seq = node(p, MOP_RX_SEQ, p->i);
    seq->kid = asked(p);
    struct mop_rx_node *kid = p->unknown ? NULL : alternatives(p);
    if (kid && kid->kind == MOP_RX_SEQ) { /* no is nothing */
        struct mop_rx_node *maybe = node(p, MOP_RX_REPEAT, kid->from);
        maybe->max = 1;
        maybe->kid = kid;
        kid = maybe;
    }
    seq->kid->next = kid;
    seq->to = p->i;
    return seq;
}

/* What stands behind the ( says what the group is, which goes to n; false if it has no inside. */
static bool open_group(struct parser *p, struct mop_rx_node *n)
{
    if (opens_look(p, n) || eat(p, "?:") || eat(p, "?>") || eat(p, "?|"))
        return true;
    if (at(p, 0) == '*')
        return open_verb(p, n);
    bool named = eat(p, "?P<") || eat(p, "?<") || eat(p, "?'");
    if (!named && at(p, 0) == '?')
        return open_options(p);
    size_t from = p->i;
    n->group = ++p->groups;
    if (named) {
        skip_behind(p, p->s.p[p->i - 1] == '<' ? '>' : '\'');
        n->name = mop_sv_sub(p->s, from, p->i - 1);
    }
    return true;
}

/* What the group has in it, NULL if nothing can be. */
static struct mop_rx_node *inside(struct parser *p, struct mop_rx_node *n)
{
    if (looking_at(p, "?(")) {
        p->i++;
        n->rough = true;
        return condition(p);
    }
    if (open_group(p, n))
        return alternatives(p);
    n->kind = MOP_RX_EMPTY;
    return NULL;
}

/* A comment: it may stand between an item and its quantifier. */
static bool skip_comment(struct parser *p)
{
    if (!eat(p, "(?#"))
        return false;
    skip_behind(p, ')');
    return true;
}

/* Behind a (. Options set in a group end with it; (?i) alone lasts to the end of what is around. */
static struct mop_rx_node *group(struct parser *p, size_t from)
{
    unsigned outer = p->options;
    struct mop_rx_node *n = call(p, from);
    if (n)
        return n;
    n = node(p, MOP_RX_GROUP, from);
    n->kid = inside(p, n);
    if (p->unknown)
        return n;
    if (n->kid)
        p->options = outer;
    p->unknown = p->unknown || at(p, 0) != ')';
    p->i++;
    n->to = p->i;
    return n;
}

/* ---- what is made of them ---- */

/* Comments, and blanks and comments of (?x). */
static void skip_blanks(struct parser *p)
{
    while (!p->quoted && p->i < p->s.n) {
        if (skip_comment(p))
            continue;
        if (!(p->options & MOP_RX_X))
            return;
        if (at(p, 0) == '#')
            p->i += mop_sv_find(mop_sv_sub(p->s, p->i, p->s.n), '\n');
        else if (!strchr(" \t\n\v\f\r", at(p, 0)) || !at(p, 0))
            return;
        p->i += p->i < p->s.n;
    }
}

/* NULL for what leaves no trace (comments). */
static struct mop_rx_node *item(struct parser *p)
{
    size_t from = p->i;
    uint32_t cp = mop_utf8_next(p->s, &p->i);
    if (p->quoted) {
        if (cp != '\\' || at(p, 0) != 'E')
            return literal(p, from, cp);
        p->i++;
        p->quoted = false;
        return NULL;
    }
    switch (cp) {
    case '(':
        return group(p, from);
    case '[':
        skip_class(p);
        return node(p, MOP_RX_ATOM, from);
    case '\\':
        return escape(p, from);
    case '.':
        return node(p, MOP_RX_ATOM, from);
    case '^':
        return node(p, MOP_RX_START, from);
    case '$':
        return node(p, MOP_RX_END, from);
    default:
        return literal(p, from, cp);
    }
}

/* * + ? {n} {n,} {n,m}; a { of another form is a literal. */
static bool quantifier(struct parser *p, uint32_t *min, uint32_t *max)
{
    static const struct {
        const char *sign;
        uint32_t min, max;
    } SIGNS[] = {{"*", 0, MOP_RX_MANY}, {"+", 1, MOP_RX_MANY}, {"?", 0, 1}};
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++)
        if (eat(p, SIGNS[i].sign)) {
            *min = SIGNS[i].min;
            *max = SIGNS[i].max;
            return true;
        }
    size_t start = p->i;
    if (eat(p, "{") && is_digit(at(p, 0))) {
        *min = *max = number(p);
        if (eat(p, ","))
            *max = is_digit(at(p, 0)) ? number(p) : MOP_RX_MANY;
        if (eat(p, "}"))
            return true;
    }
    p->i = start;
    return false;
}

static struct mop_rx_node *repeated(struct parser *p, struct mop_rx_node *n)
{
    uint32_t min, max;
    if (p->quoted && eat(p, "\\E"))
        p->quoted = false; /* what follows is said of the last one that was quoted */
    skip_blanks(p);
    while (!p->quoted && quantifier(p, &min, &max)) {
        (void)(eat(p, "?") || eat(p, "+"));
        struct mop_rx_node *r = node(p, MOP_RX_REPEAT, n->from);
        r->min = min;
        r->max = max;
        r->kid = n;
        n = r;
        skip_blanks(p);
    }
    return n;
}

static struct mop_rx_node *sequence(struct parser *p)
{
    struct mop_rx_node *seq = node(p, MOP_RX_SEQ, p->i), **tail = &seq->kid;
    for (skip_blanks(p); p->i < p->s.n && !p->unknown; skip_blanks(p)) {
        if (!p->quoted && strchr("|)", at(p, 0)) && at(p, 0))
            break;
        struct mop_rx_node *n = item(p);
        if (!n)
            continue;
        *tail = repeated(p, n);
        tail = &(*tail)->next;
    }
    seq->to = p->i;
    return seq;
}

static struct mop_rx_node *alternatives(struct parser *p)
{
    struct mop_rx_node *alt = node(p, MOP_RX_ALT, p->i), **tail = &alt->kid;
    p->unknown = p->unknown || ++p->depth > DEPTH;
    do {
        *tail = sequence(p);
        tail = &(*tail)->next;
    } while (!p->unknown && eat(p, "|"));
    alt->to = p->i;
    p->depth--;
    return alt->kid->next ? alt : alt->kid;
}

struct mop_rx_node *mop_rx_parse(struct mop_arena *a, struct mop_sv pattern, unsigned start)
{
    struct parser p = {.s = pattern.p ? pattern : MOP_SV(""), .a = a, .options = start};
    struct mop_rx_node *top = alternatives(&p);
    return p.unknown || p.i < p.s.n ? NULL : top;
}

static bool is_meant(const struct mop_rx_node *g, const struct mop_rx_node *back)
{
    if (g->kind != MOP_RX_GROUP || !g->group)
        return false;
    return back->name.n ? mop_sv_eq(g->name, back->name) : g->group == back->group;
}

const struct mop_rx_node *mop_rx_group(const struct mop_rx_node *top,
                                       const struct mop_rx_node *back)
{
    for (const struct mop_rx_node *n = top; n; n = n->next) {
        const struct mop_rx_node *in = is_meant(n, back) ? n : mop_rx_group(n->kid, back);
        if (in)
            return in;
    }
    return NULL;
}

const struct mop_rx_node *mop_rx_rough(const struct mop_rx_node *top)
{
    for (const struct mop_rx_node *n = top; n; n = n->next) {
        const struct mop_rx_node *in = n->rough ? n : mop_rx_rough(n->kid);
        if (in)
            return in;
    }
    return NULL;
}
