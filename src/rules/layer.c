/* SPDX-License-Identifier: MIT */
#include "rules/loader.h"
#include <string.h>

/*
 * A field set is cloned for each use, so that the address of a node says in which use it stands,
 * and thereby what the names in it mean.
 */

struct mop_sv mop_cat(struct mop_arena *a, struct mop_sv x, struct mop_sv y)
{
    return mop_arena_printf(a, "%.*s%.*s", MOP_SV_ARG(x), MOP_SV_ARG(y));
}

void mop_layer_put(struct mop_loader *l, const struct mop_node *n, const struct mop_layer *layer)
{
    const struct mop_node **kept = mop_arena_alloc(l->a, sizeof *kept);
    *kept = n;
    struct mop_sv key = {(const char *)kept, sizeof *kept};
    *mop_map_put(&l->layer_of, key, NULL) = (uint64_t)(uintptr_t)layer;
}

const struct mop_layer *mop_layer_of(const struct mop_loader *l, const struct mop_node *n)
{
    struct mop_sv key = {(const char *)&n, sizeof n};
    const uint64_t *item = mop_map_find(&l->layer_of, key);
    return item ? (const struct mop_layer *)(uintptr_t)*item : NULL;
}

struct mop_node *mop_layer_clone(struct mop_loader *l, const struct mop_node *n,
                                 const struct mop_layer *layer)
{
    struct mop_node *c = mop_arena_alloc(l->a, sizeof *c);
    *c = *n;
    mop_layer_put(l, c, layer);
    if (n->kind == MOP_SCALAR)
        return c;
    c->item = mop_arena_array(l->a, n->n ? n->n : 1, sizeof *c->item);
    for (size_t i = 0; i < n->n; i++)
        c->item[i] = mop_layer_clone(l, n->item[i], layer);
    return c;
}

struct mop_scope mop_scope_at(struct mop_loader *l, struct mop_record *r, struct mop_field *f,
                              const struct mop_node *n)
{
    struct mop_scope s = l->scope;
    const struct mop_layer *layer = n ? mop_layer_of(l, n) : NULL;
    s.record = r;
    s.field = f;
    if (layer) {
        s.prefix = layer->prefix;
        s.set = layer->set;
    }
    const struct mop_rule_file *file = n ? mop_file_of(l->rs, n->at.file) : NULL;
    if (file)
        s.dir = file->dir;
    return s;
}

void *mop_push_room(struct mop_arena *a, const void *arr, size_t n, size_t size)
{
    void *room = mop_arena_array(a, n ? 2 * n : 1, size);
    if (n)
        memcpy(room, arr, n * size);
    return room;
}
