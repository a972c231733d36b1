/* SPDX-License-Identifier: MIT */
#include "http_parts.h"

#include "../base/civil.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* How long to wait, and waiting. */

enum { LONG_WAIT_MS = 3600000 };
static const uint64_t YEAR_MS = UINT64_C(366) * 24 * LONG_WAIT_MS;

int64_t mop_http_now_us(void)
{
    struct timespec ts;
#ifdef MOP_TEST_HOOKS
    struct mop_when fixed;
    const char *text = getenv("MOP_HTTP_NOW");
    if (text && mop_date_parse_iso(NULL, mop_sv_of(text), &fixed))
        return fixed.us;
#endif
    clock_gettime(CLOCK_REALTIME, &ts);
    return (int64_t)ts.tv_sec * MOP_US_SECOND + ts.tv_nsec / 1000;
}

bool mop_wait_in_unit_ms(struct mop_sv text, enum mop_wait_unit unit, int64_t now_us, uint64_t *ms)
{
    static const uint64_t factor[] = {1000, 1, 60000, 0};
    uint64_t n;
    text = mop_sv_trim(text);
    text = mop_sv_sub(text, 0, mop_sv_find(text, '.')); /* 12.5 seconds: a fraction is no matter */
    if (!mop_sv_u64(text, &n) || n > INT64_MAX / 60000000)
        return false;
    *ms = unit == MOP_WAIT_EPOCH ? mop_until_ms((int64_t)n * MOP_US_SECOND, now_us)
                                 : n * factor[unit];
    return true;
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
static void hint_end(const uint64_t *ms, struct mop_err *e)
{
    struct mop_buf b;
    if (!ms || *ms > YEAR_MS) {
        mop_err_hint(e, "the vendor does not say when the limit ends");
        return;
    }
    int64_t then = mop_http_now_us() / MOP_US_SECOND * MOP_US_SECOND + (int64_t)*ms * 1000;
    mop_buf_init(&b, 64);
    mop_when_print(&b, mop_when_of_instant(then, NULL));
    mop_err_hint(e, "the limit ends at %.*s", MOP_SV_ARG(mop_buf_view(&b)));
    mop_buf_release(&b);
}

void mop_http_hint_reset(struct mop_http *h, const struct mop_error_rule *rule, struct mop_err *e)
{
    uint64_t ms;
    hint_end(told_wait(h, rule, &ms) ? &ms : NULL, e);
}

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

static void fail_long_wait(const struct mop_http *h, uint64_t ms, struct mop_err *e)
{
    if (ms > YEAR_MS)
        mop_http_fail(h, e, "daily-limit", "the vendor asks to wait for more than a year");
    else
        mop_http_fail(h, e, "daily-limit", "the vendor asks to wait for %llu minutes",
                      (unsigned long long)(ms / 60000));
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
        fail_long_wait(h, ms, e);
        hint_end(&ms, e);
        return -1;
    }
    return mop_http_pause(h, ms, e);
}
