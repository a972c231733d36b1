/* SPDX-License-Identifier: MIT */
#include "rules/vocabulary.h"
#include "rules/loader.h"
#include <stdlib.h>
#include <string.h>

/*
 * Vocabularies whose values are a column of another record type: a copy of the taxonomy's part that
 * grows while that type is read. Spellings are entered when all values are there and sorted, so
 * that the order of records changes nothing; the taxonomy's own terms come first.
 */

static void each_map(struct mop_vocabulary *v, void (*fn)(struct mop_map *))
{
    struct mop_map *maps[] = {&v->exact, &v->folded,       &v->squeezed,
                              &v->alias, &v->alias_folded, &v->alias_squeezed};
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
        fn(maps[i]);
}

static void copy_map(struct mop_map *to, const struct mop_map *from)
{
    for (size_t i = 0; i < from->n; i++)
        *mop_map_put(to, from->entries[i].key, NULL) = from->entries[i].item;
}

static void push_term(struct mop_runtime_vocabulary *r, struct mop_term *t)
{
    struct mop_vocabulary *v = r->v;
    if ((v->nterms & (v->nterms - 1)) == 0) {
        struct mop_term **more =
            mop_arena_array(&r->arena, v->nterms ? 2 * v->nterms : 1, sizeof(struct mop_term *));
        if (v->nterms)
            memcpy(more, v->terms, v->nterms * sizeof *more);
        v->terms = more;
    }
    v->terms[v->nterms++] = t;
}

void mop_runtime_init(struct mop_runtime_vocabulary *r, const struct mop_vocabulary *v)
{
    mop_arena_init(&r->arena);
    r->v = mop_arena_alloc(&r->arena, sizeof *r->v);
    *r->v = *v;
    each_map(r->v, mop_map_init);
    copy_map(&r->v->exact, &v->exact);
    copy_map(&r->v->folded, &v->folded);
    copy_map(&r->v->squeezed, &v->squeezed);
    copy_map(&r->v->alias, &v->alias);
    copy_map(&r->v->alias_folded, &v->alias_folded);
    copy_map(&r->v->alias_squeezed, &v->alias_squeezed);
    r->v->nterms = 0;
    for (size_t i = 0; i < v->nterms; i++)
        push_term(r, v->terms[i]);
    r->nstatic = v->nterms;
}

void mop_runtime_add(struct mop_runtime_vocabulary *r, struct mop_sv meant)
{
    if (mop_map_find(&r->v->exact, meant))
        return;
    struct mop_term *t = mop_arena_alloc(&r->arena, sizeof *t);
    t->value = mop_arena_copy(&r->arena, meant);
    t->valid = MOP_WINDOW_OPEN;
    *mop_map_put(&r->v->exact, t->value, NULL) = (uint64_t)(uintptr_t)t;
    push_term(r, t);
}

static int by_value(const void *a, const void *b)
{
    const struct mop_term *x = *(struct mop_term *const *)a, *y = *(struct mop_term *const *)b;
    return mop_sv_cmp(x->value, y->value);
}

static bool of_column(const struct mop_runtime_vocabulary *r, const struct mop_term *t)
{
    for (size_t i = 0; i < r->nstatic; i++)
        if (r->v->terms[i] == t)
            return false;
    return true;
}

/* The taxonomy's own terms keep their spellings. Two column values that fold alike are told apart
 * when exact; which of them another spelling means nobody knows. */
static void enter_folded(struct mop_runtime_vocabulary *r, struct mop_map *m, struct mop_sv key,
                         struct mop_term *t)
{
    bool added;
    uint64_t *item = mop_map_put(m, key, &added);
    struct mop_term *first = (struct mop_term *)(uintptr_t)*item;
    if (added) {
        *item = (uint64_t)(uintptr_t)t;
        return;
    }
    if (first->twin || !of_column(r, first))
        return;
    struct mop_term *both = mop_arena_alloc(&r->arena, sizeof *both);
    both->value = first->value;
    both->twin = t;
    *item = (uint64_t)(uintptr_t)both;
}

/* What rules call the values: by the same ladder as the data. What leads to one of the taxonomy's
 * own terms is none of these, the loader resolved it. */
static void enter_spoken(struct mop_runtime_vocabulary *r)
{
    for (size_t i = 0; i < r->v->spoken.n; i++) {
        struct mop_sv said = r->v->spoken.entries[i].key;
        enum mop_rung rung;
        const struct mop_term *found = mop_vocabulary_look(r->v, said, &r->arena, &rung);
        const uint64_t *own = found ? mop_map_find(&r->v->exact, found->value) : NULL;
        struct mop_term *t = own ? (struct mop_term *)(uintptr_t)*own : NULL;
        if (t && !mop_sv_eq(t->value, said))
            MOP_PUSH(&r->arena, t->spoken, t->nspoken, said);
    }
}

void mop_runtime_freeze(struct mop_runtime_vocabulary *r)
{
    struct mop_vocabulary *v = r->v;
    if (v->nterms > r->nstatic)
        qsort(v->terms + r->nstatic, v->nterms - r->nstatic, sizeof(struct mop_term *), by_value);
    for (size_t i = r->nstatic; i < v->nterms; i++) {
        struct mop_term *t = v->terms[i];
        enter_folded(r, &v->folded, mop_vocabulary_fold(v, t->value, false, &r->arena), t);
        if (v->fold & MOP_FOLD_SEPARATORS)
            enter_folded(r, &v->squeezed, mop_vocabulary_fold(v, t->value, true, &r->arena), t);
    }
    mop_vocabulary_near(v, &r->arena);
    enter_spoken(r);
}

void mop_runtime_release(struct mop_runtime_vocabulary *r)
{
    if (!r->v)
        return;
    each_map(r->v, mop_map_release);
    mop_arena_release(&r->arena);
    r->v = NULL;
}
