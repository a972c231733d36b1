/* SPDX-License-Identifier: MIT */
#ifndef MOP_FETCH_WRITE_H
#define MOP_FETCH_WRITE_H
#include "record/batch.h"

/*
 * Records as a file that reads back the same: CSV with every cell in quotes, or one JSON object a
 * line with every column in it.
 */
struct mop_fetch_format {
    const char *ending; /* of the file's name */
    void (*begin)(struct mop_buf *out, const struct mop_schema *s);
    void (*row)(struct mop_buf *out, const struct mop_schema *s, const struct mop_row *r);
    bool unique_names; /* columns of one name cannot be told apart */
};
/* By the name's ending; NULL if it has none of these. */
const struct mop_fetch_format *mop_fetch_format(const char *path);
#endif
