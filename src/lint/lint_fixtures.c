/* SPDX-License-Identifier: MIT */
#include "lint/walk.h"
#include "rules/loader.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Fixtures that tests name: a file that is not there would first be missed by 'rules test'. */

/* Why it cannot be read, or 0. */
static int fault_of(const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0 || access(path, R_OK) != 0)
        return errno;
    return S_ISDIR(st.st_mode) ? EISDIR : 0;
}

bool mop_lint_fixture(struct mop_diags *d, const struct mop_node *file, const char *path)
{
    int why = fault_of(path);
    if (!why)
        return true;
    struct mop_diag *g =
        mop_diag(d, MOP_FAULT, "unreadable-file", file->at, file->span,
                 "cannot read fixture '%.*s': %s", MOP_SV_ARG(file->text), strerror(why));
    mop_diag_hint(d, g, "paths start from the folder of this file");
    return false;
}

void mop_lint_fixtures(struct mop_ruleset *rs, struct mop_diags *d)
{
    for (size_t i = 0; rs->tests && rs->tests->kind == MOP_LIST && i < rs->tests->n; i++) {
        const struct mop_node *file = mop_lint_get(rs->tests->item[i], "file");
        const char *slash = file && file->at.file ? strrchr(file->at.file, '/') : NULL;
        struct mop_sv dir =
            slash ? (struct mop_sv){file->at.file, (size_t)(slash - file->at.file)} : MOP_SV(".");
        if (file && file->kind == MOP_SCALAR)
            mop_lint_fixture(d, file,
                             mop_join(&rs->arena, mop_arena_str(&rs->arena, dir), file->text));
    }
}
