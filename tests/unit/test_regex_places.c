/* SPDX-License-Identifier: MIT */
#include "rules.h"

/* What PCRE2 refuses is told at its column, whatever kind of scalar the pattern stands in. */

/* In front of every pattern: two bytes for one letter, and a blank, where lines may be folded. */
#define FRONT "\xC3\xBC b"
enum { FRONT_BYTES = sizeof FRONT - 1 };

static const struct broken {
    const char *pattern;
    size_t offset; /* bytes in it: what is wrong, or its end where something is missing */
    const char *message;
} BROKEN[] = {
    {"x(ab", 4, "missing closing parenthesis"},
    {"a|(b|c]", 7, "missing closing parenthesis"},
    {"(?i-s", 5, "missing closing parenthesis"},
    {"(?=a", 4, "missing closing parenthesis"},
    {"x)ab", 1, "unmatched closing parenthesis"},
    {"x[ab", 4, "missing terminating ]"},
    {"[^", 2, "missing terminating ]"},
    {"[a\\Q]", 5, "missing terminating ]"},
    {"x[b-a]c", 4, "range out of order"},
    {"[\\x{100}-\\x{50}]b", 14, "range out of order"},
    {"x[\\w-z]c", 4, "invalid range"},
    {"x[[:foo:]]c", 4, "unknown POSIX class name"},
    {"x[[.a.]]c", 2, "POSIX collating elements"},
    {"[:alpha:]", 0, "POSIX named classes are supported only within a class"},
    {"x|*a", 2, "quantifier does not follow"},
    {"x(?:+a)", 4, "quantifier does not follow"},
    {"a**", 2, "quantifier does not follow"},
    {"a{3,2}b", 5, "numbers out of order in {}"},
    {"a{70000}b", 7, "number too big in {}"},
    {"\\p{Foo}x", 0, "unknown property"},
    {"\\pXx", 0, "unknown property"},
    {"\\p{Lu", 0, "malformed \\P or \\p"},
    {"x\\", 1, "\\ at end of pattern"},
    {"x\\c", 1, "\\c at end of pattern"},
    {"x\\c\xC3\xA9", 3, "\\c must be followed by"},
    {"\\x{110000}y", 9, "too large"},
    {"\\x{d800}y", 7, "disallowed Unicode code point"},
    {"\\x{zz}y", 3, "non-hex character"},
    {"\\o{9}y", 3, "non-octal character"},
    {"\\N{U+}y", 5, "digits missing"},
    {"\\Cab", 0, "using \\C is disabled"},
    {"\\lab", 0, "PCRE2 does not support"},
    {"\\k", 2, "\\k is not followed by"},
    {"\\k{}a", 3, "subpattern name expected"},
    {"\\k<nope>a", 3, "reference to non-existent"},
    {"\\g", 2, "\\g is not followed by"},
    {"\\9a", 1, "reference to non-existent"},
    {"(?<1a>b)", 3, "must start with a non-digit"},
    {"(?<n", 4, "syntax error in subpattern name"},
    {"(?<n>a)(?<n>b)", 10, "two named subpatterns"},
    {"(?P>nope)a", 4, "reference to non-existent"},
    {"(?5)a", 3, "reference to non-existent"},
    {"(?zz)a", 2, "unrecognized character after (?"},
    {"(?P!a)", 3, "unrecognized character after (?P"},
    {"(?#abc", 6, "missing ) after (?# comment"},
    {"(?<=a+)b", 0, "lookbehind assertion is not fixed length"},
    {"(a)(?(1)a|b|c)", 3, "more than two branches"},
    {"(?(?#)a)", 6, "assertion expected"},
    {"(?^-i)a", 3, "invalid hyphen"},
    {"a(*FOO)b", 6, "(*VERB) not recognized"},
    {"a(*MARK)b", 7, "(*MARK) must have an argument"},
    {"a(*atomc:b)c", 8, "(*alpha_assertion) not recognized"},
    {"a(?C)b", 1, "callouts are not allowed"},
};

/* ---- each kind of scalar, and where in it a byte of the text stands ---- */

struct writer {
    struct mop_buf b;
    uint32_t line, col; /* of the next byte */
};

static void put(struct writer *w, const char *s)
{
    for (; *s; s++) {
        mop_buf_chr(&w->b, *s);
        w->line += *s == '\n';
        w->col = *s == '\n' ? 1 : w->col + 1;
    }
}

static const struct form {
    const char *name, *open, *close;
    const char *fold;   /* what stands for a blank, or NULL */
    const char *escape; /* the signs that are written as below, or NULL */
    const char *as;     /* %c: the sign, doubled or behind a backslash */
    bool letters;       /* \u00fc for what is not ASCII */
    bool plain;         /* not for what a plain scalar has another meaning for */
} FORMS[] = {
    {"plain", "pattern: ", "\n", NULL, NULL, NULL, false, true},
    {"plain, folded", "pattern: ", "\n", "\n          ", NULL, NULL, false, true},
    {"single quotes", "pattern: '", "'\n", NULL, "'", "''", false, false},
    {"single quotes, folded", "pattern: '", "'\n", "\n\n        ", "'", "''", false, false},
    {"double quotes", "pattern: \"", "\"\n", NULL, "\\\"", "\\%c", false, false},
    {"double quotes, escapes", "pattern: \"", "\"\n", "\\x20", "\\\"", "\\%c", true, false},
    {"double quotes, folded", "pattern: \"", "\"\n", "\n         ", "\\\"", "\\%c", false, false},
    {"double quotes, continued", "pattern: \"", "\"\n", " \\\n        ", "\\\"", "\\%c", false,
     false},
    {"literal block", "pattern: |-\n          ", "\n", NULL, NULL, NULL, false, false},
    {"block with a comment", "pattern: |2- # why\n          ", "\n", NULL, NULL, NULL, false,
     false},
    {"folded block", "pattern: >-\n            ", "\n", "\n            ", NULL, NULL, false, false},
    {"behind letters", "{description: '\xC3\xBC\xE2\x82\xAC', pattern: '", "'}\n", NULL, "'", "''",
     false, false},
};

static void put_sign(struct writer *w, const struct form *f, struct mop_sv text, size_t i)
{
    char sign[8] = {text.p[i]}, code[8];
    if (sign[0] == ' ' && f->fold)
        put(w, f->fold);
    else if (f->escape && strchr(f->escape, sign[0]))
        put(w, f->as[1] == '%' ? "\\" : "'"), put(w, sign);
    else if (f->letters && (unsigned char)sign[0] == 0xC3) {
        snprintf(code, sizeof code, "\\u00%02x", (unsigned)((unsigned char)text.p[i + 1] + 0x40));
        put(w, code);
    } else if (!f->letters || ((unsigned char)sign[0] & 0xC0) != 0x80)
        put(w, sign);
}

/* A taxonomy with the pattern; where the byte at `offset` stands. */
static struct mop_loc put_taxonomy(struct writer *w, const struct form *f, struct mop_sv text,
                                   size_t offset)
{
    struct mop_loc at = {0};
    *w = (struct writer){.line = 1, .col = 1};
    mop_buf_init(&w->b, 1 << 16);
    put(w, "mopslint: 1\nname: t\nowner: o\ndescription: d\n"
           "records:\n  lead:\n    fields:\n      x:");
    put(w, f->open[0] == '{' ? " " : "\n        ");
    put(w, f->open);
    for (size_t i = 0; i <= text.n; i++) {
        if (i == offset)
            at = (struct mop_loc){NULL, w->line, w->col};
        if (i < text.n)
            put_sign(w, f, text, i);
    }
    put(w, f->close);
    mop_buf_chr(&w->b, '\0');
    return at;
}

static void refused(const struct form *f, const struct broken *x)
{
    struct rules r;
    struct writer w;
    char text[128], row[256];
    snprintf(text, sizeof text, "%s%s", FRONT, x->pattern);
    snprintf(row, sizeof row, "%s: %s", f->name, x->pattern);
    if (f->plain && (strstr(text, ": ") || strstr(text, " #")))
        return;
    struct mop_loc want = put_taxonomy(&w, f, mop_sv_of(text), FRONT_BYTES + x->offset);
    rules_begin(&r);
    rules_file(&r, "rules.yaml", w.b.p, true);
    rules_load(&r);
    for (size_t i = 0; i < r.d.n; i++) {
        const struct mop_diag *d = &r.d.list[i];
        if (strcmp(d->id, "bad-regex") != 0)
            continue;
        CHECK(row, r.d.n == 1);
        if (!strstr(d->msg.p, x->message) || d->at.line != want.line || d->at.col != want.col)
            fail_msg("%s: '%s' at %u:%u, want %u:%u\n%s", row, d->msg.p, (unsigned)d->at.line,
                     (unsigned)d->at.col, (unsigned)want.line, (unsigned)want.col, w.b.p);
        mop_buf_release(&w.b);
        rules_end(&r);
        return;
    }
    fail_msg("%s: not refused:\n%s", row, rules_said(&r));
}

static void places(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(BROKEN); i++)
        for (size_t k = 0; k < ROWS(FORMS); k++)
            refused(&FORMS[k], &BROKEN[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(places)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
