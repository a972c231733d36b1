/* SPDX-License-Identifier: MIT */
#include "cli/gate_outputs.h"
#include "cli/clash.h"
#include "report/outfile.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct mop_checklist_format *find_format(struct mop_sv name)
{
    size_t i = 0;
    while (mop_checklist_formats[i] && !mop_sv_eqs(name, mop_checklist_formats[i]->name))
        i++;
    return mop_checklist_formats[i];
}

static int unknown_format(struct mop_sv name, struct mop_err *e)
{
    struct mop_sv names[MOP_FORMATS_MAX];
    size_t n = 0;
    for (; n < MOP_FORMATS_MAX && mop_checklist_formats[n]; n++)
        names[n] = mop_sv_of(mop_checklist_formats[n]->name);
    return mop_option_no_format(e, name, names, n);
}

int mop_gate_outputs_format(struct mop_gate_outputs *o, struct mop_arena *a, struct mop_sv arg,
                            struct mop_err *e)
{
    size_t eq = mop_sv_find(arg, '=');
    struct mop_sv name = mop_sv_sub(arg, 0, eq), file = mop_sv_sub(arg, eq + 1, arg.n);
    const struct mop_checklist_format *f = find_format(name);
    if (!f)
        return unknown_format(name, e);
    if (eq < arg.n && !file.n)
        return mop_option_refuse(e, "format", arg, "a format with the name of a file");
    MOP_GROW(o->list, o->n, o->cap);
    o->list[o->n++] = (struct mop_gate_output){f, eq < arg.n ? mop_arena_str(a, file) : NULL};
    return 0;
}

/* ---- where to ---- */

struct target {
    const char *what, *file; /* NULL: standard output */
};

static const char *plain(const char *file)
{
    return file && strcmp(file, "-") == 0 ? NULL : file;
}

static size_t targets(const struct mop_gate_outputs *o, struct target *out)
{
    size_t n = 0;
    for (size_t i = 0; i < o->n; i++)
        out[n++] = (struct target){o->list[i].format->name,
                                   plain(o->list[i].file ? o->list[i].file : o->output)};
    if (!o->n)
        out[n++] = (struct target){"text", plain(o->output)};
    if (o->fixed_links)
        out[n++] = (struct target){"--fixed-links", plain(o->fixed_links)};
    return n;
}

static bool is_same(const char *a, const char *b)
{
    return a && b ? mop_clash_same(a, b) : a == b;
}

static int refuse(struct mop_err *e, const char *a, const char *b, const char *file)
{
    mop_err_set(e, 2, (struct mop_loc){0}, "--format: %s and %s go both to '%s'", a, b,
                file ? file : "standard output");
    mop_err_hint(e, "give each a file of its own: -f FORMAT=FILE");
    return -1;
}

int mop_gate_outputs_check(const struct mop_gate_outputs *o, const char *const *inputs, size_t n,
                           struct mop_err *e)
{
    struct target *t = mop_calloc(o->n + 2, sizeof *t);
    size_t count = targets(o, t);
    int rc = 0;
    for (size_t i = 0; i < count && !rc; i++) {
        for (size_t k = 0; k < i && !rc; k++)
            if (is_same(t[i].file, t[k].file))
                rc = refuse(e, t[k].what, t[i].what, t[i].file);
        for (size_t k = 0; k < n && t[i].file && !rc; k++)
            if (inputs[k] && is_same(t[i].file, inputs[k])) {
                mop_err_set(e, 2, (struct mop_loc){0}, "%s: '%s' is a file that this run reads",
                            t[i].what, t[i].file);
                rc = -1;
            }
    }
    free(t);
    return rc;
}

/* ---- writing ---- */

static int write_one(const struct mop_checklist_format *f, const char *path,
                     const struct mop_launch *g, const struct mop_checklist_options *options,
                     struct mop_err *e)
{
    struct mop_checklist_options own = *options;
    struct mop_outfile *file = mop_outfile_open(path, !f, e); /* whole links: f NULL */
    struct mop_out out;
    if (!file)
        return -1;
    own.color = !path && mop_cli_color(STDOUT_FILENO);
    mop_out_init(&out, mop_outfile_write, file);
    int rc = f ? f->write(g, &own, &out, e) : 0;
    if (!f) {
        mop_gate_fixed_links(g, &out);
        rc = mop_out_flush(&out, e);
    }
    mop_out_release(&out);
    if (!rc)
        return mop_outfile_commit(file, e);
    mop_outfile_abort(file);
    return -1;
}

int mop_gate_outputs_write(const struct mop_gate_outputs *o, const struct mop_launch *g,
                           const struct mop_checklist_options *options, struct mop_err *e)
{
    struct target *t = mop_calloc(o->n + 2, sizeof *t);
    size_t n = targets(o, t);
    int rc = 0;
    for (size_t i = 0; i < n && !rc; i++) {
        bool fixed = o->fixed_links && i + 1 == n;
        const struct mop_checklist_format *f = fixed  ? NULL
                                               : o->n ? o->list[i].format
                                                      : &mop_checklist_text;
        if (t[i].file || !o->quiet || fixed)
            rc = write_one(f, t[i].file, g, options, e);
    }
    free(t);
    return rc;
}

void mop_gate_outputs_release(struct mop_gate_outputs *o)
{
    free(o->list);
    *o = (struct mop_gate_outputs){0};
}
