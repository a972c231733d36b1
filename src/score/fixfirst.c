/* SPDX-License-Identifier: MIT */
#include "score/fixfirst.h"
#include <gmp.h>
#include <stdlib.h>
#include <string.h>

/* One rule's sums on one basis. Shares are sums of w / k: kept per k and added exactly by GMP. */
struct stake {
    mop_i128 alone;
    mop_i128 *by_size; /* [k]: weight of the records whose F has k rules, this one among them */
    mpq_t share;
};
struct work {
    const struct mop_tally *t;
    bool by_value;
    size_t n;       /* checks */
    mop_i128 total; /* weight of the assessed records */
    struct stake *stakes;
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

/* F of a signature into `f`; how many rules are in it. */
static size_t failing_set(const struct mop_tally *t, const struct mop_signature *s, uint64_t *f)
{
    size_t n = 0;
    for (size_t w = 0; w < t->words; w++)
        n += (size_t)__builtin_popcountll(f[w] = s->fail[w] & t->error_mask[w]);
    if (n)
        return n;
    for (size_t w = 0; w < t->words; w++)
        n += (size_t)__builtin_popcountll(f[w] = s->undecided[w] & t->error_mask[w]);
    return n;
}

static mop_i128 weight_of(const struct work *k, const struct mop_signature *s)
{
    return k->by_value ? s->weight[0] : (mop_i128)s->records;
}

static void add_signature(struct work *k, const struct mop_signature *s, uint64_t *f)
{
    mop_i128 w = weight_of(k, s);
    k->total += w;
    size_t size = failing_set(k->t, s, f);
    for (size_t i = mop_bit_next(f, k->n, 0); i < k->n; i = mop_bit_next(f, k->n, i + 1)) {
        struct stake *st = &k->stakes[i];
        if (!st->by_size)
            st->by_size = mop_calloc(k->n + 1, sizeof *st->by_size);
        st->by_size[size] += w;
        st->alone += size == 1 ? w : 0;
    }
}

static void sum_share(struct work *k, struct stake *st)
{
    mpq_t part;
    mpq_init(part);
    mpq_init(st->share);
    for (size_t size = 1; st->by_size && size <= k->n; size++) {
        if (!st->by_size[size])
            continue;
        set_i128(mpq_numref(part), st->by_size[size]);
        mpz_set_ui(mpq_denref(part), size);
        mpq_canonicalize(part);
        mpq_add(st->share, st->share, part);
    }
    mpq_clear(part);
}

static void weigh(struct work *k, const struct mop_tally *t, bool by_value)
{
    *k = (struct work){.t = t, .by_value = by_value, .n = t->record->nchecks};
    k->stakes = mop_calloc(k->n + 1, sizeof *k->stakes);
    uint64_t *f = mop_calloc(t->words + 1, sizeof *f);
    for (size_t i = 0; i < t->nsignatures; i++)
        if (t->signatures[i].assessed)
            add_signature(k, &t->signatures[i], f);
    for (size_t i = 0; i < k->n; i++)
        sum_share(k, &k->stakes[i]);
    free(f);
}

static void work_release(struct work *k)
{
    for (size_t i = 0; i < k->n; i++) {
        mpq_clear(k->stakes[i].share);
        free(k->stakes[i].by_size);
    }
    free(k->stakes);
}

/* 100 * q / total with three decimals, half away from zero; nothing is negative here. */
static struct mop_sv points(const struct work *k, const mpq_t q, struct mop_arena *a)
{
    if (k->total <= 0)
        return MOP_SV("0.000");
    mpz_t num, den, total;
    mpz_inits(num, den, total, NULL);
    set_i128(total, k->total);
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
    const struct stake *stake;
};

static int by_share(const void *x, const void *y)
{
    const struct order *a = x, *b = y;
    int c = mpq_cmp(b->stake->share, a->stake->share);
    return c ? c : mop_sv_cmp(a->check->id, b->check->id);
}

static struct order *order_of(const struct work *k, size_t *n)
{
    struct order *o = mop_calloc(k->n + 1, sizeof *o);
    *n = 0;
    for (size_t i = 0; i < k->n; i++)
        if (k->stakes[i].by_size)
            o[(*n)++] = (struct order){k->t->record->checks[i], &k->stakes[i]};
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
        if (!s->assessed || !failing_set(k->t, s, f))
            continue;
        for (size_t w = 0; w < k->t->words; w++)
            left += (size_t)__builtin_popcountll(f[w] &= ~fixed[w]);
        if (left == 1)
            gain[mop_bit_next(f, k->n, 0)] += weight_of(k, s);
    }
}

static mop_i128 clean_weight(const struct work *k, uint64_t *f)
{
    mop_i128 clean = 0;
    for (size_t i = 0; i < k->t->nsignatures; i++)
        if (k->t->signatures[i].assessed && !failing_set(k->t, &k->t->signatures[i], f))
            clean += weight_of(k, &k->t->signatures[i]);
    return clean;
}

static void make_plan(const struct work *k, struct mop_arena *a, const struct order *order,
                      size_t n, struct mop_plan *plan)
{
    uint64_t *f = mop_calloc(2 * k->t->words + 1, sizeof *f), *fixed = f + k->t->words;
    mop_i128 *gain = mop_calloc(k->n + 1, sizeof *gain), clean = clean_weight(k, f);
    plan->steps = mop_arena_array(a, n, sizeof *plan->steps);
    while (n && mpq_sgn(order[n - 1].stake->share) == 0)
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
        plan->steps[plan->n++] = (struct mop_plan_step){best, clean, k->total};
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
                                    .gain_records = points_of(rec, rec->stakes[c].alone, a),
                                    .share_records = points(rec, rec->stakes[c].share, a)};
        if (!has_value)
            continue;
        fixes[i].gain_value = points_of(val, val->stakes[c].alone, a);
        fixes[i].share_value = points(val, val->stakes[c].share, a);
    }
}

void mop_fixfirst(const struct mop_tally *t, struct mop_arena *a, struct mop_fix **fixes, size_t *n,
                  struct mop_plan *plan)
{
    struct mop_score_pair all = mop_score_of(t, MOP_ALL, t->error_mask);
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
    else if (t->nsignatures > MOP_SIGNATURES_MAX)
        plan->reason = "more than 1,048,576 distinct signatures";
    else
        make_plan(has_value ? &val : &rec, a, order, *n, plan);
    free(order);
    work_release(&rec);
    if (has_value)
        work_release(&val);
}

mop_i128 mop_clean_without(const struct mop_tally *t, bool by_value, const uint64_t *fixed)
{
    struct work k = {.t = t, .by_value = by_value};
    uint64_t *f = mop_calloc(t->words + 1, sizeof *f);
    mop_i128 clean = 0;
    for (size_t i = 0; i < t->nsignatures; i++) {
        uint64_t left = 0;
        failing_set(t, &t->signatures[i], f);
        for (size_t w = 0; w < t->words; w++)
            left |= f[w] & ~fixed[w];
        if (t->signatures[i].assessed && !left)
            clean += weight_of(&k, &t->signatures[i]);
    }
    free(f);
    return clean;
}
