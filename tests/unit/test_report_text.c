/* SPDX-License-Identifier: MIT */
#include "test_report_model.h"
#include "base/utf8.h"
#include "report/shown.h"

extern const struct mop_format mop_format_text, mop_format_markdown;

/* Every line: its width, and what a terminal or a CI runner would make of it. */
static void check_lines(const struct mop_buf *b, size_t width)
{
    struct mop_sv rest = mop_buf_view(b), line;
    while (mop_sv_next(&rest, '\n', &line)) {
        if (mop_utf8_width(line) > width)
            fail_msg("%zu columns: %.*s", mop_utf8_width(line), MOP_SV_ARG(line));
        if (mop_sv_starts(mop_sv_trim(line), MOP_SV("::")) || (line.n && line.p[line.n - 1] == ' '))
            fail_msg("bad line: '%.*s'", MOP_SV_ARG(line));
        assert_int_equal(mop_utf8_check(line), line.n);
    }
}

static void fits_and_is_safe(void **state)
{
    static const unsigned widths[] = {0, 10, 80, 93, 120, 500};
    static const size_t want[] = {100, 80, 80, 93, 120, 120};
    (void)state;
    struct model *m = model_create();
    m->need_result.rules = (const struct mop_check *[]){&m->alias};
    m->need_result.nrules = 1;
    m->spec.name = MOP_SV("::warning::a report with a name that is far too long for any table of "
                          "any width whatsoever, so there");
    m->alias.message = MOP_SV("one ::error:: ::add-mask:: two");
    for (size_t i = 0; i < 2 * ROWS(widths); i++) {
        struct mop_format_options o = {.width = widths[i / 2], .full = i % 2};
        struct mop_buf b = model_render(&mop_format_text, m, o);
        check_lines(&b, want[i / 2]);
        expect_not_in(&b, "\x1b");
        expect_not_in(&b, "##[");
        mop_buf_release(&b);
    }
    model_free(m);
}

/* The order of the first screen. */
static void sections_in_order(void **state)
{
    static const char *const order[] = {"HOLD: 1 of 1 report should not be sent",
                                        "report misses its target",
                                        "What was judged",
                                        "Can we report on it?",
                                        "Do this first",
                                        "What was not judged",
                                        "12 of 9,240 lead records were taken out",
                                        "Judged, and to be kept in mind",
                                        "4 findings are suppressed",
                                        "Rules by what they cost",
                                        "Checks of the data",
                                        "Who has what to repair",
                                        "The figures of lead records",
                                        "Where to look",
                                        "What the words mean",
                                        "Verdict",
                                        "FAIL, exit status 1"};
    (void)state;
    struct model *m = model_create();
    struct mop_buf b = model_render(&mop_format_text, m, (struct mop_format_options){.full = true});
    assert_true(mop_sv_starts(mop_buf_view(&b), mop_sv_of(order[0]))); /* the very first line */
    const char *at = b.p;
    for (size_t i = 0; i < ROWS(order); i++) {
        const char *found = strstr(at, order[i]);
        if (!found)
            fail_msg("'%s' is missing or too early:\n%s", order[i], b.p);
        at = found;
    }
    mop_buf_release(&b);
    model_free(m);
}

static void what_it_says(void **state)
{
    static const char *const lines[] = {
        "lead.amount EUR  9,228,000", /* which money */
        "73.9 %",                     /* 6828 of 9228: 73.99 is floored */
        "2,400,000",                  /* what is not clean */
        "fewer than 100 records: too few to be sure",
        "leads.csv has no column for lead.utm_source: its checks fail or cannot be told; the "
        "nearest",
        "campaign-exists was not judged: --without campaign",
        "4 findings are suppressed until 2026-12-31 (being repaired, dana)",
        "dana repairs 19 records (those of leads.csv only lack the column 'utm_source'): at most",
        "2,172,000 EUR becomes clean, from 73.9 % to at most 97.5 % of all",
        "see leads.csv:17 (L-17) [lead.utm_source.alias]",
        "write 'linkedin'",
        "j***@example.com",
    };
    (void)state;
    struct model *m = model_create();
    struct mop_buf b = model_render(&mop_format_text, m, (struct mop_format_options){.full = true});
    for (size_t i = 0; i < ROWS(lines); i++)
        expect_in(&b, lines[i]);
    expect_not_in(&b, "jane.roe");
    expect_not_in(&b, "john.doe");
    expect_not_in(&b, "ccuracy");
    mop_buf_release(&b);
    model_free(m);
}

/* The top line says what to do with the reports. */
static void verdict_first(void **state)
{
    static const struct {
        int decision;
        enum mop_status status;
        const char *want, *cell;
    } rows[] = {
        {MOP_DECISION_HOLD, MOP_RUN_FAIL, "HOLD: 1 of 1 report should not be sent\n", "  HOLD "},
        {MOP_DECISION_SEND, MOP_RUN_PASS, "SEND: 1 of 1 report met its target\n", "  send "},
        {MOP_DECISION_SEND, MOP_RUN_FAIL, "FAIL: the data falls short of what was asked\n",
         "  send "},
        {MOP_DECISION_NONE, MOP_RUN_FAIL,
         "FAIL: the data falls short of what was asked; 1 cannot be told: no target set\n",
         "  cannot be told "},
        {MOP_DECISION_NONE, MOP_RUN_PASS,
         "PASS: nothing that was asked is missed; 1 cannot be told: no target set\n",
         "nobody said how clean is clean enough for 'Speed | to <lead>': set 'target:' there"},
    };
    (void)state;
    struct model *m = model_create();
    for (size_t i = 0; i < ROWS(rows); i++) {
        m->report.decision = rows[i].decision;
        m->result.status = rows[i].status;
        struct mop_buf b = model_render(&mop_format_text, m, (struct mop_format_options){0});
        if (!mop_sv_starts(mop_buf_view(&b), mop_sv_of(rows[i].want)))
            fail_msg("want %sgot %.70s", rows[i].want, b.p);
        expect_in(&b, rows[i].cell);
        mop_buf_release(&b);
    }
    model_free(m);
}

/* A step names the reports that count its rule; where none does, nothing is said. */
static void steps_lift_reports(void **state)
{
    (void)state;
    struct model *m = model_create();
    const uint64_t fails = UINT64_C(1) << m->alias.index, within = UINT64_C(1) << m->need.index;
    const uint64_t none = 0;
    uint64_t mask = fails, *masks[] = {&mask};
    const struct {
        const struct mop_check *counted;
        const uint64_t *member; /* needs that hold the records that fail */
        const char *want;
    } T[] = {{&m->type, &within, "of all lead.amount; for no report; see"},
             {&m->alias, &none, "of all lead.amount; for no report; see"},
             {&m->alias, &within, "of all lead.amount; lifts Speed |"}};
    for (size_t i = 0; i < ROWS(T); i++) {
        const uint8_t classes[1] = {0};
        mop_i128 weight[1] = {0};
        struct mop_signature s = {.fail = &fails,
                                  .undecided = &none,
                                  .suppressed = &none,
                                  .member = T[i].member,
                                  .unknown = &none,
                                  .applied = T[i].member,
                                  .checked = T[i].member,
                                  .assessed = true,
                                  .classes = classes,
                                  .records = 1,
                                  .weight = weight};
        const struct mop_check *rules[] = {T[i].counted};
        m->tally.signatures = &s;
        m->tally.nsignatures = 1;
        m->tally.words = 1;
        m->tally.need_mask = masks;
        m->tally.error_mask = &mask;
        m->need_result.rules = rules;
        m->need_result.nrules = 1;
        struct mop_buf b =
            model_render(&mop_format_text, m, (struct mop_format_options){.width = 120});
        expect_in(&b, T[i].want);
        mop_buf_release(&b);
    }
    model_free(m);
}

/* Without --full what a screen or two hold, and where the rest is. */
static void short_form(void **state)
{
    (void)state;
    struct model *m = model_create();
    struct mop_buf b = model_render(&mop_format_text, m, (struct mop_format_options){0});
    expect_in(&b, "lead.utm_source.alias  utm_source goes by another name");
    expect_in(&b, "1 of 1 passed");
    expect_in(&b, "More with --full");
    expect_in(&b, "HOLD: do not send it");
    expect_not_in(&b, "The figures of lead records");
    expect_not_in(&b, "Where to look");
    expect_not_in(&b, "strict");
    mop_buf_release(&b);
    model_free(m);
}

static void colours_only_if_asked(void **state)
{
    (void)state;
    struct model *m = model_create();
    struct mop_buf b =
        model_render(&mop_format_text, m, (struct mop_format_options){.color = true});
    expect_in(&b, "\x1b[31mHOLD\x1b[0m");
    expect_not_in(&b, "\x1b[31m|"); /* the data's own */
    mop_buf_release(&b);
    model_free(m);
}

static void partial_is_loud(void **state)
{
    (void)state;
    struct model *m = model_create();
    model_break(m);
    struct mop_buf b = model_render(&mop_format_text, m, (struct mop_format_options){0});
    assert_true(mop_sv_starts(mop_sv_trim(mop_buf_view(&b)),
                              MOP_SV("PARTIAL: the data was not read whole")));
    expect_in(&b, "leads.csv broke off in line 4711, after 9,240 records: a quote opened here is "
                  "never closed");
    expect_not_in(&b, "73.9");
    expect_not_in(&b, "97.5");
    expect_in(&b, "PARTIAL, exit status 3");
    mop_buf_release(&b);
    model_free(m);
}

static void markdown_cannot_be_steered(void **state)
{
    (void)state;
    struct model *m = model_create();
    m->left_out.reason = MOP_SV("@dana #12 www.example.com http://x <script>");
    m->suppression.reason = MOP_SV("[a](b) | `c` *d* &amp;");
    m->alias.message = MOP_SV("# 1. heading\n- item");
    struct mop_buf b = model_render(&mop_format_markdown, m, (struct mop_format_options){0});
    expect_in(&b, "Speed \\| to &lt;lead&gt;");
    expect_in(&b,
              "@&#8203;dana \\#&#8203;12 www.&#8203;example.com http:&#8203;//x &lt;script&gt;");
    expect_in(&b, "\\[a\\](b) \\| \\`c\\` \\*d\\* &amp;amp;");
    expect_not_in(&b, "<script>");
    expect_not_in(&b, "|  |  |"); /* a table without a head is a list */
    expect_in(&b, "\n- leads.csv, 9,240, lead records, by file name\n");
    expect_not_in(&b, "\n&#8203;--full");
    expect_not_in(&b, "\n- item");
    expect_in(&b, "FAIL, exit status 1");
    mop_buf_release(&b);
    model_free(m);
}

static void numbers(void **state)
{
    static const struct {
        mop_i128 v;
        const char *want;
    } money[] = {
        /* whole units from 1,000 on */
        {(mop_i128)1234567 * MOP_UNIT + 499999, "1,234,567 EUR"},
        {(mop_i128)1234567 * MOP_UNIT + 500000, "1,234,568 EUR"},
        {(mop_i128)999 * MOP_UNIT + 994999, "999.99 EUR"},
        {(mop_i128)999 * MOP_UNIT + 999999, "1,000 EUR"},
        {1, "0.01 EUR"},
        {0, "0 EUR"},
        {12 * MOP_UNIT + 50000, "12.05 EUR"},
    };
    struct mop_arena a;
    (void)state;
    mop_arena_init(&a);
    for (size_t i = 0; i < ROWS(money); i++)
        check_text(money[i].want, mop_shown_money(&a, money[i].v, "EUR"), mop_sv_of(money[i].want));
    check_text("count", mop_shown_count(&a, 1234567), MOP_SV("1,234,567"));
    check_text("small", mop_shown_count(&a, 12), MOP_SV("12"));
    check_text("tenths", mop_shown_tenths(&a, 1000), MOP_SV("100.0"));
    check_text("none", mop_shown_tenths(&a, -1), MOP_SV("none"));
    check_text("marker", mop_shown_text(&a, MOP_SV("a ##vso[x] ##[y]"), SIZE_MAX),
               MOP_SV("a #\\x23vso[x] #\\x23[y]"));
    mop_arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(fits_and_is_safe),
                                       cmocka_unit_test(sections_in_order),
                                       cmocka_unit_test(what_it_says),
                                       cmocka_unit_test(colours_only_if_asked),
                                       cmocka_unit_test(verdict_first),
                                       cmocka_unit_test(short_form),
                                       cmocka_unit_test(steps_lift_reports),
                                       cmocka_unit_test(partial_is_loud),
                                       cmocka_unit_test(markdown_cannot_be_steered),
                                       cmocka_unit_test(numbers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
