/* SPDX-License-Identifier: MIT */
#include "bench.h"
#include "score/result.h"
#include <stdlib.h>

/* Lifecycle figures of a few records, worked out by hand. --now is 2026-11-22T06:00Z, a Sunday, so
 * the last seven days begin on the 15th at 07:00 in Berlin. */

static const char yaml[] =
    "mopslint: 1\nname: t\ntimezone: Europe/Berlin\nscore: {cohorts: [7d, 90d]}\n"
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
    "lifecycles:\n"
    "  - id: lc\n"
    "    record: lead\n"
    "    field: stage\n"
    "    cycle: {restarted_at: recycled}\n"
    "    stages:\n"
    "      - {name: lead, entered_at: created, aliases: [New]}\n"
    "      - {name: mql, entered_at: mql_at, sla: {next: 8h, calendar: office}}\n"
    "      - {name: sql, entered_at: sql_at}\n"
    "      - {name: known}\n"
    "      - {name: won, entered_at: closed, terminal: true}\n"
    "      - {name: lost, entered_at: closed, terminal: true}\n"
    "      - {name: junk, off_path: true}\n";

enum { LEAD, MQL, SQL, KNOWN, WON, LOST, JUNK };

static const char *const records[] = {
    /* whole days: 1, 2 and 4 from lead to mql; office hours from mql on */
    "stage=sql|created=2026-10-01|mql_at=2026-10-02T10:00|sql_at=2026-10-02T12:30",
    "stage=sql|created=2026-10-05|mql_at=2026-10-07T17:00|sql_at=2026-10-08T16:00", /* 8 h */
    "stage=won|created=2026-09-01|mql_at=2026-09-05T12:00|sql_at=2026-09-07T18:30|closed=2026-09-"
    "30",
    /* by meant form; waiting; the clock of the second is beyond its 8 hours */
    "stage=New|created=2026-11-15T07:00",
    "stage=mql|created=2026-11-20|mql_at=2026-11-20T12:00",
    "stage=mql|created=2026-11-14|mql_at=2026-11-18T12:00",
    /* out of order; back; off the path; the next stage has no date; nor has its own */
    "stage=mql|created=2026-11-10|mql_at=2026-11-09",
    "stage=lead|mql_at=2026-08-03",
    "stage=junk|created=2024-01-01",
    "stage=known|created=2025-01-01|sql_at=2025-01-03T12:00",
    "stage=lost|sql_at=2026-01-05",
    /* not readable: it was entered, nobody knows when */
    "stage=mql|created=2026-11-01|mql_at=soon",
    /* of an earlier cycle, and of one that cannot be told */
    "stage=mql|created=2025-01-01|mql_at=2026-11-20T17:00|recycled=2026-06-01",
    "stage=lead|created=2026-11-01|recycled=soon",
    /* no stage, an unknown one */
    "created=2026-11-01",
    "stage=boss|created=2026-11-01",
};

struct run {
    struct bench b;
    struct mop_funnel f;
    struct mop_result r;
};

static void count(struct run *x, const char *record)
{
    struct mop_entry entries[64];
    struct mop_entry *list[64];
    memset(entries, 0, sizeof entries);
    mop_arena_reset(&x->b.scratch);
    bench_record(&x->b, record);
    for (size_t i = 0; i < x->b.record->nfields; i++) {
        entries[i].v = x->b.values[i];
        list[i] = &entries[i];
    }
    mop_funnel_record(&x->f, list);
}

static struct run *open_run(const char *text)
{
    struct run *x = mop_alloc(sizeof *x);
    bench_open(&x->b, text);
    mop_funnel_init(&x->f, x->b.record->lifecycles[0], x->b.rs);
    mop_arena_init(&x->r.arena);
    x->r.rules = x->b.rs;
    return x;
}

static const struct mop_lifecycle_result *finish(struct run *x)
{
    mop_result_lifecycles(&x->r, &x->f, 1);
    return &x->r.lifecycles[0];
}

static void close_run(struct run *x)
{
    mop_result_release(&x->r);
    mop_funnel_release(&x->f);
    bench_close(&x->b);
    free(x);
}

/* Everything that reports can show, as text. */
static void print_flow(struct mop_buf *b, const struct mop_flow_result *w, size_t nstages)
{
    const struct mop_flow *n = &w->counts;
    mop_buf_printf(b, "%.*s came %d on %d waits %d left %d undated %d disorder %d to",
                   MOP_SV_ARG(w->name.n ? w->name : MOP_SV("all")), (int)n->entered,
                   (int)n->went_on, (int)n->waiting, (int)n->left, (int)n->undated,
                   (int)n->out_of_order);
    for (size_t i = 0; i < nstages; i++)
        mop_buf_printf(b, " %d", (int)n->to[i]);
    mop_buf_printf(b, " time %d %d %d sla %d %d %d %d %d\n", (int)w->measured,
                   (int)(w->median_us / 60000000), (int)(w->p90_us / 60000000), (int)n->within,
                   (int)n->late, (int)n->open_late, (int)w->conversion, (int)w->in_time);
}

static char *printed(const struct mop_lifecycle_result *y)
{
    struct mop_buf b;
    mop_buf_init(&b, 1 << 20);
    for (size_t i = 0; i < y->nstages; i++) {
        const struct mop_stage_result *s = &y->stages[i];
        mop_buf_printf(&b, "%.*s %d unreadable %d blank %d earlier %d\n",
                       MOP_SV_ARG(s->stage->name), (int)s->counts->records,
                       (int)s->counts->unreadable, (int)s->counts->blank, (int)s->counts->earlier);
        if (!s->dated)
            continue;
        print_flow(&b, &s->all, y->nstages);
        for (size_t k = 0; k < s->ncohorts; k++)
            print_flow(&b, &s->cohorts[k], y->nstages);
        for (size_t k = 0; k < s->nmonths; k++)
            print_flow(&b, &s->months[k], y->nstages);
    }
    char *text = mop_strdup(mop_buf_view(&b));
    mop_buf_release(&b);
    return text;
}

static void by_hand(void **state)
{
    (void)state;
    static const struct {
        size_t stage;
        const char *row;
        uint64_t records, unreadable, blank, earlier;
        uint64_t entered, went_on, waiting, left, undated, disorder;
        int64_t conversion, median_min, p90_min;
    } want[] = {
        /* lead: days 1, 2, 4, 0, 4 to mql and 2 to sql: 0 1 2 2 4 4 */
        {LEAD, "lead", 3, 1, 2, 1, 10, 8, 1, 1, 1, 1, 800, 2 * 1440, 4 * 1440},
        /* mql: 2:30, 8:00, and Saturday noon to Monday evening: 9:00 */
        {MQL, "mql", 5, 1, 2, 0, 8, 3, 4, 1, 0, 0, 375, 480, 540},
        /* sql: 23 days to won; known and lost without a date */
        {SQL, "sql", 2, 0, 0, 0, 5, 3, 2, 0, 2, 0, 600, 23 * 1440, 23 * 1440},
        {WON, "won", 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, -1, -1, -1},
        {LOST, "lost", 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, -1, -1, -1},
    };
    struct run *x = open_run(yaml);
    for (size_t i = 0; i < ROWS(records); i++)
        count(x, records[i]);
    const struct mop_lifecycle_result *y = finish(x);
    assert_int_equal(x->f.records, ROWS(records));
    assert_int_equal(x->f.blank, 1);
    assert_int_equal(x->f.unknown, 1);
    assert_int_equal(x->f.unreadable, 0);
    for (size_t i = 0; i < ROWS(want); i++) {
        const struct mop_stage_result *s = &y->stages[want[i].stage];
        const struct mop_flow *n = &s->all.counts;
        CHECK(want[i].row, s->dated);
        CHECK(want[i].row, s->counts->records == want[i].records);
        CHECK(want[i].row, s->counts->unreadable == want[i].unreadable);
        CHECK(want[i].row, s->counts->blank == want[i].blank);
        CHECK(want[i].row, s->counts->earlier == want[i].earlier);
        CHECK(want[i].row, n->entered == want[i].entered);
        CHECK(want[i].row, n->went_on == want[i].went_on);
        CHECK(want[i].row, n->waiting == want[i].waiting);
        CHECK(want[i].row, n->left == want[i].left);
        CHECK(want[i].row, n->undated == want[i].undated);
        CHECK(want[i].row, n->out_of_order == want[i].disorder);
        CHECK(want[i].row, s->all.conversion == want[i].conversion);
        CHECK(want[i].row, s->all.median_us == want[i].median_min * 60000000 ||
                               (want[i].median_min < 0 && s->all.median_us == -1));
        CHECK(want[i].row, s->all.p90_us == want[i].p90_min * 60000000 ||
                               (want[i].p90_min < 0 && s->all.p90_us == -1));
    }
    assert_false(y->stages[KNOWN].dated);
    assert_int_equal(y->stages[JUNK].counts->records, 1);
    close_run(x);
}

/* Two kept it, one went on too late; of four open clocks two are beyond it. */
static void sla(void **state)
{
    (void)state;
    struct run *x = open_run(yaml);
    for (size_t i = 0; i < ROWS(records); i++)
        count(x, records[i]);
    const struct mop_flow_result *w = &finish(x)->stages[MQL].all;
    assert_int_equal(w->counts.within, 2);
    assert_int_equal(w->counts.late, 1);
    assert_int_equal(w->counts.open_late, 2); /* since the 9th, and the 18th */
    assert_int_equal(w->in_time, 400);
    assert_int_equal(w->counts.to[SQL], 3);
    close_run(x);
}

static const struct mop_flow_result *named(const struct mop_flow_result *w, size_t n,
                                           const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (mop_sv_eqs(w[i].name, name))
            return &w[i];
    return NULL;
}

static void cohorts(void **state)
{
    (void)state;
    struct run *x = open_run(yaml);
    for (size_t i = 0; i < ROWS(records); i++)
        count(x, records[i]);
    const struct mop_lifecycle_result *y = finish(x);
    const struct mop_stage_result *lead = &y->stages[LEAD], *mql = &y->stages[MQL];
    /* its first moment is in it, the day before is not */
    assert_int_equal(named(lead->cohorts, lead->ncohorts, "7d")->counts.entered, 2);
    assert_int_equal(named(lead->cohorts, lead->ncohorts, "7d")->counts.went_on, 1);
    assert_int_equal(named(lead->cohorts, lead->ncohorts, "90d")->counts.entered, 8);
    assert_int_equal(named(lead->months, lead->nmonths, "2026-10")->counts.entered, 2);
    assert_int_equal(named(lead->months, lead->nmonths, "2026-10")->median_us / 60000000, 1440);
    assert_int_equal(named(lead->months, lead->nmonths, "2026-11")->counts.entered, 5);
    assert_null(named(lead->months, lead->nmonths, "2025-01")); /* more than a year ago */
    assert_int_equal(named(mql->months, mql->nmonths, "2026-08")->counts.left, 1);
    assert_int_equal(lead->nmonths, 3);
    close_run(x);
}

/* Any order gives the same figures. */
static void order(void **state)
{
    (void)state;
    char *first = NULL;
    uint32_t seed = 1;
    for (int round = 0; round < 50; round++) {
        size_t at[ROWS(records)];
        struct run *x = open_run(yaml);
        for (size_t i = 0; i < ROWS(records); i++)
            at[i] = i;
        for (size_t i = ROWS(records) - 1; round && i; i--) {
            seed = seed * 1103515245 + 12345;
            size_t k = (seed >> 16) % (i + 1), kept = at[i];
            at[i] = at[k];
            at[k] = kept;
        }
        for (size_t i = 0; i < ROWS(records); i++)
            count(x, records[at[i]]);
        char *text = printed(finish(x));
        if (first) {
            assert_string_equal(text, first);
            free(text);
        } else {
            first = text;
        }
        close_run(x);
    }
    free(first);
}

static void nobody(void **state)
{
    (void)state;
    struct run *x = open_run(yaml);
    const struct mop_lifecycle_result *y = finish(x);
    assert_int_equal(y->stages[LEAD].all.counts.entered, 0);
    assert_int_equal(y->stages[LEAD].all.conversion, -1);
    assert_int_equal(y->stages[LEAD].all.median_us, -1);
    assert_int_equal(y->stages[MQL].all.in_time, -1);
    assert_int_equal(y->stages[LEAD].nmonths, 0);
    close_run(x);
}

/* ---- durations ---- */

static void nearest_rank(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        size_t n; /* 1, 2, ..., n */
        int64_t median, p90;
    } rows[] = {{"one", 1, 1, 1},  {"two: the smaller", 2, 1, 2}, {"three", 3, 2, 3},
                {"ten", 10, 5, 9}, {"eleven", 11, 6, 10},         {"many", 1000, 500, 900}};
    const bool in[] = {true, false};
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct mop_durations d;
        int64_t us;
        mop_durations_init(&d, 2000);
        for (size_t k = rows[i].n; k; k--) {
            mop_durations_add(&d, (int64_t)k, 0);
            mop_durations_add(&d, 0, 1); /* of another group */
        }
        mop_durations_sort(&d);
        CHECK(rows[i].row, mop_durations_percentile(&d, in, 50, &us) && us == rows[i].median);
        CHECK(rows[i].row, mop_durations_percentile(&d, in, 90, &us) && us == rows[i].p90);
        mop_durations_release(&d);
    }
}

/* Repeats cost nothing; one distinct duration too many gives all up, whenever it comes. */
static void bounded(void **state)
{
    (void)state;
    const bool in[] = {true};
    int64_t us;
    for (int many = 100; many <= 101; many++) {
        struct mop_durations d;
        mop_durations_init(&d, 100);
        for (int i = 0; i < 100000; i++)
            mop_durations_add(&d, i * 7 % many, 0);
        mop_durations_sort(&d);
        assert_int_equal(d.over, many > 100);
        assert_int_equal(mop_durations_percentile(&d, in, 50, &us), many == 100);
        assert_true(d.cap <= 256);
        mop_durations_add(&d, 1, 0);
        mop_durations_release(&d);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand), cmocka_unit_test(sla),    cmocka_unit_test(cohorts),
        cmocka_unit_test(order),   cmocka_unit_test(nobody), cmocka_unit_test(nearest_rank),
        cmocka_unit_test(bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
