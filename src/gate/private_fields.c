/* SPDX-License-Identifier: MIT */
#include "gate/checks.h"
#include "values/pii.h"
#include "rules/kind_url.h"
#include "values/url_keys.h"

/* Personal data in what the brief says beside its links: every value under every key. */

/* Who answers for something is named on purpose. */
static bool names_people(struct mop_sv key)
{
    static const char *const keys[] = {"owners", "by", "to", "fallback"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (mop_sv_eqs(key, keys[i]))
            return true;
    return false;
}

static void tell(struct mop_launch *g, struct mop_gate_result *r, const struct mop_said *s,
                 struct mop_sv key, bool guess, const char *words)
{
    struct mop_gate_item *x =
        mop_gate_tell(g, r, guess ? MOP_WARN : MOP_FAULT, s, "'%.*s' %s", MOP_SV_ARG(key), words);
    mop_gate_do(g, x, "%s",
                guess ? "if it is one, take it out: the brief is passed on, and kept"
                      : "take it out: the brief is passed on, and kept");
}

/* Addresses of assets and forms hand on what stands in them, as links do. */
static bool tell_url(struct mop_launch *g, struct mop_gate_result *r, const struct mop_said *s,
                     struct mop_sv key)
{
    const struct mop_url_context c = mop_url_context_of(g->o->rules, MOP_URL_LINK);
    struct mop_url u;
    struct mop_buf why;
    bool told = false;
    mop_url_parse(&g->arena, s->text, true, &u);
    mop_buf_init(&why, 2000);
    for (size_t i = 0; u.scheme.p && i < mop_url_checks_n; i++) {
        const struct mop_url_check *k = &mop_url_checks[i];
        mop_buf_reset(&why);
        if (!k->personal || !k->fails(&u, &c, &why))
            continue;
        tell(g, r, s, key, k->personal == MOP_PERSONAL_GUESS,
             mop_arena_str(&g->arena, mop_buf_view(&why)));
        told = true;
    }
    mop_buf_release(&why);
    return told;
}

/* Of a phone's key a guess is none; digits alone are a number there. */
static struct mop_pii find(struct mop_launch *g, struct mop_sv text, struct mop_sv key)
{
    struct mop_pii found = mop_pii_look(text, mop_url_key_id(key), &g->arena);
    if (!mop_pii_sure(&found))
        found = mop_pii_weigh(found, mop_pii_escaped(text, &g->arena));
    if (mop_url_key_phone_word(key) &&
        (found.kind || (mop_url_key_phone(key) && mop_pii_is_number(text))))
        found = (struct mop_pii){.kind = MOP_PII_PHONE};
    return found;
}

static void look_at(struct mop_launch *g, struct mop_gate_result *r, const struct mop_said *s,
                    struct mop_sv key)
{
    struct mop_sv macro = mop_gate_personal_macro(s->text);
    if (tell_url(g, r, s, key))
        return;
    struct mop_pii found = find(g, s->text, key);
    const char *what =
        found.national ? "holds what looks like a phone number" : "holds personal data";
    if (found.kind)
        tell(g, r, s, key, found.national,
             mop_arena_printf(&g->arena, "%s: %s", what, mop_gate_shown(g, s->text)).p);
    if (macro.p && !mop_pii_sure(&found))
        tell(g, r, s, key, false,
             mop_arena_printf(&g->arena, "has the macro %s, which puts personal data in its place",
                              mop_gate_shown(g, macro))
                 .p);
}

/* Depth as in YAML: bounded. */
static void look_through(struct mop_launch *g, struct mop_gate_result *r, struct mop_sv key,
                         const struct mop_node *n)
{
    struct mop_node plain = *n;
    plain.open = false; /* "tbd, ask dana@.." is passed on, too */
    struct mop_said s = mop_said_of(&plain);
    if (names_people(key))
        return;
    if (s.text.p)
        look_at(g, r, &s, key);
    for (size_t i = 0; n->kind != MOP_SCALAR && i < n->n; i++)
        look_through(g, r, n->kind == MOP_MAPPING ? n->key[i]->text : key, n->item[i]);
}

void mop_gate_private_fields(struct mop_launch *g, struct mop_gate_result *r)
{
    const struct mop_node *root = g->b->root;
    for (size_t i = 0; root && i < root->n; i++)
        if (!mop_sv_eqs(root->key[i]->text, "links")) /* which are looked at one by one */
            look_through(g, r, root->key[i]->text, root->item[i]);
}
