/* SPDX-License-Identifier: MIT */
#include "http_parts.h"

#include "../base/civil.h"

#include <stdlib.h>
#include <time.h>

/* How long to wait. */

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
