/* SPDX-License-Identifier: MIT */
#ifndef MOP_PIPELINE_PARTS_H
#define MOP_PIPELINE_PARTS_H
#include "check/binding.h"
#include "check/reference.h"
#include "pipeline.h"

/* What the files of the pipeline share; nobody else includes it. */

struct mop_opened {
    struct mop_source *source;
    const char *how;
    bool guessed; /* by its columns */
    uint64_t records;
    bool broken;
    struct mop_err err;
};
/* A rule set that judges what is read; the earlier run's may stand beside this run's. */
struct mop_judging {
    const struct mop_ruleset *rules;
    struct mop_arena scratch;
    struct mop_run run;
    struct mop_references references;
    struct mop_judge **judges; /* per record type; NULL: no source */
    struct mop_bound {
        struct mop_record *record; /* NULL: these rules do not know the type */
        struct mop_binding binding;
    } * bound; /* per opened source */
};
enum { MOP_JUDGINGS = 2 };
struct mop_pipeline {
    const struct mop_pipeline_options *o;
    struct mop_arena arena;
    struct mop_judging judgings[MOP_JUDGINGS]; /* this run's, the earlier run's */
    size_t njudgings;
    struct mop_opened *opened;
    size_t nopened;
    struct mop_record **order; /* this run's types as they are read */
    bool broken;
    struct mop_err unsplit; /* why the earlier run's rules judge nothing */
};

/* ---- pipeline_open.c ---- */

/* Opens the source and binds its columns to this run's rules; from here on it is closed with the
 * pipeline. */
int mop_pipeline_open(struct mop_pipeline *p, const struct mop_pipeline_source *s,
                      struct mop_err *e);
/* Every type that the types of the run refer to has to have a source: else nothing could be told of
 * the references. */
int mop_pipeline_referred(const struct mop_pipeline *p, const struct mop_judging *q,
                          struct mop_err *e);
/* --map names fields that there are. */
int mop_pipeline_maps(struct mop_pipeline *p, struct mop_err *e);

/* ---- pipeline_before.c ---- */

/* The order in which types are read; with the rules of an earlier run beside this one's, if there
 * are any and they can judge what is read: else p->unsplit says why not. -1: the caller of
 * `before` failed. */
int mop_pipeline_arrange(struct mop_pipeline *p, struct mop_err *e);
void mop_judging_init(struct mop_pipeline *p, struct mop_judging *q, const struct mop_ruleset *rs);
void mop_judging_release(struct mop_judging *q);

/* ---- pipeline_result.c ---- */

/* What a judging made of what was read, scored. */
void mop_pipeline_result(struct mop_pipeline *p, const struct mop_judging *q, struct mop_result *r);
#endif
