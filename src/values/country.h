/* SPDX-License-Identifier: MIT */
#ifndef MOP_COUNTRY_H
#define MOP_COUNTRY_H
#include "../base/mem.h"

/* data/country.gen.c: the alpha-2 code of a tag of mop_words_country. */
extern const char mop_country_codes[][3];

/*
 * A country of ISO 3166-1 by alpha-2 code, alpha-3 code, or English short, common or official name,
 * as Debian's iso-codes has them; case is ignored, names also without accents and with the part
 * behind a comma in front ("Korea, Republic of"). Gives the alpha-2 code (static), or MOP_SV_NONE.
 * Everyday names that mean one country and no other ("UK", "Russia") are there, too
 * (data/country-names.txt).
 * Scratch goes to `a`.
 */
struct mop_sv mop_country_find(struct mop_sv s, struct mop_arena *a);

/*
 * The code of the country that a name is likely to mean ("England", "Korea", "Deutschland"), or
 * MOP_SV_NONE: for a did-you-mean, never to be taken for it.
 */
struct mop_sv mop_country_guess(struct mop_sv s, struct mop_arena *a);

/* The English name of a country that is nearest to `s`, or MOP_SV_NONE: for a did-you-mean. */
struct mop_sv mop_country_nearest(struct mop_sv s, struct mop_arena *a);

/* A currency of ISO 4217 by its alpha-3 code, case ignored: that code (static), or MOP_SV_NONE. */
struct mop_sv mop_currency_find(struct mop_sv s);

/* true yes t y 1, false no f n 0, case ignored: "true" or "false" (static), or MOP_SV_NONE. */
struct mop_sv mop_boolean_find(struct mop_sv s);
#endif
