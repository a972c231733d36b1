/* SPDX-License-Identifier: MIT */
#include "cli/history_settings.h"
#include "report/shown.h"
#include <errno.h>
#include <stdio.h>

/* What the commands of `mopslint history` share. */

typedef struct mop_history_settings S;

struct mop_sv mop_history_time(struct mop_arena *a, int64_t us)
{
    struct mop_buf b;
    mop_buf_init(&b, 64);
    mop_when_print(&b, mop_when_of_instant(us, NULL));
    struct mop_sv text = mop_arena_copy(a, mop_buf_view(&b));
    mop_buf_release(&b);
    return text;
}

struct mop_sv mop_history_share(struct mop_arena *a, int64_t tenths)
{
    return tenths < 0 ? MOP_SV("")
                      : mop_arena_printf(a, "%.*s %%", MOP_SV_ARG(mop_shown_tenths(a, tenths)));
}

struct mop_sv mop_history_tenths(struct mop_arena *a, int64_t n)
{
    return n < 0 ? MOP_SV_NONE : mop_shown_tenths(a, n);
}

struct mop_sv mop_history_number(struct mop_arena *a, int64_t n)
{
    return n < 0 ? MOP_SV_NONE : mop_arena_printf(a, "%lld", (long long)n);
}

static bool left; /* who read standard output has closed it: `history export | head` */

int mop_history_to_stdout(void *ctx, const char *p, size_t n, struct mop_err *e)
{
    (void)ctx;
    if (fwrite(p, 1, n, stdout) == n)
        return 0;
    left = errno == EPIPE;
    mop_err_set(e, 3, (struct mop_loc){0}, "cannot write to standard output");
    return -1;
}

bool mop_history_left(void)
{
    left |= fflush(stdout) != 0 && errno == EPIPE;
    return left && freopen("/dev/null", "w", stdout);
}

const struct mop_log_run *mop_history_find(S *h, struct mop_log *l, const char *name,
                                           struct mop_err *e)
{
    struct mop_log_run *runs;
    size_t n;
    if (mop_log_runs(l, &h->s.arena, true, &runs, &n, e))
        return NULL;
    return mop_log_find(runs, n, mop_sv_of(name), e);
}

int64_t mop_history_first_of_last(const struct mop_log_run *runs, size_t n, uint64_t many)
{
    for (size_t i = n; i > 0; i--)
        if (mop_log_is_complete(&runs[i - 1]) && runs[i - 1].superseded < 0 && !--many)
            return runs[i - 1].id;
    return 0;
}

const char *const mop_history_score_kinds[] = {"report", "all records", "dimension", "owner",
                                               "field"};
