/* SPDX-License-Identifier: MIT */
#include "score/sets.h"
#include <stdlib.h>

/* ---- sets of rules ---- */

uint64_t *mop_set_choose(struct mop_arena *a, const struct mop_tally *t, const uint64_t *within,
                         mop_chooser is, const void *what)
{
    uint64_t *mask = mop_arena_array(a, t->words + 1, sizeof *mask);
    for (size_t i = mop_bit_next(within, t->record->nchecks, 0); i < t->record->nchecks;
         i = mop_bit_next(within, t->record->nchecks, i + 1))
        if (is(t->record->checks[i], what) || t->record->checks[i]->role == MOP_CHECK_INPUT)
            mop_bit_set(mask, i);
    return mask;
}

bool mop_set_of_effect(const struct mop_check *c, const void *what)
{
    return c->effect == *(const enum mop_effect *)what;
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

struct mop_score_pair mop_set_score(const struct mop_tally *t, struct mop_part_of part,
                                    const uint64_t *mask)
{
    struct mop_score_pair p = mop_score_of(t, part, mask);
    if (only_input(t, mask))
        p.records.reason = p.value.reason = "no rule to judge by";
    return p;
}

/* ---- no score ---- */

const char *mop_set_left_out(const struct mop_tally *t, const uint64_t *mask)
{
    for (size_t w = 0; w < t->words; w++)
        if (t->left_out[w] & mask[w])
            return "columns as given: rules that it counts were left out";
    return NULL;
}

void mop_no_score(struct mop_score_pair *p, const char *why)
{
    p->records.reason = p->value.reason = why;
}

void mop_no_effects(struct mop_score_pair *effects, const char *why)
{
    for (enum mop_effect e = 0; e < MOP_EFFS; e++)
        mop_no_score(&effects[e], why);
}

void mop_no_named(struct mop_named_score *s, size_t n, const char *why)
{
    for (size_t i = 0; i < n; i++)
        mop_no_score(&s[i].score, why);
}

void mop_no_slices(struct mop_slice_result *s, size_t n, const char *why)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < s[i].n; k++)
            mop_no_score(&s[i].values[k].score, why);
}

/* ---- parts of the records ---- */

struct mop_named_score *mop_set_cohorts(struct mop_result *r, const struct mop_tally *t,
                                        size_t need, const uint64_t *mask, size_t *n)
{
    const struct mop_ruleset *rs = r->rules;
    *n = t->record->dated_by ? rs->ncohorts : 0;
    struct mop_named_score *out = mop_arena_array(&r->arena, *n + 1, sizeof *out);
    for (size_t i = 0; i < *n; i++) {
        struct mop_part_of part = {.need = need, .cohort = (uint32_t)i + 1};
        out[i] =
            (struct mop_named_score){mop_arena_printf(&r->arena, "%dd", (int)rs->cohort_days[i]),
                                     mop_set_score(t, part, mask)};
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

struct mop_slice_result *mop_set_slices(struct mop_result *r, const struct mop_tally *t,
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

/* Whether there is a score once the repairs are made is told by the figures that there are then: a
 * repair may bring the first record in, or take the last one out. */
struct mop_score_pair mop_set_repaired(const struct mop_tally *t, size_t need, const uint64_t *mask)
{
    struct mop_score_pair p =
        mop_score_slice(t, &t->repaired[need == SIZE_MAX ? 0 : need + 1], need);
    if (only_input(t, mask))
        p.records.reason = p.value.reason = "no rule to judge by";
    return p;
}
