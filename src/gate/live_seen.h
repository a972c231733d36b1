/* SPDX-License-Identifier: MIT */
#ifndef MOP_LIVE_SEEN_H
#define MOP_LIVE_SEEN_H
#include "gate/brief.h"
#include "gate/live.h"

/*
 * Follows the links of a brief and notes with each what was seen, for the check `live`. Links of
 * which the file could not be read are left to the check `links`. -1 with *e as of mop_live_check.
 */
int mop_live_see(struct mop_brief *b, const struct mop_live_options *o, struct mop_err *e);
/* What to do about a finding; NULL: nothing has to be done. */
const char *mop_live_repair(enum mop_live_id id);
/* What `live-macro` says, which is found before anything is asked for. */
extern const struct mop_link_fault mop_live_macro;
#endif
