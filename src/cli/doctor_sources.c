/* SPDX-License-Identifier: MIT */
#include "cli/config_parts.h"
#include "cli/doctor.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What is read: files, and what connectors need. */

static bool is_connector(const char *name)
{
    return mop_exporter_http.takes(name);
}

static void look_at_file(struct mop_doctor *d, const char *path)
{
    struct stat st;
    if (mop_doctor_no_folder(d, path, mop_config_folder(&d->s.arena, path)))
        return;
    if (stat(path, &st) != 0 || access(path, R_OK) != 0)
        mop_doctor_say(d, MOP_DOCTOR_MISSING, "'%s': %s", path, strerror(errno));
    else if (S_ISDIR(st.st_mode))
        mop_doctor_say(d, MOP_DOCTOR_MISSING, "'%s' is a folder", path);
    else if (S_ISREG(st.st_mode) && !st.st_size)
        mop_doctor_say(d, MOP_DOCTOR_MISSING, "'%s' is empty", path);
    else
        mop_doctor_say(d, MOP_DOCTOR_OK, "%s: %lld bytes, written %s", path, (long long)st.st_size,
                       mop_doctor_age(d, (int64_t)st.st_mtime * 1000000));
}

void mop_doctor_sources(struct mop_doctor *d)
{
    if (!d->has_settings)
        mop_doctor_say(d, MOP_DOCTOR_SKIPPED, "the settings name them");
    else if (!d->s.nsources)
        mop_doctor_say(d, MOP_DOCTOR_NOTE,
                       "the settings name none: they come from the command line, or by the "
                       "taxonomy's file patterns");
    for (size_t i = 0; i < d->s.nsources; i++) {
        const char *name = d->s.sources[i].name;
        if (!strcmp(name, "-"))
            mop_doctor_say(d, MOP_DOCTOR_NOTE, "standard input");
        else if (is_connector(name))
            mop_doctor_say(d, MOP_DOCTOR_NOTE, "%s: over HTTP, not asked now", name);
        else
            look_at_file(d, name);
    }
    if (d->s.baseline && access(d->s.baseline, R_OK) != 0)
        mop_doctor_say(d, MOP_DOCTOR_MISSING, "the baseline '%s': %s%s", d->s.baseline,
                       strerror(errno),
                       errno == ENOENT ? "; 'mopslint check --write-baseline FILE' makes one" : "");
}

/* ---- credentials: their names, never their values ---- */

struct needs {
    struct mop_doctor *d;
    size_t bad;
};

static const char *fault_of(const struct mop_http_need *n)
{
    struct stat st;
    if (n->file && stat(n->file, &st) != 0)
        return strerror(errno);
    if (n->file && n->secret && (st.st_mode & 077))
        return "others may read it";
    return n->file && access(n->file, R_OK) != 0 ? strerror(errno) : NULL;
}

static void tell_need(void *ctx, const struct mop_http_need *n)
{
    struct needs *all = ctx;
    const char *fault = fault_of(n);
    enum mop_doctor_state state = MOP_DOCTOR_OK;
    if (!n->file && !n->set)
        state = n->optional ? MOP_DOCTOR_OK : MOP_DOCTOR_MISSING;
    if (fault)
        state = MOP_DOCTOR_MISSING;
    all->bad += state == MOP_DOCTOR_MISSING;
    if (n->file)
        mop_doctor_say(all->d, state, "%s: of the file '%s'%s%s", n->env, n->file,
                       fault ? ": " : "", fault ? fault : "");
    else
        mop_doctor_say(all->d, state, "%s: %s", n->env,
                       n->set        ? "set"
                       : n->optional ? "not set, and need not be"
                                     : "not set");
}

/* Of two streams of a connector the second one needs the same. */
static bool told_before(const struct mop_doctor *d, size_t at)
{
    size_t n = strcspn(d->s.sources[at].name, ":");
    for (size_t i = 0; i < at; i++)
        if (is_connector(d->s.sources[i].name) &&
            strncmp(d->s.sources[i].name, d->s.sources[at].name, n + 1) == 0)
            return true;
    return false;
}

void mop_doctor_credentials(struct mop_doctor *d)
{
    size_t before = d->n;
    for (size_t i = 0; i < d->s.nsources; i++) {
        struct needs all = {d, 0};
        struct mop_err e = {0};
        if (!is_connector(d->s.sources[i].name))
            continue;
        bool told = told_before(d, i);
        size_t was = d->n;
        if (mop_http_needs(d->s.sources[i].name, &d->s.http, tell_need, &all, &e) && !all.bad)
            mop_doctor_say(d, MOP_DOCTOR_MISSING, "%s: %s%s%s", d->s.sources[i].name, e.msg,
                           e.hint[0] ? "; " : "", e.hint);
        else if (told)
            d->n = was;
    }
    if (d->n > before)
        return;
    if (d->has_settings)
        mop_doctor_say(d, MOP_DOCTOR_OK, "no source needs any");
    else
        mop_doctor_say(d, MOP_DOCTOR_SKIPPED, "the settings name the sources");
}
