/* SPDX-License-Identifier: MIT */
#include "report/problems_parts.h"
#include "base/map.h"
#include <stdlib.h>

/* Which problems a platform is told of when it takes only so many, and how it knows them again. */

struct rank {
    size_t index, round; /* round: how many of the same rule and level came before */
    uint64_t count;
    enum mop_level level;
    bool stands, whole; /* whole: of the run, such as a missed target */
};

static int order(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int by_rank(const void *pa, const void *pb)
{
    const struct rank *a = pa, *b = pb;
    int c = order(b->stands, a->stands);
    if (!c)
        c = order(b->level, a->level);
    if (!c)
        c = order(a->round, b->round);
    if (!c)
        c = order(b->whole, a->whole);
    if (!c)
        c = order(b->count, a->count);
    return c ? c : order(a->index, b->index);
}

/* Problems of a rule that are in the same state and of the same level are one queue. */
static size_t queue_of(const struct mop_problem *x)
{
    return (x->rule * (MOP_FAULT + 1) + x->level) * 2 + mop_problem_stands(x);
}

static int by_count(const void *pa, const void *pb)
{
    const struct rank *a = pa, *b = pb;
    int c = order(b->count, a->count);
    return c ? c : order(a->index, b->index);
}

size_t *mop_problems_ranked(const struct mop_problems *p)
{
    struct rank *r = mop_calloc(p->n + 1, sizeof *r);
    size_t *seen = mop_calloc((p->nrules + 1) * (MOP_FAULT + 1) * 2, sizeof *seen);
    size_t *index = mop_calloc(p->n + 1, sizeof *index);
    for (size_t i = 0; i < p->n; i++) {
        const struct mop_problem *x = &p->list[i];
        r[i] = (struct rank){
            i, 0, x->count, x->level, mop_problem_stands(x), !x->at.file && x->count <= 1};
    }
    qsort(r, p->n, sizeof *r, by_count);
    for (size_t i = 0; i < p->n; i++)
        r[i].round = seen[queue_of(&p->list[r[i].index])]++;
    qsort(r, p->n, sizeof *r, by_rank);
    for (size_t i = 0; i < p->n; i++)
        index[i] = r[i].index;
    free(seen);
    free(r);
    return index;
}

bool *mop_problems_choose(const struct mop_problems *p, size_t max,
                          bool (*wanted)(const struct mop_problem *x), size_t *left)
{
    bool *chosen = mop_calloc(p->n + 1, sizeof *chosen);
    size_t *ranked = mop_problems_ranked(p), n = 0;
    *left = 0;
    for (size_t i = 0; i < p->n; i++) {
        if (wanted && !wanted(&p->list[ranked[i]]))
            continue;
        if (n < max)
            chosen[ranked[i]] = true;
        *left += n++ >= max;
    }
    free(ranked);
    return chosen;
}

/* ---- fingerprints ---- */

struct mop_fingerprint *mop_problems_fingerprints(const struct mop_problems *p)
{
    struct mop_fingerprint *f = mop_calloc(p->n + 1, sizeof *f);
    struct mop_fingerprint *first = mop_calloc(p->n + 1, sizeof *first);
    struct mop_map seen;
    mop_map_init(&seen);
    for (size_t i = 0; i < p->n; i++) {
        mop_problem_fingerprint(p, &p->list[i], 0, first[i].hex);
        uint64_t nth = (*mop_map_put(&seen, (struct mop_sv){first[i].hex, 32}, NULL))++;
        if (nth)
            mop_problem_fingerprint(p, &p->list[i], (size_t)nth, f[i].hex);
        else
            f[i] = first[i];
    }
    mop_map_release(&seen);
    free(first);
    return f;
}
