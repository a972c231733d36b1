/* SPDX-License-Identifier: MIT */
#ifndef MOP_FINDING_H
#define MOP_FINDING_H
#include "rules/ruleset.h"

/* One failed or undecided check of one record, on its way to a sink. Views live until the call
 * returns. */
#define MOP_BY_SEVERAL UINT32_MAX
struct mop_finding {
    const struct mop_check *check;
    bool undecided, suppressed;
    uint32_t suppressed_by; /* 1 + index of the suppression; 0: none; MOP_BY_SEVERAL */
    bool unread;            /* the record could not be read at all: an input.* finding says so */
    size_t source;          /* index of the run's sources */
    uint64_t line, record;  /* of the source */
    struct mop_sv key;      /* the record's key as written, parts joined by '|'; "" without one */
    const struct mop_field *field; /* subject, or NULL */
    struct mop_sv column;          /* its column in the source; "" */
    struct mop_sv value;           /* as written, not masked */
    struct mop_sv message;         /* values in it are masked unless the run shows values */
    struct mop_sv proposal;
    bool certain;
    bool by_date; /* another date of the record may have another proposal for the value */
    struct mop_sv fixer;
    enum {
        MOP_NO_BASELINE,
        MOP_BASELINE_KNOWN,
        MOP_BASELINE_NEW
    } baseline;           /* is it in --baseline? */
    struct mop_h128 hash; /* of the record's bytes: the same for equal records */
};
struct mop_judge; /* judge.h */
/* A judged record: bits by mop_check.index. What is in none of the three was not applicable. */
struct mop_judged {
    const struct mop_record *type;
    size_t source;
    uint64_t record;                    /* of the source */
    const struct mop_exclude *excluded; /* taken out before judging, and no bits; else NULL */
    const uint64_t *fail, *undecided, *applied;
    struct mop_judge *judge; /* with its values; NULL: it waited for others, and they are gone */
};
struct mop_finding_sink {
    int (*finding)(void *ctx, const struct mop_finding *f,
                   struct mop_err *e); /* -1 stops the run */
    void *ctx;
    /* For `rules test`, which asks for more than findings; each may be NULL. */
    bool (*wants)(void *ctx, const struct mop_check *c, size_t source,
                  uint64_t record);                 /* no: the finding is not even put in words */
    void (*looked)(void *ctx, struct mop_judge *j); /* the record's values are read */
    void (*judged)(void *ctx, const struct mop_judged *r); /* its verdict stands */
};
#endif
