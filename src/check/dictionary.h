/* SPDX-License-Identifier: MIT */
#ifndef MOP_DICTIONARY_H
#define MOP_DICTIONARY_H
#include "base/utf8.h"
#include "rules/compile.h"

/*
 * The one idea: a distinct value is judged once. An entry is a judged value with the raw outcome of
 * every one-field test of its field, and the settled bits of the field's inline checks where they
 * depend on the value alone.
 */
struct mop_entry {
    struct mop_value v;
    uint8_t *raw;  /* enum mop_outcome per field->tests slot */
    uint8_t *told; /* the same, but NA where a rung says what is wrong; `raw` itself if none does */
    unsigned rungs, item_rungs; /* bits of enum mop_rung: before .provisional, that the value (one
                                   of its items) is on, or may be on by the record's date */
    bool broken;                /* a cell that holds bytes which cannot be read */
    bool settled;               /* the bits below hold for every record */
    uint8_t guard; /* enum mop_severity: highest of the failed guards, if settled; else 0 */
    uint64_t *fail, *undecided,
        *applied; /* words of the record type's checks, from mop_dictionary.word on */
    bool kept;    /* in the dictionary, not in run->scratch */
    bool dated;   /* it is for nobody: the record's date has a say (mop_dictionary_on) */
    struct mop_reading *readings; /* of a dated one: made so far, by days */
    struct mop_entry *unclear;    /* and for records whose date cannot be told, if there was one */
    uint64_t records;             /* not excluded ones that have it: of kept entries the count */
    struct mop_entry **derived;   /* per one-source derived field of this field: its entry, or NULL:
                                     not computed yet */
};

/* What a dated value is for records of these days. */
struct mop_reading {
    struct mop_window days;
    struct mop_entry e;
    struct mop_reading *next;
};

struct mop_dictionary {
    struct mop_field *field;
    size_t word, nwords; /* which words of the record's checks its checks span */
    bool settles;        /* no guard hangs on more than the value: entries are settled */
    struct mop_check **closed;
    size_t
        nclosed; /* beside guards: checks and rules that hang on the value alone; if it settles */
    struct mop_check **open;
    size_t nopen; /* inline checks that hang on the record: a `when`, a window, another field */
    struct mop_map map; /* written bytes -> struct mop_entry * */
    struct mop_entry *fixed[MOP_ST_EMPTY +
                            1]; /* MISSING, UNREADABLE, ABSENT, NULL, EMPTY: states without bytes */
    struct mop_entry *broken;   /* UNREADABLE, but with bytes of its own: a cell's fault */
    struct mop_arena arena;
    bool *limited; /* per test: some value's match ended at a limit */
    uint64_t hits, misses;
    bool bypass; /* nearly unique column: judged into scratch memory, never kept */
    size_t nderived;
    struct mop_field **derived; /* one-source derived fields that read this field */
};
enum { MOP_DICTIONARY_MAX = 65536, MOP_DICTIONARY_TRIAL = 4096 };

void mop_dictionary_init(struct mop_dictionary *d, struct mop_field *f);
void mop_dictionary_release(struct mop_dictionary *d);
/* The entry of a cell; `kept` false when it lives in run->scratch. cell NULL: the column is
 * missing. */
struct mop_entry *mop_dictionary_look(struct mop_dictionary *d, const struct mop_cell *cell,
                                      struct mop_run *run);
/* Of a dated entry what it is for records of the day; day NULL: it cannot be told. */
struct mop_entry *mop_dictionary_on(struct mop_dictionary *d, struct mop_entry *e,
                                    const int32_t *day, struct mop_run *run);
/* Nobody knows what stands there, its bytes neither: a faulty row, a derived value that cannot be
 * told. */
struct mop_entry *mop_dictionary_unreadable(struct mop_dictionary *d, struct mop_run *run);

/* True for a rule that the field's entries have settled already. */
bool mop_dictionary_settles(const struct mop_dictionary *d, const struct mop_check *c);

/* One-field test readings of an entry; told: the rung it is on is a finding of its own
 * (mop_rung_told). */
enum mop_outcome mop_entry_outcome(const struct mop_test *t, const struct mop_entry *e, bool told);
/* blank_unknown: the entry is a blank that a report's `where` takes as unknown. */
enum mop_truth mop_entry_truth(const struct mop_test *t, const struct mop_entry *e,
                               bool blank_unknown);
#endif
