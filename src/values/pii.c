/* SPDX-License-Identifier: MIT */
#include "pii.h"
#include "../base/utf8.h"
#include "ascii.h"
#include "email.h"
#include "pii_phone.h"
#include <string.h>

enum {
    SIDE_MAX = 254,    /* of an address */
    LAST_LABEL_MIN = 2 /* no top-level domain is shorter: 3.x is a version */
};

static bool in(char c, const char *set)
{
    return c != '\0' && strchr(set, c);
}

static bool may_stand_in_domain(char c)
{
    return mop_is_alnum(c) || c == '.' || c == '-' || (unsigned char)c >= 0x80;
}

static bool may_stand_before_at(char c)
{
    return may_stand_in_domain(c) || in(c, "_+%");
}

/* ---- addresses ---- */

/* "logo@2x.png" names a file, "vue@3.x" and "4@9.90" a version and a price. */
static bool is_mail_domain(struct mop_sv domain)
{
    static const char *const endings[] = {".png", ".jpg",  ".jpeg", ".gif",
                                          ".svg", ".webp", ".css",  ".js"};
    size_t label = domain.n;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (mop_sv_ends(domain, mop_sv_of(endings[i]))) {
            return false;
        }
    }
    while (label > 0 && domain.p[label - 1] != '.') {
        label--;
    }
    return domain.n - label >= LAST_LABEL_MIN && !mop_is_digit(domain.p[label]);
}

/* A byte of another encoding stands for some letter: "jos\xE9@acme.example" is an address, too; and
 * so does U+FFFD, which was put in its place. */
static struct mop_sv with_letters(struct mop_sv s, struct mop_arena *a)
{
    uint32_t cp;
    char *p = NULL;
    for (size_t at = 0, n; at < s.n; at += n) {
        n = mop_utf8_decode(s, at, &cp);
        bool lost = n == 0 || cp == 0xFFFD;
        n = n ? n : 1;
        if (lost) {
            p = p ? p : mop_arena_str(a, s);
            memset(p + at, 'x', n);
        }
    }
    return p ? (struct mop_sv){p, s.n} : s;
}

static bool reads(struct mop_sv s, struct mop_arena *a)
{
    struct mop_sv canonical;
    return mop_email_read(with_letters(s, a), &canonical, a, NULL) &&
           is_mail_domain(mop_email_domain(canonical));
}

/* In "https://ann:pw@acme.example" stands a login; not in "mailto://". */
static bool in_authority(struct mop_sv s, size_t from)
{
    size_t least = from > SIDE_MAX ? from - SIDE_MAX : 0;
    while (from > least && !in(s.p[from - 1], "/?# \t\n")) {
        from--;
    }
    struct mop_sv mail = MOP_SV("mailto://"), front = mop_sv_sub(s, 0, from);
    bool mails = from >= mail.n && mop_sv_eq_nocase(mop_sv_sub(s, from - mail.n, from), mail);
    return mop_sv_ends(front, MOP_SV("://")) && !mails;
}

/* The address around the '@' at s.p[at], not before `least`. Behind it may follow any mark. */
static bool email_at(struct mop_sv s, size_t least, size_t at, struct mop_pii *out,
                     struct mop_arena *a)
{
    size_t from = at, to = at + 1, ascii;
    while (from > least && at - from < SIDE_MAX && may_stand_before_at(s.p[from - 1]) &&
           !(s.p[from - 1] == '.' && s.p[from] == '.')) {
        from--;
    }
    while (from < at && s.p[from] == '.') {
        from++;
    }
    while (to < s.n && to - at < SIDE_MAX && may_stand_in_domain(s.p[to])) {
        to++;
    }
    for (ascii = at + 1; ascii < to && (unsigned char)s.p[ascii] < 0x80; ascii++) {
    }
    /* of other scripts, or before a typographic mark */
    for (int tries = 0; tries < 2; tries++, to = ascii) {
        while (to > at && in(s.p[to - 1], ".-")) {
            to--;
        }
        *out = (struct mop_pii){MOP_PII_EMAIL, from, to, false};
        if (reads(mop_sv_sub(s, from, to), a)) {
            return !in_authority(s, from);
        }
    }
    return false;
}

/* ---- both ---- */

static bool found_at(struct mop_sv text, size_t least, size_t i, struct mop_pii *out,
                     struct mop_arena *scratch)
{
    return text.p[i] == '@' ? email_at(text, least, i, out, scratch)
                            : mop_pii_phone_at(text, least, i, out, scratch);
}

struct mop_pii mop_pii_next(struct mop_sv text, size_t at, struct mop_arena *scratch)
{
    struct mop_pii found = {MOP_PII_NONE, text.n, text.n, false};
    for (size_t i = at; i < text.n; i++) {
        if (found_at(text, at, i, &found, scratch)) {
            return found;
        }
    }
    return (struct mop_pii){MOP_PII_NONE, text.n, text.n, false};
}

static bool is_as_ids(struct mop_sv text, const struct mop_pii *m)
{
    if (m->kind != MOP_PII_PHONE) {
        return false;
    }
    bool named = m->from > 0 && in(text.p[m->from - 1], ":=");
    bool blanks = memchr(text.p + m->from, ' ', m->to - m->from);
    return text.p[m->from] == '0' && !blanks && !named;
}

struct mop_pii mop_pii_look(struct mop_sv text, bool id, struct mop_arena *scratch)
{
    struct mop_pii m = mop_pii_next(text, 0, scratch), guess = {MOP_PII_NONE, 0, 0, false};
    for (; m.kind; m = mop_pii_next(text, m.to, scratch)) {
        if (id && is_as_ids(text, &m)) {
            continue;
        }
        if (mop_pii_sure(&m)) {
            return m;
        }
        guess = mop_pii_weigh(guess, m);
    }
    return guess;
}
