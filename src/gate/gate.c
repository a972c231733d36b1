/* SPDX-License-Identifier: MIT */
#include "gate/gate.h"
#include "base/date.h"
#include "gate/checks.h"
#include "report/shown.h"
#include "values/ga4.h"
#include "values/macro.h"
#include <stdlib.h>

/* A run of the gate: what it needs of the links, the checks one by one, waivers, the verdict. */

const char *const mop_gate_state_names[MOP_GATE_STATES] = {"passed", "warning",   "failed",
                                                           "waived", "not-asked", "not-seen"};
const char *const mop_gate_ids[MOP_GATE_IDS + 1] = {
#define X(name, id) id,
    MOP_GATE_CHECKS(X)
#undef X
        NULL};

/* ---- links ---- */

static bool is_open(const struct mop_launch *g, size_t link, const char *key)
{
    return mop_macro_find(mop_gate_param(g, link, key)).p != NULL;
}

static void read_links(struct mop_launch *g)
{
    struct mop_brief *b = g->b;
    g->urls = mop_arena_array(&g->arena, b->nlinks + 1, sizeof *g->urls);
    g->ga4 = mop_arena_array(&g->arena, b->nlinks + 1, sizeof *g->ga4);
    for (size_t i = 0; i < b->nlinks; i++) {
        struct mop_sv text = b->links[i].fault ? MOP_SV("") : b->links[i].url.text;
        mop_url_parse(&g->arena, text, b->links[i].platform.text.p != NULL, &g->urls[i]);
        bool open = is_open(g, i, "utm_source") || is_open(g, i, "utm_medium") ||
                    is_open(g, i, "utm_campaign");
        bool tagged = mop_gate_param(g, i, "utm_source").n || mop_gate_param(g, i, "utm_medium").n;
        if (!open && tagged)
            g->ga4[i] = mop_ga4_channel(MOP_SV_NONE, mop_gate_param(g, i, "utm_source"),
                                        mop_gate_param(g, i, "utm_medium"),
                                        mop_gate_param(g, i, "utm_campaign"));
    }
}

/* ---- the run ---- */

/* The worst of its items; a check of severity warning fails nothing. */
static void settle(struct mop_gate_result *r)
{
    if (r->state == MOP_GATE_NOT_ASKED || r->state == MOP_GATE_NOT_SEEN)
        return;
    r->state = MOP_GATE_PASSED;
    for (size_t i = 0; i < r->n; i++) {
        if (r->severity == MOP_SEV_WARNING && r->items[i].level == MOP_FAULT)
            r->items[i].level = MOP_WARN;
        if (r->items[i].level == MOP_FAULT)
            r->state = MOP_GATE_FAILED;
        else if (r->items[i].level == MOP_WARN && r->state == MOP_GATE_PASSED)
            r->state = MOP_GATE_WARNED;
    }
}

/* Whatever stands in the way says what to do. */
static void add_repairs(struct mop_gate_result *r)
{
    for (size_t i = 0; r->check && i < r->n; i++)
        if (r->items[i].level != MOP_NOTE && !r->items[i].repair.n)
            r->items[i].repair = mop_sv_of(mop_gate_repairs[r->check - mop_gate_checks]);
}

static void finish(struct mop_launch *g, struct mop_gate_result *r)
{
    add_repairs(r);
    settle(r);
    mop_gate_look_for_waiver(g, r);
    if (r->state != MOP_GATE_WAIVED)
        settle(r); /* a waiver that was refused has been told */
}

/* Personal data is no matter of levels; what somebody asked for in this run is always told of:
 * other campaigns, links that were followed. */
static bool is_always_asked(const struct mop_launch *g, size_t id)
{
    bool seen = false;
    for (size_t i = 0; id == MOP_GATE_LIVE && i < g->b->nlinks && !seen; i++)
        seen = g->b->links[i].seen != NULL;
    return seen || id == MOP_GATE_PRIVACY || (id == MOP_GATE_DUPLICATE && g->o->nknown);
}

static bool is_asked(const struct mop_launch *g, size_t id)
{
    if (is_always_asked(g, id))
        return true;
    if (g->links_only)
        return mop_gate_checks[id].of_links && g->p->checks[id].severity != MOP_SEV_OFF;
    return g->p->checks[id].level <= g->level && g->p->checks[id].severity != MOP_SEV_OFF;
}

/* Given for the brief as it is. */
static bool is_for_the_digest(const struct mop_gate_result *r)
{
    return r->attest || r->check == &mop_gate_checks[MOP_GATE_APPROVED] ||
           r->check == &mop_gate_checks[MOP_GATE_REVIEWED];
}

bool mop_gate_is_unfinished(const struct mop_launch *g)
{
    for (size_t i = 0; i < g->n; i++)
        if (g->results[i].state == MOP_GATE_FAILED && !is_for_the_digest(&g->results[i]))
            return true;
    return false;
}

static void begin_check(struct mop_launch *g, size_t id)
{
    const struct mop_gate_setting *s = &g->p->checks[id];
    struct mop_gate_result *r = &g->results[g->n++];
    *r = (struct mop_gate_result){.check = &mop_gate_checks[id],
                                  .id = mop_sv_of(mop_gate_checks[id].id),
                                  .summary = mop_sv_of(mop_gate_checks[id].summary),
                                  .severity =
                                      s->severity == MOP_SEV_OFF ? MOP_SEV_WARNING : s->severity,
                                  .by = s->by,
                                  .waivable = s->waivable,
                                  .why = MOP_SV("")};
}

static int run_check(struct mop_launch *g, struct mop_gate_result *r, struct mop_diags *d,
                     struct mop_err *e)
{
    size_t id = (size_t)(r->check - mop_gate_checks);
    const struct mop_gate_setting *s = &g->p->checks[id];
    if (id == MOP_GATE_DUPLICATE && g->o->nknown && s->severity == MOP_SEV_OFF) {
        mop_gate_not_asked(g, r, "the taxonomy has switched it off: --known was not read");
        return 0;
    }
    if (id == MOP_GATE_DUPLICATE && g->o->nknown && mop_gate_read_known(g, r, d, e))
        return -1;
    mop_gate_checks[id].run(g, r);
    finish(g, r);
    return 0;
}

static void run_attest(struct mop_launch *g, const struct mop_gate_attest *x)
{
    struct mop_gate_result *r = &g->results[g->n++];
    *r = (struct mop_gate_result){.attest = x,
                                  .id =
                                      mop_arena_printf(&g->arena, "attest.%.*s", MOP_SV_ARG(x->id)),
                                  .summary = x->asks,
                                  .severity = MOP_SEV_ERROR,
                                  .by = x->role,
                                  .waivable = x->waivable,
                                  .why = MOP_SV("")};
    mop_gate_attestation(g, r);
    finish(g, r);
}

bool mop_gate_asks(const struct mop_launch *g, const struct mop_gate_attest *x)
{
    return x->levels[g->level] && mop_gate_when_holds(&x->when, g->b);
}

static int run_checks(struct mop_launch *g, struct mop_diags *d, struct mop_err *e)
{
    g->results = mop_arena_array(&g->arena, MOP_GATE_IDS + g->p->nattests + 1, sizeof *g->results);
    for (size_t id = 0; id < MOP_GATE_IDS; id++)
        if (is_asked(g, id))
            begin_check(g, id);
    for (int last = 0; last < 2; last++)
        for (size_t i = 0; i < g->n; i++)
            if (is_for_the_digest(&g->results[i]) == last && run_check(g, &g->results[i], d, e))
                return -1;
    for (size_t i = 0; !g->links_only && i < g->p->nattests; i++)
        if (mop_gate_asks(g, &g->p->attests[i]))
            run_attest(g, &g->p->attests[i]);
    return 0;
}

int mop_gate_look(struct mop_launch *g, struct mop_brief *b, const struct mop_gate_policy *p,
                  const struct mop_gate_options *o, struct mop_diags *d, struct mop_err *e)
{
    const struct mop_zone *zone = o->rules ? o->rules->zone : NULL;
    *g = (struct mop_launch){.o = o, .b = b, .p = p, .links_only = !b->file};
    mop_arena_init(&g->arena);
    g->today = mop_when_of_instant(o->now_us, zone).day;
    g->name = mop_shown_value(&g->arena, false, NULL, b->name.text);
    read_links(g);
    bool bad = (!g->links_only && mop_gate_derive_level(g, d)) || mop_gate_judge(g, d, e);
    return bad ? -1 : 0;
}

int mop_gate_run(struct mop_launch *g, struct mop_brief *b, const struct mop_gate_policy *p,
                 const struct mop_gate_options *o, struct mop_diags *d, struct mop_err *e)
{
    return mop_gate_look(g, b, p, o, d, e) ? -1 : run_checks(g, d, e);
}

void mop_gate_release(struct mop_launch *g)
{
    for (size_t i = 0; i < g->n; i++)
        free(g->results[i].items);
    free(g->findings);
    free(g->unwritten);
    mop_arena_release(&g->arena);
}

size_t mop_gate_count(const struct mop_launch *g, enum mop_gate_state state)
{
    size_t n = 0;
    for (size_t i = 0; i < g->n; i++)
        n += g->results[i].state == state;
    return n;
}

size_t mop_gate_unseen(const struct mop_launch *g)
{
    size_t n = 0;
    for (size_t i = 0; i < g->n; i++)
        n += g->results[i].unseen;
    return n;
}

int mop_gate_exit(const struct mop_launch *g, bool warnings_fail)
{
    if (mop_gate_unseen(g))
        return 3;
    return mop_gate_count(g, MOP_GATE_FAILED) ||
           (warnings_fail && mop_gate_count(g, MOP_GATE_WARNED));
}

struct mop_sv mop_gate_person(const struct mop_launch *g, enum mop_role role)
{
    return g->b->owners[role].n ? g->b->owners[role].list[0].text : MOP_SV("");
}

const struct mop_gate_attest *mop_gate_find_attest(const struct mop_gate_policy *p,
                                                   struct mop_sv id)
{
    if (mop_sv_starts(id, MOP_SV("attest.")))
        id = mop_sv_sub(id, 7, id.n);
    for (size_t i = 0; i < p->nattests; i++)
        if (mop_sv_eq(p->attests[i].id, id))
            return &p->attests[i];
    return NULL;
}
