/* SPDX-License-Identifier: MIT */
#ifndef MOP_HISTORY_DB_H
#define MOP_HISTORY_DB_H
#include "history/log.h"
#include <sqlite3.h>

/* What the files of this room share: statements with bound parameters, and nothing else. */

enum { MOP_DB_STATEMENTS = 96 };
/* Judged whole and kept, but its reports did not all get out: it never reads as one that passed. */
#define MOP_LOG_STATUS                                                                             \
    "CASE WHEN exit>2 AND status IN ('pass','fail') THEN 'unwritten' ELSE status END"
struct mop_log_lock;
/* whose.c: what the earlier rules made of the data in another way than those of the run. */
struct mop_log_other {
    enum {
        MOP_OTHER_RUN,    /* no more than: there is a list of this run */
        MOP_OTHER_RULE,   /* failed, of those it applied to */
        MOP_OTHER_FILLED, /* filled cells, of the records */
        MOP_OTHER_STAGE,  /* records in it, of all */
        MOP_OTHER_VALUE   /* there by one of the two alone; key "": no value of the field is kept */
    } of;
    struct mop_sv record, name, key;
    uint64_t n, total;
};
struct mop_log_whose {
    struct mop_log_other *list; /* sorted once it is whole */
    size_t n, cap;
    bool known, same_rules;
    size_t steps; /* several: what is in the list is of one of them, and not to be split */
};
struct mop_log {
    sqlite3 *db;
    const char *path;
    bool writes;
    struct mop_log_lock *lock;
    struct {
        const char *sql;
        sqlite3_stmt *st;
    } cached[MOP_DB_STATEMENTS]; /* by the address of the text */
    size_t ncached;
    struct mop_arena arena;
    /* of the run */
    int64_t now_us, run;                /* run: its id once it is put */
    struct mop_log_run last, *previous; /* the run compared with; NULL: none */
    struct mop_sv state, options;       /* of this run's rules */
    struct mop_sv last_state;
    const struct mop_load_options *o;
    struct mop_ruleset *before;
    const char *unsplit; /* why `before` could not be loaded */
    struct mop_sv salt;
    bool open;                 /* a transaction is */
    bool split;                /* the change since the last run is split into data and rules */
    struct mop_log_sets *sets; /* the values of this run, once they were gathered */
    struct mop_log_whose whose;
};

/*
 * Runs a statement without rows. `format` has a letter per parameter: i int64_t, s struct mop_sv,
 * t const char * (NULL: null), n mop_i128 (as decimal text), b bool.
 */
int mop_db_run(struct mop_log *l, struct mop_err *e, const char *sql, const char *format, ...);
/* The same with rows: NULL after an error. Each mop_db_next gives 1 for a row, 0 at the end, -1
 * after an error; the last two end the statement. */
sqlite3_stmt *mop_db_query(struct mop_log *l, struct mop_err *e, const char *sql,
                           const char *format, ...);
int mop_db_next(struct mop_log *l, sqlite3_stmt *st, struct mop_err *e);
/* One number; -1 if there is no row or it is null; -2 after an error. */
int64_t mop_db_number(struct mop_log *l, struct mop_err *e, const char *sql, const char *format,
                      ...);
bool mop_db_whole(sqlite3_stmt *st, int column, mop_i128 *n); /* as 'n' wrote it; not below 0 */
int64_t mop_db_int(sqlite3_stmt *st, int column);             /* -1: null */
struct mop_sv mop_db_text(struct mop_arena *a, sqlite3_stmt *st, int column);
#define MOP_LOG_DAMAGED_HINT                                                                       \
    "move it away, with its -wal and -shm, and keep it: the next run makes a new one; "            \
    "'mopslint history export --table NAME' reads each table that is whole"
int mop_db_error(struct mop_log *l, struct mop_err *e);                 /* -1 */
int mop_db_exec(struct mop_log *l, const char *sql, struct mop_err *e); /* fixed text only */

int mop_schema_upgrade(struct mop_log *l, struct mop_err *e);
int mop_schema_check(struct mop_log *l, struct mop_err *e); /* for reading */

/* lock.c */
#define MOP_LOG_NO_RUN (-INT64_MAX) /* who has the lock makes no run */
struct mop_log_lock *mop_log_lock(const char *path, bool *held, struct mop_err *e);
bool mop_log_lock_died(const struct mop_log_lock *k, int64_t *now_us, long *pid);
int mop_log_lock_sign(struct mop_log_lock *k, int64_t now_us, struct mop_err *e);
bool mop_log_lock_holds(const struct mop_log_lock *k); /* its file is still the one of that name */
void mop_log_unlock(struct mop_log_lock *k);

/* With -DMOP_TEST_HOOKS: $MOP_LOG_KILL=NAME kills the program at that point, as kill -9 does. */
void mop_log_point(const char *name);

/* rules.c: the taxonomy as it was read, and back. */
/* people: with the names and addresses of its people. */
int64_t mop_log_put_taxonomy(struct mop_log *l, const struct mop_ruleset *rs, bool people,
                             struct mop_err *e);
struct mop_sv mop_log_state(struct mop_arena *a, const struct mop_ruleset *rs,
                            struct mop_sv options);
struct mop_sv mop_log_options(struct mop_arena *a, const struct mop_load_options *o);
int mop_log_load_before(struct mop_log *l, int64_t now_us, struct mop_err *e);

/* Is the day on which the rules judge inside? */
bool mop_log_inside(const struct mop_ruleset *rs, const struct mop_window *w);

/* causes.c: the rules behind the points that the rules moved. */
void mop_log_causes(const struct mop_result *then, struct mop_result *now, bool same_options,
                    struct mop_since *s);
/* aged.c: rules that ask how long ago something was, and what they came to; after the causes. */
int mop_log_aged(struct mop_log *l, struct mop_result *r, const struct mop_result *between,
                 struct mop_since *s, struct mop_err *e);
int mop_log_put_causes(struct mop_log *l, const struct mop_since *s, struct mop_err *e);
int mop_log_read_causes(struct mop_log *l, struct mop_arena *a, int64_t run, struct mop_cause *list,
                        size_t *n, size_t most, struct mop_err *e);

/* rhythm.c: has no run been for longer than is usual? */
int mop_log_since_absence(struct mop_log *l, struct mop_since *s, struct mop_err *e);

/* columns.c: is it expected of the next run; a column that is gone is noted. */
int mop_log_put_column(struct mop_log *l, const struct mop_result *r, const struct mop_field *f,
                       bool *there, struct mop_err *e);
int mop_log_since_columns(struct mop_log *l, struct mop_result *r, struct mop_since *s,
                          struct mop_err *e);
int mop_log_compare_columns(struct mop_log *l, struct mop_arena *a, int64_t from, int64_t to,
                            struct mop_since *s, struct mop_err *e);

/* whose.c: of this run; once l->split is known, before the lists. */
void mop_log_whose_of(struct mop_log *l, const struct mop_result *r,
                      const struct mop_result *between);
void mop_log_add_other(struct mop_log_whose *w, struct mop_log_other o);
int mop_log_put_whose(struct mop_log *l, struct mop_err *e);
/* Adds those of a run of the file; no longer known if there is no list of it. */
int mop_log_read_whose(struct mop_log *l, struct mop_arena *a, int64_t run, struct mop_log_whose *w,
                       struct mop_err *e);
/* Fills in by whom, and what the earlier rules made of it. */
void mop_log_whose_rule(const struct mop_log_whose *w, struct mop_rule_since *r);
void mop_log_whose_count(const struct mop_log_whose *w, struct mop_count_since *c);
void mop_log_whose_value(const struct mop_log_whose *w, struct mop_sv key,
                         struct mop_value_since *v);

/* people.c: its text without their names and addresses; tables as they are. */
struct mop_sv mop_log_without_people(struct mop_arena *a, const struct mop_rule_file *f);

/* scores.c: all scores of a result, in one order. */
struct mop_log_level {
    int of;
    struct mop_sv record, name;
    const struct mop_score *records, *value; /* NULL: none */
};
struct mop_log_level *mop_log_levels_of(struct mop_arena *a, const struct mop_result *r, size_t *n);
const struct mop_log_level *mop_log_level_find(const struct mop_log_level *list, size_t n,
                                               const struct mop_log_level *like);
int64_t mop_log_tenths(const struct mop_score *s); /* -1: none */

const char *mop_log_of_name(int of); /* "report", "overall", ... */
int mop_log_of(struct mop_sv name);
int mop_log_put_scores(struct mop_log *l, const struct mop_result *r,
                       const struct mop_result *between, bool split, struct mop_err *e);

/* values.c */
/* How many distinct values of the field are kept of this run; -1: they are not. */
int64_t mop_log_distinct(const struct mop_log *l, const struct mop_field *f);
/* As if that run had not been put. */
int mop_log_forget_values(struct mop_log *l, int64_t run, struct mop_err *e);
int mop_log_since_values(struct mop_log *l, const struct mop_result *r, struct mop_arena *a,
                         struct mop_since *s, struct mop_err *e);
/* Values that only one of the two has. */
void mop_log_whose_values(struct mop_log *l, const struct mop_result *r,
                          const struct mop_result *between, struct mop_log_whose *w);
int mop_log_put_values(struct mop_log *l, const struct mop_result *r, struct mop_err *e);
void mop_log_sets_free(struct mop_log_sets *s);
/* The values of two kept runs set side by side. */
int mop_log_compare_values(struct mop_log *l, struct mop_arena *a, int64_t from, int64_t to,
                           struct mop_since *s, struct mop_err *e);
enum { MOP_LOG_VALUES_SHOWN = 100 };
void mop_log_sort_values(struct mop_value_since *v, size_t *n, size_t *more);

/* put.c: begins the transaction of a run. */
int mop_log_start(struct mop_log *l, const struct mop_result *r, struct mop_err *e);
/* Sorted, each once: "campaign,lead". */
struct mop_sv mop_log_types(struct mop_arena *a, const struct mop_sv *names, size_t n);
/* Those of a result. */
struct mop_sv mop_log_types_of(struct mop_arena *a, const struct mop_result *r);

/* since.c */
/* A score of a run in billionths; -1: none, -2 after an error. The statement selects clean and
 * assessed by run, of, record, name, basis. */
int64_t mop_log_share(struct mop_log *l, const char *sql, int64_t run,
                      const struct mop_score_since *s, bool money, struct mop_err *e);
/* A number that was kept of it, selected by the same; -1: none, -2 after an error. */
int64_t mop_log_kept(struct mop_log *l, const char *sql, int64_t run,
                     const struct mop_score_since *s, bool money, struct mop_err *e);
#define MOP_LOG_BY " WHERE run=? AND of=? AND record=? AND name=? AND basis=?"
#define MOP_LOG_TENTHS "SELECT tenths FROM score" MOP_LOG_BY
#define MOP_LOG_SHARE "SELECT clean, assessed FROM score" MOP_LOG_BY " AND tenths IS NOT NULL"
#define MOP_LOG_BETWEEN "SELECT clean, assessed FROM between_score" MOP_LOG_BY
/* "lifecycle.stage" */
struct mop_sv mop_log_stage_name(struct mop_arena *a, const struct mop_lifecycle *c,
                                 struct mop_sv stage);
void mop_log_sort_rules(struct mop_rule_since *list, size_t n);
bool mop_log_rule_moved(uint64_t failed_a, uint64_t of_a, uint64_t failed_b, uint64_t of_b);
/* The runs from `from` to before `to` that did not end well, of these types or of none. */
/* What a rule came to in the run compared with. */
struct mop_log_then {
    uint64_t failed, applicable;
    bool is;
};
int mop_log_rule_then(struct mop_log *l, struct mop_sv record, struct mop_sv id,
                      struct mop_log_then *t, struct mop_err *e);
int mop_log_missed(struct mop_log *l, struct mop_arena *a, int64_t from, int64_t to,
                   struct mop_sv types, struct mop_since *s, struct mop_err *e);
int mop_log_trend(struct mop_log *l, struct mop_arena *a, struct mop_score_since *s, int64_t up_to,
                  struct mop_err *e);
#endif
