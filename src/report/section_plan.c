/* SPDX-License-Identifier: MIT */
#include "report/sections.h"
#include "check/repair.h"

/* Do this first: the greedy plan of each record type, in words. */

enum { STEPS_BRIEF = 3, STEPS_FULL = 5 };

/* "; most often 'Linked-In' (80 records), write 'linkedin'" */
static struct mop_sv worst_value(struct mop_page *p, const struct mop_type_result *y,
                                 const struct mop_check *c)
{
    struct mop_arena *a = &p->arena;
    const struct mop_rule_tally *t = &y->tally->rules_tally[c->index];
    if (!t->nvalues)
        return MOP_SV("");
    const struct mop_rule_value *v = mop_sorted_values(a, t)[0];
    struct mop_sv value = mop_shown_found(a, p->r->show_values, c, c->field, v->value);
    struct mop_sv proposal = mop_shown_found(a, p->r->show_values, c, c->field, v->proposal);
    if (!value.n || !c->field || v->count < 2)
        return MOP_SV("");
    return mop_arena_printf(a, "; most often '%.*s' (%.*s records)%s%.*s%s",
                            MOP_SV_ARG(mop_shown_text(a, value, 40)),
                            MOP_SV_ARG(mop_shown_count(a, v->count)), !proposal.n ? "" : v->certain ? ", write '" : ", perhaps '",
                            MOP_SV_ARG(mop_shown_text(a, proposal, 40)), proposal.n ? "'" : "");
}

static struct mop_sv given_back(struct mop_page *p, const struct mop_type_result *y,
                                mop_i128 weight)
{
    if (y->plan.by_value)
        return mop_shown_money(&p->arena, weight, false, mop_type_unit(&p->arena, y));
    return mop_arena_printf(&p->arena, "%.*s records",
                            MOP_SV_ARG(mop_shown_count(&p->arena, (uint64_t)weight)));
}

static void draw_step(struct mop_page *p, const struct mop_type_result *y, size_t i,
                      mop_i128 before)
{
    struct mop_arena *a = &p->arena;
    const struct mop_plan_step *s = &y->plan.steps[i];
    const struct mop_rule_tally *t = &y->tally->rules_tally[s->check->index];
    struct mop_score then = {NULL, s->clean, s->assessed, 0};
    struct mop_sv what = mop_arena_printf(a, "%.*s%.*s", MOP_SV_ARG(mop_rule_words(a, s->check)),
                                          MOP_SV_ARG(worst_value(p, y, s->check)));
    struct mop_sv more = mop_arena_printf(
        a, "%.*s repairs %.*s records: %.*s back, then %.*s %% is clean (rule %.*s)",
        MOP_SV_ARG(mop_rule_repairer(a, s->check)),
        MOP_SV_ARG(mop_shown_count(a, t->failed + t->undecided)),
        MOP_SV_ARG(given_back(p, y, s->clean - before)),
        MOP_SV_ARG(mop_shown_tenths(a, mop_score_tenths(&then))), MOP_SV_ARG(s->check->id));
    mop_step(p, i + 1, what, more);
}

static void draw_plan(struct mop_page *p, const struct mop_type_result *y)
{
    const struct mop_plan *plan = &y->plan;
    const struct mop_score *now = plan->by_value ? &y->overall.value : &y->overall.records;
    mop_i128 before = now->clean;
    if (p->r->ntypes > 1)
        mop_heading(p, 2, "%.*s records", MOP_SV_ARG(y->record->name));
    size_t shown = mop_page_most(p, plan->n, STEPS_BRIEF, STEPS_FULL);
    for (size_t i = 0; i < shown; i++) {
        draw_step(p, y, i, before);
        before = plan->steps[i].clean;
    }
    if (plan->n > shown)
        mop_para(p, MOP_TONE_FAINT, "and %zu more steps to 100.0 %%", plan->n - shown);
    if (plan->reason)
        mop_para(p, MOP_TONE_WARN, "no plan: %s", plan->reason);
}

/* ---- certain repairs ---- */

static void lift_line(struct mop_page *p, struct mop_grid *g, struct mop_sv name,
                      const struct mop_score_pair *now, const struct mop_score_pair *then,
                      const struct mop_score_pair *then_value)
{
    struct mop_arena *a = &p->arena;
    uint64_t n = (uint64_t)now->records.assessed;
    const struct mop_score *money = then_value ? &then_value->value : NULL;
    mop_grid_add(g, MOP_TONE_PLAIN, name);
    mop_grid_add(g, MOP_TONE_PLAIN,
                 money && now->has_value ? mop_share_text(a, &now->value, n) : MOP_SV(""));
    mop_grid_add(g, MOP_TONE_GOOD,
                 money && now->has_value ? mop_share_text(a, money, n) : MOP_SV(""));
    mop_grid_add(g, MOP_TONE_PLAIN, mop_share_text(a, &now->records, n));
    mop_grid_add(g, MOP_TONE_GOOD, mop_share_text(a, &then->records, n));
}

static void draw_lift(struct mop_page *p)
{
    static const struct mop_grid_column columns[] = {{"", false, true},
                                                     {"money now", true, false},
                                                     {"repaired", true, false},
                                                     {"records now", true, false},
                                                     {"repaired", true, false}};
    const struct mop_result *r = p->r;
    struct mop_grid g;
    mop_grid_init(&g, columns, 5);
    for (size_t i = 0; i < r->nreports; i++) {
        const struct mop_report_result *x = &r->reports[i];
        const struct mop_need_result *v = x->lowest_value;
        if (!x->lowest_records || !x->lowest_repaired)
            continue;
        struct mop_score_pair now = {x->lowest_records->score.records,
                                     v ? v->score.value : (struct mop_score){0}, v != NULL};
        lift_line(p, &g, x->spec->name, &now, &x->lowest_repaired->repaired,
                  x->lowest_repaired_value ? &x->lowest_repaired_value->repaired : NULL);
    }
    for (size_t i = 0; i < r->ntypes; i++) {
        const struct mop_type_result *y = &r->types[i];
        struct mop_score_pair now = mop_overall(r, y);
        lift_line(p, &g,
                  mop_arena_printf(&p->arena, "all %.*s records", MOP_SV_ARG(y->record->name)),
                  &now, &y->repaired, &y->repaired);
    }
    mop_grid_draw(p, &g);
}

static void draw_repairs(struct mop_page *p)
{
    const struct mop_repairs *all = p->r->repairs;
    struct mop_arena *a = &p->arena;
    mop_heading(p, 2, "Certain repairs, ready to import");
    for (size_t i = 0; i < all->nsources && i < p->r->nsources; i++) {
        const struct mop_repair_source *s = &all->sources[i];
        if (!s->record)
            continue;
        mop_item(p, MOP_TONE_PLAIN, "%.*s: %.*s values in %.*s records%s",
                 MOP_SV_ARG(p->r->sources[i].name), MOP_SV_ARG(mop_shown_count(a, s->values)),
                 MOP_SV_ARG(mop_shown_count(a, s->records)),
                 s->no_key + s->shared_key ? "; others have no key of their own to import by" : "");
    }
    draw_lift(p);
}

void mop_section_plan(struct mop_page *p)
{
    bool any = p->r->repairs != NULL;
    for (size_t i = 0; i < p->r->ntypes; i++)
        any |= p->r->types[i].plan.n || p->r->types[i].plan.reason;
    if (!any || mop_is_partial(p->r))
        return;
    mop_heading(p, 1, "Do this first");
    for (size_t i = 0; i < p->r->ntypes; i++)
        if (p->r->types[i].plan.n || p->r->types[i].plan.reason)
            draw_plan(p, &p->r->types[i]);
    if (p->r->repairs)
        draw_repairs(p);
}
