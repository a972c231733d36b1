/* SPDX-License-Identifier: MIT */
#include "report/sections.h"

/* How records move from stage to stage: a table per lifecycle, and how many went on by when they
 * came. */

enum { MONTHS = 6 };

static struct mop_sv stage_word(const struct mop_stage *st)
{
    return st->label.n ? st->label : st->name;
}

static struct mop_sv count_or_none(struct mop_arena *a, uint64_t n)
{
    return n ? mop_shown_count(a, n) : MOP_SV("-");
}

static struct mop_sv percent(struct mop_arena *a, int64_t tenths)
{
    return tenths < 0 ? MOP_SV("-")
                      : mop_arena_printf(a, "%.*s %%", MOP_SV_ARG(mop_shown_tenths(a, tenths)));
}

/* The two largest units, rounded down. Business time stays in hours: its days are no 24 hours. */
static struct mop_sv duration(struct mop_arena *a, int64_t us, bool business)
{
    long long minutes = us / 60000000, hours = minutes / 60;
    if (us < 0)
        return MOP_SV("-");
    if (hours >= 24 && !business)
        return hours % 24 ? mop_arena_printf(a, "%lldd %lldh", hours / 24, hours % 24)
                          : mop_arena_printf(a, "%lldd", hours / 24);
    if (hours)
        return minutes % 60 ? mop_arena_printf(a, "%lldh %lldm", hours, minutes % 60)
                            : mop_arena_printf(a, "%lldh", hours);
    return mop_arena_printf(a, "%lldm", minutes);
}

/* ---- the funnel ---- */

static void add_blank_cells(struct mop_grid *g, size_t n)
{
    for (size_t i = 0; i < n; i++)
        mop_grid_str(g, "");
}

static void add_sla(struct mop_page *p, struct mop_grid *g, const struct mop_stage_result *y)
{
    const struct mop_stage *st = y->stage;
    uint64_t late = y->all.counts.open_late;
    if (st->sla_us < 0) {
        add_blank_cells(g, 3);
        return;
    }
    mop_grid_add(g, MOP_TONE_PLAIN, st->sla_text);
    mop_grid_add(g, MOP_TONE_PLAIN, percent(&p->arena, y->all.in_time));
    mop_grid_add(g, late ? MOP_TONE_WARN : MOP_TONE_PLAIN, count_or_none(&p->arena, late));
}

static void add_stage(struct mop_page *p, struct mop_grid *g, const struct mop_stage_result *y)
{
    struct mop_arena *a = &p->arena;
    bool business = y->stage->calendar != NULL;
    mop_grid_add(g, MOP_TONE_PLAIN, stage_word(y->stage));
    mop_grid_add(g, MOP_TONE_PLAIN, mop_shown_count(a, y->counts->records));
    if (!y->dated) {
        add_blank_cells(g, 7);
        return;
    }
    mop_grid_add(g, MOP_TONE_PLAIN, mop_shown_count(a, y->all.counts.entered));
    if (!y->goes_on) {
        add_blank_cells(g, 6);
        return;
    }
    mop_grid_add(g, MOP_TONE_PLAIN, percent(a, y->all.conversion));
    mop_grid_add(g, MOP_TONE_PLAIN, duration(a, y->all.median_us, business));
    mop_grid_add(g, MOP_TONE_PLAIN, duration(a, y->all.p90_us, business));
    add_sla(p, g, y);
}

static void draw_stages(struct mop_page *p, const struct mop_lifecycle_result *y)
{
    static const struct mop_grid_column columns[] = {
        {"stage", false, MOP_FIT_KEY},        {"in it now", true, MOP_FIT_WHOLE},
        {"came", true, MOP_FIT_WHOLE},        {"went on", true, MOP_FIT_WHOLE},
        {"half within", true, MOP_FIT_WHOLE}, {"90 % within", true, MOP_FIT_WHOLE},
        {"agreed", true, MOP_FIT_WHOLE},      {"kept", true, MOP_FIT_WHOLE},
        {"overdue", true, MOP_FIT_WHOLE}};
    struct mop_grid g;
    mop_grid_init(&g, columns, 9);
    for (size_t i = 0; i < y->nstages; i++)
        add_stage(p, &g, &y->stages[i]);
    mop_grid_draw(p, &g);
}

/* ---- what the figures do not show ---- */

static void say(struct mop_page *p, struct mop_sv *text, uint64_t n, const char *what)
{
    if (n)
        *text = mop_arena_printf(&p->arena, "%.*s%s%.*s %s", MOP_SV_ARG(*text), text->n ? ", " : "",
                                 MOP_SV_ARG(mop_shown_count(&p->arena, n)), what);
}

static void draw_left_out(struct mop_page *p, const struct mop_lifecycle_result *y)
{
    const struct mop_funnel *f = y->funnel;
    uint64_t blank = 0, unreadable = 0, earlier = 0;
    for (size_t i = 0; i < y->nstages; i++) {
        blank += y->stages[i].counts->blank;
        unreadable += y->stages[i].counts->unreadable;
        earlier += y->stages[i].counts->earlier;
    }
    struct mop_sv text = {NULL, 0};
    say(p, &text, f->blank, "without a stage");
    say(p, &text, f->unknown, "in a stage that is not known");
    say(p, &text, f->unreadable, "whose stage cannot be read");
    if (text.n)
        mop_para(p, MOP_TONE_FAINT, "Records left out: %.*s.", MOP_SV_ARG(text));
    text = (struct mop_sv){NULL, 0};
    say(p, &text, blank, "blank");
    say(p, &text, unreadable, "not readable");
    say(p, &text, earlier, "of an earlier cycle");
    if (text.n)
        mop_para(p, MOP_TONE_FAINT, "Dates of entry left out: %.*s.", MOP_SV_ARG(text));
}

/* Where no later stage has a date, no time is expected. */
static bool is_timed(const struct mop_lifecycle *l, const struct mop_stage_result *y)
{
    for (size_t i = 0; i < l->nstages && y->dated; i++)
        if (l->stages[i].entered_at && mop_stage_precedes(y->stage, &l->stages[i]))
            return true;
    return false;
}

static void draw_untimed(struct mop_page *p, const struct mop_lifecycle_result *y)
{
    uint64_t undated = 0, disorder = 0;
    for (size_t i = 0; i < y->nstages; i++) {
        const struct mop_stage_result *s = &y->stages[i];
        undated += is_timed(y->lifecycle, s) ? s->all.counts.undated : 0;
        disorder += s->dated ? s->all.counts.out_of_order : 0;
    }
    struct mop_sv text = {NULL, 0};
    say(p, &text, undated, "without a date of the next stage");
    say(p, &text, disorder, "whose dates are out of order");
    if (text.n)
        mop_para(p, MOP_TONE_FAINT, "Went on, but it cannot be told how fast: %.*s.",
                 MOP_SV_ARG(text));
}

/* "from sql 1 to 'won' and 1 to 'lost'": who came to an end went on, whichever end it is. */
static struct mop_sv ends_of(struct mop_page *p, const struct mop_lifecycle_result *y,
                             const struct mop_stage_result *s)
{
    struct mop_sv text = MOP_SV("");
    for (size_t i = 0; i < y->nstages; i++) {
        const struct mop_stage *end = y->stages[i].stage;
        uint64_t n = end->terminal ? s->all.counts.to[end->index] : 0;
        if (n)
            text = mop_arena_printf(&p->arena, "%.*s%s%.*s to '%.*s'", MOP_SV_ARG(text),
                                    text.n ? ", " : "", MOP_SV_ARG(mop_shown_count(&p->arena, n)),
                                    MOP_SV_ARG(stage_word(end)));
    }
    return text;
}

/* Where there are several ends, one of them is what nobody wants. */
static void draw_ends(struct mop_page *p, const struct mop_lifecycle_result *y)
{
    struct mop_sv text = MOP_SV("");
    size_t ends = 0;
    for (size_t i = 0; i < y->nstages; i++) {
        const struct mop_stage_result *s = &y->stages[i];
        ends += s->stage->terminal && !s->stage->off_path;
        struct mop_sv to = s->dated && s->goes_on ? ends_of(p, y, s) : MOP_SV("");
        if (to.n)
            text = mop_arena_printf(&p->arena, "%.*s%sfrom '%.*s' %.*s", MOP_SV_ARG(text),
                                    text.n ? "; " : "", MOP_SV_ARG(stage_word(s->stage)),
                                    MOP_SV_ARG(to));
    }
    if (ends > 1 && text.n)
        mop_para(p, MOP_TONE_FAINT, "Ends count as going on, all of them: %.*s.", MOP_SV_ARG(text));
}

static void draw_calendars(struct mop_page *p, const struct mop_lifecycle_result *y)
{
    for (size_t i = 0; i < y->nstages; i++) {
        const struct mop_stage *st = y->stages[i].stage;
        if (st->calendar)
            mop_para(p, MOP_TONE_FAINT, "Times from '%.*s' on are business hours (calendar %.*s).",
                     MOP_SV_ARG(stage_word(st)), MOP_SV_ARG(st->calendar->name));
    }
}

/* ---- by when they came ---- */

static const struct mop_flow_result *named(const struct mop_flow_result *w, size_t n,
                                           struct mop_sv name)
{
    for (size_t i = 0; i < n; i++)
        if (mop_sv_eq(w[i].name, name))
            return &w[i];
    return NULL;
}

/* "61.2 % of 54" */
static struct mop_sv went_on(struct mop_arena *a, const struct mop_flow_result *w)
{
    if (!w || !w->counts.entered)
        return MOP_SV("-");
    return mop_arena_printf(a, "%.*s of %.*s", MOP_SV_ARG(percent(a, w->conversion)),
                            MOP_SV_ARG(mop_shown_count(a, w->counts.entered)));
}

static bool in_columns(const struct mop_stage_result *y)
{
    return y->dated && y->goes_on;
}

static void add_month(struct mop_page *p, struct mop_grid *g, const struct mop_lifecycle_result *y,
                      struct mop_sv name, struct mop_sv title)
{
    mop_grid_add(g, MOP_TONE_PLAIN, title);
    for (size_t i = 0; i < y->nstages && g->n % g->ncolumns; i++) {
        const struct mop_stage_result *s = &y->stages[i];
        if (!in_columns(s))
            continue;
        const struct mop_flow_result *w = named(s->months, s->nmonths, name);
        mop_grid_add(g, MOP_TONE_PLAIN,
                     went_on(&p->arena, w ? w : named(s->cohorts, s->ncohorts, name)));
    }
}

static bool any_in_month(const struct mop_lifecycle_result *y, struct mop_sv name)
{
    for (size_t i = 0; i < y->nstages; i++)
        if (in_columns(&y->stages[i]) && named(y->stages[i].months, y->stages[i].nmonths, name))
            return true;
    return false;
}

static size_t stage_columns(struct mop_arena *a, const struct mop_lifecycle_result *y,
                            struct mop_grid_column *columns)
{
    size_t n = 0;
    columns[n++] = (struct mop_grid_column){"came", false, MOP_FIT_WHOLE};
    for (size_t i = 0; i < y->nstages && n < MOP_GRID_COLUMNS; i++)
        if (in_columns(&y->stages[i]))
            columns[n++] = (struct mop_grid_column){
                mop_arena_str(a, stage_word(y->stages[i].stage)), true, false};
    return n;
}

static void draw_entries(struct mop_page *p, const struct mop_lifecycle_result *y)
{
    struct mop_grid_column columns[MOP_GRID_COLUMNS];
    struct mop_arena *a = &p->arena;
    const struct mop_ruleset *rs = p->r->rules;
    struct mop_grid g;
    size_t n = stage_columns(a, y, columns);
    int32_t now = y->funnel->month;
    if (n < 2)
        return;
    mop_grid_init(&g, columns, n);
    for (size_t i = 0; i < rs->ncohorts; i++) {
        struct mop_sv name = mop_arena_printf(a, "%dd", (int)rs->cohort_days[i]);
        add_month(p, &g, y, name, mop_arena_printf(a, "last %.*s", MOP_SV_ARG(name)));
    }
    for (int32_t m = now; m > now - MONTHS; m--) {
        struct mop_sv name = mop_arena_printf(a, "%04d-%02d", m / 12, m % 12 + 1);
        if (any_in_month(y, name))
            add_month(p, &g, y, name, name);
    }
    mop_heading(p, 2, "Went on, of those that came to the stage then");
    mop_grid_draw(p, &g);
}

bool mop_lifecycle_heading(struct mop_page *p, const struct mop_lifecycle_result *y)
{
    if (!y->funnel->records)
        return false;
    mop_heading(p, 1,
                p->r->nlifecycles > 1 ? "How %.*s records move (%.*s)" : "How %.*s records move",
                MOP_SV_ARG(y->lifecycle->record->name), MOP_SV_ARG(y->lifecycle->id));
    return true;
}

void mop_lifecycle_tables(struct mop_page *p, const struct mop_lifecycle_result *y)
{
    draw_stages(p, y);
    draw_ends(p, y);
    draw_calendars(p, y);
    draw_left_out(p, y);
    draw_untimed(p, y);
    if (!p->brief)
        draw_entries(p, y);
}

void mop_section_lifecycles(struct mop_page *p)
{
    for (size_t i = 0; i < p->r->nlifecycles && !mop_is_partial(p->r); i++)
        if (mop_lifecycle_heading(p, &p->r->lifecycles[i]))
            mop_lifecycle_tables(p, &p->r->lifecycles[i]);
}
