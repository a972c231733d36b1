/* SPDX-License-Identifier: MIT */
#ifndef MOP_REGEX_PARTS_H
#define MOP_REGEX_PARTS_H
/* What regex.c and regex_steps.c share. */
#include "regex.h"
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#define MOP_MATCH_LIMIT 1000000

struct mop_regex {
    pcre2_code *code; /* what the interpreter runs */
    pcre2_code *fast; /* what JIT runs, NULL: there is none; of an anchored one the same */
    size_t pattern_length, loops;
    uint32_t groups;
    bool anchored;
    bool line_starts; /* a match starts where a line does: PCRE2's own finding of a leading .* */
};

struct mop_match {
    pcre2_general_context *memory;
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
    pcre2_match_data *data;
    struct mop_sv subject;
    uint32_t groups; /* of the regex that matched; with `matched` false nothing is set */
    bool matched;
    uint64_t limits; /* matches that ended at a limit so far */
};

/* Before mop_regex_run: the subject, and room for the groups. */
void mop_regex_begin(const struct mop_regex *r, struct mop_match *m, struct mop_sv subject);
/* pcre2_match from a byte of the subject on. */
uint32_t mop_regex_limit(const struct mop_regex *r, struct mop_sv subject); /* of one place */
int mop_regex_run(const struct mop_regex *r, struct mop_match *m, size_t from, uint32_t limit,
                  uint32_t options);
#endif
