/* SPDX-License-Identifier: MIT */
#include "rules/loader.h"
#include <string.h>

/* Rule files that the history kept: found by the paths they had, without a look at the disk. */

/* "sub/../base.yaml" and "./base.yaml" are "base.yaml"; links are taken for folders. */
static struct mop_sv plain_path(struct mop_arena *a, const char *path)
{
    struct mop_sv rest = mop_sv_of(path), piece;
    char *out = mop_arena_alloc(a, rest.n + 2);
    size_t n = 0;
    if (path[0] == '/')
        out[n++] = '/';
    while (mop_sv_next(&rest, '/', &piece)) {
        size_t last = n;
        while (last && out[last - 1] != '/')
            last--;
        bool climbs = mop_sv_eqs(piece, "..") && n > last &&
                      !mop_sv_eqs((struct mop_sv){out + last, n - last}, "..");
        if (!piece.n || mop_sv_eqs(piece, "."))
            continue;
        if (climbs) {
            n = last > 1 ? last - 1 : last;
            continue;
        }
        if (n && out[n - 1] != '/')
            out[n++] = '/';
        memcpy(out + n, piece.p, piece.n);
        n += piece.n;
    }
    return (struct mop_sv){out, n};
}

const struct mop_rule_file *mop_kept_file(struct mop_arena *a, const struct mop_load_options *o,
                                          const char *path)
{
    struct mop_sv want = plain_path(a, path);
    for (size_t i = 0; i < o->nkept; i++)
        if (mop_sv_eq(plain_path(a, o->kept[i].path), want))
            return &o->kept[i];
    return NULL;
}

const struct mop_rule_file *mop_kept_pack(const struct mop_load_options *o, struct mop_sv name)
{
    for (size_t i = 0; i < o->nkept; i++)
        if (o->kept[i].as_pack.n && mop_sv_eq(o->kept[i].as_pack, name))
            return &o->kept[i];
    return NULL;
}
