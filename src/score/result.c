/* SPDX-License-Identifier: MIT */
#include "score/result.h"
#include "rules/derive.h"
#include "score/assess.h"
#include <stdlib.h>
#include <string.h>

const char *const mop_status_names[] = {"pass", "fail", "partial"};

/* ---- sets of rules ---- */

typedef bool (*chooser)(const struct mop_check *c, const void *what);

static uint64_t *choose(struct mop_arena *a, const struct mop_tally *t, const uint64_t *within,
                        chooser is, const void *what)
{
    uint64_t *mask = mop_arena_array(a, t->words + 1, sizeof *mask);
    for (size_t i = mop_bit_next(within, t->record->nchecks, 0); i < t->record->nchecks;
         i = mop_bit_next(within, t->record->nchecks, i + 1))
        if (is(t->record->checks[i], what) || t->record->checks[i]->role == MOP_CHECK_INPUT)
            mop_bit_set(mask, i);
    return mask;
}

static bool of_dimension(const struct mop_check *c, const void *what)
{
    return c->dimension == *(const enum mop_dimension *)what;
}

static bool of_effect(const struct mop_check *c, const void *what)
{
    return c->effect == *(const enum mop_effect *)what;
}

static bool of_owner(const struct mop_check *c, const void *what)
{
    return mop_sv_eq(c->owner, *(const struct mop_sv *)what);
}

static bool of_field(const struct mop_check *c, const void *what)
{
    for (size_t i = 0; i < c->nsubjects; i++)
        if (c->subjects[i] == what)
            return true;
    return false;
}

/* input.* belong to every score, but do not make one: a set without any other rule is empty. */
static bool only_input(const struct mop_tally *t, const uint64_t *mask)
{
    for (size_t i = mop_bit_next(mask, t->record->nchecks, 0); i < t->record->nchecks;
         i = mop_bit_next(mask, t->record->nchecks, i + 1))
        if (t->record->checks[i]->role != MOP_CHECK_INPUT)
            return false;
    return true;
}

static struct mop_score_pair score_of(const struct mop_tally *t, struct mop_part_of part,
                                      const uint64_t *mask)
{
    struct mop_score_pair p = mop_score_of(t, part, mask);
    if (only_input(t, mask))
        p.records.reason = p.value.reason = "no rule to judge by";
    return p;
}

/* ---- no score, where --columns-as-given left rules out ---- */

/* Why a score over these rules would be too good, or NULL. A column that vanished must not lift one
 * over its target. */
static const char *some_left_out(const struct mop_tally *t, const uint64_t *mask)
{
    for (size_t w = 0; w < t->words; w++)
        if (t->left_out[w] & mask[w])
            return "columns as given: rules that it counts were left out";
    return NULL;
}

static void no_score(struct mop_score_pair *p, const char *why)
{
    p->records.reason = p->value.reason = why;
}

static void no_effects(struct mop_score_pair *effects, const char *why)
{
    for (enum mop_effect e = 0; e < MOP_EFFS; e++)
        no_score(&effects[e], why);
}

static void no_named(struct mop_named_score *s, size_t n, const char *why)
{
    for (size_t i = 0; i < n; i++)
        no_score(&s[i].score, why);
}

static void no_slices(struct mop_slice_result *s, size_t n, const char *why)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < s[i].n; k++)
            no_score(&s[i].values[k].score, why);
}

/* ---- a record type ---- */

static void score_owners(struct mop_result *r, struct mop_type_result *y)
{
    const struct mop_tally *t = y->tally;
    y->owners = mop_arena_array(&r->arena, t->record->nchecks + 1, sizeof *y->owners);
    for (size_t i = 0; i < t->record->nchecks; i++) {
        const struct mop_check *c = t->record->checks[i];
        bool seen = !c->owner.n || c->role == MOP_CHECK_INPUT || c->severity != MOP_SEV_ERROR;
        for (size_t k = 0; k < y->nowners; k++)
            seen |= mop_sv_eq(y->owners[k].name, c->owner);
        if (seen)
            continue;
        uint64_t *mask = choose(&r->arena, t, t->error_mask, of_owner, &c->owner);
        y->owners[y->nowners++] = (struct mop_named_score){c->owner, score_of(t, MOP_ALL, mask)};
    }
}

static void score_fields(struct mop_result *r, struct mop_type_result *y)
{
    const struct mop_tally *t = y->tally;
    y->fields = mop_arena_array(&r->arena, t->record->nfields + 1, sizeof *y->fields);
    for (size_t i = 0; i < t->record->nfields; i++) {
        uint64_t *mask = choose(&r->arena, t, t->error_mask, of_field, t->record->fields[i]);
        struct mop_named_score *f = &y->fields[y->nfields++];
        *f = (struct mop_named_score){t->record->fields[i]->name, score_of(t, MOP_ALL, mask)};
        const char *why = some_left_out(t, mask);
        if (why)
            no_score(&f->score, why);
    }
}

static struct mop_named_score *score_cohorts(struct mop_result *r, const struct mop_tally *t,
                                             size_t need, const uint64_t *mask, size_t *n)
{
    const struct mop_ruleset *rs = r->rules;
    *n = t->record->dated_by ? rs->ncohorts : 0;
    struct mop_named_score *out = mop_arena_array(&r->arena, *n + 1, sizeof *out);
    for (size_t i = 0; i < *n; i++) {
        struct mop_part_of part = {.need = need, .cohort = (uint32_t)i + 1};
        out[i] = (struct mop_named_score){
            mop_arena_printf(&r->arena, "%dd", (int)rs->cohort_days[i]), score_of(t, part, mask)};
        const char *lost = mop_cohorts_lost(t);
        if (!lost && t->undated && !out[i].score.records.assessed)
            lost = "records without a readable date: which are new cannot be told";
        if (lost)
            out[i].score.records.reason = out[i].score.value.reason = lost;
    }
    return out;
}

static int by_value_name(const void *x, const void *y)
{
    const struct mop_slice_score *a = x, *b = y;
    return mop_sv_cmp(a->value, b->value);
}

/* Of a slice without its column nobody knows what belongs to which of its values. */
static const char *slices_lost(const struct mop_slice *s)
{
    if (s->lost)
        return "the column of the slice is missing";
    return s->over ? "more than 65,536 values" : NULL;
}

static struct mop_slice_result *score_slices(struct mop_result *r, const struct mop_tally *t,
                                             size_t need, size_t *n)
{
    *n = 0;
    struct mop_slice_result *out = mop_arena_array(&r->arena, t->nslices + 1, sizeof *out);
    for (size_t i = 0; i < t->nslices; i++) {
        const struct mop_slice *s = &t->slices[i];
        if (!s->field)
            continue;
        struct mop_slice_result *o = &out[(*n)++];
        *o =
            (struct mop_slice_result){.field = s->field->name, .reason = slices_lost(s), .n = s->n};
        o->values = mop_arena_array(&r->arena, s->n + 1, sizeof *o->values);
        for (size_t k = 0; k < s->n; k++) {
            const struct mop_part *p = &s->values[k].parts[need == SIZE_MAX ? 0 : need + 1];
            o->values[k] = (struct mop_slice_score){s->values[k].value, s->values[k].records,
                                                    mop_score_slice(t, p, need)};
        }
        if (s->n)
            qsort(o->values, s->n, sizeof *o->values, by_value_name);
    }
    return out;
}

/* Completeness in both readings: cells that rules asked for and got; records that fail none of
 * those rules. */
static void score_completeness(struct mop_result *r, struct mop_type_result *y)
{
    const struct mop_tally *t = y->tally;
    enum mop_dimension complete = MOP_DIM_COMPLETENESS;
    uint64_t *mask = choose(&r->arena, t, t->error_mask, of_dimension, &complete);
    y->records_complete = score_of(t, MOP_ALL, mask).records;
    struct mop_score *s = &y->fields_filled;
    s->clean = t->asked[MOP_CELL_FILLED];
    s->undecided = t->asked[MOP_CELL_UNTOLD];
    s->assessed = s->clean + s->undecided + t->asked[MOP_CELL_EMPTY];
    s->reason = t->partial || t->unsure ? y->overall.records.reason
                : s->assessed           ? NULL
                                        : "no required field applied to any record";
}

/* What the overall score becomes when a rule in its phase-in becomes an error. */
static void score_phases(struct mop_result *r, struct mop_type_result *y)
{
    const struct mop_tally *t = y->tally;
    y->phases = mop_arena_array(&r->arena, t->record->nchecks + 1, sizeof *y->phases);
    for (size_t i = 0; i < t->record->nchecks; i++) {
        const struct mop_check *c = t->record->checks[i];
        if (c->phase_until == INT32_MIN || c->final_severity != MOP_SEV_ERROR ||
            c->severity == MOP_SEV_ERROR)
            continue;
        uint64_t *mask = mop_arena_array(&r->arena, t->words + 1, sizeof *mask);
        memcpy(mask, t->error_mask, t->words * sizeof *mask);
        mop_bit_set(mask, i);
        y->phases[y->nphases++] = (struct mop_phase){c, score_of(t, MOP_ALL, mask)};
    }
}

/* Whether there is a score once the repairs are made is told by the figures that there are then: a
 * repair may bring the first record in, or take the last one out. */
static struct mop_score_pair score_repaired(const struct mop_tally *t, size_t need,
                                            const uint64_t *mask)
{
    struct mop_score_pair p =
        mop_score_slice(t, &t->repaired[need == SIZE_MAX ? 0 : need + 1], need);
    if (only_input(t, mask))
        p.records.reason = p.value.reason = "no rule to judge by";
    return p;
}

/* An overall score over whichever columns a file happens to have would say nothing that can be
 * compared, and neither would one over a part of the records or of the rules. */
static void no_overall(struct mop_type_result *y)
{
    struct mop_score_pair *all[] = {&y->overall, &y->strict, &y->accepted, &y->repaired};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        no_score(all[i], MOP_AS_GIVEN);
    y->fields_filled.reason = y->records_complete.reason = MOP_AS_GIVEN;
    for (enum mop_dimension d = 0; d < MOP_DIMS; d++)
        no_score(&y->dimensions[d], MOP_AS_GIVEN);
    no_effects(y->effects, MOP_AS_GIVEN);
    no_named(y->owners, y->nowners, MOP_AS_GIVEN);
    no_named(y->cohorts, y->ncohorts, MOP_AS_GIVEN);
    no_slices(y->slices, y->nslices, MOP_AS_GIVEN);
    for (size_t i = 0; i < y->nphases; i++)
        no_score(&y->phases[i].then, MOP_AS_GIVEN);
}

static void score_checked_cohorts(struct mop_result *r, struct mop_type_result *y)
{
    size_t n = y->record->dated_by ? r->rules->ncohorts : 0;
    y->checked_cohorts = mop_arena_array(&r->arena, n + 1, sizeof *y->checked_cohorts);
    for (size_t i = 0; i < n; i++) {
        struct mop_part_of part = {.need = SIZE_MAX, .cohort = (uint32_t)i + 1};
        y->checked_cohorts[i] = mop_score_checked(y->tally, part);
        if (mop_cohorts_lost(y->tally))
            y->checked_cohorts[i].reason = mop_cohorts_lost(y->tally);
    }
}

static void score_type(struct mop_result *r, struct mop_type_result *y)
{
    const struct mop_tally *t = y->tally;
    uint64_t *both = mop_arena_array(&r->arena, t->words + 1, sizeof *both);
    for (size_t i = 0; i < t->words; i++)
        both[i] = t->error_mask[i] | t->warning_mask[i];
    y->overall = score_of(t, MOP_ALL, t->error_mask);
    y->strict = score_of(t, MOP_ALL, both);
    y->accepted =
        score_of(t, (struct mop_part_of){.need = SIZE_MAX, .accepted = true}, t->error_mask);
    y->repaired = r->repairs ? score_repaired(t, SIZE_MAX, t->error_mask) : y->overall;
    y->checked = mop_score_checked(t, MOP_ALL);
    score_checked_cohorts(r, y);
    for (enum mop_dimension d = 0; d < MOP_DIMS; d++)
        y->dimensions[d] =
            score_of(t, MOP_ALL, choose(&r->arena, t, t->error_mask, of_dimension, &d));
    for (enum mop_effect e = 0; e < MOP_EFFS; e++)
        y->effects[e] = score_of(t, MOP_ALL, choose(&r->arena, t, t->error_mask, of_effect, &e));
    score_fields(r, y);
    score_owners(r, y);
    y->cohorts = score_cohorts(r, t, SIZE_MAX, t->error_mask, &y->ncohorts);
    y->slices = score_slices(r, t, SIZE_MAX, &y->nslices);
    score_completeness(r, y);
    score_phases(r, y);
    if (t->as_given)
        no_overall(y);
    mop_fixfirst(t, &r->arena, &y->fixes, &y->nfixes, &y->plan);
    const struct mop_weight *w = t->record->own_weight ? t->record->weights[0] : NULL;
    y->currency = w ? mop_arena_str(&r->arena, w->to.n ? w->to : w->currency_is) : "";
}

/* ---- a report ---- */

static bool speaks_of(const struct mop_check *c, const struct mop_field *f)
{
    for (size_t i = 0; i < c->nsubjects; i++)
        if (mop_field_comes_from(f, c->subjects[i]))
            return true;
    return false;
}

static bool guarded(const struct mop_tally *t, const struct mop_field *f)
{
    bool by = false;
    for (size_t i = 0; i < t->record->nchecks && !by; i++) {
        bool out = mop_bit_get(t->left_out, i) && !t->rules_tally[i].applied;
        by = !out && t->record->checks[i]->severity == MOP_SEV_ERROR &&
             speaks_of(t->record->checks[i], f);
    }
    return by;
}

/* Is there a rule for it, which was left out? */
static bool lost_guard(const struct mop_tally *t, const struct mop_field *f)
{
    const struct mop_record *r = t->record;
    for (size_t i = 0; i < r->ndropped; i++)
        if (speaks_of(r->dropped[i], f))
            return true;
    for (size_t i = mop_bit_next(t->left_out, r->nchecks, 0); i < r->nchecks;
         i = mop_bit_next(t->left_out, r->nchecks, i + 1))
        if (r->checks[i]->severity == MOP_SEV_ERROR && speaks_of(r->checks[i], f))
            return true;
    return false;
}

static void list_rules(struct mop_result *r, struct mop_need_result *n, const uint64_t *mask)
{
    const struct mop_record *rec = n->need->record;
    n->rules = mop_arena_array(&r->arena, rec->nchecks + 1, sizeof *n->rules);
    for (size_t i = mop_bit_next(mask, rec->nchecks, 0); i < rec->nchecks;
         i = mop_bit_next(mask, rec->nchecks, i + 1))
        n->rules[n->nrules++] = rec->checks[i];
    n->unguarded = mop_arena_array(&r->arena, n->need->nfields + 1, sizeof *n->unguarded);
    n->unguarded_now = mop_arena_array(&r->arena, n->need->nfields + 1, sizeof(bool));
    for (size_t i = 0; i < n->need->nfields; i++) {
        const struct mop_field *f = n->need->fields[i];
        if (guarded(n->type->tally, f))
            continue;
        n->unguarded_now[n->nunguarded] = lost_guard(n->type->tally, f);
        n->unguarded[n->nunguarded++] = f;
    }
}

static void no_need(struct mop_need_result *n, const char *why)
{
    if (!why)
        return;
    no_score(&n->score, why);
    no_score(&n->repaired, why);
    no_effects(n->effects, why);
    no_named(n->cohorts, n->ncohorts, why);
    no_slices(n->slices, n->nslices, why);
}

static void score_need(struct mop_result *r, struct mop_need_result *n)
{
    const struct mop_tally *t = n->type->tally;
    size_t need = n->need->index;
    struct mop_part_of part = {.need = need}, by_rules = {.need = need, .by_rules = true};
    const uint64_t *mask = t->need_mask[need];
    n->score = score_of(t, part, mask);
    n->checked = mop_score_checked(t, part);
    for (enum mop_effect e = 0; e < MOP_EFFS; e++)
        n->effects[e] = score_of(t, by_rules, choose(&r->arena, t, mask, of_effect, &e));
    n->cohorts = score_cohorts(r, t, need, mask, &n->ncohorts);
    n->slices = score_slices(r, t, need, &n->nslices);
    n->repaired = r->repairs ? score_repaired(t, need, mask) : n->score;
    no_need(n, some_left_out(t, mask));
    list_rules(r, n, mask);
}

/* A null score is lower than any other: a report is no better than what could not be told. */
static bool lower(const struct mop_score *a, const struct mop_score *b)
{
    if (a->reason || b->reason)
        return a->reason && !b->reason;
    return a->clean * b->assessed < b->clean * a->assessed;
}

static void find_lowest(struct mop_report_result *p)
{
    for (size_t i = 0; i < p->nneeds; i++) {
        struct mop_need_result *n = &p->needs[i];
        if (!p->lowest_records || lower(&n->score.records, &p->lowest_records->score.records))
            p->lowest_records = n;
        if (n->score.has_value &&
            (!p->lowest_value || lower(&n->score.value, &p->lowest_value->score.value)))
            p->lowest_value = n;
        if (!p->lowest_repaired ||
            lower(&n->repaired.records, &p->lowest_repaired->repaired.records))
            p->lowest_repaired = n;
        if (n->score.has_value &&
            (!p->lowest_repaired_value ||
             lower(&n->repaired.value, &p->lowest_repaired_value->repaired.value)))
            p->lowest_repaired_value = n;
    }
}

/* That there is no new record is no fault of the report. It has to be known, though: of a type that
 * has no score at all, or whose dates are not there or cannot be read, it is not. */
static const char *cohort_lost(const struct mop_need_result *n, size_t k)
{
    if (k >= n->ncohorts)
        return "a needed record type has no 'dated_by'";
    const struct mop_score *s = &n->cohorts[k].score.records;
    if (mop_cohorts_lost(n->type->tally) || (!s->assessed && n->type->tally->undated))
        return s->reason;
    return s->assessed ? NULL : n->score.records.reason;
}

bool mop_score_lower(const struct mop_score_pair *x, const struct mop_score_pair *y, bool value)
{
    if (!x->records.assessed || !y->records.assessed)
        return x->records.assessed > y->records.assessed;
    return value ? lower(&x->value, &y->value) : lower(&x->records, &y->records);
}

static bool lower_pair(const struct mop_need_result *a, const struct mop_need_result *b, size_t k,
                       bool value)
{
    return !b || mop_score_lower(&a->cohorts[k].score, &b->cohorts[k].score, value);
}

/* Where it cannot be told of one needed type which records are new, the report has no figure. */
static const char *report_cohort_lost(const struct mop_report_result *p, size_t k)
{
    const char *lost = p->nneeds ? NULL : "no needed record type has a date";
    for (size_t i = 0; i < p->nneeds && !lost; i++)
        lost = cohort_lost(&p->needs[i], k);
    return lost;
}

struct mop_lowest mop_report_cohort(const struct mop_report_result *p, size_t k)
{
    const char *lost = report_cohort_lost(p, k);
    struct mop_lowest low = {.score.records.reason = lost, .score.value.reason = lost};
    for (size_t i = 0; i < p->nneeds; i++) {
        const struct mop_need_result *n = &p->needs[i];
        low.score.has_value |= n->score.has_value;
        if (lost)
            continue;
        if (lower_pair(n, low.records_of, k, false))
            low.records_of = n;
        if (n->score.has_value && lower_pair(n, low.value_of, k, true))
            low.value_of = n;
    }
    if (low.records_of)
        low.score.records = low.records_of->cohorts[k].score.records;
    if (low.value_of)
        low.score.value = low.value_of->cohorts[k].score.value;
    return low;
}

static struct mop_lowest lowest_of_all(const struct mop_report_result *p)
{
    struct mop_lowest low = {.records_of = p->lowest_records, .value_of = p->lowest_value};
    if (low.records_of)
        low.score.records = low.records_of->score.records;
    low.score.has_value = low.value_of;
    if (low.value_of)
        low.score.value = low.value_of->score.value;
    return low;
}

static struct mop_type_result *type_of(struct mop_result *r, const struct mop_record *record)
{
    for (size_t i = 0; i < r->ntypes; i++)
        if (r->types[i].record == record)
            return &r->types[i];
    return NULL;
}

void mop_report_judge(struct mop_report_result *p)
{
    const struct mop_report_spec *spec = p->spec;
    const struct mop_lowest *low = &p->judged;
    if (spec->target_records < 0 && spec->target_value < 0)
        return;
    bool met = low->records_of;
    if (met && spec->target_records >= 0)
        met = mop_score_meets(&low->score.records, spec->target_records * MOP_MILLIONTHS_OF_TENTH);
    if (met && spec->target_value >= 0)
        met = low->value_of &&
              mop_score_meets(&low->score.value, spec->target_value * MOP_MILLIONTHS_OF_TENTH);
    p->target = met ? MOP_TARGET_MET : MOP_TARGET_MISSED;
}

static void score_report(struct mop_result *r, struct mop_report_result *p,
                         const struct mop_report_spec *spec)
{
    p->spec = spec;
    p->all_rules = !r->selection;
    p->needs = mop_arena_array(&r->arena, spec->nneeds + 1, sizeof *p->needs);
    for (size_t i = 0; i < spec->nneeds; i++) {
        struct mop_type_result *y = type_of(r, spec->needs[i].record);
        if (!y) {
            p->absent = spec->needs[i].record;
            continue;
        }
        struct mop_need_result *n = &p->needs[p->nneeds++];
        n->need = &spec->needs[i];
        n->type = y;
        p->all_rules &= !y->tally->need_short[n->need->index];
        score_need(r, n);
    }
    if (p->absent)
        p->nneeds = 0;
    find_lowest(p);
    p->judged = lowest_of_all(p);
    mop_report_judge(p);
}

void mop_result_ask(const struct mop_tally *t)
{
    struct mop_result r = {.rules = t->rules, .ntypes = 1};
    struct mop_report_result p;
    struct mop_type_result y = {.record = t->record, .tally = t};
    mop_arena_init(&r.arena);
    r.types = &y;
    score_type(&r, &y);
    for (size_t i = 0; i < t->rules->nreports; i++) {
        p = (struct mop_report_result){0};
        score_report(&r, &p, &t->rules->reports[i]);
    }
    mop_arena_release(&r.arena);
}

void mop_result_score(struct mop_result *r, const struct mop_tally *const *tallies,
                      struct mop_dataset_counts *const *datasets, size_t n)
{
    r->types = mop_arena_array(&r->arena, n + 1, sizeof *r->types);
    for (size_t i = 0; i < n; i++) {
        struct mop_type_result *y = &r->types[r->ntypes++];
        y->record = tallies[i]->record;
        y->tally = tallies[i];
        score_type(r, y);
    }
    r->nreports = r->rules->nreports;
    r->reports = mop_arena_array(&r->arena, r->nreports + 1, sizeof *r->reports);
    for (size_t i = 0; i < r->nreports; i++)
        score_report(r, &r->reports[i], &r->rules->reports[i]);
    mop_assess_datasets(r, datasets, n);
}

void mop_result_forgive(struct mop_result *r, uint64_t errors, uint64_t warnings, uint64_t stale)
{
    r->errors -= errors < r->errors ? errors : r->errors;
    r->warnings -= warnings < r->warnings ? warnings : r->warnings;
    r->baseline.given = true;
    r->baseline.known = errors + warnings;
    r->baseline.stale =
        r->status == MOP_RUN_PARTIAL ? 0 : stale; /* what was not read is not gone */
}

void mop_result_release(struct mop_result *r)
{
    mop_arena_release(&r->arena);
}
