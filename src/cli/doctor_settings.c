/* SPDX-License-Identifier: MIT */
#include "cli/config_parts.h"
#include "cli/doctor.h"
#include "base/zone.h"
#include "report/shown.h"
#include <sys/stat.h>

/* Settings, taxonomies, and the time they are read by. */

void mop_doctor_settings(struct mop_doctor *d)
{
    if (mop_config_read(&d->s, &d->diags)) {
        mop_doctor_faults(d, 0);
        return;
    }
    d->has_settings = d->s.config_path != NULL;
    if (!d->has_settings)
        mop_doctor_say(d, MOP_DOCTOR_MISSING, "no mopslint.yaml from here upwards");
    else
        mop_doctor_say(d, MOP_DOCTOR_OK, "%s%s%s", d->s.config_path,
                       d->s.profile ? ", profile " : "", d->s.profile ? d->s.profile : "");
}

void mop_doctor_taxonomies(struct mop_doctor *d)
{
    struct mop_check_settings *s = &d->s;
    size_t from = d->diags.n, rules = 0;
    struct mop_load_options o = {.files = s->rules,
                                 .nfiles = s->nrules,
                                 .now_us = d->now_us,
                                 .without = s->without,
                                 .nwithout = s->nwithout,
                                 .select = s->select,
                                 .nselect = s->nselect,
                                 .ignore = s->ignore,
                                 .nignore = s->nignore};
    if (!d->has_settings) {
        mop_doctor_say(d, MOP_DOCTOR_SKIPPED, "the settings name them");
        return;
    }
    if (!s->nrules) {
        mop_doctor_say(d, MOP_DOCTOR_MISSING, "the settings have no `rules`");
        return;
    }
    struct mop_ruleset *rs = mop_ruleset_load(&o, &d->diags);
    d->rules = rs;
    mop_doctor_faults(d, from);
    for (size_t i = 0; rs && i < rs->nrecords; i++)
        rules += rs->records[i]->nchecks;
    if (rs)
        mop_doctor_say(d, MOP_DOCTOR_OK, "%.*s%s%.*s: %zu record type%s, %zu rules",
                       MOP_SV_ARG(rs->name), rs->version.n ? " " : "", MOP_SV_ARG(rs->version),
                       rs->nrecords, rs->nrecords == 1 ? "" : "s", rules);
    enum { DAY = 86400 };
    if (rs && rs->review_by != INT32_MAX && d->now_us / 1000000 / DAY > rs->review_by)
        mop_doctor_say(d, MOP_DOCTOR_NOTE, "past its review: it was due by %.*s",
                       MOP_SV_ARG(mop_shown_day(&d->s.arena, rs->review_by)));
}

/* The file itself, or through its folder. A sticky folder lets nobody else replace it. */
static bool others_may_write(struct mop_doctor *d, const char *path)
{
    struct stat st, folder;
    bool open_folder = stat(mop_config_folder(&d->s.arena, path), &folder) == 0 &&
                       (folder.st_mode & S_IWOTH) && !(folder.st_mode & S_ISVTX);
    return stat(path, &st) == 0 && ((st.st_mode & S_IWOTH) || open_folder);
}

void mop_doctor_modes(struct mop_doctor *d)
{
    size_t bad = 0, n = 0;
    if (!d->has_settings) {
        mop_doctor_say(d, MOP_DOCTOR_SKIPPED, "the settings name the files");
        return;
    }
    for (size_t i = 0; i <= (d->rules ? d->rules->nfiles : 0); i++, n++) {
        const char *path = i ? d->rules->files[i - 1].path : d->s.config_path;
        if (!others_may_write(d, path))
            continue;
        mop_doctor_say(d, MOP_DOCTOR_MISSING, "everybody may change '%s'", path);
        bad++;
    }
    if (!bad)
        mop_doctor_say(d, MOP_DOCTOR_OK, "%zu file%s", n, n == 1 ? "" : "s");
}

/* A clock that was never set stands at its beginning, or before what was written under it. */
void mop_doctor_clock(struct mop_doctor *d)
{
    static const int64_t born_us = INT64_C(1767225600) * 1000000; /* 2026-01-01 */
    enum { DAY = 86400 };
    char room[64];
    struct mop_buf text;
    mop_buf_fixed(&text, room, sizeof room);
    mop_when_print(&text, mop_when_of_instant(d->now_us - d->now_us % 1000000, NULL));
    struct mop_sv now = mop_buf_view(&text);
    bool behind = d->now_us < born_us;
    if (behind)
        mop_doctor_say(d, MOP_DOCTOR_MISSING, "%.*s is before this program was made",
                       MOP_SV_ARG(now));
    bool back = d->last_run_us > d->now_us;
    if (back)
        mop_doctor_say(d, MOP_DOCTOR_MISSING,
                       "%.*s is before the last run of the history: the clock went back, or was"
                       " wrong then",
                       MOP_SV_ARG(now));
    for (size_t i = 0; d->rules && i < d->rules->nfiles && !behind; i++) {
        struct stat st;
        behind = stat(d->rules->files[i].path, &st) == 0 &&
                 (int64_t)st.st_mtime > d->now_us / 1000000 + DAY;
        if (behind)
            mop_doctor_say(d, MOP_DOCTOR_MISSING, "%.*s is before '%s' was written",
                           MOP_SV_ARG(now), d->rules->files[i].path);
    }
    if (!behind && !back)
        mop_doctor_say(d, MOP_DOCTOR_OK, "%.*s", MOP_SV_ARG(now));
}

void mop_doctor_zones(struct mop_doctor *d)
{
    if (mop_zone_find(MOP_SV("America/New_York")))
        mop_doctor_say(d, MOP_DOCTOR_OK, "tzdata is there");
    else
        mop_doctor_say(d, MOP_DOCTOR_MISSING, "there is no America/New_York");
}
