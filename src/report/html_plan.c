/* SPDX-License-Identifier: MIT */
#include "report/html.h"

/* Do this first: the plan of every report, and a bar of what each rule takes away. */

enum { RULES = 9 }; /* told apart by colour; the others are one part */

/* "20.867" points of a whole, in thousandths of a point. */
static int64_t thousandths(struct mop_sv points)
{
    int64_t v = 0;
    for (size_t i = 0; i < points.n; i++)
        if (points.p[i] >= '0' && points.p[i] <= '9')
            v = v * 10 + (points.p[i] - '0');
    return v;
}

static struct mop_sv share_of(const struct mop_fix *f)
{
    return f->share_value.n ? f->share_value : f->share_records;
}

static struct mop_sv look_of(struct mop_page *p, size_t i)
{
    return i < RULES ? mop_arena_printf(&p->arena, "p%zu", i + 1) : MOP_SV("px");
}

/* Widths are cut to thousandths of the whole; what that leaves over stays grey. */
static void put_bar(struct mop_page *p, const struct mop_type_result *y, struct mop_sv of)
{
    struct mop_score_pair o = mop_overall(p->r, y);
    bool money = y->fixes[0].share_value.n > 0;
    struct mop_html_part parts[RULES + 2];
    int64_t clean = mop_score_tenths(money ? &o.value : &o.records), others = 0;
    size_t n = 0;
    parts[n++] = (struct mop_html_part){clean, "clean", MOP_SV("clean")};
    for (size_t i = 0; i < y->nfixes; i++) {
        int64_t lost = thousandths(share_of(&y->fixes[i]));
        if (i < RULES)
            parts[n++] = (struct mop_html_part){lost / 100, look_of(p, i).p, y->fixes[i].check->id};
        else
            others += lost;
    }
    parts[n++] = (struct mop_html_part){others / 100, "px", MOP_SV("other rules")};
    mop_html_stack(p,
                   mop_arena_printf(&p->arena, "What each rule takes away of %.*s", MOP_SV_ARG(of)),
                   MOP_SV("The table below has the same figures."), parts, n);
}

static void put_rule(struct mop_page *p, const struct mop_type_result *y, size_t i)
{
    struct mop_arena *a = &p->arena;
    const struct mop_fix *f = &y->fixes[i];
    const struct mop_rule_tally *t = &y->tally->rules_tally[f->check->index];
    struct mop_sv who = mop_rule_repairer(a, f->check);
    mop_html_put(
        p,
        "<tr><th scope=\"row\"><svg class=\"swatch\" aria-hidden=\"true\" viewBox=\"0 0 10 "
        "10\"><rect class=\"{}\" width=\"10\" height=\"10\"/></svg> {}</th>"
        "<td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td "
        "class=\"n\">{}</td><td class=\"{}\">{}</td><td><code>{}</code></td></tr>\n",
        look_of(p, i), mop_rule_words(a, f->check), share_of(f),
        f->share_value.n ? f->gain_value : f->gain_records, mop_shown_count(a, t->failed),
        mop_shown_count(a, t->undecided), mop_html_keep(who), who, f->check->id);
}

static void put_losses(struct mop_page *p, const struct mop_type_result *y)
{
    static const struct mop_grid_column columns[] = {{"what is wrong", false, MOP_FIT_KEY},
                                                     {"points lost", true, MOP_FIT_WHOLE},
                                                     {"of them by it alone", true, MOP_FIT_WHOLE},
                                                     {"records that fail", true, MOP_FIT_WHOLE},
                                                     {"cannot be told", true, MOP_FIT_WHOLE},
                                                     {"who repairs", false, MOP_FIT_CLIP},
                                                     {"rule", false, MOP_FIT_CLIP}};
    bool money = y->fixes[0].share_value.n > 0;
    struct mop_sv of = mop_basis_name(&p->arena, y->record, money ? 0 : SIZE_MAX);
    mop_heading(p, 2, "What each rule takes away of all %.*s", MOP_SV_ARG(of));
    put_bar(p, y, of);
    mop_html_begin_table(p, columns, 7, true);
    size_t shown = y->nfixes < RULES ? y->nfixes : RULES;
    for (size_t i = 0; i < shown; i++)
        if (!mop_html_full(p))
            put_rule(p, y, i);
    mop_html_end_table(p);
    mop_page_more(p, y->nfixes, shown, "rules that take points away");
}

void mop_html_plan(struct mop_page *p)
{
    mop_section_plan(p);
    for (size_t i = 0; i < p->r->ntypes && !mop_is_partial(p->r); i++)
        if (p->r->types[i].nfixes && !mop_html_full(p))
            put_losses(p, &p->r->types[i]);
}
