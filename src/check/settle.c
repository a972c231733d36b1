/* SPDX-License-Identifier: MIT */
#include "check/settle.h"
#include "check/bits.h"
#include "rules/args.h"
#include "rules/kind.h"

bool mop_expr_one_field(const struct mop_expr *e)
{
    if (e->op == MOP_OP_TEST)
        return e->test->nfields == 1 && !(e->test->kind->flags & (MOP_K_ROW | MOP_K_CROSS));
    for (size_t i = 0; i < e->n; i++)
        if (!mop_expr_one_field(e->kids[i]))
            return false;
    return true;
}

static bool reads_only(const struct mop_expr *e, const struct mop_field *f)
{
    for (size_t i = 0; e->op == MOP_OP_TEST && i < e->test->nfields; i++)
        if (e->test->fields[i] != f)
            return false;
    for (size_t i = 0; i < e->n; i++)
        if (!reads_only(e->kids[i], f))
            return false;
    return true;
}

bool mop_check_alone(const struct mop_check *c)
{
    return c->field && reads_only(c->assert_, c->field);
}

bool mop_check_of_value(const struct mop_check *c)
{
    return !c->when && !mop_check_windowed(c) && !c->cross && mop_check_alone(c) &&
           mop_expr_one_field(c->assert_);
}

struct mop_field *mop_derive_sole_source(const struct mop_field *derived)
{
    const struct mop_derive *d = derived->derive;
    return d->nfields == 1 && !d->per_record ? d->fields[0] : NULL;
}

enum mop_outcome mop_missing_outcome(const struct mop_field *f)
{
    return f->expected ? MOP_FAIL : MOP_NA;
}

static enum mop_severity settle_guards(const struct mop_field *f, const struct mop_entry *e,
                                       mop_inline_fn outcome, mop_settled_fn settled, void *ctx)
{
    enum mop_severity worst = MOP_SEV_OFF;
    for (size_t i = 0; i < f->nchecks; i++) {
        const struct mop_check *c = f->checks[i];
        if (!c->guard || c->severity <= worst)
            continue;
        enum mop_outcome o = outcome(c, e, ctx);
        if (o != MOP_NA)
            settled(c, o, ctx);
        if (o == MOP_FAIL && e->v.state == MOP_ST_VALUE)
            worst = c->severity;
    }
    return worst;
}

bool mop_guard_silences(enum mop_severity guard, const struct mop_check *c)
{
    return c->severity <= guard && !c->of_item && mop_check_alone(c);
}

enum mop_severity mop_settle(const struct mop_field *f, const struct mop_entry *e,
                             mop_inline_fn outcome, mop_settled_fn settled, void *ctx)
{
    enum mop_severity guard = settle_guards(f, e, outcome, settled, ctx);
    for (size_t i = 0; i < f->nchecks; i++) {
        const struct mop_check *c = f->checks[i];
        if (c->guard || mop_guard_silences(guard, c))
            continue;
        enum mop_outcome o = outcome(c, e, ctx);
        if (o != MOP_NA)
            settled(c, o, ctx);
    }
    return guard;
}

bool mop_rung_told(const struct mop_field *f, const struct mop_entry *e, mop_applies_fn applies,
                   void *ctx)
{
    for (size_t i = 0; (e->rungs | e->item_rungs) && i < f->nchecks; i++) {
        const struct mop_check *r = f->checks[i];
        enum mop_rung rung = mop_rung_of(r);
        if (rung != MOP_RUNG_NONE && (r->of_item ? e->item_rungs : e->rungs) >> rung & 1 &&
            applies(r, ctx))
            return true;
    }
    return false;
}

struct settling {
    const struct mop_dictionary *d;
    struct mop_entry *e;
};

/* Of an entry that settles no rung hangs on the record. */
static bool always(const struct mop_check *r, void *ctx)
{
    (void)r, (void)ctx;
    return true;
}

static enum mop_outcome entry_test(const struct mop_test *t, void *ctx)
{
    const struct settling *s = ctx;
    return mop_entry_outcome(t, s->e, mop_rung_told(s->d->field, s->e, always, NULL));
}

static enum mop_outcome value_outcome(const struct mop_check *c, const struct mop_entry *e,
                                      void *ctx)
{
    struct settling *s = ctx;
    if (e->v.state == MOP_ST_MISSING)
        return mop_missing_outcome(c->field);
    return mop_expr_outcome(c->assert_, entry_test, s);
}

static void value_settled(const struct mop_check *c, enum mop_outcome o, void *ctx)
{
    struct settling *s = ctx;
    size_t bit = c->index - s->d->word * 64;
    mop_bit_set(s->e->applied, bit);
    if (o == MOP_FAIL)
        mop_bit_set(s->e->fail, bit);
    else if (o == MOP_UNDECIDED)
        mop_bit_set(s->e->undecided, bit);
}

static void settle_closed(struct settling *s, const struct mop_check *c)
{
    enum mop_outcome o = value_outcome(c, s->e, s);
    if (o != MOP_NA)
        value_settled(c, o, s);
}

void mop_settle_entry(const struct mop_dictionary *d, struct mop_entry *e, struct mop_arena *a)
{
    uint64_t *words = mop_arena_array(a, 3 * d->nwords + 1, sizeof(uint64_t));
    e->fail = words;
    e->undecided = words + d->nwords;
    e->applied = words + 2 * d->nwords;
    struct settling s = {d, e};
    enum mop_severity guard = settle_guards(d->field, e, value_outcome, value_settled, &s);
    for (size_t i = 0; i < d->nclosed; i++)
        if (!mop_guard_silences(guard, d->closed[i]))
            settle_closed(&s, d->closed[i]);
    e->guard = (uint8_t)guard;
    e->settled = true;
}
