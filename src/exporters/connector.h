/* SPDX-License-Identifier: MIT */
#ifndef MOP_CONNECTOR_H
#define MOP_CONNECTOR_H
#include "../base/id_page.h"
#include "../base/yaml.h"
#include "json_pointer.h"

/*
 * A connector: how one vendor is asked for records, as data. Read-only after load; texts are
 * templates (http_template.h) unless said otherwise. connectors/README.md documents the keys.
 */
struct mop_config_value {
    struct mop_sv name, env, fallback, about; /* fallback.p NULL: must be given */
    bool secret;
};
struct mop_pair {
    struct mop_sv name, value;
};
struct mop_pairs {
    struct mop_pair *list;
    size_t n;
};
struct mop_texts {
    struct mop_sv *list;
    size_t n;
};
struct mop_requester {
    struct mop_sv url_base, path;
    bool post;
    struct mop_pairs query, headers;
    const struct mop_node *body;
    struct mop_texts content_types;
    uint64_t attempts, wait_ms, max_wait_ms, timeout_ms;
};
enum mop_auth { MOP_AUTH_NONE, MOP_AUTH_BEARER, MOP_AUTH_API_KEY, MOP_AUTH_BASIC, MOP_AUTH_OAUTH2 };
struct mop_authenticator {
    enum mop_auth type;
    struct mop_sv token, header, value, username, password;
    struct mop_sv token_url, client_id, client_secret, refresh_token, scopes, prefix;
    bool by_refresh;   /* grant refresh_token, else client_credentials */
    bool client_basic; /* the client's own credentials by Basic, else in the body */
    struct mop_pairs parameters;
    struct mop_pointer *url_base; /* into the token answer, or NULL */
};
enum mop_action {
    MOP_ACTION_RETRY,
    MOP_ACTION_REFRESH,
    MOP_ACTION_STOP,
    MOP_ACTION_EMPTY,
    MOP_ACTION_ACCEPT
};
enum mop_wait_unit { MOP_WAIT_SECONDS, MOP_WAIT_MILLISECONDS, MOP_WAIT_MINUTES, MOP_WAIT_EPOCH };
struct mop_error_rule {
    struct mop_texts status, is;
    struct mop_pointer *at, *message, *wait_at;  /* or NULL */
    struct mop_sv header, contains, wait_header; /* or n == 0 */
    enum mop_wait_unit wait_unit;
    uint64_t wait_ms; /* 0: none */
    enum mop_action action;
    bool daily;
};
struct mop_error_rules {
    struct mop_error_rule *list;
    size_t n;
};
struct mop_http_field {
    struct mop_sv column;
    struct mop_sv ask; /* p NULL: not asked for */
    struct mop_pointer at;
    bool of_parent;
    struct mop_pointer *take; /* or NULL */
    struct mop_sv join;       /* p NULL: a JSON array */
    struct {
        struct mop_pointer at;
        struct mop_sv text;
    } * where;
    size_t nwhere;
};
enum mop_paging {
    MOP_PAGE_NONE,
    MOP_PAGE_CURSOR,
    MOP_PAGE_NEXT_URL,
    MOP_PAGE_LINK_HEADER,
    MOP_PAGE_OFFSET,
    MOP_PAGE_NUMBER
};
struct mop_paginator {
    enum mop_paging type;
    struct mop_pointer *cursor; /* or next_url */
    struct mop_pointer *has_more, *done, *total, *restart_key;
    struct mop_pointer *always;                    /* what every page has, or NULL */
    struct mop_pointer *with_records;              /* what every page with records has, or NULL */
    struct mop_sv first, page_size, restart_first; /* no templates */
    uint64_t cap, max_pages;                       /* cap 0: none */
    bool total_may_change;
    bool restart_each; /* behind every page, not only at the cap */
    bool overlap;      /* each page begins with the last record of the one before */
};
enum mop_time_form { MOP_TIME_ISO, MOP_TIME_EPOCH, MOP_TIME_EPOCH_MS };
struct mop_incremental {
    bool on;
    struct mop_pointer *cursor_field;
    struct mop_sv start;
    int64_t start_us, lookback_us;
    enum mop_time_form form;
};
struct mop_stream {
    struct mop_sv name, about;
    struct mop_texts record;        /* types or kinds that its records are, the best first */
    struct mop_requester requester; /* the connector's and its own */
    enum mop_decoder { MOP_DECODE_JSON, MOP_DECODE_CSV, MOP_DECODE_NDJSON } decoder;
    struct mop_texts must_have; /* of a file: columns without which it is another; templates */
    struct mop_pointer records, *expand, *primary_key;
    bool records_optional; /* no list is an empty one */
    bool records_members;  /* a * goes over the members of an object, too */
    struct mop_http_field *fields;
    size_t nfields;
    struct mop_pointer *ignore; /* what comes along and is not wanted */
    size_t nignore;
    bool all_fields; /* none are named: those of the first page */
    struct mop_paginator paginator;
    struct mop_incremental incremental;
    struct mop_sv partition;         /* the variable's name; n == 0: none */
    struct mop_texts partition_list; /* templates */
    struct mop_error_rules errors;   /* its own, then the connector's */
};
struct mop_connector {
    struct mop_sv name, title, about, docs;
    struct mop_config_value *config;
    size_t nconfig;
    struct mop_authenticator auth;
    struct mop_stream *streams;
    size_t nstreams;
};

/* NULL after faults, which are told to `d`. Lives in `a`. */
struct mop_connector *mop_connector_parse(struct mop_arena *a, const char *file, struct mop_sv text,
                                          struct mop_diags *d);
struct mop_connector *mop_connector_load(struct mop_arena *a, const char *path,
                                         struct mop_diags *d);
/* The stream with more fields, as `fields` of a connector file has them; NULL after faults. Without
 * fields of its own it has these alone. */
const struct mop_stream *mop_connector_extend(struct mop_arena *a, struct mop_connector *c,
                                              const struct mop_stream *s,
                                              const struct mop_node *fields, struct mop_diags *d);
const struct mop_stream *mop_connector_stream(const struct mop_connector *c, struct mop_sv name);
const struct mop_config_value *mop_connector_value(const struct mop_connector *c,
                                                   struct mop_sv name);

/* May it stand beside the colon of a source: a letter, then letters, digits, - and _. */
bool mop_connector_is_word(struct mop_sv s);

/* The shipped ones: their files' text, in the order of names. NULL name at the end. */
struct mop_shipped_connector {
    const char *name;
    const unsigned char *text;
    size_t n;
};
extern const struct mop_shipped_connector mop_shipped_connectors[];
/* Faults of connector files for `rules explain` (connector_pages.c). */
extern const struct mop_id_page mop_connector_pages[];
#endif
