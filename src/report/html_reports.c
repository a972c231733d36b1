/* SPDX-License-Identifier: MIT */
#include "report/html.h"

/* Can we report on it: a row per report, with the earlier run and the trend where there is a
 * history. */

/* More than these have no room: the losses come after them. */
enum { ROWS = 40, HELD = 3 };

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
    bool decides, money, fresh, trend;
    const char *fresh_title;
};

static bool has_trend(const struct mop_score_since *s)
{
    return s && s->ntrend > 1;
}

static struct shape shape_of(struct mop_page *p, const struct row *rows, size_t n)
{
    const struct mop_ruleset *rs = p->r->rules;
    struct shape s = {.decides = p->r->nreports > 0, .fresh_title = "new"};
    if (rs->ncohorts)
        s.fresh_title = mop_arena_printf(&p->arena, "new, last %d days", (int)rs->cohort_days[0]).p;
    for (size_t i = 0; i < n; i++) {
        s.money |= rows[i].line->score.has_value;
        s.fresh |= rows[i].line->has_fresh;
        s.trend |= has_trend(rows[i].since);
    }
    return s;
}

static size_t columns_of(const struct shape *s, struct mop_grid_column *c)
{
    size_t n = 0;
    c[n++] = (struct mop_grid_column){.title = s->decides ? "report" : "records"};
    if (s->decides)
        c[n++] = (struct mop_grid_column){.title = "send it?"};
    c[n++] = (struct mop_grid_column){.title = "clean records", .right = true};
    if (s->money)
        c[n++] = (struct mop_grid_column){.title = "clean money", .right = true};
    if (s->decides)
        c[n++] = (struct mop_grid_column){.title = "target", .right = true};
    if (s->fresh)
        c[n++] = (struct mop_grid_column){.title = s->fresh_title, .right = true};
    if (s->trend)
        c[n++] = (struct mop_grid_column){.title = "trend"};
    return n;
}

/* Narrow screens show a row as a block: each cell has its column's title with it. */
static void begin_cell(struct mop_page *p, const char *title, bool right)
{
    mop_html_put(p, right ? "<td class=\"n\" data-label=\"{}\">" : "<td data-label=\"{}\">",
                 mop_sv_of(title));
}

/* "95.0 %", and whether it is missed. */
static void put_target(struct mop_page *p, const struct mop_report_result *x)
{
    begin_cell(p, "target", true);
    mop_html_put(p, "{}", mop_target_text(&p->arena, x->spec));
    if (x->target == MOP_TARGET_MET && !x->untold)
        mop_html_str(p, "<br><span class=\"g\">met</span>");
    else if (x->target == MOP_TARGET_MISSED || (mop_is_partial(p->r) && x->target))
        mop_html_str(p, "<br><span class=\"b\">missed</span>");
    mop_html_str(p, "</td>");
}

static void put_records(struct mop_page *p, const struct row *r, int64_t target)
{
    const struct mop_report_line *l = r->line;
    begin_cell(p, "clean records", true);
    mop_html_share(p, mop_share_of_few(&p->arena, &l->score), mop_score_tenths(&l->score.records),
                   target);
    mop_html_last(p, r->since, false);
    mop_html_str(p, "</td>");
}

static void put_money(struct mop_page *p, const struct row *r, int64_t target)
{
    const struct mop_score *s = &r->line->score.value;
    begin_cell(p, "clean money", true);
    if (r->line->score.has_value) {
        mop_html_share(p, mop_share_text(&p->arena, s, UINT64_MAX), mop_score_tenths(s), target);
        mop_html_last(p, r->since, true);
    }
    mop_html_str(p, "</td>");
}

static void put_trend(struct mop_page *p, const struct row *r, const struct shape *s)
{
    const struct mop_report_spec *spec = r->report ? r->report->spec : NULL;
    begin_cell(p, "trend", false);
    mop_html_trend(p, r->since, false, spec ? spec->target_records : -1, s->money ? "records" : "");
    if (r->line->score.has_value)
        mop_html_trend(p, r->since, true, spec ? spec->target_value : -1, "money");
    mop_html_str(p, "</td>");
}

static void put_name(struct mop_page *p, const struct row *r)
{
    mop_html_put(p, "<th scope=\"row\">{}", r->line->name);
    if (r->line->owner.n)
        mop_html_put(p, "<br><small class=\"f\">owner <span class=\"{}\">{}</span></small>",
                     mop_html_keep(r->line->owner), r->line->owner);
    size_t held = 0;
    for (size_t i = 0; r->report && i < p->r->ndatasets; i++)
        if (mop_dataset_holds(&p->r->datasets[i], r->report) && held++ < HELD)
            mop_html_put(p, "<br><span class=\"b\">held by the check of the data '{}'</span>",
                         p->r->datasets[i].id);
    if (held > HELD)
        mop_html_put(p, "<br><span class=\"b\">and by {} more</span>",
                     mop_shown_count(&p->arena, held - HELD));
    mop_html_str(p, "</th>");
}

static void put_row(struct mop_page *p, const struct shape *s, const struct row *r)
{
    const struct mop_report_line *l = r->line;
    const struct mop_report_spec *spec = r->report ? r->report->spec : NULL;
    mop_html_str(p, "<tr>");
    put_name(p, r);
    if (r->report) {
        begin_cell(p, "send it?", false);
        mop_html_badge(p, r->report);
        mop_html_str(p, "</td>");
    }
    put_records(p, r, spec ? spec->target_records : -1);
    if (s->money)
        put_money(p, r, spec ? spec->target_value : -1);
    if (r->report)
        put_target(p, r->report);
    if (s->fresh) {
        begin_cell(p, s->fresh_title, true);
        mop_html_put(p, "{}</td>",
                     l->has_fresh ? mop_share_of_few(&p->arena, &l->fresh) : MOP_SV(""));
    }
    if (s->trend)
        put_trend(p, r, s);
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
        mop_say_few(p);
    if (!p->r->nreports && n)
        mop_para(p, MOP_TONE_FAINT, "The taxonomy names no reports, so this is about all records.");
    if (!mop_is_compared(p->r))
        mop_para(p, MOP_TONE_FAINT, "%s", mop_why_not_compared(p->r));
    else
        mop_para(p, MOP_TONE_FAINT,
                 "trend: the last runs, at most 30, between the lowest and the highest share; "
                 "dashed: the target; upright: the rules became others");
}

enum { ON_HOLD, UNTOLD, TO_SEND };

static int order_of(const struct mop_page *p, const struct row *r)
{
    static const int orders[] = {UNTOLD, TO_SEND, ON_HOLD}; /* by decision */
    return !r->report || mop_is_partial(p->r) ? ON_HOLD : orders[r->report->decision];
}

/* Where not all have a row, those on hold have theirs. */
static void hold_first(struct mop_page *p, struct row *rows, size_t n)
{
    struct row *sorted = mop_arena_array(&p->arena, n + 1, sizeof *sorted);
    size_t next = 0;
    for (int order = ON_HOLD; order <= TO_SEND; order++)
        for (size_t i = 0; i < n; i++)
            if (order_of(p, &rows[i]) == order)
                sorted[next++] = rows[i];
    for (size_t i = 0; i < n; i++)
        rows[i] = sorted[i];
}

/* Whether to send those without a row is told by name all the same. */
static void put_others(struct mop_page *p, const struct row *rows, size_t n)
{
    static const char *const words[] = {"on HOLD", "cannot be told", "send"};
    int last = -1;
    for (size_t i = 0; i < n && !mop_html_full(p); i++) {
        int order = order_of(p, &rows[i]);
        if (order != last)
            mop_html_put(p, last < 0 ? "<p>{}: " : "</p>\n<p>{}: ", mop_sv_of(words[order]));
        else
            mop_html_str(p, ", ");
        last = order;
        mop_html_text(p, rows[i].line->name, 60);
    }
    mop_html_str(p, last < 0 ? "" : "</p>\n");
}

void mop_html_reports(struct mop_page *p)
{
    struct mop_grid_column columns[MOP_GRID_COLUMNS + 2];
    size_t n;
    struct mop_report_line *lines = mop_report_lines(p, &n);
    struct row *rows = mop_arena_array(&p->arena, n + 1, sizeof *rows);
    for (size_t i = 0; i < n; i++)
        rows[i] =
            (struct row){&lines[i], p->r->nreports ? &p->r->reports[i] : NULL, since_of(p, i)};
    struct shape s = shape_of(p, rows, n);
    size_t ncolumns = columns_of(&s, columns);
    mop_html_section(p, "Can we report on it?", MOP_SV("Reports"));
    mop_html_str(p, "<div class=\"reports\">\n");
    mop_html_begin_table(p, columns, ncolumns, n > 1);
    size_t shown = n;
    if (p->r->nreports > ROWS) {
        hold_first(p, rows, n);
        shown = ROWS;
    }
    for (size_t i = 0; i < shown; i++)
        if (!mop_html_full(p))
            put_row(p, &s, &rows[i]);
    mop_html_end_table(p);
    mop_html_str(p, "</div>\n");
    if (shown < n) {
        mop_page_more(p, n, shown,
                      "reports, all of whose figures are in the JSON report (-f json)");
        put_others(p, rows + shown, n - shown);
    }
    put_notes(p, lines, n);
    mop_section_losses(p);
}
