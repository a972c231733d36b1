/* SPDX-License-Identifier: MIT */
#ifndef MOP_ARGS_H
#define MOP_ARGS_H
#include "rules/compile.h"

/* mop_test.arg of the kinds that other rooms look into. */

/* unique: the test's fields are the parts of the key, first those of `of`, then `within`. */
struct mop_unique {
    bool fold_case; /* fold: [case]; trimming is in the meant form already */
    bool row;       /* every column as written: the judge makes the key, there are no fields */
    struct mop_field *keep; /* keep: {oldest: F} or {newest: F}: which of a group stays; NULL:
                               design.md's order */
    bool keep_largest;      /* newest */
    size_t nkey;            /* how many of the fields are the key itself */
};
/* The test behind a record's `key` (one field or several) and `unique: {row: true}` (none).
 * Registered like any other. */
struct mop_test *mop_unique_test(struct mop_scope *s, struct mop_field **fields, size_t n, bool row,
                                 struct mop_loc at);

/* references: the key is the meant form of fields[0]; it has to be a meant form of `target`. */
struct mop_references_arg {
    struct mop_field *target; /* of another record type, or of the same */
};

/* items: of the vocabulary that its items are of (NULL: none) each rung is a check of its own,
 * beside that of `items` itself. */
const struct mop_vocabulary *mop_items_vocabulary(const struct mop_test *t);
bool mop_items_guard(
    const struct mop_test *t); /* an item may be one that nobody knows, of no type */
/* The rungs before .provisional that items of the field's value are on, whatever the record's date:
 * bits of enum mop_rung. */
unsigned mop_items_rungs(const struct mop_field *f, const struct mop_value *v, struct mop_run *run);
/* Of a check `items` under a field: on which rungs an item's other written-form checks are silent,
 * since those are checks for the same records. */
void mop_items_told(const struct mop_check *c);
const struct mop_kind *mop_items_rung_of(const struct mop_test *t); /* NULL: `items` itself */
struct mop_test *mop_items_rung(struct mop_scope *s, const struct mop_test *items,
                                const struct mop_kind *rung);
/* Of items or a rung of theirs: do blanks around an item belong to the separator? */
bool mop_items_trim(const struct mop_test *t);

/* Do both tests look at the items of one `items`? */
bool mop_items_of_one(const struct mop_test *a, const struct mop_test *b);

/* ladder.c: the rung before .provisional that an inline check is, of its field's values or of their
 * items; NONE: it is another check. */
enum mop_rung mop_rung_of(const struct mop_check *c);

/* determines: fields[0 .. nfields-2] are the key, the last is what it determines. One test per
 * determined field. */

/* Which blanks `required` answers: bits by enum mop_state - MOP_ST_ABSENT; all unless `of` says
 * less. */
struct mop_required {
    unsigned of;
};

/* The checks that `url: {https: true, no_pii: true}` asks for: each becomes a check
 * record.field.url.<id>. */
struct mop_url_subcheck {
    struct mop_sv id;           /* last part of the check's id */
    const struct mop_node *use; /* its setting: true, a severity, or a mapping of options */
    enum mop_severity severity; /* default of that check */
    enum mop_dimension dimension;
    const char *summary;
};
/*
 * Reads the mapping under `url:` (or `url: true`: all that are on by default); *out in the arena.
 * -1 after a fault. Compile each with mop_url_test, which registers it.
 */
int mop_url_subchecks(struct mop_scope *s, const struct mop_node *url,
                      struct mop_url_subcheck **out, size_t *n);
struct mop_test *mop_url_test(struct mop_scope *s, struct mop_field *f,
                              const struct mop_url_subcheck *c);
#endif
