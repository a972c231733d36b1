/* SPDX-License-Identifier: MIT */
#ifndef MOP_KIND_URL_H
#define MOP_KIND_URL_H
#include "rules/kind.h"
#include "values/url_checks.h"

/* The URL that was asked for last: the checks and derived fields of one value come one after the
 * other. One per run. */
struct mop_url_cache *mop_url_cache_create(void);
void mop_url_cache_free(struct mop_url_cache *c);

/* Is the record type one of ad platforms' templates, where macros are right? */
bool mop_record_is_template(const struct mop_record *r);
/* The value's text as a URL, trimmed; lives until the next call, or as long as run->scratch. */
const struct mop_url *mop_value_url(const struct mop_field *f, const struct mop_value *v,
                                    struct mop_run *run);
/* What a taxonomy says of all URLs; rs NULL: nothing. */
struct mop_url_context mop_url_context_of(const struct mop_ruleset *rs, enum mop_url_kind kind);
/* The key of a check under `url:`, NUL-terminated: one spelling, so that it merges with the one
 * that a pack has. */
struct mop_sv mop_url_key(const struct mop_url_check *c);
/* What a link that fails the test of kind `url` is like: "is not https". */
const char *mop_url_test_fault(const struct mop_test *t);
#endif
