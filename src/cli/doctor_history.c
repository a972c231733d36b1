/* SPDX-License-Identifier: MIT */
#include "cli/config_parts.h"
#include "cli/doctor.h"
#include "history/log.h"
#include "report/shown.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>

/* What the history tells of the last runs. */

const char *mop_doctor_nearest(struct mop_doctor *d, const char *path)
{
    const char *folder = mop_config_folder(&d->s.arena, path);
    while (access(folder, F_OK) != 0 && strcmp(folder, ".") != 0 && strcmp(folder, "/") != 0)
        folder = mop_config_folder(&d->s.arena, folder);
    return folder;
}

static void say_none(struct mop_doctor *d, const char *path)
{
    const char *folder = mop_doctor_nearest(d, path);
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

static void say_run(struct mop_doctor *d, const char *path, const struct mop_log_run *r,
                    bool any_complete)
{
    struct mop_arena *a = &d->s.arena;
    d->last_run_us = r->now_us;
    bool late = d->now_us - r->now_us > d->late_us;
    bool good = mop_log_is_complete(r) && r->exit < 3 && any_complete;
    struct mop_sv id = r->id ? mop_arena_printf(a, ", %lld,", (long long)r->id) : MOP_SV("");
    struct mop_sv usual = late && d->rhythm_us
                              ? mop_arena_printf(a, "; it is late, runs are %s apart",
                                                 mop_doctor_span(d, d->rhythm_us))
                              : MOP_SV("");
    mop_doctor_say(d,
                   !good || r->now_us > d->now_us ? MOP_DOCTOR_MISSING
                   : late                         ? MOP_DOCTOR_LATE
                                                  : MOP_DOCTOR_OK,
                   "%s: the last run%.*s was %s: %.*s%s%.*s%.*s", path, MOP_SV_ARG(id),
                   mop_doctor_age(d, r->now_us), MOP_SV_ARG(r->status), r->message.n ? ", " : "",
                   MOP_SV_ARG(mop_shown_reason(a, r->message)), MOP_SV_ARG(usual));
}

static void look_at_runs(struct mop_doctor *d, const char *path, const struct mop_log_run *runs,
                         size_t n)
{
    size_t whole = n;
    if (n && mop_sv_eqs(runs[n - 1].status, "running")) {
        n = whole = n - 1;
        mop_doctor_say(d, MOP_DOCTOR_NOTE, "%s: a run is under way, %.*s", path,
                       MOP_SV_ARG(runs[n].message));
    }
    while (whole && !mop_log_is_complete(&runs[whole - 1]))
        whole--;
    d->rhythm_us = mop_log_rhythm(runs, n, &d->late_us);
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
    if (!l || mop_log_sound(l, &e) || mop_log_runs(l, &d->s.arena, false, &runs, &n, &e))
        mop_doctor_say(d, MOP_DOCTOR_MISSING, "%s%s%s", e.msg, e.hint[0] ? "; " : "", e.hint);
    else if (access(path, W_OK) != 0)
        mop_doctor_say(d, MOP_DOCTOR_MISSING, "'%s': %s", path, strerror(errno));
    else
        look_at_runs(d, path, runs, n);
    mop_log_close(l);
}

const char *mop_doctor_history_path(struct mop_doctor *d, struct mop_err *e)
{
    const char *path = d->s.history;
    if (path && *path)
        return path;
    path = mop_log_default_path(&d->s.arena, d->rules ? d->rules->name : MOP_SV("x"), e);
    return path && d->rules ? path : NULL;
}

void mop_doctor_history(struct mop_doctor *d)
{
    struct mop_err e = {0};
    const char *path = mop_doctor_history_path(d, &e);
    if (e.code)
        mop_doctor_say(d, MOP_DOCTOR_MISSING, "%s; set one of them, or name the file", e.msg);
    else if (!path)
        mop_doctor_say(d, MOP_DOCTOR_SKIPPED, "it is called by the taxonomy's name");
    else if (access(path, F_OK) != 0)
        say_none(d, path);
    else
        look_into(d, path);
}
