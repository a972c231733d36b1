/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/doctor.h"
#include "history/log.h"
#include <stdarg.h>
#include <stdlib.h>
#include <time.h>

/* In this order they are told: what stands on something else comes after it. */
const struct mop_doctor_check mop_doctor_checks[] = {
    {"settings", "is there a settings file, and is it valid",
     "write mopslint.yaml, or name one with --config", mop_doctor_settings},
    {"taxonomies", "do the taxonomies load", "'mopslint rules lint FILE' tells more",
     mop_doctor_taxonomies},
    {"modes", "may nobody else change what is judged and by which rules",
     "chmod o-w the file, or its folder", mop_doctor_modes},
    {"sources", "is every source there, and readable",
     "see to the export, or let this user read it", mop_doctor_sources},
    {"credentials", "is there what connectors need, and does nobody else see it",
     "set the variable, or VARIABLE_FILE to a file with mode 0600", mop_doctor_credentials},
    {"outputs", "can everything be written that a run writes",
     "make the folder, and let this user write there", mop_doctor_written},
    {"metrics", "does the collector see the metrics",
     "name the file *.prom, in a folder that everybody may read", mop_doctor_metrics},
    {"disk", "is there room for what a run writes", "make room, or write elsewhere",
     mop_doctor_disk},
    {"history", "what does the history tell of the last run",
     "see to what it says, or run the night again; 'mopslint history list' tells more",
     mop_doctor_history},
    {"last-run", "when was the last whole run, by its metrics", "see what the last run said",
     mop_doctor_last_run},
    {"clock", "does the clock tell the time", "set the clock; let NTP keep it", mop_doctor_clock},
    {"zones", "are the time zones there", "install tzdata", mop_doctor_zones},
    {NULL, NULL, NULL, NULL}};

void mop_doctor_say(struct mop_doctor *d, enum mop_doctor_state state, const char *fmt, ...)
{
    va_list ap;
    struct mop_buf b;
    mop_buf_init(&b, 1 << 16);
    va_start(ap, fmt);
    mop_buf_vprintf(&b, fmt, ap);
    va_end(ap);
    MOP_GROW(d->lines, d->n, d->cap);
    d->lines[d->n++] =
        (struct mop_doctor_line){d->check, state, mop_arena_copy(&d->s.arena, mop_buf_view(&b))};
    mop_buf_release(&b);
}

void mop_doctor_faults(struct mop_doctor *d, size_t from)
{
    for (size_t i = from; i < d->diags.n; i++) {
        const struct mop_diag *g = &d->diags.list[i];
        struct mop_buf at;
        mop_buf_init(&at, 1 << 16);
        if (g->at.file && g->at.line)
            mop_buf_printf(&at, "%s:%u:%u: ", g->at.file, g->at.line, g->at.col);
        if (g->level == MOP_FAULT)
            mop_doctor_say(d, MOP_DOCTOR_MISSING, "%.*s%.*s%s%.*s", (int)at.n, at.n ? at.p : "",
                           MOP_SV_ARG(g->msg), g->hint.n ? "; " : "", MOP_SV_ARG(g->hint));
        mop_buf_release(&at);
    }
}

const char *mop_doctor_span(struct mop_doctor *d, int64_t us)
{
    static const struct {
        int64_t seconds;
        const char *name;
    } units[] = {{86400, "day"}, {3600, "hour"}, {60, "minute"}, {1, "second"}};
    int64_t s = us / 1000000;
    size_t i = 0;
    while (i < 3 && s < 2 * units[i].seconds)
        i++;
    long long n = (long long)(s / units[i].seconds);
    return mop_arena_printf(&d->s.arena, "%lld %s%s", n, units[i].name, n == 1 ? "" : "s").p;
}

const char *mop_doctor_age(struct mop_doctor *d, int64_t us)
{
    return d->now_us < us
               ? "in the future"
               : mop_arena_printf(&d->s.arena, "%s ago", mop_doctor_span(d, d->now_us - us)).p;
}

/* ---- options ---- */

static int set_config(void *settings, struct mop_sv arg, struct mop_err *e)
{
    struct mop_doctor *d = settings;
    (void)e;
    d->s.config = mop_arena_str(&d->s.arena, arg);
    return 0;
}

static int set_profile(void *settings, struct mop_sv arg, struct mop_err *e)
{
    struct mop_doctor *d = settings;
    (void)e;
    d->s.profile = mop_arena_str(&d->s.arena, arg);
    return 0;
}

static int set_format(void *settings, struct mop_sv arg, struct mop_err *e)
{
    struct mop_doctor *d = settings;
    d->json = mop_sv_eqs(arg, "json");
    if (d->json || mop_sv_eqs(arg, "text"))
        return 0;
    return mop_option_refuse(e, "format", arg, "text or json");
}

static int set_now(void *settings, struct mop_sv arg, struct mop_err *e)
{
    struct mop_doctor *d = settings;
    return mop_option_time("now", arg, &d->now_us, e);
}

static const struct mop_option options[] = {
    {"config", 0, "FILE", "settings; else mopslint.yaml found upwards from here", NULL, set_config,
     true},
    {"profile", 0, "NAME", "as a run with that profile would have it", NULL, set_profile, true},
    {"format", 'f', "NAME", "text, json", NULL, set_format, true},
    {"now", 0, "TIME", "the time by another clock: ISO 8601", NULL, set_now, true},
    {NULL, 0, NULL, NULL, NULL, NULL, false},
};

static int no_operand(void *settings, const char *arg, struct mop_err *e)
{
    (void)settings;
    mop_err_set(e, 2, (struct mop_loc){0}, "unexpected argument '%s'", arg);
    mop_err_hint(e, "sources stand in the settings: name them with --config");
    return -1;
}

static int examine(void *settings, struct mop_err *e)
{
    struct mop_doctor *d = settings;
    (void)e;
    for (d->check = mop_doctor_checks; d->check->id; d->check++)
        d->check->look(d);
    mop_doctor_print(d);
    return mop_doctor_missing(d) ? 1 : 0;
}

static int run(int argc, char **argv)
{
    struct mop_doctor d = {0};
    struct timespec ts;
    clock_gettime(CLOCK_REALTIME, &ts);
    mop_log_rhythm(NULL, 0, &d.late_us);
    d.now_us = (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
    mop_check_settings_init(&d.s);
    mop_diags_init(&d.diags);
    int code = mop_command_run(&mop_cmd_doctor, argc, argv, &d, no_operand, examine);
    mop_ruleset_free((struct mop_ruleset *)d.rules);
    free(d.lines);
    mop_diags_release(&d.diags);
    mop_check_settings_release(&d.s);
    return code;
}

const struct mop_command mop_cmd_doctor = {
    .name = "doctor",
    .usage = "mopslint doctor [OPTION...]",
    .summary = "is this machine set up: settings, sources, credentials, disk, last runs, clock",
    .about = "Looks at what a run of `mopslint check` by the same settings needs, and says what is "
             "missing\n"
             "and how to repair it. Nothing is written, sent or judged; credentials are told by "
             "name only.\n"
             "Run it as the user that the nightly runs belong to, with that user's environment.\n"
             "Exit status 0: all is there. 1: something is missing. 2: usage.",
    .examples =
        "  mopslint doctor\n"
        "  mopslint doctor --config /etc/mopslint/mopslint.yaml --profile nightly -f json\n",
    .options = options,
    .run = run,
};
