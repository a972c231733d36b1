/* SPDX-License-Identifier: MIT */
#include "report/problems_parts.h"
#include "base/utf8.h"
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Where a problem stands, as platforms want to be told. */

struct mop_loc mop_problem_place(const struct mop_problems *p, const struct mop_problem *x)
{
    struct mop_loc none = {0};
    if (x->at.file)
        return x->at;
    if (p->rules[x->rule].at.file)
        return p->rules[x->rule].at;
    if (p->sources && p->sources->nfiles)
        return (struct mop_loc){p->sources->files[0].name, 1, 1};
    return none;
}

/* ---- paths ---- */

/* Takes the last folder off; false where there is none to take. */
static bool go_up(struct mop_buf *b)
{
    size_t from = b->n;
    while (from > 0 && b->p[from - 1] != '/')
        from--;
    struct mop_sv last = mop_sv_sub(mop_buf_view(b), from, b->n);
    if (!last.n || mop_sv_eqs(last, ".."))
        return false;
    b->n = from > 1 ? from - 1 : from;
    return true;
}

static void go_down(struct mop_buf *b, struct mop_sv name)
{
    if (b->n && b->p[b->n - 1] != '/')
        mop_buf_chr(b, '/');
    mop_buf_sv(b, name);
}

static void add_path(struct mop_buf *b, struct mop_sv path)
{
    struct mop_sv name;
    if (mop_sv_starts(path, MOP_SV("/")))
        mop_buf_chr(b, '/');
    while (mop_sv_next(&path, '/', &name)) {
        if (!name.n || mop_sv_eqs(name, "."))
            continue;
        if (!mop_sv_eqs(name, "..") || !go_up(b))
            go_down(b, name);
    }
}

static bool is_file(struct mop_sv dir, const char *name)
{
    char path[PATH_MAX];
    int n = snprintf(path, sizeof path, "%.*s/%s", MOP_SV_ARG(dir), name);
    return n > 0 && (size_t)n < sizeof path && access(path, F_OK) == 0;
}

/* Of the repository that the working directory is in: where `.git` is, a folder or, in a worktree
 * or a submodule, a file. The working directory itself where there is none. */
static struct mop_sv root_of(struct mop_sv here)
{
    for (struct mop_sv dir = here; dir.n > 1; dir.n--) {
        if (dir.n < here.n && here.p[dir.n] != '/')
            continue;
        if (is_file(dir, ".git"))
            return dir;
    }
    return here;
}

/* Below the root without it; what stands outside, and what is no file, as it was named. */
static struct mop_sv below_root(struct mop_buf *b, const char *file, struct mop_sv path)
{
    char cwd[PATH_MAX];
    bool whole_path = file[0] == '/';
    if (!getcwd(cwd, sizeof cwd) || (!whole_path && access(file, F_OK)))
        return path;
    struct mop_sv here = mop_sv_of(cwd), root = root_of(here);
    if (!whole_path)
        add_path(b, here);
    add_path(b, path);
    struct mop_sv whole = mop_buf_view(b);
    bool below = mop_sv_starts(whole, root) && whole.n > root.n + 1 && whole.p[root.n] == '/';
    return below ? mop_sv_sub(whole, root.n + 1, whole.n) : path;
}

struct mop_sv mop_problem_path(struct mop_arena *a, const char *file)
{
    struct mop_buf b, whole;
    mop_buf_init(&b, SIZE_MAX);
    mop_buf_init(&whole, SIZE_MAX);
    add_path(&b, mop_sv_of(file));
    struct mop_sv path = mop_arena_copy(a, below_root(&whole, file, mop_buf_view(&b)));
    mop_buf_release(&b);
    mop_buf_release(&whole);
    return path.n ? path : MOP_SV(".");
}

/* ---- columns ---- */

static uint32_t units(struct mop_sv line, size_t from, size_t to)
{
    uint32_t n = 0;
    struct mop_sv s = mop_sv_sub(line, from, to);
    for (size_t i = 0; i < s.n;)
        n += mop_utf8_next(s, &i) > 0xFFFF ? 2 : 1;
    return n;
}

struct mop_problem_region mop_problem_region_of(struct mop_problem_lines *l, struct mop_loc at,
                                                uint32_t span)
{
    struct mop_sv line = mop_problem_lines_get(l, at);
    uint32_t row = at.line ? at.line : 1;
    if (!line.p)
        return (struct mop_problem_region){row, at.col ? at.col : 1, (at.col ? at.col : 1) + span};
    if (!at.col) /* all of it */
        return (struct mop_problem_region){row, 1, units(line, 0, line.n) + 1};
    size_t from = at.col - 1 < line.n ? at.col - 1 : line.n;
    size_t to = span < line.n - from ? from + span : line.n;
    uint32_t col = units(line, 0, from) + 1;
    return (struct mop_problem_region){row, col, col + units(line, from, to)};
}
