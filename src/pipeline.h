/* SPDX-License-Identifier: MIT */
#ifndef MOP_PIPELINE_H
#define MOP_PIPELINE_H
#include "check/judge.h"
#include "record/batch.h"
#include "score/result.h"

/* exporter -> judge -> cross-record -> tally -> scores, and nothing else. */

struct mop_pipeline_source {
    const char *name;         /* file, "-" */
    const char *record;       /* --record, or NULL: by file name or columns */
    bool found;               /* by the file patterns of that type */
    struct mop_source *ready; /* opened by the caller, from here on the pipeline's; NULL: by name */
};
struct mop_pipeline_options {
    const struct mop_ruleset *rules;
    /*
     * Rules of an earlier run: judge the same records beside `rules`, and nothing is told of them
     * but scores. Asked for once it is known of which record types there are sources; gives NULL
     * where there are none, -1 after an error. NULL: nobody to ask.
     */
    int (*before)(void *ctx, const struct mop_sv *types, size_t n, const struct mop_ruleset **rules,
                  struct mop_err *e);
    void *before_ctx;
    const struct mop_exporter *const
        *exporters; /* NULL-terminated; the last one takes what no other does */
    struct mop_pipeline_source *sources;
    size_t nsources;
    struct mop_column_map *maps;
    size_t nmaps;
    struct mop_source_options source; /* given on the command line; zero: the taxonomy's */
    size_t max_samples;
    bool show_values, columns_as_given;
    const char *selection; /* of the rules, for the report: "--select owner:dana", or NULL */
    struct mop_finding_sink *sink; /* or NULL */
    struct mop_repairs *repairs;   /* to be filled, or NULL */
    void (*progress)(void *ctx, const char *source, uint64_t records, uint64_t bytes,
                     uint64_t total);
    void *progress_ctx;
    size_t *unopened; /* or NULL: set to the source that could not be opened */
};

struct mop_pipeline;
/*
 * mop_interrupted stops the run as if the source had broken off.
 *
 * Reads every source whole and scores. The result borrows from the pipeline and the rule set. NULL
 * with *e: code 2 (options, columns, a referenced type without a source) or 3 (a source that cannot
 * be opened). A source that breaks off is not an error of this call: the result's status is
 * partial, its scores are null, its source says where. r NULL: nobody asks for scores.
 */
struct mop_pipeline *mop_pipeline_run(const struct mop_pipeline_options *o, struct mop_result *r,
                                      struct mop_err *e);
/*
 * After a run that could not begin, as source i could not be opened (code 3, `why`): a partial
 * result that says so, of nothing. It borrows as that of a run does.
 */
struct mop_pipeline *mop_pipeline_unread(const struct mop_pipeline_options *o, size_t i,
                                         const struct mop_err *why, struct mop_result *r);
/* What the rules of `before` make of the data. -1 with the reason where they cannot judge it: a
 * type that they need has no source, a column of theirs is not to be told. */
int mop_pipeline_before(struct mop_pipeline *p, struct mop_result *r, struct mop_err *why);
void mop_pipeline_free(struct mop_pipeline *p);
#endif
