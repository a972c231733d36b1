/* SPDX-License-Identifier: MIT */
#include "gate/checks.h"
#include "rules/derive.h"
#include "values/url_keys.h"

/* Does any rule of the taxonomy look at the utm_ values of links? What none looks at is no pass. */

static bool is_utm(const struct mop_gate_policy *p, const struct mop_field *f)
{
    bool is = mop_url_key_utm(f->name);
    if (f->derive)
        return mop_sv_eqs(mop_sv_of(f->derive->kind->name), "url_param") &&
               mop_url_key_utm(*(const struct mop_sv *)f->derive->arg);
    for (size_t i = 0; i < f->ncolumns; i++)
        is = is || mop_url_key_utm(f->columns[i]);
    for (size_t i = 0; i < p->nlink_fields; i++)
        is = is ||
             (mop_sv_eq(p->link_fields[i].name, f->name) && mop_url_key_utm(p->link_fields[i].key));
    return is;
}

/* How many checks of a record type say which values are right, not only that there is one. */
static size_t count_rules(const struct mop_gate_policy *p, const struct mop_record *type)
{
    size_t n = 0;
    for (size_t i = 0; type && i < type->nchecks; i++) {
        const struct mop_check *c = type->checks[i];
        n += c->field && c->role != MOP_CHECK_INPUT && !c->required_like && is_utm(p, c->field);
    }
    return n;
}

static const struct mop_record *find_other(const struct mop_launch *g)
{
    const struct mop_ruleset *rs = g->o->rules;
    const struct mop_record *best = NULL;
    for (size_t i = 0; i < rs->nrecords; i++)
        if (count_rules(g->p, rs->records[i]) > count_rules(g->p, best))
            best = rs->records[i];
    return best;
}

static bool has_tags(const struct mop_launch *g)
{
    bool has = false;
    for (size_t i = 0; i < g->b->nlinks && !has; i++)
        has = mop_gate_is_tagged(&g->urls[i]);
    return has;
}

void mop_gate_look_for_link_rules(struct mop_launch *g, struct mop_gate_result *r)
{
    const struct mop_record *own = g->link_type, *other = find_other(g);
    if (count_rules(g->p, own))
        return;
    struct mop_sv why =
        own ? mop_arena_printf(&g->arena, "the record type '%.*s' has no rules for their values",
                               MOP_SV_ARG(own->name))
            : MOP_SV("no record type is of kind link");
    if (other && has_tags(g))
        mop_gate_do(
            g,
            mop_gate_tell(g, r, MOP_WARN, NULL,
                          "utm_source and the like are not judged: %.*s, and '%.*s' has some",
                          MOP_SV_ARG(why), MOP_SV_ARG(other->name)),
            "have the taxonomy's owner write extends: [gate] and gate: {links: {record: %.*s}}, or "
            "those fields into the record type of links",
            MOP_SV_ARG(other->name));
    else if (!r->n)
        mop_gate_not_asked(
            g, r,
            "utm_source and the like are not judged: %.*s; extends: [utm, link], and "
            "records: {link: {use: [link, {set: utm, as: utm}]}} has the shipped ones",
            MOP_SV_ARG(why));
}
