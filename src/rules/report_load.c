/* SPDX-License-Identifier: MIT */
#include "rules/loader.h"

/* reports: what the data is for. */

static void load_target(struct mop_scope *s, struct mop_report_spec *spec, const struct mop_node *n)
{
    const struct mop_key_table *k = &mop_keys_target;
    spec->target_records = spec->target_value = -1;
    if (n->kind != MOP_MAPPING) {
        mop_read_percent(s, n, &spec->target_records);
        return;
    }
    mop_keys_check(s, n, k);
    const struct mop_node *records = mop_keys_get(n, k, "records"),
                          *value = mop_keys_get(n, k, "value");
    if (records)
        mop_read_percent(s, records, &spec->target_records);
    if (value)
        mop_read_percent(s, value, &spec->target_value);
}

static void load_need_fields(struct mop_scope *s, struct mop_need *need, const struct mop_node *n)
{
    size_t count = n->kind == MOP_LIST ? n->n : 1;
    need->fields = mop_arena_array(s->arena, count ? count : 1, sizeof *need->fields);
    for (size_t i = 0; i < count; i++) {
        struct mop_field *f = mop_scope_field(s, n->kind == MOP_LIST ? n->item[i] : n);
        if (f)
            need->fields[need->nfields++] = f;
    }
}

static void load_need(struct mop_loader *l, struct mop_report_spec *spec,
                      const struct mop_node *key, const struct mop_node *n)
{
    const struct mop_key_table *k = &mop_keys_need;
    struct mop_need need = {.record = mop_scope_record(&l->scope, key), .weight = SIZE_MAX};
    if (!need.record || mop_keys_check(&l->scope, n, k) != 0) {
        if (n->null)
            mop_scope_fault(&l->scope, "missing-key", key,
                            "'fields' is missing: what the report reads");
        return;
    }
    struct mop_scope s = mop_scope_at(l, need.record, NULL, n);
    const struct mop_node *fields = mop_keys_get(n, k, "fields"),
                          *where = mop_keys_get(n, k, "where"),
                          *weight = mop_keys_get(n, k, "weight");
    if (fields)
        load_need_fields(&s, &need, fields);
    else if (!mop_node_get(n, "fields"))
        mop_scope_fault(&s, "missing-key", n, "'fields' is missing: what the report reads");
    need.where = mop_load_when(l, need.record, NULL, where);
    need.where_node = where;
    if (weight)
        need.weight = mop_load_weight(l, need.record, weight);
    else if (need.record->own_weight)
        need.weight = 0;
    MOP_PUSH(l->a, spec->needs, spec->nneeds, need);
}

static void load_report(struct mop_loader *l, const struct mop_node *n)
{
    const struct mop_key_table *k = &mop_keys_report;
    struct mop_scope *s = &l->scope;
    struct mop_report_spec spec = {
        .at = n->at, .owner = l->rs->owner, .target_records = -1, .target_value = -1};
    if (mop_keys_check(s, n, k) != 0)
        return;
    const struct mop_node *name = mop_keys_get(n, k, "name"), *owner = mop_keys_get(n, k, "owner");
    const struct mop_node *target = mop_keys_get(n, k, "target"),
                          *needs = mop_keys_get(n, k, "needs");
    if (name)
        mop_read_text(s, name, &spec.name);
    else
        mop_scope_fault(s, "missing-key", n, "'name' is missing: how the report is called");
    for (size_t i = 0; name && i < l->rs->nreports; i++)
        if (mop_sv_eq(l->rs->reports[i].name, spec.name))
            mop_scope_fault(s, "duplicate-id", name, "report '%.*s' stands twice",
                            MOP_SV_ARG(spec.name));
    if (owner)
        mop_read_person(s, owner, &spec.owner);
    if (target)
        load_target(s, &spec, target);
    if (!mop_node_get(n, "needs"))
        mop_scope_fault(s, "missing-key", n, "'needs' is missing: the fields by record type");
    for (size_t i = 0; needs && i < needs->n; i++)
        load_need(l, &spec, needs->key[i], needs->item[i]);
    MOP_PUSH(l->a, l->rs->reports, l->rs->nreports, spec);
}

void mop_load_reports(struct mop_loader *l)
{
    const struct mop_node *list = mop_keys_get(l->root, &mop_keys_top, "reports");
    for (size_t i = 0; list && i < list->n; i++)
        load_report(l, list->item[i]);
}
