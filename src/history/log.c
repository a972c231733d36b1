/* SPDX-License-Identifier: MIT */
#include "history/db.h"
#include "report/outfile.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A history from open to close, and what a run does first and last with it. */

enum { BUSY_MS = 10000 };

/* ---- where it lies ---- */

static int make_folders(char *path, struct mop_err *e)
{
    for (char *at = path + 1; *at; at++) {
        if (*at != '/')
            continue;
        *at = '\0';
        bool bad = mkdir(path, S_IRWXU) != 0 && errno != EEXIST;
        *at = '/';
        if (bad) {
            mop_err_set(e, 3, (struct mop_loc){0}, "cannot make the folder of '%s': %s", path,
                        strerror(errno));
            return -1;
        }
    }
    return 0;
}

/* What a taxonomy is called is not always good for a file. */
static struct mop_sv file_name(struct mop_arena *a, struct mop_sv taxonomy)
{
    struct mop_sv name = mop_arena_copy(a, taxonomy.n ? taxonomy : MOP_SV("taxonomy"));
    char *p = (char *)name.p;
    for (size_t i = 0; i < name.n; i++)
        if (p[i] == '/' || (unsigned char)p[i] <= ' ' || (p[i] == '.' && i == 0))
            p[i] = '_';
    return mop_sv_sub(name, 0, 100);
}

const char *mop_log_default_path(struct mop_arena *a, struct mop_sv taxonomy, struct mop_err *e)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    struct mop_sv top = MOP_SV_NONE, name = file_name(a, taxonomy);
    if (state && state[0] == '/') /* the standard: a relative one is not to be used */
        top = mop_sv_of(state);
    else if (home && *home)
        top = mop_arena_printf(a, "%s/.local/state", home);
    if (top.p)
        return mop_arena_printf(a, "%.*s/mopslint/%.*s.history", MOP_SV_ARG(top), MOP_SV_ARG(name))
            .p;
    mop_err_set(e, 2, (struct mop_loc){0}, "--history: neither XDG_STATE_HOME nor HOME is set");
    mop_err_hint(e, "name the file: --history=FILE");
    return NULL;
}

/* ---- open ---- */

/* By whatever name: one file has one lock. */
static bool is_link(const char *path)
{
    struct stat s;
    return lstat(path, &s) == 0 && S_ISLNK(s.st_mode);
}

static struct mop_log *create(const char *path, bool writes)
{
    struct mop_log *l = mop_alloc(sizeof *l);
    mop_arena_init(&l->arena);
    char *real = is_link(path) ? realpath(path, NULL) : NULL;
    l->path = mop_arena_str(&l->arena, mop_sv_of(real ? real : path));
    free(real);
    l->writes = writes;
    return l;
}

static int connect_as(struct mop_log *l, const char *name, int flags, struct mop_err *e)
{
    if (sqlite3_open_v2(name, &l->db, flags | SQLITE_OPEN_EXRESCODE, NULL) != SQLITE_OK)
        return mop_db_error(l, e);
    sqlite3_extended_result_codes(l->db, 0);
    sqlite3_busy_timeout(l->db, BUSY_MS);
    sqlite3_db_config(l->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(l->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    return mop_db_exec(l, "PRAGMA cell_size_check=ON", e);
}

static int connect(struct mop_log *l, struct mop_err *e)
{
    return connect_as(l, l->path, l->writes ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY, e);
}

/* Who may not write beside the file cannot take part in its log. Where there is no log all is in
 * the file: it is read as one that nobody changes. */
static bool is_at_rest(struct mop_log *l)
{
    int code = l->db ? sqlite3_errcode(l->db) : SQLITE_OK;
    return (code == SQLITE_READONLY || code == SQLITE_CANTOPEN) &&
           access(mop_arena_printf(&l->arena, "%s-wal", l->path).p, F_OK) != 0;
}

static int connect_at_rest(struct mop_log *l, struct mop_err *e)
{
    struct mop_buf b;
    mop_buf_init(&b, 1 << 16);
    mop_buf_str(&b, "file:");
    for (const char *p = l->path; *p; p++)
        mop_buf_printf(&b, strchr("%?#", *p) ? "%%%02x" : "%c", (unsigned char)*p);
    mop_buf_str(&b, "?immutable=1");
    const char *name = mop_arena_str(&l->arena, mop_buf_view(&b));
    mop_buf_release(&b);
    for (size_t i = 0; i < l->ncached; i++)
        sqlite3_finalize(l->cached[i].st);
    l->ncached = 0;
    sqlite3_close(l->db);
    l->db = NULL;
    *e = (struct mop_err){0};
    return connect_as(l, name, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, e);
}

static int look(struct mop_log *l, struct mop_err *e)
{
    if (!connect(l, e) && !mop_schema_check(l, e))
        return 0;
    return is_at_rest(l) && !connect_at_rest(l, e) ? mop_schema_check(l, e) : -1;
}

/* What is read in several steps is of one moment, whatever a run puts in between. */
static int hold_still(struct mop_log *l, struct mop_err *e)
{
    return mop_db_exec(l, "BEGIN", e);
}

int mop_log_sound(struct mop_log *l, struct mop_err *e)
{
    sqlite3_stmt *st = mop_db_query(l, e, "PRAGMA quick_check(1)", "");
    int more = st ? mop_db_next(l, st, e) : -1;
    struct mop_sv said = more > 0 ? mop_db_text(&l->arena, st, 0) : MOP_SV("ok");
    while (more > 0)
        more = mop_db_next(l, st, e);
    if (more < 0 || mop_sv_eqs(said, "ok"))
        return more;
    struct mop_sv line, first = MOP_SV("");
    while (mop_sv_next(&said, '\n', &line)) /* "*** in database main ***" is no news */
        first = first.n || mop_sv_starts(line, MOP_SV("***")) ? first : line;
    mop_err_set(e, 3, (struct mop_loc){0}, "history '%s' is damaged: %.*s", l->path,
                MOP_SV_ARG(first));
    mop_err_hint(e, MOP_LOG_DAMAGED_HINT);
    return -1;
}

/* Only its owner reads it: a history says much about a business. */
static int make_file(struct mop_log *l, struct mop_err *e)
{
    int fd = open(l->path, O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd < 0) {
        mop_err_set(e, 3, (struct mop_loc){0}, "cannot open history '%s': %s", l->path,
                    strerror(errno));
        return -1;
    }
    close(fd); /* before SQLite has it: a close would take its locks away */
    return 0;
}

/* A run that was killed left its signature in the lock; one that had put its result is no loss. */
static int note_death(struct mop_log *l, struct mop_err *e)
{
    int64_t now;
    long pid;
    if (!mop_log_lock_died(l->lock, &now, &pid) || now == MOP_LOG_NO_RUN)
        return 0;
    struct mop_sv words =
        mop_arena_printf(&l->arena, "process %ld ended without a word: killed?", pid);
    int64_t told = mop_db_number(l, e,
                                 "SELECT count(*) FROM run WHERE now_us=? AND (status IN"
                                 " ('pass','fail') OR message=?)",
                                 "is", now, words);
    if (told) /* what was saved stands, but nobody saw its reports take their names */
        return told == -2 ? -1
                          : mop_db_run(l, e,
                                       "UPDATE run SET exit=3, message=? WHERE now_us=? AND exit<3"
                                       " AND superseded IS NULL",
                                       "si",
                                       mop_arena_printf(&l->arena,
                                                        "process %ld ended before its reports were"
                                                        " written: killed?",
                                                        pid),
                                       now);
    return mop_db_run(l, e,
                      "INSERT INTO run(now_us,status,exit,message,program,state,options,types,"
                      "records,values_shown) VALUES(?,'died',3,?,?,'','','',0,0)",
                      "ist", now, words, MOP_VERSION);
}

static int read_salt(struct mop_log *l, struct mop_err *e)
{
    struct mop_h128 h = mop_hash_keyed(MOP_SV("history"));
    struct mop_sv fresh = mop_arena_printf(&l->arena, "%016llx%016llx", (unsigned long long)h.hi,
                                           (unsigned long long)h.lo);
    if (mop_db_run(l, e, "INSERT OR IGNORE INTO meta VALUES('salt',?)", "s", fresh))
        return -1;
    sqlite3_stmt *st = mop_db_query(l, e, "SELECT value FROM meta WHERE key='salt'", "");
    int more = st ? mop_db_next(l, st, e) : -1;
    if (more > 0)
        l->salt = mop_db_text(&l->arena, st, 0);
    while (more > 0)
        more = mop_db_next(l, st, e);
    return more;
}

static int open_to_write(struct mop_log *l, bool *held, struct mop_err *e)
{
    char *folders = mop_arena_str(&l->arena, mop_sv_of(l->path));
    *held = false;
    mop_outfile_signals();
    if (make_folders(folders, e))
        return -1;
    l->lock = mop_log_lock(l->path, held, e);
    if (!l->lock || make_file(l, e) || connect(l, e) ||
        mop_db_exec(l, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL", e) ||
        mop_schema_upgrade(l, e) || mop_log_sound(l, e) || note_death(l, e) || read_salt(l, e))
        return -1;
    return mop_log_lock_sign(l->lock, l->now_us, e);
}

struct mop_log *mop_log_open(const char *path, int64_t now_us, bool *held, struct mop_err *e)
{
    struct mop_log *l = create(path, true);
    l->now_us = now_us;
    if (!open_to_write(l, held, e)) {
        mop_log_point("open");
        return l;
    }
    mop_log_close(l);
    return NULL;
}

struct mop_log *mop_log_read(const char *path, struct mop_err *e)
{
    struct mop_log *l = create(path, false);
    if (access(path, R_OK) != 0) {
        mop_err_set(e, 3, (struct mop_loc){0}, "cannot open history '%s': %s", path,
                    strerror(errno));
        mop_err_hint(e, "'mopslint check --history=FILE' makes one");
    } else if (!look(l, e) && !hold_still(l, e)) {
        return l;
    }
    mop_log_close(l);
    return NULL;
}

struct mop_log *mop_log_change(const char *path, struct mop_err *e)
{
    struct mop_log *l = mop_log_read(path, e);
    if (!l)
        return NULL;
    mop_log_close(l);
    l = create(path, true);
    bool held;
    l->lock = mop_log_lock(l->path, &held, e);
    if (l->lock && !connect(l, e) && !mop_schema_upgrade(l, e) && !note_death(l, e) &&
        !mop_log_lock_sign(l->lock, MOP_LOG_NO_RUN, e))
        return l;
    mop_log_close(l);
    return NULL;
}

void mop_log_close(struct mop_log *l)
{
    if (!l)
        return;
    for (size_t i = 0; i < l->ncached; i++)
        sqlite3_finalize(l->cached[i].st);
    sqlite3_close(l->db);
    mop_log_unlock(l->lock);
    mop_log_sets_free(l->sets);
    free(l->whose.list);
    mop_ruleset_free(l->before);
    mop_arena_release(&l->arena);
    free(l);
}

/* ---- a run ---- */

/* Of these record types; "": of any. None: what was found before stands. */
static int read_last(struct mop_log *l, struct mop_sv types, struct mop_err *e)
{
    sqlite3_stmt *st =
        mop_db_query(l, e,
                     "SELECT run.id, run.now_us, run.status, name, version, digest, text_digest, "
                     "types, state, options"
                     " FROM run JOIN taxonomy ON taxonomy.id=run.taxonomy"
                     " WHERE status IN ('pass','fail') AND superseded IS NULL AND now_us<>?1"
                     " AND (?2='' OR types=?2) ORDER BY run.id DESC LIMIT 1",
                     "is", l->now_us, types);
    int more = st ? mop_db_next(l, st, e) : -1;
    if (more > 0) {
        struct mop_arena *a = &l->arena;
        l->last = (struct mop_log_run){.id = mop_db_int(st, 0),
                                       .now_us = mop_db_int(st, 1),
                                       .status = mop_db_text(a, st, 2),
                                       .taxonomy = mop_db_text(a, st, 3),
                                       .version = mop_db_text(a, st, 4),
                                       .digest = mop_db_text(a, st, 5),
                                       .text_digest = mop_db_text(a, st, 6),
                                       .types = mop_db_text(a, st, 7),
                                       .options = mop_db_text(a, st, 9)};
        l->last_state = mop_db_text(a, st, 8);
        l->previous = &l->last;
    }
    while (more > 0)
        more = mop_db_next(l, st, e);
    return more;
}

int mop_log_begin(struct mop_log *l, const struct mop_ruleset *rs, const struct mop_load_options *o,
                  struct mop_err *e)
{
    l->o = o;
    l->options = mop_log_options(&l->arena, o);
    l->state = mop_log_state(&l->arena, rs, l->options);
    return read_last(l, MOP_SV(""), e);
}

int mop_log_narrow(struct mop_log *l, const struct mop_sv *types, size_t n, struct mop_err *e)
{
    return read_last(l, mop_log_types(&l->arena, types, n), e);
}

int mop_log_expect(struct mop_log *l, const struct mop_ruleset *rs, struct mop_err *e)
{
    sqlite3_stmt *st = mop_db_query(
        l, e,
        "SELECT record, name FROM field f WHERE there AND run=(SELECT max(run.id) FROM type JOIN"
        " run ON run.id=type.run WHERE type.record=f.record AND superseded IS NULL AND now_us<>?)",
        "i", l->now_us);
    int more = st ? mop_db_next(l, st, e) : -1;
    for (; more > 0; more = mop_db_next(l, st, e)) {
        const struct mop_record *r = mop_ruleset_record(rs, mop_db_text(&l->arena, st, 0));
        struct mop_field *f = r ? mop_record_field(r, mop_db_text(&l->arena, st, 1)) : NULL;
        if (f)
            mop_ruleset_expect(rs, f);
    }
    return more;
}

int64_t mop_log_later(const struct mop_log *l)
{
    return l->previous && l->previous->now_us > l->now_us ? l->previous->now_us : INT64_MIN;
}

const struct mop_ruleset *mop_log_before(struct mop_log *l, int64_t now_us)
{
    struct mop_err why = {0};
    if (!l->previous || mop_sv_eq(l->state, l->last_state))
        return NULL;
    if (mop_log_load_before(l, now_us, &why) || mop_log_expect(l, l->before, &why))
        l->unsplit = mop_arena_str(&l->arena, mop_sv_of(why.msg));
    return l->unsplit ? NULL : l->before;
}

int mop_log_amend(struct mop_log *l, int exit, const char *message, struct mop_err *e)
{
    return mop_db_run(l, e, "UPDATE run SET exit=?, message=? WHERE id=?", "iti", (int64_t)exit,
                      message, l->run);
}

/* What is put into a file that nobody finds any more is lost, and without its lock two may write.
 */
static int is_still_there(struct mop_log *l, struct mop_err *e)
{
    int moved = 0;
    sqlite3_file_control(l->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    if (!moved && mop_log_lock_holds(l->lock))
        return 0;
    mop_err_set(e, 3, (struct mop_loc){0}, "history '%s'%s was taken away during the run", l->path,
                moved ? "" : ": its lock");
    mop_err_hint(e, "leave FILE, FILE-wal and FILE.lock alone while a run is under way");
    return -1;
}

int mop_log_commit(struct mop_log *l, struct mop_err *e)
{
    mop_log_point("commit");
    if (is_still_there(l, e) || mop_db_exec(l, "COMMIT", e)) {
        sqlite3_exec(l->db, "ROLLBACK", NULL, NULL, NULL);
        return -1;
    }
    l->open = false;
    mop_log_point("committed");
    return 0;
}
