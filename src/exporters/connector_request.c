/* SPDX-License-Identifier: MIT */
#include "connector_read.h"

#include "http_template.h"

#include <string.h>

/* Requests and authentication of a connector file. */

const char *const mop_variable_names[MOP_VARIABLES] = {"fields",    "cursor",   "offset", "page",
                                                       "page_size", "last_key", "since"};

/* Which formats go with which variable: text and those named here. */
static bool format_fits(int variable, enum mop_format_of f)
{
    bool list = f == MOP_AS_COMMA || f == MOP_AS_LIST || f == MOP_AS_REPEAT;
    if (variable == MOP_VAR_FIELDS)
        return f == MOP_AS_TEXT || list;
    if (variable == MOP_VAR_SINCE)
        return f == MOP_AS_TEXT || f >= MOP_AS_ISO;
    return f == MOP_AS_TEXT || f == MOP_AS_NUMBER;
}

/* The variable's number, MOP_VARIABLES for a config value or the partition, -1 for none. */
static int find_variable(R *r, struct mop_sv name)
{
    for (int i = 0; r->stream && i < MOP_VARIABLES; i++)
        if (mop_sv_eqs(name, mop_variable_names[i]))
            return i;
    bool partition = r->stream && r->stream->partition.n && mop_sv_eq(name, r->stream->partition);
    r->used_partition |= partition;
    return partition || mop_connector_value(r->c, name) ? MOP_VARIABLES : -1;
}

static void unknown_variable(R *r, const struct mop_node *at, struct mop_sv name)
{
    char hint[400];
    struct mop_sv *names = mop_arena_array(r->a, r->c->nconfig + MOP_VARIABLES + 1, sizeof *names);
    size_t n = 0;
    for (size_t i = 0; i < r->c->nconfig; i++)
        names[n++] = r->c->config[i].name;
    for (int i = 0; r->stream && i < MOP_VARIABLES; i++)
        names[n++] = mop_sv_of(mop_variable_names[i]);
    bool near = mop_did_you_mean(hint, sizeof hint, name, names, n);
    mop_connector_fault(r, "connector-template", at, near ? hint : "declare it under 'config'",
                        "no variable is called '%.*s' here", MOP_SV_ARG(name));
}

void mop_connector_check_template(R *r, const struct mop_node *n)
{
    struct mop_sv rest = n->text;
    struct mop_template_part part;
    const char *wrong;
    int more;
    struct mop_node place = *n;
    while ((more = mop_template_next(&rest, &part, &wrong)) > 0) {
        if (!part.name.p)
            continue;
        int v = find_variable(r, part.name);
        place.at = mop_node_place(n, r->file, (size_t)(part.name.p - n->text.p));
        place.span = (uint32_t)part.name.n;
        if (v < 0)
            unknown_variable(r, &place, part.name);
        else if (!format_fits(v, part.format))
            mop_connector_fault(r, "connector-template", &place, NULL, "'%.*s' has no such format",
                                MOP_SV_ARG(part.name));
        else if (v < MOP_VARIABLES)
            r->used |= 1u << v;
    }
    if (more < 0) {
        place.at = mop_node_place(n, r->file, n->text.n - rest.n);
        place.span = 1;
        mop_connector_fault(r, "connector-template", &place, NULL, "%s", wrong);
    }
}

struct mop_sv mop_connector_template(R *r, const struct mop_node *map,
                                     const struct mop_key_table *t, const char *key)
{
    const struct mop_node *n = mop_key_table_get(t, map, key);
    if (!n)
        return MOP_SV("");
    mop_connector_check_template(r, n);
    return n->text;
}

/* Adds the mapping's pairs, in place of those of the same name. */
static void add_pairs(R *r, const struct mop_node *map, struct mop_pairs *out)
{
    struct mop_pair *all = mop_arena_array(r->a, out->n + map->n + 1, sizeof *all);
    for (size_t i = 0; i < out->n; i++)
        all[i] = out->list[i];
    out->list = all;
    for (size_t i = 0; i < map->n; i++) {
        size_t k = 0;
        if (map->item[i]->kind != MOP_SCALAR || map->item[i]->null) {
            mop_connector_fault(r, "wrong-type", map->key[i], NULL, "'%.*s' takes a single value",
                                MOP_SV_ARG(map->key[i]->text));
            continue;
        }
        mop_connector_check_template(r, map->item[i]);
        while (k < out->n && !mop_sv_eq_nocase(all[k].name, map->key[i]->text))
            k++;
        all[k] = (struct mop_pair){map->key[i]->text, map->item[i]->text};
        out->n += k == out->n;
    }
}

static void check_body(R *r, const struct mop_node *n)
{
    if (n->kind == MOP_SCALAR && !n->null)
        mop_connector_check_template(r, n);
    for (size_t i = 0; n->kind != MOP_SCALAR && i < n->n; i++)
        check_body(r, n->item[i]);
}

static void read_retry(R *r, const struct mop_node *n, struct mop_requester *q)
{
    const struct mop_key_table *t = &mop_connector_keys_retry;
    if (!n)
        return;
    q->attempts = mop_connector_number(r, n, t, "attempts", 1, q->attempts);
    q->wait_ms = mop_connector_ms(r, n, t, "wait", q->wait_ms);
    q->max_wait_ms = mop_connector_ms(r, n, t, "max_wait", q->max_wait_ms);
}

static void add_requester(R *r, const struct mop_node *n, struct mop_requester *q)
{
    const struct mop_key_table *t = &mop_connector_keys_requester;
    const struct mop_node *query = mop_key_table_get(t, n, "query");
    const struct mop_node *headers = mop_key_table_get(t, n, "headers");
    const struct mop_node *body = mop_key_table_get(t, n, "body");
    if (mop_node_get(n, "url_base"))
        q->url_base = mop_connector_template(r, n, t, "url_base");
    if (mop_node_get(n, "path"))
        q->path = mop_connector_template(r, n, t, "path");
    q->post = mop_connector_word(r, n, t, "method", mop_words_method, q->post);
    if (query)
        add_pairs(r, query, &q->query);
    if (headers)
        add_pairs(r, headers, &q->headers);
    if (body) {
        check_body(r, body);
        q->body = body;
    }
    if (mop_node_get(n, "content_types"))
        q->content_types = mop_connector_texts(r, n, t, "content_types");
    read_retry(r, mop_key_table_get(t, n, "retry"), q);
    q->timeout_ms = mop_connector_ms(r, n, t, "timeout", q->timeout_ms);
}

/* What RFC 9110 lets a header be called. */
static bool is_header_name(struct mop_sv s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || (unsigned char)s.p[i] >= 0x7F ||
            strchr("\"(),/:;<=>?@[\\]{}", s.p[i]))
            return false;
    return s.n > 0;
}

static void check_header_name(R *r, const struct mop_node *at, struct mop_sv name)
{
    if (!is_header_name(name))
        mop_connector_fault(r, "connector-value", at, "letters, digits and hyphens",
                            "'%.*s' is no name of a header", MOP_SV_ARG(name));
}

/* The header that the authenticator sends, or "". */
static struct mop_sv own_header(const struct mop_authenticator *a)
{
    if (a->type == MOP_AUTH_NONE)
        return MOP_SV("");
    return a->type == MOP_AUTH_API_KEY ? a->header : MOP_SV("Authorization");
}

static void check_headers(R *r, const struct mop_node *headers)
{
    struct mop_sv own = own_header(&r->c->auth);
    for (size_t i = 0; i < headers->n; i++) {
        check_header_name(r, headers->key[i], headers->key[i]->text);
        if (own.n && mop_sv_eq_nocase(headers->key[i]->text, own))
            mop_connector_fault(
                r, "connector-value", headers->key[i], "leave it to the authenticator",
                "the authenticator sends the header '%.*s' already", MOP_SV_ARG(own));
    }
}

/* As far as it can be told before values are known: "{api}" may be anything. */
static void check_address(R *r, const struct mop_node *n)
{
    if (n && n->kind == MOP_SCALAR && n->text.n && n->text.p[0] != '{' &&
        !mop_sv_starts(n->text, MOP_SV("https://")) && !mop_sv_starts(n->text, MOP_SV("http://")))
        mop_connector_fault(r, "connector-value", n, NULL,
                            "an address begins with https://, http:// or a variable");
}

void mop_connector_check_requester(R *r, const struct mop_node *n)
{
    const struct mop_node *headers = mop_key_table_get(&mop_connector_keys_requester, n, "headers");
    if (headers)
        check_headers(r, headers);
    check_address(r, mop_key_table_get(&mop_connector_keys_requester, n, "url_base"));
    const struct mop_node *retry = mop_key_table_get(&mop_connector_keys_requester, n, "retry");
    mop_connector_keys(r, n, &mop_connector_keys_requester);
    if (retry)
        mop_connector_keys(r, retry, &mop_connector_keys_retry);
}

void mop_connector_requester(R *r, const struct mop_node *own, const struct mop_node *at,
                             struct mop_requester *q)
{
    *q = (struct mop_requester){
        .attempts = 6, .wait_ms = 1000, .max_wait_ms = 60000, .timeout_ms = 60000};
    if (r->common)
        add_requester(r, r->common, q);
    if (own)
        add_requester(r, own, q);
    if (!q->url_base.n)
        mop_connector_fault(r, "connector-missing", at, "give it here or to the whole connector",
                            "a requester without 'url_base'");
    if (q->body && !q->post)
        mop_connector_fault(r, "connector-value", at, "write method: POST",
                            "a GET request has no body");
}

static void read_oauth2(R *r, const struct mop_node *n, struct mop_authenticator *a)
{
    const struct mop_key_table *t = &mop_connector_keys_authenticator;
    const struct mop_node *parameters = mop_key_table_get(t, n, "parameters");
    mop_connector_need(r, n, t, "token_url");
    a->token_url = mop_connector_template(r, n, t, "token_url");
    check_address(r, mop_key_table_get(t, n, "token_url"));
    mop_connector_need(r, n, t, "client_id");
    a->client_id = mop_connector_template(r, n, t, "client_id");
    a->client_secret = mop_connector_template(r, n, t, "client_secret");
    a->by_refresh = mop_connector_word(r, n, t, "grant", mop_words_grant, 0);
    a->client_basic = mop_connector_word(r, n, t, "client_auth", mop_words_client_auth, 0);
    a->prefix = mop_connector_text(n, t, "prefix", MOP_SV("Bearer"));
    a->url_base = mop_connector_pointer(r, n, t, "url_base");
    struct mop_texts scopes = mop_connector_texts(r, n, t, "scopes");
    struct mop_buf b;
    mop_buf_init(&b, 1 << 16);
    for (size_t i = 0; i < scopes.n; i++)
        mop_buf_printf(&b, "%s%.*s", i ? " " : "", MOP_SV_ARG(scopes.list[i]));
    a->scopes = mop_arena_copy(r->a, mop_buf_view(&b));
    mop_buf_release(&b);
    if (a->by_refresh)
        a->refresh_token = mop_connector_need(r, n, t, "refresh_token");
    if (a->by_refresh && a->refresh_token.n && !mop_connector_value(r->c, a->refresh_token))
        mop_connector_fault(r, "connector-value", mop_node_get(n, "refresh_token"),
                            "name it without braces: a new one is written back to its file",
                            "no config value is called '%.*s'", MOP_SV_ARG(a->refresh_token));
    if (parameters)
        add_pairs(r, parameters, &a->parameters);
}

void mop_connector_authenticator(R *r, const struct mop_node *n, struct mop_authenticator *a)
{
    static const struct {
        const char *key;
        enum mop_auth of;
        size_t at;
    } needs[] = {{"token", MOP_AUTH_BEARER, offsetof(struct mop_authenticator, token)},
                 {"header", MOP_AUTH_API_KEY, offsetof(struct mop_authenticator, header)},
                 {"value", MOP_AUTH_API_KEY, offsetof(struct mop_authenticator, value)},
                 {"username", MOP_AUTH_BASIC, offsetof(struct mop_authenticator, username)},
                 {"password", MOP_AUTH_BASIC, offsetof(struct mop_authenticator, password)}};
    const struct mop_key_table *t = &mop_connector_keys_authenticator;
    if (!mop_connector_keys(r, n, t))
        return;
    mop_connector_need(r, n, t, "type");
    a->type = (enum mop_auth)mop_connector_word(r, n, t, "type", mop_words_auth, MOP_AUTH_NONE);
    for (size_t i = 0; i < sizeof needs / sizeof *needs; i++) {
        if (needs[i].of != a->type)
            continue;
        mop_connector_need(r, n, t, needs[i].key);
        *(struct mop_sv *)((char *)a + needs[i].at) = mop_connector_template(r, n, t, needs[i].key);
    }
    if (a->type == MOP_AUTH_API_KEY && a->header.n && mop_sv_find(a->header, '{') == a->header.n)
        check_header_name(r, mop_node_get(n, "header"), a->header);
    if (a->type == MOP_AUTH_OAUTH2)
        read_oauth2(r, n, a);
}
