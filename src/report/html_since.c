/* SPDX-License-Identifier: MIT */
#include "report/html.h"

/* What changed since the last run, split into what the data changed and what the rules changed. */

enum { OTHERS = 30 };

static struct mop_sv score_name(struct mop_page *p, const struct mop_score_since *s)
{
    static const char *const words[] = {"report", "all", "dimension", "owner", "field"};
    if (s->of == MOP_SINCE_REPORT)
        return s->name;
    if (s->of == MOP_SINCE_OVERALL)
        return mop_arena_printf(&p->arena, "all %.*s records", MOP_SV_ARG(s->record));
    return mop_arena_printf(&p->arena, "%s %.*s, of %.*s", words[s->of], MOP_SV_ARG(s->name),
                            MOP_SV_ARG(s->record));
}

static void put_part(struct mop_page *p, const char *label, int64_t points)
{
    if (points == INT64_MIN)
        mop_html_put(p, "<td class=\"n\" data-label=\"{}\">-</td>", mop_sv_of(label));
    else
        mop_html_put(p, "<td class=\"n {}\" data-label=\"{}\">{}</td>",
                     points < 0   ? MOP_SV("b")
                     : points > 0 ? MOP_SV("g")
                                  : MOP_SV("f"),
                     mop_sv_of(label), mop_html_points(p, points));
}

static void put_score(struct mop_page *p, const struct mop_score_since *s, bool money, bool still)
{
    int64_t before = money ? s->before_value : s->before_records;
    const struct mop_split *by = money ? &s->value : &s->records;
    int64_t now = money ? s->now_value : s->now_records;
    mop_html_put(p,
                 "<tr class=\"{}\"><th scope=\"row\">{}</th><td data-label=\"of\">{}</td>"
                 "<td class=\"n\" data-label=\"then\">{}</td>",
                 still ? MOP_SV("still") : MOP_SV(""), score_name(p, s),
                 money ? MOP_SV("money") : MOP_SV("records"), mop_html_tenths(p, before));
    put_part(p, "by the data", by->data);
    put_part(p, "by the rules", by->rules);
    mop_html_put(p, "<td class=\"n\" data-label=\"now\"><b>{}</b></td><td data-label=\"trend\">",
                 mop_html_tenths(p, now));
    mop_html_sparkline(p, s, money);
    mop_html_str(p, "</td></tr>\n");
}

/* Reports and all records always; the others where they moved. */
static bool told(const struct mop_page *p, const struct mop_score_since *s)
{
    return s->of == MOP_SINCE_REPORT || s->of == MOP_SINCE_OVERALL ||
           mop_since_wanted(p, s, false) || mop_since_wanted(p, s, true);
}

static void say_marks(struct mop_page *p, const struct mop_since *since)
{
    for (size_t i = 0; i < since->nscores; i++)
        for (size_t k = 1; k < since->scores[i].ntrend; k++)
            if (since->scores[i].trend[k].other_rules) {
                mop_para(p, MOP_TONE_FAINT,
                         "A line across a trend: from there on it is by other rules.");
                return;
            }
}

static void put_scores(struct mop_page *p, const struct mop_since *since)
{
    static const struct mop_grid_column columns[] = {
        {"clean", false, MOP_FIT_KEY},         {"of", false, MOP_FIT_WHOLE},
        {"then", true, MOP_FIT_WHOLE},         {"by the data", true, MOP_FIT_WHOLE},
        {"by the rules", true, MOP_FIT_WHOLE}, {"now", true, MOP_FIT_WHOLE},
        {"trend", false, MOP_FIT_WHOLE}};
    size_t others = 0, shown = 0;
    mop_heading(p, 2, "Scores: what the data changed, what the rules changed");
    mop_html_begin_rows(p, columns, 7);
    for (size_t i = 0; i < since->nscores; i++) {
        const struct mop_score_since *s = &since->scores[i];
        bool other = s->of != MOP_SINCE_REPORT && s->of != MOP_SINCE_OVERALL;
        if (!told(p, s) || (other && others++ >= OTHERS) || mop_html_full(p))
            continue;
        shown += other;
        put_score(p, s, false, !mop_since_wanted(p, s, false));
        if (s->before_value >= 0 || s->now_value >= 0)
            put_score(p, s, true, !mop_since_wanted(p, s, true));
    }
    mop_html_end_rows(p);
    mop_page_more(p, others, shown, "scores that moved");
    say_marks(p, since);
}

void mop_html_since(struct mop_page *p)
{
    const struct mop_since *s = p->r->since;
    if (!s)
        return;
    mop_html_of(p)->expect = MOP_SV("What changed");
    mop_since_heading(p, s);
    mop_since_say_before(p, s);
    if (s->first)
        return;
    mop_since_say_still(p, s);
    if (s->nscores)
        put_scores(p, s);
    mop_since_say_causes(p, s);
    mop_html_since_lists(p, mop_since_told(p, s));
}
