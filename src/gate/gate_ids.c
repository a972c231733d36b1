/* SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "gate/gate.h"
#include <stdio.h>
#include <stdlib.h>

/* Ids of checks and attestations, as waivers and options name them. */

/* "proof-in-two-clients" for attest.proof-in-two-clients, "gate.stop-owner" for stop-owner. */
static bool is_short_for(struct mop_sv id, const struct mop_sv *names, size_t n, char *near,
                         size_t cap)
{
    const struct mop_sv attest = MOP_SV("attest."), gate = MOP_SV("gate.");
    for (size_t i = 0; i < n; i++) {
        struct mop_sv bare = mop_sv_sub(names[i], attest.n, names[i].n);
        bool is = (mop_sv_starts(names[i], attest) && mop_sv_eq(id, bare)) ||
                  (mop_sv_starts(id, gate) && mop_sv_eq(mop_sv_sub(id, gate.n, id.n), names[i]));
        if (is) {
            snprintf(near, cap, "did you mean '%.*s'?", MOP_SV_ARG(names[i]));
            return true;
        }
    }
    return false;
}

bool mop_gate_knows(const struct mop_gate_policy *p, struct mop_sv id, char *near, size_t cap)
{
    struct mop_arena a;
    size_t n = 0;
    bool found = false;
    mop_arena_init(&a);
    struct mop_sv *names = mop_arena_array(&a, MOP_GATE_IDS + p->nattests + 1, sizeof *names);
    for (size_t i = 0; i < MOP_GATE_IDS; i++)
        names[n++] = mop_sv_of(mop_gate_ids[i]);
    for (size_t i = 0; i < p->nattests; i++)
        names[n++] = mop_arena_printf(&a, "attest.%.*s", MOP_SV_ARG(p->attests[i].id));
    for (size_t i = 0; i < n && !found; i++)
        found = mop_sv_eq(id, names[i]);
    near[0] = '\0';
    if (!found && !is_short_for(id, names, n, near, cap) &&
        !mop_did_you_mean(near, cap, id, names, n))
        near[0] = '\0';
    mop_arena_release(&a);
    return found;
}

static void unknown_id(struct mop_diags *d, const struct mop_said *id, const char *what,
                       const char *near)
{
    struct mop_diag *x = mop_diag(d, MOP_FAULT, "unknown-check", id->at, id->span,
                                  "there is no %s '%.*s'", what, MOP_SV_ARG(id->text));
    if (near[0])
        mop_diag_hint(d, x, "%s", near);
}

int mop_gate_check_ids(const struct mop_gate_policy *p, const struct mop_brief *b,
                       struct mop_diags *d)
{
    size_t before = d->faults;
    char near[300];
    for (size_t i = 0; i < b->nwaivers; i++)
        if (!mop_gate_is_open(p, b->waivers[i].id.text) &&
            !mop_gate_knows(p, b->waivers[i].id.text, near, sizeof near))
            unknown_id(d, &b->waivers[i].id, "check", near);
    for (size_t i = 0; i < b->nattestations; i++) {
        const struct mop_said *id = &b->attestations[i].id;
        struct mop_sv *names = mop_calloc(p->nattests + 1, sizeof *names);
        for (size_t k = 0; k < p->nattests; k++)
            names[k] = p->attests[k].id;
        bool hint = mop_did_you_mean(near, sizeof near, id->text, names, p->nattests);
        if (!mop_gate_is_open(p, id->text) && !mop_gate_find_attest(p, id->text))
            unknown_id(d, id, "attestation", hint ? near : "");
        free(names);
    }
    return d->faults > before ? -1 : 0;
}
