/* SPDX-License-Identifier: MIT */
#ifndef MOP_KEEP_H
#define MOP_KEEP_H
#include "cli/check_settings.h"
#include "history/log.h"

/*
 * --history beside a run of `check`. All of it does nothing where no history is kept. What goes
 * wrong with the history is the run's exit status, but not the end of it: the reports are written,
 * and say so.
 */
struct mop_keep {
    struct mop_check_settings *s;
    struct mop_log *log;              /* NULL: none is kept, or no longer */
    struct mop_log *lost;             /* the one that failed */
    const struct mop_ruleset *before; /* to be judged beside this run's; NULL: not needed */
    struct mop_result between;        /* what they make of the data */
    bool has_between;
    bool put; /* the run stands in it, committed */
    struct mop_err err;
};
void mop_keep_init(struct mop_keep *k, struct mop_check_settings *s);
/* Opens it: with a name as soon as possible (rs NULL), else by the taxonomy's. -1: the run cannot
 * begin: what is named is no history, or another run has it. */
int mop_keep_open(struct mop_keep *k, const struct mop_ruleset *rs, struct mop_err *e);
/* Once the rules are loaded. */
int mop_keep_begin(struct mop_keep *k, const struct mop_ruleset *rs,
                   const struct mop_load_options *o, struct mop_err *e);
/* For the pipeline (struct mop_pipeline_options): the rules of the last run of the same types. */
int mop_keep_before(void *keep, const struct mop_sv *types, size_t n,
                    const struct mop_ruleset **rules, struct mop_err *e);
/* After the last record: what changed, what --ratchet asks for. */
void mop_keep_compare(struct mop_keep *k, struct mop_pipeline *p, struct mop_result *r);
/* The verdict stands: it is committed before any report takes its name, so that none is green of a
 * run that the history lost. If that fails the result is told to be unkept. */
void mop_keep_save(struct mop_keep *k, struct mop_result *r);
/* The reports are written, or were not (code < 0, *e), which the history is told then. */
int mop_keep_end(struct mop_keep *k, int code, struct mop_err *e);
/* The run came to nothing, with *why. */
void mop_keep_failed(struct mop_keep *k, const struct mop_ruleset *rs, const struct mop_err *why);
void mop_keep_release(struct mop_keep *k);
#endif
