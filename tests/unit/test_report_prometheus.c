/* SPDX-License-Identifier: MIT */
#include "test_report_model.h"
#include "report/prometheus.h"
#include <unistd.h>

extern const struct mop_format mop_format_prometheus;

static void has(const struct mop_buf *b, const char *line)
{
    if (!strstr(b->p, line))
        fail_msg("no '%s' in\n%s", line, b->p);
}

static void hasnt(const struct mop_buf *b, const char *text)
{
    if (strstr(b->p, text))
        fail_msg("'%s' in\n%s", text, b->p);
}

/* What a label may hold: anything, escaped; bytes that are no UTF-8 would void the whole file. */
static void labels_are_escaped(void **state)
{
    (void)state;
    struct model *m = model_create();
    m->spec.name = MOP_SV("a\"b\\c\nd\xFF\xC3\xA9} 1");
    struct mop_buf b = model_render(&mop_format_prometheus, m, (struct mop_format_options){0});
    has(&b,
        "\nmopslint_report_on_hold{dataset=\"acme\",report=\"a\\\"b\\\\c\\nd\xEF\xBF\xBD\xC3\xA9} "
        "1\"} 1\n");
    mop_buf_release(&b);
    model_free(m);
}

/* Values, keys, addresses: in no label, whatever is to be shown. */
static void nothing_of_the_data(void **state)
{
    static const char *const texts[] = {"example.com", "L-17",     "fb",
                                        "leads.csv",   "linkedin", "boss@"};
    (void)state;
    struct model *m = model_create();
    m->result.show_values = true;
    m->spec.owner = MOP_SV("boss@acme.example");
    struct mop_buf b = model_render(&mop_format_prometheus, m, (struct mop_format_options){0});
    for (size_t i = 0; i < ROWS(texts); i++)
        hasnt(&b, texts[i]);
    has(&b, ",owner=\"\"} 1\n");
    mop_buf_release(&b);
    model_free(m);
}

static void shares_are_floored(void **state)
{
    (void)state;
    struct model *m = model_create();
    m->type_result.overall.records = (struct mop_score){NULL, 9999999999, 10000000000, 0};
    m->type_result.overall.value =
        (struct mop_score){NULL, MOP_I128_MAX - 1, MOP_I128_MAX, 0}; /* no room for a product */
    struct mop_buf b = model_render(&mop_format_prometheus, m, (struct mop_format_options){0});
    has(&b, "mopslint_score_ratio{dataset=\"acme\",record=\"lead\",basis=\"records\"} 0.999999\n");
    hasnt(&b, "mopslint_score_ratio{dataset=\"acme\",record=\"lead\",basis=\"value\"} 1.0");
    mop_buf_release(&b);
    model_free(m);
}

/* What was not read whole has no figure, and says that it was not. */
static void partial_tells_that_it_is(void **state)
{
    (void)state;
    struct model *m = model_create();
    model_break(m);
    struct mop_buf b = model_render(&mop_format_prometheus, m, (struct mop_format_options){0});
    has(&b, "mopslint_exit_code{dataset=\"acme\"} 3\n");
    has(&b, "mopslint_sources{dataset=\"acme\",state=\"incomplete\"} 1\n");
    has(&b, "mopslint_last_complete_run_timestamp_seconds{dataset=\"acme\"} 0\n");
    hasnt(&b, "_score_ratio{");
    hasnt(&b, "_records{");
    hasnt(&b, "mopslint_findings");
    mop_buf_release(&b);
    model_free(m);
}

/* Of more rules than a collector should be given: those that found most, in their order. */
static void rules_are_bounded(void **state)
{
    enum { MANY = 1500 };
    (void)state;
    struct model *m = model_create();
    struct mop_check *checks = mop_calloc(MANY, sizeof *checks),
                     **list = mop_calloc(MANY, sizeof *list);
    struct mop_rule_tally *counts = mop_calloc(MANY, sizeof *counts);
    char(*ids)[16] = mop_calloc(MANY, sizeof *ids);
    for (size_t i = 0; i < MANY; i++) {
        snprintf(ids[i], sizeof ids[i], "r-%zu", i);
        checks[i] = m->alias;
        checks[i].index = i;
        checks[i].id = mop_sv_of(ids[i]);
        list[i] = &checks[i];
        counts[i].applied = 10;
    }
    counts[1400].failed = 1;
    counts[1499].undecided = 2;
    m->lead.checks = list;
    m->lead.nchecks = MANY;
    m->tally.rules_tally = counts;
    struct mop_buf b = model_render(&mop_format_prometheus, m, (struct mop_format_options){0});
    has(&b, "rule=\"r-1400\",severity=\"error\"} 1\n");
    has(&b, "rule=\"r-1499\",severity=\"error\"} 2\n");
    has(&b, "rule=\"r-997\",");
    hasnt(&b, "rule=\"r-998\",");
    has(&b, "mopslint_rules_left_out{dataset=\"acme\"} 500\n");
    mop_buf_release(&b);
    free(checks), free(list), free(counts), free(ids);
    model_free(m);
}

static void dataset_by_file(void **state)
{
    static const struct {
        const char *path, *want;
    } rows[] = {{"/var/lib/node/crm.prom", "crm"},
                {"crm.prom", "crm"},
                {"a.b/crm", "crm"},
                {".prom", ".prom"},
                {"x.prom.tmp", "x.prom.tmp"}};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        check_text(rows[i].path, mop_prometheus_dataset(rows[i].path), mop_sv_of(rows[i].want));
}

#define C "mopslint_last_complete_run_timestamp_seconds"
#define HELP "# HELP mopslint_last_run_timestamp_seconds x\n"

/* The file may be anybody's by now. */
static void earlier_file(void **state)
{
    static const struct {
        const char *comment, *text;
        bool ours;
        int64_t complete_us;
    } rows[] = {
        {"as written", HELP C "{dataset=\"n\"} 1795327200.5\n", true, 1795327200500000},
        {"a dataset with blanks and braces", HELP C "{dataset=\"a {b} 7 c\"} 42\n", true, 42000000},
        {"cut off", HELP C "{dataset=\"n\"} ", true, 0},
        {"cut off before", HELP C "{dataset", true, 0},
        {"no number", HELP C "{dataset=\"n\"} 1e9\n", true, 0},
        {"below zero", HELP C "{dataset=\"n\"} -5\n", true, 0},
        {"beyond time", HELP C "{dataset=\"n\"} 99999999999999999\n", true, 0},
        {"another name", HELP C "_x{dataset=\"n\"} 5\n", true, 0},
        {"empty", "", true, 0},
        {"somebody else's", "id,source\n" C "{dataset=\"n\"} 5\n", false, 0},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        char path[] = "/tmp/mopslint-prom-XXXXXX";
        int fd = mkstemp(path);
        assert_true(fd >= 0);
        assert_int_equal(write(fd, rows[i].text, strlen(rows[i].text)), strlen(rows[i].text));
        close(fd);
        struct mop_prometheus_run run = {0};
        check_true(rows[i].comment, mop_prometheus_earlier(path, &run) == rows[i].ours, "ours");
        check_true(rows[i].comment, run.complete_us == rows[i].complete_us, "complete_us");
        unlink(path);
    }
    struct mop_prometheus_run run = {0};
    assert_true(mop_prometheus_earlier("/nowhere/at.all", &run));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_are_escaped), cmocka_unit_test(nothing_of_the_data),
        cmocka_unit_test(shares_are_floored), cmocka_unit_test(partial_tells_that_it_is),
        cmocka_unit_test(rules_are_bounded),  cmocka_unit_test(dataset_by_file),
        cmocka_unit_test(earlier_file)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
