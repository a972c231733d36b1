/* SPDX-License-Identifier: MIT */
/* Checks of the URL's shape: what stands where, before any parameter is read. */
#include "../base/utf8.h"
#include "ascii.h"
#include "domain.h"
#include "macro.h"
#include "url_check_list.h"
#include "url_check_script.h"
#include "url_keys.h"
#include "why.h"

MOP_URL_CHECK(scheme)
{
    (void)c;
    bool bad = u->fault == MOP_URL_NO_SCHEME || u->fault == MOP_URL_OTHER_SCHEME;
    return bad && mop_url_says(why, "%.*s", MOP_SV_ARG(u->reason));
}

/* No server listens there, and browsers do not ask. */
static bool is_port_zero(struct mop_sv port)
{
    size_t zeros = 0;
    while (zeros < port.n && port.p[zeros] == '0') {
        zeros++;
    }
    return port.n > 0 && zeros == port.n;
}

MOP_URL_CHECK(host)
{
    (void)c;
    if (u->fault == MOP_URL_NO_HOST || u->fault == MOP_URL_BAD_HOST ||
        u->fault == MOP_URL_BAD_PORT) {
        return mop_url_says(why, "%.*s", MOP_SV_ARG(u->reason));
    }
    if (is_port_zero(u->port)) {
        return mop_url_says(why, "has port 0, which no server has");
    }
    struct mop_sv host = mop_url_host(u);
    const char *alike = mop_url_lookalike(host, u->arena);
    if (alike) {
        return mop_url_says(why, "%s in its host %.*s, which passes for another", alike,
                            MOP_SV_ARG(host));
    }
    bool bare = host.n > 0 && !u->address && mop_sv_find(host, '.') == host.n;
    return bare && mop_url_says(why, "has no dot in its host");
}

MOP_URL_CHECK(https)
{
    (void)c;
    return mop_sv_eq_nocase(u->scheme, MOP_SV("http")) && mop_url_says(why, "is not https");
}

MOP_URL_CHECK(userinfo)
{
    (void)c;
    return u->userinfo.p && mop_url_says(why, "has a user name or password before the host");
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* What RFC 3986 leaves out, but for blanks, other scripts, and {|} of macros. */
static bool is_bad(char c)
{
    unsigned char b = (unsigned char)c;
    if (mop_is_alnum(c)) {
        return false;
    }
    return c == '"' || c == '<' || c == '>' || c == '\\' || c == '^' || c == '`' || b == 0x7f ||
           (b < 0x20 && !is_blank(c));
}

static bool is_question_mark(char c)
{
    return c == '?';
}

/* Index of the first such byte, macros not looked into, or s.n. */
static size_t first_of(struct mop_sv s, bool (*such)(char))
{
    size_t i = 0;
    while (i < s.n && !such(s.p[i])) {
        i++;
    }
    if (i == s.n) {
        return s.n; /* nearly always */
    }
    for (i = 0; i < s.n; i++) {
        size_t macro = mop_macro_at(s, i);
        if (macro > 0) {
            i += macro - 1;
        } else if (such(s.p[i])) {
            return i;
        }
    }
    return s.n;
}

MOP_URL_CHECK(space)
{
    (void)c;
    size_t i = first_of(u->text, is_blank);
    if (u->padded) {
        return mop_url_says(why, "has a blank before or behind it, which is sent along");
    }
    return i < u->text.n && mop_url_says(why, "has a blank, which ends the link in many tools");
}

/* The first code point beyond ASCII that leaves no mark, such as a zero width space; or 0. */
static uint32_t unseen_in(struct mop_sv s)
{
    for (size_t i = 0; i < s.n;) {
        uint32_t cp = mop_utf8_next(s, &i);
        if (cp >= 0x80 && mop_utf8_is_hidden(cp)) {
            return cp;
        }
    }
    return 0;
}

MOP_URL_CHECK(bad_character)
{
    (void)c;
    size_t i = first_of(u->text, is_bad);
    if (i < u->text.n) {
        mop_url_says(why, "has ");
        mop_why_char(why, (unsigned char)u->text.p[i]);
        return mop_url_says(why, " unescaped");
    }
    uint32_t cp = u->fault == MOP_URL_BAD_HOST ? 0 : unseen_in(u->text);
    for (size_t k = 0; !cp && k < u->nparams; k++) {
        const struct mop_url_param *p = &u->params[k];
        cp = unseen_in(p->key);
        if (!cp) {
            cp = unseen_in(p->value);
        }
    }
    return cp && mop_url_says(why, "has the character U+%04X, which nobody sees", (unsigned)cp);
}

/* Macros may hold a % of their own: %%SITE%%, %ecid!. */
static bool has_bad_escape(struct mop_sv s)
{
    if (mop_url_bad_escape(s) == s.n) {
        return false;
    }
    for (size_t i = 0; i < s.n; i++) {
        size_t macro = mop_macro_at(s, i);
        if (macro > 0) {
            i += macro - 1;
        } else if (s.p[i] == '%' && mop_url_bad_escape(mop_sv_sub(s, i, i + 3)) == 0) {
            return true;
        }
    }
    return false;
}

/* %00: what stands behind it is lost to many programs. */
static bool has_nul(struct mop_sv s)
{
    for (size_t i = 0; i + 3 <= s.n; i++) {
        if (s.p[i] == '%' && s.p[i + 1] == '0' && s.p[i + 2] == '0') {
            return true;
        }
    }
    return false;
}

MOP_URL_CHECK(bad_escape)
{
    (void)c;
    if (has_bad_escape(u->text)) {
        return mop_url_says(why, "has a %% without two hex digits");
    }
    if (has_nul(u->path) || has_nul(u->fragment)) {
        return mop_url_says(why, "has an escape that decodes to no UTF-8 or to NUL");
    }
    for (size_t i = 0; i < u->nparams; i++) {
        struct mop_sv raw = u->params[i].raw_value;
        if (u->params[i].bad_utf8 && !mop_macro_find(raw.p ? raw : u->params[i].raw_key).p) {
            return mop_url_says(why, "has an escape that decodes to no UTF-8 or to NUL");
        }
    }
    return false;
}

/* "redirect=https://x.example/?a=b": sloppy, but read as meant. */
static bool nested_url(struct mop_sv piece)
{
    struct mop_sv value = mop_sv_sub(piece, mop_sv_find(piece, '=') + 1, piece.n);
    return mop_sv_eq_nocase(mop_sv_sub(value, 0, 4), MOP_SV("http"));
}

MOP_URL_CHECK(question_marks)
{
    struct mop_sv rest = u->query, piece;
    (void)c;
    if (mop_sv_find(rest, '?') == rest.n) {
        return false;
    }
    while (mop_sv_next(&rest, '&', &piece)) {
        size_t i = first_of(piece, is_question_mark);
        if (i == piece.n) {
            continue;
        }
        if (!nested_url(piece) || mop_url_find_utm(mop_sv_sub(piece, i, piece.n)) + i < piece.n) {
            return mop_url_says(why, "has a second ?, where an & belongs");
        }
    }
    return false;
}

/* &amp; &AMP; &#38; &#x26; and the first with its semicolon escaped. */
MOP_URL_CHECK(ampersand_entity)
{
    static const struct mop_sv entities[] = {
        MOP_LIT("amp;"), MOP_LIT("amp%3b"), MOP_LIT("#38;"), MOP_LIT("#038;"), MOP_LIT("#x26;"),
    };
    struct mop_sv rest = u->text, piece;
    (void)c;
    (void)mop_sv_next(&rest, '&', &piece); /* what stands before the first & */
    while (rest.p) {
        for (size_t k = 0; k < sizeof entities / sizeof *entities; k++) {
            struct mop_sv e = entities[k];
            if (mop_sv_eq_nocase(mop_sv_sub(rest, 0, e.n), e)) {
                return mop_url_says(why, "has &%.*s copied from HTML, where an & belongs",
                                    MOP_SV_ARG(e));
            }
        }
        (void)mop_sv_next(&rest, '&', &piece);
    }
    return false;
}

MOP_URL_CHECK(missing_question_mark)
{
    (void)c;
    bool bad = mop_url_find_utm(u->path) < u->path.n || mop_url_find_utm(u->host) < u->host.n;
    return bad && mop_url_says(why, "has utm_ parameters without a ? before them");
}

MOP_URL_CHECK(missing_ampersand)
{
    (void)c;
    for (size_t i = 0; i < u->nparams; i++) {
        struct mop_sv v = u->params[i].raw_value;
        size_t at = mop_url_find_utm(v);
        if (at < v.n && mop_sv_find(mop_sv_sub(v, 0, at), '?') == at) {
            return mop_url_says(why, "has no & before a utm_ parameter");
        }
    }
    return false;
}

MOP_URL_CHECK(fragment_params)
{
    (void)c;
    return mop_url_find_utm(u->fragment) < u->fragment.n &&
           mop_url_says(why, "has utm_ parameters behind the #, where no tool reads them");
}

MOP_URL_CHECK(own_domain)
{
    struct mop_sv host = mop_url_host(u);
    bool own = false, tagged = false;
    for (size_t i = 0; i < c->n_own; i++) {
        own |= mop_domain_within(host, c->own_domains[i]);
    }
    for (size_t i = 0; i < u->nparams; i++) {
        tagged |= mop_url_key_utm(u->params[i].key);
    }
    return own && tagged &&
           mop_url_says(why,
                        "has utm_ parameters on a link within %.*s, which overwrite where the "
                        "visitor came from",
                        MOP_SV_ARG(host));
}
