/* SPDX-License-Identifier: MIT */
#include "history/db.h"

#define RENAMED                                                                                    \
    "renamed(run INTEGER NOT NULL, record TEXT NOT NULL, id TEXT NOT NULL, was TEXT NOT NULL,"     \
    " PRIMARY KEY(run, record, id)) WITHOUT ROWID"
#define BETWEEN                                                                                    \
    "between_score(run INTEGER NOT NULL, of TEXT NOT NULL, record TEXT NOT NULL,"                  \
    " name TEXT NOT NULL, basis TEXT NOT NULL, clean TEXT NOT NULL, assessed TEXT NOT NULL,"       \
    " PRIMARY KEY(run, of, record, name, basis)) WITHOUT ROWID"
#define CAUSE                                                                                      \
    "cause(run INTEGER NOT NULL, seq INTEGER NOT NULL, how TEXT NOT NULL, record TEXT NOT NULL,"   \
    " id TEXT NOT NULL, what TEXT NOT NULL, since INTEGER, PRIMARY KEY(run, seq)) WITHOUT ROWID"
#define SIGNATURE_MONEY                                                                            \
    "signature_money(run INTEGER NOT NULL, record TEXT NOT NULL, seq INTEGER NOT NULL,"            \
    " money TEXT NOT NULL, PRIMARY KEY(run, record, seq)) WITHOUT ROWID"
#define OTHER                                                                                      \
    "other(run INTEGER NOT NULL, of TEXT NOT NULL, record TEXT NOT NULL, name TEXT NOT NULL,"      \
    " key TEXT NOT NULL, n INTEGER NOT NULL, total INTEGER NOT NULL,"                              \
    " PRIMARY KEY(run, of, record, name, key)) WITHOUT ROWID"
#define ABSENT                                                                                     \
    "absent(run INTEGER NOT NULL, record TEXT NOT NULL, name TEXT NOT NULL,"                       \
    " PRIMARY KEY(run, record, name)) WITHOUT ROWID"
/*
 * The tables, version by version: a new version is one more text at the end, and none that was
 * released is ever changed. `user_version` counts those that a file has been through.
 */
static const char *const versions[] = {
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE file_text(id INTEGER PRIMARY KEY, hash TEXT NOT NULL, text TEXT NOT NULL);"
    "CREATE INDEX file_by_hash ON file_text(hash);"
    "CREATE TABLE taxonomy(id INTEGER PRIMARY KEY, name TEXT NOT NULL, version TEXT NOT NULL,"
    " digest TEXT NOT NULL, text_digest TEXT NOT NULL, main TEXT NOT NULL);"
    "CREATE TABLE taxonomy_file(taxonomy INTEGER NOT NULL, seq INTEGER NOT NULL,"
    " path TEXT NOT NULL, as_pack TEXT NOT NULL, is_table INTEGER NOT NULL, text INTEGER NOT NULL,"
    " PRIMARY KEY(taxonomy, seq)) WITHOUT ROWID;"
    /* AUTOINCREMENT: the number of a run that was pruned is never given again. */
    "CREATE TABLE run(id INTEGER PRIMARY KEY AUTOINCREMENT, now_us INTEGER NOT NULL,"
    " status TEXT NOT NULL, exit INTEGER NOT NULL, message TEXT NOT NULL, program TEXT NOT NULL,"
    " taxonomy INTEGER, state TEXT NOT NULL, options TEXT NOT NULL, types TEXT NOT NULL,"
    " records INTEGER NOT NULL, compared INTEGER, superseded INTEGER,"
    " values_shown INTEGER NOT NULL);"
    "CREATE TABLE source(run INTEGER NOT NULL, seq INTEGER NOT NULL, name TEXT NOT NULL,"
    " record TEXT NOT NULL, how TEXT NOT NULL, records INTEGER NOT NULL,"
    " complete INTEGER NOT NULL, message TEXT, PRIMARY KEY(run, seq)) WITHOUT ROWID;"
    "CREATE TABLE type(run INTEGER NOT NULL, record TEXT NOT NULL, records INTEGER NOT NULL,"
    " excluded INTEGER NOT NULL, undated INTEGER NOT NULL, assessed INTEGER NOT NULL,"
    " currency TEXT NOT NULL, PRIMARY KEY(run, record)) WITHOUT ROWID;"
    "CREATE TABLE score(run INTEGER NOT NULL, of TEXT NOT NULL, record TEXT NOT NULL,"
    " name TEXT NOT NULL, basis TEXT NOT NULL, clean TEXT NOT NULL, assessed TEXT NOT NULL,"
    " undecided TEXT NOT NULL, tenths INTEGER, between_tenths INTEGER, reason TEXT,"
    " PRIMARY KEY(run, of, record, name, basis)) WITHOUT ROWID;"
    "CREATE TABLE rule(run INTEGER NOT NULL, record TEXT NOT NULL, id TEXT NOT NULL,"
    " field TEXT NOT NULL, severity TEXT NOT NULL, dimension TEXT NOT NULL, effect TEXT NOT NULL,"
    " owner TEXT NOT NULL, applicable INTEGER NOT NULL, failed INTEGER NOT NULL,"
    " undecided INTEGER NOT NULL, suppressed INTEGER NOT NULL, grandfathered INTEGER NOT NULL,"
    " PRIMARY KEY(run, record, id)) WITHOUT ROWID;"
    "CREATE TABLE rule_value(run INTEGER NOT NULL, record TEXT NOT NULL, rule TEXT NOT NULL,"
    " seq INTEGER NOT NULL, value TEXT NOT NULL, records INTEGER NOT NULL, proposal TEXT NOT NULL,"
    " PRIMARY KEY(run, record, rule, seq)) WITHOUT ROWID;"
    "CREATE TABLE signature(run INTEGER NOT NULL, record TEXT NOT NULL, seq INTEGER NOT NULL,"
    " failed TEXT NOT NULL, undecided TEXT NOT NULL, records INTEGER NOT NULL,"
    " PRIMARY KEY(run, record, seq)) WITHOUT ROWID;"
    "CREATE TABLE field(run INTEGER NOT NULL, record TEXT NOT NULL, name TEXT NOT NULL,"
    " there INTEGER NOT NULL, filled INTEGER NOT NULL, total INTEGER NOT NULL,"
    " distinct_values INTEGER, PRIMARY KEY(run, record, name)) WITHOUT ROWID;"
    "CREATE TABLE value(id INTEGER PRIMARY KEY, record TEXT NOT NULL, field TEXT NOT NULL,"
    " key TEXT NOT NULL, personal INTEGER NOT NULL, shown TEXT, UNIQUE(record, field, key));"
    /* The runs from first to last all had the value; records: in the last one, and the one before.
     */
    "CREATE TABLE span(value INTEGER NOT NULL, first_run INTEGER NOT NULL,"
    " last_run INTEGER NOT NULL, records INTEGER NOT NULL, previous INTEGER NOT NULL,"
    " PRIMARY KEY(value, first_run)) WITHOUT ROWID;"
    "CREATE TABLE stage(run INTEGER NOT NULL, record TEXT NOT NULL, lifecycle TEXT NOT NULL,"
    " seq INTEGER NOT NULL, stage TEXT NOT NULL, records INTEGER NOT NULL, total INTEGER NOT NULL,"
    " PRIMARY KEY(run, record, lifecycle, seq)) WITHOUT ROWID;"
    "CREATE TABLE dataset(run INTEGER NOT NULL, seq INTEGER NOT NULL, id TEXT NOT NULL,"
    " record TEXT NOT NULL, kind TEXT NOT NULL, severity TEXT NOT NULL, judged INTEGER NOT NULL,"
    " failed INTEGER NOT NULL, value TEXT NOT NULL, bound TEXT NOT NULL, message TEXT NOT NULL,"
    " PRIMARY KEY(run, seq)) WITHOUT ROWID;",
    /* Trends go through all runs by one score. */
    "CREATE INDEX score_trend ON score(of, record, name, basis, run, tenths);"
    "CREATE INDEX span_last ON span(last_run);",
    /* What a rule was called before, for two runs that are compared later. */
    "CREATE TABLE " RENAMED ";",
    /* What the old rules made of the data exactly, and which rules stand behind the difference. */
    "CREATE TABLE " BETWEEN ";CREATE TABLE " CAUSE ";",
    /* How much money the records of a signature stand for, of types that have a weight. */
    "CREATE TABLE " SIGNATURE_MONEY ";",
    /* What the old rules made of rules, fields, stages and values in another way; columns that were
     * expected and did not come. */
    "CREATE TABLE " OTHER ";CREATE TABLE " ABSENT ";",
};
enum {
    VERSION = sizeof versions / sizeof *versions,
    WITH_INDEXES = 2,
    WITH_RENAMED = 3,
    WITH_CAUSES = 4,
    WITH_SIGNATURE_MONEY = 5,
    WITH_OTHER = 6,
    NO_VERSION = 1000,       /* whatever comes */
    APPLICATION = 0x4D4F5053 /* MOPS */
};

/* -2: it could not be read. Both are words of 32 bits in the file's header, without a sign here:
 * what is damaged may be any number. */
#define GET_VERSION "SELECT user_version & 0xFFFFFFFF FROM pragma_user_version"
#define GET_APPLICATION "SELECT application_id & 0xFFFFFFFF FROM pragma_application_id"

static int64_t number(struct mop_log *l, const char *sql, struct mop_err *e)
{
    return mop_db_number(l, e, sql, "");
}

/* What a first run that had no room leaves behind is empty; the next one makes it a history. */
static void refuse(struct mop_log *l, int64_t application, struct mop_err *e)
{
    bool empty = application == 0 && number(l, "SELECT count(*) FROM sqlite_schema", e) == 0;
    if (e->code)
        return;
    mop_err_set(e, 2, (struct mop_loc){0}, "'%s' is no history of mopslint%s", l->path,
                empty ? ": it is empty" : "");
    if (empty)
        mop_err_hint(e, "'mopslint check --history=FILE' makes it one, if its first run did not");
}

/* Its tables are not read, nor any alone: whose they are nobody knows. */
#define MOVE_AWAY "move it away, with its -wal and -shm, and keep it: the next run makes a new one"

static int refuse_version(struct mop_log *l, int64_t version, struct mop_err *e)
{
    mop_err_set(e, 3, (struct mop_loc){0},
                "history '%s' is damaged: no mopslint wrote version %lld", l->path,
                (long long)version);
    mop_err_hint(e, MOVE_AWAY);
    return -1;
}

/* What came with a version is there from then on, and not before: else to bring the file up to
 * date, or to look into it, would go wrong in the words of a database. */
static int check_layout(struct mop_log *l, int64_t version, struct mop_err *e)
{
    static const struct {
        int64_t since;
        const char *name;
    } came[] = {{1, "meta"},
                {WITH_INDEXES, "score_trend"},
                {WITH_RENAMED, "renamed"},
                {WITH_CAUSES, "cause"},
                {WITH_SIGNATURE_MONEY, "signature_money"},
                {WITH_OTHER, "other"}};
    for (size_t i = 0; i < sizeof came / sizeof *came; i++) {
        int64_t n = mop_db_number(l, e, "SELECT count(*) FROM sqlite_schema WHERE name=?", "t",
                                  came[i].name);
        if (n < 0)
            return -1;
        if ((n > 0) == (version >= came[i].since))
            continue;
        mop_err_set(e, 3, (struct mop_loc){0},
                    "history '%s' is damaged: it says version %lld, and %s '%s'", l->path,
                    (long long)version, n ? "has" : "lacks", came[i].name);
        mop_err_hint(e, MOVE_AWAY);
        return -1;
    }
    return 0;
}

static int add_empty(struct mop_log *l, int64_t version, struct mop_err *e)
{
    static const struct {
        int64_t since;
        const char *sql;
    } tables[] = {{WITH_RENAMED, "CREATE TEMP TABLE " RENAMED},
                  {WITH_CAUSES, "CREATE TEMP TABLE " BETWEEN "; CREATE TEMP TABLE " CAUSE},
                  {WITH_SIGNATURE_MONEY, "CREATE TEMP TABLE " SIGNATURE_MONEY},
                  {WITH_OTHER, "CREATE TEMP TABLE " OTHER "; CREATE TEMP TABLE " ABSENT}};
    if (mop_db_exec(l, "PRAGMA temp_store=MEMORY", e))
        return -1;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (version < tables[i].since && mop_db_exec(l, tables[i].sql, e))
            return -1;
    return 0;
}

int mop_schema_check(struct mop_log *l, struct mop_err *e)
{
    int64_t version = number(l, GET_VERSION, e);
    int64_t application = version < 0 ? -2 : number(l, GET_APPLICATION, e);
    if (version < 0 || application < 0)
        return -1;
    if (application != APPLICATION) {
        refuse(l, application, e);
        return -1;
    }
    if (version < 1 || version > NO_VERSION)
        return refuse_version(l, version, e);
    if (version > VERSION) {
        mop_err_set(e, 2, (struct mop_loc){0},
                    "history '%s' is of a newer mopslint: its version is %lld, this program knows "
                    "%d",
                    l->path, (long long)version, VERSION);
        return -1;
    }
    if (check_layout(l, version, e))
        return -1;
    /* Who only looks brings nothing up to date: what the file does not have yet is empty. */
    if (l->writes || version >= VERSION)
        return 0;
    return add_empty(l, version, e);
}

static int upgrade(struct mop_log *l, int64_t from, struct mop_err *e)
{
    for (int64_t i = from; i < VERSION; i++)
        if (mop_db_exec(l, versions[i], e))
            return -1;
    /* A pragma takes no parameters; these are constants. */
    struct mop_sv sql = mop_arena_printf(
        &l->arena, "PRAGMA application_id=%d; PRAGMA user_version=%d;", APPLICATION, VERSION);
    return mop_db_exec(l, sql.p, e);
}

int mop_schema_upgrade(struct mop_log *l, struct mop_err *e)
{
    int64_t tables = number(l, "SELECT count(*) FROM sqlite_schema", e);
    if (tables == -2 || (tables > 0 && mop_schema_check(l, e)))
        return -1;
    int64_t version = number(l, GET_VERSION, e);
    if (version == VERSION || version < 0)
        return version < 0 ? -1 : 0;
    if (mop_db_exec(l, "BEGIN IMMEDIATE", e))
        return -1;
    if (!upgrade(l, tables ? version : 0, e) && !mop_db_exec(l, "COMMIT", e))
        return 0;
    sqlite3_exec(l->db, "ROLLBACK", NULL, NULL, NULL);
    return -1;
}
