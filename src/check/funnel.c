/* SPDX-License-Identifier: MIT */
#include "check/funnel.h"
#include <stdlib.h>
#include <string.h>

static int32_t month_of(int32_t day)
{
    int y, m, d;
    mop_civil_of_day(day, &y, &m, &d);
    return y * 12 + m - 1;
}

void mop_funnel_init(struct mop_funnel *f, const struct mop_lifecycle *l,
                     const struct mop_ruleset *rs)
{
    memset(f, 0, sizeof *f);
    mop_arena_init(&f->arena);
    f->lifecycle = l;
    f->rules = rs;
    f->month = month_of(rs->now.day);
    f->stages = mop_arena_array(&f->arena, l->nstages + 1, sizeof *f->stages);
    for (size_t i = 0; i < l->nstages; i++)
        mop_durations_init(&f->stages[i].times, MOP_DURATIONS_MAX);
    f->cohort_from = mop_arena_array(&f->arena, rs->ncohorts + 1, sizeof *f->cohort_from);
    for (size_t i = 0; i < rs->ncohorts; i++) {
        int64_t from = rs->now_us - (int64_t)rs->cohort_days[i] * 86400 * 1000000;
        f->cohort_from[i] = mop_when_of_instant(from, rs->zone);
    }
}

void mop_funnel_release(struct mop_funnel *f)
{
    for (size_t i = 0; i < f->lifecycle->nstages; i++) {
        mop_durations_release(&f->stages[i].times);
        free(f->stages[i].flows);
    }
    free(f->groups);
    mop_arena_release(&f->arena);
}

/* ---- by when a stage was entered ---- */

static struct mop_entry_group group_of(const struct mop_funnel *f, struct mop_when entry)
{
    int32_t month = month_of(entry.day);
    struct mop_entry_group g = {MOP_NO_MONTH, 0};
    if (month <= f->month && month > f->month - MOP_FUNNEL_MONTHS)
        g.month = month;
    for (size_t i = 0; i < f->rules->ncohorts; i++)
        if (mop_when_cmp(f->cohort_from[i], entry) <= 0 && mop_when_cmp(entry, f->rules->now) <= 0)
            g.cohorts |= UINT32_C(1) << i;
    return g;
}

/* There are a few dozen at most: months, and cohorts that lie in one another. */
static size_t group_index(struct mop_funnel *f, struct mop_when entry)
{
    struct mop_entry_group g = group_of(f, entry);
    for (size_t i = 0; i < f->ngroups; i++)
        if (f->groups[i].month == g.month && f->groups[i].cohorts == g.cohorts)
            return i;
    MOP_GROW(f->groups, f->ngroups, f->capgroups);
    f->groups[f->ngroups] = g;
    return f->ngroups++;
}

static struct mop_flow *flow_of(struct mop_funnel *f, struct mop_funnel_stage *s, size_t group)
{
    while (s->nflows <= group) {
        MOP_GROW(s->flows, s->nflows, s->capflows);
        s->flows[s->nflows++] = (struct mop_flow){
            .to = mop_arena_array(&f->arena, f->lifecycle->nstages + 1, sizeof(uint64_t))};
    }
    return &s->flows[group];
}

void mop_flow_add(struct mop_flow *sum, const struct mop_flow *f, size_t nstages)
{
    sum->entered += f->entered;
    sum->went_on += f->went_on;
    sum->waiting += f->waiting;
    sum->left += f->left;
    sum->undated += f->undated;
    sum->out_of_order += f->out_of_order;
    sum->within += f->within;
    sum->late += f->late;
    sum->open_late += f->open_late;
    for (size_t i = 0; i < nstages; i++)
        sum->to[i] += f->to[i];
}

/* ---- one record ---- */

/* The record at hand. */
struct passage {
    const struct mop_lifecycle *l;
    struct mop_entry *const *entries;
    const struct mop_stage *own;
    const struct mop_value *restarted; /* NULL: the lifecycle has no cycle */
};

/* What a stage's date says. A date that cannot be read shows that the stage was entered. */
enum said { NOTHING, EARLIER, UNREADABLE, ENTERED };

static bool is_readable(const struct mop_value *v)
{
    return v->state == MOP_ST_VALUE && v->known && v->typed.has_when;
}

static enum said entry_of(const struct passage *p, const struct mop_stage *st,
                          struct mop_when *when)
{
    const struct mop_value *date = &p->entries[st->entered_at->index]->v;
    if ((st->shares_date && st != p->own) || MOP_IS_BLANK(date->state))
        return NOTHING;
    if (!is_readable(date))
        return UNREADABLE;
    if (p->restarted && !MOP_IS_BLANK(p->restarted->state) && !is_readable(p->restarted))
        return UNREADABLE;
    return mop_stage_entry(st, p->own, date, p->restarted, when) ? ENTERED : EARLIER;
}

/* The entry of the first later stage that has one: NOTHING or UNREADABLE if there is none. A column
 * that is not there shows nothing. */
static enum said next_entry(const struct passage *p, const struct mop_stage *st,
                            const struct mop_stage **next, struct mop_when *when)
{
    for (size_t i = 0; i < p->l->nstages; i++) {
        *next = &p->l->stages[i];
        if (!(*next)->entered_at || !mop_stage_precedes(st, *next) ||
            p->entries[(*next)->entered_at->index]->v.state == MOP_ST_MISSING)
            continue;
        enum said said = entry_of(p, *next, when);
        if (said == ENTERED || said == UNREADABLE)
            return said;
    }
    return NOTHING;
}

static void count_passed(struct mop_flow *w, const struct mop_stage *st, int64_t took)
{
    if (st->sla_us < 0)
        return;
    w->within += took <= st->sla_us;
    w->late += took > st->sla_us;
}

static void count_waiting(const struct mop_funnel *f, struct mop_flow *w,
                          const struct mop_stage *st, struct mop_when from)
{
    w->waiting++;
    if (st->sla_us >= 0)
        w->open_late +=
            mop_stage_elapsed(st->calendar, f->rules->zone, from, f->rules->now) > st->sla_us;
}

static void count_entry(struct mop_funnel *f, const struct passage *p, const struct mop_stage *st,
                        struct mop_when from)
{
    struct mop_funnel_stage *s = &f->stages[st->index];
    size_t group = group_index(f, from);
    struct mop_flow *w = flow_of(f, s, group);
    const struct mop_stage *next;
    struct mop_when to;
    w->entered++;
    enum said said = next_entry(p, st, &next, &to);
    if (said == ENTERED && mop_when_cmp(to, from) >= 0) {
        int64_t took = mop_stage_elapsed(st->calendar, f->rules->zone, from, to);
        mop_durations_add(&s->times, took, (uint32_t)group);
        count_passed(w, st, took);
    }
    if (said == ENTERED) {
        w->went_on++;
        w->to[next->index]++;
        w->out_of_order += mop_when_cmp(to, from) < 0;
    } else if (said == UNREADABLE || mop_stage_precedes(st, p->own)) {
        w->went_on++;
        w->undated++;
    } else if (p->own == st) {
        count_waiting(f, w, st, from);
    } else {
        w->left++;
    }
}

static void count_stage(struct mop_funnel *f, const struct passage *p, const struct mop_stage *st)
{
    struct mop_funnel_stage *s = &f->stages[st->index];
    struct mop_when when;
    switch (entry_of(p, st, &when)) {
    case NOTHING:
        s->blank += st == p->own || (mop_stage_precedes(st, p->own) && !st->shares_date);
        break;
    case EARLIER:
        s->earlier++;
        break;
    case UNREADABLE:
        s->unreadable++;
        break;
    case ENTERED:
        count_entry(f, p, st, when);
        break;
    }
}

void mop_funnel_record(struct mop_funnel *f, struct mop_entry *const *entries)
{
    const struct mop_lifecycle *l = f->lifecycle;
    const struct mop_value *stage = &entries[l->field->index]->v;
    struct passage p = {.l = l, .entries = entries};
    f->records++;
    if (stage->state == MOP_ST_VALUE && stage->known)
        p.own = mop_lifecycle_stage(l, stage->meant);
    if (!p.own) {
        f->blank += MOP_IS_BLANK(stage->state);
        f->unreadable += stage->state < MOP_ST_ABSENT;
        f->unknown += stage->state == MOP_ST_VALUE;
        return;
    }
    p.restarted = l->restarted_at ? &entries[l->restarted_at->index]->v : NULL;
    f->stages[p.own->index].records++;
    for (size_t i = 0; i < l->nstages; i++)
        if (l->stages[i].entered_at && !l->stages[i].off_path)
            count_stage(f, &p, &l->stages[i]);
}
