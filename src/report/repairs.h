/* SPDX-License-Identifier: MIT */
#ifndef MOP_REPAIRS_H
#define MOP_REPAIRS_H
#include "check/repair.h"
#include "report/out.h"

/*
 * One source's repairs as CSV, ready to import: the columns of the record's key, then those in
 * which some record is repaired, under the source's own names, with its delimiter; in UTF-8, with a
 * byte order mark if the source has one or is in another encoding. A cell without a repair holds
 * what the source holds, so that an import changes nothing else (many systems take an empty cell
 * for 'clear it'). `undo`: the same cells as they were. Values are as they are, neither masked nor
 * made safe for spreadsheets. Without a repair: the header alone.
 */
void mop_repairs_csv(const struct mop_repairs *r, size_t source, bool undo, struct mop_out *out);
#endif
