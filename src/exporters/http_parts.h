/* SPDX-License-Identifier: MIT */
#ifndef MOP_HTTP_PARTS_H
#define MOP_HTTP_PARTS_H
#include "connector.h"
#include "http.h"
#include "http_template.h"

#include "../base/json_doc.h"
#include "../base/map.h"
#include "../base/wait.h"

/* The insides of the HTTP exporter, shared by http*.c and nobody else. */

enum {
    MOP_HTTP_CAP_BODY = 64 * 1024 * 1024, /* of a page, decompressed */
    MOP_HTTP_CAP_HEADERS = 256 * 1024,
    MOP_HTTP_CAP_URL = 64 * 1024,
    MOP_HTTP_CAP_TEXT = 1024 * 1024, /* a rendered template, a token */
    MOP_HTTP_REDIRECTS = 5,
    MOP_HTTP_IDS = 65536,   /* how many ids back a double is found at once, else at the end */
    MOP_HTTP_CURSORS = 4096 /* and cursors; longer rounds end at the page ceiling */
};

/* One answer. Reset before each request. */
struct mop_answer {
    long status;
    struct mop_buf headers; /* of the last answer: "name: value" lines */
    struct mop_buf body;
    int fd;            /* where the body of a 200 goes instead, or -1 */
    uint64_t received; /* bytes of the body */
    bool framed;       /* its end can be told: a length, chunks, HTTP/2 */
};
/* The value of a header, or absent. */
struct mop_sv mop_answer_header(const struct mop_answer *x, const char *name);

struct mop_request {
    struct mop_buf url;
    struct mop_buf shown; /* the URL for traces, masked */
    bool post;
    struct mop_buf body, shown_body;
    const char *type;       /* of the body */
    struct mop_buf headers; /* "Name: value" lines */
    bool foreign;           /* redirected to another host: nothing of the connector's goes along */
};
void mop_request_init(struct mop_request *q);
void mop_request_release(struct mop_request *q);

struct mop_client; /* http_client.c: libcurl */

/* Texts that must never be shown. */
struct mop_secrets {
    struct mop_sv list[32];
    size_t n;
};

struct mop_ids; /* http_ids.c */
/* `all`: the last `most` at once, the others by mop_ids_settle(). */
struct mop_ids *mop_ids_create(size_t most, bool all);
void mop_ids_free(struct mop_ids *x);
void mop_ids_reset(struct mop_ids *x);
/* False if it is among the last `most` or more. */
bool mop_ids_add(struct mop_ids *x, struct mop_sv id);
/* Has any of all that were added come twice? 1 yes, 0 no, -1 the disk failed. */
int mop_ids_settle(struct mop_ids *x);

/* Where the fetch of one partition stands. */
struct mop_place {
    uint64_t page;           /* pages read */
    uint64_t got, window;    /* records read; since the last restart */
    uint64_t offset, number; /* of the page to be asked for */
    struct mop_buf cursor;   /* {cursor}; or the next address */
    bool has_cursor, by_url; /* by_url: `cursor` is the address to ask for */
    struct mop_buf last_key; /* {last_key} of this window */
    struct mop_buf key;      /* of the last record */
    bool promised;           /* the page before says that there is this one */
    bool overlaps;           /* this page is to begin with the record `last_id` */
    struct mop_buf last_id;
    uint64_t same;       /* pages in a row whose answers are the same */
    uint64_t same_was;   /* hash of the last one */
    bool probes, probed; /* this page is asked for behind the total, where none can be; one was */
    uint64_t back_offset, back_number; /* of the page to go on with */
    bool has_total;
    uint64_t total;     /* of this window */
    uint64_t grew_from; /* the total before it grew, or 0 */
    uint64_t owed;      /* what was missing of the last window's total when this one began */
};

struct mop_http {
    struct mop_source source; /* first */
    struct mop_arena arena;   /* connector, config, schema */
    struct mop_arena batch;
    const struct mop_http_options *o;
    struct mop_connector *c;
    const struct mop_stream *s;
    struct mop_sv *config;    /* values, in the order of c->config; absent: not given */
    const char **config_file; /* the file that a value came from, or NULL */
    struct mop_secrets secrets;
    struct mop_client *client;
    uint64_t seed;    /* of the jitter */
    int64_t began_us; /* by the vendor's clock, if that is behind this machine's */

    struct mop_buf access_token;
    bool has_token;
    struct mop_buf url_base; /* from the token answer, or empty */

    struct mop_sv *partitions;
    size_t npartitions, partition;
    struct mop_state *state; /* or NULL */
    bool reads;              /* no dry run */
    char *hold_path;         /* of a lock on the bookmarks, or NULL */
    int hold;                /* or -1 */
    uint64_t state_known;    /* records that the last run had read */
    bool has_since;
    int64_t since_us;

    struct mop_place place;
    char page[80]; /* "page 2", of several partitions "page 2 of 'b'"; "" before the first */
    struct mop_answer answer;
    bool conditional;        /* what it answers asked for changes only, by a header */
    bool accepted;           /* a rule says that it is no error */
    struct mop_json_doc doc; /* the page */
    struct json_t **records; /* of the page */
    size_t nrecords, caprecords, next_record;
    size_t next_child; /* of the record, when records are expanded */
    bool more_pages;
    bool several_pages; /* of one partition were read */

    const struct mop_http_field *fields; /* the stream's, or those of the first page */
    size_t nfields;
    bool *received;         /* per field: some record had it */
    bool expanded;          /* some record had the list that rows are made of */
    struct mop_map unknown; /* names beside the fields, to the number of records */
    struct mop_ids *ids, *cursors;
    struct mop_map inner, mapped; /* pointers on the way to fields, and of fields */
    struct mop_cell *cells;
    size_t max_rows, text;
    uint64_t rows, all_records;
    uint64_t all_total; /* of the partitions that were read, where each names one */
    bool no_total;      /* one does not */
    struct mop_err late;
    bool done;
    size_t capnotes;
};

/* http_find.c */
/* The connector and stream that a source names, its config, its partitions; -1 with *e code 2. */
int mop_http_find(struct mop_http *h, const char *source, struct mop_err *e);
bool mop_http_is_named(const char *source);

/* http.c */
struct mop_http *mop_http_create(const char *source, const struct mop_http_options *o);
void mop_http_free(struct mop_http *h);
/* Code 3; behind the words the page, unless they name it, and the outcome: "record 3 is no JSON
 * object (page 1) [not-a-record]". -1. */
int mop_http_fail(const struct mop_http *h, struct mop_err *e, const char *outcome, const char *fmt,
                  ...) __attribute__((format(printf, 4, 5)));
void mop_http_note(struct mop_http *h, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void mop_http_trace(const struct mop_http *h, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* http_values.c */
/* The config values from environment and files; -1 with *e code 2. */
int mop_http_config(struct mop_http *h, struct mop_err *e);
/* Or a device: no file that could be read again, or replaced. */
bool mop_http_is_pipe(const char *path);
/* Reads the file of a secret again, unless it is a pipe; -1 with *e code 2. */
int mop_http_reread(struct mop_http *h, size_t i, struct mop_err *e);
/* Splits partition values; at least one partition. */
int mop_http_partitions(struct mop_http *h, struct mop_err *e);
void mop_http_secret(struct mop_http *h, struct mop_sv text);
/* Adds `s` with every secret in it as ***, also where it is escaped as in an address or in JSON. */
void mop_http_masked(const struct mop_http *h, struct mop_sv s, struct mop_buf *out);
/* The same in h->batch: before it is cut, or half a secret would be left. */
struct mop_sv mop_http_masked_text(struct mop_http *h, struct mop_sv s);
struct mop_render {
    const struct mop_http *h;
    bool mask;
};
/* A mop_template_fn; ctx is a mop_render. */
bool mop_http_value(void *ctx, struct mop_sv name, enum mop_format_of format, struct mop_buf *out);
/* A template rendered to text in `a`; absent when a variable has no value. */
struct mop_sv mop_http_text(struct mop_http *h, struct mop_arena *a, struct mop_sv template_);

/* http_lock.c */
/* Waits until no other run has the file; *fd for mop_http_unlock, also where locks are not to be
 * had. -1 with *e: the deadline, a signal. */
int mop_http_lock(struct mop_http *h, const char *path, int *fd, struct mop_err *e);
void mop_http_unlock(int fd);
/* Takes the bookmarks of the source until mop_http_let_go(): -1 with *e if another run has them, or
 * their folder cannot be written. */
int mop_http_hold(struct mop_http *h, struct mop_err *e);
void mop_http_let_go(struct mop_http *h);
/* Where a link leads, or the path itself. To be freed. */
char *mop_http_real(const char *path);
/* Writes a file by rename, mode 0600; -1 with errno, and the file as it was. */
int mop_http_replace(const char *path, struct mop_sv text);

/* http_state.c */
/* The file of --state; -1 with *e. */
int mop_state_open(struct mop_http *h, struct mop_err *e);
/* The bookmark of the partition at hand, and so {since}; -1 with *e. */
int mop_state_begin(struct mop_http *h, struct mop_err *e);
/* The partition is read whole: where its bookmark goes, once all is safe. */
void mop_state_end(struct mop_http *h);
/* {since} was written in a form that ends at this unit. */
void mop_state_cut(const struct mop_http *h, int64_t unit_us);
void mop_state_free(struct mop_state *t);
/* The columns of a run in which no record came to learn them from: those of its bookmark, if any;
 * -1 with *e. */
int mop_state_columns(struct mop_http *h, struct mop_err *e);
/* Looks at a record's time of change; *known: the last run has read it so. */
int mop_state_meet(struct mop_http *h, struct json_t *record, bool *known, struct mop_err *e);

/* http_request.c */
/* The request for the page at h->place. -1 with *e. */
int mop_http_request(struct mop_http *h, struct mop_request *q, bool mask, struct mop_err *e);

/* http_auth.c */
/* Gets an access token if the connector needs one and there is none; -1 with *e. */
int mop_http_authenticate(struct mop_http *h, struct mop_err *e);
/* Adds the header that proves who asks. */
void mop_http_authorize(struct mop_http *h, struct mop_request *q, bool mask);

/* http_client.c */
struct mop_client *mop_client_create(const struct mop_http_options *o);
void mop_client_free(struct mop_client *c);
uint64_t mop_client_requests(const struct mop_client *c);
/* Milliseconds left of the deadline. */
int64_t mop_client_left(const struct mop_client *c);
/* Sends: 0 an answer; 1 a fault that may pass, -1 one that will not, both with *e set. */
int mop_client_send(struct mop_http *h, struct mop_request *q, struct mop_answer *x,
                    struct mop_err *e);

/* http_unpack.c */
/* 1: the answer is packed as gzip, 0: not at all, -1: otherwise. */
int mop_answer_packing(struct mop_http *h, const struct mop_answer *x, struct mop_err *e);
/* The body as it was before it was packed, if it was: 0; 1: cut short or damaged; -1. */
int mop_answer_unpack(struct mop_http *h, struct mop_answer *x, struct mop_err *e);

/* http_send.c */
/* The same, and follows redirects. */
int mop_http_send(struct mop_http *h, struct mop_request *q, struct mop_answer *x,
                  struct mop_err *e);

/* http_wait.c */
int64_t mop_http_now_us(void); /* the clock on the wall; fixed under test */
/* A number in a unit, as milliseconds from now. */
bool mop_wait_in_unit_ms(struct mop_sv text, enum mop_wait_unit unit, int64_t now_us, uint64_t *ms);
/* Before another attempt: as long as the answer says (`rule`: where it says so, or NULL), else ever
 * longer. */
int mop_http_wait_before(struct mop_http *h, const struct mop_error_rule *rule, uint64_t attempt,
                         struct mop_err *e);
/* Waits; -1 when the deadline or a signal is in the way. */
int mop_http_pause(struct mop_http *h, uint64_t ms, struct mop_err *e);
/* When a limit that is not waited for ends, if the answer says so. */
void mop_http_hint_reset(struct mop_http *h, const struct mop_error_rule *rule, struct mop_err *e);

/* http_answer.c */
/* Asks for the page at h->place until there is an answer to use: 0 h->doc (or the file) holds it,
 * 1 it says that there are no records, -1 *e is set. */
int mop_http_ask(struct mop_http *h, struct mop_err *e);

/* The answer, whatever its status, says in this part of it what is wrong in the vendor's words: -1.
 */
int mop_http_refuse(struct mop_http *h, struct json_t *in, struct mop_err *e);

/* http_content.c */
/* The answer of a 200 into h->doc: 0; 1 a fault that may pass; -1. */
int mop_http_take(struct mop_http *h, struct mop_err *e);
/* That of an answer that is an error, where it is JSON. */
void mop_http_parse_error(struct mop_http *h);
bool mop_content_type_fits(struct mop_sv type, const struct mop_stream *s);

/* http_link.c */
/* The address with rel="next" of a Link header (RFC 8288), or absent; *broken: it cannot be read
 * to its end. */
struct mop_sv mop_link_next(struct mop_sv header, bool *broken);
/* `to` as seen from `base` into out; false if it is no http address. */
bool mop_url_resolve(const char *base, struct mop_sv to, struct mop_buf *out);
bool mop_url_same_host(const char *a, const char *b); /* scheme, host and port */
/* May it be asked: https, or http to this machine or where allowed. */
bool mop_url_is_allowed(const char *url, bool allow_http);
bool mop_url_is_https(const char *url);
bool mop_url_is_loopback_http(const char *url);
bool mop_url_has_user(const char *url);
/* Without the values of its query; of a foreign one only the host, since its path may be a secret.
 */
void mop_url_shown(const char *url, bool foreign, struct mop_buf *out);
/* The same of an address that an answer names, and of its path only what is in that of the first
 * one, or a short number: the rest may be a cursor, or a token. */
void mop_url_shown_next(const char *url, const char *first, struct mop_buf *out);

/* http_pages.c */
void mop_place_begin(struct mop_http *h);
/* After a page: is there another, and where. -1 with *e: the fetch is not whole. */
int mop_place_advance(struct mop_http *h, bool empty_answer, struct mop_err *e);

/* http_rows.c */
/* The page does not begin where the one before ends, though it was asked for so: -1. */
int mop_http_moved(struct mop_http *h, struct mop_err *e);
/* Finds the page's records and looks at their ids; -1 with *e. */
int mop_http_collect(struct mop_http *h, struct mop_err *e);
/* The next row of the page: 1, 0 at its end, -1. */
int mop_http_row(struct mop_http *h, struct mop_batch *b, struct mop_err *e);

/* http_fields.c */
/* The stream's fields, or those of the page; -1 with *e. */
int mop_http_find_fields(struct mop_http *h, struct mop_err *e);
int mop_http_fill(struct mop_http *h, struct json_t *record, struct json_t *child,
                  struct mop_row *row, struct mop_cell *cells, struct mop_err *e);
/* Vendors write "", [] and false for an object or a list that is not there. */
bool mop_http_says_something(const struct json_t *v);
/* Counts what the record has beside the fields. */
void mop_http_meet_unknown(struct mop_http *h, struct json_t *record);
/* Which fields never came, and which came and have no column. */
void mop_http_find_gaps(struct mop_http *h);

/* http_file.c */
/* A file without a name; -1 with errno. */
int mop_http_spool(void);
/* A stream whose decoder is csv or ndjson: fetched whole, then read as a file. */
struct mop_source *mop_http_open_file(struct mop_http *h, const struct mop_source_options *o,
                                      struct mop_err *e);

#endif
