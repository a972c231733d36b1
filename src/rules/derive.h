/* SPDX-License-Identifier: MIT */
#ifndef MOP_DERIVE_H
#define MOP_DERIVE_H
#include "rules/compile.h"

/*
 * Derived fields: `derive:` url_param, url_host, ga4_channel, email_domain, part, map, capture,
 * json, lookup. Compiled in two steps: mop_derive_compile when the type's fields are known,
 * mop_derive_bind when all checks and rules are (a part needs its template, a look-up the
 * `references` of its field).
 */

/* What a look-up needs of its parent; the judge keeps a table per (target, wanted). */
struct mop_derive_lookup {
    struct mop_field *via;    /* the referring field */
    struct mop_field *target; /* what it references: known after bind */
    struct mop_field *wanted; /* the parent's field whose value is taken: known after bind */
    const struct mop_node *wanted_name;
};

struct mop_derive_kind;
struct mop_derive {
    const struct mop_derive_kind *kind;
    struct mop_field **fields;
    size_t nfields; /* what it reads: in[] of compute has the same order */
    struct mop_field **after;
    size_t nafter; /* fields that the `when`s of a part's templates read: computed before, not
                      inputs */
    const struct mop_derive_lookup *lookup; /* of a look-up, else NULL */
    bool per_record; /* the value does not follow from the inputs alone: look-ups, parts of
                        templates with `when` or `applies` */
    const void *arg;
    struct mop_loc at;
};

struct mop_derive_kind {
    const char *name, *summary;
    const char *schema;                    /* JSON Schema fragment of what stands under its key */
    const struct mop_kind_option *options; /* keys beside it, e.g. `name` of url_param; or NULL */
    int (*compile)(struct mop_scope *s, const struct mop_node *use, const struct mop_node *derive,
                   struct mop_derive *d);
    int (*bind)(struct mop_scope *s, struct mop_derive *d); /* or NULL */
    /* Called with readable inputs; not all of them blank. VALUE with *out, EMPTY, or UNREADABLE
     * (cannot be told). */
    enum mop_state (*compute)(const struct mop_derive *d, const struct mop_value *const *in,
                              struct mop_run *run, struct mop_arena *a, struct mop_sv *out);
    /* After bind: is it blank only where all that it reads is? NULL: a value, too, may come to a
     * blank. */
    bool (*whole)(const struct mop_derive *d);
    /* Value i of all it can have, NULL past the last; or NULL: it can be anything. */
    const char *(*value)(const struct mop_derive *d, size_t i);
    bool host; /* gives host names in their one form: values in rules are read as such */
};
extern const struct mop_derive_kind
    *const mop_derive_kinds[]; /* NULL-terminated, in the order of help */

/* The mapping under `derive:`. NULL after a fault. */
struct mop_derive *mop_derive_compile(struct mop_scope *s, const struct mop_node *n);
/* After the checks and rules of all record types. -1 after a fault. Fills lookup->target and
 * ->wanted, after, per_record. */
int mop_derive_bind(struct mop_scope *s, const struct mop_derive *d);
/*
 * VALUE with *out (in `a`, or a view of an input); EMPTY: blank; UNREADABLE: cannot be told;
 * MISSING: a source column is. in[i] is the value of d->fields[i].
 */
enum mop_state mop_derive_compute(const struct mop_derive *d, const struct mop_value *const *in,
                                  struct mop_run *run, struct mop_arena *a, struct mop_sv *out);
/* Is g derived from f, at any remove, or f itself? */
bool mop_field_comes_from(const struct mop_field *g, const struct mop_field *f);
/* Of a derivation of kind `part`: which part it takes. */
struct mop_sv mop_derive_part_name(const struct mop_derive *d);
#endif
