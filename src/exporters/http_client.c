/* SPDX-License-Identifier: MIT */
#include "http_parts.h"

#include "../base/interrupt.h"
#include "../base/transport.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One request, one answer, by libcurl. */
enum {
    DEADLINE_MS = 6 * 3600 * 1000,
    REQUESTS = 100000,
    CONNECT_S = 30,
    SLOW_BYTES = 1024,
    SOON_MS = 100
};

struct mop_client {
    CURL *curl;
    const struct mop_http_options *o;
    int64_t ends_ms; /* on the monotonic clock */
    uint64_t requests;
};
/* What libcurl's callbacks fill. */
struct transfer {
    struct mop_client *c;
    struct mop_answer *x;
    bool over, write_failed, stalled, over_budget;
    uint64_t timeout_ms;
    curl_off_t moved; /* bytes at `moved_ms`, when at least SLOW_BYTES had come or gone */
    int64_t moved_ms;
    char detail[CURL_ERROR_SIZE];
};

struct mop_client *mop_client_create(const struct mop_http_options *o)
{
    struct mop_client *c = mop_alloc(sizeof *c);
    c->o = o;
    c->ends_ms = mop_clock_ms() + (int64_t)(o->deadline_ms ? o->deadline_ms : DEADLINE_MS);
    c->curl = curl_easy_init();
    if (!c->curl)
        mop_mem_exhausted();
    return c;
}

void mop_client_free(struct mop_client *c)
{
    if (c)
        curl_easy_cleanup(c->curl);
    free(c);
}

uint64_t mop_client_requests(const struct mop_client *c)
{
    return c->requests;
}

int64_t mop_client_left(const struct mop_client *c)
{
    return c->ends_ms - mop_clock_ms();
}

static size_t on_header(char *p, size_t size, size_t n, void *ctx)
{
    struct transfer *t = ctx;
    struct mop_buf *all = &t->x->headers;
    struct mop_sv line = mop_sv_trim((struct mop_sv){p, size * n});
    bool folded = line.n && all->n && (*p == ' ' || *p == '\t');
    if (folded) { /* the line before goes on, RFC 9112, 5.2 */
        all->p[all->n - 1] = ' ';
        mop_buf_sv(all, line);
        mop_buf_chr(all, '\n');
    } else if (mop_sv_starts(line, MOP_SV("HTTP/"))) /* of a proxy or an interim answer before it */
        mop_buf_reset(&t->x->headers);
    else if (line.n) {
        mop_buf_sv(&t->x->headers, line);
        mop_buf_chr(&t->x->headers, '\n');
    }
    t->over |= t->x->headers.over;
    return t->x->headers.over ? 0 : size * n;
}

static size_t to_file(struct transfer *t, const char *p, size_t n)
{
    for (size_t done = 0; done < n;) {
        ssize_t k = write(t->x->fd, p + done, n - done);
        if (k < 0 && errno == EINTR)
            continue;
        t->write_failed = k < 0;
        if (k < 0)
            return 0;
        done += (size_t)k;
    }
    return n;
}

static size_t on_body(char *p, size_t size, size_t n, void *ctx)
{
    struct transfer *t = ctx;
    long status = 0;
    curl_easy_getinfo(t->c->curl, CURLINFO_RESPONSE_CODE, &status);
    t->x->received += n;
    if (t->x->fd >= 0 && status == 200)
        return to_file(t, p, size * n);
    mop_buf_add(&t->x->body, p, size * n);
    t->over |= t->x->body.over;
    return t->x->body.over ? 0 : size * n;
}

/* Called at least once a second. */
static int on_progress(void *ctx, curl_off_t total, curl_off_t came, curl_off_t upload,
                       curl_off_t went)
{
    struct transfer *t = ctx;
    int64_t now = mop_clock_ms();
    (void)total, (void)upload;
    if (came + went - t->moved >= SLOW_BYTES) {
        t->moved = came + went;
        t->moved_ms = now;
    }
    t->stalled = now - t->moved_ms > (int64_t)t->timeout_ms;
    return mop_interrupted || t->stalled;
}

static uint64_t most_requests(const struct mop_client *c)
{
    return c->o->max_requests ? c->o->max_requests : REQUESTS;
}

/* Called before each request, also before those that libcurl repeats by itself where a connection
 * that was used before turns out to be closed. */
static int on_request(void *ctx, char *to, char *from, int to_port, int from_port)
{
    struct transfer *t = ctx;
    (void)to, (void)from, (void)to_port, (void)from_port;
    t->over_budget = t->c->requests >= most_requests(t->c);
    t->c->requests += !t->over_budget;
    return t->over_budget ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

static struct curl_slist *header_list(const struct mop_request *q)
{
    struct mop_sv rest = mop_buf_view(&q->headers), line;
    struct curl_slist *list = NULL;
    while (!q->foreign && mop_sv_next(&rest, '\n', &line)) {
        char *text = mop_strdup(line);
        if (line.n)
            list = curl_slist_append(list, text);
        free(text);
    }
    if (q->type && !q->foreign) {
        char type[128];
        snprintf(type, sizeof type, "Content-Type: %s", q->type);
        list = curl_slist_append(list, type);
    }
    return curl_slist_append(list, "Expect:");
}

static void set_common(struct mop_client *c, struct transfer *t)
{
    CURL *u = c->curl;
    int64_t left = mop_client_left(c);

    mop_transport_reset(u, &(struct mop_transport){.ca_file = c->o->ca_file});
    /* Unpacked here, or by the reader of files, who can tell a cut one: libcurl does not. */
    curl_easy_setopt(u, CURLOPT_ACCEPT_ENCODING, "gzip");
    curl_easy_setopt(u, CURLOPT_HTTP_CONTENT_DECODING, 0L);
    curl_easy_setopt(u, CURLOPT_ERRORBUFFER, t->detail);
    curl_easy_setopt(u, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
    curl_easy_setopt(u, CURLOPT_TIMEOUT_MS, (long)(left > 1 ? left : 1));
    curl_easy_setopt(u, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(u, CURLOPT_HEADERDATA, t);
    curl_easy_setopt(u, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(u, CURLOPT_WRITEDATA, t);
    curl_easy_setopt(u, CURLOPT_PREREQFUNCTION, on_request);
    curl_easy_setopt(u, CURLOPT_PREREQDATA, t);
    curl_easy_setopt(u, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(u, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(u, CURLOPT_XFERINFODATA, t);
}

/* What a failed transfer is called, and whether it may pass. */
static const struct {
    CURLcode code;
    const char *outcome, *words;
    bool passes;
} faults[] = {
    {CURLE_COULDNT_RESOLVE_HOST, "unknown-host", "its host is not found", true},
    {CURLE_COULDNT_RESOLVE_PROXY, "unknown-host", "the proxy's host is not found", true},
    {CURLE_COULDNT_CONNECT, "no-connection", "no connection to its host", true},
    {CURLE_SSL_CONNECT_ERROR, "tls", "no secure connection", false},
    {CURLE_PEER_FAILED_VERIFICATION, "tls", "its certificate is not to be trusted", false},
    {CURLE_SSL_CACERT_BADFILE, "tls", "the file of certificates cannot be used", false},
    {CURLE_PARTIAL_FILE, "body-cut-short", "the answer was cut short", true},
    {CURLE_GOT_NOTHING, "connection-lost", "the connection ended without an answer", true},
    {CURLE_SEND_ERROR, "connection-lost", "the connection was lost", true},
    {CURLE_RECV_ERROR, "connection-lost", "the connection was lost", true},
    {CURLE_HTTP2, "connection-lost", "the connection was lost", true},
    {CURLE_HTTP2_STREAM, "connection-lost", "the connection was lost", true},
    /* Memory is never out: allocation ends the program. It is what libcurl says of endless headers.
     */
    {CURLE_OUT_OF_MEMORY, "too-large", "a header of the answer is too long", false},
#if LIBCURL_VERSION_NUM >= 0x080600
    {CURLE_TOO_LARGE, "too-large", "a header of the answer is too long", false},
#endif
    {CURLE_UNSUPPORTED_PROTOCOL, "not-http", "the answer is not HTTP", false},
    {CURLE_WEIRD_SERVER_REPLY, "not-http", "the answer is not HTTP", false},
    {CURLE_PROXY, "proxy", "the proxy does not do what it is asked for", false},
};

static int over_budget(const struct mop_http *h, struct mop_err *e)
{
    return mop_http_fail(h, e, "request-budget", "%llu requests were not enough",
                         (unsigned long long)most_requests(h->client));
}

static void hint_tls(CURLcode rc, const char *detail, struct mop_err *e)
{
    static const char *const hints[MOP_TLS_FAULTS] = {
        [MOP_TLS_EXPIRED] = "it has expired; is this machine's clock right?",
        [MOP_TLS_EARLY] = "it is not valid yet; is this machine's clock right?",
        [MOP_TLS_NAME] = "it is another host's; is the address right?",
        [MOP_TLS_ISSUER] = "nobody known vouches for it; --ca-file names an authority of your own",
        [MOP_TLS_CHAIN] = "it is out of date, or nobody known vouches for it (see --ca-file)",
        [MOP_TLS_VERSION] = "the host takes no version of TLS that is safe: 1.2 or later",
        [MOP_TLS_PLAIN] = "what answers there speaks no TLS: are scheme and port right?",
    };
    const char *hint = hints[mop_tls_fault(detail)];
    if (rc == CURLE_SSL_CACERT_BADFILE)
        hint = "--ca-file names it, CURL_CA_BUNDLE, or SSL_CERT_FILE and SSL_CERT_DIR";
    if (hint)
        mop_err_hint(e, "%s", hint);
}

static int explain(const struct mop_http *h, const struct transfer *t, CURLcode rc,
                   struct mop_err *e)
{
    if (mop_interrupted) {
        mop_http_fail(h, e, "interrupted", "interrupted");
        return -1;
    }
    if (t->over_budget)
        return over_budget(h, e);
    if (t->x->headers.over)
        return mop_http_fail(h, e, "too-large", "the headers of an answer are larger than %d KiB",
                             MOP_HTTP_CAP_HEADERS >> 10);
    if (t->over)
        return mop_http_fail(h, e, "too-large", "an answer is larger than %d MiB",
                             MOP_HTTP_CAP_BODY >> 20);
    if (t->write_failed)
        return mop_http_fail(h, e, "disk", "cannot keep the answer: %s", strerror(errno));
    if (rc == CURLE_OPERATION_TIMEDOUT && mop_client_left(t->c) <= SOON_MS)
        return mop_http_fail(h, e, "deadline", "it took longer than --deadline allows");
    long proxy = 0;
    curl_easy_getinfo(t->c->curl, CURLINFO_HTTP_CONNECTCODE, &proxy);
    if (proxy >= 300) {
        mop_http_fail(h, e, "proxy", "the proxy answers with status %ld", proxy);
        return proxy >= 500 ? 1 : -1;
    }
    if (t->stalled || rc == CURLE_OPERATION_TIMEDOUT) {
        mop_http_fail(h, e, "too-slow", "nothing came for too long, or next to nothing");
        return 1;
    }
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        if (faults[i].code == rc) {
            bool cut = rc == CURLE_RECV_ERROR && t->x->received;
            mop_http_fail(h, e, cut ? "body-cut-short" : faults[i].outcome, "%s",
                          cut ? "the answer was cut short" : faults[i].words);
            if (!strcmp(faults[i].outcome, "tls"))
                hint_tls(rc, t->detail, e);
            return faults[i].passes ? 1 : -1;
        }
    return mop_http_fail(h, e, "transfer", "%s", curl_easy_strerror(rc));
}

/* libcurl is lenient: what is no length, or is said twice, may hide a cut. */
static bool is_framed(CURL *u, const struct mop_answer *x)
{
    long version = 0;
    uint64_t n;
    bool length = false, wrong = false;
    struct mop_sv rest = mop_buf_view(&x->headers), line;
    struct mop_sv packing = mop_answer_header(x, "transfer-encoding");
    curl_easy_getinfo(u, CURLINFO_HTTP_VERSION, &version);
    while (mop_sv_next(&rest, '\n', &line)) {
        size_t colon = mop_sv_find(line, ':');
        if (!mop_sv_eq_nocase(mop_sv_sub(line, 0, colon), MOP_SV("content-length")))
            continue;
        length = true;
        wrong |=
            !mop_sv_u64(mop_sv_trim(mop_sv_sub(line, colon + 1, line.n)), &n) || n != x->received;
    }
    bool chunks = packing.n >= 7 && mop_sv_eq_nocase(mop_sv_sub(packing, packing.n - 7, packing.n),
                                                     MOP_SV("chunked"));
    return version >= CURL_HTTP_VERSION_2_0 || chunks || (length && !wrong);
}

static int begin(struct mop_http *h, struct mop_answer *x, struct mop_err *e)
{
    struct mop_client *c = h->client;
    mop_buf_reset(&x->headers);
    mop_buf_reset(&x->body);
    x->status = 0;
    x->received = 0;
    if (mop_client_left(c) <= 0)
        return mop_http_fail(h, e, "deadline", "it took longer than --deadline allows");
    if (c->requests >= most_requests(c))
        return over_budget(h, e);
    if (x->fd >= 0 && (lseek(x->fd, 0, SEEK_SET) < 0 || ftruncate(x->fd, 0) < 0))
        return mop_http_fail(h, e, "disk", "cannot keep the answer: %s", strerror(errno));
    return 0;
}

int mop_client_send(struct mop_http *h, struct mop_request *q, struct mop_answer *x,
                    struct mop_err *e)
{
    struct mop_client *c = h->client;
    struct transfer t = {
        .c = c, .x = x, .timeout_ms = h->s->requester.timeout_ms, .moved_ms = mop_clock_ms()};
    if (begin(h, x, e))
        return -1;
    set_common(c, &t);
    struct curl_slist *headers = header_list(q);
    curl_easy_setopt(c->curl, CURLOPT_URL, q->url.p);
    curl_easy_setopt(c->curl, CURLOPT_HTTPHEADER, headers);
    if (mop_url_is_loopback_http(q->url.p)) /* what is not encrypted stays on this machine */
        curl_easy_setopt(c->curl, CURLOPT_NOPROXY, "*");
    if (q->post) {
        curl_easy_setopt(c->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)q->body.n);
        curl_easy_setopt(c->curl, CURLOPT_POSTFIELDS, q->body.p ? q->body.p : "");
    }
    CURLcode rc = curl_easy_perform(c->curl);
    curl_easy_setopt(c->curl, CURLOPT_ERRORBUFFER, NULL);
    curl_easy_getinfo(c->curl, CURLINFO_RESPONSE_CODE, &x->status);
    x->framed = is_framed(c->curl, x);
    curl_slist_free_all(headers);
    return rc == CURLE_OK ? mop_answer_unpack(h, x, e) : explain(h, &t, rc, e);
}
