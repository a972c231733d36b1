/* SPDX-License-Identifier: MIT */
#ifndef MOP_REPAIR_FILES_H
#define MOP_REPAIR_FILES_H
#include "cli/check_settings.h"
#include "check/repair.h"

/*
 * --repairs and --repairs-undo. An import goes back to where the records came from, under that
 * system's names: with several sources each has a file of its own, repairs.csv becoming
 * repairs.leads.csv for leads.csv. All of them are written, if only with a header: yesterday's file
 * must not be imported again.
 */
struct mop_repair_files {
    struct mop_repairs repairs;
    size_t nsources;
    struct mop_repair_file {
        const char *path;
        struct mop_outfile *file;
    } * to, *undo; /* per source; NULL: not asked for */
};
int mop_repair_files_open(struct mop_repair_files *f, struct mop_check_settings *s,
                          struct mop_err *e);
/* Written, but without their names; then these. */
int mop_repair_files_finish(struct mop_repair_files *f, struct mop_err *e);
int mop_repair_files_commit(struct mop_repair_files *f, struct mop_err *e);
/* Notes on standard error: what is in the files and what is not. What it lifts the scores to stands
 * in the report. */
void mop_repair_files_say(const struct mop_repair_files *f);
void mop_repair_files_release(struct mop_repair_files *f);
#endif
