/* SPDX-License-Identifier: MIT */
#include "live_seen.h"

#include "../values/macro.h"

#include <stdlib.h>

/* Results of live checks as the brief's links carry them. */

static const char *const repairs[MOP_LIVE_IDS] = {
    [MOP_LIVE_ADDRESS] = "write the address as a browser shows it",
    [MOP_LIVE_SCHEME] = "visitors follow https only: name the page itself",
    [MOP_LIVE_CREDENTIALS] = "take the login out; change the password, it has been seen",
    [MOP_LIVE_PRIVATE] =
        "visitors cannot reach it; if it is meant, --allow-private=HOST for it alone",
    [MOP_LIVE_HOST_UNKNOWN] = "mend the host's name, or have it set up",
    [MOP_LIVE_REFUSED] = "have the server started, or mend the port",
    [MOP_LIVE_TLS] = "have the host's certificate, or its TLS, mended: browsers warn of it",
    [MOP_LIVE_SLOW] = "have the page made faster: visitors do not wait",
    [MOP_LIVE_LOST] = "have whoever runs the server look at it",
    [MOP_LIVE_STATUS] = "name a page that is there; some hosts refuse programs: then look yourself",
    [MOP_LIVE_REDIRECT] = "have the redirect mended",
    [MOP_LIVE_LOOP] = "have the redirects mended: they end nowhere",
    [MOP_LIVE_HOPS] = "name the page at the end of the redirects",
    [MOP_LIVE_HTTP] = "begin with https://, and have redirects lead to https",
    [MOP_LIVE_DROPPED] = "have the redirect pass the query on, or name the page at its end",
    [MOP_LIVE_CHANGED] = "have the redirect pass the query on as it is",
    [MOP_LIVE_DOUBLED] = "have one of the two places add it that add it now",
    [MOP_LIVE_RESTORED] = "have every redirect pass the query on: what restores it may stop to",
    [MOP_LIVE_PERSONAL] = "have the redirect leave it out: every tool that sees the visit gets it",
    [MOP_LIVE_ADDED] = "have one place set utm_ parameters: the link",
    [MOP_LIVE_HOST] = "mend the link, or the host that is expected",
    [MOP_LIVE_CANONICAL] = "name the canonical host: analytics may count two pages",
    [MOP_LIVE_TAG] = "have the tag put on the page: visits are not counted",
    [MOP_LIVE_SOFT_404] = "name a page that is there",
    [MOP_LIVE_TYPE] = "what is no page counts no visit: link to a page",
    [MOP_LIVE_REFRESH] = "name the page that it leads on to",
    [MOP_LIVE_UNCHECKED] = "check again, or from another network",
};

const char *mop_live_repair(enum mop_live_id id)
{
    return repairs[id];
}

static enum mop_level level_of(enum mop_live_id id)
{
    static const enum mop_level levels[] = {[MOP_LIVE_NOTE] = MOP_NOTE,
                                            [MOP_LIVE_WARN] = MOP_WARN,
                                            [MOP_LIVE_ERROR] = MOP_FAULT,
                                            [MOP_LIVE_NOT_SEEN] = MOP_WARN};
    return levels[mop_live_kinds[id].level];
}

static void take(struct mop_brief *b, struct mop_brief_link *l, const struct mop_live_result *r)
{
    struct mop_link_seen *s = mop_arena_alloc(&b->arena, sizeof *s);
    s->verdict = r->verdict == MOP_LIVE_NOT_CHECKED ? MOP_LINK_NOT_SEEN
                 : r->verdict == MOP_LIVE_FAILED    ? MOP_LINK_FAILED
                                                    : MOP_LINK_PASSED;
    s->faults = mop_arena_array(&b->arena, r->nfindings + 1, sizeof *s->faults);
    for (size_t i = 0; i < r->nfindings; i++) {
        const struct mop_live_finding *f = &r->findings[i];
        bool fails = f->id == MOP_LIVE_STATUS && r->status >= 500;
        const char *repair = fails       ? "have the server looked at: it was asked several times"
                             : f->repair ? f->repair
                                         : repairs[f->id];
        s->faults[s->n++] =
            (struct mop_link_fault){.id = mop_sv_of(mop_live_kinds[f->id].id),
                                    .text = f->text,
                                    .repair = mop_sv_of(repair ? repair : ""),
                                    .level = level_of(f->id),
                                    .unseen = mop_live_kinds[f->id].level == MOP_LIVE_NOT_SEEN};
    }
    s->hops = mop_arena_array(&b->arena, r->nhops + 1, sizeof *s->hops);
    for (size_t i = 0; i < r->nhops; i++)
        s->hops[s->nhops++] = (struct mop_link_hop){r->hops[i].shown, r->hops[i].status};
    l->seen = s;
}

const struct mop_link_fault mop_live_macro = {
    .id = {"live-macro", 10},
    .text = {"was not followed: it begins with a macro", 40},
    .repair = {"check the address that the platform fills in", 44},
    .level = MOP_WARN};

/* "{lpurl}?utm_source=google": the platform knows where it leads, and nobody else. */
static void leave_macro(struct mop_brief *b, struct mop_brief_link *l)
{
    struct mop_link_seen *s = mop_arena_alloc(&b->arena, sizeof *s);
    s->verdict = MOP_LINK_PASSED;
    s->faults = mop_arena_alloc(&b->arena, sizeof *s->faults);
    s->faults[0] = mop_live_macro;
    s->n = 1;
    l->seen = s;
}

static bool begins_with_macro(struct mop_sv url)
{
    struct mop_sv front = mop_sv_sub(url, 0, mop_sv_find(url, '?'));
    return mop_macro_find(mop_sv_sub(front, 0, mop_sv_find(front, '/'))).p != NULL;
}

int mop_live_see(struct mop_brief *b, const struct mop_live_options *o, struct mop_err *e)
{
    struct mop_sv *urls = mop_calloc(b->nlinks + 1, sizeof *urls);
    size_t *which = mop_calloc(b->nlinks + 1, sizeof *which), n = 0;
    for (size_t i = 0; i < b->nlinks; i++) {
        struct mop_brief_link *l = &b->links[i];
        if (l->fault)
            continue;
        if (begins_with_macro(l->url.text)) {
            leave_macro(b, l);
            continue;
        }
        urls[n] = l->url.text;
        which[n++] = i;
    }
    struct mop_live_result *r = mop_calloc(n + 1, sizeof *r);
    int rc = mop_live_check(urls, n, o, &b->arena, r, e);
    for (size_t i = 0; i < n && !rc; i++)
        take(b, &b->links[which[i]], &r[i]);
    free(r);
    free(which);
    free(urls);
    return rc;
}
