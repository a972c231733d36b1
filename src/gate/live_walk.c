/* SPDX-License-Identifier: MIT */
#include "live_parts.h"

#include "../base/interrupt.h"
#include "../base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * A link's way, one step an answer: HEAD until something is no redirect, then GET of its beginning.
 * What HEAD is refused, GET is asked for as well: it is what a browser sends, and decides.
 */

enum { TIMEOUTS_MAX = 2 }; /* of one link: a slow host holds up the others */

const struct mop_live_kind mop_live_kinds[MOP_LIVE_IDS] = {
#define KIND(name, id, level, right) {id, right, level},
    MOP_LIVE_FINDINGS(KIND)
#undef KIND
};

void mop_live_found(struct mop_live_walk *w, enum mop_live_id id, const char *fmt, ...)
{
    va_list ap;
    struct mop_buf b;
    mop_buf_init(&b, 4096);
    va_start(ap, fmt);
    mop_buf_vprintf(&b, fmt, ap);
    va_end(ap);
    MOP_GROW(w->findings, w->nfindings, w->capfindings);
    w->findings[w->nfindings++] = (struct mop_live_finding){
        id, w->out->nhops, mop_arena_copy(w->run->arena, mop_buf_view(&b)), NULL};
    mop_buf_release(&b);
}

void mop_live_trace(struct mop_live_walk *w)
{
    const struct mop_live_options *o = &w->run->settings;
    struct mop_buf b;
    struct mop_arena a;
    if (!o->trace)
        return;
    mop_arena_init(&a);
    mop_buf_init(&b, MOP_LIVE_CAP_URL);
    struct mop_sv shown = mop_live_shown(&a, mop_buf_view(&w->url));
    mop_buf_printf(&b, "%s %.*s: ", w->get ? "GET" : "HEAD", MOP_SV_ARG(shown));
    if (w->status)
        mop_buf_printf(&b, "%ld, %zu bytes", w->status, w->body.n);
    else
        mop_buf_str(&b, w->barred ? "refused" : curl_easy_strerror(w->rc));
    o->trace(o->trace_ctx, mop_buf_view(&b));
    mop_buf_release(&b);
    mop_arena_release(&a);
}

/* ---- to an address ---- */

static struct mop_live_host *host_at(struct mop_live *run, struct mop_sv name)
{
    bool added;
    name = mop_arena_copy(&run->host_arena, name);
    uint64_t *item = mop_map_put(&run->hosts, name, &added);
    if (added) {
        struct mop_live_host *h = mop_arena_alloc(&run->host_arena, sizeof *h);
        h->name = name;
        *item = (uint64_t)(uintptr_t)h;
    }
    return (struct mop_live_host *)(uintptr_t)*item;
}

static void ask(struct mop_live_walk *w, bool get)
{
    w->get = get;
    w->whole = false;
    w->tries = 0;
}

/* w->url is the next hop, if it may be asked for. */
static void go(struct mop_live_walk *w)
{
    struct mop_arena a;
    if (!mop_live_admit(w)) {
        w->done = true;
        return;
    }
    mop_arena_init(&a);
    w->host = host_at(w->run, mop_live_host_of(&a, mop_buf_view(&w->wire)));
    mop_arena_release(&a);
    struct mop_sv url = mop_arena_copy(w->run->arena, mop_buf_view(&w->url));
    w->urls[w->out->nhops] = url;
    struct mop_live_hop *h = &w->out->hops[w->out->nhops++];
    h->shown = mop_live_shown(w->run->arena, url);
    h->https = mop_sv_starts(mop_buf_view(&w->wire), MOP_SV("https:"));
    ask(w, false);
}

void mop_live_begin(struct mop_live_walk *w, struct mop_sv link)
{
    struct mop_live_result *r = w->out;
    r->link = link;
    r->shown = mop_live_shown(w->run->arena, mop_sv_sub(link, 0, MOP_LIVE_CAP_URL));
    r->hops = mop_arena_array(w->run->arena, w->run->settings.max_hops + 1, sizeof *r->hops);
    mop_buf_init(&w->url, MOP_LIVE_CAP_URL);
    mop_buf_init(&w->wire, (size_t)4 * MOP_LIVE_CAP_URL);
    mop_buf_init(&w->headers, MOP_LIVE_CAP_HEADERS);
    mop_buf_init(&w->body, w->run->settings.max_body + 1);
    mop_buf_sv(&w->url, mop_sv_trim(link));
    w->curl = curl_easy_init();
    if (!w->curl)
        mop_mem_exhausted();
    curl_easy_setopt(w->curl, CURLOPT_COOKIELIST, ""); /* kept for this link, as browsers do */
    go(w);
}

/* ---- from an answer ---- */

static bool is_redirect(long status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

static bool may_pass(long status)
{
    return status == 408 || status == 425 || status == 429 || status == 500 || status == 502 ||
           status == 503 || status == 504;
}

/* An address met before, unless a cookie may make the difference the second time. */
static bool is_circle(const struct mop_live_walk *w, struct mop_sv url)
{
    size_t times = 0;
    for (size_t i = 0; i < w->out->nhops; i++)
        times += mop_sv_eq(w->urls[i], url);
    return times > (w->cookie ? 1u : 0u);
}

/* Two addresses to go to: browsers refuse, and programs take the one or the other. */
static bool is_torn(const struct mop_live_walk *w, struct mop_sv to)
{
    struct mop_sv rest = mop_buf_view(&w->headers), line;
    bool torn = false;
    while (mop_sv_next(&rest, '\n', &line)) {
        size_t colon = mop_sv_find(line, ':');
        torn = torn || (mop_sv_eq_nocase(mop_sv_sub(line, 0, colon), MOP_SV("location")) &&
                        !mop_sv_eq(mop_sv_trim(mop_sv_sub(line, colon + 1, line.n)), to));
    }
    return torn;
}

static void redirect(struct mop_live_walk *w)
{
    struct mop_sv to = mop_live_header(w, "location");
    struct mop_buf next;
    size_t n = w->out->nhops;
    mop_buf_init(&next, MOP_LIVE_CAP_URL);
    w->done = true;
    if (!to.n || !mop_live_resolve(mop_buf_view(&w->wire), to, &next))
        mop_live_found(w, MOP_LIVE_REDIRECT, "has a redirect that leads nowhere, at hop %zu", n);
    else if (is_torn(w, to))
        mop_live_found(w, MOP_LIVE_REDIRECT,
                       "has a redirect to two addresses, which browsers refuse, at hop %zu", n);
    else if (is_circle(w, mop_buf_view(&next)))
        mop_live_found(w, MOP_LIVE_LOOP, "redirects in a circle, back from hop %zu", n);
    else if (n > w->run->settings.max_hops)
        mop_live_found(w, MOP_LIVE_HOPS, "has more than %zu redirects", n - 1);
    else {
        w->done = false;
        mop_buf_reset(&w->url);
        mop_buf_sv(&w->url, mop_buf_view(&next));
        w->url.over |= next.over;
    }
    mop_buf_release(&next);
    if (!w->done)
        go(w);
}

/* Repeated later, if there are tries and time left. */
static bool retry(struct mop_live_walk *w)
{
    struct mop_live *run = w->run;
    const struct mop_live_options *o = &run->settings;
    uint64_t ms = mop_backoff_ms(o->wait_ms, o->most_ms, w->tries, &run->seed), asked;
    struct mop_sv after = mop_live_header(w, "retry-after");
    if (w->tries >= o->tries)
        return false;
    if (after.p && mop_retry_after_ms(after, o->now_us, &asked)) {
        if (asked > o->most_ms)
            return false;
        ms = asked > ms ? asked : ms;
    }
    w->ready_ms = mop_clock_ms() + (int64_t)ms;
    if (w->ready_ms >= run->ends_ms)
        return false;
    if (w->status == 429 && w->host->next_ms < w->ready_ms)
        w->host->next_ms = w->ready_ms;
    return true;
}

static void failed(struct mop_live_walk *w)
{
    /* Some servers do not answer HEAD at all; a browser never sends it. */
    bool silent = w->rc == CURLE_GOT_NOTHING || w->rc == CURLE_RECV_ERROR ||
                  (w->rc == CURLE_OPERATION_TIMEDOUT && w->connected) ||
                  w->rc == CURLE_WEIRD_SERVER_REPLY || w->rc == CURLE_HTTP2_STREAM;
    w->timeouts += w->rc == CURLE_OPERATION_TIMEDOUT;
    if (!w->get && silent && !mop_interrupted && !mop_live_proxy_refusal(w)) {
        ask(w, true);
        return;
    }
    bool slow = w->rc == CURLE_OPERATION_TIMEDOUT && w->timeouts >= TIMEOUTS_MAX;
    if (!slow && mop_live_fault_passes(w) && retry(w))
        return;
    mop_live_fault(w);
    w->done = true;
}

static void answered(struct mop_live_walk *w)
{
    w->out->hops[w->out->nhops - 1].status = w->out->status = w->status;
    bool again = may_pass(w->status) && (w->get || w->status == 429);
    if (is_redirect(w->status))
        redirect(w);
    else if (again && retry(w))
        return;
    else if (!w->get)
        ask(w, true);
    else if (w->status == 416 && !w->whole)
        w->whole = true;
    else {
        if (w->status == 429)
            mop_live_found(w, MOP_LIVE_UNCHECKED, "was not checked: its host asks for a pause");
        else if (mop_live_proxy_refusal(w))
            mop_live_fault(w);
        else
            mop_live_judge(w);
        w->done = true;
    }
}

void mop_live_step(struct mop_live_walk *w)
{
    w->ready_ms = 0;
    mop_live_trace(w);
    if (w->rc == CURLE_OK)
        answered(w);
    else
        failed(w);
}

/* ---- its end ---- */

static void settle(struct mop_live_walk *w)
{
    struct mop_live_result *r = w->out;
    /* In the order of the list, and within it as found. */
    r->findings = mop_arena_array(w->run->arena, w->nfindings + 1, sizeof *r->findings);
    for (int id = 0; id < MOP_LIVE_IDS; id++)
        for (size_t i = 0; i < w->nfindings; i++)
            if ((int)w->findings[i].id == id)
                r->findings[r->nfindings++] = w->findings[i];
    r->verdict = MOP_LIVE_PASSED;
    for (size_t i = 0; i < r->nfindings; i++) {
        enum mop_live_level level = mop_live_kinds[r->findings[i].id].level;
        if (level == MOP_LIVE_NOT_SEEN)
            r->verdict = MOP_LIVE_NOT_CHECKED;
        else if (level == MOP_LIVE_ERROR && r->verdict == MOP_LIVE_PASSED)
            r->verdict = MOP_LIVE_FAILED;
    }
}

void mop_live_close(struct mop_live_walk *w)
{
    mop_live_unpack_free(w->unpack);
    curl_easy_cleanup(w->curl);
    mop_buf_release(&w->url);
    mop_buf_release(&w->wire);
    mop_buf_release(&w->headers);
    mop_buf_release(&w->body);
}

void mop_live_finish(struct mop_live_walk *w)
{
    settle(w);
    free(w->findings);
    free(w);
}
