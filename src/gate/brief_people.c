/* SPDX-License-Identifier: MIT */
#include "gate/brief_read.h"

/* Of a brief: who answers for what, and what people said. */

static void read_owners(struct mop_brief_reader *r)
{
    const struct mop_node *n = mop_key_table_get(&mop_brief_keys_top, r->b->root, "owners");
    if (!n || !mop_brief_check(r, n, &mop_brief_keys_owners))
        return;
    for (size_t role = 0; role < MOP_ROLES; role++) {
        struct mop_said_list said =
            mop_brief_texts(r, n, &mop_brief_keys_owners, mop_role_names[role]);
        struct mop_said_list *l = &r->b->owners[role];
        l->list = said.list;
        for (size_t i = 0; i < said.n; i++)
            if (!mop_said_nothing(said.list[i].text, MOP_SAID_CODE))
                l->list[l->n++] = said.list[i];
        l->said = l->n > 0;
    }
}

/* The list under a key, each entry a mapping by the table's keys. */
static const struct mop_node *entries(struct mop_brief_reader *r, const char *key)
{
    return mop_key_table_get(&mop_brief_keys_top, r->b->root, key);
}

/* Of a day that is still to come the words are kept: a statement without its day has to be told. */
static struct mop_said_day stated_day(struct mop_brief_reader *r, const struct mop_node *map,
                                      const struct mop_key_table *t, const char *key)
{
    struct mop_said_day day = mop_brief_day(r, map, t, key);
    day.as = mop_brief_raw(map, key);
    return day;
}

static void bad_role(struct mop_brief_reader *r, const struct mop_node *n)
{
    struct mop_said s = mop_said_of(mop_node_get(n, "role"));
    struct mop_sv known[MOP_ROLES];
    char hint[200];
    for (size_t i = 0; i < MOP_ROLES; i++) {
        known[i] = mop_sv_of(mop_role_names[i]);
        if (mop_sv_eq(s.text, known[i]))
            return;
    }
    bool near = mop_did_you_mean(hint, sizeof hint, s.text, known, MOP_ROLES);
    mop_brief_fault(r, "bad-value", mop_node_get(n, "role"), near ? hint : NULL,
                    "there is no role '%.*s'", MOP_SV_ARG(s.text));
}

static void read_approvals(struct mop_brief_reader *r)
{
    const struct mop_key_table *t = &mop_brief_keys_approval;
    const struct mop_node *n = entries(r, "approvals");
    r->b->approvals = mop_arena_array(&r->b->arena, n ? n->n + 1 : 1, sizeof *r->b->approvals);
    for (size_t i = 0; n && i < n->n; i++) {
        struct mop_brief_approval *a = &r->b->approvals[r->b->napprovals];
        if (!mop_brief_check(r, n->item[i], t))
            continue;
        a->role = mop_brief_need(r, n->item[i], t, "role");
        a->by = mop_brief_need(r, n->item[i], t, "by");
        mop_brief_need(r, n->item[i], t, "on");
        a->on = stated_day(r, n->item[i], t, "on");
        a->digest = mop_brief_raw(n->item[i], "digest");
        a->note = mop_brief_raw(n->item[i], "note");
        if (mop_brief_said(n->item[i], t, "role").text.p)
            bad_role(r, n->item[i]);
        r->b->napprovals++;
    }
}

static void read_attestations(struct mop_brief_reader *r)
{
    const struct mop_key_table *t = &mop_brief_keys_attestation;
    const struct mop_node *n = entries(r, "attestations");
    r->b->attestations =
        mop_arena_array(&r->b->arena, n ? n->n + 1 : 1, sizeof *r->b->attestations);
    for (size_t i = 0; n && i < n->n; i++) {
        struct mop_brief_attestation *a = &r->b->attestations[r->b->nattestations];
        if (!mop_brief_check(r, n->item[i], t))
            continue;
        a->id = mop_brief_need(r, n->item[i], t, "id");
        a->by = mop_brief_raw(n->item[i], "by"); /* what is missing keeps it from green */
        a->on = stated_day(r, n->item[i], t, "on");
        a->evidence = mop_brief_raw(n->item[i], "evidence");
        a->digest = mop_brief_raw(n->item[i], "digest");
        r->b->nattestations++;
    }
}

static void read_waivers(struct mop_brief_reader *r)
{
    const struct mop_key_table *t = &mop_brief_keys_waiver;
    const struct mop_node *n = entries(r, "waivers");
    r->b->waivers = mop_arena_array(&r->b->arena, n ? n->n + 1 : 1, sizeof *r->b->waivers);
    for (size_t i = 0; n && i < n->n; i++) {
        struct mop_brief_waiver *w = &r->b->waivers[r->b->nwaivers];
        if (!mop_brief_check(r, n->item[i], t))
            continue;
        w->id = mop_brief_need(r, n->item[i], t, "id");
        w->by = mop_brief_need(r, n->item[i], t, "by");
        w->reason = mop_brief_need(r, n->item[i], t, "reason");
        w->on = stated_day(r, n->item[i], t, "on");
        w->until = stated_day(r, n->item[i], t, "until");
        r->b->nwaivers++;
    }
}

void mop_brief_read_people(struct mop_brief_reader *r)
{
    read_owners(r);
    read_approvals(r);
    read_attestations(r);
    read_waivers(r);
}
