/* SPDX-License-Identifier: MIT */
#include "rules/loader.h"

/*
 * A pack may be made of field sets alone, for the record types of others. So that its rules can be
 * run all the same, a set that nobody uses is used by a record type of its own.
 */

static bool names_set(const struct mop_node *use, struct mop_sv set)
{
    const struct mop_node *name = use->kind == MOP_MAPPING ? mop_node_get(use, "set") : use;
    return name && name->kind == MOP_SCALAR && mop_sv_eq(name->text, set);
}

static bool is_used(const struct mop_node *records, struct mop_sv set)
{
    for (size_t i = 0; records && i < records->n; i++) {
        const struct mop_node *use = mop_keys_get(records->item[i], &mop_keys_record, "use");
        bool list = use && use->kind == MOP_LIST;
        for (size_t k = 0; use && k < (list ? use->n : 1); k++)
            if (names_set(list ? use->item[k] : use, set))
                return true;
    }
    return false;
}

static struct mop_node *mapping_of(struct mop_loader *l, const struct mop_node *like, size_t room)
{
    struct mop_node *n = mop_arena_alloc(l->a, sizeof *n);
    *n = (struct mop_node){.kind = MOP_MAPPING, .at = like->at, .span = like->span};
    n->key = mop_arena_array(l->a, room, sizeof *n->key);
    n->item = mop_arena_array(l->a, room, sizeof *n->item);
    return n;
}

static void put(struct mop_node *map, struct mop_node *key, struct mop_node *value)
{
    map->key[map->n] = key;
    map->item[map->n++] = value;
}

static struct mop_node *scalar(struct mop_loader *l, const struct mop_node *like, struct mop_sv s)
{
    struct mop_node *n = mop_arena_alloc(l->a, sizeof *n);
    *n = *like;
    n->text = s;
    return n;
}

/* {use: SET}, under the set's name, or NAME-set where a record type has that. */
static void add_record(struct mop_loader *l, struct mop_node *records, struct mop_node *set)
{
    bool taken = mop_node_index(records, set->text) >= 0;
    struct mop_node *record = mapping_of(l, set, 1);
    put(record, scalar(l, set, MOP_SV("use")), set);
    put(records, scalar(l, set, taken ? mop_cat(l->a, set->text, MOP_SV("-set")) : set->text),
        record);
}

void mop_load_lone_sets(struct mop_loader *l)
{
    const struct mop_node *sets = mop_keys_get(l->root, &mop_keys_top, "field_sets"),
                          *own = mop_keys_get(l->root, &mop_keys_top, "records");
    if (!l->o->lone_sets || !sets || sets->n == 0)
        return;
    struct mop_node *records = mapping_of(l, l->root, sets->n + (own ? own->n : 0) + 1),
                    *root = mapping_of(l, l->root, l->root->n + 1);
    for (size_t i = 0; own && i < own->n; i++)
        put(records, own->key[i], own->item[i]);
    for (size_t i = 0; i < sets->n; i++) {
        const struct mop_rule_file *f = mop_file_of(l->rs, sets->key[i]->at.file);
        if (!is_used(own, sets->key[i]->text) && !(f && f->pack))
            add_record(l, records, sets->key[i]);
    }
    for (size_t i = 0; i < l->root->n; i++)
        if (!mop_sv_eqs(l->root->key[i]->text, "records") || (!own && !l->root->item[i]->null))
            put(root, l->root->key[i], l->root->item[i]);
    if (mop_node_index(root, MOP_SV("records")) < 0)
        put(root, scalar(l, sets->key[0], MOP_SV("records")), records);
    l->root = root;
}
