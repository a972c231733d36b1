/* SPDX-License-Identifier: MIT */
#include "report/goals.h"
#include "report/sections.h"
#include "check/repair.h"
#include "score/beyond.h"

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
    return mop_arena_printf(a, "; most often '%.*s' (%.*s)%s%.*s%s",
                            MOP_SV_ARG(mop_shown_text(a, value, 40)),
                            MOP_SV_ARG(mop_shown_records(a, v->count, MOP_SV(""))),
                            !proposal.n  ? ""
                            : v->certain ? ", write '"
                                         : ", perhaps '",
                            MOP_SV_ARG(mop_shown_text(a, proposal, 40)), proposal.n ? "'" : "");
}

static struct mop_sv amount(struct mop_page *p, const struct mop_type_result *y, mop_i128 weight)
{
    if (y->plan.by_value)
        return mop_shown_money(&p->arena, weight, mop_type_unit(&p->arena, y));
    return mop_shown_records(&p->arena, (uint64_t)weight, MOP_SV(""));
}

/* One thing to do: a rule's repair, or a column that is brought back with all that reads it. */
struct todo {
    const struct mop_check *check;           /* the rule; of a column the first that misses it */
    const struct mop_missing_column *column; /* NULL: a rule */
    size_t rules;
    enum mop_sure sure;
};

static struct todo *find_column(struct todo *all, size_t n, const struct mop_missing_column *m)
{
    for (size_t i = 0; i < n; i++)
        if (all[i].column && all[i].column->field == m->field)
            return &all[i];
    return NULL;
}

/* Columns come first: as long as one is missing nothing else can be told of it. */
static struct todo *todos_of(struct mop_page *p, const struct mop_type_result *y, size_t *n)
{
    const struct mop_plan *plan = &y->plan;
    struct todo *all = mop_arena_array(&p->arena, plan->n + 1, sizeof *all);
    *n = 0;
    for (size_t i = 0; i < plan->n; i++) {
        const struct mop_missing_column *m = mop_missing_of(p->r, y, plan->steps[i].check);
        struct todo *known = m ? find_column(all, *n, m) : NULL;
        if (m && !known) {
            known = &all[(*n)++];
            *known = (struct todo){plan->steps[i].check, m, 0, MOP_SURE_EXACT};
        }
        if (known) {
            known->rules++;
            known->sure = mop_step_sure(p->r, &plan->steps[i], known->sure);
        }
    }
    for (size_t i = 0; i < plan->n; i++)
        if (!mop_missing_of(p->r, y, plan->steps[i].check))
            all[(*n)++] = (struct todo){plan->steps[i].check, NULL, 1,
                                        mop_step_sure(p->r, &plan->steps[i], MOP_SURE_EXACT)};
    return all;
}

/* Marks the rules that the step repairs. */
static void repair(struct mop_page *p, const struct mop_type_result *y, const struct todo *d,
                   uint64_t *fixed)
{
    mop_bit_set(fixed, d->check->index);
    for (size_t i = 0; d->column && i < y->plan.n; i++) {
        const struct mop_check *c = y->plan.steps[i].check;
        const struct mop_missing_column *m = mop_missing_of(p->r, y, c);
        if (m && m->field == d->column->field)
            mop_bit_set(fixed, c->index);
    }
}

/* Does a record of the need fail the rule, or is it undecided there? Past the table's cap that is
 * not known: it may be. */
static bool in_need(const struct mop_need_result *n, const struct mop_check *c)
{
    const struct mop_tally *t = n->type->tally;
    bool any = t->beyond != NULL;
    for (size_t i = 0; i < t->nsignatures && !any; i++) {
        const struct mop_signature *s = &t->signatures[i];
        any = mop_part_has(s, (struct mop_part_of){.need = n->need->index}) &&
              (mop_bit_get(s->fail, c->index) || mop_bit_get(s->undecided, c->index));
    }
    return any;
}

static bool counts(const struct mop_report_result *x, const struct mop_check *c)
{
    for (size_t k = 0; k < x->nneeds; k++)
        for (size_t i = 0; i < x->needs[k].nrules; i++)
            if (x->needs[k].rules[i] == c)
                return in_need(&x->needs[k], c);
    return false;
}

/* Does the report count a rule that the step repairs, and hold records that it repairs? */
static bool lifts(struct mop_page *p, const struct mop_type_result *y, const struct todo *d,
                  const struct mop_report_result *x)
{
    if (!d->column)
        return counts(x, d->check);
    for (size_t i = 0; i < y->plan.n; i++) {
        const struct mop_missing_column *m = mop_missing_of(p->r, y, y->plan.steps[i].check);
        if (m && m->field == d->column->field && counts(x, y->plan.steps[i].check))
            return true;
    }
    return false;
}

/* "; lifts Speed to lead, Leads by channel"; "; for no report" */
static struct mop_sv lifted(struct mop_page *p, const struct mop_type_result *y,
                            const struct todo *d)
{
    enum { MOST = 4 };
    struct mop_arena *a = &p->arena;
    struct mop_sv names = MOP_SV("");
    size_t n = 0;
    for (size_t i = 0; i < p->r->nreports; i++) {
        struct mop_sv name = p->r->reports[i].spec->name;
        if (lifts(p, y, d, &p->r->reports[i]) && n++ < MOST)
            names = mop_arena_printf(a, "%.*s%s%.*s", MOP_SV_ARG(names), n > 1 ? ", " : "",
                                     MOP_SV_ARG(name));
    }
    if (!n)
        return p->r->nreports ? MOP_SV("; for no report") : MOP_SV("");
    return n > MOST ? mop_arena_printf(a, "; lifts %.*s and %zu more", MOP_SV_ARG(names), n - MOST)
                    : mop_arena_printf(a, "; lifts %.*s", MOP_SV_ARG(names));
}

/* " (those of b.csv only lack the column)": of a rule that found something in other sources. */
static struct mop_sv lacking(struct mop_page *p, const struct mop_check *c)
{
    const struct mop_missing_column *m = mop_missing_somewhere(p->r, c);
    size_t others = 0;
    if (!m || mop_expr_reads(c->when, m->field)) /* then they cannot be told */
        return MOP_SV("");
    for (size_t i = 0; i < p->r->nmissing; i++)
        others += p->r->missing[i].field == m->field && p->r->missing[i].source != m->source;
    struct mop_sv more = others ? mop_arena_printf(&p->arena, " and %zu more", others) : MOP_SV("");
    return mop_arena_printf(&p->arena, " (those of %.*s%.*s only lack the column '%.*s')",
                            MOP_SV_ARG(p->r->sources[m->source].name), MOP_SV_ARG(more),
                            MOP_SV_ARG(m->field->name));
}

/* Who does it. A column is the taxonomy owner's to bring back. */
static struct mop_sv who_repairs(struct mop_page *p, const struct mop_type_result *y,
                                 const struct todo *d)
{
    struct mop_arena *a = &p->arena;
    const struct mop_rule_tally *t = &y->tally->rules_tally[d->check->index];
    struct mop_sv owner = p->r->rules->owner;
    if (d->column && owner.n)
        return mop_arena_printf(a, "%.*s brings it back, or names it under 'columns'",
                                MOP_SV_ARG(owner));
    if (d->column)
        return MOP_SV("bring it back, or name it under 'columns'");
    struct mop_sv untold =
        t->undecided ? mop_arena_printf(a, "%s%.*s that cannot be told",
                                        t->failed ? " and settles " : "settles ",
                                        MOP_SV_ARG(mop_shown_records(a, t->undecided, MOP_SV(""))))
                     : MOP_SV("");
    struct mop_sv failed =
        t->failed ? mop_arena_printf(a, "repairs %.*s%.*s",
                                     MOP_SV_ARG(mop_shown_records(a, t->failed, MOP_SV(""))),
                                     MOP_SV_ARG(lacking(p, d->check)))
                  : MOP_SV("");
    return mop_arena_printf(a, "%.*s %.*s%.*s", MOP_SV_ARG(mop_rule_repairer(a, d->check)),
                            MOP_SV_ARG(failed), MOP_SV_ARG(untold));
}

static struct mop_sv step_rules(struct mop_page *p, const struct mop_type_result *y,
                                const struct todo *d)
{
    struct mop_arena *a = &p->arena;
    struct mop_sv at = d->column ? MOP_SV("") : mop_rule_example(p, y, d->check);
    if (d->rules > 1)
        return mop_arena_printf(a, "; %zu rules read it", d->rules);
    return mop_arena_printf(a, "%s%.*s [%.*s]", at.n ? "; see " : "", MOP_SV_ARG(at),
                            MOP_SV_ARG(d->check->id));
}

static size_t plan_weight(const struct mop_type_result *y)
{
    return y->plan.by_value ? 0 : SIZE_MAX;
}

/*
 * "12 records become clean, from 84.7 % to 98.8 % of all account records"; at most that, or about
 * that, where nobody knows what else the repaired values bring about.
 */
static struct mop_sv what_it_does(struct mop_page *p, const struct mop_type_result *y,
                                  mop_i128 before, mop_i128 clean, enum mop_sure sure)
{
    struct mop_arena *a = &p->arena;
    struct mop_score from = {NULL, before, y->plan.steps[0].assessed, 0}, to = from;
    struct mop_sv all = mop_basis_name(a, y->record, plan_weight(y));
    bool one = clean - before == 1 || y->plan.by_value;
    to.clean = clean;
    if (clean == before)
        return mop_arena_printf(a,
                                "nothing becomes clean before the next step is done: %.*s of all "
                                "%.*s",
                                MOP_SV_ARG(mop_share_text(a, &from, UINT64_MAX)), MOP_SV_ARG(all));
    return mop_arena_printf(a, "%s%.*s %s clean, from %.*s to %s%.*s of all %.*s",
                            mop_sure_words[sure], MOP_SV_ARG(amount(p, y, clean - before)),
                            one ? "becomes" : "become",
                            MOP_SV_ARG(mop_share_text(a, &from, UINT64_MAX)), mop_sure_words[sure],
                            MOP_SV_ARG(mop_share_text(a, &to, UINT64_MAX)), MOP_SV_ARG(all));
}

static void draw_step(struct mop_page *p, const struct mop_type_result *y, size_t i,
                      const struct todo *d, mop_i128 before, mop_i128 clean, enum mop_sure sure)
{
    struct mop_arena *a = &p->arena;
    struct mop_sv what =
        d->column ? mop_missing_words(a, p->r, d->column)
                  : mop_arena_printf(a, "%.*s%.*s", MOP_SV_ARG(mop_rule_words(a, d->check)),
                                     MOP_SV_ARG(worst_value(p, y, d->check)));
    mop_step(p, i + 1, what,
             mop_arena_printf(a, "%.*s: %.*s%.*s%.*s", MOP_SV_ARG(who_repairs(p, y, d)),
                              MOP_SV_ARG(what_it_does(p, y, before, clean, sure)),
                              MOP_SV_ARG(lifted(p, y, d)), MOP_SV_ARG(step_rules(p, y, d))));
}

static bool any_on_hold(const struct mop_result *r)
{
    for (size_t i = 0; i < r->nreports; i++)
        if (r->reports[i].decision == MOP_DECISION_HOLD)
            return true;
    return false;
}

/* "to 100.0 %" of the money is not all: what nobody weighs may be wrong all the same. */
static void say_rest(struct mop_page *p, const struct mop_type_result *y, size_t steps)
{
    struct mop_arena *a = &p->arena;
    uint64_t *fixed = mop_arena_array(a, y->tally->words + 1, sizeof *fixed);
    for (size_t i = 0; i < y->plan.n; i++)
        mop_bit_set(fixed, y->plan.steps[i].check->index);
    mop_i128 clean = mop_clean_without(y->tally, false, fixed);
    mop_i128 wrong = y->plan.by_value ? y->overall.records.assessed - clean : 0;
    struct mop_sv rest =
        wrong > 0 ? mop_arena_printf(a, "%.*s without money %s still wrong",
                                     MOP_SV_ARG(mop_shown_records(a, (uint64_t)wrong, MOP_SV(""))),
                                     wrong == 1 ? "is" : "are")
                  : MOP_SV("");
    if (steps)
        mop_para(p, MOP_TONE_FAINT, "and %zu more step%s to 100.0 %%%s%.*s", steps,
                 steps == 1 ? "" : "s", rest.n ? "; then " : "", MOP_SV_ARG(rest));
    else if (rest.n)
        mop_para(p, MOP_TONE_FAINT, "then %.*s", MOP_SV_ARG(rest));
}

static void draw_plan(struct mop_page *p, const struct mop_type_result *y)
{
    const struct mop_plan *plan = &y->plan;
    const struct mop_score *now = plan->by_value ? &y->overall.value : &y->overall.records;
    uint64_t *fixed = mop_arena_array(&p->arena, y->tally->words + 1, sizeof *fixed);
    mop_i128 before = now->clean;
    enum mop_sure sure = MOP_SURE_EXACT;
    size_t n;
    struct todo *all = todos_of(p, y, &n);
    if (p->r->ntypes > 1 || any_on_hold(p->r))
        mop_heading(p, 2, "Of all %.*s records", MOP_SV_ARG(y->record->name));
    size_t shown = mop_page_most(p, n, STEPS_BRIEF, STEPS_FULL);
    for (size_t i = 0; i < shown; i++) {
        mop_i128 clean = plan->steps[i].clean; /* without columns the todos are the plan's steps */
        repair(p, y, &all[i], fixed);
        if (all[0].column)
            clean = mop_clean_without(y->tally, plan->by_value, fixed);
        sure = all[i].sure > sure ? all[i].sure : sure;
        draw_step(p, y, i, &all[i], before, clean, sure);
        before = clean;
    }
    if (n)
        say_rest(p, y, n - shown);
    if (plan->reason)
        mop_para(p, MOP_TONE_WARN, "no plan: %s", plan->reason);
}

/* ---- certain repairs ---- */

/* True if a star stands in it. */
static bool lift_line(struct mop_page *p, struct mop_grid *g, struct mop_sv name,
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
    return !now->records.reason && n < MOP_TOO_FEW;
}

static void draw_lift(struct mop_page *p)
{
    static const struct mop_grid_column columns[] = {{"", false, MOP_FIT_CLIP},
                                                     {"money now", true, MOP_FIT_WHOLE},
                                                     {"repaired", true, MOP_FIT_WHOLE},
                                                     {"records now", true, MOP_FIT_WHOLE},
                                                     {"repaired", true, MOP_FIT_WHOLE}};
    const struct mop_result *r = p->r;
    struct mop_grid g;
    bool few = false;
    mop_grid_init(&g, columns, 5);
    struct mop_chosen shown = mop_choose_reports(p, MOP_REPORTS_BRIEF, MOP_REPORTS_FULL);
    for (size_t i = 0; i < r->nreports; i++) {
        const struct mop_report_result *x = &r->reports[i];
        const struct mop_need_result *v = x->lowest_value;
        if (!shown.is[i] || !x->lowest_records || !x->lowest_repaired)
            continue;
        struct mop_score_pair now = {.records = x->lowest_records->score.records,
                                     .value = v ? v->score.value : (struct mop_score){0},
                                     .has_value = v != NULL};
        few |= lift_line(p, &g, x->spec->name, &now, &x->lowest_repaired->repaired,
                         x->lowest_repaired_value ? &x->lowest_repaired_value->repaired : NULL);
    }
    for (size_t i = 0; i < r->ntypes; i++) {
        const struct mop_type_result *y = &r->types[i];
        struct mop_score_pair now = mop_overall(r, y);
        few |= lift_line(
            p, &g, mop_arena_printf(&p->arena, "all %.*s records", MOP_SV_ARG(y->record->name)),
            &now, &y->repaired, &y->repaired);
    }
    mop_grid_draw(p, &g);
    mop_page_more(p, r->nreports, shown.n, MOP_MORE_REPORTS);
    if (few)
        mop_say_few(p);
}

/* What the files leave as it is, and why. */
static void say_withheld(struct mop_page *p, const struct mop_repair_source *s, struct mop_sv name)
{
    const struct {
        uint64_t n;
        const char *one, *more;
    } why[] = {
        {s->no_key, "has no key to import it by", "have no key to import them by"},
        {s->shared_key, "shares its key with another: an import would change both",
         "share their key with others: an import would change all of them"},
        {s->risky, "keeps a value, as its repair may upset another check or record",
         "keep values, as their repair may upset another check or record"},
        {s->own_key, "has a key that could be repaired: an import finds it by the key as it is",
         "have keys that could be repaired: an import finds them by the keys as they are"},
        {s->unreadable, "has a cell that cannot be read, nor written back",
         "have cells that cannot be read, nor written back"},
    };
    for (size_t i = 0; i < sizeof why / sizeof *why; i++)
        if (why[i].n)
            mop_item(p, MOP_TONE_WARN, "%.*s: withheld: %.*s %s", MOP_SV_ARG(name),
                     MOP_SV_ARG(mop_shown_records(&p->arena, why[i].n, MOP_SV(""))),
                     why[i].n == 1 ? why[i].one : why[i].more);
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
        mop_item(p, MOP_TONE_PLAIN, "%.*s: %.*s value%s in %.*s", MOP_SV_ARG(p->r->sources[i].name),
                 MOP_SV_ARG(mop_shown_count(a, s->values)), s->values == 1 ? "" : "s",
                 MOP_SV_ARG(mop_shown_records(a, s->records, MOP_SV(""))));
        say_withheld(p, s, p->r->sources[i].name);
    }
    draw_lift(p);
}

void mop_section_plan(struct mop_page *p)
{
    bool hold = any_on_hold(p->r), any = p->r->repairs != NULL || hold;
    for (size_t i = 0; i < p->r->ntypes; i++)
        any |= p->r->types[i].plan.n || p->r->types[i].plan.reason;
    if (!any || mop_is_partial(p->r))
        return;
    mop_heading(p, 1, "Do this first");
    if (hold)
        mop_section_hold(p);
    for (size_t i = 0; i < p->r->ntypes; i++)
        if (p->r->types[i].plan.n || p->r->types[i].plan.reason)
            draw_plan(p, &p->r->types[i]);
    if (p->r->repairs)
        draw_repairs(p);
}
