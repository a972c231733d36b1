/* SPDX-License-Identifier: MIT */
#include "cli/config_parts.h"
#include "cli/doctor.h"
#include "cli/output_paths.h"
#include "report/prometheus.h"
#include "tables.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* What is written, and what earlier runs have written. */

struct looker {
    struct mop_doctor *d;
    void (*look)(struct mop_doctor *d, const char *path, bool folder);
};

static void look_at(void *ctx, const char *path, bool folder)
{
    struct looker *l = ctx;
    l->look(l->d, path, folder);
}

void mop_doctor_outputs(struct mop_doctor *d,
                        void (*f)(struct mop_doctor *d, const char *path, bool folder))
{
    struct looker l = {d, f};
    mop_output_paths(&d->s, look_at, &l);
}

/* One folder is one thing, however many files are to be in it, or in folders below it. */
static void say_folder(struct mop_doctor *d, struct mop_sv fault, const char *path)
{
    struct mop_arena *a = &d->s.arena;
    struct mop_sv words = mop_arena_printf(a, "%.*s for ", MOP_SV_ARG(fault));
    for (size_t i = 0; i < d->n; i++)
        if (d->lines[i].check == d->check && mop_sv_starts(d->lines[i].text, words)) {
            d->lines[i].text =
                mop_arena_printf(a, "%.*s, '%s'", MOP_SV_ARG(d->lines[i].text), path);
            return;
        }
    mop_doctor_say(d, MOP_DOCTOR_MISSING, "%.*s'%s'", MOP_SV_ARG(words), path);
}

/* The first one of the path that is no folder. */
static const char *missing_folder(struct mop_doctor *d, const char *folder)
{
    struct stat st;
    const char *above = mop_config_folder(&d->s.arena, folder);
    while (strcmp(above, folder) != 0 && (stat(above, &st) != 0 || !S_ISDIR(st.st_mode))) {
        folder = above;
        above = mop_config_folder(&d->s.arena, folder);
    }
    return folder;
}

bool mop_doctor_no_folder(struct mop_doctor *d, const char *path, const char *folder)
{
    struct stat st;
    if (stat(folder, &st) == 0 && S_ISDIR(st.st_mode))
        return false;
    say_folder(d,
               mop_arena_printf(&d->s.arena, "there is no folder '%s'", missing_folder(d, folder)),
               path);
    return true;
}

static void look_at_output(struct mop_doctor *d, const char *path, bool is_folder)
{
    const char *folder = mop_output_folder(&d->s.arena, path, is_folder);
    struct stat st;
    bool there = stat(path, &st) == 0;
    if (is_folder && there && !S_ISDIR(st.st_mode))
        mop_doctor_say(d, MOP_DOCTOR_MISSING, "'%s' is not a folder", path);
    else if (mop_doctor_no_folder(d, path, folder))
        return;
    else if (!mop_output_folder_fits(folder))
        say_folder(d, mop_arena_printf(&d->s.arena, "the folder '%s': %s", folder, strerror(errno)),
                   path);
    else if (there && access(path, W_OK) != 0)
        mop_doctor_say(d, MOP_DOCTOR_MISSING, "'%s': %s", path, strerror(errno));
    else
        mop_doctor_say(d, MOP_DOCTOR_OK, "%s", path);
}

void mop_doctor_written(struct mop_doctor *d)
{
    size_t before = d->n;
    mop_doctor_outputs(d, look_at_output);
    if (d->n == before)
        mop_doctor_say(d, d->has_settings ? MOP_DOCTOR_OK : MOP_DOCTOR_SKIPPED,
                       d->has_settings ? "standard output only" : "the settings name them");
}

/* ---- metrics, and what they tell of the last runs ---- */

static const char *metrics_of(const struct mop_check_settings *s, size_t i)
{
    const char *file = s->outputs[i].file ? s->outputs[i].file : s->output;
    bool is = s->outputs[i].format == &mop_format_prometheus && file && strcmp(file, "-") != 0;
    return is ? file : NULL;
}

static void look_at_metrics(struct mop_doctor *d, const char *path)
{
    struct stat st;
    const char *folder = mop_config_folder(&d->s.arena, path);
    if (!mop_sv_ends(mop_sv_of(path), MOP_SV(".prom")))
        mop_doctor_say(d, MOP_DOCTOR_MISSING, "'%s' does not end in .prom", path);
    else if (stat(folder, &st) != 0)
        mop_doctor_say(d, MOP_DOCTOR_SKIPPED, "'%s': there is no folder '%s'", path, folder);
    else if ((st.st_mode & 05) != 05)
        mop_doctor_say(d, MOP_DOCTOR_MISSING, "'%s': not everybody may read its folder", path);
    else if (!mop_output_folder_fits(folder) ||
             (access(path, F_OK) == 0 && access(path, W_OK) != 0))
        mop_doctor_say(d, MOP_DOCTOR_SKIPPED, "'%s': it cannot be written", path);
    else
        mop_doctor_say(d, MOP_DOCTOR_OK, "%s", path);
}

static void look_at_last_run(struct mop_doctor *d, const char *path)
{
    struct mop_prometheus_run run = {0};
    bool ours = mop_prometheus_earlier(path, &run);
    int64_t us = run.complete_us;
    if (!ours)
        mop_doctor_say(d, MOP_DOCTOR_MISSING, "'%s' holds something else", path);
    else if (access(path, F_OK) != 0)
        mop_doctor_say(d, MOP_DOCTOR_NOTE, "%s: no run yet", path);
    else if (!us)
        mop_doctor_say(d, MOP_DOCTOR_MISSING, "'%s': no run has been whole yet", path);
    else
        mop_doctor_say(d,
                       us > d->now_us                ? MOP_DOCTOR_MISSING
                       : d->now_us - us > d->late_us ? MOP_DOCTOR_LATE
                                                     : MOP_DOCTOR_OK,
                       "%s: the last whole run was %s", path, mop_doctor_age(d, us));
}

static void each_metrics(struct mop_doctor *d, void (*look)(struct mop_doctor *d, const char *path))
{
    size_t before = d->n;
    for (size_t i = 0; i < d->s.noutputs; i++)
        if (metrics_of(&d->s, i))
            look(d, metrics_of(&d->s, i));
    if (d->n == before && d->has_settings)
        mop_doctor_say(d, MOP_DOCTOR_NOTE, "the settings write no metrics (prometheus=FILE.prom)");
    else if (d->n == before)
        mop_doctor_say(d, MOP_DOCTOR_SKIPPED, "the settings name them");
}

void mop_doctor_metrics(struct mop_doctor *d)
{
    each_metrics(d, look_at_metrics);
}

void mop_doctor_last_run(struct mop_doctor *d)
{
    each_metrics(d, look_at_last_run);
}

/* ---- disk ---- */

#ifdef MOP_TEST_HOOKS
/* $MOP_DISK_FREE: so many bytes are free everywhere; or $MOP_DISK_FULL: nothing is in folders that
 * end so, as if each were a file system of its own. */
static bool pretend_free(struct stat *st, const char *folder, uint64_t *bytes)
{
    const char *n = getenv("MOP_DISK_FREE"), *full = getenv("MOP_DISK_FULL");
    bool is_full = full && mop_sv_ends(mop_sv_of(folder), mop_sv_of(full));
    if (is_full)
        st->st_dev++;
    return n && mop_sv_u64(is_full ? MOP_SV("0") : mop_sv_of(n), bytes);
}
#else
static bool pretend_free(struct stat *st, const char *folder, uint64_t *bytes)
{
    (void)st;
    (void)folder;
    (void)bytes;
    return false;
}
#endif

/* Each file system once, by the first folder that is on it. */
static bool looked_before(struct mop_doctor *d, uint64_t device)
{
    for (size_t i = 0; i < d->ndevices; i++)
        if (d->devices[i] == device)
            return true;
    if (d->ndevices < sizeof d->devices / sizeof *d->devices)
        d->devices[d->ndevices++] = device;
    return false;
}

static void look_at_disk(struct mop_doctor *d, const char *path, bool is_folder)
{
    static const uint64_t least = UINT64_C(256) << 20;
    const char *folder = mop_output_folder(&d->s.arena, path, is_folder);
    struct statvfs v;
    struct stat st;
    uint64_t bytes;
    if (stat(folder, &st) != 0 || statvfs(folder, &v) != 0 || !v.f_blocks)
        return;
    if (!pretend_free(&st, folder, &bytes))
        bytes = (uint64_t)v.f_bavail * v.f_frsize;
    if (looked_before(d, (uint64_t)st.st_dev))
        return;
    bool full = bytes < least || (v.f_files && !v.f_favail);
    mop_doctor_say(d, full ? MOP_DOCTOR_MISSING : MOP_DOCTOR_OK, "%s: %s%llu MiB free", folder,
                   v.f_files && !v.f_favail ? "no more files, " : "",
                   (unsigned long long)(bytes >> 20));
}

void mop_doctor_disk(struct mop_doctor *d)
{
    struct mop_err e = {0};
    const char *history = d->s.history ? mop_doctor_history_path(d, &e) : NULL;
    look_at_disk(d, ".", true);
    if (history)
        look_at_disk(d, mop_doctor_nearest(d, history), true);
    mop_doctor_outputs(d, look_at_disk);
}
