/* SPDX-License-Identifier: MIT */
#ifndef MOP_VALUE_H
#define MOP_VALUE_H
#include "base/regex.h"
#include "values/types.h"

/*
 * A judged value: what one distinct (field, presence, bytes) means under a rule set. The judge
 * makes it once (check/dictionary.c); kinds only read it.
 */

/* How a value is there. Order matters: MOP_IS_BLANK covers ABSENT..PLACEHOLDER. */
enum mop_state {
    MOP_ST_MISSING,    /* the source has no such column */
    MOP_ST_UNREADABLE, /* undecodable, NUL, a ragged row, a derived value that cannot be told:
                          undecided */
    MOP_ST_ABSENT,     /* JSON without the key */
    MOP_ST_NULL,       /* JSON null */
    MOP_ST_EMPTY,
    MOP_ST_BLANKS,      /* white space only */
    MOP_ST_PLACEHOLDER, /* in `blanks` */
    MOP_ST_VALUE
};
#define MOP_IS_BLANK(state) ((state) >= MOP_ST_ABSENT && (state) <= MOP_ST_PLACEHOLDER)

/* Per check and record. The order is that of "worse" in `all`. */
enum mop_outcome { MOP_NA, MOP_PASS, MOP_UNDECIDED, MOP_FAIL };
/* Kleene. */
enum mop_truth { MOP_FALSE, MOP_UNKNOWN, MOP_TRUE };

/* How far the ladder had to go for a vocabulary value; the finding is that of the last step needed.
 */
enum mop_rung {
    MOP_RUNG_NONE, /* the field has no vocabulary */
    MOP_RUNG_EXACT,
    MOP_RUNG_WHITESPACE,
    MOP_RUNG_CASE,
    MOP_RUNG_SEPARATOR,
    MOP_RUNG_ALIAS,
    MOP_RUNG_DEPRECATED, /* outside its `valid` dates (see term): by the record's date */
    MOP_RUNG_PROVISIONAL,
    MOP_RUNG_VOCABULARY /* not known at all */
};

struct mop_term; /* ruleset.h */

/* By which day the values within a value (a name's parts) are judged that have dates of their own.
 */
enum mop_as_of {
    MOP_AS_OF_THEIRS, /* as if each were inside its dates */
    MOP_AS_OF_DAY,
    MOP_AS_OF_UNKNOWN /* the record's date cannot be told */
};

struct mop_value {
    enum mop_state state;
    struct mop_sv written; /* byte for byte after decoding */
    bool known;            /* state is VALUE, and type and vocabulary (if any) accept it */
    bool type_failed;
    struct mop_sv meant;    /* canonical form; only if known */
    struct mop_typed typed; /* if the field has a type and it was read */
    enum mop_rung
        rung; /* as if inside the valid dates; DEPRECATED only for a term that always is */
    const struct mop_term *term; /* the vocabulary's, or NULL */
    enum mop_as_of as_of;
    int32_t day; /* of MOP_AS_OF_DAY */
};
#endif
