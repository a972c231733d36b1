/* SPDX-License-Identifier: MIT */
#ifndef MOP_SV_H
#define MOP_SV_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A borrowed view of bytes. Not NUL-terminated. p == NULL: absent; n == 0: empty.
 * Whoever hands out a view says how long the bytes live.
 */
struct mop_sv {
    const char *p;
    size_t n;
};

#define MOP_SV(lit) ((struct mop_sv){(lit), sizeof(lit) - 1})
#define MOP_SV_NONE ((struct mop_sv){NULL, 0})
/* For printf("%.*s", MOP_SV_ARG(v)). */
#define MOP_SV_ARG(v) (int)(v).n, (v).p ? (v).p : ""

struct mop_sv mop_sv_of(const char *cstr); /* NULL gives MOP_SV_NONE */
/* Bytes only: absent equals empty. */
bool mop_sv_eq(struct mop_sv a, struct mop_sv b);
bool mop_sv_eqs(struct mop_sv a, const char *cstr);
/* ASCII case only; for user data use mop_utf8_fold (utf8.h). */
bool mop_sv_eq_nocase(struct mop_sv a, struct mop_sv b);
/* Byte order: <0, 0, >0; a prefix sorts before the longer. */
int mop_sv_cmp(struct mop_sv a, struct mop_sv b);
bool mop_sv_starts(struct mop_sv a, struct mop_sv prefix);
bool mop_sv_ends(struct mop_sv a, struct mop_sv suffix);
/* Index of the first c, or a.n. */
size_t mop_sv_find(struct mop_sv a, char c);
/* The part [from, to), clipped to the view. */
struct mop_sv mop_sv_sub(struct mop_sv a, size_t from, size_t to);
/* Cuts the next piece before `sep` off *rest; false when *rest is spent (p == NULL). */
bool mop_sv_next(struct mop_sv *rest, char sep, struct mop_sv *piece);
/* Without leading and trailing blanks (mop_utf8_is_space). Bad UTF-8 is no blank. */
struct mop_sv mop_sv_trim(struct mop_sv a);
/* Digits only, no sign, no overflow; false leaves *out alone. */
bool mop_sv_u64(struct mop_sv a, uint64_t *out);
#endif
