/* SPDX-License-Identifier: MIT */
#include "rules/keys.h"
#include <stdlib.h>

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
    return mop_sv_starts(key, MOP_SV("x-")) || mop_key_find(t, key) || key_kind(t, key);
}

/* What a check may have stands in the check, not beside it. */
static void of_a_check(void *ctx, const char *id, const struct mop_node *at, const char *msg,
                       const char *hint)
{
    mop_scope_fault(ctx, id, at, "%s", msg);
    if (at->kind == MOP_SCALAR && mop_key_find(&mop_keys_common, at->text))
        mop_scope_hint(ctx, "it is of one check: required: {severity: error, %.*s: ..}",
                       MOP_SV_ARG(at->text));
    else if (hint)
        mop_scope_hint(ctx, "%s", hint);
}

static void fault(void *ctx, const char *id, const struct mop_node *at, const char *msg,
                  const char *hint)
{
    mop_scope_fault(ctx, id, at, "%s", msg);
    if (hint)
        mop_scope_hint(ctx, "%s", hint);
}

int mop_keys_check(struct mop_scope *s, const struct mop_node *map, const struct mop_key_table *t)
{
    struct mop_sv *names = NULL;
    size_t n = 0, kinds = 0;
    while (t->kinds && mop_kinds[kinds])
        kinds++;
    if (kinds)
        names = mop_calloc(kinds, sizeof *names);
    for (size_t i = 0; i < kinds; i++)
        if (key_kind(t, mop_sv_of(mop_kinds[i]->name)))
            names[n++] = mop_sv_of(mop_kinds[i]->name);
    int rc = mop_key_table_check(
        t, map, &(struct mop_key_faults){t->kinds ? of_a_check : fault, s, names, n});
    free(names);
    return rc;
}

const struct mop_node *mop_keys_get(const struct mop_node *map, const struct mop_key_table *t,
                                    const char *key)
{
    return mop_key_table_get(t, map, key);
}
