/* SPDX-License-Identifier: MIT */
#include "gate/checks.h"
#include "gate/live.h"
#include "rules/kinds.h"
#include "rules/kind_url.h"
#include "values/macro.h"
#include "values/url_keys.h"

/* Checks of links: how they are built, and what stands in them. */

#define CHECK(name) void mop_gate_run_##name(struct mop_launch *g, struct mop_gate_result *r)

struct mop_sv mop_gate_param(const struct mop_launch *g, size_t link, const char *key)
{
    return mop_url_param(&g->urls[link], mop_sv_of(key));
}

/* ---- structure ---- */

/* These are matters of `privacy` and `macros` here, whatever the taxonomy asks. */
static bool is_own_check(struct mop_sv id)
{
    bool own = mop_sv_ends(id, MOP_SV("macros"));
    for (size_t i = 0; i < mop_url_checks_n && !own; i++)
        own = mop_url_checks[i].personal && mop_sv_ends(id, mop_sv_of(mop_url_checks[i].id));
    return own;
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
        mop_gate_do(g, mop_gate_tell_link(g, r, MOP_FAULT, link, "has no address"),
                    "write its link, or take it out");
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
    struct mop_url_context c =
        mop_url_context_of(rs, g->b->links[link].platform.text.p ? MOP_URL_TEMPLATE : MOP_URL_LINK);
    struct mop_buf why;
    mop_buf_init(&why, 2000);
    for (; *asked; asked++) {
        const struct mop_url_check *k = *asked;
        mop_buf_reset(&why);
        if (!k->fails(&g->urls[link], &c, &why))
            continue;
        struct mop_gate_item *x =
            mop_gate_tell_link(g, r, k->default_severity == 2 ? MOP_FAULT : MOP_WARN, link,
                               "%.*s [url.%s]", MOP_SV_ARG(mop_buf_view(&why)), k->id);
        mop_gate_do(g, x, "%s", mop_gate_url_repair(mop_sv_of(k->id)));
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
    static const struct mop_url_context c = {.kind = MOP_URL_TEMPLATE};
    struct mop_buf why;
    mop_buf_init(&why, 2000);
    if (mop_url_check_find(MOP_SV("scheme"))->fails(&g->urls[link], &c, &why))
        mop_gate_tell_link(g, r, MOP_FAULT, link, "%.*s", MOP_SV_ARG(mop_buf_view(&why)));
    mop_buf_release(&why);
}

/* Of one that was followed the check `live` tells, which may allow it. */
static void check_reach(struct mop_launch *g, struct mop_gate_result *r, size_t link)
{
    const struct mop_url *u = &g->urls[link];
    const char *words = u->fault || g->b->links[link].seen ? NULL : mop_live_private_words(u->host);
    bool bare = !g->url_rules && !u->address && mop_sv_find(u->host, '.') == u->host.n;
    if (!words || bare) /* that it has no dot is told with its structure */
        return;
    mop_gate_do(g,
                mop_gate_tell_link(g, r, MOP_FAULT, link,
                                   "leads to %s, which no visitor reaches [url.host]", words),
                "name the public host");
}

/* The URL check of a finding, or NULL: the last part of its id. */
static const struct mop_url_check *url_check_of(const struct mop_gate_finding *f)
{
    struct mop_sv id = f->check->id;
    while (mop_sv_find(id, '.') < id.n)
        id = mop_sv_sub(id, mop_sv_find(id, '.') + 1, id.n);
    return f->check->kind == &mop_kind_url ? mop_url_check_find(id) : NULL;
}

/* A URL check's words without the link itself, which stands before them already. */
static struct mop_sv words_of(struct mop_launch *g, const struct mop_gate_finding *f,
                              const struct mop_url_check *k)
{
    struct mop_url_context c = mop_url_context_of(g->o->rules, MOP_URL_LINK);
    struct mop_sv words = f->message;
    struct mop_buf why;
    mop_buf_init(&why, 2000);
    if (k && k->fails(&g->urls[f->link], &c, &why))
        words = mop_arena_copy(&g->arena, mop_buf_view(&why));
    mop_buf_release(&why);
    return words;
}

static bool is_mixed(struct mop_sv v)
{
    return (mop_sv_find(v, '-') < v.n) + (mop_sv_find(v, '_') < v.n) + (mop_sv_find(v, ' ') < v.n) >
           1;
}

/* The first utm_ parameter with several separators; none of these is the campaign's name, whose
 * template asks for both - and _. */
static const struct mop_url_param *find_mixed(const struct mop_launch *g, size_t link)
{
    const struct mop_url *u = &g->urls[link];
    bool fits = g->campaign_fits && g->campaign_fits[link];
    for (size_t i = 0; i < u->nparams; i++) {
        const struct mop_url_param *p = &u->params[i];
        bool named = (g->nparts && mop_sv_eq(p->value, g->b->name.text)) ||
                     (fits && mop_sv_eqs(p->key, "utm_campaign"));
        if (mop_url_key_utm(p->key) && is_mixed(p->value) && !named)
            return p;
    }
    return NULL;
}

/* Is it said of a value that is not known before the platform puts it in? Of a whole link only what
 * the macro hides is: one in utm_content says nothing of a second '?'. */
static bool is_to_come(struct mop_launch *g, const struct mop_gate_finding *f)
{
    static const struct mop_url_context c = {.kind = MOP_URL_TEMPLATE};
    const struct mop_url_check *k = url_check_of(f);
    struct mop_sv link = g->b->links[f->link].url.text;
    if (!mop_gate_macro_right(g, f->link, f->value))
        return false;
    if (k)
        return !k->fails(&g->urls[f->link], &c, NULL);
    return !mop_sv_eq(f->value, link) || mop_macro_at(link, 0) > 0;
}

static void tell_finding(struct mop_launch *g, struct mop_gate_result *r,
                         const struct mop_gate_finding *f)
{
    const struct mop_url_check *k = url_check_of(f);
    struct mop_sv words = words_of(g, f, k);
    if (k && mop_sv_eqs(mop_sv_of(k->id), "mixed-separators")) {
        const struct mop_url_param *mixed = find_mixed(g, f->link);
        if (!mixed)
            return;
        words = mop_arena_printf(&g->arena, "has several of blank, - and _ in %.*s",
                                 MOP_SV_ARG(mixed->key));
    }
    struct mop_gate_item *x = mop_gate_tell_link(
        g, r, mop_gate_level_of(f), f->link, "%.*s [%.*s]%s", MOP_SV_ARG(words),
        MOP_SV_ARG(f->check->id), f->suppressed ? ", suppressed by the taxonomy" : "");
    if (k && !f->proposal.n)
        mop_gate_do(g, x, "%s", mop_gate_url_repair(mop_sv_of(k->id)));
    else
        mop_gate_repair_finding(g, x, f);
}

/* Findings of the taxonomy's link type: those of its URL checks, or the others. What cannot be told
 * of a link because it is no address says nothing more than that. */
static void tell_findings(struct mop_launch *g, struct mop_gate_result *r, bool url)
{
    const bool *told = find_told(g);
    for (size_t i = 0; i < g->nfindings; i++) {
        const struct mop_gate_finding *f = &g->findings[i];
        bool untagged = f->link != SIZE_MAX && mop_gate_is_for_none(g, f->link) &&
                        !mop_gate_is_tagged(&g->urls[f->link]);
        if (f->link == SIZE_MAX || (untagged && !url && !f->value.n) ||
            (f->check->kind == &mop_kind_url) != url || is_own_check(f->check->id) ||
            f->check->role == MOP_CHECK_INPUT || g->b->links[f->link].fault ||
            (f->undecided && told[f->link]) || is_to_come(g, f))
            continue;
        tell_finding(g, r, f);
    }
}

void mop_gate_no_links(struct mop_launch *g, struct mop_gate_result *r)
{
    mop_gate_not_asked(g, r, "the brief has no links");
}

CHECK(LINKS)
{
    if (!g->b->nlinks) {
        if (g->b->link_file)
            mop_gate_do(g, mop_gate_tell(g, r, MOP_FAULT, NULL, "the file of links has none in it"),
                        "write its links into it, one a line");
        else
            mop_gate_no_links(g, r);
        return;
    }
    const bool *told = find_told(g);
    const struct mop_url_check *const *structure = find_structure(g);
    for (size_t i = 0; i < g->b->nlinks; i++) {
        if (cannot_be_read(g, r, i))
            continue;
        check_reach(g, r, i);
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
        mop_gate_no_links(g, r);
    else if (!g->o->rules)
        mop_gate_not_asked(g, r, "no taxonomy was named: -r FILE");
    else {
        tell_findings(g, r, false);
        mop_gate_tell_unwritten(g, r, g->link_type);
        mop_gate_look_for_link_rules(g, r);
    }
    for (size_t i = 0; g->link_type && i < g->b->nlinks; i++)
        if (g->left_out[i])
            mop_gate_tell_link(g, r, MOP_WARN, i,
                               "is excluded from judging by the taxonomy: '%.*s'",
                               MOP_SV_ARG(g->left_out[i]->id));
}
