/* SPDX-License-Identifier: MIT */
#include "report/html.h"

/* Can we report on it: a row per report, with the earlier run and the trend where there is a
 * history. */

void mop_html_badge(struct mop_page *p, const struct mop_report_result *x)
{
    static const char *const words[] = {"cannot be told", "send", "HOLD"};
    static const char *const looks[] = {"none", "send", "hold"};
    int i = mop_is_partial(p->r) ? MOP_DECISION_HOLD : (int)x->decision;
    mop_html_put(p, "<b class=\"badge {}\">{}</b>", mop_sv_of(looks[i]), mop_sv_of(words[i]));
}

struct row {
    const struct mop_report_line *line;
    const struct mop_report_result *report; /* NULL: of all records of a type */
    const struct mop_score_since *since;    /* NULL: no history */
};

/* Which columns the table has. */
struct shape {
    bool decides, since, money, fresh, owner;
};

static struct shape shape_of(struct mop_page *p, const struct mop_report_line *lines, size_t n)
{
    struct shape s = {.decides = p->r->nreports > 0, .since = p->r->since != NULL};
    for (size_t i = 0; i < n; i++) {
        s.money |= lines[i].score.has_value;
        s.fresh |= lines[i].has_fresh;
        s.owner |= lines[i].owner.n > 0;
    }
    return s;
}

static size_t columns_of(struct mop_page *p, const struct shape *s, struct mop_grid_column *c)
{
    const struct mop_ruleset *rs = p->r->rules;
    size_t n = 0;
    c[n++] = (struct mop_grid_column){.title = s->decides ? "report" : "records"};
    if (s->decides)
        c[n++] = (struct mop_grid_column){.title = "send it?"};
    c[n++] = (struct mop_grid_column){.title = "clean records", .right = true};
    if (s->since)
        c[n++] = (struct mop_grid_column){.title = "last run", .right = true};
    if (s->money)
        c[n++] = (struct mop_grid_column){.title = "clean money", .right = true};
    if (s->money && s->since)
        c[n++] = (struct mop_grid_column){.title = "last run, money", .right = true};
    if (s->decides)
        c[n++] = (struct mop_grid_column){.title = "target", .right = true};
    if (s->fresh)
        c[n++] = (struct mop_grid_column){
            .title =
                rs->ncohorts
                    ? mop_arena_printf(&p->arena, "new, last %d days", (int)rs->cohort_days[0]).p
                    : "new",
            .right = true};
    if (s->since)
        c[n++] = (struct mop_grid_column){.title = "trend"};
    if (s->owner)
        c[n++] = (struct mop_grid_column){.title = "owner"};
    return n;
}

/* "95.0 %", and by how much it is missed. */
static void put_target(struct mop_page *p, const struct mop_report_result *x)
{
    mop_html_put(p, "<td class=\"n\">{}", mop_target_text(&p->arena, x->spec));
    if (x->target == MOP_TARGET_MET)
        mop_html_str(p, "<br><span class=\"g\">met</span>");
    else if (x->target == MOP_TARGET_MISSED || (mop_is_partial(p->r) && x->target))
        mop_html_str(p, "<br><span class=\"b\">missed</span>");
    mop_html_str(p, "</td>");
}

static void put_money(struct mop_page *p, const struct mop_report_line *l, int64_t target)
{
    const struct mop_score *s = &l->score.value;
    if (l->score.has_value)
        mop_html_share_cell(p, mop_share_text(&p->arena, s, UINT64_MAX), mop_score_tenths(s),
                            target);
    else
        mop_html_str(p, "<td></td>");
}

static void put_trend(struct mop_page *p, const struct row *r)
{
    const struct mop_report_spec *spec = r->report ? r->report->spec : NULL;
    mop_html_str(p, "<td>");
    mop_html_sparkline(p, r->since, false, spec ? spec->target_records : -1);
    if (r->since && r->line->score.has_value)
        mop_html_sparkline(p, r->since, true, spec ? spec->target_value : -1);
    mop_html_str(p, "</td>");
}

static void put_name(struct mop_page *p, const struct row *r)
{
    mop_html_put(p, "<th scope=\"row\">{}", r->line->name);
    for (size_t i = 0; r->report && i < p->r->ndatasets; i++)
        if (mop_dataset_holds(&p->r->datasets[i], r->report))
            mop_html_put(p, "<br><span class=\"b\">held by the check of the data '{}'</span>",
                         p->r->datasets[i].id);
    mop_html_str(p, "</th>");
}

static void put_row(struct mop_page *p, const struct shape *s, const struct row *r)
{
    const struct mop_report_line *l = r->line;
    const struct mop_report_spec *spec = r->report ? r->report->spec : NULL;
    mop_html_str(p, "<tr>");
    put_name(p, r);
    if (r->report) {
        mop_html_str(p, "<td>");
        mop_html_badge(p, r->report);
        mop_html_str(p, "</td>");
    }
    mop_html_share_cell(p, mop_share_of_few(&p->arena, &l->score),
                        mop_score_tenths(&l->score.records), spec ? spec->target_records : -1);
    if (s->since)
        mop_html_since_cell(p, r->since, false);
    if (s->money)
        put_money(p, l, spec ? spec->target_value : -1);
    if (s->money && s->since)
        mop_html_since_cell(p, l->score.has_value ? r->since : NULL, true);
    if (r->report)
        put_target(p, r->report);
    if (s->fresh)
        mop_html_put(p, "<td class=\"n\">{}</td>",
                     l->has_fresh ? mop_share_of_few(&p->arena, &l->fresh) : MOP_SV(""));
    if (s->since)
        put_trend(p, r);
    if (s->owner)
        mop_html_put(p, "<td>{}</td>", l->owner);
    mop_html_str(p, "</tr>\n");
}

static const struct mop_score_since *since_of(struct mop_page *p, size_t i)
{
    const struct mop_result *r = p->r;
    if (r->nreports)
        return mop_html_since_of(r, MOP_SINCE_REPORT, MOP_SV(""), r->reports[i].spec->name);
    return mop_html_since_of(r, MOP_SINCE_OVERALL, r->types[i].record->name, MOP_SV(""));
}

static void put_notes(struct mop_page *p, const struct mop_report_line *lines, size_t n)
{
    bool few = false;
    for (size_t i = 0; i < n; i++) {
        few |= mop_line_of_few(&lines[i]);
        mop_say_no_figure(p, &lines[i]);
    }
    if (few)
        mop_para(p, MOP_TONE_FAINT, "* fewer than %d records: too few to be sure", MOP_TOO_FEW);
    if (!p->r->nreports && n)
        mop_para(p, MOP_TONE_FAINT, "The taxonomy names no reports, so this is about all records.");
    if (!p->r->since)
        mop_para(p, MOP_TONE_FAINT,
                 "There is no earlier run to compare with, so there is no trend.");
}

void mop_html_reports(struct mop_page *p)
{
    struct mop_grid_column columns[MOP_GRID_COLUMNS + 2];
    size_t n;
    struct mop_report_line *lines = mop_report_lines(p, &n);
    struct shape s = shape_of(p, lines, n);
    size_t ncolumns = columns_of(p, &s, columns);
    mop_html_section(p, "Can we report on it?", MOP_SV("Reports"));
    mop_html_begin_table(p, columns, ncolumns, n > 1);
    for (size_t i = 0; i < n; i++) {
        struct row r = {&lines[i], p->r->nreports ? &p->r->reports[i] : NULL, since_of(p, i)};
        if (!mop_html_full(p))
            put_row(p, &s, &r);
    }
    mop_html_end_table(p);
    put_notes(p, lines, n);
    mop_section_losses(p);
}
