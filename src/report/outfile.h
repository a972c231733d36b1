/* SPDX-License-Identifier: MIT */
#ifndef MOP_OUTFILE_H
#define MOP_OUTFILE_H
#include "base/err.h"

/*
 * A file that is written whole or not at all: the bytes go to a file beside it, which takes its
 * place at the commit. Standard output, devices and pipes are written as they come. Every error is
 * code 3 and names the file.
 */
struct mop_outfile;
/* A closed pipe and a file that may not grow are errors of write, and no end without a word: from
 * here on, and from the first mop_outfile_open on. */
void mop_outfile_signals(void);
/* path NULL or "-": standard output. secret: mode 0600, else that of the file before it or the
 * usual one. */
struct mop_outfile *mop_outfile_open(const char *path, bool secret, struct mop_err *e);
/* Readable by everybody once it has its name, whatever the umask or the file before it. */
void mop_outfile_publish(struct mop_outfile *f);
int mop_outfile_write(void *file, const char *p, size_t n, struct mop_err *e); /* a mop_out_write */
/* Is it written beside its place, and can still be taken back? */
bool mop_outfile_is_beside(const struct mop_outfile *f);
/* No more bytes come, and those that did are safe: the commit has nothing left to do but rename. */
int mop_outfile_finish(struct mop_outfile *f, struct mop_err *e);
/* Both free it. After a failed commit the file is as it was before. */
int mop_outfile_commit(struct mop_outfile *f, struct mop_err *e);
void mop_outfile_abort(struct mop_outfile *f);
#endif
