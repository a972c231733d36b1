/* SPDX-License-Identifier: MIT */
#include "report/from_result.h"
#include "report/sections.h"
#include "report/shown.h"

/* What a run of `check` asks beside its rules: sources, checks of the data, targets and gates. */

static struct mop_loc taxonomy_place(const struct mop_result *r)
{
    struct mop_loc none = {0};
    return r->rules->nfiles ? (struct mop_loc){r->rules->files[0].path, 1, 0} : none;
}

static size_t ask(struct mop_from_result *f, struct mop_sv id, const char *group,
                  struct mop_sv summary, struct mop_loc at)
{
    struct mop_problem_rule r = {.id = id,
                                 .summary = summary,
                                 .group = mop_sv_of(group),
                                 .level = MOP_FAULT,
                                 .at = at.file ? at : taxonomy_place(f->r)};
    return mop_problems_rule(f->p, &r);
}

static void fail(struct mop_from_result *f, size_t rule, struct mop_loc at, struct mop_sv message,
                 struct mop_sv identity)
{
    struct mop_problem x = {.rule = rule,
                            .level = f->p->rules[rule].level,
                            .at = at,
                            .message = message,
                            .identity = identity,
                            .count = 1};
    mop_problems_add(f->p, &x);
}

/* ---- sources ---- */

static void add_sources(struct mop_from_result *f)
{
    const struct mop_result *r = f->r;
    struct mop_loc none = {0};
    size_t rule =
        ask(f, MOP_SV("input.complete"), "run", MOP_SV("every source is read whole"), none);
    for (size_t i = 0; i < r->nsources; i++) {
        const struct mop_source_result *s = &r->sources[i];
        struct mop_loc at = {mop_arena_str(&f->arena, s->name), s->incomplete_at.line,
                             s->incomplete_at.col};
        if (s->complete)
            continue;
        fail(f, rule, mop_sv_eqs(s->name, "-") ? none : at,
             mop_arena_printf(&f->arena, "'%.*s' was not read whole: %s", MOP_SV_ARG(s->name),
                              s->incomplete ? s->incomplete : "it broke off"),
             s->name);
    }
}

static void add_unkept(struct mop_from_result *f)
{
    struct mop_loc none = {0};
    if (f->r->unkept)
        fail(f, ask(f, MOP_SV("input.kept"), "run", MOP_SV("the history has the run"), none), none,
             mop_sv_of(f->r->unkept), MOP_SV("history"));
    if (f->r->unwritten)
        fail(f, ask(f, MOP_SV("input.written"), "run", MOP_SV("every output is written"), none),
             none, mop_sv_of(f->r->unwritten), MOP_SV("outputs"));
}

/* Only where there are some: of files, nobody asks for fields. */
static void add_field_gaps(struct mop_from_result *f)
{
    static const char *const summary[] = {"names that came have a column",
                                          "fields that were asked for came"};
    size_t rules[2] = {SIZE_MAX, SIZE_MAX};
    struct mop_loc none = {0};
    for (size_t i = 0; i < f->r->nsources; i++) {
        const struct mop_source_result *s = &f->r->sources[i];
        for (size_t k = 0; k < s->ngaps; k++) {
            const struct mop_field_gap *g = &s->gaps[k];
            size_t *rule = &rules[g->mapped];
            if (*rule == SIZE_MAX) {
                *rule =
                    ask(f, mop_sv_of(mop_gap_id(g)), "run", mop_sv_of(summary[g->mapped]), none);
                f->p->rules[*rule].level = g->mapped ? MOP_WARN : MOP_NOTE;
            }
            struct mop_loc at = {mop_arena_str(&f->arena, s->name), 0, 0};
            fail(f, *rule, at, mop_gap_words(&f->arena, g),
                 mop_shown_value(&f->arena, false, NULL, g->at));
        }
    }
}

static void add_assessed(struct mop_from_result *f)
{
    struct mop_loc none = {0};
    uint64_t assessed = 0;
    size_t rule = ask(f, MOP_SV("input.assessed"), "run", MOP_SV("some record is assessed"), none);
    for (size_t i = 0; i < f->r->ntypes; i++)
        assessed += f->r->types[i].tally->assessed;
    if (!assessed && f->r->status == MOP_RUN_FAIL)
        fail(f, rule, none, MOP_SV("no record was assessed"), MOP_SV(""));
}

static void add_exclusions(struct mop_from_result *f)
{
    struct mop_loc none = {0};
    size_t rule = SIZE_MAX;
    for (size_t i = 0; i < f->r->ntypes; i++) {
        if (!f->r->types[i].tally->unsure)
            continue;
        struct mop_sv type = f->r->types[i].record->name;
        if (rule == SIZE_MAX)
            rule = ask(f, MOP_SV("input.excluded"), "run",
                       MOP_SV("it is known which records are excluded"), none);
        fail(f, rule, none,
             mop_arena_printf(&f->arena,
                              "which %.*s records are excluded cannot be told: a column that "
                              "decides it is missing",
                              MOP_SV_ARG(type)),
             type);
    }
}

/* ---- checks of the data ---- */

static struct mop_loc dataset_place(const struct mop_result *r, const struct mop_dataset_result *d)
{
    struct mop_loc none = {0};
    for (size_t i = 0; i < r->rules->ndatasets; i++)
        if (mop_sv_eq(r->rules->datasets[i].id, d->id))
            return r->rules->datasets[i].at;
    return d->record ? d->record->at : none;
}

static void add_datasets(struct mop_from_result *f)
{
    for (size_t i = 0; i < f->r->ndatasets; i++) {
        const struct mop_dataset_result *d = &f->r->datasets[i];
        struct mop_loc none = {0};
        struct mop_problem_rule rule = {
            .id = mop_arena_printf(&f->arena, "dataset.%.*s", MOP_SV_ARG(d->id)),
            .summary = mop_arena_printf(&f->arena, "%s of the data", d->kind),
            .group = MOP_SV("dataset"),
            .level = d->severity == MOP_SEV_ERROR ? MOP_FAULT : MOP_WARN,
            .owner = d->owner,
            .skipped = d->judged ? MOP_SV("") : d->message,
            .at = dataset_place(f->r, d)};
        size_t index = mop_problems_rule(f->p, &rule);
        if (d->failed)
            fail(f, index, none, d->message, d->id);
    }
}

/* ---- targets and gates ---- */

static struct mop_sv figure(struct mop_arena *a, const struct mop_score *s)
{
    return s ? mop_shown_tenths(a, mop_score_tenths(s)) : MOP_SV("none");
}

static struct mop_sv target_words(struct mop_from_result *f, const struct mop_report_result *t)
{
    struct mop_arena *a = &f->arena;
    struct mop_sv parts[2] = {MOP_SV(""), MOP_SV("")};
    const struct mop_lowest *l = &t->judged;
    if (t->spec->target_records >= 0)
        parts[0] = mop_arena_printf(a, ": %.*s of records, %.*s are wanted",
                                    MOP_SV_ARG(figure(a, l->records_of ? &l->score.records : NULL)),
                                    MOP_SV_ARG(mop_shown_tenths(a, t->spec->target_records)));
    if (t->spec->target_value >= 0)
        parts[1] = mop_arena_printf(a, "%s %.*s of money, %.*s are wanted", parts[0].n ? ";" : ":",
                                    MOP_SV_ARG(figure(a, l->value_of ? &l->score.value : NULL)),
                                    MOP_SV_ARG(mop_shown_tenths(a, t->spec->target_value)));
    return mop_arena_printf(a, "report '%.*s' misses its target%.*s%.*s%.*s",
                            MOP_SV_ARG(t->spec->name),
                            MOP_SV_ARG(mop_of_last_days(a, t->judged_days)), MOP_SV_ARG(parts[0]),
                            MOP_SV_ARG(parts[1]));
}

static void add_targets(struct mop_from_result *f)
{
    struct mop_loc none = {0};
    for (size_t i = 0; i < f->r->nreports; i++) {
        const struct mop_report_result *t = &f->r->reports[i];
        const struct mop_need_result *n = t->lowest_records;
        mop_problems_figure(f->p,
                            mop_arena_str(&f->arena, mop_arena_printf(&f->arena, "report %.*s",
                                                                      MOP_SV_ARG(t->spec->name))),
                            "%.*s", MOP_SV_ARG(figure(&f->arena, n ? &n->score.records : NULL)));
        if (t->target == MOP_TARGET_NONE)
            continue;
        struct mop_sv id =
            mop_arena_printf(&f->arena, "report.%.*s.target", MOP_SV_ARG(t->spec->name));
        size_t rule = ask(f, id, "report", MOP_SV("the report meets its target"), t->spec->at);
        struct mop_problem untold = {.rule = rule,
                                     .level = MOP_FAULT,
                                     .message = MOP_SV("cannot be told, as not all was read"),
                                     .identity = t->spec->name,
                                     .count = 1,
                                     .undecided = true};
        if (mop_is_partial(f->r))
            mop_problems_add(f->p, &untold);
        else if (t->target == MOP_TARGET_MISSED)
            fail(f, rule, none, target_words(f, t), t->spec->name);
        else if (!t->all_rules)
            f->p->rules[rule].skipped = MOP_SV("not all rules were judged");
    }
}

static void add_gates(struct mop_from_result *f)
{
    struct mop_loc none = {0};
    for (size_t i = 0; i < f->r->ngates; i++) {
        const struct mop_gate *g = &f->r->gates[i];
        struct mop_sv id = mop_arena_printf(&f->arena, "gate.%.*s", MOP_SV_ARG(g->name));
        size_t rule = ask(f, id, "gate", MOP_SV("what the command line asks for is met"), none);
        f->p->rules[rule].skipped = mop_sv_of(g->skipped ? g->skipped : "");
        if (!g->met)
            fail(f, rule, none,
                 mop_arena_printf(&f->arena, "%.*s is %.*s, %.*s %.*s", MOP_SV_ARG(g->name),
                                  MOP_SV_ARG(g->got), MOP_SV_ARG(g->wanted), MOP_SV_ARG(g->asked)),
                 g->name);
    }
}

static void add_figures(struct mop_from_result *f)
{
    for (size_t i = 0; i < f->r->ntypes; i++) {
        const struct mop_type_result *y = &f->r->types[i];
        struct mop_score_pair all = mop_overall(f->r, y);
        mop_problems_figure(
            f->p,
            mop_arena_str(&f->arena, mop_arena_printf(&f->arena, "confidence of %.*s",
                                                      MOP_SV_ARG(y->record->name))),
            "%.*s", MOP_SV_ARG(figure(&f->arena, &all.records)));
    }
}

void mop_from_run(struct mop_from_result *f)
{
    add_sources(f);
    add_unkept(f);
    add_field_gaps(f);
    add_assessed(f);
    add_exclusions(f);
    add_datasets(f);
    add_figures(f);
    add_targets(f);
    add_gates(f);
    mop_arena_reset(&f->arena);
}
