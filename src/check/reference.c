/* SPDX-License-Identifier: MIT */
#include "check/reference.h"
#include "check/dictionary.h"
#include "rules/args.h"
#include "rules/compile.h"
#include "rules/kinds.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct mop_target *mop_references_target(struct mop_references *r, const struct mop_field *f)
{
    for (size_t i = 0; i < r->ntargets; i++)
        if (r->targets[i].field == f)
            return &r->targets[i];
    return NULL;
}

static void add_target(struct mop_references *r, struct mop_field *f)
{
    if (mop_references_target(r, f))
        return;
    r->targets = mop_realloc(r->targets, r->ntargets + 1, sizeof *r->targets);
    memset(&r->targets[r->ntargets], 0, sizeof *r->targets);
    r->targets[r->ntargets].field = f;
    mop_map_init(&r->targets[r->ntargets].refused);
    mop_map_init(&r->targets[r->ntargets].coming);
    mop_map_init(&r->targets[r->ntargets].sought);
    mop_map_init(&r->targets[r->ntargets++].values);
}

static void add_tests(struct mop_references *r, struct mop_test *const *tests, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (tests[i]->kind == &mop_kind_references)
            add_target(r, ((const struct mop_references_arg *)tests[i]->arg)->target);
}

/* A reference that fails no more may make such a tree fail. */
static void note_trees(struct mop_references *r, const struct mop_expr *e, bool below)
{
    below |= e->op == MOP_OP_ANY || e->op == MOP_OP_NOT;
    if (below && e->op == MOP_OP_TEST && e->test->kind == &mop_kind_references)
        mop_references_target(r, ((const struct mop_references_arg *)e->test->arg)->target)
            ->in_trees = true;
    for (size_t i = 0; i < e->n; i++)
        note_trees(r, e->kids[i], below);
}

static void add_wanted(struct mop_references *r, const struct mop_derive_lookup *l)
{
    add_target(r, l->target);
    struct mop_target *t = mop_references_target(r, l->target);
    for (size_t i = 0; i < t->nwanted; i++)
        if (t->wanted[i] == l->wanted)
            return;
    t->wanted = mop_realloc(t->wanted, t->nwanted + 1, sizeof *t->wanted);
    t->wanted[t->nwanted++] = l->wanted;
}

/* Vocabularies that are a column: by their runtime index, filled as their type is read. */
static void init_runtime(struct mop_references *r, const struct mop_ruleset *rs)
{
    r->nruntime = rs->nruntime_vocabularies;
    r->runtime = mop_arena_array(&r->arena, r->nruntime + 1, sizeof *r->runtime);
    r->columns = mop_arena_array(&r->arena, r->nruntime + 1, sizeof *r->columns);
    for (size_t i = 0; i < rs->nvocabularies; i++) {
        struct mop_vocabulary *v = rs->vocabularies[i];
        if (!v->from_field)
            continue;
        mop_runtime_init(&r->runtime[v->runtime], v);
        r->columns[v->runtime] = v;
    }
}

void mop_references_init(struct mop_references *r, const struct mop_ruleset *rs)
{
    memset(r, 0, sizeof *r);
    mop_arena_init(&r->arena);
    for (size_t i = 0; i < rs->nrecords; i++) {
        struct mop_record *t = rs->records[i];
        add_tests(r, t->row_tests, t->nrow_tests);
        for (size_t k = 0; k < t->nfields; k++)
            add_tests(r, t->fields[k]->tests, t->fields[k]->ntests);
        for (size_t k = 0; k < t->nderived; k++)
            if (t->derived[k]->derive->lookup)
                add_wanted(r, t->derived[k]->derive->lookup);
    }
    for (size_t i = 0; i < rs->nrecords; i++)
        for (size_t k = 0; k < rs->records[i]->nchecks; k++)
            if (rs->records[i]->checks[k]->assert_)
                note_trees(r, rs->records[i]->checks[k]->assert_, false);
    init_runtime(r, rs);
    mop_histories_init(&r->histories, rs);
}

void mop_references_release(struct mop_references *r)
{
    for (size_t i = 0; i < r->ntargets; i++) {
        mop_map_release(&r->targets[i].values);
        mop_map_release(&r->targets[i].refused);
        mop_map_release(&r->targets[i].coming);
        mop_map_release(&r->targets[i].sought);
        free(r->targets[i].rows);
        free(r->targets[i].wanted);
        free(r->targets[i].cells);
    }
    free(r->targets);
    for (size_t i = 0; i < r->nruntime; i++)
        mop_runtime_release(&r->runtime[i]);
    mop_histories_release(&r->histories);
    mop_arena_release(&r->arena);
}

/* What a look-up would find: a value that is not known, or that two parents of one key give
 * differently, cannot be told. */
static struct mop_target_cell cell_of(struct mop_references *r, const struct mop_value *v)
{
    if (MOP_IS_BLANK(v->state))
        return (struct mop_target_cell){MOP_SV_NONE, MOP_ST_EMPTY};
    if (v->state != MOP_ST_VALUE || !v->known)
        return (struct mop_target_cell){MOP_SV_NONE, MOP_ST_UNREADABLE};
    return (struct mop_target_cell){mop_arena_copy(&r->arena, v->meant), MOP_ST_VALUE};
}

static void add_row(struct mop_references *r, struct mop_target *t, uint64_t row, bool added,
                    struct mop_entry *const *entries)
{
    for (size_t i = 0; i < t->nwanted; i++) {
        struct mop_target_cell c = cell_of(r, &entries[t->wanted[i]->index]->v);
        struct mop_target_cell *own = &t->cells[row * t->nwanted + i];
        if (added)
            *own = c;
        else if (own->state != c.state || !mop_sv_eq(own->value, c.value))
            *own = (struct mop_target_cell){MOP_SV_NONE, MOP_ST_UNREADABLE};
    }
}

static void add_value(struct mop_references *r, struct mop_target *t,
                      struct mop_entry *const *entries)
{
    const struct mop_value *v = &entries[t->field->index]->v;
    if (v->state == MOP_ST_VALUE && !v->known && !mop_target_refuses(t, v->written))
        mop_map_put(&t->refused, mop_arena_copy(&r->arena, v->written), NULL);
    if (v->state != MOP_ST_VALUE || !v->known)
        return;
    uint64_t *found = mop_map_find(&t->values, v->meant);
    bool added = !found;
    uint64_t row = found ? *found : t->nrows;
    if (added) {
        *mop_map_put(&t->values, mop_arena_copy(&r->arena, v->meant), &added) = t->nrows;
        MOP_GROW(t->rows, t->nrows, t->caprows);
        t->rows[t->nrows++] = (struct mop_target_row){0};
        if (t->nwanted && t->nrows * t->nwanted > t->capcells) {
            t->capcells = t->nrows * t->nwanted * 2;
            t->cells = mop_realloc(t->cells, t->capcells, sizeof *t->cells);
        }
    }
    t->rows[row].records++;
    add_row(r, t, row, added, entries);
}

void mop_references_record(struct mop_references *r, const struct mop_record *t,
                           struct mop_entry *const *entries)
{
    for (size_t i = 0; i < r->ntargets; i++)
        if (r->targets[i].field->record == t)
            add_value(r, &r->targets[i], entries);
}

void mop_references_vocabularies(struct mop_references *r, const struct mop_record *t,
                                 struct mop_entry *const *entries)
{
    for (size_t i = 0; i < r->nruntime; i++) {
        const struct mop_field *f =
            r->columns[i] && r->columns[i]->from_record == t ? r->columns[i]->from_field : NULL;
        const struct mop_value *v = f ? &entries[f->index]->v : NULL;
        if (v && v->state == MOP_ST_VALUE && v->known)
            mop_runtime_add(&r->runtime[i], v->meant);
    }
}

void mop_references_freeze(struct mop_references *r, const struct mop_record *t, bool whole)
{
    mop_histories_freeze(&r->histories, t, whole);
    for (size_t i = 0; i < r->nruntime; i++)
        if (r->columns[i] && r->columns[i]->from_record == t)
            mop_runtime_freeze(&r->runtime[i]);
}

bool mop_target_wants(const struct mop_target *t, const struct mop_field *f)
{
    for (size_t i = 0; i < t->nwanted; i++)
        if (t->wanted[i] == f)
            return true;
    return false;
}

enum mop_readers mop_references_readers(const struct mop_references *r, const struct mop_field *f)
{
    enum mop_readers who = MOP_READ_BY_NONE;
    for (size_t i = 0; i < r->nruntime; i++)
        if (r->columns[i] && r->columns[i]->from_field == f)
            return MOP_READ_BY_ALL;
    for (size_t i = 0; i < r->ntargets; i++) {
        const struct mop_target *t = &r->targets[i];
        if (t->field == f && t->in_trees)
            return MOP_READ_BY_ALL;
        if (t->field == f || mop_target_wants(t, f))
            who = MOP_READ_BY_KEY;
    }
    return mop_histories_reads(&r->histories, f) ? MOP_READ_BY_ALL : who;
}

bool mop_target_has(const struct mop_target *t, struct mop_sv meant)
{
    return mop_map_find(&t->values, meant) != NULL;
}

bool mop_target_refuses(const struct mop_target *t, struct mop_sv written)
{
    return mop_map_find(&t->refused, written) != NULL;
}

static void note_sought(struct mop_references *r, struct mop_target *t, struct mop_sv key)
{
    if (t && r->repairs && !mop_map_find(&t->sought, key))
        mop_map_put(&t->sought, mop_arena_copy(&r->arena, key), NULL);
}

bool mop_references_look(struct mop_references *r, const struct mop_derive_lookup *l,
                         struct mop_sv key, struct mop_sv *value, enum mop_state *state)
{
    struct mop_target *t = mop_references_target(r, l->target);
    const uint64_t *row = t ? mop_map_find(&t->values, key) : NULL;
    if (!row) {
        note_sought(r, t, key);
        return false;
    }
    t->rows[*row].asked = true;
    for (size_t i = 0; i < t->nwanted; i++)
        if (t->wanted[i] == l->wanted) {
            *value = t->cells[*row * t->nwanted + i].value;
            *state = t->cells[*row * t->nwanted + i].state;
            return true;
        }
    return false;
}

static int by_bytes(const void *a, const void *b)
{
    return mop_sv_cmp(*(const struct mop_sv *)a, *(const struct mop_sv *)b);
}

enum { NEAREST_MAX = 20000 };

/* Names of two campaigns may differ in one digit: such a near one is another thing, not a slip. Nor
 * is one of another length. */
static bool alike(struct mop_sv a, struct mop_sv b)
{
    size_t i = 0, k = 0, off = a.n > b.n ? a.n - b.n : b.n - a.n;
    for (;;) {
        while (i < a.n && !isdigit((unsigned char)a.p[i]))
            i++;
        while (k < b.n && !isdigit((unsigned char)b.p[k]))
            k++;
        if (i == a.n || k == b.n)
            return i == a.n && k == b.n && off <= 2;
        if (a.p[i++] != b.p[k++])
            return false;
    }
}

struct mop_sv mop_target_nearest(const struct mop_target *t, struct mop_sv meant)
{
    if (!t || t->values.n > NEAREST_MAX)
        return MOP_SV_NONE;
    struct mop_sv *words = mop_calloc(t->values.n + 1, sizeof *words);
    for (size_t i = 0; i < t->values.n; i++)
        words[i] = t->values.entries[i].key;
    if (t->values.n)
        qsort(words, t->values.n, sizeof *words,
              by_bytes); /* of equally near ones the same, whatever the order of records */
    long near = mop_suggest(meant, words, t->values.n);
    struct mop_sv found = near < 0 || !alike(meant, words[near]) ? MOP_SV_NONE : words[near];
    free(words);
    return found;
}
