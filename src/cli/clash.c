/* SPDX-License-Identifier: MIT */
#include "cli/clash.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct named {
    const char *option, *path;
};
struct names {
    struct named *list;
    size_t n, cap;
};

static void add(struct names *l, const char *option, const char *path)
{
    if (!path || strcmp(path, "-") == 0)
        return;
    MOP_GROW(l->list, l->n, l->cap);
    l->list[l->n++] = (struct named){option, path};
}

static const char *without_dot(const char *path)
{
    while (path[0] == '.' && path[1] == '/')
        path += 2;
    return path;
}

/* Devices and pipes may stand for two. A file that is not there yet is known by its name only. */
bool mop_clash_same(const char *a, const char *b)
{
    struct stat x, y;
    bool has_a = stat(a, &x) == 0, has_b = stat(b, &y) == 0;
    if (has_a && has_b)
        return S_ISREG(x.st_mode) && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
    return !has_a && !has_b && strcmp(without_dot(a), without_dot(b)) == 0;
}

static void list_outputs(const struct mop_outputs *o, struct names *l)
{
    const struct mop_check_settings *s = o->s;
    for (size_t i = 0; i < o->nreports; i++)
        add(l, o->reports[i].to.file == s->output ? "--output" : "--format", o->reports[i].to.file);
    add(l, "--findings", s->findings);
    add(l, "--write-baseline", s->write_baseline);
    add(l, "--history", s->history);
    for (size_t i = 0; i < o->repairs.nsources; i++) {
        add(l, "--repairs", o->repairs.to ? o->repairs.to[i].path : NULL);
        add(l, "--repairs-undo", o->repairs.undo ? o->repairs.undo[i].path : NULL);
    }
}

static void list_inputs(const struct mop_check_settings *s, const struct mop_ruleset *rs,
                        struct names *l)
{
    for (size_t i = 0; i < s->nsources; i++)
        add(l, "a source", s->sources[i].name);
    for (size_t i = 0; i < rs->nfiles; i++)
        add(l, "a file of the taxonomy", rs->files[i].path);
    add(l, "the settings", s->config);
}

static int check_output(const struct names *out, size_t at, const struct names *in,
                        struct mop_err *e)
{
    const struct named *x = &out->list[at];
    for (size_t i = 0; i < in->n; i++)
        if (mop_clash_same(x->path, in->list[i].path)) {
            mop_err_set(e, 2, (struct mop_loc){0}, "%s: '%s' is %s of this run", x->option, x->path,
                        in->list[i].option);
            return -1;
        }
    for (size_t i = 0; i < at; i++)
        if (mop_clash_same(x->path, out->list[i].path)) {
            mop_err_set(e, 2, (struct mop_loc){0}, "%s: '%s' is written by %s already", x->option,
                        x->path, out->list[i].option);
            return -1;
        }
    return 0;
}

int mop_clash_check(const struct mop_outputs *o, const struct mop_ruleset *rs, struct mop_err *e)
{
    struct names out = {0}, in = {0};
    int rc = 0;
    list_outputs(o, &out);
    list_inputs(o->s, rs, &in);
    for (size_t i = 0; i < out.n && !rc; i++)
        rc = check_output(&out, i, &in, e);
    free(out.list);
    free(in.list);
    return rc;
}
