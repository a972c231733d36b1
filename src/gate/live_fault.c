/* SPDX-License-Identifier: MIT */
#include "live_parts.h"

#include "../base/interrupt.h"
#include "../base/utf8.h"

#include <errno.h>
#include <string.h>

/* What a failed transfer says about the link, and whether it may pass. */

#define HEADERS "is answered with headers beyond all measure"

static const struct fault {
    CURLcode code;
    bool passes;
    enum mop_live_id id; /* UNCHECKED: it says nothing about the link */
    const char *words;
} faults[] = {
    {CURLE_COULDNT_RESOLVE_HOST, true, MOP_LIVE_HOST_UNKNOWN, "leads to a host that is not found"},
    {CURLE_COULDNT_RESOLVE_PROXY, true, MOP_LIVE_UNCHECKED, "the proxy's host is not found"},
    {CURLE_COULDNT_CONNECT, true, MOP_LIVE_UNCHECKED, "no connection to its host"},
    {CURLE_OPERATION_TIMEDOUT, true, MOP_LIVE_UNCHECKED, "no connection to its host in time"},
    {CURLE_SSL_CONNECT_ERROR, true, MOP_LIVE_TLS, NULL},
    {CURLE_PEER_FAILED_VERIFICATION, false, MOP_LIVE_TLS, NULL},
    {CURLE_SSL_CACERT_BADFILE, false, MOP_LIVE_UNCHECKED, "the file of certificates is unusable"},
    {CURLE_PARTIAL_FILE, true, MOP_LIVE_LOST, "is answered with a page that is cut short"},
    {CURLE_BAD_CONTENT_ENCODING, true, MOP_LIVE_LOST,
     "is answered with a page that no program unpacks"},
    {CURLE_GOT_NOTHING, true, MOP_LIVE_LOST, "gets no answer: the connection is closed"},
    {CURLE_SEND_ERROR, true, MOP_LIVE_LOST, "gets no answer: the connection breaks off"},
    {CURLE_RECV_ERROR, true, MOP_LIVE_LOST, "gets no answer: the connection is closed"},
    {CURLE_HTTP2, true, MOP_LIVE_LOST, "gets no whole answer: the connection breaks off"},
    {CURLE_HTTP2_STREAM, true, MOP_LIVE_LOST, "gets no whole answer: the connection breaks off"},
    {CURLE_WEIRD_SERVER_REPLY, false, MOP_LIVE_LOST, "is answered by something that is not HTTP"},
    {CURLE_UNSUPPORTED_PROTOCOL, false, MOP_LIVE_LOST, "is answered by something that is not HTTP"},
    {CURLE_WRITE_ERROR, false, MOP_LIVE_LOST, "is answered with a page that no program unpacks"},
    {CURLE_OUT_OF_MEMORY, false, MOP_LIVE_LOST, HEADERS}, /* a line of more than 100 KB */
    {CURLE_URL_MALFORMAT, false, MOP_LIVE_ADDRESS, "has an address that not every program takes"},
};

static const struct fault *fault_of(CURLcode code)
{
    static const struct fault other = {CURLE_OK, true, MOP_LIVE_UNCHECKED, "the request failed"};
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        if (faults[i].code == code)
            return &faults[i];
    return &other;
}

/* What is wrong with a certificate, or with TLS itself, and what to do. */
static const struct {
    const char *words, *repair;
} tls[MOP_TLS_FAULTS] = {
    [MOP_TLS_OTHER] = {"whose certificate is not to be trusted",
                       "have the certificate looked at: browsers warn of it"},
    [MOP_TLS_EXPIRED] = {"whose certificate has expired",
                         "have the certificate renewed: browsers warn of it"},
    [MOP_TLS_EARLY] = {"whose certificate is not valid yet",
                       "have a valid certificate put in: browsers warn of it"},
    [MOP_TLS_NAME] = {"whose certificate is another host's",
                      "mend the host in the link, or have its name put on the certificate"},
    [MOP_TLS_ISSUER] = {"whose certificate nobody vouches for",
                        "have a certificate of a known authority put in: browsers warn of it"},
    [MOP_TLS_CHAIN] = {"whose certificate is not to be trusted",
                       "have the certificate looked at: it is out of date, or nobody known vouches "
                       "for it; browsers warn of it"},
    [MOP_TLS_VERSION] = {"without a secure connection",
                         "have TLS 1.2 or later switched on: browsers take no older one"},
    [MOP_TLS_PLAIN] = {"without a secure connection",
                       "have https switched on there, or mend the port"},
};

static void add(struct mop_live_walk *w, enum mop_live_id id, const char *words)
{
    if (id == MOP_LIVE_UNCHECKED)
        mop_live_found(w, id, "was not checked: %s", words);
    else if (w->out->nhops > 1)
        mop_live_found(w, id, "%s, at hop %zu", words, w->out->nhops);
    else
        mop_live_found(w, id, "%s", words);
}

static void no_tls(struct mop_live_walk *w)
{
    enum mop_tls_fault fault = mop_tls_fault(w->detail);
    bool handshake = w->rc == CURLE_SSL_CONNECT_ERROR;
    char words[96];
    snprintf(words, sizeof words, "leads to a host %s",
             handshake ? "without a secure connection" : tls[fault].words);
    add(w, MOP_LIVE_TLS, words);
    if (!handshake || fault != MOP_TLS_OTHER)
        w->findings[w->nfindings - 1].repair = tls[fault].repair;
}

/* One address of a host may be private, and the connection to another one fail for a reason of its
 * own. */
static bool is_barred(const struct mop_live_walk *w)
{
    return w->barred && w->rc == CURLE_COULDNT_CONNECT;
}

bool mop_live_fault_passes(const struct mop_live_walk *w)
{
    long refusal = mop_live_proxy_refusal(w);
    return !mop_interrupted && (!refusal || refusal >= 500) && !is_barred(w) && !w->over_headers &&
           fault_of(w->rc)->passes;
}

/* A connection that ends too early is another error with each TLS library: what came tells. */
static const struct fault *seen_fault(const struct mop_live_walk *w)
{
    return fault_of(w->rc == CURLE_RECV_ERROR && w->status ? CURLE_PARTIAL_FILE : w->rc);
}

void mop_live_fault(struct mop_live_walk *w)
{
    const struct fault *f = seen_fault(w);
    char words[96];
    if (mop_interrupted)
        add(w, MOP_LIVE_UNCHECKED, "interrupted");
    else if (mop_live_proxy_refusal(w)) {
        snprintf(words, sizeof words, "the proxy answers with status %ld",
                 mop_live_proxy_refusal(w));
        add(w, MOP_LIVE_UNCHECKED, words);
    } else if (w->proxied && !w->tunnel && !w->status)
        add(w, MOP_LIVE_UNCHECKED, "the proxy gives no answer");
    else if (is_barred(w))
        mop_live_found(w, MOP_LIVE_PRIVATE, "leads to %s", w->barred->words);
    else if (w->rc == CURLE_COULDNT_RESOLVE_HOST)
        w->host_missing = true;
    else if (w->rc == CURLE_COULDNT_CONNECT && w->system_error == ECONNREFUSED && !w->proxied)
        add(w, MOP_LIVE_REFUSED, "leads to a host that takes no connection");
    else if (w->rc == CURLE_OPERATION_TIMEDOUT && w->connected && !w->run->nproxies &&
             mop_clock_ms() < w->run->ends_ms)
        add(w, MOP_LIVE_SLOW, "is not answered in time");
    else if (f->id == MOP_LIVE_TLS && !w->over_headers)
        no_tls(w);
    else
        add(w, w->over_headers ? MOP_LIVE_LOST : f->id, w->over_headers ? HEADERS : f->words);
}
