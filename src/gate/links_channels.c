/* SPDX-License-Identifier: MIT */
#include "gate/checks.h"
#include "values/ga4.h"

/* Checks of channels: where GA4 files a link, and where it is meant to be. */

#define CHECK(name) void mop_gate_run_##name(struct mop_launch *g, struct mop_gate_result *r)

const char *mop_gate_ga4_name(struct mop_sv channel)
{
    const char *name;
    for (size_t i = 0; (name = mop_ga4_channel_name(MOP_SV_NONE, i)); i++)
        if (mop_sv_eq_nocase(channel, mop_sv_of(name)))
            return name;
    return NULL;
}

/* What the taxonomy says of a channel's name: the GA4 channels it may show up in. */
static const struct mop_gate_pair *channel_of(const struct mop_launch *g, struct mop_sv name)
{
    for (size_t i = 0; i < g->p->nchannels; i++)
        if (mop_sv_eq_nocase(g->p->channels[i].name, name))
            return &g->p->channels[i];
    return NULL;
}

static bool is_word(const struct mop_gate_pair *p, const char *word)
{
    return p && p->nmore == 1 && mop_sv_eqs(p->more[0], word);
}

/* Does a computed channel count as the intended one? */
static bool is_meant(const struct mop_launch *g, struct mop_sv intended, const char *ga4)
{
    const struct mop_gate_pair *p = channel_of(g, intended);
    if (!p)
        return ga4 && mop_sv_eq_nocase(intended, mop_sv_of(ga4));
    for (size_t i = 0; ga4 && i < p->nmore; i++)
        if (mop_sv_eq_nocase(p->more[i], mop_sv_of(ga4)))
            return true;
    return is_word(p, "any");
}

static void unknown_channel(struct mop_launch *g, struct mop_gate_result *r,
                            const struct mop_said *s)
{
    size_t most = g->p->nchannels, n = 0;
    const char *name;
    while (mop_ga4_channel_name(MOP_SV_NONE, n))
        n++;
    struct mop_sv *names = mop_arena_array(&g->arena, most + n + 1, sizeof *names);
    for (n = 0; (name = mop_ga4_channel_name(MOP_SV_NONE, n)); n++)
        names[n] = mop_sv_of(name);
    for (size_t i = 0; i < most; i++)
        names[n++] = g->p->channels[i].name;
    struct mop_gate_item *x = mop_gate_tell(
        g, r, MOP_FAULT, s, "'%s' is no channel of GA4, nor one of `links: {channels: ..}`",
        mop_gate_shown(g, s->text));
    long near = mop_suggest(s->text, names, n);
    if (near >= 0)
        mop_gate_do(g, x, "did you mean '%.*s'?", MOP_SV_ARG(names[near]));
    else
        mop_gate_do(
            g, x,
            "write one of GA4's (rules/ga4-channels.md), or have the taxonomy list it: gate: "
            "{links: {channels: {..: any}}}");
}

static bool is_known_channel(const struct mop_launch *g, const struct mop_said *s)
{
    return mop_gate_ga4_name(s->text) || channel_of(g, s->text);
}

/* The link's own word, or the brief's if it has only one. */
static const struct mop_said *intended(const struct mop_launch *g, size_t link)
{
    const struct mop_said *own = &g->b->links[link].channel;
    return own->text.p ? own : g->b->channels.n == 1 ? &g->b->channels.list[0] : NULL;
}

static bool is_any_meant(const struct mop_launch *g, const char *ga4)
{
    bool meant = false;
    const struct mop_said_list *l = &g->b->channels;
    for (size_t i = 0; l->list && i < l->n && !meant; i++)
        meant = is_meant(g, l->list[i].text, ga4);
    return meant;
}

static void check_channel(struct mop_launch *g, struct mop_gate_result *r, size_t link)
{
    const struct mop_said *want = intended(g, link);
    bool auto_tagged = mop_gate_param(g, link, "gclid").n > 0;
    const char *ga4 = g->ga4[link];
    if (g->b->links[link].fault || (auto_tagged && !ga4))
        return;
    if (want && !is_known_channel(g, want)) {
        if (want == &g->b->links[link].channel)
            unknown_channel(g, r, want);
        return;
    }
    if (want && is_word(channel_of(g, want->text), "any"))
        return;
    if (!ga4 && mop_gate_param(g, link, "utm_source").n)
        mop_gate_tell_link(
            g, r, MOP_NOTE, link,
            "has a macro in source, medium or campaign: its channel is not known yet");
    else if (!want && ga4 && mop_sv_eqs(mop_sv_of(ga4), "Unassigned"))
        mop_gate_tell_link(g, r, MOP_FAULT, link, "is filed under Unassigned by GA4");
    else if (!want && g->b->channels.n && !is_any_meant(g, ga4))
        mop_gate_do(g,
                    mop_gate_tell_link(g, r, MOP_FAULT, link,
                                       "is filed under %s by GA4, none of the brief's channels",
                                       ga4 ? ga4 : "nothing"),
                    "change utm_medium, or say channel: of the link");
    else if (want && !is_meant(g, want->text, ga4)) {
        struct mop_gate_item *x = mop_gate_tell_link(
            g, r, MOP_FAULT, link, "is meant for %s, and GA4 files '%s' / '%s' under %s",
            mop_gate_shown(g, want->text), mop_gate_shown(g, mop_gate_param(g, link, "utm_source")),
            mop_gate_shown(g, mop_gate_param(g, link, "utm_medium")),
            ga4 ? ga4 : "nothing: no tags");
        mop_gate_do(g, x,
                    ga4 ? "change utm_medium, or what is meant"
                        : "add utm_source, utm_medium and utm_campaign, or say what is meant");
    }
}

CHECK(CHANNEL)
{
    if (!g->b->nlinks && !g->b->channels.n)
        mop_gate_no_links(g, r);
    for (size_t i = 0; i < g->b->channels.n; i++)
        if (!is_known_channel(g, &g->b->channels.list[i]))
            unknown_channel(g, r, &g->b->channels.list[i]);
    for (size_t i = 0; i < g->b->nlinks; i++)
        check_channel(g, r, i);
}

static bool has_link_for(const struct mop_launch *g, struct mop_sv channel)
{
    for (size_t i = 0; i < g->b->nlinks; i++) {
        const struct mop_said *own = &g->b->links[i].channel;
        if (own->text.p ? mop_sv_eq_nocase(own->text, channel) : is_meant(g, channel, g->ga4[i]))
            return true;
    }
    return false;
}

CHECK(CHANNEL_LINKS)
{
    if (!g->b->channels.n)
        mop_gate_not_asked(g, r, "the brief has no channels");
    for (size_t i = 0; i < g->b->channels.n; i++) {
        const struct mop_said *c = &g->b->channels.list[i];
        if (!is_known_channel(g, c) || is_word(channel_of(g, c->text), "none") ||
            has_link_for(g, c->text))
            continue; /* one that there is not is told by the check of channels */
        mop_gate_tell(g, r, MOP_FAULT, c, "no link is for the channel '%s'",
                      mop_gate_shown(g, c->text));
    }
}
