/* SPDX-License-Identifier: MIT */
#include "score/fixfirst.h"
#include "score/sets.h"
#include <string.h>

static bool of_dimension(const struct mop_check *c, const void *what)
{
    return c->dimension == *(const enum mop_dimension *)what;
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
        uint64_t *mask = mop_set_choose(&r->arena, t, t->error_mask, of_owner, &c->owner);
        y->owners[y->nowners++] =
            (struct mop_named_score){c->owner, mop_set_score(t, MOP_ALL, mask)};
    }
}

static void score_fields(struct mop_result *r, struct mop_type_result *y)
{
    const struct mop_tally *t = y->tally;
    y->fields = mop_arena_array(&r->arena, t->record->nfields + 1, sizeof *y->fields);
    for (size_t i = 0; i < t->record->nfields; i++) {
        uint64_t *mask =
            mop_set_choose(&r->arena, t, t->error_mask, of_field, t->record->fields[i]);
        struct mop_named_score *f = &y->fields[y->nfields++];
        *f = (struct mop_named_score){t->record->fields[i]->name, mop_set_score(t, MOP_ALL, mask)};
        const char *why = mop_set_left_out(t, mask);
        if (why)
            mop_no_score(&f->score, why);
    }
}

/* Completeness in both readings: cells that rules asked for and got; records that fail none of
 * those rules. */
static void score_completeness(struct mop_result *r, struct mop_type_result *y)
{
    const struct mop_tally *t = y->tally;
    enum mop_dimension complete = MOP_DIM_COMPLETENESS;
    uint64_t *mask = mop_set_choose(&r->arena, t, t->error_mask, of_dimension, &complete);
    y->records_complete = mop_set_score(t, MOP_ALL, mask).records;
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
    y->phases =
        mop_arena_array(&r->arena, t->record->nchecks + t->record->ncoming + 1, sizeof *y->phases);
    for (size_t i = 0; i < t->record->nchecks; i++) {
        const struct mop_check *c = t->record->checks[i];
        if (c->phase_until == INT32_MIN || c->final_severity != MOP_SEV_ERROR ||
            c->severity == MOP_SEV_ERROR)
            continue;
        uint64_t *mask = mop_arena_array(&r->arena, t->words + 1, sizeof *mask);
        memcpy(mask, t->error_mask, t->words * sizeof *mask);
        mop_bit_set(mask, i);
        y->phases[y->nphases++] = (struct mop_phase){c, mop_set_score(t, MOP_ALL, mask), true};
    }
    for (size_t i = 0; i < t->record->ncoming; i++)
        y->phases[y->nphases++] = (struct mop_phase){.check = t->record->coming[i]};
}

/* An overall score over whichever columns a file happens to have would say nothing that can be
 * compared, and neither would one over a part of the records or of the rules. */
static void no_overall(struct mop_type_result *y)
{
    struct mop_score_pair *all[] = {&y->overall, &y->strict, &y->accepted, &y->repaired};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        mop_no_score(all[i], MOP_AS_GIVEN);
    y->fields_filled.reason = y->records_complete.reason = MOP_AS_GIVEN;
    for (enum mop_dimension d = 0; d < MOP_DIMS; d++)
        mop_no_score(&y->dimensions[d], MOP_AS_GIVEN);
    mop_no_effects(y->effects, MOP_AS_GIVEN);
    mop_no_named(y->owners, y->nowners, MOP_AS_GIVEN);
    mop_no_named(y->cohorts, y->ncohorts, MOP_AS_GIVEN);
    mop_no_slices(y->slices, y->nslices, MOP_AS_GIVEN);
    for (size_t i = 0; i < y->nphases; i++)
        mop_no_score(&y->phases[i].then, MOP_AS_GIVEN);
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

void mop_score_type(struct mop_result *r, struct mop_type_result *y)
{
    const struct mop_tally *t = y->tally;
    uint64_t *both = mop_arena_array(&r->arena, t->words + 1, sizeof *both);
    for (size_t i = 0; i < t->words; i++)
        both[i] = t->error_mask[i] | t->warning_mask[i];
    y->overall = mop_set_score(t, MOP_ALL, t->error_mask);
    y->strict = mop_set_score(t, MOP_ALL, both);
    y->accepted =
        mop_set_score(t, (struct mop_part_of){.need = SIZE_MAX, .accepted = true}, t->error_mask);
    y->repaired = r->repairs ? mop_set_repaired(t, SIZE_MAX, t->error_mask) : y->overall;
    y->checked = mop_score_checked(t, MOP_ALL);
    score_checked_cohorts(r, y);
    for (enum mop_dimension d = 0; d < MOP_DIMS; d++)
        y->dimensions[d] = mop_set_score(
            t, MOP_ALL, mop_set_choose(&r->arena, t, t->error_mask, of_dimension, &d));
    for (enum mop_effect e = 0; e < MOP_EFFS; e++)
        y->effects[e] = mop_set_score(
            t, MOP_ALL, mop_set_choose(&r->arena, t, t->error_mask, mop_set_of_effect, &e));
    score_fields(r, y);
    score_owners(r, y);
    y->cohorts = mop_set_cohorts(r, t, SIZE_MAX, t->error_mask, &y->ncohorts);
    y->slices = mop_set_slices(r, t, SIZE_MAX, &y->nslices);
    score_completeness(r, y);
    score_phases(r, y);
    if (t->as_given)
        no_overall(y);
    mop_fixfirst(t, &r->arena, &y->fixes, &y->nfixes, &y->plan);
    const struct mop_weight *w = t->record->own_weight ? t->record->weights[0] : NULL;
    y->currency = w ? mop_arena_str(&r->arena, w->to.n ? w->to : w->currency_is) : "";
}
