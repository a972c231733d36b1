/* SPDX-License-Identifier: MIT */
#include "report/sections.h"

/* What changed since an earlier run: scores, by the data or by the rules; rules, values, counts. */

enum { RULES_BRIEF = 3, RULES_FULL = 20, VALUES_BRIEF = 3, VALUES_FULL = 20 };

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

static void draw_scores(struct mop_page *p, const struct mop_since *s)
{
    const struct mop_grid_column columns[] = {{"clean", false, MOP_FIT_KEY},
                                              {s->steps ? "then" : "last run", true, MOP_FIT_WHOLE},
                                              {"by data", true, MOP_FIT_WHOLE},
                                              {"by rules", true, MOP_FIT_WHOLE},
                                              {"now", true, MOP_FIT_WHOLE}};
    struct mop_grid g;
    mop_grid_init(&g, columns, 5);
    for (size_t i = 0; i < s->nscores; i++)
        for (int money = 0; money < 2; money++)
            if (mop_since_wanted(p, &s->scores[i], money))
                add_score(p, &g, &s->scores[i], money);
    mop_since_say_still(p, s);
    mop_grid_draw(p, &g);
}

/* ", by the rules" */
static struct mop_sv whose(struct mop_page *p, const struct mop_since *s, enum mop_whose by,
                           struct mop_sv between)
{
    struct mop_sv words = mop_since_whose(p, s, by, between);
    return words.n ? mop_arena_printf(&p->arena, ", %.*s", MOP_SV_ARG(words)) : words;
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
        struct mop_sv then = mop_arena_printf(
            &p->arena, "%.*s of %.*s failed%.*s", COUNT(r->failed_before),
            COUNT(r->applicable_before),
            MOP_SV_ARG(mop_since_rate(p, r, r->failed_before, r->applicable_before)));
        struct mop_sv now = mop_arena_printf(
            &p->arena, "%.*s of %.*s fail%.*s", COUNT(r->failed_now), COUNT(r->applicable_now),
            MOP_SV_ARG(mop_since_rate(p, r, r->failed_now, r->applicable_now)));
        struct mop_sv between = mop_arena_printf(
            &p->arena, "%.*s of %.*s", COUNT(r->failed_between), COUNT(r->applicable_between));
        bool both = r->how <= MOP_RULE_BETTER;
        mop_item(p, tones[r->how], "%s: %.*s: %.*s%s%.*s%.*s", words[r->how], SHOWN(r->id),
                 MOP_SV_ARG(r->how == MOP_RULE_NEW ? MOP_SV("") : then), both ? ", now " : "",
                 MOP_SV_ARG(r->how == MOP_RULE_GONE ? MOP_SV("") : now),
                 MOP_SV_ARG(both ? whose(p, s, r->by, between) : MOP_SV("")));
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
        mop_item(p, MOP_TONE_PLAIN, "%s: %.*s.%.*s '%.*s' (%.*s)%.*s",
                 vanished ? "vanished" : "first seen", SHOWN(v->record), SHOWN(v->field),
                 SHOWN(v->value.n ? v->value : MOP_SV("(personal)")),
                 MOP_SV_ARG(mop_shown_records(&p->arena, v->count, MOP_SV(""))),
                 MOP_SV_ARG(whose(p, s, v->by, MOP_SV(""))));
    }
    mop_page_more(p, n, shown,
                  vanished ? "values that vanished" : "values seen for the first time");
}

/* ---- counts ---- */

static struct mop_sv percent(struct mop_page *p, uint64_t n, uint64_t total)
{
    return mop_arena_printf(&p->arena, "%.*s %%",
                            MOP_SV_ARG(mop_shown_tenths(&p->arena, mop_since_share(n, total))));
}

static void draw_counts(struct mop_page *p, const struct mop_since *s)
{
    static const char *const words[] = {"", " filled", ""};
    for (size_t i = 0; i < s->ncounts; i++) {
        const struct mop_count_since *c = &s->counts[i];
        if (!mop_since_noticed(c))
            continue;
        if (c->of == MOP_COUNT_RECORDS) {
            mop_item(p, MOP_TONE_PLAIN, "%.*s records: %.*s, now %.*s", SHOWN(c->record),
                     COUNT(c->before), COUNT(c->now));
            continue;
        }
        struct mop_sv between = percent(p, c->between, c->total_between);
        mop_item(
            p, MOP_TONE_PLAIN, "%.*s.%.*s%s: %.*s, now %.*s of the records%.*s", SHOWN(c->record),
            SHOWN(c->name), words[c->of], MOP_SV_ARG(percent(p, c->before, c->total_before)),
            MOP_SV_ARG(percent(p, c->now, c->total_now)), MOP_SV_ARG(whose(p, s, c->by, between)));
    }
}

void mop_section_since(struct mop_page *p)
{
    const struct mop_since *s = p->r->since;
    if (!s)
        return;
    mop_since_heading(p, s);
    mop_since_say_before(p, s);
    if (s->first)
        return;
    draw_scores(p, s);
    mop_since_say_causes(p, s);
    const struct mop_since *told = mop_since_told(p, s);
    draw_rules(p, told);
    draw_values(p, told, false);
    draw_values(p, told, true);
    draw_counts(p, told);
    if (s->values_more)
        mop_page_more(p, s->nvalues + s->values_more, s->nvalues,
                      "values that came or went, in none of these lists");
}
