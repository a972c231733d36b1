/* SPDX-License-Identifier: MIT */
#ifndef MOP_BASELINE_H
#define MOP_BASELINE_H
#include "check/finding.h"
#include "report/out.h"

/*
 * What was wrong when a team began to watch: counts per rule and keyed hash of record and written
 * value. A record is its key, without one its bytes; neither values nor line numbers are kept, so
 * that a baseline survives sorting and may be committed. Findings in it do not decide the exit
 * status; no score ever looks at it. The file is text, one line per rule and hash, sorted:
 *
 *     mopslint.baseline/1
 *     taxonomy acme
 *     salt 4f1c...                       16 bytes in hex: the key of the hashes
 *     lead.utm_source.alias 9d0e... 2    rule, hash, how often
 */
struct mop_baseline;
/* Code 2 for a file that cannot be read, is not of that form (with its place), or is of another
 * taxonomy. */
struct mop_baseline *mop_baseline_load(const char *path, struct mop_sv taxonomy, struct mop_err *e);
/* An empty one; `like` NULL, or one whose salt it takes over, so that what stays the same reads the
 * same. */
struct mop_baseline *mop_baseline_create(struct mop_sv taxonomy, const struct mop_baseline *like);
void mop_baseline_free(struct mop_baseline *b);

void mop_baseline_add(struct mop_baseline *b, const struct mop_finding *f);
/* True if the finding is in it, by the rule's id or the one it was renamed from; uses up one of its
 * count. */
bool mop_baseline_take(struct mop_baseline *b, const struct mop_finding *f);
uint64_t mop_baseline_stale(const struct mop_baseline *b); /* findings not taken */
uint64_t mop_baseline_findings(const struct mop_baseline *b);
void mop_baseline_write(const struct mop_baseline *b, struct mop_out *out);

/* ---- between baseline.c and baseline_read.c ---- */

struct mop_baseline *mop_baseline_of_salt(struct mop_sv taxonomy, struct mop_h128 salt);
/* False: rule and hash are in it already. */
bool mop_baseline_put(struct mop_baseline *b, struct mop_sv rule, struct mop_h128 hash,
                      uint64_t count);
#endif
