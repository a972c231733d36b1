/* SPDX-License-Identifier: MIT */
#include "check/trial.h"
#include "rules/args.h"
#include <string.h>

/* Does a repair any harm to the record, or to what others see of it? */

/* Fails or is undecided now and did not, or was not, before. */
static bool worse(const struct mop_trial *t)
{
    const struct mop_verdict *v = &t->j->verdict;
    size_t words = t->j->tally.words;
    const uint64_t *fail = t->words, *undecided = t->words + words;
    for (size_t w = 0; w < words; w++)
        if (v->fail[w] & ~fail[w] || v->undecided[w] & ~(undecided[w] | fail[w]))
            return true;
    return false;
}

/* Records read before their sources end have been judged by what these fields mean. */
static bool changes_for_all(const struct mop_trial *t)
{
    const struct mop_judge *j = t->j;
    for (size_t i = 0; i < j->record->nfields; i++)
        if (mop_references_readers(j->references, j->record->fields[i]) == MOP_READ_BY_ALL &&
            !mop_value_same(&j->entries[i]->v, &t->entries[i]->v))
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

static bool is_row(const struct mop_waiting *w)
{
    return w->test->kind == &mop_kind_unique && ((const struct mop_unique *)w->test->arg)->row;
}

/* Waits alike before and after? Rows that a repair makes alike have the same key, and are not
 * repaired for that. */
static bool waits_alike(const struct mop_waiting *a, const struct mop_waiting *b)
{
    return a->test == b->test && a->check == b->check && a->rank == b->rank && same_tree(a, b) &&
           (is_row(a) || (same_hash(a->key, b->key) && same_hash(a->what, b->what)));
}

bool mop_waits_among(const struct mop_waiting *w, const struct mop_waiting *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (waits_alike(w, &list[i]))
            return true;
    return false;
}

/* Is there a test in the first list (of a tree with any or not) that does not wait alike in the
 * other? */
static bool any_new(const struct mop_waiting *list, size_t n, const struct mop_waiting *others,
                    size_t nothers, bool of_tree)
{
    for (size_t i = 0; i < n; i++)
        if ((!of_tree || list[i].leaves) && !mop_waits_among(&list[i], others, nothers))
            return true;
    return false;
}

static bool waits_otherwise(const struct mop_trial *t, bool of_tree)
{
    const struct mop_judge *j = t->j;
    return any_new(j->waiting, j->nwaiting, t->waiting, t->nwaiting, of_tree) ||
           any_new(t->waiting, t->nwaiting, j->waiting, j->nwaiting, of_tree);
}

/* What fails in a group of equal keys is known at the end of the run (take_back.c); but there only
 * tests of their own are asked, no trees with any or not. */
static bool changes_trees(const struct mop_trial *t)
{
    return waits_otherwise(t, true);
}

/* Of values that references and look-ups find by their key. */
static bool may_upset(const struct mop_trial *t)
{
    const struct mop_judge *j = t->j;
    uint32_t n;
    const struct mop_retarget *list =
        mop_retargets_find(j->references, j->record, t->entries, j->entries, j->run->scratch, &n);
    for (uint32_t i = 0; i < n; i++)
        if (mop_retarget_may_upset(&list[i]))
            return true;
    return false;
}

bool mop_trial_moves(const struct mop_trial *t)
{
    return waits_otherwise(t, false) || may_upset(t);
}

static bool changes_weight(const struct mop_trial *t)
{
    const struct mop_judge *j = t->j;
    for (size_t i = 0; i < j->record->nweights; i++)
        if (j->verdict.classes[i] != t->classes[i] || j->verdict.weight[i] != t->weight[i])
            return true;
    return j->dated != t->dated || mop_when_cmp(j->when, t->when) != 0;
}

bool mop_trial_harmless(const struct mop_trial *t)
{
    return !t->excluded && !worse(t) && !changes_for_all(t) && !changes_trees(t) &&
           !changes_weight(t);
}
