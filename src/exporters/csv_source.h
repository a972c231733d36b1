/* SPDX-License-Identifier: MIT */
#ifndef MOP_CSV_SOURCE_H
#define MOP_CSV_SOURCE_H
#include "source.h"

/* The CSV exporter's insides, shared by csv.c (libcsv), csv_open.c, csv_batch.c, csv_detect.c and
 * csv_walk.c. */

/* Where a byte of the text stands. Lines count from 1. */
struct csv_place {
    uint64_t at, line, line_start; /* at, line_start: bytes into the text */
};

/* The fields of the records of one batch; csv.c adds to it record by record. */
struct csv_fields {
    struct mop_cell *cells;
    size_t first, n, cap; /* the last record is [first, n) */
    char *text;           /* the cells' bytes, a newline after each */
    size_t ntext, captext;
};
struct csv_split;
struct mop_csv {
    struct mop_file_source file;
    struct csv_split *split;
    char delimiter;
    bool cr_lines; /* lines end in CR alone (decided by the first line) */
    uint32_t max_newlines;

    size_t at;                 /* next byte of the window */
    size_t next_lf, next_cr;   /* how far the window was searched for the next of each */
    uint64_t line, line_start; /* of that byte */
    bool after_cr;
    uint64_t batch_begin; /* the window keeps the text from here on */

    struct csv_fields fields;
    struct csv_place begin; /* of the last record */
    uint64_t records;
    uint64_t strays; /* quotes inside unquoted fields, kept as text */
    struct mop_loc first_stray;
    bool short_header;    /* the first line does not look like the header of the others */
    uint64_t blank_lines; /* that are no records */
    uint64_t first_blank; /* line of the first */
    uint64_t blanks;      /* of a file of one column, before what follows */
    uint64_t blank_from;  /* line of the first */
    uint64_t shared;      /* records that begin in the line of another: behind a lone CR */
    struct mop_loc first_shared;

    size_t nrows; /* in this batch */
    struct csv_row_begin {
        struct csv_place begin;
        size_t first;
    } rows[MOP_BATCH_ROWS];
    struct mop_arena notes; /* of faults, for one batch */
};

extern const struct mop_exporter mop_exporter_csv;

/* csv.c */
void mop_csv_split_start(struct mop_csv *c);
void mop_csv_split_free(struct mop_csv *c);
/* Adds the next record to `fields`: 1, 0 at the end, 2 when the batch must end first, -1 with *e
 * set. */
int mop_csv_record(struct mop_csv *c, struct mop_err *e);

/* csv_lines.c */
struct csv_place mop_csv_here(const struct mop_csv *c);
/* Length of the rest of the line with its end, or of what is there of it. */
size_t mop_csv_rest_of_line(struct mop_csv *c);
/* Moves past `len` bytes, at most one line: true if a line ended. */
bool mop_csv_advance(struct mop_csv *c, size_t len);
/* More text; what no record of this batch needs is dropped. `open`: inside a record. As
 * mop_window_more, 2: the batch must end first. */
int mop_csv_refill(struct mop_csv *c, bool open, struct mop_err *e);
/* Moves over one physical line without reading it: 1, 0 at the end, -1. */
int mop_csv_skip_line(struct mop_csv *c, struct mop_err *e);

/* csv_batch.c */
int mop_csv_next(struct mop_source *s, struct mop_batch *b, struct mop_err *e);

/* csv_detect.c: the shape of the first records under each delimiter */
struct csv_guess {
    char delimiter;
    bool found;           /* false: no delimiter in sight, ',' stands in */
    size_t header, usual; /* fields of the first record, and of most */
    size_t lines_before;  /* physical lines of `text` before the first record of the usual size */
};
/* `fixed` 0: try all. `whole`: nothing follows `text`. */
struct csv_guess mop_csv_guess(struct mop_sv text, char fixed, bool cr_lines, bool whole);

/* csv_walk.c: raw text, read again only where a message needs a place */
/* The delimiter, line end or `end` behind the field at p. *open: a quote was not closed. */
const char *mop_csv_field_end(const char *p, const char *end, char delimiter, bool *open);
/* The place of byte `byte` of field `field` in the record that begins at `begin`, still in the
 * window. */
struct mop_loc mop_csv_locate(const struct mop_csv *c, struct csv_place begin, size_t field,
                              size_t byte);
struct mop_loc mop_csv_loc(const struct mop_csv *c, struct csv_place begin, uint64_t at);
/* The places of the first `n` fields of the record that begins at `begin`, in one walk. */
void mop_csv_locate_columns(const struct mop_csv *c, struct csv_place begin, size_t n,
                            struct mop_loc *at);
#endif
