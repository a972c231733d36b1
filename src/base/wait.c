/* SPDX-License-Identifier: MIT */
#include "wait.h"
#include "civil.h"
#include "date.h"
#include "interrupt.h"
#include "mem.h"
#include <time.h>

int64_t mop_clock_ms(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static uint64_t next_random(uint64_t *seed)
{
    uint64_t x = *seed += UINT64_C(0x9E3779B97F4A7C15); /* splitmix64 */
    x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
    return x ^ x >> 31;
}

uint64_t mop_backoff_ms(uint64_t base, uint64_t most, uint64_t attempt, uint64_t *seed)
{
    uint64_t ms = base;
    for (uint64_t i = 1; i < attempt && ms < most; i++)
        ms *= 2;
    if (ms > most)
        ms = most;
    return ms / 2 + next_random(seed) % (ms - ms / 2 + 1);
}

uint64_t mop_until_ms(int64_t then_us, int64_t now_us)
{
    return then_us > now_us ? (uint64_t)(then_us - now_us + 999) / 1000 : 0;
}

static bool read_date(struct mop_sv text, const char *format, int64_t *us)
{
    struct mop_arena a;
    const char *wrong;
    struct mop_when w;
    mop_arena_init(&a);
    const struct mop_date_format *f = mop_date_format_compile(&a, mop_sv_of(format), &wrong);
    bool good = f && mop_date_parse(f, NULL, text, &w);
    mop_arena_release(&a);
    if (good)
        *us = w.us;
    return good;
}

/* "Sun Nov  6 08:49:37 1994", as of C's asctime(): a day below 10 has a blank before it. */
static bool read_asctime(struct mop_sv text, int64_t *us)
{
    struct mop_sv rest = mop_sv_sub(text, mop_sv_find(text, ' '), text.n);
    char room[24];
    size_t n = 0;
    for (size_t i = 0; i < rest.n && n < sizeof room; i++)
        if (rest.p[i] != ' ' || (n && room[n - 1] != ' '))
            room[n++] = rest.p[i];
    return n < sizeof room && read_date((struct mop_sv){room, n}, "MMM D HH:mm:ss YYYY", us);
}

/* RFC 9110 section 5.6.7: the form of today and the two that are to be read as well. */
bool mop_http_date(struct mop_sv text, int64_t *us)
{
    text = mop_sv_trim(text);
    size_t comma = mop_sv_find(text, ',');
    if (comma == text.n)
        return read_asctime(text, us);
    struct mop_sv rest = mop_sv_trim(mop_sv_sub(text, comma + 1, text.n));
    if (!mop_sv_ends(rest, MOP_SV(" GMT")))
        return false;
    rest = mop_sv_sub(rest, 0, rest.n - 4);
    return read_date(rest, "DD MMM YYYY HH:mm:ss", us) || read_date(rest, "DD-MMM-YY HH:mm:ss", us);
}

/* Digits; of a number that does not fit, the largest that does. */
static bool read_seconds(struct mop_sv text, uint64_t *n)
{
    size_t i = 0;
    if (mop_sv_u64(text, n))
        return true;
    while (i < text.n && text.p[i] >= '0' && text.p[i] <= '9')
        i++;
    *n = UINT64_MAX;
    return text.n && i == text.n;
}

bool mop_retry_after_ms(struct mop_sv text, int64_t now_us, uint64_t *ms)
{
    uint64_t seconds;
    int64_t then;
    text = mop_sv_trim(text);
    if (read_seconds(text, &seconds)) {
        *ms = seconds < UINT64_MAX / 1000 ? seconds * 1000 : UINT64_MAX;
        return true;
    }
    if (!mop_http_date(text, &then))
        return false;
    *ms = mop_until_ms(then, now_us);
    return true;
}

bool mop_wait(uint64_t ms)
{
    while (ms && !mop_interrupted) {
        uint64_t slice = ms < 100 ? ms : 100;
        struct timespec ts = {(time_t)(slice / 1000), (long)(slice % 1000) * 1000000};
        nanosleep(&ts, NULL);
        ms -= slice;
    }
    return !mop_interrupted;
}
