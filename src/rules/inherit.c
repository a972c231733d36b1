/* SPDX-License-Identifier: MIT */
#include "rules/loader.h"
#include "rules/derive.h"
#include "rules/kinds.h"

/*
 * A looked-up field is of the type of the parent's field, unless it says its own. That has to be
 * known before any check is compiled, so `references` is read from the nodes: under the field that
 * refers, or in the `then` of a rule. What cannot be read here is told where it is compiled.
 */

static const struct mop_node *text_of(const struct mop_node *n)
{
    if (n && n->kind == MOP_MAPPING)
        n = mop_node_get(n, "use");
    return n && n->kind == MOP_SCALAR && !n->null ? n : NULL;
}

static const struct mop_node *node_of(const struct mop_loader *l, const struct mop_field *f)
{
    for (size_t i = 0; i < l->nfields; i++)
        if (l->fields[i].field == f)
            return l->fields[i].node;
    return NULL;
}

/* The field that a name means where it stands, or NULL. */
static struct mop_field *named(struct mop_loader *l, struct mop_record *r,
                               const struct mop_node *name)
{
    const struct mop_layer *layer = name ? mop_layer_of(l, name) : NULL;
    if (!name || !text_of(name))
        return NULL;
    bool relative = layer && layer->set && mop_node_index(layer->set, name->text) >= 0;
    return mop_record_field(r, relative ? mop_cat(l->a, layer->prefix, name->text) : name->text);
}

static const struct mop_node *references_of(const struct mop_node *tests)
{
    const struct mop_node *n =
        tests && tests->kind == MOP_MAPPING ? mop_node_get(tests, "references") : NULL;
    return text_of(n && n->kind == MOP_LIST && n->n > 0 ? n->item[0] : n);
}

/* "product.name" that `via` refers to, or NULL. */
static const struct mop_node *find_references(struct mop_loader *l, const struct mop_field *via)
{
    const struct mop_node *found = references_of(node_of(l, via));
    for (size_t i = 0; !found && i < l->nrules; i++) {
        const struct mop_node *then = mop_node_get(l->rules[i].node, "then");
        if (l->rules[i].record != via->record || !then || then->kind != MOP_MAPPING)
            continue;
        for (size_t k = 0; !found && k < then->n; k++)
            if (named(l, via->record, then->key[k]) == via)
                found = references_of(then->item[k]);
    }
    return found;
}

/* What stands under the key of one kind of derivation, or NULL. */
static const struct mop_node *derived_by(const struct mop_loader *l, const struct mop_field *f,
                                         const char *kind)
{
    const struct mop_node *n = node_of(l, f);
    const struct mop_node *derive =
        n && n->kind == MOP_MAPPING ? mop_keys_get(n, &mop_keys_field, "derive") : NULL;
    return derive && derive->kind == MOP_MAPPING ? mop_node_get(derive, kind) : NULL;
}

static bool derives_host(const struct mop_loader *l, const struct mop_field *f)
{
    for (size_t i = 0; mop_derive_kinds[i]; i++)
        if (mop_derive_kinds[i]->host && derived_by(l, f, mop_derive_kinds[i]->name))
            return true;
    return false;
}

/* The parent's field that `f` looks up, or NULL. */
static struct mop_field *parent_of(struct mop_loader *l, const struct mop_field *f)
{
    const struct mop_node *lookup = derived_by(l, f, "lookup");
    if (!lookup || lookup->kind != MOP_MAPPING)
        return NULL;
    const struct mop_field *via = named(l, f->record, mop_node_get(lookup, "via"));
    const struct mop_node *target = via ? find_references(l, via) : NULL;
    const struct mop_node *field = text_of(mop_node_get(lookup, "field"));
    if (!target || !field)
        return NULL;
    struct mop_sv type = mop_sv_sub(target->text, 0, mop_sv_find(target->text, '.'));
    const struct mop_record *r = mop_ruleset_record(l->rs, type);
    return r ? mop_record_field(r, field->text) : NULL;
}

/* Looked up is the parent's meant form: a date is ISO 8601 there, a number has a point. */
static void inherit(struct mop_loader *l, struct mop_field *f, size_t depth)
{
    const struct mop_node *own = node_of(l, f);
    struct mop_field *parent = depth > 0 ? parent_of(l, f) : NULL;
    f->host |= derives_host(l, f);
    if (!parent || parent == f)
        return;
    inherit(l, parent, depth - 1);
    f->host |= parent->host;
    if (!mop_node_get(own, "type")) {
        f->type = parent->type;
        f->type_options.zone = parent->type_options.zone;
    }
    if (!mop_node_get(own, "personal"))
        f->personal |= parent->personal;
}

void mop_inherit_types(struct mop_loader *l)
{
    for (size_t i = 0; i < l->nfields; i++)
        inherit(l, l->fields[i].field, 16);
}
