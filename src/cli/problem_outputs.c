/* SPDX-License-Identifier: MIT */
#include "cli/problem_outputs.h"
#include "cli/clash.h"
#include "report/outfile.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- -f ---- */

static int unknown_format(struct mop_sv name, struct mop_err *e)
{
    struct mop_sv names[MOP_FORMATS_MAX];
    size_t n = 0;
    for (; n < MOP_FORMATS_MAX && mop_problem_formats[n]; n++)
        names[n] = mop_sv_of(mop_problem_formats[n]->name);
    return mop_option_no_format(e, name, names, n);
}

static const struct mop_problem_format *find_format(struct mop_sv name)
{
    const struct mop_problem_format *const *f = mop_problem_formats;
    while (*f && !mop_sv_eqs(name, (*f)->name))
        f++;
    return *f;
}

int mop_problem_outputs_format(struct mop_problem_outputs *o, struct mop_arena *a,
                               struct mop_sv arg, struct mop_err *e)
{
    size_t eq = mop_sv_find(arg, '=');
    struct mop_sv name = mop_sv_sub(arg, 0, eq), file = mop_sv_sub(arg, eq + 1, arg.n);
    const struct mop_problem_format *f = find_format(name);
    if (!f)
        return unknown_format(name, e);
    if (eq < arg.n && !file.n) {
        mop_err_set(e, 2, (struct mop_loc){0}, "--format: the file has no name");
        return -1;
    }
    MOP_GROW(o->list, o->n, o->cap);
    o->list[o->n++] = (struct mop_problem_output){f, eq < arg.n ? mop_arena_str(a, file) : NULL};
    return 0;
}

/* ---- where to ---- */

/* NULL: standard output. */
static const char *file_of(const struct mop_problem_outputs *o, size_t i)
{
    const char *file = o->list[i].file ? o->list[i].file : o->output;
    return file && strcmp(file, "-") == 0 ? NULL : file;
}

static bool is_same(const char *a, const char *b)
{
    return a && b ? mop_clash_same(a, b) : a == b;
}

static int check_output(const struct mop_problem_outputs *o, size_t at, struct mop_err *e)
{
    const char *file = file_of(o, at);
    for (size_t i = 0; i < at; i++)
        if (is_same(file, file_of(o, i))) {
            mop_err_set(e, 2, (struct mop_loc){0}, "--format: %s and %s go both to '%s'",
                        o->list[i].format->name, o->list[at].format->name,
                        file ? file : "standard output");
            mop_err_hint(e, "give each a file of its own: -f %s=FILE", o->list[at].format->name);
            return -1;
        }
    for (size_t i = 0; file && i < o->ninputs; i++)
        if (is_same(file, o->inputs[i])) {
            mop_err_set(e, 2, (struct mop_loc){0}, "--format: '%s' is a file that this run reads",
                        file);
            return -1;
        }
    return 0;
}

/* Without -f the one output is the first format, text. */
static struct mop_problem_outputs with_default(const struct mop_problem_outputs *o,
                                               struct mop_problem_output *text)
{
    struct mop_problem_outputs all = *o;
    *text = (struct mop_problem_output){mop_problem_formats[0], NULL};
    if (!all.n) {
        all.list = text;
        all.n = 1;
    }
    return all;
}

int mop_problem_outputs_check(const struct mop_problem_outputs *o, struct mop_err *e)
{
    struct mop_problem_output text;
    struct mop_problem_outputs all = with_default(o, &text);
    for (size_t i = 0; i < all.n; i++)
        if (check_output(&all, i, e))
            return -1;
    return 0;
}

/* ---- writing ---- */

static int write_one(const struct mop_problem_format *f, const char *path,
                     const struct mop_problems *p, struct mop_err *e)
{
    struct mop_problem_options po = {.color = !path && mop_cli_color(STDOUT_FILENO)};
    struct mop_outfile *file = mop_outfile_open(path, false, e);
    struct mop_out out;
    if (!file)
        return -1;
    mop_out_init(&out, mop_outfile_write, file);
    int rc = f->write(p, &po, &out, e);
    mop_out_release(&out);
    if (!rc)
        return mop_outfile_commit(file, e);
    mop_outfile_abort(file);
    return -1;
}

int mop_problem_outputs_write(const struct mop_problem_outputs *o, const struct mop_problems *p,
                              struct mop_err *e)
{
    struct mop_problem_output text;
    struct mop_problem_outputs all = with_default(o, &text);
    for (size_t i = 0; i < all.n; i++) {
        const char *path = file_of(&all, i);
        if ((path || !o->quiet) && write_one(all.list[i].format, path, p, e))
            return -1;
    }
    return 0;
}

void mop_problem_outputs_release(struct mop_problem_outputs *o)
{
    free(o->list);
    *o = (struct mop_problem_outputs){0};
}
