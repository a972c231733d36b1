/* SPDX-License-Identifier: MIT */
#include "history/db.h"

/*
 * Columns that came or went. A column that is gone stays expected (`there`) until the rules let go
 * of it; that it is absent all the same is kept beside that, so that it is told once.
 */

/* In some source of the type. */
static bool has_column(const struct mop_result *r, const struct mop_field *f)
{
    size_t sources = 0, missing = 0;
    for (size_t i = 0; i < r->nsources; i++)
        sources += r->sources[i].record == f->record;
    for (size_t i = 0; i < r->nmissing; i++)
        missing += r->missing[i].field == f;
    return !f->derive && missing < sources;
}

static int64_t was_expected(struct mop_log *l, const struct mop_field *f, struct mop_err *e)
{
    return mop_db_number(
        l, e,
        "SELECT there FROM field JOIN run ON run.id=field.run WHERE record=? AND name=? AND"
        " superseded IS NULL AND now_us<>? ORDER BY run DESC LIMIT 1",
        "ssi", f->record->name, f->name, l->now_us);
}

int mop_log_put_column(struct mop_log *l, const struct mop_result *r, const struct mop_field *f,
                       bool *there, struct mop_err *e)
{
    *there = has_column(r, f);
    if (*there || f->derive || f->not_expected || !l->previous)
        return 0;
    int64_t was = was_expected(l, f, e);
    *there = was == 1;
    if (was == -2)
        return -1;
    return *there ? mop_db_run(l, e, "INSERT INTO absent VALUES(?,?,?)", "iss", l->run,
                               f->record->name, f->name)
                  : 0;
}

#define HAS_COLUMN                                                                                 \
    "SELECT f.there AND NOT EXISTS (SELECT 1 FROM absent a WHERE a.run=f.run AND"                  \
    " a.record=f.record AND a.name=f.name) FROM field f WHERE f.run=? AND f.record=? AND f.name=?"

/* What its header may be called, if that is not the field's name. */
static struct mop_sv header_of(const struct mop_field *f)
{
    return f->ncolumns > 1 ? f->columns[1] : MOP_SV("");
}

int mop_log_since_columns(struct mop_log *l, struct mop_result *r, struct mop_since *s,
                          struct mop_err *e)
{
    size_t most = 0;
    for (size_t i = 0; i < r->ntypes; i++)
        most += r->types[i].record->nfields;
    struct mop_column_since *list = mop_arena_array(&r->arena, most + 1, sizeof *list);
    for (size_t i = 0; i < r->ntypes; i++)
        for (size_t k = 0; k < r->types[i].record->nfields; k++) {
            const struct mop_field *f = r->types[i].record->fields[k];
            bool is = has_column(r, f);
            int64_t was =
                mop_db_number(l, e, HAS_COLUMN, "iss", l->previous->id, f->record->name, f->name);
            if (was == -2)
                return -1;
            if (!f->derive && was >= 0 && was != is)
                list[s->ncolumns++] =
                    (struct mop_column_since){f->record->name, f->name, header_of(f), is};
        }
    s->columns = list;
    return 0;
}

int mop_log_compare_columns(struct mop_log *l, struct mop_arena *a, int64_t from, int64_t to,
                            struct mop_since *s, struct mop_err *e)
{
    int64_t most = mop_db_number(l, e, "SELECT count(*) FROM field WHERE run=?", "i", to);
    if (most < 0)
        return -1;
    struct mop_column_since *list = mop_arena_array(a, (size_t)most + 1, sizeof *list);
    sqlite3_stmt *st = mop_db_query(
        l, e,
        "WITH has AS (SELECT f.run, f.record, f.name, f.there AND a.run IS NULL AS is_there FROM"
        " field f LEFT JOIN absent a ON a.run=f.run AND a.record=f.record AND a.name=f.name)"
        " SELECT y.record, y.name, y.is_there FROM has y JOIN has x ON x.run=?1 AND"
        " x.record=y.record AND x.name=y.name WHERE y.run=?2 AND x.is_there<>y.is_there"
        " ORDER BY 1, 2",
        "ii", from, to);
    int more = st ? mop_db_next(l, st, e) : -1;
    for (; more > 0; more = mop_db_next(l, st, e))
        if (s->ncolumns < (size_t)most)
            list[s->ncolumns++] = (struct mop_column_since){
                mop_db_text(a, st, 0), mop_db_text(a, st, 1), MOP_SV(""), mop_db_int(st, 2) == 1};
    s->columns = list;
    return more;
}
