/* SPDX-License-Identifier: MIT */
#include "check/stage_history.h"
#include "check/dictionary.h"
#include <stdlib.h>
#include <string.h>

void mop_histories_init(struct mop_histories *h, const struct mop_ruleset *rs)
{
    memset(h, 0, sizeof *h);
    for (size_t i = 0; i < rs->nrecords; i++)
        for (size_t k = 0; k < rs->records[i]->nlifecycles; k++) {
            if (!rs->records[i]->lifecycles[k]->history)
                continue;
            h->list = mop_realloc(h->list, h->n + 1, sizeof *h->list);
            h->list[h->n++] = (struct mop_kept_history){.l = rs->records[i]->lifecycles[k]};
        }
}

void mop_histories_release(struct mop_histories *h)
{
    for (size_t i = 0; i < h->n; i++)
        free(h->list[i].list);
    free(h->list);
}

/* ---- taking ---- */

static int32_t stage_of(const struct mop_lifecycle *l, const struct mop_value *v)
{
    if (MOP_IS_BLANK(v->state))
        return MOP_STAGE_NONE;
    const struct mop_stage *st =
        v->state == MOP_ST_VALUE && v->known ? mop_lifecycle_stage(l, v->meant) : NULL;
    return st ? (int32_t)st->index : MOP_STAGE_UNKNOWN;
}

/* A stage that was cleared is no stage it moved to: the next change tells. */
static void take(struct mop_kept_history *k, struct mop_entry *const *entries)
{
    const struct mop_history *h = k->l->history;
    const struct mop_value *via = &entries[h->via->index]->v, *at = &entries[h->at->index]->v;
    int32_t to = stage_of(k->l, &entries[h->to->index]->v);
    if (via->state != MOP_ST_VALUE || !via->known || to == MOP_STAGE_NONE)
        return;
    struct mop_stage_change c = {
        .of = mop_hash_keyed(via->meant), .from = MOP_STAGE_NONE, .to = to};
    if (h->from)
        c.from = stage_of(k->l, &entries[h->from->index]->v);
    c.dated = at->state == MOP_ST_VALUE && at->known && at->typed.has_when;
    if (c.dated)
        c.when = at->typed.when;
    MOP_GROW(k->list, k->n, k->cap);
    k->list[k->n++] = c;
}

static bool lacks_column(const struct mop_history *h, struct mop_entry *const *entries)
{
    const struct mop_field *const fields[] = {h->via, h->to, h->at, h->from};
    bool lacks = false;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        lacks |= fields[i] && entries[fields[i]->index]->v.state == MOP_ST_MISSING;
    return lacks;
}

void mop_histories_record(struct mop_histories *h, const struct mop_record *t,
                          struct mop_entry *const *entries)
{
    for (size_t i = 0; i < h->n; i++) {
        struct mop_kept_history *k = &h->list[i];
        if (k->l->history->record != t)
            continue;
        k->lost |= lacks_column(k->l->history, entries);
        take(k, entries);
    }
}

/* ---- sorting ---- */

static int cmp_i64(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int cmp_u64(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int by_record(const struct mop_stage_change *a, const struct mop_stage_change *b)
{
    int c = cmp_u64(a->of.hi, b->of.hi);
    return c ? c : cmp_u64(a->of.lo, b->of.lo);
}

/* By content alone, so that the order of records says nothing; a whole day opens its day. */
static int by_content(const void *x, const void *y)
{
    const struct mop_stage_change *a = x, *b = y;
    int c = by_record(a, b);
    c = c ? c : b->dated - a->dated;
    c = c ? c : cmp_i64(a->when.day, b->when.day);
    c = c ? c : b->when.whole_day - a->when.whole_day;
    c = c ? c : cmp_i64(a->when.us, b->when.us);
    c = c ? c : cmp_i64(a->from, b->from);
    return c ? c : cmp_i64(a->to, b->to);
}

/* Exports overlap: a change that is there twice happened once. */
static size_t drop_doubles(struct mop_stage_change *list, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (!kept || by_content(&list[kept - 1], &list[i]) != 0)
            list[kept++] = list[i];
    return kept;
}

void mop_histories_freeze(struct mop_histories *h, const struct mop_record *t, bool whole)
{
    for (size_t i = 0; i < h->n; i++) {
        struct mop_kept_history *k = &h->list[i];
        if (k->l->history->record != t)
            continue;
        k->lost |= !whole;
        if (k->n)
            qsort(k->list, k->n, sizeof *k->list, by_content);
        k->n = drop_doubles(k->list, k->n);
    }
}

/* ---- looking up ---- */

static size_t first_of(const struct mop_kept_history *k, const struct mop_stage_change *key)
{
    size_t low = 0, high = k->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (by_record(&k->list[mid], key) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static const struct mop_kept_history *kept_for(const struct mop_histories *h,
                                               const struct mop_lifecycle *l)
{
    for (size_t i = 0; i < h->n; i++)
        if (h->list[i].l == l)
            return &h->list[i];
    return NULL;
}

bool mop_histories_find(const struct mop_histories *h, const struct mop_lifecycle *l,
                        struct mop_sv of, struct mop_stage_changes *out)
{
    const struct mop_kept_history *k = kept_for(h, l);
    struct mop_stage_change key = {.of = mop_hash_keyed(of)};
    if (!k)
        return false;
    size_t i = first_of(k, &key), end = i;
    while (end < k->n && by_record(&k->list[end], &key) == 0)
        end++;
    *out = (struct mop_stage_changes){k->list + i, end - i, k->lost};
    return true;
}

bool mop_histories_reads(const struct mop_histories *h, const struct mop_field *f)
{
    bool reads = false;
    for (size_t i = 0; i < h->n; i++) {
        const struct mop_history *own = h->list[i].l->history;
        reads |= own->via == f || own->from == f || own->to == f || own->at == f;
    }
    return reads;
}

bool mop_histories_lost(const struct mop_histories *h, const struct mop_test *t)
{
    const struct mop_history *of = mop_test_history(t);
    for (size_t i = 0; of && i < h->n; i++)
        if (h->list[i].l->history == of)
            return h->list[i].lost;
    return false;
}
