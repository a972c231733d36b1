/* SPDX-License-Identifier: MIT */
#include "check/tally.h"
#include "rules/kinds.h"
#include <string.h>

/* What a rule found: its worst values, its samples, and who repairs them. */

static int hash_cmp(struct mop_h128 a, struct mop_h128 b)
{
    if (a.hi != b.hi)
        return a.hi < b.hi ? -1 : 1;
    return a.lo == b.lo ? 0 : a.lo < b.lo ? -1 : 1;
}

/* Samples are those with the smallest hashes, so that order and split of the records do not show.
 */
static bool wants_sample(const struct mop_tally *t, const struct mop_rule_tally *r,
                         struct mop_h128 hash)
{
    if (r->nsamples < t->max_samples)
        return true;
    return t->max_samples && hash_cmp(hash, r->samples[r->nsamples - 1].hash) < 0;
}

bool mop_tally_wants(const struct mop_tally *t, size_t check, struct mop_sv value,
                     struct mop_h128 hash)
{
    const struct mop_rule_tally *r = &t->rules_tally[check];
    if (wants_sample(t, r, hash))
        return true;
    return r->nvalues < MOP_RULE_VALUES_MAX && !mop_map_find(&r->by_value, value);
}

/* What another field of the record decides is no proposal for the value wherever it stands. */
static bool hangs_on_others(const struct mop_kind *k)
{
    return k && ((k->flags & MOP_K_ROW) || k == &mop_kind_determines);
}

void mop_first_note(struct mop_first *at, const struct mop_finding *f)
{
    if (at->is && (f->source > at->source || (f->source == at->source && f->line >= at->line)))
        return;
    *at = (struct mop_first){true, f->source, f->line};
}

static void count_value(struct mop_rule_value *v, const struct mop_finding *f)
{
    v->count++;
    v->suppressed += f->suppressed;
    if (f->suppressed && v->suppressed_by != f->suppressed_by)
        v->suppressed_by = v->suppressed_by ? MOP_BY_SEVERAL : f->suppressed_by;
    mop_first_note(&v->first[f->suppressed], f);
    if (f->by_date && !mop_sv_eq(v->proposal, f->proposal)) {
        v->proposal = MOP_SV("");
        v->certain = false;
    }
    v->certain = v->certain && (!f->by_date || f->certain);
}

static void add_value(struct mop_tally *t, struct mop_rule_tally *r, const struct mop_finding *f)
{
    uint64_t *found = mop_map_find(&r->by_value, f->value);
    if (found) {
        count_value(&r->values[*found], f);
        return;
    }
    if (r->nvalues == MOP_RULE_VALUES_MAX) {
        r->values_over = true;
        return;
    }
    bool added, of_value = !hangs_on_others(f->check->kind);
    struct mop_sv own = mop_arena_copy(&t->arena, f->value);
    *mop_map_put(&r->by_value, own, &added) = r->nvalues;
    MOP_GROW(r->values, r->nvalues, r->capvalues);
    r->values[r->nvalues] = (struct mop_rule_value){
        .value = own,
        .certain = of_value && f->certain,
        .proposal = of_value ? mop_arena_copy(&t->arena, f->proposal) : MOP_SV(""),
        .message = mop_arena_copy(&t->arena, f->message)};
    count_value(&r->values[r->nvalues++], f);
}

static void add_sample(struct mop_tally *t, struct mop_rule_tally *r, const struct mop_finding *f)
{
    if (!wants_sample(t, r, f->hash))
        return;
    if (!r->samples)
        r->samples = mop_arena_array(&t->arena, t->max_samples, sizeof *r->samples);
    size_t i = r->nsamples < t->max_samples ? r->nsamples++ : r->nsamples - 1;
    while (i > 0 && hash_cmp(f->hash, r->samples[i - 1].hash) < 0) {
        r->samples[i] = r->samples[i - 1];
        i--;
    }
    r->samples[i] = (struct mop_sample){.hash = f->hash,
                                        .source = f->source,
                                        .line = f->line,
                                        .record = f->record,
                                        .key = mop_arena_copy(&t->arena, f->key),
                                        .value = mop_arena_copy(&t->arena, f->value),
                                        .message = mop_arena_copy(&t->arena, f->message)};
}

void mop_tally_value(struct mop_tally *t, const struct mop_finding *f)
{
    struct mop_rule_tally *r = &t->rules_tally[f->check->index];
    add_value(t, r, f);
    add_sample(t, r, f);
}

uint32_t mop_tally_fixer(struct mop_tally *t, struct mop_sv name, uint64_t record,
                         struct mop_loss loss)
{
    bool added;
    uint64_t *item = mop_map_put(&t->fixer_by_name, name, &added);
    if (added) {
        *item = t->nfixers;
        MOP_GROW(t->fixers, t->nfixers, t->capfixers);
        t->fixers[t->nfixers++] = (struct mop_fixer){.name = name};
    }
    struct mop_fixer *f = &t->fixers[*item];
    f->findings++;
    if (f->last_record != record) {
        f->last_record = record;
        f->records++;
        f->lost += loss.weight;
        f->unweighed += loss.unknown;
    }
    return (uint32_t)*item;
}
