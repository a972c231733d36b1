/* SPDX-License-Identifier: MIT */
#ifndef MOP_REGEX_H
#define MOP_REGEX_H
#include "mem.h"

/*
 * PCRE2 behind a few functions; no other file includes pcre2.h. UTF mode; \d \w \s are ASCII.
 * Leading (*VERBS), callouts, \C and more than 250 groups are refused. A compiled regex is
 * read-only and shared; match data belongs to the run (mop_match).
 */
struct mop_regex;
enum mop_regex_flags {
    MOP_RX_WHOLE = 1,
    MOP_RX_NOCASE = 2,
    MOP_RX_PLAIN = 4 /* no JIT: for patterns that are matched a few times only */
};
struct mop_regex_error {
    size_t offset;
    char msg[160];
};
/* NULL with *e filled (offset in bytes of the pattern). Free with mop_regex_free. */
struct mop_regex *mop_regex_compile(struct mop_sv pattern, unsigned flags,
                                    struct mop_regex_error *e);
void mop_regex_free(struct mop_regex *r);
unsigned mop_regex_groups(const struct mop_regex *r);
const char *mop_regex_version(void); /* "10.42" */

struct mop_match; /* per run and thread */
/* How many matches ended at a limit since it was made. */
uint64_t mop_match_limits(const struct mop_match *m);
struct mop_match *mop_match_create(void);
void mop_match_free(struct mop_match *m);
enum mop_regex_result { MOP_RX_NO, MOP_RX_YES, MOP_RX_LIMIT };
/*
 * The subject must be well-formed UTF-8. Over 64 KiB or over the match limit: MOP_RX_LIMIT, the
 * same with JIT and interpreter. The limit is 1,000,000 steps of PCRE2's interpreter; of a pattern
 * that may start anywhere in the subject 100,000,000 / (its bytes + 1) from each place, if that is
 * less.
 */
enum mop_regex_result mop_regex_match(const struct mop_regex *r, struct mop_match *m,
                                      struct mop_sv subject);
/*
 * How many steps of PCRE2's interpreter the subject takes: calls of its match function, which its
 * match limit counts, over all places where a match may start; cap + 1 if they are more than cap
 * (at most 1,000,000). There is no such count to read, so that limits are tried: what is returned
 * is never more than they are, and less by a third and a few at most. *work, if given: what is
 * expected, and what counting took.
 */
struct mop_regex_work {
    uint64_t expected;    /* of the first place: a limit to begin with; 0: not known */
    uint64_t steps, runs; /* runs: how often PCRE2 was started */
    bool limit;           /* one place takes more than mop_regex_match gives it */
};
uint64_t mop_regex_steps(const struct mop_regex *r, struct mop_match *m, struct mop_sv subject,
                         uint64_t cap, struct mop_regex_work *work);
/* Do JIT as PCRE2 offers it and the interpreter find the same? mop_regex_match does not depend on
 * it. True if there is no JIT or one of them came to a limit. Not for a regex that threads share.
 */
bool mop_regex_jit_agrees(const struct mop_regex *r, struct mop_match *m, struct mop_sv subject);
/* Group g of the last match, borrowed from its subject; .p NULL if unset or if that was not
 * MOP_RX_YES. */
struct mop_sv mop_match_group(const struct mop_match *m, unsigned g);
#endif
