/* SPDX-License-Identifier: MIT */
#include "check/judge.h"
#include "check/settle.h"
#include "rules/args.h"
#include <string.h>

/* Conditions and checks of the judge's current record: from entries to truths and outcomes. */

static struct mop_entry *entry_of(const struct mop_judge *j, const struct mop_field *f)
{
    return j->entries[f->index];
}

static const struct mop_value **gather(struct mop_judge *j, const struct mop_test *t)
{
    const struct mop_value **v = mop_arena_array(j->run->scratch, t->nfields + 1, sizeof *v);
    for (size_t i = 0; i < t->nfields; i++)
        v[i] = &entry_of(j, t->fields[i])->v;
    return v;
}

static bool any_state(const struct mop_test *t, const struct mop_value *const *v,
                      enum mop_state from, enum mop_state to)
{
    for (size_t i = 0; i < t->nfields; i++)
        if (v[i]->state >= from && v[i]->state <= to)
            return true;
    return false;
}

static bool any_not_known(const struct mop_test *t, const struct mop_value *const *v)
{
    for (size_t i = 0; i < t->nfields; i++)
        if (v[i]->state == MOP_ST_VALUE && !v[i]->known)
            return true;
    return false;
}

/* A field without which there is nothing to ask. */
static bool leading_blank(const struct mop_test *t, const struct mop_value *const *v)
{
    for (size_t i = 0; i < t->kind->leading && i < t->nfields; i++)
        if (MOP_IS_BLANK(v[i]->state))
            return true;
    return false;
}

/* May a test of several fields be asked at all? PASS: yes; else the outcome it has without asking.
 */
static enum mop_outcome row_gate(const struct mop_test *t, const struct mop_value *const *v)
{
    if (leading_blank(t, v) || (t->kind->idle && t->kind->idle(t, v)))
        return MOP_NA;
    if (!(t->kind->flags & MOP_K_BLANK) && any_state(t, v, MOP_ST_ABSENT, MOP_ST_PLACEHOLDER))
        return MOP_NA;
    if (!(t->kind->flags & MOP_K_UNREAD) && any_state(t, v, MOP_ST_MISSING, MOP_ST_UNREADABLE))
        return MOP_UNDECIDED;
    if ((t->meant || (t->kind->flags & MOP_K_MEANT)) && any_not_known(t, v))
        return MOP_UNDECIDED;
    return MOP_PASS;
}

static enum mop_outcome row_outcome(struct mop_judge *j, const struct mop_test *t)
{
    const struct mop_value *const *v = gather(j, t);
    enum mop_outcome gate = row_gate(t, v);
    return gate == MOP_PASS ? t->kind->row(t, v, j->run) : gate;
}

/* Larger stays: of `keep: {oldest: F}` the earlier date counts as larger. What cannot be read comes
 * last. */
static mop_i128 keep_rank(struct mop_judge *j, const struct mop_test *t)
{
    const struct mop_unique *u = t->kind == &mop_kind_unique ? t->arg : NULL;
    if (!u || !u->keep)
        return 0;
    const struct mop_value *v = &entry_of(j, u->keep)->v;
    if (v->state != MOP_ST_VALUE || !v->known || !(v->typed.has_when || v->typed.has_number))
        return -MOP_I128_MAX;
    mop_i128 rank = v->typed.has_when ? v->typed.when.us : v->typed.number;
    return u->keep_largest ? rank : -rank;
}

/* unique: {row: true} compares every column of the source as written. */
static enum mop_outcome row_key(struct mop_judge *j)
{
    struct mop_h128 h = mop_judge_cells(j, mop_hash_keyed);
    mop_buf_reset(&j->key);
    mop_buf_add(&j->key, &h, sizeof h);
    return MOP_PASS;
}

static enum mop_outcome cross_key(struct mop_judge *j, const struct mop_test *t,
                                  const struct mop_value *const *v)
{
    mop_buf_reset(&j->key);
    mop_buf_reset(&j->what);
    if (t->kind == &mop_kind_unique && ((const struct mop_unique *)t->arg)->row)
        return row_key(j);
    return t->kind->key(t, v, j->run, &j->key, &j->what);
}

static struct mop_waiting_value *waiting_values(struct mop_judge *j, const struct mop_test *t,
                                                const struct mop_value *const *v)
{
    struct mop_waiting_value *w = mop_arena_array(j->run->scratch, t->nfields + 1, sizeof *w);
    for (size_t i = 0; i < t->nfields; i++)
        w[i] = (struct mop_waiting_value){v[i]->written, v[i]->known ? v[i]->meant : v[i]->written,
                                          (uint8_t)v[i]->state};
    return w;
}

/* A cross-record test waits for the whole run: for now it passes, and is remembered. */
static enum mop_outcome cross_outcome(struct mop_judge *j, const struct mop_test *t)
{
    const struct mop_value *const *v = gather(j, t);
    enum mop_outcome o = row_gate(t, v);
    if (o == MOP_PASS)
        o = cross_key(j, t, v);
    if (o != MOP_PASS)
        return o;
    MOP_GROW(j->waiting, j->nwaiting, j->capwaiting);
    j->waiting[j->nwaiting++] = (struct mop_waiting){.check = j->checking,
                                                     .test = t,
                                                     .key = mop_hash_keyed(mop_buf_view(&j->key)),
                                                     .what = mop_hash_keyed(mop_buf_view(&j->what)),
                                                     .values = waiting_values(j, t, v),
                                                     .rank = keep_rank(j, t),
                                                     .leaf = j->nleaves - 1};
    return MOP_PASS;
}

/* A value that its type or vocabulary refuses is their finding: a check that reads it together with
 * another field cannot be told, however it is written. */
static bool refused_beside_others(struct mop_judge *j, const struct mop_test *t)
{
    const struct mop_value *v = t->nfields == 1 ? &entry_of(j, t->fields[0])->v : NULL;
    return v && v->state == MOP_ST_VALUE && !v->known && !(t->kind->flags & MOP_K_BLANK) &&
           !mop_check_alone(j->checking);
}

static bool applies(const struct mop_check *c, void *ctx)
{
    return mop_judge_applies(ctx, c) != MOP_NA;
}

static enum mop_outcome ask_value(struct mop_judge *j, const struct mop_test *t)
{
    const struct mop_field *f = t->fields[0];
    const struct mop_entry *e = entry_of(j, f);
    return mop_entry_outcome(t, e, mop_rung_told(f, e, applies, j));
}

static enum mop_outcome ask(struct mop_judge *j, const struct mop_test *t)
{
    if (refused_beside_others(j, t))
        return MOP_UNDECIDED;
    if (t->kind->flags & MOP_K_CROSS)
        return cross_outcome(j, t);
    if (t->kind->flags & MOP_K_ROW)
        return row_outcome(j, t);
    return ask_value(j, t);
}

enum mop_outcome mop_judge_test(struct mop_judge *j, const struct mop_test *t)
{
    return t->kind->flags & MOP_K_CROSS ? row_gate(t, gather(j, t)) : ask(j, t);
}

/* The same, where nobody knows yet what the waiting ones will say. */
static enum mop_outcome test_so_far(const struct mop_test *t, void *ctx)
{
    enum mop_outcome o = mop_judge_test(ctx, t);
    return t->kind->flags & MOP_K_CROSS && o == MOP_PASS ? MOP_UNDECIDED : o;
}

static enum mop_outcome test_outcome(const struct mop_test *t, void *ctx)
{
    struct mop_judge *j = ctx;
    if (!j->checking->cross)
        return ask(j, t);
    MOP_GROW(j->leaves, j->nleaves, j->capleaves);
    size_t leaf = j->nleaves++;
    return (enum mop_outcome)(j->leaves[leaf] = (uint8_t)ask(j, t));
}

/* In a report's `where` a blank that an unconditional `required` error has failed is unknown: a
 * lost value must not take its record out of the report. */
static bool blank_is_unknown(const struct mop_judge *j, const struct mop_field *f)
{
    if (!j->strict || !f->required_always || !MOP_IS_BLANK(entry_of(j, f)->v.state))
        return false;
    for (size_t i = 0; i < f->nchecks; i++)
        if (mop_check_requires_always(f->checks[i]) &&
            mop_bit_get(j->verdict.fail, f->checks[i]->index))
            return true;
    return false;
}

static enum mop_truth row_truth(struct mop_judge *j, const struct mop_test *t)
{
    for (size_t i = 0; i < t->nfields; i++)
        if (blank_is_unknown(j, t->fields[i]))
            return MOP_UNKNOWN;
    switch (row_outcome(j, t)) {
    case MOP_PASS:
        return MOP_TRUE;
    case MOP_UNDECIDED:
        return MOP_UNKNOWN;
    default:
        return MOP_FALSE;
    }
}

static enum mop_truth test_truth(const struct mop_test *t, void *ctx)
{
    struct mop_judge *j = ctx;
    if (t->kind->flags & MOP_K_ROW)
        return row_truth(j, t);
    return mop_entry_truth(t, entry_of(j, t->fields[0]), blank_is_unknown(j, t->fields[0]));
}

enum mop_truth mop_judge_condition(struct mop_judge *j, const struct mop_expr *e, bool strict)
{
    if (!e)
        return MOP_TRUE;
    j->strict = strict;
    enum mop_truth truth = mop_expr_truth(e, test_truth, j);
    j->strict = false;
    return truth;
}

/* A check that tests a missing column: fails if that column is expected, else does not apply; PASS:
 * nothing is missing. */
static enum mop_outcome missing(struct mop_judge *j, const struct mop_expr *e)
{
    enum mop_outcome worst = MOP_PASS;
    if (e->op == MOP_OP_TEST) {
        for (size_t i = 0; i < e->test->nfields; i++) {
            struct mop_field *f = e->test->fields[i];
            if (entry_of(j, f)->v.state == MOP_ST_MISSING && worst != MOP_FAIL)
                worst = mop_missing_outcome(f);
        }
        return worst;
    }
    for (size_t i = 0; i < e->n && worst != MOP_FAIL; i++) {
        enum mop_outcome o = missing(j, e->kids[i]);
        worst = o == MOP_PASS ? worst : o;
    }
    return worst;
}

/* A check under a field asks nothing where its own column is not there and nobody expects it. */
static enum mop_outcome check_missing(struct mop_judge *j, const struct mop_check *c)
{
    const struct mop_field *own = c->role == MOP_CHECK_INLINE ? c->field : NULL;
    if (own && !own->expected && entry_of(j, own)->v.state == MOP_ST_MISSING)
        return MOP_NA;
    return missing(j, c->assert_);
}

/* Trees of `all` alone: what fails in them has failed, whatever the waiting tests will say. */
static bool only_all(const struct mop_expr *e)
{
    bool all = e->op == MOP_OP_TEST || e->op == MOP_OP_ALL;
    for (size_t i = 0; all && i < e->n; i++)
        all = only_all(e->kids[i]);
    return all;
}

/* A tree with any or not is asked again when its waiting tests are decided: what the others said is
 * kept with them. Where it fails whatever they will say, it fails now, while the record is at hand.
 */
static enum mop_outcome defer(struct mop_judge *j, size_t first)
{
    uint8_t *leaves = mop_arena_alloc(j->run->scratch, j->nleaves + 1);
    memcpy(leaves, j->leaves, j->nleaves);
    for (size_t i = first; i < j->nwaiting; i++) {
        j->waiting[i].leaves = leaves;
        j->waiting[i].nleaves = j->nleaves;
    }
    bool fails = mop_expr_outcome(j->checking->assert_, test_so_far, j) == MOP_FAIL;
    return fails ? MOP_FAIL : MOP_PASS;
}

static bool grandfathered(const struct mop_judge *j, const struct mop_check *c)
{
    return !mop_window_has(&c->applies, j->when.day);
}

enum mop_outcome mop_judge_applies(struct mop_judge *j, const struct mop_check *c)
{
    bool unclear = j->dateless && mop_check_windowed(c);
    if (!unclear && grandfathered(j, c))
        return MOP_NA;
    enum mop_truth when = mop_judge_condition(j, c->when, false);
    return when == MOP_FALSE ? MOP_NA : when == MOP_TRUE && !unclear ? MOP_PASS : MOP_UNDECIDED;
}

enum mop_outcome mop_judge_check(struct mop_judge *j, const struct mop_check *c)
{
    if (c->role == MOP_CHECK_INPUT)
        return MOP_NA;
    enum mop_outcome may = mop_judge_applies(j, c);
    if (may == MOP_NA)
        return MOP_NA;
    enum mop_outcome gone = j->missing ? check_missing(j, c) : MOP_PASS;
    if (gone != MOP_PASS)
        return gone;
    if (may == MOP_UNDECIDED)
        return MOP_UNDECIDED;
    size_t first = j->nwaiting;
    j->checking = c;
    j->nleaves = 0;
    enum mop_outcome o = mop_expr_outcome(c->assert_, test_outcome, j);
    return j->nwaiting > first && !only_all(c->assert_) ? defer(j, first) : o;
}
