/* SPDX-License-Identifier: MIT */
#include "report/html.h"

/* The first screen: the verdict, and which report may be sent. */

enum { REPORTS = 8 };

/* ---- the verdict: the words of every report, as the page's first heading ---- */

static void top_heading(struct mop_page *p, int level, struct mop_sv text)
{
    (void)level;
    mop_html_end_list(p);
    mop_html_put(p, "<h1>{}</h1>\n", text);
}

static void put_verdict(struct mop_page *p)
{
    struct mop_page_style top = mop_html_style;
    const struct mop_result *r = p->r;
    mop_html_put(p,
                 "<header class=\"verdict {}\">\n<p class=\"f\">Data check as of {}, rules {} {}"
                 "</p>\n",
                 mop_sv_of(mop_status_names[r->status]), mop_html_instant(p, r->rules->now_us),
                 r->rules->name, r->rules->version);
    top.heading = top_heading;
    p->style = &top;
    mop_section_partial(p);
    mop_section_top(p);
    p->style = &mop_html_style;
    mop_html_end_list(p);
    mop_html_str(p, "</header>\n");
}

/* ---- which report may I send ---- */

/* ", 94.2 % of the money", "; last run 74.5 %" */
static struct mop_sv money_text(struct mop_page *p, const struct mop_score_pair *s)
{
    if (!s->has_value || s->value.reason)
        return MOP_SV("");
    return mop_arena_printf(&p->arena, ", %.*s of the money",
                            MOP_SV_ARG(mop_share_text(&p->arena, &s->value, UINT64_MAX)));
}

static struct mop_sv last_text(struct mop_page *p, struct mop_sv report)
{
    const struct mop_score_since *s = mop_html_since_of(p->r, MOP_SINCE_REPORT, MOP_SV(""), report);
    if (!s || s->before_records < 0)
        return MOP_SV("");
    return mop_arena_printf(&p->arena, "; last run: %.*s of the records",
                            MOP_SV_ARG(mop_html_tenths(p, s->before_records)));
}

static void put_report(struct mop_page *p, const struct mop_report_result *x,
                       const struct mop_report_line *l)
{
    struct mop_arena *a = &p->arena;
    struct mop_sv records =
        l->score.records.reason
            ? MOP_SV("no figure")
            : mop_arena_printf(a, "clean: %.*s of the records",
                               MOP_SV_ARG(mop_share_text(a, &l->score.records, UINT64_MAX)));
    mop_html_str(p, "<li>");
    mop_html_badge(p, x);
    mop_html_put(p, " <b>{}</b><br><span class=\"f\">{}{}{}</span></li>\n", l->name, records,
                 money_text(p, &l->score), last_text(p, l->name));
}

static void put_reports(struct mop_page *p)
{
    size_t n, shown = 0;
    struct mop_report_line *lines = mop_report_lines(p, &n);
    mop_html_begin_card(p, "Which report may I send?");
    if (!p->r->nreports)
        mop_html_str(p, "<p>The rules name no report, so nobody can tell. What all records are "
                        "like stands below.</p>\n");
    mop_html_str(p, p->r->nreports ? "<ul class=\"plain\">\n" : "");
    for (int pass = 0; pass < 3 && p->r->nreports; pass++) {
        static const int order[] = {MOP_DECISION_HOLD, MOP_DECISION_SEND, MOP_DECISION_NONE};
        for (size_t i = 0; i < n && shown < REPORTS; i++)
            if ((int)p->r->reports[i].decision == order[pass]) {
                put_report(p, &p->r->reports[i], &lines[i]);
                shown++;
            }
    }
    mop_html_str(p, p->r->nreports ? "</ul>\n" : "");
    mop_html_end_card(p, p->r->nreports, shown);
}

void mop_html_top(struct mop_page *p)
{
    put_verdict(p);
    mop_html_str(p, "<div class=\"cards\">\n");
    put_reports(p);
    mop_html_loss_card(p);
    mop_html_first_card(p);
    mop_html_str(p, "</div>\n");
}
