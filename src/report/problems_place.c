/* SPDX-License-Identifier: MIT */
#include "report/problems_parts.h"
#include "base/utf8.h"
#include <limits.h>
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

/* Without the working directory before it. */
static struct mop_sv below_here(struct mop_sv path)
{
    char here[PATH_MAX];
    if (!mop_sv_starts(path, MOP_SV("/")) || !getcwd(here, sizeof here))
        return path;
    size_t n = strlen(here);
    bool below = mop_sv_starts(path, mop_sv_of(here)) && path.n > n + 1 && path.p[n] == '/';
    return below ? mop_sv_sub(path, n + 1, path.n) : path;
}

struct mop_sv mop_problem_path(struct mop_arena *a, const char *file)
{
    struct mop_buf b;
    mop_buf_init(&b, SIZE_MAX);
    add_path(&b, mop_sv_of(file));
    struct mop_sv path = mop_arena_copy(a, below_here(mop_buf_view(&b)));
    mop_buf_release(&b);
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
