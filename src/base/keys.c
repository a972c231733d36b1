/* SPDX-License-Identifier: MIT */
#include "keys.h"

#include "text.h"

#include <stdio.h>
#include <stdlib.h>

enum { MESSAGE = 400, LISTED_KEYS = 8 };

const struct mop_key *mop_key_find(const struct mop_key_table *t, struct mop_sv name)
{
    for (const struct mop_key *k = t->keys; k->name; k++)
        if (mop_sv_eqs(name, k->name))
            return k;
    return NULL;
}

static bool is_more(const struct mop_key_faults *f, struct mop_sv name)
{
    for (size_t i = 0; i < f->nmore; i++)
        if (mop_sv_eq(f->more[i], name))
            return true;
    return false;
}

bool mop_did_you_mean(char *out, size_t cap, struct mop_sv word, const struct mop_sv *names,
                      size_t n)
{
    struct mop_sv meant = mop_synonym(word, names, n);
    if (meant.n)
        snprintf(out, cap, "did you mean '%.*s'?", MOP_SV_ARG(meant));
    return meant.n > 0;
}

__attribute__((format(printf, 5, 6))) static void tell(const struct mop_key_faults *f,
                                                       const char *id, const struct mop_node *at,
                                                       const char *hint, const char *fmt, ...)
{
    char msg[MESSAGE];
    va_list ap;
    va_start(ap, fmt);
    mop_text_format(msg, sizeof msg, fmt, ap);
    va_end(ap);
    f->fault(f->ctx, id, at, msg, hint);
}

bool mop_list_keys(char *out, size_t cap, const struct mop_sv *words, size_t n)
{
    size_t at = 0;
    if (!n || n > LISTED_KEYS)
        return false;
    for (size_t i = 0; i < n && at < cap; i++)
        at += (size_t)snprintf(out + at, cap - at, "%s%.*s", i ? ", " : "the keys here are ",
                               MOP_SV_ARG(words[i]));
    return at < cap;
}

static void unknown_key(const struct mop_key_table *t, const struct mop_node *key,
                        const struct mop_key_faults *f)
{
    char hint[MESSAGE];
    size_t n = 0;
    for (const struct mop_key *k = t->keys; k->name; k++)
        n++;
    struct mop_sv *words = mop_calloc(n + f->nmore + 1, sizeof *words);
    for (size_t i = 0; i < n; i++)
        words[i] = mop_sv_of(t->keys[i].name);
    for (size_t i = 0; i < f->nmore; i++)
        words[n++] = f->more[i];
    bool helped = mop_did_you_mean(hint, sizeof hint, key->text, words, n) ||
                  mop_list_keys(hint, sizeof hint, words, n);
    tell(f, "unknown-key", key, helped ? hint : NULL, "unknown key '%.*s' in %s",
         MOP_SV_ARG(key->text), t->what);
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
    if (n->open)
        return true;
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

static bool is_empty(const struct mop_node *n)
{
    return !n->open && n->kind == MOP_SCALAR && (n->null || !n->text.n);
}

/* What stands in the list, or in the mapping by names of the user's own. */
static void check_inner(const struct mop_key *k, const struct mop_node *value,
                        const struct mop_key_faults *f)
{
    if (k->shape & MOP_SHAPE_FULL && !value->null && is_empty(value))
        tell(f, "wrong-type", value, k->doc, "'%s' has no value", k->name);
    for (size_t i = 0; k->shape & (MOP_SHAPE_TEXTS | MOP_SHAPE_FULL) && i < value->n; i++) {
        const struct mop_node *x = value->item[i];
        if (x->open)
            continue;
        if (k->shape & MOP_SHAPE_FULL && is_empty(x))
            tell(f, "wrong-type", x, k->doc, "an entry of '%s' has no value", k->name);
        else if (k->shape & MOP_SHAPE_TEXTS && !x->null && x->kind != MOP_SCALAR)
            tell(f, "wrong-type", x, k->doc, "an entry of '%s' is text", k->name);
    }
}

static void check_key(const struct mop_key_table *t, const struct mop_node *key,
                      const struct mop_node *value, const struct mop_key_faults *f)
{
    const struct mop_key *k = mop_key_find(t, key->text);
    char hint[MESSAGE];
    if (!k) {
        if (!mop_sv_starts(key->text, MOP_SV("x-")) && !is_more(f, key->text))
            unknown_key(t, key, f);
        return;
    }
    if (shape_fits(value, k->shape)) {
        check_inner(k, value, f);
        return;
    }
    snprintf(hint, sizeof hint, "it takes %s: %s", shape_words(k->shape), k->doc);
    if (value->null)
        tell(f, "wrong-type", key, hint, "'%s' has no value", k->name);
    else
        tell(f, "wrong-type", value, hint, "'%s' holds the wrong kind of value", k->name);
}

int mop_key_table_check(const struct mop_key_table *t, const struct mop_node *map,
                        const struct mop_key_faults *f)
{
    if (map->null || map->open)
        return -1;
    if (map->kind != MOP_MAPPING) {
        tell(f, "wrong-type", map, NULL, "%s is written as a mapping of keys and values", t->what);
        return -1;
    }
    for (size_t i = 0; i < map->n; i++)
        check_key(t, map->key[i], map->item[i], f);
    return 0;
}

const struct mop_node *mop_key_table_get(const struct mop_key_table *t, const struct mop_node *map,
                                         const char *key)
{
    if (!map || map->kind != MOP_MAPPING)
        return NULL;
    const struct mop_node *n = mop_node_get(map, key);
    const struct mop_key *k = mop_key_find(t, mop_sv_of(key));
    return n && !n->null && !n->open && k && shape_fits(n, k->shape) ? n : NULL;
}
