/* SPDX-License-Identifier: MIT */
#include "report/prometheus.h"
#include "report/sections.h"
#include "report/shown.h"
#include <stdlib.h>

/*
 * What a run found, as metrics. Labels are names of the taxonomy, never of the data: their number
 * is that of its record types, reports, rules. Shares are floored, as everywhere: 1 is clean.
 */
enum { RULES_MAX = 1000, DECIMALS = 1000000 };

typedef struct mop_prometheus P;

static struct mop_sv share(P *p, const struct mop_score *s)
{
    mop_i128 v = s->clean <= MOP_I128_MAX / DECIMALS ? s->clean * DECIMALS / s->assessed
                                                     : s->clean / (s->assessed / DECIMALS);
    return mop_shown_decimal(&p->arena, v);
}

static struct mop_sv tenths(P *p, int64_t t)
{
    return mop_shown_decimal(&p->arena, t * MOP_MILLIONTHS_OF_TENTH);
}

static const struct mop_sv basis_names[] = {{"records", 7}, {"value", 5}};

/* By records and by value; what has no score has no sample. */
static void put_pair(P *p, const char *name, struct mop_sv of, const char *name2, struct mop_sv of2,
                     const struct mop_score_pair *pair)
{
    struct mop_score s[] = {mop_scored(p->r, pair->records), mop_scored(p->r, pair->value)};
    for (size_t i = 0; i < 1 + (size_t)pair->has_value; i++) {
        if (s[i].reason || s[i].assessed <= 0)
            continue;
        struct mop_prometheus_label basis = {"basis", basis_names[i]};
        mop_prometheus_put(
            p, name2 ? MOP_LABELS({name, of}, {name2, of2}, basis) : MOP_LABELS({name, of}, basis),
            share(p, &s[i]));
    }
}

static void put_lone(P *p, const char *name, struct mop_sv of, const struct mop_score *s)
{
    struct mop_score t = mop_scored(p->r, *s);
    if (!t.reason && t.assessed > 0)
        mop_prometheus_put(p, MOP_LABELS({name, of}), share(p, &t));
}

#define EACH_TYPE(y)                                                                               \
    for (const struct mop_type_result *y = p->r->types; y < p->r->types + p->r->ntypes; y++)
#define EACH_REPORT(t)                                                                             \
    for (const struct mop_report_result *t = p->r->reports; t < p->r->reports + p->r->nreports; t++)

/* ---- the run ---- */

static void put_taxonomy(P *p)
{
    const struct mop_ruleset *rs = p->r->rules;
    mop_prometheus_count(p,
                         MOP_LABELS({"taxonomy", rs->name}, {"version", rs->version},
                                    {"hash", mop_sv_of(rs->digest)}),
                         1);
}

static void put_review(P *p)
{
    enum { DAY = 86400 };
    int32_t day = p->r->rules->review_by;
    if (day != INT32_MAX)
        mop_prometheus_put(p, NULL, mop_shown_decimal(&p->arena, (mop_i128)day * DAY * MOP_UNIT));
}

static void put_sources(P *p)
{
    uint64_t whole = 0;
    for (size_t i = 0; i < p->r->nsources; i++)
        whole += p->r->sources[i].complete;
    mop_prometheus_count(p, MOP_LABELS({"state", MOP_SV("complete")}), whole);
    mop_prometheus_count(p, MOP_LABELS({"state", MOP_SV("incomplete")}), p->r->nsources - whole);
}

static void put_missing(P *p)
{
    uint64_t n = 0;
    for (size_t i = 0; i < p->r->nmissing; i++)
        n += p->r->missing[i].expected;
    mop_prometheus_count(p, NULL, n);
}

/* ---- reports ---- */

static const struct mop_score_pair *lowest(const struct mop_report_result *t,
                                           struct mop_score_pair *room)
{
    *room = (struct mop_score_pair){.records.reason = "none"};
    if (t->lowest_records)
        room->records = t->lowest_records->score.records;
    room->has_value = t->lowest_value != NULL;
    if (t->lowest_value)
        room->value = t->lowest_value->score.value;
    return room;
}

static void put_report_scores(P *p)
{
    struct mop_score_pair room;
    EACH_REPORT(t)
    put_pair(p, "report", t->spec->name, NULL, MOP_SV_NONE, lowest(t, &room));
}

static void put_targets(P *p)
{
    EACH_REPORT(t)
    {
        const int64_t asked[] = {t->spec->target_records, t->spec->target_value};
        for (size_t i = 0; i < 2; i++)
            if (asked[i] >= 0)
                mop_prometheus_put(p,
                                   MOP_LABELS({"report", t->spec->name}, {"basis", basis_names[i]}),
                                   tenths(p, asked[i]));
    }
}

static void put_holds(P *p)
{
    EACH_REPORT(t)
    if (t->decision != MOP_DECISION_NONE)
        mop_prometheus_count(p, MOP_LABELS({"report", t->spec->name}),
                             t->decision == MOP_DECISION_HOLD);
}

/* Alerts go to owners. Who wrote an address where a name belongs has none here. */
static void put_report_info(P *p)
{
    EACH_REPORT(t)
    {
        struct mop_sv owner = t->spec->owner;
        if (mop_sv_find(owner, '@') < owner.n)
            owner = MOP_SV("");
        mop_prometheus_count(p, MOP_LABELS({"report", t->spec->name}, {"owner", owner}), 1);
    }
}

/* ---- record types ---- */

static void put_scores(P *p)
{
    EACH_TYPE(y)
    {
        struct mop_score_pair all = mop_overall(p->r, y);
        put_pair(p, "record", y->record->name, NULL, MOP_SV_NONE, &all);
    }
}

static void put_dimensions(P *p)
{
    EACH_TYPE(y)
    for (size_t i = 0; i < MOP_DIMS; i++)
        put_pair(p, "record", y->record->name, "dimension", mop_sv_of(mop_dimension_names[i]),
                 &y->dimensions[i]);
}

static void put_cohorts(P *p)
{
    EACH_TYPE(y)
    for (size_t i = 0; i < y->ncohorts; i++)
        put_pair(p, "record", y->record->name, "cohort", y->cohorts[i].name, &y->cohorts[i].score);
}

static void put_owners(P *p)
{
    EACH_TYPE(y)
    for (size_t i = 0; i < y->nowners; i++)
        if (mop_sv_find(y->owners[i].name, '@') == y->owners[i].name.n)
            put_pair(p, "record", y->record->name, "owner", y->owners[i].name, &y->owners[i].score);
}

static void put_checked(P *p)
{
    EACH_TYPE(y)
    put_lone(p, "record", y->record->name, &y->checked);
}

static void put_filled(P *p)
{
    EACH_TYPE(y)
    put_lone(p, "record", y->record->name, &y->fields_filled);
}

static void put_outcome(P *p, const struct mop_type_result *y, const char *outcome, uint64_t n)
{
    mop_prometheus_count(
        p, MOP_LABELS({"record", y->record->name}, {"outcome", mop_sv_of(outcome)}), n);
}

/* They add up to the records that were read. Where there is no overall score there is no telling
 * what is clean. */
static void put_records(P *p)
{
    EACH_TYPE(y)
    {
        const struct mop_tally *t = y->tally;
        const struct mop_score *s = &y->overall.records;
        put_outcome(p, y, "excluded", t->excluded_total);
        put_outcome(p, y, "not_assessed", t->records - t->excluded_total - t->assessed);
        if (mop_overall(p->r, y).records.reason) {
            put_outcome(p, y, "assessed", t->assessed);
            continue;
        }
        put_outcome(p, y, "clean", (uint64_t)s->clean);
        put_outcome(p, y, "undecided", (uint64_t)s->undecided);
        put_outcome(p, y, "faulty", (uint64_t)(s->assessed - s->clean - s->undecided));
    }
}

static void put_money(P *p)
{
    EACH_TYPE(y)
    {
        struct mop_score_pair all = mop_overall(p->r, y);
        const mop_i128 parts[] = {all.value.clean, all.value.undecided,
                                  all.value.assessed - all.value.clean - all.value.undecided};
        static const char *const names[] = {"clean", "undecided", "faulty"};
        for (size_t i = 0; i < 3 && all.has_value && !all.value.reason; i++)
            mop_prometheus_put(p,
                               MOP_LABELS({"record", y->record->name},
                                          {"currency", mop_sv_of(y->currency)},
                                          {"outcome", mop_sv_of(names[i])}),
                               mop_shown_decimal(&p->arena, parts[i]));
    }
}

static void put_stages(P *p)
{
    for (size_t i = 0; i < p->r->nlifecycles; i++) {
        const struct mop_lifecycle_result *l = &p->r->lifecycles[i];
        for (size_t k = 0; k < l->nstages; k++)
            mop_prometheus_count(
                p, MOP_LABELS({"lifecycle", l->lifecycle->id}, {"stage", l->stages[k].stage->name}),
                l->stages[k].counts->records);
    }
}

/* ---- rules and checks ---- */

struct ranked {
    const struct mop_type_result *type;
    const struct mop_check *check;
    uint64_t findings;
    size_t place;
};

static int by_findings(const void *x, const void *y)
{
    const struct ranked *a = x, *b = y;
    if (a->findings != b->findings)
        return a->findings < b->findings ? 1 : -1;
    return a->place < b->place ? -1 : a->place > b->place;
}

static int by_place(const void *x, const void *y)
{
    const struct ranked *a = x, *b = y;
    return a->place < b->place ? -1 : a->place > b->place;
}

static size_t rules_of(const P *p)
{
    size_t n = 0;
    EACH_TYPE(y)
    n += y->record->nchecks;
    return n;
}

/* In rule-file order; of more than a collector should be given those that found most. */
static struct ranked *ranked_rules(P *p, size_t *n)
{
    struct ranked *all = mop_arena_array(&p->arena, rules_of(p) + 1, sizeof *all);
    *n = 0;
    EACH_TYPE(y)
    for (size_t i = 0; i < y->record->nchecks; i++, (*n)++)
        all[*n] = (struct ranked){
            y, y->record->checks[i],
            y->tally->rules_tally[i].failed + y->tally->rules_tally[i].undecided, *n};
    if (*n <= RULES_MAX)
        return all;
    qsort(all, *n, sizeof *all, by_findings);
    *n = RULES_MAX;
    qsort(all, *n, sizeof *all, by_place);
    return all;
}

static void put_rules(P *p, uint64_t (*count)(const struct mop_rule_tally *t))
{
    size_t n;
    const struct ranked *rules = ranked_rules(p, &n);
    for (size_t i = 0; i < n; i++) {
        const struct mop_check *c = rules[i].check;
        mop_prometheus_count(p,
                             MOP_LABELS({"record", c->record->name}, {"rule", c->id},
                                        {"severity", mop_sv_of(mop_severity_names[c->severity])}),
                             count(&rules[i].type->tally->rules_tally[c->index]));
    }
}

static uint64_t failed_of(const struct mop_rule_tally *t)
{
    return t->failed;
}
static uint64_t undecided_of(const struct mop_rule_tally *t)
{
    return t->undecided;
}
static uint64_t applied_of(const struct mop_rule_tally *t)
{
    return t->applied;
}
static void put_failed(P *p)
{
    put_rules(p, failed_of);
}
static void put_undecided(P *p)
{
    put_rules(p, undecided_of);
}
static void put_applied(P *p)
{
    put_rules(p, applied_of);
}

static void put_left_out(P *p)
{
    size_t n = rules_of(p);
    mop_prometheus_count(p, NULL, n > RULES_MAX ? n - RULES_MAX : 0);
}

static void put_findings(P *p)
{
    mop_prometheus_count(p, MOP_LABELS({"severity", MOP_SV("error")}), p->r->errors);
    mop_prometheus_count(p, MOP_LABELS({"severity", MOP_SV("warning")}), p->r->warnings);
}

static void put_datasets(P *p)
{
    for (size_t i = 0; i < p->r->ndatasets; i++) {
        const struct mop_dataset_result *d = &p->r->datasets[i];
        if (d->judged)
            mop_prometheus_count(
                p,
                MOP_LABELS({"check", d->id},
                           {"severity", mop_sv_of(mop_severity_names[d->severity])}),
                d->failed);
    }
}

/* A gate that was asked for twice is one: a sample twice would make the whole file void. */
static void put_gates(P *p)
{
    const struct mop_gate *g = p->r->gates;
    for (size_t i = 0; i < p->r->ngates; i++) {
        bool met = true, told = g[i].skipped;
        for (size_t k = 0; k < p->r->ngates; k++)
            if (mop_sv_eq(g[k].name, g[i].name)) {
                told |= k < i;
                met &= g[k].met;
            }
        if (!told)
            mop_prometheus_count(p, MOP_LABELS({"gate", g[i].name}), !met);
    }
}

static void put_suppressions(P *p)
{
    uint64_t expired = 0;
    for (size_t i = 0; i < p->r->rules->nsuppressions; i++)
        expired += p->r->rules->suppressions[i].expired;
    mop_prometheus_count(p, MOP_LABELS({"state", MOP_SV("active")}),
                         p->r->rules->nsuppressions - expired);
    mop_prometheus_count(p, MOP_LABELS({"state", MOP_SV("expired")}), expired);
}

const struct mop_prometheus_family mop_prometheus_findings[] = {
    {"ruleset_info", "The taxonomy that the run judged by, value 1.", put_taxonomy,
     MOP_PROM_RESULT},
    {"ruleset_review_timestamp_seconds", "When the taxonomy is due for review.", put_review,
     MOP_PROM_RESULT},
    {"sources", "Sources of the run, by whether they were read whole.", put_sources,
     MOP_PROM_RESULT},
    {"missing_columns", "Expected columns that no source has.", put_missing, MOP_PROM_RESULT},
    {"report_info", "Who owns the report, value 1.", put_report_info, MOP_PROM_RESULT},
    {"report_score_ratio", "Share of the report's records, or of their value, that is clean.",
     put_report_scores, MOP_PROM_WHOLE},
    {"report_target_ratio", "What the report's score has to reach.", put_targets, MOP_PROM_RESULT},
    {"report_on_hold", "1: the report should not be sent; 0: it may be.", put_holds,
     MOP_PROM_WHOLE},
    {"score_ratio", "Share of the records of a type, or of their value, that is clean.", put_scores,
     MOP_PROM_WHOLE},
    {"dimension_score_ratio", "The score by the rules of one dimension.", put_dimensions,
     MOP_PROM_WHOLE},
    {"cohort_score_ratio", "The score among the records of the last days.", put_cohorts,
     MOP_PROM_WHOLE},
    {"owner_score_ratio", "The score by the rules of one owner.", put_owners, MOP_PROM_WHOLE},
    {"checked_ratio", "Share of the records that were checked by more than required.", put_checked,
     MOP_PROM_WHOLE},
    {"fields_filled_ratio", "Share of the expected fields that are filled.", put_filled,
     MOP_PROM_WHOLE},
    {"records", "Records read, by what became of them.", put_records, MOP_PROM_WHOLE},
    {"value", "Money of the assessed records, by what became of them.", put_money, MOP_PROM_WHOLE},
    {"stage_records", "Records by their lifecycle stage.", put_stages, MOP_PROM_WHOLE},
    {"findings", "Findings that are neither suppressed nor in the baseline.", put_findings,
     MOP_PROM_WHOLE},
    {"rule_applicable_records", "Records that the rule judged.", put_applied, MOP_PROM_WHOLE},
    {"rule_failed_records", "Records that the rule found wrong.", put_failed, MOP_PROM_WHOLE},
    {"rule_undecided_records", "Records of which the rule could not tell.", put_undecided,
     MOP_PROM_WHOLE},
    {"rules_left_out", "Rules without metrics: only those that found most have them.", put_left_out,
     MOP_PROM_WHOLE},
    {"dataset_check_failed", "1: the check of the whole data failed.", put_datasets,
     MOP_PROM_WHOLE},
    {"gate_failed", "1: what the settings ask of the run at least was not met.", put_gates,
     MOP_PROM_WHOLE},
    {"suppressions", "Suppressions of the taxonomy, by whether they still hold.", put_suppressions,
     MOP_PROM_RESULT},
    {NULL, NULL, NULL, MOP_PROM_ANY},
};
