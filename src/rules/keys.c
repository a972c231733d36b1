/* SPDX-License-Identifier: MIT */
#include "rules/keys.h"
#include <stdlib.h>

static const struct mop_key *key_find(const struct mop_key_table *t, struct mop_sv name)
{
    for (const struct mop_key *k = t->keys; k->name; k++)
        if (mop_sv_eqs(name, k->name))
            return k;
    return NULL;
}

/* A kind that may be written as a key under a field. */
static const struct mop_kind *key_kind(const struct mop_key_table *t, struct mop_sv name)
{
    const struct mop_kind *k = t->kinds ? mop_kind_find(name) : NULL;
    return k && !(k->flags & MOP_K_HIDDEN) && (k->flags & MOP_K_ASSERT) &&
                   !(k->flags & MOP_K_RECORD)
               ? k
               : NULL;
}

bool mop_keys_has(const struct mop_key_table *t, struct mop_sv key)
{
    return mop_sv_starts(key, MOP_SV("x-")) || key_find(t, key) || key_kind(t, key);
}

static void suggest_key(struct mop_scope *s, const struct mop_key_table *t, struct mop_sv key)
{
    struct mop_sv *words = NULL;
    size_t n = 0;
    for (const struct mop_key *k = t->keys; k->name; k++)
        n++;
    size_t kinds = 0;
    while (t->kinds && mop_kinds[kinds])
        kinds++;
    words = mop_calloc(n + kinds, sizeof *words);
    for (size_t i = 0; i < n; i++)
        words[i] = mop_sv_of(t->keys[i].name);
    for (size_t i = 0; i < kinds; i++)
        if (key_kind(t, mop_sv_of(mop_kinds[i]->name)))
            words[n++] = mop_sv_of(mop_kinds[i]->name);
    long best = mop_suggest(key, words, n);
    if (best >= 0)
        mop_scope_hint(s, "did you mean '%.*s'?", MOP_SV_ARG(words[best]));
    free(words);
}

static const char *shape_words(unsigned shape)
{
    static const char *const words[] = {"nothing",
                                        "a single value",
                                        "a list",
                                        "a single value or a list",
                                        "a mapping",
                                        "a single value or a mapping",
                                        "a list or a mapping",
                                        "a value, a list or a mapping"};
    return words[shape & 7];
}

static bool shape_fits(const struct mop_node *n, unsigned shape)
{
    if (n->null)
        return shape & MOP_SHAPE_EMPTY;
    switch (n->kind) {
    case MOP_SCALAR:
        return shape & MOP_SHAPE_SCALAR;
    case MOP_LIST:
        return shape & MOP_SHAPE_LIST;
    case MOP_MAPPING:
        return shape & MOP_SHAPE_MAPPING;
    }
    return false;
}

static void check_key(struct mop_scope *s, const struct mop_node *key, const struct mop_node *value,
                      const struct mop_key_table *t)
{
    const struct mop_key *k = key_find(t, key->text);
    if (!k) {
        if (mop_keys_has(t, key->text))
            return;
        mop_scope_fault(s, "unknown-key", key, "unknown key '%.*s' in %s", MOP_SV_ARG(key->text),
                        t->what);
        suggest_key(s, t, key->text);
    } else if (!shape_fits(value, k->shape)) {
        const struct mop_node *at = value->null ? key : value;
        mop_scope_fault(s, "wrong-type", at,
                        value->null ? "'%s' has no value" : "'%s' holds the wrong kind of value",
                        k->name);
        mop_scope_hint(s, "it takes %s: %s", shape_words(k->shape), k->doc);
    }
}

int mop_keys_check(struct mop_scope *s, const struct mop_node *map, const struct mop_key_table *t)
{
    if (map->null)
        return -1;
    if (map->kind != MOP_MAPPING) {
        mop_scope_fault(s, "wrong-type", map, "%s is written as a mapping of keys and values",
                        t->what);
        return -1;
    }
    for (size_t i = 0; i < map->n; i++)
        check_key(s, map->key[i], map->item[i], t);
    return 0;
}

const struct mop_node *mop_keys_get(const struct mop_node *map, const struct mop_key_table *t,
                                    const char *key)
{
    if (!map || map->kind != MOP_MAPPING)
        return NULL;
    const struct mop_node *n = mop_node_get(map, key);
    const struct mop_key *k = key_find(t, mop_sv_of(key));
    return n && !n->null && k && shape_fits(n, k->shape) ? n : NULL;
}
