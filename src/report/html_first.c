/* SPDX-License-Identifier: MIT */
#include "report/html.h"

/*
 * The card that says who repairs what first. It listens to the plan of every report
 * (section_plan.c) and keeps the first repairs that lift the reports on hold, report by report and
 * none left out between them, as each figure is of all those before it; and what no repair of a
 * record settles. Where no report is on hold, it has the first step of each record type.
 */
enum { ERRANDS = 5, LINES = 2 * ERRANDS, OTHERS = 4 }; /* lines: with what is left out between */

struct errand {
    struct mop_sv who, what, report, records, of, now, then, asked;
};
struct listener {
    struct mop_page page; /* first */
    struct errand errands[LINES];
    struct mop_sv what[ERRANDS], more[ERRANDS], others[OTHERS];
    size_t nerrands, done, left, nsteps, nothers, steps; /* left: without room; steps: of all */
};

static void hear_heading(struct mop_page *p, int level, struct mop_sv text)
{
    (void)p, (void)level, (void)text;
}

static void hear_text(struct mop_page *p, enum mop_tone tone, struct mop_sv text)
{
    (void)p, (void)tone, (void)text;
}

static void hear_item(struct mop_page *p, enum mop_tone tone, struct mop_sv text)
{
    struct listener *l = (struct listener *)p;
    if (tone == MOP_TONE_BAD && l->nothers < OTHERS)
        l->others[l->nothers++] = text;
}

static void hear_step(struct mop_page *p, size_t number, struct mop_sv what, struct mop_sv more)
{
    struct listener *l = (struct listener *)p;
    l->steps += number == 1;
    if (number != 1 || l->nsteps == ERRANDS)
        return;
    l->what[l->nsteps] = what;
    l->more[l->nsteps++] = mop_sv_sub(more, 0, mop_sv_find(more, ';'));
}

/* The table of section_hold.c: report, repair, records, who, clean of, now, then, asked for. Nobody
 * does the lines of what is left out there, but the figures go on from them. */
static void hear_table(struct mop_page *p, const struct mop_grid *g)
{
    enum { COLUMNS = 8 };
    struct listener *l = (struct listener *)p;
    for (size_t i = 0; g->ncolumns == COLUMNS && i + COLUMNS <= g->n; i += COLUMNS) {
        const struct mop_grid_cell *c = &g->cells[i];
        bool repair = c[3].text.n > 0;
        if (l->left || l->nerrands == LINES || (repair && l->done == ERRANDS)) {
            l->left += repair;
            continue;
        }
        l->done += repair;
        l->errands[l->nerrands++] = (struct errand){.report = c[0].text,
                                                    .what = c[1].text,
                                                    .records = c[2].text,
                                                    .who = c[3].text,
                                                    .of = c[4].text,
                                                    .now = c[5].text,
                                                    .then = c[6].text,
                                                    .asked = c[7].text};
    }
}

/* Of one report by one measure: from there on the figures go from repair to repair. */
static bool goes_on(const struct listener *l, size_t i)
{
    return i && mop_sv_eq(l->errands[i].report, l->errands[i - 1].report) &&
           mop_sv_eq(l->errands[i].of, l->errands[i - 1].of);
}

static void put_errand(struct mop_page *p, const struct errand *x)
{
    mop_html_str(p, "<li>");
    if (x->who.n)
        mop_html_put(p, "<b>{}</b>: ", x->who);
    mop_html_put(p, "{}", x->what);
    if (x->records.n) /* else there is no plan */
        mop_html_put(p, ", {} record{}<br><span class=\"f\">from {} clean to {}</span>", x->records,
                     mop_sv_eqs(x->records, "1") ? MOP_SV("") : MOP_SV("s"), x->now, x->then);
    mop_html_str(p, "</li>\n");
}

static void put_errands(struct mop_page *p, const struct listener *l)
{
    size_t lists = 0;
    for (size_t i = 0; i < l->nerrands; i++) {
        const struct errand *x = &l->errands[i];
        if (!goes_on(l, i)) {
            mop_html_str(p, lists++ ? "</ol>\n" : "");
            mop_html_put(p, "<p><b>{}</b>, {}: {} is asked for</p>\n<ol>\n", x->report, x->of,
                         x->asked);
        }
        put_errand(p, x);
    }
    mop_html_put(p, "</ol>\n<p class=\"f\">{}; ",
                 lists > 1 ? MOP_SV("One after the other, each list as if it alone were done")
                           : MOP_SV("One after the other"));
    if (l->left)
        mop_html_put(p, "{} more and the whole plan are below.</p>\n",
                     mop_shown_count(&p->arena, l->left));
    else
        mop_html_str(p, "the whole plan is below.</p>\n");
}

static void put_ways(struct mop_page *p)
{
    enum { MOST = 4 };
    struct mop_sv way;
    size_t n = 0;
    for (size_t i = 0; i < p->r->nreports; i++) {
        const struct mop_report_result *x = &p->r->reports[i];
        if (x->decision == MOP_DECISION_HOLD && (way = mop_way_text(p, x)).n && n++ < MOST)
            mop_html_put(p, "<p><b>{}</b>: {}</p>\n", x->spec->name, way);
    }
    if (n > MOST)
        mop_html_put(p, "<p class=\"f\">and {} more below</p>\n",
                     mop_shown_count(&p->arena, n - MOST));
}

static void put_others(struct mop_page *p, const struct listener *l)
{
    for (size_t i = 0; i < l->nothers; i++)
        mop_html_put(p, "<p>{}</p>\n", l->others[i]);
}

static void put_steps(struct mop_page *p, const struct listener *l)
{
    mop_html_str(p, "<ol>\n");
    for (size_t i = 0; i < l->nsteps; i++)
        mop_html_put(p, "<li><b>{}</b><br>{}</li>\n", l->what[i], l->more[i]);
    mop_html_str(p, "</ol>\n");
}

void mop_html_first_card(struct mop_page *p)
{
    static const struct mop_page_style hears = {hear_heading, hear_text, hear_item, hear_step,
                                                hear_table};
    struct listener l = {
        .page = {.r = p->r, .o = p->o, .style = &hears, .brief = true, .roomy = true}};
    mop_arena_init(&l.page.arena);
    mop_section_plan(&l.page);
    mop_html_begin_card(p, "Who repairs what first?");
    if (!mop_is_partial(p->r)) {
        put_ways(p);
        put_others(p, &l);
    }
    if (l.nerrands)
        put_errands(p, &l);
    else if (l.nsteps)
        put_steps(p, &l);
    else if (mop_is_partial(p->r) || !l.nothers)
        mop_html_put(p, "<p>{}</p>\n",
                     mop_is_partial(p->r) ? MOP_SV("First the data has to be read whole.")
                                          : MOP_SV("No rule knows of anything to repair."));
    mop_html_end_card(p, l.nerrands ? 0 : l.steps, l.nerrands ? 0 : l.nsteps);
    mop_arena_release(&l.page.arena);
}
