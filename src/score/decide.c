/* SPDX-License-Identifier: MIT */
#include "score/result.h"
#include "score/score.h"

/* From scores and findings to pass or fail (design.md section 5, 'Verdict'). Gates compare exact
 * integers. */

static struct mop_sv tenths_text(struct mop_arena *a, int64_t tenths)
{
    if (tenths < 0)
        return MOP_SV("none");
    return mop_arena_printf(a, "%lld.%lld", (long long)(tenths / 10), (long long)(tenths % 10));
}

/* Decimals of a percentage in millionths that are not all 0; at least one. */
static int decimals_of(int64_t millionths)
{
    int n = 4;
    while (n > 1 && millionths % 10 == 0) {
        millionths /= 10;
        n--;
    }
    return n;
}

/* As a percentage with so many decimals, floored. */
static struct mop_sv percent_text(struct mop_arena *a, int64_t millionths, int decimals)
{
    int64_t unit = 1, whole = MOP_MILLIONTHS / 100;
    for (int i = decimals; i < 4; i++)
        unit *= 10;
    return mop_arena_printf(a, "%lld.%0*lld", (long long)(millionths / whole), decimals,
                            (long long)(millionths % whole / unit));
}

/* What was got is told as finely as what was asked for, so that the two can be compared. */
static void add_gate(struct mop_result *r, struct mop_sv name, const struct mop_score *s,
                     int64_t wanted)
{
    struct mop_gate *g = &r->gates[r->ngates++];
    int decimals = decimals_of(wanted);
    g->name = name;
    g->asked = MOP_SV("was asked for");
    g->wanted = percent_text(&r->arena, wanted, decimals);
    g->got =
        s && !s->reason
            ? percent_text(&r->arena, (int64_t)(s->clean * MOP_MILLIONTHS / s->assessed), decimals)
            : MOP_SV("none");
    g->met = s && mop_score_meets(s, wanted);
}

struct mop_sv mop_of_last_days(struct mop_arena *a, int32_t days)
{
    return days ? mop_arena_printf(a, " among the records of the last %d days", (int)days)
                : MOP_SV("");
}

/* Of the cohort that gates look at, or of all records. */
static const struct mop_score_pair *part_score(const struct mop_result *r,
                                               const struct mop_score_pair *all,
                                               const struct mop_named_score *cohorts, size_t n,
                                               int32_t days)
{
    for (size_t i = 0; days && i < n && i < r->rules->ncohorts; i++)
        if (r->rules->cohort_days[i] == days)
            return &cohorts[i].score;
    return days ? NULL : all;
}

static const struct mop_score *checked_score(const struct mop_result *r,
                                             const struct mop_type_result *y, int32_t days)
{
    for (size_t i = 0; days && i < y->ncohorts; i++)
        if (r->rules->cohort_days[i] == days)
            return &y->checked_cohorts[i];
    return days ? NULL : &y->checked;
}

static struct mop_sv gate_name(struct mop_result *r, const char *what, struct mop_sv of)
{
    return mop_arena_printf(&r->arena, "%s of %.*s", what, MOP_SV_ARG(of));
}

static bool any_weight(const struct mop_result *r)
{
    bool any = false;
    for (size_t i = 0; i < r->ntypes; i++)
        any |= r->types[i].record->own_weight;
    return any;
}

/* A type without money has no figure to be asked for, where another has one. */
static void gate_value(struct mop_result *r, const struct mop_type_result *y,
                       const struct mop_score_pair *p, int64_t wanted)
{
    struct mop_sv name = gate_name(r, "value confidence", y->record->name);
    if (y->record->own_weight || !any_weight(r))
        add_gate(r, name, p && p->has_value ? &p->value : NULL, wanted);
    else
        r->gates[r->ngates++] =
            (struct mop_gate){.name = name, .met = true, .skipped = "its records have no weight"};
}

static void gate_types(struct mop_result *r, const struct mop_verdict_options *o)
{
    for (size_t i = 0; i < r->ntypes; i++) {
        const struct mop_type_result *y = &r->types[i];
        const struct mop_score_pair *p =
            part_score(r, &y->overall, y->cohorts, y->ncohorts, o->cohort_days);
        if (o->min_confidence >= 0)
            add_gate(r, gate_name(r, "confidence", y->record->name), p ? &p->records : NULL,
                     o->min_confidence);
        if (o->min_value_confidence >= 0)
            gate_value(r, y, p, o->min_value_confidence);
        if (o->min_coverage >= 0)
            add_gate(r, gate_name(r, "coverage", y->record->name),
                     checked_score(r, y, o->cohort_days), o->min_coverage);
    }
}

static void gate_ratchet(struct mop_result *r, const struct mop_verdict_options *o)
{
    for (size_t i = 0; i < o->nratchets; i++) {
        add_gate(r, o->ratchets[i].name, o->ratchets[i].score,
                 o->ratchets[i].tenths * MOP_MILLIONTHS_OF_TENTH);
        r->gates[r->ngates - 1].asked = o->ratchets[i].held;
    }
}

static int gate_report(struct mop_result *r, const struct mop_min_report *m, struct mop_err *e)
{
    for (size_t i = 0; i < r->nreports; i++) {
        const struct mop_report_result *p = &r->reports[i];
        if (!mop_sv_eq(p->spec->name, m->name))
            continue;
        const struct mop_lowest *l = &p->judged;
        add_gate(r, gate_name(r, "report", m->name), l->records_of ? &l->score.records : NULL,
                 m->millionths);
        return 0;
    }
    mop_err_set(e, 2, (struct mop_loc){0}, "--min-report: no report '%.*s'", MOP_SV_ARG(m->name));
    struct mop_sv names = MOP_SV("");
    for (size_t i = 0; i < r->nreports; i++)
        names = mop_arena_printf(&r->arena, "%.*s%s'%.*s'", MOP_SV_ARG(names), i ? ", " : "",
                                 MOP_SV_ARG(r->reports[i].spec->name));
    if (names.n)
        mop_err_hint(e, "there are: %.*s", MOP_SV_ARG(names));
    else
        mop_err_hint(e, "the taxonomy has no reports");
    return -1;
}

static void because(struct mop_result *r, enum mop_reason_about about, struct mop_sv why)
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

static bool failed_gates(struct mop_result *r)
{
    bool failed = false;
    for (size_t i = 0; i < r->ngates; i++) {
        if (r->gates[i].met)
            continue;
        failed = true;
        because(r, MOP_WHY_GATE,
                mop_arena_printf(&r->arena, "%.*s is %.*s, %.*s %.*s", MOP_SV_ARG(r->gates[i].name),
                                 MOP_SV_ARG(r->gates[i].got), MOP_SV_ARG(r->gates[i].wanted),
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

static bool failed_targets(struct mop_result *r, bool *any)
{
    bool failed = false;
    for (size_t i = 0; i < r->nreports; i++) {
        *any |= r->reports[i].target != MOP_TARGET_NONE;
        if (r->reports[i].target != MOP_TARGET_MISSED)
            continue;
        failed = true;
        because(r, MOP_WHY_TARGET, target_missed(r, &r->reports[i]));
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

static bool failed_datasets(struct mop_result *r)
{
    bool failed = false;
    for (size_t i = 0; i < r->ndatasets; i++) {
        const struct mop_dataset_result *d = &r->datasets[i];
        if (!fails_run(d))
            continue;
        failed = true;
        because(r, MOP_WHY_DATASET,
                mop_arena_printf(&r->arena, "dataset check '%.*s' failed: %.*s%.*s",
                                 MOP_SV_ARG(d->id), MOP_SV_ARG(d->message),
                                 MOP_SV_ARG(held_by(r, d))));
    }
    return failed;
}

static bool nothing_assessed(struct mop_result *r)
{
    for (size_t i = 0; i < r->ntypes; i++)
        if (r->types[i].tally->assessed)
            return false;
    because(r, MOP_WHY_RECORDS, MOP_SV("no record was assessed"));
    return true;
}

static bool failed_exclusions(struct mop_result *r)
{
    bool failed = false;
    for (size_t i = 0; i < r->ntypes; i++) {
        if (!r->types[i].tally->unsure)
            continue;
        failed = true;
        because(r, MOP_WHY_RECORDS,
                mop_arena_printf(&r->arena,
                                 "which %.*s records are excluded cannot be told: a column that "
                                 "decides it is missing",
                                 MOP_SV_ARG(r->types[i].record->name)));
    }
    return failed;
}

static bool failed_findings(struct mop_result *r, const struct mop_verdict_options *o, bool gated)
{
    /* Who keeps a baseline wants to know of what is new, whatever else decides. */
    bool by_default = !gated || r->baseline.given;
    bool errors = o->fail_on == MOP_FAIL_ON_ERROR || o->fail_on == MOP_FAIL_ON_WARNING ||
                  (o->fail_on == MOP_FAIL_ON_DEFAULT && by_default);
    bool warnings = o->fail_on == MOP_FAIL_ON_WARNING;
    uint64_t n = (errors ? r->errors : 0) + (warnings ? r->warnings : 0);
    if (n)
        because(r, MOP_WHY_RECORDS,
                mop_arena_printf(&r->arena, "%llu %sfinding%s", (unsigned long long)n,
                                 r->baseline.given ? "new " : "", n == 1 ? "" : "s"));
    return n > 0;
}

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

static void say_broken(struct mop_result *r)
{
    for (size_t i = 0; i < r->nsources; i++)
        if (!r->sources[i].complete)
            because(r, MOP_WHY_SOURCE,
                    mop_arena_printf(&r->arena, "'%.*s' was not read whole: %s",
                                     MOP_SV_ARG(r->sources[i].name), r->sources[i].incomplete));
}

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

static int decide_ratchet(struct mop_result *r, const struct mop_verdict_options *o)
{
    gate_ratchet(r, o);
    bool failed = failed_gates(r);
    failed |= failed_exclusions(r);
    failed |= !o->allow_empty && nothing_assessed(r);
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
    because(r, MOP_WHY_SOURCE, mop_arena_printf(&r->arena, "%s: %s", what, why));
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
        say_broken(r);
        r->exit = 3;
        return 0;
    }
    if (o->cohort_days && look_at_cohort(r, o->cohort_days, e))
        return -1;
    r->gates = mop_arena_array(&r->arena, 3 * r->ntypes + o->nratchets + o->nmin_reports + 1,
                               sizeof *r->gates);
    if (o->ratchet)
        return decide_ratchet(r, o);
    gate_types(r, o);
    for (size_t i = 0; i < o->nmin_reports; i++)
        if (gate_report(r, &o->min_reports[i], e))
            return -1;
    bool failed = failed_gates(r);
    failed |= failed_targets(r, &gated);
    failed |= failed_datasets(r);
    failed |= failed_exclusions(r);
    failed |= !o->allow_empty && nothing_assessed(r);
    failed |= failed_findings(r, o, gated || r->ngates > 0);
    for (size_t i = 0; i < r->nreports; i++)
        decide_report(r, o, &r->reports[i]);
    r->status = failed ? MOP_RUN_FAIL : MOP_RUN_PASS;
    r->exit = failed;
    return 0;
}
