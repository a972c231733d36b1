/* SPDX-License-Identifier: MIT */
#ifndef MOP_GLOSSARY_H
#define MOP_GLOSSARY_H
#include "base/sv.h"

/* The words of the reports, a page each: `rules explain WORD`, `rules list --words`. */
struct mop_word {
    const char *word, *summary; /* one line */
    const char *doc;            /* what it is for, an example */
};
extern const struct mop_word mop_words_of_reports[]; /* by the alphabet; ends with word NULL */
/* Whatever the case; '-' and '_' are blanks, what stands in brackets is left out. NULL: no such
 * word. */
const struct mop_word *mop_word_find(struct mop_sv text);
#endif
