/* SPDX-License-Identifier: MIT */
#include "rules.h"
#include "lint/regex_reach.h"
#include "lint/regex_style.h"
#include <glob.h>
#include <stdio.h>

/* What a pattern needs to be looked at; made by begin(), given back by end(). */
struct subject {
    struct mop_arena a;
    struct mop_rx_symbols s;
    struct mop_regex *regex;
    struct mop_rx_pattern p;
};

static void begin(struct subject *t, struct mop_sv text, unsigned flags)
{
    struct mop_regex_error e = {0};
    mop_arena_init(&t->a);
    mop_rx_symbols_init(&t->s);
    t->regex = mop_regex_compile(text, flags, &e);
    if (!t->regex)
        fail_msg("%.*s: %s at %zu", MOP_SV_ARG(text), e.msg, e.offset);
    t->p = (struct mop_rx_pattern){text, flags, t->regex,
                                   mop_rx_parse(&t->a, text, flags & MOP_RX_NOCASE ? MOP_RX_I : 0)};
}

static void end(struct subject *t)
{
    mop_regex_free(t->regex);
    mop_rx_symbols_release(&t->s);
    mop_arena_release(&t->a);
}

/* ---- the parser ---- */

static void print(const struct mop_rx_node *n, struct mop_sv text, struct mop_buf *b)
{
    static const char *const kinds[] = {"empty", "atom", "seq", "alt", "rep",
                                        "grp",   "look", "^",   "$",   "back"};
    for (; n; n = n->next) {
        if (n->kind == MOP_RX_ATOM)
            mop_buf_sv(b, mop_sv_sub(text, n->from, n->to));
        else
            mop_buf_str(b, kinds[n->kind]);
        if (n->kind == MOP_RX_REPEAT)
            mop_buf_printf(b, "{%u,%d}", n->min, n->max == MOP_RX_MANY ? -1 : (int)n->max);
        if (n->kind == MOP_RX_BACK || (n->kind == MOP_RX_GROUP && n->group))
            mop_buf_printf(b, "%u", n->group);
        if (n->kid) {
            mop_buf_chr(b, '(');
            print(n->kid, text, b);
            mop_buf_chr(b, ')');
        }
        if (n->next)
            mop_buf_chr(b, ' ');
    }
}

static void trees(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        struct mop_sv pattern;
        const char *want; /* NULL: not known */
    } T[] = {
        {"letters", L("ab"), "seq(a b)"},
        {"alternatives", L("a|b|"), "alt(seq(a) seq(b) seq)"},
        {"a group and its number", L("(a)(?:b)(?<n>c)"),
         "seq(grp1(seq(a)) grp(seq(b)) grp2(seq(c)))"},
        {"quantifiers", L("a*b+?c?d{2}e{2,}+f{2,3}"),
         "seq(rep{0,-1}(a) rep{1,-1}(b) rep{0,1}(c) rep{2,2}(d) rep{2,-1}(e) rep{2,3}(f))"},
        {"a brace that is none", L("a{b{,2}"), "seq(a { b { , 2 })"},
        {"classes", L("[]a][^]b][\\]][[:alpha:]x]"), "seq([]a] [^]b] [\\]] [[:alpha:]x])"},
        {"escapes", L("\\.\\d\\x41\\x{263a}\\p{Lu}\\pL\\cA\\012"),
         "seq(\\. \\d \\x41 \\x{263a} \\p{Lu} \\pL \\cA \\012)"},
        {"assertions", L("^\\A\\ba\\B\\Z\\z$"), "seq(^ ^ empty a empty $ $ $)"},
        {"looking around", L("(?=a)(?<!b)"), "seq(look(seq(a)) look(seq(b)))"},
        {"what was captured", L("(a)\\1\\g{-1}\\g1"), "seq(grp1(seq(a)) back1 back1 back1)"},
        {"quoted", L("\\Qa+\\E+"), "seq(empty a rep{1,-1}(+))"},
        {"a comment", L("a(?#(b)c"), "seq(a c)"},
        {"blanks and comments", L("(?x) a + # b\n c[ ]"), "seq(empty rep{1,-1}(a) c [ ])"},
        {"options end with their group", L("(?:(?x) a )b c"), "seq(grp(seq(empty a)) b   c)"},
        {"atomic", L("(?>a+)"), "seq(grp(seq(rep{1,-1}(a))))"},
        {"a comment before a quantifier", L("a(?#c)+"), "seq(rep{1,-1}(a))"},
        {"a condition", L("(a)?(?(1)b|c)"),
         "seq(rep{0,1}(grp1(seq(a))) grp(seq(empty alt(seq(b) seq(c)))))"},
        {"one that looks, without an else", L("(?(?=a)b)"),
         "seq(grp(seq(look(seq(a)) rep{0,1}(seq(b)))))"},
        {"recursion", L("(a(?1)?b)"), "seq(grp1(seq(a rep{0,1}(back1) b)))"},
        {"of all", L("a(?R)?"), "seq(a rep{0,1}(back0))"},
        {"calls", L("(?<n>a)(?&n)\\g<n>(?-1)"), "seq(grp1(seq(a)) back0 back0 back1)"},
        {"a verb", L("a(*FAIL)"), "seq(a empty)"},
        {"a group with a verb", L("(*atomic:a)"), "seq(grp(seq(a)))"},
        {"a name", L("(?<n>a)\\k<n>\\k{n}(?P=n)"), "seq(grp1(seq(a)) back0 back0 back0)"},
        {"numbers that start again", L("(?|(a)|(b))"),
         "seq(grp(alt(seq(grp1(seq(a))) seq(grp2(seq(b))))))"},
        {"a quote in a class", L("[\\Qa\\E]"), NULL},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        struct subject t;
        struct mop_buf b;
        begin(&t, T[i].pattern, 0);
        mop_buf_init(&b, 4096);
        if (t.p.top)
            print(t.p.top, T[i].pattern, &b);
        CHECK(T[i].row, (t.p.top == NULL) == (T[i].want == NULL));
        check_text(T[i].row, mop_buf_view(&b), mop_sv_of(T[i].want ? T[i].want : ""));
        mop_buf_release(&b);
        end(&t);
    }
}

/* ---- witnesses ---- */

static bool find(struct subject *t, struct mop_rx_witness *w)
{
    uint64_t steps = MOP_RX_PATTERN_STEPS;
    return t->p.top && mop_rx_witness_find(&t->a, &t->s, &t->p, &steps, w) == MOP_RX_SLOW;
}

static void must_be_slow(struct subject *t, const char *line)
{
    struct mop_rx_witness w;
    struct mop_buf b;
    if (!find(t, &w))
        fail_msg("no witness: %s", line);
    mop_buf_init(&b, MOP_RX_WITNESS_BYTES);
    mop_rx_witness_put(&w, w.repeats, &b);
    CHECK(line, !b.over && b.n > 0 && b.n <= MOP_RX_WITNESS_BYTES);
    CHECK(line, w.from < w.to && w.to <= t->p.text.n);
    CHECK(line, mop_regex_steps(t->regex, t->s.match, mop_buf_view(&b), 1000000, NULL) > 1000000);
    mop_buf_release(&b);
}

static void must_be_fast(struct subject *t, const char *line)
{
    struct mop_rx_witness w;
    if (!t->p.top)
        fail_msg("not understood: %s", line);
    if (find(t, &w))
        fail_msg("'%.*s' x %zu: %s", MOP_SV_ARG(w.pump), w.repeats, line);
}

/* Each line of a list: how, pattern, and for those that are slow the source. */
static size_t each_line(const char *path, bool source,
                        void (*judge)(struct subject *, const char *))
{
    FILE *f = fopen(path, "r");
    char line[4096];
    size_t n = 0;
    assert_non_null(f);
    while (fgets(line, sizeof line, f)) {
        struct mop_sv rest = {line, strcspn(line, "\n")}, how, pattern;
        struct subject t;
        if (line[0] == '#')
            continue;
        line[rest.n] = '\0';
        mop_sv_next(&rest, '\t', &how);
        mop_sv_next(&rest, '\t', &pattern);
        CHECK(line, how.n && pattern.n && (rest.n > 10) == source);
        begin(&t, pattern, (how.p[0] == 'w' ? MOP_RX_WHOLE : 0) | (how.n > 1 ? MOP_RX_NOCASE : 0));
        judge(&t, line);
        end(&t);
        n++;
    }
    fclose(f);
    return n;
}

static void published(void **state)
{
    (void)state;
    assert_true(each_line(MOP_TOP "/tests/unit/regex_vulnerable.txt", true, must_be_slow) >= 40);
}

/* A pattern is asked of a value as it is written: blanks at its ends are there. */
static void blanks_at_the_ends(void **state)
{
    (void)state;
    static const char *const T[] = {
        "( |\\s)*x",     "(\\s+)+",           "(\\s+)*x",
        "(?:\\n|\\s)*",  "(?:\\h|\\s)*",      "(?:\\R|\\s)*x",
        "[ ]+[ ]+[ ]+x", "\\s+\\s+\\s+\\s+x", "\\s*,?\\s*,?\\s*,?\\s*x",
        "(?:.|.)*",
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        struct subject t;
        begin(&t, mop_sv_of(T[i]), MOP_RX_WHOLE);
        must_be_slow(&t, T[i]);
        end(&t);
    }
}

#define MAYBE_20 "a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?"
#define LETTER_OR_DIGIT "[a-z]?[a-z0-9]?[a-z]?[a-z0-9]?[a-z]?[a-z0-9]?[a-z]?[a-z0-9]?"

/* Many ways, but no circle: each piece may be missing. */
static void without_circles(void **state)
{
    (void)state;
    static const char *const T[] = {
        MAYBE_20 "aaaaaaaaaaaaaaaaaaaa",
        "(?:a?){30}a{30}",
        "(?:a?){30}",
        "(?:(a)?){0,40}b",
        "(?:[a-z]?[0-9]?){25}-",
        "x-" LETTER_OR_DIGIT LETTER_OR_DIGIT LETTER_OR_DIGIT LETTER_OR_DIGIT "-1",
        "(a|b|ab|ba)(a|b|ab|ba)(a|b|ab|ba)(a|b|ab|ba)(a|b|ab|ba)(a|b|ab|ba)(a|b|ab|ba)(a|b|ab|ba)"
        "(a|b|ab|ba)(a|b|ab|ba)(a|b|ab|ba)(a|b|ab|ba)(a|b|ab|ba)(a|b|ab|ba)(a|b|ab|ba)(a|b|ab|ba)"
        "(a|b|ab|ba)(a|b|ab|ba)(a|b|ab|ba)(a|b|ab|ba)(a|b|ab|ba)(a|b|ab|ba)(a|b|ab|ba)(a|b|ab|ba)",
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        struct subject t;
        begin(&t, mop_sv_of(T[i]), MOP_RX_WHOLE);
        must_be_slow(&t, T[i]);
        end(&t);
    }
}

/* What is looked for reads far at every turn; marked's links, words that come again. */
static void looking_ahead(void **state)
{
    (void)state;
    static const struct {
        const char *pattern;
        unsigned flags;
    } T[] = {
        {"(?:\\[[^\\]]*\\]|[^\\[\\]]|\\](?=[^\\[]*\\]))*", MOP_RX_WHOLE},
        {"(?:(?!foo.*bar)\\w)+", MOP_RX_WHOLE},
        {"(?:\\w(?!.*;))+", MOP_RX_WHOLE},
        {"id-(?:[a-z](?!.*--))+", MOP_RX_WHOLE},
        {"a(?=.*b)(?=.*c)", 0},
        {".*\\b(\\w+)\\b.*\\b\\1\\b.*x", MOP_RX_WHOLE},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        struct subject t;
        begin(&t, mop_sv_of(T[i].pattern), T[i].flags);
        must_be_slow(&t, T[i].pattern);
        end(&t);
    }
}

static void not_so_many_ways(void **state)
{
    (void)state;
    static const char *const T[] = {
        "[a-z]?[0-9]?[a-z]?[0-9]?[a-z]?[0-9]?[a-z]?[0-9]?[a-z]?[0-9]?-[A-Z]{2}",
        "(emea|amer|apac|latam|dach)-(q1|q2|q3|q4)-(brand|perf|crm|event|seo)-(new|old|all)-"
        "(email|social|search|display|video|audio)-(a|b|c|d|e)-(xs|s|m|l|xl)",
        "(?:a?b){12}c?",
        "(?=.*\\d)(?=.*[a-z])(?=.*[A-Z]).{8,}",
        "(?!.*--)[a-z0-9-]+",
        "(?:\\w(?=\\w*-))+",
        "(?:[a-z](?!.{0,3}-))+",
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        struct subject t;
        begin(&t, mop_sv_of(T[i]), MOP_RX_WHOLE);
        must_be_fast(&t, T[i]);
        end(&t);
    }
}

static void safe(void **state)
{
    (void)state;
    assert_true(each_line(MOP_TOP "/tests/unit/regex_safe.txt", false, must_be_fast) >= 200);
}

/* Whatever the shipped packs ask is fast. */
static void packs(void **state)
{
    (void)state;
    glob_t g;
    size_t n = 0;
    assert_int_equal(glob(MOP_TOP "/rules/*.yaml", 0, NULL, &g), 0);
    for (size_t i = 0; i < g.gl_pathc; i++) {
        const char *file = g.gl_pathv[i];
        struct mop_load_options o = {
            .files = &file, .nfiles = 1, .now_us = RULES_NOW, .packdir = MOP_TOP "/rules"};
        struct mop_diags d;
        mop_diags_init(&d);
        struct mop_ruleset *rs = mop_ruleset_load(&o, &d);
        CHECK(file, rs != NULL);
        for (size_t k = 0; k < rs->npatterns; k++, n++) {
            struct subject t;
            begin(&t, rs->patterns[k].node->text, rs->patterns[k].flags);
            must_be_fast(&t, file);
            end(&t);
        }
        mop_ruleset_free(rs);
        mop_diags_release(&d);
    }
    globfree(&g);
    assert_true(n >= 10);
}

static void too_little_budget(void **state)
{
    (void)state;
    struct subject t;
    struct mop_rx_witness w;
    uint64_t steps = 1000;
    begin(&t, MOP_SV("(a+)+"), MOP_RX_WHOLE);
    assert_int_equal(mop_rx_witness_find(&t.a, &t.s, &t.p, &steps, &w), MOP_RX_UNSURE);
    end(&t);
}

/* Harmless, but hard to be sure of: what it costs is bounded, and the budget is seen to be gone. */
static void costly(void **state)
{
    (void)state;
    struct subject t;
    struct mop_rx_witness w;
    uint64_t steps = MOP_RX_PATTERN_STEPS;
    begin(&t, MOP_SV("[a-z]{1,64}[a-z]{1,64}[a-z]{1,64}[a-z]{1,64}@"), MOP_RX_WHOLE);
    assert_int_equal(mop_rx_witness_find(&t.a, &t.s, &t.p, &steps, &w), MOP_RX_UNSURE);
    end(&t);
}

/* ---- form ---- */

static void note(void *ctx, size_t from, size_t to)
{
    mop_buf_printf(ctx, "%zu-%zu ", from, to);
}

static void forms(void **state)
{
    (void)state;
    enum { W = MOP_RX_WHOLE, I = MOP_RX_NOCASE };
    static const struct {
        const char *row;
        mop_rx_look *look;
        struct mop_sv pattern;
        unsigned flags;
        const char *want; /* places */
    } T[] = {
        {"a list", mop_rx_find_list, L("a|bc"), W, "0-4 "},
        {"in a group and anchors", mop_rx_find_list, L("^(?:a|bc)$"), W, "0-10 "},
        {"with dots escaped", mop_rx_find_list, L("a\\.b|c"), W, "0-6 "},
        {"found anywhere", mop_rx_find_list, L("a|b"), 0, ""},
        {"one word", mop_rx_find_list, L("abc"), W, ""},
        {"a class in it", mop_rx_find_list, L("a|b\\d"), W, ""},
        {"more around it", mop_rx_find_list, L("(a|b)-(c|d)"), W, ""},
        {"any case", mop_rx_find_list, L("a|b"), W | I, "0-3 "},
        {"an empty word", mop_rx_find_list, L("a|"), W, ""},
        {"anchors", mop_rx_find_anchors, L("^a$"), W, "0-1 2-3 "},
        {"other anchors", mop_rx_find_anchors, L("\\Aa\\z"), W, "0-2 3-5 "},
        {"anchors of alternatives", mop_rx_find_anchors, L("(^a|b$)"), W, "1-2 5-6 "},
        {"behind options", mop_rx_find_anchors, L("(?i)^x\\d$"), W, "4-5 8-9 "},
        {"anchors that matter", mop_rx_find_anchors, L("^a$"), 0, ""},
        {"anchors of lines", mop_rx_find_anchors, L("(?m)a\n^b"), W, ""},
        {"a host", mop_rx_find_host_dots, L("example.com"), W, "7-8 "},
        {"two dots", mop_rx_find_host_dots, L("www.example.co.uk/.*"), W, "3-4 11-12 14-15 "},
        {"in a group", mop_rx_find_host_dots, L("https?://(acme.de|x)"), 0, "14-15 "},
        {"a part that may be missing", mop_rx_find_host_dots, L("(www.)?acme\\.com\\d"), W, "4-5 "},
        {"a class for a label", mop_rx_find_host_dots, L("www.\\w+\\.com"), W, "3-4 "},
        {"ends in alternatives", mop_rx_find_host_dots, L("acme(.com|.net)\\d"), W, "5-6 10-11 "},
        {"a label of one letter", mop_rx_find_host_dots, L("a.b\\.com\\d"), W, "1-2 "},
        {"a label of digits", mop_rx_find_host_dots, L("\\d+.com"), W, "3-4 "},
        {"a dot of a sentence", mop_rx_find_host_dots, L("a.b"), W, ""},
        {"a dot with another escaped", mop_rx_find_host_dots, L("v.1\\.0"), W, ""},
        {"an escaped dot", mop_rx_find_host_dots, L("example\\.com"), W, ""},
        {"a dot that repeats", mop_rx_find_host_dots, L("example.*com"), W, ""},
        {"no domain", mop_rx_find_host_dots, L("paid.search"), W, ""},
        {"a longer word", mop_rx_find_host_dots, L("acme.common"), W, ""},
        {"letters go on", mop_rx_find_host_dots, L("acme.com[a-z]"), W, ""},
        {"a range over both cases", mop_rx_find_ranges, L("x[0-9A-z_]"), W, "5-8 "},
        {"its end as an escape", mop_rx_find_ranges, L("[A-\\x7a]"), W, "1-7 "},
        {"both ends", mop_rx_find_ranges, L("[\\x41-\\x{7A}_]"), W, "1-12 "},
        {"a range of escapes within a case", mop_rx_find_ranges, L("[\\x41-\\x5A]"), W, ""},
        {"from digits to letters", mop_rx_find_ranges, L("[0-z][9-A][0-Z]"), W, "1-4 6-9 11-14 "},
        {"all that is printed", mop_rx_find_ranges, L("[!-~][ -~][\\x20-\\x7e]"), W, ""},
        {"from a sign to a letter", mop_rx_find_ranges, L("[+-z][!-9]"), W, "1-4 6-9 "},
        {"two of them", mop_rx_find_ranges, L("[A-z]|(b[A-z])+"), W, "1-4 9-12 "},
        {"two ranges", mop_rx_find_ranges, L("[A-Za-z]"), W, ""},
        {"three signs", mop_rx_find_ranges, L("[A\\-z]"), W, ""},
        {"no class", mop_rx_find_ranges, L("A-z"), W, ""},
        {"an empty end", mop_rx_find_empty, L("(a|)"), W, "2-3 "},
        {"an empty middle", mop_rx_find_empty, L("a||b"), W, "2-3 "},
        {"an empty start", mop_rx_find_empty, L("|a"), W, "0-1 "},
        {"no empty one", mop_rx_find_empty, L("(a|b)?"), W, ""},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        struct subject t;
        struct mop_buf b;
        begin(&t, T[i].pattern, T[i].flags);
        mop_buf_init(&b, 4096);
        T[i].look(&t.p, note, &b);
        check_text(T[i].row, mop_buf_view(&b), mop_sv_of(T[i].want));
        mop_buf_release(&b);
        end(&t);
    }
}

/* PCRE2 10.42: github.com/PCRE2Project/pcre2/issues/336. */
static void disagreement_is_found(void **state)
{
    (void)state;
    struct subject t;
    struct mop_sv list[8];
    begin(&t, MOP_SV("(1|)b*1"), 0);
    size_t n = mop_rx_samples(&t.a, &t.s, &t.p, list, ROWS(list)), wrong = 0;
    for (size_t i = 0; i < n; i++)
        wrong += !mop_regex_jit_agrees(t.regex, t.s.match, list[i]);
    assert_true(n > 0);
    assert_true(mop_regex_jit_agrees(t.regex, t.s.match, MOP_SV("1")) || wrong > 0);
    end(&t);
}

/* Two automata side by side are paid for by their size, however soon they part. */
static void apart_is_paid_for(void **state)
{
    (void)state;
#define LETTERS "bcdefghijklmnopqrstuvwxybcdefghijklmnopqrstuvwxybcdefghijklmnopqrstuvwxy"
    enum { STEPS = 1000000, ROOM = sizeof LETTERS * sizeof LETTERS / 64 };
    static const struct {
        const char *one, *two;
        unsigned least;
        bool apart;
    } T[] = {{"a" LETTERS, "z" LETTERS, ROOM, true},
             {"a", "z", 0, true},
             {"a" LETTERS, "a" LETTERS, ROOM, false}};
    for (size_t i = 0; i < ROWS(T); i++) {
        struct subject one, two;
        uint64_t left = STEPS;
        begin(&one, mop_sv_of(T[i].one), MOP_RX_WHOLE);
        begin(&two, mop_sv_of(T[i].two), MOP_RX_WHOLE);
        CHECK(T[i].one, mop_rx_apart(&one.a, &one.s, &one.p, &two.p, &left) == T[i].apart);
        CHECK(T[i].one, STEPS - left > T[i].least);
        left = 1; /* too few to be sure of anything */
        CHECK(T[i].one, !mop_rx_apart(&one.a, &one.s, &one.p, &two.p, &left) && left == 0);
        end(&two);
        end(&one);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trees),
        cmocka_unit_test(published),
        cmocka_unit_test(blanks_at_the_ends),
        cmocka_unit_test(without_circles),
        cmocka_unit_test(looking_ahead),
        cmocka_unit_test(not_so_many_ways),
        cmocka_unit_test(safe),
        cmocka_unit_test(packs),
        cmocka_unit_test(too_little_budget),
        cmocka_unit_test(costly),
        cmocka_unit_test(forms),
        cmocka_unit_test(disagreement_is_found),
        cmocka_unit_test(apart_is_paid_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
