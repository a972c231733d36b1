/* SPDX-License-Identifier: MIT */
#ifndef MOP_REPAIR_H
#define MOP_REPAIR_H
#include "base/map.h"
#include "record/batch.h"
#include "rules/ruleset.h"

/*
 * Certain repairs, ready to import: of each record that has one, what its columns hold and what
 * they should hold.
 *
 * A proposal that keeps the meaning is not yet a repair. The record is judged again with its
 * proposals in it, by the same judge, and they stay only if findings go and nothing else changes:
 * no check of it fails or becomes undecided that did not before, its weight and date are the same,
 * and so is the meant form of whatever vocabularies and stage histories take from it. Where a
 * cross-record check would get another key, or references and look-ups find something else in it,
 * the end of the run tells whether anybody is upset (take_back.c). So the verdict after the repairs
 * is known exactly, and with it the scores (mop_tally.repaired). Costs a second judging of each
 * record with a proposal; 56 bytes per record for its key, and per repaired record what a held one
 * costs (crossrecord.h) and the bytes of its columns; each test that gets another key is held with
 * both, and of the repair also what is left of it without.
 */
struct mop_judge;

/* What of a source goes into its file: the key's columns, then every other column that a field is
 * read from. */
struct mop_repair_source {
    const struct mop_record *record; /* NULL: not read */
    struct mop_sv *columns;          /* as the source calls them */
    int32_t *index;                  /* in the schema */
    size_t ncolumns, nkey;
    char delimiter;           /* the source's own; 0: none */
    bool marked;              /* begins with a byte order mark */
    bool *personal;           /* per column: of a field whose values are personal */
    bool *changed;            /* per column: some repair changes it */
    uint64_t records, values; /* repaired */
    uint64_t no_key,
        shared_key; /* could be repaired, but an import cannot tell which record it is */
    uint64_t risky; /* keep a value that could be repaired: another check or record would suffer */
    uint64_t own_key;    /* their key could be repaired, but an import finds them by it as it is */
    uint64_t unreadable; /* could be repaired, but a cell of theirs cannot be written back */
};
/* Its texts are packed: a length, then bytes. */
struct mop_repaired {
    uint32_t source;
    bool dropped;
    bool withheld; /* some value of the record could be repaired and is not */
    struct mop_h128 key;
    struct mop_sv before; /* of every column */
    struct mop_sv after;  /* of the changed ones, each behind its column's number */
};
struct mop_repairs {
    struct mop_arena arena;
    struct mop_repair_source *sources;
    size_t nsources; /* by index of the run's sources */
    struct mop_repaired *list;
    size_t n, cap;       /* in the order read */
    struct mop_map keys; /* hash of a record's key -> how many records have it */
    struct mop_buf packing;
};
#define MOP_NOT_REPAIRED UINT32_MAX

void mop_repairs_init(struct mop_repairs *r);
void mop_repairs_release(struct mop_repairs *r);

/* For reading: the cell of a record in a column of its source before and after the repair (the same
 * where there is none). */
struct mop_repair_cell {
    struct mop_sv before, after;
};
/* Fills `cells`, one per column of the record's source. */
void mop_repaired_cells(const struct mop_repairs *r, const struct mop_repaired *x,
                        struct mop_repair_cell *cells);

/* ---- for the judge ---- */

void mop_repairs_source(struct mop_judge *j); /* a new source */
void mop_repairs_record(
    struct mop_judge *j); /* every record, excluded ones too: its key is taken */
/* The current record, once it is judged: sets j->repaired, j->after and what the waiting tests
 * would read. */
void mop_repair_record(struct mop_judge *j);
/* Once all is read: false when other records have the same key. */
bool mop_repaired_alone(const struct mop_repairs *r, const struct mop_repaired *x);

/* A repair that stands: counts it, and which columns it changes. */
void mop_repaired_count(struct mop_repairs *r, const struct mop_repaired *x);

/* ---- between repair.c and repaired.c ---- */

/* A changed cell, by the source's schema. */
struct mop_change {
    int32_t column;
    struct mop_sv value;
    const struct mop_check *check;
};
uint32_t mop_repairs_keep(struct mop_judge *j, const struct mop_change *changes, size_t n);
#endif
