/* SPDX-License-Identifier: MIT */
#ifndef MOP_UTF8_H
#define MOP_UTF8_H
#include "buf.h"
#include "mem.h"

/* Offset of the first byte that is not well-formed UTF-8 (RFC 3629: no surrogates, no overlongs),
 * or s.n. */
size_t mop_utf8_check(struct mop_sv s);
bool mop_utf8_ascii(struct mop_sv s);
/* Bytes of the code point at i, which goes to *cp; 0 if there is none that is well-formed. */
size_t mop_utf8_decode(struct mop_sv s, size_t i, uint32_t *cp);
/* Decodes one code point at *i and moves past it; a bad byte counts as one U+FFFD. */
uint32_t mop_utf8_next(struct mop_sv s, size_t *i);
/* The code point as UTF-8; how many bytes that is. */
size_t mop_utf8_put(uint32_t cp, char to[4]);
size_t mop_utf8_length(struct mop_sv s); /* code points */
/*
 * Simple case folding (utf8proc): one code point for one, so that no letter is split (sharp s
 * stays). ASCII fast path; result in `a`, or s itself when nothing changes. Bad bytes are kept.
 */
struct mop_sv mop_utf8_fold(struct mop_arena *a, struct mop_sv s);
/* Folded, without blanks, '_' and '-': what names of columns are compared by; in `a`. */
struct mop_sv mop_utf8_squeeze(struct mop_arena *a, struct mop_sv s);
struct mop_sv mop_utf8_upper(struct mop_arena *a, struct mop_sv s);
/* Composed (NFC): letters with combining characters become one where there is one; in `a`, or s
 * itself where it is ASCII or no UTF-8. */
struct mop_sv mop_utf8_compose(struct mop_arena *a, struct mop_sv s);
/* True for White_Space code points plus U+FEFF and U+200B. */
bool mop_utf8_is_space(uint32_t cp);
/* True if lower-casing (upper-casing) would change a letter; U+01C5 has both. */
bool mop_utf8_has_upper(struct mop_sv s);
bool mop_utf8_has_lower(struct mop_sv s);
/* Terminal columns (East Asian width by utf8proc). */
size_t mop_utf8_width(struct mop_sv s);
/*
 * Never part of a name that somebody typed: hidden, or without a mark of its own (fillers,
 * variation selectors, the Braille blank), for private use, U+FFFD. Joiners (U+200C, U+200D) are
 * not among them: some scripts write with them.
 */
bool mop_utf8_is_mute(uint32_t cp);
/* What would steer a terminal, break a line, turn its direction, or stand there unseen. */
bool mop_utf8_is_hidden(uint32_t cp);
/*
 * Safe for a terminal or log line: control bytes, DEL and bad UTF-8 become \xNN; C1, line
 * separators, bidi controls and invisible code points \u{NNNN}. At most `max` columns (SIZE_MAX: no
 * end), the last of them an ellipsis if something was cut; an escape is never cut. A backslash
 * stays as it is: the text is for eyes, not for reading back.
 */
void mop_utf8_show(struct mop_buf *out, struct mop_sv s, size_t max);
#endif
