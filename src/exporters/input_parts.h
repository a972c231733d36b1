/* SPDX-License-Identifier: MIT */
#ifndef MOP_INPUT_PARTS_H
#define MOP_INPUT_PARTS_H
#include "input.h"

/*
 * The stages of an input, each pulling from the one below: file, gzip, text. A stage delivers up to
 * `cap` bytes, 0 at the end, -1 with *e set. Bytes looked at ahead of time are pushed back in
 * front.
 */
struct mop_ahead {
    char b[4];
    size_t at, n;
};
typedef long mop_input_pull(struct mop_input *in, char *dst, size_t cap, struct mop_err *e);

struct mop_gunzip;
/* NULL: a zlib other than the one compiled against. */
struct mop_gunzip *mop_gunzip_create(void);
void mop_gunzip_free(struct mop_gunzip *z);
long mop_gunzip_pull(struct mop_gunzip *z, struct mop_input *in, char *dst, size_t cap,
                     struct mop_err *e);

struct mop_convert;
/* NULL: iconv does not know `from`. */
struct mop_convert *mop_convert_create(const char *from);
void mop_convert_free(struct mop_convert *c);
long mop_convert_pull(struct mop_convert *c, struct mop_input *in, char *dst, size_t cap,
                      struct mop_err *e);

long mop_input_file(struct mop_input *in, char *dst, size_t cap,
                    struct mop_err *e); /* bytes as they are stored */
long mop_input_bytes(struct mop_input *in, char *dst, size_t cap, struct mop_err *e); /* unzipped */
struct mop_loc mop_input_loc(const struct mop_input *in);
#endif
