/* SPDX-License-Identifier: MIT */
#ifndef MOP_MACRO_H
#define MOP_MACRO_H
#include "../base/sv.h"

/*
 * Macros that an ad platform or mail tool should have replaced, by shape (utm.md d.2):
 * {{x}} {x} __X__ %%x%% ${x} %xyz! *|x|* [[x]]. A single brace inside a longer word
 * ("sale{summer}now") is none.
 */

/* Length of the macro that begins exactly at s.p[i], or 0. */
size_t mop_macro_at(struct mop_sv s, size_t i);
/* The first macro in s, a view; MOP_SV_NONE if there is none. */
struct mop_sv mop_macro_find(struct mop_sv s);
#endif
