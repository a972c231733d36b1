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
        out->steps[out->n++] = (struct mop_lift_step){best, now.clean};
    }
}

void mop_lift_plan(const struct mop_tally *t, struct mop_part_of part, bool by_value,
                   const size_t *group, int64_t wanted, struct mop_arena *a, struct mop_lift *out)
{
    struct work k = {.t = t, .part = part, .group = group, .n = t->record->nchecks};
    *out = (struct mop_lift){.reason = t->beyond ? MOP_BEYOND_TABLE : NULL};
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
    free(k.repaired);
    free(k.gain);
    free(k.in);
}
