/* SPDX-License-Identifier: MIT */
#include "history/causes.h"

/* Checks that came, went, or judge otherwise, and the dates that made them. */

/* A check by both; NULL: there is none. */
struct pair {
    const struct mop_check *then, *now;
    const struct mop_rule_tally *was, *is;
};

/* ---- dates that passed between the two ---- */

/* The day on which the window was entered or left on the way from one to the other. */
static int32_t crossed(const struct mop_causes *x, const struct mop_window *w)
{
    bool was = mop_log_inside(x->then, w), is = mop_log_inside(x->now, w);
    if (was == is)
        return INT32_MIN;
    return is ? w->from : w->until + 1;
}

static int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static int32_t term_came(const struct mop_causes *x, const struct mop_term *t)
{
    int32_t since = t->has_valid ? crossed(x, &t->valid) : INT32_MIN;
    return t->expired && t->provisional_until >= x->then->as_of.day
               ? later(since, t->provisional_until + 1)
               : since;
}

static int32_t phase_came(const struct mop_causes *x, const struct mop_check *c)
{
    return c->phase_ended != INT32_MIN && c->phase_ended >= x->then->as_of.day ? c->phase_ended + 1
                                                                               : INT32_MIN;
}

struct coming {
    const struct mop_causes *x;
    int32_t since;
};

static void note_terms(const struct mop_vocabulary *v, void *ctx)
{
    struct coming *k = ctx;
    for (size_t i = 0; i < v->nterms; i++)
        k->since = later(k->since, term_came(k->x, v->terms[i]));
}

/* The last day that made the check judge otherwise, if no word of it was touched. */
static int32_t day_came(const struct mop_causes *x, const struct mop_check *c)
{
    int32_t since = later(phase_came(x, c), crossed(x, &c->applies));
    struct coming k = {x, since};
    if (c->field)
        mop_field_vocabularies(c->field, note_terms, &k);
    return x->same_text || x->same_checks ? k.since : INT32_MIN;
}

/* ---- checks ---- */

static bool found_any(const struct mop_rule_tally *t)
{
    return t->failed || t->undecided;
}

static bool same_values(struct mop_causes *x, const struct mop_rule_tally *a,
                        const struct mop_rule_tally *b)
{
    if (a->nvalues != b->nvalues)
        return false;
    const struct mop_rule_value **v = mop_sorted_values(x->a, a), **w = mop_sorted_values(x->a, b);
    for (size_t i = 0; i < a->nvalues; i++)
        if (v[i]->count != w[i]->count || !mop_sv_eq(v[i]->value, w[i]->value))
            return false;
    return true;
}

/* It judges as it did, and what it fails differs by the records that it sees. */
static bool by_population(const struct mop_causes *x, const struct mop_by_both *y,
                          const struct mop_check *c)
{
    return y->other_population && x->same_checks && day_came(x, c) == INT32_MIN;
}

/* Who passes more or fewer moves no score, unless it is by that that records are assessed; where
 * others are excluded, more or fewer pass anyway. */
static bool same_tally(struct mop_causes *x, const struct mop_by_both *y, const struct pair *p)
{
    return (!y->other_records || y->other_population || p->was->applied == p->is->applied) &&
           p->was->failed == p->is->failed && p->was->undecided == p->is->undecided &&
           same_values(x, p->was, p->is);
}

/* "12 of 90 fail, 3 of 80 by the earlier rules; of 4 it cannot be told" */
static struct mop_sv counts(struct mop_causes *x, const struct pair *p)
{
    if (p->is->failed == p->was->failed && p->is->undecided == p->was->undecided &&
        p->is->applied == p->was->applied)
        return mop_arena_printf(x->a, "%.*s of %.*s fail, as many others by the earlier rules",
                                MOP_SV_ARG(mop_cause_count(x, p->is->failed)),
                                MOP_SV_ARG(mop_cause_count(x, p->is->applied)));
    struct mop_sv text =
        mop_arena_printf(x->a, "%.*s of %.*s fail, %.*s of %.*s by the earlier rules",
                         MOP_SV_ARG(mop_cause_count(x, p->is->failed)),
                         MOP_SV_ARG(mop_cause_count(x, p->is->applied)),
                         MOP_SV_ARG(mop_cause_count(x, p->was->failed)),
                         MOP_SV_ARG(mop_cause_count(x, p->was->applied)));
    if (p->is->undecided != p->was->undecided)
        text =
            mop_arena_printf(x->a, "%.*s; of %.*s it cannot be told, of %.*s by the earlier ones",
                             MOP_SV_ARG(text), MOP_SV_ARG(mop_cause_count(x, p->is->undecided)),
                             MOP_SV_ARG(mop_cause_count(x, p->was->undecided)));
    return text;
}

static struct mop_sv judged_words(struct mop_causes *x, const struct mop_by_both *y,
                                  const struct pair *p)
{
    const struct mop_field *f = p->now->field, *g = p->then->field;
    struct mop_sv text = counts(x, p);
    if (f && g && f->not_expected != g->not_expected)
        text = mop_arena_printf(x->a, "its column is %s; %.*s",
                                f->not_expected ? "expected no more" : "expected now",
                                MOP_SV_ARG(text));
    if (y->other_population)
        text = mop_arena_printf(x->a, "%.*s; also, other records are excluded", MOP_SV_ARG(text));
    return text;
}

static const char *severity_of(const struct mop_check *c)
{
    return c->severity == MOP_SEV_ERROR ? "an error" : "a warning";
}

static struct mop_sv filed_words(struct mop_causes *x, const struct pair *p)
{
    const struct mop_check *was = p->then, *is = p->now;
    struct mop_sv who = MOP_SV("");
    if (!mop_sv_eq(was->owner, is->owner))
        who = mop_arena_printf(x->a, "owner %.*s then, %.*s now",
                               MOP_SV_ARG(was->owner.n ? was->owner : MOP_SV("nobody")),
                               MOP_SV_ARG(is->owner.n ? is->owner : MOP_SV("nobody")));
    if (was->dimension == is->dimension)
        return who;
    return mop_arena_printf(x->a, "%.*s%sanother dimension", MOP_SV_ARG(who), who.n ? ", " : "");
}

/* Only errors decide of scores. */
static void compare_check(struct mop_causes *x, const struct mop_by_both *y, const struct pair *p)
{
    const struct mop_check *c = p->now ? p->now : p->then;
    struct mop_sv record = y->now->record->name;
    bool told = y->other_records || (p->is && found_any(p->is)) || (p->was && found_any(p->was));
    if (!p->was && p->is && c->severity == MOP_SEV_ERROR && told) {
        mop_cause_add(x, MOP_CAUSE_NEW, record, c->id,
                      mop_arena_printf(x->a, "%.*s of %.*s fail",
                                       MOP_SV_ARG(mop_cause_count(x, p->is->failed)),
                                       MOP_SV_ARG(mop_cause_count(x, p->is->applied))),
                      phase_came(x, c), p->is->failed + p->is->undecided);
    } else if (!p->is && p->was && c->severity == MOP_SEV_ERROR && told) {
        mop_cause_add(x, MOP_CAUSE_GONE, record, c->id,
                      mop_arena_printf(x->a, "%.*s of %.*s failed it",
                                       MOP_SV_ARG(mop_cause_count(x, p->was->failed)),
                                       MOP_SV_ARG(mop_cause_count(x, p->was->applied))),
                      INT32_MIN, p->was->failed + p->was->undecided);
    } else if (p->is && p->was && p->now->severity != p->then->severity && told) {
        mop_cause_add(
            x, MOP_CAUSE_SEVERITY, record, c->id,
            mop_arena_printf(x->a, "%s then, %s now%s: %.*s of %.*s fail", severity_of(p->then),
                             severity_of(c),
                             phase_came(x, c) == INT32_MIN ? "" : ", as its phase-in ended",
                             MOP_SV_ARG(mop_cause_count(x, p->is->failed)),
                             MOP_SV_ARG(mop_cause_count(x, p->is->applied))),
            phase_came(x, c), p->is->failed + p->is->undecided);
    } else if (p->is && p->was && c->severity == MOP_SEV_ERROR && !same_tally(x, y, p) &&
               !by_population(x, y, c)) {
        mop_cause_add(
            x, MOP_CAUSE_JUDGES, record, c->id, judged_words(x, y, p), day_came(x, c),
            mop_cause_apart(p->is->failed + p->is->undecided, p->was->failed + p->was->undecided));
    } else if (p->is && p->was && c->severity == MOP_SEV_ERROR && told && filed_words(x, p).n) {
        mop_cause_add(x, MOP_CAUSE_FILED, record, c->id, filed_words(x, p), INT32_MIN, 0);
    }
}

void mop_causes_of_checks(struct mop_causes *x, const struct mop_by_both *y)
{
    const struct mop_record *now = y->now->record, *then = y->then->record;
    for (size_t i = 0; i < now->nchecks; i++) {
        const struct mop_check *c = now->checks[i], *was = mop_cause_check(then, c->id);
        was = was ? was : mop_cause_check(then, c->renamed_from);
        compare_check(x, y,
                      &(struct pair){was, c, was ? &y->then->tally->rules_tally[was->index] : NULL,
                                     &y->now->tally->rules_tally[i]});
    }
    for (size_t i = 0; i < then->nchecks; i++) {
        const struct mop_check *c = then->checks[i];
        if (!mop_cause_check(now, c->id) && !mop_cause_renamed(now, c->id))
            compare_check(x, y, &(struct pair){c, NULL, &y->then->tally->rules_tally[i], NULL});
    }
}
