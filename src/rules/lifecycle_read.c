/* SPDX-License-Identifier: MIT */
#include "rules/lifecycle_args.h"

/* Where a record stands in its lifecycle: what checks and figures ask of stages and dates. */

const struct mop_stage *mop_lifecycle_stage(const struct mop_lifecycle *l, struct mop_sv meant)
{
    for (size_t i = 0; i < l->nstages; i++)
        if (mop_sv_eq(l->stages[i].name, meant))
            return &l->stages[i];
    return NULL;
}

bool mop_stage_precedes(const struct mop_stage *a, const struct mop_stage *b)
{
    return !a->off_path && !b->off_path && !a->terminal && a->step < b->step;
}

static bool asks_for(struct mop_field *const *list, size_t n, const struct mop_field *f)
{
    for (size_t i = 0; i < n; i++)
        if (list[i] == f)
            return true;
    return false;
}

bool mop_stage_requires(const struct mop_lifecycle *l, const struct mop_stage *own,
                        const struct mop_field *f)
{
    for (size_t i = 0; i < l->nstages; i++) {
        const struct mop_stage *st = &l->stages[i];
        if (st == own && asks_for(st->requires_here, st->nrequires_here, f))
            return true;
        if ((st == own || mop_stage_precedes(st, own)) && asks_for(st->requires, st->nrequires, f))
            return true;
    }
    return false;
}

static const struct mop_check *check_of(const struct mop_lifecycle *l, const struct mop_kind *kind,
                                        const struct mop_field *f)
{
    for (size_t i = 0; i < l->nchecks; i++)
        if (l->checks[i].test->kind == kind && (!f || l->checks[i].test->fields[1] == f))
            return l->checks[i].check;
    return NULL;
}

static const struct mop_check *check_with(const struct mop_lifecycle *l, const struct mop_test *t)
{
    for (size_t i = 0; i < l->nchecks; i++)
        if (l->checks[i].test == t)
            return l->checks[i].check;
    return NULL;
}

bool mop_stage_told(const struct mop_lifecycle *l, const struct mop_test *mine,
                    const struct mop_kind *kind, const struct mop_field *f, struct mop_run *run)
{
    const struct mop_check *own = check_with(l, mine), *other = check_of(l, kind, f);
    if (!other || other->severity == MOP_SEV_OFF || (own && other->severity < own->severity))
        return false;
    return !run->applies || run->applies(run, other) != MOP_NA;
}

bool mop_stage_entry(const struct mop_stage *st, const struct mop_stage *own,
                     const struct mop_value *date, const struct mop_value *restarted,
                     struct mop_when *out)
{
    if (st->shares_date && st != own)
        return false;
    if (date->state != MOP_ST_VALUE || !date->known || !date->typed.has_when)
        return false;
    if (restarted && restarted->state == MOP_ST_VALUE && restarted->known &&
        restarted->typed.has_when && mop_when_cmp(date->typed.when, restarted->typed.when) < 0)
        return false;
    *out = date->typed.when;
    return true;
}

int64_t mop_stage_elapsed(const struct mop_calendar *c, const struct mop_zone *zone,
                          struct mop_when from, struct mop_when to)
{
    const int64_t us_per_day = INT64_C(86400) * 1000000;
    if (!from.whole_day && !to.whole_day)
        return mop_calendar_between(c, from.us, to.us);
    if (!c)
        return to.day > from.day ? (to.day - from.day) * us_per_day : 0;
    const struct mop_zone *z = c->zone ? c->zone : zone;
    return mop_calendar_between(c, mop_zone_instant(z, from.day * us_per_day),
                                mop_zone_instant(z, to.day * us_per_day));
}
