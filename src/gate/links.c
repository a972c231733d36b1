/* SPDX-License-Identifier: MIT */
#include "gate/checks.h"
#include "rules/kinds.h"
#include "values/ga4.h"
#include "values/macro.h"
#include "values/pii.h"
#include "values/url_checks.h"
#include "values/url_keys.h"

/* Checks of links: how they are built, what stands in them, where GA4 files them. */

#define CHECK(name) void mop_gate_run_##name(struct mop_launch *g, struct mop_gate_result *r)

struct mop_sv mop_gate_param(const struct mop_launch *g, size_t link, const char *key)
{
    return mop_url_param(&g->urls[link], mop_sv_of(key));
}

const char *mop_gate_ga4_name(struct mop_sv channel)
{
    const char *name;
    for (size_t i = 0; (name = mop_ga4_channel_name(MOP_SV_NONE, i)); i++)
        if (mop_sv_eq_nocase(channel, mop_sv_of(name)))
            return name;
    return NULL;
}

/* ---- structure ---- */

/* These two have checks of their own here, whatever the taxonomy asks. */
static bool is_own_check(struct mop_sv id)
{
    return mop_sv_ends(id, MOP_SV("pii")) || mop_sv_ends(id, MOP_SV("macros")) ||
           mop_sv_ends(id, MOP_SV("person-id"));
}

static bool cannot_be_read(struct mop_launch *g, struct mop_gate_result *r, size_t link)
{
    static const char *const words[] = {[MOP_CELL_ENCODING] =
                                            "is not in the file's encoding: it cannot be read",
                                        [MOP_CELL_NUL] = "holds a NUL byte: it cannot be read"};
    int fault = g->b->links[link].fault;
    bool missing = !fault && !g->b->links[link].url.text.n;
    if (fault)
        mop_gate_tell_link(g, r, MOP_FAULT, link, "%s", words[fault]);
    if (missing) /* a row of a file that has all but the link */
        mop_gate_tell_link(g, r, MOP_FAULT, link, "has no address");
    return fault != MOP_CELL_OK || missing;
}

/* Those that links are asked without rules of the taxonomy; ends with NULL. */
static const struct mop_url_check **find_structure(struct mop_launch *g)
{
    size_t n = 0;
    const struct mop_url_check **asked =
        mop_arena_array(&g->arena, mop_url_checks_n + 1, sizeof *asked);
    for (size_t i = 0; i < mop_url_checks_n; i++)
        if (mop_url_checks[i].default_severity && !is_own_check(mop_sv_of(mop_url_checks[i].id)))
            asked[n++] = &mop_url_checks[i];
    return asked;
}

static void check_structure(struct mop_launch *g, struct mop_gate_result *r, size_t link,
                            const struct mop_url_check *const *asked)
{
    const struct mop_ruleset *rs = g->o->rules;
    struct mop_url_context c = {MOP_URL_LINK, rs ? rs->own_domains : NULL,
                                rs ? rs->nown_domains : 0};
    struct mop_buf why;
    c.kind = g->b->links[link].platform.text.p ? MOP_URL_TEMPLATE : MOP_URL_LINK;
    mop_buf_init(&why, 2000);
    for (; *asked; asked++) {
        const struct mop_url_check *k = *asked;
        mop_buf_reset(&why);
        if (!k->fails(&g->urls[link], &c, &why))
            continue;
        struct mop_gate_item *x =
            mop_gate_tell_link(g, r, k->default_severity == 2 ? MOP_FAULT : MOP_WARN, link,
                               "%.*s [url.%s]", MOP_SV_ARG(mop_buf_view(&why)), k->id);
        mop_gate_do(g, x, "a link %s", k->summary);
    }
    mop_buf_release(&why);
}

/* By link: do the taxonomy's rules say already that it is no address? */
static bool *find_told(struct mop_launch *g)
{
    bool *told = mop_arena_array(&g->arena, g->b->nlinks + 1, sizeof *told);
    for (size_t i = 0; i < g->nfindings; i++) {
        const struct mop_gate_finding *f = &g->findings[i];
        bool is_it = mop_sv_ends(f->check->id, MOP_SV(".type")) ||
                     mop_sv_ends(f->check->id, MOP_SV("scheme"));
        if (f->link < g->b->nlinks && !f->suppressed && is_it)
            told[f->link] = true;
    }
    return told;
}

/* Where the taxonomy asks for little of a link: that visitors can follow it is asked always. */
static void check_address(struct mop_launch *g, struct mop_gate_result *r, size_t link)
{
    static const struct mop_url_context c = {MOP_URL_TEMPLATE, NULL, 0};
    struct mop_buf why;
    mop_buf_init(&why, 2000);
    if (mop_url_check_find(MOP_SV("scheme"))->fails(&g->urls[link], &c, &why))
        mop_gate_tell_link(g, r, MOP_FAULT, link, "%.*s", MOP_SV_ARG(mop_buf_view(&why)));
    mop_buf_release(&why);
}

/* A URL check's words without the link itself, which stands before them already. */
static struct mop_sv words_of(struct mop_launch *g, const struct mop_gate_finding *f)
{
    struct mop_sv id = f->check->id;
    struct mop_url_context c = {MOP_URL_LINK, g->o->rules->own_domains, g->o->rules->nown_domains};
    struct mop_sv words = f->message;
    struct mop_buf why;
    while (mop_sv_find(id, '.') < id.n)
        id = mop_sv_sub(id, mop_sv_find(id, '.') + 1, id.n);
    const struct mop_url_check *k = f->check->kind == &mop_kind_url ? mop_url_check_find(id) : NULL;
    mop_buf_init(&why, 2000);
    if (k && k->fails(&g->urls[f->link], &c, &why))
        words = mop_arena_copy(&g->arena, mop_buf_view(&why));
    mop_buf_release(&why);
    return words;
}

static void tell_finding(struct mop_launch *g, struct mop_gate_result *r,
                         const struct mop_gate_finding *f)
{
    struct mop_sv words = words_of(g, f);
    struct mop_gate_item *x = mop_gate_tell_link(
        g, r, mop_gate_level_of(f), f->link, "%.*s [%.*s]%s", MOP_SV_ARG(words),
        MOP_SV_ARG(f->check->id), f->suppressed ? ", suppressed by the taxonomy" : "");
    if (f->proposal.n)
        mop_gate_do(g, x, "write %s", mop_gate_shown(g, f->proposal));
}

/* Findings of the taxonomy's link type: those of its URL checks, or the others. */
static void tell_findings(struct mop_launch *g, struct mop_gate_result *r, bool url)
{
    for (size_t i = 0; i < g->nfindings; i++) {
        const struct mop_gate_finding *f = &g->findings[i];
        if (f->link == SIZE_MAX || (f->check->kind == &mop_kind_url) != url ||
            is_own_check(f->check->id) || f->check->role == MOP_CHECK_INPUT ||
            g->b->links[f->link].fault || mop_gate_macro_right(g, f->link, f->value))
            continue;
        tell_finding(g, r, f);
    }
}

static void no_links(struct mop_launch *g, struct mop_gate_result *r)
{
    mop_gate_not_asked(g, r, "the brief has no links");
}

CHECK(LINKS)
{
    if (!g->b->nlinks) {
        if (g->b->link_file)
            mop_gate_tell(g, r, MOP_FAULT, NULL, "the file of links has none in it");
        else
            no_links(g, r);
        return;
    }
    const bool *told = find_told(g);
    const struct mop_url_check *const *structure = find_structure(g);
    for (size_t i = 0; i < g->b->nlinks; i++) {
        if (cannot_be_read(g, r, i))
            continue;
        if (!g->url_rules || g->left_out[i])
            check_structure(g, r, i, structure);
        else if (!told[i])
            check_address(g, r, i);
    }
    tell_findings(g, r, true);
}

CHECK(LINK_NAMES)
{
    if (!g->b->nlinks)
        no_links(g, r);
    else if (!g->o->rules)
        mop_gate_not_asked(g, r, "no taxonomy was named: -r FILE");
    else if (!g->link_type)
        mop_gate_not_asked(
            g, r, "the taxonomy has no record type for links: gate: {links: {record: ..}}");
    else
        tell_findings(g, r, false);
    for (size_t i = 0; g->link_type && i < g->b->nlinks; i++)
        if (g->left_out[i])
            mop_gate_tell_link(g, r, MOP_WARN, i,
                               "is excluded from judging by the taxonomy: '%.*s'",
                               MOP_SV_ARG(g->left_out[i]->id));
}

/* ---- channels ---- */

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
    struct mop_sv names[64];
    size_t n = 0;
    const char *name;
    for (size_t i = 0; n < 64 && (name = mop_ga4_channel_name(MOP_SV_NONE, i)); i++)
        names[n++] = mop_sv_of(name);
    for (size_t i = 0; n < 64 && i < g->p->nchannels; i++)
        names[n++] = g->p->channels[i].name;
    struct mop_gate_item *x = mop_gate_tell(
        g, r, MOP_FAULT, s, "'%s' is no channel of GA4, nor one of `links: {channels: ..}`",
        mop_gate_shown(g, s->text));
    long near = mop_suggest(s->text, names, n);
    if (near >= 0)
        mop_gate_do(g, x, "did you mean '%.*s'?", MOP_SV_ARG(names[near]));
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
        mop_gate_do(g, x, "change utm_medium, or what is meant");
    }
}

CHECK(CHANNEL)
{
    if (!g->b->nlinks && !g->b->channels.n)
        no_links(g, r);
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
        if (is_word(channel_of(g, c->text), "none") || has_link_for(g, c->text))
            continue;
        struct mop_gate_item *x = mop_gate_tell(
            g, r, MOP_FAULT, c, "no link is for the channel '%s'", mop_gate_shown(g, c->text));
        mop_gate_do(g, x, "add its link, or take the channel out");
    }
}

/* ---- the campaign's ids ---- */

/* What links should say: what the brief says, else what the first link says. */
static struct mop_sv expected(struct mop_launch *g, const char *key, size_t *from)
{
    struct mop_said_list said = mop_brief_values(g->b, key);
    *from = SIZE_MAX;
    if (said.n)
        return said.list[0].text;
    if (mop_sv_eqs(mop_sv_of(key), "utm_campaign") && g->b->name.text.p)
        return g->b->name.text;
    for (size_t i = 0; i < g->b->nlinks; i++) {
        struct mop_sv v = mop_gate_param(g, i, key);
        *from = i;
        if (v.n && !mop_macro_find(v).p)
            return v;
    }
    return MOP_SV_NONE;
}

static void check_agreement(struct mop_launch *g, struct mop_gate_result *r, const char *key)
{
    size_t from;
    struct mop_sv want = expected(g, key, &from);
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
        mop_gate_do(g, x, "write %s=%s, or say %s in the brief", key, mop_gate_shown(g, want), key);
    }
}

CHECK(LINKS_AGREE)
{
    struct mop_map seen;
    if (!g->b->nlinks) {
        no_links(g, r);
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

static bool is_tagged(const struct mop_url *u)
{
    for (size_t i = 0; i < u->nparams; i++)
        if (mop_url_key_utm(u->params[i].key))
            return true;
    return false;
}

CHECK(UTM_ID)
{
    struct mop_said_list said = mop_brief_values(g->b, "utm_id");
    if (!g->b->nlinks)
        no_links(g, r);
    for (size_t i = 0; i < g->b->nlinks; i++) {
        if (g->b->links[i].fault || !is_tagged(&g->urls[i]) || mop_gate_param(g, i, "utm_id").n)
            continue;
        struct mop_gate_item *x = mop_gate_tell_link(g, r, MOP_FAULT, i, "has no utm_id");
        if (said.n)
            mop_gate_do(g, x, "add utm_id=%s", mop_gate_shown(g, said.list[0].text));
        else
            mop_gate_do(g, x, "add the campaign's id as utm_id, and write it in the brief");
    }
}

/* ---- personal data ---- */

static void check_url_privacy(struct mop_launch *g, struct mop_gate_result *r, size_t link,
                              const struct mop_url_check *k)
{
    struct mop_url_context c = {MOP_URL_LINK, NULL, 0};
    struct mop_buf why;
    mop_buf_init(&why, 2000);
    if (k->fails(&g->urls[link], &c, &why)) {
        struct mop_gate_item *x =
            mop_gate_tell_link(g, r, MOP_FAULT, link, "%.*s", MOP_SV_ARG(mop_buf_view(&why)));
        mop_gate_do(g, x, "take it out: every tool that sees the visit gets it");
    }
    mop_buf_release(&why);
}

static void check_text(struct mop_launch *g, struct mop_gate_result *r, const char *key)
{
    struct mop_said_list said = mop_brief_values(g->b, key);
    for (size_t i = 0; i < said.n; i++)
        if (mop_pii_next(said.list[i].text, 0, &g->arena).kind != MOP_PII_NONE)
            mop_gate_tell(g, r, MOP_FAULT, &said.list[i], "'%s' holds personal data: %s", key,
                          mop_gate_shown(g, said.list[i].text));
}

/* {{contact.email}}: no personal data here, and everybody's in the mail that goes out. */
static void check_macro_privacy(struct mop_launch *g, struct mop_gate_result *r, size_t link)
{
    const struct mop_url *u = &g->urls[link];
    struct mop_sv macro = mop_gate_personal_macro(g->b->links[link].url.text);
    for (size_t i = 0; i < u->nparams && !macro.p; i++)
        macro = mop_gate_personal_macro(u->params[i].value);
    if (macro.p)
        mop_gate_do(g,
                    mop_gate_tell_link(g, r, MOP_FAULT, link,
                                       "has the macro %s, which puts personal data in its place",
                                       mop_gate_shown(g, macro)),
                    "take it out: every tool that sees the visit gets it");
}

static void check_link_name(struct mop_launch *g, struct mop_gate_result *r, size_t link)
{
    struct mop_sv name = g->b->links[link].name.text;
    if (name.p && mop_pii_next(name, 0, &g->arena).kind != MOP_PII_NONE)
        mop_gate_tell_link(g, r, MOP_FAULT, link, "has personal data in its name");
}

CHECK(PRIVACY)
{
    static const char *const keys[] = {"name", "utm_campaign", "utm_id", "market", "product"};
    const struct mop_url_check *asked[] = {mop_url_check_find(MOP_SV("pii")),
                                           mop_url_check_find(MOP_SV("person-id")),
                                           mop_url_check_find(MOP_SV("userinfo"))};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        check_text(g, r, keys[i]);
    const struct mop_node *fields = g->b->root ? mop_node_get(g->b->root, "fields") : NULL;
    for (size_t i = 0; fields && fields->kind == MOP_MAPPING && i < fields->n; i++) {
        struct mop_said s = mop_said_of(fields->item[i]);
        if (s.text.p && mop_pii_next(s.text, 0, &g->arena).kind != MOP_PII_NONE)
            mop_gate_tell(g, r, MOP_FAULT, &s, "field '%.*s' holds personal data: %s",
                          MOP_SV_ARG(fields->key[i]->text), mop_gate_shown(g, s.text));
    }
    for (size_t i = 0; i < g->b->nlinks; i++) {
        if (g->b->links[i].fault)
            continue;
        for (size_t k = 0; k < sizeof asked / sizeof *asked; k++)
            check_url_privacy(g, r, i, asked[k]);
        check_macro_privacy(g, r, i);
        check_link_name(g, r, i);
    }
}

/* ---- what was seen on the network ---- */

/* Each address that was asked for, with its answer. */
static struct mop_sv way_of(struct mop_launch *g, const struct mop_link_seen *s)
{
    struct mop_buf b;
    mop_buf_init(&b, SIZE_MAX);
    for (size_t i = 0; i < s->nhops; i++) {
        mop_buf_str(&b, i ? "\n" : "");
        if (s->hops[i].status)
            mop_buf_printf(&b, "%ld ", s->hops[i].status);
        else
            mop_buf_str(&b, "no answer of ");
        mop_buf_sv(&b, s->hops[i].shown);
    }
    struct mop_sv way = mop_arena_copy(&g->arena, mop_buf_view(&b));
    mop_buf_release(&b);
    return way;
}

CHECK(LIVE)
{
    bool asked = false, unseen = false;
    for (size_t i = 0; i < g->b->nlinks; i++) {
        const struct mop_link_seen *s = g->b->links[i].seen;
        asked = asked || s;
        unseen = unseen || (s && s->verdict == MOP_LINK_NOT_SEEN);
        for (size_t k = 0; s && k < s->n; k++) {
            const struct mop_link_fault *f = &s->faults[k];
            struct mop_gate_item *x = mop_gate_tell_link(g, r, f->level, i, "%.*s [%.*s]",
                                                         MOP_SV_ARG(f->text), MOP_SV_ARG(f->id));
            if (f->repair.n)
                mop_gate_do(g, x, "%.*s", MOP_SV_ARG(f->repair));
            if (k + 1 == s->n) /* once a link */
                x->way = way_of(g, s);
        }
    }
    if (!asked)
        mop_gate_not_asked(g, r, "links were not followed");
    else if (unseen)
        r->state = MOP_GATE_NOT_SEEN;
}
