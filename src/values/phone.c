/* SPDX-License-Identifier: MIT */
#include "phone.h"
#include "../base/utf8.h"
#include "ascii.h"
#include "why.h"
#include <string.h>

enum { DIGITS_MAX = 15, CODE_MAX = 3 };

/* Length of the separator at s.p[i], 0 if there is none. */
static size_t separator(struct mop_sv s, size_t i)
{
    if (s.p[i] != '\0' && strchr(" -.()", s.p[i])) {
        return 1;
    }
    return mop_sv_starts(mop_sv_sub(s, i, s.n), MOP_SV("\xc2\xa0")) ? 2 : 0;
}

static bool bad_char(struct mop_sv s, size_t i, struct mop_buf *why)
{
    mop_why(why, "has ");
    mop_why_char(why, mop_utf8_next(s, &i));
    return false;
}

/* The digits of what follows the '+', without separators; *n of them, at most DIGITS_MAX. */
static bool digits_of(struct mop_sv s, char digits[DIGITS_MAX], size_t *n, struct mop_buf *why)
{
    size_t step;
    for (size_t i = 0; i < s.n; i += step) {
        if (mop_sv_starts(mop_sv_sub(s, i, s.n), MOP_SV("(0)"))) {
            return mop_why(why, "has '(0)', which nobody dials behind a calling code");
        }
        step = separator(s, i);
        if (step) {
            continue;
        }
        if (!mop_is_digit(s.p[i])) {
            return bad_char(s, i, why);
        }
        if (*n == DIGITS_MAX) {
            return mop_why(why, "has more than %d digits", DIGITS_MAX);
        }
        digits[(*n)++] = s.p[i];
        step = 1;
    }
    return true;
}

static const struct mop_calling_code *code_find(unsigned code)
{
    for (size_t i = 0; i < mop_calling_codes_n; i++) {
        if (mop_calling_codes[i].code == code) {
            return &mop_calling_codes[i];
        }
    }
    return NULL;
}

static bool national_ok(const struct mop_calling_code *plan, const char *digits, size_t n,
                        struct mop_buf *why)
{
    bool zero = n > 1 && digits[0] == '0' && !(plan->zeros >> (digits[1] - '0') & 1);
    if (zero) {
        return mop_why(why, "has a 0 behind +%u, which is dialled only at home", plan->code);
    }
    return (plan->lengths >> n & 1) != 0 ||
           mop_why(why, "has %zu digits behind +%u, which no number there has", n, plan->code);
}

/* No code is another's start, so that the first that fits is the one. */
static bool plan_ok(const char *digits, size_t n, struct mop_buf *why)
{
    unsigned code = 0;
    for (size_t i = 0; i < n && i < CODE_MAX; i++) {
        code = code * 10 + (unsigned)(digits[i] - '0');
        const struct mop_calling_code *plan = code ? code_find(code) : NULL;
        if (plan) {
            return national_ok(plan, digits + i + 1, n - i - 1, why);
        }
        if (code == 0) {
            break;
        }
    }
    return mop_why(why, "has no calling code in use behind the +");
}

bool mop_phone_read(struct mop_sv s, struct mop_sv *canonical, struct mop_arena *a,
                    struct mop_buf *why)
{
    char digits[DIGITS_MAX];
    size_t n = 0;
    size_t plus = !mop_sv_starts(s, MOP_SV("(+")) ? 0 : 1;
    if (plus >= s.n || s.p[plus] != '+') {
        return mop_why(why, "has no + and calling code");
    }
    if (mop_utf8_check(s) < s.n) {
        return mop_why(why, "has bytes that are not UTF-8");
    }
    if (!digits_of(mop_sv_sub(s, plus + 1, s.n), digits, &n, why) || !plan_ok(digits, n, why)) {
        return false;
    }
    if (n + 1 == s.n) {
        *canonical = s;
        return true;
    }
    char *p = mop_arena_alloc(a, n + 1);
    p[0] = '+';
    memcpy(p + 1, digits, n);
    *canonical = (struct mop_sv){p, n + 1};
    return true;
}
