/* SPDX-License-Identifier: MIT */
#include "http_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Who asks: headers with credentials, and access tokens (OAuth 2, RFC 6749). */

static void base64(struct mop_buf *out, struct mop_sv s)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < s.n; i += 3) {
        uint32_t v = (uint32_t)(unsigned char)s.p[i] << 16;
        v |= i + 1 < s.n ? (uint32_t)(unsigned char)s.p[i + 1] << 8 : 0;
        v |= i + 2 < s.n ? (uint32_t)(unsigned char)s.p[i + 2] : 0;
        for (size_t k = 0; k < 4; k++)
            mop_buf_chr(out, i + k > s.n ? '=' : digits[v >> (18 - 6 * k) & 63]);
    }
}

static void add_basic(struct mop_http *h, struct mop_buf *headers, struct mop_sv user,
                      struct mop_sv password)
{
    struct mop_buf b, code;
    mop_buf_init(&b, MOP_HTTP_CAP_TEXT);
    mop_buf_init(&code, 2 * MOP_HTTP_CAP_TEXT);
    mop_buf_sv(&b, user);
    mop_buf_chr(&b, ':');
    mop_buf_sv(&b, password);
    base64(&code, mop_buf_view(&b));
    mop_http_secret(h, mop_buf_view(&code));
    mop_buf_str(headers, "Authorization: Basic ");
    mop_buf_sv(headers, mop_buf_view(&code));
    mop_buf_chr(headers, '\n');
    mop_buf_release(&b);
    mop_buf_release(&code);
}

static void add_line(struct mop_buf *headers, struct mop_sv name, struct mop_sv before,
                     struct mop_sv value)
{
    mop_buf_sv(headers, name);
    mop_buf_str(headers, ": ");
    mop_buf_sv(headers, before);
    mop_buf_sv(headers, value);
    mop_buf_chr(headers, '\n');
}

void mop_http_authorize(struct mop_http *h, struct mop_request *q, bool mask)
{

    const struct mop_authenticator *a = &h->c->auth;
    static const struct mop_sv stars = {"***", 3}, name = {"Authorization", 13};
    struct mop_sv text;
    switch (a->type) {
    case MOP_AUTH_NONE:
        break;
    case MOP_AUTH_BEARER:
        text = mask ? stars : mop_http_text(h, &h->batch, a->token);
        add_line(&q->headers, name, MOP_SV("Bearer "), text);
        break;
    case MOP_AUTH_API_KEY:
        text = mop_http_text(h, &h->batch, a->value);
        if (text.p)
            add_line(&q->headers, a->header, MOP_SV(""), mask ? stars : text);
        break;
    case MOP_AUTH_BASIC:
        if (mask)
            add_line(&q->headers, name, MOP_SV("Basic "), stars);
        else
            add_basic(h, &q->headers, mop_http_text(h, &h->batch, a->username),
                      mop_http_text(h, &h->batch, a->password));
        break;
    case MOP_AUTH_OAUTH2:
        add_line(&q->headers, name, a->prefix, MOP_SV(" "));
        q->headers.n--; /* the line end goes behind the token */
        mop_buf_sv(&q->headers, mask ? stars : mop_buf_view(&h->access_token));
        mop_buf_chr(&q->headers, '\n');
        break;
    }
}

static void add_form(struct mop_buf *body, const char *name, struct mop_sv value)
{
    if (!value.n)
        return;
    mop_buf_printf(body, "%s%s=", body->n ? "&" : "", name);
    mop_percent_encode(body, value);
}

static size_t refresh_index(const struct mop_http *h)
{
    size_t i = 0;
    while (i < h->c->nconfig && !mop_sv_eq(h->c->config[i].name, h->c->auth.refresh_token))
        i++;
    return i;
}

static void token_request(struct mop_http *h, struct mop_request *q)
{
    const struct mop_authenticator *a = &h->c->auth;
    struct mop_arena *m = &h->batch;
    struct mop_sv id = mop_http_text(h, m, a->client_id);
    struct mop_sv secret = mop_http_text(h, m, a->client_secret);
    mop_buf_sv(&q->url, mop_http_text(h, m, a->token_url));
    mop_url_shown(q->url.p ? q->url.p : "", false, &q->shown);
    q->post = true;
    q->type = "application/x-www-form-urlencoded";
    mop_buf_str(&q->headers, "Accept: application/json\n");
    add_form(&q->body, "grant_type",
             a->by_refresh ? MOP_SV("refresh_token") : MOP_SV("client_credentials"));
    if (a->by_refresh)
        add_form(&q->body, "refresh_token", h->config[refresh_index(h)]);
    add_form(&q->body, "scope", a->scopes);
    if (a->client_basic)
        add_basic(h, &q->headers, id, secret);
    else {
        add_form(&q->body, "client_id", id);
        add_form(&q->body, "client_secret", secret);
    }
    for (size_t i = 0; i < a->parameters.n; i++)
        add_form(&q->body, mop_arena_str(m, a->parameters.list[i].name),
                 mop_http_text(h, m, a->parameters.list[i].value));
}

/* A refresh token that replaces the one that was used: lost, nobody could ask again. */
static int keep_refresh_token(struct mop_http *h, json_t *v, struct mop_err *e)
{
    size_t i = refresh_index(h);
    struct mop_sv text = {json_string_value(v), json_string_length(v)}; /* "" is none */
    if (!text.n || mop_sv_eq(text, h->config[i]))
        return 0;
    h->config[i] = mop_arena_copy(&h->arena, text);
    mop_http_secret(h, h->config[i]);
    const char *file = h->config_file[i];
    if (!file || mop_http_is_pipe(file)) {
        mop_http_note(h,
                      "the vendor gave out a new refresh token, which cannot be kept: give it "
                      "in a file (%.*s_FILE)",
                      MOP_SV_ARG(h->c->config[i].env));
        return 0;
    }
    if (mop_http_replace(file, mop_arena_printf(&h->batch, "%.*s\n", MOP_SV_ARG(text))) == 0)
        return 0;
    return mop_http_fail(h, e, "token-not-kept", "cannot write the new refresh token (%s) to '%s'",
                         strerror(errno), file);
}

static int take_base(struct mop_http *h, json_t *root, struct mop_err *e)
{
    if (!h->c->auth.url_base)
        return 0;
    const json_t *v = mop_pointer_get(h->c->auth.url_base, root);
    if (!json_is_string(v))
        return mop_http_fail(h, e, "token-answer", "the token answer says no address to ask");
    mop_buf_reset(&h->url_base);
    mop_buf_add(&h->url_base, json_string_value(v), json_string_length(v));
    return 0;
}

static bool is_clean(const char *s)
{
    for (; *s; s++)
        if ((unsigned char)*s < 0x21 || *s == 0x7F)
            return false;
    return true;
}

static int take_token(struct mop_http *h, struct mop_err *e)
{
    struct mop_json_doc doc = {0};
    struct mop_err why = {0};
    bool good = mop_json_doc_read(&doc, mop_buf_view(&h->answer.body), 0, NULL);
    const json_t *token = good ? json_object_get(doc.root, "access_token") : NULL;
    int rc = 0;
    if (!json_string_length(token) || !is_clean(json_string_value(token)))
        rc = mop_http_fail(h, &why, "token-answer", "the token answer holds no access token");
    if (!rc) {
        mop_buf_reset(&h->access_token);
        mop_buf_add(&h->access_token, json_string_value(token), json_string_length(token));
        mop_http_secret(h, mop_buf_view(&h->access_token));
        h->has_token = true;
        rc = take_base(h, doc.root, &why);
    }
    if (!rc && h->c->auth.by_refresh)
        rc = keep_refresh_token(h, json_object_get(doc.root, "refresh_token"), &why);
    mop_json_doc_release(&doc);
    if (rc)
        *e = why;
    return rc;
}

static bool may_pass(long status)
{
    return status == 429 || status >= 500;
}

/* What the token's server says to a refusal: a word such as invalid_grant. */
static int refused(struct mop_http *h, struct mop_err *e)
{
    struct mop_json_doc doc = {0};
    const char *word = NULL;
    if (mop_json_doc_read(&doc, mop_buf_view(&h->answer.body), 0, NULL))
        word = json_string_value(json_object_get(doc.root, "error"));
    bool plain = word && strspn(word, "abcdefghijklmnopqrstuvwxyz_") == strlen(word);
    long status = h->answer.status;
    const char *outcome = status == 429 ? "limit" : status >= 500 ? "server-error" : "unauthorized";
    mop_http_fail(h, e, outcome, "no access token: status %ld%s%.60s", status, plain ? ", " : "",
                  plain ? word : "");
    if (!may_pass(status))
        mop_err_hint(e, "are client and token right, and not revoked?");
    mop_json_doc_release(&doc);
    return -1;
}

static int ask_once(struct mop_http *h, struct mop_err *e)
{
    struct mop_request q;
    mop_request_init(&q);
    token_request(h, &q);
    int rc = 0;
    if (!mop_url_is_allowed(q.url.p ? q.url.p : "", h->o->allow_http)) {
        mop_err_set(e, 2, (struct mop_loc){h->source.name, 0, 0}, "token_url is not https");
        rc = -1;
    }
    if (!rc)
        rc = mop_http_send(h, &q, &h->answer, e);
    mop_request_release(&q);
    if (rc)
        return rc;
    if (h->answer.status == 200)
        return take_token(h, e);
    refused(h, e);
    return may_pass(h->answer.status) ? 1 : -1;
}

/* Asks for a token until there is one. */
static int ask(struct mop_http *h, struct mop_err *e)
{
    const struct mop_requester *r = &h->s->requester;
    int fd = h->answer.fd, rc = 1;
    struct mop_err why = {0};
    h->answer.fd = -1;
    for (uint64_t attempt = 1; rc == 1 && attempt <= r->attempts; attempt++) {
        why = (struct mop_err){0};
        rc = ask_once(h, &why);
        if (rc == 1 && attempt < r->attempts && mop_http_wait_before(h, NULL, attempt, &why))
            rc = -1;
    }
    h->answer.fd = fd;
    if (rc)
        *e = why;
    return rc ? -1 : 0;
}

/* A refresh token may be good for one use: of runs that share its file one asks after the other,
 * each with what the one before it was given. */
int mop_http_authenticate(struct mop_http *h, struct mop_err *e)
{
    int lock = -1, rc;
    if (h->c->auth.type != MOP_AUTH_OAUTH2 || h->has_token)
        return 0;
    size_t i = h->c->auth.by_refresh ? refresh_index(h) : h->c->nconfig;
    const char *file = i < h->c->nconfig ? h->config_file[i] : NULL;
    if (file && mop_http_lock(h, file, &lock, e))
        return -1;
    rc = file ? mop_http_reread(h, i, e) : 0;
    if (!rc)
        rc = ask(h, e);
    mop_http_unlock(lock);
    return rc;
}
