/* SPDX-License-Identifier: MIT */
#include "gate/checks.h"

/* Checks of what has to be said: the level, required inputs, what is still open. */

#define CHECK(name) void mop_gate_run_##name(struct mop_launch *g, struct mop_gate_result *r)

CHECK(LEVEL)
{
    const struct mop_brief *b = g->b;
    struct mop_sv derived = g->p->levels[g->derived].name;
    if (!g->lowered)
        return;
    if (g->level < g->derived) {
        r->why = mop_arena_printf(&g->arena, "lowered from %.*s: %s", MOP_SV_ARG(derived),
                                  mop_gate_shown(g, b->level_reason.text));
        return;
    }
    struct mop_gate_item *x = mop_gate_tell(g, r, MOP_FAULT, &b->level,
                                            "'%.*s' is lower than '%.*s', and no reason is given",
                                            MOP_SV_ARG(b->level.text), MOP_SV_ARG(derived));
    mop_gate_do(g, x, "write level: {use: %.*s, reason: ..}, or take it out",
                MOP_SV_ARG(b->level.text));
}

/* ---- inputs ---- */

/* For these an empty list is an answer: it touches nothing. */
static bool may_be_empty(struct mop_sv key)
{
    return mop_sv_eqs(key, "touches") || mop_sv_eqs(key, "assets") || mop_sv_eqs(key, "forms");
}

/* The first value under it that says nothing; text.p NULL: there is something said, or nothing to
 * look at. Where an empty list is an answer, "none" is one. */
static struct mop_said idle_word(struct mop_launch *g, struct mop_sv key)
{
    static const struct {
        const char *key;
        enum mop_said_as as;
    } keys[] = {{"market", MOP_SAID_CODE},
                {"product", MOP_SAID_CODE},
                {"utm_id", MOP_SAID_ID},
                {"crm_campaign_id", MOP_SAID_ID}};
    struct mop_said none = {MOP_SV_NONE, {0}, 0};
    enum mop_said_as as = MOP_SAID_TEXT;
    struct mop_said_list l = mop_brief_values(g->b, mop_arena_str(&g->arena, key));
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (mop_sv_eqs(key, keys[i].key))
            as = keys[i].as;
    for (size_t i = 0; i < l.n; i++)
        if (may_be_empty(key) || !mop_said_nothing(l.list[i].text, as))
            return none;
    return l.n ? l.list[0] : none;
}

static bool is_filled_in(struct mop_launch *g, struct mop_sv key)
{
    if (mop_sv_eqs(key, "links"))
        return g->b->nlinks > 0;
    if (mop_sv_eqs(key, "owners")) {
        for (size_t i = 0; i < MOP_ROLES; i++)
            if (g->b->owners[i].n)
                return true;
        return false;
    }
    const char *name = mop_arena_str(&g->arena, key);
    const struct mop_node *n = mop_node_get(g->b->root, name);
    if (mop_sv_eqs(key, "audience") && n && n->kind == MOP_MAPPING)
        return mop_brief_value(g->b, name, "list").text.p && /* how many they are is not who */
               !idle_word(g, key).text.p;
    struct mop_said_list l = mop_brief_values(g->b, name);
    return (l.n > 0 && !idle_word(g, key).text.p) ||
           (n && l.said && may_be_empty(key) && n->kind == MOP_LIST);
}

/* Of an audience of which something is said, only who it is may be missing. */
static bool tell_audience(struct mop_launch *g, struct mop_gate_result *r, struct mop_sv key)
{
    const struct mop_node *n = mop_node_get(g->b->root, "audience");
    if (!mop_sv_eqs(key, "audience") || !n || n->kind != MOP_MAPPING || !n->n)
        return false;
    struct mop_said at = {MOP_SV(""), n->at, n->span};
    mop_gate_do(g, mop_gate_tell(g, r, MOP_FAULT, &at, "'audience' does not say who: no 'list'"),
                "write audience: {list: ..}: %s",
                mop_key_find(&mop_brief_keys_audience, MOP_SV("list"))->doc);
    return true;
}

static void tell_missing(struct mop_launch *g, struct mop_gate_result *r, struct mop_sv name)
{
    const struct mop_key *key = mop_key_find(&mop_brief_keys_top, name);
    struct mop_said open = mop_brief_open_at(g->b, mop_arena_str(&g->arena, name));
    struct mop_said idle = idle_word(g, name);
    const struct mop_node *n = mop_node_get(g->b->root, mop_arena_str(&g->arena, name));
    struct mop_gate_item *x;
    if (idle.text.p)
        x = mop_gate_tell(g, r, MOP_FAULT, &idle, "'%.*s' says nothing: '%s'", MOP_SV_ARG(name),
                          mop_gate_shown(g, idle.text));
    else if (!open.text.p && tell_audience(g, r, name))
        return;
    else if (n && !open.text.p)
        x = mop_gate_tell(g, r, MOP_FAULT, &(struct mop_said){MOP_SV(""), n->at, n->span},
                          "'%.*s' is empty", MOP_SV_ARG(name));
    else
        x = mop_gate_tell(g, r, MOP_FAULT, &open,
                          open.text.p ? "'%.*s' is still open" : "the brief has no '%.*s'",
                          MOP_SV_ARG(name));
    mop_gate_do(g, x, "fill it in: %s", key ? key->doc : "");
}

CHECK(INPUTS)
{
    for (size_t i = 0; i <= g->level; i++) {
        const struct mop_gate_level *l = &g->p->levels[i];
        for (size_t k = 0; k < l->nrequires; k++)
            if (!is_filled_in(g, l->requires[k]))
                tell_missing(g, r, l->requires[k]);
    }
    mop_gate_fields_agree(g, r);
}

/* ---- what is still open ---- */

CHECK(PLACEHOLDERS)
{
    for (size_t i = 0; i < g->b->nopen; i++) {
        const struct mop_brief_open *o = &g->b->open[i];
        mop_gate_tell(g, r, MOP_WARN, &o->as, "'%.*s' is still open: %s", MOP_SV_ARG(o->key),
                      mop_gate_shown(g, o->as.text));
    }
}
