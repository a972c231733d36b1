/* SPDX-License-Identifier: MIT */
#ifndef MOP_VERDICT_H
#define MOP_VERDICT_H
#include "score/result.h"
#include "score/score.h"

/* What decide.c is made of. All texts are of the result's arena. */

/* gates.c: each adds its gates to r->gates, which has room for them. */
void mop_ask_types(struct mop_result *r, const struct mop_verdict_options *o);
void mop_ask_ratchet(struct mop_result *r, const struct mop_verdict_options *o);
/* -1: there is no such report. */
int mop_ask_report(struct mop_result *r, const struct mop_min_report *m, struct mop_err *e);

/* reasons.c: adds a reason to r->why. */
void mop_because(struct mop_result *r, enum mop_reason_about about, struct mop_sv why);
/* Each adds a reason for all that fails the run, and says whether anything did. */
bool mop_failed_gates(struct mop_result *r);
bool mop_failed_targets(struct mop_result *r, bool *any); /* any: has a report a target? */
bool mop_failed_datasets(struct mop_result *r);
bool mop_failed_exclusions(struct mop_result *r);
bool mop_nothing_assessed(struct mop_result *r);
/* Gated: something else decides, so that by default findings do not. */
bool mop_failed_findings(struct mop_result *r, const struct mop_verdict_options *o, bool gated);
void mop_say_broken(struct mop_result *r);
#endif
