/* SPDX-License-Identifier: MIT */
#ifndef MOP_SOURCE_H
#define MOP_SOURCE_H
#include "../record/batch.h"
#include "window.h"
#include <stdarg.h>

/* What the exporters of files share. Their own structs begin with this. */
enum {
    MOP_CAP_FIELD = 16 * 1024 * 1024,
    MOP_CAP_RECORD = 64 * 1024 * 1024,
    MOP_CAP_COLUMNS = 32768,
    MOP_BATCH_BYTES = 1024 * 1024, /* a batch ends after the record that reaches this */
    MOP_BATCH_CELLS = 64 * 1024    /* or this */
};
struct mop_file_source {
    struct mop_source source;
    struct mop_window w;
    struct mop_arena arena; /* schema and notes: as long as the source */
    size_t capnotes;
    struct mop_err late; /* met after rows that are still to be delivered; code 0: none */
    bool done;
    bool fetched;  /* over HTTP: a cut last line, or no line that is JSON, is no fault of a row */
    bool doubtful; /* and what may be an error text in the place of records is not taken for any */
    struct mop_sv *must; /* and has these columns, which its stream must have */
    size_t nmust;
    struct mop_err end; /* the last record so far, should nothing come behind it; code 0: is good */
};
/* Opens the input; -1 with *e set. Needs release in both cases. */
int mop_file_source_init(struct mop_file_source *f, const char *name,
                         const struct mop_source_options *o, struct mop_err *e);
/* Reads on what was opened, which is moved and released in any case. As an exporter's open(). */
struct mop_source *mop_csv_read(struct mop_file_source *f, const struct mop_source_options *o,
                                struct mop_err *e);
struct mop_source *mop_json_read(struct mop_file_source *f, struct mop_err *e);
/* The same of what is known to be one object a line. */
struct mop_source *mop_json_read_lines(struct mop_file_source *f, struct mop_err *e);
void mop_file_source_release(struct mop_file_source *f);
/* A note of any source: its list grows in `cap`, the text lives in `a`. */
void mop_source_add_note(struct mop_source *s, size_t *cap, struct mop_arena *a, const char *fmt,
                         va_list ap) __attribute__((format(printf, 4, 0)));
/* Says what was detected. Notes may come until next() has returned 0. */
void mop_file_source_note(struct mop_file_source *f, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* Notes how the bytes are read: gzip, encoding. */
void mop_file_source_note_input(struct mop_file_source *f);
/* Looks at the end of what was fetched, rc 0 of the last record, and names what is late; rc. */
int mop_file_source_end(struct mop_file_source *f, int rc);
/* Keeps bytes_read current. */
void mop_file_source_progress(struct mop_file_source *f);
/* A text as messages may show it, at most 60 columns; lives in `a`. */
struct mop_sv mop_shown(struct mop_arena *a, struct mop_sv s);
/* By the end of the name, with or without .gz; `exts` ends with NULL. */
bool mop_name_has_extension(const char *name, const char *const *exts);
extern const char *const mop_json_extensions[];
#endif
