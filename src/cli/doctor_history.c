/* SPDX-License-Identifier: MIT */
#include "cli/config_parts.h"
#include "cli/doctor.h"
#include "history/log.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>

/* What the history tells of the last runs. */

static const int64_t recent_us = INT64_C(3) * 86400 * 1000000;

/* The nearest folder above that is there: a run makes those below it. */
static const char *nearest_folder(struct mop_doctor *d, const char *path)
{
    const char *folder = mop_config_folder(&d->s.arena, path);
    while (access(folder, F_OK) != 0 && strcmp(folder, ".") != 0 && strcmp(folder, "/") != 0)
        folder = mop_config_folder(&d->s.arena, folder);
    return folder;
}

static void say_none(struct mop_doctor *d, const char *path)
{
    const char *folder = nearest_folder(d, path);
    bool asked = d->s.history != NULL;
    if (asked && access(folder, W_OK | X_OK) != 0)
        mop_doctor_say(d, MOP_DOCTOR_MISSING, "'%s': the folder '%s': %s", path, folder,
                       strerror(errno));
    else if (asked)
        mop_doctor_say(d, MOP_DOCTOR_NOTE, "%s: no run yet", path);
    else
        mop_doctor_say(d, MOP_DOCTOR_NOTE,
                       "none is kept: `history: FILE` under `check:` of the settings keeps one");
}

/* Who runs once a month knows that it was weeks ago: that is worth knowing, and no fault. */
static void say_run(struct mop_doctor *d, const char *path, const struct mop_log_run *r,
                    bool any_complete)
{
    d->last_run_us = r->now_us;
    bool late = d->now_us - r->now_us > recent_us, whole = mop_log_is_complete(r);
    mop_doctor_say(d,
                   r->now_us > d->now_us || !any_complete ? MOP_DOCTOR_MISSING
                   : late || !whole                       ? MOP_DOCTOR_NOTE
                                                          : MOP_DOCTOR_OK,
                   "%s: the last run, %lld, was %s: %.*s%s%.*s", path, (long long)r->id,
                   mop_doctor_age(d, r->now_us), MOP_SV_ARG(r->status), r->message.n ? ", " : "",
                   MOP_SV_ARG(r->message));
}

static void look_at_runs(struct mop_doctor *d, const char *path, const struct mop_log_run *runs,
                         size_t n)
{
    size_t whole = n;
    while (whole && !mop_log_is_complete(&runs[whole - 1]))
        whole--;
    if (!n)
        mop_doctor_say(d, MOP_DOCTOR_NOTE, "%s: no run yet", path);
    else
        say_run(d, path, &runs[n - 1], whole > 0);
    if (whole && whole < n)
        mop_doctor_say(d, MOP_DOCTOR_NOTE, "%s: the last whole run, %lld, was %s", path,
                       (long long)runs[whole - 1].id, mop_doctor_age(d, runs[whole - 1].now_us));
}

static void look_into(struct mop_doctor *d, const char *path)
{
    struct mop_err e = {0};
    struct mop_log_run *runs;
    size_t n;
    struct mop_log *l = mop_log_read(path, &e);
    if (!l || mop_log_runs(l, &d->s.arena, false, &runs, &n, &e))
        mop_doctor_say(d, MOP_DOCTOR_MISSING, "%s%s%s", e.msg, e.hint[0] ? "; " : "", e.hint);
    else if (access(path, W_OK) != 0)
        mop_doctor_say(d, MOP_DOCTOR_MISSING, "'%s': %s", path, strerror(errno));
    else
        look_at_runs(d, path, runs, n);
    mop_log_close(l);
}

/* That of the settings, else the one that --history without a name would write. */
void mop_doctor_history(struct mop_doctor *d)
{
    struct mop_err e = {0};
    const char *path = d->s.history;
    if (!path || !*path)
        path = mop_log_default_path(&d->s.arena, d->rules ? d->rules->name : MOP_SV("x"), &e);
    if (!path)
        mop_doctor_say(d, MOP_DOCTOR_MISSING, "%s", e.msg);
    else if (!d->rules && !(d->s.history && *d->s.history))
        mop_doctor_say(d, MOP_DOCTOR_SKIPPED, "it is called by the taxonomy's name");
    else if (access(path, F_OK) != 0)
        say_none(d, path);
    else
        look_into(d, path);
}
