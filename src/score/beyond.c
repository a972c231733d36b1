/* SPDX-License-Identifier: MIT */
#include "score/beyond.h"
#include "score/result.h"
#include <stdlib.h>
#include <string.h>

struct question {
    struct mop_part_of part;
    uint64_t *mask;
    struct mop_sums sums;
};
struct mop_beyond {
    bool gathers;
    struct mop_arena arena; /* masks */
    struct question *questions;
    size_t n, cap;
    struct mop_score *checked; /* of all [0] and of each need [1 + i]; so again for each cohort */
    struct mop_stakes by_records, by_value;
};

static void release(struct mop_tally *t)
{
    struct mop_beyond *b = t->beyond;
    mop_arena_release(&b->arena);
    free(b->questions);
    mop_stakes_release(&b->by_records);
    mop_stakes_release(&b->by_value);
    free(b);
}

/* Scoring the tally once, for the sake of the questions. */
static struct mop_beyond *gather(struct mop_tally *t)
{
    struct mop_beyond *b = t->beyond = mop_calloc(1, sizeof *b);
    mop_arena_init(&b->arena);
    b->checked =
        mop_arena_array(&b->arena, (1 + t->nneeds) * (1 + t->rules->ncohorts), sizeof *b->checked);
    mop_stakes_init(&b->by_records, t, false);
    mop_stakes_init(&b->by_value, t, true);
    t->beyond_release = release;
    b->gathers = true;
    mop_result_ask(t);
    b->gathers = false;
    return b;
}

static void add_checked(struct mop_beyond *b, const struct mop_tally *t,
                        const struct mop_signature *s)
{
    for (size_t i = 0; i < (1 + t->nneeds) * (1 + t->rules->ncohorts); i++) {
        size_t need = i % (1 + t->nneeds);
        struct mop_part_of part = {.need = need ? need - 1 : SIZE_MAX,
                                   .cohort = (uint32_t)(i / (1 + t->nneeds))};
        if (!mop_part_has(s, part))
            continue;
        b->checked[i].assessed += s->records;
        b->checked[i].clean += mop_part_checked(s, part) ? s->records : 0;
    }
}

static void add(struct mop_tally *t, const struct mop_signature *s)
{
    struct mop_beyond *b = t->beyond ? t->beyond : gather(t);
    for (size_t i = 0; i < b->n; i++)
        if (mop_part_has(s, b->questions[i].part))
            mop_sums_add(t, s, b->questions[i].part, b->questions[i].mask, &b->questions[i].sums);
    add_checked(b, t, s);
    mop_stakes_add(&b->by_records, t, s);
    if (t->record->own_weight)
        mop_stakes_add(&b->by_value, t, s);
}

void mop_beyond_allow(struct mop_tally *t)
{
    t->beyond_add = add;
}

bool mop_beyond_gathers(const struct mop_tally *t)
{
    return t->beyond && t->beyond->gathers;
}

/* ---- asking ---- */

static struct question *find(const struct mop_tally *t, struct mop_part_of part,
                             const uint64_t *mask)
{
    struct mop_beyond *b = t->beyond;
    for (size_t i = 0; i < b->n; i++) {
        struct question *q = &b->questions[i];
        if (q->part.need == part.need && q->part.cohort == part.cohort &&
            q->part.accepted == part.accepted && q->part.by_rules == part.by_rules &&
            memcmp(q->mask, mask, t->words * sizeof *mask) == 0)
            return q;
    }
    return NULL;
}

static void note(struct mop_beyond *b, size_t words, struct mop_part_of part, const uint64_t *mask)
{
    struct question q = {.part = part, .mask = mop_arena_array(&b->arena, words + 1, sizeof *mask)};
    memcpy(q.mask, mask, words * sizeof *mask);
    MOP_GROW(b->questions, b->n, b->cap);
    b->questions[b->n++] = q;
}

static void add_sums(struct mop_sums *s, const struct mop_sums *more)
{
    s->assessed += more->assessed;
    s->clean += more->clean;
    s->undecided += more->undecided;
    s->valid += more->valid;
    s->invalid += more->invalid;
    s->no_rate += more->no_rate;
    s->w_assessed += more->w_assessed;
    s->w_clean += more->w_clean;
    s->w_undecided += more->w_undecided;
    s->applied |= more->applied;
}

bool mop_beyond_sums(const struct mop_tally *t, struct mop_part_of part, const uint64_t *mask,
                     struct mop_sums *sum)
{
    if (!t->beyond)
        return true;
    const struct question *q = find(t, part, mask);
    if (q)
        add_sums(sum, &q->sums);
    else if (t->beyond->gathers)
        note(t->beyond, t->words, part, mask);
    return q || t->beyond->gathers;
}

void mop_beyond_checked(const struct mop_tally *t, struct mop_part_of part, struct mop_score *s)
{
    if (!t->beyond)
        return;
    size_t need = part.need == SIZE_MAX ? 0 : part.need + 1;
    const struct mop_score *more = &t->beyond->checked[part.cohort * (1 + t->nneeds) + need];
    s->assessed += more->assessed;
    s->clean += more->clean;
}

const struct mop_stakes *mop_beyond_stakes(const struct mop_tally *t, bool by_value)
{
    if (!t->beyond)
        return NULL;
    return by_value ? &t->beyond->by_value : &t->beyond->by_records;
}
