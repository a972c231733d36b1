/* SPDX-License-Identifier: MIT */
#include "gate/checks.h"

/* What was seen of links on the network, as a check. */

#define CHECK(name) void mop_gate_run_##name(struct mop_launch *g, struct mop_gate_result *r)

/* Each address that was asked for, with its answer. */
static struct mop_sv way_of(struct mop_launch *g, const struct mop_link_seen *s)
{
    struct mop_buf b;
    mop_buf_init(&b, SIZE_MAX);
    for (size_t i = 0; i < s->nhops; i++) {
        mop_buf_str(&b, i ? "\n" : "");
        if (s->hops[i].status)
            mop_buf_printf(&b, "%ld ", s->hops[i].status);
        else
            mop_buf_str(&b, "no answer of ");
        mop_buf_sv(&b, s->hops[i].shown);
    }
    struct mop_sv way = mop_arena_copy(&g->arena, mop_buf_view(&b));
    mop_buf_release(&b);
    return way;
}

CHECK(LIVE)
{
    bool asked = false, unseen = false, failed = false;
    for (size_t i = 0; i < g->b->nlinks; i++) {
        const struct mop_link_seen *s = g->b->links[i].seen;
        asked = asked || s;
        unseen = unseen || (s && s->verdict == MOP_LINK_NOT_SEEN);
        for (size_t k = 0; s && k < s->n; k++) {
            const struct mop_link_fault *f = &s->faults[k];
            struct mop_gate_item *x = mop_gate_tell_link(g, r, f->level, i, "%.*s [%.*s]",
                                                         MOP_SV_ARG(f->text), MOP_SV_ARG(f->id));
            x->unseen = f->unseen;
            failed = failed || (!f->unseen && f->level == MOP_FAULT);
            if (f->repair.n)
                mop_gate_do(g, x, "%.*s", MOP_SV_ARG(f->repair));
            if (k + 1 == s->n) /* once a link */
                x->way = way_of(g, s);
        }
    }
    if (!asked)
        mop_gate_not_asked(g, r, "links were not followed");
    r->unseen = unseen;
    if (unseen && !failed) /* what is certain blocks, whatever else was not seen */
        r->state = MOP_GATE_NOT_SEEN;
}
