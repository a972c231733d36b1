/* SPDX-License-Identifier: MIT */
#include "history/db.h"
#include <stdlib.h>
#include <string.h>

/* What the commands look at: runs, scores, tables as they are. */

bool mop_log_is_complete(const struct mop_log_run *r)
{
    return mop_sv_eqs(r->status, "pass") || mop_sv_eqs(r->status, "fail") ||
           mop_sv_eqs(r->status, "unwritten");
}

static void read_run(struct mop_arena *a, sqlite3_stmt *st, struct mop_log_run *r)
{
    *r = (struct mop_log_run){.id = mop_db_int(st, 0),
                              .now_us = mop_db_int(st, 1),
                              .status = mop_db_text(a, st, 2),
                              .exit = mop_db_int(st, 3),
                              .message = mop_db_text(a, st, 4),
                              .program = mop_db_text(a, st, 5),
                              .taxonomy = mop_db_text(a, st, 6),
                              .version = mop_db_text(a, st, 7),
                              .digest = mop_db_text(a, st, 8),
                              .text_digest = mop_db_text(a, st, 9),
                              .types = mop_db_text(a, st, 10),
                              .records = mop_db_int(st, 11),
                              .compared = mop_db_int(st, 12),
                              .superseded = mop_db_int(st, 13),
                              .records_tenths = mop_db_int(st, 14),
                              .value_tenths = mop_db_int(st, 15),
                              .state = mop_db_text(a, st, 16),
                              .options = mop_db_text(a, st, 17)};
}

/* Is it by the rules of the complete run before it? */
static void mark_rules(struct mop_log_run *runs, size_t n)
{
    const struct mop_log_run *last = NULL;
    for (size_t i = 0; i < n; i++) {
        runs[i].same_rules = !last || mop_sv_eq(last->state, runs[i].state);
        if (mop_log_is_complete(&runs[i]) && runs[i].superseded < 0)
            last = &runs[i];
    }
}

/* A run that its lock tells of is told at once, not only when the next one has written it down. */
static void add_holder(struct mop_log *l, struct mop_arena *a, struct mop_log_run *runs, size_t *n)
{
    int64_t now;
    long pid;
    enum mop_log_holder how = l->lock ? MOP_LOG_FREE : mop_log_holder(l->path, &now, &pid);
    if (how == MOP_LOG_FREE)
        return;
    bool died = how == MOP_LOG_DIED;
    for (size_t i = *n; i-- > 0;)
        if (runs[i].now_us == now && runs[i].superseded <= 0 && mop_log_is_complete(&runs[i])) {
            if (!died || runs[i].exit > 2)
                return;
            runs[i].status = MOP_SV("unwritten");
            runs[i].exit = 3;
            runs[i].message = mop_arena_printf(
                a, "process %ld ended before its reports were written: killed?", pid);
            return;
        }
    runs[(*n)++] = (struct mop_log_run){
        .now_us = now,
        .status = died ? MOP_SV("died") : MOP_SV("running"),
        .exit = died ? 3 : 0,
        .message = mop_arena_printf(
            a, died ? "process %ld ended without a word: killed?" : "process %ld", pid),
        .records_tenths = -1,
        .value_tenths = -1};
}

int mop_log_runs(struct mop_log *l, struct mop_arena *a, bool all, struct mop_log_run **runs,
                 size_t *n, struct mop_err *e)
{
    int64_t most = mop_db_number(l, e, "SELECT count(*) FROM run", "");
    if (most < 0)
        return -1;
    *runs = mop_arena_array(a, (size_t)most + 2, sizeof **runs);
    *n = 0;
    /* The lowest of the reports, else of the record types. */
    sqlite3_stmt *st = mop_db_query(
        l, e,
        "SELECT run.id, now_us, " MOP_LOG_STATUS
        ", exit, message, program, taxonomy.name, taxonomy.version,"
        " digest, text_digest, types, records, compared, superseded,"
        " coalesce((SELECT min(tenths) FROM score WHERE run=run.id AND of='report' AND"
        " basis='records'), (SELECT min(tenths) FROM score WHERE run=run.id AND of='overall' AND"
        " basis='records')),"
        " coalesce((SELECT min(tenths) FROM score WHERE run=run.id AND of='report' AND"
        " basis='value'), (SELECT min(tenths) FROM score WHERE run=run.id AND of='overall' AND"
        " basis='value')), state, options FROM run LEFT JOIN taxonomy ON taxonomy.id=run.taxonomy"
        " WHERE ? OR superseded IS NULL ORDER BY run.id",
        "b", all);
    int more = st ? mop_db_next(l, st, e) : -1;
    for (; more > 0; more = mop_db_next(l, st, e))
        if (*n < (size_t)most)
            read_run(a, st, &(*runs)[(*n)++]);
    mark_rules(*runs, *n);
    if (!more)
        add_holder(l, a, *runs, n);
    return more;
}

/* ---- naming a run ---- */

static const struct mop_log_run *from_end(const struct mop_log_run *runs, size_t n, uint64_t back)
{
    for (size_t i = n; i > 0; i--)
        if (mop_log_is_complete(&runs[i - 1]) && runs[i - 1].superseded < 0 && !back--)
            return &runs[i - 1];
    return NULL;
}

static const struct mop_log_run *by_day(const struct mop_log_run *runs, size_t n,
                                        struct mop_sv name)
{
    struct mop_when w;
    if (!mop_date_parse_iso(NULL, name, &w))
        return NULL;
    for (size_t i = n; i > 0; i--) {
        struct mop_when at = mop_when_of_instant(runs[i - 1].now_us, NULL);
        if (w.whole_day ? at.day == w.day : at.us == w.us)
            return &runs[i - 1];
    }
    return NULL;
}

const struct mop_log_run *mop_log_find(const struct mop_log_run *runs, size_t n, struct mop_sv name,
                                       struct mop_err *e)
{
    uint64_t number = 0;
    const struct mop_log_run *found = NULL;
    if (mop_sv_eqs(name, "last"))
        found = from_end(runs, n, 0);
    else if (mop_sv_starts(name, MOP_SV("last-")) &&
             mop_sv_u64(mop_sv_sub(name, 5, name.n), &number))
        found = from_end(runs, n, number);
    else if (mop_sv_u64(name, &number))
        for (size_t i = 0; i < n && !found; i++)
            found = runs[i].id == (int64_t)number ? &runs[i] : NULL;
    else
        found = by_day(runs, n, name);
    if (found)
        return found;
    mop_err_set(e, 2, (struct mop_loc){0}, "the history has no run '%.*s'", MOP_SV_ARG(name));
    mop_err_hint(e, "a run is its number (mopslint history list), 'last', 'last-1', or its day");
    return NULL;
}

/* ---- scores ---- */

int mop_log_scores(struct mop_log *l, struct mop_arena *a, int64_t run,
                   struct mop_log_score **scores, size_t *n, struct mop_err *e)
{
    int64_t most =
        mop_db_number(l, e, "SELECT count(*) FROM score WHERE ?=0 OR run=?", "ii", run, run);
    if (most < 0)
        return -1;
    *scores = mop_arena_array(a, (size_t)most + 1, sizeof **scores);
    *n = 0;
    sqlite3_stmt *st = mop_db_query(
        l, e,
        "SELECT run, of, record, name, basis, clean, assessed, undecided, reason, tenths,"
        " between_tenths FROM score JOIN run ON run.id=score.run WHERE superseded IS NULL"
        " AND (?=0 OR run=?) ORDER BY run, of, record, name, basis",
        "ii", run, run);
    int more = st ? mop_db_next(l, st, e) : -1;
    for (; more > 0; more = mop_db_next(l, st, e))
        if (*n < (size_t)most)
            (*scores)[(*n)++] =
                (struct mop_log_score){.run = mop_db_int(st, 0),
                                       .of = mop_log_of(mop_db_text(a, st, 1)),
                                       .record = mop_db_text(a, st, 2),
                                       .name = mop_db_text(a, st, 3),
                                       .money = mop_sv_eqs(mop_db_text(a, st, 4), "value"),
                                       .clean = mop_db_text(a, st, 5),
                                       .assessed = mop_db_text(a, st, 6),
                                       .undecided = mop_db_text(a, st, 7),
                                       .reason = mop_db_text(a, st, 8),
                                       .tenths = mop_db_int(st, 9),
                                       .between = mop_db_int(st, 10)};
    return more;
}

/* ---- tables ---- */

#define COLUMNS(name, ...) static const char *const name##_columns[] = {__VA_ARGS__};
COLUMNS(runs, "#run", "now", "status", "#exit", "message", "program", "taxonomy", "version",
        "digest", "text_digest", "types", "#records", "#compared", "#superseded")
COLUMNS(sources, "#run", "name", "record", "how", "#records", "#complete", "message")
COLUMNS(types, "#run", "record", "#records", "#excluded", "#undated", "#assessed", "currency")
COLUMNS(scores, "#run", "of", "record", "name", "basis", "clean", "assessed", "undecided",
        "#tenths", "#between_tenths", "reason")
COLUMNS(rules, "#run", "record", "rule", "field", "severity", "dimension", "effect", "owner",
        "#applicable", "#failed", "#undecided", "#suppressed", "#grandfathered")
COLUMNS(values, "#run", "record", "rule", "value", "#records", "proposal")
COLUMNS(signatures, "#run", "record", "failed", "undecided", "#records", "money")
COLUMNS(fields, "#run", "record", "field", "#there", "#filled", "#total", "#distinct_values")
COLUMNS(stages, "#run", "record", "lifecycle", "stage", "#records", "#total")
COLUMNS(datasets, "#run", "check", "record", "kind", "severity", "#judged", "#failed", "value",
        "bound", "message")
COLUMNS(causes, "#run", "how", "record", "rule", "what", "since")
COLUMNS(files, "#run", "path", "pack", "#table", "text")

#define TABLE(name, sql)                                                                           \
    {                                                                                              \
#name, name##_columns, sizeof name##_columns / sizeof(char *), sql                         \
    }
const struct mop_log_table mop_log_tables[] = {
    TABLE(runs, "SELECT run.id, now_us, " MOP_LOG_STATUS ", exit, message, program, taxonomy.name,"
                " taxonomy.version, digest, text_digest, types, records, compared, superseded FROM"
                " run LEFT JOIN taxonomy ON taxonomy.id=run.taxonomy WHERE ?1=0 OR run.id=?1 ORDER"
                " BY run.id"),
    TABLE(sources, "SELECT run, name, record, how, records, complete, message FROM source"
                   " WHERE ?1=0 OR run=?1 ORDER BY run, seq"),
    TABLE(types, "SELECT * FROM type WHERE ?1=0 OR run=?1 ORDER BY run, record"),
    TABLE(scores, "SELECT * FROM score WHERE ?1=0 OR run=?1 ORDER BY run, of, record, name, basis"),
    TABLE(rules, "SELECT * FROM rule WHERE ?1=0 OR run=?1 ORDER BY run, record, id"),
    TABLE(values, "SELECT run, record, rule, value, records, proposal FROM rule_value"
                  " WHERE ?1=0 OR run=?1 ORDER BY run, record, rule, seq"),
    TABLE(signatures,
          "SELECT s.run, s.record, failed, undecided, records, money FROM signature s LEFT JOIN"
          " signature_money m ON m.run=s.run AND m.record=s.record AND m.seq=s.seq"
          " WHERE ?1=0 OR s.run=?1 ORDER BY s.run, s.record, s.seq"),
    TABLE(fields, "SELECT * FROM field WHERE ?1=0 OR run=?1 ORDER BY run, record, name"),
    TABLE(stages, "SELECT run, record, lifecycle, stage, records, total FROM stage"
                  " WHERE ?1=0 OR run=?1 ORDER BY run, record, lifecycle, seq"),
    TABLE(datasets, "SELECT run, id, record, kind, severity, judged, failed, value, bound, message"
                    " FROM dataset WHERE ?1=0 OR run=?1 ORDER BY run, seq"),
    TABLE(causes, "SELECT run, how, record, id, what, date(since * 86400, 'unixepoch') FROM cause"
                  " WHERE ?1=0 OR run=?1 ORDER BY run, seq"),
    TABLE(files,
          "SELECT run.id, path, as_pack, is_table, file_text.text FROM run JOIN taxonomy_file"
          " ON taxonomy_file.taxonomy=run.taxonomy JOIN file_text ON"
          " file_text.id=taxonomy_file.text WHERE ?1=0 OR run.id=?1 ORDER BY run.id, seq"),
    {NULL, NULL, 0, NULL},
};

/* The clock as people write it; every other cell as it is. */
static struct mop_sv cell(struct mop_arena *a, const struct mop_log_table *t, size_t column,
                          sqlite3_stmt *st)
{
    if (strcmp(t->columns[column], "now") != 0)
        return mop_db_text(a, st, (int)column);
    struct mop_buf b;
    mop_buf_init(&b, 64);
    mop_when_print(&b, mop_when_of_instant(mop_db_int(st, (int)column), NULL));
    struct mop_sv text = mop_arena_copy(a, mop_buf_view(&b));
    mop_buf_release(&b);
    return text;
}

int mop_log_each(struct mop_log *l, const struct mop_log_table *t, int64_t run,
                 int (*row)(void *, const struct mop_log_table *, const struct mop_sv *,
                            struct mop_err *),
                 void *ctx, struct mop_err *e)
{
    struct mop_arena a;
    struct mop_sv cells[16];
    mop_arena_init(&a);
    sqlite3_stmt *st = mop_db_query(l, e, t->sql, "i", run);
    int more = st ? mop_db_next(l, st, e) : -1;
    for (; more > 0; more = mop_db_next(l, st, e)) {
        for (size_t i = 0; i < t->ncolumns; i++)
            cells[i] = cell(&a, t, i, st);
        if (row(ctx, t, cells, e)) {
            more = -1;
            break;
        }
        mop_arena_reset(&a);
    }
    if (more < 0 && st)
        sqlite3_reset(st);
    mop_arena_release(&a);
    return more;
}

/* ---- taking old ones out ---- */

#define PRUNE_ELSEWHERE                                                                            \
    "free some room, or copy it with its -wal to another disk, prune the copy and move it back"

/* Another program that writes is no want of room. */
static int no_room(struct mop_log *l, struct mop_err *e)
{
    int code = sqlite3_errcode(l->db) & 0xFF;
    if (!*e->hint && code != SQLITE_BUSY && code != SQLITE_LOCKED)
        mop_err_hint(e, "nothing was taken out, as that takes room, too: " PRUNE_ELSEWHERE);
    return -1;
}

/* Room that runs had is used again by the next ones; given back, the file is written anew. */
static int give_back(struct mop_log *l, uint64_t gone, struct mop_err *e)
{
    struct mop_err why = {0};
    int64_t free_pages = mop_db_number(l, e, "PRAGMA freelist_count", "");
    if (free_pages <= 0)
        return free_pages == -2 ? -1 : 0;
    if (!mop_db_exec(l, "PRAGMA wal_checkpoint(TRUNCATE); VACUUM", &why))
        return 0;
    mop_err_set(e, 3, (struct mop_loc){0},
                "%llu runs are taken out, but it is as large as it was: %s",
                (unsigned long long)gone, why.msg);
    mop_err_hint(e, "the next runs use the room; to have it back: " PRUNE_ELSEWHERE);
    return -1;
}

int mop_log_prune(struct mop_log *l, int64_t first, uint64_t *gone, struct mop_err *e)
{
    static const char *const deletes[] = {"DELETE FROM source WHERE run<?",
                                          "DELETE FROM type WHERE run<?",
                                          "DELETE FROM score WHERE run<?",
                                          "DELETE FROM rule WHERE run<?",
                                          "DELETE FROM rule_value WHERE run<?",
                                          "DELETE FROM signature WHERE run<?",
                                          "DELETE FROM field WHERE run<?",
                                          "DELETE FROM stage WHERE run<?",
                                          "DELETE FROM dataset WHERE run<?",
                                          "DELETE FROM renamed WHERE run<?",
                                          "DELETE FROM between_score WHERE run<?",
                                          "DELETE FROM cause WHERE run<?",
                                          "DELETE FROM other WHERE run<?",
                                          "DELETE FROM absent WHERE run<?",
                                          "DELETE FROM signature_money WHERE run<?",
                                          "DELETE FROM span WHERE last_run<?",
                                          "DELETE FROM run WHERE id<?"};
    if (mop_db_exec(l, "BEGIN IMMEDIATE", e))
        return no_room(l, e);
    l->open = true;
    for (size_t i = 0; i < sizeof deletes / sizeof *deletes; i++)
        if (mop_db_run(l, e, deletes[i], "i", first))
            return no_room(l, e);
    *gone = (uint64_t)sqlite3_changes64(l->db);
    if (mop_db_exec(l,
                    "DELETE FROM value WHERE id NOT IN (SELECT value FROM span);"
                    "DELETE FROM taxonomy WHERE id NOT IN (SELECT taxonomy FROM run WHERE taxonomy"
                    " IS NOT NULL);"
                    "DELETE FROM taxonomy_file WHERE taxonomy NOT IN (SELECT id FROM taxonomy);"
                    "DELETE FROM file_text WHERE id NOT IN (SELECT text FROM taxonomy_file)",
                    e) ||
        mop_log_commit(l, e))
        return no_room(l, e);
    return give_back(l, *gone, e);
}
