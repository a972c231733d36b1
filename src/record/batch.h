/* SPDX-License-Identifier: MIT */
#ifndef MOP_BATCH_H
#define MOP_BATCH_H
#include "../base/err.h"

/*
 * What an exporter hands to the judge: a schema (the names of the columns) and batches of rows
 * whose cells are views into the exporter's memory, valid until its next call. A sink that keeps
 * one copies it.
 */

/* How a cell is there. A JSON scalar is its text. */
enum mop_presence { MOP_ABSENT, MOP_NULL, MOP_GIVEN }; /* GIVEN with n == 0 is empty */

enum mop_cell_fault { MOP_CELL_OK, MOP_CELL_ENCODING, MOP_CELL_NUL };
struct mop_cell {
    struct mop_sv v;  /* UTF-8; of a faulty cell the raw bytes */
    uint8_t presence; /* enum mop_presence */
    uint8_t fault;    /* enum mop_cell_fault: its checks are undecided */
};

/* Input faults of a whole row: no field of it is judged, all are undecided. */
enum mop_row_fault { MOP_ROW_OK, MOP_ROW_RAGGED, MOP_ROW_JSON };
struct mop_row {
    const struct mop_cell *cells; /* as many as the schema is wide; none when fault */
    uint64_t record;              /* counts from 1 within the source */
    uint64_t line;                /* where the record begins in the source; counts from 1 */
    uint8_t fault;                /* enum mop_row_fault */
    bool cell_faults;             /* some cell has a fault */
    struct mop_loc fault_at;      /* of the first cell or row fault: line and byte column */
    struct mop_sv fault_note;     /* "7 fields, header has 5"; "" else */
};
enum { MOP_BATCH_ROWS = 256 };
struct mop_batch {
    struct mop_row rows[MOP_BATCH_ROWS];
    size_t n;
};

/*
 * Behind the columns stand the objects that hold some of them (of JSON: `a` of `a.b`), each a name
 * that a field may be bound to. They repeat what the columns say: a record is its columns. Their
 * cells are filled only where wanted.
 */
struct mop_schema {
    struct mop_sv
        *columns; /* as in the header, trimmed of blanks, UTF-8; live as long as the exporter */
    const struct mop_loc *at; /* where each name begins in the file; NULL: it has no header */
    size_t n, nobjects;
    bool *wanted; /* per object; set before the first next() */
    /* How what goes back to the source is to be written. */
    char delimiter; /* 0: it is no table of cells */
    bool marked;    /* with a byte order mark: it had one, or is in another encoding than UTF-8 */
};
/* How many cells a row has. */
static inline size_t mop_schema_width(const struct mop_schema *s)
{
    return s->n + s->nobjects;
}

/* A field of the source that was asked for and came in no record, or came and has no column. */
struct mop_field_gap {
    bool mapped;              /* it has a column: it never came */
    struct mop_sv column, at; /* column "" where there is none; at: its place in a record */
    uint64_t records;         /* how many had it; 0: none */
};

struct mop_http_options;
/* How a source is to be read. Zero means: default or detect. */
struct mop_source_options {
    char delimiter;                      /* 0: detect among , ; TAB | */
    const char *encoding;                /* NULL: UTF-8, or by BOM; else an iconv name */
    uint32_t skip_lines;                 /* physical lines before the header */
    uint32_t max_field_newlines;         /* 0: 1,000 */
    const struct mop_http_options *http; /* of what is fetched: exporters/http.h; NULL: defaults */
};

/* A source being read. The exporter's own struct begins with this. */
struct mop_exporter;
struct mop_source {
    const struct mop_exporter *exporter;
    const char *name; /* as the user gave it; "-" for standard input */
    struct mop_schema schema;
    struct mop_sv *notes; /* what was detected and is said: "delimiter ';' (detected)" */
    size_t nnotes;
    struct mop_field_gap *gaps; /* known when next() has returned 0 */
    size_t ngaps;
    uint64_t bytes_read, bytes_total; /* total 0: unknown; for progress */
    bool rereadable;                  /* a second open() of the same name gives the same bytes */
    const struct mop_sv *types; /* record types, by name or kind, that it says it holds: the best
                                   first; else the header decides */
    size_t ntypes;
};

/* An exporter: records in. Registered in src/tables.c. */
struct mop_exporter {
    const char *name, *summary;
    bool (*takes)(const char *source); /* by its name, e.g. ".ndjson" */
    /* NULL with *e set (code 3 unreadable or malformed, 2 bad option). Reads up to and with the
     * header (NDJSON: the first 1,000 records' keys make the schema; later keys are a note). */
    struct mop_source *(*open)(const char *source, const struct mop_source_options *o,
                               struct mop_err *e);
    /* Fills the batch; views live until the next call. 1 rows, 0 end of a whole source, -1 not
     * whole: *e says where it began. */
    int (*next)(struct mop_source *s, struct mop_batch *b, struct mop_err *e);
    void (*close)(struct mop_source *s);
    /* Where a byte of a cell of the last batch stands; NULL: lines are all that is known. */
    struct mop_loc (*locate)(const struct mop_source *s, size_t row, size_t column, size_t byte);
};
#endif
