/* SPDX-License-Identifier: MIT */
#include "check/repair.h"
#include "check/judge.h"
#include "rules/args.h"
#include <string.h>

/* From proposals to a record's repairs, by judging the record again. All of it lives in the
 * record's scratch memory. */

enum { PASSES = 4 }; /* one repair may uncover the next: case, then blanks */

/* The record as it is, while the judge holds what it would be. */
struct trial {
    struct mop_judge *j;
    const struct mop_row *row;
    struct mop_row fixed;
    struct mop_cell *cells; /* of `fixed` */
    uint64_t *words;
    struct mop_entry **entries;
    struct mop_waiting *waiting;
    size_t nwaiting;
    struct mop_when when;
    uint32_t cohorts;
    bool dated;
    uint8_t *classes;
    mop_i128 *weight;
    struct mop_change *changes;
    size_t n;
    bool excluded; /* as it would be */
};

static void *copy(struct mop_judge *j, const void *p, size_t n, size_t size)
{
    void *own = mop_arena_array(j->run->scratch, n + 1, size);
    if (n)
        memcpy(own, p, n * size);
    return own;
}

static void save(struct trial *t, struct mop_judge *j)
{
    size_t nw = j->record->nweights;
    *t = (struct trial){.j = j,
                        .row = j->row,
                        .fixed = *j->row,
                        .when = j->when,
                        .dated = j->dated,
                        .cohorts = j->verdict.cohorts,
                        .nwaiting = j->nwaiting};
    t->cells = copy(j, j->row->cells, mop_schema_width(j->schema), sizeof *t->cells);
    t->fixed.cells = t->cells;
    t->words = copy(j, j->verdict.fail, mop_verdict_words(&j->tally), sizeof *t->words);
    t->entries = copy(j, j->entries, j->record->nfields, sizeof *t->entries);
    t->waiting = copy(j, j->waiting, j->nwaiting, sizeof *t->waiting);
    t->classes = copy(j, j->verdict.classes, nw, 1);
    t->weight = copy(j, j->verdict.weight, nw, sizeof *t->weight);
    t->changes = mop_arena_array(j->run->scratch, j->schema->n + 1, sizeof *t->changes);
}

static void restore(struct trial *t)
{
    struct mop_judge *j = t->j;
    size_t nw = j->record->nweights;
    j->row = t->row;
    j->when = t->when;
    j->dated = t->dated;
    j->verdict.cohorts = t->cohorts;
    j->hashed = false;
    memcpy(j->verdict.fail, t->words, mop_verdict_words(&j->tally) * sizeof *t->words);
    memcpy(j->entries, t->entries, j->record->nfields * sizeof *t->entries);
    j->nwaiting = t->nwaiting;
    if (t->nwaiting) /* the judge's array only grows */
        memcpy(j->waiting, t->waiting, t->nwaiting * sizeof *t->waiting);
    if (nw) {
        memcpy(j->verdict.classes, t->classes, nw);
        memcpy(j->verdict.weight, t->weight, nw * sizeof *t->weight);
    }
}

static void judge_again(struct trial *t)
{
    for (size_t i = 0; i < mop_schema_width(t->j->schema); i++)
        t->cells[i] = t->row->cells[i];
    for (size_t i = 0; i < t->n; i++)
        t->cells[t->changes[i].column].v = t->changes[i].value;
    t->excluded = !mop_judge_again(t->j, &t->fixed);
}

/* ---- proposals ---- */

static bool is_key(const struct mop_judge *j, int32_t column)
{
    for (size_t i = 0; i < j->record->nkey; i++)
        if (j->binding->column[j->record->key[i]->index] == column)
            return true;
    return false;
}

/* True if the change is new. A column gets one change per pass; the next pass sees what is left of
 * it. An object gets none: its members are columns of their own. */
static bool propose(struct trial *t, const struct mop_check *c, bool *touched)
{
    struct mop_judge *j = t->j;
    const struct mop_field *f = mop_judge_propose(j, c);
    int32_t column = f ? j->binding->column[f->index] : -1;
    if (column < 0 || column >= (int32_t)j->schema->n || touched[column] || is_key(j, column))
        return false;
    struct mop_sv value = mop_buf_view(&j->proposal);
    if (mop_sv_eq(value, t->cells[column].v))
        return false;
    touched[column] = true;
    value = mop_arena_copy(j->run->scratch, value);
    for (size_t i = 0; i < t->n; i++)
        if (t->changes[i].column == column) {
            t->changes[i].value = value;
            return true;
        }
    t->changes[t->n++] = (struct mop_change){column, value, c};
    return true;
}

static bool collect(struct trial *t)
{
    struct mop_judge *j = t->j;
    size_t n = j->record->nchecks, words = j->tally.words;
    bool any = false,
         *touched = mop_arena_array(j->run->scratch, j->schema->n + 1, sizeof *touched);
    uint64_t *fail = copy(j, j->verdict.fail, words, sizeof *fail);
    for (size_t i = mop_bit_next(fail, n, 0); i < n; i = mop_bit_next(fail, n, i + 1))
        any |= propose(t, j->record->checks[i], touched);
    return any;
}

/* ---- does it any harm? ---- */

/* Fails or is undecided now and did not, or was not, before. */
static bool worse(const struct trial *t)
{
    const struct mop_verdict *v = &t->j->verdict;
    size_t words = t->j->tally.words;
    const uint64_t *fail = t->words, *undecided = t->words + words;
    for (size_t w = 0; w < words; w++)
        if (v->fail[w] & ~fail[w] || v->undecided[w] & ~(undecided[w] | fail[w]))
            return true;
    return false;
}

static bool same_value(const struct mop_value *a, const struct mop_value *b)
{
    return a->state == b->state && a->known == b->known && mop_sv_eq(a->meant, b->meant);
}

/* Other records read these fields of this one: by what they mean. */
static bool changes_outside(const struct trial *t)
{
    const struct mop_judge *j = t->j;
    for (size_t i = 0; i < j->record->nfields; i++)
        if (mop_references_reads(j->references, j->record->fields[i]) &&
            !same_value(&j->entries[i]->v, &t->entries[i]->v))
            return true;
    return false;
}

static bool same_hash(struct mop_h128 a, struct mop_h128 b)
{
    return a.hi == b.hi && a.lo == b.lo;
}

/* In a tree with any or not a test that fails no more may make the whole fail: all its tests have
 * to say the same. */
static bool same_tree(const struct mop_waiting *a, const struct mop_waiting *b)
{
    if (!a->leaves || !b->leaves)
        return a->leaves == b->leaves;
    return a->nleaves == b->nleaves && memcmp(a->leaves, b->leaves, a->nleaves) == 0;
}

/*
 * The same duplicate groups as before. Where a reference leads is looked up at the end; and rows
 * that a repair makes alike have the same key, and are not repaired for that.
 */
static bool changes_groups(const struct trial *t)
{
    const struct mop_judge *j = t->j;
    if (j->nwaiting != t->nwaiting)
        return true;
    for (size_t i = 0; i < j->nwaiting; i++) {
        const struct mop_waiting *a = &t->waiting[i], *b = &j->waiting[i];
        bool row =
            a->test->kind == &mop_kind_unique && ((const struct mop_unique *)a->test->arg)->row;
        if (a->test != b->test || a->check != b->check || a->rank != b->rank || !same_tree(a, b))
            return true;
        if (row || (a->test->kind == &mop_kind_references && !a->leaves))
            continue;
        if (!same_hash(a->key, b->key) || !same_hash(a->what, b->what))
            return true;
    }
    return false;
}

static bool changes_weight(const struct trial *t)
{
    const struct mop_judge *j = t->j;
    for (size_t i = 0; i < j->record->nweights; i++)
        if (j->verdict.classes[i] != t->classes[i] || j->verdict.weight[i] != t->weight[i])
            return true;
    return j->dated != t->dated || mop_when_cmp(j->when, t->when) != 0;
}

static bool harmless(const struct trial *t)
{
    return !t->excluded && !worse(t) && !changes_outside(t) && !changes_groups(t) &&
           !changes_weight(t);
}

/* Every change has to mend what it was proposed for. */
static bool all_mend(const struct trial *t)
{
    for (size_t i = 0; i < t->n; i++)
        if (mop_bit_get(t->j->verdict.fail, t->changes[i].check->index))
            return false;
    return true;
}

/* Some change does harm or no good: what is left are those that, one after the other, do good and
 * no harm. */
static void one_by_one(struct trial *t)
{
    struct mop_change *all = copy(t->j, t->changes, t->n, sizeof *all);
    size_t n = t->n;
    t->n = 0;
    for (size_t i = 0; i < n; i++) {
        t->changes[t->n++] = all[i];
        judge_again(t);
        if (!harmless(t) || !all_mend(t))
            t->n--;
    }
    if (t->n)
        judge_again(t);
}

/* ---- the record ---- */

/* The judge holds the repaired record: what of it is needed when the record itself is back. */
static void note_after(struct trial *t)
{
    struct mop_judge *j = t->j;
    struct mop_verdict *v = &j->after;
    memcpy(v->fail, j->verdict.fail, mop_verdict_words(&j->tally) * sizeof *v->fail);
    j->hashed = false;
    j->after_hash = mop_judge_hash(j);
    for (size_t i = 0; i < t->nwaiting; i++)
        if (t->waiting[i].test->kind == &mop_kind_references && !t->waiting[i].leaves)
            t->waiting[i].after = j->waiting[i].values[0].meant;
}

static bool any_failed(const struct mop_judge *j)
{
    return mop_bit_next(j->verdict.fail, j->record->nchecks, 0) < j->record->nchecks;
}

void mop_repair_record(struct mop_judge *j)
{
    struct trial t;
    j->repaired = MOP_NOT_REPAIRED;
    j->after.cohorts = j->verdict.cohorts;
    /* A cell whose bytes cannot be read cannot be written back as it is. */
    if (j->row->fault || j->row->cell_faults || !any_failed(j))
        return;
    save(&t, j);
    bool more = collect(&t);
    if (!more)
        return;
    for (int pass = 0; more && pass < PASSES; pass++) {
        judge_again(&t);
        more = collect(&t);
    }
    if (more)
        judge_again(&t);
    if (!harmless(&t) || !all_mend(&t))
        one_by_one(&t);
    if (t.n)
        note_after(&t);
    restore(&t);
    if (t.n)
        j->repaired = mop_repairs_keep(j, t.changes, t.n);
    else
        j->repairs->sources[j->source].risky++;
}
