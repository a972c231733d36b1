/* SPDX-License-Identifier: MIT */
#ifndef MOP_ROWS_H
#define MOP_ROWS_H
#include "report/out.h"

/*
 * Plain tables for programs. A column whose name begins with # holds numbers, whole or with one
 * decimal; a cell without bytes (p NULL) is null in JSON and empty in CSV.
 */
void mop_rows_csv_head(struct mop_out *out, const char *const *columns, size_t n);
void mop_rows_csv(struct mop_out *out, const struct mop_sv *cells, size_t n);
/* One object; `first`: of its list. */
void mop_rows_json(struct mop_out *out, const char *const *columns, const struct mop_sv *cells,
                   size_t n, bool first);
/* What changed, alone: what stands under `since` in the JSON report. */
struct mop_since;
void mop_since_json(struct mop_out *out, const struct mop_since *s);
#endif
