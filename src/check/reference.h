/* SPDX-License-Identifier: MIT */
#ifndef MOP_REFERENCE_H
#define MOP_REFERENCE_H
#include "rules/derive.h"
#include "rules/kind.h"
#include "check/stage_history.h"

/* One of a target's values. */
struct mop_target_row {
    uint32_t records, leaving; /* that hold it; whose repair takes it from them (retarget.h) */
    bool asked;                /* a look-up has read it */
    bool missed;               /* once the repairs are made a reference would not find it */
};
/*
 * What other record types want to know of a type's records: the values of a referenced column, the
 * columns that look-ups read beside it, the values of vocabularies that are a column, and changes
 * of stage. Filled while the type is judged.
 */
struct mop_target {
    struct mop_field *field; /* the referenced one */
    struct mop_map values;   /* meant form -> index of the first row that has it */
    struct mop_map refused;  /* as written: what its type or vocabulary does not take */
    struct mop_field **wanted;
    size_t nwanted; /* fields that look-ups read */
    struct mop_target_cell {
        struct mop_sv value;
        enum mop_state state;
    } * cells; /* nwanted per row */
    struct mop_target_row *rows;
    size_t nrows, caprows, capcells;
    bool in_trees;         /* a reference to it stands in a tree with any or not */
    bool changes;          /* repairs take values from it or bring some */
    struct mop_map coming; /* meant forms that repairs bring -> in how many records */
    struct mop_map sought; /* keys that a look-up did not find; only where repairs are asked for */
};
struct mop_references {
    struct mop_arena arena;
    struct mop_target *targets;
    size_t ntargets;
    struct mop_runtime_vocabulary *runtime;
    size_t nruntime;
    struct mop_vocabulary **columns; /* by runtime index: the vocabulary that is a column */
    struct mop_histories histories;
    bool repairs; /* are asked for */
};
struct mop_entry;
void mop_references_init(struct mop_references *r, const struct mop_ruleset *rs);
void mop_references_release(struct mop_references *r);
/* Takes what it needs from a record of type t (excluded ones too). */
void mop_references_record(struct mop_references *r, const struct mop_record *t,
                           struct mop_entry *const *entries);
/* The values that vocabularies take from a record of type t that is not excluded. */
void mop_references_vocabularies(struct mop_references *r, const struct mop_record *t,
                                 struct mop_entry *const *entries);
/* After the last record of type t: its values are complete; whole: no source of it broke off. */
void mop_references_freeze(struct mop_references *r, const struct mop_record *t, bool whole);
/* NULL: nobody refers to the field. */
struct mop_target *mop_references_target(struct mop_references *r, const struct mop_field *f);
/* How the verdicts of other records may hang on this field's value. */
enum mop_readers {
    MOP_READ_BY_NONE,
    MOP_READ_BY_KEY, /* references and look-ups: the end of the run knows who asked (retarget.h) */
    MOP_READ_BY_ALL  /* it is a vocabulary, tells of a change of stage, or stands in a tree with any
                        or not */
};
enum mop_readers mop_references_readers(const struct mop_references *r, const struct mop_field *f);
/* The value most like it, for a did-you-mean; NONE among more than 20,000 values, and where none is
 * near. */
struct mop_sv mop_target_nearest(const struct mop_target *t, struct mop_sv meant);
bool mop_target_has(const struct mop_target *t, struct mop_sv meant);
/* Do look-ups read that field beside it? */
bool mop_target_wants(const struct mop_target *t, const struct mop_field *f);
/* It stands there, but its field does not take it: what it means nobody knows. */
bool mop_target_refuses(const struct mop_target *t, struct mop_sv written);
/* mop_run.lookup: the wanted value of the first parent with that key. Who asked is noted. */
bool mop_references_look(struct mop_references *r, const struct mop_derive_lookup *l,
                         struct mop_sv key, struct mop_sv *value, enum mop_state *state);
#endif
