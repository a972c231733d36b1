/* SPDX-License-Identifier: MIT */
#include "gate/checks.h"
#include <string.h>

/* Checks of approvals: by the owner, of the brief as it is. */

#define CHECK(name) void mop_gate_run_##name(struct mop_launch *g, struct mop_gate_result *r)

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
