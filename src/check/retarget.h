/* SPDX-License-Identifier: MIT */
#ifndef MOP_RETARGET_H
#define MOP_RETARGET_H
#include "check/reference.h"

/*
 * What a repair changes of what references and look-ups of other records find in this one. Whether
 * that upsets anyone the end of the run knows (take_back.c): a reference that found the value and
 * finds it nowhere else then; any look-up that asked for it, whose record is judged already.
 */
struct mop_retarget {
    struct mop_target *target;
    uint64_t row;        /* of the value that the record has there, or MOP_NO_ROW */
    bool leaves;         /* has it no more; else only what look-ups read beside it changes */
    struct mop_sv comes; /* what it has instead; n 0: nothing that is known */
};
#define MOP_NO_ROW UINT64_MAX

struct mop_entry;
/* Of a record of that type, by its entries before and after; the list lives in the arena. */
struct mop_retarget *mop_retargets_find(struct mop_references *r, const struct mop_record *type,
                                        struct mop_entry *const *before,
                                        struct mop_entry *const *after, struct mop_arena *a,
                                        uint32_t *n);
/* Do the two mean the same to others? */
bool mop_value_same(const struct mop_value *a, const struct mop_value *b);

/* May it upset anyone? Not where it only brings a value, but for look-ups. */
bool mop_retarget_may_upset(const struct mop_retarget *x);
/* The repair is made, or taken back. */
void mop_retarget_make(const struct mop_retarget *x);
void mop_retarget_undo(const struct mop_retarget *x);
/* A look-up asked for what it changes. */
bool mop_retarget_asked(const struct mop_retarget *x);
/* It takes away what a reference is left without. */
bool mop_retarget_missed(const struct mop_retarget *x);

/* Is the value there once the repairs are made? */
bool mop_target_has_after(const struct mop_target *t, struct mop_sv meant);
/* A reference found it and does not any more. */
void mop_target_miss(struct mop_target *t, struct mop_sv meant);
#endif
