/* SPDX-License-Identifier: MIT */
#include "unit.h"
#include "base/regex.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>

static struct mop_regex *compile(const char *row, struct mop_sv pattern, unsigned flags)
{
    struct mop_regex_error e = {0};
    struct mop_regex *r = mop_regex_compile(pattern, flags, &e);
    if (!r)
        fail_msg("%s: %s at %zu", row, e.msg, e.offset);
    return r;
}

static enum mop_regex_result answer(const char *row, struct mop_sv pattern, unsigned flags,
                                    struct mop_sv subject)
{
    struct mop_regex *r = compile(row, pattern, flags);
    struct mop_match *m = mop_match_create();
    enum mop_regex_result result = mop_regex_match(r, m, subject);
    mop_match_free(m);
    mop_regex_free(r);
    return result;
}

static void answers(void **state)
{
    (void)state;
    enum { WHOLE = MOP_RX_WHOLE, NOCASE = MOP_RX_NOCASE };
    static const struct {
        const char *row;
        struct mop_sv pattern;
        unsigned flags;
        struct mop_sv subject;
        enum mop_regex_result want;
    } T[] = {
        {"found inside", L("b+"), 0, L("abbc"), MOP_RX_YES},
        {"not the whole", L("b+"), WHOLE, L("abbc"), MOP_RX_NO},
        {"whole holds for each alternative", L("a|ab"), WHOLE, L("ab"), MOP_RX_YES},
        {"and for the last one", L("a|b"), WHOLE, L("ab"), MOP_RX_NO},
        {"whole is no prefix match", L("a|b"), WHOLE, L("b\n"), MOP_RX_NO},
        {"whole with anchors of its own", L("^ab$"), WHOLE, L("ab"), MOP_RX_YES},
        {"dollar is the end, not before a last newline", L("b$"), 0, L("ab\n"), MOP_RX_NO},
        {"dollar at the end", L("b$"), 0, L("ab"), MOP_RX_YES},
        {"case counts", L("google"), WHOLE, L("Google"), MOP_RX_NO},
        {"case ignored", L("google"), WHOLE | NOCASE, L("GooGLE"), MOP_RX_YES},
        {"case ignored beyond ASCII", L("\xC3\xBC"), WHOLE | NOCASE, L("\xC3\x9C"), MOP_RX_YES},
        {"a dot is a code point", L(".."), WHOLE, L("\xC3\xBC\xF0\x9F\x98\x80"), MOP_RX_YES},
        {"a dot is no newline", L("."), WHOLE, L("\n"), MOP_RX_NO},
        {"a dot is a carriage return, whatever the build", L("."), WHOLE, L("\r"), MOP_RX_YES},
        {"\\d is ASCII", L("\\d"), 0, L("\xD9\xA1"), MOP_RX_NO},
        {"\\w is ASCII", L("\\w"), 0, L("\xC3\xBC"), MOP_RX_NO},
        {"\\s is ASCII", L("\\s"), 0, L("\xC2\xA0"), MOP_RX_NO},
        {"[:alpha:] is ASCII", L("[[:alpha:]]"), 0, L("\xC3\xBC"), MOP_RX_NO},
        {"\\p{L} is not", L("\\p{L}"), 0, L("\xC3\xBC"), MOP_RX_YES},
        {"an empty pattern is found everywhere", L(""), 0, L("x"), MOP_RX_YES},
        {"an empty pattern is the whole of nothing", L(""), WHOLE, L(""), MOP_RX_YES},
        {"an absent subject is empty", L("x*"), WHOLE, {NULL, 0}, MOP_RX_YES},
        {"a NUL byte in both", L("a\0b"), WHOLE, L("a\0b"), MOP_RX_YES},
        {"an atomic group may open a pattern", L("(*atomic:a+)b"), WHOLE, L("aab"), MOP_RX_YES},
        {"recursion", L("(\\((?:[^()]|(?1))*\\))"), WHOLE, L("(a(b)c)"), MOP_RX_YES},
    };
    for (size_t i = 0; i < ROWS(T); i++)
        CHECK(T[i].row, answer(T[i].row, T[i].pattern, T[i].flags, T[i].subject) == T[i].want);
}

/* want: a part of the message. */
static void refusals(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        struct mop_sv pattern;
        size_t offset;
        const char *want;
    } T[] = {
        {"open group", L("ab(c"), 4, "missing closing parenthesis"},
        {"open class", L("[a-"), 3, "missing terminating ]"},
        {"nothing to repeat", L("ab|*"), 3, "quantifier does not follow"},
        {"offset in bytes, not letters", L("\xC3\xBC\xC3\xBC("), 5, "parenthesis"},
        {"where a property begins", L("a\\p{Foo}x"), 1, "property"},
        {"one of a letter", L("a\\pFx\\p"), 1, "property"},
        {"an escape of others", L("ab\\Lx"), 2, "does not support"},
        {"a name that is there already", L("(?<n>a)(?<n>b)"), 10, "same name"},
        {"the same with a P", L("(?P<n>a)(?P<n>b)"), 12, "same name"},
        {"the same in quotes", L("(?'n'a)(?'n'b)"), 10, "same name"},
        {"bad UTF-8 in the pattern", L("ab\xFF"), 2, "UTF-8 error"},
        {"\\C", L("a\\Cb"), 1, "\\C"},
        {"UCP switched on", L("(*UCP)\\d"), 0, "(*VERB)"},
        {"limits switched off", L("(*LIMIT_MATCH=99999999)a"), 0, "(*VERB)"},
        {"newline changed", L("(*CRLF)a"), 0, "(*VERB)"},
        {"mark", L("(*:x)a"), 0, "(*VERB)"},
        {"callout", L("ab(?C)c"), 2, "callouts"},
        {"callout with a number", L("\xC3\xBC(?C12)"), 2, "callouts"},
        {"callout with a string", L("a(?C\"x\")"), 1, "callouts"},
        {"a string that looks like one", L("a(?C'(?C1)')b"), 1, "callouts"},
        {"two callouts: the first is told", L("a(?C)(?C)"), 1, "callouts"},
        {"callout in a group", L("(a|(?C3)b)+"), 3, "callouts"},
        {"callout behind a quoted one", L("\\Q(?C)\\E(?C)"), 8, "callouts"},
        {"callout behind a class", L("[(?C)](?C)"), 6, "callouts"},
        {"too large when expanded", L("((((a{1,100}){1,100}){1,100}){1,100})"), 37, "too large"},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_regex_error e = {0};
        struct mop_regex *r = mop_regex_compile(T[i].pattern, MOP_RX_WHOLE, &e);
        CHECK(T[i].row, r == NULL);
        if (!strstr(e.msg, T[i].want) || e.offset != T[i].offset)
            fail_msg("%s: '%s' at %zu, want '%s' at %zu", T[i].row, e.msg, e.offset, T[i].want,
                     T[i].offset);
    }
}

/* What looks like a callout and is none. */
static void no_callouts(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        struct mop_sv pattern, subject;
    } T[] = {
        {"escaped", L("\\(?C"), L("(C")},
        {"in a class", L("[(?C)]+"), L("?C")},
        {"in a class that opens with a bracket", L("[](?C)]+"), L("]C")},
        {"quoted", L("\\Q(?C)\\E"), L("(?C)")},
        {"in a comment", L("a(?#(?C)"), L("a")},
        {"in an extended comment", L("(?x)a # (?C)\n"), L("a")},
    };
    for (size_t i = 0; i < ROWS(T); i++)
        CHECK(T[i].row, answer(T[i].row, T[i].pattern, MOP_RX_WHOLE, T[i].subject) == MOP_RX_YES);
}

static void groups(void **state)
{
    (void)state;
    struct mop_regex *r = compile("groups", MOP_SV("(a)|(b)(c)?"), 0);
    struct mop_match *m = mop_match_create();
    assert_int_equal(mop_regex_groups(r), 3);
    assert_null(mop_match_group(m, 0).p); /* before any match */

    assert_int_equal(mop_regex_match(r, m, MOP_SV("xb")), MOP_RX_YES);
    check_text("whole", mop_match_group(m, 0), MOP_SV("b"));
    assert_null(mop_match_group(m, 1).p);
    check_text("second", mop_match_group(m, 2), MOP_SV("b"));
    assert_null(mop_match_group(m, 3).p);  /* behind the last that is set */
    assert_null(mop_match_group(m, 4).p);  /* there is none */
    assert_null(mop_match_group(m, 99).p); /* nor that */

    assert_int_equal(mop_regex_match(r, m, MOP_SV("z")), MOP_RX_NO);
    assert_null(mop_match_group(m, 0).p);
    mop_regex_free(r);

    r = compile("an empty group is set", MOP_SV("(x*)y"), 0);
    assert_int_equal(mop_regex_match(r, m, MOP_SV("y")), MOP_RX_YES);
    assert_non_null(mop_match_group(m, 1).p);
    assert_int_equal(mop_match_group(m, 1).n, 0);
    mop_regex_free(r);
    mop_match_free(m);
}

static struct mop_sv pattern_of_groups(char *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        memcpy(out + i * 3, "(a)", 3);
    return (struct mop_sv){out, n * 3};
}

/* One mop_match serves regexes of few groups and of many. */
static void many_groups(void **state)
{
    (void)state;
    static char pattern[251 * 3];
    struct mop_regex_error e;
    struct mop_regex *r = compile("250", pattern_of_groups(pattern, 250), MOP_RX_WHOLE);
    struct mop_match *m = mop_match_create();
    char subject[250];
    memset(subject, 'a', sizeof subject);
    assert_int_equal(mop_regex_match(r, m, (struct mop_sv){subject, 250}), MOP_RX_YES);
    assert_ptr_equal(mop_match_group(m, 250).p, subject + 249);
    mop_regex_free(r);
    mop_match_free(m);
    assert_null(mop_regex_compile(pattern_of_groups(pattern, 251), 0, &e));
    assert_non_null(strstr(e.msg, "250 capture groups"));
}

/* n times `unit`, then `tail`. */
static struct mop_sv repeat(char *out, size_t n, char unit, const char *tail)
{
    memset(out, unit, n);
    memcpy(out + n, tail, strlen(tail) + 1);
    return (struct mop_sv){out, n + strlen(tail)};
}

static char space[70000];

static void limits(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        struct mop_sv pattern;
        size_t n;
        const char *tail;
        enum mop_regex_result want;
    } T[] = {
        {"nested quantifiers, hostile", L("(a+)+$"), 40, "!", MOP_RX_LIMIT},
        {"nested quantifiers, longer", L("(a+)+$"), 60000, "!", MOP_RX_LIMIT},
        {"nested quantifiers, friendly", L("(a+)+$"), 60000, "", MOP_RX_YES},
        {"overlapping alternatives", L("^(a|aa)+$"), 60, "!", MOP_RX_LIMIT},
        {"short enough to be decided", L("(a+)+$"), 8, "!", MOP_RX_NO},
        {"back reference", L("^(a+)+\\1+b"), 60, "!", MOP_RX_NO}, /* no b: seen before matching */
        {"endless recursion", L("(?:a|(?R))*?b?$(?R)"), 5, "", MOP_RX_LIMIT},
        {"a group for each letter of 64 KiB", L("^(?:a|b)*$"), 65536, "", MOP_RX_YES},
        {"capturing each letter of 64 KiB", L("^(a|b)*$"), 65536, "", MOP_RX_YES},
        {"64 KiB scanned", L(".*x"), 65535, "x", MOP_RX_YES},
        {"64 KiB and a byte", L(".*"), 65537, "", MOP_RX_LIMIT},
        {"64 KiB and a byte, whatever the pattern", L("^$"), 65537, "", MOP_RX_LIMIT},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        clock_t start = clock();
        enum mop_regex_result got =
            answer(T[i].row, T[i].pattern, 0, repeat(space, T[i].n, 'a', T[i].tail));
        double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        if (got != T[i].want)
            fail_msg("%s: got %d, want %d", T[i].row, (int)got, (int)T[i].want);
        CHECK(T[i].row, seconds < 20); /* generous: this runs under valgrind too */
    }
}

/* Runs of `run` letters and a stop: from no place do they reach the limit of one, together they
 * would. */
static void limit_of_all_places(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        size_t run;
        bool whole;
        enum mop_regex_result want;
    } T[] = {
        {"each place below a million steps, for a minute", 18, false, MOP_RX_LIMIT},
        {"short runs are decided", 5, false, MOP_RX_NO},
        {"an anchored pattern starts once", 18, true, MOP_RX_NO},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        clock_t start = clock();
        struct mop_sv s = repeat(space, 65536, 'a', "");
        for (size_t at = T[i].run; at < s.n; at += T[i].run + 1)
            space[at] = '!';
        space[s.n - 1] = '!';
        CHECK(T[i].row, answer(T[i].row, MOP_SV("(a+)+$"), T[i].whole, s) == T[i].want);
        CHECK(T[i].row, (double)(clock() - start) / CLOCKS_PER_SEC < 20);
    }
}

/* A limit leaves nothing behind: the same match data serves the next value. */
static void after_a_limit(void **state)
{
    (void)state;
    struct mop_regex *r = compile("after", MOP_SV("(a+)+$"), 0);
    struct mop_match *m = mop_match_create();
    for (int i = 0; i < 3; i++) {
        assert_int_equal(mop_regex_match(r, m, repeat(space, 40, 'a', "!")), MOP_RX_LIMIT);
        assert_null(mop_match_group(m, 0).p);
        assert_int_equal(mop_regex_match(r, m, MOP_SV("!aa")), MOP_RX_YES);
        check_text("after a limit", mop_match_group(m, 0), MOP_SV("aa"));
    }
    mop_regex_free(r);
    mop_match_free(m);
    mop_regex_free(NULL);
    mop_match_free(NULL);
}

static void version(void **state)
{
    (void)state;
    unsigned major, minor;
    char more;
    assert_int_equal(sscanf(mop_regex_version(), "%u.%u%c", &major, &minor, &more), 2);
    assert_int_equal(major, 10);
}

/* ---- counting ---- */

/* The text is `count` letters a and `end`; its steps have to lie between `least` and `most`. */
static void steps(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        struct mop_sv pattern;
        unsigned flags;
        size_t count;
        const char *end;
        uint64_t cap, least, most;
    } T[] = {
        {"none: a character is missing", L("(a+)+b"), MOP_RX_WHOLE, 40, "!", 1000, 0, 0},
        {"one per group", L("(?:a|b)*c"), MOP_RX_WHOLE, 100, "!c", 10000, 100, 500},
        {"twice as many for each letter", L("(a+)+"), MOP_RX_WHOLE, 16, "!", 1000000, 60000,
         140000},
        {"more than the cap", L("(a+)+"), MOP_RX_WHOLE, 40, "!", 1000, 1001, 1001},
        {"more than the highest cap", L("(a+)+"), MOP_RX_WHOLE, 40, "!", 1000000, 1000001, 1000001},
        {"all places count", L("[ab]+b"), 0, 64, "!b", 1000000, 1400, 2300},
        {"up to the cap", L("[ab]+b"), 0, 64, "!b", 1000, 1001, 1001},
        {"not those where no match may start", L(".*\\d"), 0, 100, "", 1000000, 75, 110},
        {"nor those behind a match", L("a"), 0, 100, "!", 1000, 1, 4},
        {"an empty text", L("a*"), 0, 0, "", 10, 1, 2},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_regex *r = compile(T[i].row, T[i].pattern, T[i].flags);
        struct mop_match *m = mop_match_create();
        struct mop_sv text = repeat(space, T[i].count, 'a', T[i].end);
        struct mop_regex_work work = {0}, guessed = {.expected = T[i].most};
        uint64_t n = mop_regex_steps(r, m, text, T[i].cap, &work),
                 again = mop_regex_steps(r, m, text, T[i].cap, &guessed);
        /* both are less than what it is by a third at most */
        CHECK(T[i].row, again + again / 2 + 32 >= n && n + n / 2 + 32 >= again);
        if (n < T[i].least || n > T[i].most)
            fail_msg("%s: %llu steps", T[i].row, (unsigned long long)n);
        CHECK(T[i].row, work.steps + 1 >= n && work.steps <= 8 * n + 512 && work.runs > 0);
        CHECK(T[i].row, mop_regex_jit_agrees(r, m, text));
        mop_match_free(m);
        mop_regex_free(r);
    }
}

static void without_jit(void **state)
{
    (void)state;
    struct mop_regex *r = compile("plain", MOP_SV("(1|)b*1"), MOP_RX_PLAIN);
    struct mop_match *m = mop_match_create();
    assert_int_equal(mop_regex_match(r, m, MOP_SV("1")), MOP_RX_YES);
    assert_true(mop_regex_jit_agrees(r, m, MOP_SV("1")));
    mop_match_free(m);
    mop_regex_free(r);
}

/* PCRE2 issue 336: JIT alone finds none of these. */
static void right_where_jit_is_not(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *text;
    } T[] = {{"(1|)b*1", "1"}, {"(1|\\b)b*1", "1"}, {"x(1|)b*1", "yx1"}, {"(?:a|)b*c", "zc"}};
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_regex *r = compile(T[i].pattern, mop_sv_of(T[i].pattern), 0);
        struct mop_match *m = mop_match_create();
        CHECK(T[i].pattern, mop_regex_match(r, m, mop_sv_of(T[i].text)) == MOP_RX_YES);
        mop_match_free(m);
        mop_regex_free(r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers),
        cmocka_unit_test(refusals),
        cmocka_unit_test(no_callouts),
        cmocka_unit_test(groups),
        cmocka_unit_test(many_groups),
        cmocka_unit_test(limits),
        cmocka_unit_test(limit_of_all_places),
        cmocka_unit_test(after_a_limit),
        cmocka_unit_test(version),
        cmocka_unit_test(steps),
        cmocka_unit_test(without_jit),
        cmocka_unit_test(right_where_jit_is_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
