/* SPDX-License-Identifier: MIT */
#include "gate/checks.h"
#include "base/text.h"
#include <string.h>

/* Attestations: green only with who, when, evidence and the digest of the brief as it is now. */

/* What keeps it from being green; NULL: nothing. */
static const char *why_not(const struct mop_launch *g, const struct mop_gate_attest *x,
                           const struct mop_brief_attestation *a, const struct mop_said **at)
{
    *at = &a->id;
    if (!a->by.text.p)
        return "it does not say by whom";
    if (a->on.day == MOP_NO_DAY)
        return "it does not say when";
    *at = a->evidence.text.p ? &a->evidence : &a->id;
    if (x->evidence && (!a->evidence.text.p || mop_gate_is_no_reason(g->p, a->evidence.text)))
        return "it does not say where that can be seen: evidence";
    *at = &a->id;
    if (!a->digest.text.p)
        return "it does not say for which brief: digest";
    *at = &a->by;
    if (!mop_gate_owns(g->b, 1U << x->role, a->by.text))
        return "who said so is not the owner";
    *at = &a->on.as;
    if (a->on.day > g->today)
        return "its day is still to come";
    *at = &a->digest;
    if (a->digest.text.n != strlen(g->b->digest))
        return "its digest is not whole: copy all of it";
    return mop_sv_eqs(a->digest.text, g->b->digest)
               ? NULL
               : "the brief has changed since it was given: another digest";
}

/* A command that is printed is one to paste. */
static const char *word(struct mop_launch *g, struct mop_sv text)
{
    struct mop_buf b;
    mop_buf_init(&b, 1 << 16);
    mop_shell_word(&b, text);
    const char *s = mop_arena_str(&g->arena, mop_buf_view(&b));
    mop_buf_release(&b);
    return s;
}

void mop_gate_attestation(struct mop_launch *g, struct mop_gate_result *r)
{
    const struct mop_said *at = NULL, *where = NULL;
    const char *why = NULL;
    for (size_t i = 0; i < g->b->nattestations; i++) {
        const struct mop_brief_attestation *a = &g->b->attestations[i];
        if (!mop_sv_eq(a->id.text, r->attest->id))
            continue;
        why = why_not(g, r->attest, a, &at);
        where = at;
        if (why)
            continue;
        r->why =
            mop_arena_printf(&g->arena, "said by %s on %.*s%s%s", mop_gate_shown(g, a->by.text),
                             MOP_SV_ARG(a->on.as.text), a->evidence.text.p ? ": " : "",
                             a->evidence.text.p ? mop_gate_shown(g, a->evidence.text) : "");
        return;
    }
    struct mop_gate_item *x = where
                                  ? mop_gate_tell(g, r, MOP_FAULT, where, "%s", why)
                                  : mop_gate_tell(g, r, MOP_FAULT, NULL, "nobody has said so yet");
    mop_gate_do(
        g, x, "%ssee to it, then: mopslint gate%s %s --attest %.*s --by %s%s",
        mop_gate_is_unfinished(g) ? "once the rest is mended, which changes the digest: " : "",
        g->o->again ? g->o->again : "", word(g, mop_sv_of(g->b->file)), MOP_SV_ARG(r->attest->id),
        mop_gate_person(g, r->by).n
            ? word(g, mop_sv_of(mop_gate_shown(g, mop_gate_person(g, r->by))))
            : "WHO",
        r->attest->evidence ? " --evidence WHERE" : "");
}
