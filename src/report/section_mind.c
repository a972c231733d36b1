/* SPDX-License-Identifier: MIT */
#include "report/sections.h"

/* What was judged, but makes the figures or the verdict other than they seem. */

enum { SUPPRESSIONS_BRIEF = 20, SUPPRESSIONS_FULL = 100, PHASES_BRIEF = 20, PHASES_FULL = 100 };

#define SHOWN(text) MOP_SV_ARG(mop_shown_text(&p->arena, (text), 60))
#define RECORDS(n, r)                                                                              \
    MOP_SV_ARG(                                                                                    \
        mop_shown_records(&p->arena, (uint64_t)(n), mop_shown_text(&p->arena, (r)->name, 60)))
#define COUNT(n) MOP_SV_ARG(mop_shown_count(&p->arena, (uint64_t)(n)))

static void say_undated(struct mop_page *p)
{
    for (size_t i = 0; i < p->r->ntypes; i++) {
        const struct mop_tally *t = p->r->types[i].tally;
        if (t->undated)
            mop_item(p, MOP_TONE_PLAIN, "%.*s %s no readable date: %s",
                     RECORDS(t->undated, t->record), t->undated == 1 ? "has" : "have",
                     t->dateless ? "without its column nobody knows which are new"
                                 : "judged as of today, never new");
    }
}

static void say_grandfathered(struct mop_page *p, const struct mop_type_result *y)
{
    size_t n = 0;
    uint64_t most = 0;
    for (size_t i = 0; i < y->record->nchecks; i++) {
        uint64_t records = y->tally->rules_tally[i].grandfathered;
        n += records > 0;
        most = records > most ? records : most;
    }
    if (n)
        mop_item(p, MOP_TONE_PLAIN,
                 "%zu rule%s for %.*s records from a date on: up to %.*s of before are left alone",
                 n, n == 1 ? " holds" : "s hold", SHOWN(y->record->name),
                 MOP_SV_ARG(mop_shown_records(&p->arena, most, MOP_SV(""))));
}

static void say_suppression(struct mop_page *p, const struct mop_suppression *s)
{
    struct mop_sv until =
        s->until == INT32_MAX ? MOP_SV("for ever") : mop_shown_day(&p->arena, s->until);
    if (s->expired)
        mop_item(p, MOP_TONE_WARN, "%.*s is no longer suppressed: that ended on %.*s",
                 SHOWN(s->rule), MOP_SV_ARG(until));
    else
        mop_item(p, MOP_TONE_PLAIN,
                 "%.*s: %.*s finding%s suppressed %s%.*s (%.*s%s%.*s); the scores count them",
                 SHOWN(s->rule), COUNT(mop_suppressed(p->r, s)),
                 mop_suppressed(p->r, s) == 1 ? " is" : "s are",
                 s->until == INT32_MAX ? "" : "until ", MOP_SV_ARG(until), SHOWN(s->reason),
                 s->by.n ? ", " : "", SHOWN(s->by));
}

/* Where there are many, those that ended, which somebody has to see to, come first. */
static void say_suppressions(struct mop_page *p)
{
    const struct mop_ruleset *rs = p->r->rules;
    size_t most = mop_page_most(p, rs->nsuppressions, SUPPRESSIONS_BRIEF, SUPPRESSIONS_FULL);
    size_t ended = 0, told = 0, others = 0;
    for (size_t i = 0; i < rs->nsuppressions; i++)
        ended += rs->suppressions[i].expired;
    size_t room = most > ended ? most - ended : 0;
    for (size_t i = 0; i < rs->nsuppressions && told < most; i++) {
        const struct mop_suppression *s = &rs->suppressions[i];
        if (!s->expired && others++ >= room)
            continue;
        say_suppression(p, s);
        told++;
    }
    mop_page_more(p, rs->nsuppressions, told, "suppressions, all in the JSON report (-f json)");
}

static void say_baseline(struct mop_page *p)
{
    const struct mop_result *r = p->r;
    if (r->baseline.known)
        mop_item(p, MOP_TONE_PLAIN, "Findings in the baseline, which do not decide: %.*s",
                 COUNT(r->baseline.known));
    if (r->baseline.stale)
        mop_item(p, MOP_TONE_PLAIN, "Findings of the baseline that are gone: %.*s; write it anew",
                 COUNT(r->baseline.stale));
}

/* What is off is not judged, so nobody knows what it will cost. */
static void say_coming(struct mop_page *p, const struct mop_check *c)
{
    bool error = c->final_severity == MOP_SEV_ERROR;
    mop_item(p, MOP_TONE_WARN, "%.*s is off until %.*s, then %s", SHOWN(c->id),
             MOP_SV_ARG(mop_shown_day(&p->arena, c->phase_until)),
             error ? "an error: what it will cost is not judged yet" : "a warning");
}

static void say_phases(struct mop_page *p, const struct mop_type_result *y)
{
    struct mop_arena *a = &p->arena;
    size_t most = mop_page_most(p, y->nphases, PHASES_BRIEF, PHASES_FULL);
    for (size_t i = 0; i < most; i++) {
        const struct mop_phase *f = &y->phases[i];
        const struct mop_score now = mop_overall(p->r, y).records;
        if (!f->counted)
            say_coming(p, f->check);
        if (!f->counted || now.reason || f->then.records.reason)
            continue;
        mop_item(p, MOP_TONE_WARN,
                 "%.*s is a warning until %.*s, then an error: clean falls from %.*s to %.*s %%",
                 SHOWN(f->check->id), MOP_SV_ARG(mop_shown_day(a, f->check->phase_until)),
                 MOP_SV_ARG(mop_shown_tenths(a, mop_score_tenths(&now))),
                 MOP_SV_ARG(mop_shown_tenths(a, mop_score_tenths(&f->then.records))));
    }
    mop_page_more(p, y->nphases, most, "rules whose phase-in ends");
}

/* Hardly any data is wrong in every record: rather the rule, or the column that it reads. */
static bool fails_all(const struct mop_result *r, const struct mop_type_result *y, size_t i)
{
    enum { FEW = 20 };
    const struct mop_rule_tally *t = &y->tally->rules_tally[i];
    const struct mop_check *c = y->record->checks[i];
    return t->failed >= FEW && t->failed == t->applied && c->role != MOP_CHECK_INPUT &&
           !mop_missing_of(r, y, c);
}

static bool any_fails_all(const struct mop_result *r)
{
    for (size_t i = 0; i < r->ntypes; i++)
        for (size_t k = 0; k < r->types[i].record->nchecks; k++)
            if (fails_all(r, &r->types[i], k))
                return true;
    return false;
}

static void say_all_fail(struct mop_page *p, const struct mop_type_result *y)
{
    size_t n = 0, shown, told = 0;
    for (size_t i = 0; i < y->record->nchecks; i++)
        n += fails_all(p->r, y, i);
    shown = mop_page_most(p, n, 5, 20);
    for (size_t i = 0; i < y->record->nchecks && told < shown; i++) {
        if (!fails_all(p->r, y, i))
            continue;
        told++;
        mop_item(p, MOP_TONE_WARN, "all %.*s to which '%.*s' applies fail it: is it the rule?",
                 RECORDS(y->tally->rules_tally[i].failed, y->record),
                 SHOWN(y->record->checks[i]->id));
    }
    mop_page_more(p, n, shown, "rules that all records fail");
}

/* A section without lines is not drawn, so it is known first whether there are any. */
static bool any_phase(const struct mop_result *r)
{
    for (size_t i = 0; i < r->ntypes; i++) {
        const struct mop_type_result *y = &r->types[i];
        if (y->nphases || y->tally->undated)
            return true;
        for (size_t k = 0; k < y->record->nchecks; k++)
            if (y->tally->rules_tally[k].grandfathered)
                return true;
    }
    return false;
}

static void draw(struct mop_page *p, bool suppressions)
{
    const struct mop_result *r = p->r;
    if ((mop_is_partial(r) || !(any_phase(r) || any_fails_all(r))) &&
        !(suppressions && r->rules->nsuppressions) && !r->baseline.known && !r->baseline.stale)
        return;
    mop_heading(p, 1, "Judged, and to be kept in mind");
    if (!mop_is_partial(r)) {
        say_undated(p);
        for (size_t i = 0; i < r->ntypes; i++)
            say_grandfathered(p, &r->types[i]);
        for (size_t i = 0; i < r->ntypes; i++)
            say_all_fail(p, &r->types[i]);
    }
    if (suppressions)
        say_suppressions(p);
    say_baseline(p);
    for (size_t i = 0; i < r->ntypes; i++)
        say_phases(p, &r->types[i]);
}

void mop_section_mind(struct mop_page *p)
{
    draw(p, true);
}

void mop_section_mind_else(struct mop_page *p)
{
    draw(p, false);
}
