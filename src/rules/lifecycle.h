/* SPDX-License-Identifier: MIT */
#ifndef MOP_LIFECYCLE_H
#define MOP_LIFECYCLE_H
#include "rules/compile.h"

/* Lifecycles: the stage a record is in, and the dates at which it entered stages. What its changes
 * of stage say is in stage_history.h. */

/* ---- calendar.c: business hours ---- */

struct mop_calendar {
    struct mop_sv name;
    const struct mop_zone *zone;
    bool day[7]; /* 0 = Monday */
    struct mop_hours {
        int32_t opens, closes;
    } * hours; /* minutes of the local day, ascending; closes up to 1440 */
    size_t nhours;
    int32_t *holidays;
    size_t nholidays;     /* local days, sorted */
    int32_t table_from;   /* a local day */
    int64_t *open_before; /* per day from then on: open time since, before that day */
    size_t ntable;
};
/* An entry of `calendars`. NULL after a fault. The loader puts it into rules->calendars before
 * lifecycles are compiled. */
struct mop_calendar *mop_calendar_compile(struct mop_scope *s, const struct mop_node *name,
                                          const struct mop_node *n);
const struct mop_calendar *mop_calendar_find(const struct mop_ruleset *rs, struct mop_sv name);
/* Open time between two instants in microseconds, exact across changes of the clock; 0 if to <=
 * from. c NULL: the time itself. */
int64_t mop_calendar_between(const struct mop_calendar *c, int64_t from_us, int64_t to_us);

/* ---- lifecycle.c: compiling ---- */

enum { MOP_OFF_PATH = INT32_MAX };
struct mop_stage {
    struct mop_sv name, label, definition;
    size_t index;     /* in stages[] */
    int32_t step;     /* on the path: 0, 1, ...; MOP_OFF_PATH beside it */
    bool shares_date; /* its date column is another stage's as well: it counts for the record's own
                         stage */
    bool off_path, terminal;
    struct mop_field *entered_at; /* or NULL: not judged by skipped and order */
    struct mop_field **requires;
    size_t nrequires; /* this stage and every later one on the path */
    struct mop_field **requires_here;
    size_t nrequires_here;
    int64_t sla_us;                      /* to the next stage; -1: none */
    struct mop_sv sla_text;              /* "8h" */
    const struct mop_calendar *calendar; /* of the sla; NULL: every hour counts */
    struct mop_loc at;
};
struct mop_skip {
    size_t from, to;       /* indexes of stages */
    struct mop_expr *when; /* NULL: always */
};
struct mop_history;
/* From each of some stages to each of others. */
struct mop_transition {
    struct mop_stage_list {
        const struct mop_stage **list;
        size_t n;
    } from, to;
};
/* A check that the loader registers with id record.ID.suffix, role MOP_CHECK_STAGE. */
struct mop_stage_check {
    struct mop_sv suffix;  /* "skipped", "order", "requires.owner", "sla.mql" */
    struct mop_test *test; /* kind, fields, subjects */
    bool has_severity;     /* by `severities`; else the lifecycle's `severity`, else the kind's */
    enum mop_severity severity;
    const struct mop_check *check; /* what it became; NULL before it is registered */
    struct mop_loc at;
};
struct mop_lifecycle {
    struct mop_sv id;
    struct mop_record *record;
    struct mop_field *field;        /* the stage */
    struct mop_field *restarted_at; /* or NULL */
    struct mop_stage *stages;
    size_t nstages;
    struct mop_skip *skips;
    size_t nskips;
    struct mop_history *history; /* stage_history.h; NULL: judged from a snapshot alone */
    struct mop_transition *allowed;
    size_t nallowed;
    bool has_allowed; /* else the default transitions */
    struct mop_stage_check *checks;
    size_t nchecks;
    struct mop_field **dates;
    size_t ndates; /* every entered_at once, in the order of stages */
    struct mop_loc at;
};
/*
 * An entry of `lifecycles`; s->record is its record type, whose stage field has the stages as its
 * vocabulary already. NULL after a fault. The caller adds it to record->lifecycles and registers
 * its checks.
 */
struct mop_lifecycle *mop_lifecycle_compile(struct mop_scope *s, const struct mop_node *n);
/* The stage of a meant form, or NULL. */
const struct mop_stage *mop_lifecycle_stage(const struct mop_lifecycle *l, struct mop_sv meant);
/* Is `a` a step that a record passes on its way to `b`? Both on the path, a before b, and a not
 * terminal. */
bool mop_stage_precedes(const struct mop_stage *a, const struct mop_stage *b);
/* Time spent between two entries by a calendar: by local days (midnight to midnight) if either is a
 * whole day. */
int64_t mop_stage_elapsed(const struct mop_calendar *c, const struct mop_zone *zone,
                          struct mop_when from, struct mop_when to);
/*
 * When a record entered a stage, for figures and checks: false if it never did, the date is
 * unreadable, or the date is of a cycle before `restarted_at` (restarted NULL: there is none). own:
 * the record's stage.
 */
bool mop_stage_entry(const struct mop_stage *st, const struct mop_stage *own,
                     const struct mop_value *date, const struct mop_value *restarted,
                     struct mop_when *out);
#endif
