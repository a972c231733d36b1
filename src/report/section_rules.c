/* SPDX-License-Identifier: MIT */
#include "report/sections.h"
#include <stdlib.h>

/* Rules by what they cost, with their worst values. */

enum { RULES_BRIEF = 20, VALUES = 5 };

static size_t max_of(size_t asked, size_t usual)
{
    return asked ? asked : usual;
}

/* Rules with a share in its order, then the others that found something, most findings first. */
static int by_findings(const void *x, const void *y)
{
    const struct mop_rule_order *a = x, *b = y;
    if (!a->fix != !b->fix)
        return a->fix ? -1 : 1;
    if (a->fix)
        return a->fix < b->fix ? -1 : 1;
    if (a->findings != b->findings)
        return a->findings < b->findings ? 1 : -1;
    return a->check->index < b->check->index ? -1 : 1;
}

struct mop_rule_order *mop_rules_by_loss(struct mop_arena *a, const struct mop_type_result *y,
                                         size_t *n)
{
    struct mop_rule_order *o = mop_arena_array(a, y->record->nchecks + 1, sizeof *o);
    *n = 0;
    for (size_t i = 0; i < y->record->nchecks; i++) {
        const struct mop_rule_tally *t = &y->tally->rules_tally[i];
        if (!t->failed && !t->undecided)
            continue;
        struct mop_rule_order *x = &o[(*n)++];
        *x = (struct mop_rule_order){y->record->checks[i], NULL, t->failed + t->undecided};
        for (size_t k = 0; k < y->nfixes; k++)
            x->fix = y->fixes[k].check == x->check ? &y->fixes[k] : x->fix;
    }
    if (*n)
        qsort(o, *n, sizeof *o, by_findings);
    return o;
}

static void draw_values(struct mop_page *p, const struct mop_type_result *y,
                        const struct mop_check *c)
{
    static const struct mop_grid_column columns[] = {{"", true, MOP_FIT_WHOLE},
                                                     {"", false, MOP_FIT_CLIP},
                                                     {"", false, MOP_FIT_CLIP},
                                                     {"", false, MOP_FIT_WHOLE}};
    struct mop_arena *a = &p->arena;
    const struct mop_rule_tally *t = &y->tally->rules_tally[c->index];
    const struct mop_rule_value **v = mop_sorted_values(a, t);
    size_t most = max_of(p->o->max_values, VALUES), shown = t->nvalues < most ? t->nvalues : most;
    struct mop_grid g;
    if (!c->field || (t->nvalues == 1 && !v[0]->value.n))
        return;
    mop_grid_init(&g, columns, 4);
    for (size_t i = 0; i < shown; i++) {
        struct mop_sv proposal = mop_shown_found(a, p->r->show_values, c, c->field, v[i]->proposal);
        mop_grid_add(&g, MOP_TONE_PLAIN,
                     mop_arena_printf(a, "%.*s x", MOP_SV_ARG(mop_shown_count(a, v[i]->count))));
        mop_grid_add(&g, MOP_TONE_DATA,
                     mop_shown_found(a, p->r->show_values, c, c->field, v[i]->value));
        mop_grid_add(&g, MOP_TONE_PLAIN,
                     proposal.n ? mop_arena_printf(a, "write '%.*s'",
                                                   MOP_SV_ARG(mop_shown_text(a, proposal, 40)))
                                : MOP_SV(""));
        mop_grid_str(&g, proposal.n && !v[i]->certain ? "perhaps" : "");
    }
    mop_grid_draw(p, &g);
    mop_page_more(p, t->nvalues, shown,
                  t->values_over ? "values, and others past the list's end" : "values");
}

static struct mop_sv points(struct mop_arena *a, const struct mop_type_result *y, size_t weight,
                            struct mop_sv share, struct mop_sv gain)
{
    return mop_arena_printf(a, "%.*s points of %.*s (%.*s alone)", MOP_SV_ARG(share),
                            MOP_SV_ARG(mop_basis_name(a, y->record, weight)), MOP_SV_ARG(gain));
}

/* Of data that was not read whole nothing is told that is a share of it. */
static struct mop_sv cost_text(const struct mop_page *p, struct mop_arena *a,
                               const struct mop_type_result *y, const struct mop_fix *f)
{
    if (mop_is_partial(p->r))
        return MOP_SV("its cost is not known");
    if (!f)
        return MOP_SV("costs no points");
    struct mop_sv records = points(a, y, SIZE_MAX, f->share_records, f->gain_records);
    if (!f->share_value.n)
        return mop_arena_printf(a, "costs %.*s", MOP_SV_ARG(records));
    return mop_arena_printf(a, "costs %.*s, %.*s",
                            MOP_SV_ARG(points(a, y, 0, f->share_value, f->gain_value)),
                            MOP_SV_ARG(records));
}

static void draw_rule(struct mop_page *p, const struct mop_type_result *y,
                      const struct mop_rule_order *o)
{
    struct mop_arena *a = &p->arena;
    const struct mop_rule_tally *t = &y->tally->rules_tally[o->check->index];
    struct mop_sv undecided = t->undecided
                                  ? mop_arena_printf(a, ", %.*s cannot be told",
                                                     MOP_SV_ARG(mop_shown_count(a, t->undecided)))
                                  : MOP_SV("");
    struct mop_sv suppressed = t->suppressed
                                   ? mop_arena_printf(a, ", %.*s suppressed",
                                                      MOP_SV_ARG(mop_shown_count(a, t->suppressed)))
                                   : MOP_SV("");
    mop_heading(p, 2, "%.*s", MOP_SV_ARG(o->check->id));
    mop_para(p, MOP_TONE_PLAIN, "%s: %.*s. %.*s of %.*s fail%.*s%.*s; %.*s; owner %.*s",
             mop_severity_names[o->check->severity], MOP_SV_ARG(mop_rule_words(a, o->check)),
             MOP_SV_ARG(mop_shown_count(a, t->failed)), MOP_SV_ARG(mop_shown_count(a, t->applied)),
             MOP_SV_ARG(undecided), MOP_SV_ARG(suppressed), MOP_SV_ARG(cost_text(p, a, y, o->fix)),
             MOP_SV_ARG(o->check->owner.n ? o->check->owner : MOP_SV("nobody named")));
    if (o->check->why.n)
        mop_para(p, MOP_TONE_FAINT, "why: %.*s", MOP_SV_ARG(o->check->why));
    draw_values(p, y, o->check);
}

static void draw_rule_table(struct mop_page *p, const struct mop_type_result *y,
                            const struct mop_rule_order *o, size_t n)
{
    static const struct mop_grid_column columns[] = {
        {"rule", false, MOP_FIT_KEY},  {"what is wrong", false, MOP_FIT_TEXT},
        {"fail", true, MOP_FIT_WHOLE}, {"cannot be told", true, MOP_FIT_WHOLE},
        {"of", true, MOP_FIT_WHOLE},   {"points", true, MOP_FIT_WHOLE},
        {"owner", false, MOP_FIT_CLIP}};
    struct mop_arena *a = &p->arena;
    struct mop_grid g;
    bool money = false;
    mop_grid_init(&g, columns, 7);
    size_t shown = n < RULES_BRIEF ? n : RULES_BRIEF;
    for (size_t i = 0; i < shown; i++) {
        const struct mop_rule_tally *t = &y->tally->rules_tally[o[i].check->index];
        const struct mop_fix *f = o[i].fix;
        money |= f && f->share_value.n;
        mop_grid_add(&g, MOP_TONE_PLAIN, o[i].check->id);
        mop_grid_add(&g, MOP_TONE_PLAIN, mop_rule_words(a, o[i].check));
        mop_grid_add(&g, MOP_TONE_PLAIN, mop_shown_count(a, t->failed));
        mop_grid_add(&g, MOP_TONE_PLAIN,
                     t->undecided ? mop_shown_count(a, t->undecided) : MOP_SV(""));
        mop_grid_add(&g, MOP_TONE_PLAIN, mop_shown_count(a, t->applied));
        mop_grid_add(&g, MOP_TONE_PLAIN,
                     !f || mop_is_partial(p->r) ? MOP_SV("")
                     : f->share_value.n         ? f->share_value
                                                : f->share_records);
        mop_grid_add(&g, MOP_TONE_PLAIN, o[i].check->owner);
    }
    mop_grid_draw(p, &g);
    mop_page_more(p, n, shown, "rules");
    if (!mop_is_partial(p->r))
        mop_para(p, MOP_TONE_FAINT, "points: percent of all %.*s",
                 MOP_SV_ARG(mop_basis_name(a, y->record, money ? 0 : SIZE_MAX)));
}

void mop_say_passed(struct mop_page *p, const struct mop_type_result *y)
{
    size_t passed = 0;
    for (size_t i = 0; i < y->record->nchecks; i++) {
        const struct mop_rule_tally *t = &y->tally->rules_tally[i];
        passed += t->applied && !t->failed && !t->undecided &&
                  y->record->checks[i]->role != MOP_CHECK_INPUT;
    }
    if (passed)
        mop_para(p, MOP_TONE_FAINT, "%zu rule%s found nothing wrong", passed,
                 passed == 1 ? "" : "s");
}

void mop_section_rules(struct mop_page *p)
{
    for (size_t i = 0; i < p->r->ntypes; i++) {
        const struct mop_type_result *y = &p->r->types[i];
        size_t n;
        struct mop_rule_order *o = mop_rules_by_loss(&p->arena, y, &n);
        if (!n)
            continue;
        mop_heading(p, 1, "Rules by what they cost: %.*s records", MOP_SV_ARG(y->record->name));
        n = mop_fold_rules(p, y, o, n);
        if (p->brief && n)
            draw_rule_table(p, y, o, n);
        for (size_t k = 0; k < n && !p->brief; k++)
            draw_rule(p, y, &o[k]);
        mop_say_passed(p, y);
    }
}
