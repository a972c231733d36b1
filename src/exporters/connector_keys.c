/* SPDX-License-Identifier: MIT */
#include "connector_keys.h"

/* The keys of connector files, in the order of the documentation (connectors/README.md). */

enum { S = MOP_SHAPE_SCALAR, L = MOP_SHAPE_LIST, M = MOP_SHAPE_MAPPING, E = MOP_SHAPE_EMPTY };
#define END                                                                                        \
    {                                                                                              \
        NULL, 0, NULL, NULL                                                                        \
    }
#define K(name, shape, doc)                                                                        \
    {                                                                                              \
        name, shape, NULL, doc                                                                     \
    }
#define TABLE(id, words, ...)                                                                      \
    const struct mop_key_table mop_connector_keys_##id = {                                         \
        #id, words, (const struct mop_key[]){__VA_ARGS__, END}, false, NULL}

TABLE(top, "a connector", K("connector", S, "version of this language: 1"),
      K("name", S, "the word before the colon of a source"), K("title", S, "the vendor's own name"),
      K("description", S, "what it is for"), K("docs", S, "address of the vendor's documentation"),
      K("config", M | E, "values that the user gives, by name: variables of templates"),
      K("requester", M, "what all requests have in common"),
      K("authenticator", M, "how requests prove who asks"),
      K("error_rules", L | E, "what errors mean, asked in this order, a stream's own first"),
      K("streams", M, "what can be read, by name"));

TABLE(config, "a config value", K("env", S, "environment variable; its name with _FILE: a file"),
      K("default", S, "value when it is not given"),
      K("secret", S, "true: never shown; its file must not be readable by others"),
      K("description", S, "what it is and where the vendor shows it"));

TABLE(requester, "a requester", K("url_base", S, "scheme and host, with or without a path"),
      K("path", S, "what follows url_base"), K("method", S, "GET or POST"),
      K("query", M | E, "parameters by name; percent-encoded"),
      K("headers", M | E, "headers by name"),
      K("body", M | L, "JSON body of a POST; JSON types are kept"),
      K("content_types", S | L, "content types that an answer may have"),
      K("retry", M, "how often and how long to wait after passing errors"),
      K("timeout", S, "silence after which an answer counts as broken off: 60s"),
      K("raw_query", S, "query without percent-encoding"));

TABLE(retry, "retry", K("attempts", S, "requests in all for one page, default 6"),
      K("wait", S, "first wait, doubled each time, default 1s"),
      K("max_wait", S, "longest such wait, default 60s"));

TABLE(authenticator, "an authenticator", K("type", S, "none, bearer, api_key, basic or oauth2"),
      K("token", S, "of bearer"), K("header", S, "of api_key: the header's name"),
      K("value", S, "of api_key: the header's text, with its prefix"), K("username", S, "of basic"),
      K("password", S, "of basic"), K("grant", S, "of oauth2: refresh_token or client_credentials"),
      K("token_url", S, "of oauth2: where access tokens are given out"),
      K("client_id", S, "of oauth2"), K("client_secret", S, "of oauth2"),
      K("refresh_token", S, "of oauth2: the config value that holds it"),
      K("scopes", S | L, "of oauth2"), K("client_auth", S, "of oauth2: body (default) or basic"),
      K("parameters", M, "of oauth2: further parameters of the token request"),
      K("prefix", S, "of oauth2: word before the access token, default Bearer"),
      K("url_base", S, "of oauth2: pointer into the token answer to the url_base to use"),
      K("command", S | L, "a program that prints a token"));

TABLE(stream, "a stream", K("description", S, "what its records are"),
      K("record", S, "record type of the shipped packs that its fields fit"),
      K("requester", M, "what its requests have besides the connector's"),
      K("decoder", S, "json (default), csv or ndjson"),
      K("record_selector", M, "where records are in an answer"),
      K("fields", M | E, "columns by name: where their values are in a record"),
      K("ignore", S | L, "pointers to what comes along and is not wanted"),
      K("primary_key", S, "pointer to the record's id"),
      K("paginator", M, "how to come to the next page; none must be written out"),
      K("incremental", M, "how to ask for what changed"),
      K("partitions", M, "one fetch per value: accounts, lists"),
      K("error_rules", L | E, "what its errors mean, before the connector's"),
      K("job", M, "create, poll, fetch"), K("parent", M, "a fetch per record of another stream"));

TABLE(selector, "a record_selector", K("records", S, "pointer with *: each value is a record"),
      K("optional", S, "true: the vendor leaves the list out when it is empty"),
      K("expand", S, "pointer with * inside a record: each value is a row of its own"),
      K("columns", M, "columnar answers"));

TABLE(field, "a field", K("at", S, "pointer to the value in the record"),
      K("parent", S, "with expand: pointer in the record that the row comes from"),
      K("ask", S, "its name in {fields}; false: not asked for"),
      K("where", M, "of a list (* in at): pointers and the texts they must have"),
      K("take", S, "of a list: pointer to the value in the item"),
      K("join", S, "text between several values; else they are a JSON array"));

TABLE(paginator, "a paginator", K("type", S, "none, cursor, next_url, link_header, offset or page"),
      K("cursor", S, "of cursor: pointer to the next one, used as {cursor}"),
      K("next_url", S, "of next_url: pointer to the address, taken as it is"),
      K("first", S, "the first {cursor}, {offset} (0) or {page} (1)"),
      K("page_size", S, "records to ask for: {page_size}"),
      K("has_more", S, "pointer: false ends the fetch"),
      K("done", S, "pointer: true ends the fetch"),
      K("total", S, "pointer to the number of records there are"),
      K("total_may_change", S, "true: records that come and go meanwhile lose nothing"),
      K("cap", S, "records that the vendor gives for one query at most"),
      K("restart", M, "where to go on at the cap"),
      K("max_pages", S, "pages after which something must be wrong, default 1000000"),
      K("cursor_header", S, "response header with the next cursor"));

TABLE(restart, "restart", K("key", S, "pointer to the value that the answer is sorted by"),
      K("first", S, "the first {last_key}"));

TABLE(incremental, "incremental", K("cursor_field", S, "pointer to a record's time of change"),
      K("start", S, "the first {since}, an ISO 8601 time; without it the first run has none"),
      K("lookback", S, "how far before the bookmark a run begins: 10m, 2d"),
      K("format", S, "of cursor_field: iso (default), epoch or epoch_ms"),
      K("step", S, "longest span of one query"),
      K("delta_link", S, "pointer to the vendor's own bookmark"));

TABLE(partitions, "partitions", K("variable", S, "its name in templates"),
      K("values", S | L, "the values, or a template with them separated by commas"));

TABLE(error_rule, "an error rule", K("status", S | L, "HTTP statuses; without it any"),
      K("at", S, "pointer into the answer's body"), K("is", S | L, "values there"),
      K("contains", S, "text there"), K("action", S, "retry, refresh, stop or empty"),
      K("limit", S, "burst or daily: a daily limit is not waited for"),
      K("wait", M, "where the answer says how long to wait"),
      K("message", S, "pointer to the vendor's words"));

TABLE(wait, "wait", K("header", S, "header with the time"), K("at", S, "pointer with the time"),
      K("unit", S, "seconds, milliseconds, minutes or epoch"), K("for", S, "a fixed time: 10s"));

const struct mop_key_table *const mop_connector_tables[] = {&mop_connector_keys_top,
                                                            &mop_connector_keys_config,
                                                            &mop_connector_keys_requester,
                                                            &mop_connector_keys_retry,
                                                            &mop_connector_keys_authenticator,
                                                            &mop_connector_keys_stream,
                                                            &mop_connector_keys_selector,
                                                            &mop_connector_keys_field,
                                                            &mop_connector_keys_paginator,
                                                            &mop_connector_keys_restart,
                                                            &mop_connector_keys_incremental,
                                                            &mop_connector_keys_partitions,
                                                            &mop_connector_keys_error_rule,
                                                            &mop_connector_keys_wait,
                                                            NULL};

const char *const mop_connector_later[] = {
    "requester/raw_query",    "authenticator/command", "stream/job",
    "stream/parent",          "selector/columns",      "paginator/cursor_header",
    "incremental/delta_link", "incremental/step",      NULL};
