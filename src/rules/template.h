/* SPDX-License-Identifier: MIT */
#ifndef MOP_TEMPLATE_H
#define MOP_TEMPLATE_H
#include "rules/compile.h"

/*
 * Name templates: "{quarter}_{region}_{product}[_{variant}]". Text between parts is literal,
 * \ takes the next character as it is, [ ] may be left out as a whole and may nest. A value is
 * parsed in every way its separators allow; of these the parse with all parts right is taken, else
 * that with most parts right, else the leftmost (whose first part ends first, and so on). A name
 * passes when all parts of that parse are right.
 */
enum {
    MOP_TEMPLATE_ELEMENTS = 128,
    MOP_TEMPLATE_SEPARATORS = 64, /* in a value; more: undecided */
    MOP_TEMPLATE_ADJACENT =
        128 /* characters of a value, where parts may meet without a separator */
};

struct mop_template_part {
    struct mop_sv name;
    struct mop_regex *pattern; /* one of these is set */
    struct mop_vocabulary *vocabulary;
    const struct mop_date_format *date;
    const struct mop_zone *zone; /* of date */
    struct mop_sv text;          /* of the date format, for messages */
    bool inline_values;          /* the vocabulary is a `values` list of the part itself */
};
enum mop_element_op { MOP_EL_TEXT, MOP_EL_PART, MOP_EL_OPEN, MOP_EL_CLOSE };
struct mop_template_element {
    enum mop_element_op op;
    struct mop_sv text; /* TEXT */
    size_t part;        /* PART: index into parts */
    size_t close;       /* OPEN: index of its CLOSE */
};
struct mop_template {
    struct mop_sv source; /* as written, for messages */
    struct mop_template_element *elements;
    size_t nelements;
    struct mop_template_part *parts;
    size_t nparts;  /* in the order of the template */
    bool adjacent;  /* two parts may meet without text between them: any character may be a boundary
                     */
    bool is_inline; /* stands under its field: `derive: part` reads it */
};

struct mop_part_view {
    struct mop_sv text; /* p == NULL: left out with its [ ] */
    bool right;
    enum mop_rung rung;          /* of a vocabulary part, by the day */
    const struct mop_term *term; /* that it leads to, or NULL */
    struct mop_sv proposal;      /* what to write instead; n == 0: unknown */
    bool certain;                /* the proposal keeps the meaning */
};
struct mop_parse {
    enum mop_outcome outcome; /* PASS, FAIL; UNDECIDED: a limit was hit */
    bool fits;                /* the literal text fits: `parts` is filled */
    bool limited; /* too many separators, or a pattern's limit: outcome UNDECIDED unless a parse
                     passes */
    struct mop_sv text;          /* what was parsed */
    size_t reached;              /* !fits: index of the first element that nothing fits */
    struct mop_part_view *parts; /* by index of mop_template.parts */
};

/* Compiles the text at `use`; parts are looked up in `parts`, then `more` (mappings or NULL). NULL
 * after faults. */
struct mop_template *mop_template_compile(struct mop_scope *s, const struct mop_node *use,
                                          const struct mop_node *parts,
                                          const struct mop_node *more);
/* Index of a part by name, or SIZE_MAX. */
size_t mop_template_part(const struct mop_template *t, struct mop_sv name);
/* May the part be left out, with its [ ]? */
bool mop_template_optional(const struct mop_template *t, size_t part);
/* Parses `text` (well-formed UTF-8); the parse lives in `a` and views text. Never NULL. Values of
 * the parts' vocabularies that have dates count as inside them. */
const struct mop_parse *mop_template_parse(const struct mop_template *t, struct mop_sv text,
                                           struct mop_run *run, struct mop_arena *a);
/* The parse that the template test `t` has of a value by the value's day, in run->scratch.
 * UNDECIDED where that cannot be told, and days differ. */
const struct mop_parse *mop_value_parse(const struct mop_test *t, const struct mop_value *v,
                                        struct mop_run *run);
/* The whole name with every wrong part replaced by its proposal; false unless each has one.
 * *certain: all of them are. */
bool mop_parse_proposal(const struct mop_template *t, const struct mop_parse *p,
                        struct mop_buf *out, bool *certain);
#endif
