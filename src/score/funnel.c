/* SPDX-License-Identifier: MIT */
#include "score/result.h"
#include <stdlib.h>

/* The figures of lifecycles: groups by date of entry are added up to cohorts, months and all. */

/* Which of a funnel's groups are meant. */
struct choice {
    const struct mop_funnel *f;
    bool *in;
};

static struct choice choose_none(struct mop_result *r, const struct mop_funnel *f)
{
    return (struct choice){f, mop_arena_array(&r->arena, f->ngroups + 1, sizeof(bool))};
}

static struct choice choose_all(struct mop_result *r, const struct mop_funnel *f)
{
    struct choice c = choose_none(r, f);
    for (size_t i = 0; i < f->ngroups; i++)
        c.in[i] = true;
    return c;
}

static struct choice choose_cohort(struct mop_result *r, const struct mop_funnel *f, size_t cohort)
{
    struct choice c = choose_none(r, f);
    for (size_t i = 0; i < f->ngroups; i++)
        c.in[i] = f->groups[i].cohorts >> cohort & 1;
    return c;
}

static struct choice choose_month(struct mop_result *r, const struct mop_funnel *f, int32_t month)
{
    struct choice c = choose_none(r, f);
    for (size_t i = 0; i < f->ngroups; i++)
        c.in[i] = f->groups[i].month == month;
    return c;
}

static int64_t share(uint64_t part, uint64_t of)
{
    return of ? mop_tenths_floor((mop_i128)part, (mop_i128)of) : -1;
}

static struct mop_flow_result flow(struct mop_result *r, const struct mop_stage_result *y,
                                   struct choice c, struct mop_sv name)
{
    const struct mop_funnel_stage *s = y->counts;
    size_t nstages = c.f->lifecycle->nstages;
    struct mop_flow_result w = {.name = name, .median_us = -1, .p90_us = -1};
    w.counts.to = mop_arena_array(&r->arena, nstages + 1, sizeof *w.counts.to);
    for (size_t i = 0; i < s->nflows; i++)
        if (c.in[i])
            mop_flow_add(&w.counts, &s->flows[i], nstages);
    const struct mop_flow *n = &w.counts;
    w.measured = n->went_on - n->undated - n->out_of_order;
    mop_durations_percentile(&s->times, c.in, 50, &w.median_us);
    mop_durations_percentile(&s->times, c.in, 90, &w.p90_us);
    w.conversion = y->goes_on ? share(n->went_on, n->entered) : -1;
    w.in_time = share(n->within, n->within + n->late + n->open_late);
    return w;
}

static void split_by_entry(struct mop_result *r, struct mop_stage_result *y,
                           const struct mop_funnel *f)
{
    const struct mop_ruleset *rs = r->rules;
    y->cohorts = mop_arena_array(&r->arena, rs->ncohorts + 1, sizeof *y->cohorts);
    for (size_t i = 0; i < rs->ncohorts; i++)
        y->cohorts[y->ncohorts++] =
            flow(r, y, choose_cohort(r, f, i),
                 mop_arena_printf(&r->arena, "%dd", (int)rs->cohort_days[i]));
    y->months = mop_arena_array(&r->arena, MOP_FUNNEL_MONTHS, sizeof *y->months);
    for (int32_t m = f->month - MOP_FUNNEL_MONTHS + 1; m <= f->month; m++) {
        struct mop_sv name = mop_arena_printf(&r->arena, "%04d-%02d", m / 12, m % 12 + 1);
        struct mop_flow_result w = flow(r, y, choose_month(r, f, m), name);
        if (w.counts.entered)
            y->months[y->nmonths++] = w;
    }
}

static bool goes_on(const struct mop_lifecycle *l, const struct mop_stage *st)
{
    for (size_t i = 0; i < l->nstages; i++)
        if (mop_stage_precedes(st, &l->stages[i]))
            return true;
    return false;
}

static void fill_stage(struct mop_result *r, struct mop_stage_result *y, struct mop_funnel *f,
                       size_t i)
{
    const struct mop_stage *st = &f->lifecycle->stages[i];
    mop_durations_sort(&f->stages[i].times);
    *y = (struct mop_stage_result){.stage = st,
                                   .counts = &f->stages[i],
                                   .dated = st->entered_at && !st->off_path,
                                   .goes_on = goes_on(f->lifecycle, st)};
    if (!y->dated)
        return;
    y->all = flow(r, y, choose_all(r, f), MOP_SV(""));
    split_by_entry(r, y, f);
}

static void fill_lifecycle(struct mop_result *r, struct mop_lifecycle_result *y,
                           struct mop_funnel *f)
{
    *y = (struct mop_lifecycle_result){.lifecycle = f->lifecycle, .funnel = f};
    y->nstages = f->lifecycle->nstages;
    y->stages = mop_arena_array(&r->arena, y->nstages + 1, sizeof *y->stages);
    for (size_t i = 0; i < y->nstages; i++)
        fill_stage(r, &y->stages[i], f, i);
}

void mop_result_lifecycles(struct mop_result *r, struct mop_funnel *funnels, size_t n)
{
    size_t all = r->nlifecycles + n;
    struct mop_lifecycle_result *list = mop_arena_array(&r->arena, all + 1, sizeof *list);
    for (size_t i = 0; i < r->nlifecycles; i++)
        list[i] = r->lifecycles[i];
    for (size_t i = 0; i < n; i++)
        fill_lifecycle(r, &list[r->nlifecycles + i], &funnels[i]);
    r->lifecycles = list;
    r->nlifecycles = all;
}
