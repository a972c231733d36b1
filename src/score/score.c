/* SPDX-License-Identifier: MIT */
#include "score/beyond.h"

bool mop_part_has(const struct mop_signature *s, struct mop_part_of part)
{
    if (!s->assessed)
        return false;
    if (part.cohort && !(s->cohorts >> (part.cohort - 1) & 1))
        return false;
    return part.need == SIZE_MAX || mop_bit_get(s->member, part.need);
}

static bool meets(const struct mop_tally *t, const uint64_t *bits, const uint64_t *mask,
                  const uint64_t *except)
{
    for (size_t w = 0; w < t->words; w++)
        if (bits[w] & mask[w] & ~(except ? except[w] : 0))
            return true;
    return false;
}

static size_t weight_of(const struct mop_tally *t, size_t need)
{
    if (need != SIZE_MAX)
        return t->need_weight[need];
    return t->record->own_weight ? 0 : SIZE_MAX;
}

bool mop_part_checked(const struct mop_signature *s, struct mop_part_of part)
{
    return part.need == SIZE_MAX ? s->overall_checked : mop_bit_get(s->checked, part.need);
}

void mop_sums_add(const struct mop_tally *t, const struct mop_signature *s, struct mop_part_of part,
                  const uint64_t *mask, struct mop_sums *sum)
{
    const uint64_t *except = part.accepted ? s->suppressed : NULL;
    bool fails = meets(t, s->fail, mask, except);
    bool unknown = part.need != SIZE_MAX && !part.by_rules && mop_bit_get(s->unknown, part.need);
    bool undecided = !fails && (unknown || meets(t, s->undecided, mask, except));
    size_t w = weight_of(t, part.need);
    uint64_t clean = !fails && !undecided;
    sum->assessed += s->records;
    sum->clean += clean * s->records;
    sum->undecided += undecided * s->records;
    sum->applied |= part.need == SIZE_MAX || mop_bit_get(s->applied, part.need);
    if (w == SIZE_MAX)
        return;
    sum->valid += s->classes[w] == MOP_W_VALID ? s->records : 0;
    sum->invalid += s->classes[w] == MOP_W_INVALID ? s->records : 0;
    sum->no_rate += s->classes[w] == MOP_W_NO_RATE ? s->records : 0;
    sum->w_assessed += s->weight[w];
    sum->w_clean += clean ? s->weight[w] : 0;
    sum->w_undecided += undecided ? s->weight[w] : 0;
}

/* Of S as a whole, for parts without bits of their own. */
static bool any_applied(const struct mop_tally *t, const uint64_t *mask)
{
    for (size_t i = mop_bit_next(mask, t->record->nchecks, 0); i < t->record->nchecks;
         i = mop_bit_next(mask, t->record->nchecks, i + 1))
        if (t->rules_tally[i].applied)
            return true;
    return false;
}

const char mop_too_unweighed[] = "too many records lack a valid weight";

static const char *no_value_reason(const struct mop_tally *t, const struct mop_sums *s, size_t w)
{
    if (t->weight_lost[w])
        return "a column that the weight's condition reads is missing";
    if (s->no_rate)
        return t->no_rate[w] ? t->no_rate[w] : "a currency has no rate";
    if ((mop_i128)s->invalid * 1000 >
        (mop_i128)(s->valid + s->invalid) * t->rules->max_unweighted_tenths)
        return mop_too_unweighed;
    if (s->w_assessed == 0)
        return "the total weight is 0";
    return NULL;
}

/* Why the type has no score at all, or NULL. */
static const char *no_score(const struct mop_tally *t)
{
    return t->partial  ? "the data was not read whole"
           : t->unsure ? "a column that an exclusion reads is missing"
                       : NULL;
}

static struct mop_score_pair pair_of(const struct mop_tally *t, const struct mop_sums *s, size_t w,
                                     bool empty)
{
    const char *none = no_score(t)    ? no_score(t)
                       : empty        ? "no rule to judge by"
                       : !s->assessed ? "no record was assessed"
                       : !s->applied  ? "no rule applied to any record"
                                      : NULL;
    struct mop_score_pair p = {.records = {none, s->clean, s->assessed, s->undecided},
                               .has_value = w != SIZE_MAX,
                               .unweighed = s->invalid + s->no_rate,
                               .inside = s->valid + s->invalid + s->no_rate};
    if (p.has_value)
        p.value = (struct mop_score){none ? none : no_value_reason(t, s, w), s->w_clean,
                                     s->w_assessed, s->w_undecided};
    return p;
}

const char *mop_cohorts_lost(const struct mop_tally *t)
{
    return t->dateless ? "the column of the date is missing" : no_score(t);
}

struct mop_score_pair mop_score_of(const struct mop_tally *t, struct mop_part_of part,
                                   const uint64_t *mask)
{
    struct mop_sums sum = {0};
    bool told = mop_beyond_sums(t, part, mask, &sum);
    for (size_t i = 0; i < t->nsignatures && !mop_beyond_gathers(t); i++)
        if (mop_part_has(&t->signatures[i], part))
            mop_sums_add(t, &t->signatures[i], part, mask, &sum);
    if (part.need == SIZE_MAX)
        sum.applied = any_applied(t, mask);
    else if (part.by_rules)
        sum.applied = meets(t, t->need_applied[part.need], mask, NULL);
    bool empty = mop_bit_next(mask, t->record->nchecks, 0) == t->record->nchecks;
    struct mop_score_pair p = pair_of(t, &sum, weight_of(t, part.need), empty);
    if (!told)
        p.records.reason = p.value.reason = MOP_BEYOND_TABLE;
    return p;
}

struct mop_score mop_score_checked(const struct mop_tally *t, struct mop_part_of part)
{
    struct mop_score s = {NULL, 0, 0, 0};
    for (size_t i = 0; i < t->nsignatures; i++) {
        const struct mop_signature *g = &t->signatures[i];
        if (!mop_part_has(g, part))
            continue;
        s.assessed += g->records;
        s.clean += mop_part_checked(g, part) ? g->records : 0;
    }
    mop_beyond_checked(t, part, &s);
    s.reason = no_score(t) ? no_score(t) : s.assessed ? NULL : "no record was assessed";
    return s;
}

struct mop_score_pair mop_score_slice(const struct mop_tally *t, const struct mop_part *p,
                                      size_t need)
{
    struct mop_sums sum = {p->assessed, p->clean,      p->undecided, p->valid,       p->invalid,
                           p->no_rate,  p->w_assessed, p->w_clean,   p->w_undecided, p->applied};
    return pair_of(t, &sum, weight_of(t, need), false);
}

int64_t mop_score_tenths(const struct mop_score *s)
{
    return s->reason ? -1 : mop_tenths_floor(s->clean, s->assessed);
}

/* Sums of weights stay below 2^100, so that there is room for the factor. */
bool mop_score_meets(const struct mop_score *s, int64_t millionths)
{
    return !s->reason && s->clean * MOP_MILLIONTHS >= s->assessed * millionths;
}
