/* SPDX-License-Identifier: MIT */
#include "check/crossrecord.h"
#include "check/judge.h"
#include <string.h>

/* The end of the run: what the waiting tests came to goes into the verdicts of the held records,
 * and these into the tally. */

static void count_fixer(struct mop_judge *j, struct mop_held *h, const struct mop_kept *w)
{
    if (w->check->severity != MOP_SEV_ERROR)
        return;
    const struct mop_held_more *m = h->more;
    for (size_t i = 0; m && i < m->nfixers; i++)
        if (mop_sv_eq(j->tally.fixers[m->fixers[i]].name, w->fixer)) {
            j->tally.fixers[m->fixers[i]].findings++;
            return;
        }
    mop_tally_fixer(&j->tally, w->fixer, h->serial, mop_judge_loss(j));
}

static void restore_verdict(struct mop_judge *j, const struct mop_held *h, uint32_t base)
{
    const struct mop_base *b = &j->cross.bases[base];
    struct mop_verdict *v = &j->verdict;
    memcpy(v->fail, b->bits, mop_verdict_words(&j->tally) * 8);
    v->cohorts = b->cohorts;
    if (j->record->nweights) {
        memcpy(v->classes, b->classes, j->record->nweights);
        memcpy(v->weight, h->more->weight, j->record->nweights * sizeof *v->weight);
    }
    if (j->tally.nslices)
        memcpy(v->slice_value, h->more->slice_value, j->tally.nslices * sizeof *v->slice_value);
}

static void fail(struct mop_verdict *v, size_t check)
{
    mop_bit_set(v->fail, check);
    v->undecided[check / 64] &= ~(UINT64_C(1) << (check % 64));
}

/* What the tests of a tree with any or not said, in the tree's order. */
struct leaves {
    const struct mop_expr *tree;
    const uint8_t *outcome;
};

/* How many tests stand before `t`; true once it is met. */
static bool place_of(const struct mop_expr *e, const struct mop_test *t, size_t *at)
{
    if (e->op == MOP_OP_TEST)
        return e->test == t || (++*at, false);
    for (size_t i = 0; i < e->n; i++)
        if (place_of(e->kids[i], t, at))
            return true;
    return false;
}

static enum mop_outcome leaf_outcome(const struct mop_test *t, void *ctx)
{
    const struct leaves *l = ctx;
    size_t at = 0;
    place_of(l->tree, t, &at);
    return (enum mop_outcome)l->outcome[at];
}

static bool was_waiting(const struct mop_test *t, void *ctx)
{
    (void)ctx;
    return t->kind->flags & MOP_K_CROSS;
}

/* Asked again once all its waiting tests are decided. */
static bool tree_fails(struct mop_verdict *v, const struct mop_kept *w, bool failed, bool last)
{
    struct leaves l = {w->check->assert_, w->more->leaves};
    w->more->leaves[w->more->leaf] = failed ? MOP_FAIL : MOP_PASS;
    enum mop_outcome o = last ? mop_expr_outcome(l.tree, leaf_outcome, &l) : MOP_PASS;
    if (o == MOP_UNDECIDED)
        mop_bit_set(v->undecided, w->check->index);
    return o == MOP_FAIL;
}

/* The waiting test to which the check owes that it fails: of a tree the last of them is not always
 * it. What needed none of them failed before (outcomes.c). */
static const struct mop_kept *blamed(const struct mop_judge *j, const struct mop_held *h,
                                     const struct mop_kept *w, bool *negated)
{
    *negated = false;
    if (!w->more || !w->more->leaves)
        return w;
    struct leaves l = {w->check->assert_, w->more->leaves};
    const struct mop_test *t =
        mop_expr_blame(l.tree, MOP_FAIL, leaf_outcome, was_waiting, &l, negated);
    for (size_t i = h->first; t && i < h->first + h->n; i++)
        if (j->cross.waiting[i].test == t)
            return &j->cross.waiting[i];
    return w;
}

/* Is waiting test i the last one of its check in that record? */
static bool is_last(const struct mop_held *h, const struct mop_kept *w, size_t i)
{
    return i + 1 == h->first + h->n || w[1].check != w->check;
}

/* `failed`: what became of the waiting test w, one of the held record's. Does its check fail with
 * it? */
static bool check_fails(struct mop_verdict *v, const struct mop_held *h, const struct mop_kept *w,
                        bool failed, size_t i)
{
    return w->more && w->more->leaves ? tree_fails(v, w, failed, is_last(h, w, i)) : failed;
}

/* Trees stand among the first n, on both sides (repair.c): which of their tests is the last one is
 * asked there. */
static void finish_repaired(struct mop_judge *j, const struct mop_held *h)
{
    restore_verdict(j, h, h->more->after.base);
    for (size_t i = h->first; i < h->first + h->n + h->more->nafter; i++) {
        const struct mop_kept *w = &j->cross.waiting[i];
        if (w->side != MOP_SIDE_BEFORE && check_fails(&j->verdict, h, w, w->failed_after, i))
            fail(&j->verdict, w->check->index);
    }
    mop_tally_repaired(&j->tally, &j->verdict);
}

/* One finding per check, of what it came to: the first waiting test that fails it, else the last
 * one where it stays open. */
static int finish_waiting(struct mop_judge *j, struct mop_held *h, size_t i, struct mop_err *e)
{
    struct mop_verdict *v = &j->verdict;
    const struct mop_kept *w = &j->cross.waiting[i];
    size_t check = w->check->index;
    if (check_fails(v, h, w, w->failed, i) && !mop_bit_get(v->fail, check)) {
        fail(v, check);
        count_fixer(j, h, w);
        if (!mop_judge_wants(j, w->check, h->source, h->record))
            return 0;
        w = blamed(j, h, w, &j->words.negated);
        return mop_crossrecord_emit(j, h, w, false, e);
    }
    bool open = j->sink && is_last(h, w, i) && mop_bit_get(v->undecided, check) &&
                mop_judge_wants(j, w->check, h->source, h->record);
    return open ? mop_crossrecord_emit(j, h, w, true, e) : 0;
}

static int finish_held(struct mop_judge *j, struct mop_held *h, struct mop_err *e)
{
    mop_arena_reset(j->run->scratch);
    restore_verdict(j, h, h->base);
    for (size_t i = h->first; i < h->first + h->n; i++)
        if (finish_waiting(j, h, i, e))
            return -1;
    mop_judge_tell(j, h->source, h->record, NULL);
    mop_tally_add(&j->tally, &j->verdict);
    if (j->repairs)
        finish_repaired(j, h);
    return 0;
}

static void resolve(struct mop_judge *j, bool after)
{
    struct mop_groups g;
    mop_groups_find(&g, j);
    mop_groups_resolve_all(&g, j, after);
    mop_groups_release(&g);
}

void mop_crossrecord_settle(struct mop_judge *const *judges, size_t n)
{
    for (size_t i = 0; i < n; i++)
        resolve(judges[i], false);
    if (!n || !judges[0]->repairs)
        return;
    mop_crossrecord_take_back(judges, n);
    for (size_t i = 0; i < n; i++)
        resolve(judges[i], true);
}

int mop_crossrecord_finish(struct mop_judge *j, struct mop_err *e)
{
    for (size_t i = 0; i < j->cross.nheld; i++)
        if (finish_held(j, &j->cross.held[i], e))
            return -1;
    return 0;
}

void mop_crossrecord_leave(struct mop_judge *j)
{
    for (size_t i = 0; i < j->cross.nheld; i++) {
        const struct mop_held *h = &j->cross.held[i];
        restore_verdict(j, h, h->base);
        for (size_t k = h->first; k < h->first + h->n; k++)
            if (!mop_bit_get(j->verdict.fail, j->cross.waiting[k].check->index))
                mop_bit_set(j->verdict.undecided, j->cross.waiting[k].check->index);
        mop_judge_tell(j, h->source, h->record, NULL);
        mop_tally_add(&j->tally, &j->verdict);
    }
}
