/* SPDX-License-Identifier: MIT */
#include "report/html.h"

/* How records move from stage to stage: a funnel, and the tables of every report. */

enum { ROW = 46, STAGES = 24 };

static uint64_t most_entered(const struct mop_lifecycle_result *y)
{
    uint64_t most = 0;
    for (size_t i = 0; i < y->nstages; i++)
        if (y->stages[i].dated && y->stages[i].all.counts.entered > most)
            most = y->stages[i].all.counts.entered;
    return most;
}

static struct mop_sv name_of(const struct mop_stage_result *s)
{
    return s->stage->label.n ? s->stage->label : s->stage->name;
}

/* Only what the eye compares: the table has the rest. */
static void put_stage(struct mop_page *p, const struct mop_stage_result *s, size_t row,
                      uint64_t most)
{
    int64_t wide = (int64_t)((mop_i128)s->all.counts.entered * 600 / (mop_i128)most);
    int64_t on = s->all.conversion < 0 ? 0 : wide * s->all.conversion / 1000;
    int64_t y = (int64_t)row * ROW;
    mop_html_put(p, "<text x=\"0\" y=\"{}\">", mop_html_int(p, y + 14));
    mop_html_text(p, name_of(s), 40);
    mop_html_put(p, "</text><rect class=\"px\" x=\"0\" y=\"{}\" width=\"{}\" height=\"20\"/>",
                 mop_html_int(p, y + 20), mop_html_int(p, wide ? wide : 1));
    if (on)
        mop_html_put(p, "<rect class=\"p1\" x=\"0\" y=\"{}\" width=\"{}\" height=\"20\"/>",
                     mop_html_int(p, y + 20), mop_html_int(p, on));
    mop_html_put(p, "<text x=\"{}\" y=\"{}\">{} came{}</text>", mop_html_int(p, wide + 8),
                 mop_html_int(p, y + 35), mop_shown_count(&p->arena, s->all.counts.entered),
                 s->goes_on && s->all.conversion >= 0
                     ? mop_arena_printf(&p->arena, ", %.*s went on",
                                        MOP_SV_ARG(mop_html_tenths(p, s->all.conversion)))
                     : MOP_SV(""));
}

static void put_funnel(struct mop_page *p, const struct mop_lifecycle_result *y)
{
    struct mop_html *h = mop_html_of(p);
    uint64_t most = most_entered(y);
    size_t rows = 0;
    for (size_t i = 0; i < y->nstages; i++)
        rows += y->stages[i].dated && rows < STAGES;
    if (!most || mop_html_full(p))
        return;
    struct mop_sv id = mop_arena_printf(&p->arena, "p%zu", ++h->labels);
    mop_html_put(p,
                 "<svg class=\"funnel\" viewBox=\"0 0 880 {}\" role=\"img\" aria-labelledby=\"{}t "
                 "{}d\"><title id=\"{}t\">{}: how many came to each stage</title><desc "
                 "id=\"{}d\">The table below has the same figures.</desc>",
                 mop_html_int(p, (int64_t)rows * ROW), id, id, id, y->lifecycle->id, id);
    size_t row = 0;
    for (size_t i = 0; i < y->nstages && row < rows; i++)
        if (y->stages[i].dated)
            put_stage(p, &y->stages[i], row++, most);
    mop_html_str(p, "</svg>\n<p class=\"f\">The left part of each bar went on to a later stage."
                    "</p>\n");
}

void mop_html_lifecycles(struct mop_page *p)
{
    for (size_t i = 0; i < p->r->nlifecycles && !mop_is_partial(p->r); i++) {
        const struct mop_lifecycle_result *y = &p->r->lifecycles[i];
        if (mop_html_full(p) || !mop_lifecycle_heading(p, y))
            continue;
        put_funnel(p, y);
        mop_lifecycle_tables(p, y);
    }
}
