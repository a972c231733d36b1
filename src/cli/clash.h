/* SPDX-License-Identifier: MIT */
#ifndef MOP_CLASH_H
#define MOP_CLASH_H
#include "cli/outputs.h"

/* -1 with code 2 if an output is a file that the run reads, or that another output is written to.
 */
int mop_clash_check(const struct mop_outputs *o, const struct mop_ruleset *rs, struct mop_err *e);
/* The same regular file, or the same name of a file that is not there yet. */
bool mop_clash_same(const char *a, const char *b);
#endif
