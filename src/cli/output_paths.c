/* SPDX-License-Identifier: MIT */
#include "cli/config_parts.h"
#include "cli/output_paths.h"
#include "report/report.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The files and folders that a run writes, and whether it can. */

void mop_output_paths(const struct mop_check_settings *s,
                      void (*f)(void *ctx, const char *path, bool folder), void *ctx)
{
    const char *const files[] = {s->output, s->findings, s->repairs, s->repairs_undo,
                                 s->write_baseline};
    for (size_t i = 0; i < s->noutputs; i++)
        if (s->outputs[i].file && strcmp(s->outputs[i].file, "-") != 0)
            f(ctx, s->outputs[i].file, false);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (files[i] && strcmp(files[i], "-") != 0)
            f(ctx, files[i], false);
    if (s->findings_dir)
        f(ctx, s->findings_dir, true);
}

const char *mop_output_folder(struct mop_arena *a, const char *path, bool is_folder)
{
    struct stat st;
    size_t n = strlen(path);
    if (is_folder && stat(path, &st) == 0)
        return path;
    while (is_folder && n > 1 && path[n - 1] == '/')
        n--;
    return mop_config_folder(a, mop_arena_str(a, (struct mop_sv){path, n}));
}

bool mop_output_folder_fits(const char *folder)
{
    struct stat st;
    if (stat(folder, &st) != 0)
        return false;
    errno = ENOTDIR;
    return S_ISDIR(st.st_mode) && access(folder, W_OK | X_OK) == 0;
}

struct refused {
    struct mop_arena *a;
    struct mop_err last;
    int why; /* of the last one */
};

static void look(void *ctx, const char *path, bool is_folder)
{
    struct refused *x = ctx;
    if (mop_output_folder_fits(mop_output_folder(x->a, path, is_folder)))
        return;
    int why = errno;
    if (x->last.code)
        mop_cli_error(&x->last);
    x->last = (struct mop_err){0};
    x->why = why;
    mop_err_set(&x->last, 3, (struct mop_loc){0}, "cannot write '%s': %s", path,
                why == ENOTDIR ? is_folder ? "it is not a folder" : "it would stand in a file"
                               : strerror(why));
}

void mop_output_paths_refuse(struct mop_check_settings *s, struct mop_err *e)
{
    struct refused x = {.a = &s->arena};
    mop_output_paths(s, look, &x);
    if (!x.last.code)
        return;
    *e = x.last;
    mop_err_hint(e, "%s; 'mopslint doctor' tells all that a run needs",
                 x.why == ENOENT    ? "make its folder"
                 : x.why == ENOTDIR ? "name a folder"
                                    : "let this user write there");
    for (size_t i = 0; i < s->noutputs;
         i++) { /* nothing can be told there, and that has been said */
        const char *path = s->outputs[i].file ? s->outputs[i].file : s->output;
        s->metrics_told |= s->outputs[i].format->published && path &&
                           !mop_output_folder_fits(mop_output_folder(&s->arena, path, false));
    }
}
