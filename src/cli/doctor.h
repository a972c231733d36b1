/* SPDX-License-Identifier: MIT */
#ifndef MOP_DOCTOR_H
#define MOP_DOCTOR_H
#include "cli/check_settings.h"

/*
 * doctor: is this machine set up? A table of checks (cmd_doctor.c), each of which looks at one
 * thing and says what it found. Nothing is changed, nothing is sent, no secret is read.
 */
struct mop_doctor;
enum mop_doctor_state {
    MOP_DOCTOR_OK,
    MOP_DOCTOR_NOTE,    /* worth knowing, nothing to repair */
    MOP_DOCTOR_SKIPPED, /* could not be looked at, as something before it is missing */
    MOP_DOCTOR_MISSING,
    MOP_DOCTOR_LATE /* a run that is missing: programs are told no other word */
};
struct mop_doctor_check {
    const char *id, *asks; /* "disk", "is there room for what a run writes" */
    const char *hint;      /* how to repair what is missing */
    void (*look)(struct mop_doctor *d);
};
extern const struct mop_doctor_check mop_doctor_checks[]; /* ends with a NULL id */

struct mop_doctor_line {
    const struct mop_doctor_check *check;
    enum mop_doctor_state state;
    struct mop_sv text; /* as found: paths may hold anything */
};
struct mop_doctor {
    struct mop_check_settings s; /* as a run would have them; its arena is everybody's */
    struct mop_diags diags;
    const struct mop_ruleset *rules; /* NULL: they do not load */
    bool has_settings;
    int64_t now_us;
    int64_t last_run_us;                  /* by the history; 0: none */
    int64_t rhythm_us, late_us;           /* mop_log_rhythm of it */
    const struct mop_doctor_check *check; /* the one at hand */
    struct mop_doctor_line *lines;
    size_t n, cap;
    uint64_t devices[16]; /* file systems that were looked at */
    size_t ndevices;
    bool json;
};
/* What the check at hand found. A check may say several things, and says one at least. */
void mop_doctor_say(struct mop_doctor *d, enum mop_doctor_state state, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* Every fault among the messages of `diags` from `from` on, as missing. */
void mop_doctor_faults(struct mop_doctor *d, size_t from);
/* "5 hours ago": how long before now; "in the future" after it. */
const char *mop_doctor_age(struct mop_doctor *d, int64_t us);
const char *mop_doctor_span(struct mop_doctor *d, int64_t us); /* "5 hours" */
/* That of the settings, else the one that --history without a name would write; NULL: there is none
 * to be, *e says why if it has a code. */
const char *mop_doctor_history_path(struct mop_doctor *d, struct mop_err *e);
/* The nearest folder above that is there: a run makes those below it. */
const char *mop_doctor_nearest(struct mop_doctor *d, const char *path);
/* True, and said of the path: the folder is none. Of several paths that want it, or one in it, that
 * is one thing that is missing. */
bool mop_doctor_no_folder(struct mop_doctor *d, const char *path, const char *folder);
/* Calls `f` for every file that a run would write, and `folder` 1 for those it writes into. */
void mop_doctor_outputs(struct mop_doctor *d,
                        void (*f)(struct mop_doctor *d, const char *path, bool folder));

/* ---- the checks ---- */
void mop_doctor_settings(struct mop_doctor *d);
void mop_doctor_modes(struct mop_doctor *d);
void mop_doctor_taxonomies(struct mop_doctor *d);
void mop_doctor_sources(struct mop_doctor *d);
void mop_doctor_credentials(struct mop_doctor *d);
void mop_doctor_written(struct mop_doctor *d);
void mop_doctor_metrics(struct mop_doctor *d);
void mop_doctor_disk(struct mop_doctor *d);
void mop_doctor_history(struct mop_doctor *d);
void mop_doctor_last_run(struct mop_doctor *d);
void mop_doctor_clock(struct mop_doctor *d);
void mop_doctor_zones(struct mop_doctor *d);

/* doctor_report.c: onto standard output. */
void mop_doctor_print(const struct mop_doctor *d);
size_t mop_doctor_missing(const struct mop_doctor *d);
#endif
