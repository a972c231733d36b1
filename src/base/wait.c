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

bool mop_http_date(struct mop_sv text, int64_t *us)
{
    struct mop_arena a;
    const char *wrong;
    struct mop_when w;
    size_t comma = mop_sv_find(text, ',');
    struct mop_sv rest = mop_sv_trim(mop_sv_sub(text, comma + 1, text.n));
    if (comma == text.n || !mop_sv_ends(rest, MOP_SV(" GMT")))
        return false;
    mop_arena_init(&a);
    const struct mop_date_format *f =
        mop_date_format_compile(&a, MOP_SV("DD MMM YYYY HH:mm:ss"), &wrong);
    bool good = f && mop_date_parse(f, NULL, mop_sv_sub(rest, 0, rest.n - 4), &w);
    mop_arena_release(&a);
    if (good)
        *us = w.us;
    return good;
}

bool mop_retry_after_ms(struct mop_sv text, int64_t now_us, uint64_t *ms)
{
    uint64_t seconds;
    int64_t then;
    text = mop_sv_trim(text);
    if (mop_sv_u64(text, &seconds)) {
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
