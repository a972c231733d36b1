/* SPDX-License-Identifier: MIT */
#ifndef MOP_DOMAIN_H
#define MOP_DOMAIN_H
#include "../base/buf.h"
#include "../base/mem.h"

/* A dot is needed ('localhost' fails); an underscore may stand in a label (seen in hosts of URLs).
 */
enum mop_domain_flags { MOP_DOMAIN_DOT = 1, MOP_DOMAIN_UNDERSCORE = 2 };

/*
 * Reads a host name: letters, digits and hyphens in labels of 1 to 63 bytes, 253 in all (RFC 1035,
 * RFC 1123), the last label no number (12, 0x7f); other scripts by IDNA 2008 non-transitional
 * (libidn2). On success *ascii is the lower-cased ASCII form without a closing dot, in `a` or a
 * view of s. On failure `why` (may be NULL) gets a predicate, to which a caller may add where: "has
 * no dot", "has an empty label", "has the character '_'" (" in its domain").
 */
bool mop_domain_read(struct mop_sv s, unsigned flags, struct mop_sv *ascii, struct mop_arena *a,
                     struct mop_buf *why);

/* An ASCII host as people see it; false if it has no coded (xn--) label, or none that decodes. */
bool mop_domain_unicode(struct mop_sv ascii, struct mop_sv *shown, struct mop_arena *a);

/*
 * The part of `ascii` (canonical form) that somebody registered: "shop.acme.co.uk" gives
 * "acme.co.uk", a view of ascii's tail. MOP_SV_NONE if it is itself a public suffix or an address.
 * By libpsl's built-in list, so that a machine's own list changes no verdict.
 */
struct mop_sv mop_domain_registrable(struct mop_sv ascii);

/* Is the last label a top-level domain of libpsl's list? It is of its build's year: newer ones, and
 * .test or .example, are unknown. */
bool mop_domain_tld_known(struct mop_sv ascii);

/* Is `host` the same as `domain` or below it? Both canonical. */
bool mop_domain_within(struct mop_sv host, struct mop_sv domain);

/* Cuts the first label off: "a.b.c" becomes "b.c"; false when no dot is left. For walks to the
 * parents. */
bool mop_domain_parent(struct mop_sv *domain);
#endif
