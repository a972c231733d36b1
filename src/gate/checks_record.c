/* SPDX-License-Identifier: MIT */
#include "gate/checks.h"
#include "rules/kinds.h"

/* Checks of what the taxonomy says of the campaign as a record; its findings as items. */

#define CHECK(name) void mop_gate_run_##name(struct mop_launch *g, struct mop_gate_result *r)

enum mop_level mop_gate_level_of(const struct mop_gate_finding *f)
{
    if (f->suppressed)
        return MOP_NOTE;
    return f->check->severity == MOP_SEV_ERROR && !f->undecided ? MOP_FAULT : MOP_WARN;
}

static void list_values(struct mop_launch *g, struct mop_gate_item *x,
                        const struct mop_vocabulary *v)
{
    struct mop_buf b;
    mop_buf_init(&b, 600);
    for (size_t i = 0; i < v->nterms; i++) {
        const struct mop_term *t = v->terms[i];
        if (!t->use && !t->expired && !t->catch_all)
            mop_buf_printf(&b, "%s%.*s", b.n ? ", " : "", MOP_SV_ARG(t->value));
    }
    if (b.n && !b.over)
        mop_gate_do(g, x, "write one of %.*s, or have the vocabulary's owner add it",
                    MOP_SV_ARG(mop_buf_view(&b)));
    mop_buf_release(&b);
}

static bool is_address(const struct mop_field *f)
{
    return f && f->type && mop_sv_eqs(mop_sv_of(f->type->name), "url");
}

void mop_gate_repair_finding(struct mop_launch *g, struct mop_gate_item *x,
                             const struct mop_gate_finding *f)
{
    enum { FEW = 20 };
    const struct mop_vocabulary *v = f->field ? f->field->vocabulary : NULL;
    bool missing = f->check->kind == &mop_kind_required && f->field &&
                   mop_sv_starts(f->field->name, MOP_SV("utm_"));
    bool of_list = v && mop_sv_ends(f->check->id, MOP_SV(".vocabulary"));
    if (f->proposal.n)
        mop_gate_do(g, x, "write %s", mop_gate_shown(g, f->proposal));
    else if (f->link != SIZE_MAX && missing)
        mop_gate_do(g, x, "add %.*s to the link", MOP_SV_ARG(f->field->name));
    else if (f->link != SIZE_MAX && f->check->kind == &mop_kind_type && is_address(f->field))
        mop_gate_do(g, x, "write the address of a web page, or take it out of links");
    else if (f->link != SIZE_MAX && mop_sv_ends(f->check->id, MOP_SV(".unique")))
        mop_gate_do(g, x, "%s", mop_gate_repairs[MOP_GATE_LINKS_AGREE]);
    else if (of_list && v->nterms <= FEW)
        list_values(g, x, v);
}

/* A finding of the rules as an item. */
static void tell_finding(struct mop_launch *g, struct mop_gate_result *r,
                         const struct mop_gate_finding *f, const struct mop_said *at)
{
    struct mop_gate_item *x = mop_gate_tell(g, r, mop_gate_level_of(f), at, "%.*s [%.*s]%s",
                                            MOP_SV_ARG(f->message), MOP_SV_ARG(f->check->id),
                                            f->suppressed ? ", suppressed by the taxonomy" : "");
    mop_gate_repair_finding(g, x, f);
}

static bool of_campaign(const struct mop_launch *g, const struct mop_gate_finding *f, bool name)
{
    return f->link == SIZE_MAX && (f->field == g->name_field && g->name_field) == name;
}

static bool is_left_out(struct mop_launch *g, struct mop_gate_result *r)
{
    const struct mop_exclude *x = g->left_out[g->b->nlinks];
    if (x)
        mop_gate_not_asked(g, r, "the taxonomy excludes the campaign from judging: '%.*s'",
                           MOP_SV_ARG(x->id));
    return x != NULL;
}

CHECK(NAME)
{
    if (!g->name_field && g->campaign_type) {
        mop_gate_not_asked(g, r,
                           "the record type '%.*s' has no field that is called name or "
                           "campaign_name, or that `gate: {campaign: {name: ..}}` names",
                           MOP_SV_ARG(g->campaign_type->name));
        return;
    }
    if (!g->name_field) {
        mop_gate_not_asked(g, r, "the taxonomy has no record type for the campaign");
        return;
    }
    if (!g->b->name.text.p) {
        mop_gate_do(g, mop_gate_tell(g, r, MOP_FAULT, NULL, "the campaign has no name"),
                    "write name: ..");
        return;
    }
    if (is_left_out(g, r))
        return;
    for (size_t i = 0; i < g->nfindings; i++)
        if (of_campaign(g, &g->findings[i], true))
            tell_finding(g, r, &g->findings[i], &g->b->name);
    for (size_t i = 0; i < g->nparts; i++)
        if (g->parts[i].provisional) {
            struct mop_gate_item *x =
                mop_gate_tell(g, r, MOP_WARN, &g->b->name, "the %.*s '%s' is provisional",
                              MOP_SV_ARG(g->parts[i].name), mop_gate_shown(g, g->parts[i].text));
            mop_gate_do(g, x, "have it decided before reports are built on it");
        }
    if (!g->name_has_template && !r->n)
        mop_gate_not_asked(g, r, "the field '%.*s' of the taxonomy has no template",
                           MOP_SV_ARG(g->name_field->name));
}

static struct mop_said place_of(struct mop_launch *g, const struct mop_gate_finding *f)
{
    struct mop_said none = {MOP_SV_NONE, {0}, 0};
    if (!f->field)
        return none;
    const char *name = mop_arena_str(&g->arena, f->field->name);
    struct mop_said own = mop_brief_value(g->b, "fields", name);
    if (own.text.p)
        return own;
    for (size_t i = 0; i < g->p->ncampaign_fields; i++)
        if (mop_sv_eq(g->p->campaign_fields[i].name, f->field->name))
            name = mop_arena_str(&g->arena, g->p->campaign_fields[i].key);
    struct mop_said_list l = mop_brief_values(g->b, name);
    if (!l.n && f->field == f->field->record->dated_by)
        return g->b->start.as;
    return l.n ? l.list[0] : none;
}

CHECK(RECORD)
{
    if (!g->campaign_type) {
        mop_gate_not_asked(g, r, "the taxonomy has no record type for the campaign");
        return;
    }
    if (is_left_out(g, r))
        return;
    for (size_t i = 0; i < g->nfindings; i++)
        if (of_campaign(g, &g->findings[i], false)) {
            struct mop_said at = place_of(g, &g->findings[i]);
            tell_finding(g, r, &g->findings[i], &at);
        }
    mop_gate_tell_unwritten(g, r, g->campaign_type);
}
