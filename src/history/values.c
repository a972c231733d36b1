/* SPDX-License-Identifier: MIT */
#include "history/db.h"
#include "base/hmac.h"
#include "check/dictionary.h"
#include "check/settle.h"
#include "report/shown.h"
#include "values/types.h"
#include <stdlib.h>
#include <string.h>

/*
 * Which values a field had in which runs: of fields with few distinct ones, where a value that was
 * never there means something. A value of a personal field is kept as a keyed digest, any other
 * with the personal data in it masked.
 */
enum { FEW = 1000 };

struct kept_value {
    struct mop_sv key, shown; /* key: what tells it from others; shown: as reports show it */
    bool bare;                /* `shown` is what the data holds */
    uint64_t records;
};
struct kept_field {
    const struct mop_field *field;
    struct kept_value *values;
    size_t n;
    int64_t run; /* the last run in which its values were kept; -1: none */
};
struct mop_log_sets {
    struct mop_arena arena;
    struct kept_field *fields;
    size_t n;
};

void mop_log_sets_free(struct mop_log_sets *s)
{
    if (!s)
        return;
    mop_arena_release(&s->arena);
    free(s);
}

/* ---- which fields ---- */

static bool is_key(const struct mop_field *f)
{
    for (size_t i = 0; i < f->record->nkey; i++)
        if (f->record->key[i] == f)
            return true;
    return false;
}

/* Of numbers, dates, addresses a new one is no news. */
static bool is_category(const struct mop_field *f)
{
    static const char *const open[] = {"url", "email", "phone", "name", "domain"};
    if (is_key(f) || (f->type && f->type->as != MOP_AS_TEXT))
        return false;
    for (size_t i = 0; f->type && i < sizeof open / sizeof *open; i++)
        if (!strcmp(f->type->name, open[i]))
            return false;
    return true;
}

static bool has_few(const struct mop_tally *t, const struct mop_field *f)
{
    const struct mop_dictionary *d = &t->dictionaries[f->index];
    return is_category(f) && !d->bypass && d->map.n <= FEW &&
           (f->vocabulary || 2 * d->map.n <= t->filled[f->index]);
}

/* A field derived from one whose values are kept says the same again. */
static bool is_kept(const struct mop_tally *t, const struct mop_field *f)
{
    const struct mop_field *from = f->derive ? mop_derive_sole_source(f) : NULL;
    return t->dictionaries && has_few(t, f) && !(from && has_few(t, from));
}

/* ---- their values ---- */

static struct mop_sv digest(struct mop_arena *a, struct mop_sv salt, const struct mop_field *f,
                            struct mop_sv value)
{
    struct mop_hmac *h = mop_hmac_create(salt.p, salt.n);
    mop_hmac_add(h, f->record->name);
    mop_hmac_add(h, f->name);
    mop_hmac_add(h, value);
    struct mop_h128 d = mop_hmac_end(h);
    mop_hmac_free(h);
    return mop_arena_printf(a, "%016llx%016llx", (unsigned long long)d.hi,
                            (unsigned long long)d.lo);
}

static uint64_t records_of(const struct mop_entry *e)
{
    uint64_t n = e->records + (e->unclear ? e->unclear->records : 0);
    for (const struct mop_reading *r = e->readings; r; r = r->next)
        n += r->e.records;
    return n;
}

static int by_key(const void *x, const void *y)
{
    const struct kept_value *a = x, *b = y;
    return mop_sv_cmp(a->key, b->key);
}

/* What masking makes equal is one. */
static size_t unite(struct kept_value *v, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (kept && mop_sv_eq(v[kept - 1].key, v[i].key))
            v[kept - 1].records += v[i].records;
        else
            v[kept++] = v[i];
    }
    return kept;
}

static void gather_field(const struct mop_log *l, struct mop_log_sets *sets,
                         const struct mop_result *r, const struct mop_tally *t,
                         const struct mop_field *f)
{
    struct mop_arena *a = &sets->arena;
    const struct mop_dictionary *d = &t->dictionaries[f->index];
    struct kept_field *k = &sets->fields[sets->n++];
    *k = (struct kept_field){.field = f};
    k->values = mop_arena_array(a, d->map.n + 1, sizeof *k->values);
    for (size_t i = 0; i < d->map.n; i++) {
        const struct mop_entry *e = (const struct mop_entry *)(uintptr_t)d->map.entries[i].item;
        struct mop_sv written = d->map.entries[i].key;
        struct mop_sv masked = mop_shown_value(a, false, f, written);
        if (!records_of(e))
            continue;
        k->values[k->n++] =
            (struct kept_value){.key = f->personal ? digest(a, l->salt, f, written) : masked,
                                .shown = r->show_values ? mop_arena_copy(a, written) : masked,
                                .bare = r->show_values,
                                .records = records_of(e)};
    }
    if (k->n)
        qsort(k->values, k->n, sizeof *k->values, by_key);
    k->n = unite(k->values, k->n);
}

static struct mop_log_sets *sets_of(const struct mop_log *l, const struct mop_result *r)
{
    struct mop_log_sets *sets = mop_alloc(sizeof *sets);
    size_t most = 0;
    for (size_t i = 0; i < r->ntypes; i++)
        most += r->types[i].record->nfields;
    mop_arena_init(&sets->arena);
    sets->fields = mop_arena_array(&sets->arena, most + 1, sizeof *sets->fields);
    for (size_t i = 0; i < r->ntypes; i++)
        for (size_t k = 0; k < r->types[i].record->nfields; k++)
            if (is_kept(r->types[i].tally, r->types[i].record->fields[k]))
                gather_field(l, sets, r, r->types[i].tally, r->types[i].record->fields[k]);
    return sets;
}

static int find_runs(struct mop_log *l, struct mop_err *e)
{
    for (size_t i = 0; i < l->sets->n; i++) {
        struct kept_field *k = &l->sets->fields[i];
        k->run = mop_db_number(
            l, e,
            "SELECT max(run) FROM field JOIN run ON run.id=field.run WHERE field.record=? AND "
            "name=? AND distinct_values IS NOT NULL AND superseded IS NULL AND now_us<>?",
            "ssi", k->field->record->name, k->field->name, l->now_us);
        if (k->run == -2)
            return -1;
    }
    return 0;
}

static int gather(struct mop_log *l, const struct mop_result *r, struct mop_err *e)
{
    if (l->sets)
        return 0;
    l->sets = sets_of(l, r);
    return find_runs(l, e);
}

int64_t mop_log_distinct(const struct mop_log *l, const struct mop_field *f)
{
    for (size_t i = 0; l->sets && i < l->sets->n; i++)
        if (l->sets->fields[i].field == f)
            return (int64_t)l->sets->fields[i].n;
    return -1;
}

/* ---- what is new, what is gone ---- */

struct found {
    const struct mop_log_whose *whose;
    struct mop_arena *a;
    struct mop_value_since *list;
    size_t n;
};

static void add_found(struct found *x, struct mop_sv key, struct mop_value_since v)
{
    if ((x->n & (x->n - 1)) == 0) { /* room doubles where n is a power of two */
        struct mop_value_since *more = mop_arena_array(x->a, 2 * x->n + 1, sizeof *more);
        for (size_t i = 0; i < x->n; i++)
            more[i] = x->list[i];
        x->list = more;
    }
    mop_log_whose_value(x->whose, key, &v);
    x->list[x->n++] = v;
}

static int find_new(struct mop_log *l, const struct kept_field *k, struct found *x,
                    struct mop_err *e)
{
    const struct mop_field *f = k->field;
    for (size_t i = 0; i < k->n; i++) {
        const struct kept_value *v = &k->values[i];
        int64_t id = mop_db_number(l, e,
                                   "SELECT value.id FROM value JOIN span ON span.value=value.id"
                                   " WHERE record=? AND field=? AND key=? LIMIT 1",
                                   "sss", f->record->name, f->name, v->key);
        if (id == -2)
            return -1;
        if (id == -1)
            add_found(x, v->key,
                      (struct mop_value_since){.record = f->record->name,
                                               .field = f->name,
                                               .value = mop_arena_copy(x->a, v->shown),
                                               .personal = f->personal,
                                               .count = v->records});
    }
    return 0;
}

static bool has_key(const struct kept_field *k, struct mop_sv key)
{
    struct kept_value want = {.key = key};
    return k->n && bsearch(&want, k->values, k->n, sizeof want, by_key);
}

/* As the history has it; of a personal value it has a digest, which tells nothing. */
static struct mop_sv shown_text(struct mop_arena *a, bool show, sqlite3_stmt *st)
{
    struct mop_sv shown = mop_db_text(a, st, 2), key = mop_db_text(a, st, 0);
    bool personal = mop_db_int(st, 1) == 1;
    return shown.p && show ? shown : personal ? MOP_SV("") : key;
}

static int find_gone(struct mop_log *l, const struct kept_field *k, bool show, struct found *x,
                     struct mop_err *e)
{
    const struct mop_field *f = k->field;
    sqlite3_stmt *st = mop_db_query(
        l, e,
        "SELECT key, personal, shown, span.records FROM span JOIN value ON value.id=span.value"
        " WHERE last_run=? AND record=? AND field=? ORDER BY key",
        "iss", k->run, f->record->name, f->name);
    int more = st ? mop_db_next(l, st, e) : -1;
    for (; more > 0; more = mop_db_next(l, st, e)) {
        struct mop_sv key = mop_db_text(x->a, st, 0);
        if (!has_key(k, key))
            add_found(x, key,
                      (struct mop_value_since){.record = f->record->name,
                                               .field = f->name,
                                               .value = shown_text(x->a, show, st),
                                               .personal = mop_db_int(st, 1) == 1,
                                               .vanished = true,
                                               .count = (uint64_t)mop_db_int(st, 3)});
    }
    return more;
}

static const struct kept_field *field_in(const struct mop_log_sets *sets, const struct mop_field *f)
{
    for (size_t i = 0; i < sets->n; i++)
        if (mop_sv_eq(sets->fields[i].field->name, f->name) &&
            mop_sv_eq(sets->fields[i].field->record->name, f->record->name))
            return &sets->fields[i];
    return NULL;
}

/* What `has` has and `lacks` does not. */
static void add_others(struct mop_arena *a, struct mop_log_whose *w, const struct kept_field *has,
                       const struct kept_field *lacks)
{
    struct mop_log_other o = {.of = MOP_OTHER_VALUE,
                              .record = mop_arena_copy(a, has->field->record->name),
                              .name = mop_arena_copy(a, has->field->name)};
    if (!lacks)
        mop_log_add_other(w, o);
    for (size_t i = 0; lacks && i < has->n; i++)
        if (!has_key(lacks, has->values[i].key)) {
            o.key = mop_arena_copy(a, has->values[i].key);
            mop_log_add_other(w, o);
        }
}

void mop_log_whose_values(struct mop_log *l, const struct mop_result *r,
                          const struct mop_result *between, struct mop_log_whose *w)
{
    struct mop_log_sets *then = sets_of(l, between), *now = sets_of(l, r);
    for (size_t i = 0; i < now->n; i++) {
        const struct kept_field *k = &now->fields[i], *was = field_in(then, k->field);
        add_others(&l->arena, w, k, was);
        if (was)
            add_others(&l->arena, w, was, k);
    }
    mop_log_sets_free(then);
    mop_log_sets_free(now);
}

static int by_news(const void *x, const void *y)
{
    const struct mop_value_since *a = x, *b = y;
    if (a->vanished != b->vanished)
        return a->vanished ? 1 : -1;
    if (a->count != b->count)
        return a->count < b->count ? 1 : -1;
    int c = mop_sv_cmp(a->record, b->record);
    c = c ? c : mop_sv_cmp(a->field, b->field);
    return c ? c : mop_sv_cmp(a->value, b->value);
}

/* New ones and vanished ones have room of their own. */
void mop_log_sort_values(struct mop_value_since *v, size_t *n, size_t *more)
{
    size_t kept = 0, of[2] = {0, 0};
    if (*n)
        qsort(v, *n, sizeof *v, by_news);
    for (size_t i = 0; i < *n; i++)
        if (of[v[i].vanished]++ < MOP_LOG_VALUES_SHOWN)
            v[kept++] = v[i];
    *more = *n - kept;
    *n = kept;
}

int mop_log_since_values(struct mop_log *l, const struct mop_result *r, struct mop_arena *a,
                         struct mop_since *s, struct mop_err *e)
{
    struct found x = {.whose = &l->whose, .a = a};
    if (gather(l, r, e))
        return -1;
    for (size_t i = 0; i < l->sets->n; i++) {
        const struct kept_field *k = &l->sets->fields[i];
        if (k->run < 0) /* the first time: all would be new */
            continue;
        if (find_new(l, k, &x, e) ||
            (k->run >= l->previous->id && find_gone(l, k, r->show_values, &x, e)))
            return -1;
    }
    mop_log_sort_values(x.list, &x.n, &s->values_more);
    s->values = x.list;
    s->nvalues = x.n;
    return 0;
}

/* A value of which a span holds one run and none the other. */
static int add_difference(struct mop_log *l, struct found *x, int64_t has, int64_t lacks,
                          bool vanished, struct mop_err *e)
{
    sqlite3_stmt *st = mop_db_query(
        l, e,
        "SELECT key, personal, shown, s.records, value.record, field FROM span s JOIN value ON"
        " value.id=s.value JOIN field f ON f.run=?2 AND f.record=value.record AND"
        " f.name=value.field WHERE f.distinct_values IS NOT NULL AND s.first_run<=?1 AND"
        " s.last_run>=?1 AND NOT EXISTS (SELECT 1 FROM span o WHERE o.value=s.value AND"
        " o.first_run<=?2 AND (o.last_run>=?2 OR NOT ?3))",
        "iib", has, lacks, vanished);
    int more = st ? mop_db_next(l, st, e) : -1;
    for (; more > 0; more = mop_db_next(l, st, e))
        add_found(x, mop_db_text(x->a, st, 0),
                  (struct mop_value_since){.record = mop_db_text(x->a, st, 4),
                                           .field = mop_db_text(x->a, st, 5),
                                           .value = shown_text(x->a, false, st),
                                           .personal = mop_db_int(st, 1) == 1,
                                           .vanished = vanished,
                                           .count = (uint64_t)mop_db_int(st, 3)});
    return more;
}

int mop_log_compare_values(struct mop_log *l, struct mop_arena *a, int64_t from, int64_t to,
                           struct mop_since *s, struct mop_err *e)
{
    struct found x = {.whose = &l->whose, .a = a};
    if (add_difference(l, &x, to, from, false, e) || add_difference(l, &x, from, to, true, e))
        return -1;
    mop_log_sort_values(x.list, &x.n, &s->values_more);
    s->values = x.list;
    s->nvalues = x.n;
    return 0;
}

/* ---- into the file ---- */

int mop_log_forget_values(struct mop_log *l, int64_t run, struct mop_err *e)
{
    if (mop_db_run(l, e, "DELETE FROM span WHERE first_run=? AND last_run=?", "ii", run, run))
        return -1;
    return mop_db_run(
        l, e,
        "UPDATE span SET records=previous, last_run=(SELECT max(field.run) FROM value"
        " JOIN field ON field.record=value.record AND field.name=value.field"
        " JOIN run ON run.id=field.run WHERE value.id=span.value AND distinct_values IS NOT NULL"
        " AND superseded IS NULL AND field.run<? AND field.run>=span.first_run)"
        " WHERE last_run=?",
        "ii", run, run);
}

static int put_value(struct mop_log *l, const struct kept_field *k, const struct kept_value *v,
                     struct mop_err *e)
{
    const struct mop_field *f = k->field;
    if (mop_db_run(l, e, "INSERT OR IGNORE INTO value(record,field,key,personal) VALUES(?,?,?,?)",
                   "sssb", f->record->name, f->name, v->key, f->personal))
        return -1;
    int64_t id = mop_db_number(l, e, "SELECT id FROM value WHERE record=? AND field=? AND key=?",
                               "sss", f->record->name, f->name, v->key);
    if (id < 0 ||
        (v->bare && mop_db_run(l, e, "UPDATE value SET shown=? WHERE id=?", "si", v->shown, id)))
        return -1;
    if (mop_db_run(
            l, e,
            "UPDATE span SET last_run=?, previous=records, records=? WHERE value=? AND last_run=?",
            "iiii", l->run, (int64_t)v->records, id, k->run))
        return -1;
    if (sqlite3_changes(l->db))
        return 0;
    return mop_db_run(l, e, "INSERT INTO span VALUES(?,?,?,?,0)", "iiii", id, l->run, l->run,
                      (int64_t)v->records);
}

int mop_log_put_values(struct mop_log *l, const struct mop_result *r, struct mop_err *e)
{
    if (gather(l, r, e))
        return -1;
    for (size_t i = 0; i < l->sets->n; i++)
        for (size_t k = 0; k < l->sets->fields[i].n; k++)
            if (put_value(l, &l->sets->fields[i], &l->sets->fields[i].values[k], e))
                return -1;
    return 0;
}
