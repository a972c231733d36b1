/* SPDX-License-Identifier: MIT */
#include "gate/policy.h"
#include <string.h>

/* Conditions on a brief: {channels: [print, qr]}, {recurring: {not: true}}, {budget: {min: 5000}}.
 */

static const char *const derived[] = {"printed", "platforms"};

static struct mop_said word(const char *text)
{
    return (struct mop_said){mop_sv_of(text), {0}, 0};
}

static bool has(const struct mop_said_list *l, const char *text)
{
    for (size_t i = 0; i < l->n; i++)
        if (mop_said_is(&l->list[i], text))
            return true;
    return false;
}

/* What is bought costs money, whether or not the brief says how much. */
static bool is_paid(struct mop_sv channel)
{
    static const char *const words[] = {"display", "cross-network"};
    bool paid = mop_sv_eq_nocase(mop_sv_sub(channel, 0, 5), MOP_SV("paid "));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        paid = paid || mop_sv_eq_nocase(channel, mop_sv_of(words[i]));
    return paid;
}

/* The brief's channels, then those that only its links name. */
static struct mop_said_list channels(struct mop_brief *b)
{
    size_t most = b->channels.n + b->nlinks;
    struct mop_said_list l = b->channels;
    struct mop_map seen;
    bool added;
    mop_map_init(&seen);
    l.list = mop_arena_array(&b->arena, most + 1, sizeof *l.list);
    l.n = 0;
    for (size_t i = 0; i < most; i++) {
        const struct mop_said *s =
            i < b->channels.n ? &b->channels.list[i] : &b->links[i - b->channels.n].channel;
        if (!s->text.p)
            continue;
        mop_map_put(&seen, s->text, &added);
        if (added)
            l.list[l.n++] = *s;
    }
    mop_map_release(&seen);
    return l;
}

static bool costs_money(struct mop_brief *b)
{
    struct mop_said_list l = channels(b);
    bool costs = b->budget.millionths > 0 || b->cap.millionths > 0;
    for (size_t i = 0; i < l.n && !costs; i++)
        costs = is_paid(l.list[i].text);
    return costs;
}

/* Forms bring leads unless the brief says that they do not. */
static bool brings_leads(struct mop_brief *b)
{
    struct mop_said_list said = mop_brief_values(b, "creates_leads");
    return said.n ? has(&said, "true") : mop_brief_values(b, "forms").n > 0;
}

static struct mop_said_list touches(struct mop_brief *b)
{
    struct mop_said_list said = b->touches;
    struct mop_said_list l = {mop_arena_array(&b->arena, said.n + 2, sizeof *l.list), 0, said.said};
    for (size_t i = 0; i < said.n; i++)
        l.list[l.n++] = said.list[i];
    if (!has(&l, "budget") && costs_money(b))
        l.list[l.n++] = word("budget");
    if (!has(&l, "sales_handoff") && brings_leads(b))
        l.list[l.n++] = word("sales_handoff");
    return l;
}

static struct mop_said_list platforms(struct mop_brief *b)
{
    struct mop_said_list l = {mop_arena_array(&b->arena, b->nlinks + 1, sizeof *l.list), 0, true};
    for (size_t i = 0; i < b->nlinks; i++)
        if (b->links[i].platform.text.p)
            l.list[l.n++] = b->links[i].platform;
    return l;
}

static struct mop_said_list printed(struct mop_brief *b)
{
    struct mop_said_list l = {mop_arena_array(&b->arena, 1, sizeof *l.list), 0, true};
    for (size_t i = 0; i < b->nlinks && !l.n; i++)
        if (b->links[i].printed)
            l.list[l.n++] = word("true");
    return l;
}

struct mop_said_list mop_gate_facts(struct mop_brief *b, struct mop_sv key)
{
    if (mop_sv_eqs(key, "touches"))
        return touches(b);
    if (mop_sv_eqs(key, "channels"))
        return channels(b);
    if (mop_sv_eqs(key, "platforms"))
        return platforms(b);
    if (mop_sv_eqs(key, "printed"))
        return printed(b);
    return mop_brief_values(b, mop_arena_str(&b->arena, key));
}

bool mop_gate_touches(struct mop_brief *b, const char *what)
{
    struct mop_said_list l = touches(b);
    return has(&l, what);
}

static bool says_something(struct mop_sv text)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c >= 128 || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z'))
            return true;
    }
    return false;
}

/* "TBD: ask Noor", "todo - see ticket"; not "Todo lists for families". */
static bool begins_with(struct mop_sv text, struct mop_sv word)
{
    if (!word.n || !mop_sv_eq_nocase(mop_sv_sub(text, 0, word.n), word))
        return false;
    struct mop_sv rest = mop_sv_sub(text, word.n, text.n), after = mop_sv_trim(rest);
    return !after.n || strchr(":;,.(/?!", after.p[0]) || (after.p != rest.p && after.p[0] == '-');
}

bool mop_gate_is_open(const struct mop_gate_policy *p, struct mop_sv text)
{
    for (size_t i = 0; i < p->nplaceholders; i++)
        if (begins_with(text, p->placeholders[i]))
            return true;
    return !says_something(text);
}

/* ---- reading ---- */

static void check_fact(struct mop_gate_reader *r, const struct mop_node *key)
{
    struct mop_sv names[64];
    char hint[200];
    size_t n = 0;
    for (const struct mop_key *k = mop_brief_keys_top.keys; k->name; k++)
        names[n++] = mop_sv_of(k->name);
    for (size_t i = 0; i < sizeof derived / sizeof *derived; i++)
        names[n++] = mop_sv_of(derived[i]);
    for (size_t i = 0; i < n; i++)
        if (mop_sv_eq(key->text, names[i]))
            return;
    bool near = mop_did_you_mean(hint, sizeof hint, key->text, names, n);
    mop_gate_fault(r, "unknown-key", key, near ? hint : NULL, "a brief has no key '%.*s'",
                   MOP_SV_ARG(key->text));
}

static bool is_true(const struct mop_node *n)
{
    return n->kind == MOP_SCALAR && mop_sv_eqs(n->text, "true");
}

/* {not: X}, {given: true}, {min: 5000}; else values. */
static void read_term(struct mop_gate_reader *r, const struct mop_node *key,
                      const struct mop_node *n, struct mop_gate_term *t)
{
    static const char hint[] = "write values, or {not: ..}, {given: true}, {min: 5000}";
    check_fact(r, key);
    t->key = key->text;
    if (n->kind == MOP_MAPPING && n->n == 1 && mop_sv_eqs(n->key[0]->text, "not")) {
        t->negated = true;
        n = n->item[0];
    }
    if (n->kind != MOP_MAPPING) {
        t->n = mop_gate_texts(r, n, &t->values);
        if (!t->n)
            mop_gate_fault(r, "missing-value", key, hint, "'%.*s' has no value",
                           MOP_SV_ARG(key->text));
        return;
    }
    const struct mop_node *given = mop_node_get(n, "given"), *min = mop_node_get(n, "min");
    t->op = given ? MOP_TERM_GIVEN : MOP_TERM_MIN;
    if (n->n == 1 && given) {
        t->negated = t->negated != !is_true(given);
        return;
    }
    if (n->n != 1 || !min || min->kind != MOP_SCALAR ||
        !mop_decimal_parse(min->text, (struct mop_marks){'.', 0}, &t->min))
        mop_gate_fault(r, "bad-value", n, hint, "'%.*s' is asked in a way that there is not",
                       MOP_SV_ARG(key->text));
}

static void read_test(struct mop_gate_reader *r, const struct mop_node *n,
                      struct mop_gate_when *out)
{
    if (n->kind != MOP_MAPPING || n->null) {
        mop_gate_fault(r, "wrong-type", n, NULL, "a condition is written as KEY: VALUE");
        return;
    }
    struct mop_gate_term *terms = mop_arena_array(r->a, n->n + 1, sizeof *terms);
    for (size_t i = 0; i < n->n; i++)
        read_term(r, n->key[i], n->item[i], &terms[i]);
    out->tests[out->n] = terms;
    out->counts[out->n++] = n->n;
}

void mop_gate_when_read(struct mop_gate_reader *r, const struct mop_node *n,
                        struct mop_gate_when *out)
{
    size_t most = !n ? 0 : n->kind == MOP_LIST ? n->n : 1;
    *out = (struct mop_gate_when){NULL, NULL, 0};
    out->tests = mop_arena_array(r->a, most + 1, sizeof *out->tests);
    out->counts = mop_arena_array(r->a, most + 1, sizeof *out->counts);
    for (size_t i = 0; i < most; i++)
        read_test(r, n->kind == MOP_LIST ? n->item[i] : n, out);
}

/* ---- asking ---- */

static bool is_among(const struct mop_said_list *said, const struct mop_gate_term *t)
{
    for (size_t i = 0; i < said->n; i++)
        for (size_t k = 0; k < t->n; k++)
            if (mop_sv_eq_nocase(said->list[i].text, t->values[k]))
                return true;
    return false;
}

/* "12000 EUR" counts as 12000. */
static bool reaches(const struct mop_said_list *said, mop_i128 min)
{
    mop_i128 v;
    struct mop_sv text = said->n ? said->list[0].text : MOP_SV_NONE;
    text = mop_sv_sub(text, 0, mop_sv_find(text, ' '));
    return text.n && mop_decimal_parse(text, (struct mop_marks){'.', 0}, &v) && v >= min;
}

static bool term_holds(const struct mop_gate_term *t, struct mop_brief *b)
{
    struct mop_said_list said = mop_gate_facts(b, t->key);
    bool holds = t->op == MOP_TERM_GIVEN ? said.said /* an empty list is an answer */
                 : t->op == MOP_TERM_MIN ? reaches(&said, t->min)
                                         : is_among(&said, t);
    return holds != t->negated;
}

bool mop_gate_when_holds(const struct mop_gate_when *w, struct mop_brief *b)
{
    bool any = w->n == 0;
    for (size_t i = 0; i < w->n && !any; i++) {
        any = true;
        for (size_t k = 0; k < w->counts[i] && any; k++)
            any = term_holds(&w->tests[i][k], b);
    }
    return any;
}
