/* SPDX-License-Identifier: MIT */
#ifndef MOP_DERIVE_KINDS_H
#define MOP_DERIVE_KINDS_H
#include "rules/derive.h"

/* The kinds of derived fields, in the order of help; private to derive*.c. */
/* clang-format off */
#define MOP_DERIVE_KINDS(X) \
    X(url_param) \
    X(url_host) \
    X(ga4_channel) \
    X(email_domain) \
    X(part) \
    X(map) \
    X(capture) \
    X(json) \
    X(lookup)
/* clang-format on */

#define MOP_DERIVE_DECLARE(n) extern const struct mop_derive_kind mop_derive_##n;
MOP_DERIVE_KINDS(MOP_DERIVE_DECLARE)
#undef MOP_DERIVE_DECLARE

/* A field that is read: its index in d->fields, or -1 after a fault. `name` NULL is a fault that
 * `what` is missing. */
long mop_derive_reads(struct mop_scope *s, struct mop_derive *d, const struct mop_node *name,
                      const struct mop_node *at, const char *what);
/* Keys of the mapping under the kind's own key; -1 after a fault. */
int mop_derive_keys(struct mop_scope *s, const struct mop_derive *d, const struct mop_node *use,
                    const char *const *keys);
#endif
