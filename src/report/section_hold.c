/* SPDX-License-Identifier: MIT */
#include "report/goals.h"
#include "report/sections.h"

/* What lifts each report that is on hold to what is asked of it, and what else holds it. */

enum { HOLD_BRIEF = 12, HOLD_FULL = 40, DATASETS_BRIEF = 3, DATASETS_FULL = 12 };

static struct mop_sv percent(struct mop_arena *a, mop_i128 clean, mop_i128 assessed)
{
    struct mop_score s = {NULL, clean, assessed, 0};
    return mop_share_text(a, &s, UINT64_MAX);
}

static struct mop_sv basis(struct mop_page *p, const struct mop_goal *g)
{
    struct mop_sv name = mop_basis_name(&p->arena, g->need->need->record,
                                        g->money ? mop_need_weight(g->need) : SIZE_MAX);
    uint32_t k = g->report->asked_cohort;
    return k ? mop_arena_printf(&p->arena, "%.*s (new, %d d)", MOP_SV_ARG(name),
                                (int)p->r->rules->cohort_days[k - 1])
             : name;
}

/* One line of the table: what to do, and from where to where. */
struct step {
    struct mop_sv what, who, records;
    mop_i128 from, to, of;
    enum mop_sure sure;
};

static void add_step(struct mop_page *p, struct mop_grid *t, const struct mop_goal *g,
                     const struct step *s)
{
    static const char *const signs[] = {"", "≤ ", "≈ "};
    struct mop_arena *a = &p->arena;
    struct mop_sv then = percent(a, s->to, s->of);
    mop_grid_add(t, MOP_TONE_PLAIN, g->report->spec->name);
    mop_grid_add(t, MOP_TONE_PLAIN, s->what);
    mop_grid_add(t, MOP_TONE_PLAIN, s->records);
    mop_grid_add(t, MOP_TONE_PLAIN, s->who);
    mop_grid_add(t, MOP_TONE_PLAIN, basis(p, g));
    mop_grid_add(t, MOP_TONE_PLAIN, percent(a, s->from, s->of));
    mop_grid_add(t, MOP_TONE_GOOD, mop_arena_printf(a, "%s%.*s", signs[s->sure], MOP_SV_ARG(then)));
    mop_grid_add(t, MOP_TONE_PLAIN, percent(a, g->wanted, MOP_MILLIONTHS));
}

/* A step that is not seen in the figure is not done in vain. */
static const char *unseen(struct mop_page *p, const struct step *s, bool last)
{
    if (s->to == s->from)
        return last ? " (no figure moves)" : " (nothing until the next step)";
    return mop_sv_eq(percent(&p->arena, s->from, s->of), percent(&p->arena, s->to, s->of))
               ? " (less than 0.1 %)"
               : "";
}

/* A rule that fails nowhere is in the way only where nobody can tell. */
static const char *untold(const struct mop_goal *g, const struct mop_check *c)
{
    return g->need->type->tally->rules_tally[c->index].failed ? "" : " (cannot be told now)";
}

static struct mop_sv records_of(struct mop_page *p, const struct mop_lift *l, size_t from,
                                size_t to)
{
    return mop_shown_count(&p->arena, mop_lift_records(&l, 1, from, to));
}

static void add_rule(struct mop_page *p, struct mop_grid *t, const struct mop_goal *g, size_t i,
                     struct step *s)
{
    struct mop_arena *a = &p->arena;
    const struct mop_check *c = g->need->need->record->checks[g->lift.steps[i].check];
    const struct mop_missing_column *m = mop_goal_column(p->r, g, i);
    s->what = m ? mop_arena_printf(a, "bring back the column %.*s", MOP_SV_ARG(m->field->name))
              : p->roomy ? mop_arena_printf(a, "%.*s [%.*s]", MOP_SV_ARG(mop_rule_words(a, c)),
                                            MOP_SV_ARG(c->id))
                         : c->id;
    s->who = !m                     ? mop_rule_repairer(a, c)
             : p->r->rules->owner.n ? p->r->rules->owner
                                    : MOP_SV("nobody named");
    s->records = records_of(p, &g->lift, i, i + 1);
    s->to = g->lift.steps[i].clean;
    s->what = mop_arena_printf(a, "%.*s%s%s", MOP_SV_ARG(s->what), m ? "" : untold(g, c),
                               unseen(p, s, i + 1 == g->lift.n));
    s->sure = g->lift.steps[i].sure;
    add_step(p, t, g, s);
    s->from = s->to;
}

static void add_goal(struct mop_page *p, struct mop_grid *t, const struct mop_goal *g)
{
    const struct mop_lift *l = &g->lift;
    if (l->reason)
        add_step(p, t, g,
                 &(struct step){.what = mop_arena_printf(&p->arena, "no plan: %s", l->reason),
                                .from = g->now.clean,
                                .to = g->now.clean,
                                .of = g->now.assessed});
    size_t shown = mop_page_most(p, l->n, 3, 12);
    struct step s = {.from = l->before, .of = l->assessed};
    for (size_t i = 0; i < shown; i++)
        add_rule(p, t, g, i, &s);
    if (l->n <= shown)
        return;
    s.what = mop_arena_printf(&p->arena, "and %zu more rule%s", l->n - shown,
                              l->n - shown == 1 ? "" : "s");
    s.who = MOP_SV("");
    s.records = records_of(p, l, shown, l->n);
    s.to = l->steps[l->n - 1].clean;
    s.sure = l->steps[l->n - 1].sure;
    add_step(p, t, g, &s);
}

struct signs_used {
    bool column, about;
    unsigned why; /* MOP_WHY_ bits */
};

static void note_signs(struct mop_page *p, const struct mop_goal *g, struct signs_used *used)
{
    for (size_t i = 0; i < g->lift.n; i++) {
        const struct mop_lift_step *s = &g->lift.steps[i];
        bool column = mop_goal_column(p->r, g, i) != NULL;
        used->column |=
            mop_missing_somewhere(p->r, g->need->need->record->checks[s->check]) != NULL;
        used->why |= !column && s->sure == MOP_SURE_AT_MOST ? s->why : 0;
        used->about |= s->sure == MOP_SURE_ABOUT;
    }
}

/* Notes in `used` which signs stand there. */
static void add_report(struct mop_page *p, struct mop_grid *t, const struct mop_report_result *x,
                       struct signs_used *used)
{
    size_t n;
    const struct mop_goal *all = mop_goals(&p->arena, p->r, x, &n);
    for (size_t i = 0; i < n; i++) {
        add_goal(p, t, &all[i]);
        note_signs(p, &all[i], used);
    }
}

static void say_at_most(struct mop_page *p, unsigned why)
{
    static const char *const words[] = {
        "another rule reads what is repaired, and may fail then",
        "a rule that cannot be told of a repaired record now may fail once it can",
        "of a repaired record nobody can tell whether the report counts it"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (why & (1U << i))
            mop_para(p, MOP_TONE_FAINT, "≤ at most: %s", words[i]);
}

static void say_signs(struct mop_page *p, const struct signs_used *used)
{
    if (used->column)
        mop_para(p, MOP_TONE_FAINT,
                 "≤ at most: what stands in a column that is brought back nobody has seen");
    say_at_most(p, used->why);
    if (used->about)
        mop_para(p, MOP_TONE_FAINT,
                 "≈ about: which records or how much money it is a share of depends on what is "
                 "repaired");
}

static void say_datasets(struct mop_page *p, const struct mop_report_result *x)
{
    size_t n = 0, most = mop_page_most(p, p->r->ndatasets, DATASETS_BRIEF, DATASETS_FULL);
    for (size_t i = 0; i < p->r->ndatasets; i++) {
        const struct mop_dataset_result *d = &p->r->datasets[i];
        if (mop_dataset_holds(d, x) && n++ < most)
            mop_item(p, MOP_TONE_BAD, "'%.*s': %.*s settles the dataset check '%.*s': %.*s",
                     MOP_SV_ARG(x->spec->name),
                     MOP_SV_ARG(d->owner.n ? d->owner : MOP_SV("somebody")), MOP_SV_ARG(d->id),
                     MOP_SV_ARG(d->message));
    }
    if (n > most)
        mop_item(p, MOP_TONE_BAD, "'%.*s': %zu more dataset checks hold it",
                 MOP_SV_ARG(x->spec->name), n - most);
}

/* What no repair of a record settles. */
static void say_else(struct mop_page *p, const struct mop_report_result *x)
{
    say_datasets(p, x);
    const struct mop_score *s = x->lowest_records ? &x->lowest_records->score.records : NULL;
    if (x->absent)
        mop_item(p, MOP_TONE_BAD, "'%.*s': bring the %.*s records", MOP_SV_ARG(x->spec->name),
                 MOP_SV_ARG(mop_absent_types(&p->arena, p->r, x)));
    else if (s && s->reason)
        mop_item(p, MOP_TONE_BAD, "'%.*s': there is no figure to lift: %s",
                 MOP_SV_ARG(x->spec->name), s->reason);
}

/* What has to be filled in before there is a figure. */
static void say_unweighed(struct mop_page *p, const struct mop_report_result *x,
                          const struct mop_need_result *n, const struct mop_score_pair *s)
{
    const struct mop_record *rec = n->need->record;
    struct mop_arena *a = &p->arena;
    mop_item(p, MOP_TONE_BAD,
             "'%.*s': there is no figure in money to lift: no usable %.*s in %.*s of %.*s (%.*s %% "
             "may lack it); fill it in, or set 'max_unweighted' under 'score'",
             MOP_SV_ARG(x->spec->name), MOP_SV_ARG(mop_basis_name(a, rec, mop_need_weight(n))),
             MOP_SV_ARG(mop_shown_count(a, s->unweighed)),
             MOP_SV_ARG(mop_shown_records(a, s->inside, rec->name)),
             MOP_SV_ARG(mop_shown_tenths(a, p->r->rules->max_unweighted_tenths)));
}

/* A goal in money that no repair comes nearer to, as there is no figure. */
static void say_moneyless(struct mop_page *p, const struct mop_report_result *x)
{
    for (size_t i = 0; i < x->nneeds && x->asked_value >= 0; i++) {
        const struct mop_score_pair *s = mop_goal_score(x, &x->needs[i]);
        if (!s || s->records.reason || !s->has_value || !s->value.reason)
            continue;
        if (s->value.reason == mop_too_unweighed)
            say_unweighed(p, x, &x->needs[i], s);
        else
            mop_item(p, MOP_TONE_BAD, "'%.*s': there is no figure in money to lift: %s",
                     MOP_SV_ARG(x->spec->name), s->value.reason);
    }
}

struct mop_sv mop_way_text(struct mop_page *p, const struct mop_report_result *x)
{
    struct mop_way way;
    if (!mop_way_of(&p->arena, p->r, x, &way))
        return MOP_SV("");
    static const char *const words[] = {"SEND after", "SEND after at least", "SEND perhaps after"};
    return mop_arena_printf(&p->arena, "%s %zu repair%s, %.*s, by %.*s", words[way.sure],
                            way.repairs, way.repairs == 1 ? "" : "s",
                            MOP_SV_ARG(mop_shown_records(&p->arena, way.records, MOP_SV(""))),
                            MOP_SV_ARG(way.who));
}

static void say_way(struct mop_page *p, const struct mop_report_result *x)
{
    struct mop_sv way = mop_way_text(p, x);
    if (way.n)
        mop_item(p, MOP_TONE_PLAIN, "'%.*s': %.*s", MOP_SV_ARG(x->spec->name), MOP_SV_ARG(way));
}

static size_t on_hold(const struct mop_result *r)
{
    size_t n = 0;
    for (size_t i = 0; i < r->nreports; i++)
        n += r->reports[i].decision == MOP_DECISION_HOLD;
    return n;
}

void mop_section_hold(struct mop_page *p)
{
    static const struct mop_grid_column columns[] = {
        {"report", false, MOP_FIT_KEY},     {"repair", false, MOP_FIT_KEY},
        {"records", true, MOP_FIT_WHOLE},   {"who", false, MOP_FIT_CLIP},
        {"clean of", false, MOP_FIT_WHOLE}, {"now", true, MOP_FIT_WHOLE},
        {"then", true, MOP_FIT_WHOLE},      {"asked for", true, MOP_FIT_WHOLE}};
    struct mop_grid t;
    mop_grid_init(&t, columns, 8);
    struct signs_used used = {false, false, 0};
    struct mop_chosen shown = mop_choose_reports(p, HOLD_BRIEF, HOLD_FULL);
    for (size_t i = 0; i < p->r->nreports; i++)
        if (shown.is[i])
            add_report(p, &t, &p->r->reports[i], &used);
    mop_heading(p, 2, "What lifts the reports on HOLD, one repair after the other");
    mop_grid_draw(p, &t);
    say_signs(p, &used);
    for (size_t i = 0; i < p->r->nreports; i++)
        if (shown.is[i] && p->r->reports[i].decision == MOP_DECISION_HOLD) {
            say_way(p, &p->r->reports[i]);
            say_else(p, &p->r->reports[i]);
            say_moneyless(p, &p->r->reports[i]);
        }
    if (on_hold(p->r) > shown.n)
        mop_page_more(p, on_hold(p->r), shown.n,
                      "reports on HOLD: the JSON report (-f json) has what lifts them");
}
