/* SPDX-License-Identifier: MIT */
#include "live_parts.h"

#include "../base/interrupt.h"

#include <fcntl.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One request by libcurl's multi interface. Whatever an address comes from (a name that answers
 * otherwise the second time, a redirect, a form of writing), it is looked at where the connection
 * is opened: what is not looked at is not connected to. */

static bool is_proxy(const struct mop_live *run, const struct sockaddr *to)
{
    for (size_t i = 0; i < run->nproxies; i++)
        if (mop_live_same_address(to, (const struct sockaddr *)&run->proxies[i]))
            return true;
    return false;
}

static curl_socket_t on_open(void *ctx, curlsocktype purpose, struct curl_sockaddr *to)
{
    struct mop_live_walk *w = ctx;
    const struct mop_live *run = w->run;
    const struct mop_live_net *net = run->settings.net;
    const struct mop_live_range *range = mop_live_range(&to->addr);
    (void)purpose;
    bool by_proxy = is_proxy(run, &to->addr);
    if (range && !by_proxy &&
        (range->never || !mop_live_may_be_private(&run->settings, w->host->name))) {
        w->barred = range;
        return CURL_SOCKET_BAD;
    }
    w->proxied |= by_proxy;
    if (net && net->reroute) {
        struct sockaddr_storage other = {0};
        memcpy(&other, &to->addr, to->addrlen);
        net->reroute(net->ctx, &other);
        to->family = other.ss_family;
        memcpy(&to->addr, &other, to->addrlen);
    }
    curl_socket_t fd = socket(to->family, to->socktype, to->protocol);
    if (fd >= 0 && fcntl(fd, F_SETFD, FD_CLOEXEC) < 0) {
        close(fd);
        fd = CURL_SOCKET_BAD;
    }
    return fd;
}

static size_t on_header(char *p, size_t size, size_t n, void *ctx)
{
    struct mop_live_walk *w = ctx;
    struct mop_sv line = mop_sv_trim((struct mop_sv){p, size * n});
    if (mop_sv_starts(line, MOP_SV("HTTP/"))) /* of a proxy or an interim answer before it */
        mop_buf_reset(&w->headers);
    else if (line.n) {
        mop_buf_sv(&w->headers, line);
        mop_buf_chr(&w->headers, '\n');
    }
    w->over_headers |= w->headers.over;
    return w->headers.over ? 0 : size * n;
}

struct mop_sv mop_live_header(const struct mop_live_walk *w, const char *name)
{
    struct mop_sv rest = mop_buf_view(&w->headers), line;
    while (mop_sv_next(&rest, '\n', &line)) {
        size_t colon = mop_sv_find(line, ':');
        if (mop_sv_eq_nocase(mop_sv_sub(line, 0, colon), mop_sv_of(name)))
            return mop_sv_trim(mop_sv_sub(line, colon + 1, line.n));
    }
    return MOP_SV_NONE;
}

/* How the page is packed; NONE: it is not. */
static struct mop_sv coding_of(const struct mop_live_walk *w)
{
    struct mop_sv coding = mop_live_header(w, "content-encoding");
    return coding.n && !mop_sv_eq_nocase(coding, MOP_SV("identity")) ? coding : MOP_SV_NONE;
}

/* As it came, where it is packed in a way that was not asked for: mop_live_received() tells. */
static bool can_unpack(struct mop_sv coding)
{
    return mop_sv_eq_nocase(coding, MOP_SV("gzip")) || mop_sv_eq_nocase(coding, MOP_SV("x-gzip")) ||
           mop_sv_eq_nocase(coding, MOP_SV("deflate"));
}

static size_t on_body(char *p, size_t size, size_t n, void *ctx)
{
    struct mop_live_walk *w = ctx;
    size_t most = w->run->settings.max_body, room = most - w->body.n;
    n *= size;
    if (!w->unpack && can_unpack(coding_of(w)))
        w->unpack = mop_live_unpack_create();
    if (w->unpack) {
        w->capped |= !mop_live_unpack_add(w->unpack, (struct mop_sv){p, n}, &w->body, most);
        return w->capped ? 0 : n;
    }
    mop_buf_add(&w->body, p, n < room ? n : room);
    w->capped |= n > room;
    return w->capped ? 0 : n;
}

/* What libcurl would say of a packed page if it looked; of a part there is no end to miss. */
static CURLcode unpacked(const struct mop_live_walk *w)
{
    struct mop_sv coding = coding_of(w);
    if (!w->get || w->capped || !coding.p)
        return CURLE_OK;
    if (w->unpack)
        return mop_live_unpack_end(w->unpack);
    return w->body.n && !can_unpack(coding) ? CURLE_BAD_CONTENT_ENCODING : CURLE_OK;
}

static void end_unpack(struct mop_live_walk *w)
{
    mop_live_unpack_free(w->unpack);
    w->unpack = NULL;
}

static int on_progress(void *ctx, curl_off_t total, curl_off_t came, curl_off_t upload,
                       curl_off_t went)
{
    (void)ctx, (void)total, (void)came, (void)upload, (void)went;
    return mop_interrupted != 0;
}

static void set_request(struct mop_live_walk *w)
{
    const struct mop_live_options *o = &w->run->settings;
    CURL *u = w->curl;
    mop_transport_reset(u, &o->transport);
    curl_easy_setopt(u, CURLOPT_URL, w->wire.p);
    curl_easy_setopt(u, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    curl_easy_setopt(u, CURLOPT_ACCEPT_ENCODING, "gzip");
    curl_easy_setopt(u, CURLOPT_HTTP_CONTENT_DECODING, 0L);
    curl_easy_setopt(u, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2); /* as browsers */
    if (w->get)
        curl_easy_setopt(u, CURLOPT_HTTPGET, 1L);
    else
        curl_easy_setopt(u, CURLOPT_NOBODY, 1L);
    if (w->get && !w->whole) {
        char range[64];
        snprintf(range, sizeof range, "0-%zu", o->max_body - 1);
        curl_easy_setopt(u, CURLOPT_RANGE, range);
    }
    int64_t left = w->run->ends_ms - mop_clock_ms();
    int64_t most = left > 0 && (uint64_t)left < o->timeout_ms ? left : (int64_t)o->timeout_ms;
    curl_easy_setopt(u, CURLOPT_TIMEOUT_MS, (long)most);
    curl_easy_setopt(u, CURLOPT_CONNECTTIMEOUT_MS, (long)(most / 2 + 1));
    curl_easy_setopt(u, CURLOPT_ERRORBUFFER, w->detail);
}

static void set_callbacks(struct mop_live_walk *w)
{
    CURL *u = w->curl;
    curl_easy_setopt(u, CURLOPT_PRIVATE, w);
    curl_easy_setopt(u, CURLOPT_OPENSOCKETFUNCTION, on_open);
    curl_easy_setopt(u, CURLOPT_OPENSOCKETDATA, w);
    curl_easy_setopt(u, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(u, CURLOPT_HEADERDATA, w);
    curl_easy_setopt(u, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(u, CURLOPT_WRITEDATA, w);
    curl_easy_setopt(u, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(u, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(u, CURLOPT_XFERINFODATA, w);
}

/* The seam's answer instead of the system's resolver: 0, or a code of libcurl. */
static CURLcode pin(struct mop_live_walk *w)
{
    const struct mop_live_net *net = w->run->settings.net;
    struct mop_buf entry;
    char *port = NULL;
    struct mop_sv host = w->host->name;
    CURLU *u = curl_url();
    bool address = host.p[0] == '[' || (host.p[host.n - 1] >= '0' && host.p[host.n - 1] <= '9');
    if (!net || !net->resolve || !u || address) {
        curl_url_cleanup(u);
        return CURLE_OK;
    }
    mop_buf_init(&entry, 4096);
    if (curl_url_set(u, CURLUPART_URL, w->wire.p, 0) == CURLUE_OK)
        curl_url_get(u, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT);
    mop_buf_printf(&entry, "+%.*s:%s:", MOP_SV_ARG(host), port ? port : "0");
    int rc = net->resolve(net->ctx, host, &entry);
    if (!rc)
        w->pinned = curl_slist_append(NULL, entry.p);
    curl_easy_setopt(w->curl, CURLOPT_RESOLVE, w->pinned);
    curl_free(port);
    curl_url_cleanup(u);
    mop_buf_release(&entry);
    return rc ? CURLE_COULDNT_RESOLVE_HOST : CURLE_OK;
}

int mop_live_send(struct mop_live_walk *w)
{
    mop_buf_reset(&w->headers);
    mop_buf_reset(&w->body);
    w->status = 0;
    w->over_headers = w->capped = w->proxied = w->connected = false;
    w->tunnel = 0;
    w->barred = NULL;
    w->detail[0] = '\0';
    w->system_error = 0;
    w->tries++;
    set_request(w);
    set_callbacks(w);
    w->rc = pin(w);
    if (w->rc == CURLE_OK && curl_multi_add_handle(w->run->multi, w->curl) != CURLM_OK)
        w->rc = CURLE_FAILED_INIT;
    return w->rc == CURLE_OK ? 0 : -1;
}

/* Of a part of a page, its end was not read unless the part says that it is all. */
static bool is_part(const struct mop_live_walk *w)
{
    struct mop_sv range = mop_live_header(w, "content-range"), last;
    uint64_t to, all;
    size_t slash = mop_sv_find(range, '/'), dash = mop_sv_find(range, '-');
    if (w->status != 206)
        return false;
    last = mop_sv_sub(range, dash + 1, slash);
    return !mop_sv_u64(last, &to) || !mop_sv_u64(mop_sv_sub(range, slash + 1, range.n), &all) ||
           to + 1 < all;
}

void mop_live_received(struct mop_live_walk *w, CURLcode rc)
{
    long error = 0, port = 0;
    char *ip = NULL;
    curl_off_t connected = 0;
    curl_multi_remove_handle(w->run->multi, w->curl);
    curl_easy_getinfo(w->curl, CURLINFO_RESPONSE_CODE, &w->status);
    curl_easy_getinfo(w->curl, CURLINFO_OS_ERRNO, &error);
    curl_easy_getinfo(w->curl, CURLINFO_CONNECT_TIME_T, &connected);
    curl_easy_getinfo(w->curl, CURLINFO_HTTP_CONNECTCODE, &w->tunnel);
    curl_easy_getinfo(w->curl, CURLINFO_PRIMARY_IP, &ip);
    curl_easy_getinfo(w->curl, CURLINFO_PRIMARY_PORT, &port);
    w->proxied |= ip && mop_live_is_proxy(w->run, ip, port);
    w->system_error = (int)error;
    w->connected = connected > 0;
    w->cookie |= mop_live_header(w, "set-cookie").p != NULL;
    w->rc = w->capped && rc == CURLE_WRITE_ERROR ? CURLE_OK : rc;
    w->capped |= is_part(w);
    w->rc = w->rc == CURLE_OK ? unpacked(w) : w->rc;
    end_unpack(w);
    curl_slist_free_all(w->pinned);
    w->pinned = NULL;
}

int mop_live_look_up(const struct mop_live *run, const char *host)
{
    const struct mop_live_net *net = run->settings.net;
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *list = NULL;
    struct mop_buf unused;
    int rc;
    if (net && net->resolve) {
        mop_buf_init(&unused, 4096);
        rc = net->resolve(net->ctx, mop_sv_of(host), &unused);
        mop_buf_release(&unused);
        return rc;
    }
    rc = getaddrinfo(host, NULL, &hints, &list);
    if (!rc)
        freeaddrinfo(list);
    return !rc ? 0 : rc == EAI_NONAME ? -1 : 1;
}
