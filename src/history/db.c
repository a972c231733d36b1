/* SPDX-License-Identifier: MIT */
#include "history/db.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* SQLite behind a few functions: parameters are bound, statements are kept, errors name the file.
 */

/* What went wrong on the disk is told by the system's word where SQLite has only a code for it. */
static const char *words(sqlite3 *db)
{
    int code = db ? sqlite3_errcode(db) : SQLITE_NOMEM, os = db ? sqlite3_system_errno(db) : 0;
    if ((code == SQLITE_IOERR || code == SQLITE_CANTOPEN || code == SQLITE_READONLY) && os)
        return strerror(os);
    if (code == SQLITE_IOERR)
        return "it cannot be read or written: is the disk full?";
    if (code == SQLITE_FULL)
        return "the disk is full";
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        return "another program is using it";
    return db ? sqlite3_errmsg(db) : "out of memory";
}

int mop_db_error(struct mop_log *l, struct mop_err *e)
{
    int code = sqlite3_errcode(l->db);
    if (code == SQLITE_NOMEM)
        mop_mem_exhausted();
    if (code == SQLITE_NOTADB) {
        mop_err_set(e, 2, (struct mop_loc){0}, "'%s' is no history", l->path);
        mop_err_hint(e, "name another file with --history=FILE, or a new one: it is made");
        return -1;
    }
    mop_err_set(e, 3, (struct mop_loc){0}, "history '%s': %s", l->path, words(l->db));
    if (code == SQLITE_CORRUPT)
        mop_err_hint(e, MOP_LOG_DAMAGED_HINT);
    return -1;
}

int mop_db_exec(struct mop_log *l, const char *sql, struct mop_err *e)
{
    return sqlite3_exec(l->db, sql, NULL, NULL, NULL) == SQLITE_OK ? 0 : mop_db_error(l, e);
}

static sqlite3_stmt *statement(struct mop_log *l, const char *sql, struct mop_err *e)
{
    for (size_t i = 0; i < l->ncached; i++)
        if (l->cached[i].sql == sql && !sqlite3_stmt_busy(l->cached[i].st))
            return l->cached[i].st;
    sqlite3_stmt *st = NULL;
    if (sqlite3_prepare_v3(l->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &st, NULL) != SQLITE_OK) {
        mop_db_error(l, e);
        return NULL;
    }
    if (l->ncached < MOP_DB_STATEMENTS) {
        l->cached[l->ncached].sql = sql;
        l->cached[l->ncached++].st = st;
    }
    return st;
}

static void bind_number(sqlite3_stmt *st, int at, mop_i128 n)
{
    char digits[48];
    size_t from = sizeof digits;
    bool minus = n < 0;
    do {
        int digit = (int)(n % 10);
        digits[--from] = (char)('0' + (digit < 0 ? -digit : digit));
        n /= 10;
    } while (n);
    if (minus)
        digits[--from] = '-';
    sqlite3_bind_text(st, at, digits + from, (int)(sizeof digits - from), SQLITE_TRANSIENT);
}

static void bind_text(sqlite3_stmt *st, int at, struct mop_sv s)
{
    sqlite3_bind_text64(st, at, s.p ? s.p : "", s.n, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static void bind_all(sqlite3_stmt *st, const char *format, va_list ap)
{
    for (int i = 0; format[i]; i++) {
        const char *text;
        switch (format[i]) {
        case 'i':
            sqlite3_bind_int64(st, i + 1, va_arg(ap, int64_t));
            break;
        case 'b':
            sqlite3_bind_int(st, i + 1, va_arg(ap, int));
            break;
        case 's':
            bind_text(st, i + 1, va_arg(ap, struct mop_sv));
            break;
        case 'n':
            bind_number(st, i + 1, va_arg(ap, mop_i128));
            break;
        default:
            text = va_arg(ap, const char *);
            if (text)
                bind_text(st, i + 1, mop_sv_of(text));
            else
                sqlite3_bind_null(st, i + 1);
        }
    }
}

#define BOUND(st, sql)                                                                             \
    sqlite3_stmt *st = statement(l, sql, e);                                                       \
    if (st) {                                                                                      \
        va_list ap;                                                                                \
        va_start(ap, format);                                                                      \
        bind_all(st, format, ap);                                                                  \
        va_end(ap);                                                                                \
    }

/* A statement that was not kept is used once. */
static void end(struct mop_log *l, sqlite3_stmt *st)
{
    for (size_t i = 0; i < l->ncached; i++)
        if (l->cached[i].st == st) {
            sqlite3_reset(st);
            sqlite3_clear_bindings(st);
            return;
        }
    sqlite3_finalize(st);
}

int mop_db_run(struct mop_log *l, struct mop_err *e, const char *sql, const char *format, ...)
{
    BOUND(st, sql)
    if (!st)
        return -1;
    int code = sqlite3_step(st);
    int rc = code == SQLITE_DONE || code == SQLITE_ROW ? 0 : mop_db_error(l, e);
    end(l, st);
    return rc;
}

sqlite3_stmt *mop_db_query(struct mop_log *l, struct mop_err *e, const char *sql,
                           const char *format, ...)
{
    BOUND(st, sql)
    return st;
}

int mop_db_next(struct mop_log *l, sqlite3_stmt *st, struct mop_err *e)
{
    int code = sqlite3_step(st);
    if (code == SQLITE_ROW)
        return 1;
    int rc = code == SQLITE_DONE ? 0 : mop_db_error(l, e);
    end(l, st);
    return rc;
}

int64_t mop_db_number(struct mop_log *l, struct mop_err *e, const char *sql, const char *format,
                      ...)
{
    BOUND(st, sql)
    if (!st)
        return -2;
    int code = sqlite3_step(st);
    int64_t n = code == SQLITE_ROW ? mop_db_int(st, 0) : -1;
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        mop_db_error(l, e);
        n = -2;
    }
    end(l, st);
    return n;
}

bool mop_db_whole(sqlite3_stmt *st, int column, mop_i128 *n)
{
    const unsigned char *p = sqlite3_column_text(st, column);
    int digits = 0;
    *n = 0;
    for (; p && digits < 38 && p[digits] >= '0' && p[digits] <= '9'; digits++)
        *n = 10 * *n + (p[digits] - '0');
    return digits && !p[digits];
}

int64_t mop_db_int(sqlite3_stmt *st, int column)
{
    return sqlite3_column_type(st, column) == SQLITE_NULL ? -1 : sqlite3_column_int64(st, column);
}

struct mop_sv mop_db_text(struct mop_arena *a, sqlite3_stmt *st, int column)
{
    const char *p = (const char *)sqlite3_column_blob(st, column);
    if (sqlite3_column_type(st, column) == SQLITE_NULL)
        return MOP_SV_NONE;
    size_t n = (size_t)sqlite3_column_bytes(st, column);
    return n ? mop_arena_copy(a, (struct mop_sv){p, n}) : MOP_SV("");
}

#ifdef MOP_TEST_HOOKS
#include <signal.h>
void mop_log_point(const char *name)
{
    const char *at = getenv("MOP_LOG_KILL");
    if (at && strcmp(at, name) == 0)
        raise(SIGKILL);
}
#else
void mop_log_point(const char *name)
{
    (void)name;
}
#endif
