/* SPDX-License-Identifier: MIT */
#include "test_report_model.h"
#include "report/from_result.h"
#include "report/problems_parts.h"

/* The formats that CI platforms read: what they escape, what they leave out and say so. */

#define HOSTILE "::error::\x1b[31m|`<b>&@dana\r\n\xFF##[x]]]>100%,a:b"

static struct mop_buf render(const struct mop_problem_format *f, const struct mop_problems *p)
{
    struct mop_buf b;
    struct mop_out out;
    struct mop_err e = {0};
    struct mop_problem_options o = {0};
    mop_buf_init(&b, (size_t)1 << 28);
    mop_out_init(&out, mop_out_to_buf, &b);
    assert_int_equal(f->write(p, &o, &out, &e), 0);
    mop_out_release(&out);
    return b;
}

static size_t count(const struct mop_buf *b, const char *what)
{
    size_t n = 0;
    for (const char *at = b->p; (at = strstr(at, what)); at++)
        n++;
    return n;
}

static size_t add_rule(struct mop_problems *p, const char *id, enum mop_level level)
{
    struct mop_problem_rule r = {
        .id = mop_sv_of(id), .summary = MOP_SV("a thing is so"), .level = level};
    return mop_problems_rule(p, &r);
}

static void add(struct mop_problems *p, size_t rule, enum mop_level level, struct mop_loc at,
                struct mop_sv message)
{
    struct mop_problem x = {.rule = rule, .level = level, .at = at, .message = message, .count = 1};
    mop_problems_add(p, &x);
}

static const struct mop_loc here = {"./rules//a b,%\xC3\xBC.yaml", 2, 5};

static void one_hostile(struct mop_problems *p)
{
    mop_problems_init(p, "rules lint");
    p->exit = 1;
    size_t rule = add_rule(p, "some-id", MOP_FAULT);
    struct mop_problem x = {.rule = rule,
                            .level = MOP_FAULT,
                            .at = here,
                            .span = 3,
                            .message = MOP_SV(HOSTILE),
                            .hint = MOP_SV("hint " HOSTILE),
                            .detail = MOP_SV("got " HOSTILE "\n::error::second line"),
                            .count = 1};
    mop_problems_add(p, &x);
}

/* What no format may let through, and what it must hold. */
static void escapes(void **state)
{
    (void)state;
    static const struct {
        const struct mop_problem_format *format;
        const char *want, *never[4];
    } T[] = {
        {&mop_problems_text, "\\x3a:error::second line", {"\x1b", "\r", "##[", "\xFF"}},
        {&mop_problems_json, "::error::\\u001B[31m|`<b>&@dana\\r\\n", {"\x1b", "\r", "\xFF"}},
        {&mop_problems_sarif, "\"uri\": \"rules/a%20b,%25%C3%BC.yaml\"", {"\x1b", "\r", "\xFF"}},
        {&mop_problems_junit, "##[x]]]&gt;100%,a:b", {"\x1b", "\r", "]]>", "<b>"}},
        {&mop_problems_github,
         "::error file=rules/a b%2C%25\xC3\xBC.yaml,line=2,endLine=2,col=5,endColumn=8,"
         "title=some-id::::error::\\x1b[31m|`<b>&@dana\\x0d\\x0a\\xff##[x]]]>100%25,a:b%0Ahint: ",
         {"\x1b", "\r", "\n::error::second", "\xFF"}},
        {&mop_problems_gitlab, "\"path\": \"rules/a b,%\xC3\xBC.yaml\"", {"\x1b", "\r", "\xFF"}},
        {&mop_problems_markdown,
         "<br>got ::error::\\\\x1b\\[31m\\|\\`&lt;b&gt;&amp;@&#8203;dana",
         {"\x1b", "\r", "<b>", "##["}},
    };
    struct mop_problems p;
    one_hostile(&p);
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_buf b = render(T[i].format, &p);
        expect_in(&b, T[i].want);
        for (size_t k = 0; k < 4 && T[i].never[k]; k++)
            expect_not_in(&b, T[i].never[k]);
        mop_buf_release(&b);
    }
    mop_problems_release(&p);
}

/* Bytes become UTF-16 units where the line is known. */
static void regions(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        struct mop_loc at;
        uint32_t span, col, end;
    } T[] = {
        {"ASCII", {"r.yaml", 1, 2}, 3, 2, 5},
        {"behind two bytes", {"r.yaml", 2, 3}, 1, 2, 3},
        {"behind a pair of surrogates", {"r.yaml", 3, 5}, 1, 3, 4},
        {"past the line's end", {"r.yaml", 1, 5}, 9, 5, 7},
        {"all of a line", {"r.yaml", 1, 0}, 1, 1, 7},
        {"a file that is not known", {"other", 1, 4}, 2, 4, 6},
        {"no line", {"other", 0, 0}, 1, 1, 2},
    };
    struct mop_diags d;
    struct mop_problem_lines l;
    mop_diags_init(&d);
    mop_diags_file(&d, "r.yaml", MOP_SV("abcdef\n\xC3\xBC: x\n\xF0\x9F\x98\x80: x\n"));
    struct mop_problems p = {.sources = &d};
    mop_problem_lines_init(&l, &p);
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_problem_region r = mop_problem_region_of(&l, T[i].at, T[i].span);
        CHECK(T[i].row, r.col == T[i].col && r.end == T[i].end);
        CHECK(T[i].row, r.line == (T[i].at.line ? T[i].at.line : 1));
    }
    mop_problem_lines_release(&l);
    mop_diags_release(&d);
}

static void paths(void **state)
{
    (void)state;
    static const char *const T[][2] = {
        {"a/b.yaml", "a/b.yaml"},
        {"./a.yaml", "a.yaml"},
        {"a//b/./c", "a/b/c"},
        {"a/../b", "b"},
        {"../a", "../a"},
        {"a/../../b", "../b"},
        {"/x/../y/z", "/y/z"},
        {"/", "/"},
        {"./", "."},
        {".hidden", ".hidden"},
        {"a/..b/c", "a/..b/c"},
        {"a b/%#", "a b/%#"},
    };
    struct mop_arena a;
    mop_arena_init(&a);
    for (size_t i = 0; i < ROWS(T); i++)
        check_text(T[i][0], mop_problem_path(&a, T[i][0]), mop_sv_of(T[i][1]));
    mop_arena_release(&a);
}

/* Many problems of several rules and levels. */
static void many(struct mop_problems *p, size_t each)
{
    static const enum mop_level levels[] = {MOP_FAULT, MOP_FAULT, MOP_WARN, MOP_NOTE};
    char text[64];
    mop_problems_init(p, "rules lint");
    p->exit = 1;
    for (size_t r = 0; r < ROWS(levels); r++) {
        snprintf(text, sizeof text, "rule-%zu", r);
        add_rule(p, text, levels[r]);
    }
    for (size_t i = 0; i < each * ROWS(levels); i++) {
        size_t r = i / each;
        snprintf(text, sizeof text, "message %zu", i);
        add(p, r, levels[r], (struct mop_loc){"r.yaml", (uint32_t)i + 1, 1}, mop_sv_of(text));
    }
}

static void github_caps(void **state)
{
    (void)state;
    struct mop_problems p;
    many(&p, 30);
    struct mop_buf b = render(&mop_problems_github, &p);
    assert_int_equal(count(&b, "::error "), 10);
    assert_int_equal(count(&b, "title=rule-0::"), 5); /* of two rules, as many of each */
    assert_int_equal(count(&b, "title=rule-1::"), 5);
    assert_int_equal(count(&b, "::warning "), 10);
    assert_int_equal(count(&b, "::notice "), 10);
    expect_in(&b, "::notice title=mopslint rules lint::60 errors, 30 warnings, 30 notes in 1 file; "
                  "91 of them are not shown here");
    mop_buf_release(&b);
    p.exit = 0; /* where the run passes, errors are told as warnings, and before these */
    b = render(&mop_problems_github, &p);
    assert_int_equal(count(&b, "::error "), 0);
    assert_int_equal(count(&b, "::warning "), 10);
    assert_int_equal(count(&b, "title=rule-0::") + count(&b, "title=rule-1::"), 10);
    expect_in(&b, "101 of them are not shown here");
    mop_buf_release(&b);
    mop_problems_release(&p);
}

/* The one error among many warnings stays; what is left out is counted. */
static void sarif_caps(void **state)
{
    (void)state;
    struct mop_problems p;
    mop_problems_init(&p, "rules lint");
    size_t warn = add_rule(&p, "warn", MOP_WARN), fault = add_rule(&p, "fault", MOP_FAULT);
    for (size_t i = 0; i < 25010; i++)
        add(&p, warn, MOP_WARN, (struct mop_loc){"r.yaml", (uint32_t)i + 1, 1}, MOP_SV("so so"));
    add(&p, fault, MOP_FAULT, (struct mop_loc){"r.yaml", 30000, 1}, MOP_SV("no good"));
    struct mop_buf b = render(&mop_problems_sarif, &p);
    assert_int_equal(count(&b, "\"ruleIndex\""), 25000);
    expect_in(&b, "no good");
    expect_in(&b, "11 results are left out");
    mop_buf_release(&b);
    b = render(&mop_problems_gitlab, &p);
    assert_int_equal(count(&b, "\"check_name\""), 25001);
    expect_in(&b, "11 more problems are not listed");
    mop_buf_release(&b);
    mop_problems_release(&p);
}

/* 10 MB of gzip: texts that do not compress end the list earlier. */
static void sarif_bytes(void **state)
{
    (void)state;
    enum { TEXT = 1000 };
    char text[TEXT];
    struct mop_problems p;
    memset(text, 'x', TEXT);
    mop_problems_init(&p, "rules lint");
    add_rule(&p, "long", MOP_WARN);
    for (size_t i = 0; i < 10000; i++)
        add(&p, 0, MOP_WARN, here, (struct mop_sv){text, TEXT});
    struct mop_buf b = render(&mop_problems_sarif, &p);
    CHECK("some", count(&b, "\"ruleIndex\"") > 6000 && count(&b, "\"ruleIndex\"") < 6300);
    expect_in(&b, " results are left out");
    mop_buf_release(&b);
    mop_problems_release(&p);
}

static void markdown_fits_a_comment(void **state)
{
    (void)state;
    struct mop_problems p;
    many(&p, 3000);
    for (size_t i = 0; i < 500; i++)
        mop_problems_note(&p, "@@@@@@ note %zu %s", i, HOSTILE);
    struct mop_buf b = render(&mop_problems_markdown, &p);
    CHECK("fits", b.n <= 65536 && b.n > 20000);
    expect_in(&b, "The worst are shown; ");
    expect_in(&b, " more notes are not shown");
    mop_buf_release(&b);
    mop_problems_release(&p);
}

/* Fingerprints stay where lines move, and differ where all else is equal. */
static void fingerprints(void **state)
{
    (void)state;
    struct mop_problems a, b;
    many(&a, 2);
    many(&b, 2);
    for (size_t i = 0; i < b.n; i++)
        b.list[i].at.line += 7;
    add(&a, 0, MOP_FAULT, here, MOP_SV("twice"));
    add(&a, 0, MOP_FAULT, here, MOP_SV("twice"));
    struct mop_fingerprint *of_a = mop_problems_fingerprints(&a),
                           *of_b = mop_problems_fingerprints(&b);
    for (size_t i = 0; i < b.n; i++)
        assert_string_equal(of_a[i].hex, of_b[i].hex);
    for (size_t i = 0; i < a.n; i++)
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(of_a[i].hex, of_a[k].hex);
    free(of_a);
    free(of_b);
    mop_problems_release(&a);
    mop_problems_release(&b);
}

/* Suppressed and known ones fail nothing; SARIF tells them, as they are told nowhere else. */
static void forgiven(void **state)
{
    (void)state;
    struct mop_problems p;
    mop_problems_init(&p, "rules lint");
    p.has_baseline = true;
    add_rule(&p, "rule", MOP_FAULT);
    struct mop_problem x = {.level = MOP_FAULT, .at = here, .message = MOP_SV("shh"), .count = 1};
    x.suppressed = MOP_SV("being repaired");
    mop_problems_add(&p, &x);
    x.suppressed = MOP_SV("");
    x.known = true;
    mop_problems_add(&p, &x);
    static const struct mop_problem_format *const silent[] = {
        &mop_problems_text, &mop_problems_github, &mop_problems_gitlab, &mop_problems_markdown,
        &mop_problems_junit};
    for (size_t i = 0; i < ROWS(silent); i++) {
        struct mop_buf b = render(silent[i], &p);
        expect_not_in(&b, "shh");
        mop_buf_release(&b);
    }
    struct mop_buf b = render(&mop_problems_text, &p);
    check_text("text", mop_buf_view(&b), MOP_SV("no problems; 1 suppressed; 1 in the baseline\n"));
    mop_buf_release(&b);
    b = render(&mop_problems_sarif, &p);
    expect_in(&b, "\"kind\": \"inSource\"");
    expect_in(&b, "\"justification\": \"being repaired\"");
    expect_in(&b, "\"baselineState\": \"unchanged\"");
    mop_buf_release(&b);
    mop_problems_release(&p);
}

/* A rule's state as a test, and the counts of the suite. */
static void junit_states(void **state)
{
    (void)state;
    struct mop_problems p;
    mop_problems_init(&p, "rules test");
    p.exit = 1;
    add_rule(&p, "passes", MOP_FAULT);
    add_rule(&p, "warns", MOP_WARN);
    add(&p, add_rule(&p, "fails", MOP_FAULT), MOP_FAULT, here, MOP_SV("bad"));
    add(&p, 1, MOP_WARN, here, MOP_SV("doubtful"));
    size_t open = add_rule(&p, "open", MOP_FAULT), let = add_rule(&p, "let", MOP_FAULT);
    struct mop_problem untold = {.rule = open,
                                 .level = MOP_FAULT,
                                 .message = MOP_SV("cannot be told"),
                                 .count = 3,
                                 .undecided = true};
    mop_problems_add(&p, &untold);
    untold.rule = let;
    untold.suppressed = MOP_SV("being repaired");
    mop_problems_add(&p, &untold);
    p.rules[add_rule(&p, "idle", MOP_FAULT)].skipped = MOP_SV("nothing to ask");
    add_rule(&p, "idle", MOP_FAULT);
    struct mop_buf b = render(&mop_problems_junit, &p);
    expect_in(&b, "tests=\"8\" failures=\"1\" errors=\"1\" skipped=\"1\"");
    expect_in(&b, "<testcase name=\"warns\" classname=\"rules test\" time=\"0\"/>");
    expect_in(&b, "<failure message=\"bad\" type=\"error\">");
    expect_in(&b, "<error message=\"cannot be told");
    expect_in(&b, "<skipped message=\"nothing to ask\">");
    expect_in(&b, "name=\"idle (2)\"");
    mop_buf_release(&b);
    p.exit = 0; /* its targets decide, and are met */
    b = render(&mop_problems_junit, &p);
    expect_in(&b, "tests=\"8\" failures=\"0\" errors=\"0\" skipped=\"1\"");
    expect_in(&b, "2:5: error: bad [fails]");
    mop_buf_release(&b);
    p.exit = 3;
    p.fail_on = MOP_WARN;
    p.partial = true;
    b = render(&mop_problems_junit, &p);
    expect_in(&b, "tests=\"8\" failures=\"2\" errors=\"2\" skipped=\"1\"");
    mop_buf_release(&b);
    mop_problems_release(&p);
}

/* Nothing found is a whole document too. */
static void empty(void **state)
{
    (void)state;
    static const struct {
        const struct mop_problem_format *format;
        const char *want;
    } T[] = {
        {&mop_problems_text, "no problems\n"},
        {&mop_problems_sarif, "\"results\": []"},
        {&mop_problems_junit, "tests=\"1\" failures=\"0\""},
        {&mop_problems_github, "mopslint rules lint: no problems\n"},
        {&mop_problems_gitlab, "[]\n"},
        {&mop_problems_markdown, "no problems"},
        {&mop_problems_json, "\"problems\": []"},
    };
    struct mop_problems p;
    mop_problems_init(&p, "rules lint");
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_buf b = render(T[i].format, &p);
        expect_in(&b, T[i].want);
        mop_buf_release(&b);
    }
    mop_problems_release(&p);
}

/* ---- a run of check ---- */

static const struct mop_problem *find(const struct mop_problems *p, const char *rule,
                                      const char *message)
{
    for (size_t i = 0; i < p->n; i++)
        if (mop_sv_eqs(p->rules[p->list[i].rule].id, rule) && strstr(p->list[i].message.p, message))
            return &p->list[i];
    fail_msg("no problem of %s: %s", rule, message);
    return NULL;
}

static void from_a_run(void **state)
{
    (void)state;
    struct model *m = model_create();
    struct mop_problems p;
    m->values[0].suppressed = 4;
    m->values[0].suppressed_by = 1;
    m->values[0].first[0] = (struct mop_first){.is = true, .line = 17};
    m->values[0].first[1] = (struct mop_first){.is = true, .line = 18};
    m->dataset.failed = true;
    mop_problems_from_result(&p, &m->result);
    const struct mop_problem *li = find(&p, "lead.utm_source.alias", "'li'");
    assert_int_equal(li->count, 1); /* of five, four are suppressed */
    assert_int_equal(li->at.line, 17);
    check_text("hint", li->hint, MOP_SV("write 'linkedin'"));
    check_text("masked", find(&p, "lead.email.type", "is not what it should be")->identity,
               MOP_SV("j***@example.com"));
    find(&p, "dataset.fresh", "the newest is today");
    find(&p, "report.Speed | to <lead>.target", "misses its target: 73.9 of records, 95.0 are");
    size_t suppressed = 0;
    for (size_t i = 0; i < p.n; i++)
        suppressed += mop_sv_eqs(p.list[i].suppressed, "being repaired") ? p.list[i].count : 0;
    assert_int_equal(suppressed, 4);
    mop_problems_release(&p);
    model_free(m);
}

static void from_a_broken_run(void **state)
{
    (void)state;
    struct model *m = model_create();
    struct mop_problems p;
    model_break(m);
    mop_problems_from_result(&p, &m->result);
    const struct mop_problem *x = find(&p, "input.complete", "a quote opened here is never closed");
    assert_int_equal(x->at.line, 4711);
    assert_true(p.partial);
    struct mop_buf b = render(&mop_problems_sarif, &p);
    expect_in(&b, "\"executionSuccessful\": false");
    mop_buf_release(&b);
    mop_problems_release(&p);
    model_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(escapes),
        cmocka_unit_test(regions),
        cmocka_unit_test(paths),
        cmocka_unit_test(github_caps),
        cmocka_unit_test(sarif_caps),
        cmocka_unit_test(sarif_bytes),
        cmocka_unit_test(fingerprints),
        cmocka_unit_test(markdown_fits_a_comment),
        cmocka_unit_test(forgiven),
        cmocka_unit_test(junit_states),
        cmocka_unit_test(empty),
        cmocka_unit_test(from_a_run),
        cmocka_unit_test(from_a_broken_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
