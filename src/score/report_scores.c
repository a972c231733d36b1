/* SPDX-License-Identifier: MIT */
#include "rules/derive.h"
#include "score/sets.h"

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
    mop_no_score(&n->score, why);
    mop_no_score(&n->repaired, why);
    mop_no_effects(n->effects, why);
    mop_no_named(n->cohorts, n->ncohorts, why);
    mop_no_slices(n->slices, n->nslices, why);
}

static void score_need(struct mop_result *r, struct mop_need_result *n)
{
    const struct mop_tally *t = n->type->tally;
    size_t need = n->need->index;
    struct mop_part_of part = {.need = need}, by_rules = {.need = need, .by_rules = true};
    const uint64_t *mask = t->need_mask[need];
    n->score = mop_set_score(t, part, mask);
    n->checked = mop_score_checked(t, part);
    for (enum mop_effect e = 0; e < MOP_EFFS; e++)
        n->effects[e] =
            mop_set_score(t, by_rules, mop_set_choose(&r->arena, t, mask, mop_set_of_effect, &e));
    n->cohorts = mop_set_cohorts(r, t, need, mask, &n->ncohorts);
    n->slices = mop_set_slices(r, t, need, &n->nslices);
    n->repaired = r->repairs ? mop_set_repaired(t, need, mask) : n->score;
    no_need(n, mop_set_left_out(t, mask));
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

void mop_score_report(struct mop_result *r, struct mop_report_result *p,
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
