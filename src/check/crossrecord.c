/* SPDX-License-Identifier: MIT */
#include "check/crossrecord.h"
#include "check/judge.h"
#include <stdlib.h>
#include <string.h>

enum { PACKING_MAX = 1 << 30 };

void mop_crossrecord_init(struct mop_crossrecord *c)
{
    memset(c, 0, sizeof *c);
    mop_arena_init(&c->arena);
    mop_map_init(&c->base_by_key);
    mop_buf_init(&c->packing, PACKING_MAX);
}

void mop_crossrecord_release(struct mop_crossrecord *c)
{
    mop_map_release(&c->base_by_key);
    mop_arena_release(&c->arena);
    free(c->bases);
    free(c->held);
    free(c->waiting);
    mop_buf_release(&c->packing);
}

/* ---- holding ---- */

uint32_t mop_crossrecord_base(struct mop_judge *j, const struct mop_verdict *v)
{
    struct mop_crossrecord *c = &j->cross;
    size_t words = mop_verdict_words(&j->tally), nw = j->record->nweights,
           size = words * 8 + nw + 4;
    char *key = mop_arena_alloc(j->run->scratch, size + 8);
    memcpy(key, v->fail, words * 8); /* the verdict's sets lie side by side */
    memcpy(key + words * 8, v->classes, nw);
    memcpy(key + words * 8 + nw, &v->cohorts, 4);
    uint64_t *found = mop_map_find(&c->base_by_key, (struct mop_sv){key, size});
    if (found)
        return (uint32_t)*found;
    bool added;
    struct mop_sv own = mop_arena_copy(&c->arena, (struct mop_sv){key, size});
    *mop_map_put(&c->base_by_key, own, &added) = c->nbases;
    MOP_GROW(c->bases, c->nbases, c->capbases);
    c->bases[c->nbases] = (struct mop_base){(const uint64_t *)(const void *)own.p,
                                            (const uint8_t *)own.p + words * 8, v->cohorts};
    return (uint32_t)c->nbases++;
}

/* ---- what a test's fields held, packed: state, two lengths, the text as written, the meant one
 * where it differs ---- */

enum { SAME_AS_WRITTEN = UINT32_MAX };
struct packed {
    uint32_t written, meant;
    uint8_t state;
};
enum { PACKED_BYTES = 2 * sizeof(uint32_t) + 1 };

static void pack_value(struct mop_buf *b, const struct mop_waiting_value *v)
{
    bool same = mop_sv_eq(v->written, v->meant);
    uint32_t written = (uint32_t)v->written.n,
             meant = same ? SAME_AS_WRITTEN : (uint32_t)v->meant.n;
    mop_buf_add(b, &written, sizeof written); /* a field has 16 MiB at most */
    mop_buf_add(b, &meant, sizeof meant);
    mop_buf_add(b, &v->state, 1);
    mop_buf_sv(b, v->written);
    if (!same)
        mop_buf_sv(b, v->meant);
}

static struct packed packed_at(const char *p)
{
    struct packed x;
    memcpy(&x.written, p, sizeof x.written);
    memcpy(&x.meant, p + sizeof x.written, sizeof x.meant);
    x.state = (uint8_t)p[2 * sizeof x.written];
    return x;
}

struct mop_waiting_value mop_kept_value(const struct mop_kept *k, size_t field)
{
    const char *p = k->values;
    struct packed x = packed_at(p);
    for (; field; field--, x = packed_at(p))
        p += PACKED_BYTES + x.written + (x.meant == SAME_AS_WRITTEN ? 0 : x.meant);
    struct mop_sv written = {p + PACKED_BYTES, x.written};
    struct mop_sv meant =
        x.meant == SAME_AS_WRITTEN ? written : (struct mop_sv){written.p + written.n, x.meant};
    return (struct mop_waiting_value){written, meant, x.state};
}

static const char *pack_values(struct mop_crossrecord *c, const struct mop_waiting *w)
{
    mop_buf_reset(&c->packing);
    for (size_t i = 0; i < w->test->nfields; i++)
        pack_value(&c->packing, &w->values[i]);
    return mop_arena_copy(&c->arena, mop_buf_view(&c->packing)).p;
}

/* ---- holding a test ---- */

/* What the tests of a tree said, once for all its waiting tests. */
static void hold_leaves(struct mop_judge *j, struct mop_kept *own, const struct mop_waiting *w)
{
    struct mop_crossrecord *c = &j->cross;
    const struct mop_kept *before = c->nwaiting > 1 ? own - 1 : NULL;
    struct mop_kept_more *m = own->more;
    m->scratch_leaves = w->leaves;
    if (before && before->more && before->more->scratch_leaves == w->leaves &&
        before->check == w->check && before->holder == own->holder)
        m->leaves = before->more->leaves;
    else
        m->leaves = (uint8_t *)(uintptr_t)mop_arena_copy(
                        &c->arena, (struct mop_sv){(char *)w->leaves, w->nleaves})
                        .p;
}

static void hold_more(struct mop_judge *j, struct mop_kept *own, const struct mop_waiting *w)
{
    struct mop_arena *a = &j->cross.arena;
    if (!w->leaves && !w->rank && w->test->kind != &mop_kind_determines)
        return;
    own->more = mop_arena_alloc(a, sizeof *own->more);
    *own->more = (struct mop_kept_more){.what = w->what, .rank = w->rank, .leaf = w->leaf};
    if (w->leaves)
        hold_leaves(j, own, w);
}

static void hold_waiting(struct mop_judge *j, const struct mop_waiting *w, enum mop_side side)
{
    struct mop_crossrecord *c = &j->cross;
    MOP_GROW(c->waiting, c->nwaiting, c->capwaiting);
    struct mop_kept *own = &c->waiting[c->nwaiting++];
    *own = (struct mop_kept){.check = w->check,
                             .test = w->test,
                             .key = w->key,
                             .values = pack_values(c, w),
                             .fixer = mop_judge_fixer(j, w->check),
                             .holder = (uint32_t)c->nheld,
                             .side = (uint8_t)side};
    hold_more(j, own, w);
}

/* ---- holding a record ---- */

/* Fixers that the record's findings so far were counted for, so that it is not counted twice. */
static size_t count_fixers(const struct mop_judge *j)
{
    size_t n = 0;
    for (size_t i = 0; i < j->tally.nfixers; i++)
        n += j->tally.fixers[i].last_record == j->serial;
    return n;
}

static void note_fixers(struct mop_judge *j, struct mop_held_more *m, size_t n)
{
    m->fixers = mop_arena_array(&j->cross.arena, n, sizeof *m->fixers);
    for (size_t i = 0; i < j->tally.nfixers; i++)
        if (j->tally.fixers[i].last_record == j->serial)
            m->fixers[m->nfixers++] = (uint32_t)i;
}

static bool is_repaired(const struct mop_judge *j)
{
    return j->repairs && j->made.repaired != MOP_NOT_REPAIRED;
}

static void *copy_array(struct mop_arena *a, const void *from, size_t n, size_t size)
{
    void *own = mop_arena_array(a, n, size);
    if (n)
        memcpy(own, from, n * size);
    return own;
}

static struct mop_made keep_made(struct mop_arena *a, struct mop_made made)
{
    made.retargets = copy_array(a, made.retargets, made.nretargets, sizeof *made.retargets);
    for (size_t i = 0; i < made.nretargets; i++)
        made.retargets[i].comes = mop_arena_copy(a, made.retargets[i].comes);
    return made;
}

static void note_repair(struct mop_judge *j, struct mop_held *h)
{
    struct mop_held_more *m = h->more;
    m->after = (struct mop_made){.repaired = MOP_NOT_REPAIRED, .base = h->base};
    if (!is_repaired(j))
        return;
    m->after = keep_made(&j->cross.arena, j->made);
    m->nafter = (uint32_t)j->nafter;
    if (j->still.repaired == MOP_NOT_REPAIRED)
        return;
    m->still = mop_arena_alloc(&j->cross.arena, sizeof *m->still);
    *m->still = keep_made(&j->cross.arena, j->still);
}

static void note_more(struct mop_judge *j, struct mop_held *h)
{
    struct mop_arena *a = &j->cross.arena;
    size_t nfixers = count_fixers(j);
    if (!nfixers && !j->record->nweights && !j->tally.nslices && !j->repairs)
        return;
    h->more = mop_arena_alloc(a, sizeof *h->more);
    note_repair(j, h);
    h->more->weight =
        copy_array(a, j->verdict.weight, j->record->nweights, sizeof *h->more->weight);
    h->more->slice_value =
        copy_array(a, j->verdict.slice_value, j->tally.nslices, sizeof *h->more->slice_value);
    note_fixers(j, h->more, nfixers);
}

void mop_crossrecord_hold(struct mop_judge *j)
{
    struct mop_crossrecord *c = &j->cross;
    struct mop_sv key = mop_judge_key(j);
    struct mop_held h = {.source = (uint32_t)j->source,
                         .line = j->row->line,
                         .record = j->row->record,
                         .serial = j->serial};
    h.base = mop_crossrecord_base(j, &j->verdict);
    h.hash = mop_judge_hash(j);
    h.key = key.n ? mop_arena_copy(&c->arena, key) : MOP_SV("");
    note_more(j, &h);
    h.first = (uint32_t)c->nwaiting;
    h.n = (uint32_t)j->nwaiting;
    for (size_t i = 0; i < j->nwaiting; i++)
        hold_waiting(j, &j->waiting[i], is_repaired(j) ? j->waiting[i].side : MOP_SIDE_BOTH);
    for (size_t i = 0; is_repaired(j) && i < j->nafter; i++)
        hold_waiting(j, &j->waiting_after[i], MOP_SIDE_AFTER);
    MOP_GROW(c->held, c->nheld, c->capheld);
    c->held[c->nheld++] = h;
}
