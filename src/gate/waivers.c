/* SPDX-License-Identifier: MIT */
#include "gate/checks.h"

/* Waivers: which count, what keeps one from counting, which do nothing. */

bool mop_gate_owns(const struct mop_brief *b, unsigned roles, struct mop_sv who)
{
    for (size_t role = 0; role < MOP_ROLES; role++)
        for (size_t i = 0; roles & (1U << role) && i < b->owners[role].n; i++)
            if (mop_sv_eq_nocase(b->owners[role].list[i].text, who))
                return true;
    return false;
}

static struct mop_sv roles_words(struct mop_launch *g, unsigned roles)
{
    struct mop_buf b;
    mop_buf_init(&b, 256);
    for (size_t role = 0; role < MOP_ROLES; role++)
        if (roles & (1U << role))
            mop_buf_printf(&b, "%s%s", b.n ? " or " : "", mop_role_names[role]);
    struct mop_sv words = mop_arena_copy(&g->arena, mop_buf_view(&b));
    mop_buf_release(&b);
    return words;
}

/* The check is about who they are: nobody waives what is wrong about the own role. */
static bool is_own_matter(const struct mop_launch *g, const struct mop_gate_result *r,
                          struct mop_sv who)
{
    unsigned roles = 0;
    for (size_t i = 0; i < r->n; i++)
        roles |= r->items[i].of_roles;
    return mop_gate_owns(g->b, roles, who);
}

/* A waiver that does not count is told where the check stands: it does not vanish. */
static bool waive(struct mop_launch *g, struct mop_gate_result *r, const struct mop_brief_waiver *w)
{
    struct mop_gate_item *x = NULL;
    if (!mop_sv_eq(w->id.text, r->id))
        return false;
    if (!r->waivable)
        x = mop_gate_tell(g, r, MOP_FAULT, &w->id, "'%.*s' can never be waived", MOP_SV_ARG(r->id));
    else if (!w->by.text.n)
        x = mop_gate_tell(g, r, MOP_FAULT, &w->id, "the waiver does not say who decided");
    else if (!mop_gate_owns(g->b, r->waivable, w->by.text))
        x = mop_gate_tell(g, r, MOP_FAULT, &w->by, "'%s' may not waive this: the %.*s owner may",
                          mop_gate_shown(g, w->by.text), MOP_SV_ARG(roles_words(g, r->waivable)));
    else if (!mop_gate_is_person(g, w->by.text))
        x = mop_gate_tell(g, r, MOP_FAULT, &w->by,
                          "'%s' may not waive this, as none of the taxonomy's people",
                          mop_gate_shown(g, w->by.text));
    else if (is_own_matter(g, r, w->by.text))
        x = mop_gate_tell(g, r, MOP_FAULT, &w->by, "'%s' may not waive what is about the own role",
                          mop_gate_shown(g, w->by.text));
    else if (mop_gate_is_no_reason(g->p, w->reason.text))
        x = mop_gate_tell(g, r, MOP_FAULT, w->reason.text.p ? &w->reason : &w->id,
                          w->reason.text.n ? "the waiver gives no reason: '%s'"
                                           : "the waiver gives no reason%s",
                          mop_gate_shown(g, w->reason.text));
    else if (w->on.as.text.p && (w->on.day == MOP_NO_DAY || w->on.day > g->today))
        x = mop_gate_tell(g, r, MOP_FAULT, &w->on.as,
                          w->on.day == MOP_NO_DAY ? "the waiver's day is still open: %.*s"
                                                  : "the waiver is of %.*s, which is still to come",
                          MOP_SV_ARG(w->on.as.text));
    else if (w->until.as.text.p && w->until.day < g->today)
        x = mop_gate_tell(g, r, MOP_FAULT, &w->until.as,
                          w->until.day == MOP_NO_DAY ? "the waiver's last day is still open: %.*s"
                                                     : "the waiver ended on %.*s",
                          MOP_SV_ARG(w->until.as.text));
    if (x)
        mop_gate_do(g, x, "%s",
                    r->waivable ? "mend what is told, or have it waived by an owner who may"
                                : "mend what is told, and take the waiver out");
    else
        r->waiver = w;
    return !x;
}

void mop_gate_look_for_waiver(struct mop_launch *g, struct mop_gate_result *r)
{
    bool done = false;
    if ((r->state != MOP_GATE_FAILED && r->state != MOP_GATE_WARNED) || r->unseen)
        return;
    for (size_t i = 0; !done && i < g->b->nwaivers; i++)
        done = waive(g, r, &g->b->waivers[i]);
    for (size_t i = 0; !done && i < g->o->nwaivers; i++)
        done = waive(g, r, &g->o->waivers[i]);
    if (done)
        r->state = MOP_GATE_WAIVED;
}

/* ---- waivers that do nothing ---- */

/* Why a waiver does nothing; NULL: it counts, or its check tells why it does not. */
static const char *idle(const struct mop_launch *g, const struct mop_brief_waiver *w)
{
    for (size_t i = 0; i < g->n; i++) {
        const struct mop_gate_result *r = &g->results[i];
        if (!mop_sv_eq(r->id, w->id.text))
            continue;
        if (r->unseen)
            return "what was not seen cannot be waived";
        if (r->waiver == w || r->state == MOP_GATE_FAILED || r->state == MOP_GATE_WARNED)
            return NULL;
        return r->state == MOP_GATE_PASSED      ? "the check passes"
               : r->state == MOP_GATE_NOT_ASKED ? "the check could not be asked"
                                                : "another waiver counts";
    }
    return g->links_only ? "the check is not asked of links alone"
                         : "the check is not asked of this campaign";
}

static void tell_idle(const struct mop_launch *g, const struct mop_brief_waiver *w, size_t n,
                      struct mop_diags *d)
{
    for (size_t i = 0; i < n; i++) {
        const char *why = mop_gate_is_open(g->p, w[i].id.text) ? NULL : idle(g, &w[i]);
        if (why)
            mop_diag(d, MOP_WARN, "idle-waiver", w[i].id.at, w[i].id.span,
                     "the waiver of '%.*s' does nothing: %s", MOP_SV_ARG(w[i].id.text), why);
    }
}

void mop_gate_idle_waivers(const struct mop_launch *g, struct mop_diags *d)
{
    tell_idle(g, g->b->waivers, g->b->nwaivers, d);
    tell_idle(g, g->o->waivers, g->o->nwaivers, d);
}
