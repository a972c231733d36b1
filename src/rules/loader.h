/* SPDX-License-Identifier: MIT */
#ifndef MOP_LOADER_H
#define MOP_LOADER_H
#include "rules/compile.h"
#include "rules/keys.h"

/*
 * What the passes from merged YAML to a rule set share. Private to the loader's files. Every pass
 * tells all its faults and goes on; the caller looks at diags->faults at the end.
 */

enum { MOP_MAX_RULES = 20000 };

/* One `use` of a field set by a record type: how names in its nodes are to be read. */
struct mop_layer {
    struct mop_sv prefix;       /* "first_", or "" */
    struct mop_sv as;           /* "first", or "" */
    const struct mop_node *set; /* the set's `fields` */
    bool has_severity;
    enum mop_severity severity; /* of all its checks */
};

/* A rule or lifecycle with the record type it is for, in the order of compiling. */
struct mop_pending {
    const struct mop_node *node;
    struct mop_record *record;
    const struct mop_layer *layer; /* NULL: not from a field set */
};

/* A field's mapping (own over the field set's), until its checks are compiled. */
struct mop_field_node {
    struct mop_field *field;
    const struct mop_node *node; /* NULL or null: a field with defaults */
    struct mop_window applies;
    bool has_applies;
    const struct mop_layer *stages; /* of the lifecycle that gives the field its vocabulary */
};

struct mop_loader {
    struct mop_ruleset *rs;
    const struct mop_load_options *o;
    struct mop_diags *d;
    struct mop_arena *a;
    struct mop_node *root;   /* merged */
    struct mop_map layer_of; /* a node's address -> struct mop_layer *, of nodes from field sets */
    struct mop_map told;     /* faults by place and words */
    struct mop_map ids;      /* every id of a check, off ones too -> 1 + index in `known` */
    struct mop_known {
        struct mop_sv id;
        struct mop_loc at;
        struct mop_check *check;
    } * known;
    size_t nknown;
    size_t nchecks;                   /* of all record types; at most MOP_MAX_RULES */
    const struct mop_node *overrides; /* mapping, or NULL */
    bool *override_used;              /* by its keys */
    struct mop_blanks *blanks;        /* of fields without their own */
    struct mop_field_node *fields;    /* of all record types */
    size_t nfields;
    struct mop_pending *rules; /* rules of field sets, then of `rules:` */
    size_t nrules;
    struct mop_pending *lifecycles;
    size_t nlifecycles;
    struct mop_record **absent; /* dropped by --without */
    size_t nabsent;
    struct mop_record **far; /* other types touched since far_reset */
    size_t nfar;
    struct mop_column_use {
        struct mop_record *record;
        struct mop_vocabulary *vocabulary;
        struct mop_loc at;
    } * column_uses;
    size_t ncolumn_uses; /* vocabularies from columns, named in rules of another type */
    bool faulty_checks;  /* some could not be read: that a test names one of them is not told */
    bool quiet_removals; /* a removal of nothing is not told */
    bool broken;         /* a file could not be read: what it would have said is not missed aloud */
    struct mop_scope scope; /* of the taxonomy itself: no record */
};

/* Appends to an array in an arena; room is doubled when n is a power of two (or 0). */
#define MOP_PUSH(arena, arr, n, value)                                                             \
    do {                                                                                           \
        if (((n) & ((n)-1)) == 0)                                                                  \
            (arr) = mop_push_room((arena), (arr), (n), sizeof *(arr));                             \
        (arr)[(n)++] = (value);                                                                    \
    } while (0)
void *mop_push_room(struct mop_arena *a, const void *arr, size_t n, size_t size);

/* --- files and merging --- */
/* Loads the files of o with all they extend into l->root; -1 after a fault that leaves nothing to
 * compile. */
int mop_load_files(struct mop_loader *l);
/* `over` merged onto `base` (either may be NULL); nodes keep their own positions. */
struct mop_node *mop_merge_files(struct mop_loader *l, struct mop_node *base,
                                 struct mop_node *over);
/* The same for a field of a record over that of its field set: the result keeps the set's layer. */
struct mop_node *mop_merge_field(struct mop_loader *l, struct mop_node *base,
                                 struct mop_node *over);
const struct mop_rule_file *mop_file_of(const struct mop_ruleset *rs, const char *path);
/* A field set is {fields, rules, lifecycles}; a bare mapping means fields. */
bool mop_set_is_bare(const struct mop_node *n);
/* The `name` of the file that brought what is merged into the node. */
struct mop_sv mop_origin_of(const struct mop_ruleset *rs, struct mop_loc at);
/* dir + "/" + path, unless path is absolute. */
const char *mop_join(struct mop_arena *a, const char *dir, struct mop_sv path);
/* A file of o->kept, by its path or by the name of the pack; NULL: it was not kept. */
const struct mop_rule_file *mop_kept_file(struct mop_arena *a, const struct mop_load_options *o,
                                          const char *path);
const struct mop_rule_file *mop_kept_pack(const struct mop_load_options *o, struct mop_sv name);
/* The folders where packs are looked for, in order. */
size_t mop_pack_dirs(struct mop_arena *a, const struct mop_load_options *o, const char ***dirs);

/* --- layers --- */
struct mop_node *mop_layer_clone(struct mop_loader *l, const struct mop_node *n,
                                 const struct mop_layer *layer);
void mop_layer_put(struct mop_loader *l, const struct mop_node *n, const struct mop_layer *layer);
const struct mop_layer *mop_layer_of(const struct mop_loader *l, const struct mop_node *n);
/* The scope in which names under `n` are read. */
struct mop_scope mop_scope_at(struct mop_loader *l, struct mop_record *r, struct mop_field *f,
                              const struct mop_node *n);
/* prefix + "_" + name or so, in the arena. */
struct mop_sv mop_cat(struct mop_arena *a, struct mop_sv x, struct mop_sv y);

/* --- passes, in the order of mop_ruleset_load --- */
void mop_load_head(struct mop_loader *l); /* name, owner, timezone, blanks, score ... */
void mop_load_people(struct mop_loader *l);
void mop_load_vocabularies(struct mop_loader *l);
void mop_vocabulary_columns(struct mop_loader *l); /* `from:`, once the fields are known */
void mop_load_records(struct mop_loader *l);  /* names of record types and fields, field sets */
void mop_load_fields(struct mop_loader *l);   /* types, vocabularies, blanks */
void mop_inherit_types(struct mop_loader *l); /* of looked-up fields, from the parents' */
void mop_load_stages(struct mop_loader *l);   /* lifecycles' vocabularies */
void mop_load_derives(struct mop_loader *l);
void mop_load_record_settings(struct mop_loader *l); /* key, dated_by, weight, population, source */
void mop_load_overrides(struct mop_loader *l);
void mop_load_checks(struct mop_loader *l); /* input.*, key, inline ones, rules, lifecycles */
void mop_load_reports(struct mop_loader *l);
void mop_load_datasets(struct mop_loader *l);
void mop_load_suppressions(struct mop_loader *l);
void mop_check_overrides(struct mop_loader *l); /* unknown ids, once all are known */
void mop_load_lone_sets(
    struct mop_loader *l);                 /* record types of their own, if the options say so */
void mop_load_tests(struct mop_loader *l); /* examples and `tests:` */
void mop_apply_without(struct mop_loader *l);
void mop_apply_select(struct mop_loader *l);
void mop_find_subjects(struct mop_loader *l);
void mop_find_expected(struct mop_loader *l);
void mop_order_records(struct mop_loader *l);
void mop_digest(struct mop_loader *l);

/* --- pieces that passes share --- */
/* Fault 'there is no rule ..' with a did-you-mean; `what` goes behind it. */
void mop_unknown_id(struct mop_loader *l, const struct mop_node *at, const char *what);
/* An owner or fixer: a key of people where people are given. */
int mop_read_person(struct mop_scope *s, const struct mop_node *n, struct mop_sv *out);
int mop_read_severity(struct mop_scope *s, const struct mop_node *n, enum mop_severity *out);
int mop_read_tenths(struct mop_scope *s, const struct mop_node *n, int64_t *out);
struct mop_record *mop_scope_record(struct mop_scope *s, const struct mop_node *name);
/* A field's or the general `blanks`. */
struct mop_blanks *mop_read_blanks(struct mop_scope *s, const struct mop_node *n);
/* Remembers for lint that a rule or group names the value, if it has dates or a successor. */
void mop_mention(struct mop_scope *s, const struct mop_term *t, const struct mop_node *n);
/* A condition in the scope of its own node; NULL when there is none or after a fault. */
struct mop_expr *mop_load_when(struct mop_loader *l, struct mop_record *r, struct mop_field *f,
                               const struct mop_node *n);

/*
 * A check as it is being made: until mop_check_add it holds what was said, with effect MOP_EFFS for
 * "not said", severity that of phase_in, final_severity that of afterwards.
 */
struct mop_check *mop_check_new(struct mop_loader *l, struct mop_record *r, struct mop_field *f,
                                const struct mop_kind *k, struct mop_loc at);
/* Reads what the long form, rule or override says (its keys were checked); `layer`: of the check
 * itself. */
void mop_check_options(struct mop_loader *l, struct mop_check *c, const struct mop_node *opts);
/* The severity that a use of a field set gives all its checks, unless the record's own node says
 * one. */
void mop_check_layer(struct mop_check *c, const struct mop_layer *layer,
                     const struct mop_node *said, const struct mop_loader *l);
/* Applies overrides and defaults, tells double ids, and adds it to its record unless it is off or
 * could not be read. */
void mop_check_add(struct mop_loader *l, struct mop_check *c, const struct mop_node *at);
/* RECORD.FIELD.what, or for an own id in a field set RECORD.AS.id. */
struct mop_sv mop_check_id(struct mop_loader *l, const struct mop_field *f, const char *what);
const struct mop_zone *mop_read_zone(struct mop_scope *s, const struct mop_node *n);
void mop_check_slices(struct mop_loader *l);
/* The weight at the node, added to the record's; SIZE_MAX after a fault. */
size_t mop_load_weight(struct mop_loader *l, struct mop_record *r, const struct mop_node *n);
struct mop_expr *mop_expr_test(struct mop_arena *a, struct mop_test *t);
/* Calls fn for every test of the tree. */
void mop_expr_each(const struct mop_expr *e, void (*fn)(struct mop_test *t, void *ctx), void *ctx);
void mop_load_field_checks(struct mop_loader *l, struct mop_field_node *fn);
/* The checks of the rungs of a field with a vocabulary; opts: the long form of `vocabulary`, or
 * NULL. */
void mop_load_ladder(struct mop_loader *l, struct mop_field_node *fn, const struct mop_node *opts,
                     const struct mop_node *at);
/* The rungs of the vocabulary under an `items`, beside that check (opts: its mapping, or NULL). */
void mop_load_items_ladder(struct mop_loader *l, const struct mop_field_node *fn,
                           const struct mop_check *whole, const struct mop_node *opts);
bool mop_is_rung(const struct mop_kind *k);
/* Is it a check that every value of a list has to pass: of the value alone, of every record? A
 * warning may well advise against a value that is allowed; how a value is written is never advice.
 */
bool mop_check_judges_values(const struct mop_check *c);
/* Faults for values of the vocabulary that the field's own written-form checks refuse. */
void mop_check_canonical(struct mop_loader *l, const struct mop_field_node *fn);
/* ... and the tests of `items` those of its own list. */
void mop_check_items(struct mop_loader *l, const struct mop_field *f);
void mop_load_rule(struct mop_loader *l, const struct mop_pending *p);
void mop_load_lifecycle(struct mop_loader *l, const struct mop_pending *p);
/* Rules and lifecycles of field sets and of the taxonomy with their record types, before either is
 * compiled. */
void mop_collect_pending(struct mop_loader *l);
void mop_load_calendars(struct mop_loader *l);
void mop_bind_derives(struct mop_loader *l);
void mop_bind_histories(struct mop_loader *l); /* the field by which changes name a record */
void mop_order_derived(struct mop_loader *l);
/* Of each `items`, which rungs of its list are judged beside it: when it is known which checks are.
 */
void mop_weigh_rungs(struct mop_loader *l);
void mop_number_checks(struct mop_loader *l);
#endif
