/* SPDX-License-Identifier: MIT */
#ifndef MOP_OUTPUT_PATHS_H
#define MOP_OUTPUT_PATHS_H
#include "cli/check_settings.h"

/* Calls `f` for every file that a run would write, and `folder` 1 for those it writes into. */
void mop_output_paths(const struct mop_check_settings *s,
                      void (*f)(void *ctx, const char *path, bool folder), void *ctx);
/* Where the run makes something new: in the folder itself, or in the one that it makes it in. A
 * file takes its name from one beside it, so that the folder is what has to be writable. */
const char *mop_output_folder(struct mop_arena *a, const char *path, bool is_folder);
/* It is there and writable; else errno says why not. */
bool mop_output_folder_fits(const char *folder);
/* One of them could not be opened, *e says: if folders are why, all that have none are told, and
 * the last of them is what *e says then. */
void mop_output_paths_refuse(struct mop_check_settings *s, struct mop_err *e);
#endif
