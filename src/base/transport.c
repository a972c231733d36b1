/* SPDX-License-Identifier: MIT */
#include "transport.h"

#include <stdlib.h>
#include <string.h>

static void only_http(CURL *u)
{
#if LIBCURL_VERSION_NUM >= 0x075500
    curl_easy_setopt(u, CURLOPT_PROTOCOLS_STR, "http,https");
#else
    curl_easy_setopt(u, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
}

static const char *variable(const char *name)
{
    const char *text = getenv(name);
    return text && *text ? text : NULL;
}

static void set_authorities(CURL *u, const struct mop_transport *t)
{
    const char *file = t->ca_file ? t->ca_file : variable("CURL_CA_BUNDLE");
    const char *folder = file ? NULL : variable("SSL_CERT_DIR");
    file = file ? file : variable("SSL_CERT_FILE");
    if (file)
        curl_easy_setopt(u, CURLOPT_CAINFO, file);
    if (folder)
        curl_easy_setopt(u, CURLOPT_CAPATH, folder);
}

void mop_transport_reset(CURL *u, const struct mop_transport *t)
{
    curl_easy_reset(u);
    only_http(u);
    curl_easy_setopt(u, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(u, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2); /* or later */
    curl_easy_setopt(u, CURLOPT_USERAGENT, "mopslint/" MOP_VERSION);
    curl_easy_setopt(u, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(u, CURLOPT_FOLLOWLOCATION, 0L);
    set_authorities(u, t);
    if (t->proxy)
        curl_easy_setopt(u, CURLOPT_PROXY, t->proxy);
}

/* libcurl's TLS libraries word it each in their way. */
enum mop_tls_fault mop_tls_fault(const char *detail)
{
    static const struct {
        const char *part;
        enum mop_tls_fault fault;
    } T[] = {
        {"expired", MOP_TLS_EXPIRED},
        {"expiration", MOP_TLS_EXPIRED},
        {"not yet valid", MOP_TLS_EARLY},
        {"subject name", MOP_TLS_NAME},
        {"does not match", MOP_TLS_NAME},
        {"self-signed", MOP_TLS_ISSUER},
        {"self signed", MOP_TLS_ISSUER},
        {"issuer", MOP_TLS_ISSUER},
        {"certificate verification failed", MOP_TLS_CHAIN},
        {"wrong version number", MOP_TLS_PLAIN},
        {"packet length too long", MOP_TLS_PLAIN},
        {"unexpected TLS packet", MOP_TLS_PLAIN},
        {"http request", MOP_TLS_PLAIN},
        {"protocol version", MOP_TLS_VERSION},
        {"unsupported protocol", MOP_TLS_VERSION},
        {"unsupported version", MOP_TLS_VERSION},
        {"legacy sigalg", MOP_TLS_VERSION},
    };
    for (size_t i = 0; i < sizeof T / sizeof *T; i++)
        if (strstr(detail, T[i].part))
            return T[i].fault;
    return MOP_TLS_OTHER;
}

struct mop_sv mop_media_charset(struct mop_sv type)
{
    struct mop_sv piece;
    while (mop_sv_next(&type, ';', &piece)) {
        size_t eq = mop_sv_find(piece, '=');
        struct mop_sv value = mop_sv_trim(mop_sv_sub(piece, eq + 1, piece.n));
        if (mop_sv_eq_nocase(mop_sv_trim(mop_sv_sub(piece, 0, eq)), MOP_SV("charset")))
            return value.n > 1 && value.p[0] == '"' ? mop_sv_sub(value, 1, value.n - 1) : value;
    }
    return MOP_SV("");
}
