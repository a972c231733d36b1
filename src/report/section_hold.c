/* SPDX-License-Identifier: MIT */
#include "report/sections.h"
#include "score/lift.h"

/* What lifts each report that is on hold to what is asked of it, and what else holds it. */

/* A report's need on one basis. */
struct goal {
    const struct mop_report_result *report;
    const struct mop_need_result *need;
    bool money;
    int64_t wanted; /* millionths */
    struct mop_score now;
};

/* Rules that miss the same column are repaired in one go. */
static size_t *columns_together(struct mop_page *p, const struct mop_type_result *y)
{
    size_t n = y->record->nchecks, *group = mop_arena_array(&p->arena, n + 1, sizeof *group);
    for (size_t i = 0; i < n; i++) {
        const struct mop_missing_column *m = mop_missing_of(p->r, y, y->record->checks[i]);
        group[i] = i;
        for (size_t k = 0; m && k < i && group[i] == i; k++) {
            const struct mop_missing_column *x = mop_missing_of(p->r, y, y->record->checks[k]);
            group[i] = x && x->field == m->field ? group[k] : i;
        }
    }
    return group;
}

static struct mop_sv percent(struct mop_arena *a, mop_i128 clean, mop_i128 assessed)
{
    struct mop_score s = {NULL, clean, assessed, 0};
    return mop_share_text(a, &s, UINT64_MAX);
}

static struct mop_sv basis(struct mop_page *p, const struct goal *g)
{
    struct mop_sv name = mop_basis_name(&p->arena, g->need->need->record,
                                        g->money ? mop_need_weight(g->need) : SIZE_MAX);
    uint32_t k = g->report->asked_cohort;
    return k ? mop_arena_printf(&p->arena, "%.*s (new, %d d)", MOP_SV_ARG(name),
                                (int)p->r->rules->cohort_days[k - 1])
             : name;
}

static void add_step(struct mop_page *p, struct mop_grid *t, const struct goal *g,
                     struct mop_sv what, struct mop_sv who, const mop_i128 from_to[2],
                     mop_i128 assessed)
{
    struct mop_arena *a = &p->arena;
    mop_grid_add(t, MOP_TONE_PLAIN, g->report->spec->name);
    mop_grid_add(t, MOP_TONE_PLAIN, what);
    mop_grid_add(t, MOP_TONE_PLAIN, who);
    mop_grid_add(t, MOP_TONE_PLAIN, basis(p, g));
    mop_grid_add(t, MOP_TONE_PLAIN, percent(a, from_to[0], assessed));
    mop_grid_add(t, MOP_TONE_GOOD, percent(a, from_to[1], assessed));
    mop_grid_add(t, MOP_TONE_PLAIN, percent(a, g->wanted, MOP_MILLIONTHS));
}

static void add_rule(struct mop_page *p, struct mop_grid *t, const struct goal *g, size_t check,
                     const mop_i128 from_to[2], mop_i128 assessed)
{
    struct mop_arena *a = &p->arena;
    const struct mop_check *c = g->need->need->record->checks[check];
    const struct mop_missing_column *m = mop_missing_of(p->r, g->need->type, c);
    struct mop_sv what =
        m          ? mop_arena_printf(a, "bring back the column %.*s", MOP_SV_ARG(m->field->name))
        : p->roomy ? mop_arena_printf(a, "%.*s [%.*s]", MOP_SV_ARG(mop_rule_words(a, c)),
                                      MOP_SV_ARG(c->id))
                   : c->id;
    add_step(p, t, g, what, m ? p->r->rules->owner : mop_rule_repairer(a, c), from_to, assessed);
}

static void add_goal(struct mop_page *p, struct mop_grid *t, const struct goal *g)
{
    struct mop_lift l;
    struct mop_part_of part = {g->need->need->index, g->report->asked_cohort, false};
    mop_lift_plan(g->need->type->tally, part, g->money, columns_together(p, g->need->type),
                  g->wanted, &p->arena, &l);
    if (l.reason)
        add_step(p, t, g, mop_arena_printf(&p->arena, "no plan: %s", l.reason), MOP_SV(""),
                 (mop_i128[]){g->now.clean, g->now.clean}, g->now.assessed);
    size_t shown = mop_page_most(p, l.n, 3, 12);
    mop_i128 before = l.before;
    for (size_t i = 0; i < shown; i++) {
        add_rule(p, t, g, l.steps[i].check, (mop_i128[]){before, l.steps[i].clean}, l.assessed);
        before = l.steps[i].clean;
    }
    if (l.n > shown)
        add_step(p, t, g,
                 mop_arena_printf(&p->arena, "and %zu more rule%s", l.n - shown,
                                  l.n - shown == 1 ? "" : "s"),
                 MOP_SV(""), (mop_i128[]){before, l.steps[l.n - 1].clean}, l.assessed);
}

static void add_need(struct mop_page *p, struct mop_grid *t, const struct mop_report_result *x,
                     const struct mop_need_result *n)
{
    if (x->asked_cohort > n->ncohorts)
        return;
    const struct mop_score_pair *s =
        x->asked_cohort ? &n->cohorts[x->asked_cohort - 1].score : &n->score;
    struct goal all[] = {{x, n, true, s->has_value ? x->asked_value : -1, s->value},
                         {x, n, false, x->asked_records, s->records}};
    for (size_t i = 0; i < 2; i++)
        if (all[i].wanted >= 0 && !all[i].now.reason &&
            !mop_score_meets(&all[i].now, all[i].wanted))
            add_goal(p, t, &all[i]);
}

/* What no repair of a record settles. */
static void say_else(struct mop_page *p, const struct mop_report_result *x)
{
    for (size_t i = 0; i < p->r->ndatasets; i++) {
        const struct mop_dataset_result *d = &p->r->datasets[i];
        if (mop_dataset_holds(d, x))
            mop_item(p, MOP_TONE_BAD, "'%.*s': %.*s settles the dataset check '%.*s': %.*s",
                     MOP_SV_ARG(x->spec->name),
                     MOP_SV_ARG(d->owner.n ? d->owner : MOP_SV("somebody")), MOP_SV_ARG(d->id),
                     MOP_SV_ARG(d->message));
    }
    const struct mop_score *s = x->lowest_records ? &x->lowest_records->score.records : NULL;
    if (x->absent)
        mop_item(p, MOP_TONE_BAD, "'%.*s': bring the %.*s records", MOP_SV_ARG(x->spec->name),
                 MOP_SV_ARG(x->absent->name));
    else if (s && s->reason)
        mop_item(p, MOP_TONE_BAD, "'%.*s': there is no figure to lift: %s",
                 MOP_SV_ARG(x->spec->name), s->reason);
}

void mop_section_hold(struct mop_page *p)
{
    static const struct mop_grid_column columns[] = {
        {"report", false, MOP_FIT_KEY},    {"repair", false, MOP_FIT_KEY},
        {"who", false, MOP_FIT_CLIP},      {"clean of", false, MOP_FIT_WHOLE},
        {"now", true, MOP_FIT_WHOLE},      {"then", true, MOP_FIT_WHOLE},
        {"asked for", true, MOP_FIT_WHOLE}};
    struct mop_grid t;
    mop_grid_init(&t, columns, 7);
    for (size_t i = 0; i < p->r->nreports; i++)
        for (size_t k = 0; k < p->r->reports[i].nneeds; k++)
            if (p->r->reports[i].decision == MOP_DECISION_HOLD)
                add_need(p, &t, &p->r->reports[i], &p->r->reports[i].needs[k]);
    mop_heading(p, 2, "What lifts the reports on HOLD, one repair after the other");
    mop_grid_draw(p, &t);
    for (size_t i = 0; i < p->r->nreports; i++)
        if (p->r->reports[i].decision == MOP_DECISION_HOLD)
            say_else(p, &p->r->reports[i]);
}
