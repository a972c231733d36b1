/* SPDX-License-Identifier: MIT */
#include "cli/history_settings.h"
#include <stdio.h>
#include <time.h>

/* history prune: old runs out. */

typedef struct mop_history_settings S;

/* ---- prune ---- */

static int64_t clock_us(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_REALTIME, &ts);
    return (int64_t)ts.tv_sec * 1000000;
}

static int64_t now_of(const S *h)
{
    return h->s.has_now ? h->s.now_us : clock_us();
}

/* The first run that stays; the last complete one always does. */
static int64_t first_kept(const S *h, const struct mop_log_run *runs, size_t n)
{
    int64_t last = mop_history_first_of_last(runs, n, 1), first = 0;
    if (h->keep)
        first = mop_history_first_of_last(runs, n, h->keep);
    /* Up to the first that is not so old: one of a clock that had gone back takes no others along.
     */
    for (size_t i = 0; h->older_us > 0 && i < n && runs[i].now_us < now_of(h) - h->older_us; i++)
        first = runs[i].id + 1;
    return last && first > last ? last : first;
}

/* Runs go by their number, so that who is as old but came later stays. */
static void say_old(const S *h, const struct mop_log_run *runs, size_t n)
{
    uint64_t old = 0;
    bool young = false;
    for (size_t i = 0; h->older_us > 0 && i < n; i++) {
        bool is_old = runs[i].now_us < now_of(h) - h->older_us;
        old += is_old && young;
        young |= !is_old;
    }
    if (old)
        printf("%llu as old stay%s: made after one that is not so old, when the clock had gone "
               "back, and taken out with it\n",
               (unsigned long long)old, old == 1 ? "s" : "");
}

int mop_history_prune(S *h, struct mop_log *l, struct mop_err *e)
{
    struct mop_log_run *runs;
    uint64_t gone = 0;
    size_t n;
    if (!h->keep == (h->older_us < 0)) {
        mop_err_set(e, 2, (struct mop_loc){0}, "history prune: which runs are to stay?");
        mop_err_hint(e, "add --keep 400 or --older-than 400d, one of them");
        return -1;
    }
    if (mop_log_runs(l, &h->s.arena, true, &runs, &n, e))
        return -1;
    int64_t first = first_kept(h, runs, n);
    for (size_t i = 0; i < n; i++)
        gone += runs[i].id < first;
    if (!h->dry_run && mop_log_prune(l, first, &gone, e))
        return -1;
    printf("%llu of %zu runs %s\n", (unsigned long long)gone, n,
           h->dry_run ? "would be taken out" : "taken out");
    say_old(h, runs, n);
    return 0;
}
