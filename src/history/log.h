/* SPDX-License-Identifier: MIT */
#ifndef MOP_LOG_H
#define MOP_LOG_H
#include "rules/ruleset.h"
#include "score/result.h"

/*
 * The history of a job's runs: one SQLite file, one job (what is always checked together). It is
 * called a log here, as `struct mop_history` is what a lifecycle's stage changes are. Every
 * error is code 3 and names the file, but what is no history at all is code 2.
 *
 * A run that writes holds the file's lock from open to close; what it puts stands in one
 * transaction, so that a kill at any point leaves the state before it.
 */
struct mop_log;

/* $XDG_STATE_HOME/mopslint or ~/.local/state/mopslint, with a file per taxonomy. NULL with code 2:
 * there is no home. */
const char *mop_log_default_path(struct mop_arena *a, struct mop_sv taxonomy, struct mop_err *e);
/* For a run at now_us: makes file and folder, takes the lock, brings the schema up to date, looks
 * whether the file is sound. A run that died in the meantime gets its line. *held: another run has
 * it. */
struct mop_log *mop_log_open(const char *path, int64_t now_us, bool *held, struct mop_err *e);
/* For the commands that look: no lock, nothing is changed; all is of one moment. */
struct mop_log *mop_log_read(const char *path, struct mop_err *e);
/* For `prune`: with the lock, an existing file. */
struct mop_log *mop_log_change(const char *path, struct mop_err *e);
/* Is the file what was written into it? The error says what is damaged. */
int mop_log_sound(struct mop_log *l, struct mop_err *e);
void mop_log_close(struct mop_log *l); /* what was not committed is gone */

/* ---- a run, in this order ---- */

/* Finds the last complete run. `o` is what `rs` was loaded by, and outlives the log. */
int mop_log_begin(struct mop_log *l, const struct mop_ruleset *rs, const struct mop_load_options *o,
                  struct mop_err *e);
/* Once the record types of this run's sources are known: of the complete runs the last one of the
 * same types, if there is any. Before mop_log_before. */
int mop_log_narrow(struct mop_log *l, const struct mop_sv *types, size_t n, struct mop_err *e);
/* The columns that each record type had in its last complete run are expected of this one. */
int mop_log_expect(struct mop_log *l, const struct mop_ruleset *rs, struct mop_err *e);
/* Did the clock go back since the last run? Then its --now, else INT64_MIN. */
int64_t mop_log_later(const struct mop_log *l);
/*
 * The rules of the last complete run as they stood then, to judge by `now_us`; the log's. NULL:
 * there is no such run, the rules are the same, or (mop_log_unsplit) they could not be loaded.
 */
const struct mop_ruleset *mop_log_before(struct mop_log *l, int64_t now_us);
/* What changed, into r->since; between NULL: `unsplit` says why, or the rules are the same. Also
 * what --ratchet compares with. */
int mop_log_since(struct mop_log *l, struct mop_result *r, const struct mop_result *between,
                  const char *unsplit, struct mop_err *e);
/* The result, decided; then the transaction waits for mop_log_commit. Partial runs too. */
int mop_log_put(struct mop_log *l, const struct mop_result *r, const struct mop_result *between,
                struct mop_err *e);
/* What else went wrong after the result was committed: exit status and message. */
int mop_log_amend(struct mop_log *l, int exit, const char *message, struct mop_err *e);
/* A run that came to no result; rs may be NULL. Nothing but this is put then. */
int mop_log_put_failed(struct mop_log *l, const struct mop_ruleset *rs, const struct mop_err *why,
                       struct mop_err *e);
int mop_log_commit(struct mop_log *l, struct mop_err *e);

/* ---- --ratchet ---- */

enum { MOP_LOG_SETTLED = 3 }; /* so many days in a row settle a level */
/*
 * The best levels that all complete runs of so many days have held, as --ratchet asks for them: of
 * each report, or where there are none of each record type. Levels are of the rules of the last
 * run: if this run's are others, what those make of the data (`between`) is compared. In the
 * result's arena; a score without a settled level is not asked for.
 */
int mop_log_ratchet(struct mop_log *l, struct mop_result *r, const struct mop_result *between,
                    struct mop_ratchet **asked, size_t *n, struct mop_err *e);

/* ---- looking ---- */

struct mop_log_run {
    int64_t id, now_us, records, exit;
    struct mop_sv status, message, taxonomy, version, digest, text_digest, types, program, state,
        options;
    int64_t compared, superseded;         /* run ids; 0: none */
    bool same_rules;                      /* as the run before it that was complete */
    int64_t records_tenths, value_tenths; /* the lowest of its reports, else of its types; -1 */
};
/* Who has the history at hand, if anybody; or who had it, and died. */
enum mop_log_holder { MOP_LOG_FREE, MOP_LOG_RUNNING, MOP_LOG_DIED };
enum mop_log_holder mop_log_holder(const char *path, int64_t *now_us, long *pid);
bool mop_log_is_complete(const struct mop_log_run *r);
/* Newest last; in `a`. A run that is under way, or was killed and has no line yet, is the last one,
 * with id 0 and status "running" or "died". all: those that another run of the same night took the
 * place of, too. */
int mop_log_runs(struct mop_log *l, struct mop_arena *a, bool all, struct mop_log_run **runs,
                 size_t *n, struct mop_err *e);
/* "12", "last", "last-1" (complete ones), or the day or time of its --now. NULL with code 2. */
const struct mop_log_run *mop_log_find(const struct mop_log_run *runs, size_t n, struct mop_sv name,
                                       struct mop_err *e);
/*
 * The usual time between the runs, their median; 0: they do not tell, as they are too few or lie
 * within two days. *late_us: so long ago may the last one be. That is twice the usual, or a quarter
 * more than the longest but one of the last ones; two days if they do not tell.
 */
int64_t mop_log_rhythm(const struct mop_log_run *runs, size_t n, int64_t *late_us);
/* A score of a run as it was put. */
struct mop_log_score {
    int64_t run;
    int of; /* as in struct mop_score_since */
    struct mop_sv record, name, clean, assessed, undecided, reason;
    bool money;
    int64_t tenths, between;
};
int mop_log_scores(struct mop_log *l, struct mop_arena *a, int64_t run, /* 0: of all complete */
                   struct mop_log_score **scores, size_t *n, struct mop_err *e);
struct mop_log_table {
    const char *name;
    const char *const *columns; /* "#records" is a number */
    size_t ncolumns;
    const char *sql;
};
extern const struct mop_log_table
    mop_log_tables[]; /* what `export` and `show` have; name NULL ends */
/* Every row of a table of the run (0: of all runs), column by column as text; NULL p: null. */
int mop_log_each(struct mop_log *l, const struct mop_log_table *t, int64_t run,
                 int (*row)(void *ctx, const struct mop_log_table *t, const struct mop_sv *cells,
                            struct mop_err *e),
                 void *ctx, struct mop_err *e);
/* What changed from one run to a later one. In `a`. */
int mop_log_compare(struct mop_log *l, struct mop_arena *a, const struct mop_log_run *from,
                    const struct mop_log_run *to, const struct mop_since **since,
                    struct mop_err *e);
/* Takes the runs before `first` out, in one transaction; the run that later ones were compared with
 * and the last complete one stay. */
int mop_log_prune(struct mop_log *l, int64_t first, uint64_t *gone, struct mop_err *e);
#endif
