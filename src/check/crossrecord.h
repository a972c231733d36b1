/* SPDX-License-Identifier: MIT */
#ifndef MOP_CROSSRECORD_H
#define MOP_CROSSRECORD_H
#include "base/decimal.h"
#include "check/tally.h"
#include "rules/kind.h"

/*
 * Uniqueness, references and determines: known only when every source has been read. A record with
 * such a check is held: its verdict so far, its keys, and what a finding about it would say. Cost
 * per held record: 80 bytes and its key's text; per test 80 bytes and the texts of the fields it
 * reads, each with 9 bytes; 12 bytes per test while they are resolved (rules/README.md, 'What
 * cross-record rules cost').
 */

/* What one field of a waiting test held. */
struct mop_waiting_value {
    struct mop_sv written, meant;
    uint8_t state;
};

/* A test of the current record that waits for the whole run. */
struct mop_waiting {
    const struct mop_check *check;
    const struct mop_test *test;
    struct mop_h128 key,
        what; /* keyed hashes of the key and, for determines, of the determined value */
    struct mop_waiting_value *values; /* per field of the test; in scratch, packed when held */
    mop_i128 rank;                    /* of `keep`: larger stays; lowest when it cannot be read */
    size_t leaf;                      /* its place among the tests of the check's tree */
    uint8_t *leaves;
    size_t nleaves; /* of a tree with any or not: what all its tests said; shared by the tree's
                       waiting tests */
    struct mop_sv
        after; /* references: the meant form once the record is repaired; NONE: the same */
};
/* What few held tests have. */
struct mop_kept_more {
    struct mop_h128 what;
    mop_i128 rank;
    size_t leaf;
    uint8_t *leaves;
    const uint8_t
        *scratch_leaves; /* while the record is being held: tells which tests share `leaves` */
    struct mop_sv after;
};
/* A waiting test as it is held. */
struct mop_kept {
    const struct mop_check *check;
    const struct mop_test *test;
    struct mop_h128 key;
    const char *values;         /* packed: mop_kept_value */
    struct mop_sv fixer;        /* lives with the rule set */
    struct mop_kept_more *more; /* or NULL */
    uint32_t holder;            /* index of its record */
    uint32_t rival;    /* unique: index of the kept record; determines: of a waiting test with the
                          standing value */
    bool failed;       /* known at the end */
    bool failed_after; /* the same once all certain repairs are made */
};
/* What few held records have. */
struct mop_held_more {
    uint32_t repaired, base_after;
    struct mop_h128 hash_after; /* its repair, or MOP_NOT_REPAIRED and the same as before */
    mop_i128 *weight;
    uint32_t *slice_value;
    uint32_t *fixers;
    size_t nfixers; /* counted for this record already */
};
struct mop_held {
    uint64_t line, record, serial;
    struct mop_h128 hash;
    struct mop_sv key;
    uint32_t base; /* index of its verdict so far */
    uint32_t source;
    uint32_t first, n;          /* its waiting tests */
    struct mop_held_more *more; /* or NULL */
};
/* A verdict so far, shared by all held records that had the same. */
struct mop_base {
    const uint64_t *bits;
    const uint8_t *classes;
    uint32_t cohorts;
};
struct mop_crossrecord {
    struct mop_arena arena;
    struct mop_map base_by_key;
    struct mop_base *bases;
    size_t nbases, capbases;
    struct mop_held *held;
    size_t nheld, capheld;
    struct mop_kept *waiting;
    size_t nwaiting, capwaiting;
    struct mop_buf packing; /* of one test's values */
};
struct mop_judge;

void mop_crossrecord_init(struct mop_crossrecord *c);
void mop_crossrecord_release(struct mop_crossrecord *c);
/* What the test's field held. */
struct mop_waiting_value mop_kept_value(const struct mop_kept *k, size_t field);
/* Holds the judge's current record. */
void mop_crossrecord_hold(struct mop_judge *j);
/* The finding of a held record's check: it failed with that test, or could not be told even now.
 * (crossrecord_words.c) */
int mop_crossrecord_emit(struct mop_judge *j, const struct mop_held *h, const struct mop_kept *w,
                         bool undecided, struct mop_err *e);
/* Decides every waiting test, counts the held records and emits their findings. -1 only when the
 * sink failed. (crossrecord_finish.c) */
int mop_crossrecord_finish(struct mop_judge *j, struct mop_err *e);
/* Counts the held records of a run that is not whole: what waits stays undecided. */
void mop_crossrecord_leave(struct mop_judge *j);
/* Decides: fills failed and rival of every waiting test; `after` the repairs failed_after.
 * (resolve.c) */
void mop_crossrecord_resolve(struct mop_judge *j, bool after);
/* Before the second: takes back the repairs of records that others share their key with, and those
 * that lose a reference. */
void mop_crossrecord_take_back(struct mop_judge *j);
#endif
