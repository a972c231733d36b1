/* SPDX-License-Identifier: MIT */
#include "history/db.h"
#include "report/shown.h"
#include <stdlib.h>

/* A run into the file. */

enum { WORST_VALUES = 10, SIGNATURES = 200 };

static int by_text(const void *x, const void *y)
{
    return mop_sv_cmp(*(const struct mop_sv *)x, *(const struct mop_sv *)y);
}

struct mop_sv mop_log_types(struct mop_arena *a, const struct mop_sv *names, size_t n)
{
    struct mop_sv *sorted = mop_arena_array(a, n + 1, sizeof *sorted), all = MOP_SV("");
    for (size_t i = 0; i < n; i++)
        sorted[i] = names[i];
    if (n)
        qsort(sorted, n, sizeof *sorted, by_text);
    for (size_t i = 0; i < n; i++)
        if (!i || !mop_sv_eq(sorted[i], sorted[i - 1]))
            all = mop_arena_printf(a, "%.*s%s%.*s", MOP_SV_ARG(all), i ? "," : "",
                                   MOP_SV_ARG(sorted[i]));
    return all;
}

/* Of the types that had a source. */
struct mop_sv mop_log_types_of(struct mop_arena *a, const struct mop_result *r)
{
    struct mop_sv *names = mop_arena_array(a, r->ntypes + 1, sizeof *names);
    for (size_t i = 0; i < r->ntypes; i++)
        names[i] = r->types[i].record->name;
    return mop_log_types(a, names, r->ntypes);
}

/* The same night once more takes the place of the one before: what that left of its values is
 * undone. */
static int undo_values(struct mop_log *l, const struct mop_result *r, struct mop_err *e)
{
    struct mop_sv types = mop_log_types_of(&l->arena, r);
    for (;;) {
        int64_t id = mop_db_number(l, e,
                                   "SELECT max(id) FROM run WHERE now_us=? AND types=? AND"
                                   " superseded IS NULL AND status IN ('pass','fail')",
                                   "is", l->now_us, types);
        if (id < 0)
            return id == -2 ? -1 : 0;
        if (mop_log_forget_values(l, id, e) ||
            mop_db_run(l, e, "UPDATE run SET superseded=0 WHERE id=?", "i", id))
            return -1;
    }
}

int mop_log_start(struct mop_log *l, const struct mop_result *r, struct mop_err *e)
{
    if (l->open)
        return 0;
    if (mop_db_exec(l, "BEGIN IMMEDIATE", e))
        return -1;
    l->open = true;
    return r && r->status != MOP_RUN_PARTIAL ? undo_values(l, r, e) : 0;
}

/* ---- the run's own line ---- */

static uint64_t all_records(const struct mop_result *r)
{
    uint64_t n = 0;
    for (size_t i = 0; i < r->nsources; i++)
        n += r->sources[i].records;
    return n;
}

static int put_run(struct mop_log *l, const struct mop_result *r, struct mop_err *e)
{
    int64_t taxonomy = mop_log_put_taxonomy(l, r->rules, r->show_values, e);
    struct mop_sv message = MOP_SV("");
    for (size_t i = 0; i < r->nwhy; i++)
        message = mop_arena_printf(&l->arena, "%.*s%s%.*s", MOP_SV_ARG(message), i ? "; " : "",
                                   MOP_SV_ARG(r->why[i].text));
    if (taxonomy < 0 ||
        mop_db_run(
            l, e,
            "INSERT INTO run(now_us,status,exit,message,program,taxonomy,state,options,types,"
            "records,compared,values_shown) VALUES(?,?,?,?,?,?,?,?,?,?,NULLIF(?,0),?)",
            "itistisssiib", l->now_us, mop_status_names[r->status], (int64_t)r->exit, message,
            MOP_VERSION, taxonomy, l->state, l->options, mop_log_types_of(&l->arena, r),
            (int64_t)all_records(r), l->previous ? l->previous->id : 0, r->show_values))
        return -1;
    l->run = sqlite3_last_insert_rowid(l->db);
    return 0;
}

/* Better luck takes the place of worse, and of what was the same night judged whole. */
static int supersede(struct mop_log *l, const struct mop_result *r, struct mop_err *e)
{
    const char *sql =
        r->status == MOP_RUN_PARTIAL
            ? "UPDATE run SET superseded=? WHERE now_us=? AND id<>? AND superseded IS NULL"
              " AND status IN ('partial','failed','died')"
            : "UPDATE run SET superseded=? WHERE now_us=? AND id<>?"
              " AND (superseded=0 OR (superseded IS NULL AND status IN"
              " ('partial','failed','died')))";
    return mop_db_run(l, e, sql, "iii", l->run, l->now_us, l->run);
}

static int put_sources(struct mop_log *l, const struct mop_result *r, struct mop_err *e)
{
    for (size_t i = 0; i < r->nsources; i++) {
        const struct mop_source_result *s = &r->sources[i];
        if (mop_db_run(l, e, "INSERT INTO source VALUES(?,?,?,?,?,?,?,?)", "iisstibt", l->run,
                       (int64_t)i, s->name, s->record->name, s->how, (int64_t)s->records,
                       s->complete, s->incomplete))
            return -1;
    }
    return 0;
}

/* ---- a record type ---- */

static int put_values(struct mop_log *l, const struct mop_result *r,
                      const struct mop_type_result *y, size_t check, struct mop_err *e)
{
    const struct mop_rule_tally *t = &y->tally->rules_tally[check];
    const struct mop_check *c = y->record->checks[check];
    const struct mop_rule_value **v = mop_sorted_values(&l->arena, t);
    for (size_t i = 0; i < t->nvalues && i < WORST_VALUES; i++) {
        const struct mop_field *as = mop_check_masked_as(c);
        if (mop_db_run(l, e, "INSERT INTO rule_value VALUES(?,?,?,?,?,?,?)", "issisis", l->run,
                       y->record->name, c->id, (int64_t)i,
                       mop_shown_found(&l->arena, r->show_values, c, as, v[i]->value),
                       (int64_t)v[i]->count,
                       mop_shown_found(&l->arena, r->show_values, c, as, v[i]->proposal)))
            return -1;
    }
    return 0;
}

static int put_rules(struct mop_log *l, const struct mop_result *r, const struct mop_type_result *y,
                     struct mop_err *e)
{
    for (size_t i = 0; i < y->record->nchecks; i++) {
        const struct mop_check *c = y->record->checks[i];
        const struct mop_rule_tally *t = &y->tally->rules_tally[i];
        if (mop_db_run(l, e, "INSERT INTO rule VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)", "issstttsiiiii",
                       l->run, y->record->name, c->id, c->field ? c->field->name : MOP_SV(""),
                       mop_severity_names[c->severity], mop_dimension_names[c->dimension],
                       mop_effect_names[c->effect], c->owner, (int64_t)t->applied,
                       (int64_t)t->failed, (int64_t)t->undecided, (int64_t)t->suppressed,
                       (int64_t)t->grandfathered) ||
            (c->renamed_from.n && mop_db_run(l, e, "INSERT INTO renamed VALUES(?,?,?,?)", "isss",
                                             l->run, y->record->name, c->id, c->renamed_from)) ||
            put_values(l, r, y, i, e))
            return -1;
    }
    return 0;
}

static struct mop_sv ids_of(struct mop_arena *a, const struct mop_tally *t, const uint64_t *bits)
{
    struct mop_buf b;
    size_t n = t->record->nchecks;
    mop_buf_init(&b, 16 << 20);
    for (size_t i = mop_bit_next(bits, n, 0); i < n; i = mop_bit_next(bits, n, i + 1))
        mop_buf_printf(&b, "%s%.*s", b.n ? " " : "", MOP_SV_ARG(t->record->checks[i]->id));
    struct mop_sv text = mop_arena_copy(a, mop_buf_view(&b));
    mop_buf_release(&b);
    return text;
}

struct row {
    struct mop_sv failed, undecided;
    uint64_t records;
    mop_i128 money;
};

static int by_sets(const void *x, const void *y)
{
    const struct row *a = x, *b = y;
    int c = mop_sv_cmp(a->failed, b->failed);
    return c ? c : mop_sv_cmp(a->undecided, b->undecided);
}

static int by_records(const void *x, const void *y)
{
    const struct row *a = x, *b = y;
    return a->records != b->records ? (a->records < b->records ? 1 : -1) : by_sets(x, y);
}

static size_t unite(struct row *rows, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (kept && !by_sets(&rows[kept - 1], &rows[i])) {
            rows[kept - 1].records += rows[i].records;
            rows[kept - 1].money += rows[i].money;
        } else {
            rows[kept++] = rows[i];
        }
    }
    return kept;
}

static struct row *rows_of(struct mop_arena *a, const struct mop_tally *t, size_t *n)
{
    struct row *rows = mop_arena_array(a, t->nsignatures + 1, sizeof *rows);
    for (size_t i = 0; i < t->nsignatures; i++) {
        const struct mop_signature *g = &t->signatures[i];
        rows[i] = (struct row){ids_of(a, t, g->fail), ids_of(a, t, g->undecided), g->records,
                               t->record->own_weight ? g->weight[0] : 0};
    }
    *n = t->nsignatures;
    if (*n)
        qsort(rows, *n, sizeof *rows, by_sets);
    *n = unite(rows, *n);
    if (*n)
        qsort(rows, *n, sizeof *rows, by_records);
    return rows;
}

static int put_signature(struct mop_log *l, const struct mop_record *record, int64_t seq,
                         const struct row *x, struct mop_err *e)
{
    if (mop_db_run(l, e, "INSERT INTO signature VALUES(?,?,?,?,?,?)", "isissi", l->run,
                   record->name, seq, x->failed, x->undecided, (int64_t)x->records))
        return -1;
    return record->own_weight ? mop_db_run(l, e, "INSERT INTO signature_money VALUES(?,?,?,?)",
                                           "isin", l->run, record->name, seq, x->money)
                              : 0;
}

/* Which failures occur together: the most frequent sets. */
static int put_signatures(struct mop_log *l, const struct mop_tally *t, struct mop_err *e)
{
    struct mop_arena a;
    mop_arena_init(&a);
    size_t n;
    int rc = 0;
    const struct row *rows = rows_of(&a, t, &n);
    for (size_t i = 0; i < n && i < SIGNATURES && !rc; i++)
        rc = put_signature(l, t->record, (int64_t)i, &rows[i], e);
    mop_arena_release(&a);
    return rc;
}

static int put_fields(struct mop_log *l, const struct mop_result *r,
                      const struct mop_type_result *y, struct mop_err *e)
{
    const struct mop_tally *t = y->tally;
    for (size_t i = 0; i < y->record->nfields; i++) {
        const struct mop_field *f = y->record->fields[i];
        bool there;
        if (mop_log_put_column(l, r, f, &there, e) ||
            mop_db_run(l, e, "INSERT INTO field VALUES(?,?,?,?,?,?,NULLIF(?,-1))", "issbiii",
                       l->run, y->record->name, f->name, there, (int64_t)t->filled[i],
                       (int64_t)(t->records - t->excluded_total), mop_log_distinct(l, f)))
            return -1;
    }
    return 0;
}

static int put_type(struct mop_log *l, const struct mop_result *r, const struct mop_type_result *y,
                    struct mop_err *e)
{
    const struct mop_tally *t = y->tally;
    if (mop_db_run(l, e, "INSERT INTO type VALUES(?,?,?,?,?,?,?)", "isiiiit", l->run,
                   y->record->name, (int64_t)t->records, (int64_t)t->excluded_total,
                   (int64_t)t->undated, (int64_t)t->assessed, y->currency ? y->currency : ""))
        return -1;
    return put_rules(l, r, y, e) || put_signatures(l, t, e) || put_fields(l, r, y, e) ? -1 : 0;
}

/* ---- the rest ---- */

static int put_stages(struct mop_log *l, const struct mop_lifecycle_result *c, struct mop_err *e)
{
    for (size_t i = 0; i < c->nstages; i++)
        if (mop_db_run(l, e, "INSERT INTO stage VALUES(?,?,?,?,?,?,?)", "issisii", l->run,
                       c->lifecycle->record->name, c->lifecycle->id, (int64_t)i,
                       c->stages[i].stage->name, (int64_t)c->stages[i].counts->records,
                       (int64_t)c->funnel->records))
            return -1;
    return 0;
}

static int put_datasets(struct mop_log *l, const struct mop_result *r, struct mop_err *e)
{
    for (size_t i = 0; i < r->ndatasets; i++) {
        const struct mop_dataset_result *d = &r->datasets[i];
        if (mop_db_run(l, e, "INSERT INTO dataset VALUES(?,?,?,?,?,?,?,?,?,?,?)",
                       "iisstt"
                       "bbsss",
                       l->run, (int64_t)i, d->id, d->record ? d->record->name : MOP_SV(""), d->kind,
                       mop_severity_names[d->severity], d->judged, d->failed, d->value, d->limit,
                       d->message))
            return -1;
    }
    return 0;
}

static int put_whole(struct mop_log *l, const struct mop_result *r,
                     const struct mop_result *between, struct mop_err *e)
{
    if (mop_log_put_values(l, r, e) || mop_log_put_scores(l, r, between, l->split, e))
        return -1;
    mop_log_point("scores");
    if (mop_log_put_causes(l, r->since, e) || mop_log_put_whose(l, e))
        return -1;
    for (size_t i = 0; i < r->ntypes; i++)
        if (put_type(l, r, &r->types[i], e))
            return -1;
    for (size_t i = 0; i < r->nlifecycles; i++)
        if (put_stages(l, &r->lifecycles[i], e))
            return -1;
    return put_datasets(l, r, e);
}

int mop_log_put(struct mop_log *l, const struct mop_result *r, const struct mop_result *between,
                struct mop_err *e)
{
    if (mop_log_start(l, r, e) || put_run(l, r, e) || supersede(l, r, e) || put_sources(l, r, e))
        return -1;
    mop_log_point("put");
    return r->status == MOP_RUN_PARTIAL ? 0 : put_whole(l, r, between, e);
}

int mop_log_put_failed(struct mop_log *l, const struct mop_ruleset *rs, const struct mop_err *why,
                       struct mop_err *e)
{
    if (l->open)
        sqlite3_exec(l->db, "ROLLBACK", NULL, NULL, NULL);
    l->open = false;
    if (mop_log_start(l, NULL, e))
        return -1;
    int64_t taxonomy = rs && l->o ? mop_log_put_taxonomy(l, rs, false, e) : 0;
    if (taxonomy < 0 ||
        mop_db_run(l, e,
                   "UPDATE run SET superseded=0 WHERE now_us=? AND superseded IS NULL"
                   " AND status IN ('failed','died')",
                   "i", l->now_us) ||
        mop_db_run(
            l, e,
            "INSERT INTO run(now_us,status,exit,message,program,taxonomy,state,options,types,"
            "records,values_shown) VALUES(?,'failed',?,?,?,NULLIF(?,0),?,?,'',0,0)",
            "iittiss", l->now_us, (int64_t)why->code, why->msg, MOP_VERSION, taxonomy, l->state,
            l->options))
        return -1;
    l->run = sqlite3_last_insert_rowid(l->db);
    return mop_db_run(l, e, "UPDATE run SET superseded=? WHERE superseded=0", "i", l->run);
}
