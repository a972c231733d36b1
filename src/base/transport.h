/* SPDX-License-Identifier: MIT */
#ifndef MOP_TRANSPORT_H
#define MOP_TRANSPORT_H
#include "sv.h"
#include <curl/curl.h>

#if defined LIBCURL_VERSION_NUM && LIBCURL_VERSION_NUM < 0x075000
#error "mopslint needs libcurl 7.80.0 or later: CURLOPT_PREREQFUNCTION counts every request"
#endif

/*
 * What every request of mopslint has in common, of the exporters and of live links. TLS is 1.2 or
 * later, and always verified; nothing here can turn that off. Redirects are left to the caller, who
 * looks at each.
 */
struct mop_transport {
    /* Certificates to trust; NULL: as of the tool curl, those of $CURL_CA_BUNDLE, else of
     * $SSL_CERT_FILE and $SSL_CERT_DIR, else the system's. */
    const char *ca_file;
    const char *proxy; /* NULL: what the environment says (https_proxy, no_proxy ...) */
};
/* Forgets what was set on the handle but its cookies and connections, and sets that. Both strings
 * of *t must live until the request is done. */
void mop_transport_reset(CURL *u, const struct mop_transport *t);

/* Why there is no secure connection. */
enum mop_tls_fault {
    MOP_TLS_OTHER,
    MOP_TLS_EXPIRED,
    MOP_TLS_EARLY,   /* not valid yet */
    MOP_TLS_NAME,    /* another host's */
    MOP_TLS_ISSUER,  /* nobody vouches for it */
    MOP_TLS_CHAIN,   /* one of expired, early, issuer: GnuTLS does not say which */
    MOP_TLS_VERSION, /* there is none that both ends take */
    MOP_TLS_PLAIN,   /* what answers there is no TLS */
    MOP_TLS_FAULTS
};
/* By libcurl's words for it (CURLOPT_ERRORBUFFER). */
enum mop_tls_fault mop_tls_fault(const char *detail);
/* Of a Content-Type (RFC 9110, 8.3.1), without quotes: a view into it; "" without one. */
struct mop_sv mop_media_charset(struct mop_sv type);
#endif
