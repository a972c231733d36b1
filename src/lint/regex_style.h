/* SPDX-License-Identifier: MIT */
#ifndef MOP_LINT_REGEX_STYLE_H
#define MOP_LINT_REGEX_STYLE_H
#include "lint/regex_witness.h"

/* What is doubtful in a pattern's form. Each function tells the places, as bytes of the pattern. */
typedef void mop_rx_tell(void *ctx, size_t from, size_t to);
typedef void mop_rx_look(const struct mop_rx_pattern *p, mop_rx_tell *tell, void *ctx);

/* All there is are words to choose from. */
mop_rx_look mop_rx_find_list;
/* ^ and $ where the whole value is matched anyway; of what is looked for anywhere, a second one and
 * those beside .* */
mop_rx_look mop_rx_find_anchors;
/* example.com with a dot that takes any character. */
mop_rx_look mop_rx_find_host_dots;
/* [A-z] */
mop_rx_look mop_rx_find_ranges;
/* a| */
mop_rx_look mop_rx_find_empty;
#endif
