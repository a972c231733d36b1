/* SPDX-License-Identifier: MIT */
#include "rules/args.h"
#include "rules/derive_kinds.h"
#include "rules/kind_util.h"
#include "rules/kinds.h"
#include "rules/fragment.h"

/* lookup: a field of the record that another field references, {lookup: {via: product, field:
 * series}}. */

static const char *const lookup_keys[] = {"via", "field", NULL};

static int lookup_compile(struct mop_scope *s, const struct mop_node *use,
                          const struct mop_node *derive, struct mop_derive *d)
{
    struct mop_derive_lookup *l = mop_arena_alloc(s->arena, sizeof *l);
    (void)derive;
    d->lookup = l;
    d->per_record = true; /* by the parent's table, which another source fills */
    if (mop_derive_keys(s, d, use, lookup_keys))
        return -1;
    l->wanted_name = mop_node_get(use, "field");
    if (mop_derive_reads(s, d, mop_node_get(use, "via"), use, "via") < 0)
        return -1;
    l->via = d->fields[0];
    if (!l->wanted_name || l->wanted_name->null)
        return mop_scope_fault(s, "missing-value", use,
                               "'lookup' wants the parent's field: {via: product, field: series}");
    return 0;
}

/* The `references` of the field: under it, or in the `then` of a rule. */
static struct mop_field *referenced_by(const struct mop_field *via)
{
    const struct mop_record *r = via->record;
    for (size_t i = 0; i < r->nrow_tests; i++)
        if (r->row_tests[i]->kind == &mop_kind_references && r->row_tests[i]->fields[0] == via)
            return ((const struct mop_references_arg *)r->row_tests[i]->arg)->target;
    return NULL;
}

static int lookup_bind(struct mop_scope *s, struct mop_derive *d)
{
    struct mop_derive_lookup *l = (struct mop_derive_lookup *)(uintptr_t)d->lookup;
    l->target = referenced_by(l->via);
    if (!l->target) {
        mop_scope_fault(s, "bad-derive", l->wanted_name, "'%.*s' references nothing to look up",
                        MOP_SV_ARG(l->via->name));
        mop_scope_hint(s, "give it 'references: RECORD.FIELD'");
        return -1;
    }
    const struct mop_record *parent = l->target->record;
    l->wanted = mop_record_field(parent, l->wanted_name->text);
    if (l->wanted)
        return 0;
    return mop_scope_fault(s, "unknown-field", l->wanted_name,
                           "record type '%.*s' has no field '%.*s'", MOP_SV_ARG(parent->name),
                           MOP_SV_ARG(l->wanted_name->text));
}

/* Without a parent, or with one whose value is refused, nothing can be told. */
static enum mop_state lookup_compute(const struct mop_derive *d, const struct mop_value *const *in,
                                     struct mop_run *run, struct mop_arena *a, struct mop_sv *out)
{
    enum mop_state state = MOP_ST_UNREADABLE;
    (void)a;
    if (!in[0]->known || !run->lookup || !run->lookup(run, d->lookup, in[0]->meant, out, &state))
        return MOP_ST_UNREADABLE;
    if (MOP_IS_BLANK(state))
        return MOP_ST_EMPTY;
    return state == MOP_ST_VALUE ? MOP_ST_VALUE : MOP_ST_UNREADABLE;
}

const struct mop_derive_kind mop_derive_lookup = {
    .name = "lookup",
    .summary = "a field of the referenced record: {lookup: {via: product, field: series}}",
    .schema = MOP_MEMBERS("\"via\", \"field\"",
                          MOP_MEMBER("via", "text", "the field with references") ", " MOP_MEMBER(
                              "field", "text", "the field of the record it refers to")),
    .compile = lookup_compile,
    .bind = lookup_bind,
    .compute = lookup_compute,
};
