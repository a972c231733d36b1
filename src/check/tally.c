/* SPDX-License-Identifier: MIT */
#include "check/tally.h"
#include "rules/derive.h"
#include "rules/kind.h"
#include <stdlib.h>
#include <string.h>

/* ---- made once ---- */

static void make_masks(struct mop_tally *t)
{
    const struct mop_record *r = t->record;
    t->error_mask = mop_arena_array(&t->arena, t->words + 1, sizeof(uint64_t));
    t->warning_mask = mop_arena_array(&t->arena, t->words + 1, sizeof(uint64_t));
    t->optional_mask = mop_arena_array(&t->arena, t->words + 1, sizeof(uint64_t));
    for (size_t i = 0; i < r->nchecks; i++) {
        const struct mop_check *c = r->checks[i];
        mop_bit_set(c->severity == MOP_SEV_ERROR ? t->error_mask : t->warning_mask, i);
        if (c->severity == MOP_SEV_ERROR && !c->required_like)
            mop_bit_set(t->optional_mask, i);
    }
}

static bool names_check(const struct mop_suppression *s, const struct mop_check *c)
{
    return mop_sv_eq(s->rule, c->id) || (c->renamed_from.n && mop_sv_eq(s->rule, c->renamed_from));
}

static void make_suppressions(struct mop_tally *t)
{
    const struct mop_ruleset *rs = t->rules;
    t->suppression_words = mop_words(rs->nsuppressions);
    t->suppressed = mop_arena_array(&t->arena, rs->nsuppressions + 1, sizeof *t->suppressed);
    for (size_t i = 0; i < rs->nsuppressions; i++) {
        const struct mop_suppression *s = &rs->suppressions[i];
        uint64_t *checks = mop_arena_array(&t->arena, t->words + 1, sizeof *checks);
        for (size_t k = 0; k < t->record->nchecks; k++)
            if (names_check(s, t->record->checks[k])) {
                mop_bit_set(checks, k);
                t->suppressed[i].checks = checks;
            }
        if (s->expired || (s->record && s->record != t->record))
            t->suppressed[i].checks = NULL;
    }
}

static void make_slices(struct mop_tally *t)
{
    const struct mop_ruleset *rs = t->rules;
    t->nslices = rs->nslices;
    t->slices = mop_arena_array(&t->arena, t->nslices + 1, sizeof *t->slices);
    for (size_t i = 0; i < t->nslices; i++) {
        t->slices[i].field = mop_record_field(t->record, rs->slices[i]);
        mop_map_init(&t->slices[i].by_value);
    }
}

static void make_needs(struct mop_tally *t)
{
    for (size_t i = 0; i < t->rules->nreports; i++)
        for (size_t k = 0; k < t->rules->reports[i].nneeds; k++)
            t->nneeds += t->rules->reports[i].needs[k].record == t->record;
    t->need_words = mop_words(t->nneeds);
    t->need_mask = mop_arena_array(&t->arena, t->nneeds + 1, sizeof *t->need_mask);
    t->need_applied = mop_arena_array(&t->arena, t->nneeds + 1, sizeof *t->need_applied);
    t->need_short = mop_arena_array(&t->arena, t->nneeds + 1, sizeof *t->need_short);
    t->need_veiled = mop_arena_array(&t->arena, t->nneeds + 1, sizeof *t->need_veiled);
    t->need_weight = mop_arena_array(&t->arena, t->nneeds + 1, sizeof *t->need_weight);
    for (size_t i = 0; i < t->rules->nreports; i++)
        for (size_t k = 0; k < t->rules->reports[i].nneeds; k++) {
            const struct mop_need *n = &t->rules->reports[i].needs[k];
            if (n->record != t->record)
                continue;
            t->need_mask[n->index] = mop_need_mask(t, n);
            t->need_short[n->index] = mop_need_short(t, n);
            t->need_applied[n->index] =
                mop_arena_array(&t->arena, t->words + 1, sizeof **t->need_applied);
            t->need_veiled[n->index] =
                mop_arena_array(&t->arena, t->words + 1, sizeof **t->need_veiled);
            t->need_weight[n->index] = n->weight;
        }
}

/* Bytes of a signature's key: sets of checks, sets of needs, weight classes, two flags and the
 * cohorts. */
static size_t key_size(const struct mop_tally *t)
{
    return (3 * t->words + 4 * t->need_words) * sizeof *t->key + t->record->nweights + 6;
}

#ifdef MOP_TEST_HOOKS
/* $MOP_SIGNATURES_MAX=n: the table has room for n. */
static size_t signatures_max(void)
{
    const char *n = getenv("MOP_SIGNATURES_MAX");
    return n ? (size_t)strtoul(n, NULL, 10) : MOP_SIGNATURES_MAX;
}
#else
static size_t signatures_max(void)
{
    return MOP_SIGNATURES_MAX;
}
#endif

void mop_tally_init(struct mop_tally *t, const struct mop_ruleset *rs, struct mop_record *r,
                    size_t max_samples)
{
    memset(t, 0, sizeof *t);
    t->record = r;
    t->rules = rs;
    t->max_samples = max_samples;
    t->most = signatures_max();
    t->words = mop_words(r->nchecks);
    mop_arena_init(&t->arena);
    mop_map_init(&t->by_key);
    mop_map_init(&t->fixer_by_name);
    make_masks(t);
    make_suppressions(t);
    make_slices(t);
    make_needs(t);
    t->key = mop_arena_alloc(&t->arena, key_size(t) + 8);
    t->passing.weight = mop_arena_array(&t->arena, r->nweights + 1, sizeof *t->passing.weight);
    t->weight_lost = mop_arena_array(&t->arena, r->nweights + 1, sizeof(bool));
    t->no_rate = mop_arena_array(&t->arena, r->nweights + 1, sizeof(char *));
    t->veiled = mop_arena_array(&t->arena, t->words + 1, sizeof(uint64_t));
    t->left_out = mop_arena_array(&t->arena, t->words + 1, sizeof(uint64_t));
    t->excluded = mop_arena_array(&t->arena, r->nexcludes + 1, sizeof(uint64_t));
    t->repaired = mop_arena_array(&t->arena, t->nneeds + 1, sizeof *t->repaired);
    t->filled = mop_arena_array(&t->arena, r->nfields + 1, sizeof(uint64_t));
    t->rules_tally = mop_arena_array(&t->arena, r->nchecks + 1, sizeof *t->rules_tally);
    for (size_t i = 0; i < r->nchecks; i++)
        mop_map_init(&t->rules_tally[i].by_value);
}

void mop_tally_release(struct mop_tally *t)
{
    for (size_t i = 0; i < t->record->nchecks; i++) {
        mop_map_release(&t->rules_tally[i].by_value);
        free(t->rules_tally[i].values);
    }
    for (size_t i = 0; i < t->nslices; i++) {
        mop_map_release(&t->slices[i].by_value);
        free(t->slices[i].values);
    }
    mop_map_release(&t->by_key);
    mop_map_release(&t->fixer_by_name);
    free(t->signatures);
    if (t->beyond)
        t->beyond_release(t);
    free(t->fixers);
    mop_arena_release(&t->arena);
}

/* ---- S of a report for this type: error rules with a subject among its needs, its `where` fields,
 * the key, and among the fields that these come from; input.* and checks of the whole record ----
 */

/* What a derived field shows stands in others: rules that refuse it there speak of it, too. */
static void want(const struct mop_record *r, const struct mop_field *f, bool *wanted)
{
    if (f->record != r || wanted[f->index])
        return;
    wanted[f->index] = true;
    for (size_t i = 0; f->derive && i < f->derive->nfields; i++)
        want(r, f->derive->fields[i], wanted);
}

static void want_tested(const struct mop_record *r, const struct mop_expr *e, bool *wanted)
{
    if (!e)
        return;
    for (size_t i = 0; e->op == MOP_OP_TEST && i < e->test->nfields; i++)
        want(r, e->test->fields[i], wanted);
    for (size_t i = 0; i < e->n; i++)
        want_tested(r, e->kids[i], wanted);
}

static bool has_subject(const struct mop_check *c, const bool *wanted)
{
    if (c->role == MOP_CHECK_INPUT || c->role == MOP_CHECK_RECORD)
        return true;
    for (size_t i = 0; i < c->nsubjects; i++)
        if (wanted[c->subjects[i]->index])
            return true;
    return false;
}

/* Per field: do rules speak of the need that speak of it? */
static bool *wanted_by(struct mop_tally *t, const struct mop_need *n)
{
    const struct mop_record *r = t->record;
    bool *wanted = mop_arena_array(&t->arena, r->nfields + 1, sizeof(bool));
    for (size_t i = 0; i < n->nfields; i++)
        want(r, n->fields[i], wanted);
    for (size_t i = 0; i < r->nkey; i++)
        want(r, r->key[i], wanted);
    want_tested(r, n->where, wanted);
    return wanted;
}

bool mop_need_short(struct mop_tally *t, const struct mop_need *n)
{
    const bool *wanted = wanted_by(t, n);
    for (size_t i = 0; i < t->record->ndropped; i++)
        if (has_subject(t->record->dropped[i], wanted))
            return true;
    return false;
}

uint64_t *mop_need_mask(struct mop_tally *t, const struct mop_need *n)
{
    const struct mop_record *r = t->record;
    const bool *wanted = wanted_by(t, n);
    uint64_t *mask = mop_arena_array(&t->arena, t->words + 1, sizeof *mask);
    for (size_t i = 0; i < r->nchecks; i++)
        if (r->checks[i]->severity == MOP_SEV_ERROR && has_subject(r->checks[i], wanted))
            mop_bit_set(mask, i);
    return mask;
}

/* ---- signatures ---- */

static void applied_needs(const struct mop_tally *t, const uint64_t *applied, uint64_t *out,
                          uint64_t *checked)
{
    for (size_t i = 0; i < t->nneeds; i++) {
        for (size_t w = 0; w < t->words; w++) {
            uint64_t hit = applied[w] & t->need_mask[i][w];
            if (hit)
                mop_bit_set(out, i);
            if (hit & t->optional_mask[w])
                mop_bit_set(checked, i);
        }
    }
}

static struct mop_sv signature_key(const struct mop_tally *t, const struct mop_verdict *v)
{
    size_t words = 3 * t->words + 4 * t->need_words, nw = t->record->nweights;
    uint64_t *needs = t->key + 3 * t->words;
    memcpy(t->key, v->fail, t->words * 8);
    memcpy(t->key + t->words, v->undecided, t->words * 8);
    memcpy(t->key + 2 * t->words, v->suppressed, t->words * 8);
    memcpy(needs, v->member, t->need_words * 8);
    memcpy(needs + t->need_words, v->unknown, t->need_words * 8);
    memset(needs + 2 * t->need_words, 0, 2 * t->need_words * 8);
    applied_needs(t, v->applied, needs + 2 * t->need_words, needs + 3 * t->need_words);
    uint8_t *tail = (uint8_t *)(t->key + words);
    memcpy(tail, v->classes, nw);
    tail[nw] = mop_bits_meet(v->applied, t->error_mask, t->words);
    tail[nw + 1] = mop_bits_meet(v->applied, t->optional_mask, t->words);
    memcpy(tail + nw + 2, &v->cohorts, 4);
    return (struct mop_sv){(const char *)t->key, key_size(t)};
}

/* A signature by its key, counting nothing yet; `weight` has room for the record type's. */
static struct mop_signature from_key(const struct mop_tally *t, const uint64_t *key,
                                     uint32_t cohorts, mop_i128 *weight)
{
    struct mop_signature s = {.fail = key,
                              .undecided = key + t->words,
                              .suppressed = key + 2 * t->words,
                              .member = key + 3 * t->words,
                              .cohorts = cohorts,
                              .weight = weight};
    s.unknown = s.member + t->need_words;
    s.applied = s.member + 2 * t->need_words;
    s.checked = s.member + 3 * t->need_words;
    s.classes = (const uint8_t *)(s.member + 4 * t->need_words);
    s.assessed = s.classes[t->record->nweights];
    s.overall_checked = s.classes[t->record->nweights + 1];
    return s;
}

static struct mop_signature *add_signature(struct mop_tally *t, struct mop_sv key, uint32_t cohorts)
{
    const uint64_t *own = (const uint64_t *)(const void *)mop_arena_copy(&t->arena, key).p;
    *mop_map_put(&t->by_key, (struct mop_sv){(const char *)own, key.n}, NULL) = t->nsignatures;
    MOP_GROW(t->signatures, t->nsignatures, t->capsignatures);
    struct mop_signature *s = &t->signatures[t->nsignatures++];
    *s = from_key(t, own, cohorts,
                  mop_arena_array(&t->arena, t->record->nweights + 1, sizeof *s->weight));
    return s;
}

/* The record's signature: of the table, or, where that is full, one that is only passing. */
static struct mop_signature *intern(struct mop_tally *t, const struct mop_verdict *v)
{
    struct mop_sv key = signature_key(t, v);
    const uint64_t *found = mop_map_find(&t->by_key, key);
    if (found)
        return &t->signatures[*found];
    if (t->nsignatures < t->most || !t->beyond_add)
        return add_signature(t, key, v->cohorts);
    mop_i128 *weight = t->passing.weight;
    memset(weight, 0, (t->record->nweights + 1) * sizeof *weight);
    t->passing = from_key(t, t->key, v->cohorts, weight);
    return &t->passing;
}

static void count_marked(struct mop_tally *t, const struct mop_verdict *v, size_t i)
{
    struct mop_rule_tally *r = &t->rules_tally[i];
    r->failed += mop_bit_get(v->fail, i);
    r->undecided += mop_bit_get(v->undecided, i);
    r->suppressed += mop_bit_get(v->suppressed, i);
    r->suppressed_undecided += mop_bit_get(v->suppressed, i) && mop_bit_get(v->undecided, i);
}

/* A finding that two suppressions cover is counted for both. */
static void count_suppressions(struct mop_tally *t, const struct mop_verdict *v)
{
    size_t n = t->rules->nsuppressions;
    for (size_t i = mop_bit_next(v->covered, n, 0); i < n; i = mop_bit_next(v->covered, n, i + 1))
        for (size_t w = 0; w < t->words; w++) {
            uint64_t found = v->applied[w] & (v->fail[w] | v->undecided[w]);
            t->suppressed[i].findings +=
                (uint64_t)__builtin_popcountll(found & t->suppressed[i].checks[w]);
        }
}

uint32_t mop_tally_suppressor(const struct mop_tally *t, const struct mop_verdict *v, size_t check)
{
    const struct mop_suppression *all = t->rules->suppressions;
    size_t n = t->rules->nsuppressions, by = n;
    for (size_t i = mop_bit_next(v->covered, n, 0); i < n; i = mop_bit_next(v->covered, n, i + 1)) {
        if (!mop_bit_get(t->suppressed[i].checks, check))
            continue;
        if (by < n && !mop_sv_eq(all[by].reason, all[i].reason))
            return MOP_BY_SEVERAL;
        by = by < n ? by : i;
    }
    return by < n ? (uint32_t)by + 1 : 0;
}

static void count_rules(struct mop_tally *t, struct mop_verdict *v)
{
    size_t n = t->record->nchecks;
    count_suppressions(t, v);
    for (size_t w = 0; w < t->words; w++)
        v->suppressed[w] &= v->fail[w] | v->undecided[w];
    for (size_t i = mop_bit_next(v->applied, n, 0); i < n; i = mop_bit_next(v->applied, n, i + 1))
        t->rules_tally[i].applied++;
    for (size_t w = 0; w < t->words; w++) { /* most records have none of these */
        uint64_t marked = v->applied[w] & (v->fail[w] | v->undecided[w]);
        for (; marked; marked &= marked - 1)
            count_marked(t, v, w * 64 + (size_t)__builtin_ctzll(marked));
    }
}

/* ---- slices: the same formula on counters of their own ---- */

static void add_part(struct mop_part *p, bool fails, bool undecided, bool applied, uint8_t class,
                     mop_i128 weight)
{
    p->assessed++;
    p->applied |= applied;
    p->clean += !fails && !undecided;
    p->undecided += !fails && undecided;
    p->valid += class == MOP_W_VALID;
    p->invalid += class == MOP_W_INVALID;
    p->no_rate += class == MOP_W_NO_RATE;
    if (class != MOP_W_VALID)
        return;
    p->w_assessed += weight;
    p->w_clean += !fails && !undecided ? weight : 0;
    p->w_undecided += !fails && undecided ? weight : 0;
}

static void count_slice(struct mop_tally *t, const struct mop_verdict *v,
                        const struct mop_signature *s, size_t slice)
{
    if (v->slice_value[slice] == UINT32_MAX)
        return;
    struct mop_slice_value *sv = &t->slices[slice].values[v->slice_value[slice]];
    sv->records++;
    if (!s->assessed)
        return;
    add_part(&sv->parts[0], mop_bits_meet(s->fail, t->error_mask, t->words),
             mop_bits_meet(s->undecided, t->error_mask, t->words), true,
             t->record->own_weight ? s->classes[0] : MOP_W_OUTSIDE, v->weight[0]);
    for (size_t i = 0; i < t->nneeds; i++) {
        if (!mop_bit_get(s->member, i))
            continue;
        size_t w = t->need_weight[i];
        add_part(&sv->parts[1 + i], mop_bits_meet(s->fail, t->need_mask[i], t->words),
                 mop_bit_get(s->unknown, i) ||
                     mop_bits_meet(s->undecided, t->need_mask[i], t->words),
                 mop_bit_get(s->applied, i), w == SIZE_MAX ? MOP_W_OUTSIDE : s->classes[w],
                 w == SIZE_MAX ? 0 : v->weight[w]);
    }
}

void mop_tally_repaired(struct mop_tally *t, const struct mop_verdict *v)
{
    if (!mop_bits_meet(v->applied, t->error_mask, t->words))
        return;
    add_part(&t->repaired[0], mop_bits_meet(v->fail, t->error_mask, t->words),
             mop_bits_meet(v->undecided, t->error_mask, t->words), true,
             t->record->own_weight ? v->classes[0] : MOP_W_OUTSIDE, v->weight[0]);
    for (size_t i = 0; i < t->nneeds; i++) {
        if (!mop_bit_get(v->member, i))
            continue;
        size_t w = t->need_weight[i];
        add_part(&t->repaired[1 + i], mop_bits_meet(v->fail, t->need_mask[i], t->words),
                 mop_bit_get(v->unknown, i) ||
                     mop_bits_meet(v->undecided, t->need_mask[i], t->words),
                 mop_bits_meet(v->applied, t->need_mask[i], t->words),
                 w == SIZE_MAX ? MOP_W_OUTSIDE : v->classes[w], w == SIZE_MAX ? 0 : v->weight[w]);
    }
}

static void note_applied(struct mop_tally *t, const struct mop_verdict *v)
{
    for (size_t i = mop_bit_next(v->member, t->nneeds, 0); i < t->nneeds;
         i = mop_bit_next(v->member, t->nneeds, i + 1))
        for (size_t w = 0; w < t->words; w++)
            t->need_applied[i][w] |= v->applied[w];
}

void mop_tally_veiled(struct mop_tally *t, const struct mop_verdict *v, size_t check)
{
    mop_bit_set(t->veiled, check);
    for (size_t i = mop_bit_next(v->member, t->nneeds, 0); i < t->nneeds;
         i = mop_bit_next(v->member, t->nneeds, i + 1))
        mop_bit_set(t->need_veiled[i], check);
}

void mop_tally_add(struct mop_tally *t, struct mop_verdict *v)
{
    count_rules(t, v);
    note_applied(t, v);
    struct mop_signature *s = intern(t, v);
    s->records++;
    t->assessed += s->assessed;
    for (size_t i = 0; i < t->record->nweights; i++)
        if (v->classes[i] == MOP_W_VALID)
            s->weight[i] += v->weight[i];
    if (s == &t->passing)
        t->beyond_add(t, s);
    for (size_t i = 0; i < t->nslices; i++)
        count_slice(t, v, s, i);
}

uint32_t mop_tally_slice(struct mop_tally *t, size_t slice, struct mop_sv value)
{
    struct mop_slice *s = &t->slices[slice];
    const uint64_t *found = mop_map_find(&s->by_value, value);
    if (found)
        return (uint32_t)*found;
    if (s->n == MOP_SLICE_VALUES_MAX) {
        s->over = true;
        return UINT32_MAX;
    }
    bool added;
    struct mop_sv own = mop_arena_copy(&t->arena, value);
    *mop_map_put(&s->by_value, own, &added) = s->n;
    MOP_GROW(s->values, s->n, s->cap);
    s->values[s->n] = (struct mop_slice_value){
        own, 0, mop_arena_array(&t->arena, 1 + t->nneeds, sizeof(struct mop_part))};
    return (uint32_t)s->n++;
}
