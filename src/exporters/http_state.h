/* SPDX-License-Identifier: MIT */
#ifndef MOP_HTTP_STATE_H
#define MOP_HTTP_STATE_H
#include "http_parts.h"

/* What the files of bookmarks share: http_state*.c and nobody else. */

struct mop_state {
    struct json_t *old;   /* what the file says of this source, by partition, or NULL */
    struct json_t *fresh; /* bookmarks of the partitions that this run has read */
    struct mop_map known; /* hashes of the records that the last run read near its end */
    const struct json_t
        *columns; /* names, by a bookmark of `old`: of a stream that names no fields */
    const struct json_t *taken; /* the bookmark at hand, or NULL */
    int64_t taken_us;
    struct mop_arena arena;
    char what[40];     /* of the partition at hand */
    int64_t latest_us; /* of this run */
    bool has_latest, too_many;
    struct held {
        int64_t us;
        struct mop_h128 hash;
    } * held; /* what this run read within `window_us` before latest_us */
    size_t nheld, capheld;
    int64_t window_us;
};

/* http_state_file.c */
/* -1 with *e. */
int mop_state_unreadable(const struct mop_http *h, struct mop_err *e, const char *why);

/* http_state_of.c */
/* What a bookmark is taken for: the first request without its secrets and without {since}, and what
 * is made of the answer. */
void mop_state_describe(struct mop_http *h, struct mop_buf *b);
void mop_state_name(struct mop_h128 x, char room[40]);

/* http_state_columns.c */
/* All bookmarks of a run have its columns: the next one may be asked for other partitions. */
void mop_state_add_columns(struct mop_http *h);
#endif
