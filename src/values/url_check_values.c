/* SPDX-License-Identifier: MIT */
/* Checks of the parameters' values. */
#include "../base/utf8.h"
#include "ascii.h"
#include "country.h"
#include "macro.h"
#include "pii.h"
#include "url_check_list.h"
#include "url_keys.h"

enum { VALUE_WARN = 100, VALUE_MAX = 420, URL_WARN = 1000 };

MOP_URL_CHECK(macros)
{
    if (c->kind == MOP_URL_TEMPLATE) {
        return false;
    }
    for (size_t i = 0; i < u->nparams; i++) {
        const struct mop_url_param *p = &u->params[i];
        struct mop_sv macro = mop_macro_find(p->value.p ? mop_url_read_value(u, p) : p->key);
        if (macro.p) {
            mop_url_says(why, "has the macro");
            mop_url_show(why, macro);
            return mop_url_says(why, " that was never replaced");
        }
    }
    return false;
}

static bool is_placeholder(struct mop_sv s)
{
    static const struct mop_sv words[] = {
        MOP_LIT("undefined"),
        MOP_LIT("null"),
        MOP_LIT("nil"),
        MOP_LIT("none"),
        MOP_LIT("nan"),
        MOP_LIT("(not set)"),
        MOP_LIT("not set"),
        MOP_LIT("(none)"),
        MOP_LIT("(direct)"),
        MOP_LIT("(not provided)"),
        MOP_LIT("test"),
        MOP_LIT("testing"),
        MOP_LIT("temp"),
        MOP_LIT("temporary"),
        MOP_LIT("todo"),
        MOP_LIT("tbd"),
        MOP_LIT("xxx"),
        MOP_LIT("n/a"),
        MOP_LIT("[object object]"),
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (mop_sv_eq_nocase(s, words[i])) {
            return true;
        }
    }
    return false;
}

MOP_URL_CHECK(placeholder)
{
    (void)c;
    for (size_t i = 0; i < u->nparams; i++) {
        struct mop_sv value = mop_sv_trim(u->params[i].value);
        if (mop_url_key_utm(u->params[i].key) && is_placeholder(value)) {
            mop_url_says(why, "has the stand-in");
            mop_url_show(why, value);
            return mop_url_says(why, " for %.*s", MOP_SV_ARG(u->params[i].key));
        }
    }
    return false;
}

/* "optin=email" and "phone=true" tell nothing of a person. */
static bool tells(struct mop_sv value)
{
    struct mop_sv s = mop_sv_trim(value);
    return s.n > 0 && !mop_boolean_find(s).p && !is_placeholder(s);
}

/* What weighs most in a text, escapes undone as long as there are some. */
static struct mop_pii pii_of(const struct mop_url *u, struct mop_sv s, bool id)
{
    struct mop_pii found = mop_pii_look(s, id, u->arena);
    for (int undone = 0;
         !mop_pii_sure(&found) && undone < MOP_URL_ESCAPED_MAX && mop_url_has_escape(s); undone++) {
        s = mop_url_decode(u->arena, s, false);
        found = mop_pii_weigh(found, mop_pii_look(s, id, u->arena));
    }
    return found;
}

/* What is no guess. */
static enum mop_pii_kind pii_in(const struct mop_url *u, struct mop_sv s)
{
    struct mop_pii found = pii_of(u, s, false);
    return found.national ? MOP_PII_NONE : found.kind;
}

/* Under a key that is named for phones a guess is none. A '+' is a blank, but where the value
 * begins it may stand for itself: "?x=+49...". */
static bool holds_phone(const struct mop_url *u, const struct mop_url_param *p)
{
    struct mop_sv value = mop_url_read_value(u, p);
    struct mop_pii found = pii_of(u, value, mop_url_key_id(p->key));
    return (mop_url_key_phone(p->key) && mop_pii_is_number(value)) ||
           (found.kind == MOP_PII_PHONE && (!found.national || mop_url_key_phone_word(p->key))) ||
           (mop_sv_starts(p->raw_value, MOP_SV("+")) &&
            pii_in(u, mop_url_decode(u->arena, p->raw_value, false)) == MOP_PII_PHONE);
}

/* In the path or behind the #. */
static bool says_where(const struct mop_url *u, struct mop_sv part, const char *where,
                       struct mop_buf *why)
{
    enum mop_pii_kind kind = pii_in(u, mop_url_decode(u->arena, part, false));
    return kind &&
           mop_url_says(why, "has %s in its %s",
                        kind == MOP_PII_EMAIL ? "an e-mail address" : "a phone number", where);
}

/* Of the taxonomy's own parameters a 1 is somebody's number. */
static bool names_somebody(const struct mop_url_context *c, const struct mop_url_param *p)
{
    struct mop_sv value = mop_sv_trim(p->value);
    return (mop_url_key_personal(p->key) && tells(value)) ||
           (value.n && !is_placeholder(value) &&
            mop_url_key_among(p->key, c->personal, c->n_personal));
}

MOP_URL_CHECK(pii)
{
    for (size_t i = 0; i < u->nparams; i++) {
        const struct mop_url_param *p = &u->params[i];
        if (names_somebody(c, p)) {
            mop_url_says(why, "has personal data in the parameter");
        } else if (pii_in(u, mop_url_read_value(u, p)) == MOP_PII_EMAIL || pii_in(u, p->key)) {
            return mop_url_says(why, "has an e-mail address in a parameter");
        } else if (holds_phone(u, p)) {
            mop_url_says(why, "has a phone number in the parameter");
        } else {
            continue;
        }
        mop_url_show(why, p->key);
        return true;
    }
    return says_where(u, u->path, "path", why) || says_where(u, u->fragment, "fragment", why);
}

/* Says where a guess is, in a parameter, the path or behind the #. */
static bool says_guess(const struct mop_url *u, struct mop_buf *why)
{
    const struct {
        struct mop_sv text;
        const char *where;
    } parts[] = {{u->path, "path"}, {u->fragment, "fragment"}};
    for (size_t i = 0; i < u->nparams; i++) {
        const struct mop_url_param *p = &u->params[i];
        if (pii_of(u, mop_url_read_value(u, p), mop_url_key_id(p->key)).national) {
            mop_url_says(why, "has what looks like a phone number in the parameter");
            mop_url_show(why, p->key);
            return true;
        }
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (pii_of(u, mop_url_decode(u->arena, parts[i].text, false), false).national) {
            return mop_url_says(why, "has what looks like a phone number in its %s",
                                parts[i].where);
        }
    }
    return false;
}

MOP_URL_CHECK(phone_like)
{
    return says_guess(u, NULL) && !mop_url_fails_pii(u, c, NULL) && /* which says it */
           says_guess(u, why);
}

static bool is_base64url(struct mop_sv s)
{
    for (size_t i = 0; i < s.n; i++) {
        char x = mop_to_lower(s.p[i]);
        if (!((x >= 'a' && x <= 'z') || (x >= '0' && x <= '9') || x == '-' || x == '_')) {
            return false;
        }
    }
    return s.n > 0;
}

/* A signed token (JWT): two parts in base64 that are JSON, and the signature. Who has the link is
 * whoever it was made for. */
static bool is_login(struct mop_sv value)
{
    struct mop_sv part, rest = value;
    size_t n = 0;
    while (mop_sv_next(&rest, '.', &part)) {
        if (!is_base64url(part) || (n < 1 && !mop_sv_starts(part, MOP_SV("eyJ")))) {
            return false;
        }
        n++;
    }
    return n == 3;
}

MOP_URL_CHECK(person_id)
{
    (void)c;
    for (size_t i = 0; i < u->nparams; i++) {
        if (is_login(u->params[i].value)) {
            mop_url_says(why, "has one person's login token in the parameter");
            mop_url_show(why, u->params[i].key);
            return true;
        }
        if (mop_url_key_person(u->params[i].key) && u->params[i].value.n > 0) {
            return mop_url_says(why, "has %.*s, by which a mail tool knows one person",
                                MOP_SV_ARG(u->params[i].key));
        }
    }
    return false;
}

/* The first utm_ parameter longer than `max` characters, or NULL. */
static const struct mop_url_param *longer(const struct mop_url *u, size_t max)
{
    for (size_t i = 0; i < u->nparams; i++) {
        const struct mop_url_param *p = &u->params[i];
        if (mop_url_key_utm(p->key) && p->value.n > max && mop_utf8_length(p->value) > max) {
            return p;
        }
    }
    return NULL;
}

MOP_URL_CHECK(length)
{
    const struct mop_url_param *p = longer(u, VALUE_WARN);
    (void)c;
    if (longer(u, VALUE_MAX)) {
        return false; /* too-long says it */
    }
    if (p) {
        return mop_url_says(why, "has a %.*s of %zu characters, over %d", MOP_SV_ARG(p->key),
                            mop_utf8_length(p->value), VALUE_WARN);
    }
    size_t all = u->text.n > URL_WARN ? mop_utf8_length(u->text) : 0;
    return all > URL_WARN && mop_url_says(why, "has %zu characters, over %d", all, URL_WARN);
}

MOP_URL_CHECK(too_long)
{
    const struct mop_url_param *p = longer(u, VALUE_MAX);
    (void)c;
    return p && mop_url_says(why, "has a %.*s of %zu characters: GA4 cuts it at %d",
                             MOP_SV_ARG(p->key), mop_utf8_length(p->value), VALUE_MAX);
}

MOP_URL_CHECK(double_encoded)
{
    (void)c;
    for (size_t i = 0; i < u->nparams; i++) {
        const struct mop_url_param *p = &u->params[i];
        if (!p->bad_utf8 && mop_url_key_marketing(p->key) && mop_url_has_escape(p->value)) {
            mop_url_says(why, "has the parameter");
            mop_url_show(why, p->key);
            return mop_url_says(why, " escaped twice (%%25 before hex digits)");
        }
    }
    return false;
}

MOP_URL_CHECK(mixed_separators)
{
    (void)c;
    for (size_t i = 0; i < u->nparams; i++) {
        struct mop_sv v = u->params[i].value;
        int kinds =
            (mop_sv_find(v, '-') < v.n) + (mop_sv_find(v, '_') < v.n) + (mop_sv_find(v, ' ') < v.n);
        if (mop_url_key_utm(u->params[i].key) && kinds > 1) {
            return mop_url_says(why, "has several of blank, - and _ in %.*s",
                                MOP_SV_ARG(u->params[i].key));
        }
    }
    return false;
}
