/* SPDX-License-Identifier: MIT */
#include "report/sections.h"

/* The first screen: what was judged, and whether it can be reported on. Money stands first. */

void mop_section_partial(struct mop_page *p)
{
    if (!mop_is_partial(p->r))
        return;
    mop_heading(p, 1, "PARTIAL: the data was not read whole, so there is no score");
    for (size_t i = 0; i < p->r->nsources; i++) {
        const struct mop_source_result *s = &p->r->sources[i];
        if (s->complete)
            continue;
        struct mop_arena *a = &p->arena;
        struct mop_sv line = s->incomplete_at.line
                                 ? mop_arena_printf(a, " in line %u,", s->incomplete_at.line)
                                 : MOP_SV("");
        mop_item(p, MOP_TONE_BAD, "%.*s broke off%.*s after %.*s: %s%s%s", MOP_SV_ARG(s->name),
                 MOP_SV_ARG(line), MOP_SV_ARG(mop_shown_records(a, s->records, MOP_SV(""))),
                 s->incomplete ? s->incomplete : "it ended too early",
                 s->incomplete_hint && s->incomplete_hint[0] ? "; " : "",
                 s->incomplete_hint ? s->incomplete_hint : "");
    }
    mop_para(p, MOP_TONE_PLAIN, "What follows counts only what was read before that.");
}

static struct mop_sv notes_of(struct mop_arena *a, const struct mop_source_result *s)
{
    struct mop_sv all = s->nnotes ? s->notes[0] : MOP_SV("");
    for (size_t i = 1; i < s->nnotes; i++)
        all = mop_arena_printf(a, "%.*s; %.*s", MOP_SV_ARG(all), MOP_SV_ARG(s->notes[i]));
    return all;
}

/* Notes that say what to do are longer, and have to be read whole: they stand below the table. */
static bool notes_fit(const struct mop_source_result *s)
{
    enum { LONGEST = 36 };
    size_t n = 0;
    for (size_t i = 0; i < s->nnotes; i++)
        n += s->notes[i].n + 2;
    return n <= LONGEST;
}

static void add_source(struct mop_page *p, struct mop_grid *g, const struct mop_source_result *s)
{
    struct mop_arena *a = &p->arena;
    mop_grid_add(g, MOP_TONE_PLAIN, s->name);
    mop_grid_add(g, MOP_TONE_PLAIN, mop_shown_count(a, s->records));
    mop_grid_add(g, MOP_TONE_PLAIN,
                 mop_arena_printf(a, "%.*s record%s", MOP_SV_ARG(s->record->name),
                                  s->records == 1 ? "" : "s"));
    mop_grid_str(g, s->how ? s->how : "");
    mop_grid_add(g, MOP_TONE_PLAIN, notes_fit(s) ? notes_of(a, s) : MOP_SV(""));
}

void mop_section_head(struct mop_page *p)
{
    static const struct mop_grid_column columns[] = {{"", false, true},
                                                     {"", true, false},
                                                     {"", false, false},
                                                     {"", false, false},
                                                     {"", false, true}};
    const struct mop_ruleset *rs = p->r->rules;
    struct mop_grid g;
    struct mop_buf now;
    mop_buf_init(&now, 64);
    mop_when_print(&now, mop_when_of_instant(rs->now_us, NULL));
    mop_heading(p, 1, "mopslint: taxonomy %.*s%s%.*s, as of %s", MOP_SV_ARG(rs->name),
                rs->version.n ? " " : "", MOP_SV_ARG(rs->version), now.p);
    mop_buf_release(&now);
    mop_grid_init(&g, columns, 5);
    size_t shown = mop_page_most(p, p->r->nsources, 5, 12);
    for (size_t i = 0; i < shown; i++)
        add_source(p, &g, &p->r->sources[i]);
    mop_grid_draw(p, &g);
    mop_page_more(p, p->r->nsources, shown, "sources");
    for (size_t i = 0; i < shown; i++)
        if (!notes_fit(&p->r->sources[i]))
            mop_item(p, MOP_TONE_PLAIN, "%.*s: %.*s", MOP_SV_ARG(p->r->sources[i].name),
                     MOP_SV_ARG(notes_of(&p->arena, &p->r->sources[i])));
}

/* ---- can we report on it ---- */

/* One line: a report, or where none is declared all records of a type. */
struct line {
    struct mop_sv name, owner;
    struct mop_score_pair score, fresh;
    bool has_fresh;
    const struct mop_score_pair *effects;
    const char *unit;
    struct mop_sv note; /* why there is no score */
};

static struct line line_of_report(struct mop_page *p, const struct mop_report_result *x)
{
    struct line l = {.name = x->spec->name, .owner = x->spec->owner, .unit = ""};
    if (x->absent) {
        l.score.records.reason = "absent";
        l.note = mop_arena_printf(&p->arena, "needs %.*s records, and no source has them",
                                  MOP_SV_ARG(x->absent->name));
        return l;
    }
    const struct mop_need_result *n = x->lowest_records, *v = x->lowest_value;
    if (n) {
        l.score.records = mop_scored(p->r, n->score.records);
        l.effects = n->effects;
        l.fresh = mop_report_cohort(x, 0, &(const struct mop_need_result *){NULL});
        l.has_fresh = l.fresh.records.assessed > 0;
    }
    if (v) {
        l.score.has_value = true;
        l.score.value = mop_scored(p->r, v->score.value);
        l.effects = v->score.value.reason ? l.effects : v->effects;
        l.unit = mop_need_unit(&p->arena, v);
    }
    return l;
}

static struct line line_of_type(struct mop_page *p, const struct mop_type_result *y)
{
    struct line l = {
        .owner = y->record->owner, .score = mop_overall(p->r, y), .effects = y->effects};
    l.name = mop_arena_printf(&p->arena, "all %.*s records", MOP_SV_ARG(y->record->name));
    l.has_fresh = y->ncohorts > 0;
    l.fresh = l.has_fresh ? y->cohorts[0].score : l.fresh;
    l.unit = mop_type_unit(&p->arena, y);
    return l;
}

static struct mop_sv target_text(struct mop_arena *a, const struct mop_report_spec *s)
{
    bool records = s->target_records >= 0, value = s->target_value >= 0;
    if (!records && !value)
        return MOP_SV("");
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

static void add_line(struct mop_page *p, struct mop_grid *g, const struct line *l,
                     const struct mop_report_result *x)
{
    static const char *const verdicts[] = {"", "met", "MISSED"};
    static const enum mop_tone tones[] = {MOP_TONE_PLAIN, MOP_TONE_GOOD, MOP_TONE_BAD};
    struct mop_arena *a = &p->arena;
    int target = x && !mop_is_partial(p->r) ? (int)x->target : 0;
    const struct mop_score_pair *s = &l->score;
    mop_grid_add(g, MOP_TONE_PLAIN, l->name);
    mop_grid_add(g, MOP_TONE_STRONG,
                 s->has_value && !s->value.reason
                     ? mop_shown_money(a, s->value.clean, false, l->unit)
                     : MOP_SV(""));
    mop_grid_add(g, MOP_TONE_STRONG,
                 s->has_value ? mop_share_text(a, &s->value, assessed(s)) : MOP_SV(""));
    mop_grid_add(g, MOP_TONE_PLAIN, mop_share_text(a, &s->records, assessed(s)));
    mop_grid_add(g, MOP_TONE_PLAIN, x ? target_text(a, x->spec) : MOP_SV(""));
    mop_grid_add(g, MOP_TONE_PLAIN,
                 l->has_fresh ? mop_share_text(a, &l->fresh.records, assessed(&l->fresh))
                              : MOP_SV(""));
    mop_grid_add(g, tones[target], mop_sv_of(verdicts[target]));
    mop_grid_add(g, MOP_TONE_PLAIN, l->owner);
}

/* What an effect's rules take away, on the line's basis. */
static struct mop_sv effect_text(struct mop_page *p, const struct line *l, enum mop_effect e)
{
    bool value = l->score.has_value && !l->score.value.reason;
    struct mop_score s = value ? l->effects[e].value : l->effects[e].records;
    s = mop_scored(p->r, s);
    if (s.reason)
        return MOP_SV("");
    if (value)
        return mop_shown_money(&p->arena, s.assessed - s.clean, true, "");
    return mop_shown_count(&p->arena, (uint64_t)(s.assessed - s.clean));
}

static void add_effects(struct mop_page *p, struct mop_grid *g, const struct line *l)
{
    bool value = l->score.has_value && !l->score.value.reason;
    struct mop_arena *a = &p->arena;
    if (!l->effects || l->score.records.reason)
        return;
    const struct mop_score *s = value ? &l->score.value : &l->score.records;
    mop_grid_add(g, MOP_TONE_PLAIN, l->name);
    mop_grid_add(g, MOP_TONE_PLAIN,
                 value ? mop_shown_money(a, s->assessed, false, l->unit)
                       : mop_shown_records(a, (uint64_t)s->assessed, MOP_SV("")));
    mop_grid_add(g, MOP_TONE_STRONG,
                 value ? mop_shown_money(a, s->assessed - s->clean, true, "")
                       : mop_shown_count(a, (uint64_t)(s->assessed - s->clean)));
    for (enum mop_effect e = 0; e < MOP_EFFS; e++)
        mop_grid_add(g, MOP_TONE_PLAIN, effect_text(p, l, e));
}

static void say_why_not(struct mop_page *p, const struct line *l)
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

static bool too_few(const struct line *l)
{
    return !l->score.records.reason &&
           (assessed(&l->score) < MOP_TOO_FEW ||
            (l->has_fresh && !l->fresh.records.reason && assessed(&l->fresh) < MOP_TOO_FEW));
}

static void draw_lines(struct mop_page *p, const struct line *lines, size_t n)
{
    static const struct mop_grid_column columns[] = {
        {"report", false, true},  {"clean money", true, false}, {"money", true, false},
        {"records", true, false}, {"target", true, false},      {"", true, false},
        {"", false, false},       {"owner", false, true}};
    static const struct mop_grid_column losses[] = {
        {"report", false, true},    {"in all", true, false},    {"not clean", true, false},
        {"drops out", true, false}, {"misplaced", true, false}, {"counted twice", true, false},
        {"late", true, false},      {"untidy", true, false}};
    struct mop_grid clean, lost;
    mop_grid_init(&clean, columns, 8);
    mop_grid_init(&lost, losses, 8);
    const struct mop_ruleset *rs = p->r->rules;
    if (rs->ncohorts)
        clean.columns[5].title =
            mop_arena_printf(&p->arena, "new (%d d)", (int)rs->cohort_days[0]).p;
    bool few = false;
    for (size_t i = 0; i < n; i++) {
        add_line(p, &clean, &lines[i], p->r->nreports ? &p->r->reports[i] : NULL);
        add_effects(p, &lost, &lines[i]);
        few |= too_few(&lines[i]);
    }
    mop_grid_draw(p, &clean);
    if (few)
        mop_para(p, MOP_TONE_FAINT, "* fewer than %d records: too few to be sure", MOP_TOO_FEW);
    if (lost.n)
        mop_heading(p, 2,
                    "What is not clean, and how it shows (one record can do so in several ways)");
    mop_grid_draw(p, &lost);
    for (size_t i = 0; i < n; i++)
        say_why_not(p, &lines[i]);
}

void mop_section_reports(struct mop_page *p)
{
    const struct mop_result *r = p->r;
    size_t n = r->nreports ? r->nreports : r->ntypes;
    struct line *lines = mop_arena_array(&p->arena, n + 1, sizeof *lines);
    for (size_t i = 0; i < n; i++)
        lines[i] = r->nreports ? line_of_report(p, &r->reports[i]) : line_of_type(p, &r->types[i]);
    mop_heading(p, 1, "Can we report on it?");
    draw_lines(p, lines, n);
    if (!r->nreports && n)
        mop_para(p, MOP_TONE_FAINT, "The taxonomy names no reports, so this is about all records.");
}
