/* SPDX-License-Identifier: MIT */
#ifndef MOP_ERR_H
#define MOP_ERR_H
#include "buf.h"
#include "mem.h"

/* Where something stands. line and col count from 1, col in bytes; 0 = unknown. */
struct mop_loc {
    const char *file; /* borrowed for the program's life (arena of the rule set or argv) */
    uint32_t line, col;
};

/* What went wrong, on the caller's stack. The first error wins; untouched on success. */
struct mop_err {
    int code; /* exit status it leads to: 2 usage/configuration, 3 job not done; 0 = none */
    struct mop_loc at;
    char msg[240]; /* lower case, no full stop, subject in single quotes */
    char hint[160];
    bool late; /* a later error was dropped, and so is its hint */
};
void mop_err_set(struct mop_err *e, int code, struct mop_loc at, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
void mop_err_hint(struct mop_err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* ` [name]` behind the message of a job not done (code 3) that ends in no name yet. */
void mop_err_name(struct mop_err *e, const char *name);

/*
 * Messages about files of rules and settings: all of a file come in one go, each with the source
 * line and a marker under the span. The sink keeps the text of the files it was told about.
 */
enum mop_level { MOP_NOTE, MOP_WARN, MOP_FAULT };
struct mop_diag {
    enum mop_level level;
    const char *id;    /* stable kebab-case, printed in [] */
    struct mop_loc at; /* the name is the sink's own copy */
    uint32_t span;     /* bytes under the marker, at least 1 */
    struct mop_sv msg, hint;
};
struct mop_diags {
    struct mop_arena arena;
    struct mop_diag *list;
    size_t n, cap;
    size_t faults; /* how many of level MOP_FAULT */
    struct mop_diag_file {
        const char *name;
        struct mop_sv text;
    } * files; /* text borrowed from its loader */
    size_t nfiles, capfiles;
};
void mop_diags_init(struct mop_diags *d);
void mop_diags_release(struct mop_diags *d);
void mop_diags_file(struct mop_diags *d, const char *name, struct mop_sv text);
struct mop_diag *mop_diag(struct mop_diags *d, enum mop_level level, const char *id,
                          struct mop_loc at, uint32_t span, const char *fmt, ...)
    __attribute__((format(printf, 6, 7)));
void mop_diag_hint(struct mop_diags *d, struct mop_diag *g, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* Sorts by file (in the order told), line, column. Prints file:line:col: level: message [id],
 * source line, marker, hint. Control bytes are escaped. */
void mop_diags_print(struct mop_diags *d, struct mop_buf *out, bool color);
/* The parts of that form, for messages of other make: `file:line:col: level: ` (what is 0 or NULL
 * is left out), `  hint: ...` if there is one. */
void mop_diag_head(struct mop_buf *out, enum mop_level level, struct mop_loc at, bool color);
void mop_diag_tail(struct mop_buf *out, struct mop_sv hint);
/* The line (without its end), clipped around column `col`, and a marker under `span` bytes. */
void mop_diag_excerpt(struct mop_buf *out, struct mop_sv line, uint32_t col, uint32_t span,
                      bool color);
/* One mop_err in the same form, without a source line. `prog: ` is not printed. */
void mop_err_print(const struct mop_err *e, struct mop_buf *out, bool color);
/* The nearest of `n` words within a third of the length (Damerau-Levenshtein on folded text), or
 * -1. */
long mop_suggest(struct mop_sv word, const struct mop_sv *words, size_t n);
#endif
