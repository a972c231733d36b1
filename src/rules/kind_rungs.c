/* SPDX-License-Identifier: MIT */
#include "rules/kind_util.h"
#include "rules/kinds.h"

/*
 * The rungs of a vocabulary's ladder: each a check of its own, so that each has an id and a
 * severity. A value is on one rung, that of the last step it needed; the checks of the other rungs
 * pass. (Rung `.case` is in kind_case.c.)
 */
struct rung {
    const struct mop_kind *kind;
    enum mop_rung rung;
};
static const struct rung rungs[] = {
    {&mop_kind_whitespace, MOP_RUNG_WHITESPACE},
    {&mop_kind_separator, MOP_RUNG_SEPARATOR},
    {&mop_kind_alias, MOP_RUNG_ALIAS},
    {&mop_kind_deprecated, MOP_RUNG_DEPRECATED},
    {&mop_kind_provisional, MOP_RUNG_PROVISIONAL},
};

static int rung_compile(struct mop_scope *s, const struct mop_node *use,
                        const struct mop_node *opts, struct mop_test *t)
{
    (void)s, (void)use, (void)opts;
    for (size_t i = 0; i < sizeof rungs / sizeof *rungs; i++)
        if (rungs[i].kind == t->kind)
            t->arg = &rungs[i];
    return 0;
}

static enum mop_outcome rung_value(const struct mop_test *t, const struct mop_value *v,
                                   struct mop_run *run)
{
    const struct rung *r = t->arg;
    (void)run;
    if (v->rung == MOP_RUNG_NONE)
        return MOP_NA;
    return v->rung == r->rung ? MOP_FAIL : MOP_PASS;
}

static void propose_term(const struct mop_value *v, struct mop_words *w)
{
    if (v->term)
        mop_propose(w, v->term->value, true);
    else if (v->known)
        mop_propose(w, v->meant, true);
}

static struct mop_sv right_spelling(const struct mop_value *v)
{
    return v->term ? v->term->value : v->meant;
}

static void whitespace_explain(const struct mop_test *t, const struct mop_value *const *v,
                               struct mop_run *run, struct mop_words *w)
{
    (void)run;
    mop_say_written(w, t, v[0]);
    mop_say(w, " has blanks around ");
    mop_say_value(w, NULL, right_spelling(v[0]));
    propose_term(v[0], w);
}

static void separator_explain(const struct mop_test *t, const struct mop_value *const *v,
                              struct mop_run *run, struct mop_words *w)
{
    (void)run;
    mop_say_written(w, t, v[0]);
    mop_say(w, " is written ");
    mop_say_value(w, NULL, right_spelling(v[0]));
    propose_term(v[0], w);
}

static void alias_explain(const struct mop_test *t, const struct mop_value *const *v,
                          struct mop_run *run, struct mop_words *w)
{
    (void)run;
    mop_say_written(w, t, v[0]);
    mop_say(w, " is another name of ");
    mop_say_value(w, NULL, right_spelling(v[0]));
    mop_say(w, ": reports show them apart");
    propose_term(v[0], w);
}

static void deprecated_explain(const struct mop_test *t, const struct mop_value *const *v,
                               struct mop_run *run, struct mop_words *w)
{
    const struct mop_term *term = v[0]->term;
    (void)run;
    mop_say_written(w, t, v[0]);
    if (!term) {
        mop_say(w, " is not used any more");
        return;
    }
    mop_say_window(w, term);
    if (!term->use)
        return;
    mop_say(w, "; use ");
    mop_say_value(w, NULL, term->use->value);
    mop_propose(w, term->use->value, true);
}

static void provisional_explain(const struct mop_test *t, const struct mop_value *const *v,
                                struct mop_run *run, struct mop_words *w)
{
    const struct mop_term *term = v[0]->term;
    (void)run;
    mop_say_written(w, t, v[0]);
    mop_say(w, " is not agreed on yet");
    if (!term)
        return;
    if (term->provisional_until != INT32_MAX) {
        mop_say(w, ", accepted until ");
        mop_say_day(w, term->provisional_until);
    }
    if (term->provisional_by.n)
        mop_say(w, " (asked for by %.*s)", MOP_SV_ARG(term->provisional_by));
}

#define RUNG(NAME, SUMMARY, SEVERITY, DIMENSION, DOC)                                              \
    const struct mop_kind mop_kind_##NAME = {                                                      \
        .name = #NAME,                                                                             \
        .summary = SUMMARY,                                                                        \
        .doc = DOC,                                                                                \
        .schema = "{\"type\": \"object\"}",                                                        \
        .severity = SEVERITY,                                                                      \
        .dimension = DIMENSION,                                                                    \
        .flags = MOP_K_ASSERT | MOP_K_HIDDEN,                                                      \
        .compile = rung_compile,                                                                   \
        .value = rung_value,                                                                       \
        .explain = NAME##_explain,                                                                 \
    }

RUNG(whitespace, "blanks around a value of the vocabulary", MOP_SEV_ERROR, MOP_DIM_CONSISTENCY,
     "'google ' and 'google' look alike on the screen and are two rows in a report.\n"
     "  bad   utm_source: 'google '        good  utm_source: google\n"
     "What to do: take the proposal; it changes no meaning. Trim where the value enters (form, "
     "import, link builder).");
RUNG(separator, "other separators than the vocabulary's", MOP_SEV_ERROR, MOP_DIM_CONSISTENCY,
     "'paid-social' and 'paid_social' are two rows in a report. The vocabulary asks for this rung "
     "with\n"
     "fold: [blanks, case, separators].\n"
     "  bad   utm_medium: paid-social      good  utm_medium: paid_social\n"
     "What to do: take the proposal, and correct the link or form that writes the other one.");
RUNG(alias, "another name of a value of the vocabulary", MOP_SEV_ERROR, MOP_DIM_CONSISTENCY,
     "The team knows what 'fb' means; the report does not: it stands in the wrong row.\n"
     "  bad   utm_source: fb               good  utm_source: facebook\n"
     "What to do: take the proposal. The aliases of a value stand beside it in the vocabulary.");
RUNG(deprecated, "a value outside its dates, or replaced by another", MOP_SEV_WARNING,
     MOP_DIM_VALIDITY,
     "A value may be right for old records and wrong for new ones: the record's date decides "
     "('dated_by').\n"
     "  twitter: {valid: {until: 2023-07-31}, use: x}\n"
     "What to do: write the value that 'use' names; the proposal has it.");
RUNG(provisional, "a value that is not agreed on yet", MOP_SEV_WARNING, MOP_DIM_VALIDITY,
     "Somebody asked for a new value and may use it for a while. Up to its date it is a warning, "
     "after it an error.\n"
     "  tiktok: {provisional: {until: 2026-12-31, by: dana}}\n"
     "What to do: decide. Take 'provisional' away, or name the value to use instead.");
