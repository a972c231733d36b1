/* SPDX-License-Identifier: MIT */
#ifndef MOP_URL_CHECKS_H
#define MOP_URL_CHECKS_H
#include "url.h"

/* What a URL is decides what is wrong with it. */
enum mop_url_kind {
    MOP_URL_LEAD,    /* landed on: of a lead, session, deal: click ids are right, macros wrong */
    MOP_URL_LINK,    /* built, to be published: no click id belongs there */
    MOP_URL_TEMPLATE /* of an ad platform: macros are right, values are not known yet */
};
struct mop_url_context {
    enum mop_url_kind kind;
    const struct mop_sv *own_domains; /* lower-cased ASCII; for own-domain */
    size_t n_own;
    const struct mop_sv *personal; /* parameters that name a person, beside those known by name */
    size_t n_personal;
};

/*
 * The structural checks of a URL (facts: utm.md b, d, e), independent of any convention of names.
 * fails: true and a reason in `why` (may be NULL) if the defect is there. The reason is a
 * predicate, as in types.h, and shows values of utm_ parameters only, never one that may be
 * personal. A URL that does not parse fails `scheme` or `host`; the others speak about what was cut
 * out of it. default_severity: 1 warning, 2 error, 0 only where a rule asks for it (it needs to
 * know more: own-domain is right for an entry page, mixed-separators depends on the naming
 * template). Thread-safe for different URLs; scratch comes from the URL's arena.
 */
enum mop_url_personal {
    MOP_PERSONAL_NOT,
    MOP_PERSONAL_GUESS, /* what fails may hold personal data, or an id */
    MOP_PERSONAL_SURE
};
struct mop_url_check {
    const char *id, *summary; /* "is https" */
    const char *fault;        /* "is not https" */
    int default_severity;
    enum mop_url_personal personal;
    bool (*fails)(const struct mop_url *u, const struct mop_url_context *c, struct mop_buf *why);
};

extern const struct mop_url_check mop_url_checks[];
extern const size_t mop_url_checks_n;

const struct mop_url_check *mop_url_check_find(struct mop_sv id);
#endif
