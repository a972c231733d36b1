/* SPDX-License-Identifier: MIT */
#ifndef MOP_EMAIL_H
#define MOP_EMAIL_H
#include "../base/buf.h"
#include "../base/mem.h"

/*
 * Reads one mail address as forms and CRMs hold it: a dot-atom of RFC 5321/5322 before one @, other
 * scripts allowed there (RFC 6531), at most 64 bytes; a host name with a dot behind it; 254 bytes
 * in all (RFC 3696 erratum 1690). Quoted local parts, address literals and display names are
 * refused, each with its own reason, although RFC 5321 knows some of them: no form should store
 * them. *canonical: local part as written, domain in lower-cased ASCII; in `a` or a view of s. On
 * failure `why` (may be NULL) gets a predicate without the value: "has no domain".
 */
bool mop_email_read(struct mop_sv s, struct mop_sv *canonical, struct mop_arena *a,
                    struct mop_buf *why);

/* What stands before / behind the last @ of a canonical address (views); MOP_SV_NONE without @. */
struct mop_sv mop_email_local(struct mop_sv canonical);
struct mop_sv mop_email_domain(struct mop_sv canonical);

/*
 * Lists of data/README.md, asked with a canonical domain. The domain or a parent of it is listed:
 * "nyc.rr.com" is free-mail by "rr.com".
 */
bool mop_email_is_free(struct mop_sv domain);
bool mop_email_is_disposable(struct mop_sv domain);
/* The free-mail domain that becomes `domain` by a swap of two neighbours past its first two letters
 * ("gmial.com"), in `a`; or MOP_SV_NONE. For a did-you-mean: somebody may own the misspelt one. */
struct mop_sv mop_email_free_meant(struct mop_sv domain, struct mop_arena *a);
/* Asked with a local part; case and what follows a '+' are ignored: "Sales+web" is a role. */
bool mop_email_is_role(struct mop_sv local);
#endif
