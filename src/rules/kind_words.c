/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"
#include "rules/kind_util.h"

/* The words of findings: lower case, no full stop, what is wrong first, values shown through
 * w->show. */

void mop_say(struct mop_words *w, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    mop_buf_vprintf(w->message, fmt, ap);
    va_end(ap);
}

void mop_say_value(struct mop_words *w, const struct mop_field *f, struct mop_sv value)
{
    mop_buf_chr(w->message, '\'');
    mop_buf_sv(w->message, w->show ? w->show(w, f, value) : value);
    mop_buf_chr(w->message, '\'');
}

void mop_say_written(struct mop_words *w, const struct mop_test *t, const struct mop_value *v)
{
    mop_say_value(w, t->fields[0], v->written);
}

void mop_say_list(struct mop_words *w, const struct mop_sv *list, size_t n, size_t max)
{
    size_t shown = n > max ? max : n;
    for (size_t i = 0; i < shown; i++) {
        if (i)
            mop_say(w, "%s", i + 1 == n ? " or " : ", ");
        mop_say_value(w, NULL, list[i]);
    }
    if (shown < n)
        mop_say(w, " or one of %zu more", n - shown);
}

void mop_say_mean(struct mop_words *w, struct mop_sv nearest)
{
    if (!nearest.n)
        return;
    mop_say(w, "; did you mean ");
    mop_say_value(w, NULL, nearest);
    mop_say(w, "?");
    mop_propose(w, nearest, false);
}

enum mop_composed mop_composed_among(struct mop_arena *a, const struct mop_sv *list, size_t n,
                                     struct mop_sv text, size_t *which)
{
    if (mop_utf8_ascii(text))
        return MOP_COMPOSED_NONE;
    struct mop_sv composed = mop_utf8_compose(a, text);
    for (size_t i = 0; i < n; i++)
        if (!mop_sv_eq(list[i], text) && mop_sv_eq(mop_utf8_compose(a, list[i]), composed)) {
            *which = i;
            return mop_sv_eq(composed, text) ? MOP_COMPOSED_HERE : MOP_COMPOSED_THERE;
        }
    return MOP_COMPOSED_NONE;
}

void mop_propose(struct mop_words *w, struct mop_sv value, bool certain)
{
    mop_buf_reset(w->proposal);
    mop_buf_sv(w->proposal, value);
    w->certain = certain;
}

void mop_say_blank(struct mop_words *w, const struct mop_field *f, const struct mop_value *v)
{
    static const char *const said[] = {"is missing", "is null", "is empty", "holds only blanks",
                                       "holds the placeholder "};
    if (!MOP_IS_BLANK(v->state))
        return;
    mop_say(w, "%s", said[v->state - MOP_ST_ABSENT]);
    if (v->state == MOP_ST_PLACEHOLDER)
        mop_say_value(w, f, v->written);
}

void mop_say_excess(struct mop_words *w, int64_t us)
{
    static const struct {
        int64_t us;
        const char *name;
    } units[] = {{3600000000, "h"}, {60000000, "min"}, {1000000, "s"}, {1000, "ms"}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (us >= units[i].us) {
            mop_say(w, " %lld %s", (long long)(us / units[i].us), units[i].name);
            return;
        }
}
