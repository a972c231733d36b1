/* SPDX-License-Identifier: MIT */
#include "yaml.h"
#include "text.h"

long mop_node_index(const struct mop_node *map, struct mop_sv key)
{
    if (!map || map->kind != MOP_MAPPING)
        return -1;
    for (size_t i = 0; i < map->n; i++)
        if (mop_sv_eq(map->key[i]->text, key))
            return (long)i;
    return -1;
}

struct mop_node *mop_node_get(const struct mop_node *map, const char *key)
{
    long i = mop_node_index(map, mop_sv_of(key));
    return i < 0 ? NULL : map->item[i];
}

void mop_node_fault(struct mop_diags *d, const char *id, const struct mop_node *at,
                    const char *hint, const char *fmt, va_list ap)
{
    char msg[400];
    mop_text_format(msg, sizeof msg, fmt, ap);
    struct mop_diag *g = mop_diag(d, MOP_FAULT, id, at->at, at->span, "%s", msg);
    if (hint)
        mop_diag_hint(d, g, "%s", hint);
}
