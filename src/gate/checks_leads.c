/* SPDX-License-Identifier: MIT */
#include "gate/checks.h"

/* The check of leads: who gets them, how soon they are called. */

#define CHECK(name) void mop_gate_run_##name(struct mop_launch *g, struct mop_gate_result *r)

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
