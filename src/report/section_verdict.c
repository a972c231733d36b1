/* SPDX-License-Identifier: MIT */
#include "report/sections.h"

/* The end: what the words mean, and the verdict. */

enum { REASONS = 100, GATES_BRIEF = 20, GATES_FULL = 100 };

/* A word that a report uses, explained where it is used. */
static bool any_hold(const struct mop_result *r)
{
    for (size_t i = 0; i < r->nreports; i++)
        if (r->reports[i].decision == MOP_DECISION_HOLD)
            return true;
    return mop_is_partial(r) && r->nreports;
}

static bool any_points(const struct mop_result *r)
{
    for (size_t i = 0; i < r->ntypes; i++)
        if (r->types[i].nfixes)
            return true;
    return false;
}

static bool any_untold(const struct mop_result *r)
{
    for (size_t i = 0; i < r->ntypes; i++)
        for (size_t k = 0; k < r->types[i].record->nchecks; k++)
            if (r->types[i].tally->rules_tally[k].undecided)
                return true;
    return false;
}

static bool any_suppressed(const struct mop_result *r)
{
    return r->rules->nsuppressions > 0;
}

static bool any_moves(const struct mop_result *r)
{
    return r->nlifecycles > 0;
}

static const struct word {
    const char *brief, *text;                 /* brief NULL: without --full it is not told */
    bool (*used)(const struct mop_result *r); /* NULL: always */
} words[] = {
    {"HOLD: do not send it",
     "HOLD: do not send it: it misses what is asked of it, or a check of its data fails", any_hold},
    {"clean: no error rule fails, and none is open",
     "clean: no error rule fails, and none could not be told; in money: the money of such records",
     NULL},
    {"cannot be told: what is read is missing or wrong",
     "cannot be told: what the rule reads is missing or fails itself; such a record is not clean",
     any_untold},
    {"suppressed: let pass for a time; no score moves",
     "suppressed: let pass for a time by the taxonomy; it does not decide, and no score moves",
     any_suppressed},
    {"points: percent of all that a rule's failures make unclean",
     "points: percent of all records (of all money) that a rule's failures make unclean; where "
     "several rules fail in one record they share it",
     any_points},
    {NULL, "alone: the points that become clean if this rule is repaired and no other", any_points},
    {NULL, "strict: clean, and no warning either", NULL},
    {NULL, "accepted: like clean, with suppressed findings let pass; it decides nothing", NULL},
    {NULL, "checked: a rule applied that asks for more than to be filled in", NULL},
    {NULL,
     "drops out, misplaced, twice, late: what the record does to a report: it is missing, stands "
     "in a wrong place or cannot be used, is counted twice, comes late; untidy: none of these",
     NULL},
    {NULL, "went on: came to any later stage of the path, an end such as 'lost' among them",
     any_moves},
};

/* The short form has room for the few that every reader meets. */
static void draw_legend(struct mop_page *p)
{
    struct mop_sv brief = MOP_SV("");
    if (!p->brief)
        mop_heading(p, 1, "What the words mean");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const struct word *w = &words[i];
        if (w->used && !w->used(p->r))
            continue;
        if (!p->brief)
            mop_item(p, MOP_TONE_PLAIN, "%s", w->text);
        else if (w->brief)
            brief = mop_arena_printf(&p->arena, "%.*s%s%s", MOP_SV_ARG(brief), brief.n ? ". " : "",
                                     w->brief);
    }
    if (p->brief)
        mop_para(p, MOP_TONE_FAINT, "%.*s", MOP_SV_ARG(brief));
}

/* Those that the first screen had no room for. */
static void say_reasons(struct mop_page *p)
{
    const struct mop_result *r = p->r;
    size_t n = 0;
    for (size_t i = 0; i < r->nwhy; i++)
        if (!mop_reason_is_first(r, i) && n++ < REASONS)
            mop_item(p, MOP_TONE_PLAIN, "%.*s", MOP_SV_ARG(r->why[i].text));
    mop_page_more(p, n, REASONS, "reasons, all in the JSON report (-f json)");
}

static void say_gates(struct mop_page *p)
{
    const struct mop_result *r = p->r;
    size_t n = 0, met = 0;
    for (size_t i = 0; i < r->ngates; i++)
        met += r->gates[i].met && !r->gates[i].skipped;
    size_t most = mop_page_most(p, met, GATES_BRIEF, GATES_FULL);
    for (size_t i = 0; i < r->ngates; i++)
        if (r->gates[i].skipped)
            mop_item(p, MOP_TONE_PLAIN, "%.*s is not asked for: %s", MOP_SV_ARG(r->gates[i].name),
                     r->gates[i].skipped);
        else if (r->gates[i].met && n++ < most)
            mop_item(p, MOP_TONE_PLAIN, "%.*s is %.*s: at least %.*s %.*s",
                     MOP_SV_ARG(r->gates[i].name), MOP_SV_ARG(r->gates[i].got),
                     MOP_SV_ARG(r->gates[i].wanted), MOP_SV_ARG(r->gates[i].asked));
    mop_page_more(p, met, most, "scores that reach what was asked for");
}

void mop_section_verdict(struct mop_page *p)
{
    static const char *const names[] = {"PASS", "FAIL", "PARTIAL"};
    static const enum mop_tone tones[] = {MOP_TONE_GOOD, MOP_TONE_BAD, MOP_TONE_BAD};
    const struct mop_result *r = p->r;
    if (!p->brief)
        draw_legend(p);
    mop_heading(p, 1, "Verdict");
    if (mop_is_partial(r))
        mop_item(p, MOP_TONE_PLAIN,
                 "the data was not read whole: no figure of this run is to be trusted");
    if (r->unkept)
        mop_item(p, MOP_TONE_PLAIN,
                 "the run was not done whole: run it again once there is a history");
    if (r->unwritten)
        mop_item(p, MOP_TONE_PLAIN,
                 "the run was not done whole: run it again once all its outputs can be written");
    if (!p->brief)
        say_reasons(p);
    say_gates(p);
    if (p->brief) {
        draw_legend(p);
        mop_para(p, MOP_TONE_FAINT,
                 "More with --full: each rule's worst values, all figures, records to look at, "
                 "more words; --findings findings.csv lists every finding");
    }
    mop_para(p, tones[r->status], "%s, exit status %d", names[r->status], r->exit);
}
