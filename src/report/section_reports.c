/* SPDX-License-Identifier: MIT */
#include "report/sections.h"

/* Can we report on it: per report whether to send it. */

static const struct mop_score_since *since_of(const struct mop_result *r, bool report,
                                              struct mop_sv name)
{
    for (size_t i = 0; r->since && i < r->since->nscores; i++) {
        const struct mop_score_since *s = &r->since->scores[i];
        if (report ? s->of == MOP_SINCE_REPORT && mop_sv_eq(s->name, name)
                   : s->of == MOP_SINCE_OVERALL && mop_sv_eq(s->record, name))
            return s;
    }
    return NULL;
}

static struct mop_report_line line_of_report(struct mop_page *p, const struct mop_report_result *x)
{
    struct mop_report_line l = {.name = x->spec->name,
                                .owner = x->spec->owner,
                                .since = since_of(p->r, true, x->spec->name)};
    if (x->absent) {
        l.score.records.reason = "absent";
        l.note = mop_arena_printf(&p->arena, "needs %.*s records, and %s",
                                  MOP_SV_ARG(mop_absent_types(&p->arena, p->r, x)),
                                  mop_why_absent(p->r));
        return l;
    }
    const struct mop_need_result *n = x->lowest_records, *v = x->lowest_value;
    if (n) {
        l.score.records = mop_scored(p->r, n->score.records);
        l.fresh = mop_report_cohort(x, 0).score;
        l.has_fresh = l.fresh.records.assessed > 0;
    }
    if (v) {
        l.score.has_value = true;
        l.score.value = mop_scored(p->r, v->score.value);
    }
    return l;
}

static struct mop_report_line line_of_type(struct mop_page *p, const struct mop_type_result *y)
{
    struct mop_report_line l = {.owner = y->record->owner,
                                .score = mop_overall(p->r, y),
                                .since = since_of(p->r, false, y->record->name)};
    l.name = mop_arena_printf(&p->arena, "all %.*s records", MOP_SV_ARG(y->record->name));
    l.has_fresh = y->ncohorts > 0;
    l.fresh = l.has_fresh ? y->cohorts[0].score : l.fresh;
    return l;
}

struct mop_sv mop_target_text(struct mop_arena *a, const struct mop_report_spec *s)
{
    bool records = s->target_records >= 0, value = s->target_value >= 0;
    if (!records && !value)
        return MOP_SV("none set");
    struct mop_sv of_records = mop_shown_tenths(a, s->target_records);
    struct mop_sv of_value = mop_shown_tenths(a, s->target_value);
    if (!value)
        return mop_arena_printf(a, "%.*s %%", MOP_SV_ARG(of_records));
    if (!records)
        return mop_arena_printf(a, "money %.*s %%", MOP_SV_ARG(of_value));
    return mop_arena_printf(a, "%.*s %%, money %.*s %%", MOP_SV_ARG(of_records),
                            MOP_SV_ARG(of_value));
}

static uint64_t assessed(const struct mop_score_pair *s)
{
    return (uint64_t)s->records.assessed;
}

static void add_decision(struct mop_page *p, struct mop_grid *g, const struct mop_report_result *x)
{
    static const char *const words[] = {"cannot be told", "send", "HOLD"};
    static const enum mop_tone tones[] = {MOP_TONE_PLAIN, MOP_TONE_GOOD, MOP_TONE_BAD};
    int i = !x ? MOP_DECISION_NONE : mop_is_partial(p->r) ? MOP_DECISION_HOLD : (int)x->decision;
    mop_grid_add(g, tones[i], x ? mop_sv_of(words[i]) : MOP_SV(""));
}

struct mop_sv mop_share_of_few(struct mop_arena *a, const struct mop_score_pair *s)
{
    struct mop_sv share = mop_share_text(a, &s->records, UINT64_MAX);
    if (s->records.reason || assessed(s) >= MOP_TOO_FEW)
        return share;
    return mop_arena_printf(a, "%.*s of %llu*", MOP_SV_ARG(share), (unsigned long long)assessed(s));
}

/* Of the money it is told further down. */
static struct mop_sv then_text(struct mop_arena *a, const struct mop_report_line *l)
{
    if (!l->since || l->since->before_records < 0)
        return MOP_SV("");
    return mop_arena_printf(a, "%.*s %%",
                            MOP_SV_ARG(mop_shown_tenths(a, l->since->before_records)));
}

/* Of how many records the money is: of a report's own need, which may be another one. */
static uint64_t weighed(const struct mop_report_result *x, const struct mop_score_pair *s)
{
    return x && x->lowest_value ? assessed(&x->lowest_value->score) : assessed(s);
}

static void add_line(struct mop_page *p, struct mop_grid *g, const struct mop_report_line *l,
                     const struct mop_report_result *x)
{
    struct mop_arena *a = &p->arena;
    const struct mop_score_pair *s = &l->score;
    mop_grid_add(g, MOP_TONE_PLAIN, l->name);
    add_decision(p, g, x);
    mop_grid_add(g, MOP_TONE_STRONG, mop_share_of_few(a, s));
    mop_grid_add(g, MOP_TONE_STRONG,
                 s->has_value ? mop_share_text(a, &s->value, weighed(x, s)) : MOP_SV(""));
    mop_grid_add(g, MOP_TONE_PLAIN, then_text(a, l));
    mop_grid_add(g, MOP_TONE_PLAIN, x ? mop_target_text(a, x->spec) : MOP_SV(""));
    mop_grid_add(g, MOP_TONE_PLAIN, l->owner);
    mop_grid_add(g, MOP_TONE_PLAIN, l->has_fresh ? mop_share_of_few(a, &l->fresh) : MOP_SV(""));
}

void mop_say_no_figure(struct mop_page *p, const struct mop_report_line *l)
{
    if (l->note.n)
        mop_item(p, MOP_TONE_WARN, "%.*s: no figure: it %.*s", MOP_SV_ARG(l->name),
                 MOP_SV_ARG(l->note));
    else if (l->score.records.reason && !mop_is_partial(p->r))
        mop_item(p, MOP_TONE_WARN, "%.*s: no figure: %s", MOP_SV_ARG(l->name),
                 l->score.records.reason);
    else if (l->score.has_value && l->score.value.reason && !mop_is_partial(p->r))
        mop_item(p, MOP_TONE_WARN, "%.*s: no figure in money: %s", MOP_SV_ARG(l->name),
                 l->score.value.reason);
}

bool mop_line_of_few(const struct mop_report_line *l)
{
    return !l->score.records.reason &&
           (assessed(&l->score) < MOP_TOO_FEW ||
            (l->has_fresh && !l->fresh.records.reason && assessed(&l->fresh) < MOP_TOO_FEW));
}

struct mop_chosen mop_choose_reports(struct mop_page *p, size_t brief, size_t full)
{
    static const int order[] = {MOP_DECISION_HOLD, MOP_DECISION_NONE, MOP_DECISION_SEND};
    const struct mop_result *r = p->r;
    size_t most = mop_page_most(p, r->nreports, brief, full), n = 0;
    bool *is = mop_arena_array(&p->arena, r->nreports + 1, sizeof *is);
    for (size_t k = 0; k < sizeof order / sizeof *order; k++)
        for (size_t i = 0; i < r->nreports && n < most; i++)
            if ((int)r->reports[i].decision == order[k]) {
                is[i] = true;
                n++;
            }
    return (struct mop_chosen){is, n};
}

/* Of reports those that there is room for; of record types all. */
static void draw_lines(struct mop_page *p, const struct mop_report_line *lines, size_t n)
{
    static const struct mop_grid_column columns[] = {
        {"report", false, MOP_FIT_KEY},         {"send it?", false, MOP_FIT_WHOLE},
        {"clean records", true, MOP_FIT_WHOLE}, {"clean money", true, MOP_FIT_WHOLE},
        {"last run", true, MOP_FIT_WHOLE},      {"target", true, MOP_FIT_WHOLE},
        {"owner", false, MOP_FIT_CLIP},         {"", true, MOP_FIT_WHOLE}};
    struct mop_grid g;
    mop_grid_init(&g, columns, 8);
    const struct mop_ruleset *rs = p->r->rules;
    if (rs->ncohorts)
        g.columns[7].title = mop_arena_printf(&p->arena, "new (%d d)", (int)rs->cohort_days[0]).p;
    bool few = false, reports = p->r->nreports > 0;
    struct mop_chosen shown = mop_choose_reports(p, MOP_REPORTS_BRIEF, MOP_REPORTS_FULL);
    for (size_t i = 0; i < n; i++) {
        if (reports && !shown.is[i])
            continue;
        add_line(p, &g, &lines[i], reports ? &p->r->reports[i] : NULL);
        few |= mop_line_of_few(&lines[i]);
    }
    mop_grid_draw(p, &g);
    mop_page_more(p, p->r->nreports, shown.n, MOP_MORE_REPORTS);
    if (few)
        mop_say_few(p);
    for (size_t i = 0; i < n; i++)
        if (!reports || shown.is[i])
            mop_say_no_figure(p, &lines[i]);
}

struct mop_report_line *mop_report_lines(struct mop_page *p, size_t *n)
{
    const struct mop_result *r = p->r;
    *n = r->nreports ? r->nreports : r->ntypes;
    struct mop_report_line *lines = mop_arena_array(&p->arena, *n + 1, sizeof *lines);
    for (size_t i = 0; i < *n; i++)
        lines[i] = r->nreports ? line_of_report(p, &r->reports[i]) : line_of_type(p, &r->types[i]);
    return lines;
}

const char *mop_why_not_compared(const struct mop_result *r)
{
    if (mop_is_partial(r))
        return "Not compared with any earlier run: the data was not read whole.";
    return r->unkept ? "Not compared with any earlier run: the history was not at hand."
                     : "There is no earlier run to compare with.";
}

void mop_section_reports(struct mop_page *p)
{
    const struct mop_result *r = p->r;
    size_t n;
    struct mop_report_line *lines = mop_report_lines(p, &n);
    mop_heading(p, 1, "Can we report on it?");
    draw_lines(p, lines, n);
    if (!r->nreports && n)
        mop_para(p, MOP_TONE_FAINT, "The taxonomy names no reports, so this is about all records.");
    if (n && !mop_is_compared(r))
        mop_para(p, MOP_TONE_FAINT, "%s", mop_why_not_compared(r));
    mop_section_losses(p);
}
