/* SPDX-License-Identifier: MIT */
#include "http_parts.h"

/*
 * A request until there is an answer that is no redirect. They are followed by hand: what the
 * connector sends never goes to another host, and https never becomes http.
 */

struct mop_sv mop_answer_header(const struct mop_answer *x, const char *name)
{
    struct mop_sv rest = mop_buf_view(&x->headers), line;
    while (mop_sv_next(&rest, '\n', &line)) {
        size_t colon = mop_sv_find(line, ':');
        if (mop_sv_eq_nocase(mop_sv_sub(line, 0, colon), mop_sv_of(name)))
            return mop_sv_trim(mop_sv_sub(line, colon + 1, line.n));
    }
    return MOP_SV_NONE;
}

/* Of an answer's headers those that say how much more may be asked. */
static void trace_limits(const struct mop_http *h, const struct mop_answer *x)
{
    struct mop_sv rest = mop_buf_view(&x->headers), line;
    while (h->o->trace && mop_sv_next(&rest, '\n', &line)) {
        struct mop_sv name = mop_sv_sub(line, 0, mop_sv_find(line, ':'));
        bool limit = mop_sv_eq_nocase(name, MOP_SV("retry-after"));
        for (size_t i = 0; i + 5 <= name.n; i++)
            limit |= mop_sv_eq_nocase(mop_sv_sub(name, i, i + 5), MOP_SV("limit"));
        if (limit)
            mop_http_trace(h, "  %.*s", MOP_SV_ARG(mop_sv_sub(line, 0, 200)));
    }
}

static void trace(const struct mop_http *h, const struct mop_request *q, const struct mop_answer *x)
{
    struct mop_sv type = mop_answer_header(x, "content-type");
    mop_http_trace(h, "%s %.*s", q->post ? "POST" : "GET", MOP_SV_ARG(mop_buf_view(&q->shown)));
    if (q->shown_body.n && !q->foreign)
        mop_http_trace(h, "  %.*s", MOP_SV_ARG(mop_buf_view(&q->shown_body)));
    if (!x->status)
        return;
    mop_http_trace(h, "  %ld %.*s, %llu bytes", x->status, MOP_SV_ARG(type),
                   (unsigned long long)x->received);
    trace_limits(h, x);
}

/* Of a path that the answer names only what the request showed already: the rest may be a token. */
static void show_redirect(struct mop_request *q)
{
    struct mop_buf shown;
    mop_buf_init(&shown, MOP_HTTP_CAP_URL);
    if (q->foreign)
        mop_url_shown(q->url.p, true, &shown);
    else
        mop_url_shown_next(q->url.p, q->shown.p, &shown);
    mop_buf_reset(&q->shown);
    mop_buf_sv(&q->shown, mop_buf_view(&shown));
    mop_buf_release(&shown);
}

/* Moves the request to where the answer points. */
static int redirect(struct mop_http *h, struct mop_request *q, const struct mop_answer *x,
                    struct mop_err *e)
{
    struct mop_buf to;
    struct mop_sv where = mop_answer_header(x, "location");
    mop_buf_init(&to, MOP_HTTP_CAP_URL);
    bool good = where.n && mop_url_resolve(q->url.p, where, &to);
    int rc = 0;
    if (!good)
        rc = mop_http_fail(h, e, "bad-redirect", "a redirect leads nowhere");
    else if (q->post)
        rc = mop_http_fail(h, e, "bad-redirect", "a POST request is redirected");
    else if (mop_url_is_https(q->url.p) && !mop_url_is_https(to.p))
        rc = mop_http_fail(h, e, "insecure-redirect", "a redirect leads from https to http");
    else if (!mop_url_is_allowed(to.p, h->o->allow_http))
        rc = mop_http_fail(h, e, "insecure-redirect", "a redirect leads to plain http");
    if (!rc) {
        q->foreign |= !mop_url_same_host(q->url.p, to.p);
        mop_buf_reset(&q->url);
        mop_buf_sv(&q->url, mop_buf_view(&to));
        show_redirect(q);
    }
    mop_buf_release(&to);
    return rc;
}

static bool is_redirect(long status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

int mop_http_send(struct mop_http *h, struct mop_request *q, struct mop_answer *x,
                  struct mop_err *e)
{
    for (int i = 0; i <= MOP_HTTP_REDIRECTS; i++) {
        int rc = mop_client_send(h, q, x, e);
        trace(h, q, x);
        if (rc || !is_redirect(x->status))
            return rc;
        if (redirect(h, q, x, e))
            return -1;
    }
    return mop_http_fail(h, e, "bad-redirect", "more than %d redirects", MOP_HTTP_REDIRECTS);
}
