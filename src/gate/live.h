/* SPDX-License-Identifier: MIT */
#ifndef MOP_LIVE_H
#define MOP_LIVE_H
#include "../base/err.h"
#include "../base/regex.h"
#include "../base/transport.h"
#include <sys/socket.h>

/*
 * Links followed over the network: what a visitor's browser would be told, hop by hop, and whether
 * the link's parameters come through. What was not seen is "not checked", never a pass.
 */

/* X(C name, id, level, what is right about a link that has not this finding) */
#define MOP_LIVE_FINDINGS(X)                                                                       \
    X(ADDRESS, "live-address", MOP_LIVE_ERROR,                                                     \
      "leads to addresses that every program reads alike")                                         \
    X(SCHEME, "live-scheme", MOP_LIVE_ERROR, "leads to http and https addresses only")             \
    X(CREDENTIALS, "live-credentials", MOP_LIVE_ERROR, "needs no user name or password in a link") \
    X(PRIVATE, "live-private", MOP_LIVE_ERROR, "leads to public addresses only")                   \
    X(HOST_UNKNOWN, "live-host-unknown", MOP_LIVE_ERROR, "leads to hosts that exist")              \
    X(REFUSED, "live-refused", MOP_LIVE_ERROR, "leads to hosts that take connections")             \
    X(TLS, "live-tls", MOP_LIVE_ERROR, "leads to hosts with a certificate to be trusted")          \
    X(SLOW, "live-slow", MOP_LIVE_ERROR, "is answered in time")                                    \
    X(LOST, "live-lost", MOP_LIVE_ERROR, "is answered whole, and by HTTP")                         \
    X(STATUS, "live-status", MOP_LIVE_ERROR, "is answered with success")                           \
    X(REDIRECT, "live-redirect", MOP_LIVE_ERROR, "has redirects that lead somewhere")              \
    X(LOOP, "live-loop", MOP_LIVE_ERROR, "does not redirect in a circle")                          \
    X(HOPS, "live-hops", MOP_LIVE_ERROR, "has no more redirects than allowed")                     \
    X(HTTP, "live-http", MOP_LIVE_ERROR, "is https all the way")                                   \
    X(DROPPED, "live-dropped", MOP_LIVE_ERROR, "keeps its tracking parameters in redirects")       \
    X(CHANGED, "live-changed", MOP_LIVE_ERROR, "keeps their values")                               \
    X(DOUBLED, "live-doubled", MOP_LIVE_ERROR, "has each of them once at the end")                 \
    X(REENCODED, "live-reencoded", MOP_LIVE_NOTE, "keeps the bytes of their values")               \
    X(REORDERED, "live-reordered", MOP_LIVE_NOTE, "keeps their order")                             \
    X(RESTORED, "live-restored", MOP_LIVE_WARN,                                                    \
      "keeps its tracking parameters at every hop, not only at the last")                          \
    X(PERSONAL, "live-personal", MOP_LIVE_ERROR,                                                   \
      "gets no personal data into its address on the way")                                         \
    X(ADDED, "live-added", MOP_LIVE_WARN, "gets no further utm_ parameters on the way")            \
    X(HOST, "live-host", MOP_LIVE_ERROR, "ends at a host where it may")                            \
    X(CANONICAL, "live-canonical", MOP_LIVE_WARN, "ends at the page's own canonical host")         \
    X(TAG, "live-tag", MOP_LIVE_ERROR, "ends at a page with the expected tag")                     \
    X(SOFT_404, "live-soft-404", MOP_LIVE_ERROR, "ends at a page that is no 'not found' page")     \
    X(TYPE, "live-type", MOP_LIVE_WARN, "ends at a web page")                                      \
    X(REFRESH, "live-refresh", MOP_LIVE_WARN, "ends at a page that leads nowhere else")            \
    X(UNCHECKED, "live-unchecked", MOP_LIVE_NOT_SEEN, "could be checked")
enum mop_live_level { MOP_LIVE_NOTE, MOP_LIVE_WARN, MOP_LIVE_ERROR, MOP_LIVE_NOT_SEEN };
enum mop_live_id {
#define MOP_LIVE_ENUM(name, id, level, right) MOP_LIVE_##name,
    MOP_LIVE_FINDINGS(MOP_LIVE_ENUM)
#undef MOP_LIVE_ENUM
        MOP_LIVE_IDS
};
struct mop_live_kind {
    const char *id, *right;
    enum mop_live_level level;
};
extern const struct mop_live_kind mop_live_kinds[MOP_LIVE_IDS];

struct mop_live_finding {
    enum mop_live_id id;
    size_t hop;         /* the request, from 1; 0: none was sent */
    struct mop_sv text; /* a predicate of the link, masked: "leads to plain http at hop 2" */
    const char *repair; /* NULL: mop_live_repair()'s */
};
struct mop_live_hop {
    struct mop_sv shown; /* the address, masked */
    long status;         /* 0: no answer */
    bool https;
};
/* What became of a tracking parameter (utm_, click ids, those of other tools) by the last hop. */
enum mop_live_fate {
    MOP_FATE_KEPT,
    MOP_FATE_REORDERED,
    MOP_FATE_REENCODED, /* the same value in other bytes: %20 for +, %7E for ~ */
    MOP_FATE_DOUBLED,
    MOP_FATE_ENCODED_TWICE, /* a redirector escaped the escapes */
    MOP_FATE_CHANGED,
    MOP_FATE_FRAGMENT, /* it stands behind the '#' now */
    MOP_FATE_DROPPED,
    MOP_FATE_RESTORED, /* as the link has it, after a hop at which it was not */
    MOP_FATE_ADDED     /* a utm_ key that the link has not */
};
struct mop_live_param {
    struct mop_sv key;
    enum mop_live_fate fate;
    size_t hop; /* the first at whose address it was so, from 1 */
};

enum mop_live_verdict {
    MOP_LIVE_PASSED,
    MOP_LIVE_FAILED,     /* some finding is an error */
    MOP_LIVE_NOT_CHECKED /* not followed to its end, or something at its end was not seen */
};
/* All of it lives in the arena given to mop_live_check. */
struct mop_live_result {
    struct mop_sv link;  /* as given, borrowed */
    struct mop_sv shown; /* masked */
    enum mop_live_verdict verdict;
    struct mop_live_hop *hops; /* the link itself is the first */
    size_t nhops;
    long status; /* of the last; 0: no answer */
    struct mop_live_param *params;
    size_t nparams;
    struct mop_live_finding *findings; /* in the order of MOP_LIVE_FINDINGS */
    size_t nfindings;
};

/* For tests: stands in for the network. Each may be NULL. */
struct mop_live_net {
    /* Adds the addresses of a host to *out, with commas between: 0; -1 there is no such host; 1
     * nobody knows just now. */
    int (*resolve)(void *ctx, struct mop_sv host, struct mop_buf *out);
    /* Where a connection goes whose address was looked at. */
    void (*reroute)(void *ctx, struct sockaddr_storage *to);
    void *ctx;
};

/* "this machine", "a private network": what an address or name that is no part of the Internet
 * is, as a host is written; NULL: it may be reached. */
const char *mop_live_private_words(struct mop_sv host);
/* A pattern for expect_tag, which is no part of a longer id; as mop_regex_compile. */
struct mop_regex *mop_live_compile_tag(struct mop_sv pattern, struct mop_regex_error *e);

/* 0 stands for the default in brackets. */
struct mop_live_options {
    struct mop_transport transport;
    bool allow_private;                 /* also addresses of this machine and its networks */
    const struct mop_sv *private_hosts; /* these hosts may be there, whoever leads to them */
    size_t nprivate_hosts;
    const struct mop_regex *expect_tag; /* what the page must hold; NULL: anything */
    const struct mop_sv *hosts;         /* where a link may end, or below; none: anywhere */
    size_t nhosts;
    const struct mop_sv *personal; /* parameters that name a person, beside those known by name */
    size_t npersonal;
    size_t parallel, per_host; /* requests at one time: in all (16), to one host (2) */
    uint64_t host_gap_ms;      /* between the beginnings of two requests to one host (100) */
    uint64_t timeout_ms;       /* of one request (20 s) */
    uint64_t deadline_ms;      /* of all links together (30 min) */
    uint64_t wait_ms, most_ms; /* before a request is repeated: doubled (500), up to (30 s) */
    size_t tries;              /* of one request whose fault may pass (3); a timeout: once more */
    size_t max_hops;           /* redirects (10) */
    size_t max_body;           /* bytes of a page, unpacked (1 MiB) */
    uint64_t seed;             /* of the jitter */
    int64_t now_us;            /* for Retry-After dates */
    const struct mop_live_net *net;
    void (*trace)(void *ctx, struct mop_sv line); /* masked requests and answers; or NULL */
    void *trace_ctx;
};

/*
 * Follows n links into out[n]; one that stands there twice is asked for once. -1 with *e code 2:
 * the options cannot be used; nothing was asked for. Faults of links and network are findings.
 */
int mop_live_check(const struct mop_sv *links, size_t n, const struct mop_live_options *o,
                   struct mop_arena *a, struct mop_live_result *out, struct mop_err *e);
/* 3 if a link was not checked, else 1 if one failed, else 0. */
int mop_live_exit(const struct mop_live_result *r, size_t n);
/* The link safe to be shown: no login, only values of utm_ parameters that name nobody, no
 * fragment; an e-mail address or phone number in its path masked. */
struct mop_sv mop_live_shown(struct mop_arena *a, struct mop_sv link);
#endif
