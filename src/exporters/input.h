/* SPDX-License-Identifier: MIT */
#ifndef MOP_INPUT_H
#define MOP_INPUT_H
#include "../base/err.h"

/*
 * Bytes in: a file or "-" (standard input), unzipped when it is gzip, turned into UTF-8 when an
 * encoding is declared or a byte order mark tells it. A UTF-8 source is passed on as it is: its bad
 * bytes are found later, cell by cell. In a converted source what has no meaning in its encoding
 * arrives as the byte 0xFF, which no UTF-8 text holds, so that the same check finds it.
 */
enum { MOP_INPUT_BLOCK = 256 * 1024 };
#define MOP_INPUT_BAD '\xFF'

struct mop_input;
/* `encoding` NULL: by byte order mark, else UTF-8. NULL with *e: code 3 cannot be read, 2 unknown
 * encoding. */
struct mop_input *mop_input_open(const char *name, const char *encoding, struct mop_err *e);
/* Up to `cap` bytes of text (cap at least 16); 0 at the end, -1 with *e set (code 3). */
long mop_input_read(struct mop_input *in, char *dst, size_t cap, struct mop_err *e);
/* What messages call it from here on. */
void mop_input_rename(struct mop_input *in, const char *name);
void mop_input_close(struct mop_input *in);

struct mop_input_facts {
    const char *encoding;     /* "UTF-8", or what is converted from */
    const char *foreign_mark; /* a byte order mark that the declared encoding overrides, or NULL */
    bool by_mark;             /* the encoding comes from a byte order mark */
    bool converted, gzip;
    bool rereadable;                  /* a regular file by name */
    uint64_t bytes_read, bytes_total; /* of the file itself; total 0: unknown */
};
struct mop_input_facts mop_input_facts(const struct mop_input *in);
#endif
