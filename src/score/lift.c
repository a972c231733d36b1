/* SPDX-License-Identifier: MIT */
#include "score/lift.h"
#include "score/beyond.h"
#include <stdlib.h>
#include <string.h>

struct work {
    const struct mop_tally *t;
    struct mop_part_of part;
    const size_t *group;
    size_t n, weight; /* checks; index of the weight, or SIZE_MAX: records are counted */
    bool *repaired;   /* per group, as the others */
    mop_i128 *gain;   /* of records in whose way nothing else stands */
    mop_i128 *held;   /* of all in whose way it stands */
    size_t *in;       /* the groups in the way of the record at hand */
};

static mop_i128 weight_of(const struct work *k, const struct mop_signature *s)
{
    return k->weight == SIZE_MAX ? (mop_i128)s->records : s->weight[k->weight];
}

/* The groups of `bits` that are not repaired, each once, into `in`; `any`: one is set. */
static size_t groups_of(const struct work *k, const uint64_t *bits, bool *any)
{
    const uint64_t *mask = k->t->need_mask[k->part.need];
    size_t n = 0;
    for (size_t i = mop_bit_next(bits, k->n, 0); i < k->n; i = mop_bit_next(bits, k->n, i + 1)) {
        size_t g = k->group[i];
        bool known = !mop_bit_get(mask, i);
        *any |= !known;
        for (size_t x = 0; x < n; x++)
            known |= k->in[x] == g;
        if (!known && !k->repaired[g])
            k->in[n++] = g;
    }
    return n;
}

/* What keeps the record from being clean: SIZE_MAX, no repair of a rule helps. */
static size_t in_the_way(const struct work *k, const struct mop_signature *s)
{
    bool any = false;
    size_t n = groups_of(k, s->fail, &any);
    if (!any)
        n = groups_of(k, s->undecided, &any);
    return !any && mop_bit_get(s->unknown, k->part.need) ? SIZE_MAX : n;
}

/* Weighs what each repair would do now; returns what is clean. */
static mop_i128 weigh(struct work *k)
{
    mop_i128 clean = 0;
    memset(k->gain, 0, k->n * sizeof *k->gain);
    memset(k->held, 0, k->n * sizeof *k->held);
    for (size_t i = 0; i < k->t->nsignatures; i++) {
        const struct mop_signature *s = &k->t->signatures[i];
        if (!mop_part_has(s, k->part))
            continue;
        size_t n = in_the_way(k, s);
        clean += n ? 0 : weight_of(k, s);
        for (size_t x = 0; x < n && n != SIZE_MAX; x++)
            k->held[k->in[x]] += weight_of(k, s);
        if (n == 1)
            k->gain[k->in[0]] += weight_of(k, s);
    }
    return clean;
}

static bool is_better(const struct work *k, size_t g, size_t best)
{
    if (k->gain[g] != k->gain[best])
        return k->gain[g] > k->gain[best];
    if (k->held[g] != k->held[best])
        return k->held[g] > k->held[best];
    return mop_sv_cmp(k->t->record->checks[g]->id, k->t->record->checks[best]->id) < 0;
}

static size_t best_of(const struct work *k)
{
    size_t best = SIZE_MAX;
    for (size_t g = 0; g < k->n; g++)
        if (k->held[g] > 0 && (best == SIZE_MAX || is_better(k, g, best)))
            best = g;
    return best;
}

static void plan(struct work *k, int64_t wanted, struct mop_lift *out)
{
    out->before = weigh(k);
    struct mop_score now = {NULL, out->before, out->assessed, 0};
    size_t best;
    while (!mop_score_meets(&now, wanted) && (best = best_of(k)) != SIZE_MAX) {
        k->repaired[best] = true;
        now.clean = weigh(k);
        out->steps[out->n++] = (struct mop_lift_step){best, now.clean, MOP_SURE_EXACT, 0};
    }
}

/* Which step repairs each check. */
static size_t *steps_of(const struct work *k, const struct mop_lift *l, struct mop_arena *a)
{
    size_t *step = mop_arena_array(a, k->n + 1, sizeof *step);
    for (size_t i = 0; i < k->n; i++)
        for (size_t s = 0; s < l->n; s++)
            if (l->steps[s].check == k->group[i])
                step[i] = s + 1;
    return step;
}

void mop_lift_plan(const struct mop_tally *t, struct mop_part_of part, bool by_value,
                   const size_t *group, int64_t wanted, struct mop_arena *a, struct mop_lift *out)
{
    struct work k = {.t = t, .part = part, .group = group, .n = t->record->nchecks};
    *out =
        (struct mop_lift){.reason = t->beyond ? MOP_BEYOND_TABLE : NULL, .tally = t, .part = part};
    k.weight = by_value ? t->need_weight[part.need] : SIZE_MAX;
    if (out->reason)
        return;
    for (size_t i = 0; i < t->nsignatures; i++)
        if (mop_part_has(&t->signatures[i], part))
            out->assessed += weight_of(&k, &t->signatures[i]);
    out->steps = mop_arena_array(a, k.n + 1, sizeof *out->steps);
    k.repaired = mop_calloc(k.n + 1, sizeof *k.repaired);
    k.gain = mop_calloc(2 * k.n + 1, sizeof *k.gain);
    k.held = k.gain + k.n;
    k.in = mop_calloc(k.n + 1, sizeof *k.in);
    plan(&k, wanted, out);
    out->step_of = steps_of(&k, out, a);
    free(k.repaired);
    free(k.gain);
    free(k.in);
}

/* Are `bits` of the plan's rules at all, and of those of its steps [from, to)? */
static bool has_step(const struct mop_lift *l, const uint64_t *bits, size_t from, size_t to,
                     bool *any)
{
    const uint64_t *mask = l->tally->need_mask[l->part.need];
    size_t n = l->tally->record->nchecks;
    bool has = false;
    for (size_t i = mop_bit_next(bits, n, 0); i < n; i = mop_bit_next(bits, n, i + 1)) {
        size_t step = l->step_of[i];
        *any |= mop_bit_get(mask, i);
        has |= mop_bit_get(mask, i) && step > from && step <= to;
    }
    return has;
}

static bool is_repaired(const struct mop_lift *l, const struct mop_signature *s, size_t from,
                        size_t to)
{
    bool fails = false, untold = false;
    if (l->reason || !mop_part_has(s, l->part))
        return false;
    if (has_step(l, s->fail, from, to, &fails))
        return true;
    return !fails && has_step(l, s->undecided, from, to, &untold);
}

uint64_t mop_lift_records(const struct mop_lift *const *all, size_t n, size_t from, size_t to)
{
    const struct mop_tally *t = all[0]->tally;
    uint64_t records = 0;
    for (size_t i = 0; i < t->nsignatures; i++) {
        bool is = false;
        for (size_t k = 0; k < n && !is; k++)
            is = is_repaired(all[k], &t->signatures[i], from, to);
        records += is ? t->signatures[i].records : 0;
    }
    return records;
}
