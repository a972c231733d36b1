/* SPDX-License-Identifier: MIT */
#include "check/dictionary.h"
#include "check/bits.h"
#include "check/settle.h"
#include "rules/args.h"
#include "rules/kind_util.h"
#include "rules/kinds.h"
#include <stdlib.h>
#include <string.h>

/* Which checks follow from a value alone: judged once per distinct value. The rest of the field's
 * own stay open. */
static bool is_closed(const struct mop_dictionary *d, const struct mop_check *c)
{
    bool own = c->role == MOP_CHECK_INLINE || c->role == MOP_CHECK_RULE;
    return own && !c->guard && c->field == d->field && mop_check_of_value(c);
}

/* A guard or rung that hangs on the record leaves open what it would silence. */
static bool guards_closed(const struct mop_field *f)
{
    for (size_t i = 0; i < f->nchecks; i++) {
        const struct mop_check *c = f->checks[i];
        if ((c->guard || mop_rung_of(c) != MOP_RUNG_NONE) && !mop_check_of_value(c))
            return false;
    }
    return true;
}

static void find_checks(struct mop_dictionary *d)
{
    const struct mop_record *r = d->field->record;
    const struct mop_field *f = d->field;
    d->settles = guards_closed(f);
    d->closed = mop_arena_array(&d->arena, r->nchecks + 1, sizeof *d->closed);
    d->open = mop_arena_array(&d->arena, f->nchecks + 1, sizeof *d->open);
    for (size_t i = 0; i < r->nchecks; i++)
        if (d->settles && is_closed(d, r->checks[i]))
            d->closed[d->nclosed++] = r->checks[i];
    for (size_t i = 0; i < f->nchecks; i++)
        if (!f->checks[i]->guard && !is_closed(d, f->checks[i]))
            d->open[d->nopen++] = f->checks[i];
}

bool mop_dictionary_settles(const struct mop_dictionary *d, const struct mop_check *c)
{
    return d->settles && is_closed(d, c);
}

static void find_derived(struct mop_dictionary *d)
{
    const struct mop_record *r = d->field->record;
    d->derived = mop_arena_array(&d->arena, r->nderived + 1, sizeof(struct mop_field *));
    for (size_t i = 0; i < r->nderived; i++)
        if (mop_derive_sole_source(r->derived[i]) == d->field)
            d->derived[d->nderived++] = r->derived[i];
}

static void span(struct mop_dictionary *d, struct mop_check *const *checks, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t w = checks[i]->index / 64, end = d->nwords ? d->word + d->nwords : w + 1;
        d->word = !d->nwords || w < d->word ? w : d->word;
        d->nwords = (w + 1 > end ? w + 1 : end) - d->word;
    }
}

void mop_dictionary_init(struct mop_dictionary *d, struct mop_field *f)
{
    memset(d, 0, sizeof *d);
    d->field = f;
    mop_arena_init(&d->arena);
    mop_map_init(&d->map);
    find_checks(d);
    span(d, f->checks, f->nchecks);
    span(d, d->closed, d->nclosed);
    d->limited = mop_arena_array(&d->arena, f->ntests + 1, sizeof *d->limited);
    find_derived(d);
}

void mop_dictionary_release(struct mop_dictionary *d)
{
    mop_map_release(&d->map);
    mop_arena_release(&d->arena);
}

/* On a rung before .vocabulary the written form is known to be wrong already: one defect, one
 * finding. Where an item is on one, what looks at the whole value waits until the item is right.
 * (`case` without an argument is such a rung itself.) */
static bool silenced_by_rung(const struct mop_test *t, const struct mop_entry *e)
{
    bool written = t->kind->flags & MOP_K_WRITTEN || (t->kind == &mop_kind_case && t->arg);
    bool item = e->item_rungs && strcmp(t->kind->name, "items") != 0;
    return written && !t->meant && t->kind != &mop_kind_written && (e->rungs || item);
}

/* The raw outcome: what the kind says where it may be asked; the readings below decide the rest. */
static enum mop_outcome raw_outcome(const struct mop_test *t, const struct mop_value *v,
                                    struct mop_run *run)
{
    bool blank = MOP_IS_BLANK(v->state);
    if (v->state < MOP_ST_ABSENT)
        return MOP_UNDECIDED;
    if (t->kind == &mop_kind_written)
        return t->kind->value(t, v, run);
    if (blank && !(t->kind->flags & MOP_K_BLANK))
        return MOP_NA;
    if (!blank && !v->known && (t->meant || (t->kind->flags & MOP_K_MEANT)) &&
        !(t->kind->flags & MOP_K_BLANK))
        return MOP_UNDECIDED;
    return t->kind->value(t, v, run);
}

static void judge_tests(struct mop_dictionary *d, struct mop_entry *e, struct mop_run *run,
                        struct mop_arena *a)
{
    const struct mop_field *f = d->field;
    bool on_rung = e->v.rung > MOP_RUNG_EXACT && e->v.rung < MOP_RUNG_PROVISIONAL;
    e->rungs = on_rung ? 1u << e->v.rung : 0;
    e->item_rungs = mop_items_rungs(f, &e->v, run);
    e->told = e->raw = mop_arena_alloc(a, f->ntests + 1);
    if (e->rungs | e->item_rungs)
        e->told = mop_arena_alloc(a, f->ntests + 1);
    for (size_t i = 0; i < f->ntests; i++) {
        uint64_t limits = run->match ? mop_match_limits(run->match) : 0;
        e->raw[i] = (uint8_t)raw_outcome(f->tests[i], &e->v, run);
        e->told[i] = silenced_by_rung(f->tests[i], e) ? MOP_NA : e->raw[i];
        d->limited[i] |= run->match && mop_match_limits(run->match) > limits;
    }
}

static void finish_entry(struct mop_dictionary *d, struct mop_entry *e, struct mop_run *run,
                         struct mop_arena *a)
{
    judge_tests(d, e, run, a);
    e->derived = mop_arena_array(a, d->nderived + 1, sizeof(struct mop_entry *));
    if (d->settles)
        mop_settle_entry(d, e, a);
}

static bool in_window(const struct mop_value *v)
{
    return v->term && v->term->has_valid && v->rung < MOP_RUNG_DEPRECATED;
}

static struct mop_reading *read_on(struct mop_dictionary *d, struct mop_entry *e, int32_t day,
                                   struct mop_run *run)
{
    struct mop_arena *a = e->kept ? &d->arena : run->scratch;
    struct mop_reading *r = mop_arena_alloc(a, sizeof *r);
    r->e.v = e->v;
    r->e.v.as_of = MOP_AS_OF_DAY;
    r->e.v.day = day;
    mop_days_clear(&run->days);
    if (in_window(&e->v) && !mop_days_inside(&run->days, &e->v.term->valid, &day))
        r->e.v.rung = MOP_RUNG_DEPRECATED;
    finish_entry(d, &r->e, run, a);
    r->days = run->days.same;
    r->next = e->readings;
    e->readings = r;
    return r;
}

static struct mop_reading *reading(struct mop_dictionary *d, struct mop_entry *e, int32_t day,
                                   struct mop_run *run)
{
    struct mop_reading *r = e->readings;
    while (r && !mop_window_has(&r->days, day))
        r = r->next;
    return r ? r : read_on(d, e, day, run);
}

/* What days differ in is undecided. */
static void blur(struct mop_dictionary *d, struct mop_entry *out, const struct mop_entry *e)
{
    out->rungs |= e->rungs;
    out->item_rungs |= e->item_rungs;
    for (size_t i = 0; i < d->field->ntests; i++) {
        out->told[i] = out->told[i] == e->told[i] ? e->told[i] : (uint8_t)MOP_UNDECIDED;
        out->raw[i] = out->raw[i] == e->raw[i] ? e->raw[i] : (uint8_t)MOP_UNDECIDED;
    }
}

static uint8_t *copy_outcomes(const struct mop_dictionary *d, const uint8_t *outcomes,
                              struct mop_arena *a)
{
    uint8_t *own = mop_arena_alloc(a, d->field->ntests + 1);
    memcpy(own, outcomes, d->field->ntests);
    return own;
}

static struct mop_entry *read_unclear(struct mop_dictionary *d, struct mop_entry *e,
                                      struct mop_run *run)
{
    struct mop_arena *a = e->kept ? &d->arena : run->scratch;
    struct mop_entry *out = mop_arena_alloc(a, sizeof *out);
    const struct mop_reading *r = reading(d, e, INT32_MIN, run);
    out->v = e->v;
    out->v.as_of = MOP_AS_OF_UNKNOWN;
    out->told = copy_outcomes(d, r->e.told, a);
    out->raw = copy_outcomes(d, r->e.raw, a);
    blur(d, out, &r->e);
    while (r->days.until < INT32_MAX) {
        r = reading(d, e, r->days.until + 1, run);
        blur(d, out, &r->e);
    }
    out->derived = mop_arena_array(a, d->nderived + 1, sizeof(struct mop_entry *));
    if (d->settles)
        mop_settle_entry(d, out, a);
    return out;
}

struct mop_entry *mop_dictionary_on(struct mop_dictionary *d, struct mop_entry *e,
                                    const int32_t *day, struct mop_run *run)
{
    if (day)
        return &reading(d, e, *day, run)->e;
    if (!e->unclear)
        e->unclear = read_unclear(d, e, run);
    return e->unclear;
}

static struct mop_entry *make_entry(struct mop_dictionary *d, const struct mop_cell *cell,
                                    struct mop_run *run, bool kept)
{
    struct mop_arena *a = kept ? &d->arena : run->scratch;
    struct mop_entry *e = mop_arena_alloc(a, sizeof *e);
    e->kept = kept;
    mop_value_read(d->field, cell, run, a, &e->v);
    mop_days_clear(&run->days);
    finish_entry(d, e, run, a);
    e->dated = in_window(&e->v) || run->days.asked;
    return e;
}

static struct mop_entry *make_fixed(struct mop_dictionary *d, enum mop_state state,
                                    const struct mop_cell *cell, struct mop_run *run)
{
    struct mop_entry *e = mop_arena_alloc(&d->arena, sizeof *e);
    if (cell)
        mop_value_read(d->field, cell, run, &d->arena, &e->v);
    e->v.state = state;
    finish_entry(d, e, run, &d->arena);
    return e;
}

static struct mop_entry *fixed_entry(struct mop_dictionary *d, enum mop_state state,
                                     const struct mop_cell *cell, struct mop_run *run)
{
    if (!d->fixed[state])
        d->fixed[state] = make_fixed(d, state, cell, run);
    return d->fixed[state];
}

static struct mop_entry *broken_entry(struct mop_dictionary *d, struct mop_run *run)
{
    if (!d->broken) {
        d->broken = make_fixed(d, MOP_ST_UNREADABLE, NULL, run);
        d->broken->broken = true;
    }
    return d->broken;
}

struct mop_entry *mop_dictionary_unreadable(struct mop_dictionary *d, struct mop_run *run)
{
    return fixed_entry(d, MOP_ST_UNREADABLE, NULL, run);
}

#ifdef MOP_TEST_HOOKS
/* $MOP_DICTIONARY_TRIAL=n: so many misses are enough. */
static uint64_t trial(void)
{
    const char *n = getenv("MOP_DICTIONARY_TRIAL");
    return n ? (uint64_t)strtoul(n, NULL, 10) : MOP_DICTIONARY_TRIAL;
}
#else
static uint64_t trial(void)
{
    return MOP_DICTIONARY_TRIAL;
}
#endif

/* Misses that outnumber hits after some thousand mean a nearly unique column: keeping its values
 * would only cost memory. */
static bool keep_off(struct mop_dictionary *d)
{
    if (d->misses < trial() || d->misses < d->hits)
        return d->map.n >= MOP_DICTIONARY_MAX;
    d->bypass = true;
    return true;
}

static struct mop_entry *look_value(struct mop_dictionary *d, const struct mop_cell *cell,
                                    struct mop_run *run)
{
    if (d->bypass)
        return make_entry(d, cell, run, false);
    uint64_t *item = mop_map_find(&d->map, cell->v);
    if (item) {
        d->hits++;
        return (struct mop_entry *)(uintptr_t)*item;
    }
    d->misses++;
    if (keep_off(d))
        return make_entry(d, cell, run, false);
    struct mop_cell own = *cell;
    own.v = mop_arena_copy(&d->arena, cell->v);
    struct mop_entry *e = make_entry(d, &own, run, true);
    bool added;
    *mop_map_put(&d->map, own.v, &added) = (uint64_t)(uintptr_t)e;
    return e;
}

struct mop_entry *mop_dictionary_look(struct mop_dictionary *d, const struct mop_cell *cell,
                                      struct mop_run *run)
{
    if (!cell)
        return fixed_entry(d, MOP_ST_MISSING, NULL, run);
    if (cell->fault)
        return broken_entry(d, run);
    if (cell->presence == MOP_ABSENT)
        return fixed_entry(d, MOP_ST_ABSENT, cell, run);
    if (cell->presence == MOP_NULL)
        return fixed_entry(d, MOP_ST_NULL, cell, run);
    if (!cell->v.n) /* counts neither as hit nor as miss: a column half empty may be unique for the
                       rest */
        return fixed_entry(d, MOP_ST_EMPTY,
                           &(struct mop_cell){.v = MOP_SV(""), .presence = MOP_GIVEN}, run);
    return look_value(d, cell, run);
}

enum mop_outcome mop_entry_outcome(const struct mop_test *t, const struct mop_entry *e, bool told)
{
    return (enum mop_outcome)(told ? e->told : e->raw)[t->slot];
}

enum mop_truth mop_entry_truth(const struct mop_test *t, const struct mop_entry *e,
                               bool blank_unknown)
{
    const struct mop_value *v = &e->v;
    if (e->broken && t->kind == &mop_kind_written)
        return MOP_FALSE; /* asks for bytes, and these are others */
    if (v->state < MOP_ST_ABSENT)
        return MOP_UNKNOWN;
    if (blank_unknown && t->kind != &mop_kind_written)
        return MOP_UNKNOWN;
    switch ((enum mop_outcome)e->told[t->slot]) {
    case MOP_PASS:
        return MOP_TRUE;
    case MOP_UNDECIDED:
        return MOP_UNKNOWN;
    default:
        return MOP_FALSE;
    }
}
