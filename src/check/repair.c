/* SPDX-License-Identifier: MIT */
#include "check/judge.h"
#include "check/trial.h"
#include <string.h>

/* From proposals to a record's repairs, by judging the record again. All of it lives in the
 * record's scratch memory. */

enum { PASSES = 4 }; /* one repair may uncover the next: case, then blanks */

static void *copy(struct mop_judge *j, const void *p, size_t n, size_t size)
{
    void *own = mop_arena_array(j->run->scratch, n + 1, size);
    if (n)
        memcpy(own, p, n * size);
    return own;
}

static void save(struct mop_trial *t, struct mop_judge *j)
{
    size_t nw = j->record->nweights;
    *t = (struct mop_trial){.j = j,
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

static void restore(struct mop_trial *t)
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

static void judge_again(struct mop_trial *t)
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
 * it. */
static bool propose(struct mop_trial *t, const struct mop_check *c, bool *touched)
{
    struct mop_judge *j = t->j;
    const struct mop_field *f = mop_judge_propose(j, c);
    if (!f || touched[j->binding->column[f->index]])
        return false;
    int32_t column = j->binding->column[f->index];
    struct mop_sv value = mop_buf_view(&j->proposal);
    if (mop_sv_eq(value, t->cells[column].v))
        return false;
    if (is_key(j, column)) {
        t->own_key = true;
        return false;
    }
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

static bool collect(struct mop_trial *t)
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

/* Every change has to mend what it was proposed for. */
static bool all_mend(const struct mop_trial *t)
{
    for (size_t i = 0; i < t->n; i++)
        if (mop_bit_get(t->j->verdict.fail, t->changes[i].check->index))
            return false;
    return true;
}

/* Adds those of `all` that, one after the other, do good and no harm. */
static void add_each(struct mop_trial *t, const struct mop_change *all, size_t n, bool *added,
                     bool still)
{
    for (size_t i = 0; i < n; i++) {
        if (added[i])
            continue;
        t->changes[t->n++] = all[i];
        judge_again(t);
        added[i] = mop_trial_harmless(t) && all_mend(t) && !(still && mop_trial_moves(t));
        t->n -= !added[i];
    }
}

/* Some change does harm or no good: what is left are the others. One may do good only beside
 * another. Each round but the last adds one, so there are no more than changes: one per column. */
static void one_by_one(struct mop_trial *t, bool still)
{
    size_t n = t->n, before;
    struct mop_change *all = copy(t->j, t->changes, n, sizeof *all);
    bool *added = mop_arena_array(t->j->run->scratch, n + 1, sizeof *added);
    t->n = 0;
    do {
        before = t->n;
        add_each(t, all, n, added, still);
    } while (t->n > before && t->n < n);
    if (t->n)
        judge_again(t);
}

/* ---- the record ---- */

static void note_waiting(struct mop_trial *t)
{
    struct mop_judge *j = t->j;
    struct mop_waiting *after = mop_arena_array(j->run->scratch, j->nwaiting + 1, sizeof *after);
    j->waiting_after = after;
    j->nafter = 0;
    for (size_t i = 0; i < j->nwaiting; i++)
        if (!mop_waits_among(&j->waiting[i], t->waiting, t->nwaiting))
            after[j->nafter++] = j->waiting[i];
    for (size_t i = 0; i < t->nwaiting; i++)
        if (!mop_waits_among(&t->waiting[i], j->waiting, j->nwaiting))
            t->waiting[i].side = MOP_SIDE_BEFORE;
}

/* The judge holds the repaired record: what of it is needed when the record itself is back. */
static void note_after(struct mop_trial *t, struct mop_made *made)
{
    struct mop_judge *j = t->j;
    struct mop_verdict *v = &j->after;
    memcpy(v->fail, j->verdict.fail, mop_verdict_words(&j->tally) * sizeof *v->fail);
    made->base = mop_crossrecord_base(j, v);
    made->retargets = mop_retargets_find(j->references, j->record, t->entries, j->entries,
                                         j->run->scratch, &made->nretargets);
}

static bool any_failed(const struct mop_judge *j)
{
    return mop_bit_next(j->verdict.fail, j->record->nchecks, 0) < j->record->nchecks;
}

/* How many values could be repaired; left in the trial are those that may be. */
static size_t try_all(struct mop_trial *t)
{
    bool more = true;
    for (int pass = 0; more && pass < PASSES; pass++) {
        judge_again(t);
        more = collect(t);
    }
    if (more)
        judge_again(t);
    size_t wanted = t->n;
    if (!mop_trial_harmless(t) || !all_mend(t))
        one_by_one(t, false);
    return wanted;
}

/* The judge's record is the one at hand again. */
static void keep(struct mop_trial *t, struct mop_made *made, size_t wanted)
{
    struct mop_repairs *r = t->j->repairs;
    restore(t);
    if (t->n)
        made->repaired = mop_repairs_keep(t->j, t->changes, t->n);
    if (made->repaired != MOP_NOT_REPAIRED)
        r->list[made->repaired].withheld = t->n < wanted;
}

/* A repair that may be taken back for a key that it changes is kept a second time without that. */
static void keep_still(struct mop_trial *t, size_t wanted)
{
    struct mop_judge *j = t->j;
    one_by_one(t, true);
    if (t->n)
        note_after(t, &j->still);
    keep(t, &j->still, wanted);
    if (j->still.repaired != MOP_NOT_REPAIRED)
        j->repairs->list[j->still.repaired].dropped = true;
}

/* The record has proposals: which of them are its repair? */
static void repair(struct mop_trial *t)
{
    struct mop_judge *j = t->j;
    size_t wanted = try_all(t);
    bool movable = t->n > 1 && mop_trial_moves(t);
    if (t->n) {
        note_after(t, &j->made);
        note_waiting(t);
    } else {
        j->repairs->sources[j->source].risky++;
    }
    keep(t, &j->made, wanted);
    if (movable && j->made.repaired != MOP_NOT_REPAIRED)
        keep_still(t, wanted);
}

void mop_repair_record(struct mop_judge *j)
{
    struct mop_trial t;
    j->made.repaired = j->still.repaired = MOP_NOT_REPAIRED;
    j->after.cohorts = j->verdict.cohorts;
    if (j->row->fault || !any_failed(j))
        return;
    save(&t, j);
    struct mop_repair_source *s = &j->repairs->sources[j->source];
    bool any = collect(&t);
    if (any && !j->row->cell_faults)
        repair(&t);
    else /* a cell whose bytes cannot be read cannot be written back as it is */
        s->unreadable += any;
    s->own_key += t.own_key;
}
