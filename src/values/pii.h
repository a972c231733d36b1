/* SPDX-License-Identifier: MIT */
#ifndef MOP_PII_H
#define MOP_PII_H
#include "../base/mem.h"

/*
 * Personal data in a text: e-mail addresses, and phone numbers that are recognisable as such: by
 * the + or 00 of a calling code, by a 0 and digits in groups, as (212) 555-0123, by "tel:", by a
 * parameter so named ("?mobile=..."). Digits alone are none: they are ids, dates, prices, click
 * ids.
 */
enum mop_pii_kind { MOP_PII_NONE, MOP_PII_EMAIL, MOP_PII_PHONE };
struct mop_pii {
    enum mop_pii_kind kind;
    size_t from, to; /* of the text */
    bool national;   /* by its groups alone ("0301-234567"), as ids are written, too: a guess */
};

/* Is there one, and no guess? */
static inline bool mop_pii_sure(const struct mop_pii *p)
{
    return p->kind && !p->national;
}

/* What weighs more: what is no guess, then a guess; of equals the first. */
static inline struct mop_pii mop_pii_weigh(struct mop_pii a, struct mop_pii b)
{
    return !a.kind || (a.national && mop_pii_sure(&b)) ? b : a;
}

/* The first from byte `at` on; kind NONE: there is none. Escapes (%40) are not undone. */
struct mop_pii mop_pii_next(struct mop_sv text, size_t at, struct mop_arena *scratch);

/*
 * What weighs most: the first that is no guess, else the first guess. id: of what an id holds,
 * groups of digits behind a 0 ("0301-234567", "0043-660-123") are how ids are written, and no phone
 * number; with blanks, behind a +, or called so ("tel:030..") they are.
 */
struct mop_pii mop_pii_look(struct mop_sv text, bool id, struct mop_arena *scratch);

/* What the text holds in escapes alone ("ann%40acme.example"), undone up to MOP_URL_ESCAPED_MAX
 * times; bytes that are no UTF-8 hide nothing. Its place is that in the text undone. */
struct mop_pii mop_pii_escaped(struct mop_sv text, struct mop_arena *scratch);

/* Would the value of a parameter or column that is named for phones be one? 7 to 15 digits. */
bool mop_pii_is_number(struct mop_sv value);
#endif
