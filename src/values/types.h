/* SPDX-License-Identifier: MIT */
#ifndef MOP_TYPES_H
#define MOP_TYPES_H
#include "../base/date.h"
#include "../base/decimal.h"
#include "../base/mem.h"

/*
 * The value types of design.md section 3 as one table. A type reads a trimmed value into its
 * canonical form (the *meant* form of a typed value), or says why it is none. Nothing here knows
 * rules, records or blanks: the caller never passes an empty value.
 *
 * What a value compares as: TEXT by canonical bytes, NUMBER by .number, TIME by .when.
 */
enum mop_typed_as { MOP_AS_TEXT, MOP_AS_NUMBER, MOP_AS_TIME };

/* One declared date format: compiled, and its text for messages. format NULL means ISO 8601. */
struct mop_type_format {
    const struct mop_date_format *format;
    struct mop_sv text;
};

/* How values of one field are written. Zeroed it means: mark '.', no groups, ISO 8601, UTC. */
struct mop_type_options {
    struct mop_marks marks;                /* of decimal and integer; .decimal 0 means '.' */
    bool exponent;                         /* of the same: 1.5E3 is a number */
    const struct mop_type_format *formats; /* of date and datetime; they REPLACE ISO 8601 */
    size_t nformats;                       /* 0: ISO 8601 */
    const struct mop_zone *zone;           /* of times without a zone; NULL: UTC */
    const struct mop_zone *days;           /* in which a moment has its day; NULL: as zone */
    bool url_template;                     /* a URL of an ad platform: may begin with {lpurl} */
};

/* A value that was read. canonical lives in the arena, is static, or is a view of the input. */
struct mop_typed {
    struct mop_sv canonical;
    mop_i128 number;      /* as mop_number_parse reads it; only if has_number */
    struct mop_when when; /* only if has_when */
    bool has_number, has_when;
};

/*
 * read: true and *out filled, or false with a reason added to `why` (may be NULL). The reason is a
 * predicate that never repeats the value, because values of personal types are masked by default:
 * the caller prints 'x@' (shown or masked) and then the reason, "has no domain".
 * Ambiguous dates: "is ambiguous: 2026-04-03 by D/M/YYYY, 2026-03-04 by M/D/YYYY".
 * `trimmed` must be well-formed UTF-8 and outlive *out. `o` may be NULL. Thread-safe; pure.
 */
struct mop_type {
    const char *name, *noun, *summary; /* noun: what a value is, "an e-mail address" */
    bool personal;                     /* masked in reports unless --show-values */
    enum mop_typed_as as;
    bool (*read)(struct mop_sv trimmed, const struct mop_type_options *o, struct mop_typed *out,
                 struct mop_arena *a, struct mop_buf *why);
};

/* In the order of help: text first, the default. */
extern const struct mop_type mop_types[];
extern const size_t mop_types_n;

/* The type of that name (exact, lower case), or NULL. */
const struct mop_type *mop_type_find(struct mop_sv name);
#endif
