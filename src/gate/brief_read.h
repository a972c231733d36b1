/* SPDX-License-Identifier: MIT */
#ifndef MOP_BRIEF_READ_H
#define MOP_BRIEF_READ_H
#include "gate/brief.h"

/* What the files that read briefs share. Faults go to the diags; reading goes on. */
struct mop_brief_reader {
    struct mop_brief *b;
    struct mop_diags *d;
    const struct mop_brief_options *o;
};
void mop_brief_fault(struct mop_brief_reader *r, const char *id, const struct mop_node *at,
                     const char *hint, const char *fmt, ...) __attribute__((format(printf, 5, 6)));
/* Unknown keys and wrong shapes; false if `map` is no mapping. */
bool mop_brief_check(struct mop_brief_reader *r, const struct mop_node *map,
                     const struct mop_key_table *t);
/* The scalar under a key, trimmed; blank is not said. */
struct mop_said mop_brief_said(const struct mop_node *map, const struct mop_key_table *t,
                               const char *key);
/* The same, a value that is still to come included: for what people state, which has to be told
 * where it stands. */
struct mop_said mop_brief_raw(const struct mop_node *map, const char *key);
/* The same with a fault if the key is not there. */
struct mop_said mop_brief_need(struct mop_brief_reader *r, const struct mop_node *map,
                               const struct mop_key_table *t, const char *key);
bool mop_brief_bool(struct mop_brief_reader *r, const struct mop_node *map,
                    const struct mop_key_table *t, const char *key);
/* Under a key that takes a text or a list of texts, with faults for what else stands in it. */
struct mop_said_list mop_brief_texts(struct mop_brief_reader *r, const struct mop_node *map,
                                     const struct mop_key_table *t, const char *key);
struct mop_said_day mop_brief_day(struct mop_brief_reader *r, const struct mop_node *map,
                                  const struct mop_key_table *t, const char *key);

/* ---- brief_open.c ---- */
/* Marks the scalars of the tree that are still to come, and lists them. */
void mop_brief_find_open(struct mop_brief_reader *r, struct mop_node *root);
/* ---- brief_links.c ---- */
/* The value of `links`: a list, or a file. -1 with *e when the file cannot be read. */
int mop_brief_read_links(struct mop_brief_reader *r, const struct mop_node *links,
                         struct mop_err *e);
struct mop_brief_link *mop_brief_add_link(struct mop_brief *b); /* valid until the next */

/* A file of links, and its columns that a link is made of. */
enum {
    MOP_LINK_URL,
    MOP_LINK_NAME,
    MOP_LINK_CHANNEL,
    MOP_LINK_PLATFORM,
    MOP_LINK_PRINTED,
    MOP_LINK_COLUMNS
};
extern const char *const mop_link_columns[MOP_LINK_COLUMNS];
struct mop_link_file {
    struct mop_brief *b;
    const char *path;
    struct mop_source *source;
    long column[MOP_LINK_COLUMNS]; /* -1: none */
};
/* Those that can fail: -1 with *e. */
int mop_link_file_open(struct mop_link_file *f, const struct mop_brief_options *o,
                       struct mop_err *e);
/* Finds one column; one that stands twice is an error, at `at` one that is needed and not there. */
int mop_link_file_bind(struct mop_link_file *f, int column, struct mop_sv name, bool needed,
                       struct mop_loc at, struct mop_err *e);
int mop_link_file_rows(struct mop_link_file *f, struct mop_err *e);
int mop_link_file_close(struct mop_link_file *f, int rc); /* returns rc */
/* A column by name, in these letters or in any case; -1: there is none. */
long mop_link_column(const struct mop_schema *s, struct mop_sv name);
/* ---- lone_links.c ---- */
/* Is it meant to be a link, and no name of a column or file? */
bool mop_looks_like_link(struct mop_sv s);
/* What columns of links are called, also in lists of campaigns; ends with NULL. */
extern const char *const mop_link_spellings[];
/* ---- brief_money.c ---- */
/* A count or amount in millionths, 0 or more; "1e4" as JSON has it, not "12.000". */
bool mop_brief_number(struct mop_sv s, mop_i128 *millionths);
void mop_brief_read_budget(struct mop_brief_reader *r);
/* ---- brief_people.c ---- */
void mop_brief_read_people(struct mop_brief_reader *r);
/* ---- brief_digest.c ---- */
void mop_brief_make_digest(struct mop_brief *b);
#endif
