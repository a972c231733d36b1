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

/* When a test of a record with a repair waits with that key. */
enum mop_side {
    MOP_SIDE_BOTH,   /* whether it is made or not */
    MOP_SIDE_BEFORE, /* only as it is */
    MOP_SIDE_AFTER,  /* only once it is made */
    MOP_SIDE_NONE    /* not at all: it is not made */
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
    enum mop_side side;
};
/* What few held tests have. */
struct mop_kept_more {
    struct mop_h128 what;
    mop_i128 rank;
    size_t leaf;
    uint8_t *leaves;
    const uint8_t
        *scratch_leaves; /* while the record is being held: tells which tests share `leaves` */
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
    uint8_t side;      /* enum mop_side */
};
/* A record's repair and what the record is then, or MOP_NOT_REPAIRED and what it is. */
struct mop_made {
    uint32_t repaired, base, nretargets;
    struct mop_retarget *retargets; /* what others find in it then (retarget.h) */
};
/* What few held records have. */
struct mop_held_more {
    struct mop_made after;
    struct mop_made *still; /* what is left of the repair if it is taken back; NULL: nothing */
    uint32_t nafter; /* waiting tests once it is repaired, behind the others: MOP_SIDE_AFTER */
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
/* Index of that verdict of the judge's current record among those of held ones. */
uint32_t mop_crossrecord_base(struct mop_judge *j, const struct mop_verdict *v);
/* Holds the judge's current record. */
void mop_crossrecord_hold(struct mop_judge *j);
/* The finding of a held record's check: it failed with that test, or could not be told even now.
 * (crossrecord_words.c) */
int mop_crossrecord_emit(struct mop_judge *j, const struct mop_held *h, const struct mop_kept *w,
                         bool undecided, struct mop_err *e);
/* Decides every waiting test of these types, all of a run that were read whole, and which repairs
 * stand. (crossrecord_finish.c) */
void mop_crossrecord_settle(struct mop_judge *const *judges, size_t n);
/* Then: counts the held records and emits their findings. -1 only when the sink failed. */
int mop_crossrecord_finish(struct mop_judge *j, struct mop_err *e);
/* Counts the held records of a run that is not whole: what waits stays undecided. */
void mop_crossrecord_leave(struct mop_judge *j);

/* ---- groups of waiting tests with the same key, by hash and not by sorting, since most hold one
 * record (resolve.c) ---- */

struct mop_ranked;
struct mop_groups {
    uint32_t *last; /* per slot: 1 + index of the group's last waiting test; 0: free */
    uint32_t *next; /* per waiting test: 1 + index of the one before it in its group; 0: none */
    size_t nslots;  /* a power of two */
    const uint64_t *outside; /* check bits that make a record dirty */
    struct mop_ranked *members;
    size_t n, cap; /* of the group being resolved */
};
/* Of all waiting tests, on whichever side. */
void mop_groups_find(struct mop_groups *g, struct mop_judge *j);
void mop_groups_release(struct mop_groups *g);
/* Decides the tests of one slot's group that wait on that side of the repairs: fills failed and
 * rival, or failed_after. */
void mop_groups_resolve(struct mop_groups *g, struct mop_judge *j, size_t slot, bool after);
/* Decides every waiting test. */
void mop_groups_resolve_all(struct mop_groups *g, struct mop_judge *j, bool after);
/*
 * Takes back the repairs of records that others share their key with, and those that upset a
 * cross-record check of any type: with them a check fails that does not fail as it is, or a look-up
 * would have found something else. Counts the others. Once the tests are decided as they are;
 * leaves failed_after to be decided. (take_back.c)
 */
void mop_crossrecord_take_back(struct mop_judge *const *judges, size_t n);
#endif
