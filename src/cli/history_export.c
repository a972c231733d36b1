/* SPDX-License-Identifier: MIT */
#include "cli/history_settings.h"
#include "report/rows.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

/* history export, and what `show -f json` has: tables as they are. */

typedef struct mop_history_settings S;

struct dump {
    const char *format;
    struct mop_out *to;
    bool first;
};

static int dump_row(void *ctx, const struct mop_log_table *t, const struct mop_sv *cells,
                    struct mop_err *e)
{
    struct dump *d = ctx;
    if (!strcmp(d->format, "csv"))
        mop_rows_csv(d->to, cells, t->ncolumns);
    else
        mop_rows_json(d->to, t->columns, cells, t->ncolumns, d->first);
    d->first = false;
    if (!d->to->err.code)
        return 0;
    *e = d->to->err;
    return -1;
}

static int dump_table(struct mop_log *l, const struct mop_log_table *t, int64_t run,
                      const char *format, struct mop_out *to, struct mop_err *e)
{
    struct dump d = {.format = format, .to = to, .first = true};
    bool csv = !strcmp(format, "csv");
    if (csv)
        mop_rows_csv_head(to, t->columns, t->ncolumns);
    else
        mop_out_str(to, "[");
    if (mop_log_each(l, t, run, dump_row, &d, e))
        return -1;
    if (!csv)
        mop_out_str(to, d.first ? "]" : "\n ]");
    return 0;
}

static int dump_tables(struct mop_log *l, int64_t run, const struct mop_log_table *only,
                       const char *format, struct mop_out *to, struct mop_err *e)
{
    bool csv = !strcmp(format, "csv");
    int rc = 0;
    mop_out_str(to, csv ? "" : "{\"schema\": \"mopslint.history/1\"");
    for (const struct mop_log_table *t = mop_log_tables; t->name && !rc; t++) {
        if (only && t != only)
            continue;
        if (!csv) {
            mop_out_str(to, ",\n \"");
            mop_out_str(to, t->name);
            mop_out_str(to, "\": ");
        }
        rc = dump_table(l, t, run, format, to, e);
    }
    mop_out_str(to, csv ? "" : "}\n");
    return rc ? rc : mop_out_flush(to, e);
}

static int cannot_keep(struct mop_err *e)
{
    mop_err_set(e, 3, (struct mop_loc){0}, "cannot write a temporary file: %s", strerror(errno));
    return -1;
}

static int to_spool(void *spool, const char *p, size_t n, struct mop_err *e)
{
    return fwrite(p, 1, n, spool) == n ? 0 : cannot_keep(e);
}

static int to_stdout(FILE *spool, struct mop_err *e)
{
    char piece[1 << 15];
    size_t n;
    if (fflush(spool) != 0)
        return cannot_keep(e);
    rewind(spool);
    while ((n = fread(piece, 1, sizeof piece, spool)) > 0)
        if (mop_history_to_stdout(NULL, piece, n, e))
            return -1;
    return ferror(spool) ? cannot_keep(e) : 0;
}

/* A file that breaks off in the middle would be read as all that there is: nothing is printed
 * before the last row was read. Of a damaged history single tables may still be whole. */
int mop_history_dump(struct mop_log *l, int64_t run, const struct mop_log_table *only,
                     const char *format, struct mop_err *e)
{
    struct mop_out to;
    if (!only && mop_log_sound(l, e))
        return -1;
    FILE *spool = tmpfile();
    if (!spool)
        return cannot_keep(e);
    mop_out_init(&to, to_spool, spool);
    int rc = dump_tables(l, run, only, format, &to, e);
    mop_out_release(&to);
    rc = rc ? rc : to_stdout(spool, e);
    fclose(spool);
    return rc;
}

enum { TABLES = 32 };

/* "runs, sources, types" */
static struct mop_sv table_names(struct mop_arena *a)
{
    struct mop_sv all = MOP_SV("");
    for (const struct mop_log_table *t = mop_log_tables; t->name; t++)
        all = mop_arena_printf(a, "%.*s%s%s", MOP_SV_ARG(all), all.n ? ", " : "", t->name);
    return all;
}

static const struct mop_log_table *find_table(struct mop_arena *a, const char *name,
                                              struct mop_err *e)
{
    struct mop_sv names[TABLES];
    size_t n = 0;
    for (const struct mop_log_table *t = mop_log_tables; t->name; t++) {
        if (!strcmp(t->name, name))
            return t;
        if (n < TABLES)
            names[n++] = mop_sv_of(t->name);
    }
    long near = mop_suggest(mop_sv_of(name), names, n);
    mop_err_set(e, 2, (struct mop_loc){0}, "--table: the history has no table '%s'", name);
    if (near >= 0)
        mop_err_hint(e, "did you mean '%.*s'?", MOP_SV_ARG(names[near]));
    else
        mop_err_hint(e, "there are %.*s", MOP_SV_ARG(table_names(a)));
    return NULL;
}

int mop_history_export(S *h, struct mop_log *l, struct mop_err *e)
{
    const char *format = strcmp(h->format, "text") != 0 ? h->format : "json";
    const struct mop_log_table *only = h->table ? find_table(&h->s.arena, h->table, e) : NULL;
    const struct mop_log_run *r = h->run ? mop_history_find(h, l, h->run, e) : NULL;
    if ((h->table && !only) || (h->run && !r))
        return -1;
    if (!strcmp(format, "csv") && !only) {
        mop_err_set(e, 2, (struct mop_loc){0}, "history export: csv is of one table");
        mop_err_hint(e, "add --table scores; there are %.*s", MOP_SV_ARG(table_names(&h->s.arena)));
        return -1;
    }
    return mop_history_dump(l, r ? r->id : 0, only, format, e);
}
