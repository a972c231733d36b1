/* SPDX-License-Identifier: MIT */
#ifndef MOP_FETCH_RUN_H
#define MOP_FETCH_RUN_H
#include "check_settings.h"

/* The records of the one source in the settings into their output; then the bookmark, and what is
 * to be said of them. -1 with *e. */
int mop_fetch(struct mop_check_settings *f, struct mop_err *e);
#endif
