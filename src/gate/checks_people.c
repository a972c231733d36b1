/* SPDX-License-Identifier: MIT */
#include "gate/checks.h"
#include <stdlib.h>

/* Checks of who: one person for each role. */

#define CHECK(name) void mop_gate_run_##name(struct mop_launch *g, struct mop_gate_result *r)

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
