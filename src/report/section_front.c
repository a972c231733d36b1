/* SPDX-License-Identifier: MIT */
#include "report/sections.h"

/* The top: the verdict in plain words, and what was judged. */

/* How many reasons about the same the first screen tells. */
enum { REASONS = 5 };

bool mop_reason_is_first(const struct mop_result *r, size_t i)
{
    return i < REASONS || r->why[i - REASONS].about != r->why[i].about;
}

static void say_more(struct mop_page *p, size_t more, const char *what)
{
    if (more)
        mop_item(p, MOP_TONE_FAINT, "and %.*s more %s%s: see 'Verdict'%s",
                 MOP_SV_ARG(mop_shown_count(&p->arena, more)), what, more == 1 ? "" : "s",
                 p->brief ? " with --full" : "");
}

/* Nobody who finds it beside this page may take it for this run's. */
static void say_stale(struct mop_page *p)
{
    for (size_t i = 0; i < p->r->nstale; i++)
        mop_item(p, MOP_TONE_WARN, "%.*s is of an earlier run: this one has not written it",
                 MOP_SV_ARG(mop_shown_text(&p->arena, p->r->stale[i], 120)));
}

void mop_section_partial(struct mop_page *p)
{
    if (!mop_is_partial(p->r))
        return;
    mop_heading(p, 1, "PARTIAL: the data was not read whole, so there is no score");
    size_t n = 0;
    for (size_t i = 0; i < p->r->nsources; i++) {
        const struct mop_source_result *s = &p->r->sources[i];
        if (s->complete || n++ >= REASONS)
            continue;
        struct mop_arena *a = &p->arena;
        struct mop_sv line = s->incomplete_at.line
                                 ? mop_arena_printf(a, " in line %u,", s->incomplete_at.line)
                                 : MOP_SV("");
        struct mop_sv how =
            s->record ? mop_arena_printf(a, "broke off%.*s after %.*s", MOP_SV_ARG(line),
                                         MOP_SV_ARG(mop_shown_records(a, s->records, MOP_SV(""))))
                      : MOP_SV("could not be read");
        mop_item(p, MOP_TONE_BAD, "%.*s %.*s: %s%s%s", MOP_SV_ARG(s->name), MOP_SV_ARG(how),
                 s->incomplete ? s->incomplete : "it ended too early",
                 s->incomplete_hint && s->incomplete_hint[0] ? "; " : "",
                 s->incomplete_hint ? s->incomplete_hint : "");
    }
    say_more(p, n > REASONS ? n - REASONS : 0, "source");
    say_stale(p);
    mop_para(p, MOP_TONE_PLAIN, "What follows counts only what was read before that.");
}

/* ---- the verdict ---- */

static size_t decided(const struct mop_result *r, int as)
{
    size_t n = 0;
    for (size_t i = 0; i < r->nreports; i++)
        n += (int)r->reports[i].decision == as;
    return n;
}

static struct mop_sv of_reports(struct mop_page *p, size_t n)
{
    size_t all = p->r->nreports;
    return mop_arena_printf(&p->arena, "%zu of %zu report%s", n, all, all == 1 ? "" : "s");
}

/* Reports that nothing was asked of, or not all of whose rules were judged. */
static size_t untold(const struct mop_result *r, bool all_rules)
{
    size_t n = 0;
    for (size_t i = 0; i < r->nreports; i++)
        n += r->reports[i].decision == MOP_DECISION_NONE && r->reports[i].untold != all_rules;
    return n;
}

static struct mop_sv undecided_reports(struct mop_page *p)
{
    struct mop_sv all = MOP_SV("");
    const size_t n[] = {untold(p->r, true), untold(p->r, false)};
    static const char *const why[] = {"no target set", "not all rules were judged"};
    for (size_t i = 0; i < 2; i++)
        if (n[i])
            all = mop_arena_printf(&p->arena, "%.*s; %zu cannot be told: %s", MOP_SV_ARG(all), n[i],
                                   why[i]);
    return all;
}

static void say_untold(struct mop_page *p, bool all_rules)
{
    struct mop_arena *a = &p->arena;
    struct mop_sv names = MOP_SV("");
    size_t n = 0, most = mop_page_most(p, untold(p->r, all_rules), 4, MOP_REPORTS_FULL);
    for (size_t i = 0; i < p->r->nreports; i++)
        if (p->r->reports[i].decision == MOP_DECISION_NONE &&
            p->r->reports[i].untold != all_rules && n++ < most)
            names = mop_arena_printf(a, "%.*s%s'%.*s'", MOP_SV_ARG(names), n > 1 ? ", " : "",
                                     MOP_SV_ARG(p->r->reports[i].spec->name));
    if (n > most)
        names = mop_arena_printf(a, "%.*s and %zu more", MOP_SV_ARG(names), n - most);
    if (n && !all_rules && p->r->selection)
        mop_item(
            p, MOP_TONE_WARN,
            "only a selection of the rules was judged (%s): whether %.*s can be sent takes all",
            p->r->selection, MOP_SV_ARG(names));
    else if (n && !all_rules)
        mop_item(p, MOP_TONE_WARN,
                 "rules were left out (--without): whether %.*s can be sent takes all of its own",
                 MOP_SV_ARG(names));
    else if (n)
        mop_item(p, MOP_TONE_WARN,
                 "nobody said how clean is clean enough for %.*s: set 'target:' there",
                 MOP_SV_ARG(names));
}

static void say_reasons(struct mop_page *p)
{
    const struct mop_result *r = p->r;
    size_t more = 0;
    for (size_t i = 0; i < r->nwhy; i++)
        if (mop_reason_is_first(r, i))
            mop_item(p, MOP_TONE_PLAIN, "%.*s", MOP_SV_ARG(r->why[i].text));
        else
            more++;
    say_more(p, more, "reason");
}

void mop_section_top(struct mop_page *p)
{
    const struct mop_result *r = p->r;
    size_t hold = decided(r, MOP_DECISION_HOLD), send = decided(r, MOP_DECISION_SEND);
    struct mop_sv rest = undecided_reports(p);
    if (mop_is_partial(r))
        return;
    if (r->unkept)
        mop_heading(p, 1, "NOT KEPT: the data was read whole, but the history lacks this run");
    else if (r->unwritten)
        mop_heading(p, 1,
                    "NOT WRITTEN: the data was read whole, but not every output could be written");
    else if (hold)
        mop_heading(p, 1, "HOLD: %.*s should not be sent%.*s", MOP_SV_ARG(of_reports(p, hold)),
                    MOP_SV_ARG(rest));
    else if (r->status == MOP_RUN_FAIL)
        mop_heading(p, 1, "FAIL: the data falls short of what was asked%.*s", MOP_SV_ARG(rest));
    else if (send)
        mop_heading(p, 1, "SEND: %.*s met %s target%.*s", MOP_SV_ARG(of_reports(p, send)),
                    send == 1 ? "its" : "their", MOP_SV_ARG(rest));
    else
        mop_heading(p, 1, "PASS: nothing that was asked is missed%.*s", MOP_SV_ARG(rest));
    say_reasons(p);
    say_stale(p);
    say_untold(p, true);
    say_untold(p, false);
}

/* ---- what was judged ---- */

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
                 s->record ? mop_arena_printf(a, "%.*s record%s", MOP_SV_ARG(s->record->name),
                                              s->records == 1 ? "" : "s")
                           : MOP_SV("records"));
    mop_grid_str(g, s->how ? s->how : "");
    mop_grid_add(g, MOP_TONE_PLAIN, notes_fit(s) ? notes_of(a, s) : MOP_SV(""));
}

void mop_section_head(struct mop_page *p)
{
    static const struct mop_grid_column columns[] = {{"", false, MOP_FIT_KEY},
                                                     {"", true, MOP_FIT_WHOLE},
                                                     {"", false, MOP_FIT_WHOLE},
                                                     {"", false, MOP_FIT_WHOLE},
                                                     {"", false, MOP_FIT_CLIP}};
    const struct mop_ruleset *rs = p->r->rules;
    struct mop_grid g;
    struct mop_buf now;
    mop_buf_init(&now, 64);
    mop_when_print(&now, mop_when_of_instant(rs->now_us - rs->now_us % 1000000, NULL));
    mop_heading(p, 1, "What was judged: taxonomy %.*s%s%.*s, as of %s", MOP_SV_ARG(rs->name),
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
