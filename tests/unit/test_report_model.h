/* SPDX-License-Identifier: MIT */
#ifndef TEST_REPORT_MODEL_H
#define TEST_REPORT_MODEL_H
/* A finished run made by hand: what the report tests render. Values in it are as nasty as data can
 * be. */
#include "unit.h"
#include "report/report.h"
#include "rules/kind.h"
#include <stdlib.h>
#include <string.h>

#define NASTY "::error::\x1b[31m|`<b>&@dana\n\xFF##[x]"

static const struct mop_kind kind_alias = {.name = "alias", .summary = "another name"};
static const struct mop_kind kind_type = {.name = "type", .summary = "a type"};
static const struct mop_kind kind_group = {.name = "all_or_none", .summary = "all or none"};

struct model {
    struct mop_ruleset rules;
    struct mop_record lead, *records[1];
    struct mop_field id, email, source, amount, *fields[3], *key[1], *both[2], *of_source[1],
        *of_email[1];
    struct mop_check alias, type, group, *checks[3];
    struct mop_weight weight, *weights[1];
    struct mop_exclude exclude;
    struct mop_suppression suppression;
    struct mop_suppressed suppressed;
    struct mop_not_judged left_out;
    struct mop_report_spec spec;
    struct mop_need need;
    int32_t cohort_days[1];
    struct mop_tally tally;
    struct mop_rule_tally counts[3];
    struct mop_rule_value values[3], email_values[1], group_values[1];
    struct mop_sample samples[1];
    struct mop_fixer fixer;
    uint64_t excluded[1];
    uint64_t veiled, *need_veiled[1];
    struct mop_result result;
    struct mop_reason why;
    struct mop_source_result source_result;
    struct mop_missing_column missing;
    struct mop_type_result type_result;
    struct mop_report_result report;
    struct mop_need_result need_result;
    struct mop_named_score named[1];
    struct mop_slice_score slice_values[1];
    struct mop_slice_result slice;
    struct mop_fix fix;
    struct mop_plan_step step;
    struct mop_dataset_result dataset;
};

static inline struct mop_score model_score(int clean, int assessed, mop_i128 unit)
{
    return (struct mop_score){NULL, clean * unit, assessed * unit, 0};
}

static inline struct mop_score_pair model_pair(int clean, int assessed)
{
    return (struct mop_score_pair){.records = model_score(clean, assessed, 1),
                                   .value = model_score(clean * 1000, assessed * 1000, MOP_UNIT),
                                   .has_value = true};
}

static inline void model_check(struct model *m, struct mop_check *c, size_t i, const char *id,
                               const struct mop_kind *kind, struct mop_field *field,
                               struct mop_field **subjects, size_t n)
{
    *c = (struct mop_check){.id = mop_sv_of(id),
                            .index = i,
                            .role = MOP_CHECK_INLINE,
                            .kind = kind,
                            .record = &m->lead,
                            .field = field,
                            .severity = MOP_SEV_ERROR,
                            .final_severity = MOP_SEV_ERROR,
                            .phase_until = INT32_MIN,
                            .dimension = MOP_DIM_CONSISTENCY,
                            .effect = MOP_EFF_MISPLACES,
                            .owner = MOP_SV("dana"),
                            .origin = MOP_SV("acme"),
                            .subjects = subjects,
                            .nsubjects = n};
    m->checks[i] = c;
}

static inline void model_rules(struct model *m)
{
    struct mop_field *fields[] = {&m->id, &m->email, &m->source};
    static const char *const names[] = {"record_id", "email", "utm_source"};
    m->lead = (struct mop_record){.name = MOP_SV("lead"),
                                  .fields = m->fields,
                                  .nfields = 3,
                                  .checks = m->checks,
                                  .nchecks = 3,
                                  .key = m->key,
                                  .nkey = 1,
                                  .weights = m->weights,
                                  .nweights = 1,
                                  .own_weight = true,
                                  .excludes = &m->exclude,
                                  .nexcludes = 1,
                                  .max_excluded_tenths = -1};
    mop_map_init(&m->lead.by_name);
    for (size_t i = 0; i < 3; i++) {
        m->fields[i] = fields[i];
        *fields[i] = (struct mop_field){
            .name = mop_sv_of(names[i]), .index = i, .record = &m->lead, .personal = i == 1};
        *mop_map_put(&m->lead.by_name, fields[i]->name, NULL) = i;
    }
    m->key[0] = &m->id;
    m->both[0] = &m->email, m->both[1] = &m->source;
    m->of_source[0] = &m->source, m->of_email[0] = &m->email;
    model_check(m, &m->alias, 0, "lead.utm_source.alias", &kind_alias, &m->source, m->of_source, 1);
    model_check(m, &m->type, 1, "lead.email.type", &kind_type, &m->email, m->of_email, 1);
    model_check(m, &m->group, 2, "both-or-none", &kind_group, NULL, m->both, 2);
    m->amount.name = MOP_SV("amount");
    m->weight = (struct mop_weight){.field = &m->amount, .to = MOP_SV("EUR")};
    m->weights[0] = &m->weight;
    m->exclude = (struct mop_exclude){MOP_SV("test-records"), MOP_SV("QA"), NULL, NULL};
    m->suppression = (struct mop_suppression){.rule = m->alias.id,
                                              .reason = MOP_SV("being repaired"),
                                              .by = MOP_SV("dana"),
                                              .until = 20818};
    m->left_out = (struct mop_not_judged){MOP_SV("campaign-exists"), MOP_SV("--without campaign")};
    m->need = (struct mop_need){.record = &m->lead, .weight = SIZE_MAX};
    m->spec = (struct mop_report_spec){.name = MOP_SV("Speed | to <lead>"),
                                       .owner = MOP_SV("cmo"),
                                       .needs = &m->need,
                                       .nneeds = 1,
                                       .target_records = 950,
                                       .target_value = -1};
    m->records[0] = &m->lead;
    m->cohort_days[0] = 7;
    m->rules = (struct mop_ruleset){.name = MOP_SV("acme"),
                                    .version = MOP_SV("2026.11"),
                                    .now_us = INT64_C(1795327200000000),
                                    .records = m->records,
                                    .nrecords = 1,
                                    .reports = &m->spec,
                                    .nreports = 1,
                                    .suppressions = &m->suppression,
                                    .nsuppressions = 1,
                                    .cohort_days = m->cohort_days,
                                    .ncohorts = 1,
                                    .not_judged = &m->left_out,
                                    .nnot_judged = 1,
                                    .review_by = INT32_MAX};
}

static inline void model_tally(struct model *m)
{
    m->values[0] = (struct mop_rule_value){
        .value = MOP_SV("li"), .proposal = MOP_SV("linkedin"), .certain = true, .count = 5};
    m->values[1] = (struct mop_rule_value){.value = MOP_SV(NASTY), .count = 9};
    m->values[2] = (struct mop_rule_value){
        .value = MOP_SV("fb"), .proposal = MOP_SV("facebook"), .certain = true, .count = 5};
    m->email_values[0] =
        (struct mop_rule_value){.value = MOP_SV("jane.roe@example.com"), .count = 1};
    m->group_values[0] =
        (struct mop_rule_value){.value = MOP_SV("john.doe@example.com"), .count = 2};
    m->samples[0] =
        (struct mop_sample){.line = 17, .record = 16, .key = MOP_SV("L-17"), .value = MOP_SV("li")};
    m->counts[0] = (struct mop_rule_tally){.applied = 9000,
                                           .failed = 19,
                                           .suppressed = 4,
                                           .values = m->values,
                                           .nvalues = 3,
                                           .samples = m->samples,
                                           .nsamples = 1};
    m->counts[1] = (struct mop_rule_tally){
        .applied = 9000, .failed = 1, .values = m->email_values, .nvalues = 1};
    m->counts[2] = (struct mop_rule_tally){
        .applied = 9000, .failed = 2, .values = m->group_values, .nvalues = 1};
    m->fixer = (struct mop_fixer){
        .name = MOP_SV("dana"), .findings = 22, .records = 20, .lost = 20 * (mop_i128)MOP_UNIT};
    m->excluded[0] = 12;
    m->suppressed.findings = 4;
    m->need_veiled[0] = &m->veiled;
    m->tally = (struct mop_tally){.record = &m->lead,
                                  .veiled = &m->veiled,
                                  .need_veiled = m->need_veiled,
                                  .rules = &m->rules,
                                  .rules_tally = m->counts,
                                  .records = 9240,
                                  .excluded_total = 12,
                                  .assessed = 9228,
                                  .excluded = m->excluded,
                                  .suppressed = &m->suppressed,
                                  .fixers = &m->fixer,
                                  .nfixers = 1};
}

static inline void model_result(struct model *m)
{
    m->named[0] = (struct mop_named_score){MOP_SV("7d"), model_pair(45, 50)};
    m->slice_values[0] = (struct mop_slice_score){MOP_SV(NASTY), 10, model_pair(1, 10)};
    m->slice =
        (struct mop_slice_result){.field = MOP_SV("utm_source"), .values = m->slice_values, .n = 1};
    m->fix = (struct mop_fix){&m->alias, MOP_SV("16.800"), MOP_SV("20.867"), MOP_SV("1.000"),
                              MOP_SV("2.000")};
    m->step = (struct mop_plan_step){&m->alias, 9000000 * (mop_i128)MOP_UNIT,
                                     9228000 * (mop_i128)MOP_UNIT, MOP_SURE_EXACT};
    m->type_result =
        (struct mop_type_result){.record = &m->lead,
                                 .tally = &m->tally,
                                 .currency = "EUR",
                                 .overall = model_pair(6828, 9228),
                                 .cohorts = m->named,
                                 .ncohorts = 1,
                                 .slices = &m->slice,
                                 .nslices = 1,
                                 .fixes = &m->fix,
                                 .nfixes = 1,
                                 .plan = {.by_value = true, .steps = &m->step, .n = 1}};
    struct mop_type_result *y = &m->type_result;
    y->strict = y->accepted = y->overall;
    y->checked = y->fields_filled = y->records_complete = model_score(9000, 9228, 1);
    for (size_t i = 0; i < MOP_DIMS; i++)
        y->dimensions[i] = y->overall;
    for (size_t i = 0; i < MOP_EFFS; i++)
        y->effects[i] = y->overall;
    m->need_result = (struct mop_need_result){.need = &m->need,
                                              .type = y,
                                              .score = model_pair(6828, 9228),
                                              .cohorts = m->named,
                                              .ncohorts = 1};
    m->need_result.checked = y->checked;
    memcpy(m->need_result.effects, y->effects, sizeof y->effects);
    m->report = (struct mop_report_result){
        .spec = &m->spec,
        .needs = &m->need_result,
        .nneeds = 1,
        .lowest_records = &m->need_result,
        .lowest_value = &m->need_result,
        .asked_records = 950000,
        .asked_value = -1,
        .judged = {m->need_result.score, &m->need_result, &m->need_result},
        .target = MOP_TARGET_MISSED,
        .decision = MOP_DECISION_HOLD};
    m->source_result = (struct mop_source_result){.name = MOP_SV("leads.csv"),
                                                  .record = &m->lead,
                                                  .how = "by file name",
                                                  .records = 9240,
                                                  .complete = true};
    m->missing = (struct mop_missing_column){0, &m->source, MOP_SV("utm-src"), true};
    m->dataset = (struct mop_dataset_result){.id = MOP_SV("fresh"),
                                             .kind = "freshness",
                                             .severity = MOP_SEV_ERROR,
                                             .record = &m->lead,
                                             .judged = true,
                                             .message = MOP_SV("the newest is today")};
    m->why = (struct mop_reason){MOP_SV("report misses its target"), MOP_WHY_TARGET};
    m->result = (struct mop_result){.rules = &m->rules,
                                    .status = MOP_RUN_FAIL,
                                    .exit = 1,
                                    .sources = &m->source_result,
                                    .nsources = 1,
                                    .missing = &m->missing,
                                    .nmissing = 1,
                                    .types = y,
                                    .ntypes = 1,
                                    .reports = &m->report,
                                    .nreports = 1,
                                    .datasets = &m->dataset,
                                    .ndatasets = 1,
                                    .errors = 22,
                                    .why = &m->why,
                                    .nwhy = 1};
}

static inline struct model *model_create(void)
{
    struct model *m = mop_alloc(sizeof *m);
    model_rules(m);
    model_tally(m);
    model_result(m);
    return m;
}

static inline void model_free(struct model *m)
{
    mop_map_release(&m->lead.by_name);
    free(m);
}

/* What breaks off: no score is left. */
static inline void model_break(struct model *m)
{
    static const char *const why = "the data was not read whole";
    m->result.status = MOP_RUN_PARTIAL;
    m->result.exit = 3;
    m->source_result.complete = false;
    m->source_result.incomplete = "a quote opened here is never closed";
    m->source_result.incomplete_at = (struct mop_loc){"leads.csv", 4711, 1};
    struct mop_score_pair *all[] = {&m->type_result.overall,  &m->type_result.strict,
                                    &m->type_result.accepted, &m->need_result.score,
                                    &m->named[0].score,       &m->slice_values[0].score};
    for (size_t i = 0; i < ROWS(all); i++)
        all[i]->records.reason = all[i]->value.reason = why;
}

/* The report in a buffer that the caller releases. */
static inline struct mop_buf model_render(const struct mop_format *f, const struct model *m,
                                          struct mop_format_options o)
{
    struct mop_buf b;
    struct mop_out out;
    struct mop_err e = {0};
    mop_buf_init(&b, (size_t)1 << 24);
    mop_out_init(&out, mop_out_to_buf, &b);
    assert_int_equal(f->write(&m->result, &o, &out, &e), 0);
    mop_out_release(&out);
    return b;
}

static inline void expect_in(const struct mop_buf *b, const char *want)
{
    if (!strstr(b->p, want))
        fail_msg("not in the report: %s\n%s", want, b->p);
}

static inline void expect_not_in(const struct mop_buf *b, const char *bad)
{
    if (strstr(b->p, bad))
        fail_msg("in the report: %s\n%s", bad, b->p);
}
#endif
