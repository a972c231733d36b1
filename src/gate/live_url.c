/* SPDX-License-Identifier: MIT */
#include "live_parts.h"

#include "../base/utf8.h"
#include "../values/domain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Which addresses may be asked for. libcurl's reading of an address is the one that is asked for,
 * ours the one that is checked: where they differ, so would a visitor's program, and it is refused.
 */
enum { LENIENT = CURLU_NON_SUPPORT_SCHEME | CURLU_URLENCODE | CURLU_ALLOW_SPACE };

struct parts {
    CURLU *u;
    char *scheme, *host, *user, *wire;
};

static char *part(CURLU *u, CURLUPart what, unsigned flags)
{
    char *text = NULL;
    return curl_url_get(u, what, &text, flags) == CURLUE_OK ? text : NULL;
}

static void parts_read(struct parts *p, const char *url)
{
    *p = (struct parts){.u = curl_url()};
    if (!p->u)
        mop_mem_exhausted();
    if (curl_url_set(p->u, CURLUPART_URL, url, LENIENT) != CURLUE_OK)
        return;
    p->scheme = part(p->u, CURLUPART_SCHEME, 0);
    p->host = part(p->u, CURLUPART_HOST, 0);
    p->user = part(p->u, CURLUPART_USER, 0);
    p->wire = part(p->u, CURLUPART_URL, CURLU_URLENCODE);
}

static void parts_release(struct parts *p)
{
    curl_free(p->scheme);
    curl_free(p->host);
    curl_free(p->user);
    curl_free(p->wire);
    curl_url_cleanup(p->u);
}

/* libcurl keeps the host as written; the name in ASCII is what is looked up and compared. */
static bool same_host(const struct mop_url *u, const char *host)
{
    struct mop_sv other = mop_sv_of(host), ascii;
    if (u->address)
        return mop_sv_eq_nocase(u->ascii_host, other) || other.p[0] == '[';
    return mop_domain_read(other, MOP_DOMAIN_UNDERSCORE, &ascii, u->arena, NULL) &&
           mop_sv_eq(ascii, u->ascii_host);
}

static bool refuse(struct mop_live_walk *w, enum mop_live_id id, const char *why)
{
    size_t n = w->out->nhops;
    if (n)
        mop_live_found(w, id, "%s, where hop %zu leads", why, n);
    else
        mop_live_found(w, id, "%s", why);
    return false;
}

static bool is_web(const char *scheme)
{
    return scheme && (!strcmp(scheme, "http") || !strcmp(scheme, "https"));
}

bool mop_live_may_be_private(const struct mop_live_options *o, struct mop_sv host)
{
    bool may = o->allow_private;
    for (size_t i = 0; i < o->nprivate_hosts && !may; i++)
        may = mop_sv_eq_nocase(host, o->private_hosts[i]);
    return may;
}

static bool judge(struct mop_live_walk *w, const struct mop_url *u, const struct parts *p)
{
    if (u->fault == MOP_URL_OTHER_SCHEME || (p->scheme && !is_web(p->scheme)))
        return refuse(w, MOP_LIVE_SCHEME, "has a scheme other than http or https");
    if (u->userinfo.p || p->user)
        return refuse(w, MOP_LIVE_CREDENTIALS, "has a user name or password in its address");
    const struct mop_live_range *range = p->host ? mop_live_host_range(p->host) : NULL;
    bool meant = range && (range->net || !u->fault); /* "https:///ok" names no host */
    if (meant && (range->never || !mop_live_may_be_private(&w->run->settings, mop_url_host(u)))) {
        char why[96];
        snprintf(why, sizeof why, "leads to %s", range->words);
        return refuse(w, MOP_LIVE_PRIVATE, why);
    }
    if (u->fault)
        return refuse(w, MOP_LIVE_ADDRESS, "has no address that can be asked for");
    if (!p->wire || !p->host)
        return refuse(w, MOP_LIVE_ADDRESS, "has an address that not every program takes");
    if (!same_host(u, p->host))
        return refuse(w, MOP_LIVE_ADDRESS, "has a host that programs read differently");
    return true;
}

/* Without what stands behind the '#', which stays with a browser. */
static void put_wire(struct mop_live_walk *w, struct mop_sv wire)
{
    mop_buf_reset(&w->wire);
    mop_buf_sv(&w->wire, mop_sv_sub(wire, 0, mop_sv_find(wire, '#')));
}

bool mop_live_admit(struct mop_live_walk *w)
{
    struct mop_arena a;
    struct parts p;
    struct mop_url u;
    struct mop_sv url = mop_buf_view(&w->url);
    if (w->url.over)
        return refuse(w, MOP_LIVE_ADDRESS, "has an address longer than 64 KiB");
    if (mop_sv_find(url, '\0') < url.n || mop_utf8_check(url) < url.n)
        return refuse(w, MOP_LIVE_ADDRESS, "has an address with bytes that are no text");
    mop_arena_init(&a);
    mop_url_parse(&a, url, false, &u);
    /* A name in ASCII: what is escaped further on must not be escaped in the host. */
    parts_read(&p, mop_arena_str(&a, mop_url_canonical(&u)));
    bool good = judge(w, &u, &p);
    if (good)
        put_wire(w, mop_sv_of(p.wire));
    parts_release(&p);
    mop_arena_release(&a);
    return good;
}

static bool has_scheme(struct mop_sv text)
{
    struct mop_arena a;
    struct mop_url u;
    mop_arena_init(&a);
    mop_url_parse(&a, text, false, &u);
    mop_arena_release(&a);
    return u.scheme.p != NULL;
}

bool mop_live_resolve(struct mop_sv base, struct mop_sv to, struct mop_buf *out)
{
    if (has_scheme(to)) {
        mop_buf_sv(out, to);
        return true;
    }
    char *from = mop_strdup(base), *text = mop_strdup(to), *whole = NULL;
    CURLU *u = curl_url();
    if (u && mop_sv_find(to, '\0') == to.n &&
        curl_url_set(u, CURLUPART_URL, from, LENIENT) == CURLUE_OK &&
        curl_url_set(u, CURLUPART_URL, text, LENIENT) == CURLUE_OK)
        whole = part(u, CURLUPART_URL, 0);
    if (whole)
        mop_buf_str(out, whole);
    bool good = whole != NULL;
    curl_free(whole);
    curl_url_cleanup(u);
    free(from);
    free(text);
    return good;
}

struct mop_sv mop_live_host_of(struct mop_arena *a, struct mop_sv url)
{
    struct mop_url u;
    mop_url_parse(a, url, false, &u);
    return mop_url_host(&u);
}
