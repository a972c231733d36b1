/* SPDX-License-Identifier: MIT */
#include "score/stakes.h"
#include <stdlib.h>
#include <string.h>

void mop_stakes_init(struct mop_stakes *k, const struct mop_tally *t, bool by_value)
{
    *k = (struct mop_stakes){.by_value = by_value, .n = t->record->nchecks};
    k->of = mop_calloc(k->n + 1, sizeof *k->of);
    k->f = mop_calloc(t->words + 1, sizeof *k->f);
}

void mop_stakes_release(struct mop_stakes *k)
{
    for (size_t i = 0; i < k->n; i++)
        free(k->of[i].by_size);
    free(k->of);
    free(k->f);
}

size_t mop_failing_set(const struct mop_tally *t, const struct mop_signature *s, uint64_t *f)
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

mop_i128 mop_stakes_weight(const struct mop_stakes *k, const struct mop_signature *s)
{
    return k->by_value ? s->weight[0] : (mop_i128)s->records;
}

static void add_size(struct mop_stake *st, size_t size, mop_i128 w)
{
    if (size > st->nsizes) {
        st->by_size = mop_realloc(st->by_size, size, sizeof *st->by_size);
        memset(st->by_size + st->nsizes, 0, (size - st->nsizes) * sizeof *st->by_size);
        st->nsizes = size;
    }
    st->by_size[size - 1] += w;
}

void mop_stakes_add(struct mop_stakes *k, const struct mop_tally *t, const struct mop_signature *s)
{
    if (!s->assessed)
        return;
    mop_i128 w = mop_stakes_weight(k, s);
    size_t size = mop_failing_set(t, s, k->f);
    k->total += w;
    for (size_t i = mop_bit_next(k->f, k->n, 0); i < k->n; i = mop_bit_next(k->f, k->n, i + 1)) {
        add_size(&k->of[i], size, w);
        k->of[i].alone += size == 1 ? w : 0;
    }
}

void mop_stakes_merge(struct mop_stakes *k, const struct mop_stakes *other)
{
    k->total += other->total;
    for (size_t i = 0; i < k->n; i++) {
        k->of[i].alone += other->of[i].alone;
        for (size_t size = 1; size <= other->of[i].nsizes; size++)
            add_size(&k->of[i], size, other->of[i].by_size[size - 1]);
    }
}
