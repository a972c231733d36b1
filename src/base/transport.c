/* SPDX-License-Identifier: MIT */
#include "transport.h"

static void only_http(CURL *u)
{
#if LIBCURL_VERSION_NUM >= 0x075500
    curl_easy_setopt(u, CURLOPT_PROTOCOLS_STR, "http,https");
#else
    curl_easy_setopt(u, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
}

void mop_transport_reset(CURL *u, const struct mop_transport *t)
{
    curl_easy_reset(u);
    only_http(u);
    curl_easy_setopt(u, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(u, CURLOPT_USERAGENT, "mopslint/" MOP_VERSION);
    curl_easy_setopt(u, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(u, CURLOPT_FOLLOWLOCATION, 0L);
    if (t->ca_file)
        curl_easy_setopt(u, CURLOPT_CAINFO, t->ca_file);
    if (t->proxy)
        curl_easy_setopt(u, CURLOPT_PROXY, t->proxy);
}
