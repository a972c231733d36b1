/* SPDX-License-Identifier: MIT */
#include "check/words.h"
#include "base/utf8.h"
#include "values/domain.h"
#include "values/pii.h"
#include "values/url.h"
#include "values/url_keys.h"
#include <ctype.h>
#include <string.h>

/* How much of a value may be shown. */

/* Where the domain behind an '@' ends: what follows it is text, and may name a person. */
static size_t domain_end(struct mop_sv value, size_t at)
{
    size_t end = at < value.n ? at + 1 : at;
    while (end < value.n &&
           (isalnum((unsigned char)value.p[end]) || value.p[end] == '.' || value.p[end] == '-'))
        end++;
    while (end > at + 1 && !isalnum((unsigned char)value.p[end - 1]))
        end--;
    return end;
}

/* "Zed@home77" and "@zed" are no addresses: behind the '@' stands more of the name. */
static bool is_domain(struct mop_sv s)
{
    size_t label = s.n;
    while (label > 0 && isalpha((unsigned char)s.p[label - 1]))
        label--;
    return label > 1 && s.n - label >= 2 && s.p[label - 1] == '.';
}

/* Bytes of "https://", which names nobody. */
static size_t scheme_of(struct mop_sv value)
{
    static const char *const schemes[] = {"https://", "http://"};
    for (size_t i = 0; i < 2; i++) {
        size_t n = strlen(schemes[i]);
        if (value.n > n && mop_sv_eq_nocase(mop_sv_sub(value, 0, n), mop_sv_of(schemes[i])))
            return n;
    }
    return 0;
}

void mop_mask(struct mop_buf *out, struct mop_sv value)
{
    size_t scheme = scheme_of(value);
    if (scheme) { /* its host would look like that of an address */
        mop_buf_sv(out, mop_sv_sub(value, 0, scheme));
        mop_buf_str(out, "***");
        return;
    }
    if (!value.n)
        return;
    size_t first = 0, at = mop_sv_find(value, '@'), end = domain_end(value, at);
    if (mop_utf8_check(value) == value.n)
        mop_utf8_next(value, &first);
    bool address = at >= first && end > at && is_domain(mop_sv_sub(value, at + 1, end));
    mop_buf_sv(out, mop_sv_sub(value, 0, at == 0 ? 0 : first));
    mop_buf_str(out, "***");
    if (!address || !first)
        return;
    mop_buf_sv(out, mop_sv_sub(value, at, end));
    if (end < value.n)
        mop_buf_str(out, "***");
}

/* ---- links: the login, and parameters that name a person ---- */

static size_t span_until(struct mop_sv s, size_t from, const char *set)
{
    while (from < s.n && (!s.p[from] || !strchr(set, s.p[from])))
        from++;
    return from;
}

/* Bytes [*from, *to) are the login of "https://ann:pw@acme.example". */
static bool find_login(struct mop_sv s, size_t *from, size_t *to)
{
    size_t colon = 0;
    while ((colon = span_until(s, colon, ":")) < s.n &&
           !mop_sv_starts(mop_sv_sub(s, colon, s.n), MOP_SV("://")))
        colon++;
    if (colon == s.n || mop_sv_eq_nocase(mop_sv_sub(s, 0, colon), MOP_SV("mailto")))
        return false;
    *from = colon + 3;
    *to = span_until(s, *from, "/?# \t\n");
    while (*to > *from && s.p[*to - 1] != '@')
        --*to;
    *to -= *to > *from;
    return *to > *from;
}

static bool names_person(struct mop_arena *a, struct mop_sv key)
{
    key = mop_url_decode(a, key, true);
    return mop_url_key_person(key) || mop_url_key_personal(key);
}

/* The query from s.p[at] on, its parameters' values masked where they are a person's. */
static void put_query(struct mop_buf *out, struct mop_arena *a, struct mop_sv s, size_t at)
{
    while (at < s.n) {
        size_t end = span_until(s, at, "&#"), is = span_until(s, at, "=&#");
        bool hide = is + 1 < end && names_person(a, mop_sv_sub(s, at, is));
        mop_buf_sv(out, mop_sv_sub(s, at, hide ? is + 1 : end));
        if (hide)
            mop_buf_str(out, "***");
        mop_buf_sv(out, mop_sv_sub(s, end, end < s.n ? end + 1 : end));
        at = end + 1;
    }
}

static struct mop_sv mask_link(struct mop_arena *a, struct mop_sv value)
{
    size_t from = 0, to = 0, query = mop_sv_find(value, '?');
    bool login = find_login(value, &from, &to);
    if (!login && query == value.n)
        return value;
    struct mop_buf out;
    mop_buf_init(&out, SIZE_MAX);
    mop_buf_sv(&out, mop_sv_sub(value, 0, login ? from : 0));
    if (login)
        mop_buf_str(&out, "***");
    size_t rest = login ? to : 0;
    query = query < rest ? rest : query;
    mop_buf_sv(&out, mop_sv_sub(value, rest, query < value.n ? query + 1 : query));
    put_query(&out, a, value, query + 1);
    value = mop_arena_copy(a, mop_buf_view(&out));
    mop_buf_release(&out);
    return value;
}

/* ---- addresses and numbers anywhere ---- */

/* Neither an address nor a number reaches back over a '?' or '/'. */
static size_t before_escapes(struct mop_sv text)
{
    size_t end = mop_sv_find(text, '%'), query = mop_sv_find(text, '?');
    if (query < end)
        return query + 1;
    while (end > 0 && text.p[end - 1] != '/')
        end--;
    return end;
}

/* `status@OData.Community.Display` is no address: its domain ends in no top-level domain, nor in
 * one that examples and tests have. */
static bool is_annotation(struct mop_arena *a, struct mop_sv address)
{
    static const char *const reserved[] = {".example", ".test", ".invalid", ".local", ".localhost"};
    struct mop_sv domain = mop_sv_sub(address, mop_sv_find(address, '@') + 1, address.n), ascii;
    if (!mop_domain_read(domain, MOP_DOMAIN_DOT, &ascii, a, NULL))
        return false;
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (mop_sv_ends(ascii, mop_sv_of(reserved[i])))
            return false;
    return !mop_domain_tld_known(ascii);
}

static struct mop_sv mask_all(struct mop_arena *a, struct mop_sv value, bool name)
{
    value = mask_link(a, value);
    struct mop_pii found = mop_pii_next(value, 0, a);
    struct mop_buf out;
    size_t at = 0;
    mop_buf_init(&out, SIZE_MAX);
    for (; found.kind; found = mop_pii_next(value, at, a)) {
        mop_buf_sv(&out, mop_sv_sub(value, at, found.from));
        struct mop_sv one = mop_sv_sub(value, found.from, found.to);
        if (name && found.kind == MOP_PII_EMAIL && is_annotation(a, one))
            mop_buf_sv(&out, one);
        else
            mop_mask(&out, one);
        at = found.to;
    }
    if (at) {
        mop_buf_sv(&out, mop_sv_sub(value, at, value.n));
        value = mop_arena_copy(a, mop_buf_view(&out));
    }
    mop_buf_release(&out);
    if (!mop_pii_escaped(value, a).kind)
        return value;
    return mop_arena_printf(a, "%.*s***", MOP_SV_ARG(mop_sv_sub(value, 0, before_escapes(value))));
}

struct mop_sv mop_mask_found(struct mop_arena *a, struct mop_sv value)
{
    return mask_all(a, value, false);
}

struct mop_sv mop_mask_name(struct mop_arena *a, struct mop_sv name)
{
    return mask_all(a, name, true);
}
