/* SPDX-License-Identifier: MIT */
#include "bench.h"
#include "rules/lifecycle.h"

/* Lifecycles from a snapshot: what each check says of a record. --now is 2026-11-22T06:00Z, a
 * Sunday. */

static const char yaml[] =
    "mopslint: 1\nname: t\ntimezone: Europe/Berlin\nblanks: ['', n/a]\n"
    "calendars: {office: {days: mon-fri, hours: '09:00-18:00'}}\n"
    "records:\n"
    "  lead:\n"
    "    fields:\n"
    "      stage:\n"
    "      created: {type: datetime}\n"
    "      mql_at: {type: datetime}\n"
    "      sql_at: {type: datetime}\n"
    "      closed: {type: date}\n"
    "      recycled: {type: datetime}\n"
    "      owner:\n"
    "      amount: {type: decimal}\n"
    "      reason:\n"
    "      source: {values: [partner, web]}\n"
    "lifecycles:\n"
    "  - id: lc\n"
    "    record: lead\n"
    "    field: stage\n"
    "    cycle: {restarted_at: recycled}\n"
    "    severities: {order: warning, requires.amount: warning}\n"
    "    stages:\n"
    "      - {name: lead, entered_at: created, aliases: [Lead]}\n"
    "      - {name: mql, label: MQL, entered_at: mql_at, requires: [source], sla: {next: 8h, "
    "calendar: office}}\n"
    "      - {name: known}\n"
    "      - {name: sql, entered_at: sql_at, requires: [owner], sla: {next: 3d}}\n"
    "      - {name: won, entered_at: closed, terminal: true, requires: [amount]}\n"
    "      - {name: lost, entered_at: closed, terminal: true, requires_here: [reason]}\n"
    "      - {name: junk, off_path: true, requires_here: [reason]}\n"
    "    skips:\n"
    "      - {from: lead, to: sql, when: {source: partner}}\n"
    "      - {from: lead, to: won}\n";

static void judged(void **state)
{
    (void)state;
    static const struct bench_row rows[] = {
        /* skipped */
        {"the first stage skips nothing", "stage=lead", "lead.lc.skipped", MOP_NA, NULL, NULL},
        {"all entered", "stage=sql|created=2026-01-01|mql_at=2026-01-02|sql_at=2026-01-03",
         "lead.lc.skipped", MOP_PASS, NULL, NULL},
        {"one was not", "stage=sql|created=2026-01-01|sql_at=2026-01-03|source=web",
         "lead.lc.skipped", MOP_FAIL, "is 'sql' and was never 'MQL' (no mql_at)", ""},
        {"two were not", "stage=sql|source=web", "lead.lc.skipped", MOP_FAIL,
         "is 'sql' and was never 'lead' (no created), 'MQL' (no mql_at)", NULL},
        {"a placeholder is no date", "stage=mql|created=n/a", "lead.lc.skipped", MOP_FAIL, NULL,
         NULL},
        {"its own date is not asked", "stage=mql|created=2026-01-01", "lead.lc.skipped", MOP_PASS,
         NULL, NULL},
        {"a legal skip", "stage=sql|created=2026-01-01|source=partner", "lead.lc.skipped", MOP_PASS,
         NULL, NULL},
        {"a legal skip by meant form", "stage=sql|created=2026-01-01|source=Partner",
         "lead.lc.skipped", MOP_PASS, NULL, NULL},
        {"a skip whose condition is unknown", "stage=sql|created=2026-01-01|source=zzz",
         "lead.lc.skipped", MOP_UNDECIDED, NULL, NULL},
        {"a skip from where it never was", "stage=sql|source=partner", "lead.lc.skipped", MOP_FAIL,
         NULL, NULL},
        {"a longer skip", "stage=won|created=2026-01-01|closed=2026-02-01", "lead.lc.skipped",
         MOP_PASS, NULL, NULL},
        {"a longer skip does not excuse a gap in a path that was walked",
         "stage=won|created=2026-01-01|mql_at=2026-01-02|closed=2026-02-01", "lead.lc.skipped",
         MOP_FAIL, "is 'won' and was never 'sql' (no sql_at)", NULL},
        {"a skip to an earlier stage that was passed",
         "stage=won|created=2026-01-01|sql_at=2026-01-05|source=partner", "lead.lc.skipped",
         MOP_PASS, NULL, NULL},
        {"terminal stages are alternatives",
         "stage=lost|created=2026-01-01|mql_at=2026-01-02|sql_at=2026-01-03|closed=2026-02-01|"
         "reason=x",
         "lead.lc.skipped", MOP_PASS, NULL, NULL},
        {"a refused date was a date", "stage=mql|created=yesterday", "lead.lc.skipped", MOP_PASS,
         NULL, NULL},
        {"a date of an earlier cycle counts as entered",
         "stage=mql|created=2025-01-01|recycled=2026-01-01", "lead.lc.skipped", MOP_PASS, NULL,
         NULL},
        {"off the path nothing is skipped", "stage=junk", "lead.lc.skipped", MOP_NA, NULL, NULL},
        {"no stage", "created=2026-01-01", "lead.lc.skipped", MOP_NA, NULL, NULL},
        {"an unknown stage", "stage=zzz", "lead.lc.skipped", MOP_UNDECIDED, NULL, NULL},
        {"by meant form", "stage=MQL", "lead.lc.skipped", MOP_FAIL, NULL, NULL},
        /* order */
        {"in order", "stage=sql|created=2026-01-01|mql_at=2026-01-02|sql_at=2026-01-03",
         "lead.lc.order", MOP_PASS, NULL, NULL},
        {"equal is in order", "stage=mql|created=2026-01-01|mql_at=2026-01-01", "lead.lc.order",
         MOP_PASS, NULL, NULL},
        {"out of order", "stage=sql|created=2026-01-01|mql_at=2026-01-05|sql_at=2026-01-03",
         "lead.lc.order", MOP_FAIL,
         "sql_at '2026-01-03' is before mql_at '2026-01-05': 'sql' comes after 'MQL'", ""},
        {"the predecessor is the last that was entered",
         "stage=sql|created=2026-01-05|sql_at=2026-01-03", "lead.lc.order", MOP_FAIL, NULL, NULL},
        {"a date against a time: by day",
         "stage=won|sql_at=2026-01-03T23:00:00+01:00|closed=2026-01-03", "lead.lc.order", MOP_PASS,
         NULL, NULL},
        {"one date", "stage=mql|mql_at=2026-01-05", "lead.lc.order", MOP_NA, NULL, NULL},
        {"of an earlier cycle: compared with nothing",
         "stage=mql|created=2026-02-01|mql_at=2025-01-01|recycled=2026-01-15", "lead.lc.order",
         MOP_NA, NULL, NULL},
        {"a refused date", "stage=mql|created=2026-02-01|mql_at=soon", "lead.lc.order",
         MOP_UNDECIDED, NULL, NULL},
        {"a refused date behind what is out of order",
         "stage=mql|created=2026-02-01|mql_at=2026-01-01|sql_at=soon", "lead.lc.order", MOP_FAIL,
         "mql_at '2026-01-01' is before created '2026-02-01': 'MQL' comes after 'lead'", NULL},
        {"a refused date between what is out of order",
         "stage=sql|created=2026-02-01|mql_at=soon|sql_at=2026-01-01", "lead.lc.order", MOP_FAIL,
         "sql_at '2026-01-01' is before created '2026-02-01': 'sql' comes after 'lead'", NULL},
        {"a refused date between what is in order",
         "stage=sql|created=2026-02-01|mql_at=soon|sql_at=2026-03-01", "lead.lc.order",
         MOP_UNDECIDED, NULL, NULL},
        {"a refused date that is the first",
         "stage=sql|created=soon|mql_at=2026-02-01|sql_at=2026-03-01", "lead.lc.order",
         MOP_UNDECIDED, NULL, NULL},
        {"nobody knows when the cycle began",
         "stage=mql|created=2026-02-01|mql_at=2026-01-01|recycled=soon", "lead.lc.order",
         MOP_UNDECIDED, NULL, NULL},
        {"a refused date that is not this stage's",
         "stage=sql|created=2026-01-01|sql_at=2026-01-05|closed=soon", "lead.lc.order", MOP_PASS,
         NULL, NULL},
        {"a refused date and no other", "stage=mql|mql_at=soon", "lead.lc.order", MOP_NA, NULL,
         NULL},
        {"a shared date counts for the own stage", "stage=sql|sql_at=2026-01-05|closed=2026-01-01",
         "lead.lc.order", MOP_NA, NULL, NULL},
        {"... and is compared there", "stage=lost|sql_at=2026-01-05|closed=2026-01-01",
         "lead.lc.order", MOP_FAIL, NULL, NULL},
        /* requires */
        {"its stage requires it", "stage=mql", "lead.lc.requires.source", MOP_FAIL,
         "source is empty, but 'MQL' requires it", ""},
        {"every later one, too", "stage=won", "lead.lc.requires.owner", MOP_FAIL,
         "owner is empty, but 'won' requires it", NULL},
        {"an earlier one does not", "stage=lead", "lead.lc.requires.source", MOP_NA, NULL, NULL},
        {"filled", "stage=won|owner=dana", "lead.lc.requires.owner", MOP_PASS, NULL, NULL},
        {"filled with a refused value", "stage=mql|source=zzz", "lead.lc.requires.source", MOP_PASS,
         NULL, NULL},
        {"of an end not for another end", "stage=lost", "lead.lc.requires.amount", MOP_NA, NULL,
         NULL},
        {"here", "stage=junk", "lead.lc.requires.reason", MOP_FAIL, NULL, NULL},
        {"here: two stages", "stage=lost", "lead.lc.requires.reason", MOP_FAIL, NULL, NULL},
        {"off the path nothing else", "stage=junk", "lead.lc.requires.owner", MOP_NA, NULL, NULL},
        {"no stage: nothing", "", "lead.lc.requires.owner", MOP_NA, NULL, NULL},
        {"an unknown stage", "stage=zzz", "lead.lc.requires.owner", MOP_UNDECIDED, NULL, NULL},
        /* sla */
        {"in time, over night",
         "stage=sql|mql_at=2026-03-02T17:00:00+01:00|sql_at=2026-03-03T16:00:00+01:00",
         "lead.lc.sla.mql", MOP_PASS, NULL, NULL},
        {"too late", "stage=sql|mql_at=2026-03-02T17:00:00+01:00|sql_at=2026-03-03T16:01:00+01:00",
         "lead.lc.sla.mql", MOP_FAIL, "was in 'MQL' for 8 h 01 min of business time, 8h are agreed",
         ""},
        {"too late by a second",
         "stage=sql|mql_at=2026-03-02T17:00:00+01:00|sql_at=2026-03-03T16:00:01+01:00",
         "lead.lc.sla.mql", MOP_FAIL,
         "was in 'MQL' for 8 h 00 min 01 s of business time, 8h are agreed", ""},
        {"it waits", "stage=mql|mql_at=2026-11-20T12:00:00+01:00", "lead.lc.sla.mql", MOP_PASS,
         NULL, NULL},
        {"it waits too long", "stage=mql|mql_at=2026-11-19T12:00:00+01:00", "lead.lc.sla.mql",
         MOP_FAIL, "waits in 'MQL' for 15 h 00 min of business time, 8h are agreed", NULL},
        {"a later stage ends it, too",
         "stage=won|mql_at=2026-03-02T10:00:00+01:00|closed=2026-03-02", "lead.lc.sla.mql",
         MOP_PASS, NULL, NULL},
        {"without a calendar every hour counts, and d is 24 h",
         "stage=won|sql_at=2026-03-02T10:00:00Z|closed=2026-03-05", "lead.lc.sla.sql", MOP_PASS,
         NULL, NULL},
        {"dates count days", "stage=won|sql_at=2026-03-02T23:00:00Z|closed=2026-03-07",
         "lead.lc.sla.sql", MOP_FAIL, "was in 'sql' for 4 days, 3d are agreed", NULL},
        {"never entered: no clock", "stage=sql|sql_at=2026-03-02", "lead.lc.sla.mql", MOP_NA, NULL,
         NULL},
        {"left, and the date of it is blank", "stage=sql|mql_at=2026-03-02", "lead.lc.sla.mql",
         MOP_NA, NULL, NULL},
        {"no stage and a refused date: no stage", "sql_at=soon", "lead.lc.sla.mql", MOP_NA, NULL,
         NULL},
        {"no start and a refused end: no start", "stage=sql|sql_at=soon", "lead.lc.sla.mql", MOP_NA,
         NULL, NULL},
        {"a refused end", "stage=sql|mql_at=2026-03-02|sql_at=soon", "lead.lc.sla.mql",
         MOP_UNDECIDED, NULL, NULL},
        {"a refused date behind the end, in time",
         "stage=sql|mql_at=2026-03-02T10:00:00+01:00|sql_at=2026-03-02T11:00:00+01:00|closed=soon",
         "lead.lc.sla.mql", MOP_PASS, NULL, NULL},
        {"a refused date behind the end, too late",
         "stage=won|mql_at=2026-03-02T10:00:00+01:00|sql_at=2026-03-06T11:00:00+01:00|closed=soon",
         "lead.lc.sla.mql", MOP_FAIL, NULL, NULL},
        {"a refused date before the start",
         "stage=mql|created=soon|mql_at=2026-11-20T12:00:00+01:00", "lead.lc.sla.mql", MOP_PASS,
         NULL, NULL},
        {"a refused start", "stage=sql|mql_at=soon|sql_at=2026-03-02", "lead.lc.sla.mql",
         MOP_UNDECIDED, NULL, NULL},
        {"nobody knows whether the clock is of this cycle",
         "stage=sql|mql_at=2026-03-02|sql_at=2026-03-03|recycled=soon", "lead.lc.sla.mql",
         MOP_UNDECIDED, NULL, NULL},
        {"off the path it does not wait", "stage=junk|mql_at=2026-03-02", "lead.lc.sla.mql", MOP_NA,
         NULL, NULL},
        {"out of order is not told twice", "stage=sql|mql_at=2026-03-05|sql_at=2026-03-02",
         "lead.lc.sla.mql", MOP_NA, NULL, NULL},
        {"a clock of an earlier cycle", "stage=mql|mql_at=2025-03-05|recycled=2026-01-01",
         "lead.lc.sla.mql", MOP_NA, NULL, NULL},
    };
    struct bench b;
    bench_open(&b, yaml);
    bench_rows(&b, rows, ROWS(rows));
    bench_close(&b);
}

/* Where `requires` names the blank date, only it is told. */
static void required_date(void **state)
{
    (void)state;
    static const struct bench_row rows[] = {
        {"requires tells it", "s=b|b_at=2026-01-01", "lead.lc.requires.a_at", MOP_FAIL, NULL, NULL},
        {"skipped does not", "s=b|b_at=2026-01-01", "lead.lc.skipped", MOP_NA, NULL, NULL},
    };
    struct bench b;
    bench_open(&b, "mopslint: 1\nname: t\n"
                   "records: {lead: {fields: {s: , a_at: {type: date}, b_at: {type: date}}}}\n"
                   "lifecycles: [{id: lc, record: lead, field: s, stages: [{name: a, entered_at: "
                   "a_at}, {name: b, entered_at: b_at, requires: [a_at]}]}]\n");
    bench_rows(&b, rows, ROWS(rows));
    bench_close(&b);
}

/* Whichever stage the shared date is of, it was entered before what follows them all. */
static void shared_dates(void **state)
{
    (void)state;
    static const struct bench_row rows[] = {
        {"all that share it come before", "s=mql|create_date=2026-02-01|mql_at=2026-01-01",
         "lead.lc.order", MOP_FAIL,
         "mql_at '2026-01-01' is before create_date '2026-02-01': 'mql' comes after 'lead'", ""},
        {"in order", "s=mql|create_date=2026-01-01|mql_at=2026-02-01", "lead.lc.order", MOP_PASS,
         NULL, NULL},
        {"from beside the path", "s=junk|create_date=2026-02-01|mql_at=2026-01-01", "lead.lc.order",
         MOP_FAIL, NULL, NULL},
        {"of the own stage", "s=lead|create_date=2026-02-01|mql_at=2026-01-01", "lead.lc.order",
         MOP_FAIL, NULL, NULL},
        {"one before, one behind: it may be either",
         "s=won|try_at=2026-01-01|sql_at=2026-02-01|closed=2026-03-01", "lead.lc.order", MOP_PASS,
         NULL, NULL},
        {"but what follows both is told",
         "s=won|sql_at=2026-02-01|try_at=2026-04-01|closed=2026-03-01", "lead.lc.order", MOP_FAIL,
         "closed '2026-03-01' is before try_at '2026-04-01': 'won' comes after 'opp'", ""},
        {"and what comes before both", "s=won|create_date=2026-02-01|try_at=2026-01-01",
         "lead.lc.order", MOP_FAIL,
         "try_at '2026-01-01' is before create_date '2026-02-01': 'try' comes after 'lead'", ""},
        {"not yet there: it is of the one before", "s=sql|try_at=2026-02-01|sql_at=2026-01-01",
         "lead.lc.order", MOP_FAIL, NULL, NULL},
        {"an end that is still a plan", "s=sql|sql_at=2026-02-01|closed=2026-01-01",
         "lead.lc.order", MOP_NA, NULL, NULL},
        {"skipped cannot tell which", "s=mql", "lead.lc.skipped", MOP_NA, NULL, NULL},
    };
    struct bench b;
    bench_open(&b, "mopslint: 1\nname: t\n"
                   "records: {lead: {fields: {s: , create_date: {type: date}, mql_at: {type: date},"
                   " try_at: {type: date}, sql_at: {type: date}, closed: {type: date}}}}\n"
                   "lifecycles: [{id: lc, record: lead, field: s, stages: [{name: subscriber, "
                   "entered_at: create_date}, {name: lead, entered_at: create_date}, {name: mql, "
                   "entered_at: mql_at}, {name: try, entered_at: try_at}, {name: sql, entered_at: "
                   "sql_at}, {name: opp, entered_at: try_at}, {name: won, terminal: true, "
                   "entered_at: closed}, {name: lost, terminal: true, entered_at: closed}, {name: "
                   "junk, off_path: true}]}]\n");
    bench_rows(&b, rows, ROWS(rows));
    bench_close(&b);
}

static void compiled(void **state)
{
    (void)state;
    static const struct {
        const char *suffix;
        enum mop_severity severity;
        enum mop_dimension dimension;
    } want[] = {
        {"skipped", MOP_SEV_ERROR, MOP_DIM_CONSISTENCY},
        {"order", MOP_SEV_WARNING, MOP_DIM_CONSISTENCY},
        {"requires.source", MOP_SEV_ERROR, MOP_DIM_COMPLETENESS},
        {"requires.owner", MOP_SEV_ERROR, MOP_DIM_COMPLETENESS},
        {"requires.amount", MOP_SEV_WARNING, MOP_DIM_COMPLETENESS},
        {"requires.reason", MOP_SEV_ERROR, MOP_DIM_COMPLETENESS},
        {"sla.mql", MOP_SEV_WARNING, MOP_DIM_TIMELINESS},
        {"sla.sql", MOP_SEV_WARNING, MOP_DIM_TIMELINESS},
    };
    struct bench b;
    bench_open(&b, yaml);
    const struct mop_lifecycle *l = b.record->lifecycles[0];
    assert_int_equal(l->nchecks, ROWS(want));
    for (size_t i = 0; i < ROWS(want); i++) {
        char id[64];
        snprintf(id, sizeof id, "lead.lc.%s", want[i].suffix);
        check_text(id, l->checks[i].suffix, mop_sv_of(want[i].suffix));
        const struct mop_check *c = bench_check(&b, id);
        assert_int_equal(c->severity, want[i].severity);
        assert_int_equal(c->dimension, want[i].dimension);
        assert_int_equal(c->role, MOP_CHECK_STAGE);
        assert_ptr_equal(c->assert_->test->fields[0], l->field);
    }
    assert_int_equal(l->ndates, 4); /* won and lost share one */
    assert_true(mop_stage_precedes(&l->stages[0], &l->stages[4]));
    assert_false(mop_stage_precedes(&l->stages[4], &l->stages[5]));
    assert_false(mop_stage_precedes(&l->stages[0], &l->stages[6]));
    bench_close(&b);
}

static void faults(void **state)
{
    (void)state;
    static const struct {
        const char *row, *lifecycle, *said;
    } T[] = {
        {"an untyped date", "stages: [{name: a, entered_at: text}]",
         "a lifecycle compares dates, but 'text' is text"},
        {"an unknown field", "stages: [{name: a, entered_at: at2}]", "no field 'at2'"},
        {"an unknown required field", "stages: [{name: a, requires: [nope]}]", "no field 'nope'"},
        {"a skip backwards", "stages: [{name: a}, {name: b}], skips: [{from: b, to: a}]",
         "a skip goes forward on the path"},
        {"a skip of an unknown stage", "stages: [{name: a}, {name: b}], skips: [{from: a, to: c}]",
         "'c' is no stage of this lifecycle"},
        {"an sla without a date", "stages: [{name: a, sla: {next: 8h}}]",
         "an sla counts from 'entered_at'"},
        {"an unknown calendar", "stages: [{name: a, entered_at: at, sla: {next: 8h, calendar: x}}]",
         "there is no calendar 'x'"},
        {"an sla of no time", "stages: [{name: a, entered_at: at, sla: {next: soon}}]",
         "'soon' is no length of time"},
        {"a cycle without a date", "stages: [{name: a}], cycle: {at: at}", "unknown key 'at'"},
        {"severity of no check", "stages: [{name: a}], severities: {skiped: warning}",
         "this lifecycle has no check 'skiped'"},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        struct rules r;
        char text[600];
        snprintf(
            text, sizeof text,
            "mopslint: 1\nname: t\nrecords: {lead: {fields: {s: , at: {type: date}, text: }}}\n"
            "lifecycles: [{id: lc, record: lead, field: s, %s}]\n",
            T[i].lifecycle);
        rules_begin(&r);
        rules_file(&r, "rules.yaml", text, true);
        CHECK(T[i].row, !rules_load(&r));
        if (!strstr(rules_said(&r), T[i].said))
            fail_msg("%s: want '%s' in\n%s", T[i].row, T[i].said, rules_said(&r));
        rules_end(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(judged), cmocka_unit_test(required_date),
                                       cmocka_unit_test(shared_dates), cmocka_unit_test(compiled),
                                       cmocka_unit_test(faults)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
