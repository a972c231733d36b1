/* SPDX-License-Identifier: MIT */
#include "base/date.h"
#include "gate/checks.h"

/* The check of what it may cost: an end, and a cap that comes to no more than the budget. */

#define CHECK(name) void mop_gate_run_##name(struct mop_launch *g, struct mop_gate_result *r)

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
