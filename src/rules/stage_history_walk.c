/* SPDX-License-Identifier: MIT */
#include "rules/stage_history.h"

/*
 * The moves of one record through a lifecycle, one change after the other. What is between two
 * changes that do not fit, and what an unknown stage hides, may have been any move: it is unsure.
 */

enum { MOMENT_MAX = 6 }; /* changes of one moment that are put in order: 720 orders */

struct walker {
    const struct mop_lifecycle *l;
    struct mop_run *run;
    const struct mop_when *restarted;
    bool began_anew; /* some change was in the present cycle */
    int32_t at;      /* the stage it is in; NONE: nothing known yet */
    int32_t place;   /* the last stage on the path; NONE: it never was on it */
    struct mop_walk *out;
};

static const struct mop_stage *stage(const struct walker *w, int32_t i)
{
    return &w->l->stages[i];
}

/* ---- what is allowed ---- */

/* To the next stage of the path, or one of alternative ends. */
static bool is_step(const struct mop_lifecycle *l, const struct mop_stage *a,
                    const struct mop_stage *b)
{
    bool step = mop_stage_precedes(a, b);
    for (size_t i = 0; step && i < l->nstages; i++)
        step = !(mop_stage_precedes(a, &l->stages[i]) && mop_stage_precedes(&l->stages[i], b));
    return step;
}

static bool is_start(const struct mop_lifecycle *l, const struct mop_stage *st)
{
    bool start = !st->off_path;
    for (size_t i = 0; start && i < l->nstages; i++)
        start = !mop_stage_precedes(&l->stages[i], st);
    return start;
}

static enum mop_truth is_skip(const struct walker *w, const struct mop_stage *a,
                              const struct mop_stage *b)
{
    enum mop_truth best = MOP_FALSE;
    for (size_t i = 0; i < w->l->nskips; i++) {
        const struct mop_skip *skip = &w->l->skips[i];
        if (skip->from != a->index || skip->to != b->index)
            continue;
        enum mop_truth truth = !skip->when         ? MOP_TRUE
                               : w->run->condition ? w->run->condition(w->run, skip->when)
                                                   : MOP_UNKNOWN;
        best = truth > best ? truth : best;
    }
    return best;
}

/* Beside the path a record keeps its place: it may come back to it, begin anew before it, or go on
 * from there. */
static enum mop_truth may_return(const struct walker *w, const struct mop_stage *b)
{
    if (w->place == MOP_STAGE_NONE)
        return MOP_TRUE; /* it enters the path: that is no move along it */
    if (w->place == MOP_STAGE_UNKNOWN)
        return is_start(w->l, b) ? MOP_TRUE : MOP_UNKNOWN;
    const struct mop_stage *place = stage(w, w->place);
    if (b == place || mop_stage_precedes(b, place) || is_step(w->l, place, b))
        return MOP_TRUE;
    return is_skip(w, place, b);
}

static bool is_among(const struct mop_stage_list *stages, const struct mop_stage *st)
{
    for (size_t i = 0; i < stages->n; i++)
        if (stages->list[i] == st)
            return true;
    return false;
}

static bool is_listed(const struct mop_lifecycle *l, const struct mop_stage *a,
                      const struct mop_stage *b)
{
    for (size_t i = 0; i < l->nallowed; i++)
        if (is_among(&l->allowed[i].from, a) && is_among(&l->allowed[i].to, b))
            return true;
    return false;
}

static enum mop_truth is_allowed(const struct walker *w, const struct mop_stage *a,
                                 const struct mop_stage *b)
{
    if (w->l->has_allowed)
        return is_listed(w->l, a, b) ? MOP_TRUE : is_skip(w, a, b);
    if (b->off_path || is_step(w->l, a, b))
        return MOP_TRUE;
    return a->off_path ? may_return(w, b) : is_skip(w, a, b);
}

/* ---- one change ---- */

static void found(struct mop_move *m, const struct mop_stage *a, const struct mop_stage *b,
                  struct mop_when when)
{
    if (!m->n++) {
        m->from = a;
        m->to = b;
        m->when = when;
    }
}

static void judge_move(struct walker *w, const struct mop_stage *a, const struct mop_stage *b,
                       struct mop_when when)
{
    enum mop_truth truth = is_allowed(w, a, b);
    w->out->judged++;
    if (truth == MOP_UNKNOWN)
        w->out->unsure_transition = true;
    else if (truth == MOP_FALSE)
        found(mop_stage_precedes(b, a) ? &w->out->back : &w->out->transition, a, b, when);
}

enum cycle { EARLIER, RESTART, PRESENT };

/* The first change of the cycle, and all of the restart's own moment, may be the restart itself. */
static enum cycle cycle_of(struct walker *w, struct mop_when when)
{
    int cmp = w->restarted ? mop_when_cmp(when, *w->restarted) : 1;
    if (cmp < 0)
        return EARLIER;
    bool restart = w->restarted && (cmp == 0 || !w->began_anew);
    w->began_anew = true;
    return restart ? RESTART : PRESENT;
}

static void arrive(struct walker *w, int32_t to)
{
    w->at = to;
    if (to == MOP_STAGE_UNKNOWN)
        w->place = MOP_STAGE_UNKNOWN;
    else if (!stage(w, to)->off_path)
        w->place = to;
}

/* Where it set out from, as far as the changes agree. */
static int32_t depart(struct walker *w, const struct mop_stage_change *c, enum cycle cycle)
{
    if (c->from == MOP_STAGE_NONE)
        return w->at;
    bool fits = w->at == c->from;
    if (!fits && w->at >= 0 && cycle == PRESENT)
        w->out->unsure = true; /* a move between the two is not among the changes */
    if (c->from >= 0 && !stage(w, c->from)->off_path)
        w->place = c->from;
    else if (!fits)
        w->place = MOP_STAGE_UNKNOWN;
    return c->from;
}

static void take(struct walker *w, const struct mop_stage_change *c)
{
    enum cycle cycle = cycle_of(w, c->when);
    int32_t from = depart(w, c, cycle);
    bool known = from >= 0 && c->to >= 0;
    if (cycle != EARLIER && (from == MOP_STAGE_UNKNOWN || c->to == MOP_STAGE_UNKNOWN))
        w->out->unsure = true;
    if (known && from != c->to && cycle != EARLIER) {
        const struct mop_stage *a = stage(w, from), *b = stage(w, c->to);
        bool beside = a->off_path || b->off_path;
        if (cycle == PRESENT || beside || mop_stage_precedes(a, b))
            judge_move(w, a, b, c->when);
    }
    arrive(w, c->to);
}

/* ---- changes of one moment ---- */

/* May change i come next, of a record that is in stage `from` (NONE: anywhere)? Only the first may
 * say nothing of where it set out; those with a time of day keep their order. */
static bool may_follow(const struct mop_stage_change *c, size_t n, unsigned used, size_t i,
                       int32_t from)
{
    bool may = !(used >> i & 1);
    if (c[i].from == MOP_STAGE_NONE)
        may = may && !used;
    else
        may = may && (from < 0 || c[i].from == from);
    for (size_t k = 0; may && k < n; k++)
        may = used >> k & 1 || c[k].when.whole_day || c[i].when.whole_day ||
              c[k].when.us >= c[i].when.us;
    return may;
}

/* An order in which each sets out from where the one before it arrived, the first in the order of
 * the list: order[] is filled from `done` on. */
static bool find_order(const struct mop_stage_change *c, size_t n, int32_t from, unsigned used,
                       size_t *order, size_t done)
{
    for (size_t i = 0; done < n && i < n; i++) {
        if (!may_follow(c, n, used, i, from))
            continue;
        order[done] = i;
        if (find_order(c, n, c[i].to, used | 1u << i, order, done + 1))
            return true;
    }
    return done == n;
}

/* All stages of a moment are known, but for the one that a record may begin with. */
static bool can_order(const struct walker *w, const struct mop_stage_change *c, size_t n)
{
    size_t begins = 0;
    bool known = n <= MOMENT_MAX;
    for (size_t i = 0; known && i < n; i++) {
        begins += c[i].from == MOP_STAGE_NONE;
        known = c[i].to >= 0 && c[i].from != MOP_STAGE_UNKNOWN;
    }
    return known && begins <= (w->at == MOP_STAGE_NONE);
}

/* In no order: each move for itself, and nothing is known of where the record then is. */
static void take_unordered(struct walker *w, const struct mop_stage_change *c, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        w->at = w->place = MOP_STAGE_UNKNOWN;
        take(w, &c[i]);
    }
    w->at = w->place = MOP_STAGE_UNKNOWN;
    w->out->unsure |= !w->restarted || mop_when_cmp(c->when, *w->restarted) >= 0;
}

static void take_moment(struct walker *w, const struct mop_stage_change *c, size_t n)
{
    size_t order[MOMENT_MAX];
    if (n == 1) {
        take(w, c);
        return;
    }
    if (!can_order(w, c, n) ||
        (!find_order(c, n, w->at, 0, order, 0) && !find_order(c, n, MOP_STAGE_NONE, 0, order, 0))) {
        take_unordered(w, c, n);
        return;
    }
    for (size_t i = 0; i < n; i++)
        take(w, &c[order[i]]);
}

/* Where one change has a day only, all of that day are of one moment. */
static size_t moment_end(const struct mop_stage_changes *c, size_t from)
{
    size_t end = from + 1;
    const struct mop_when *first = &c->list[from].when;
    while (end < c->n && c->list[end].dated && c->list[end].when.day == first->day &&
           (first->whole_day || c->list[end].when.us == first->us))
        end++;
    return end;
}

void mop_history_walk(const struct mop_lifecycle *l, const struct mop_stage_changes *c,
                      const struct mop_stage *own, const struct mop_when *restarted,
                      struct mop_run *run, struct mop_walk *out)
{
    struct walker w = {l, run, restarted, false, MOP_STAGE_NONE, MOP_STAGE_NONE, out};
    size_t i = 0;
    *out = (struct mop_walk){.unsure = c->lost};
    while (!c->lost && i < c->n && c->list[i].dated) {
        size_t end = moment_end(c, i);
        take_moment(&w, &c->list[i], end - i);
        i = end;
    }
    out->unsure |= i < c->n; /* without a date they have no place among the others */
    if (w.at == MOP_STAGE_NONE)
        out->unsure |= !is_start(l, own); /* no change says how it came there */
    else
        out->unsure |= w.at != (int32_t)own->index;
}
