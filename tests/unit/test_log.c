/* SPDX-License-Identifier: MIT */
#include "rules.h"
#include "history/db.h"
#include <sys/stat.h>

/* The history's own arithmetic, and rules that come from it instead of the disk. */

static void moved_beyond_both(void **state)
{
    static const struct {
        uint64_t failed_a, of_a, failed_b, of_b;
        bool moved;
        const char *why;
    } rows[] = {
        {0, 1000, 0, 1000, false, "nothing"},
        {0, 1000, 4, 1000, false, "less than half a point"},
        {0, 1000, 5, 1000, true, "half a point, from nothing"},
        {100, 1000, 105, 1000, false, "half a point, but a twentieth of what failed"},
        {100, 1000, 110, 1000, true, "a tenth of what failed"},
        {100, 1000, 90, 1000, true, "the other way"},
        {10, 100, 100, 1000, false, "the same share of more records"},
        {0, 0, 5, 10, false, "applied to nothing before"},
        {5, 10, 0, 0, false, "applies to nothing now"},
        {1, UINT64_C(1) << 40, UINT64_C(1) << 39, UINT64_C(1) << 40, true, "large numbers"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (mop_log_rule_moved(rows[i].failed_a, rows[i].of_a, rows[i].failed_b, rows[i].of_b) !=
            rows[i].moved)
            fail_msg("%s", rows[i].why);
}

static void parts_add_up(void **state)
{
    enum { TENTH = 1000000 };
    static const struct {
        int64_t data, rules, change, by_data, by_rules;
        const char *why;
    } rows[] = {
        {2 * TENTH, 1 * TENTH, 3, 2, 1, "whole tenths"},
        {TENTH / 2, 0, 1, 1, 0, "nothing by rules stays nothing"},
        {0, -TENTH / 4, -1, 0, -1, "nothing by data stays nothing"},
        {14 * TENTH / 10, 17 * TENTH / 10, 3, 1, 2, "the larger remainder gets the tenth"},
        {17 * TENTH / 10, 14 * TENTH / 10, 3, 2, 1, "and the other way"},
        {5 * TENTH / 10, 5 * TENTH / 10, 1, 1, 0, "of two alike the data"},
        {-14 * TENTH / 10, 14 * TENTH / 10, 0, -1, 1, "against each other"},
        {18 * TENTH / 10, 18 * TENTH / 10, 4, 2, 2, "scores that were rounded themselves"},
        {18 * TENTH / 10, 18 * TENTH / 10, 3, 2, 1, "the same, less of it"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct mop_split s = mop_split_of(rows[i].data, rows[i].rules, rows[i].change);
        if (s.data != rows[i].by_data || s.rules != rows[i].by_rules)
            fail_msg("%s: %lld and %lld", rows[i].why, (long long)s.data, (long long)s.rules);
    }
    assert_int_equal(mop_billionths(1, 3), 333333333);
    assert_int_equal(mop_billionths(2, 3), 666666667);
    assert_int_equal(mop_billionths(0, 7), 0);
    mop_i128 most = (mop_i128)1 << 100; /* of money: more than 128 bits if it were multiplied */
    assert_int_equal(mop_billionths(most, most), 1000000000);
    assert_int_equal(mop_billionths(most / 2, most), 500000000);
}

static void values_have_room_each(void **state)
{
    struct mop_value_since v[2 * MOP_LOG_VALUES_SHOWN + 5];
    size_t n = sizeof v / sizeof *v, more;
    (void)state;
    for (size_t i = 0; i < n; i++)
        v[i] = (struct mop_value_since){.value = MOP_SV("x"), .vanished = i < 3, .count = i};
    mop_log_sort_values(v, &n, &more);
    assert_int_equal(n, MOP_LOG_VALUES_SHOWN + 3);
    assert_int_equal(more, MOP_LOG_VALUES_SHOWN + 2);
    assert_false(v[0].vanished);
    assert_int_equal(v[0].count, 2 * MOP_LOG_VALUES_SHOWN + 4); /* most records first */
    assert_true(v[n - 1].vanished);
    assert_int_equal(v[n - 1].count, 0);
}

static const struct mop_log_run *find(const struct mop_log_run *runs, size_t n, const char *name,
                                      int64_t id)
{
    struct mop_err e = {0};
    const struct mop_log_run *r = mop_log_find(runs, n, mop_sv_of(name), &e);
    if (id)
        assert_int_equal(r ? r->id : -1, id);
    else
        assert_int_equal(e.code, 2);
    return r;
}

static void runs_by_name(void **state)
{
    const int64_t day = INT64_C(86400) * 1000000;
    struct mop_log_run runs[] = {
        {.id = 3, .status = MOP_SV("pass"), .superseded = -1, .now_us = RULES_NOW - 2 * day},
        {.id = 5, .status = MOP_SV("fail"), .superseded = 8, .now_us = RULES_NOW - day},
        {.id = 8, .status = MOP_SV("fail"), .superseded = -1, .now_us = RULES_NOW - day},
        {.id = 9, .status = MOP_SV("died"), .superseded = -1, .now_us = RULES_NOW},
    };
    (void)state;
    find(runs, 4, "8", 8);
    find(runs, 4, "last", 8);
    find(runs, 4, "last-1", 3);
    find(runs, 4, "last-2", 0);
    find(runs, 4, "2026-11-21", 8);
    find(runs, 4, "2026-11-22T06:00:00Z", 9);
    find(runs, 4, "4", 0);
    find(runs, 4, "yesterday", 0);
    find(runs, 0, "last", 0);
}

/* ---- rules that the history kept ---- */

static struct mop_rule_file kept[8];

/* As the history has them: paths, packs' names and texts. */
static size_t keep(const struct mop_ruleset *rs, struct mop_arena *a)
{
    for (size_t i = 0; i < rs->nfiles; i++)
        kept[i] = (struct mop_rule_file){.path = mop_arena_str(a, mop_sv_of(rs->files[i].path)),
                                         .as_pack = mop_arena_copy(a, rs->files[i].as_pack),
                                         .text = mop_arena_copy(a, rs->files[i].text),
                                         .table = rs->files[i].table};
    return rs->nfiles;
}

#define TOP                                                                                        \
    "mopslint: 1\nname: acme\nextends: [sub/a.yaml, base.yaml, stages]\n"                          \
    "records: {lead: {fields: {source: {vocabulary: source}}}}\n"
#define A "mopslint: 1\nname: a\nextends: [../base.yaml]\n"
#define BASE "mopslint: 1\nname: base\nvocabularies: {source: {file: words.csv}}\n"
#define PACK "mopslint: 1\nname: stages\nvocabularies: {stage: {values: {lead: }}}\n"

static void kept_rules_are_the_same(void **state)
{
    struct rules r;
    struct mop_arena a;
    char digest[65], text[65], sub[80];
    (void)state;
    mop_arena_init(&a);
    rules_begin(&r);
    snprintf(sub, sizeof sub, "%s/sub", r.dir);
    assert_int_equal(mkdir(sub, 0700), 0);
    rules_file(&r, "taxonomy.yaml", TOP, true);
    rules_file(&r, "sub/a.yaml", A, false);
    rules_file(&r, "base.yaml", BASE, false);
    rules_file(&r, "words.csv", "value\ngoogle\n", false);
    char pack[96];
    snprintf(pack, sizeof pack, "%s/stages.yaml", r.dir);
    FILE *f = fopen(pack, "w");
    fputs(PACK, f);
    fclose(f);
    assert_non_null(rules_load(&r));
    strcpy(digest, r.rs->digest);
    strcpy(text, r.rs->text_digest);
    r.o.nkept = keep(r.rs, &a);
    assert_int_equal(r.o.nkept, 5);
    mop_ruleset_free(r.rs);

    for (size_t i = 0; i < r.n; i++) /* another text on the disk says nothing */
        unlink(r.paths[i]);
    unlink(pack);
    r.o.kept = kept;
    assert_non_null(rules_load(&r));
    assert_string_equal(r.rs->digest, digest);
    assert_string_equal(r.rs->text_digest, text);
    mop_ruleset_free(r.rs);

    r.o.nkept--; /* the table was read last */
    assert_null(rules_load(&r));
    assert_non_null(strstr(rules_said(&r), "the history did not keep it"));
    rmdir(sub);
    mop_arena_release(&a);
    mop_diags_release(&r.d);
    rmdir(r.dir);
}

static const char dated[] =
    "mopslint: 1\nname: dated\n"
    "vocabularies: {source: {values: {a: , b: {provisional: {until: 2026-11-10, by: d}}}}}\n"
    "records: {lead: {fields: {source: {vocabulary: source}, owner: {}}}}\n"
    "rules: [{id: owned, record: lead, severity: error, then: {owner: {required: true}}, "
    "phase_in: {severity: warning, until: 2026-11-15}}]\n";

/* Rules of an earlier day stand as they stood then; the clock of the records is today's. */
static void rules_as_of_their_day(void **state)
{
    static const struct {
        int32_t days_ago;
        enum mop_severity owned;
        bool expired;
    } rows[] = {{0, MOP_SEV_ERROR, true}, {8, MOP_SEV_WARNING, true}, {20, MOP_SEV_WARNING, false}};
    struct mop_sv states[3];
    struct mop_arena a;
    (void)state;
    mop_arena_init(&a);
    for (size_t i = 0; i < 3; i++) {
        struct rules r;
        rules_begin(&r);
        rules_file(&r, "dated.yaml", dated, true);
        r.o.has_as_of = i > 0;
        r.o.as_of_us = RULES_NOW - rows[i].days_ago * INT64_C(86400) * 1000000;
        assert_non_null(rules_load(&r));
        assert_int_equal(r.rs->now_us, RULES_NOW);
        assert_int_equal(rules_check(r.rs, "owned")->severity, rows[i].owned);
        assert_int_equal(r.rs->vocabularies[0]->terms[1]->expired, rows[i].expired);
        states[i] = mop_log_state(&a, r.rs, MOP_SV(""));
        for (size_t k = 0; k < i; k++)
            assert_false(mop_sv_eq(states[i], states[k]));
        assert_false(mop_sv_eq(states[i], mop_log_state(&a, r.rs, MOP_SV("select x\n"))));
        rules_end(&r);
    }
    mop_arena_release(&a);
}

/* Names and addresses of people go, whatever they are written in; nothing else moves. */
static void texts_without_people(void **state)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        {"people: {a: {name: Ann Oz, email: ann@x.io, backup: b}}\nname: ann@x.io\n",
         "people: {a: {name: xxx xx, email: xxx@x.xx, backup: b}}\nname: ann@x.io\n"},
        {"people:\n  a:\n    email: 'it''s@x.io' # who\n    until: 2027-01-01\n",
         "people:\n  a:\n    email: 'xx''x@x.xx' # who\n    until: 2027-01-01\n"},
        {"people: {a: {name: \"A\\\"\\x41 \\\\ \303\204\"}}\n",
         "people: {a: {name: \"xxxxxxx xx xx\"}}\n"},
        {"people:\n  a:\n    name: >-2\n       Ann\n       Oz\n",
         "people:\n  a:\n    name: >-2\n       xxx\n       xx\n"},
        {"\xEF\xBB\xBFpeople: {a: {email: a@b.c}}\n", "\xEF\xBB\xBFpeople: {a: {email: x@x.x}}\n"},
        {"vocabularies: {v: {values: [&ann ann@x.io]}}\npeople: {a: {email: *ann}}\n",
         "vocabularies: {v: {values: [&ann ann@x.io]}}\npeople: {a: {email: *ann}}\n"},
        {"people: [ann@x.io]\n", "people: [ann@x.io]\n"},
        {"people: {a: ann@x.io}\n", "people: {a: ann@x.io}\n"},
        {"- people\n", "- people\n"},
        {"", ""},
    };
    struct mop_arena a;
    (void)state;
    mop_arena_init(&a);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct mop_rule_file f = {.path = "t.yaml", .text = mop_sv_of(rows[i].text)};
        struct mop_sv got = mop_log_without_people(&a, &f);
        assert_string_equal(mop_arena_str(&a, got), rows[i].want);
        f.table = true;
        assert_string_equal(mop_log_without_people(&a, &f).p, rows[i].text);
    }
    mop_arena_release(&a);
}

/* ---- the file ---- */

static void one_run_at_a_time(void **state)
{
    char dir[] = "/tmp/mopslint-log-XXXXXX", path[64], lock[72];
    struct mop_err e = {0};
    bool held = true;
    (void)state;
    assert_non_null(mkdtemp(dir));
    snprintf(path, sizeof path, "%s/a/b/n.history", dir);
    struct mop_log *l = mop_log_open(path, RULES_NOW, &held, &e);
    assert_non_null(l);
    assert_false(held);
    snprintf(lock, sizeof lock, "%s.lock", path);
    struct stat st;
    assert_int_equal(stat(lock, &st), 0);
    assert_true(st.st_size > 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    mop_log_close(l);
    assert_int_equal(stat(lock, &st), 0);
    assert_int_equal(st.st_size, 0);
    unlink(lock);
    unlink(path);
    path[strlen(path) - strlen("/n.history")] = '\0';
    rmdir(path);
    path[strlen(path) - strlen("/b")] = '\0';
    rmdir(path);
    rmdir(dir);
}

/* Another program that writes is waited for, and is no want of room. */
static void pruned_while_another_writes(void **state)
{
    char dir[] = "/tmp/mopslint-log-XXXXXX", path[64];
    struct mop_err e = {0};
    bool held = false;
    uint64_t gone = 0;
    sqlite3 *other = NULL;
    (void)state;
    assert_non_null(mkdtemp(dir));
    snprintf(path, sizeof path, "%s/n.history", dir);
    struct mop_log *l = mop_log_open(path, RULES_NOW, &held, &e);
    assert_non_null(l);
    sqlite3_busy_timeout(l->db, 1);
    assert_int_equal(sqlite3_open(path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(mop_log_prune(l, 2, &gone, &e), -1);
    assert_non_null(strstr(e.msg, "another program is using it"));
    assert_null(strstr(e.hint, "room"));
    sqlite3_close(other);
    mop_log_close(l);
    assert_int_equal(unlink(path), 0);
    strcat(path, ".lock");
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(dir), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pruned_while_another_writes),
        cmocka_unit_test(moved_beyond_both),
        cmocka_unit_test(values_have_room_each),
        cmocka_unit_test(runs_by_name),
        cmocka_unit_test(kept_rules_are_the_same),
        cmocka_unit_test(rules_as_of_their_day),
        cmocka_unit_test(texts_without_people),
        cmocka_unit_test(one_run_at_a_time),
        cmocka_unit_test(parts_add_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
