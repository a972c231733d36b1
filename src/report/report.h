/* SPDX-License-Identifier: MIT */
#ifndef MOP_REPORT_H
#define MOP_REPORT_H
#include "report/out.h"
#include "score/result.h"

/*
 * A report format: a finished run in, bytes out. One file each (<format>.c) and one word in
 * src/tables.c. Personal values are masked unless the run shows values (result.show_values).
 */
struct mop_format_options {
    bool color;          /* the output is a terminal that has them */
    unsigned width;      /* columns, brought to 80..120; 0: 100 */
    size_t max_values;   /* worst values shown per rule; 0: 5 on pages, 20 in JSON */
    size_t max_samples;  /* records shown per rule; 0: 3 on pages, all that were kept in JSON */
    bool full;           /* a page with all its details; else what fits a screen or two */
    const char *command; /* the command line, for 'where to look'; NULL: not told */
    const char *path;    /* the file that is written, and maybe there from before; NULL: none */
    int64_t took_us;     /* how long the run took; 0: not told */
};

struct mop_format {
    const char *name, *summary;
    /* -1 with code 3 when `out` refused the bytes; what it took then is no whole report. */
    int (*write)(const struct mop_result *r, const struct mop_format_options *o,
                 struct mop_out *out, struct mop_err *e);
    bool published; /* holds nothing of the data: its file is readable by everybody */
    bool last;      /* written when all other files have their names: it says how the run ended */
};

/* Of a run whose status is partial, in a few words. */
const char *mop_why_partial(const struct mop_result *r);
/*
 * The report into a file that is written whole or not at all; path NULL or "-": standard output.
 * A report that shows personal values is readable by its owner only.
 */
int mop_report_file(const struct mop_format *f, const struct mop_result *r,
                    const struct mop_format_options *o, const char *path, struct mop_err *e);
struct mop_outfile;
/* Into a file opened before, which is finished then, but has not taken its name. */
int mop_report_finish(const struct mop_format *f, const struct mop_result *r,
                      const struct mop_format_options *o, struct mop_outfile *file,
                      struct mop_err *e);
/* The same, and commits or aborts it. */
int mop_report_into(const struct mop_format *f, const struct mop_result *r,
                    const struct mop_format_options *o, struct mop_outfile *file,
                    struct mop_err *e);
#endif
