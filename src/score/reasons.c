/* SPDX-License-Identifier: MIT */
#include "score/verdict.h"

/* Why a run fails, in the words of its report. */

static struct mop_sv tenths_text(struct mop_arena *a, int64_t tenths)
{
    if (tenths < 0)
        return MOP_SV("none");
    return mop_arena_printf(a, "%lld.%lld", (long long)(tenths / 10), (long long)(tenths % 10));
}

struct mop_sv mop_of_last_days(struct mop_arena *a, int32_t days)
{
    return days ? mop_arena_printf(a, " among the records of the last %d days", (int)days)
                : MOP_SV("");
}

void mop_because(struct mop_result *r, enum mop_reason_about about, struct mop_sv why)
{
    if ((r->nwhy & (r->nwhy - 1)) == 0) { /* full: 0, 1, 2, 4 and so on hold as many */
        struct mop_reason *more =
            mop_arena_array(&r->arena, r->nwhy ? 2 * r->nwhy : 1, sizeof *more);
        for (size_t i = 0; i < r->nwhy; i++)
            more[i] = r->why[i];
        r->why = more;
    }
    r->why[r->nwhy++] = (struct mop_reason){why, about};
}

bool mop_failed_gates(struct mop_result *r)
{
    bool failed = false;
    for (size_t i = 0; i < r->ngates; i++) {
        if (r->gates[i].met)
            continue;
        failed = true;
        mop_because(r, MOP_WHY_GATE,
                    mop_arena_printf(&r->arena, "%.*s is %.*s, %.*s %.*s",
                                     MOP_SV_ARG(r->gates[i].name), MOP_SV_ARG(r->gates[i].got),
                                     MOP_SV_ARG(r->gates[i].wanted),
                                     MOP_SV_ARG(r->gates[i].asked)));
    }
    return failed;
}

/* How far below what is asked, in tenths of a percent; below 0: met. */
static int64_t miss(const struct mop_score *s, int64_t target)
{
    if (target < 0 || (s && mop_score_meets(s, target * MOP_MILLIONTHS_OF_TENTH)))
        return -1;
    return s && !s->reason ? target - mop_score_tenths(s) : INT64_MAX;
}

/* "82.7 % of its deal records are clean, 95.0 % was asked for" */
static struct mop_sv missed_figure(struct mop_result *r, const struct mop_lowest *l, bool money,
                                   int64_t target)
{
    const struct mop_need_result *n = money ? l->value_of : l->records_of;
    int64_t got = !n ? -1 : mop_score_tenths(money ? &l->score.value : &l->score.records);
    if (got < 0)
        return mop_arena_printf(&r->arena, "there is no figure%s", money ? " in money" : "");
    return mop_arena_printf(&r->arena, "%.*s %% of its %.*s %s clean, %.*s %% was asked for",
                            MOP_SV_ARG(tenths_text(&r->arena, got)),
                            MOP_SV_ARG(n->need->record->name), money ? "money is" : "records are",
                            MOP_SV_ARG(tenths_text(&r->arena, target)));
}

/* The larger miss first; where there is no figure at all there is none in money either. */
static struct mop_sv target_missed(struct mop_result *r, const struct mop_report_result *p)
{
    const struct mop_report_spec *s = p->spec;
    const struct mop_lowest *l = &p->judged;
    int64_t of_records = miss(l->records_of ? &l->score.records : NULL, s->target_records);
    int64_t of_value = miss(l->value_of ? &l->score.value : NULL, s->target_value);
    bool money = of_value > of_records;
    bool both = of_value >= 0 && of_records >= 0 && of_records < INT64_MAX;
    struct mop_sv first = missed_figure(r, l, money, money ? s->target_value : s->target_records);
    struct mop_sv other =
        both ? missed_figure(r, l, !money, money ? s->target_records : s->target_value)
             : MOP_SV("");
    return mop_arena_printf(&r->arena, "report '%.*s' misses its target%.*s: %.*s%s%.*s",
                            MOP_SV_ARG(s->name),
                            MOP_SV_ARG(mop_of_last_days(&r->arena, p->judged_days)),
                            MOP_SV_ARG(first), both ? "; " : "", MOP_SV_ARG(other));
}

bool mop_failed_targets(struct mop_result *r, bool *any)
{
    bool failed = false;
    for (size_t i = 0; i < r->nreports; i++) {
        *any |= r->reports[i].target != MOP_TARGET_NONE;
        if (r->reports[i].target != MOP_TARGET_MISSED)
            continue;
        failed = true;
        mop_because(r, MOP_WHY_TARGET, target_missed(r, &r->reports[i]));
    }
    return failed;
}

static bool fails_run(const struct mop_dataset_result *d)
{
    return d->failed && d->severity == MOP_SEV_ERROR;
}

bool mop_dataset_holds(const struct mop_dataset_result *d, const struct mop_report_result *p)
{
    for (size_t k = 0; k < p->nneeds; k++)
        if (fails_run(d) && d->record == p->needs[k].need->record)
            return true;
    return false;
}

/* "; it holds 'Funnel', 'Spend' and 2 more" */
static struct mop_sv held_by(struct mop_result *r, const struct mop_dataset_result *d)
{
    enum { MOST = 3 };
    struct mop_sv names = MOP_SV("");
    size_t n = 0;
    for (size_t i = 0; i < r->nreports; i++)
        if (mop_dataset_holds(d, &r->reports[i]) && n++ < MOST)
            names = mop_arena_printf(&r->arena, "%.*s%s'%.*s'", MOP_SV_ARG(names),
                                     n > 1 ? ", " : "", MOP_SV_ARG(r->reports[i].spec->name));
    if (!n)
        return MOP_SV("");
    return n > MOST ? mop_arena_printf(&r->arena, "; it holds %.*s and %zu more", MOP_SV_ARG(names),
                                       n - MOST)
                    : mop_arena_printf(&r->arena, "; it holds %.*s", MOP_SV_ARG(names));
}

bool mop_failed_datasets(struct mop_result *r)
{
    bool failed = false;
    for (size_t i = 0; i < r->ndatasets; i++) {
        const struct mop_dataset_result *d = &r->datasets[i];
        if (!fails_run(d))
            continue;
        failed = true;
        mop_because(r, MOP_WHY_DATASET,
                    mop_arena_printf(&r->arena, "dataset check '%.*s' failed: %.*s%.*s",
                                     MOP_SV_ARG(d->id), MOP_SV_ARG(d->message),
                                     MOP_SV_ARG(held_by(r, d))));
    }
    return failed;
}

bool mop_nothing_assessed(struct mop_result *r)
{
    for (size_t i = 0; i < r->ntypes; i++)
        if (r->types[i].tally->assessed)
            return false;
    mop_because(r, MOP_WHY_RECORDS, MOP_SV("no record was assessed"));
    return true;
}

bool mop_failed_exclusions(struct mop_result *r)
{
    bool failed = false;
    for (size_t i = 0; i < r->ntypes; i++) {
        if (!r->types[i].tally->unsure)
            continue;
        failed = true;
        mop_because(
            r, MOP_WHY_RECORDS,
            mop_arena_printf(&r->arena,
                             "which %.*s records are excluded cannot be told: a column that "
                             "decides it is missing",
                             MOP_SV_ARG(r->types[i].record->name)));
    }
    return failed;
}

bool mop_failed_findings(struct mop_result *r, const struct mop_verdict_options *o, bool gated)
{
    /* Who keeps a baseline wants to know of what is new, whatever else decides. */
    bool by_default = !gated || r->baseline.given;
    bool errors = o->fail_on == MOP_FAIL_ON_ERROR || o->fail_on == MOP_FAIL_ON_WARNING ||
                  (o->fail_on == MOP_FAIL_ON_DEFAULT && by_default);
    bool warnings = o->fail_on == MOP_FAIL_ON_WARNING;
    uint64_t n = (errors ? r->errors : 0) + (warnings ? r->warnings : 0);
    if (n)
        mop_because(r, MOP_WHY_RECORDS,
                    mop_arena_printf(&r->arena, "%llu %sfinding%s", (unsigned long long)n,
                                     r->baseline.given ? "new " : "", n == 1 ? "" : "s"));
    return n > 0;
}

void mop_say_broken(struct mop_result *r)
{
    for (size_t i = 0; i < r->nsources; i++)
        if (!r->sources[i].complete)
            mop_because(r, MOP_WHY_SOURCE,
                        mop_arena_printf(&r->arena, "'%.*s' was not read whole: %s",
                                         MOP_SV_ARG(r->sources[i].name), r->sources[i].incomplete));
}
