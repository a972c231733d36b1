/* SPDX-License-Identifier: MIT */
#include "base/date.h"
#include "gate/checks.h"
#include "rules/kinds.h"
#include "values/pii.h"

/* Checks of the plan: days, money, leads, what is still open. */

#define CHECK(name) void mop_gate_run_##name(struct mop_launch *g, struct mop_gate_result *r)
enum { FAR_DAYS = 730 };
static const char *const weekdays[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                       "Friday", "Saturday", "Sunday"};

CHECK(DATES)
{
    const struct mop_said_day *start = &g->b->start, *end = &g->b->end;
    bool has_start = start->day != MOP_NO_DAY, has_end = end->day != MOP_NO_DAY;
    if (!has_start && !has_end)
        mop_gate_not_asked(g, r, "the brief has no days");
    if (has_start && start->day < g->today)
        mop_gate_do(g,
                    mop_gate_tell(g, r, MOP_WARN, &start->as, "the start, %.*s, is past",
                                  MOP_SV_ARG(start->as.text)),
                    "write the day on which it will go live");
    if (has_end && end->day < g->today)
        mop_gate_tell(g, r, MOP_FAULT, &end->as, "the end, %.*s, is past",
                      MOP_SV_ARG(end->as.text));
    if (has_start && has_end && end->day < start->day)
        mop_gate_do(g,
                    mop_gate_tell(g, r, MOP_FAULT, &end->as,
                                  "it ends on %.*s, before it starts on %.*s",
                                  MOP_SV_ARG(end->as.text), MOP_SV_ARG(start->as.text)),
                    "mend the start or the end");
    const struct mop_said_day *days[] = {start, end};
    for (size_t i = 0; i < 2; i++)
        if (days[i]->day != MOP_NO_DAY && days[i]->day > g->today + FAR_DAYS)
            mop_gate_tell(g, r, MOP_WARN, &days[i]->as, "%.*s is more than two years away",
                          MOP_SV_ARG(days[i]->as.text));
    if (g->b->changed.day != MOP_NO_DAY && g->b->changed.day > g->today)
        mop_gate_tell(g, r, MOP_FAULT, &g->b->changed.as, "the last change is still to come");
}

static const struct mop_gate_freeze *freeze_of(const struct mop_launch *g, int32_t day)
{
    for (size_t i = 0; i < g->p->nfreezes; i++) {
        const struct mop_gate_freeze *f = &g->p->freezes[i];
        if (day >= f->from && day <= f->until && mop_gate_when_holds(&f->when, g->b))
            return f;
    }
    return NULL;
}

/* The first day from `day` on that no freeze holds and that is a weekday for launches, as words; ""
 * if there is none for years, NULL if the calendar ends before. */
static const char *next_day(struct mop_launch *g, int32_t day)
{
    if (day <= g->today)
        day = g->today + 1;
    int32_t end = day + FAR_DAYS, last = mop_day_of_civil(9999, 12, 31);
    while (day < end &&
           (freeze_of(g, day) || (g->p->has_launch_days && !g->p->launch_day[mop_weekday(day)])))
        day++;
    if (day > last)
        return NULL;
    struct mop_buf b;
    mop_buf_init(&b, 64);
    mop_when_print(&b, (struct mop_when){.day = day, .whole_day = true});
    const char *words =
        day < end ? mop_arena_printf(&g->arena, "%.*s, a %s", MOP_SV_ARG(mop_buf_view(&b)),
                                     weekdays[mop_weekday(day)])
                        .p
                  : "";
    mop_buf_release(&b);
    return words;
}

static void take_another(struct mop_launch *g, struct mop_gate_item *x, const char *other)
{
    if (!other)
        mop_gate_do(g, x, "take an earlier day");
    else
        mop_gate_do(g, x,
                    other[0] ? "start on %s, or later" : "have the taxonomy's calendar mended%s",
                    other);
}

CHECK(FREEZE)
{
    const struct mop_said_day *start = &g->b->start;
    if (start->day == MOP_NO_DAY) {
        mop_gate_not_asked(g, r, "the brief has no start");
        return;
    }
    for (size_t i = 0; i < g->p->nfreezes; i++) {
        const struct mop_gate_freeze *f = &g->p->freezes[i];
        if (start->day < f->from || start->day > f->until || !mop_gate_when_holds(&f->when, g->b))
            continue;
        struct mop_gate_item *x = mop_gate_tell(
            g, r, MOP_FAULT, &start->as, "%.*s is in the freeze '%.*s': %s",
            MOP_SV_ARG(start->as.text), MOP_SV_ARG(f->id), mop_gate_shown(g, f->reason));
        take_another(g, x, next_day(g, f->until + 1));
    }
}

CHECK(LAUNCH_DAY)
{
    const struct mop_said_day *start = &g->b->start;
    if (start->day == MOP_NO_DAY)
        mop_gate_not_asked(g, r, "the brief has no start");
    else if (!g->p->has_launch_days)
        mop_gate_not_asked(g, r, "the taxonomy names no days for launches");
    else if (!g->p->launch_day[mop_weekday(start->day)])
        take_another(g,
                     mop_gate_tell(g, r, MOP_FAULT, &start->as, "%.*s is a %s, no day for launches",
                                   MOP_SV_ARG(start->as.text), weekdays[mop_weekday(start->day)]),
                     next_day(g, start->day));
}

/* How often the cap begins anew from start to end; 0: it cannot be told. */
static int cap_periods(const struct mop_brief *b, struct mop_sv per)
{
    int32_t from = b->start.day, until = b->end.day;
    int y, m, d, last_y, last_m;
    if (!per.n || mop_sv_eqs(per, "campaign"))
        return 1;
    if (from == MOP_NO_DAY || until == MOP_NO_DAY || until < from)
        return 0;
    if (mop_sv_eqs(per, "day"))
        return until - from + 1;
    if (mop_sv_eqs(per, "week"))
        return (until - from) / 7 + 1;
    mop_civil_of_day(from, &y, &m, &d);
    mop_civil_of_day(until, &last_y, &last_m, &d);
    return (last_y - y) * 12 + last_m - m + 1;
}

static const char *money(struct mop_launch *g, mop_i128 millionths)
{
    struct mop_buf b;
    mop_buf_init(&b, 64);
    mop_decimal_print(&b, millionths);
    const char *words = mop_arena_copy(&g->arena, mop_buf_view(&b)).p;
    mop_buf_release(&b);
    return words;
}

/* What the platform may spend in all, against what may be spent. */
static void check_cap(struct mop_launch *g, struct mop_gate_result *r)
{
    const struct mop_brief *b = g->b;
    struct mop_sv per = mop_brief_value(b, "budget", "per").text;
    int times = cap_periods(b, per);
    mop_i128 cap = b->cap.millionths, budget = b->budget.millionths;
    if (cap == 0 && budget > 0)
        mop_gate_do(g,
                    mop_gate_tell(g, r, MOP_FAULT, &b->cap.as,
                                  "the cap is 0, which platforms take for none"),
                    "write the limit that is set on the platform");
    else if (cap > budget)
        mop_gate_do(g,
                    mop_gate_tell(g, r, MOP_FAULT, &b->cap.as,
                                  "the cap, %.*s, is more than the budget",
                                  MOP_SV_ARG(b->cap.as.text)),
                    "lower the cap to what may be spent, on the platform too");
    else if (times > 1 && cap > budget / times)
        mop_gate_do(
            g,
            mop_gate_tell(g, r, MOP_FAULT, &b->cap.as,
                          "%s a %.*s, %d times from %.*s to %.*s, is %s, and the budget is %s",
                          money(g, cap), MOP_SV_ARG(per), times, MOP_SV_ARG(b->start.as.text),
                          MOP_SV_ARG(b->end.as.text), money(g, cap * times), money(g, budget)),
            "lower the cap to %s a %.*s or less, on the platform too; a limit of the whole "
            "campaign is per: campaign",
            money(g, budget / times / 10000 * 10000), MOP_SV_ARG(per));
}

CHECK(END_AND_CAP)
{
    const struct mop_brief *b = g->b;
    struct mop_said end = mop_brief_open_at(b, "end"), open = mop_brief_open_at(b, "budget");
    if (!b->end.as.text.p)
        mop_gate_do(g,
                    mop_gate_tell(g, r, MOP_FAULT, &end,
                                  end.text.p ? "its end is still open" : "it has no end"),
                    "write end: ..");
    if (!b->budget.as.text.p && mop_gate_touches(g->b, "budget"))
        mop_gate_do(g,
                    mop_gate_tell(g, r, MOP_FAULT, open.text.p ? &open : &b->cap.as,
                                  "it costs money, and the budget is not said"),
                    "write budget: {amount: .., cap: .., per: day}");
    if (b->budget.millionths > 0 && !b->cap.as.text.p) {
        struct mop_gate_item *x =
            mop_gate_tell(g, r, MOP_FAULT, open.text.p ? &open : &b->budget.as,
                          open.text.p ? "the cap is still open" : "the budget has no cap");
        mop_gate_do(
            g, x,
            "set one on the platform and write budget: {amount: .., cap: .., per: day}; where "
            "nothing is bought on a platform, the amount is the cap");
    }
    if (b->cap.as.text.p && b->budget.as.text.p)
        check_cap(g, r);
}

/* "-8h", "minus 8 h": before they come. The figure begins at byte `at`. */
static bool is_negative(struct mop_sv s, size_t at)
{
    struct mop_sv front = mop_sv_trim(mop_sv_sub(s, 0, at));
    return mop_sv_eq_nocase(front, MOP_SV("minus")) || mop_sv_ends(front, MOP_SV("-")) ||
           mop_sv_ends(front, MOP_SV("\xe2\x88\x92")) || mop_sv_ends(front, MOP_SV("\xe2\x80\x93"));
}

/* "8h", "30 min", "2 business days", "within 1 day": a count of some unit of time; "same business
 * day", "next day". */
static bool is_time(struct mop_sv s)
{
    static const char *const units[] = {"min",     "mins", "minute", "minutes", "h",       "hr",
                                        "hrs",     "hour", "hours",  "d",       "day",     "days",
                                        "workday", "w",    "week",   "weeks",   "workdays"};
    size_t from = 0, to;
    bool some = false;
    while (from < s.n && (s.p[from] < '0' || s.p[from] > '9'))
        from++;
    to = from;
    for (; to < s.n && ((s.p[to] >= '0' && s.p[to] <= '9') || s.p[to] == '.'); to++)
        some = some || (s.p[to] != '0' && s.p[to] != '.');
    bool day =
        mop_sv_ends(s, MOP_SV(" day")) && (mop_sv_eq_nocase(mop_sv_sub(s, 0, 5), MOP_SV("same ")) ||
                                           mop_sv_eq_nocase(mop_sv_sub(s, 0, 5), MOP_SV("next ")));
    struct mop_sv word, rest = mop_sv_trim(mop_sv_sub(s, to, s.n));
    if (day)
        return true;
    for (some = some && !is_negative(s, from); some && mop_sv_next(&rest, ' ', &word);)
        for (size_t i = 0; i < sizeof units / sizeof *units; i++)
            if (mop_sv_eq_nocase(word, mop_sv_of(units[i])))
                return true;
    return false;
}

static void check_sla(struct mop_launch *g, struct mop_gate_result *r)
{
    struct mop_said sla = mop_brief_value(g->b, "routing", "sla");
    if (sla.text.p && !mop_said_nothing(sla.text, MOP_SAID_CODE) && !is_time(sla.text))
        mop_gate_do(g,
                    mop_gate_tell(g, r, MOP_FAULT, &sla, "'%s' is no time within which to call",
                                  mop_gate_shown(g, sla.text)),
                    "write routing: {sla: ..} as 8h, 30 min or 2 business days");
}

CHECK(ROUTING)
{
    static const char *const keys[] = {"to", "sla"};
    struct mop_said_list leads = mop_brief_values(g->b, "creates_leads");
    if (!leads.n)
        leads = mop_brief_values(g->b, "forms");
    const struct mop_said *at = leads.n ? &leads.list[0] : NULL;
    if (!mop_gate_touches(g->b, "sales_handoff"))
        return;
    for (size_t i = 0; i < 2; i++) {
        struct mop_said said = mop_brief_value(g->b, "routing", keys[i]);
        if (!said.text.p || mop_said_nothing(said.text, MOP_SAID_CODE)) {
            const struct mop_key *k = mop_key_find(&mop_brief_keys_routing, mop_sv_of(keys[i]));
            struct mop_gate_item *x =
                mop_gate_tell(g, r, MOP_FAULT, said.text.p ? &said : at,
                              "it creates leads, and 'routing' has no '%s'", keys[i]);
            mop_gate_do(g, x, "write routing: {%s: ..}: %s", keys[i], k->doc);
        }
    }
    check_sla(g, r);
    if (!g->b->owners[MOP_ROLE_ROUTING].n)
        mop_gate_do(g,
                    mop_gate_tell(g, r, MOP_FAULT, at,
                                  "it creates leads, and nobody sees to it that they arrive"),
                    "write owners: {routing: ..}");
}

/* ---- what is still open ---- */

CHECK(PLACEHOLDERS)
{
    for (size_t i = 0; i < g->b->nopen; i++) {
        const struct mop_brief_open *o = &g->b->open[i];
        mop_gate_tell(g, r, MOP_WARN, &o->as, "'%.*s' is still open: %s", MOP_SV_ARG(o->key),
                      mop_gate_shown(g, o->as.text));
    }
}

/* ---- the taxonomy's word on the campaign ---- */

enum mop_level mop_gate_level_of(const struct mop_gate_finding *f)
{
    if (f->suppressed)
        return MOP_NOTE;
    return f->check->severity == MOP_SEV_ERROR && !f->undecided ? MOP_FAULT : MOP_WARN;
}

static void list_values(struct mop_launch *g, struct mop_gate_item *x,
                        const struct mop_vocabulary *v)
{
    struct mop_buf b;
    mop_buf_init(&b, 600);
    for (size_t i = 0; i < v->nterms; i++) {
        const struct mop_term *t = v->terms[i];
        if (!t->use && !t->expired && !t->catch_all)
            mop_buf_printf(&b, "%s%.*s", b.n ? ", " : "", MOP_SV_ARG(t->value));
    }
    if (b.n && !b.over)
        mop_gate_do(g, x, "write one of %.*s, or have the vocabulary's owner add it",
                    MOP_SV_ARG(mop_buf_view(&b)));
    mop_buf_release(&b);
}

static bool is_address(const struct mop_field *f)
{
    return f && f->type && mop_sv_eqs(mop_sv_of(f->type->name), "url");
}

void mop_gate_repair_finding(struct mop_launch *g, struct mop_gate_item *x,
                             const struct mop_gate_finding *f)
{
    enum { FEW = 20 };
    const struct mop_vocabulary *v = f->field ? f->field->vocabulary : NULL;
    bool missing = f->check->kind == &mop_kind_required && f->field &&
                   mop_sv_starts(f->field->name, MOP_SV("utm_"));
    bool of_list = v && mop_sv_ends(f->check->id, MOP_SV(".vocabulary"));
    if (f->proposal.n)
        mop_gate_do(g, x, "write %s", mop_gate_shown(g, f->proposal));
    else if (f->link != SIZE_MAX && missing)
        mop_gate_do(g, x, "add %.*s to the link", MOP_SV_ARG(f->field->name));
    else if (f->link != SIZE_MAX && f->check->kind == &mop_kind_type && is_address(f->field))
        mop_gate_do(g, x, "write the address of a web page, or take it out of links");
    else if (f->link != SIZE_MAX && mop_sv_ends(f->check->id, MOP_SV(".unique")))
        mop_gate_do(g, x, "%s", mop_gate_repairs[MOP_GATE_LINKS_AGREE]);
    else if (of_list && v->nterms <= FEW)
        list_values(g, x, v);
}

/* A finding of the rules as an item. */
static void tell_finding(struct mop_launch *g, struct mop_gate_result *r,
                         const struct mop_gate_finding *f, const struct mop_said *at)
{
    struct mop_gate_item *x = mop_gate_tell(g, r, mop_gate_level_of(f), at, "%.*s [%.*s]%s",
                                            MOP_SV_ARG(f->message), MOP_SV_ARG(f->check->id),
                                            f->suppressed ? ", suppressed by the taxonomy" : "");
    mop_gate_repair_finding(g, x, f);
}

static bool of_campaign(const struct mop_launch *g, const struct mop_gate_finding *f, bool name)
{
    return f->link == SIZE_MAX && (f->field == g->name_field && g->name_field) == name;
}

static bool is_left_out(struct mop_launch *g, struct mop_gate_result *r)
{
    const struct mop_exclude *x = g->left_out[g->b->nlinks];
    if (x)
        mop_gate_not_asked(g, r, "the taxonomy excludes the campaign from judging: '%.*s'",
                           MOP_SV_ARG(x->id));
    return x != NULL;
}

CHECK(NAME)
{
    if (!g->name_field && g->campaign_type) {
        mop_gate_not_asked(g, r,
                           "the record type '%.*s' has no field that is called name or "
                           "campaign_name, or that `gate: {campaign: {name: ..}}` names",
                           MOP_SV_ARG(g->campaign_type->name));
        return;
    }
    if (!g->name_field) {
        mop_gate_not_asked(g, r, "the taxonomy has no record type for the campaign");
        return;
    }
    if (!g->b->name.text.p) {
        mop_gate_do(g, mop_gate_tell(g, r, MOP_FAULT, NULL, "the campaign has no name"),
                    "write name: ..");
        return;
    }
    if (is_left_out(g, r))
        return;
    for (size_t i = 0; i < g->nfindings; i++)
        if (of_campaign(g, &g->findings[i], true))
            tell_finding(g, r, &g->findings[i], &g->b->name);
    for (size_t i = 0; i < g->nparts; i++)
        if (g->parts[i].provisional) {
            struct mop_gate_item *x =
                mop_gate_tell(g, r, MOP_WARN, &g->b->name, "the %.*s '%s' is provisional",
                              MOP_SV_ARG(g->parts[i].name), mop_gate_shown(g, g->parts[i].text));
            mop_gate_do(g, x, "have it decided before reports are built on it");
        }
    if (!g->name_has_template && !r->n)
        mop_gate_not_asked(g, r, "the field '%.*s' of the taxonomy has no template",
                           MOP_SV_ARG(g->name_field->name));
}

static struct mop_said place_of(struct mop_launch *g, const struct mop_gate_finding *f)
{
    struct mop_said none = {MOP_SV_NONE, {0}, 0};
    if (!f->field)
        return none;
    const char *name = mop_arena_str(&g->arena, f->field->name);
    struct mop_said own = mop_brief_value(g->b, "fields", name);
    if (own.text.p)
        return own;
    for (size_t i = 0; i < g->p->ncampaign_fields; i++)
        if (mop_sv_eq(g->p->campaign_fields[i].name, f->field->name))
            name = mop_arena_str(&g->arena, g->p->campaign_fields[i].key);
    struct mop_said_list l = mop_brief_values(g->b, name);
    if (!l.n && f->field == f->field->record->dated_by)
        return g->b->start.as;
    return l.n ? l.list[0] : none;
}

CHECK(RECORD)
{
    if (!g->campaign_type) {
        mop_gate_not_asked(g, r, "the taxonomy has no record type for the campaign");
        return;
    }
    if (is_left_out(g, r))
        return;
    for (size_t i = 0; i < g->nfindings; i++)
        if (of_campaign(g, &g->findings[i], false)) {
            struct mop_said at = place_of(g, &g->findings[i]);
            tell_finding(g, r, &g->findings[i], &at);
        }
    mop_gate_tell_unwritten(g, r, g->campaign_type);
}
