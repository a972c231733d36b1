/* SPDX-License-Identifier: MIT */
#include "history/causes.h"
#include <stdlib.h>
#include <string.h>

/*
 * Which rules stand behind what the rules moved: both rule sets judged the same records, so that
 * whatever differs between their tallies is by rules.
 */

void mop_cause_add(struct mop_causes *x, int how, struct mop_sv record, struct mop_sv id,
                   struct mop_sv what, int32_t since, uint64_t by)
{
    MOP_GROW(x->list, x->n, x->cap);
    struct weighed *w = &x->list[x->n++];
    *w = (struct weighed){{.record = record, .id = id, .what = what, .since = since}, by};
    w->cause.how = how;
}

struct mop_sv mop_cause_count(struct mop_causes *x, uint64_t n)
{
    return mop_shown_count(x->a, n);
}

/* Are they written alike? */
bool mop_cause_same_node(const struct mop_node *a, const struct mop_node *b)
{
    struct mop_buf x, y;
    if (!a || !b)
        return a == b;
    mop_buf_init(&x, SIZE_MAX);
    mop_buf_init(&y, SIZE_MAX);
    mop_yaml_flow(&x, a);
    mop_yaml_flow(&y, b);
    bool same = mop_sv_eq(mop_buf_view(&x), mop_buf_view(&y));
    mop_buf_release(&x);
    mop_buf_release(&y);
    return same;
}

const struct mop_check *mop_cause_check(const struct mop_record *r, struct mop_sv id)
{
    for (size_t i = 0; id.n && i < r->nchecks; i++)
        if (mop_sv_eq(r->checks[i]->id, id))
            return r->checks[i];
    return NULL;
}

const struct mop_check *mop_cause_renamed(const struct mop_record *r, struct mop_sv id)
{
    for (size_t i = 0; i < r->nchecks; i++)
        if (mop_sv_eq(r->checks[i]->renamed_from, id))
            return r->checks[i];
    return NULL;
}

/* ---- what else decides which records count, and for how much ---- */

/* An exclusion of a type, and how many records it took; NULL: there is none. */
static const struct mop_exclude *exclusion(const struct mop_type_result *y, struct mop_sv id,
                                           uint64_t *records)
{
    *records = 0;
    for (size_t i = 0; i < y->record->nexcludes; i++)
        if (mop_sv_eq(y->record->excludes[i].id, id)) {
            *records = y->tally->excluded[i];
            return &y->record->excludes[i];
        }
    return NULL;
}

static void compare_exclusion(struct mop_causes *x, const struct mop_by_both *y, struct mop_sv id)
{
    uint64_t was, is;
    const struct mop_exclude *then = exclusion(y->then, id, &was),
                             *now = exclusion(y->now, id, &is);
    bool same = then && now && mop_cause_same_node(then->where_node, now->where_node);
    if (was == is && (same || !is))
        return;
    mop_cause_add(x, MOP_CAUSE_EXCLUDES, y->now->record->name, id,
                  mop_arena_printf(
                      x->a, "it takes %.*s out, %.*s by the earlier rules",
                      MOP_SV_ARG(mop_shown_records(x->a, is, MOP_SV(""))),
                      MOP_SV_ARG(was == is ? MOP_SV("as many others") : mop_cause_count(x, was))),
                  INT32_MIN, was == is ? is : mop_cause_apart(is, was));
}

static void compare_exclusions(struct mop_causes *x, const struct mop_by_both *y)
{
    const struct mop_record *now = y->now->record, *then = y->then->record;
    uint64_t n;
    for (size_t i = 0; i < now->nexcludes; i++)
        compare_exclusion(x, y, now->excludes[i].id);
    for (size_t i = 0; i < then->nexcludes; i++)
        if (!exclusion(y->now, then->excludes[i].id, &n))
            compare_exclusion(x, y, then->excludes[i].id);
}

static void compare_weight(struct mop_causes *x, const struct mop_by_both *y)
{
    const struct mop_score_pair *was = &y->then->overall, *is = &y->now->overall;
    const struct mop_record *r = y->now->record;
    if (y->other_records || (y->other_population && x->same_checks) ||
        (was->has_value == is->has_value && was->value.assessed == is->value.assessed))
        return;
    mop_cause_add(x, MOP_CAUSE_WEIGHT, r->name,
                  r->nweights ? r->weights[0]->field->name : MOP_SV(""), MOP_CAUSE_MONEY, INT32_MIN,
                  0);
}

/* ---- all of it ---- */

static int by_weight(const void *p, const void *q)
{
    const struct weighed *a = p, *b = q;
    if (a->by != b->by)
        return a->by < b->by ? 1 : -1;
    int c = mop_sv_cmp(a->cause.record, b->cause.record);
    c = c ? c : mop_sv_cmp(a->cause.id, b->cause.id);
    return c ? c : (int)a->cause.how - (int)b->cause.how;
}

static void compare_types(struct mop_causes *x, const struct mop_result *then,
                          const struct mop_result *now)
{
    for (size_t i = 0; i < now->ntypes; i++)
        for (size_t k = 0; k < then->ntypes; k++) {
            struct mop_by_both y = {&then->types[k], &now->types[i], false, false};
            size_t before = x->n;
            if (!mop_sv_eq(y.then->record->name, y.now->record->name))
                continue;
            y.other_records = y.then->tally->assessed != y.now->tally->assessed;
            compare_exclusions(x, &y);
            y.other_population = x->n > before;
            mop_causes_of_checks(x, &y);
            compare_weight(x, &y);
        }
}

void mop_log_causes(const struct mop_result *then, struct mop_result *now, bool same_options,
                    struct mop_since *s)
{
    struct mop_causes x = {.a = &now->arena,
                           .then = then->rules,
                           .now = now->rules,
                           .same_text = s->same_text,
                           .same_checks = same_options && !strcmp(then->rules->checks_digest,
                                                                  now->rules->checks_digest)};
    compare_types(&x, then, now);
    mop_causes_of_reports(&x, then, now);
    mop_causes_of_suppressions(&x, then, now);
    if (x.n)
        qsort(x.list, x.n, sizeof *x.list, by_weight);
    struct mop_cause *list = mop_arena_array(x.a, x.n + 1, sizeof *list);
    for (size_t i = 0; i < x.n; i++)
        list[i] = x.list[i].cause;
    s->causes = list;
    s->ncauses = x.n;
    free(x.list);
}

int mop_log_put_causes(struct mop_log *l, const struct mop_since *s, struct mop_err *e)
{
    for (size_t i = 0; s && i < s->ncauses; i++) {
        const struct mop_cause *c = &s->causes[i];
        if (mop_db_run(l, e, "INSERT INTO cause VALUES(?,?,?,?,?,?,NULLIF(?,-2147483648))",
                       "iitsssi", l->run, (int64_t)i, mop_cause_names[c->how], c->record, c->id,
                       c->what, (int64_t)c->since))
            return -1;
    }
    return 0;
}

static int how_of(struct mop_sv name)
{
    int how = MOP_CAUSE_TARGET;
    while (how > 0 && !mop_sv_eqs(name, mop_cause_names[how]))
        how--;
    return how;
}

int mop_log_read_causes(struct mop_log *l, struct mop_arena *a, int64_t run, struct mop_cause *list,
                        size_t *n, size_t most, struct mop_err *e)
{
    sqlite3_stmt *st = mop_db_query(
        l, e,
        "SELECT how, record, id, what, coalesce(since,-2147483648) FROM cause WHERE run=?"
        " ORDER BY seq",
        "i", run);
    int more = st ? mop_db_next(l, st, e) : -1;
    for (; more > 0; more = mop_db_next(l, st, e)) {
        if (*n == most)
            continue;
        struct mop_cause *c = &list[(*n)++];
        *c = (struct mop_cause){.record = mop_db_text(a, st, 1),
                                .id = mop_db_text(a, st, 2),
                                .what = mop_db_text(a, st, 3),
                                .since = (int32_t)mop_db_int(st, 4),
                                .run = run};
        c->how = how_of(mop_db_text(a, st, 0));
    }
    return more;
}
