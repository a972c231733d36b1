/* SPDX-License-Identifier: MIT */
#include "connector_keys.h"

/* The keys of connector files, in the order of the documentation (connectors/README.md). */

#define REF(name) "{\"$ref\": \"#/$defs/" name "\"}"
#define TEXT REF("text")
#define TEXTS REF("texts")
#define TEMPLATE REF("template")
#define POINTER REF("pointer")
#define BOOL REF("bool")
#define DURATION REF("duration")
#define FROM_ONE REF("from_one")
#define PAIRS(types) "{\"type\": " types ", \"additionalProperties\": " TEMPLATE "}"
#define MAP_OF(name)                                                                               \
    "{\"type\": \"object\", \"minProperties\": 1, \"additionalProperties\": " REF(name) "}"
#define LIST_OF(name) "{\"type\": [\"array\", \"null\"], \"items\": " REF(name) "}"

const char *const mop_words_method[] = {"GET", "POST", NULL};
const char *const mop_words_auth[] = {"none", "bearer", "api_key", "basic", "oauth2", NULL};
const char *const mop_words_grant[] = {"client_credentials", "refresh_token", NULL};
const char *const mop_words_client_auth[] = {"body", "basic", NULL};
const char *const mop_words_decoder[] = {"json", "csv", "ndjson", NULL};
const char *const mop_words_paging[] = {"none",   "cursor", "next_url", "link_header",
                                        "offset", "page",   NULL};
const char *const mop_words_time[] = {"iso", "epoch", "epoch_ms", NULL};
const char *const mop_words_action[] = {"retry", "refresh", "stop", "empty", "accept", NULL};
const char *const mop_words_limit[] = {"burst", "daily", NULL};
const char *const mop_words_unit[] = {"seconds", "milliseconds", "minutes", "epoch", NULL};
const struct mop_connector_words mop_connector_words[] = {{"method", mop_words_method},
                                                          {"auth", mop_words_auth},
                                                          {"grant", mop_words_grant},
                                                          {"client_auth", mop_words_client_auth},
                                                          {"decoder", mop_words_decoder},
                                                          {"paging", mop_words_paging},
                                                          {"time_form", mop_words_time},
                                                          {"action", mop_words_action},
                                                          {"limit", mop_words_limit},
                                                          {"unit", mop_words_unit},
                                                          {NULL, NULL}};

enum { S = MOP_SHAPE_SCALAR, L = MOP_SHAPE_LIST, M = MOP_SHAPE_MAPPING, E = MOP_SHAPE_EMPTY };
#define END                                                                                        \
    {                                                                                              \
        NULL, 0, NULL, NULL                                                                        \
    }
#define K(name, shape, schema, doc)                                                                \
    {                                                                                              \
        name, shape, schema, doc                                                                   \
    }
/* A key that has its place, and whose work this version does not do. */
#define LATER(name, shape, doc)                                                                    \
    {                                                                                              \
        name, shape, NULL, doc                                                                     \
    }
#define TABLE(id, words, must, ...)                                                                \
    const struct mop_key_table mop_connector_keys_##id = {                                         \
        #id, words, (const struct mop_key[]){__VA_ARGS__, END}, false, must}

static const char must_top[] =
    "'required': ['connector', 'name', 'authenticator', 'streams'], 'anyOf': ["
    "{'required': ['requester'], 'properties': {'requester': {'required': ['url_base']}}}, "
    "{'properties': {'streams': {'additionalProperties': {'required': ['requester'], "
    "'properties': {'requester': {'required': ['url_base']}}}}}}]";
TABLE(top, "a connector", must_top,
      K("connector", S, "{\"enum\": [1, \"1\"]}", "version of this language: 1"),
      K("name", S, REF("word"), "the word before the colon of a source"),
      K("title", S, TEXT, "the vendor's own name"), K("description", S, TEXT, "what it is for"),
      K("docs", S, TEXT, "address of the vendor's documentation"),
      K("config", M | E,
        "{\"type\": [\"object\", \"null\"], \"additionalProperties\": " REF(
            "config") ", \"propertyNames\": {\"not\": " REF("variable") "}}",
        "values that the user gives, by name: variables of templates"),
      K("requester", M, REF("requester"), "what all requests have in common"),
      K("authenticator", M, REF("authenticator"), "how requests prove who asks"),
      K("error_rules", L | E, LIST_OF("error_rule"),
        "what errors mean, asked in this order, a stream's own first"),
      K("streams", M,
        "{\"type\": \"object\", \"minProperties\": 1, \"propertyNames\": " REF(
            "word") ", \"additionalProperties\": " REF("stream") "}",
        "what can be read, by name"));

static const char must_config[] =
    "'required': ['env'], 'not': {'required': ['secret', 'default'], 'properties': {"
    "'secret': {'enum': [true, 'true']}, 'default': {'minLength': 1}}}";
TABLE(config, "a config value", must_config,
      K("env", S, REF("env"), "environment variable; its name with _FILE: a file"),
      K("default", S, TEXT, "value when it is not given"),
      K("secret", S, BOOL, "true: never shown; its file must not be readable by others"),
      K("description", S, TEXT, "what it is and where the vendor shows it"));

TABLE(requester, "a requester", NULL,
      K("url_base", S, REF("address"), "scheme and host, with or without a path"),
      K("path", S, TEMPLATE, "what follows url_base"),
      K("method", S, REF("words_method"), "GET or POST"),
      K("query", M | E, PAIRS("[\"object\", \"null\"]"), "parameters by name; percent-encoded"),
      K("headers", M | E,
        "{\"type\": [\"object\", \"null\"], \"additionalProperties\": " TEMPLATE
        ", \"propertyNames\": " REF("header_name") "}",
        "headers by name"),
      K("body", M | L, "{\"type\": [\"object\", \"array\"], \"allOf\": [" REF("json") "]}",
        "JSON body of a POST; JSON types are kept"),
      K("content_types", S | L, TEXTS, "content types that an answer may have"),
      K("retry", M, REF("retry"), "how often and how long to wait after passing errors"),
      K("timeout", S, DURATION, "time without a whole KiB that breaks an answer off: 60s"),
      LATER("raw_query", S, "query without percent-encoding"));

TABLE(retry, "retry", NULL, K("attempts", S, FROM_ONE, "requests in all for one page, default 6"),
      K("wait", S, DURATION, "first wait, doubled each time, default 1s"),
      K("max_wait", S, DURATION, "longest such wait, default 60s"));

static const char must_authenticator[] =
    "'required': ['type'], 'allOf': ["
    "{'if': {'properties': {'type': {'const': 'bearer'}}}, 'then': {'required': ['token']}}, "
    "{'if': {'properties': {'type': {'const': 'api_key'}}}, "
    "'then': {'required': ['header', 'value']}}, "
    "{'if': {'properties': {'type': {'const': 'basic'}}}, "
    "'then': {'required': ['username', 'password']}}, "
    "{'if': {'properties': {'type': {'const': 'oauth2'}}}, "
    "'then': {'required': ['token_url', 'client_id']}}, "
    "{'if': {'properties': {'type': {'const': 'oauth2'}, 'grant': {'const': 'refresh_token'}}, "
    "'required': ['grant']}, 'then': {'required': ['refresh_token']}}]";
TABLE(authenticator, "an authenticator", must_authenticator,
      K("type", S, REF("words_auth"), "none, bearer, api_key, basic or oauth2"),
      K("token", S, TEMPLATE, "of bearer"),
      K("header", S, TEMPLATE, "of api_key: the header's name"),
      K("value", S, TEMPLATE, "of api_key: the header's text, with its prefix"),
      K("username", S, TEMPLATE, "of basic"), K("password", S, TEMPLATE, "of basic"),
      K("grant", S, REF("words_grant"), "of oauth2: refresh_token or client_credentials"),
      K("token_url", S, REF("address"), "of oauth2: where access tokens are given out"),
      K("client_id", S, TEMPLATE, "of oauth2"), K("client_secret", S, TEMPLATE, "of oauth2"),
      K("refresh_token", S, TEXT, "of oauth2: the config value that holds it"),
      K("scopes", S | L, TEXTS, "of oauth2"),
      K("client_auth", S, REF("words_client_auth"), "of oauth2: body (default) or basic"),
      K("parameters", M, PAIRS("\"object\""), "of oauth2: further parameters of the token request"),
      K("prefix", S, TEXT, "of oauth2: word before the access token, default Bearer"),
      K("url_base", S, POINTER, "of oauth2: pointer into the token answer to the url_base to use"),
      LATER("command", S | L, "a program that prints a token"));

/* A file has no records of JSON, and one page. */
static const char must_stream[] =
    "'required': ['paginator'], 'dependentRequired': {'incremental': ['primary_key']}, "
    "'anyOf': [{'required': ['primary_key']}, {'properties': {'paginator': {'properties': "
    "{'overlap': {'not': {'enum': [true, 'true']}}}}}}], "
    "'if': {'properties': {'decoder': {'enum': ['csv', 'ndjson']}}, 'required': ['decoder']}, "
    "'then': {'properties': {'paginator': {'properties': {'type': {'const': 'none'}}}, "
    "'record_selector': false, 'fields': false, 'primary_key': false, 'incremental': false, "
    "'partitions': false}}, 'else': {'required': ['record_selector'], 'properties': "
    "{'must_have': false}}";
TABLE(stream, "a stream", must_stream, K("description", S, TEXT, "what its records are"),
      K("record", S | L, TEXTS,
        "record types, by name or kind, that its records are, the best first"),
      K("requester", M, REF("requester"), "what its requests have besides the connector's"),
      K("decoder", S, REF("words_decoder"), "json (default), csv or ndjson"),
      K("record_selector", M, REF("selector"), "where records are in an answer"),
      K("fields", M | E,
        "{\"type\": [\"object\", \"null\"], \"propertyNames\": " REF(
            "column") ", \"additionalProperties\": {\"anyOf\": [" POINTER ", " REF("field") "]}}",
        "columns by name: where their values are in a record"),
      K("ignore", S | L, REF("pointers"), "pointers to what comes along and is not wanted"),
      K("primary_key", S, POINTER, "pointer to the record's id"),
      K("must_have", S | L, REF("templates"),
        "of csv and ndjson: columns without which the answer is another file"),
      K("paginator", M, REF("paginator"), "how to come to the next page; none must be written out"),
      K("incremental", M, REF("incremental"), "how to ask for what changed"),
      K("partitions", M, REF("partitions"), "one fetch per value: accounts, lists"),
      K("error_rules", L | E, LIST_OF("error_rule"),
        "what its errors mean, before the connector's"),
      LATER("job", M, "create, poll, fetch"),
      LATER("parent", M, "a fetch per record of another stream"));

TABLE(selector, "a record_selector", "'required': ['records']",
      K("records", S, "{\"allOf\": [" POINTER ", {\"pattern\": \"^$|/[*](/|$)\"}]}",
        "pointer with *: each value is a record"),
      K("optional", S, BOOL,
        "true: the vendor leaves the list out when it is empty, or writes null"),
      K("members", S, BOOL, "true: records are the members of an object, too, not only of a list"),
      K("expand", S, POINTER, "pointer with * inside a record: each value is a row of its own"),
      LATER("columns", M, "columnar answers"));

static const char must_field[] =
    "'oneOf': [{'required': ['at']}, {'required': ['parent']}], "
    "'if': {'anyOf': [{'required': ['where']}, {'required': ['take']}]}, "
    "'then': {'properties': {'at': {'pattern': '/[*](/|$)'}, 'parent': {'pattern': "
    "'/[*](/|$)'}}}";
TABLE(field, "a field", must_field, K("at", S, POINTER, "pointer to the value in the record"),
      K("parent", S, POINTER, "with expand: pointer in the record that the row comes from"),
      K("ask", S, TEXT, "its name in {fields}; false: not asked for"),
      K("where", M,
        "{\"type\": \"object\", \"propertyNames\": " POINTER ", \"additionalProperties\": " TEXT
        "}",
        "of a list (* in at): pointers and the texts they must have"),
      K("take", S, POINTER, "of a list: pointer to the value in the item"),
      K("join", S, TEXT, "text between several values; else they are a JSON array"));

static const char must_paginator[] =
    "'required': ['type'], 'if': {'required': ['restart'], 'properties': {'restart': "
    "{'not': {'required': ['each_page'], 'properties': {'each_page': {'enum': [true, "
    "'true']}}}}}}, "
    "'then': {'required': ['cap']}, 'dependentSchemas': {'overlap': {'if': {'properties': "
    "{'overlap': {'enum': [true, 'true']}}}, 'then': {'properties': {'type': {'const': 'offset'}, "
    "'page_size': {'not': {'enum': [1, '1']}}}}}}, "
    "'allOf': [{'if': {'properties': {'type': {'const': 'cursor'}}}, "
    "'then': {'required': ['cursor']}, "
    "'else': {'properties': {'first': {'$ref': '#/$defs/from_zero'}}}}, "
    "{'if': {'properties': {'type': {'const': 'next_url'}}}, "
    "'then': {'required': ['next_url']}}]";
TABLE(paginator, "a paginator", must_paginator,
      K("type", S, REF("words_paging"), "none, cursor, next_url, link_header, offset or page"),
      K("cursor", S, POINTER, "of cursor: pointer to the next one, used as {cursor}"),
      K("next_url", S, POINTER, "of next_url: pointer to the address, taken as it is"),
      K("first", S, TEXT, "the first {cursor}, {offset} (0) or {page} (1)"),
      K("page_size", S, FROM_ONE, "records to ask for: {page_size}"),
      K("has_more", S, POINTER, "pointer: false ends the fetch; an object there: there is more"),
      K("done", S, POINTER, "pointer: true ends the fetch"),
      K("total", S, POINTER, "pointer to the number of records there are"),
      K("always", S, POINTER, "pointer to what every page has: without it the page is not whole"),
      K("with_records", S, POINTER,
        "the same of pages that have records: an empty one may lack it"),
      K("total_may_change", S, BOOL, "true: records that come meanwhile move none"),
      K("overlap", S, BOOL, "of offset, true: each page is asked for from the last record read"),
      K("cap", S, FROM_ONE, "records that the vendor gives for one query at most"),
      K("restart", M, REF("restart"), "where to go on at the cap, or behind each page"),
      K("max_pages", S, FROM_ONE, "pages after which something must be wrong, default 1000000"),
      LATER("cursor_header", S, "response header with the next cursor"));

TABLE(restart, "restart", "'required': ['key']",
      K("key", S, POINTER, "pointer to the value that the answer is sorted by"),
      K("first", S, TEXT, "the first {last_key}"),
      K("each_page", S, BOOL, "true: behind every page, so that no deleted record moves another"));

TABLE(incremental, "incremental", "'required': ['cursor_field']",
      K("cursor_field", S, POINTER, "pointer to a record's time of change"),
      K("start", S, REF("time"),
        "the first {since}, an ISO 8601 time; without it the first run has none"),
      K("lookback", S, DURATION, "how far before the bookmark a run begins: 10m, 2d"),
      K("format", S, REF("words_time_form"), "of cursor_field: iso (default), epoch or epoch_ms"),
      LATER("step", S, "longest span of one query"),
      LATER("delta_link", S, "pointer to the vendor's own bookmark"));

TABLE(partitions, "partitions", "'required': ['variable', 'values']",
      K("variable", S, TEXT, "its name in templates"),
      K("values", S | L, REF("templates"),
        "the values, or a template with them separated by commas"));

#define SAYS "{'anyOf': [{'required': ['is']}, {'required': ['contains']}]}"
#define LOOKS "{'anyOf': [{'required': ['at']}, {'required': ['header']}]}"
#define WHOLE "{'enum': [200, 201, 203, '200', '201', '203']}"
static const char must_error_rule[] =
    "'required': ['action'], 'anyOf': [{'required': ['status']}, {'required': ['at']}, "
    "{'required': ['header']}], 'not': {'required': ['at', 'header']}, "
    "'dependentSchemas': {'at': " SAYS ", 'header': " SAYS ", 'is': " LOOKS ", 'contains': " LOOKS
    "}, 'if': {'properties': {'action': {'const': 'accept'}}}, 'then': {'properties': {'status': "
    "{'anyOf': [" WHOLE ", {'type': 'array', 'items': " WHOLE "}]}}}";
TABLE(error_rule, "an error rule", must_error_rule,
      K("status", S | L, REF("statuses"), "HTTP statuses; without it any"),
      K("at", S, POINTER, "pointer into the answer's body"),
      K("header", S, TEXT, "a header of the answer, in place of at"),
      K("is", S | L, TEXTS, "values there"), K("contains", S, TEXT, "text there"),
      K("action", S, REF("words_action"), "retry, refresh, stop, empty, or accept: it is no error"),
      K("limit", S, REF("words_limit"), "burst or daily: a daily limit is not waited for"),
      K("wait", M, REF("wait"), "where the answer says how long to wait"),
      K("message", S, POINTER, "pointer to the vendor's words"));

TABLE(wait, "wait", NULL, K("header", S, TEXT, "header with the time"),
      K("at", S, POINTER, "pointer with the time"),
      K("unit", S, REF("words_unit"), "seconds, milliseconds, minutes or epoch"),
      K("for", S, DURATION, "a fixed time: 10s"));

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
