/* SPDX-License-Identifier: MIT */
#ifndef MOP_REFERENCE_H
#define MOP_REFERENCE_H
#include "rules/derive.h"
#include "rules/kind.h"
#include "check/stage_history.h"

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
    size_t nrows, capcells;
};
struct mop_references {
    struct mop_arena arena;
    struct mop_target *targets;
    size_t ntargets;
    struct mop_runtime_vocabulary *runtime;
    size_t nruntime;
    struct mop_vocabulary **columns; /* by runtime index: the vocabulary that is a column */
    struct mop_histories histories;
};
struct mop_entry;
void mop_references_init(struct mop_references *r, const struct mop_ruleset *rs);
void mop_references_release(struct mop_references *r);
/* Takes what it needs from a record of type t (excluded ones too). */
void mop_references_record(struct mop_references *r, const struct mop_record *t,
                           struct mop_entry *const *entries);
/* After the last record of type t: its values are complete; whole: no source of it broke off. */
void mop_references_freeze(struct mop_references *r, const struct mop_record *t, bool whole);
/* NULL: nobody refers to the field. */
const struct mop_target *mop_references_target(const struct mop_references *r,
                                               const struct mop_field *f);
/* True if another record's verdict may depend on this field's value: it is referenced, looked up,
 * a vocabulary, or tells of a change of stage. */
bool mop_references_reads(const struct mop_references *r, const struct mop_field *f);
/* The value most like it, for a did-you-mean; NONE among more than 20,000 values, and where none is
 * near. */
struct mop_sv mop_target_nearest(const struct mop_target *t, struct mop_sv meant);
bool mop_target_has(const struct mop_target *t, struct mop_sv meant);
/* It stands there, but its field does not take it: what it means nobody knows. */
bool mop_target_refuses(const struct mop_target *t, struct mop_sv written);
/* mop_run.lookup: the wanted value of the first parent with that key. */
bool mop_references_look(const struct mop_references *r, const struct mop_derive_lookup *l,
                         struct mop_sv key, struct mop_sv *value, enum mop_state *state);
#endif
