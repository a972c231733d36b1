/* SPDX-License-Identifier: MIT */
#ifndef MOP_OUTPUTS_H
#define MOP_OUTPUTS_H
#include "cli/repair_files.h"
#include "score/known.h"

/*
 * Where a run's results go: reports, findings, baseline, repairs. Every file is opened before the
 * first record is read, so that a path that cannot be written is known early, and takes its name
 * only when the run is whole.
 */
struct mop_baseline;
struct mop_findings;
struct mop_outputs {
    struct mop_check_settings *s;
    const char **names; /* of the sources */
    struct mop_opened_report {
        struct mop_output to;
        struct mop_outfile *file;
        bool in_place; /* what was written cannot be taken back */
        bool written, refused;
    } * reports;
    size_t nreports;
    struct mop_findings *findings, *by_fixer;
    struct mop_baseline *known, *fresh; /* --baseline, --write-baseline */
    struct mop_outfile *fresh_file;
    struct mop_repair_files repairs;
    bool has_repairs;
    struct mop_err lost;          /* a list of findings was refused its bytes during the run */
    struct mop_finding_sink sink; /* hands each finding on to all that want it */
    uint64_t known_errors, known_warnings; /* in the baseline: they do not fail the run */
    uint64_t fresh_findings;               /* not in it */
    struct mop_known known_values;         /* of those in it, for reports that list values */
};
int mop_outputs_open(struct mop_outputs *o, struct mop_check_settings *s,
                     const struct mop_ruleset *rs, struct mop_err *e);
/* NULL when nobody wants single findings. */
struct mop_finding_sink *mop_outputs_sink(struct mop_outputs *o);
/* NULL when nobody wants repairs. */
struct mop_repairs *mop_outputs_repairs(struct mop_outputs *o);
/* Takes the findings of the baseline out of what decides the exit status. */
void mop_outputs_forgive(const struct mop_outputs *o, struct mop_result *r);
/* All is written beside its place first; when nothing was refused, everything takes its name. Else
 * the result is told to be unwritten, and the reports are written once more, to say so. A partial
 * run writes its reports, but neither findings,
 * baseline nor repairs; an interrupted one writes nothing, and is code 3 if all had been read. */
int mop_outputs_write(struct mop_outputs *o, struct mop_result *r, struct mop_err *e);
/* Nothing could be read: the reports that are files say so, in the place of yesterday's. */
void mop_outputs_tell(struct mop_outputs *o, struct mop_result *r);
/* Whatever has not taken its name is removed. */
void mop_outputs_release(struct mop_outputs *o);
#endif
