/* SPDX-License-Identifier: MIT */
#include "email.h"
#include "../base/utf8.h"
#include "ascii.h"
#include "domain.h"
#include "why.h"
#include "words.h"
#include <string.h>

enum { LOCAL_MAX = 64, ADDRESS_MAX = 254, ROLE_MAX = 64 };

/* Index of the last '@', or s.n. */
static size_t last_at(struct mop_sv s)
{
    for (size_t i = s.n; i-- > 0;) {
        if (s.p[i] == '@') {
            return i;
        }
    }
    return s.n;
}

/* The quotation marks that word processors make, which RFC 6531 would take. */
static bool is_typeset_quote(uint32_t cp)
{
    return cp >= 0x2018 && cp <= 0x201f;
}

/* atext of RFC 5322 section 3.2.3, the dot, and UTF8-non-ascii of RFC 6531 without what nobody
 * types there. */
static bool local_char(uint32_t cp)
{
    if (cp >= 0x80) {
        return !mop_utf8_is_space(cp) && !mop_utf8_is_mute(cp) && !is_typeset_quote(cp);
    }
    return mop_is_alnum((char)cp) || (cp != 0 && strchr("!#$%&'*+-/=?^_`{|}~.", (int)cp));
}

static bool local_chars_ok(struct mop_sv local, struct mop_buf *why)
{
    for (size_t i = 0; i < local.n;) {
        uint32_t cp = mop_utf8_next(local, &i);
        if (!local_char(cp)) {
            mop_why(why, "has ");
            mop_why_char(why, cp);
            return mop_why(why, " before the @");
        }
        if (cp == '.' && i < local.n && local.p[i] == '.') {
            return mop_why(why, "has two dots in a row before the @");
        }
    }
    return true;
}

static bool local_ok(struct mop_sv local, struct mop_buf *why)
{
    if (local.n == 0) {
        return mop_why(why, "has nothing before the @");
    }
    if (local.n >= 2 && local.p[0] == '"' && local.p[local.n - 1] == '"') {
        return mop_why(why, "has a quoted local part");
    }
    if (mop_sv_find(local, '@') < local.n) {
        return mop_why(why, "has more than one @");
    }
    if (local.n > LOCAL_MAX) {
        return mop_why(why, "has more than %d bytes before the @", LOCAL_MAX);
    }
    if (local.p[0] == '.' || local.p[local.n - 1] == '.') {
        return mop_why(why, "has a dot at the %s of the local part",
                       local.p[0] == '.' ? "start" : "end");
    }
    return local_chars_ok(local, why);
}

static bool domain_ok(struct mop_sv domain, struct mop_sv *ascii, struct mop_arena *a,
                      struct mop_buf *why)
{
    if (domain.n == 0) {
        return mop_why(why, "has no domain");
    }
    if (domain.p[0] == '[') {
        return mop_why(why, "has an address literal for a domain");
    }
    if (domain.p[domain.n - 1] == '.') {
        return mop_why(why, "ends with a dot");
    }
    return mop_domain_read(domain, MOP_DOMAIN_DOT, ascii, a, why) || mop_why(why, " in its domain");
}

/* local@ascii; s itself when the domain was canonical already. */
static struct mop_sv joined(struct mop_sv s, struct mop_sv local, struct mop_sv ascii,
                            struct mop_arena *a)
{
    if (!ascii.p || ascii.p == s.p + local.n + 1) {
        return s;
    }
    char *p = mop_arena_alloc(a, local.n + 1 + ascii.n);
    memcpy(p, local.p, local.n);
    p[local.n] = '@';
    memcpy(p + local.n + 1, ascii.p, ascii.n);
    return (struct mop_sv){p, local.n + 1 + ascii.n};
}

bool mop_email_read(struct mop_sv s, struct mop_sv *canonical, struct mop_arena *a,
                    struct mop_buf *why)
{
    size_t at = last_at(s);
    struct mop_sv ascii = MOP_SV_NONE;
    if (at == s.n) {
        return mop_why(why, "has no @");
    }
    if (mop_utf8_check(s) < s.n) {
        return mop_why(why, "has bytes that are not UTF-8");
    }
    struct mop_sv local = mop_sv_sub(s, 0, at);
    if (!local_ok(local, why) || !domain_ok(mop_sv_sub(s, at + 1, s.n), &ascii, a, why)) {
        return false;
    }
    if (local.n + 1 + ascii.n > ADDRESS_MAX) {
        return mop_why(why, "has more than %d bytes", ADDRESS_MAX);
    }
    *canonical = joined(s, local, ascii, a);
    return true;
}

struct mop_sv mop_email_local(struct mop_sv canonical)
{
    size_t at = last_at(canonical);
    return at == canonical.n ? MOP_SV_NONE : mop_sv_sub(canonical, 0, at);
}

struct mop_sv mop_email_domain(struct mop_sv canonical)
{
    size_t at = last_at(canonical);
    return at == canonical.n ? MOP_SV_NONE : mop_sv_sub(canonical, at + 1, canonical.n);
}

/* The domain or a parent of it; a top-level domain is on no list. */
static bool listed(const struct mop_words *list, struct mop_sv domain)
{
    while (mop_sv_find(domain, '.') < domain.n) {
        if (mop_words_find(list, domain) >= 0) {
            return true;
        }
        (void)mop_domain_parent(&domain);
    }
    return false;
}

bool mop_email_is_free(struct mop_sv domain)
{
    return listed(&mop_words_free, domain);
}

bool mop_email_is_disposable(struct mop_sv domain)
{
    return listed(&mop_words_disposable, domain);
}

struct mop_sv mop_email_free_meant(struct mop_sv domain, struct mop_arena *a)
{
    enum { FIRST = 2 };
    char *p = mop_arena_alloc(a, domain.n + 1);
    struct mop_sv swapped = {p, domain.n};
    for (size_t i = FIRST; i + 1 < domain.n; i++) {
        memcpy(p, domain.p, domain.n);
        p[i] = domain.p[i + 1];
        p[i + 1] = domain.p[i];
        if (p[i] != p[i + 1] && mop_words_find(&mop_words_free, swapped) >= 0 &&
            !mop_email_is_disposable(swapped)) {
            return swapped;
        }
    }
    return MOP_SV_NONE;
}

bool mop_email_is_role(struct mop_sv local)
{
    char low[ROLE_MAX];
    local = mop_sv_sub(local, 0, mop_sv_find(local, '+'));
    if (local.n == 0 || local.n > sizeof low) {
        return false;
    }
    for (size_t i = 0; i < local.n; i++) {
        low[i] = mop_to_lower(local.p[i]);
    }
    return mop_words_find(&mop_words_role, (struct mop_sv){low, local.n}) >= 0;
}
