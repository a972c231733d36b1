/* SPDX-License-Identifier: MIT */
#include "score/fixfirst.h"
#include "score/beyond.h"
#include <gmp.h>
#include <stdlib.h>
#include <string.h>

/* Shares are sums of w / k: kept per k and added exactly by GMP. */
struct work {
    const struct mop_tally *t;
    struct mop_stakes stakes;
    size_t n;     /* checks */
    mpq_t *share; /* per check */
};

static void set_i128(mpz_t z, mop_i128 v)
{
    bool negative = v < 0;
    mop_i128 u = negative ? -v : v;
    uint64_t words[2] = {(uint64_t)(u >> 64), (uint64_t)u};
    mpz_import(z, 2, 1, sizeof *words, 0, 0, words);
    if (negative)
        mpz_neg(z, z);
}

static void sum_share(const struct mop_stake *st, mpq_t share)
{
    mpq_t part;
    mpq_init(part);
    mpq_init(share);
    for (size_t size = 1; size <= st->nsizes; size++) {
        if (!st->by_size[size - 1])
            continue;
        set_i128(mpq_numref(part), st->by_size[size - 1]);
        mpz_set_ui(mpq_denref(part), size);
        mpq_canonicalize(part);
        mpq_add(share, share, part);
    }
    mpq_clear(part);
}

static void weigh(struct work *k, const struct mop_tally *t, bool by_value)
{
    const struct mop_stakes *more = mop_beyond_stakes(t, by_value);
    *k = (struct work){.t = t, .n = t->record->nchecks};
    mop_stakes_init(&k->stakes, t, by_value);
    k->share = mop_calloc(k->n + 1, sizeof *k->share);
    for (size_t i = 0; i < t->nsignatures; i++)
        mop_stakes_add(&k->stakes, t, &t->signatures[i]);
    if (more)
        mop_stakes_merge(&k->stakes, more);
    for (size_t i = 0; i < k->n; i++)
        sum_share(&k->stakes.of[i], k->share[i]);
}

static void work_release(struct work *k)
{
    for (size_t i = 0; i < k->n; i++)
        mpq_clear(k->share[i]);
    free(k->share);
    mop_stakes_release(&k->stakes);
}

/* 100 * q / total with three decimals, half away from zero; nothing is negative here. */
static struct mop_sv points(const struct work *k, const mpq_t q, struct mop_arena *a)
{
    if (k->stakes.total <= 0)
        return MOP_SV("0.000");
    mpz_t num, den, total;
    mpz_inits(num, den, total, NULL);
    set_i128(total, k->stakes.total);
    mpz_mul_ui(num, mpq_numref(q), 200000);
    mpz_mul(den, mpq_denref(q), total);
    mpz_add(num, num, den);
    mpz_mul_ui(den, den, 2);
    mpz_fdiv_q(num, num, den);
    unsigned long milli = mpz_get_ui(num);
    mpz_clears(num, den, total, NULL);
    return mop_arena_printf(a, "%lu.%03lu", milli / 1000, milli % 1000);
}

static struct mop_sv points_of(const struct work *k, mop_i128 w, struct mop_arena *a)
{
    mpq_t q;
    mpq_init(q);
    set_i128(mpq_numref(q), w);
    struct mop_sv text = points(k, q, a);
    mpq_clear(q);
    return text;
}

/* ---- order: larger share, then id ---- */

struct order {
    const struct mop_check *check;
    const mpq_t *share;
};

static int by_share(const void *x, const void *y)
{
    const struct order *a = x, *b = y;
    int c = mpq_cmp(*b->share, *a->share);
    return c ? c : mop_sv_cmp(a->check->id, b->check->id);
}

static struct order *order_of(const struct work *k, size_t *n)
{
    struct order *o = mop_calloc(k->n + 1, sizeof *o);
    *n = 0;
    for (size_t i = 0; i < k->n; i++)
        if (k->stakes.of[i].nsizes)
            o[(*n)++] = (struct order){k->t->record->checks[i], (const mpq_t *)&k->share[i]};
    if (*n)
        qsort(o, *n, sizeof *o, by_share);
    return o;
}

/* ---- the greedy plan ---- */

/* What repairing each rule would gain now that those in `fixed` are repaired. */
static void gains_now(const struct work *k, const uint64_t *fixed, uint64_t *f, mop_i128 *gain)
{
    memset(gain, 0, k->n * sizeof *gain);
    for (size_t i = 0; i < k->t->nsignatures; i++) {
        const struct mop_signature *s = &k->t->signatures[i];
        size_t left = 0;
        if (!s->assessed || !mop_failing_set(k->t, s, f))
            continue;
        for (size_t w = 0; w < k->t->words; w++)
            left += (size_t)__builtin_popcountll(f[w] &= ~fixed[w]);
        if (left == 1)
            gain[mop_bit_next(f, k->n, 0)] += mop_stakes_weight(&k->stakes, s);
    }
}

static mop_i128 clean_weight(const struct work *k, uint64_t *f)
{
    mop_i128 clean = 0;
    for (size_t i = 0; i < k->t->nsignatures; i++)
        if (k->t->signatures[i].assessed && !mop_failing_set(k->t, &k->t->signatures[i], f))
            clean += mop_stakes_weight(&k->stakes, &k->t->signatures[i]);
    return clean;
}

static void make_plan(const struct work *k, struct mop_arena *a, const struct order *order,
                      size_t n, struct mop_plan *plan)
{
    uint64_t *f = mop_calloc(2 * k->t->words + 1, sizeof *f), *fixed = f + k->t->words;
    mop_i128 *gain = mop_calloc(k->n + 1, sizeof *gain), clean = clean_weight(k, f);
    plan->steps = mop_arena_array(a, n, sizeof *plan->steps);
    while (n && mpq_sgn(*order[n - 1].share) == 0)
        n--; /* a rule that only records of weight 0 fail gives nothing back */
    while (plan->n < n) {
        const struct mop_check *best = NULL;
        gains_now(k, fixed, f, gain);
        for (size_t i = 0; i < n;
             i++) { /* in order of share and id: the first of equal gains wins */
            const struct mop_check *c = order[i].check;
            if (!mop_bit_get(fixed, c->index) && (!best || gain[c->index] > gain[best->index]))
                best = c;
        }
        if (!best)
            break;
        mop_bit_set(fixed, best->index);
        clean += gain[best->index];
        plan->steps[plan->n++] =
            (struct mop_plan_step){best, clean, k->stakes.total,
                                   mop_sure_of(k->t, MOP_ALL, NULL, k->stakes.by_value,
                                               k->t->error_mask, best, &(unsigned){0})};
    }
    free(f);
    free(gain);
}

static void fill_fixes(const struct work *rec, const struct work *val, bool has_value,
                       struct mop_arena *a, const struct order *order, size_t n,
                       struct mop_fix *fixes)
{
    for (size_t i = 0; i < n; i++) {
        size_t c = order[i].check->index;
        fixes[i] = (struct mop_fix){.check = order[i].check,
                                    .gain_records = points_of(rec, rec->stakes.of[c].alone, a),
                                    .share_records = points(rec, rec->share[c], a)};
        if (!has_value)
            continue;
        fixes[i].gain_value = points_of(val, val->stakes.of[c].alone, a);
        fixes[i].share_value = points(val, val->share[c], a);
    }
}

void mop_fixfirst(const struct mop_tally *t, struct mop_arena *a, struct mop_fix **fixes, size_t *n,
                  struct mop_plan *plan)
{
    struct mop_score_pair all = mop_score_of(t, MOP_ALL, t->error_mask);
    if (mop_beyond_gathers(t))
        return;
    if (t->as_given) { /* points of a score that there is not */
        plan->reason = MOP_AS_GIVEN;
        return;
    }
    bool has_value = all.has_value && !all.value.reason;
    struct work rec, val = {0};
    weigh(&rec, t, false);
    if (has_value)
        weigh(&val, t, true);
    struct order *order = order_of(has_value ? &val : &rec, n);
    *fixes = mop_arena_array(a, *n, sizeof **fixes);
    fill_fixes(&rec, &val, has_value, a, order, *n, *fixes);
    *plan = (struct mop_plan){.by_value = has_value};
    if (t->unsure)
        plan->reason = all.records.reason;
    else if (t->beyond)
        plan->reason = MOP_BEYOND_TABLE;
    else
        make_plan(has_value ? &val : &rec, a, order, *n, plan);
    free(order);
    work_release(&rec);
    if (has_value)
        work_release(&val);
}

mop_i128 mop_clean_without(const struct mop_tally *t, bool by_value, const uint64_t *fixed)
{
    struct mop_stakes k = {.by_value = by_value};
    uint64_t *f = mop_calloc(t->words + 1, sizeof *f);
    mop_i128 clean = 0;
    for (size_t i = 0; i < t->nsignatures; i++) {
        uint64_t left = 0;
        mop_failing_set(t, &t->signatures[i], f);
        for (size_t w = 0; w < t->words; w++)
            left |= f[w] & ~fixed[w];
        if (t->signatures[i].assessed && !left)
            clean += mop_stakes_weight(&k, &t->signatures[i]);
    }
    free(f);
    return clean;
}
