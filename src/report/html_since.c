/* SPDX-License-Identifier: MIT */
#include "report/html.h"

/* What changed since the last run, split into what the data changed and what the rules changed. */

enum { VALUES = 40, OTHERS = 30 };

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

static void put_part(struct mop_page *p, int64_t from, int64_t to)
{
    if (from < 0 || to < 0)
        mop_html_str(p, "<td class=\"n\">-</td>");
    else
        mop_html_put(p, "<td class=\"n {}\">{}</td>",
                     to < from   ? MOP_SV("b")
                     : to > from ? MOP_SV("g")
                                 : MOP_SV("f"),
                     mop_html_points(p, to - from));
}

static void put_score(struct mop_page *p, const struct mop_score_since *s, bool money)
{
    int64_t before = money ? s->before_value : s->before_records;
    int64_t between = money ? s->between_value : s->between_records;
    int64_t now = money ? s->now_value : s->now_records;
    mop_html_put(p, "<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"n\">{}</td>",
                 score_name(p, s), money ? MOP_SV("money") : MOP_SV("records"),
                 mop_html_tenths(p, before));
    put_part(p, before, between);
    put_part(p, between, now);
    mop_html_put(p, "<td class=\"n\"><b>{}</b></td><td>", mop_html_tenths(p, now));
    mop_html_sparkline(p, s, money, -1);
    mop_html_str(p, "</td></tr>\n");
}

/* Reports and all records always; the others where they moved. */
static bool told(const struct mop_score_since *s)
{
    return s->of == MOP_SINCE_REPORT || s->of == MOP_SINCE_OVERALL ||
           s->before_records != s->now_records || s->before_value != s->now_value;
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
    mop_html_begin_table(p, columns, 7, false);
    for (size_t i = 0; i < since->nscores; i++) {
        const struct mop_score_since *s = &since->scores[i];
        bool other = s->of != MOP_SINCE_REPORT && s->of != MOP_SINCE_OVERALL;
        if (!told(s) || (other && others++ >= OTHERS) || mop_html_full(p))
            continue;
        shown += other;
        put_score(p, s, false);
        if (s->before_value >= 0 || s->now_value >= 0)
            put_score(p, s, true);
    }
    mop_html_end_table(p);
    mop_page_more(p, others, shown, "scores that moved");
}

/* "12 of 9,240" */
static struct mop_sv of_all(struct mop_page *p, uint64_t n, uint64_t all)
{
    return mop_arena_printf(&p->arena, "%.*s of %.*s", MOP_SV_ARG(mop_shown_count(&p->arena, n)),
                            MOP_SV_ARG(mop_shown_count(&p->arena, all)));
}

static void put_rules(struct mop_page *p, const struct mop_since *since)
{
    static const struct mop_grid_column columns[] = {{"rule", false, MOP_FIT_KEY},
                                                     {"became", false, MOP_FIT_WHOLE},
                                                     {"failed then", true, MOP_FIT_WHOLE},
                                                     {"fails now", true, MOP_FIT_WHOLE}};
    static const char *const words[] = {"worse", "better", "new", "gone"};
    static const char *const looks[] = {"b", "g", "", "f"};
    if (!since->nrules)
        return;
    mop_heading(p, 2, "Rules that got worse or better, came or went");
    mop_html_begin_table(p, columns, 4, true);
    for (size_t i = 0; i < since->nrules; i++) {
        const struct mop_rule_since *r = &since->rules[i];
        if (!mop_html_full(p))
            mop_html_put(p,
                         "<tr><th scope=\"row\"><code>{}</code></th><td class=\"{}\">{}</td>"
                         "<td class=\"n\">{}</td><td class=\"n\">{}</td></tr>\n",
                         r->id, mop_sv_of(looks[r->how]), mop_sv_of(words[r->how]),
                         r->how == MOP_RULE_NEW ? MOP_SV("-")
                                                : of_all(p, r->failed_before, r->applicable_before),
                         r->how == MOP_RULE_GONE ? MOP_SV("-")
                                                 : of_all(p, r->failed_now, r->applicable_now));
    }
    mop_html_end_table(p);
}

static struct mop_sv value_text(struct mop_page *p, const struct mop_value_since *v)
{
    const struct mop_field personal = {.personal = v->personal};
    return mop_shown_value(&p->arena, p->r->show_values, &personal, v->value);
}

static void put_values(struct mop_page *p, const struct mop_since *since)
{
    static const struct mop_grid_column columns[] = {{"field", false, MOP_FIT_KEY},
                                                     {"value", false, MOP_FIT_CLIP},
                                                     {"", false, MOP_FIT_WHOLE},
                                                     {"records", true, MOP_FIT_WHOLE}};
    size_t shown = 0;
    if (!since->nvalues)
        return;
    mop_heading(p, 2, "Values seen for the first time, values that vanished");
    mop_html_begin_table(p, columns, 4, true);
    for (; shown < since->nvalues && shown < VALUES; shown++) {
        const struct mop_value_since *v = &since->values[shown];
        mop_html_put(p, "<tr><th scope=\"row\">{}.{}</th><td>", v->record, v->field);
        mop_html_data(p, value_text(p, v));
        mop_html_put(p, "</td><td>{}</td><td class=\"n\">{}</td></tr>\n",
                     v->vanished ? MOP_SV("vanished") : MOP_SV("new"),
                     mop_shown_count(&p->arena, v->count));
    }
    mop_html_end_table(p);
    mop_page_more(p, since->nvalues + since->values_more, shown, "values");
}

static void put_counts(struct mop_page *p, const struct mop_since *since)
{
    static const struct mop_grid_column columns[] = {
        {"what", false, MOP_FIT_KEY}, {"then", true, MOP_FIT_WHOLE}, {"now", true, MOP_FIT_WHOLE}};
    static const char *const words[] = {"records", "filled in", "in the stage"};
    if (!since->ncounts)
        return;
    mop_heading(p, 2, "Volumes, fill rates, stages");
    mop_html_begin_table(p, columns, 3, true);
    for (size_t i = 0; i < since->ncounts; i++) {
        const struct mop_count_since *c = &since->counts[i];
        bool whole = c->of == MOP_COUNT_RECORDS;
        if (!mop_html_full(p))
            mop_html_put(
                p,
                "<tr><th scope=\"row\">{}{}{}: {}</th><td class=\"n\">{}</td>"
                "<td class=\"n\">{}</td></tr>\n",
                c->record, c->name.n ? MOP_SV(".") : MOP_SV(""), c->name, mop_sv_of(words[c->of]),
                whole ? mop_shown_count(&p->arena, c->before)
                      : of_all(p, c->before, c->total_before),
                whole ? mop_shown_count(&p->arena, c->now) : of_all(p, c->now, c->total_now));
    }
    mop_html_end_table(p);
}

static void say_with_what(struct mop_page *p, const struct mop_since *s)
{
    mop_para(p, MOP_TONE_PLAIN, "Compared with run %.*s of %.*s.%s", MOP_SV_ARG(s->run),
             MOP_SV_ARG(mop_html_instant(p, s->at_us)),
             s->same_rules ? " The rules are the same: whatever changed is in the data." : "");
    if (!s->same_rules)
        mop_para(p, MOP_TONE_PLAIN,
                 "The rules changed, from %.*s to %.*s. The old rules were run on the new data "
                 "too, to tell what the data changed from what the rules changed.",
                 MOP_SV_ARG(s->taxonomy_before), MOP_SV_ARG(s->taxonomy_now));
    if (s->unsplit)
        mop_para(p, MOP_TONE_WARN, "The change could not be split: %s", s->unsplit);
}

void mop_html_since(struct mop_page *p)
{
    const struct mop_since *s = p->r->since;
    if (!s)
        return;
    mop_html_section(p, "What changed since the last run", MOP_SV("What changed"));
    say_with_what(p, s);
    if (s->nscores)
        put_scores(p, s);
    put_rules(p, s);
    put_values(p, s);
    put_counts(p, s);
}
