/* SPDX-License-Identifier: MIT */
#include "gate/gate.h"
#include <stdlib.h>

/* The process level: derived from what the campaign touches, raised freely, lowered with a reason.
 */

static long find_level(const struct mop_gate_policy *p, struct mop_sv name)
{
    for (size_t i = 0; i < p->nlevels; i++)
        if (mop_sv_eq(p->levels[i].name, name))
            return (long)i;
    return -1;
}

static int unknown_level(const struct mop_launch *g, struct mop_diags *d)
{
    const struct mop_said *s = &g->b->level;
    struct mop_sv *names = mop_calloc(g->p->nlevels + 1, sizeof *names);
    struct mop_buf all;
    mop_buf_init(&all, 1 << 12);
    for (size_t i = 0; i < g->p->nlevels; i++) {
        names[i] = g->p->levels[i].name;
        mop_buf_printf(&all, "%s%.*s", i ? ", " : "", MOP_SV_ARG(names[i]));
    }
    struct mop_diag *x = mop_diag(d, MOP_FAULT, "bad-value", s->at, s->span,
                                  "there is no level '%.*s'", MOP_SV_ARG(s->text));
    long near = mop_suggest(s->text, names, g->p->nlevels);
    if (near >= 0)
        mop_diag_hint(d, x, "did you mean '%.*s'?", MOP_SV_ARG(names[near]));
    else
        mop_diag_hint(d, x, "levels are %.*s", MOP_SV_ARG(mop_buf_view(&all)));
    mop_buf_release(&all);
    free(names);
    return -1;
}

int mop_gate_derive_level(struct mop_launch *g, struct mop_diags *d)
{
    const struct mop_gate_policy *p = g->p;
    g->reasons = mop_arena_array(&g->arena, p->ntriggers + 1, sizeof *g->reasons);
    for (size_t i = 0; i < p->ntriggers; i++)
        if (mop_gate_when_holds(&p->triggers[i].when, g->b)) {
            g->reasons[g->nreasons++] = &p->triggers[i];
            if (p->triggers[i].level > g->derived)
                g->derived = p->triggers[i].level;
        }
    g->level = g->derived;
    if (!g->b->level.text.p)
        return 0;
    long said = find_level(p, g->b->level.text);
    if (said < 0)
        return unknown_level(g, d);
    g->lowered = (size_t)said < g->derived;
    bool reason = g->b->level_reason.text.p && !mop_gate_is_no_reason(p, g->b->level_reason.text);
    if (!g->lowered || reason)
        g->level = (size_t)said;
    return 0;
}
