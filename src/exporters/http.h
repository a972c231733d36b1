/* SPDX-License-Identifier: MIT */
#ifndef MOP_HTTP_H
#define MOP_HTTP_H
#include "../base/id_page.h"
#include "../record/batch.h"

struct mop_node;

/*
 * Records over HTTP: CONNECTOR:STREAM, CONNECTOR by its name or by its file (./acme.yaml:contacts).
 * Every fetch ends whole, or with code 3 and one of the outcomes in README.md.
 */
struct mop_http_options {
    const char *const *connectors; /* files of the user's own, besides the shipped ones */
    size_t nconnectors;
    struct mop_http_extra {
        const char *source;            /* as it is named in the run */
        const struct mop_node *fields; /* like `fields` of a stream, besides those */
    } * extras;                        /* columns of the user's own */
    size_t nextras, capextras;
    const char *ca_file;   /* NULL: the system's */
    const char *state;     /* file of bookmarks: only what changed since; NULL: everything */
    bool full;             /* the bookmarks are written, not read */
    bool allow_http;       /* plain http also to other hosts than this one */
    uint64_t deadline_ms;  /* of a whole fetch; 0: six hours */
    uint64_t max_requests; /* of a whole fetch; 0: 100,000 */
    void (*trace)(void *ctx, struct mop_sv line); /* masked requests and answers; or NULL */
    void *trace_ctx;
};
extern const struct mop_exporter mop_exporter_http;

/* Writes the bookmark of a source that was read whole, once its records are safe; of others
 * nothing. */
int mop_http_save_state(struct mop_source *s, struct mop_err *e);
/* What there is to fetch: a line per stream. */
void mop_http_list(const struct mop_http_options *o, struct mop_buf *out);
/* One value that a connector reads of the environment; never the value itself. */
struct mop_http_need {
    const char *env;  /* the variable */
    const char *file; /* what ENV_FILE names, and comes before it; NULL: it is not set */
    bool set;         /* the variable is */
    bool secret, optional;
};
/* Tells each that the connector of the source reads. -1 with *e as of open(): also then they have
 * been told, if there is such a connector and stream. */
int mop_http_needs(const char *source, const struct mop_http_options *o,
                   void (*tell)(void *ctx, const struct mop_http_need *need), void *ctx,
                   struct mop_err *e);
/* The first request as it would be sent, masked. -1 with *e as of open(). */
int mop_http_dry_run(const char *source, const struct mop_http_options *o, struct mop_buf *out,
                     struct mop_err *e);
/* The outcomes for `rules explain` (outcome_pages.c). */
extern const struct mop_id_page mop_outcome_pages[];
#endif
