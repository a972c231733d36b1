/* SPDX-License-Identifier: MIT */
#include "cli/config_parts.h"
#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Where paths of mopslint.yaml lead. */

const char *mop_config_join(struct mop_arena *a, const char *dir, struct mop_sv path)
{
    if (path.n && path.p[0] == '/')
        return mop_arena_str(a, path);
    return mop_arena_printf(a, "%s/%.*s", dir, MOP_SV_ARG(path)).p;
}

/* Does the name say that it leads out? */
static bool names_outside(struct mop_sv path)
{
    struct mop_sv rest = path, piece;
    if (path.n && path.p[0] == '/')
        return true;
    while (mop_sv_next(&rest, '/', &piece))
        if (mop_sv_eqs(piece, ".."))
            return true;
    return false;
}

const char *mop_config_folder(struct mop_arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');
    return !slash          ? "."
           : slash == path ? "/"
                           : mop_arena_printf(a, "%.*s", (int)(slash - path), path).p;
}

bool mop_config_links_outside(struct mop_arena *a, const char *dir, const char *path)
{
    char top[PATH_MAX], real[PATH_MAX];
    if (!realpath(dir, top))
        return true;
    if (!realpath(path, real) && !realpath(mop_config_folder(a, path), real))
        return false; /* there is neither: nothing to be read or written */
    size_t n = strcmp(top, "/") ? strlen(top) : 0;
    return strncmp(real, top, n) != 0 || (real[n] && real[n] != '/');
}

/* A folder that is written into may hold links as well. */
static bool holds_links_outside(struct mop_arena *a, const char *dir, const char *path)
{
    DIR *d = opendir(path);
    const struct dirent *entry;
    bool bad = false;
    while (d && !bad && (entry = readdir(d)))
        bad = strcmp(entry->d_name, "..") != 0 &&
              mop_config_links_outside(a, dir, mop_arena_printf(a, "%s/%s", path, entry->d_name).p);
    if (d)
        closedir(d);
    return bad;
}

bool mop_config_leaves(const struct mop_config_reading *r, struct mop_sv text)
{
    struct mop_arena *a = &r->s->arena;
    const char *path = mop_config_join(a, r->dir, text);
    return names_outside(text) || mop_config_links_outside(a, r->dir, path) ||
           holds_links_outside(a, r->dir, path);
}
