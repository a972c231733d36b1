/* SPDX-License-Identifier: MIT */
#include "http_parts.h"

#include "source.h"

/* What there is to fetch, and what would be asked. */

static void list_config(const struct mop_connector *c, struct mop_buf *out)
{
    for (size_t i = 0; i < c->nconfig; i++) {
        const struct mop_config_value *v = &c->config[i];
        mop_buf_printf(out, "    %.*s: %.*s%s\n", MOP_SV_ARG(v->env),
                       MOP_SV_ARG(v->about.n ? v->about : v->name),
                       v->fallback.p ? " (optional)" : "");
    }
}

static void list_connector(const struct mop_connector *c, const char *file, struct mop_buf *out)
{
    mop_buf_printf(out, "%.*s: %.*s%s%s\n", MOP_SV_ARG(c->name), MOP_SV_ARG(c->title),
                   file ? ", from " : "", file ? file : "");
    for (size_t i = 0; i < c->nstreams; i++) {
        const struct mop_stream *s = &c->streams[i];
        mop_buf_printf(out, "  %.*s:%.*s%s%.*s%s\n", MOP_SV_ARG(c->name), MOP_SV_ARG(s->name),
                       s->about.n ? ": " : "", MOP_SV_ARG(s->about),
                       s->incremental.on ? " (--state)" : "");
    }
    list_config(c, out);
}

void mop_http_list(const struct mop_http_options *o, struct mop_buf *out)
{
    struct mop_arena a;
    struct mop_diags d;
    mop_arena_init(&a);
    mop_diags_init(&d);
    for (size_t i = 0; i < o->nconnectors; i++) {
        const struct mop_connector *c = mop_connector_load(&a, o->connectors[i], &d);
        if (c)
            list_connector(c, o->connectors[i], out);
        else
            mop_buf_printf(out, "%s: cannot be read\n", o->connectors[i]);
    }
    for (const struct mop_shipped_connector *x = mop_shipped_connectors; x->name; x++) {
        struct mop_sv text = {(const char *)x->text, x->n};
        const struct mop_connector *c = mop_connector_parse(&a, x->name, text, &d);
        if (c)
            list_connector(c, NULL, out);
    }
    mop_diags_release(&d);
    mop_arena_release(&a);
}

/* Where secrets stand they are masked already. The letters of a short one stand in other places by
 * chance, and masked there, they would tell what it is. */
static void forget_short(struct mop_secrets *s)
{
    enum { SHORT = 8 };
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++)
        if (s->list[i].n >= SHORT)
            s->list[n++] = s->list[i];
    s->n = n;
}

static void show(struct mop_http *h, const struct mop_request *q, struct mop_buf *out)
{
    struct mop_buf b;
    mop_buf_init(&b, 2 * MOP_HTTP_CAP_TEXT);
    mop_buf_printf(&b, "%s ", q->post ? "POST" : "GET");
    mop_buf_sv(&b, mop_buf_view(&q->url));
    mop_buf_chr(&b, '\n');
    mop_buf_sv(&b, mop_buf_view(&q->headers));
    if (q->type)
        mop_buf_printf(&b, "Content-Type: %s\n\n", q->type);
    mop_buf_sv(&b, mop_buf_view(&q->body));
    if (q->body.n)
        mop_buf_chr(&b, '\n');
    forget_short(&h->secrets);
    mop_http_masked(h, mop_buf_view(&b), out);
    mop_buf_release(&b);
    if (h->c->auth.url_base)
        mop_buf_str(out, "(of the host that the answer to the request for a token names)\n");
}

/* A masked address is not looked at: the same request unmasked is, as before it is sent. */
static int would_be_refused(struct mop_http *h, struct mop_err *e)
{
    struct mop_request q;
    mop_request_init(&q);
    int rc = mop_http_request(h, &q, false, e);
    mop_request_release(&q);
    return rc;
}

int mop_http_dry_run(const char *source, const struct mop_http_options *o, struct mop_buf *out,
                     struct mop_err *e)
{
    struct mop_http *h = mop_http_create(source, o);
    struct mop_request q;
    mop_request_init(&q);
    int rc = mop_http_find(h, source, e);
    if (!rc)
        rc = mop_http_request(h, &q, true, e) || would_be_refused(h, e) ? -1 : 0;
    if (!rc)
        show(h, &q, out);
    mop_request_release(&q);
    mop_http_free(h);
    return rc;
}
