/* SPDX-License-Identifier: MIT */
#include "report/from_result.h"
#include "report/sections.h"
#include "report/shown.h"
#include "score/known.h"

/* The rules of a run of `check`, and their values as problems. */

enum { VALUES_MAX = 1000 }; /* problems of one rule; what is left out is said */

/* A rule at hand. */
struct rule {
    struct mop_from_result *f;
    const struct mop_type_result *y;
    const struct mop_check *c;
    const struct mop_rule_tally *t;
    size_t index;
};

static enum mop_level level_of(enum mop_severity s)
{
    return s == MOP_SEV_ERROR ? MOP_FAULT : s == MOP_SEV_WARNING ? MOP_WARN : MOP_NOTE;
}

static bool is_left_out(const struct mop_result *r, const struct mop_check *c)
{
    for (size_t i = 0; i < r->nleft_out; i++)
        if (r->left_out[i] == c)
            return true;
    return false;
}

static struct mop_sv skipped(const struct rule *x)
{
    if (is_left_out(x->f->r, x->c))
        return MOP_SV("a column it reads is missing");
    return x->t->applied ? MOP_SV("") : MOP_SV("it applied to no record");
}

static size_t add_rule(const struct rule *x)
{
    const struct mop_check *c = x->c;
    struct mop_problem_rule r = {.id = c->id,
                                 .summary = mop_rule_words(&x->f->arena, c),
                                 .doc = c->why,
                                 .group = c->record->name,
                                 .level = level_of(c->severity),
                                 .tags = {mop_sv_of(mop_dimension_names[c->dimension]),
                                          mop_sv_of(mop_effect_names[c->effect])},
                                 .owner = c->owner,
                                 .skipped = skipped(x),
                                 .at = c->at.file ? c->at : c->record->at};
    for (size_t i = 0; i < c->ntags && i < 2; i++)
        r.tags[2 + i] = c->tags[i];
    return mop_problems_rule(x->f->p, &r);
}

/* ---- its problems ---- */

/* Standard input has no lines that anybody could look at. */
static struct mop_loc place_of(struct mop_from_result *f, struct mop_first at)
{
    struct mop_loc none = {0};
    if (!at.is || at.source >= f->r->nsources || mop_sv_eqs(f->r->sources[at.source].name, "-"))
        return none;
    return (struct mop_loc){mop_arena_str(&f->arena, f->r->sources[at.source].name),
                            at.line < UINT32_MAX ? (uint32_t)at.line : UINT32_MAX, 0};
}

/* Of all findings of the rule, where no value tells of which of them it is. */
static uint32_t suppressed_by(const struct rule *x)
{
    uint32_t by = 0;
    for (size_t i = 0; i < x->f->r->rules->nsuppressions; i++) {
        const struct mop_suppressed *s = &x->y->tally->suppressed[i];
        if (s->checks && s->findings && mop_bit_get(s->checks, x->c->index))
            by = by ? MOP_BY_SEVERAL : (uint32_t)i + 1;
    }
    return by;
}

static struct mop_sv reason_of(const struct rule *x, uint32_t by)
{
    const struct mop_ruleset *rs = x->f->r->rules;
    if (by == MOP_BY_SEVERAL)
        return MOP_SV("by several suppressions of the taxonomy");
    return by && rs->suppressions[by - 1].reason.n ? rs->suppressions[by - 1].reason
                                                   : MOP_SV("by the taxonomy");
}

enum part { STANDS, KNOWN, SUPPRESSED, PARTS };

/* What of `count` is suppressed, what is in the baseline, and what stands: a problem each, at the
 * first of its records. */
static void add_split(const struct rule *x, struct mop_problem *problem,
                      const struct mop_first first[PARTS], uint64_t count, uint64_t suppressed,
                      uint64_t known, uint32_t by)
{
    const uint64_t parts[PARTS] = {count - suppressed - known, known, suppressed};
    problem->rule = x->index;
    problem->level = level_of(x->c->severity);
    for (enum part i = STANDS; i < PARTS; i++) {
        problem->count = parts[i];
        problem->known = i == KNOWN;
        problem->suppressed = i == SUPPRESSED ? reason_of(x, by) : MOP_SV("");
        problem->at = place_of(x->f, first[i]);
        if (parts[i])
            mop_problems_add(x->f->p, problem);
    }
}

static struct mop_sv found(const struct rule *x, struct mop_sv value)
{
    return mop_shown_found(&x->f->arena, x->f->r->show_values, x->c, mop_check_masked_as(x->c),
                           value);
}

static struct mop_sv hint_of(const struct rule *x, const struct mop_rule_value *v)
{
    if (!v->proposal.n)
        return MOP_SV("");
    return mop_arena_printf(&x->f->arena, "%s '%.*s'", v->certain ? "write" : "perhaps",
                            MOP_SV_ARG(found(x, v->proposal)));
}

static void add_value(const struct rule *x, const struct mop_rule_value *v)
{
    struct mop_arena *a = &x->f->arena;
    struct mop_sv value = found(x, v->value), words = mop_rule_words(a, x->c);
    const struct mop_known_value *k = mop_known_value(x->f->r->known, x->c, v->value);
    const struct mop_first first[PARTS] = {k ? k->fresh : v->first[0], k ? k->known : v->first[0],
                                           v->first[1]};
    uint64_t known = k ? k->count : 0, open = v->count - v->suppressed;
    struct mop_problem problem = {
        .message = value.n ? mop_arena_printf(a, "%.*s: '%.*s'", MOP_SV_ARG(words),
                                              MOP_SV_ARG(mop_shown_text(a, value, 200)))
                           : words,
        .hint = hint_of(x, v),
        .identity = value.n ? value : MOP_SV("(blank)")};
    add_split(x, &problem, first, v->count, v->suppressed, known < open ? known : open,
              v->suppressed_by);
}

/* What is not listed is a note of the rule, so that every format has it. */
static void add_omitted(const struct rule *x, uint64_t values, uint64_t records)
{
    struct mop_arena *a = &x->f->arena;
    struct mop_problem problem = {.rule = x->index,
                                  .level = MOP_NOTE,
                                  .message =
                                      mop_arena_printf(a, "%s%.*s more values are not listed",
                                                       x->t->values_over ? "at least " : "",
                                                       MOP_SV_ARG(mop_shown_count(a, values))),
                                  .identity = MOP_SV("not listed"),
                                  .count = records};
    mop_problems_add(x->f->p, &problem);
}

static void add_values(const struct rule *x)
{
    const struct mop_rule_value **v = mop_sorted_values(&x->f->arena, x->t);
    uint64_t listed = 0;
    size_t n = x->t->nvalues < VALUES_MAX ? x->t->nvalues : VALUES_MAX;
    for (size_t i = 0; i < n; i++) {
        add_value(x, v[i]);
        listed += v[i]->count;
    }
    if (listed < x->t->failed)
        add_omitted(x, x->t->nvalues - n, x->t->failed - listed);
}

/* Without a value: the column is missing, or nothing was kept. */
static void add_whole(const struct rule *x)
{
    const struct mop_missing_column *m = mop_missing_of(x->f->r, x->y, x->c);
    struct mop_first header = {m != NULL, m ? m->source : 0, 1};
    struct mop_problem problem = {.message = m ? mop_missing_words(&x->f->arena, x->f->r, m)
                                               : mop_rule_words(&x->f->arena, x->c),
                                  .identity = m ? m->field->name : MOP_SV("")};
    uint64_t suppressed = x->t->suppressed - x->t->suppressed_undecided;
    add_split(x, &problem, (struct mop_first[PARTS]){header, header, header}, x->t->failed,
              suppressed, 0, suppressed_by(x));
}

/* They count against the score as failures do, and decide like these. */
static void add_undecided(const struct rule *x)
{
    struct mop_arena *a = &x->f->arena;
    const struct mop_missing_column *m = mop_missing_of(x->f->r, x->y, x->c);
    struct mop_first header = {m != NULL, m ? m->source : 0, 1};
    uint64_t open = x->t->undecided - x->t->suppressed_undecided,
             known = mop_known_undecided(x->f->r->known, x->c);
    struct mop_sv words = m ? mop_missing_words(a, x->f->r, m)
                          : mop_is_partial(x->f->r)
                              ? MOP_SV("not all was read")
                              : MOP_SV("what it reads is missing or not known");
    struct mop_problem problem = {.message = mop_arena_printf(a, "cannot be told, as %.*s (%.*s)",
                                                              MOP_SV_ARG(words),
                                                              MOP_SV_ARG(mop_rule_words(a, x->c))),
                                  .identity = MOP_SV("(undecided)"),
                                  .undecided = true};
    add_split(x, &problem, (struct mop_first[PARTS]){header, header, header}, x->t->undecided,
              x->t->suppressed_undecided, known < open ? known : open, suppressed_by(x));
}

void mop_from_rules(struct mop_from_result *f)
{
    for (size_t i = 0; i < f->r->ntypes; i++) {
        const struct mop_type_result *y = &f->r->types[i];
        for (size_t k = 0; k < y->record->nchecks; k++) {
            struct rule x = {f, y, y->record->checks[k], &y->tally->rules_tally[k], 0};
            x.index = add_rule(&x);
            if (x.t->nvalues)
                add_values(&x);
            else if (x.t->failed)
                add_whole(&x);
            if (x.t->undecided)
                add_undecided(&x);
            mop_arena_reset(&f->arena);
        }
    }
}
