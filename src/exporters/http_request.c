/* SPDX-License-Identifier: MIT */
#include "http_parts.h"

#include "../base/text.h"

#include <string.h>

/* The next page's request, from the connector's templates. */

void mop_request_init(struct mop_request *q)
{
    memset(q, 0, sizeof *q);
    mop_buf_init(&q->url, MOP_HTTP_CAP_URL);
    mop_buf_init(&q->shown, MOP_HTTP_CAP_URL);
    mop_buf_init(&q->body, MOP_HTTP_CAP_TEXT);
    mop_buf_init(&q->shown_body, MOP_HTTP_CAP_TEXT);
    mop_buf_init(&q->headers, MOP_HTTP_CAP_HEADERS);
}

void mop_request_release(struct mop_request *q)
{
    mop_buf_release(&q->url);
    mop_buf_release(&q->shown);
    mop_buf_release(&q->body);
    mop_buf_release(&q->shown_body);
    mop_buf_release(&q->headers);
}

/* What one request is made with. */
struct making {
    struct mop_http *h;
    struct mop_render render;
    struct mop_buf text; /* of one template */
};

/* Renders into m->text; false: left out. */
static bool render(struct making *m, struct mop_sv template_)
{
    mop_buf_reset(&m->text);
    return mop_template_render(template_, mop_http_value, &m->render, NULL, &m->text);
}

static void add_parameter(struct mop_buf *url, struct mop_sv name, struct mop_sv value)
{
    bool first = !url->n || !memchr(url->p, '?', url->n);
    mop_buf_chr(url, first ? '?' : '&');
    mop_percent_encode(url, name);
    mop_buf_chr(url, '=');
    if (mop_sv_eqs(value, "***"))
        mop_buf_sv(url, value);
    else
        mop_percent_encode(url, value);
}

static void add_query(struct making *m, struct mop_buf *url)
{
    const struct mop_pairs *query = &m->h->s->requester.query;
    struct mop_sv piece;
    for (size_t i = 0; i < query->n; i++) {
        if (!render(m, query->list[i].value))
            continue;
        struct mop_sv rest = mop_buf_view(&m->text);
        if (!mop_template_is_lone(query->list[i].value, MOP_AS_REPEAT))
            add_parameter(url, query->list[i].name, rest);
        else
            while (mop_sv_next(&rest, ',', &piece))
                add_parameter(url, query->list[i].name, piece);
    }
}

/* The stream's own address, without a query. */
static void add_first_url(struct making *m, struct mop_buf *url)
{
    const struct mop_requester *r = &m->h->s->requester;
    if (m->h->url_base.n)
        mop_buf_sv(url, mop_buf_view(&m->h->url_base));
    else
        mop_template_render(r->url_base, mop_http_value, &m->render, NULL, url);
    mop_template_render(r->path, mop_http_value, &m->render, mop_percent_encode, url);
}

static void add_shown_next(struct making *m, struct mop_buf *url)
{
    struct mop_buf first;
    mop_buf_init(&first, MOP_HTTP_CAP_URL);
    add_first_url(m, &first);
    mop_url_shown_next(m->h->place.cursor.p, first.p ? first.p : "", url);
    mop_buf_release(&first);
}

static void add_url(struct making *m, struct mop_buf *url)
{
    if (m->h->place.by_url && m->render.mask) {
        add_shown_next(m, url);
        return;
    }
    if (m->h->place.by_url) {
        mop_buf_sv(url, mop_buf_view(&m->h->place.cursor));
        return;
    }
    add_first_url(m, url);
    add_query(m, url);
}

static int add_header(struct making *m, struct mop_buf *headers, const struct mop_pair *p,
                      struct mop_err *e)
{
    if (!render(m, p->value))
        return 0;
    for (size_t i = 0; i < m->text.n; i++)
        if ((unsigned char)m->text.p[i] < 0x20 || m->text.p[i] == 0x7F) {
            mop_err_set(e, 2, (struct mop_loc){0},
                        "header '%.*s': a control character in its value", MOP_SV_ARG(p->name));
            return -1;
        }
    mop_buf_printf(headers, "%.*s: ", MOP_SV_ARG(p->name));
    mop_buf_sv(headers, mop_buf_view(&m->text));
    mop_buf_chr(headers, '\n');
    return 0;
}

static bool is_json_literal(struct mop_sv s)
{
    size_t i = s.n && s.p[0] == '-', digits = 0;
    if (mop_sv_eqs(s, "true") || mop_sv_eqs(s, "false"))
        return true;
    for (; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++)
        digits++;
    bool zero = digits > 1 && s.p[i - digits] == '0';
    if (digits && i + 1 < s.n && s.p[i] == '.')
        for (i++; i < s.n && s.p[i] >= '0' && s.p[i] <= '9';)
            i++;
    return digits && !zero && i == s.n;
}

static bool add_json(struct making *m, const struct mop_node *n, struct mop_buf *out);

static void add_list(struct making *m, struct mop_buf *out)
{
    struct mop_sv rest = mop_buf_view(&m->text), piece;
    bool first = true;
    mop_buf_chr(out, '[');
    while (rest.n && mop_sv_next(&rest, ',', &piece)) {
        if (!first)
            mop_buf_chr(out, ',');
        mop_json_quote(out, piece);
        first = false;
    }
    mop_buf_chr(out, ']');
}

static bool add_scalar(struct making *m, const struct mop_node *n, struct mop_buf *out)
{
    if (n->null)
        mop_buf_str(out, "null");
    else if (n->plain && is_json_literal(n->text))
        mop_buf_sv(out, n->text);
    else if (!render(m, n->text))
        return false;
    else if (mop_template_is_lone(n->text, MOP_AS_LIST))
        add_list(m, out);
    else if (mop_template_is_lone(n->text, MOP_AS_NUMBER) &&
             is_json_literal(mop_buf_view(&m->text)))
        mop_buf_sv(out, mop_buf_view(&m->text));
    else
        mop_json_quote(out, mop_buf_view(&m->text));
    return true;
}

/* An item of a list one of whose members has no value, such as a filter, is left out whole. */
static bool lacks_value(struct making *m, const struct mop_node *n)
{
    for (size_t i = 0; n->kind == MOP_MAPPING && i < n->n; i++)
        if (n->item[i]->kind == MOP_SCALAR && !n->item[i]->null && !render(m, n->item[i]->text))
            return true;
    return false;
}

static void add_children(struct making *m, const struct mop_node *n, struct mop_buf *out)
{
    bool mapping = n->kind == MOP_MAPPING, first = true;
    mop_buf_chr(out, mapping ? '{' : '[');
    for (size_t i = 0; i < n->n; i++) {
        size_t before = out->n;
        if (!first)
            mop_buf_chr(out, ',');
        if (mapping) {
            mop_json_quote(out, n->key[i]->text);
            mop_buf_chr(out, ':');
        }
        if ((mapping || !lacks_value(m, n->item[i])) && add_json(m, n->item[i], out))
            first = false;
        else
            out->n = before;
    }
    mop_buf_chr(out, mapping ? '}' : ']');
}

/* False: it is left out. */
static bool add_json(struct making *m, const struct mop_node *n, struct mop_buf *out)
{
    if (n->kind == MOP_SCALAR)
        return add_scalar(m, n, out);
    add_children(m, n, out);
    return true;
}

/* Does the address come from an answer? */
static bool by_vendor(const struct mop_http *h)
{
    return h->place.by_url || h->url_base.n;
}

static int vendors_fault(const struct mop_http *h, const char *what, struct mop_err *e)
{
    return h->place.by_url
               ? mop_http_fail(h, e, "bad-next-page", "the next page's address %s", what)
               : mop_http_fail(h, e, "token-answer", "the address in the token answer %s", what);
}

/* Said here, not at the vendor: nothing of such an address is masked. */
static int check_user(const struct mop_http *h, const struct mop_request *q, struct mop_err *e)
{
    if (!q->url.p || !mop_url_has_user(q->url.p))
        return 0;
    if (by_vendor(h))
        return vendors_fault(h, "holds a user name or password", e);
    mop_err_set(e, 2, (struct mop_loc){h->source.name, 0, 0},
                "its address holds a user name or password");
    mop_err_hint(e, "write authenticator: {type: basic, username: ..., password: ...}");
    return -1;
}

static int check_sizes(const struct mop_http *h, const struct mop_request *q, struct mop_err *e)
{
    if (q->url.over || q->body.over || q->headers.over)
        return mop_http_fail(h, e, "request-too-long", "the request is too long to be sent");
    bool allowed = mop_url_is_allowed(q->url.p, h->o->allow_http);
    if (!allowed && by_vendor(h))
        return vendors_fault(h, "is not https", e);
    if (!allowed) {
        mop_err_set(e, 2, (struct mop_loc){h->source.name, 0, 0},
                    "its address is not https, and not on this machine");
        mop_err_hint(e, "--allow-http lets credentials and data travel in the open");
        return -1;
    }
    return 0;
}

int mop_http_request(struct mop_http *h, struct mop_request *q, bool mask, struct mop_err *e)
{
    const struct mop_requester *r = &h->s->requester;
    struct making m = {.h = h, .render = {h, mask}};
    int rc = 0;
    mop_buf_init(&m.text, MOP_HTTP_CAP_TEXT);
    add_url(&m, &q->url);
    m.render.mask = true;
    add_url(&m, &q->shown);
    m.render.mask = mask;
    q->post = r->post;
    for (size_t i = 0; !rc && i < r->headers.n; i++)
        rc = add_header(&m, &q->headers, &r->headers.list[i], e);
    if (r->post && r->body) {
        q->type = "application/json";
        add_json(&m, r->body, &q->body);
        m.render.mask = true;
        add_json(&m, r->body, &q->shown_body);
        m.render.mask = mask;
    }
    mop_http_authorize(h, q, mask);
    mop_buf_release(&m.text);
    if (!rc)
        rc = check_user(h, q, e);
    if (!rc && !mask)
        rc = check_sizes(h, q, e);
    return rc;
}
