/* SPDX-License-Identifier: MIT */
#include "rules/loader.h"

/* dataset: checks about the whole run. */

static const struct mop_dataset_form {
    const char *name;
    enum mop_dataset_kind kind;
    const struct mop_key_table *keys;
    enum mop_severity severity; /* default */
    bool field;                 /* wants one */
} forms[] = {
    {"volume", MOP_DS_VOLUME, &mop_keys_volume, MOP_SEV_ERROR, false},
    {"freshness", MOP_DS_FRESHNESS, &mop_keys_freshness, MOP_SEV_ERROR, true},
    {"fill_rate", MOP_DS_FILL_RATE, &mop_keys_fill_rate, MOP_SEV_ERROR, true},
    {"variants", MOP_DS_VARIANTS, &mop_keys_variants, MOP_SEV_WARNING, true},
    {"share", MOP_DS_SHARE, &mop_keys_share, MOP_SEV_WARNING, true},
};

static void read_limits(struct mop_scope *s, struct mop_dataset_check *c, const struct mop_node *n,
                        const struct mop_key_table *k)
{
    const struct mop_node *min = mop_keys_get(n, k, "min"), *max = mop_keys_get(n, k, "max");
    struct {
        const struct mop_node *n;
        int64_t *out;
    } both[] = {{min, &c->min}, {max, &c->max}};
    for (size_t i = 0; i < 2; i++) {
        uint64_t count;
        if (!both[i].n)
            continue;
        if (c->kind != MOP_DS_VOLUME)
            mop_read_percent(s, both[i].n, both[i].out);
        else if (mop_read_u64(s, both[i].n, &count) == 0)
            *both[i].out = count > INT64_MAX ? INT64_MAX : (int64_t)count;
    }
    bool wants = c->kind == MOP_DS_VOLUME || c->kind == MOP_DS_FILL_RATE || c->kind == MOP_DS_SHARE;
    if (wants && !min && !max)
        mop_scope_fault(s, "missing-key", n, "a limit is missing: 'min' or 'max'");
    else if (min && max && c->min >= 0 && c->max >= 0 && c->min > c->max)
        mop_scope_fault(s, "bad-value", max, "'max' is less than 'min'");
}

static void read_values(struct mop_scope *s, struct mop_dataset_check *c, const struct mop_node *n)
{
    size_t count = n->kind == MOP_LIST ? n->n : 1;
    if (!count)
        mop_scope_fault(s, "missing-value", n, "the list of values is empty");
    c->values = mop_arena_array(s->arena, count ? count : 1, sizeof *c->values);
    for (size_t i = 0; i < count; i++)
        if (mop_read_meant(s, c->field, n->kind == MOP_LIST ? n->item[i] : n,
                           &c->values[c->nvalues]) == 0)
            c->nvalues++;
}

/* No list: the values that the vocabulary calls catch_all. */
static void take_catch_alls(struct mop_scope *s, struct mop_dataset_check *c,
                            const struct mop_node *at)
{
    const struct mop_vocabulary *v = c->field->vocabulary;
    for (size_t i = 0; v && i < v->nterms; i++)
        if (v->terms[i]->catch_all)
            MOP_PUSH(s->arena, c->values, c->nvalues, v->terms[i]->value);
    if (c->nvalues == 0) {
        mop_scope_fault(s, "missing-key", at,
                        "'values' is missing, and the vocabulary of '%.*s' has no catch_all",
                        MOP_SV_ARG(c->field->name));
        mop_scope_hint(s, "list the values, or mark them {catch_all: true} in the vocabulary");
    }
}

static void read_age(struct mop_scope *s, struct mop_dataset_check *c, const struct mop_node *n,
                     const struct mop_key_table *k)
{
    const struct mop_node *age = mop_keys_get(n, k, "max_age");
    if (age)
        mop_read_duration(s, age, &c->max_age_us);
    else if (!mop_node_get(n, "max_age"))
        mop_scope_fault(s, "missing-key", n,
                        "'max_age' is missing: how old the newest record may be");
    if (!c->field || (c->field->type && c->field->type->as == MOP_AS_TIME))
        return;
    mop_scope_fault(s, "needs-type", mop_node_get(n, "field"),
                    "'freshness' wants a date, but '%.*s' is %s", MOP_SV_ARG(c->field->name),
                    c->field->type ? c->field->type->name : "text");
}

static void read_form(struct mop_loader *l, struct mop_dataset_check *c,
                      const struct mop_dataset_form *f, const struct mop_node *n)
{
    struct mop_scope scope = mop_scope_at(l, c->record, NULL, n), *s = &scope;
    const struct mop_node *field = n;
    c->kind = f->kind;
    if (n->kind == MOP_MAPPING) {
        mop_keys_check(s, n, f->keys);
        field = mop_keys_get(n, f->keys, "field");
        c->where = mop_load_when(l, c->record, NULL, mop_keys_get(n, f->keys, "where"));
    }
    if (f->field && field)
        c->field = mop_scope_field(s, field);
    else if (f->field)
        mop_scope_fault(s, "missing-key", n, "'field' is missing in '%s'", f->name);
    if (n->kind == MOP_MAPPING)
        read_limits(s, c, n, f->keys);
    if (f->kind == MOP_DS_FRESHNESS)
        read_age(s, c, n, f->keys);
    const struct mop_node *values =
        f->kind == MOP_DS_SHARE ? mop_keys_get(n, f->keys, "values") : NULL;
    if (values && c->field)
        read_values(s, c, values);
    else if (f->kind == MOP_DS_SHARE && c->field)
        take_catch_alls(s, c, n);
}

/* Exactly one of the forms has to stand there. */
static const struct mop_dataset_form *form_of(struct mop_loader *l, const struct mop_node *n,
                                              const struct mop_node **value)
{
    const struct mop_dataset_form *found = NULL;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const struct mop_node *x = mop_node_get(n, forms[i].name);
        if (!x)
            continue;
        if (found) {
            mop_scope_fault(&l->scope, "two-checks", x,
                            "this entry has '%s' already: one check an entry", found->name);
            return found;
        }
        found = &forms[i];
        *value = mop_keys_get(n, &mop_keys_dataset, forms[i].name);
    }
    if (!found) {
        mop_scope_fault(&l->scope, "missing-key", n, "this entry checks nothing");
        mop_scope_hint(&l->scope,
                       "give it one of volume, freshness, fill_rate, variants and share");
    }
    return found;
}

/* An override of a dataset check: its severity, owner, message. */
static void apply_override(struct mop_loader *l, struct mop_dataset_check *c)
{
    long i = l->overrides ? mop_node_index(l->overrides, c->id) : -1;
    if (i < 0)
        return;
    const struct mop_key_table *k = &mop_keys_override;
    const struct mop_node *o = l->overrides->item[i], *x;
    l->override_used[i] = true;
    if ((x = mop_keys_get(o, k, "severity")))
        mop_read_severity(&l->scope, x, &c->severity);
    if ((x = mop_keys_get(o, k, "owner")))
        mop_read_person(&l->scope, x, &c->owner);
    if ((x = mop_keys_get(o, k, "message")))
        mop_read_text(&l->scope, x, &c->message);
}

static bool new_id(struct mop_loader *l, const struct mop_dataset_check *c,
                   const struct mop_node *at)
{
    bool added;
    uint64_t *item = mop_map_put(&l->ids, c->id, &added);
    if (!added) {
        mop_scope_fault(&l->scope, "duplicate-id", at, "id '%.*s' stands twice", MOP_SV_ARG(c->id));
        mop_scope_hint(&l->scope, "the other one is on line %u",
                       (unsigned)l->known[*item - 1].at.line);
        return false;
    }
    struct mop_known k = {c->id, c->at, NULL};
    MOP_PUSH(l->a, l->known, l->nknown, k);
    *mop_map_find(&l->ids, c->id) = l->nknown;
    return true;
}

/* The name of the check that such a key may stand in: the entry's own, else the first; NULL: none.
 */
static const char *form_with(const struct mop_node *n, struct mop_sv key)
{
    const char *first = NULL;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (!mop_key_find(forms[i].keys, key))
            continue;
        if (mop_node_get(n, forms[i].name))
            return forms[i].name;
        first = first ? first : forms[i].name;
    }
    return first;
}

/* The entry without the keys that belong into its check: those are told, with the place. */
static const struct mop_node *without_misplaced(struct mop_loader *l, const struct mop_node *n)
{
    if (n->kind != MOP_MAPPING)
        return n;
    struct mop_node *rest = mop_arena_alloc(l->a, sizeof *rest);
    *rest = *n;
    rest->key = mop_arena_array(l->a, n->n + 1, sizeof *rest->key);
    rest->item = mop_arena_array(l->a, n->n + 1, sizeof *rest->item);
    rest->n = 0;
    for (size_t i = 0; i < n->n; i++) {
        struct mop_sv key = n->key[i]->text;
        const char *form = mop_key_find(&mop_keys_dataset, key) ? NULL : form_with(n, key);
        if (form) {
            mop_scope_fault(&l->scope, "unknown-key", n->key[i],
                            "unknown key '%.*s' in a dataset check", MOP_SV_ARG(key));
            mop_scope_hint(&l->scope, "it stands inside the check: %s: {%.*s: ...}", form,
                           MOP_SV_ARG(key));
            continue;
        }
        rest->key[rest->n] = n->key[i];
        rest->item[rest->n++] = n->item[i];
    }
    return rest;
}

static void load_dataset(struct mop_loader *l, const struct mop_node *entry)
{
    const struct mop_node *n = without_misplaced(l, entry);
    const struct mop_key_table *k = &mop_keys_dataset;
    struct mop_scope *s = &l->scope;
    struct mop_dataset_check c = {
        .min = -1, .max = -1, .max_age_us = -1, .at = n->at, .message = MOP_SV("")};
    const struct mop_node *x, *value = NULL;
    if (mop_keys_check(s, n, k) != 0)
        return;
    const struct mop_node *id = mop_keys_get(n, k, "id"), *record = mop_keys_get(n, k, "record");
    const struct mop_dataset_form *form = form_of(l, n, &value);
    if (!id)
        mop_scope_fault(s, "missing-key", n, "'id' is missing: by what name the check is reported");
    if (!record)
        mop_scope_fault(s, "missing-key", n, "'record' is missing: which record type this is for");
    c.record = record ? mop_scope_record(s, record) : NULL;
    if (!c.record || !form || !value || !id)
        return;
    c.id = id->text;
    c.severity = form->severity;
    c.owner = c.record->owner.n > 0 ? c.record->owner : l->rs->owner;
    if ((x = mop_keys_get(n, k, "severity")))
        mop_read_severity(s, x, &c.severity);
    if ((x = mop_keys_get(n, k, "owner")))
        mop_read_person(s, x, &c.owner);
    if ((x = mop_keys_get(n, k, "message")))
        mop_read_text(s, x, &c.message);
    read_form(l, &c, form, value);
    if (!new_id(l, &c, id))
        return;
    apply_override(l, &c);
    if (c.severity != MOP_SEV_OFF)
        MOP_PUSH(l->a, l->rs->datasets, l->rs->ndatasets, c);
}

void mop_load_datasets(struct mop_loader *l)
{
    const struct mop_node *list = mop_keys_get(l->root, &mop_keys_top, "dataset");
    for (size_t i = 0; list && i < list->n; i++)
        load_dataset(l, list->item[i]);
}
