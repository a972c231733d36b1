/* SPDX-License-Identifier: MIT */
#include "score/verdict.h"

/* From scores and findings to pass or fail (design.md section 5, 'Verdict'). */

/* ---- which report may be sent ---- */

static bool data_fails(const struct mop_result *r, const struct mop_report_result *p)
{
    for (size_t i = 0; i < r->ndatasets; i++)
        if (mop_dataset_holds(&r->datasets[i], p))
            return true;
    return false;
}

/* The gates of reports stand last, in the order of --min-report. */
static bool asked_of(const struct mop_result *r, const struct mop_verdict_options *o,
                     const struct mop_report_result *p, bool met, int64_t *asked)
{
    for (size_t i = 0; i < o->nmin_reports; i++)
        if (mop_sv_eq(o->min_reports[i].name, p->spec->name) &&
            r->gates[r->ngates - o->nmin_reports + i].met == met) {
            *asked = o->min_reports[i].millionths;
            return true;
        }
    return false;
}

static int64_t millionths(int64_t tenths)
{
    return tenths < 0 ? -1 : tenths * MOP_MILLIONTHS_OF_TENTH;
}

static uint32_t cohort_of(const struct mop_result *r, int32_t days)
{
    for (size_t i = 0; days && i < r->rules->ncohorts; i++)
        if (r->rules->cohort_days[i] == days)
            return (uint32_t)i + 1;
    return 0;
}

static void decide_report(const struct mop_result *r, const struct mop_verdict_options *o,
                          struct mop_report_result *p)
{
    int64_t least = -1;
    bool missed = p->target == MOP_TARGET_MISSED;
    bool below = asked_of(r, o, p, false, &least);
    p->asked_records = missed ? millionths(p->spec->target_records) : least;
    p->asked_value = missed ? millionths(p->spec->target_value) : -1;
    p->asked_cohort = below || missed ? cohort_of(r, o->cohort_days) : 0;
    if (missed || below || data_fails(r, p))
        p->decision = MOP_DECISION_HOLD;
    else if (p->target == MOP_TARGET_MET || asked_of(r, o, p, true, &(int64_t){0}))
        p->decision = p->all_rules ? MOP_DECISION_SEND : MOP_DECISION_NONE;
    p->untold = !p->all_rules && p->decision == MOP_DECISION_NONE &&
                (p->target != MOP_TARGET_NONE || asked_of(r, o, p, true, &(int64_t){0}));
}

/* ---- the run ---- */

/* From here on targets and --min-report look at the records of that cohort. -1: there is none. */
static int look_at_cohort(struct mop_result *r, int32_t days, struct mop_err *e)
{
    size_t k = 0;
    while (k < r->rules->ncohorts && r->rules->cohort_days[k] != days)
        k++;
    if (k == r->rules->ncohorts) {
        mop_err_set(e, 2, (struct mop_loc){0}, "--cohort: the taxonomy counts no cohort of %d days",
                    (int)days);
        mop_err_hint(e, "name it there: score: {cohorts: [%dd]}", (int)days);
        return -1;
    }
    for (size_t i = 0; i < r->nreports; i++) {
        r->reports[i].judged = mop_report_cohort(&r->reports[i], k);
        r->reports[i].judged_days = days;
        mop_report_judge(&r->reports[i]);
    }
    return 0;
}

static int decide_ratchet(struct mop_result *r, const struct mop_verdict_options *o)
{
    mop_ask_ratchet(r, o);
    bool failed = mop_failed_gates(r);
    failed |= mop_failed_exclusions(r);
    failed |= !o->allow_empty && mop_nothing_assessed(r);
    for (size_t i = 0; i < r->nreports; i++)
        decide_report(r, &(struct mop_verdict_options){.cohort_days = o->cohort_days},
                      &r->reports[i]);
    r->status = failed ? MOP_RUN_FAIL : MOP_RUN_PASS;
    r->exit = failed;
    return 0;
}

/* No report goes out by a run that was not done whole. */
static void not_whole(struct mop_result *r, const char *what, const char *why, const char **kept)
{
    mop_because(r, MOP_WHY_SOURCE, mop_arena_printf(&r->arena, "%s: %s", what, why));
    r->exit = 3;
    if (r->status == MOP_RUN_PARTIAL)
        return;
    r->status = MOP_RUN_PARTIAL;
    *kept = mop_arena_str(&r->arena, mop_sv_of(why));
    for (size_t i = 0; i < r->nreports; i++)
        r->reports[i].decision = MOP_DECISION_HOLD;
}

void mop_result_unkept(struct mop_result *r, const char *why)
{
    not_whole(r, "the history lacks this run", why, &r->unkept);
}

void mop_result_unwritten(struct mop_result *r, const char *why)
{
    not_whole(r, "not every output is written", why, &r->unwritten);
}

int mop_result_decide(struct mop_result *r, const struct mop_verdict_options *o, struct mop_err *e)
{
    bool gated = false;
    r->warnings_fail = o->fail_on == MOP_FAIL_ON_WARNING;
    if (r->status == MOP_RUN_PARTIAL) {
        mop_say_broken(r);
        r->exit = 3;
        return 0;
    }
    if (o->cohort_days && look_at_cohort(r, o->cohort_days, e))
        return -1;
    r->gates = mop_arena_array(&r->arena, 3 * r->ntypes + o->nratchets + o->nmin_reports + 1,
                               sizeof *r->gates);
    if (o->ratchet)
        return decide_ratchet(r, o);
    mop_ask_types(r, o);
    for (size_t i = 0; i < o->nmin_reports; i++)
        if (mop_ask_report(r, &o->min_reports[i], e))
            return -1;
    bool failed = mop_failed_gates(r);
    failed |= mop_failed_targets(r, &gated);
    failed |= mop_failed_datasets(r);
    failed |= mop_failed_exclusions(r);
    failed |= !o->allow_empty && mop_nothing_assessed(r);
    failed |= mop_failed_findings(r, o, gated || r->ngates > 0);
    for (size_t i = 0; i < r->nreports; i++)
        decide_report(r, o, &r->reports[i]);
    r->status = failed ? MOP_RUN_FAIL : MOP_RUN_PASS;
    r->exit = failed;
    return 0;
}
