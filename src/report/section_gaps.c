/* SPDX-License-Identifier: MIT */
#include "report/sections.h"

/*
 * What was not judged, and what makes the figures other than they seem: a reader who trusts a
 * percentage has to see what is not in it. Excluded records come first.
 */

#define SHOWN(text) MOP_SV_ARG(mop_shown_text(&p->arena, (text), 60))
#define RECORDS(n, r)                                                                              \
    MOP_SV_ARG(                                                                                    \
        mop_shown_records(&p->arena, (uint64_t)(n), mop_shown_text(&p->arena, (r)->name, 60)))
#define COUNT(n) MOP_SV_ARG(mop_shown_count(&p->arena, (uint64_t)(n)))

static void say_excluded(struct mop_page *p)
{
    for (size_t i = 0; i < p->r->ntypes; i++) {
        const struct mop_tally *t = p->r->types[i].tally;
        const struct mop_record *rec = p->r->types[i].record;
        for (size_t k = 0; k < rec->nexcludes; k++)
            mop_item(p, MOP_TONE_PLAIN, "%.*s of %.*s %s taken out before judging: %.*s%s%.*s%s",
                     COUNT(t->excluded[k]), RECORDS(t->records, rec),
                     t->excluded[k] == 1 ? "was" : "were", SHOWN(rec->excludes[k].id),
                     rec->excludes[k].reason.n ? " (" : "", SHOWN(rec->excludes[k].reason),
                     rec->excludes[k].reason.n ? ")" : "");
    }
}

static void say_unassessed(struct mop_page *p)
{
    for (size_t i = 0; i < p->r->ntypes; i++) {
        const struct mop_tally *t = p->r->types[i].tally;
        uint64_t none = t->records - t->excluded_total - t->assessed;
        const struct mop_record *rec = p->r->types[i].record;
        if (none && t->records >= t->excluded_total + t->assessed)
            mop_item(p, MOP_TONE_PLAIN, "no error rule applies to %.*s of %.*s: %s in no score",
                     COUNT(none), RECORDS(t->records, rec), none == 1 ? "it is" : "they are");
        if (t->undated)
            mop_item(p, MOP_TONE_PLAIN, "%.*s %s no readable date: %s", RECORDS(t->undated, rec),
                     t->undated == 1 ? "has" : "have",
                     t->dateless ? "without its column nobody knows which are new"
                                 : "judged as of today, never new");
    }
}

static void say_undecided(struct mop_page *p)
{
    for (size_t i = 0; i < p->r->ntypes; i++) {
        const struct mop_type_result *y = &p->r->types[i];
        if (y->overall.records.undecided)
            mop_item(p, MOP_TONE_WARN, "%.*s could not be told good from bad: counted as not clean",
                     RECORDS(y->overall.records.undecided, y->record));
    }
}

/* A pattern that gave up on a value says more about the pattern than about the value. */
static void say_limited(struct mop_page *p)
{
    for (size_t i = 0; i < p->r->ntypes; i++) {
        const struct mop_record *rec = p->r->types[i].record;
        for (size_t k = 0; k < rec->nchecks; k++)
            if (p->r->types[i].tally->rules_tally[k].limited)
                mop_item(p, MOP_TONE_WARN,
                         "%.*s reached its match limit and could not tell: simplify its pattern",
                         SHOWN(rec->checks[k]->id));
    }
}

/* ---- columns and types that are not there ---- */

static void say_missing(struct mop_page *p)
{
    const struct mop_result *r = p->r;
    size_t told = 0, expected = 0, most = mop_page_most(p, r->nmissing, 5, 12);
    for (size_t i = 0; i < r->nmissing; i++) {
        const struct mop_missing_column *m = &r->missing[i];
        expected += m->expected;
        if (!m->expected || told == most)
            continue;
        told++;
        mop_item(p, MOP_TONE_BAD,
                 "%.*s has no column for %.*s.%.*s: its checks fail or cannot be told%s%.*s%s",
                 SHOWN(r->sources[m->source].name), SHOWN(m->field->record->name),
                 SHOWN(m->field->name), m->nearest.n ? "; the nearest header is '" : "",
                 SHOWN(m->nearest), m->nearest.n ? "'" : "");
    }
    mop_page_more(p, expected, told, "expected columns missing");
}

/* Per source one line: what is not expected is not judged and changes no score. */
static void say_unlisted(struct mop_page *p, size_t source)
{
    const struct mop_result *r = p->r;
    struct mop_buf names;
    mop_buf_init(&names, 2000);
    for (size_t i = 0; i < r->nmissing; i++)
        if (r->missing[i].source == source && !r->missing[i].expected)
            mop_buf_printf(&names, "%s%.*s", names.n ? ", " : "", SHOWN(r->missing[i].field->name));
    if (names.n || names.over)
        mop_item(p, MOP_TONE_PLAIN,
                 "%.*s has no column for %.*s%s: checks of them were not applied",
                 SHOWN(r->sources[source].name), (int)names.n, names.p, names.over ? ", ..." : "");
    mop_buf_release(&names);
}

static void say_reports(struct mop_page *p)
{
    for (size_t i = 0; i < p->r->nreports; i++) {
        const struct mop_report_result *x = &p->r->reports[i];
        if (x->absent)
            mop_item(p, MOP_TONE_BAD, "'%.*s' needs %.*s records, and no source has them",
                     SHOWN(x->spec->name), SHOWN(x->absent->name));
        for (size_t k = 0; k < x->nneeds; k++)
            for (size_t f = 0; f < x->needs[k].nunguarded; f++)
                mop_item(p, MOP_TONE_WARN, "'%.*s' uses %.*s.%.*s, which no error rule guards",
                         SHOWN(x->spec->name), SHOWN(x->needs[k].need->record->name),
                         SHOWN(x->needs[k].unguarded[f]->name));
    }
}

/* ---- rules that stood still ---- */

static void say_left_out(struct mop_page *p)
{
    const struct mop_ruleset *rs = p->r->rules;
    size_t given = mop_page_most(p, p->r->nleft_out, 10, 40);
    for (size_t i = 0; i < given; i++)
        mop_item(p, MOP_TONE_WARN, "%.*s was not judged: a column it reads is missing",
                 SHOWN(p->r->left_out[i]->id));
    mop_page_more(p, p->r->nleft_out, given, "rules left out");
    size_t shown = mop_page_most(p, rs->nnot_judged, 5, 20);
    for (size_t i = 0; i < shown; i++)
        mop_item(p, MOP_TONE_PLAIN, "%.*s was not judged: %.*s", SHOWN(rs->not_judged[i].id),
                 SHOWN(rs->not_judged[i].reason));
    mop_page_more(p, rs->nnot_judged, shown, "rules left out");
    if (p->r->selection)
        mop_item(p, MOP_TONE_WARN, "only a selection of the rules was judged: %s", p->r->selection);
}

static void say_idle(struct mop_page *p, const struct mop_type_result *y)
{
    size_t idle = 0, grandfathered = 0;
    uint64_t most = 0;
    for (size_t i = 0; i < y->record->nchecks; i++) {
        const struct mop_rule_tally *t = &y->tally->rules_tally[i];
        idle += !t->applied && y->record->checks[i]->role != MOP_CHECK_INPUT;
        grandfathered += t->grandfathered > 0;
        most = t->grandfathered > most ? t->grandfathered : most;
    }
    if (idle)
        mop_item(p, MOP_TONE_PLAIN, "%zu of %zu rule%s for %.*s records applied to no record", idle,
                 y->record->nchecks, y->record->nchecks == 1 ? "" : "s", SHOWN(y->record->name));
    if (grandfathered)
        mop_item(p, MOP_TONE_PLAIN,
                 "%zu rule%s for %.*s records from a date on: up to %.*s of before are left alone",
                 grandfathered, grandfathered == 1 ? " holds" : "s hold", SHOWN(y->record->name),
                 MOP_SV_ARG(mop_shown_records(&p->arena, most, MOP_SV(""))));
}

/* ---- suppressions and phase-ins ---- */

static void say_suppressions(struct mop_page *p)
{
    const struct mop_ruleset *rs = p->r->rules;
    struct mop_arena *a = &p->arena;
    for (size_t i = 0; i < rs->nsuppressions; i++) {
        const struct mop_suppression *s = &rs->suppressions[i];
        struct mop_sv until =
            s->until == INT32_MAX ? MOP_SV("for ever") : mop_shown_day(a, s->until);
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

static void say_phases(struct mop_page *p, const struct mop_type_result *y)
{
    struct mop_arena *a = &p->arena;
    for (size_t i = 0; i < y->nphases; i++) {
        const struct mop_phase *f = &y->phases[i];
        const struct mop_score now = mop_overall(p->r, y).records;
        if (now.reason || f->then.records.reason)
            continue;
        mop_item(p, MOP_TONE_WARN,
                 "%.*s is a warning until %.*s, then an error: clean falls from %.*s to %.*s %%",
                 SHOWN(f->check->id), MOP_SV_ARG(mop_shown_day(a, f->check->phase_until)),
                 MOP_SV_ARG(mop_shown_tenths(a, mop_score_tenths(&now))),
                 MOP_SV_ARG(mop_shown_tenths(a, mop_score_tenths(&f->then.records))));
    }
}

void mop_section_gaps(struct mop_page *p)
{
    mop_heading(p, 1, "What was not judged");
    say_excluded(p);
    say_missing(p);
    say_reports(p);
    if (!mop_is_partial(p->r)) { /* else it only shows where the reading ended */
        say_undecided(p);
        say_limited(p);
        say_unassessed(p);
    }
    for (size_t i = 0; i < p->r->nsources; i++)
        say_unlisted(p, i);
    say_left_out(p);
    for (size_t i = 0; i < p->r->ntypes && !mop_is_partial(p->r); i++)
        say_idle(p, &p->r->types[i]);
    say_suppressions(p);
    say_baseline(p);
    for (size_t i = 0; i < p->r->ntypes; i++)
        say_phases(p, &p->r->types[i]);
    if (!p->items)
        mop_para(p, MOP_TONE_PLAIN, "Nothing: every record that was read is in the figures.");
}
