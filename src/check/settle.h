/* SPDX-License-Identifier: MIT */
#ifndef MOP_SETTLE_H
#define MOP_SETTLE_H
#include "check/dictionary.h"
#include "rules/derive.h"

/*
 * From raw outcomes to the outcomes that stand: guards (type, .vocabulary) and the ladder's rungs
 * silence a field's other checks (design.md section 3, 'One defect, one finding').
 */

/* Outcome of one inline check before any silencing, by a caller that may know the record. */
typedef enum mop_outcome (*mop_inline_fn)(const struct mop_check *c, const struct mop_entry *e,
                                          void *ctx);
/* Where the outcomes go: PASS, FAIL and UNDECIDED only. */
typedef void (*mop_settled_fn)(const struct mop_check *c, enum mop_outcome o, void *ctx);
/*
 * Settles all inline checks of a field; ctx goes to both functions. Returns the highest severity of
 * a failed guard (0: none).
 */
enum mop_severity mop_settle(const struct mop_field *f, const struct mop_entry *e,
                             mop_inline_fn outcome, mop_settled_fn settled, void *ctx);
/* The same for a dictionary that settles, without the open checks; fills the entry's bits. */
void mop_settle_entry(const struct mop_dictionary *d, struct mop_entry *e, struct mop_arena *a);

/* True if every test of the tree reads exactly one field. */
bool mop_expr_one_field(const struct mop_expr *e);
/* True if the outcome follows from the value of the check's own field: no `when`, no window,
 * nothing that waits. */
bool mop_check_of_value(const struct mop_check *c);
/* True if the field's failed guard says already what this check of it would. */
bool mop_guard_silences(enum mop_severity guard, const struct mop_check *c);
/* Is the record at hand one that check r is for? */
typedef bool (*mop_applies_fn)(const struct mop_check *r, void *ctx);
/* Is a rung that the entry is on a finding of its own, of whatever severity, so that no other check
 * need speak of how the value is written? Not where that rung's check is off, not selected, or for
 * other records. */
bool mop_rung_told(const struct mop_field *f, const struct mop_entry *e, mop_applies_fn applies,
                   void *ctx);
/* True if the check tests no field but its own: what a failed guard of the field silences. */
bool mop_check_alone(const struct mop_check *c);
/* The only field a derived field reads, or NULL when it reads several. */
struct mop_field *mop_derive_sole_source(const struct mop_field *derived);
/* The outcome of a check on a missing column: fails if one of the missing fields it tests is
 * expected, else does not apply. */
enum mop_outcome mop_missing_outcome(const struct mop_field *f);
#endif
