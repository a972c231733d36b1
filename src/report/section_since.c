/* SPDX-License-Identifier: MIT */
#include "report/sections.h"

/* What changed since an earlier run: scores, by the data or by the rules; rules, values, counts. */

enum { RULES_BRIEF = 3, RULES_FULL = 20, VALUES_BRIEF = 3, VALUES_FULL = 20, NOTICED = 10 };

#define SHOWN(text) MOP_SV_ARG(mop_shown_text(&p->arena, (text), 60))
#define COUNT(n) MOP_SV_ARG(mop_shown_count(&p->arena, (n)))

/* ---- scores ---- */

static struct mop_sv share(struct mop_arena *a, int64_t tenths)
{
    return tenths < 0 ? MOP_SV("-")
                      : mop_arena_printf(a, "%.*s %%", MOP_SV_ARG(mop_shown_tenths(a, tenths)));
}

/* "+1.2", "-0.4", "0.0"; nothing where nobody knows. */
static struct mop_sv points(struct mop_arena *a, int64_t d)
{
    if (d == INT64_MIN)
        return MOP_SV("");
    return mop_arena_printf(a, "%s%.*s",
                            d > 0   ? "+"
                            : d < 0 ? "-"
                                    : "",
                            MOP_SV_ARG(mop_shown_tenths(a, d < 0 ? -d : d)));
}

static struct mop_sv name_of(struct mop_arena *a, const struct mop_score_since *s)
{
    if (s->of == MOP_SINCE_REPORT)
        return s->name;
    if (s->of == MOP_SINCE_OVERALL)
        return mop_arena_printf(a, "all %.*s records", MOP_SV_ARG(s->record));
    static const char *const what[] = {"", "", "", "owner ", ""};
    return mop_arena_printf(a, "%.*s: %s%.*s", MOP_SV_ARG(s->record), what[s->of],
                            MOP_SV_ARG(s->name));
}

static void add_score(struct mop_page *p, struct mop_grid *g, const struct mop_score_since *s,
                      bool money)
{
    struct mop_arena *a = &p->arena;
    int64_t before = money ? s->before_value : s->before_records;
    int64_t now = money ? s->now_value : s->now_records;
    const struct mop_split *by = money ? &s->value : &s->records;
    struct mop_sv name = name_of(a, s);
    mop_grid_add(g, MOP_TONE_PLAIN,
                 money ? mop_arena_printf(a, "%.*s, money", MOP_SV_ARG(name)) : name);
    mop_grid_add(g, MOP_TONE_PLAIN, share(a, before));
    mop_grid_add(g, MOP_TONE_PLAIN, points(a, by->data));
    mop_grid_add(g, MOP_TONE_PLAIN, points(a, by->rules));
    mop_grid_add(g, MOP_TONE_STRONG, share(a, now));
}

static bool moved(int64_t before, int64_t now, const struct mop_split *by)
{
    return before != now || (by->data != INT64_MIN && by->data);
}

static bool wanted(const struct mop_page *p, const struct mop_score_since *s, bool money)
{
    bool far = money ? moved(s->before_value, s->now_value, &s->value)
                     : moved(s->before_records, s->now_records, &s->records);
    return far && (!p->brief || s->of <= MOP_SINCE_OVERALL);
}

static void draw_scores(struct mop_page *p, const struct mop_since *s)
{
    static const struct mop_grid_column columns[] = {{"clean", false, MOP_FIT_KEY},
                                                     {"last run", true, MOP_FIT_WHOLE},
                                                     {"by data", true, MOP_FIT_WHOLE},
                                                     {"by rules", true, MOP_FIT_WHOLE},
                                                     {"now", true, MOP_FIT_WHOLE}};
    struct mop_grid g;
    mop_grid_init(&g, columns, 5);
    for (size_t i = 0; i < s->nscores; i++)
        for (int money = 0; money < 2; money++)
            if (wanted(p, &s->scores[i], money))
                add_score(p, &g, &s->scores[i], money);
    if (!g.n)
        mop_para(p, MOP_TONE_PLAIN, "No score%s moved.",
                 p->brief ? " of a report or record type" : "");
    mop_grid_draw(p, &g);
}

static struct mop_sv time_of(struct mop_arena *a, int64_t us)
{
    struct mop_buf b;
    mop_buf_init(&b, 64);
    mop_when_print(&b, mop_when_of_instant(us, NULL));
    struct mop_sv text = mop_arena_copy(a, mop_buf_view(&b));
    mop_buf_release(&b);
    return text;
}

static void say_rules(struct mop_page *p, const struct mop_since *s)
{
    bool renamed = !mop_sv_eq(s->taxonomy_before, s->taxonomy_now);
    if (s->same_rules)
        mop_para(p, MOP_TONE_PLAIN, "By the same rules: what moved, the data moved.");
    else if (s->same_text)
        mop_para(p, MOP_TONE_PLAIN, "By the same rules, '%.*s', but dates passed that they name.",
                 SHOWN(s->taxonomy_now));
    else if (renamed)
        mop_para(p, MOP_TONE_PLAIN, "By other rules: '%.*s' then, '%.*s' now.",
                 SHOWN(s->taxonomy_before), SHOWN(s->taxonomy_now));
    else
        mop_para(p, MOP_TONE_PLAIN, "By other rules, though '%.*s' is called as before.",
                 SHOWN(s->taxonomy_now));
    if (s->unsplit)
        mop_item(p, MOP_TONE_WARN,
                 "what the data did and what the rules did cannot be told apart: %.*s",
                 MOP_SV_ARG(mop_shown_text(&p->arena, mop_sv_of(s->unsplit), SIZE_MAX)));
}

/* ---- runs that did not end well ---- */

static void draw_missed(struct mop_page *p, const struct mop_since *s)
{
    size_t most = mop_page_most(p, s->nmissed, RULES_BRIEF, RULES_FULL);
    for (size_t i = s->nmissed - most; i < s->nmissed; i++) {
        const struct mop_missed_run *m = &s->missed[i];
        mop_item(p, MOP_TONE_BAD, "run %lld of %.*s did not finish: %.*s", (long long)m->id,
                 MOP_SV_ARG(time_of(&p->arena, m->at_us)),
                 MOP_SV_ARG(mop_shown_text(&p->arena, m->message, SIZE_MAX)));
    }
    mop_page_more(p, s->nmissed, most, "runs that did not finish");
}

/* ---- which rules stand behind "by rules" ---- */

static bool rules_moved(const struct mop_since *s)
{
    for (size_t i = 0; i < s->nscores; i++) {
        const struct mop_score_since *x = &s->scores[i];
        if ((x->records.rules && x->records.rules != INT64_MIN) ||
            (x->value.rules && x->value.rules != INT64_MIN))
            return true;
    }
    return false;
}

static void draw_cause(struct mop_page *p, const struct mop_cause *c)
{
    static const char *const words[] = {"new",
                                        "gone",
                                        "other severity",
                                        "judges otherwise",
                                        "excludes otherwise",
                                        "weighs otherwise",
                                        "report looks elsewhere",
                                        "report needs otherwise"};
    struct mop_arena *a = &p->arena;
    struct mop_sv when =
        c->since == INT32_MIN
            ? MOP_SV("")
            : mop_arena_printf(a, ", since %.*s", MOP_SV_ARG(mop_shown_day(a, c->since)));
    struct mop_sv run =
        c->run ? mop_arena_printf(a, " in run %lld", (long long)c->run) : MOP_SV("");
    mop_item(p, MOP_TONE_PLAIN, "by rules%.*s: %s: %.*s%.*s: %.*s", MOP_SV_ARG(run), words[c->how],
             SHOWN(c->id), MOP_SV_ARG(when), MOP_SV_ARG(mop_shown_text(a, c->what, SIZE_MAX)));
}

static void draw_causes(struct mop_page *p, const struct mop_since *s)
{
    size_t most = mop_page_most(p, s->ncauses, RULES_BRIEF, RULES_FULL);
    for (size_t i = 0; i < most; i++)
        draw_cause(p, &s->causes[i]);
    mop_page_more(p, s->ncauses, most, "rules behind it");
    if (!s->ncauses && rules_moved(s))
        mop_item(p, MOP_TONE_PLAIN,
                 "by rules: which ones is not known: none of them fails more or fewer records");
}

/* ---- rules ---- */

static void draw_rules(struct mop_page *p, const struct mop_since *s)
{
    static const char *const words[] = {"worse", "better", "new", "gone"};
    static const enum mop_tone tones[] = {MOP_TONE_BAD, MOP_TONE_GOOD, MOP_TONE_PLAIN,
                                          MOP_TONE_PLAIN};
    size_t most = mop_page_most(p, s->nrules, RULES_BRIEF, RULES_FULL);
    for (size_t i = 0; i < most; i++) {
        const struct mop_rule_since *r = &s->rules[i];
        struct mop_sv then = mop_arena_printf(&p->arena, "%.*s of %.*s failed",
                                              COUNT(r->failed_before), COUNT(r->applicable_before));
        struct mop_sv now = mop_arena_printf(&p->arena, "%.*s of %.*s fail", COUNT(r->failed_now),
                                             COUNT(r->applicable_now));
        bool both = r->how <= MOP_RULE_BETTER;
        mop_item(p, tones[r->how], "%s: %.*s: %.*s%s%.*s", words[r->how], SHOWN(r->id),
                 MOP_SV_ARG(r->how == MOP_RULE_NEW ? MOP_SV("") : then), both ? ", now " : "",
                 MOP_SV_ARG(r->how == MOP_RULE_GONE ? MOP_SV("") : now));
    }
    mop_page_more(p, s->nrules, most, "rules that moved");
}

/* ---- values ---- */

static void draw_values(struct mop_page *p, const struct mop_since *s, bool vanished)
{
    size_t n = 0, shown = 0;
    for (size_t i = 0; i < s->nvalues; i++)
        n += s->values[i].vanished == vanished;
    size_t most = mop_page_most(p, n, VALUES_BRIEF, VALUES_FULL);
    for (size_t i = 0; i < s->nvalues && shown < most; i++) {
        const struct mop_value_since *v = &s->values[i];
        if (v->vanished != vanished)
            continue;
        shown++;
        mop_item(p, MOP_TONE_PLAIN, "%s: %.*s.%.*s '%.*s' (%.*s)",
                 vanished ? "vanished" : "first seen", SHOWN(v->record), SHOWN(v->field),
                 SHOWN(v->value.n ? v->value : MOP_SV("(personal)")),
                 MOP_SV_ARG(mop_shown_records(&p->arena, v->count, MOP_SV(""))));
    }
    mop_page_more(p, n, shown,
                  vanished ? "values that vanished" : "values seen for the first time");
}

/* ---- counts: what moved by a point of its whole, records by any number ---- */

static int64_t share_of(uint64_t n, uint64_t total)
{
    return total ? mop_tenths_floor((mop_i128)n, (mop_i128)total) : 0;
}

static bool noticed(const struct mop_count_since *c)
{
    if (c->of == MOP_COUNT_RECORDS)
        return c->before != c->now;
    int64_t d = share_of(c->now, c->total_now) - share_of(c->before, c->total_before);
    return d >= NOTICED || d <= -NOTICED;
}

static void draw_counts(struct mop_page *p, const struct mop_since *s)
{
    static const char *const words[] = {"", " filled", ""};
    for (size_t i = 0; i < s->ncounts; i++) {
        const struct mop_count_since *c = &s->counts[i];
        if (!noticed(c))
            continue;
        if (c->of == MOP_COUNT_RECORDS) {
            mop_item(p, MOP_TONE_PLAIN, "%.*s records: %.*s, now %.*s", SHOWN(c->record),
                     COUNT(c->before), COUNT(c->now));
            continue;
        }
        mop_item(p, MOP_TONE_PLAIN, "%.*s.%.*s%s: %.*s %%, now %.*s %% of the records",
                 SHOWN(c->record), SHOWN(c->name), words[c->of],
                 MOP_SV_ARG(mop_shown_tenths(&p->arena, share_of(c->before, c->total_before))),
                 MOP_SV_ARG(mop_shown_tenths(&p->arena, share_of(c->now, c->total_now))));
    }
}

void mop_section_since(struct mop_page *p)
{
    const struct mop_since *s = p->r->since;
    if (!s)
        return;
    mop_heading(p, 1, "What changed since run %.*s, %.*s", MOP_SV_ARG(s->run),
                MOP_SV_ARG(time_of(&p->arena, s->at_us)));
    draw_missed(p, s);
    say_rules(p, s);
    draw_scores(p, s);
    draw_causes(p, s);
    draw_rules(p, s);
    draw_values(p, s, false);
    draw_values(p, s, true);
    draw_counts(p, s);
    if (s->values_more)
        mop_page_more(p, s->nvalues + s->values_more, s->nvalues,
                      "values that came or went, in none of these lists");
}
