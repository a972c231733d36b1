/* SPDX-License-Identifier: MIT */
#ifndef MOP_URL_CHECK_SCRIPT_H
#define MOP_URL_CHECK_SCRIPT_H
#include "../base/mem.h"

/* Does the host pass for another to the eye? A predicate, "mixes Latin and Cyrillic letters"; NULL:
 * no. */
const char *mop_url_lookalike(struct mop_sv ascii_host, struct mop_arena *a);
#endif
