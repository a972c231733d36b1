/* SPDX-License-Identifier: MIT */
#include "history/db.h"

/* The scores of a result in one list, and into the file. */

static const char *const of_names[] = {"report", "overall", "dimension", "owner", "field"};

struct listing {
    struct mop_arena *a;
    struct mop_log_level *list;
    size_t n;
};

static void add(struct listing *x, int of, struct mop_sv record, struct mop_sv name,
                const struct mop_score_pair *p)
{
    x->list[x->n++] =
        (struct mop_log_level){of, record, name, &p->records, p->has_value ? &p->value : NULL};
}

static void add_report(struct listing *x, const struct mop_report_result *p)
{
    const struct mop_need_result *m = p->lowest_records, *v = p->lowest_value;
    x->list[x->n++] =
        (struct mop_log_level){MOP_SINCE_REPORT, MOP_SV(""), p->spec->name,
                               m ? &m->score.records : NULL, v ? &v->score.value : NULL};
}

static void add_named(struct listing *x, int of, const struct mop_type_result *y,
                      const struct mop_named_score *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        add(x, of, y->record->name, s[i].name, &s[i].score);
}

static void add_type(struct listing *x, const struct mop_type_result *y)
{
    add(x, MOP_SINCE_OVERALL, y->record->name, MOP_SV(""), &y->overall);
    for (size_t i = 0; i < MOP_DIMS; i++)
        add(x, MOP_SINCE_DIMENSION, y->record->name, mop_sv_of(mop_dimension_names[i]),
            &y->dimensions[i]);
    add_named(x, MOP_SINCE_OWNER, y, y->owners, y->nowners);
    add_named(x, MOP_SINCE_FIELD, y, y->fields, y->nfields);
}

struct mop_log_level *mop_log_levels_of(struct mop_arena *a, const struct mop_result *r, size_t *n)
{
    struct listing x = {.a = a};
    size_t most = r->nreports;
    for (size_t i = 0; i < r->ntypes; i++)
        most += 1 + MOP_DIMS + r->types[i].nowners + r->types[i].nfields;
    x.list = mop_arena_array(a, most + 1, sizeof *x.list);
    for (size_t i = 0; i < r->nreports; i++)
        add_report(&x, &r->reports[i]);
    for (size_t i = 0; i < r->ntypes; i++)
        add_type(&x, &r->types[i]);
    *n = x.n;
    return x.list;
}

const struct mop_log_level *mop_log_level_find(const struct mop_log_level *list, size_t n,
                                               const struct mop_log_level *like)
{
    for (size_t i = 0; i < n; i++)
        if (list[i].of == like->of && mop_sv_eq(list[i].record, like->record) &&
            mop_sv_eq(list[i].name, like->name))
            return &list[i];
    return NULL;
}

int64_t mop_log_tenths(const struct mop_score *s)
{
    return s && !s->reason ? mop_score_tenths(s) : -1;
}

const char *mop_log_of_name(int of)
{
    return of_names[of];
}

int mop_log_of(struct mop_sv name)
{
    int of = MOP_SINCE_FIELD;
    while (of > 0 && !mop_sv_eqs(name, of_names[of]))
        of--;
    return of;
}

/* A null tenth is -1. */
static int put_score(struct mop_log *l, const struct mop_log_level *x, const char *basis,
                     const struct mop_score *s, const struct mop_score *between, bool split,
                     struct mop_err *e)
{
    if (!s)
        return 0;
    if (mop_db_run(l, e, "INSERT INTO score VALUES(?,?,?,?,?,?,?,?,NULLIF(?,-1),NULLIF(?,-1),?)",
                   "itsstnnniit", l->run, of_names[x->of], x->record, x->name, basis, s->clean,
                   s->assessed, s->undecided, mop_log_tenths(s),
                   split ? mop_log_tenths(between) : -1, s->reason))
        return -1;
    if (!split || between == s ||
        mop_log_tenths(between) < 0) /* by the same rules it is the same */
        return 0;
    return mop_db_run(l, e, "INSERT INTO between_score VALUES(?,?,?,?,?,?,?)", "itsstnn", l->run,
                      of_names[x->of], x->record, x->name, basis, between->clean,
                      between->assessed);
}

int mop_log_put_scores(struct mop_log *l, const struct mop_result *r,
                       const struct mop_result *between, bool split, struct mop_err *e)
{
    struct mop_arena a;
    mop_arena_init(&a);
    size_t n, m = 0;
    int rc = 0;
    const struct mop_log_level *list = mop_log_levels_of(&a, r, &n), *other = list;
    m = n;
    if (between)
        other = mop_log_levels_of(&a, between, &m);
    for (size_t i = 0; i < n && !rc; i++) {
        const struct mop_log_level *b = mop_log_level_find(other, m, &list[i]);
        rc = put_score(l, &list[i], "records", list[i].records, b ? b->records : NULL, split, e) ||
                     put_score(l, &list[i], "value", list[i].value, b ? b->value : NULL, split, e)
                 ? -1
                 : 0;
    }
    mop_arena_release(&a);
    return rc;
}
