/* SPDX-License-Identifier: MIT */
#include "gate/checks.h"
#include <stdlib.h>
#include <string.h>

/* Checks of who: level, owners, approvals. */

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
    struct mop_gate_item *x;
    if (idle.text.p)
        x = mop_gate_tell(g, r, MOP_FAULT, &idle, "'%.*s' says nothing: '%s'", MOP_SV_ARG(name),
                          mop_gate_shown(g, idle.text));
    else if (!open.text.p && tell_audience(g, r, name))
        return;
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
}

/* ---- owners ---- */

static const struct mop_person *find_person(const struct mop_ruleset *rs, struct mop_sv key)
{
    for (size_t i = 0; i < rs->npeople; i++)
        if (mop_sv_eq(rs->people[i].key, key))
            return &rs->people[i];
    return NULL;
}

/* Those whom a pack names are nobody's colleagues: they make no list. */
static bool lists_people(const struct mop_ruleset *rs)
{
    for (size_t i = 0; i < rs->npeople; i++)
        if (!rs->people[i].of_pack)
            return true;
    return false;
}

static void check_person(struct mop_launch *g, struct mop_gate_result *r,
                         const struct mop_said *who)
{
    const struct mop_ruleset *rs = g->o->rules;
    const struct mop_person *p = rs ? find_person(rs, who->text) : NULL;
    if (!rs || !lists_people(rs))
        return;
    if (p && p->until < g->today) {
        struct mop_gate_item *x = mop_gate_tell(g, r, MOP_FAULT, who, "'%s' has left this role",
                                                mop_gate_shown(g, who->text));
        if (p->backup.n)
            mop_gate_do(g, x, "the taxonomy names %.*s as backup", MOP_SV_ARG(p->backup));
    }
    if (p)
        return;
    struct mop_sv *keys = mop_calloc(rs->npeople + 1, sizeof *keys);
    for (size_t i = 0; i < rs->npeople; i++)
        keys[i] = rs->people[i].key;
    struct mop_gate_item *x =
        mop_gate_tell(g, r, MOP_FAULT, who, "'%s' is none of the taxonomy's people",
                      mop_gate_shown(g, who->text));
    long near = mop_suggest(who->text, keys, rs->npeople);
    if (near >= 0)
        mop_gate_do(g, x, "did you mean '%.*s'?", MOP_SV_ARG(keys[near]));
    free(keys);
}

bool mop_gate_is_person(const struct mop_launch *g, struct mop_sv who)
{
    const struct mop_ruleset *rs = g->o->rules;
    bool found = !rs || !lists_people(rs);
    for (size_t i = 0; rs && i < rs->npeople && !found; i++)
        found = mop_sv_eq_nocase(rs->people[i].key, who) && rs->people[i].until >= g->today;
    return found;
}

/* Is one of the pieces a person whom the taxonomy lists? */
static bool is_of_people(const struct mop_ruleset *rs, struct mop_sv who, char between)
{
    struct mop_sv piece, rest = who;
    while (rs && mop_sv_next(&rest, between, &piece))
        if (piece.n < who.n && find_person(rs, mop_sv_trim(piece)))
            return true;
    return false;
}

/* "kim and lee", "kim; lee": two people in one text. "Doe, Kim" is one, and "mops/emea" a team,
 * unless a part of it is somebody whom the taxonomy lists. */
static bool is_several(const struct mop_launch *g, struct mop_sv who)
{
    static const char *const between[] = {" and ", " or ", " & ", " + ", " / ", ";"};
    const struct mop_ruleset *rs = g->o->rules;
    if (rs && find_person(rs, who))
        return false;
    for (size_t i = 0; i < sizeof between / sizeof *between; i++) {
        struct mop_sv word = mop_sv_of(between[i]);
        for (size_t at = 1; at + word.n < who.n; at++)
            if (mop_sv_eq_nocase(mop_sv_sub(who, at, at + word.n), word))
                return true;
    }
    return is_of_people(rs, who, ',') || is_of_people(rs, who, '/');
}

static void tell_several(struct mop_launch *g, struct mop_gate_result *r,
                         const struct mop_said *who, enum mop_role role)
{
    mop_gate_do(g,
                mop_gate_tell(g, r, MOP_FAULT, who,
                              "'%s' are several people, and so nobody is accountable as %s owner",
                              mop_gate_shown(g, who->text), mop_role_names[role]),
                "leave one, the others can be asked by that one");
}

static void check_role(struct mop_launch *g, struct mop_gate_result *r, enum mop_role role,
                       bool needed)
{
    const struct mop_said_list *l = &g->b->owners[role];
    size_t before = r->n;
    if (!l->n && needed) {
        struct mop_said said = mop_brief_value(g->b, "owners", mop_role_names[role]);
        struct mop_gate_item *x =
            mop_gate_tell(g, r, MOP_FAULT, &said, "nobody is named who %s", mop_role_words[role]);
        mop_gate_do(g, x, "write owners: {%s: ..}", mop_role_names[role]);
    }
    if (l->n > 1) {
        struct mop_gate_item *x =
            mop_gate_tell(g, r, MOP_FAULT, &l->list[1],
                          "%zu people are named as %s owner, and so nobody is accountable", l->n,
                          mop_role_names[role]);
        mop_gate_do(g, x, "leave one, the others can be asked by that one");
    }
    for (size_t i = 0; i < l->n; i++)
        if (is_several(g, l->list[i].text))
            tell_several(g, r, &l->list[i], role);
        else
            check_person(g, r, &l->list[i]);
    for (; before < r->n; before++)
        r->items[before].of_roles = 1U << role;
}

CHECK(OWNERS)
{
    for (int role = 0; role < MOP_ROLES; role++)
        check_role(g, r, (enum mop_role)role, role <= MOP_ROLE_REVIEW);
}

CHECK(OWNERS_APART)
{
    const struct mop_said_list *decides = &g->b->owners[MOP_ROLE_DECISION];
    const struct mop_said_list *does = &g->b->owners[MOP_ROLE_EXECUTION];
    for (size_t i = 0; i < decides->n; i++)
        for (size_t k = 0; k < does->n; k++)
            if (mop_sv_eq_nocase(decides->list[i].text, does->list[k].text))
                mop_gate_tell(g, r, MOP_FAULT, &decides->list[i], "'%s' decides on the own work",
                              mop_gate_shown(g, decides->list[i].text))
                    ->of_roles = 1U << MOP_ROLE_DECISION | 1U << MOP_ROLE_EXECUTION;
}

CHECK(STOP_OWNER)
{
    if (g->b->owners[MOP_ROLE_STOP].n)
        return;
    struct mop_said said = mop_brief_value(g->b, "owners", "stop");
    mop_gate_tell(g, r, MOP_FAULT, &said, "nobody is named who can take it down once it runs");
}

/* ---- approvals ---- */

/* What keeps an approval from counting; NULL: it counts. */
static const char *why_not(const struct mop_launch *g, const struct mop_brief_approval *a,
                           enum mop_role role, const struct mop_said **at)
{
    const struct mop_brief *b = g->b;
    *at = &a->by;
    if (!mop_gate_owns(b, 1U << role, a->by.text))
        return "who approved is not the owner";
    *at = &a->on.as;
    if (a->on.day == MOP_NO_DAY)
        return "it does not say when it was approved";
    if (a->on.day > g->today)
        return "the day of the approval is still to come";
    if (a->digest.text.p) {
        *at = &a->digest;
        if (a->digest.text.n != strlen(b->digest))
            return "its digest is not whole: copy all of it";
        return mop_sv_eqs(a->digest.text, b->digest)
                   ? NULL
                   : "the brief has changed since: another digest";
    }
    if (b->changed.day == MOP_NO_DAY)
        return "without 'changed' or a digest it cannot be told what was approved";
    return a->on.day < b->changed.day ? "the brief has changed since" : NULL;
}

static void check_approval(struct mop_launch *g, struct mop_gate_result *r, enum mop_role role)
{
    const struct mop_said *at = NULL, *where = NULL;
    const char *why = NULL;
    for (size_t i = 0; i < g->b->napprovals; i++) {
        const struct mop_brief_approval *a = &g->b->approvals[i];
        if (!mop_said_is(&a->role, mop_role_names[role]))
            continue;
        why = why_not(g, a, role, &at);
        where = at;
        if (!why)
            return;
    }
    struct mop_gate_item *x =
        where ? mop_gate_tell(g, r, MOP_FAULT, where, "%s", why)
              : mop_gate_tell(g, r, MOP_FAULT, NULL, "there is no approval as %s owner",
                              mop_role_names[role]);
    struct mop_sv who = mop_gate_person(g, role);
    const char *by = who.n ? mop_gate_shown(g, who) : "..";
    if (mop_gate_is_unfinished(g))
        mop_gate_do(g, x,
                    "once the rest is mended, which changes the digest: look at it, then write "
                    "approvals: [{role: %s, by: %s, on: .., digest: ..}]",
                    mop_role_names[role], by);
    else
        mop_gate_do(g, x,
                    "look at it, then write approvals: [{role: %s, by: %s, on: .., digest: %s}]",
                    mop_role_names[role], by, g->b->digest);
}

CHECK(APPROVED)
{
    check_approval(g, r, MOP_ROLE_DECISION);
}

CHECK(REVIEWED)
{
    check_approval(g, r, MOP_ROLE_REVIEW);
}
