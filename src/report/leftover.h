/* SPDX-License-Identifier: MIT */
#ifndef MOP_LEFTOVER_H
#define MOP_LEFTOVER_H
#include "base/sv.h"

/*
 * Files beside an output that a killed run left: `.mopslint-PID-N.tmp`. The number of a process
 * tells nothing on another host or after a restart; whose run is under way holds a lock of the
 * system on it, which ends with the process.
 */
/* Is it called as mop_outfile_open calls them, and by which process? */
bool mop_leftover_name(struct mop_sv name, int64_t *pid);
/* Holds one's own as long as it is open. */
void mop_leftover_hold(int fd);
/* Takes those away that lie beside `path`, once a folder: regular files of this user, with no other
 * name, that no process holds and that were not touched for a day. */
void mop_leftover_remove(const char *path);
#endif
