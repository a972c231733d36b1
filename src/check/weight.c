/* SPDX-License-Identifier: MIT */
#include "check/weight.h"
#include <ctype.h>
#include <string.h>

/* A code as all know them; anything else that stands there is not fit for a message. */
static bool is_code(struct mop_sv currency)
{
    for (size_t i = 0; i < currency.n; i++)
        if (!isalpha((unsigned char)currency.p[i]))
            return false;
    return currency.n == 3;
}

/* Of several the first by its bytes is told, whatever the order of the records. */
static void note_no_rate(struct mop_judge *j, size_t i, struct mop_sv currency)
{
    const struct mop_weight *w = j->record->weights[i];
    const char *known = j->tally.no_rate[i];
    if (!is_code(currency) || (known && memcmp(known, currency.p, currency.n) <= 0))
        return;
    j->tally.no_rate[i] =
        mop_arena_printf(&j->tally.arena, "%.*s has no rate to %.*s: add it under 'rates'",
                         MOP_SV_ARG(currency), MOP_SV_ARG(w->to))
            .p;
}

/* The rate to the weight's currency: one where nothing is to be converted. */
static enum mop_weight_class find_rate(struct mop_judge *j, size_t i, mop_i128 *rate)
{
    const struct mop_weight *w = j->record->weights[i];
    struct mop_sv currency = w->currency_is;
    *rate = MOP_UNIT;
    if (w->currency) {
        const struct mop_value *v = &j->entries[w->currency->index]->v;
        if (v->state != MOP_ST_VALUE || !v->known)
            return MOP_W_INVALID;
        currency = v->meant;
    }
    if (!currency.n || !w->to.n || mop_sv_eq(currency, w->to))
        return MOP_W_VALID;
    const uint64_t *item = mop_map_find(&w->rates, currency);
    if (item)
        *rate = w->rate_values[*item];
    else
        note_no_rate(j, i, currency);
    return item ? MOP_W_VALID : MOP_W_NO_RATE;
}

static enum mop_weight_class weigh(struct mop_judge *j, size_t i, mop_i128 *out)
{
    const struct mop_weight *w = j->record->weights[i];
    const struct mop_value *v = &j->entries[w->field->index]->v;
    mop_i128 rate;
    *out = 0;
    enum mop_truth inside = mop_judge_condition(j, w->where, false);
    if (inside == MOP_FALSE)
        return MOP_W_OUTSIDE;
    j->tally.weight_lost[i] |= inside == MOP_UNKNOWN && mop_judge_lacks(j, w->where);
    if (v->state != MOP_ST_VALUE || !v->known || !v->typed.has_number || v->typed.number < 0)
        return MOP_W_INVALID;
    enum mop_weight_class class = find_rate(j, i, &rate);
    if (class == MOP_W_VALID)
        *out = mop_number_mul(v->typed.number, rate);
    return class;
}

void mop_judge_weights(struct mop_judge *j)
{
    for (size_t i = 0; i < j->record->nweights; i++)
        if (j->record->weights[i])
            j->verdict.classes[i] = (uint8_t)weigh(j, i, &j->verdict.weight[i]);
}

struct mop_loss mop_judge_loss(const struct mop_judge *j)
{
    if (!j->record->own_weight)
        return (struct mop_loss){MOP_UNIT, false};
    uint8_t class = j->verdict.classes[0];
    return (struct mop_loss){j->verdict.weight[0],
                             class == MOP_W_INVALID || class == MOP_W_NO_RATE};
}
