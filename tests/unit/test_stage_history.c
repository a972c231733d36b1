/* SPDX-License-Identifier: MIT */
#include "bench.h"
#include "rules/lifecycle_args.h"
#include "rules/stage_history.h"

/* What the changes of one record say of it: back and transition. A change is "FROM>TO@MOMENT", as
 * a rule of the test: a moment is an hour of January 2026, "d" before it a whole day; no FROM:
 * blank, "?": a stage that is not known, "@" alone: no date. They are given in their order. */

static const char yaml[] =
    "mopslint: 1\nname: t\n"
    "records:\n"
    "  lead: {fields: {id: , stage: , back_at: {type: datetime}, source: {values: [a, b]}}}\n"
    "  move:\n"
    "    fields:\n"
    "      lead_id: {references: lead.id}\n"
    "      old:\n"
    "      new:\n"
    "      at: {type: datetime}\n"
    "lifecycles:\n"
    "  - id: lc\n"
    "    record: lead\n"
    "    field: stage\n"
    "    cycle: {restarted_at: back_at}\n"
    "    stages: [{name: lead}, {name: mql, label: MQL}, {name: sql}, {name: won, terminal: "
    "true},\n"
    "             {name: lost, terminal: true}, {name: out, off_path: true}, {name: junk, "
    "off_path: "
    "true}]\n"
    "    skips: [{from: lead, to: sql, when: {source: a}}, {from: mql, to: won}]\n"
    "    history: {record: move, of: lead.id, from: old, to: new, at: at}\n";

static const struct mop_lifecycle *lifecycle_of(const struct bench *b)
{
    return mop_ruleset_record(b->rs, MOP_SV("lead"))->lifecycles[0];
}

static int32_t stage_of(const struct mop_lifecycle *l, struct mop_sv name)
{
    if (!name.n)
        return MOP_STAGE_NONE;
    const struct mop_stage *st = mop_lifecycle_stage(l, name);
    return st ? (int32_t)st->index : MOP_STAGE_UNKNOWN;
}

static bool moment_of(struct mop_sv text, struct mop_when *out)
{
    char digits[16] = "";
    bool day = text.n && text.p[0] == 'd';
    if (!text.n)
        return false;
    memcpy(digits, text.p + day, text.n - day);
    int64_t n = strtol(digits, NULL, 10);
    int32_t first = mop_day_of_civil(2026, 1, 1);
    out->whole_day = day;
    out->day = first + (int32_t)(day ? n : n / 24);
    out->us = ((int64_t)first * 24 + (day ? n * 24 : n)) * 3600 * 1000000;
    return true;
}

static struct mop_sv until(struct mop_sv *text, char end)
{
    size_t i = 0;
    while (i < text->n && text->p[i] != end)
        i++;
    struct mop_sv part = {text->p, i};
    *text = mop_sv_sub(*text, i < text->n ? i + 1 : i, text->n);
    return part;
}

static size_t read_changes(const struct mop_lifecycle *l, const char *text,
                           struct mop_stage_change *out)
{
    struct mop_sv rest = mop_sv_of(text);
    size_t n = 0;
    while (rest.n) {
        struct mop_sv one = until(&rest, ' ');
        struct mop_stage_change *c = &out[n++];
        memset(c, 0, sizeof *c);
        c->from = stage_of(l, until(&one, '>'));
        c->to = stage_of(l, until(&one, '@'));
        c->dated = moment_of(one, &c->when);
    }
    return n;
}

static struct {
    const struct mop_lifecycle *l;
    struct mop_stage_change list[16];
    struct mop_stage_changes changes;
} given;

static bool give_changes(struct mop_run *run, const struct mop_lifecycle *l, struct mop_sv of,
                         struct mop_stage_changes *out)
{
    (void)run;
    check_text("of", of, MOP_SV("L1"));
    assert_ptr_equal(l, given.l);
    *out = given.changes;
    return true;
}

struct row {
    const char *name, *record, *changes;
    enum mop_outcome back, transition;
    const char *said; /* of the check that fails */
};

static void check_said(struct bench *b, const struct row *r)
{
    const char *id = r->back == MOP_FAIL ? "lead.lc.back" : "lead.lc.transition";
    const struct mop_test *t = bench_check(b, id)->assert_->test;
    mop_buf_reset(&b->message);
    t->kind->explain(t, bench_gather(b, t), &b->run, &b->words);
    check_text(r->name, mop_buf_view(&b->message), mop_sv_of(r->said));
}

static void judge_rows(const char *text, const struct row *rows, size_t n)
{
    struct bench b;
    bench_open(&b, text);
    b.record = mop_ruleset_record(b.rs, MOP_SV("lead"));
    b.run.changes = give_changes;
    given.l = lifecycle_of(&b);
    for (size_t i = 0; i < n; i++) {
        const struct row *r = &rows[i];
        char record[200];
        snprintf(record, sizeof record, "id=L1|%s", r->record);
        given.changes = (struct mop_stage_changes){
            given.list, read_changes(given.l, r->changes, given.list), false};
        bench_record(&b, record);
        CHECK(r->name, bench_outcome(&b, "lead.lc.back") == r->back);
        CHECK(r->name, bench_outcome(&b, "lead.lc.transition") == r->transition);
        if (r->said)
            check_said(&b, r);
    }
    bench_close(&b);
}

#define P MOP_PASS
#define F MOP_FAIL
#define U MOP_UNDECIDED
#define N MOP_NA

static void moves(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"step by step", "stage=won", ">lead@1 lead>mql@2 mql>sql@3 sql>won@4", P, P, NULL},
        {"ends are alternatives", "stage=lost", "sql>lost@1", P, P, NULL},
        {"one end to the other", "stage=lost", "won>lost@1", P, F, NULL},
        {"over a stage", "stage=sql|source=b", "lead>sql@1", P, F,
         "went from 'lead' to 'sql' on '2026-01-01T01:00:00Z', which is no allowed transition"},
        {"over a stage, declared", "stage=sql|source=a", "lead>sql@1", P, P, NULL},
        {"over a stage, nobody knows", "stage=sql|source=zzz", "lead>sql@1", P, U, NULL},
        {"a skip is not a part of a longer jump", "stage=won|source=a", "lead>won@1", P, F, NULL},
        {"back", "stage=mql", "sql>mql@25", F, P,
         "went back from 'sql' to 'MQL' on '2026-01-02T01:00:00Z' without being recycled"},
        {"back from an end", "stage=lead", "won>lead@1", F, P, NULL},
        {"back, twice", "stage=lead", "sql>mql@1 mql>lead@2", F, P,
         "went back from 'sql' to 'MQL' on '2026-01-01T01:00:00Z' without being recycled, the "
         "first "
         "of 2 such moves"},
        {"both", "stage=lead", "lead>won@1 won>lead@2", F, F, NULL},
        {"created where it is", "stage=sql", ">sql@1", N, N, NULL},
        {"set to the stage it had", "stage=sql", "sql>sql@1", N, N, NULL},
        {"stages before come from the changes", "stage=lead", ">lead@1 >mql@2 >lead@3", F, P, NULL},
        {"no stage", "stage=", "lead>won@1", N, N, NULL},
        {"an unknown stage of its own", "stage=zzz", "lead>won@1", U, U, NULL},
    };
    judge_rows(yaml, rows, ROWS(rows));
}

static void off_the_path(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"out from anywhere", "stage=out", "won>out@1", P, P, NULL},
        {"back to where it left", "stage=sql", "sql>out@1 out>sql@2", P, P, NULL},
        {"back to an earlier one", "stage=lead", "sql>out@1 out>lead@2", P, P, NULL},
        {"one step on from where it left", "stage=mql", "lead>out@1 out>mql@2", P, P, NULL},
        {"further", "stage=won", "lead>out@1 out>won@2", P, F, NULL},
        {"further by a skip", "stage=won", "mql>out@1 out>won@2", P, P, NULL},
        {"through two of them", "stage=mql", "sql>out@1 out>junk@2 junk>mql@3", P, P, NULL},
        {"it began there", "stage=won", ">out@1 out>won@2", P, P, NULL},
        {"nobody knows where it left", "stage=won", "out>won@1", P, U, NULL},
        {"the first stage is right from anywhere", "stage=lead", "out>lead@1", P, P, NULL},
        {"recycled, it may not go back again", "stage=lead", "sql>out@1 out>mql@2 mql>lead@3", F, P,
         NULL},
    };
    judge_rows(yaml, rows, ROWS(rows));
}

static void gaps(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"no changes, in the first stage", "stage=lead", "", N, N, NULL},
        {"no changes, in a later one", "stage=mql", "", U, U, NULL},
        {"no changes, beside the path", "stage=out", "", U, U, NULL},
        {"the last one does not lead to its stage", "stage=sql", "lead>mql@1", U, U, NULL},
        {"two do not fit", "stage=won", "lead>mql@1 sql>won@2", U, U, NULL},
        {"a move is one, whatever is between", "stage=lead", "lead>mql@1 sql>lead@2", F, U, NULL},
        {"an unknown stage", "stage=sql", "lead>?@1 ?>sql@2", U, U, NULL},
        {"it was in an unknown one", "stage=sql", "lead>?@1 >sql@2", U, U, NULL},
        {"without a date", "stage=mql", "lead>mql@", U, U, NULL},
        {"one without a date", "stage=mql", "sql>mql@1 lead>mql@", F, U, NULL},
    };
    judge_rows(yaml, rows, ROWS(rows));
}

static void one_moment(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"in the order that fits", "stage=won", "lead>mql@1 mql>sql@1 sql>won@1", P, P, NULL},
        {"after what was before", "stage=mql", ">mql@1 lead>mql@2 mql>lead@2", F, P, NULL},
        {"whatever their stages' order", "stage=mql", "out>mql@3 sql>out@3", P, P, NULL},
        {"it began then", "stage=mql", ">lead@1 lead>mql@1", P, P, NULL},
        {"a day and a moment of it", "stage=sql", "mql>sql@d0 lead>mql@5", P, P, NULL},
        {"it began at an hour of the day", "stage=mql", "lead>mql@d0 >lead@5", P, P, NULL},
        {"hours keep their order", "stage=sql", "mql>sql@d0 sql>mql@5 lead>mql@6", F, U, NULL},
        {"a moment of another day", "stage=mql", "lead>mql@5 mql>sql@d1", U, U, NULL},
        {"no order fits", "stage=sql", "lead>mql@1 lead>sql@1", U, F, NULL},
        {"nothing says what was before", "stage=mql", ">lead@1 >mql@1", U, U, NULL},
        {"more than are put in order", "stage=lead",
         "lead>mql@1 mql>sql@1 sql>out@1 out>mql@1 out>lead@1 out>sql@1 mql>out@1", U, U, NULL},
    };
    judge_rows(yaml, rows, ROWS(rows));
}

static void cycles(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"an earlier cycle", "stage=mql|back_at=2026-01-03", "lead>won@1 won>lead@2 lead>mql@99", P,
         P, NULL},
        {"the restart itself", "stage=lead|back_at=2026-01-01T05:00:00Z", "mql>sql@1 sql>lead@6", N,
         N, NULL},
        {"out of an end", "stage=lead|back_at=2026-01-01T05:00:00Z", "sql>won@1 won>lead@5", N, N,
         NULL},
        {"on the restart's day", "stage=lead|back_at=2026-01-01", "mql>sql@1 sql>lead@2", P, P,
         NULL},
        {"a move on is judged", "stage=won|back_at=2026-01-01T05:00:00Z", ">lead@1 lead>won@6", P,
         F, NULL},
        {"only the first goes back", "stage=lead|back_at=2026-01-01T05:00:00Z",
         "mql>sql@1 sql>mql@6 mql>lead@7", F, P, NULL},
        {"what does not fit across it", "stage=mql|back_at=2026-01-01T05:00:00Z",
         "mql>sql@1 lead>mql@6", P, P, NULL},
        {"a date that cannot be read", "stage=lead|back_at=soon", "sql>lead@1", U, U, NULL},
    };
    judge_rows(yaml, rows, ROWS(rows));
}

static void listed(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"one of the list", "stage=mql", "sql>mql@1", P, P, NULL},
        {"of a list in it", "stage=out", "mql>out@1", P, P, NULL},
        {"a step that is not in it", "stage=sql", "mql>sql@1", P, F, NULL},
        {"out, not in it", "stage=out", "won>out@1", P, F, NULL},
        {"return, not in it", "stage=lead", "mql>out@1 out>lead@2", P, F, NULL},
        {"back, not in it", "stage=lead", "mql>lead@1", F, P, NULL},
        {"a declared skip is legal", "stage=won", "mql>won@1", P, P, NULL},
    };
    char text[sizeof yaml + 100];
    snprintf(text, sizeof text, "%s    transitions: {allowed: [[sql, MQL], [[lead, mql], out]]}\n",
             yaml);
    judge_rows(text, rows, ROWS(rows));
}

static void nothing_kept(void **state)
{
    (void)state;
    struct bench b;
    bench_open(&b, yaml);
    b.record = mop_ruleset_record(b.rs, MOP_SV("lead"));
    bench_record(&b, "id=L1|stage=lead");
    assert_int_equal(bench_outcome(&b, "lead.lc.back"), MOP_UNDECIDED);
    b.run.changes = give_changes;
    given.l = lifecycle_of(&b);
    given.changes = (struct mop_stage_changes){given.list, 0, .lost = true};
    assert_int_equal(bench_outcome(&b, "lead.lc.transition"), MOP_UNDECIDED);
    bench_record(&b, "id=|stage=lead");
    assert_int_equal(bench_outcome(&b, "lead.lc.transition"), MOP_NA);
    bench_close(&b);
}

static void faults(void **state)
{
    (void)state;
    static const struct {
        const char *row, *lifecycle, *said;
    } T[] = {
        {"no date", "history: {record: move, of: lead.id, to: new}", "'at' is missing"},
        {"an untyped date", "history: {record: move, of: lead.id, to: new, at: new}",
         "changes of stage are ordered by dates, but 'new' is text"},
        {"no such record", "history: {record: moves, of: lead.id, to: new, at: at}",
         "there is no record type 'moves'"},
        {"no such field", "history: {record: move, of: lead.id, to: next, at: at}",
         "record type 'move' has no field 'next'"},
        {"of another record", "history: {record: move, of: move.at, to: new, at: at}",
         "'of' names a field of 'lead'"},
        {"nothing refers to it", "history: {record: move, of: stage, to: new, at: at}",
         "no field of 'move' references 'lead.stage'"},
        {"two refer to it", "history: {record: move, of: id, to: new, at: at}",
         "more than one field of 'move' references 'lead.id'"},
        {"stages of other names",
         "history: {record: move, of: id, via: other, to: new, at: at}}, "
         "{id: two, record: lead, field: id, stages: [{name: c}], history: "
         "{record: move, of: id, via: other, to: new, at: at}",
         "'new' has a vocabulary without any of the stages"},
        {"its own record", "history: {record: lead, of: id, via: id, to: stage, at: day}",
         "'lead' would have to be read before itself"},
        {"an unknown key", "history: {record: move, of: id, too: new, at: at}",
         "unknown key 'too'"},
        {"no pair", "transitions: {allowed: [[a, b, a]]}", "a transition is a list of two"},
        {"no list", "transitions: {allowed: a}", "'allowed' wants a list of transitions"},
        {"an unknown stage", "transitions: {allowed: [[a, bee]]}",
         "'bee' is no stage of this lifecycle"},
        {"severity without a history", "severities: {back: warning}",
         "this lifecycle has no check 'back'"},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        struct rules r;
        char text[900];
        snprintf(
            text, sizeof text,
            "mopslint: 1\nname: t\nrecords:\n"
            "  lead: {fields: {id: , stage: , day: {type: date}}}\n"
            "  move: {fields: {lead_id: {references: lead.id}, other: {references: lead.id}, "
            "new: , at: {type: date}}}\n"
            "lifecycles: [{id: lc, record: lead, field: stage, stages: [{name: a}, {name: b}], "
            "%s}]\n",
            T[i].lifecycle);
        rules_begin(&r);
        rules_file(&r, "rules.yaml", text, true);
        CHECK(T[i].row, !rules_load(&r));
        if (!strstr(rules_said(&r), T[i].said))
            fail_msg("%s: want '%s' in\n%s", T[i].row, T[i].said, rules_said(&r));
        rules_end(&r);
    }
}

static void transitions_alone(void **state)
{
    (void)state;
    struct rules r;
    rules_begin(&r);
    rules_file(&r, "rules.yaml",
               "mopslint: 1\nname: t\nrecords: {lead: {fields: {stage: }}}\n"
               "lifecycles: [{id: lc, record: lead, field: stage, stages: [{name: a}, {name: b}], "
               "transitions: {allowed: [[a, b]]}}]\n",
               true);
    assert_non_null(rules_load(&r));
    assert_non_null(strstr(rules_said(&r), "'transitions' is not judged without a 'history'"));
    rules_end(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(moves),
                                       cmocka_unit_test(off_the_path),
                                       cmocka_unit_test(gaps),
                                       cmocka_unit_test(one_moment),
                                       cmocka_unit_test(cycles),
                                       cmocka_unit_test(listed),
                                       cmocka_unit_test(nothing_kept),
                                       cmocka_unit_test(faults),
                                       cmocka_unit_test(transitions_alone)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
