/* SPDX-License-Identifier: MIT */
#include "gate/checks.h"
#include "values/ga4.h"
#include <string.h>

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

/* `channel: none` of a link; a taxonomy may have a channel of that name. */
static bool is_no_channel(const struct mop_launch *g, struct mop_sv text)
{
    return mop_sv_eq_nocase(text, MOP_SV("none")) && !channel_of(g, text);
}

bool mop_gate_is_untagged(const struct mop_launch *g, size_t link)
{
    const struct mop_said *own = &g->b->links[link].channel;
    return own->text.p && is_no_channel(g, own->text);
}

/* The link's own word, or the brief's if it has only one. */
static const struct mop_said *intended(const struct mop_launch *g, size_t link)
{
    const struct mop_said *own = &g->b->links[link].channel;
    return own->text.p ? own : g->b->channels.n == 1 ? &g->b->channels.list[0] : NULL;
}

bool mop_gate_is_for_none(const struct mop_launch *g, size_t link)
{
    const struct mop_said *want = intended(g, link);
    return mop_gate_is_untagged(g, link) || (want && is_word(channel_of(g, want->text), "none"));
}

static bool is_any_meant(const struct mop_launch *g, const char *ga4)
{
    bool meant = false;
    const struct mop_said_list *l = &g->b->channels;
    for (size_t i = 0; l->list && i < l->n && !meant; i++)
        meant = is_meant(g, l->list[i].text, ga4);
    return meant;
}

static struct mop_sv why_filed(struct mop_launch *g, size_t link)
{
    struct mop_buf why;
    mop_buf_init(&why, 1000);
    mop_ga4_why(mop_gate_param(g, link, "utm_source"), mop_gate_param(g, link, "utm_medium"),
                mop_gate_param(g, link, "utm_campaign"), &why);
    struct mop_sv words = mop_arena_copy(&g->arena, mop_buf_view(&why));
    mop_buf_release(&why);
    return words;
}

/* Which GA4 channel is meant by the word: itself, or the first that the taxonomy names for it. */
static const char *ga4_of(const struct mop_launch *g, struct mop_sv intended)
{
    const struct mop_gate_pair *p = channel_of(g, intended);
    return mop_gate_ga4_name(p && p->nmore ? p->more[0] : intended);
}

/* What has to change is said by the rows of GA4's table: it is not always the medium. */
static void do_for(struct mop_launch *g, struct mop_gate_item *x, size_t link,
                   struct mop_sv intended)
{
    const char *want = ga4_of(g, intended);
    struct mop_buf what;
    mop_buf_init(&what, 1000);
    if (!g->ga4[link])
        mop_gate_do(g, x,
                    "add utm_source, utm_medium and utm_campaign, or say what is meant "
                    "(channel: none of a link that is untagged on purpose)");
    else if (want && mop_ga4_missing(want, mop_gate_param(g, link, "utm_source"),
                                     mop_gate_param(g, link, "utm_medium"),
                                     mop_gate_param(g, link, "utm_campaign"), &what))
        mop_gate_do(g, x, "for %s: %.*s; or change what is meant", want,
                    MOP_SV_ARG(mop_buf_view(&what)));
    else
        mop_gate_do(g, x, "change its tags, or what is meant");
    mop_buf_release(&what);
}

static void tell_other(struct mop_launch *g, struct mop_gate_result *r, size_t link,
                       struct mop_sv want)
{
    const char *ga4 = g->ga4[link], *meant = mop_gate_shown(g, want);
    struct mop_gate_item *x;
    if (!ga4)
        x = mop_gate_tell_link(g, r, MOP_FAULT, link,
                               "is meant for %s, and has no tags that GA4 could file it by", meant);
    else
        x = mop_gate_tell_link(g, r, MOP_FAULT, link,
                               "is meant for %s, and GA4 files '%s' / '%s' under %s: %.*s", meant,
                               mop_gate_shown(g, mop_gate_param(g, link, "utm_source")),
                               mop_gate_shown(g, mop_gate_param(g, link, "utm_medium")), ga4,
                               MOP_SV_ARG(why_filed(g, link)));
    do_for(g, x, link, want);
}

/* `none`, and the taxonomy's channels that have no links. */
static void check_without(struct mop_launch *g, struct mop_gate_result *r, size_t link,
                          const struct mop_said *want)
{
    struct mop_sv name = mop_sv_of(mop_gate_shown(g, want->text));
    if (!mop_gate_is_untagged(g, link) && channel_of(g, want->text))
        mop_gate_do(g,
                    mop_gate_tell_link(g, r, MOP_FAULT, link,
                                       "is meant for %.*s, which has no links (none in "
                                       "`links: {channels: ..}`)",
                                       MOP_SV_ARG(name)),
                    "name the channel it is really for, or take the link out");
    else if (mop_gate_is_tagged(&g->urls[link]))
        mop_gate_do(
            g, mop_gate_tell_link(g, r, MOP_FAULT, link, "is meant for no channel, and is tagged"),
            "take the utm_ parameters out, or name its channel");
}

/* A word of its own does not silence the brief's: the campaign is not said to be there. */
static void check_planned(struct mop_launch *g, struct mop_gate_result *r, size_t link)
{
    const struct mop_said *own = &g->b->links[link].channel;
    const struct mop_said_list *l = &g->b->channels;
    bool planned = !own->text.p || !l->n || mop_gate_is_untagged(g, link);
    const char *ga4 = ga4_of(g, own->text);
    for (size_t i = 0; i < l->n && !planned; i++)
        planned = mop_sv_eq_nocase(l->list[i].text, own->text) ||
                  is_word(channel_of(g, l->list[i].text), "any") ||
                  (ga4 && is_meant(g, l->list[i].text, ga4));
    if (!planned)
        mop_gate_do(g,
                    mop_gate_tell_link(g, r, MOP_WARN, link,
                                       "is meant for %s, which is none of the brief's channels",
                                       mop_gate_shown(g, own->text)),
                    "add it to channels:, or mend the link's channel");
}

/* Of links alone nobody says what is meant but their medium: "facebook / email". */
static void check_alone(struct mop_launch *g, struct mop_gate_result *r, size_t link)
{
    struct mop_sv medium = mop_gate_param(g, link, "utm_medium");
    const char *ga4 = g->ga4[link],
               *alone = mop_ga4_channel(MOP_SV_NONE, MOP_SV(""), medium, MOP_SV(""));
    bool paid = ga4 && (mop_sv_starts(mop_sv_of(ga4), MOP_SV("Paid ")) ||
                        mop_sv_eqs(mop_sv_of(ga4), "Cross-network"));
    bool clear = !mop_sv_eqs(mop_sv_of(alone), "Unassigned") && strcmp(alone, "Paid Other") != 0;
    if (ga4 && clear && !paid && strcmp(alone, ga4) != 0)
        mop_gate_do(g,
                    mop_gate_tell_link(g, r, MOP_WARN, link,
                                       "has the medium of %s, and GA4 files it under %s: %.*s",
                                       alone, ga4, MOP_SV_ARG(why_filed(g, link))),
                    "change what decides, or say what is meant (a column channel, or a brief)");
}

static void check_channel(struct mop_launch *g, struct mop_gate_result *r, size_t link)
{
    const struct mop_said *want = intended(g, link);
    bool auto_tagged = mop_gate_param(g, link, "gclid").n > 0;
    const char *ga4 = g->ga4[link];
    if (g->b->links[link].fault)
        return;
    if (mop_gate_is_for_none(g, link)) {
        check_without(g, r, link, want);
        return;
    }
    if (want && !is_known_channel(g, want)) {
        if (want == &g->b->links[link].channel)
            unknown_channel(g, r, want);
        return;
    }
    check_planned(g, r, link);
    if ((auto_tagged && !ga4) || (want && is_word(channel_of(g, want->text), "any")))
        return;
    if (!ga4 && mop_gate_param(g, link, "utm_source").n)
        mop_gate_tell_link(
            g, r, MOP_NOTE, link,
            "has a macro in source, medium or campaign: its channel is not known yet");
    else if (!want && ga4 && mop_sv_eqs(mop_sv_of(ga4), "Unassigned"))
        mop_gate_tell_link(g, r, MOP_FAULT, link, "is filed under Unassigned by GA4");
    else if (!want && g->links_only)
        check_alone(g, r, link);
    else if (!want && g->b->channels.n && !is_any_meant(g, ga4))
        mop_gate_do(g,
                    ga4 ? mop_gate_tell_link(g, r, MOP_FAULT, link,
                                             "is filed under %s by GA4, none of the brief's "
                                             "channels: %.*s",
                                             ga4, MOP_SV_ARG(why_filed(g, link)))
                        : mop_gate_tell_link(g, r, MOP_FAULT, link,
                                             "has no tags that GA4 could file it by"),
                    ga4 ? "change what decides, or say channel: of the link"
                        : "add utm_source, utm_medium and utm_campaign; of a link that is untagged "
                          "on purpose (privacy page) say channel: none");
    else if (want && !is_meant(g, want->text, ga4))
        tell_other(g, r, link, want->text);
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
