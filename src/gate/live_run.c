/* SPDX-License-Identifier: MIT */
#include "live_parts.h"

#include "../base/interrupt.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * Many links at one time: as many requests as allowed in all and to each host, a pause between two
 * to one host. Links are begun in their order; no more than MOP_LIVE_ACTIVE are on their way.
 */

enum { IDLE_MS = 1000 };

static uint64_t or (uint64_t value, uint64_t otherwise)
{
    return value ? value : otherwise;
}

static void set_defaults(struct mop_live_options *o)
{
    o->parallel = or (o->parallel, 16);
    o->per_host = or (o->per_host, 2);
    o->host_gap_ms = or (o->host_gap_ms, 100);
    o->timeout_ms = or (o->timeout_ms, 20 * 1000);
    o->deadline_ms = or (o->deadline_ms, (uint64_t)30 * 60 * 1000);
    o->wait_ms = or (o->wait_ms, 500);
    o->most_ms = or (o->most_ms, 30 * 1000);
    o->tries = or (o->tries, 3);
    o->max_hops = or (o->max_hops, 10);
    o->max_body = or (o->max_body, 1024 * 1024);
    if (o->max_hops > MOP_LIVE_HOPS_MAX)
        o->max_hops = MOP_LIVE_HOPS_MAX;
}

/* Milliseconds until the walk's next request may go; 0: now. */
static int64_t until(const struct mop_live *run, const struct mop_live_walk *w, int64_t now)
{
    if (run->in_flight >= run->settings.parallel || w->host->active >= run->settings.per_host)
        return IDLE_MS; /* an answer comes first */
    int64_t at = w->ready_ms > w->host->next_ms ? w->ready_ms : w->host->next_ms;
    return at > now ? at - now : 0;
}

static void retire(struct mop_live *run, size_t i)
{
    struct mop_live_walk *w = run->walks[i];
    run->walks[i] = run->walks[--run->nwalks];
    mop_live_close(w);
    if (w->host_missing) {
        MOP_GROW(run->missing, run->nmissing, run->capmissing);
        run->missing[run->nmissing++] = w;
    } else {
        mop_live_finish(w);
    }
}

static void start(struct mop_live *run, struct mop_live_walk *w)
{
    if (mop_live_send(w)) {
        mop_live_received(w, w->rc);
        w->status = 0; /* libcurl has that of the request before */
        mop_live_step(w);
        return;
    }
    w->in_flight = true;
    run->in_flight++;
    w->host->active++;
    w->host->next_ms = mop_clock_ms() + (int64_t)run->settings.host_gap_ms;
}

static void start_all(struct mop_live *run)
{
    for (size_t i = 0; i < run->nwalks; i++) {
        struct mop_live_walk *w = run->walks[i];
        if (!w->in_flight && !w->done && !until(run, w, mop_clock_ms()))
            start(run, w);
    }
    for (size_t i = run->nwalks; i-- > 0;)
        if (run->walks[i]->done)
            retire(run, i);
}

/* Until the next request may go, unless an answer comes first. */
static int idle_ms(const struct mop_live *run)
{
    int64_t idle = IDLE_MS, now = mop_clock_ms();
    for (size_t i = 0; i < run->nwalks; i++) {
        int64_t ms = run->walks[i]->in_flight ? IDLE_MS : until(run, run->walks[i], now);
        idle = ms < idle ? ms : idle;
    }
    return (int)idle;
}

static void take_answers(struct mop_live *run)
{
    int left;
    CURLMsg *m;
    while ((m = curl_multi_info_read(run->multi, &left))) {
        struct mop_live_walk *w = NULL;
        CURLcode rc = m->data.result;
        curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, (char **)&w);
        w->in_flight = false;
        run->in_flight--;
        w->host->active--;
        mop_live_received(w, rc);
        mop_live_step(w);
    }
}

static bool is_over(const struct mop_live *run)
{
    return mop_interrupted || mop_clock_ms() >= run->ends_ms;
}

/* What is left when time or patience is out. */
static void give_up(struct mop_live *run)
{
    const char *why = mop_interrupted ? "interrupted" : "the time for all links is out";
    while (run->nwalks) {
        struct mop_live_walk *w = run->walks[run->nwalks - 1];
        if (w->in_flight)
            mop_live_received(w, CURLE_ABORTED_BY_CALLBACK);
        w->host_missing = false;
        mop_live_found(w, MOP_LIVE_UNCHECKED, "was not checked: %s", why);
        retire(run, run->nwalks - 1);
    }
}

static void settle_missing(struct mop_live *run)
{
    for (size_t i = 0; i < run->nmissing; i++) {
        struct mop_live_walk *w = run->missing[i];
        char *name = mop_strdup(w->host->name);
        if (!w->host->looked_up)
            w->host->exists = is_over(run) ? 1 : mop_live_look_up(run, name);
        w->host->looked_up = true;
        if (w->host->exists < 0)
            mop_live_found(w, MOP_LIVE_HOST_UNKNOWN, "leads to the host '%s', which does not exist",
                           name);
        else
            mop_live_found(w, MOP_LIVE_UNCHECKED,
                           "was not checked: its host is not found just now");
        free(name);
        mop_live_finish(w);
    }
}

static void begin(struct mop_live *run, struct mop_sv link, struct mop_live_result *out)
{
    struct mop_live_walk *w = mop_alloc(sizeof *w);
    w->run = run;
    w->out = out;
    run->walks[run->nwalks++] = w;
    mop_live_begin(w, link);
}

/* `which`: the links that stand for all that are alike. */
static void follow(struct mop_live *run, const struct mop_sv *links, const size_t *which, size_t n,
                   struct mop_live_result *out)
{
    size_t next = 0;
    int running;
    while (next < n || run->nwalks) {
        while (next < n && run->nwalks < MOP_LIVE_ACTIVE) {
            begin(run, links[which[next]], &out[which[next]]);
            next++;
        }
        if (is_over(run)) {
            give_up(run);
            continue;
        }
        curl_multi_perform(run->multi, &running);
        take_answers(run);
        start_all(run);
        if (run->nwalks == MOP_LIVE_ACTIVE || (next == n && run->nwalks))
            curl_multi_poll(run->multi, NULL, 0, idle_ms(run), NULL);
    }
    settle_missing(run);
}

/* Results of links that were met before are those of the first. */
static size_t *unlike(const struct mop_sv *links, size_t n, size_t *same, size_t *count)
{
    struct mop_map seen;
    size_t *which = mop_calloc(n + 1, sizeof *which);
    bool added;
    mop_map_init(&seen);
    *count = 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t *item = mop_map_put(&seen, links[i], &added);
        if (added) {
            *item = i;
            which[(*count)++] = i;
        }
        same[i] = (size_t)*item;
    }
    mop_map_release(&seen);
    return which;
}

static int usable(struct mop_live *run, struct mop_err *e)
{
    const char *file = run->settings.transport.ca_file;
    if (file && access(file, R_OK)) {
        mop_err_set(e, 2, (struct mop_loc){0}, "cannot read the certificates in '%s'", file);
        return -1;
    }
    return mop_live_find_proxies(run, e);
}

static void release(struct mop_live *run)
{
    curl_multi_cleanup(run->multi);
    mop_map_release(&run->hosts);
    mop_arena_release(&run->host_arena);
    mop_match_free(run->match);
    mop_live_words_free(run->words);
    free(run->missing);
    free(run->walks);
}

int mop_live_check(const struct mop_sv *links, size_t n, const struct mop_live_options *o,
                   struct mop_arena *a, struct mop_live_result *out, struct mop_err *e)
{
    struct mop_live run = {.settings = *o, .arena = a, .seed = o->seed};
    set_defaults(&run.settings);
    if (usable(&run, e))
        return -1;
    run.ends_ms = mop_clock_ms() + (int64_t)run.settings.deadline_ms;
    run.multi = curl_multi_init();
    if (!run.multi)
        mop_mem_exhausted();
    mop_map_init(&run.hosts);
    mop_arena_init(&run.host_arena);
    run.match = mop_match_create();
    run.words = mop_live_words_create();
    run.walks = mop_calloc(MOP_LIVE_ACTIVE, sizeof *run.walks);

    size_t count, *same = mop_calloc(n + 1, sizeof *same);
    size_t *which = unlike(links, n, same, &count);
    memset(out, 0, n * sizeof *out);
    follow(&run, links, which, count, out);
    for (size_t i = 0; i < n; i++)
        out[i] = out[same[i]];
    free(same);
    free(which);
    release(&run);
    return 0;
}

int mop_live_exit(const struct mop_live_result *r, size_t n)
{
    int rc = 0;
    for (size_t i = 0; i < n; i++) {
        if (r[i].verdict == MOP_LIVE_NOT_CHECKED)
            return 3;
        if (r[i].verdict == MOP_LIVE_FAILED)
            rc = 1;
    }
    return rc;
}
