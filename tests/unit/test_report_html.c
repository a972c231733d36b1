/* SPDX-License-Identifier: MIT */
#include "test_report_model.h"
#include "base/utf8.h"
#include "report/html.h"
#include <stdio.h>

extern const struct mop_format mop_format_html;
/* Of a constant: a compound literal is none. */
#define SV(lit)                                                                                    \
    {                                                                                              \
        (lit), sizeof(lit) - 1                                                                     \
    }
static const struct mop_format_options usual = {.command = "mopslint check x.csv"};

/* Two rules that a record fails together, beside many that fail one and those that are clean. All
 * are in the report. */
static void add_signatures(struct model *m)
{
    static uint64_t errors = 7, bits[] = {1, 5, 0}, *masks[] = {&errors};
    static mop_i128 weight[3];
    static uint8_t classes[] = {MOP_W_VALID};
    static struct mop_signature all[3];
    static const uint64_t records[] = {17, 2, 981};
    for (size_t i = 0; i < ROWS(all); i++) {
        weight[i] = (mop_i128)(records[i] * 1000) * MOP_UNIT;
        all[i] = (struct mop_signature){.fail = &bits[i],
                                        .undecided = &bits[2],
                                        .suppressed = &bits[2],
                                        .member = &bits[0],
                                        .unknown = &bits[2],
                                        .assessed = true,
                                        .records = records[i],
                                        .classes = classes,
                                        .weight = &weight[i]};
    }
    m->tally.signatures = all;
    m->tally.nsignatures = ROWS(all);
    m->tally.words = 1;
    m->tally.need_mask = masks;
    m->tally.error_mask = &errors;
}

/* What a page must never have, whatever the data holds. */
static void check_page(const struct mop_buf *b)
{
    static const char *const never[] = {
        "<b>&@",    "\x1b",  "##[x",    "http:", "https:",  "javascript", "<img",
        "onerror=", "<link", "@import", "url(",  "<iframe", "style=\"",   "\xE2\x80\xAE"};
    assert_int_equal(mop_utf8_check(mop_buf_view(b)), b->n);
    assert_true(b->n < MOP_HTML_MAX);
    for (size_t i = 0; i < ROWS(never); i++)
        expect_not_in(b, never[i]);
    for (const char *p = b->p; (p = strstr(p, "href=\"")); p++)
        assert_int_equal(p[6], '#');
    for (size_t i = 0; i < b->n; i++)
        if ((unsigned char)b->p[i] < 0x20 && b->p[i] != '\n')
            fail_msg("byte %02x at %zu", b->p[i], i);
}

/* The answers, in the order in which they are asked. */
static void sections_in_order(void **state)
{
    static const char *const order[] = {
        "<h1>HOLD: 1 of 1 report should not be sent</h1>",
        "report misses its target",
        "Which report may I send?",
        "<b class=\"badge hold\">HOLD</b> <b>Speed | to &lt;lead&gt;</b>",
        "How much is wrong, and which way?",
        "2,400,000 EUR</b> of 9,228,000 EUR in lead.amount is wrong",
        "the report shows too little",
        "Who repairs what first?",
        "utm_source goes by another name",
        "<nav",
        ">Can we report on it?</h2>",
        "73.9 %",
        "90.0 % of 50*",
        "There is no earlier run to compare with",
        "How much is wrong",
        ">Do this first</h2>",
        "What each rule takes away of all lead.amount",
        "2.000",
        ">What was not judged</h2>",
        "12 of 9,240 lead records were taken out",
        ">What is suppressed, and until when</h2>",
        "2026-12-31<br>39 days left",
        "being repaired",
        ">Who has what to repair</h2>",
        "by who",
        ">Rules by what they cost: lead records</h2>",
        "9 × <code><bdi>::error::\\x1b[31m|`&lt;b&gt;&amp;@dana\\x0a\\xff#\\x23[x]",
        "5 × <code><bdi>fb</bdi></code> → write <code><bdi>facebook</bdi></code>",
        "leads.csv, line 17, record <bdi>L-17</bdi>",
        ">Which failures occur together: lead records</h2>",
        "Of 19 records that are not clean, 17 fail one rule only and 2 several",
        "both-or-none",
        ">Checks of the data as a whole</h2>",
        ">How every score is computed</h2>",
        "100 × 6,828 ÷ 9,228 = <b>73.9 %</b>",
        "100 × 6,828,000 EUR ÷ 9,228,000 EUR",
        "The figures of lead records",
        "What was judged",
        "Verdict",
        "Personal data is masked"};
    struct model *m = model_create();
    (void)state;
    add_signatures(m);
    m->fixer.name = MOP_SV("by who");
    struct mop_buf b = model_render(&mop_format_html, m, usual);
    const char *at = b.p;
    for (size_t i = 0; i < ROWS(order); i++) {
        const char *next = strstr(at, order[i]);
        if (!next)
            fail_msg("not in the page, or not there: %s", order[i]);
        at = next;
    }
    check_page(&b);
    expect_not_in(&b, "jane.roe");
    expect_not_in(&b, "john.doe");
    expect_not_in(&b, "What changed");
    expect_not_in(&b, "last run");
    mop_buf_release(&b);
    model_free(m);
}

/* Whatever a rule file or the data calls things. */
static void hostile_names(void **state)
{
    static const char *const names[] = {"<script>alert(1)</script>",
                                        "\"><img src=x onerror=alert(1)>",
                                        "javascript:alert(1)",
                                        "</style><script>",
                                        "\xE2\x80\xAEgnp.exe\x00x",
                                        "a\xC0\xAFz\xFF",
                                        "' onclick='x",
                                        "{}{}{} %s%n"};
    (void)state;
    for (size_t i = 0; i < ROWS(names); i++) {
        struct model *m = model_create();
        struct mop_sv name = mop_sv_of(names[i]);
        m->spec.name = m->spec.owner = m->fixer.name = m->rules.name = m->rules.version = name;
        m->alias.message = m->alias.why = m->alias.owner = m->alias.id = name;
        m->values[0].value = m->values[0].proposal = m->samples[0].key = name;
        m->suppression.reason = m->suppression.by = m->exclude.reason = name;
        m->dataset.id = m->dataset.message = m->dataset.owner = name;
        m->source_result.name = m->missing.nearest = name;
        m->dataset.failed = true;
        struct mop_buf b = model_render(&mop_format_html, m, usual);
        expect_not_in(&b, "<script>alert");
        expect_not_in(&b, "<img");
        expect_not_in(&b, "</style><script>");
        expect_not_in(&b, "' onclick");
        expect_not_in(&b, "\xE2\x80\xAE");
        assert_int_equal(mop_utf8_check(mop_buf_view(&b)), b.n);
        mop_buf_release(&b);
        model_free(m);
    }
}

static void shows_values_if_asked(void **state)
{
    struct model *m = model_create();
    (void)state;
    m->result.show_values = true;
    struct mop_buf b = model_render(&mop_format_html, m, usual);
    expect_in(&b, "jane.roe@example.com");
    expect_in(&b, "keep this file to yourself");
    mop_buf_release(&b);
    model_free(m);
}

static void broken_off(void **state)
{
    struct model *m = model_create();
    (void)state;
    add_signatures(m);
    model_break(m);
    struct mop_buf b = model_render(&mop_format_html, m, usual);
    expect_in(&b, "<h1>PARTIAL: the data was not read whole, so there is no score</h1>");
    expect_in(&b, "leads.csv broke off in line 4711");
    expect_in(&b, "First the data has to be read whole");
    expect_in(&b, "<b class=\"badge hold\">HOLD</b>");
    expect_not_in(&b, "73.9");
    expect_not_in(&b, "2,400,000");
    expect_not_in(&b, "What each rule takes away");
    expect_not_in(&b, "2.000"); /* points lost */
    check_page(&b);
    mop_buf_release(&b);
    model_free(m);
}

/* ---- with a history ---- */

static struct mop_trend_point points[] = {
    {1, 701, 690, false}, {2, -1, -1, false}, {3, 745, 700, true}, {4, 739, 739, false}};
static const struct mop_score_since scores[] = {{.of = MOP_SINCE_REPORT,
                                                 .name = SV("Speed | to <lead>"),
                                                 .before_records = 745,
                                                 .between_records = 730,
                                                 .now_records = 739,
                                                 .before_value = 700,
                                                 .between_value = -1,
                                                 .now_value = 739,
                                                 .records = {-14, 8},
                                                 .value = {INT64_MIN, INT64_MIN},
                                                 .trend = points,
                                                 .ntrend = 4},
                                                {.of = MOP_SINCE_FIELD,
                                                 .record = SV("lead"),
                                                 .name = SV("email"),
                                                 .before_records = 900,
                                                 .between_records = 900,
                                                 .now_records = 900,
                                                 .before_value = -1,
                                                 .between_value = -1,
                                                 .now_value = -1},
                                                {.of = MOP_SINCE_FIELD,
                                                 .record = SV("lead"),
                                                 .name = SV("utm_source"),
                                                 .before_records = 900,
                                                 .between_records = 800,
                                                 .now_records = 800,
                                                 .records = {-100, 0},
                                                 .before_value = -1,
                                                 .between_value = -1,
                                                 .now_value = -1}};
static const struct mop_rule_since rules[] = {{.id = SV("worse-rule"),
                                               .how = MOP_RULE_WORSE,
                                               .failed_before = 10,
                                               .applicable_before = 9000,
                                               .failed_now = 57,
                                               .applicable_now = 9001,
                                               .by = MOP_BY_BOTH,
                                               .failed_between = 30,
                                               .applicable_between = 9001},
                                              {.id = SV("new-rule"),
                                               .how = MOP_RULE_NEW,
                                               .failed_now = 5,
                                               .applicable_now = 100,
                                               .by = MOP_BY_RULES}};
static const struct mop_value_since values[] = {{.record = SV("lead"),
                                                 .field = SV("utm_source"),
                                                 .value = SV("<new>"),
                                                 .by = MOP_BY_DATA,
                                                 .count = 12},
                                                {.record = SV("lead"),
                                                 .field = SV("email"),
                                                 .value = SV("jane.roe@example.com"),
                                                 .personal = true,
                                                 .vanished = true,
                                                 .by = MOP_BY_RULES,
                                                 .count = 3},
                                                {.record = SV("lead"),
                                                 .field = SV("email"),
                                                 .value = SV(""),
                                                 .personal = true,
                                                 .by = MOP_BY_UNKNOWN,
                                                 .count = 2}};
#define COUNTED(of_what, of_name, was, of_was, is, of_is)                                          \
    {                                                                                              \
        .of = (of_what), .record = SV("lead"), .name = SV(of_name), .before = (was),               \
        .total_before = (of_was), .now = (is), .total_now = (of_is), .by = MOP_BY_DATA             \
    }
static const struct mop_count_since counts[] = {
    COUNTED(MOP_COUNT_RECORDS, "", 9000, 9000, 9240, 9240),
    COUNTED(MOP_COUNT_FILLED, "email", 8000, 9000, 7000, 9240),
    COUNTED(MOP_COUNT_STAGE, "funnel.mql", 100, 9000, 105, 9240)};
static struct mop_since since_of_test(void)
{
    return (struct mop_since){.run = MOP_SV("41"),
                              .at_us = INT64_C(1795240800000000),
                              .taxonomy_before = MOP_SV("acme 2026.10"),
                              .taxonomy_now = MOP_SV("acme 2026.11"),
                              .scores = scores,
                              .nscores = ROWS(scores),
                              .rules = rules,
                              .nrules = ROWS(rules),
                              .values = values,
                              .nvalues = ROWS(values),
                              .values_more = 7,
                              .counts = counts,
                              .ncounts = ROWS(counts)};
}

/* For run-html.sh, which looks at the page with a browser. */
static void keep(const struct mop_buf *b)
{
    const char *path = getenv("MOP_KEEP_PAGE");
    FILE *f = path ? fopen(path, "wb") : NULL;
    if (!f)
        return;
    assert_int_equal(fwrite(b->p, 1, b->n, f), b->n);
    fclose(f);
}

static void what_changed(void **state)
{
    static const char *const wanted[] = {
        "73.9 % of the money; last run: 74.5 % of the records", "last run 74.5 %</small>",
        "</small> <small class=\"b\">-0.6</small></td>",
        "<small class=\"f\">70.1 to 74.5 %</small>", "<title id=\"p",
        "Trend of Speed | to &lt;lead&gt;, records",
        "from 70.1 % to 73.9 % over 4 runs; lowest 70.1 %, highest 74.5 %; the rules became others "
        "1 time",
        "<line class=\"rules\" x1=\"", "A line across a trend",
        "What changed since run 41, 2026-11-21T06:00:00Z",
        "The rules changed: &#39;acme 2026.10&#39; then, &#39;acme 2026.11&#39; now.",
        /* records: by the exact shares, not by the floored score between */
        "<td data-label=\"of\">records</td><td class=\"n\" data-label=\"then\">74.5 %</td>"
        "<td class=\"n b\" data-label=\"by the data\">-1.4</td>"
        "<td class=\"n g\" data-label=\"by the rules\">+0.8</td>"
        "<td class=\"n\" data-label=\"now\"><b>73.9 %</b></td>",
        /* money: could not be split */
        "<td data-label=\"of\">money</td><td class=\"n\" data-label=\"then\">70.0 %</td>"
        "<td class=\"n\" data-label=\"by the data\">-</td>"
        "<td class=\"n\" data-label=\"by the rules\">-</td>",
        "field utm_source, of lead",
        "worse-rule</code></th><td class=\"b\">worse</td><td class=\"n\">10 of 9,000</td>"
        "<td class=\"n\">57 of 9,001</td><td>30 of 9,001 by the earlier rules</td>",
        "new-rule</code></th><td class=\"\">new</td><td class=\"n\">-</td>",
        "&lt;new&gt;</bdi></code></td><td>new</td><td class=\"n\">12</td><td>by the data</td>",
        "<td>vanished</td><td class=\"n\">3</td><td>by the rules</td>", "and 7 more values",
        "lead: records</th><td class=\"n\">9,000</td><td class=\"n\">9,240</td>",
        "lead.email: filled in</th><td class=\"n\">8,000 of 9,000: 88.8 %</td>"};
    struct model *m = model_create();
    struct mop_since since = since_of_test();
    (void)state;
    m->result.since = &since;
    memset(m->rules.digest, 'a', sizeof m->rules.digest - 1);
    struct mop_buf b = model_render(&mop_format_html, m, usual);
    for (size_t i = 0; i < ROWS(wanted); i++)
        expect_in(&b, wanted[i]);
    expect_not_in(&b, "There is no earlier run");
    expect_not_in(&b, "jane.roe");
    expect_in(&b, "(personal)</span></td><td>new</td><td class=\"n\">2</td>"
                  "<td>and the rules changed, too</td>");
    expect_not_in(&b, "field email, of lead"); /* it did not move */
    expect_not_in(&b, "funnel.mql");           /* not by a point */
    check_page(&b);
    keep(&b);
    mop_buf_release(&b);
    since.same_rules = true;
    since.unsplit = "the old rules are not kept";
    b = model_render(&mop_format_html, m, usual);
    expect_in(&b, "By the same rules: what moved, the data moved.");
    expect_in(&b, "cannot be told apart: the old rules are not kept");
    mop_buf_release(&b);
    model_free(m);
}

/* A gap in the line where a run has no score; one point is no line. */
static void sparkline_has_gaps(void **state)
{
    struct model *m = model_create();
    struct mop_since since = since_of_test();
    (void)state;
    m->result.since = &since;
    struct mop_buf b = model_render(&mop_format_html, m, usual);
    const char *path = strstr(b.p, "<path d=\"");
    assert_non_null(path);
    path += strlen("<path d=\"");
    size_t moves = 0, lines = 0;
    for (; *path != '"'; path++) {
        moves += *path == 'M';
        lines += *path == 'L';
    }
    assert_int_equal(moves, 2);
    assert_int_equal(lines, 1);
    mop_buf_release(&b);
    struct mop_score_since lone = scores[0];
    lone.trend = points + 1;
    lone.ntrend = 2;
    since.scores = &lone;
    since.nscores = 1;
    b = model_render(&mop_format_html, m, usual);
    expect_not_in(&b, "<path");
    mop_buf_release(&b);
    model_free(m);
}

/* ---- size ---- */

enum { MANY_RULES = 20000, MANY_VALUES = 65536, LONG = 4000 };

/* 20,000 rules with long hostile texts, one of them with 65,536 values. */
static void stays_small(void **state)
{
    struct model *m = model_create();
    struct mop_check *checks = mop_calloc(MANY_RULES, sizeof *checks);
    struct mop_check **all = mop_calloc(MANY_RULES, sizeof *all);
    struct mop_rule_tally *tallies = mop_calloc(MANY_RULES, sizeof *tallies);
    struct mop_rule_value *found = mop_calloc(MANY_VALUES, sizeof *found);
    struct mop_fix *fixes = mop_calloc(MANY_RULES, sizeof *fixes);
    struct mop_plan_step *steps = mop_calloc(MANY_RULES, sizeof *steps);
    struct mop_fixer *fixers = mop_calloc(MANY_RULES, sizeof *fixers);
    struct mop_suppression *suppressions = mop_calloc(MANY_RULES, sizeof *suppressions);
    struct mop_suppressed *suppressed = mop_calloc(MANY_RULES, sizeof *suppressed);
    char *text = mop_alloc(LONG + 1);
    (void)state;
    memset(text, '"', LONG);
    struct mop_sv name = mop_sv_of(text);
    for (size_t i = 0; i < MANY_VALUES; i++)
        found[i] = (struct mop_rule_value){.value = name, .proposal = name, .count = i + 1};
    for (size_t i = 0; i < MANY_RULES; i++) {
        checks[i] = m->alias;
        checks[i].index = i;
        checks[i].id = checks[i].message = checks[i].owner = checks[i].why = name;
        all[i] = &checks[i];
        tallies[i] = (struct mop_rule_tally){
            .applied = 9, .failed = 9, .values = found, .nvalues = i ? 9 : MANY_VALUES};
        fixes[i] = (struct mop_fix){&checks[i], MOP_SV("0.001"), MOP_SV("0.001"), MOP_SV("0.001"),
                                    MOP_SV("0.001")};
        steps[i] = (struct mop_plan_step){&checks[i], 9, 9, MOP_SURE_EXACT};
        fixers[i] = (struct mop_fixer){.name = name, .findings = 9, .records = 9};
        suppressions[i] = m->suppression;
        suppressions[i].rule = suppressions[i].reason = suppressions[i].by = name;
    }
    m->lead.checks = all;
    m->lead.nchecks = MANY_RULES;
    m->tally.rules_tally = tallies;
    m->tally.words = MANY_RULES / 64 + 1;
    m->tally.fixers = fixers;
    m->tally.nfixers = MANY_RULES;
    m->tally.suppressed = suppressed;
    m->type_result.fixes = fixes;
    m->type_result.nfixes = MANY_RULES;
    m->type_result.plan.steps = steps;
    m->type_result.plan.n = MANY_RULES;
    m->rules.suppressions = suppressions;
    m->rules.nsuppressions = MANY_RULES;
    m->report.decision =
        MOP_DECISION_SEND; /* the lift is of score/lift.h, which has its own test */
    struct mop_buf b = model_render(&mop_format_html, m, usual);
    assert_true(b.n < MOP_HTML_MAX);
    expect_in(&b, "and 19,9");
    expect_in(&b, "and 65,531 more values");
    expect_in(&b, "the page ends where it would be too large");
    expect_in(&b, "</html>\n");
    mop_buf_release(&b);
    free(checks), free(all), free(tallies), free(found), free(fixes), free(steps), free(fixers);
    free(suppressions), free(suppressed), free(text);
    model_free(m);
}

/* Thousands of record types: a heading for each would be too much already. */
static void many_types(void **state)
{
    enum { TYPES = 4000 };
    struct model *m = model_create();
    struct mop_type_result *types = mop_calloc(TYPES, sizeof *types);
    struct mop_report_result *reports = mop_calloc(TYPES, sizeof *reports);
    char *text = mop_alloc(LONG + 1);
    (void)state;
    memset(text, '&', LONG);
    m->lead.name = m->spec.name = m->spec.owner = m->fixer.name = mop_sv_of(text);
    add_signatures(m);
    for (size_t i = 0; i < TYPES; i++) {
        types[i] = m->type_result;
        reports[i] = m->report;
        reports[i].decision = MOP_DECISION_SEND;
    }
    m->result.types = types;
    m->result.reports = reports;
    m->result.ntypes = m->result.nreports = TYPES;
    struct mop_buf b = model_render(&mop_format_html, m, usual);
    assert_true(b.n < MOP_HTML_MAX);
    expect_in(&b, "</html>\n");
    expect_in(&b, "<li>and ");
    mop_buf_release(&b);
    free(types), free(reports), free(text);
    model_free(m);
}

/* A letter may carry any number of marks that take no column. */
static void marks_are_bounded(void **state)
{
    enum { MARKS = 100000 };
    struct model *m = model_create();
    char *text = mop_alloc(2 * MARKS + 2);
    (void)state;
    text[0] = 'a';
    for (size_t i = 0; i < MARKS; i++)
        memcpy(text + 1 + 2 * i, "\xCC\x81", 2);
    m->values[0].value = m->spec.name = m->rules.name = mop_sv_of(text);
    struct mop_buf b = model_render(&mop_format_html, m, usual);
    assert_true(b.n < 100000);
    check_page(&b);
    mop_buf_release(&b);
    free(text);
    model_free(m);
}

/* The same run, whatever order its records came in. */
static void same_bytes(void **state)
{
    struct model *m = model_create();
    struct mop_fixer two[2] = {m->fixer, {.name = MOP_SV("abel"), .lost = m->fixer.lost}};
    (void)state;
    add_signatures(m);
    m->tally.fixers = two;
    m->tally.nfixers = 2;
    struct mop_buf a = model_render(&mop_format_html, m, usual);
    struct mop_rule_value v = m->values[0];
    m->values[0] = m->values[2];
    m->values[2] = v;
    struct mop_fixer f = two[0];
    two[0] = two[1];
    two[1] = f;
    struct mop_buf b = model_render(&mop_format_html, m, usual);
    assert_int_equal(a.n, b.n);
    assert_memory_equal(a.p, b.p, a.n);
    mop_buf_release(&a);
    mop_buf_release(&b);
    model_free(m);
}

static int refuse(void *ctx, const char *p, size_t n, struct mop_err *e)
{
    (void)ctx, (void)p, (void)n;
    mop_err_set(e, 3, (struct mop_loc){0}, "the disk is full");
    return -1;
}

static void tells_a_refusal(void **state)
{
    struct model *m = model_create();
    struct mop_out out;
    struct mop_err e = {0};
    (void)state;
    mop_out_init(&out, refuse, NULL);
    assert_int_equal(mop_format_html.write(&m->result, &usual, &out, &e), -1);
    assert_int_equal(e.code, 3);
    assert_string_equal(e.msg, "the disk is full");
    mop_out_release(&out);
    model_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sections_in_order),     cmocka_unit_test(hostile_names),
        cmocka_unit_test(shows_values_if_asked), cmocka_unit_test(broken_off),
        cmocka_unit_test(what_changed),          cmocka_unit_test(sparkline_has_gaps),
        cmocka_unit_test(stays_small),           cmocka_unit_test(many_types),
        cmocka_unit_test(marks_are_bounded),     cmocka_unit_test(same_bytes),
        cmocka_unit_test(tells_a_refusal)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
