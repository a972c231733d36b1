/* SPDX-License-Identifier: MIT */
#include "cli/explain.h"
#include "gate/gate.h"
#include <stdio.h>

/* The pages of attestations, which are data of a taxonomy, or of the shipped policy. */

static void put_levels(const struct mop_gate_policy *p, const struct mop_gate_attest *a)
{
    size_t n = 0;
    for (size_t i = 0; i < p->nlevels; i++)
        if (a->levels[i]) {
            fputs(n++ ? ", " : "", stdout);
            mop_explain_put(p->levels[i].name, 0);
        }
}

static void put_page(const struct mop_gate_policy *p, const struct mop_gate_attest *a)
{
    size_t n = 0;
    fputs("attest.", stdout);
    mop_explain_put(a->id, 0);
    fputs(": ", stdout);
    mop_explain_put(a->asks, 0);
    printf("\n\nan attestation of mopslint gate; the %s owner has to act; asked at level ",
           mop_role_names[a->role]);
    put_levels(p, a);
    fputs(a->when.n ? ", where its `when:` holds; " : "; ", stdout);
    fputs(a->waivable ? "waivable by the " : "never waived", stdout);
    for (size_t role = 0; role < MOP_ROLES; role++)
        if (a->waivable & (1U << role))
            printf("%s%s", n++ ? " or " : "", mop_role_names[role]);
    printf(
        "%s\n\nNo machine can see it, so the %s owner says it, for the brief as it is: any later "
        "edit asks again.\nSee to it, then paste under attestations: what this prints:\n"
        "mopslint gate CAMPAIGN.yaml --attest ",
        a->waivable ? " owner" : "", mop_role_names[a->role]);
    mop_explain_put(a->id, 0);
    printf(" --by WHO%s\n", a->evidence ? " --evidence WHERE" : "");
}

bool mop_explain_attest(struct mop_sv id, const struct mop_ruleset *rs)
{
    static const char *const shipped[] = {"gate"};
    struct mop_load_options o = {.files = shipped, .nfiles = 1};
    struct mop_ruleset *pack = NULL;
    struct mop_diags
        ignored; /* of the shipped one there are none; `rules lint` tells those of rs */
    struct mop_arena a;
    if (mop_sv_starts(id, MOP_SV("gate.")))
        id = mop_sv_sub(id, 5, id.n);
    if (!mop_sv_starts(id, MOP_SV("attest.")))
        return false;
    mop_arena_init(&a);
    mop_diags_init(&ignored);
    if (!rs || !rs->gate)
        rs = pack = mop_ruleset_load(&o, &ignored);
    const struct mop_gate_policy *p = rs ? mop_gate_policy_read(rs, &a, &ignored) : NULL;
    const struct mop_gate_attest *found = p ? mop_gate_find_attest(p, id) : NULL;
    if (found)
        put_page(p, found);
    mop_ruleset_free(pack);
    mop_diags_release(&ignored);
    mop_arena_release(&a);
    return found != NULL;
}
