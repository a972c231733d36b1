/* SPDX-License-Identifier: MIT */
#include "live_parts.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>

/*
 * A proxy is chosen by whoever runs the check, and mostly stands on a private network: connections
 * to it are let through. Behind it names are looked up by the proxy, which has to keep links off
 * private networks itself; addresses written as such are refused here all the same.
 */

static void add_addresses(struct mop_live *run, const char *host, const char *port)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *list = NULL;
    if (getaddrinfo(host, port, &hints, &list))
        return; /* the requests will say so */
    for (struct addrinfo *at = list; at && run->nproxies < MOP_LIVE_PROXIES; at = at->ai_next)
        memcpy(&run->proxies[run->nproxies++], at->ai_addr, at->ai_addrlen);
    freeaddrinfo(list);
}

/* As libcurl reads it: without a scheme it is http, without a port 1080, of https 443. */
static void add_proxy(struct mop_live *run, const char *text)
{
    CURLU *u = curl_url();
    char *host = NULL, *port = NULL, *scheme = NULL;
    unsigned flags = CURLU_NON_SUPPORT_SCHEME | CURLU_GUESS_SCHEME;
    if (u && curl_url_set(u, CURLUPART_URL, text, flags) == CURLUE_OK) {
        curl_url_get(u, CURLUPART_HOST, &host, 0);
        curl_url_get(u, CURLUPART_PORT, &port, 0);
        curl_url_get(u, CURLUPART_SCHEME, &scheme, 0);
    }
    size_t n = host ? strlen(host) : 0;
    bool v6 = n > 2 && host[0] == '[';
    if (v6)
        host[n - 1] = '\0';
    if (n)
        add_addresses(run, host + v6,
                      port                                 ? port
                      : scheme && !strcmp(scheme, "https") ? "443"
                                                           : "1080");
    curl_free(host);
    curl_free(port);
    curl_free(scheme);
    curl_url_cleanup(u);
}

int mop_live_find_proxies(struct mop_live *run, struct mop_err *e)
{
    static const char *const names[] = {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy",
                                        "ALL_PROXY"};
    const char *given = run->settings.transport.proxy;
    if (given && strchr(given, '@')) {
        mop_err_set(e, 2, (struct mop_loc){0}, "--proxy holds a user name or password");
        mop_err_hint(e, "a command line can be read by others; set the variable https_proxy");
        return -1;
    }
    if (given) {
        add_proxy(run, given);
        return 0;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *text = getenv(names[i]);
        if (text && *text)
            add_proxy(run, text);
    }
    return 0;
}

bool mop_live_is_proxy(const struct mop_live *run, const char *ip, long port)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port)};
    const struct sockaddr *to = (const struct sockaddr *)&v4;
    if (inet_pton(AF_INET, ip, &v4.sin_addr) != 1) {
        to = (const struct sockaddr *)&v6;
        if (inet_pton(AF_INET6, ip, &v6.sin6_addr) != 1)
            return false;
    }
    for (size_t i = 0; i < run->nproxies; i++)
        if (mop_live_same_address(to, (const struct sockaddr *)&run->proxies[i]))
            return true;
    return false;
}

static bool is_success(long status)
{
    return status >= 200 && status <= 299;
}

/* Of plain http, what a proxy says for itself looks like an answer of the link's host. */
long mop_live_proxy_refusal(const struct mop_live_walk *w)
{
    if (!w->proxied || is_success(w->tunnel))
        return 0;
    if (w->tunnel)
        return w->tunnel;
    bool own = mop_live_header(w, "proxy-status").p || mop_live_header(w, "x-squid-error").p;
    bool gateway = w->status == 407 || (w->status >= 502 && w->status <= 504);
    return gateway || (own && w->status >= 400) ? w->status : 0;
}
