/* SPDX-License-Identifier: MIT */
#include "rules/loader.h"
#include <string.h>

/*
 * Merging of rule files, node by node: mappings by key, a few lists by id or name, all else is
 * replaced. Every node keeps the position it was written at; a merged mapping or list has that of
 * the later file, and remembers the file that brought it.
 */

/* Where in the language a node stands: it decides which lists merge by id. */
enum place {
    AT_TOP,
    AT_FIELD_SETS,
    AT_FIELD_SET,
    AT_LIFECYCLES,
    AT_LIFECYCLE,
    AT_BY_ID,
    AT_ELSEWHERE,
    AT_RECORDS,
    AT_RECORD,
    AT_USE,
    AT_FIELD /* of a record: here a removal may be of what a field set brings */
};

static enum place place_of(enum place parent, struct mop_sv key)
{
    if (parent == AT_TOP && mop_sv_eqs(key, "field_sets"))
        return AT_FIELD_SETS;
    if (parent == AT_FIELD_SETS)
        return AT_FIELD_SET;
    if (parent == AT_TOP && mop_sv_eqs(key, "records"))
        return AT_RECORDS;
    if (parent == AT_RECORDS)
        return AT_RECORD;
    if (parent == AT_RECORD && mop_sv_eqs(key, "use"))
        return AT_USE;
    if (parent == AT_FIELD || (parent == AT_RECORD && mop_sv_eqs(key, "fields")))
        return AT_FIELD;
    if ((parent == AT_TOP || parent == AT_FIELD_SET) && mop_sv_eqs(key, "lifecycles"))
        return AT_LIFECYCLES;
    if ((parent == AT_TOP || parent == AT_FIELD_SET) && mop_sv_eqs(key, "rules"))
        return AT_BY_ID;
    if (parent == AT_TOP && (mop_sv_eqs(key, "reports") || mop_sv_eqs(key, "dataset")))
        return AT_BY_ID;
    if (parent == AT_LIFECYCLE && mop_sv_eqs(key, "stages"))
        return AT_BY_ID;
    return AT_ELSEWHERE;
}

static bool says_remove(const struct mop_node *n)
{
    if (n->kind != MOP_MAPPING || n->null)
        return false;
    const struct mop_node *r = mop_node_get(n, "remove");
    return r && r->kind == MOP_SCALAR && mop_sv_eqs(r->text, "true");
}

/* {remove: true} and nothing else. */
static bool is_removal(const struct mop_node *n)
{
    return says_remove(n) && n->n == 1;
}

/* The id or name by which an entry of a list is known, or NULL. */
static const struct mop_node *entry_id(const struct mop_node *n)
{
    if (n->kind != MOP_MAPPING)
        return NULL;
    const struct mop_node *id = mop_node_get(n, "id");
    if (!id)
        id = mop_node_get(n, "name");
    return id && id->kind == MOP_SCALAR && !id->null ? id : NULL;
}

static struct mop_node *merge(struct mop_loader *l, struct mop_node *base, struct mop_node *over,
                              enum place at);

/* The keys of a mapping, for vocabularies of thousands of values. */
static void index_keys(struct mop_map *m, const struct mop_node *map)
{
    mop_map_init(m);
    for (size_t i = 0; map && i < map->n; i++)
        *mop_map_put(m, map->key[i]->text, NULL) = i;
}

static long key_index(const struct mop_map *m, struct mop_sv key)
{
    const uint64_t *item = mop_map_find(m, key);
    return item ? (long)*item : -1;
}

static struct mop_node *shell(struct mop_loader *l, const struct mop_node *like, size_t room)
{
    struct mop_node *n = mop_arena_alloc(l->a, sizeof *n);
    *n = *like;
    n->n = 0;
    n->item = mop_arena_array(l->a, room ? room : 1, sizeof *n->item);
    n->key =
        like->kind == MOP_MAPPING ? mop_arena_array(l->a, room ? room : 1, sizeof *n->key) : NULL;
    return n;
}

static void put(struct mop_node *map, struct mop_node *key, struct mop_node *value)
{
    if (map->key)
        map->key[map->n] = key;
    map->item[map->n++] = value;
}

static void nothing_to_remove(struct mop_loader *l, const struct mop_node *at, struct mop_sv what)
{
    struct mop_diag *g =
        mop_diag(l->d, MOP_WARN, "nothing-to-remove", at->at, at->span,
                 "'%.*s' is not inherited: there is nothing to remove", MOP_SV_ARG(what));
    mop_diag_hint(l->d, g, "take the entry out");
}

static struct mop_node *merge_mapping(struct mop_loader *l, struct mop_node *base,
                                      struct mop_node *over, enum place at)
{
    struct mop_node *out = shell(l, over, over->n + (base ? base->n : 0));
    struct mop_map in_base, in_over;
    index_keys(&in_base, base);
    index_keys(&in_over, base ? over : NULL);
    for (size_t i = 0; base && i < base->n; i++) {
        long j = key_index(&in_over, base->key[i]->text);
        if (j < 0)
            put(out, base->key[i], base->item[i]);
        else if (is_removal(over->item[j]) && at == AT_FIELD)
            put(out, over->key[j], over->item[j]);
        else if (!is_removal(over->item[j]))
            put(out, over->key[j],
                merge(l, base->item[i], over->item[j], place_of(at, base->key[i]->text)));
    }
    for (size_t j = 0; j < over->n; j++) {
        struct mop_sv key = over->key[j]->text;
        if (key_index(&in_base, key) >= 0)
            continue;
        if (is_removal(over->item[j]) && at == AT_FIELD)
            put(out, over->key[j], over->item[j]);
        else if (is_removal(over->item[j]) && !l->quiet_removals)
            nothing_to_remove(l, over->key[j], key);
        else if (!is_removal(over->item[j]))
            put(out, over->key[j], merge(l, NULL, over->item[j], place_of(at, key)));
    }
    mop_map_release(&in_base);
    mop_map_release(&in_over);
    const struct mop_layer *layer = mop_layer_of(l, base ? base : over);
    if (layer)
        mop_layer_put(l, out, layer);
    return out;
}

/* The entries of a list by id; of doubles the first. */
static void index_entries(struct mop_map *m, const struct mop_node *list)
{
    mop_map_init(m);
    for (size_t i = 0; list && i < list->n; i++) {
        const struct mop_node *e = entry_id(list->item[i]);
        bool added = false;
        uint64_t *item = e ? mop_map_put(m, e->text, &added) : NULL;
        if (added)
            *item = i;
    }
}

/* Entries of the base stay where they are; new ones follow. Doubles within one file stay double, to
 * be told later. */
static struct mop_node *merge_by_id(struct mop_loader *l, struct mop_node *base,
                                    struct mop_node *over, enum place inner)
{
    struct mop_node *out = shell(l, over, over->n + (base ? base->n : 0));
    struct mop_map in_base, in_over;
    index_entries(&in_base, base);
    index_entries(&in_over, over);
    for (size_t i = 0; base && i < base->n; i++) {
        const struct mop_node *id = entry_id(base->item[i]);
        long j = id ? key_index(&in_over, id->text) : -1;
        if (j < 0)
            out->item[out->n++] = base->item[i];
        else if (!says_remove(over->item[j]))
            out->item[out->n++] = merge(l, base->item[i], over->item[j], inner);
    }
    for (size_t j = 0; j < over->n; j++) {
        const struct mop_node *id = entry_id(over->item[j]);
        long i = id ? key_index(&in_base, id->text) : -1;
        if (i >= 0 && key_index(&in_over, id->text) == (long)j)
            continue;
        if (id && says_remove(over->item[j]))
            nothing_to_remove(l, id, id->text);
        else
            out->item[out->n++] = merge(l, NULL, over->item[j], inner);
    }
    mop_map_release(&in_base);
    mop_map_release(&in_over);
    return out;
}

/* ---- field sets ---- */

/* A bare set means its fields: as {fields: ...} it merges with a whole one. */
static struct mop_node *whole_set(struct mop_loader *l, struct mop_node *n)
{
    if (n->null || is_removal(n) || !mop_set_is_bare(n))
        return n;
    struct mop_node *set = shell(l, n, 1), *key = mop_arena_alloc(l->a, sizeof *key);
    *key = *n;
    key->kind = MOP_SCALAR;
    key->text = MOP_SV("fields");
    key->n = 0;
    put(set, key, n);
    return set;
}

static struct mop_sv use_word(const struct mop_node *use, const char *key)
{
    const struct mop_node *n = use;
    if (use->kind == MOP_MAPPING)
        n = mop_node_get(use, key);
    else if (strcmp(key, "set") != 0)
        n = NULL;
    return n && n->kind == MOP_SCALAR && !n->null ? n->text : MOP_SV("");
}

/* A use is known by its set and prefix. */
static long find_use(const struct mop_node *list, const struct mop_node *use)
{
    for (size_t i = 0; i < list->n; i++)
        if (mop_sv_eq(use_word(list->item[i], "set"), use_word(use, "set")) &&
            mop_sv_eq(use_word(list->item[i], "as"), use_word(use, "as")))
            return (long)i;
    return -1;
}

/* One use alone, as a list of one. */
static struct mop_node *use_list(struct mop_loader *l, struct mop_node *n)
{
    if (!n || n->null || n->kind == MOP_LIST)
        return n;
    struct mop_node *list = shell(l, n, 1);
    list->kind = MOP_LIST;
    list->item[list->n++] = n;
    return list;
}

static bool is_use(const struct mop_node *n)
{
    return use_word(n, "set").n > 0;
}

/* What the base uses stays, in its place; an empty list takes none of it. */
static struct mop_node *merge_use(struct mop_loader *l, struct mop_node *base,
                                  struct mop_node *over)
{
    base = use_list(l, base);
    over = use_list(l, over);
    if (base && (base->kind != MOP_LIST || over->n == 0))
        base = NULL;
    struct mop_node *out = shell(l, over, over->n + (base ? base->n : 0));
    for (size_t i = 0; base && i < base->n; i++) {
        long j = is_use(base->item[i]) ? find_use(over, base->item[i]) : -1;
        if (j < 0 || over->item[j]->kind == MOP_SCALAR)
            out->item[out->n++] = base->item[i];
        else if (!says_remove(over->item[j]))
            out->item[out->n++] = merge(l, base->item[i], over->item[j], AT_ELSEWHERE);
    }
    for (size_t j = 0; j < over->n; j++) {
        struct mop_node *n = over->item[j];
        if (is_use(n) && base && find_use(base, n) >= 0)
            continue;
        if (is_use(n) && says_remove(n))
            nothing_to_remove(l, n, use_word(n, "set"));
        else
            out->item[out->n++] = n;
    }
    return out;
}

/* ---- any node ---- */

static const char *origin_of(const struct mop_node *n)
{
    return n->from ? n->from : n->at.file;
}

/* A scalar or list that takes the place of another keeps the name of the file that brought it. */
static struct mop_node *replaced(struct mop_loader *l, const struct mop_node *base,
                                 struct mop_node *over)
{
    if (!base || base->null || is_removal(base))
        return over;
    struct mop_node *n = mop_arena_alloc(l->a, sizeof *n);
    *n = *over;
    n->from = origin_of(base);
    const struct mop_layer *layer = mop_layer_of(l, over);
    if (layer)
        mop_layer_put(l, n, layer);
    return n;
}

static struct mop_node *merge(struct mop_loader *l, struct mop_node *base, struct mop_node *over,
                              enum place at)
{
    if (at == AT_FIELD_SET)
        over = whole_set(l, over);
    if (base && base->kind == MOP_MAPPING && !base->null && over->null)
        return base; /* an empty entry: no key of its own */
    if (at == AT_USE && !over->null)
        return merge_use(l, base, over);
    const struct mop_node *was = base;
    if (base && (base->kind != over->kind || base->null || is_removal(base)))
        base = NULL;
    if (over->null)
        return over;
    if (over->kind == MOP_MAPPING)
        over = merge_mapping(l, base, over, at);
    else if (at == AT_BY_ID || at == AT_LIFECYCLES)
        return merge_by_id(l, base, over, at == AT_LIFECYCLES ? AT_LIFECYCLE : AT_ELSEWHERE);
    return replaced(l, was, over);
}

struct mop_node *mop_merge_files(struct mop_loader *l, struct mop_node *base, struct mop_node *over)
{
    return merge(l, base, over, AT_TOP);
}

struct mop_node *mop_merge_field(struct mop_loader *l, struct mop_node *base, struct mop_node *over)
{
    l->quiet_removals = true;
    struct mop_node *n = merge(l, base, over, AT_ELSEWHERE);
    l->quiet_removals = false;
    return n;
}
