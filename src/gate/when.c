/* SPDX-License-Identifier: MIT */
#include "gate/checks.h"
#include "rules/keys.h"

/* Conditions on a brief: {channels: [print, qr]}, {recurring: {not: true}}, {budget: {min: 5000}}.
 */

/* ---- reading ---- */

static bool check_fact(struct mop_gate_reader *r, const struct mop_node *key)
{
    char hint[200];
    size_t most = 0, n = 0;
    if (mop_key_find(&mop_keys_gate_when, key->text))
        return true;
    while (mop_keys_gate_when.keys[most].name)
        most++;
    struct mop_sv *names = mop_arena_array(r->a, most, sizeof *names);
    for (; n < most; n++)
        names[n] = mop_sv_of(mop_keys_gate_when.keys[n].name);
    bool near = mop_did_you_mean(hint, sizeof hint, key->text, names, n);
    mop_gate_fault(r, "unknown-key", key, near ? hint : NULL, "a brief has no key '%.*s'",
                   MOP_SV_ARG(key->text));
    return false;
}

static bool is_bool(const struct mop_node *n)
{
    return n->kind == MOP_SCALAR && (mop_sv_eqs(n->text, "true") || mop_sv_eqs(n->text, "false"));
}

/* {not: X}, {given: true}, {min: 5000}; else values. */
static void read_term(struct mop_gate_reader *r, const struct mop_node *key,
                      const struct mop_node *n, struct mop_gate_term *t)
{
    static const char hint[] = "write values, or {not: ..}, {given: true}, {min: 5000}";
    bool known = check_fact(r, key);
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
        if (known)
            t->vocabulary = mop_gate_check_values(r, key, n);
        for (size_t i = 0; mop_sv_eqs(key->text, "platforms") && i < t->n; i++)
            t->values[i] = mop_gate_platform(t->values[i]);
        return;
    }
    const struct mop_node *given = mop_node_get(n, "given"), *min = mop_node_get(n, "min");
    t->op = given ? MOP_TERM_GIVEN : MOP_TERM_MIN;
    if (n->n == 1 && given && is_bool(given)) {
        t->negated = t->negated != !mop_sv_eqs(given->text, "true");
        return;
    }
    if (n->n == 1 && min && !mop_sv_eqs(key->text, "budget")) {
        mop_gate_fault(r, "bad-value", n, "write values, or {not: ..}, {given: true}",
                       "'%.*s' is no amount", MOP_SV_ARG(key->text));
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

static bool is_same(const struct mop_gate_term *t, struct mop_sv said, struct mop_sv value,
                    struct mop_arena *a)
{
    enum mop_rung rung;
    if (mop_sv_eq_nocase(said, value) || !t->vocabulary)
        return mop_sv_eq_nocase(said, value);
    const struct mop_term *term = mop_vocabulary_look(t->vocabulary, said, a, &rung);
    return term && term == mop_vocabulary_look(t->vocabulary, value, a, &rung);
}

static bool is_among(const struct mop_said_list *said, const struct mop_gate_term *t,
                     struct mop_arena *a)
{
    for (size_t i = 0; i < said->n; i++)
        for (size_t k = 0; k < t->n; k++)
            if (is_same(t, said->list[i].text, t->values[k], a))
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
                                         : is_among(&said, t, &b->arena);
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
