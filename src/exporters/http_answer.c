/* SPDX-License-Identifier: MIT */
#include "http_parts.h"

#include "../base/utf8.h"

#include <jansson.h>
#include <string.h>

/* What an answer means, and asking again until there is one to use. */

/* What an answer leads to. */
struct verdict {
    enum { USE, EMPTY, RETRY, REFRESH, STOP } what;
    const char *outcome;
    const struct mop_error_rule *rule; /* or NULL */
};

static bool is_one_of(const struct mop_texts *list, struct mop_sv text)
{
    for (size_t i = 0; i < list->n; i++)
        if (mop_sv_eq(list->list[i], text))
            return true;
    return false;
}

static bool contains(struct mop_sv text, struct mop_sv part)
{
    for (size_t i = 0; i + part.n <= text.n; i++)
        if (mop_sv_starts(mop_sv_sub(text, i, text.n), part))
            return true;
    return false;
}

/* What the rule looks at, in a header or in the body; absent if it is not there. */
static struct mop_sv said(struct mop_http *h, const struct mop_error_rule *r)
{
    if (r->header.n)
        return mop_answer_header(&h->answer, mop_arena_str(&h->batch, r->header));
    const json_t *v = h->doc.root ? mop_pointer_get(r->at, h->doc.root) : NULL;
    struct mop_sv text = v ? mop_json_doc_text(&h->doc, v, &h->batch) : MOP_SV_NONE;
    return v && !text.p ? MOP_SV("") : text;
}

/* Of the 2xx those that hold all that was asked for: not 202, which is yet to come, nor 206. */
static bool is_whole(long status)
{
    return status == 200 || status == 201 || status == 203;
}

static bool rule_fits(struct mop_http *h, const struct mop_error_rule *r)
{
    char status[16];
    if (r->action == MOP_ACTION_ACCEPT && !is_whole(h->answer.status))
        return false;
    snprintf(status, sizeof status, "%ld", h->answer.status);
    if (r->status.n && !is_one_of(&r->status, mop_sv_of(status)))
        return false;
    if (!r->at && !r->header.n)
        return true;
    struct mop_sv text = said(h, r);
    return text.p && (!r->is.n || is_one_of(&r->is, text)) &&
           (!r->contains.n || contains(text, r->contains));
}

static struct verdict by_status(long status)
{
    if (status == 204)
        return (struct verdict){EMPTY, "", NULL};
    if (is_whole(status))
        return (struct verdict){USE, "", NULL};
    if (status == 401)
        return (struct verdict){REFRESH, "unauthorized", NULL};
    if (status == 429)
        return (struct verdict){RETRY, "limit", NULL};
    if (status == 408 || status == 425 || (status >= 500 && status != 501 && status != 505))
        return (struct verdict){RETRY, "server-error", NULL};
    return (struct verdict){STOP, status == 403 ? "forbidden" : "refused", NULL};
}

static struct verdict by_rule(const struct mop_error_rule *r, long status)
{
    static const int actions[] = {[MOP_ACTION_RETRY] = RETRY,
                                  [MOP_ACTION_REFRESH] = REFRESH,
                                  [MOP_ACTION_STOP] = STOP,
                                  [MOP_ACTION_EMPTY] = EMPTY,
                                  [MOP_ACTION_ACCEPT] = USE};
    struct verdict plain = by_status(status);
    struct verdict v = {r->daily ? STOP : actions[r->action], r->daily ? "daily-limit" : "refused",
                        r};
    if (v.what == RETRY && plain.what == RETRY)
        v.outcome = plain.outcome;
    return v;
}

static struct verdict judge(struct mop_http *h)
{
    for (size_t i = 0; i < h->s->errors.n; i++)
        if (rule_fits(h, &h->s->errors.list[i]))
            return by_rule(&h->s->errors.list[i], h->answer.status);
    if (h->answer.status == 304 && h->conditional)
        return (struct verdict){EMPTY, "", NULL};
    return by_status(h->answer.status);
}

/* ---- messages ---- */

static struct mop_sv vendor_words(struct mop_http *h, const struct mop_error_rule *r, json_t *in)
{
    static const char *const usual[] = {"/message",
                                        "/error/message",
                                        "/error_description",
                                        "/errors/0/message",
                                        "/errors/0/detail",
                                        "/0/message",
                                        "/detail",
                                        "/title",
                                        "/error",
                                        "/errors",
                                        "/error_message",
                                        "/errorMessage",
                                        "/exception",
                                        "/exception/message",
                                        "/fault",
                                        "/fault/faultstring",
                                        "/odata.error/message/value",
                                        "/Message",
                                        "/Error",
                                        NULL};
    const json_t *v = NULL;
    struct mop_pointer p;
    size_t at;
    if (r && r->message && h->doc.root)
        v = mop_pointer_get(r->message, h->doc.root);
    for (size_t i = 0; !json_is_string(v) && in && usual[i]; i++)
        if (!mop_pointer_compile(&p, &h->batch, mop_sv_of(usual[i]), &at))
            v = mop_pointer_get(&p, in);
    if (!json_is_string(v))
        return MOP_SV("");
    return mop_http_masked_text(h, mop_json_doc_text(&h->doc, v, &h->batch));
}

/* `in`: the part of the answer that has the words; `unsaid` stands where it has none. Addresses of
 * people are no part of a message. */
static void say_refusal(struct mop_http *h, const struct verdict *v, json_t *in, const char *unsaid,
                        struct mop_err *e)
{
    struct mop_buf shown;
    struct mop_sv words = vendor_words(h, v->rule, in);
    mop_buf_init(&shown, 4096);
    if (mop_sv_find(words, '@') == words.n)
        mop_utf8_show(&shown, words, 110);
    mop_http_fail(h, e, v->outcome, "the answer is status %ld%s%.*s", h->answer.status,
                  shown.n ? ": " : unsaid, MOP_SV_ARG(mop_buf_view(&shown)));
    mop_buf_release(&shown);
    if (v->rule && v->rule->daily)
        mop_http_hint_reset(h, v->rule, e);
    if (h->answer.status == 304 && !h->conditional)
        mop_err_hint(e, "\"nothing changed\", but all was asked for: a cache on the way?");
}

int mop_http_refuse(struct mop_http *h, json_t *in, struct mop_err *e)
{
    say_refusal(h, &(struct verdict){STOP, "refused", NULL}, in, ", and tells of an error", e);
    return -1;
}

/* ---- asking ---- */

/* Only such a request can be answered by "nothing changed". */
static bool has_condition(const struct mop_request *q)
{
    static const char *const names[] = {"if-modified-since:", "if-none-match:"};
    struct mop_sv rest = mop_buf_view(&q->headers), line;
    while (mop_sv_next(&rest, '\n', &line))
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            if (mop_sv_eq_nocase(mop_sv_sub(line, 0, strlen(names[i])), mop_sv_of(names[i])))
                return true;
    return false;
}

static int send_page(struct mop_http *h, struct mop_err *e)
{
    struct mop_request q;
    mop_request_init(&q);
    int rc = mop_http_request(h, &q, false, e);
    h->conditional = has_condition(&q);
    if (!rc)
        rc = mop_http_send(h, &q, &h->answer, e);
    mop_request_release(&q);
    return rc;
}

/* A new access token, once per page; 0 to ask again. */
static int refresh(struct mop_http *h, const struct verdict *v, bool *refreshed, struct mop_err *e)
{
    if (h->c->auth.type == MOP_AUTH_OAUTH2 && !*refreshed) {
        *refreshed = true;
        h->has_token = false;
        return mop_http_authenticate(h, e);
    }
    struct verdict stop = *v;
    stop.outcome = "unauthorized";
    say_refusal(h, &stop, h->doc.root, "", e);
    mop_err_hint(e, "is the token right, and has it the scopes?");
    return -1;
}

/* The page before says that there is this one, or the total of the query before that more were to
 * come behind it, and not all have come: it cannot be that there is none. */
static bool is_owed(const struct mop_http *h)
{
    const struct mop_place *p = &h->place;
    if (!p->has_total && p->owed)
        return true;
    return p->promised && !(p->has_total && p->window >= p->total);
}

/* Times of change are by the vendor's clock. Where this machine's is ahead of it, a bookmark at the
 * begin of the run would pass over what changed while the run read. */
static void meet_clock(struct mop_http *h)
{
    int64_t us;
    struct mop_sv date = mop_answer_header(&h->answer, "date");
    if (date.p && mop_http_date(date, &us) && us < h->began_us)
        h->began_us = us;
}

/* One attempt: 0 and 1 as mop_http_ask, -1 the end, 2 to be tried again with *v, *e. */
static int attempt_page(struct mop_http *h, bool *refreshed, struct verdict *v, struct mop_err *e)
{
    int rc = send_page(h, e);
    if (rc) {
        h->answer.status = 0;
        return rc < 0 ? -1 : 2;
    }
    bool usable = h->answer.fd >= 0 ? h->answer.status == 200 : is_whole(h->answer.status);
    if (usable && (rc = mop_http_take(h, e)) != 0) {
        h->answer.status = 0;
        return rc < 0 ? -1 : 2;
    }
    if (!usable)
        mop_http_parse_error(h);
    *v = judge(h);
    if (v->what == USE && usable) {
        h->accepted = v->rule != NULL;
        meet_clock(h);
        return 0;
    }
    if (v->what == USE) /* only a 200 goes to a file */
        *v = (struct verdict){STOP, "refused", NULL};
    bool silent = v->what == EMPTY && h->answer.status == 204 && !v->rule &&
                  h->s->paginator.total && !h->place.has_total;
    if (v->what == EMPTY && !is_owed(h) && !silent)
        return 1;
    if (silent)
        *v = (struct verdict){STOP, "no-total", NULL};
    else if (v->what == EMPTY)
        *v = (struct verdict){STOP, "refused", v->rule};
    if (v->what == REFRESH) {
        rc = refresh(h, v, refreshed, e);
        return rc ? -1 : 3;
    }
    say_refusal(h, v, h->doc.root, "", e);
    return v->what == RETRY ? 2 : -1;
}

int mop_http_ask(struct mop_http *h, struct mop_err *e)
{
    bool refreshed = false;
    struct mop_err why = {0};
    struct verdict v = {STOP, "", NULL};
    if (mop_http_authenticate(h, e))
        return -1;
    for (uint64_t attempt = 1;; attempt++) {
        why = (struct mop_err){0};
        v.rule = NULL;
        int rc = attempt_page(h, &refreshed, &v, &why);
        if (rc == 0 || rc == 1)
            return rc;
        if (rc == 3)
            continue;
        if (rc < 0 || attempt >= h->s->requester.attempts ||
            mop_http_wait_before(h, h->answer.status ? v.rule : NULL, attempt, &why))
            break;
    }
    *e = why;
    return -1;
}
