/* SPDX-License-Identifier: MIT */
#ifndef MOP_BASE_KEYS_H
#define MOP_BASE_KEYS_H
#include "yaml.h"

/*
 * The keys of a mapping as data, for every language written in YAML here: unknown keys (with a
 * did-you-mean) and wrong shapes are faults at the key's place.
 */

/* What may stand under a key. An empty value (null) passes only where MOP_SHAPE_EMPTY says
 * so, a value to come (mop_node.open) anywhere. */
enum mop_shape {
    MOP_SHAPE_SCALAR = 1,
    MOP_SHAPE_LIST = 2,
    MOP_SHAPE_MAPPING = 4,
    MOP_SHAPE_EMPTY = 8,
    /* Of what a list holds, and a mapping by names of the user's own: */
    MOP_SHAPE_TEXTS = 16, /* no lists or mappings */
    MOP_SHAPE_FULL = 32   /* nothing empty; no single value is, either */
};
struct mop_key {
    const char *name; /* "*" stands for any key (names chosen by the user); last */
    unsigned shape;
    const char *schema; /* JSON Schema fragment, or NULL */
    const char *doc;    /* one line */
};
struct mop_key_table {
    const char *name;           /* in $defs of the schema */
    const char *what;           /* "a record type": for messages */
    const struct mop_key *keys; /* ends with name NULL */
    bool kinds;                 /* also names that its language knows: mop_key_faults.more */
    const char *must;           /* JSON Schema members that every such mapping keeps, or NULL */
};
/* Where faults go. */
struct mop_key_faults {
    void (*fault)(void *ctx, const char *id, const struct mop_node *at, const char *msg,
                  const char *hint); /* hint may be NULL */
    void *ctx;
    const struct mop_sv *more; /* further names that may stand in this table */
    size_t nmore;
};
/*
 * -1 if `map` is no mapping (fault), null or open (none); else 0: faults in single keys do not stop
 * the caller. Keys that begin with x- are free.
 */
int mop_key_table_check(const struct mop_key_table *t, const struct mop_node *map,
                        const struct mop_key_faults *f);
const struct mop_key *mop_key_find(const struct mop_key_table *t, struct mop_sv name);
/* The value of a key if it is there, not null or open and of the table's shape; else NULL. */
const struct mop_node *mop_key_table_get(const struct mop_key_table *t, const struct mop_node *map,
                                         const char *key);
/* The name among `names` that is meant, as "did you mean 'x'?"; false if none is near. */
bool mop_did_you_mean(char *out, size_t cap, struct mop_sv word, const struct mop_sv *names,
                      size_t n);
/* "the keys here are a, b", where no key is near; false: there are none, or too many to say
 * anything.
 */
bool mop_list_keys(char *out, size_t cap, const struct mop_sv *words, size_t n);
/* Which of `known` was meant: what other tools call so ("number": decimal), else the nearest in
 * spelling; MOP_SV_NONE: none. */
struct mop_sv mop_synonym(struct mop_sv word, const struct mop_sv *known, size_t n);
#endif
