/* SPDX-License-Identifier: MIT */
#ifndef MOP_MARKDOWN_H
#define MOP_MARKDOWN_H
#include "report/out.h"

/* What comes from data or rules, so that it cannot make markup: no link, mention, table or HTML. */

void mop_markdown_text(struct mop_out *out, struct mop_sv text);
/* As a code span of at most `max` columns, for tables too; "(blank)" if there is nothing. */
void mop_markdown_code(struct mop_out *out, struct mop_sv value, size_t max);
/* It would begin a list, a rule or a numbered list at the start of a line. */
bool mop_markdown_begins_block(struct mop_sv text);
#endif
