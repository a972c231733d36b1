/* SPDX-License-Identifier: MIT */
#ifndef MOP_JSON_SOURCE_H
#define MOP_JSON_SOURCE_H
#include "source.h"

#include "../base/json_doc.h"
#include "../base/map.h"

/* The JSON exporter's insides, shared by json.c (jansson), json_text.c, json_open.c and
 * json_batch.c. */

struct json_place {
    uint64_t at, line, line_start; /* at, line_start: bytes into the text */
};
/* The text of one record, still in the window: valid until the next is looked for. */
struct json_text {
    struct json_place begin;
    char *p;
    size_t n;
    bool cut; /* the input ends right behind it, without a line end */
};
/* A record that was parsed, or a fault in its stead. */
struct json_record {
    struct mop_json_doc doc; /* an object; none when fault */
    struct json_place begin;
    bool bad_bytes; /* it held bytes that are not UTF-8: each stands as MOP_JSON_BAD */
    uint8_t fault;  /* enum mop_row_fault */
    struct mop_loc fault_at;
    struct mop_sv note;
};
#define MOP_JSON_BAD '\x7F' /* legal inside a JSON string, and of the same length */

enum json_shape { MOP_JSON_LINES, MOP_JSON_ARRAY, MOP_JSON_MEMBER, MOP_JSON_SINGLE };
enum {
    MOP_JSON_SAMPLE = 1000,
    MOP_JSON_DEPTH = 8,
    MOP_JSON_NAME = 4096,
    MOP_JSON_STRANGERS = 1000,
    MOP_JSON_NAMED = 20
};

struct mop_json {
    struct mop_file_source file;
    enum json_shape shape; /* MEMBER: the array under "records" of an object */
    size_t at;             /* next byte of the window */
    uint64_t line, line_start;
    bool inside; /* a record has been read */
    bool ended;  /* no more records */

    struct mop_map columns, objects; /* names to indices, while the sample is read and after */
    struct mop_map strangers;        /* names that came later, to the number of records */
    uint64_t more_strangers;

    struct json_record *queue; /* the sample, until it is delivered */
    size_t nqueue, capqueue, next_queued;

    uint64_t records;
    bool begins_with_error; /* the first record looks like an error that a server tells */
    bool *first;            /* which cells the first record has */
    struct json_record held[MOP_BATCH_ROWS]; /* views of the batch point into these */
    size_t nheld;
    struct mop_cell *cells;
    size_t max_rows; /* of a batch, by the number of columns */
    size_t text;     /* bytes of text in this batch */
    struct mop_arena batch;
    struct mop_buf path;
};
extern const struct mop_exporter mop_exporter_json;

/* json_text.c: finds where records begin and end, without judging what is between */
/* 1, 0 at the end, -1 with *e set. */
int mop_json_value_text(struct mop_json *j, struct json_text *t, struct mop_err *e);
struct mop_loc mop_json_loc(const struct mop_json *j, const struct json_text *t, size_t offset);
struct mop_loc mop_json_begin(const struct mop_json *j, struct json_place begin);
bool mop_json_blank(char ch);
int mop_json_fail(const struct mop_json *j, struct mop_err *e, const char *what);
/* The window from `at` on grows by a block; what is before is dropped. As mop_window_more. */
int mop_json_refill(struct mop_json *j, struct mop_err *e);
/* Moves to the next byte that is not blank: 1 and the byte, 0 at the end, -1. */
int mop_json_peek(struct mop_json *j, char *ch, struct mop_err *e);
/* Length of the value `from` bytes behind `at`: 0 when there is none. -1 when it does not end. */
long mop_json_value_length(struct mop_json *j, size_t from, struct mop_err *e);

/* json_shape.c: an array, an array under "records", lines, or one object; `at` is then where
 * records begin */
int mop_json_shape(struct mop_json *j, bool lines, struct mop_err *e);

/* json.c */
/* -1 only where no boundary is certain any more; the note lives in `a`. */
int mop_json_parse(struct mop_json *j, struct mop_arena *a, const struct json_text *t,
                   struct json_record *r, struct mop_err *e);
void mop_json_record_release(struct json_record *r);
/* Adds the record's names to the schema. */
int mop_json_learn(struct mop_json *j, const struct json_record *r, struct mop_err *e);
/* Fills the cells of a row, all of them absent before. */
int mop_json_fill(struct mop_json *j, const struct json_record *r, struct mop_row *row,
                  struct mop_cell *cells, struct mop_err *e);

/* json_batch.c */
int mop_json_next(struct mop_source *s, struct mop_batch *b, struct mop_err *e);
#endif
