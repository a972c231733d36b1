/* SPDX-License-Identifier: MIT */
#include "check/dataset.h"
#include <stdlib.h>
#include <string.h>

void mop_dataset_init(struct mop_dataset_counts *c, const struct mop_dataset_check *check,
                      struct mop_when now)
{
    memset(c, 0, sizeof *c);
    c->check = check;
    c->now = now;
    mop_arena_init(&c->arena);
    mop_arena_init(&c->scratch);
    mop_map_init(&c->spellings);
}

void mop_dataset_release(struct mop_dataset_counts *c)
{
    for (size_t i = 0; i < c->ngroups; i++) {
        free(c->groups[i].spelling);
        free(c->groups[i].count);
    }
    free(c->groups);
    mop_map_release(&c->spellings);
    mop_arena_release(&c->arena);
    mop_arena_release(&c->scratch);
}

static void count_volume(struct mop_dataset_counts *c, const struct mop_value *v)
{
    (void)v;
    c->hits++;
}

/* A date that is yet to come, a typo or a plan, is no sign of fresh data; and it would hide for
 * years that nothing new arrives. */
static void count_freshness(struct mop_dataset_counts *c, const struct mop_value *v)
{
    if (v->state != MOP_ST_VALUE || !v->known || !v->typed.has_when)
        return;
    if (mop_when_cmp(v->typed.when, c->now) > 0) {
        c->later++;
        return;
    }
    c->hits++;
    if (!c->seen || mop_when_cmp(v->typed.when, c->newest) > 0)
        c->newest = v->typed.when;
    c->seen = true;
}

static void count_fill(struct mop_dataset_counts *c, const struct mop_value *v)
{
    c->hits += v->state == MOP_ST_VALUE;
}

static bool is_shared(const struct mop_dataset_check *check, const struct mop_value *v)
{
    if (!check->nvalues)
        return v->term && v->term->catch_all;
    for (size_t i = 0; i < check->nvalues; i++)
        if (mop_value_means(v, check->values[i]))
            return true;
    return false;
}

static void count_share(struct mop_dataset_counts *c, const struct mop_value *v)
{
    c->hits += v->state == MOP_ST_VALUE && v->known && is_shared(c->check, v);
}

static struct mop_variant *group_of(struct mop_dataset_counts *c, struct mop_sv form)
{
    uint64_t *found = mop_map_find(&c->spellings, form);
    if (found)
        return &c->groups[*found];
    bool added;
    struct mop_sv own = mop_arena_copy(&c->arena, form);
    *mop_map_put(&c->spellings, own, &added) = c->ngroups;
    MOP_GROW(c->groups, c->ngroups, c->capgroups);
    c->groups[c->ngroups] = (struct mop_variant){.meant = own};
    return &c->groups[c->ngroups++];
}

static void count_spelling(struct mop_dataset_counts *c, struct mop_variant *g,
                           struct mop_sv written)
{
    for (size_t i = 0; i < g->n; i++)
        if (mop_sv_eq(g->spelling[i], written)) {
            g->count[i]++;
            return;
        }
    if (g->n == g->cap) {
        g->cap = g->cap ? g->cap * 2 : 4;
        g->spelling = mop_realloc(g->spelling, g->cap, sizeof *g->spelling);
        g->count = mop_realloc(g->count, g->cap, sizeof *g->count);
    }
    g->spelling[g->n] = mop_arena_copy(&c->arena, written);
    g->count[g->n++] = 1;
}

/* Spellings of one thing: equal once case, blanks, '-' and '_' are taken out. */
static struct mop_sv squeeze(struct mop_arena *a, struct mop_sv s)
{
    struct mop_sv folded = mop_utf8_fold(a, s);
    char *out = mop_arena_alloc(a, folded.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < folded.n;) {
        size_t from = i;
        uint32_t cp = mop_utf8_next(folded, &i);
        if (cp == '-' || cp == '_' || mop_utf8_is_space(cp))
            continue;
        memcpy(out + n, folded.p + from, i - from);
        n += i - from;
    }
    return (struct mop_sv){out, n};
}

static void count_variants(struct mop_dataset_counts *c, const struct mop_value *v)
{
    if (v->state != MOP_ST_VALUE)
        return;
    c->hits++;
    struct mop_sv form = squeeze(&c->scratch, v->written);
    c->over |= c->ngroups >= MOP_DICTIONARY_MAX && !mop_map_find(&c->spellings, form);
    if (!c->over)
        count_spelling(c, group_of(c, form), v->written);
    mop_arena_reset(&c->scratch);
}

/* In the order of enum mop_dataset_kind. */
static void (*const counters[])(struct mop_dataset_counts *, const struct mop_value *) = {
    count_volume, count_freshness, count_fill, count_variants, count_share};

void mop_dataset_record(struct mop_dataset_counts *c, struct mop_entry *const *entries)
{
    const struct mop_value *v = c->check->field ? &entries[c->check->field->index]->v : NULL;
    c->records++;
    c->untold += v && v->state == MOP_ST_UNREADABLE;
    c->missing += v && v->state == MOP_ST_MISSING;
    counters[c->check->kind](c, v);
}
