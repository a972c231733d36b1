/* SPDX-License-Identifier: MIT */
#include "url_checks.h"
#include "../base/utf8.h"
#include "ascii.h"
#include "url_check_list.h"
#include "why.h"

enum { SHOWN_COLUMNS = 40 };

const struct mop_url_check mop_url_checks[] = {
#define X(name, id, severity, personal, summary, fault)                                            \
    {id, summary, fault, severity, MOP_PERSONAL_##personal, mop_url_fails_##name},
    MOP_URL_CHECKS(X)
#undef X
};
const size_t mop_url_checks_n = sizeof mop_url_checks / sizeof *mop_url_checks;

const struct mop_url_check *mop_url_check_find(struct mop_sv id)
{
    for (size_t i = 0; i < mop_url_checks_n; i++) {
        if (mop_sv_eqs(id, mop_url_checks[i].id)) {
            return &mop_url_checks[i];
        }
    }
    return NULL;
}

bool mop_url_says(struct mop_buf *why, const char *fmt, ...)
{
    if (why) {
        va_list ap;
        va_start(ap, fmt);
        mop_buf_vprintf(why, fmt, ap);
        va_end(ap);
    }
    return true;
}

/* Digits and their separators make a number that may be somebody's. */
static bool may_be_personal(struct mop_sv s)
{
    size_t digits = 0;
    for (size_t i = 0; i < s.n; i++) {
        digits += mop_is_digit(s.p[i]);
    }
    return mop_sv_find(s, '@') < s.n || digits > 7;
}

void mop_url_show(struct mop_buf *why, struct mop_sv value)
{
    if (why && !may_be_personal(value)) {
        mop_buf_str(why, " '");
        mop_utf8_show(why, value, SHOWN_COLUMNS);
        mop_buf_str(why, "'");
    }
}

struct mop_sv mop_url_read_value(const struct mop_url *u, const struct mop_url_param *p)
{
    struct mop_sv twice = mop_url_decode(u->arena, p->value, false);
    return mop_utf8_check(twice) < twice.n ? p->value : twice;
}
