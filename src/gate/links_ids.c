/* SPDX-License-Identifier: MIT */
#include "gate/checks.h"
#include "values/macro.h"
#include "values/url_keys.h"

/* Checks of which campaign links are of: its utm_campaign and utm_id in all of them. */

#define CHECK(name) void mop_gate_run_##name(struct mop_launch *g, struct mop_gate_result *r)

static bool says_it(struct mop_launch *g, struct mop_sv v)
{
    return v.n && !mop_macro_find(v).p && !mop_said_nothing(v, MOP_SAID_ID) &&
           !mop_gate_is_open(g->p, mop_sv_trim(v));
}

/* What the brief says. */
static struct mop_sv said_of(struct mop_launch *g, const char *key)
{
    struct mop_said_list said = mop_brief_values(g->b, key);
    if (said.n && !mop_said_nothing(said.list[0].text, MOP_SAID_ID))
        return said.list[0].text;
    return mop_sv_eqs(mop_sv_of(key), "utm_campaign") ? g->b->name.text : MOP_SV_NONE;
}

/* What links should say: what the brief says, else what the first link says, one of the campaign
 * rather than one that was left from another. */
static struct mop_sv expected(struct mop_launch *g, const char *key, size_t *from)
{
    struct mop_sv said = said_of(g, key), campaign = said_of(g, "utm_campaign");
    *from = SIZE_MAX;
    if (said.p)
        return said;
    for (int attempt = 0; attempt < 2; attempt++)
        for (size_t i = 0; i < g->b->nlinks; i++) {
            struct mop_sv v = mop_gate_param(g, i, key);
            bool own = campaign.p && mop_sv_eq(mop_gate_param(g, i, "utm_campaign"), campaign);
            *from = i;
            if ((own || attempt) && says_it(g, v))
                return v;
        }
    return MOP_SV_NONE;
}

/* Links are not told to repeat a name that has to be mended itself. */
static struct mop_sv right_name(const struct mop_launch *g, struct mop_sv want)
{
    for (size_t i = 0; i < g->nfindings; i++) {
        const struct mop_gate_finding *f = &g->findings[i];
        if (f->link == SIZE_MAX && f->field == g->name_field && f->proposal.n &&
            mop_sv_eq(want, g->b->name.text))
            return f->proposal;
    }
    return want;
}

static void check_agreement(struct mop_launch *g, struct mop_gate_result *r, const char *key)
{
    size_t from;
    struct mop_sv want = expected(g, key, &from), right = right_name(g, want);
    for (size_t i = 0; want.p && i < g->b->nlinks; i++) {
        struct mop_sv v = mop_gate_param(g, i, key);
        if (!v.n || mop_sv_eq(v, want) || mop_gate_macro_right(g, i, v))
            continue;
        struct mop_gate_item *x =
            from == SIZE_MAX
                ? mop_gate_tell_link(g, r, MOP_FAULT, i, "has %s '%s', and the brief says '%s'",
                                     key, mop_gate_shown(g, v), mop_gate_shown(g, want))
                : mop_gate_tell_link(g, r, MOP_FAULT, i, "has %s '%s', and link %zu has '%s'", key,
                                     mop_gate_shown(g, v), from + 1, mop_gate_shown(g, want));
        if (mop_sv_eq(v, right))
            mop_gate_do(g, x, "mend the name, not the link");
        else
            mop_gate_do(g, x, "write %s=%s, or say %s in the brief", key, mop_gate_shown(g, right),
                        key);
    }
}

CHECK(LINKS_AGREE)
{
    struct mop_map seen;
    if (!g->b->nlinks) {
        mop_gate_no_links(g, r);
        return;
    }
    check_agreement(g, r, "utm_campaign");
    check_agreement(g, r, "utm_id");
    mop_map_init(&seen);
    for (size_t i = 0; i < g->b->nlinks; i++) {
        bool added;
        uint64_t *first = mop_map_put(&seen, g->b->links[i].url.text, &added);
        if (added)
            *first = i;
        else if (!g->b->links[i].fault)
            mop_gate_tell_link(g, r, MOP_WARN, i, "is link %zu again", (size_t)*first + 1);
    }
    mop_map_release(&seen);
}

bool mop_gate_is_tagged(const struct mop_url *u)
{
    for (size_t i = 0; i < u->nparams; i++)
        if (mop_url_key_utm(u->params[i].key))
            return true;
    return false;
}

/* The id of a link is that of its campaign, and links alone may be of several. */
static bool same_campaign(const struct mop_launch *g, size_t i, size_t k)
{
    return mop_sv_eq(mop_gate_param(g, i, "utm_campaign"), mop_gate_param(g, k, "utm_campaign"));
}

static void say_id(struct mop_launch *g, struct mop_gate_item *x, size_t link, struct mop_sv want,
                   size_t from)
{
    const char *more = g->links_only ? "" : ", and write it in the brief";
    if (want.n && from == SIZE_MAX)
        mop_gate_do(g, x, "add utm_id=%s", mop_gate_shown(g, want));
    else if (want.n && same_campaign(g, link, from))
        mop_gate_do(g, x, "add utm_id=%s, which link %zu has%s", mop_gate_shown(g, want), from + 1,
                    more);
    else
        mop_gate_do(g, x, "add the campaign's id as utm_id%s", more);
}

CHECK(UTM_ID)
{
    size_t from;
    struct mop_sv want = expected(g, "utm_id", &from);
    struct mop_said_list said = mop_brief_values(g->b, "utm_id");
    if (!g->b->nlinks)
        mop_gate_no_links(g, r);
    else if (said.n && mop_said_nothing(said.list[0].text, MOP_SAID_ID))
        mop_gate_do(g,
                    mop_gate_tell(g, r, MOP_FAULT, &said.list[0], "'utm_id' says nothing: '%s'",
                                  mop_gate_shown(g, said.list[0].text)),
                    "write the campaign's id, as its links have it");
    for (size_t i = 0; i < g->b->nlinks; i++) {
        struct mop_sv id = mop_gate_param(g, i, "utm_id");
        if (g->b->links[i].fault || !mop_gate_is_tagged(&g->urls[i]) ||
            (id.n && !mop_said_nothing(id, MOP_SAID_ID) &&
             !mop_gate_is_open(g->p, mop_sv_trim(id))))
            continue;
        struct mop_gate_item *x = mop_gate_tell_link(
            g, r, MOP_FAULT, i, id.n ? "has no utm_id: '%s' is none" : "has no utm_id%s",
            id.n ? mop_gate_shown(g, id) : "");
        say_id(g, x, i, want, from);
    }
}
