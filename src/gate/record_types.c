/* SPDX-License-Identifier: MIT */
#include "gate/gate.h"
#include "rules/kinds.h"
#include <stdlib.h>

/* Which record types of the taxonomy the campaign and its links are, and what those refer to. */

const struct mop_test *mop_gate_template_of(const struct mop_field *f)
{
    for (size_t i = 0; f && i < f->ntests; i++)
        if (f->tests[i]->kind == &mop_kind_template)
            return f->tests[i];
    return NULL;
}

static int unknown_record(const struct mop_launch *g, const struct mop_said *s, struct mop_diags *d)
{
    const struct mop_ruleset *rs = g->o->rules;
    struct mop_sv *names = mop_calloc(rs->nrecords + 1, sizeof *names);
    for (size_t i = 0; i < rs->nrecords; i++)
        names[i] = rs->records[i]->name;
    struct mop_diag *x = mop_diag(d, MOP_FAULT, "unknown-record", s->at, s->span,
                                  "the taxonomy has no record type '%.*s'", MOP_SV_ARG(s->text));
    long near = mop_suggest(s->text, names, rs->nrecords);
    if (near >= 0)
        mop_diag_hint(d, x, "did you mean '%.*s'?", MOP_SV_ARG(names[near]));
    free(names);
    return -1;
}

const struct mop_field *mop_gate_name_field(const struct mop_gate_policy *p,
                                            const struct mop_record *r)
{
    static const char *const names[] = {"name", "campaign_name", "utm_campaign", "campaign"};
    const struct mop_field *f = p->campaign_name.p ? mop_record_field(r, p->campaign_name) : NULL;
    for (size_t i = 0; !f && i < sizeof names / sizeof *names; i++)
        f = mop_record_field(r, mop_sv_of(names[i]));
    return f && !f->derive ? f : NULL;
}

const struct mop_record *mop_gate_link_type(const struct mop_gate_policy *p,
                                            const struct mop_ruleset *rs)
{
    if (p->links_record.p)
        return mop_ruleset_record(rs, p->links_record);
    for (size_t i = 0; i < rs->nrecords; i++)
        if (mop_sv_eqs(rs->records[i]->kind, "link"))
            return rs->records[i];
    return mop_ruleset_record(rs, MOP_SV("link"));
}

/* Nobody would ever miss a field that is misspelt, or that is computed from others. */
static void wrong_field(const struct mop_launch *g, const struct mop_node *key, bool derived,
                        struct mop_diags *d)
{
    const struct mop_record *r = g->campaign_type;
    struct mop_sv *names = mop_calloc(r->nfields + 1, sizeof *names);
    size_t n = 0;
    char hint[400];
    for (size_t i = 0; i < r->nfields; i++)
        if (!r->fields[i]->derive)
            names[n++] = r->fields[i]->name;
    struct mop_diag *x = mop_diag(d, MOP_FAULT, "unknown-field", key->at, key->span,
                                  derived ? "field '%.*s' is computed, and cannot be said"
                                          : "the record type '%.*s' has no field '%.*s'",
                                  MOP_SV_ARG(derived ? key->text : r->name), MOP_SV_ARG(key->text));
    if (!derived && (mop_did_you_mean(hint, sizeof hint, key->text, names, n) ||
                     mop_list_keys(hint, sizeof hint, names, n)))
        mop_diag_hint(d, x, "%s", hint);
    free(names);
}

static int check_fields(const struct mop_launch *g, struct mop_diags *d)
{
    const struct mop_node *n = g->b->root ? mop_node_get(g->b->root, "fields") : NULL;
    size_t before = d->faults;
    for (size_t i = 0; g->campaign_type && n && n->kind == MOP_MAPPING && i < n->n; i++) {
        struct mop_sv name = n->key[i]->text;
        const struct mop_field *f = mop_record_field(g->campaign_type, name);
        if ((!f || f->derive) && !mop_sv_starts(name, MOP_SV("x-")))
            wrong_field(g, n->key[i], f, d);
    }
    return d->faults > before ? -1 : 0;
}

int mop_gate_find_types(struct mop_launch *g, struct mop_diags *d)
{
    const struct mop_ruleset *rs = g->o->rules;
    struct mop_said_list said = mop_brief_values(g->b, "record");
    struct mop_sv campaign = said.n                    ? said.list[0].text
                             : g->p->campaign_record.p ? g->p->campaign_record
                                                       : MOP_SV("campaign");
    if (!g->links_only)
        g->campaign_type = mop_ruleset_record(rs, campaign);
    if (!g->campaign_type && said.n)
        return unknown_record(g, &said.list[0], d);
    if (check_fields(g, d))
        return -1;
    g->link_type = g->b->nlinks ? mop_gate_link_type(g->p, rs) : NULL;
    g->name_field = g->campaign_type ? mop_gate_name_field(g->p, g->campaign_type) : NULL;
    const struct mop_record *named = mop_ruleset_record(rs, campaign);
    g->template = named ? mop_gate_template_of(mop_gate_name_field(g->p, named)) : NULL;
    g->name_has_template = mop_gate_template_of(g->name_field) != NULL;
    for (size_t i = 0; g->link_type && i < g->link_type->nchecks; i++)
        g->url_rules = g->url_rules || g->link_type->checks[i]->kind == &mop_kind_url;
    return 0;
}

/* ---- what they refer to ---- */

static size_t add_far(const struct mop_launch *g, const struct mop_record *r, struct mop_sv *out,
                      size_t n)
{
    if (!r || r == g->campaign_type || r == g->link_type)
        return n;
    for (size_t i = 0; i < n; i++)
        if (mop_sv_eq(out[i], r->name))
            return n;
    out[n] = r->name;
    return n + 1;
}

static size_t add_far_of(const struct mop_launch *g, const struct mop_record *r, struct mop_sv *out,
                         size_t n)
{
    for (size_t i = 0; r && i < r->nchecks; i++)
        for (size_t k = 0; k < r->checks[i]->nfar; k++)
            n = add_far(g, r->checks[i]->far[k], out, n);
    for (size_t i = 0; r && i < r->nreads_first; i++)
        n = add_far(g, r->reads_first[i], out, n);
    return n;
}

size_t mop_gate_far(const struct mop_gate_options *o, const struct mop_gate_policy *p,
                    struct mop_brief *b, struct mop_arena *a, struct mop_sv **out)
{
    struct mop_launch g = {.o = o, .b = b, .p = p, .links_only = !b->file};
    struct mop_diags ignored; /* the run tells it */
    struct mop_sv *names = mop_arena_array(a, o->rules->nrecords + 1, sizeof *names);
    mop_diags_init(&ignored);
    size_t n = mop_gate_find_types(&g, &ignored) ? 0 : add_far_of(&g, g.campaign_type, names, 0);
    n = add_far_of(&g, g.link_type, names, n);
    mop_diags_release(&ignored);
    for (size_t i = 0; i < n; i++)
        names[i] = mop_arena_copy(a, names[i]);
    *out = names;
    return n;
}
