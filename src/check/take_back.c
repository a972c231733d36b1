/* SPDX-License-Identifier: MIT */
#include "check/judge.h"

/*
 * Repairs that only the end of the run can tell about. A repair that changes what a record means to
 * a cross-record check takes it out of one group of equal keys and into another; it is taken back
 * where a check fails in such a group that does not fail as it is. What was taken back may upset
 * what was not, so it is asked again until all that is left stands together. Each pass looks at all
 * groups before it takes anything back: the order of records decides nothing.
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

static bool is_touched(const struct mop_judge *j, const struct mop_groups *g, size_t slot)
{
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

/* Where only records fail that came into the group, they upset nobody but themselves, and the
 * others may stay. */
static bool drop_where_upset(struct mop_judge *j, const struct mop_groups *g, size_t slot)
{
    struct mop_crossrecord *c = &j->cross;
    bool upset = false, resident = false;
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

static bool drop_upsetting(struct mop_judge *j, struct mop_groups *g)
{
    bool any = false;
    forget_after(j);
    for (size_t i = 0; i < g->nslots; i++)
        if (g->last[i] && is_touched(j, g, i)) {
            mop_groups_resolve(g, j, i, true);
            any |= drop_where_upset(j, g, i);
        }
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

static void leave_as_is(struct mop_judge *j, struct mop_held *h)
{
    h->more->after = (struct mop_made){MOP_NOT_REPAIRED, h->base};
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
    h->more->after = *h->more->still;
    repair_of(j, h)->dropped = false;
    stay(j, h);
}

static bool moved(const struct mop_judge *j, const struct mop_held *h)
{
    bool any = h->more->nafter > 0;
    for (size_t i = h->first; i < h->first + h->n; i++)
        any |= moves(&j->cross.waiting[i]);
    return any;
}

static void leave_dropped(struct mop_judge *j, bool all)
{
    for (size_t i = 0; i < j->cross.nheld; i++) {
        struct mop_held *h = &j->cross.held[i];
        struct mop_repaired *r = repair_of(j, h);
        if (!r || !(r->dropped || (all && moved(j, h))))
            continue;
        r->dropped = true;
        leave_keys(j, h);
    }
}

void mop_crossrecord_take_back(struct mop_judge *j, struct mop_groups *g)
{
    leave_shared(j);
    for (int pass = 1; drop_upsetting(j, g); pass++)
        leave_dropped(j, pass == PASSES);
    forget_after(j);
    for (size_t i = 0; i < j->cross.nheld; i++) {
        const struct mop_repaired *r = repair_of(j, &j->cross.held[i]);
        if (r)
            mop_repaired_count(j->repairs, r);
    }
}
