/* SPDX-License-Identifier: MIT */
#include "check/judge.h"
#include "rules/args.h"

/*
 * Repairs that only the end of the run can tell about. A repair that changes what a record means to
 * a cross-record check takes it out of one group of equal keys and into another; it is taken back
 * where a check fails in such a group that does not fail as it is. So is one that takes away what a
 * reference found, or changes what a look-up asked for: records are judged by that already. What
 * was taken back may upset what was not, so it is asked again until all that is left stands
 * together. Each pass looks at all groups of all types before it takes anything back: the order of
 * records decides nothing.
 */

enum { PASSES = 16 }; /* longer chains of repairs that lean on each other are all left alone */

static struct mop_repaired *repair_of(struct mop_judge *j, const struct mop_held *h)
{
    bool has = h->more && h->more->after.repaired != MOP_NOT_REPAIRED;
    return has ? &j->repairs->list[h->more->after.repaired] : NULL;
}

static bool moves(const struct mop_kept *w)
{
    return w->side == MOP_SIDE_BEFORE || w->side == MOP_SIDE_AFTER;
}

/* What all of the group refer to; NULL: they are no references. */
static struct mop_target *target_of(const struct mop_judge *j, const struct mop_groups *g,
                                    size_t slot)
{
    const struct mop_test *t = j->cross.waiting[g->last[slot] - 1].test;
    const struct mop_references_arg *arg = t->arg;
    bool refers = t->kind == &mop_kind_references;
    return refers ? mop_references_target(j->references, arg->target) : NULL;
}

static bool is_touched(const struct mop_judge *j, const struct mop_groups *g, size_t slot)
{
    const struct mop_target *t = target_of(j, g, slot);
    if (t && t->changes)
        return true;
    for (uint32_t i = g->last[slot]; i; i = g->next[i - 1])
        if (moves(&j->cross.waiting[i - 1]))
            return true;
    return false;
}

/* Did the check of that waiting test fail in its record as it is? */
static bool failed_before(const struct mop_judge *j, const struct mop_kept *w)
{
    const struct mop_crossrecord *c = &j->cross;
    const struct mop_held *h = &c->held[w->holder];
    bool failed = mop_bit_get(c->bases[h->base].bits, w->check->index);
    for (size_t i = h->first; i < h->first + h->n; i++)
        failed |= c->waiting[i].check == w->check && c->waiting[i].failed;
    return failed;
}

static bool newly_fails(const struct mop_judge *j, const struct mop_kept *w)
{
    return (w->side == MOP_SIDE_BOTH || w->side == MOP_SIDE_AFTER) && w->failed_after &&
           !failed_before(j, w);
}

/* References of one group fail each for itself: those that came into it, or all, because what they
 * refer to goes. */
static bool drop_lost(struct mop_judge *j, const struct mop_groups *g, size_t slot,
                      struct mop_target *t)
{
    struct mop_crossrecord *c = &j->cross;
    bool lost = false;
    for (uint32_t i = g->last[slot]; i; i = g->next[i - 1]) {
        const struct mop_kept *w = &c->waiting[i - 1];
        if (!newly_fails(j, w))
            continue;
        lost = true;
        if (moves(w))
            repair_of(j, &c->held[w->holder])->dropped = true;
        else
            mop_target_miss(t, mop_kept_value(w, 0).meant);
    }
    return lost;
}

/* Where only records fail that came into the group, they upset nobody but themselves, and the
 * others may stay. */
static bool drop_where_upset(struct mop_judge *j, const struct mop_groups *g, size_t slot)
{
    struct mop_crossrecord *c = &j->cross;
    struct mop_target *t = target_of(j, g, slot);
    bool upset = false, resident = false;
    if (t)
        return drop_lost(j, g, slot, t);
    for (uint32_t i = g->last[slot]; i; i = g->next[i - 1]) {
        bool fails = newly_fails(j, &c->waiting[i - 1]);
        upset |= fails;
        resident |= fails && !moves(&c->waiting[i - 1]);
    }
    for (uint32_t i = g->last[slot]; upset && i; i = g->next[i - 1]) {
        const struct mop_kept *w = &c->waiting[i - 1];
        if (moves(w) && (resident || newly_fails(j, w)))
            repair_of(j, &c->held[w->holder])->dropped = true;
    }
    return upset;
}

static void forget_after(struct mop_judge *j)
{
    for (size_t i = 0; i < j->cross.nwaiting; i++)
        j->cross.waiting[i].failed_after = false;
}

static bool drop_upsetting(struct mop_judge *j)
{
    struct mop_groups g;
    bool any = false;
    forget_after(j);
    mop_groups_find(&g, j);
    for (size_t i = 0; i < g.nslots; i++)
        if (g.last[i] && is_touched(j, &g, i)) {
            mop_groups_resolve(&g, j, i, true);
            any |= drop_where_upset(j, &g, i);
        }
    mop_groups_release(&g);
    return any;
}

static bool any_upsetting(struct mop_judge *const *judges, size_t n)
{
    bool any = false;
    for (size_t i = 0; i < n; i++)
        any |= drop_upsetting(judges[i]);
    return any;
}

static void stay(struct mop_judge *j, struct mop_held *h)
{
    for (size_t i = h->first; i < h->first + h->n; i++)
        j->cross.waiting[i].side = MOP_SIDE_BOTH;
    for (size_t i = h->first + h->n; i < h->first + h->n + h->more->nafter; i++)
        j->cross.waiting[i].side = MOP_SIDE_NONE;
    h->more->nafter = 0;
}

/* The record's repair is that from now on. */
static void have(struct mop_held *h, struct mop_made made)
{
    const struct mop_made *old = &h->more->after;
    for (size_t i = 0; i < old->nretargets; i++)
        mop_retarget_undo(&old->retargets[i]);
    for (size_t i = 0; i < made.nretargets; i++)
        mop_retarget_make(&made.retargets[i]);
    h->more->after = made;
}

static void leave_as_is(struct mop_judge *j, struct mop_held *h)
{
    have(h, (struct mop_made){.repaired = MOP_NOT_REPAIRED, .base = h->base});
    stay(j, h);
}

static void leave_shared(struct mop_judge *j)
{
    for (size_t i = 0; i < j->cross.nheld; i++) {
        struct mop_held *h = &j->cross.held[i];
        struct mop_repaired *r = repair_of(j, h);
        if (!r || mop_repaired_alone(j->repairs, r))
            continue;
        r->dropped = true;
        j->repairs->sources[h->source].shared_key++;
        leave_as_is(j, h);
    }
}

/* Of a repair that is taken back the part stays that changes no key. */
static void leave_keys(struct mop_judge *j, struct mop_held *h)
{
    if (!h->more->still) {
        j->repairs->sources[h->source].risky++;
        leave_as_is(j, h);
        return;
    }
    have(h, *h->more->still);
    repair_of(j, h)->dropped = false;
    stay(j, h);
}

static bool moved(const struct mop_judge *j, const struct mop_held *h)
{
    bool any = h->more->nafter > 0;
    for (size_t i = 0; i < h->more->after.nretargets; i++)
        any |= mop_retarget_may_upset(&h->more->after.retargets[i]);
    for (size_t i = h->first; i < h->first + h->n; i++)
        any |= moves(&j->cross.waiting[i]);
    return any;
}

/* Does the repair upset a reference or look-up by what it changes of the record? */
static bool is_missed(const struct mop_held *h)
{
    bool missed = false;
    for (size_t i = 0; i < h->more->after.nretargets; i++)
        missed |= mop_retarget_missed(&h->more->after.retargets[i]);
    return missed;
}

static bool is_asked(const struct mop_held *h)
{
    bool asked = false;
    for (size_t i = 0; i < h->more->after.nretargets; i++)
        asked |= mop_retarget_asked(&h->more->after.retargets[i]);
    return asked;
}

static void make_all(struct mop_judge *j)
{
    for (size_t i = 0; i < j->cross.nheld; i++) {
        const struct mop_held *h = &j->cross.held[i];
        for (size_t k = 0; repair_of(j, h) && k < h->more->after.nretargets; k++)
            mop_retarget_make(&h->more->after.retargets[k]);
    }
}

static void drop_asked(struct mop_judge *j)
{
    for (size_t i = 0; i < j->cross.nheld; i++)
        if (repair_of(j, &j->cross.held[i]) && is_asked(&j->cross.held[i]))
            repair_of(j, &j->cross.held[i])->dropped = true;
}

static void leave_dropped(struct mop_judge *j, bool all)
{
    for (size_t i = 0; i < j->cross.nheld; i++) {
        struct mop_held *h = &j->cross.held[i];
        struct mop_repaired *r = repair_of(j, h);
        if (!r || !(r->dropped || is_missed(h) || (all && moved(j, h))))
            continue;
        r->dropped = true;
        leave_keys(j, h);
    }
}

static void count_standing(struct mop_judge *j)
{
    forget_after(j);
    for (size_t i = 0; i < j->cross.nheld; i++) {
        const struct mop_repaired *r = repair_of(j, &j->cross.held[i]);
        if (r)
            mop_repaired_count(j->repairs, r);
    }
}

void mop_crossrecord_take_back(struct mop_judge *const *judges, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        make_all(judges[i]);
        leave_shared(judges[i]);
        drop_asked(judges[i]);
        leave_dropped(judges[i], false);
    }
    for (int pass = 1; any_upsetting(judges, n); pass++)
        for (size_t i = 0; i < n; i++)
            leave_dropped(judges[i], pass >= PASSES);
    for (size_t i = 0; i < n; i++)
        count_standing(judges[i]);
}
