/* SPDX-License-Identifier: MIT */
#include "report/sections.h"

/* What changed, in sentences: those that pages and texts have alike. */

enum { MISSED_BRIEF = 3, CAUSES_BRIEF = 3, COLUMNS_BRIEF = 5, MANY = 20, NOTICED = 10 };

#define SHOWN(text) MOP_SV_ARG(mop_shown_text(&p->arena, (text), 60))
#define REASON(text) MOP_SV_ARG(mop_shown_reason(&p->arena, (text)))

/* ---- what is worth a word ---- */

static bool moved(int64_t before, int64_t now, const struct mop_split *by)
{
    return before != now || (by->data != INT64_MIN && by->data);
}

bool mop_since_wanted(const struct mop_page *p, const struct mop_score_since *s, bool money)
{
    bool far = money ? moved(s->before_value, s->now_value, &s->value)
                     : moved(s->before_records, s->now_records, &s->records);
    return far && (!p->brief || s->of <= MOP_SINCE_OVERALL);
}

void mop_since_say_still(struct mop_page *p, const struct mop_since *s)
{
    for (size_t i = 0; i < s->nscores; i++)
        if (mop_since_wanted(p, &s->scores[i], false) || mop_since_wanted(p, &s->scores[i], true))
            return;
    mop_para(p, MOP_TONE_PLAIN, "No score%s moved.", p->brief ? " of a report or record type" : "");
}

int64_t mop_since_share(uint64_t n, uint64_t total)
{
    return total ? mop_tenths_floor((mop_i128)n, (mop_i128)total) : 0;
}

bool mop_since_noticed(const struct mop_count_since *c)
{
    if (c->of == MOP_COUNT_RECORDS)
        return c->before != c->now;
    int64_t d = mop_since_share(c->now, c->total_now) - mop_since_share(c->before, c->total_before);
    return d >= NOTICED || d <= -NOTICED;
}

/* ---- what stands before the figures ---- */

static struct mop_sv time_of(struct mop_arena *a, int64_t us)
{
    struct mop_buf b;
    mop_buf_init(&b, 64);
    mop_when_print(&b, mop_when_of_instant(us, NULL));
    struct mop_sv text = mop_arena_copy(a, mop_buf_view(&b));
    mop_buf_release(&b);
    return text;
}

static bool any_ended(const struct mop_since *s)
{
    for (size_t i = 0; i < s->ncauses; i++)
        if (s->causes[i].how == MOP_CAUSE_ENDED)
            return true;
    return false;
}

static void say_rules(struct mop_page *p, const struct mop_since *s)
{
    static const char *const movers[] = {"", ", or the time that passed",
                                         ", or a suppression that ended",
                                         ", the time that passed, or a suppression that ended"};
    bool renamed = !mop_sv_eq(s->taxonomy_before, s->taxonomy_now);
    if (s->same_rules)
        mop_para(p, MOP_TONE_PLAIN, "By the same rules: what moved, the data moved%s.",
                 movers[2 * any_ended(s) + s->clocked]);
    else if (s->same_text)
        mop_para(p, MOP_TONE_PLAIN, "By the same rules, '%.*s', but %s.", SHOWN(s->taxonomy_now),
                 s->clock_back ? "as of an earlier day: dates that they name had passed then, and "
                                 "have not now"
                               : "dates passed that they name");
    else if (renamed)
        mop_para(p, MOP_TONE_PLAIN, "The rules changed: '%.*s' then, '%.*s' now.",
                 SHOWN(s->taxonomy_before), SHOWN(s->taxonomy_now));
    else
        mop_para(p, MOP_TONE_PLAIN,
                 "The rules changed, though their name and version did not: '%.*s'.",
                 SHOWN(s->taxonomy_now));
    if (s->steps > 1 && !s->unsplit)
        mop_para(p, MOP_TONE_PLAIN,
                 "By data and by rules are summed over %zu steps, each run against the one before "
                 "it: what came and went on the way stands in both.",
                 s->steps);
    if (s->clocked && !s->same_rules)
        mop_para(p, MOP_TONE_PLAIN, "What the time that passed did is told as by data.");
    if (s->unsplit)
        mop_item(p, MOP_TONE_WARN,
                 "what the data did and what the rules did cannot be told apart: %.*s",
                 REASON(mop_sv_of(s->unsplit)));
}

/* ---- runs that did not end well ---- */

static void draw_missed(struct mop_page *p, const struct mop_since *s)
{
    size_t most = mop_page_most(p, s->nmissed, MISSED_BRIEF, MANY);
    for (size_t i = s->nmissed - most; i < s->nmissed; i++) {
        const struct mop_missed_run *m = &s->missed[i];
        mop_item(p, MOP_TONE_BAD, "run %lld of %.*s did not finish: %.*s", (long long)m->id,
                 MOP_SV_ARG(time_of(&p->arena, m->at_us)), REASON(m->message));
    }
    mop_page_more(p, s->nmissed, most, "runs that did not finish");
}

/* ---- columns that came or went ---- */

static const struct mop_column_since *column_of(const struct mop_since *s, struct mop_sv record,
                                                struct mop_sv field, bool came)
{
    for (size_t i = 0; s->columns && i < s->ncolumns; i++)
        if (s->columns[i].came == came && mop_sv_eq(s->columns[i].record, record) &&
            mop_sv_eq(s->columns[i].field, field))
            return &s->columns[i];
    return NULL;
}

static const struct mop_column_since *rule_with(const struct mop_since *s,
                                                const struct mop_rule_since *r)
{
    return r->how <= MOP_RULE_BETTER ? column_of(s, r->record, r->field, r->how == MOP_RULE_BETTER)
                                     : NULL;
}

static const struct mop_column_since *value_with(const struct mop_since *s,
                                                 const struct mop_value_since *v)
{
    return column_of(s, v->record, v->field, !v->vanished);
}

static bool is_of_time(const struct mop_cause *c)
{
    return c->how == MOP_CAUSE_TIME || c->how == MOP_CAUSE_ENDED;
}

static size_t shown_causes(struct mop_page *p, const struct mop_since *s, bool of_time, size_t *n)
{
    *n = 0;
    for (size_t i = 0; i < s->ncauses; i++)
        *n += is_of_time(&s->causes[i]) == of_time;
    return mop_page_most(p, *n, CAUSES_BRIEF, MANY);
}

/* Nothing but the rules did it, and the line of which of them did says what became of this one. */
static bool rule_among_causes(struct mop_page *p, const struct mop_since *s,
                              const struct mop_rule_since *r)
{
    size_t n, seen = 0, most = shown_causes(p, s, false, &n);
    bool by_rules = r->how > MOP_RULE_BETTER || r->by == MOP_BY_RULES;
    for (size_t i = 0; i < s->ncauses && seen < most && by_rules && s->steps <= 1; i++) {
        const struct mop_cause *c = &s->causes[i];
        seen += !is_of_time(c);
        if ((c->how == MOP_CAUSE_NEW || c->how == MOP_CAUSE_GONE || c->how == MOP_CAUSE_JUDGES) &&
            mop_sv_eq(c->record, r->record) && mop_sv_eq(c->id, r->id))
            return true;
    }
    return false;
}

static bool count_with(const struct mop_since *s, const struct mop_count_since *c)
{
    return c->of == MOP_COUNT_FILLED &&
           (column_of(s, c->record, c->name, true) || column_of(s, c->record, c->name, false));
}

const struct mop_since *mop_since_told(struct mop_page *p, const struct mop_since *s)
{
    struct mop_rule_since *rules;
    struct mop_value_since *values;
    struct mop_count_since *counts;
    if (!s->ncolumns && !s->ncauses)
        return s;
    struct mop_since *told = mop_arena_alloc(&p->arena, sizeof *told);
    *told = *s;
    told->rules = rules = mop_arena_array(&p->arena, s->nrules + 1, sizeof *rules);
    told->values = values = mop_arena_array(&p->arena, s->nvalues + 1, sizeof *values);
    told->counts = counts = mop_arena_array(&p->arena, s->ncounts + 1, sizeof *counts);
    told->nrules = told->nvalues = told->ncounts = 0;
    for (size_t i = 0; i < s->nrules; i++)
        if (!rule_with(s, &s->rules[i]) && !rule_among_causes(p, s, &s->rules[i]))
            rules[told->nrules++] = s->rules[i];
    for (size_t i = 0; i < s->nvalues; i++)
        if (!value_with(s, &s->values[i]))
            values[told->nvalues++] = s->values[i];
    for (size_t i = 0; i < s->ncounts; i++)
        if (!count_with(s, &s->counts[i]))
            counts[told->ncounts++] = s->counts[i];
    return told;
}

static bool is_of(const struct mop_column_since *found, const struct mop_column_since *c)
{
    return found && found == c;
}

/* What came and went with it is told here, and in none of the lists. */
static void say_column(struct mop_page *p, const struct mop_since *s,
                       const struct mop_column_since *c)
{
    size_t rules = 0, values = 0;
    for (size_t i = 0; i < s->nrules; i++)
        rules += is_of(rule_with(s, &s->rules[i]), c);
    for (size_t i = 0; i < s->nvalues; i++)
        values += is_of(value_with(s, &s->values[i]), c);
    struct mop_sv with = rules
                             ? mop_arena_printf(&p->arena, "; %zu rule%s of it got %s", rules,
                                                rules == 1 ? "" : "s", c->came ? "better" : "worse")
                             : MOP_SV("");
    mop_item(p, c->came ? MOP_TONE_PLAIN : MOP_TONE_BAD, "column %s: %.*s.%.*s%s%.*s%s%.*s%s",
             c->came ? "that was not there" : "gone", SHOWN(c->record), SHOWN(c->field),
             c->header.n ? " ('" : "", SHOWN(c->header), c->header.n ? "')" : "", MOP_SV_ARG(with),
             !values   ? ""
             : c->came ? "; its values are new"
                       : "; its values vanished");
}

static void say_columns(struct mop_page *p, const struct mop_since *s)
{
    size_t most = mop_page_most(p, s->ncolumns, COLUMNS_BRIEF, MANY);
    for (size_t i = 0; i < most; i++)
        say_column(p, s, &s->columns[i]);
    mop_page_more(p, s->ncolumns, most, "columns that came or went");
}

/* ---- whose doing what is no score is ---- */

struct mop_sv mop_since_whose(struct mop_page *p, const struct mop_since *s, enum mop_whose by,
                              struct mop_sv between)
{
    static const char *const words[] = {"by the data", "by the rules", "",
                                        "and the rules changed, too"};
    if (s->same_rules)
        return MOP_SV("");
    if (by == MOP_BY_BOTH)
        return mop_arena_printf(&p->arena, "%.*s by the earlier rules", MOP_SV_ARG(between));
    return by == MOP_BY_DATA && s->clocked ? MOP_SV("by the data or time") : mop_sv_of(words[by]);
}

struct mop_sv mop_since_rate(struct mop_page *p, const struct mop_rule_since *r, uint64_t failed,
                             uint64_t of)
{
    bool odd = r->how == MOP_RULE_BETTER  ? r->failed_now >= r->failed_before
               : r->how == MOP_RULE_WORSE ? r->failed_now <= r->failed_before
                                          : false;
    return odd && of
               ? mop_arena_printf(
                     &p->arena, " (%.*s %%)",
                     MOP_SV_ARG(mop_shown_tenths(&p->arena, mop_tenths_ceil((mop_i128)failed, of))))
               : MOP_SV("");
}

/* ---- nights without a run ---- */

/* "3 days", to the nearest. */
static struct mop_sv span_words(struct mop_arena *a, int64_t us)
{
    static const struct {
        const char *name;
        int64_t us;
    } units[] = {
        {"day", INT64_C(86400000000)}, {"hour", INT64_C(3600000000)}, {"minute", 60000000}};
    size_t i = 0;
    while (i < 2 && us < units[i].us)
        i++;
    int64_t n = (us + units[i].us / 2) / units[i].us;
    return mop_arena_printf(a, "%lld %s%s", (long long)n, units[i].name, n == 1 ? "" : "s");
}

static void say_absent(struct mop_page *p, const struct mop_since *s)
{
    if (s->absent_us)
        mop_item(p, MOP_TONE_WARN,
                 "no run for %.*s before this one, where %.*s from one to the next is usual",
                 MOP_SV_ARG(span_words(&p->arena, s->absent_us)),
                 MOP_SV_ARG(span_words(&p->arena, s->usual_us)));
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
                                        "other population",
                                        "weighs otherwise",
                                        "report looks elsewhere",
                                        "report needs otherwise",
                                        "counts elsewhere",
                                        "check of the data asks otherwise",
                                        "suppression ended",
                                        "suppressed otherwise",
                                        "asks how long ago something was",
                                        "report has another target"};
    struct mop_arena *a = &p->arena;
    struct mop_sv when =
        c->since == INT32_MIN
            ? MOP_SV("")
            : mop_arena_printf(a, ", since %.*s", MOP_SV_ARG(mop_shown_day(a, c->since)));
    struct mop_sv run =
        c->run ? mop_arena_printf(a, " in run %lld", (long long)c->run) : MOP_SV("");
    mop_item(p, MOP_TONE_PLAIN, "by %s%.*s: %s: %.*s%.*s: %.*s",
             c->how == MOP_CAUSE_TIME    ? "data or time"
             : c->how == MOP_CAUSE_ENDED ? "date"
                                         : "rules",
             MOP_SV_ARG(run), words[c->how], SHOWN(c->id), MOP_SV_ARG(when), REASON(c->what));
}

/* Those of the rules, or those of the clock; how many there are. */
static size_t draw_causes(struct mop_page *p, const struct mop_since *s, bool of_time,
                          const char *more)
{
    size_t n, drawn = 0, most = shown_causes(p, s, of_time, &n);
    for (size_t i = 0; i < s->ncauses && drawn < most; i++)
        if (is_of_time(&s->causes[i]) == of_time) {
            draw_cause(p, &s->causes[i]);
            drawn++;
        }
    mop_page_more(p, n, most, more);
    return n;
}

void mop_since_say_causes(struct mop_page *p, const struct mop_since *s)
{
    if (!draw_causes(p, s, false, "rules behind it") && rules_moved(s))
        mop_item(p, MOP_TONE_PLAIN,
                 "by rules: which ones is not known: none of them fails more or fewer records");
    draw_causes(p, s, true, "rules that the clock has a say in");
}

/* ---- all of it ---- */

void mop_since_heading(struct mop_page *p, const struct mop_since *s)
{
    if (s->first)
        mop_heading(p, 1, "What changed: no run before this one was whole");
    else
        mop_heading(p, 1, "What changed since run %.*s, %.*s", MOP_SV_ARG(s->run),
                    MOP_SV_ARG(time_of(&p->arena, s->at_us)));
}

void mop_since_say_before(struct mop_page *p, const struct mop_since *s)
{
    draw_missed(p, s);
    if (s->clock_back)
        mop_item(p, MOP_TONE_WARN, "the clock went back: run %.*s is of a later time than this one",
                 MOP_SV_ARG(s->run));
    say_absent(p, s);
    if (s->first)
        return;
    say_rules(p, s);
    say_columns(p, s);
}
