/* SPDX-License-Identifier: MIT */
#ifndef MOP_URL_CHECK_LIST_H
#define MOP_URL_CHECK_LIST_H
#include "url_checks.h"

/*
 * X(C name, id, default severity, is it about personal data (MOP_PERSONAL_), summary, what a link
 * that fails is like) in the order of help. A
 * new check is a function mop_url_fails_NAME in one of the url_check_*.c and a line here.
 */
#define MOP_URL_CHECKS(X)                                                                          \
    X(scheme, "scheme", 2, NOT, "begins with http:// or https://",                                 \
      "does not begin with http:// or https://")                                                   \
    X(host, "host", 2, NOT, "has a readable host with a dot, and a valid port",                    \
      "has no readable host")                                                                      \
    X(https, "https", 1, NOT, "is https", "is not https")                                          \
    X(userinfo, "userinfo", 2, SURE, "has no user name or password before the host",               \
      "holds a user name or password")                                                             \
    X(space, "space", 2, NOT, "has no blank, tab or newline", "holds a blank, tab or newline")     \
    X(bad_character, "bad-character", 2, NOT,                                                      \
      "has no control byte, quote, bracket <>, \\ ^ or `, nor what nobody sees",                   \
      "holds a character that no link may hold")                                                   \
    X(bad_escape, "bad-escape", 2, NOT,                                                            \
      "has two hex digits behind every %, and its parameters decode to UTF-8",                     \
      "has a % that is no escape")                                                                 \
    X(question_marks, "question-marks", 2, NOT, "has one ? only", "has more than one ?")           \
    X(ampersand_entity, "ampersand-entity", 2, NOT, "has no &amp; copied from HTML",               \
      "has an &amp; copied from HTML")                                                             \
    X(missing_question_mark, "missing-question-mark", 2, NOT, "has a ? before utm_ parameters",    \
      "has no ? before its utm_ parameters")                                                       \
    X(missing_ampersand, "missing-ampersand", 2, NOT, "has an & between parameters",               \
      "has no & between parameters")                                                               \
    X(fragment_params, "fragment-params", 2, NOT,                                                  \
      "has utm_ parameters before the #, not behind it",                                           \
      "has utm_ parameters behind the #, where they are lost")                                     \
    X(duplicate_param, "duplicate-param", 2, NOT, "has no tracking parameter with two values",     \
      "has a tracking parameter with two values")                                                  \
    X(repeated_param, "repeated-param", 1, NOT, "has no tracking parameter twice with one value",  \
      "has a tracking parameter twice")                                                            \
    X(misspelt_key, "misspelt-key", 2, NOT, "spells utm_ parameters as tools read them",           \
      "misspells a utm_ parameter")                                                                \
    X(unknown_utm, "unknown-utm", 1, NOT, "has only utm_ parameters that are reported",            \
      "has a utm_ parameter that nobody reports")                                                  \
    X(empty_param, "empty-param", 1, NOT, "has a value for each utm_ parameter",                   \
      "has a utm_ parameter without a value")                                                      \
    X(macros, "macros", 2, NOT, "has no macro left that a platform should have replaced",          \
      "still holds a placeholder of the ad platform")                                              \
    X(placeholder, "placeholder", 2, NOT, "has no stand-in such as undefined or test for a value", \
      "has a stand-in such as undefined for a value")                                              \
    X(pii, "pii", 2, SURE, "has no personal data: mail addresses, phone numbers, names",           \
      "holds personal data")                                                                       \
    X(phone_like, "phone-like", 1, GUESS,                                                          \
      "has no number in groups like a phone number's, unless under the name of an id",             \
      "holds what looks like a phone number")                                                      \
    X(person_id, "person-id", 1, SURE,                                                             \
      "has no mail tool's id of one person (mc_eid, mkt_tok, _hsenc), no login token",             \
      "holds a mail tool's id of one person")                                                      \
    X(click_id_partial, "click-id-partial", 2, NOT,                                                \
      "has source, medium and campaign beside a gclid",                                            \
      "has a gclid without source, medium and campaign")                                           \
    X(click_id_source, "click-id-source", 1, NOT,                                                  \
      "has a utm_source that agrees with its click id",                                            \
      "has a utm_source that disagrees with its click id")                                         \
    X(click_id_copied, "click-id-copied", 1, NOT,                                                  \
      "has no click id of somebody's visit (links only)",                                          \
      "holds the click id of somebody's visit")                                                    \
    X(length, "length", 1, NOT, "has utm_ values up to 100 characters and 1000 in all",            \
      "has long utm_ values")                                                                      \
    X(too_long, "too-long", 2, NOT, "has utm_ values up to 420 characters, where GA4 cuts them",   \
      "has utm_ values that GA4 cuts")                                                             \
    X(double_encoded, "double-encoded", 1, NOT, "has tracking values that are escaped once only",  \
      "has tracking values that are escaped twice")                                                \
    X(mixed_separators, "mixed-separators", 0, NOT, "uses one separator within a utm_ value",      \
      "mixes separators within a utm_ value")                                                      \
    X(own_domain, "own-domain", 0, NOT, "has no utm_ parameters on a link within the own site",    \
      "has utm_ parameters on a link within the own site")

#define X(name, id, severity, personal, summary, fault)                                            \
    bool mop_url_fails_##name(const struct mop_url *u, const struct mop_url_context *c,            \
                              struct mop_buf *why);
MOP_URL_CHECKS(X)
#undef X

/* Opens the definition of a check's function. */
#define MOP_URL_CHECK(name)                                                                        \
    bool mop_url_fails_##name(const struct mop_url *u, const struct mop_url_context *c,            \
                              struct mop_buf *why)

/* Adds the reason and returns true: the check fails. */
bool mop_url_says(struct mop_buf *why, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Adds " 'value'", made safe for a terminal and cut; nothing if it may be personal. */
void mop_url_show(struct mop_buf *why, struct mop_sv value);
/* A view of p->value as a person reads it: decoded, and once more if it still holds escapes. */
struct mop_sv mop_url_read_value(const struct mop_url *u, const struct mop_url_param *p);
#endif
