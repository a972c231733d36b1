/* SPDX-License-Identifier: MIT */
#include "history/db.h"
#include <stdlib.h>

/*
 * Whose doing a change is that is no score's: of what a rule fails, of a fill rate, of a stage, of
 * a value that came or went. What the earlier rules made of the same data in another way is kept
 * as a list, of this run or of one in the file; whatever is not in it, the rules left alone.
 */

static const char *const of_names[] = {"run", "rule", "filled", "stage", "value"};

static int by_name(const void *x, const void *y)
{
    const struct mop_log_other *a = x, *b = y;
    if (a->of != b->of)
        return a->of < b->of ? -1 : 1;
    int c = mop_sv_cmp(a->record, b->record);
    c = c ? c : mop_sv_cmp(a->name, b->name);
    return c ? c : mop_sv_cmp(a->key, b->key);
}

void mop_log_add_other(struct mop_log_whose *w, struct mop_log_other o)
{
    MOP_GROW(w->list, w->n, w->cap);
    w->list[w->n++] = o;
}

static void add_two(struct mop_log_whose *w, struct mop_log_other o, uint64_t n, uint64_t total)
{
    if (o.n != n || o.total != total)
        mop_log_add_other(w, o);
}

/* ---- of this run ---- */

static const struct mop_type_result *type_of(const struct mop_result *r, struct mop_sv name)
{
    for (size_t i = 0; i < r->ntypes; i++)
        if (mop_sv_eq(r->types[i].record->name, name))
            return &r->types[i];
    return NULL;
}

static const struct mop_check *check_of(const struct mop_record *r, struct mop_sv id)
{
    for (size_t i = 0; id.n && i < r->nchecks; i++)
        if (mop_sv_eq(r->checks[i]->id, id))
            return r->checks[i];
    return NULL;
}

static void compare_rules(struct mop_log_whose *w, const struct mop_type_result *then,
                          const struct mop_type_result *now)
{
    for (size_t i = 0; i < now->record->nchecks; i++) {
        const struct mop_check *c = now->record->checks[i], *was = check_of(then->record, c->id);
        was = was ? was : check_of(then->record, c->renamed_from);
        if (!was)
            continue;
        const struct mop_rule_tally *t = &then->tally->rules_tally[was->index],
                                    *u = &now->tally->rules_tally[i];
        add_two(w,
                (struct mop_log_other){MOP_OTHER_RULE, now->record->name, c->id, MOP_SV(""),
                                       t->failed, t->applied},
                u->failed, u->applied);
    }
}

static void compare_fields(struct mop_log_whose *w, const struct mop_type_result *then,
                           const struct mop_type_result *now)
{
    const struct mop_tally *t = then->tally, *u = now->tally;
    for (size_t i = 0; i < now->record->nfields; i++) {
        struct mop_sv name = now->record->fields[i]->name;
        const struct mop_field *f = mop_record_field(then->record, name);
        if (f)
            add_two(w,
                    (struct mop_log_other){MOP_OTHER_FILLED, now->record->name, name, MOP_SV(""),
                                           t->filled[f->index], t->records - t->excluded_total},
                    u->filled[i], u->records - u->excluded_total);
    }
}

static void compare_stages(struct mop_log_whose *w, struct mop_arena *a,
                           const struct mop_lifecycle_result *then,
                           const struct mop_lifecycle_result *now)
{
    for (size_t i = 0; i < now->nstages; i++)
        for (size_t k = 0; k < then->nstages; k++)
            if (mop_sv_eq(now->stages[i].stage->name, then->stages[k].stage->name))
                add_two(w,
                        (struct mop_log_other){
                            MOP_OTHER_STAGE, now->lifecycle->record->name,
                            mop_log_stage_name(a, now->lifecycle, now->stages[i].stage->name),
                            MOP_SV(""), then->stages[k].counts->records, then->funnel->records},
                        now->stages[i].counts->records, now->funnel->records);
}

static bool same_cycle(const struct mop_lifecycle *a, const struct mop_lifecycle *b)
{
    return mop_sv_eq(a->id, b->id) && mop_sv_eq(a->record->name, b->record->name);
}

static void compare_cycles(struct mop_log_whose *w, struct mop_arena *a,
                           const struct mop_result *then, const struct mop_result *now)
{
    for (size_t i = 0; i < now->nlifecycles; i++)
        for (size_t k = 0; k < then->nlifecycles; k++)
            if (same_cycle(now->lifecycles[i].lifecycle, then->lifecycles[k].lifecycle))
                compare_stages(w, a, &then->lifecycles[k], &now->lifecycles[i]);
}

static void sort(struct mop_log_whose *w)
{
    if (w->n)
        qsort(w->list, w->n, sizeof *w->list, by_name);
}

void mop_log_whose_of(struct mop_log *l, const struct mop_result *r,
                      const struct mop_result *between)
{
    struct mop_log_whose *w = &l->whose;
    w->known = l->split;
    w->steps = 1;
    for (size_t i = 0; between && i < r->ntypes; i++) {
        const struct mop_type_result *then = type_of(between, r->types[i].record->name);
        if (!then)
            continue;
        compare_rules(w, then, &r->types[i]);
        compare_fields(w, then, &r->types[i]);
    }
    if (between) {
        compare_cycles(w, &l->arena, between, r);
        mop_log_whose_values(l, r, between, w);
    }
    sort(w);
}

/* ---- in the file ---- */

/* A line of the run itself says that its list is whole. */
int mop_log_put_whose(struct mop_log *l, struct mop_err *e)
{
    const struct mop_log_whose *w = &l->whose;
    if (!w->known)
        return 0;
    mop_log_add_other(&l->whose, (struct mop_log_other){.of = MOP_OTHER_RUN});
    for (size_t i = 0; i < w->n; i++) {
        const struct mop_log_other *o = &w->list[i];
        if (mop_db_run(l, e, "INSERT OR REPLACE INTO other VALUES(?,?,?,?,?,?,?)", "itsssii",
                       l->run, of_names[o->of], o->record, o->name, o->key, (int64_t)o->n,
                       (int64_t)o->total))
            return -1;
    }
    return 0;
}

static int of_name(struct mop_sv name)
{
    int of = MOP_OTHER_VALUE;
    while (of > 0 && !mop_sv_eqs(name, of_names[of]))
        of--;
    return of;
}

int mop_log_read_whose(struct mop_log *l, struct mop_arena *a, int64_t run, struct mop_log_whose *w,
                       struct mop_err *e)
{
    bool whole = false;
    sqlite3_stmt *st = mop_db_query(
        l, e, "SELECT of, record, name, key, n, total FROM other WHERE run=?", "i", run);
    int more = st ? mop_db_next(l, st, e) : -1;
    for (; more > 0; more = mop_db_next(l, st, e)) {
        struct mop_log_other o = {.record = mop_db_text(a, st, 1),
                                  .name = mop_db_text(a, st, 2),
                                  .key = mop_db_text(a, st, 3),
                                  .n = (uint64_t)mop_db_int(st, 4),
                                  .total = (uint64_t)mop_db_int(st, 5)};
        o.of = of_name(mop_db_text(a, st, 0));
        whole |= o.of == MOP_OTHER_RUN;
        mop_log_add_other(w, o);
    }
    w->known &= whole;
    sort(w);
    return more;
}

/* ---- whose doing it is ---- */

static const struct mop_log_other *find(const struct mop_log_whose *w, int of, struct mop_sv record,
                                        struct mop_sv name, struct mop_sv key)
{
    struct mop_log_other want = {.record = record, .name = name, .key = key};
    want.of = of;
    return w->n ? bsearch(&want, w->list, w->n, sizeof want, by_name) : NULL;
}

/* The two numbers then, and what the earlier rules made of the data. */
static enum mop_whose whose(const struct mop_log_whose *w, const struct mop_log_other *o,
                            uint64_t n, uint64_t total)
{
    if (!w->known || (o && w->steps > 1))
        return MOP_BY_UNKNOWN;
    return !o ? MOP_BY_DATA : o->n == n && o->total == total ? MOP_BY_RULES : MOP_BY_BOTH;
}

void mop_log_whose_rule(const struct mop_log_whose *w, struct mop_rule_since *r)
{
    const struct mop_log_other *o = find(w, MOP_OTHER_RULE, r->record, r->id, MOP_SV(""));
    bool both = r->how <= MOP_RULE_BETTER;
    r->by = both            ? whose(w, o, r->failed_before, r->applicable_before)
            : w->same_rules ? MOP_BY_DATA
                            : MOP_BY_RULES;
    r->failed_between = o ? o->n : r->failed_now;
    r->applicable_between = o ? o->total : r->applicable_now;
}

void mop_log_whose_count(const struct mop_log_whose *w, struct mop_count_since *c)
{
    static const int of[] = {MOP_OTHER_RUN, MOP_OTHER_FILLED, MOP_OTHER_STAGE};
    const struct mop_log_other *o =
        c->of == MOP_COUNT_RECORDS ? NULL : find(w, of[c->of], c->record, c->name, MOP_SV(""));
    c->by = c->of == MOP_COUNT_RECORDS ? MOP_BY_DATA : whose(w, o, c->before, c->total_before);
    c->between = o ? o->n : c->now;
    c->total_between = o ? o->total : c->total_now;
}

/* By the earlier rules it is there where it is not now, or the other way round. */
void mop_log_whose_value(const struct mop_log_whose *w, struct mop_sv key,
                         struct mop_value_since *v)
{
    bool other = find(w, MOP_OTHER_VALUE, v->record, v->field, key) ||
                 find(w, MOP_OTHER_VALUE, v->record, v->field, MOP_SV(""));
    v->by = !w->known || (other && w->steps > 1) ? MOP_BY_UNKNOWN
            : other                              ? MOP_BY_RULES
                                                 : MOP_BY_DATA;
}
