/* SPDX-License-Identifier: MIT */
#ifndef MOP_JSON_POINTER_H
#define MOP_JSON_POINTER_H
#include "../base/mem.h"

/*
 * JSON Pointer (RFC 6901) with one addition: a token that is a lone * stands for every element of
 * an array and every value of an object. `` is the whole document.
 */
struct json_t;
struct mop_pointer {
    struct mop_sv text;
    struct mop_pointer_token {
        struct mop_sv name; /* ~0 and ~1 decoded, NUL-terminated */
        bool every;
    } * token;
    size_t n;
    bool many; /* a token is * */
};
/* NULL on success, else what is wrong with it, and *at the byte. Lives in `a`. */
const char *mop_pointer_compile(struct mop_pointer *p, struct mop_arena *a, struct mop_sv text,
                                size_t *at);
/* The value (of a pointer with *: the first), or NULL. */
struct json_t *mop_pointer_get(const struct mop_pointer *p, struct json_t *root);
/* Calls for each value in order; nonzero ends the walk and is returned. */
int mop_pointer_each(const struct mop_pointer *p, struct json_t *root,
                     int (*each)(void *ctx, struct json_t *v), void *ctx);
/* Is there an array (where `members`: or an object) at each place of the document where a * looks
 * for items? */
bool mop_pointer_has_lists(const struct mop_pointer *p, bool members, struct json_t *root);
/* How many items the last * stands for, whether what follows it is in them or not. */
size_t mop_pointer_items(const struct mop_pointer *p, struct json_t *root);
/* What the part before the first * points at: where a list of records should be. NULL: nothing. */
struct json_t *mop_pointer_container(const struct mop_pointer *p, struct json_t *root);
#endif
