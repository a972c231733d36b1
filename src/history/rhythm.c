/* SPDX-License-Identifier: MIT */
#include "history/db.h"
#include <stdlib.h>

/* How often a job runs, by its history: a weekly one is not late after two days, an hourly one is.
 */

#define TWO_DAYS_US (INT64_C(2) * 86400 * 1000000)
enum { LOOKED_AT = 200, LATELY = 20 };

static int shorter_first(const void *p, const void *q)
{
    int64_t a = *(const int64_t *)p, b = *(const int64_t *)q;
    return (a > b) - (a < b);
}

/* The times between the last runs, oldest first; a clock that went back tells nothing. */
static size_t gaps_of(const struct mop_log_run *runs, size_t n, int64_t *gaps)
{
    size_t ngaps = 0;
    for (size_t i = n > LOOKED_AT ? n - LOOKED_AT : 1; i < n; i++)
        if (runs[i].now_us > runs[i - 1].now_us)
            gaps[ngaps++] = runs[i].now_us - runs[i - 1].now_us;
    return ngaps;
}

/* One outage is no rhythm; a weekend every week is. */
static int64_t longest_but_one(const int64_t *gaps, size_t n)
{
    int64_t first = 0, second = 0;
    for (size_t i = n > LATELY ? n - LATELY : 0; i < n; i++) {
        int64_t shorter = gaps[i] > first ? first : gaps[i];
        second = shorter > second ? shorter : second;
        first = gaps[i] > first ? gaps[i] : first;
    }
    return second;
}

int64_t mop_log_rhythm(const struct mop_log_run *runs, size_t n, int64_t *late_us)
{
    int64_t gaps[LOOKED_AT], span = 0;
    size_t ngaps = gaps_of(runs, n, gaps);
    for (size_t i = 0; i < ngaps; i++)
        span += gaps[i];
    *late_us = TWO_DAYS_US;
    if (ngaps < 2 || span < TWO_DAYS_US) /* the hour in which it was set up is none, either */
        return 0;
    int64_t seldom = longest_but_one(gaps, ngaps);
    qsort(gaps, ngaps, sizeof *gaps, shorter_first);
    int64_t usual = gaps[ngaps / 2];
    *late_us = 2 * usual > seldom + seldom / 4 ? 2 * usual : seldom + seldom / 4;
    return usual;
}

/* The moment of the last run before now_us; 0: there is none. A run of an earlier moment may have
 * come later. */
static int64_t last_before(const struct mop_log_run *runs, int64_t n, int64_t now_us)
{
    int64_t last = 0;
    for (int64_t i = 0; i < n; i++)
        if (runs[i].now_us < now_us && runs[i].now_us > last)
            last = runs[i].now_us;
    return last;
}

/* By all runs, however they ended: whoever runs mopslint was there. A quarter of the usual time is
 * no absence. */
int mop_log_since_absence(struct mop_log *l, struct mop_since *s, struct mop_err *e)
{
    struct mop_log_run runs[LOOKED_AT + 1] = {{0}};
    int64_t late, n = mop_db_number(l, e,
                                    "SELECT count(*) FROM run WHERE superseded IS NULL AND"
                                    " now_us<>?",
                                    "i", l->now_us);
    if (n < 0)
        return -1;
    n = n > LOOKED_AT + 1 ? LOOKED_AT + 1 : n;
    sqlite3_stmt *st = mop_db_query(l, e,
                                    "SELECT now_us FROM run WHERE superseded IS NULL AND now_us<>?"
                                    " ORDER BY id DESC LIMIT ?",
                                    "ii", l->now_us, n);
    int more = st ? mop_db_next(l, st, e) : -1;
    for (int64_t i = n; more > 0; more = mop_db_next(l, st, e))
        if (i > 0)
            runs[--i].now_us = mop_db_int(st, 0);
    int64_t usual = mop_log_rhythm(runs, (size_t)n, &late),
            before = last_before(runs, n, l->now_us);
    int64_t gap = usual && before ? l->now_us - before : 0;
    if (usual && gap + usual / 4 >= late) {
        s->absent_us = gap;
        s->usual_us = usual;
    }
    return more;
}
