/* SPDX-License-Identifier: MIT */
#include "rules/kind_util.h"
#include "rules/kinds.h"
#include "rules/lifecycle_args.h"
#include "rules/stage_history.h"

/* What the stage changes of a record say of it: back and transition. */

const struct mop_history *mop_test_history(const struct mop_test *t)
{
    if (t->kind != &mop_kind_back && t->kind != &mop_kind_transition)
        return NULL;
    return ((const struct mop_stage_arg *)t->arg)->l->history;
}

/* False: there is no stage or no history to walk. */
static bool walk(const struct mop_test *t, const struct mop_value *const *v, struct mop_run *run,
                 struct mop_walk *out)
{
    const struct mop_stage_arg *arg = t->arg;
    const struct mop_stage *own = mop_lifecycle_stage(arg->l, v[0]->meant);
    const struct mop_value *restarted = arg->restarted == SIZE_MAX ? NULL : v[arg->restarted];
    struct mop_stage_changes changes;
    if (!own || !run->changes || !run->changes(run, arg->l, v[1]->meant, &changes))
        return false;
    mop_history_walk(arg->l, &changes, own,
                     restarted && restarted->state == MOP_ST_VALUE ? &restarted->typed.when : NULL,
                     run, out);
    return true;
}

static enum mop_outcome outcome(size_t found, bool unsure, size_t judged)
{
    return found ? MOP_FAIL : unsure ? MOP_UNDECIDED : judged ? MOP_PASS : MOP_NA;
}

static enum mop_outcome back_row(const struct mop_test *t, const struct mop_value *const *v,
                                 struct mop_run *run)
{
    struct mop_walk w;
    return walk(t, v, run, &w) ? outcome(w.back.n, w.unsure, w.judged) : MOP_UNDECIDED;
}

static enum mop_outcome transition_row(const struct mop_test *t, const struct mop_value *const *v,
                                       struct mop_run *run)
{
    struct mop_walk w;
    return walk(t, v, run, &w) ? outcome(w.transition.n, w.unsure || w.unsure_transition, w.judged)
                               : MOP_UNDECIDED;
}

static struct mop_sv word(const struct mop_stage *st)
{
    return st->label.n ? st->label : st->name;
}

static void say_move(const struct mop_test *t, struct mop_words *w, const char *how,
                     const struct mop_move *m)
{
    struct mop_buf when;
    mop_buf_init(&when, 64);
    mop_when_print(&when, m->when);
    mop_say(w, "%s '%.*s' to '%.*s' on ", how, MOP_SV_ARG(word(m->from)), MOP_SV_ARG(word(m->to)));
    mop_say_value(w, mop_test_history(t)->at, mop_buf_view(&when));
    mop_buf_release(&when);
}

static void say_more(struct mop_words *w, const struct mop_move *m)
{
    if (m->n > 1)
        mop_say(w, ", the first of %zu such moves", m->n);
}

static void back_explain(const struct mop_test *t, const struct mop_value *const *v,
                         struct mop_run *run, struct mop_words *w)
{
    struct mop_walk found;
    if (!walk(t, v, run, &found) || !found.back.n)
        return;
    say_move(t, w, "went back from", &found.back);
    mop_say(w, " without being recycled");
    say_more(w, &found.back);
}

static void transition_explain(const struct mop_test *t, const struct mop_value *const *v,
                               struct mop_run *run, struct mop_words *w)
{
    struct mop_walk found;
    if (!walk(t, v, run, &found) || !found.transition.n)
        return;
    say_move(t, w, "went from", &found.transition);
    mop_say(w, ", which is no allowed transition");
    say_more(w, &found.transition);
}

#define MOVE(NAME, SUMMARY, DOC)                                                                   \
    const struct mop_kind mop_kind_##NAME = {                                                      \
        .name = #NAME,                                                                             \
        .summary = SUMMARY,                                                                        \
        .doc = DOC,                                                                                \
        .schema = "{\"type\": \"object\"}",                                                        \
        .severity = MOP_SEV_ERROR,                                                                 \
        .dimension = MOP_DIM_CONSISTENCY,                                                          \
        .flags = MOP_K_HIDDEN | MOP_K_ROW | MOP_K_BLANK | MOP_K_MEANT,                             \
        .leading = 2, /* the stage, and what the changes name the record by */                     \
        .row = NAME##_row,                                                                         \
        .explain = NAME##_explain,                                                                 \
        .unsure = "cannot be told: some change of its stage is missing, unreadable or undated",    \
    }

MOVE(back, "no record goes back on its path without being recycled",
     "A lead that is set back is counted twice on its way on: conversion rates rise above what "
     "happened, and the date of the first\n"
     "entry is overwritten. Wants a 'history' of stage changes; a change that is missing or cannot "
     "be read leaves it undecided.\n"
     "  bad   lead, mql, sql, mql              good  lead, mql, sql, recycled, mql\n"
     "What to do: recycle the lead (a stage beside the path, or the date of 'restarted_at') "
     "instead of setting it back.");
MOVE(transition, "every change of stage is an allowed one",
     "Whoever jumps over stages is missing in the conversion rates of those. Without "
     "'transitions: {allowed: ...}' a record may go\n"
     "one step on along the path, over a declared skip, and beside the path from anywhere; from "
     "there it may come back to where it\n"
     "left, or before. A move back on the path is told by 'back', not here.\n"
     "  bad   lead, customer                   good  lead, mql, sql, customer\n"
     "What to do: mend the automation that jumps, declare the skip, or list what is allowed.");
