/* SPDX-License-Identifier: MIT */
#include "report/html.h"

/* How every score is computed: the one formula, with this run's numbers. */

enum { RULES = 40 };

/* "100 × 6,828 ÷ 9,228 = 73.9 %" */
static void put_division(struct mop_page *p, const struct mop_score *s, bool money,
                         const char *unit)
{
    struct mop_arena *a = &p->arena;
    if (s->reason) {
        mop_html_put(p, "<td>no score: {}</td>", mop_sv_of(s->reason));
        return;
    }
    mop_html_put(
        p, "<td>100 × {} ÷ {} = <b>{}</b></td>",
        money ? mop_shown_money(a, s->clean, unit) : mop_shown_count(a, (uint64_t)s->clean),
        money ? mop_shown_money(a, s->assessed, unit) : mop_shown_count(a, (uint64_t)s->assessed),
        mop_share_text(a, s, UINT64_MAX));
}

static void put_rules(struct mop_page *p, const struct mop_need_result *n)
{
    if (!n->nrules) {
        mop_html_str(p, "no rule");
        return;
    }
    mop_html_put(p, "<details class=\"more\"><summary>{} rule{} of {} records</summary><ul>",
                 mop_shown_count(&p->arena, n->nrules), n->nrules == 1 ? MOP_SV("") : MOP_SV("s"),
                 n->need->record->name);
    for (size_t i = 0; i < n->nrules && i < RULES; i++)
        mop_html_put(p, "<li>{} <code>{}</code></li>", mop_rule_words(&p->arena, n->rules[i]),
                     n->rules[i]->id);
    if (n->nrules > RULES)
        mop_html_put(p, "<li class=\"f\">and {} more rules</li>",
                     mop_shown_count(&p->arena, n->nrules - RULES));
    mop_html_str(p, "</ul></details>");
}

static void put_pair(struct mop_page *p, const struct mop_score_pair *s, const char *unit)
{
    struct mop_score records = mop_scored(p->r, s->records), value = mop_scored(p->r, s->value);
    put_division(p, &records, false, "");
    if (s->has_value)
        put_division(p, &value, true, unit);
    else
        mop_html_str(p, "<td></td>");
}

static void put_need(struct mop_page *p, const struct mop_report_result *x,
                     const struct mop_need_result *n)
{
    mop_html_put(p, "<tr><th scope=\"row\">{}{}</th>", x->spec->name,
                 x->lowest_records == n && x->nneeds > 1
                     ? MOP_SV(": the lowest of its records is its figure")
                     : MOP_SV(""));
    put_pair(p, &n->score, mop_need_unit(&p->arena, n));
    mop_html_str(p, "<td>");
    put_rules(p, n);
    mop_html_str(p, "</td></tr>\n");
}

static void put_type(struct mop_page *p, const struct mop_type_result *y)
{
    struct mop_score_pair o = mop_overall(p->r, y);
    mop_html_put(p, "<tr><th scope=\"row\">all {} records</th>", y->record->name);
    put_pair(p, &o, mop_type_unit(&p->arena, y));
    mop_html_str(p, "<td>every error rule</td></tr>\n");
}

static void say_formula(struct mop_page *p)
{
    mop_para(p, MOP_TONE_PLAIN,
             "Every score is a share: 100 × what is clean ÷ what was assessed. A record is clean "
             "for a score if none of the rules that the score counts failed, and none was left "
             "open. It is assessed unless it was taken out before judging or no error rule applies "
             "to it. In money the records count by their weight instead of one each.");
    mop_para(p, MOP_TONE_PLAIN,
             "A report counts the error rules about the fields that it uses, in the records that "
             "it shows. Rules have no weights. What is suppressed or in a baseline still counts. "
             "Shares of clean are rounded down, of what is wrong up: 100.0 %% is said only where "
             "nothing is known to be wrong. Sums of money are rounded to the nearest.");
    mop_para(p, MOP_TONE_PLAIN,
             "Points lost by a rule: each record that is not clean shares its weight equally among "
             "the rules that it fails, so that the points of all rules add up to what is missing "
             "to 100.");
}

void mop_html_formula(struct mop_page *p)
{
    static const struct mop_grid_column columns[] = {{"score", false, MOP_FIT_KEY},
                                                     {"by records", false, MOP_FIT_WHOLE},
                                                     {"by money", false, MOP_FIT_WHOLE},
                                                     {"counting", false, MOP_FIT_CLIP}};
    const struct mop_result *r = p->r;
    mop_html_section(p, "How every score is computed", MOP_SV("How scores are computed"));
    say_formula(p);
    mop_html_begin_table(p, columns, 4, false);
    for (size_t i = 0; i < r->nreports; i++)
        for (size_t k = 0; k < r->reports[i].nneeds && !r->reports[i].absent; k++)
            if (!mop_html_full(p))
                put_need(p, &r->reports[i], &r->reports[i].needs[k]);
    for (size_t i = 0; i < r->ntypes; i++)
        if (!mop_html_full(p))
            put_type(p, &r->types[i]);
    mop_html_end_table(p);
}
