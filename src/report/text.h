/* SPDX-License-Identifier: MIT */
#ifndef MOP_REPORT_TEXT_H
#define MOP_REPORT_TEXT_H
#include "report/page.h"

/* The text style's own: what its tables share with its running text. */

extern const struct mop_page_style mop_text_style;

/* Safe for eyes, at most `max` columns, and where it begins a line no runner of CI obeys it. */
struct mop_sv mop_text_shown(struct mop_page *p, struct mop_sv text, size_t max);
/* Writes a text that was made safe, in its colour. */
void mop_text_toned(struct mop_page *p, enum mop_tone tone, struct mop_sv text);
/* A table that is too wide goes on below; each part begins with the key columns, whose texts are
 * broken into lines. Other texts that do not fit are clipped. */
void mop_text_table(struct mop_page *p, const struct mop_grid *g);
#endif
