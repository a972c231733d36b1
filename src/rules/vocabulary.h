/* SPDX-License-Identifier: MIT */
#ifndef MOP_VOCABULARY_H
#define MOP_VOCABULARY_H
#include "rules/compile.h"

/* Making vocabularies; private to the loader, runtime.c and lint. Looking in them is in compile.h.
 */
struct mop_vocabulary *mop_vocabulary_begin(struct mop_scope *s, struct mop_sv name,
                                            struct mop_loc at);
/* label, aliases, valid, provisional, catch_all of a term or stage whose keys were checked. */
void mop_term_read(struct mop_scope *s, struct mop_term *t, const struct mop_node *n);
/* `groups`; `column`: the values are a record type's column, of which 'except' cannot be said. */
void mop_vocabulary_groups(struct mop_scope *s, struct mop_vocabulary *v, const struct mop_node *n,
                           bool column);
/* Builds the look-up tables; faults for spellings that two terms share. */
void mop_vocabulary_index(struct mop_scope *s, struct mop_vocabulary *v);
struct mop_vocabulary *mop_stage_vocabulary(struct mop_scope *s, const struct mop_node *stages,
                                            struct mop_loc at);
/* `text` as the vocabulary folds it; `squeeze`: without separators. In `a`, or a view of text. */
struct mop_sv mop_vocabulary_fold(const struct mop_vocabulary *v, struct mop_sv text, bool squeeze,
                                  struct mop_arena *a);
void mop_vocabulary_near(struct mop_vocabulary *v, struct mop_arena *a);
#endif
