/* SPDX-License-Identifier: MIT */
#include "base/date.h"
#include "gate/checks.h"

/* Checks of days: start and end, freezes, weekdays for launches. */

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
