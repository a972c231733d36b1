/* SPDX-License-Identifier: MIT */
#ifndef MOP_TRANSPORT_H
#define MOP_TRANSPORT_H
#include "sv.h"
#include <curl/curl.h>

#if defined LIBCURL_VERSION_NUM && LIBCURL_VERSION_NUM < 0x075000
#error "mopslint needs libcurl 7.80.0 or later: CURLOPT_PREREQFUNCTION counts every request"
#endif

/*
 * What every request of mopslint has in common, of the exporters and of live links. TLS is always
 * verified; nothing here can turn that off. Redirects are left to the caller, who looks at each.
 */
struct mop_transport {
    const char *ca_file; /* certificates to trust; NULL: the system's */
    const char *proxy;   /* NULL: what the environment says (https_proxy, no_proxy ...) */
};
/* Forgets what was set on the handle but its cookies and connections, and sets that. Both strings
 * of *t must live until the request is done. */
void mop_transport_reset(CURL *u, const struct mop_transport *t);
#endif
