/* SPDX-License-Identifier: MIT */
#include "http_parts.h"

#include "source.h"

#include "../base/civil.h"
#include "../base/utf8.h"

#include <jansson.h>
#include <string.h>
#include <unistd.h>

/* From a request to an answer that can be used: what errors mean, and asking again. */

enum { FLAGS = JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL | JSON_DECODE_ANY, LONG_WAIT_MS = 3600000 };

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

static bool rule_fits(struct mop_http *h, const struct mop_error_rule *r)
{
    char status[16];
    snprintf(status, sizeof status, "%ld", h->answer.status);
    if (r->status.n && !is_one_of(&r->status, mop_sv_of(status)))
        return false;
    if (!r->at && !r->header.n)
        return true;
    struct mop_sv text = said(h, r);
    return text.p && (!r->is.n || is_one_of(&r->is, text)) &&
           (!r->contains.n || contains(text, r->contains));
}

/* Of the 2xx those that hold all that was asked for: not 202, which is yet to come, nor 206. */
static bool is_whole(long status)
{
    return status == 200 || status == 201 || status == 203;
}

static struct verdict by_status(long status)
{
    if (status == 204 || status == 304)
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
                                  [MOP_ACTION_EMPTY] = EMPTY};
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
    return by_status(h->answer.status);
}

/* ---- content ---- */

static bool type_is(struct mop_sv type, const char *const *names)
{
    for (; *names; names++)
        if (mop_sv_eq_nocase(type, mop_sv_of(*names)))
            return true;
    return false;
}

bool mop_content_type_fits(struct mop_sv type, const struct mop_stream *s)
{
    static const char *const json[] = {"application/json", "text/json", NULL};
    static const char *const csv[] = {"text/csv", "application/csv", NULL};
    static const char *const lines[] = {"application/x-ndjson", "application/ndjson",
                                        "application/jsonl",    "application/x-jsonlines",
                                        "application/json",     NULL};
    static const char *const *const usual[] = {json, csv, lines};
    type = mop_sv_trim(mop_sv_sub(type, 0, mop_sv_find(type, ';')));
    for (size_t i = 0; i < s->requester.content_types.n; i++)
        if (mop_sv_eq_nocase(type, s->requester.content_types.list[i]))
            return true;
    if (s->requester.content_types.n)
        return false;
    bool suffix =
        type.n > 5 && mop_sv_eq_nocase(mop_sv_sub(type, type.n - 5, type.n), MOP_SV("+json"));
    return type_is(type, usual[s->decoder]) || (s->decoder == MOP_DECODE_JSON && suffix);
}

static int check_type(struct mop_http *h, struct mop_err *e)
{
    struct mop_sv type = mop_answer_header(&h->answer, "content-type");
    if (mop_content_type_fits(type, h->s))
        return 0;
    mop_http_fail(h, e, "wrong-content-type", "an answer is '%.*s' and not %s",
                  MOP_SV_ARG(mop_sv_sub(type, 0, 60)),
                  h->s->decoder == MOP_DECODE_CSV ? "CSV" : "JSON");
    mop_err_hint(e, "a login page? the address or the credentials may be wrong");
    return -1;
}

/* What is wrong, in words of our own: jansson's quote the data. */
static int not_json(struct mop_http *h, struct mop_sv body, const json_error_t *why,
                    struct mop_err *e)
{
    enum json_error_code code = json_error_code(why);
    const char *what = "is no JSON";
    if (code == json_error_stack_overflow)
        return mop_http_fail(h, e, "too-large", "%s is nested deeper than %d levels", h->page,
                             JSON_PARSER_MAX_DEPTH);
    bool mark = mop_sv_starts(body, MOP_SV("\xEF\xBB\xBF"));
    if (mark)
        what = "begins with a byte order mark, which JSON does not have";
    else if (code == json_error_duplicate_key)
        what = "has a member twice";
    else if (!strncmp(why->text, "invalid Unicode", strlen("invalid Unicode")))
        what = "has half of a surrogate pair";
    return mop_http_fail(h, e, "not-json", "%s %s, at byte %d", h->page, what,
                         mark || why->position < 1 ? 1 : why->position);
}

/* The page as JSON: 0; 1: cut short, or broken otherwise, which may pass; -1. */
static int parse(struct mop_http *h, struct mop_err *e)
{
    json_error_t why;
    struct mop_sv body = mop_buf_view(&h->answer.body);
    if (mop_utf8_check(body) < body.n)
        return mop_http_fail(h, e, "bad-encoding", "%s is not UTF-8, at byte %zu", h->page,
                             mop_utf8_check(body) + 1);
    mop_json_doc_release(&h->doc);
    if (mop_json_doc_read(&h->doc, body, FLAGS, &why))
        return 0;
    if (json_error_code(&why) == json_error_premature_end_of_input) {
        mop_http_fail(h, e, "body-cut-short", "%s ends before its JSON does", h->page);
        return 1;
    }
    return not_json(h, body, &why, e);
}

/* Of an answer that is an error: JSON or not, it may say something. */
static void parse_error(struct mop_http *h)
{
    mop_json_doc_release(&h->doc);
    mop_json_doc_read(&h->doc, mop_buf_view(&h->answer.body), FLAGS, NULL);
}

/* ---- messages ---- */

static struct mop_sv vendor_words(struct mop_http *h, const struct mop_error_rule *r)
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
                                        NULL};
    const json_t *v = NULL;
    struct mop_pointer p;
    size_t at;
    if (r && r->message && h->doc.root)
        v = mop_pointer_get(r->message, h->doc.root);
    for (size_t i = 0; !v && h->doc.root && usual[i]; i++)
        if (!mop_pointer_compile(&p, &h->batch, mop_sv_of(usual[i]), &at))
            v = mop_pointer_get(&p, h->doc.root);
    if (!json_is_string(v))
        return MOP_SV("");
    struct mop_buf masked;
    mop_buf_init(&masked, MOP_HTTP_CAP_TEXT);
    mop_http_masked(h, mop_json_doc_text(&h->doc, v, &h->batch), &masked);
    struct mop_sv out = mop_arena_copy(&h->batch, mop_buf_view(&masked));
    mop_buf_release(&masked);
    return out;
}

/* Times in an answer are by the clock that it names. */
static int64_t vendor_now_us(const struct mop_http *h)
{
    int64_t us;
    struct mop_sv date = mop_answer_header(&h->answer, "date");
    return date.p && mop_http_date(date, &us) ? us : mop_http_now_us();
}

/* How long the answer asks to wait: where its rule looks, else Retry-After, else what the rule says
 * itself. */
static bool told_wait(struct mop_http *h, const struct mop_error_rule *r, uint64_t *ms)
{
    struct mop_sv after = mop_answer_header(&h->answer, "retry-after");
    int64_t now_us = vendor_now_us(h);
    if (r && r->wait_header.n) {
        const char *name = mop_arena_str(&h->batch, r->wait_header);
        struct mop_sv text = mop_answer_header(&h->answer, name);
        if (mop_sv_eq_nocase(r->wait_header, MOP_SV("retry-after")) &&
            r->wait_unit == MOP_WAIT_SECONDS && mop_retry_after_ms(text, now_us, ms))
            return true;
        if (text.p && mop_wait_in_unit_ms(text, r->wait_unit, now_us, ms))
            return true;
    }
    const json_t *v =
        r && r->wait_at && h->doc.root ? mop_pointer_get(r->wait_at, h->doc.root) : NULL;
    if (v &&
        mop_wait_in_unit_ms(mop_json_doc_text(&h->doc, v, &h->batch), r->wait_unit, now_us, ms))
        return true;
    if (after.p && mop_retry_after_ms(after, now_us, ms))
        return true;
    if (r && r->wait_ms)
        *ms = r->wait_ms;
    return r && r->wait_ms;
}

/* When a limit that is not waited for ends. */
static void hint_reset(const uint64_t *ms, struct mop_err *e)
{
    struct mop_buf b;
    if (!ms || *ms > INT32_MAX * UINT64_C(1000)) {
        mop_err_hint(e, "the vendor does not say when the limit ends");
        return;
    }
    int64_t then = mop_http_now_us() / MOP_US_SECOND * MOP_US_SECOND + (int64_t)*ms * 1000;
    mop_buf_init(&b, 64);
    mop_when_print(&b, mop_when_of_instant(then, NULL));
    mop_err_hint(e, "the limit ends at %.*s", MOP_SV_ARG(mop_buf_view(&b)));
    mop_buf_release(&b);
}

/* Addresses of people are no part of a message. */
static void say_refusal(struct mop_http *h, const struct verdict *v, struct mop_err *e)
{
    struct mop_buf shown;
    struct mop_sv words = vendor_words(h, v->rule);
    mop_buf_init(&shown, 4096);
    if (mop_sv_find(words, '@') == words.n)
        mop_utf8_show(&shown, words, 110);
    mop_http_fail(h, e, v->outcome, "the answer is status %ld%s%.*s", h->answer.status,
                  shown.n ? ": " : "", MOP_SV_ARG(mop_buf_view(&shown)));
    mop_buf_release(&shown);
    uint64_t ms;
    if (v->rule && v->rule->daily)
        hint_reset(told_wait(h, v->rule, &ms) ? &ms : NULL, e);
}

/* ---- waiting ---- */

int mop_http_pause(struct mop_http *h, uint64_t ms, struct mop_err *e)
{
    int64_t left = mop_client_left(h->client);
    if (left <= 0 || ms > (uint64_t)left) {
        struct mop_err was = *e;
        char *outcome = strrchr(was.msg, '['); /* a message has one */
        if (outcome && outcome > was.msg)
            outcome[-1] = '\0';
        *e = (struct mop_err){0};
        return mop_http_fail(h, e, "deadline",
                             "a wait of %llu s goes past --deadline; before it: %.120s",
                             (unsigned long long)(ms / 1000), was.msg);
    }
    if (ms >= 1000)
        mop_http_trace(h, "  waits %llu ms", (unsigned long long)ms);
    if (mop_wait(ms))
        return 0;
    *e = (struct mop_err){0};
    return mop_http_fail(h, e, "interrupted", "interrupted");
}

int mop_http_wait_before(struct mop_http *h, const struct mop_error_rule *rule, uint64_t attempt,
                         struct mop_err *e)
{
    const struct mop_requester *r = &h->s->requester;
    uint64_t ms;
    bool told = h->answer.status && told_wait(h, rule, &ms);
    if (!told)
        ms = mop_backoff_ms(r->wait_ms, r->max_wait_ms, attempt, &h->seed);
    if (told && ms > LONG_WAIT_MS) {
        *e = (struct mop_err){0};
        mop_http_fail(h, e, "daily-limit", "the vendor asks to wait for %llu minutes",
                      (unsigned long long)(ms / 60000));
        hint_reset(&ms, e);
        return -1;
    }
    return mop_http_pause(h, ms, e);
}

/* ---- asking ---- */

/* The reader of files knows gzip by its first bytes: they have to be there. */
static int check_packing(struct mop_http *h, struct mop_sv packed, struct mop_err *e)
{
    char begin[3];
    if (mop_sv_eq_nocase(packed, MOP_SV("identity")))
        return 0;
    if (!mop_sv_eq_nocase(packed, MOP_SV("gzip")))
        return mop_http_fail(h, e, "bad-encoding", "an answer is packed as '%.*s'",
                             MOP_SV_ARG(mop_sv_sub(packed, 0, 40)));
    if (pread(h->answer.fd, begin, sizeof begin, 0) == sizeof begin &&
        !memcmp(begin, "\x1f\x8b\x08", sizeof begin))
        return 0;
    return mop_http_fail(h, e, "body-cut-short", "the answer cannot be unpacked");
}

int mop_http_take(struct mop_http *h, struct mop_err *e)
{
    bool file = h->s->decoder != MOP_DECODE_JSON;
    struct mop_sv packed = mop_answer_header(&h->answer, "content-encoding");
    if (check_type(h, e))
        return -1;
    if (file && packed.n && check_packing(h, packed, e))
        return -1;
    if (file && !h->answer.framed)
        return mop_http_fail(h, e, "length-unknown",
                             "nothing says where the answer ends: a cut could not be told");
    return file ? 0 : parse(h, e);
}

static int send_page(struct mop_http *h, struct mop_err *e)
{
    struct mop_request q;
    mop_request_init(&q);
    int rc = mop_http_request(h, &q, false, e);
    if (!rc)
        rc = mop_client_send(h, &q, &h->answer, e);
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
    say_refusal(h, &stop, e);
    mop_err_hint(e, "is the token right, and has it the scopes?");
    return -1;
}

/* The page before says that there is this one, and not all have come: it cannot be that there is
 * none. */
static bool is_owed(const struct mop_http *h)
{
    const struct mop_place *p = &h->place;
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
        parse_error(h);
    *v = judge(h);
    if (v->what == USE && usable) {
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
    say_refusal(h, v, e);
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
