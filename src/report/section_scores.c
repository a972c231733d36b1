/* SPDX-License-Identifier: MIT */
#include "report/sections.h"
#include "score/report_slices.h"

/* How the figures are made up: per type every reading of the score; dataset checks; who repairs. */

#define SHARE(s) mop_share_text(a, (s), UINT64_MAX)

static void add_counted(struct mop_page *p, struct mop_grid *g, struct mop_sv name,
                        const struct mop_score_pair *s, const char *counted, const char *what)
{
    struct mop_arena *a = &p->arena;
    struct mop_score records = mop_scored(p->r, s->records), value = mop_scored(p->r, s->value);
    if (records.reason)
        return;
    mop_grid_add(g, MOP_TONE_PLAIN, name);
    mop_grid_add(g, MOP_TONE_PLAIN, s->has_value ? SHARE(&value) : MOP_SV(""));
    mop_grid_add(g, MOP_TONE_PLAIN, SHARE(&records));
    mop_grid_add(g, MOP_TONE_PLAIN,
                 mop_shown_count(a, (uint64_t)(records.assessed - records.clean)));
    mop_grid_str(g, counted);
    mop_grid_str(g, what);
}

static void add_share(struct mop_page *p, struct mop_grid *g, struct mop_sv name,
                      const struct mop_score_pair *s, const char *what)
{
    add_counted(p, g, name, s, "records", what);
}

static void add_plain(struct mop_page *p, struct mop_grid *g, const char *name,
                      const struct mop_score *s, const char *counted, const char *what)
{
    struct mop_score_pair pair = {.records = *s};
    add_counted(p, g, mop_sv_of(name), &pair, counted, what);
}

static void add_named(struct mop_page *p, struct mop_grid *g, const char *of,
                      const struct mop_named_score *s, size_t n, bool imperfect_only)
{
    for (size_t i = 0; i < n; i++) {
        const struct mop_score *x = &s[i].score.records;
        if (imperfect_only && (x->reason || x->clean == x->assessed))
            continue;
        add_share(p, g, mop_arena_printf(&p->arena, "%s %.*s", of, MOP_SV_ARG(s[i].name)),
                  &s[i].score, "");
    }
}

/* The parts of a slice that are worst off, so many at most. */
static void add_slices(struct mop_page *p, struct mop_grid *g, const struct mop_field *f,
                       const struct mop_slice_result *s)
{
    enum { WORST = 5 };
    struct mop_arena *a = &p->arena;
    bool *told = mop_arena_array(a, s->n + 1, sizeof *told);
    for (size_t k = 0; k < WORST && k < s->n && !s->reason; k++) {
        size_t worst = SIZE_MAX;
        for (size_t i = 0; i < s->n; i++) {
            const struct mop_score *x = &s->values[i].score.records;
            if (!told[i] && !x->reason &&
                (worst == SIZE_MAX ||
                 x->assessed - x->clean > s->values[worst].score.records.assessed -
                                              s->values[worst].score.records.clean))
                worst = i;
        }
        if (worst == SIZE_MAX)
            return;
        told[worst] = true;
        struct mop_sv value = mop_shown_value(a, p->r->show_values, f, s->values[worst].value);
        struct mop_sv name = value.n ? mop_arena_printf(a, "%.*s '%.*s'", MOP_SV_ARG(s->field),
                                                        MOP_SV_ARG(mop_shown_text(a, value, 40)))
                                     : mop_arena_printf(a, "%.*s (blank)", MOP_SV_ARG(s->field));
        add_share(p, g, name, &s->values[worst].score, "");
    }
}

static void draw_type(struct mop_page *p, const struct mop_type_result *y)
{
    static const struct mop_grid_column columns[] = {
        {"figure", false, MOP_FIT_CLIP},     {"of money", true, MOP_FIT_WHOLE},
        {"of records", true, MOP_FIT_WHOLE}, {"the rest", true, MOP_FIT_WHOLE},
        {"", false, MOP_FIT_WHOLE},          {"", false, MOP_FIT_CLIP}};
    static const char *const effects[] = {"nothing drops out", "nothing is misplaced",
                                          "nothing is counted twice", "nothing is late",
                                          "nothing is untidy"};
    struct mop_score_pair overall = mop_overall(p->r, y);
    struct mop_grid g;
    mop_grid_init(&g, columns, 6);
    add_share(p, &g, MOP_SV("clean"), &overall, "no error rule failed");
    add_share(p, &g, MOP_SV("strict"), &y->strict, "no warning either");
    add_share(p, &g, MOP_SV("accepted"), &y->accepted, "suppressed findings let pass");
    add_plain(p, &g, "checked", &y->checked, "records", "asked more than to be filled in");
    add_plain(p, &g, "fields filled", &y->fields_filled, "cells", "of the cells that are required");
    add_plain(p, &g, "records complete", &y->records_complete, "records", "with all of them");
    for (size_t d = 0; d < MOP_DIMS; d++)
        add_share(p, &g, mop_sv_of(mop_dimension_names[d]), &y->dimensions[d], "");
    for (size_t e = 0; e < MOP_EFFS; e++)
        add_share(p, &g, mop_sv_of(effects[e]), &y->effects[e], "");
    add_named(p, &g, "new within", y->cohorts, y->ncohorts, false);
    add_named(p, &g, "owner", y->owners, y->nowners, false);
    add_named(p, &g, "field", y->fields, y->nfields, true);
    for (size_t i = 0; i < y->nslices; i++)
        add_slices(p, &g, mop_record_field(y->record, y->slices[i].field), &y->slices[i]);
    if (g.n)
        mop_heading(p, 1, "The figures of %.*s records", MOP_SV_ARG(y->record->name));
    mop_grid_draw(p, &g);
    for (size_t i = 0; i < y->nslices; i++)
        if (y->slices[i].reason)
            mop_item(p, MOP_TONE_WARN, "no figures by %.*s: %s", MOP_SV_ARG(y->slices[i].field),
                     y->slices[i].reason);
}

/* A report by each slice, where the taxonomy asks for slices. That there is none its types said. */
static void draw_report(struct mop_page *p, const struct mop_report_result *x)
{
    static const struct mop_grid_column columns[] = {
        {"among", false, MOP_FIT_CLIP},      {"of money", true, MOP_FIT_WHOLE},
        {"of records", true, MOP_FIT_WHOLE}, {"the rest", true, MOP_FIT_WHOLE},
        {"", false, MOP_FIT_WHOLE},          {"", false, MOP_FIT_CLIP}};
    struct mop_grid g;
    size_t n;
    const struct mop_report_slice *all = mop_report_slices(&p->arena, x, p->r->rules, &n);
    mop_grid_init(&g, columns, 6);
    for (size_t i = 0; i < n; i++)
        add_slices(p, &g, all[i].field, &all[i].slice);
    if (g.n)
        mop_heading(p, 1, "%.*s by its parts", MOP_SV_ARG(x->spec->name));
    mop_grid_draw(p, &g);
}

void mop_section_scores(struct mop_page *p)
{
    for (size_t i = 0; i < p->r->ntypes; i++)
        draw_type(p, &p->r->types[i]);
    struct mop_chosen shown = mop_choose_reports(p, MOP_REPORTS_BRIEF, MOP_REPORTS_FULL);
    for (size_t i = 0; i < p->r->nreports; i++)
        if (shown.is[i])
            draw_report(p, &p->r->reports[i]);
    if (p->r->rules->nslices)
        mop_page_more(p, p->r->nreports, shown.n, MOP_MORE_REPORTS);
    if (p->r->columns_as_given)
        mop_para(p, MOP_TONE_WARN, "The columns were taken as given: there is no overall figure.");
}

/* ---- dataset checks ---- */

enum { DATASETS_BRIEF = 20, DATASETS_FULL = 100 };

static struct mop_sv dataset_verdict(const struct mop_dataset_result *d, enum mop_tone *tone)
{
    *tone = !d->judged ? MOP_TONE_WARN : d->failed ? MOP_TONE_BAD : MOP_TONE_GOOD;
    if (!d->judged)
        return d->failed ? MOP_SV("FAILED") : MOP_SV("not judged");
    if (!d->failed)
        return MOP_SV("passed");
    return d->severity == MOP_SEV_ERROR ? MOP_SV("FAILED") : MOP_SV("warning");
}

static void say_dataset(struct mop_page *p, const struct mop_dataset_result *d)
{
    enum mop_tone tone;
    struct mop_sv verdict = dataset_verdict(d, &tone);
    mop_item(p, tone, "%.*s: %.*s: %.*s (%.*s)", MOP_SV_ARG(verdict), MOP_SV_ARG(d->id),
             MOP_SV_ARG(d->message), MOP_SV_ARG(d->owner.n ? d->owner : MOP_SV("no owner")));
}

void mop_section_datasets(struct mop_page *p)
{
    const struct mop_result *r = p->r;
    size_t bad = 0, most = mop_page_most(p, r->ndatasets, DATASETS_BRIEF, DATASETS_FULL);
    bool all = !p->brief && r->ndatasets <= DATASETS_FULL;
    if (!r->ndatasets || mop_is_partial(r))
        return;
    mop_heading(p, 1, "Checks of the data as a whole");
    for (size_t i = 0; i < r->ndatasets; i++) {
        bool good = r->datasets[i].judged && !r->datasets[i].failed;
        bad += !good;
        if (good ? all : all || bad <= most)
            say_dataset(p, &r->datasets[i]);
    }
    if (!all)
        mop_page_more(p, bad, most, "checks that did not pass, all in the JSON report (-f json)");
    if (!all && bad < r->ndatasets)
        mop_item(p, MOP_TONE_GOOD, "%zu of %zu passed", r->ndatasets - bad, r->ndatasets);
}

/* ---- who repairs ---- */

static void add_fixers(struct mop_page *p, struct mop_grid *g, const struct mop_type_result *y)
{
    struct mop_arena *a = &p->arena;
    const struct mop_fixer **sorted = mop_sorted_fixers(a, y->tally);
    for (size_t i = 0; i < y->tally->nfixers; i++) {
        const struct mop_fixer *f = sorted[i];
        mop_grid_add(g, MOP_TONE_PLAIN, f->name.n ? f->name : MOP_SV("nobody named"));
        mop_grid_add(g, MOP_TONE_PLAIN, y->record->name);
        mop_grid_add(g, MOP_TONE_PLAIN, mop_shown_count(a, f->records));
        mop_grid_add(g, MOP_TONE_PLAIN, mop_shown_count(a, f->findings));
        mop_grid_add(g, MOP_TONE_PLAIN,
                     y->record->own_weight ? mop_shown_loss(a, f->lost, f->unweighed, y)
                                           : MOP_SV(""));
    }
}

void mop_section_fixers(struct mop_page *p)
{
    static const struct mop_grid_column columns[] = {{"who", false, MOP_FIT_KEY},
                                                     {"of", false, MOP_FIT_WHOLE},
                                                     {"records", true, MOP_FIT_WHOLE},
                                                     {"errors", true, MOP_FIT_WHOLE},
                                                     {"money in them", true, MOP_FIT_WHOLE}};
    struct mop_grid g;
    mop_grid_init(&g, columns, 5);
    for (size_t i = 0; i < p->r->ntypes && !mop_is_partial(p->r); i++)
        add_fixers(p, &g, &p->r->types[i]);
    if (g.n)
        mop_heading(p, 1, "Who has what to repair");
    mop_grid_draw(p, &g);
}
