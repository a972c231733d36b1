/* SPDX-License-Identifier: MIT */
#include "domain.h"
#include "../base/utf8.h"
#include "ascii.h"
#include "why.h"
#include <idn2.h>
#include <libpsl.h>
#include <stdlib.h>
#include <string.h>

enum { LABEL_MAX = 63, HOST_MAX = 253 };

static bool bad_char(struct mop_buf *why, uint32_t cp)
{
    mop_why(why, "has ");
    mop_why_char(why, cp);
    return false;
}

/* One label of an ASCII name. */
static bool label_ok(struct mop_sv label, unsigned flags, struct mop_buf *why)
{
    if (label.n == 0) {
        return mop_why(why, "has an empty label");
    }
    if (label.n > LABEL_MAX) {
        return mop_why(why, "has a label over %d bytes", LABEL_MAX);
    }
    for (size_t i = 0; i < label.n; i++) {
        char c = label.p[i];
        bool underscore = c == '_' && (flags & MOP_DOMAIN_UNDERSCORE);
        if (!mop_is_letter(c) && !mop_is_digit(c) && c != '-' && !underscore) {
            return bad_char(why, (unsigned char)c);
        }
    }
    if (label.p[0] == '-' || label.p[label.n - 1] == '-') {
        return mop_why(why, "has a label that starts or ends with a hyphen");
    }
    return true;
}

/* All labels; *last is the last of them, *dots counts the rest, *coded tells of an xn-- label. */
static bool labels_ok(struct mop_sv s, unsigned flags, struct mop_sv *last, size_t *dots,
                      bool *coded, struct mop_buf *why)
{
    struct mop_sv rest = s, label;
    size_t n = 0;
    while (mop_sv_next(&rest, '.', &label)) {
        if (!label_ok(label, flags, why)) {
            return false;
        }
        *coded |= label.n >= 4 && mop_sv_eq_nocase(mop_sv_sub(label, 0, 4), MOP_SV("xn--"));
        *last = label;
        n++;
    }
    *dots = n ? n - 1 : 0;
    return true;
}

static bool all_digits(struct mop_sv s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (!mop_is_digit(s.p[i])) {
            return false;
        }
    }
    return s.n > 0;
}

/* Every program takes a host that ends so for an IPv4 address: 10.0.0.1, 2130706433, 0x7f.1. */
static bool is_number(struct mop_sv label)
{
    size_t i = 2;
    if (!mop_sv_eq_nocase(mop_sv_sub(label, 0, 2), MOP_SV("0x"))) {
        return all_digits(label);
    }
    while (i < label.n && (mop_is_digit(label.p[i]) ||
                           ((label.p[i] | 0x20) >= 'a' && (label.p[i] | 0x20) <= 'f'))) {
        i++;
    }
    return i == label.n;
}

static bool ascii_ok(struct mop_sv s, unsigned flags, bool *coded, struct mop_buf *why)
{
    struct mop_sv last = MOP_SV_NONE;
    size_t dots = 0;
    if (s.n > HOST_MAX) {
        return mop_why(why, "has more than %d bytes", HOST_MAX);
    }
    if (!labels_ok(s, flags, &last, &dots, coded, why)) {
        return false;
    }
    if (dots == 0 && (flags & MOP_DOMAIN_DOT)) {
        return mop_why(why, "has no dot");
    }
    if (is_number(last)) {
        return mop_why(why, "has a last label of digits");
    }
    return true;
}

static struct mop_sv lowered(struct mop_sv s, struct mop_arena *a)
{
    size_t i = 0;
    while (i < s.n && !mop_is_upper(s.p[i])) {
        i++;
    }
    if (i == s.n) {
        return s;
    }
    char *p = mop_arena_str(a, s);
    for (; i < s.n; i++) {
        p[i] = mop_to_lower(p[i]);
    }
    return (struct mop_sv){p, s.n};
}

/* libidn2 leaves out what has no mark, as browsers do; RFC 5892 has it in no name. */
static bool marks_ok(struct mop_sv s, struct mop_buf *why)
{
    for (size_t i = 0; i < s.n;) {
        uint32_t cp = mop_utf8_next(s, &i);
        if (mop_utf8_is_space(cp) || mop_utf8_is_mute(cp)) {
            return bad_char(why, cp);
        }
    }
    return true;
}

/* By libidn2; also proves xn-- labels. */
static bool idn_read(struct mop_sv s, struct mop_sv *ascii, struct mop_arena *a,
                     struct mop_buf *why)
{
    uint8_t *out = NULL;
    const uint8_t *in = (const uint8_t *)mop_arena_str(a, s);
    int rc = idn2_lookup_u8(in, &out, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
    if (rc != IDN2_OK) {
        return mop_why(why, "has a label that is no international name (%s)",
                       idn2_strerror_name(rc));
    }
    *ascii = mop_arena_copy(a, mop_sv_of((const char *)out));
    idn2_free(out);
    return true;
}

bool mop_domain_unicode(struct mop_sv ascii, struct mop_sv *shown, struct mop_arena *a)
{
    static const struct mop_sv coded = {"xn--", 4};
    char *out = NULL;
    bool any = false;
    for (size_t i = 0; i + coded.n <= ascii.n && !any; i++) {
        any = mop_sv_eq(mop_sv_sub(ascii, i, i + coded.n), coded);
    }
    if (!any || idn2_to_unicode_8z8z(mop_arena_str(a, ascii), &out, 0) != IDN2_OK) {
        return false;
    }
    *shown = mop_arena_copy(a, mop_sv_of(out));
    idn2_free(out);
    return true;
}

/* A name in another script is at most four bytes per ASCII byte of its coded form. */
static bool size_ok(struct mop_sv s, struct mop_buf *why)
{
    if (s.n == 0) {
        return mop_why(why, "has no name");
    }
    if (s.n > HOST_MAX * 4U) {
        return mop_why(why, "has more than %d bytes", HOST_MAX);
    }
    size_t nul = mop_sv_find(s, '\0');
    return nul == s.n || bad_char(why, 0);
}

bool mop_domain_read(struct mop_sv s, unsigned flags, struct mop_sv *ascii, struct mop_arena *a,
                     struct mop_buf *why)
{
    bool coded = false;
    if (s.n > 1 && s.p[s.n - 1] == '.') {
        s.n--;
    }
    if (!size_ok(s, why)) {
        return false;
    }
    if (!mop_utf8_ascii(s)) {
        if (mop_utf8_check(s) < s.n) {
            return mop_why(why, "has bytes that are not UTF-8");
        }
        return marks_ok(s, why) && idn_read(s, ascii, a, why) &&
               ascii_ok(*ascii, flags, &coded, why);
    }
    if (!ascii_ok(s, flags, &coded, why)) {
        return false;
    }
    *ascii = lowered(s, a);
    return !coded || idn_read(*ascii, ascii, a, why);
}

/* libpsl wants a NUL behind the name. */
static const char *terminated(struct mop_sv s, char buf[HOST_MAX + 1])
{
    if (s.n == 0 || s.n > HOST_MAX || all_digits(mop_sv_sub(s, s.n - 1, s.n))) {
        return NULL; /* no top-level domain ends with a digit: an address */
    }
    memcpy(buf, s.p, s.n);
    buf[s.n] = '\0';
    return buf;
}

struct mop_sv mop_domain_registrable(struct mop_sv ascii)
{
    char buf[HOST_MAX + 1];
    const char *name = terminated(ascii, buf);
    const char *hit = name ? psl_registrable_domain(psl_builtin(), name) : NULL;
    return hit ? mop_sv_sub(ascii, (size_t)(hit - name), ascii.n) : MOP_SV_NONE;
}

bool mop_domain_tld_known(struct mop_sv ascii)
{
    char buf[HOST_MAX + 1];
    const char *name = terminated(ascii, buf);
    if (!name) {
        return false;
    }
    const char *dot = strrchr(name, '.');
    return psl_is_public_suffix2(psl_builtin(), dot ? dot + 1 : name,
                                 PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE) != 0;
}

bool mop_domain_within(struct mop_sv host, struct mop_sv domain)
{
    if (domain.n == 0 || !mop_sv_ends(host, domain)) {
        return false;
    }
    return host.n == domain.n || host.p[host.n - domain.n - 1] == '.';
}

bool mop_domain_parent(struct mop_sv *domain)
{
    size_t dot = mop_sv_find(*domain, '.');
    if (dot == domain->n) {
        return false;
    }
    *domain = mop_sv_sub(*domain, dot + 1, domain->n);
    return true;
}
