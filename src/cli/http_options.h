/* SPDX-License-Identifier: MIT */
#ifndef MOP_HTTP_OPTIONS_H
#define MOP_HTTP_OPTIONS_H
#include "cli/check_settings.h"

/* The options of `check` and `fetch` about sources over HTTP; all of them set mop_check_settings.
 */
int mop_set_ca_file(void *settings, struct mop_sv arg, struct mop_err *e);
int mop_set_allow_http(void *settings, struct mop_sv arg, struct mop_err *e);
int mop_set_deadline(void *settings, struct mop_sv arg, struct mop_err *e);
int mop_set_max_requests(void *settings, struct mop_sv arg, struct mop_err *e);
int mop_set_trace(void *settings, struct mop_sv arg, struct mop_err *e);
#define MOP_HTTP_OPTION_LINES                                                                        \
    {"ca-file",                                                                                      \
     0,                                                                                              \
     "FILE",                                                                                         \
     "certificates to trust, in place of the system's",                                              \
     "sources over HTTP",                                                                            \
     mop_set_ca_file,                                                                                \
     true},                                                                                          \
        {"deadline", 0, "TIME", "of one fetch: 90s, 30m (6h)", NULL, mop_set_deadline, false},       \
        {"max-requests", 0, "N", "of one fetch (100000)", NULL, mop_set_max_requests, false},        \
        {"allow-http", 0, NULL, "plain http to other machines too", NULL, mop_set_allow_http, true}, \
    {                                                                                                \
        "trace", 0, NULL, "requests and answers on standard error, without secrets and data",        \
            NULL, mop_set_trace, true                                                                \
    }
#endif
