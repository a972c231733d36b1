/* SPDX-License-Identifier: MIT */
#ifndef MOP_LIVE_PARTS_H
#define MOP_LIVE_PARTS_H
#include "live.h"

#include "../base/map.h"
#include "../base/wait.h"
#include "../values/url.h"

/* The insides of live checks, shared by live_*.c and nobody else. */

enum {
    MOP_LIVE_CAP_URL = 64 * 1024,
    MOP_LIVE_CAP_HEADERS = 256 * 1024,
    MOP_LIVE_ACTIVE = 256, /* links begun and not done; a page each at most is held */
    MOP_LIVE_PROXIES = 32,
    MOP_LIVE_HOPS_MAX = 62
};

/* live_address.c */
struct mop_live_range {
    const char *net; /* NULL: a name */
    unsigned bits;
    const char *words; /* NULL: public after all */
    bool never;        /* allow_private does not open it */
};
/* The range of addresses that no link should lead to; NULL: the address is public. */
const struct mop_live_range *mop_live_range(const struct sockaddr *sa);
/* The range of a host that is an address, in any form that a resolver takes for one, or a name that
 * only a private network has ("intranet", "wiki.local"); NULL if it is public. "localhost" and
 * names below it count as loopback. */
const struct mop_live_range *mop_live_host_range(const char *host);
/* May that host, as mop_url_host() has it, be of this machine or a private network? */
bool mop_live_may_be_private(const struct mop_live_options *o, struct mop_sv host);
bool mop_live_same_address(const struct sockaddr *a, const struct sockaddr *b);

struct mop_live_host {
    struct mop_sv name;
    size_t active;
    int64_t next_ms; /* not before */
    bool looked_up;
    int exists; /* as of mop_live_look_up */
};

/* One link on its way. */
struct mop_live_walk {
    struct mop_live *run;
    struct mop_live_result *out;
    struct mop_live_host *host;
    CURL *curl;
    struct curl_slist *pinned;
    bool in_flight, done;
    int64_t ready_ms;

    struct mop_buf url;                        /* verbatim: as written, as in Location */
    struct mop_buf wire;                       /* as it is sent: escaped, the host in ASCII */
    struct mop_sv urls[MOP_LIVE_HOPS_MAX + 2]; /* of the hops, verbatim; in the run's arena */
    bool get, whole;                           /* GET; without a range */
    size_t tries;                              /* of this request */
    size_t timeouts;                           /* of all requests of this link */

    /* the answer */
    long status;
    struct mop_buf headers, body;
    struct mop_live_unpack *unpack; /* of the page, while it comes; NULL: it is not packed */
    bool over_headers, capped, cookie;
    bool proxied; /* over a proxy; `tunnel`: which answered CONNECT with that status, or 0 */
    long tunnel;
    const struct mop_live_range *barred;
    char detail[CURL_ERROR_SIZE];
    int system_error;
    bool connected;
    CURLcode rc;
    bool host_missing; /* to be settled at the end: is there such a host? */

    struct mop_live_finding *findings;
    size_t nfindings, capfindings;
};

struct mop_live {
    struct mop_live_options settings; /* with their defaults */
    struct mop_arena *arena;          /* the caller's: results */
    CURLM *multi;
    uint64_t seed;
    int64_t ends_ms;
    struct mop_arena host_arena;
    struct mop_map hosts; /* name to mop_live_host */
    struct mop_live_walk **walks;
    size_t nwalks, in_flight;
    struct mop_live_walk **missing; /* their host was not found: settled at the end */
    size_t nmissing, capmissing;
    struct sockaddr_storage proxies[MOP_LIVE_PROXIES];
    size_t nproxies;
    struct mop_match *match;
    struct mop_live_words *words;
};

/* live_url.c */
/* May `url` be asked for? Fills `wire`; or false with a finding. */
bool mop_live_admit(struct mop_live_walk *w);
/* `to` as seen from `base`, verbatim where it is absolute; false: it is no address at all. */
bool mop_live_resolve(struct mop_sv base, struct mop_sv to, struct mop_buf *out);
struct mop_sv mop_live_host_of(struct mop_arena *a, struct mop_sv url);

/* live_shown.c */
struct mop_sv mop_live_key_shown(struct mop_arena *a, struct mop_sv key);

/* live_net.c */
/* Hands the request to libcurl: 0; -1 it ended at once, as mop_live_ended() will be told. */
int mop_live_send(struct mop_live_walk *w);
/* Takes it back; the answer's parts are set. */
void mop_live_received(struct mop_live_walk *w, CURLcode rc);
struct mop_sv mop_live_header(const struct mop_live_walk *w, const char *name);
/* 0 there is such a host, -1 there is none, 1 nobody knows. */
int mop_live_look_up(const struct mop_live *run, const char *host);

/* live_unpack.c */
struct mop_live_unpack *mop_live_unpack_create(void);
void mop_live_unpack_free(struct mop_live_unpack *x);
/* More of a packed page, into a buffer of at most `most` bytes; false: there is more than that. */
bool mop_live_unpack_add(struct mop_live_unpack *x, struct mop_sv packed, struct mop_buf *out,
                         size_t most);
/* Did it come whole? CURLE_OK, CURLE_PARTIAL_FILE or CURLE_BAD_CONTENT_ENCODING. */
CURLcode mop_live_unpack_end(const struct mop_live_unpack *x);

/* live_proxy.c */
/* The addresses of the proxies that may be used, private or not; -1 with *e code 2. */
int mop_live_find_proxies(struct mop_live *run, struct mop_err *e);
/* Is a proxy at that address? `ip` and `port` as libcurl has them of a connection, also of one that
 * was used before. */
bool mop_live_is_proxy(const struct mop_live *run, const char *ip, long port);
/* The status with which a proxy, not the link's host, answered or may have answered; 0: none. */
long mop_live_proxy_refusal(const struct mop_live_walk *w);

/* live_fault.c */
/* What a transfer that failed means: true if it may pass; else a finding is added. */
bool mop_live_fault_passes(const struct mop_live_walk *w);
void mop_live_fault(struct mop_live_walk *w);

/* live_walk.c */
void mop_live_begin(struct mop_live_walk *w, struct mop_sv link);
/* After an answer or a failure: w is done, or ready_ms says when its next request may be sent. */
void mop_live_step(struct mop_live_walk *w);
void mop_live_found(struct mop_live_walk *w, enum mop_live_id id, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* Gives back what only requests need; then the result is settled and the walk freed. */
void mop_live_close(struct mop_live_walk *w);
void mop_live_finish(struct mop_live_walk *w);
void mop_live_trace(struct mop_live_walk *w);

/* live_params.c */
/* What became of the tracking parameters; fills out->params and adds findings. */
void mop_live_params(struct mop_live_walk *w);

/* live_charset.c */
/* A page in UTF-16 as UTF-8, by its mark or its content type; any other as it is. */
struct mop_sv mop_live_decoded(struct mop_arena *a, struct mop_sv body, struct mop_sv type);

/* live_page.c */
struct mop_live_page {
    struct mop_sv title, heading; /* the first h1, its tags taken out */
    struct mop_sv canonical;      /* of <link rel=canonical> */
    struct mop_sv refresh;        /* where <meta http-equiv=refresh> leads */
    struct mop_sv text;           /* all of it without comments, as well-formed UTF-8 */
};
void mop_live_read_page(struct mop_arena *a, struct mop_sv body, struct mop_live_page *out);
/* "3; url=/x": the address, or absent. */
struct mop_sv mop_live_refresh_target(struct mop_sv content);

/* live_tag.c: of the text of a page */
void mop_live_judge_tag(struct mop_live_walk *w, struct mop_sv text);

/* live_judge.c */
void mop_live_judge(struct mop_live_walk *w);
/* Patterns that are compiled once a run. */
struct mop_live_words *mop_live_words_create(void);
void mop_live_words_free(struct mop_live_words *x);
/* Is it the title or heading of a page that is not there? */
bool mop_live_says_gone(const struct mop_live_words *x, struct mop_match *m, struct mop_sv text);
#endif
