/* SPDX-License-Identifier: MIT */
#include "history/db.h"
#include <stdlib.h>
#include <string.h>

/* What changed since the last complete run (score/since.h). */

enum { TREND = 30 };

/* ---- rules that moved: by at least half a point of the records they apply to, and by a tenth of
 * what failed before ---- */

static mop_i128 apart(mop_i128 a, mop_i128 b)
{
    return a > b ? a - b : b - a;
}

bool mop_log_rule_moved(uint64_t failed_a, uint64_t of_a, uint64_t failed_b, uint64_t of_b)
{
    if (!of_a || !of_b) /* who fails nothing of nothing has not moved */
        return false;
    /* shares over a common denominator: exact */
    mop_i128 a = (mop_i128)failed_a * of_b, b = (mop_i128)failed_b * of_a;
    mop_i128 whole = (mop_i128)of_a * of_b;
    return 200 * apart(a, b) >= whole && 10 * apart(a, b) >= a;
}

/* ---- scores ---- */

int mop_log_trend(struct mop_log *l, struct mop_arena *a, struct mop_score_since *s, int64_t up_to,
                  struct mop_err *e)
{
    struct mop_trend_point *points = mop_arena_array(a, TREND + 1, sizeof *points);
    struct mop_sv later = l->state;
    size_t n = TREND;
    sqlite3_stmt *st = mop_db_query(
        l, e,
        "SELECT now_us, max(CASE basis WHEN 'records' THEN tenths END),"
        " max(CASE basis WHEN 'value' THEN tenths END), state FROM score JOIN run ON"
        " run.id=score.run WHERE of=? AND record=? AND name=? AND run.id<=? AND superseded IS NULL"
        " AND now_us<>? GROUP BY run.id ORDER BY run.id DESC LIMIT ?",
        "tssiii", mop_log_of_name((int)s->of), s->record, s->name, up_to, l->now_us,
        (int64_t)TREND - 1);
    points[TREND] = (struct mop_trend_point){l->now_us, s->now_records, s->now_value, false};
    int more = st ? mop_db_next(l, st, e) : -1;
    for (; more > 0; more = mop_db_next(l, st, e)) {
        struct mop_sv state = mop_db_text(&l->arena, st, 3);
        points[n--].other_rules = !mop_sv_eq(state, later);
        points[n] = (struct mop_trend_point){mop_db_int(st, 0), mop_db_int(st, 1),
                                             mop_db_int(st, 2), false};
        later = state;
    }
    s->trend = points + n;
    s->ntrend = TREND + 1 - n;
    return more;
}

int64_t mop_log_share(struct mop_log *l, const char *sql, int64_t run,
                      const struct mop_score_since *s, bool money, struct mop_err *e)
{
    mop_i128 of[2] = {0, 0};
    bool there = false;
    sqlite3_stmt *st = mop_db_query(l, e, sql, "itsst", run, mop_log_of_name((int)s->of), s->record,
                                    s->name, money ? "value" : "records");
    int more = st ? mop_db_next(l, st, e) : -1;
    if (more > 0)
        there = mop_db_whole(st, 0, &of[0]) && mop_db_whole(st, 1, &of[1]);
    while (more > 0)
        more = mop_db_next(l, st, e);
    return more < 0 ? -2 : there ? mop_billionths(of[0], of[1]) : -1;
}

int64_t mop_log_kept(struct mop_log *l, const char *sql, int64_t run,
                     const struct mop_score_since *s, bool money, struct mop_err *e)
{
    return mop_db_number(l, e, sql, "itsst", run, mop_log_of_name((int)s->of), s->record, s->name,
                         money ? "value" : "records");
}

static int64_t billionths(const struct mop_score *s)
{
    return s && !s->reason ? mop_billionths(s->clean, s->assessed) : -1;
}

/* One basis of a score: then, between, now, and who moved it how far. */
static int fill_basis(struct mop_log *l, struct mop_score_since *s, const struct mop_score *now,
                      const struct mop_score *between, bool money, struct mop_err *e)
{
    int64_t *three[3] = {&s->before_records, &s->between_records, &s->now_records};
    if (money)
        three[0] = &s->before_value, three[1] = &s->between_value, three[2] = &s->now_value;
    int64_t was = mop_log_share(l, MOP_LOG_SHARE, l->previous->id, s, money, e);
    *three[0] = mop_log_kept(l, MOP_LOG_TENTHS, l->previous->id, s, money, e);
    *three[1] = l->split ? mop_log_tenths(between) : -1;
    *three[2] = mop_log_tenths(now);
    *(money ? &s->value : &s->records) =
        was < 0 || *three[0] < 0 || *three[1] < 0 || *three[2] < 0
            ? MOP_UNSPLIT
            : mop_split_of(billionths(between) - was, billionths(now) - billionths(between),
                           *three[2] - *three[0]);
    return was == -2 || *three[0] == -2 ? -1 : 0;
}

static int fill_score(struct mop_log *l, struct mop_arena *a, struct mop_score_since *s,
                      const struct mop_log_level *now, const struct mop_log_level *between,
                      struct mop_err *e)
{
    *s = (struct mop_score_since){.record = now->record, .name = now->name};
    s->of = now->of;
    if (fill_basis(l, s, now->records, between ? between->records : NULL, false, e) ||
        fill_basis(l, s, now->value, between ? between->value : NULL, true, e))
        return -1;
    return mop_log_trend(l, a, s, INT64_MAX, e);
}

static int since_scores(struct mop_log *l, struct mop_result *r, const struct mop_result *between,
                        struct mop_since *s, struct mop_err *e)
{
    size_t n, m = 0;
    const struct mop_log_level *now = mop_log_levels_of(&r->arena, r, &n), *other = now;
    struct mop_score_since *scores = mop_arena_array(&r->arena, n + 1, sizeof *scores);
    m = n;
    if (between)
        other = mop_log_levels_of(&r->arena, between, &m);
    for (size_t i = 0; i < n; i++)
        if (fill_score(l, &r->arena, &scores[i], &now[i], mop_log_level_find(other, m, &now[i]), e))
            return -1;
    s->scores = scores;
    s->nscores = n;
    return 0;
}

/* ---- rules ---- */

int mop_log_rule_then(struct mop_log *l, struct mop_sv record, struct mop_sv id,
                      struct mop_log_then *t, struct mop_err *e)
{
    sqlite3_stmt *st =
        mop_db_query(l, e, "SELECT failed, applicable FROM rule WHERE run=? AND record=? AND id=?",
                     "iss", l->previous->id, record, id);
    int more = st ? mop_db_next(l, st, e) : -1;
    if (more > 0)
        *t = (struct mop_log_then){(uint64_t)mop_db_int(st, 0), (uint64_t)mop_db_int(st, 1), true};
    while (more > 0)
        more = mop_db_next(l, st, e);
    return more;
}

static bool moved(const struct mop_log_then *t, const struct mop_rule_tally *now,
                  struct mop_rule_since *out)
{
    out->failed_before = t->failed;
    out->applicable_before = t->applicable;
    out->failed_now = now->failed;
    out->applicable_now = now->applied;
    if (!t->is) {
        out->how = MOP_RULE_NEW;
        return true;
    }
    mop_i128 before = (mop_i128)t->failed * now->applied,
             after = (mop_i128)now->failed * t->applicable;
    out->how = after > before ? MOP_RULE_WORSE : MOP_RULE_BETTER;
    return mop_log_rule_moved(t->failed, t->applicable, now->failed, now->applied);
}

static bool is_there(const struct mop_type_result *y, struct mop_sv id)
{
    for (size_t i = 0; i < y->record->nchecks; i++)
        if (mop_sv_eq(y->record->checks[i]->id, id) ||
            (id.n && mop_sv_eq(y->record->checks[i]->renamed_from, id)))
            return true;
    return false;
}

/* Rules of the last run that this one does not have, of the types that both judged. */
static int rules_gone(struct mop_log *l, struct mop_arena *a, const struct mop_type_result *y,
                      struct mop_rule_since *list, size_t *n, size_t most, struct mop_err *e)
{
    sqlite3_stmt *st = mop_db_query(
        l, e, "SELECT id, failed, applicable, field FROM rule WHERE run=? AND record=? ORDER BY id",
        "is", l->previous->id, y->record->name);
    int more = st ? mop_db_next(l, st, e) : -1;
    for (; more > 0; more = mop_db_next(l, st, e)) {
        struct mop_sv id = mop_db_text(a, st, 0);
        if (is_there(y, id) || *n == most)
            continue;
        list[*n] = (struct mop_rule_since){.id = id,
                                           .record = y->record->name,
                                           .field = mop_db_text(a, st, 3),
                                           .how = MOP_RULE_GONE,
                                           .failed_before = (uint64_t)mop_db_int(st, 1),
                                           .applicable_before = (uint64_t)mop_db_int(st, 2)};
        mop_log_whose_rule(&l->whose, &list[(*n)++]);
    }
    return more;
}

static int by_how(const void *x, const void *y)
{
    const struct mop_rule_since *a = x, *b = y;
    uint64_t d = a->failed_now > a->failed_before ? a->failed_now - a->failed_before
                                                  : a->failed_before - a->failed_now;
    uint64_t f = b->failed_now > b->failed_before ? b->failed_now - b->failed_before
                                                  : b->failed_before - b->failed_now;
    if (a->how != b->how)
        return a->how < b->how ? -1 : 1;
    return d != f ? (d < f ? 1 : -1) : mop_sv_cmp(a->id, b->id);
}

void mop_log_sort_rules(struct mop_rule_since *list, size_t n)
{
    if (n)
        qsort(list, n, sizeof *list, by_how);
}

static int type_then(struct mop_log *l, struct mop_sv record, struct mop_err *e)
{
    int64_t n = mop_db_number(l, e, "SELECT count(*) FROM type WHERE run=? AND record=?", "is",
                              l->previous->id, record);
    return n == -2 ? -1 : n > 0;
}

static int since_rules(struct mop_log *l, struct mop_result *r, struct mop_since *s,
                       struct mop_err *e)
{
    size_t n = 0;
    int64_t gone =
        mop_db_number(l, e, "SELECT count(*) FROM rule WHERE run=?", "i", l->previous->id);
    size_t most = gone < 0 ? 0 : (size_t)gone;
    for (size_t i = 0; i < r->ntypes; i++)
        most += r->types[i].record->nchecks;
    struct mop_rule_since *list = mop_arena_array(&r->arena, most + 1, sizeof *list);
    for (size_t i = 0; i < r->ntypes; i++) {
        const struct mop_type_result *y = &r->types[i];
        int was = type_then(l, y->record->name, e);
        for (size_t k = 0; was > 0 && k < y->record->nchecks; k++) {
            const struct mop_check *c = y->record->checks[k];
            struct mop_log_then t = {0};
            list[n] = (struct mop_rule_since){.id = c->id,
                                              .record = c->record->name,
                                              .field = c->field ? c->field->name : MOP_SV("")};
            if (mop_log_rule_then(l, y->record->name, c->id, &t, e) ||
                (!t.is && c->renamed_from.n &&
                 mop_log_rule_then(l, y->record->name, c->renamed_from, &t, e)))
                return -1;
            if (moved(&t, &y->tally->rules_tally[k], &list[n]))
                mop_log_whose_rule(&l->whose, &list[n++]);
        }
        if (was < 0 || (was && rules_gone(l, &r->arena, y, list, &n, most, e)))
            return -1;
    }
    mop_log_sort_rules(list, n);
    s->rules = list;
    s->nrules = n;
    return 0;
}

/* ---- counts ---- */

struct counting {
    struct mop_log *l;
    struct mop_count_since *list;
    size_t n;
};

/* One row with two numbers; both 0 and false where the last run has none. */
static int two(struct mop_log *l, sqlite3_stmt *st, uint64_t *a, uint64_t *b, bool *is,
               struct mop_err *e)
{
    int more = st ? mop_db_next(l, st, e) : -1;
    *is = more > 0;
    if (more > 0) {
        *a = (uint64_t)mop_db_int(st, 0);
        *b = (uint64_t)mop_db_int(st, 1);
    }
    while (more > 0)
        more = mop_db_next(l, st, e);
    return more;
}

static int count_type(struct counting *x, const struct mop_type_result *y, struct mop_err *e)
{
    const struct mop_tally *t = y->tally;
    struct mop_log *l = x->l;
    struct mop_count_since *c = &x->list[x->n];
    bool is;
    *c = (struct mop_count_since){.of = MOP_COUNT_RECORDS,
                                  .record = y->record->name,
                                  .now = t->records,
                                  .total_now = t->records};
    if (two(l,
            mop_db_query(l, e, "SELECT records, records FROM type WHERE run=? AND record=?", "is",
                         l->previous->id, y->record->name),
            &c->before, &c->total_before, &is, e))
        return -1;
    if (is)
        mop_log_whose_count(&l->whose, &x->list[x->n++]);
    for (size_t i = 0; i < y->record->nfields; i++) {
        c = &x->list[x->n];
        *c = (struct mop_count_since){.of = MOP_COUNT_FILLED,
                                      .record = y->record->name,
                                      .name = y->record->fields[i]->name,
                                      .now = t->filled[i],
                                      .total_now = t->records - t->excluded_total};
        if (two(l,
                mop_db_query(l, e,
                             "SELECT filled, total FROM field WHERE run=? AND record=? AND name=?",
                             "iss", l->previous->id, y->record->name, c->name),
                &c->before, &c->total_before, &is, e))
            return -1;
        if (is)
            mop_log_whose_count(&l->whose, &x->list[x->n++]);
    }
    return 0;
}

struct mop_sv mop_log_stage_name(struct mop_arena *a, const struct mop_lifecycle *c,
                                 struct mop_sv stage)
{
    return mop_arena_printf(a, "%.*s.%.*s", MOP_SV_ARG(c->id), MOP_SV_ARG(stage));
}

static int count_stages(struct counting *x, struct mop_arena *a,
                        const struct mop_lifecycle_result *lc, struct mop_err *e)
{
    struct mop_log *l = x->l;
    const struct mop_lifecycle *cycle = lc->lifecycle;
    for (size_t i = 0; i < lc->nstages; i++) {
        struct mop_count_since *c = &x->list[x->n];
        bool is;
        *c = (struct mop_count_since){.of = MOP_COUNT_STAGE,
                                      .record = cycle->record->name,
                                      .name =
                                          mop_log_stage_name(a, cycle, lc->stages[i].stage->name),
                                      .now = lc->stages[i].counts->records,
                                      .total_now = lc->funnel->records};
        if (two(l,
                mop_db_query(l, e,
                             "SELECT records, total FROM stage WHERE run=? AND record=? AND"
                             " lifecycle=? AND stage=?",
                             "isss", l->previous->id, c->record, cycle->id,
                             lc->stages[i].stage->name),
                &c->before, &c->total_before, &is, e))
            return -1;
        if (is)
            mop_log_whose_count(&l->whose, &x->list[x->n++]);
    }
    return 0;
}

static int since_counts(struct mop_log *l, struct mop_result *r, struct mop_since *s,
                        struct mop_err *e)
{
    struct counting x = {.l = l};
    size_t most = 1;
    for (size_t i = 0; i < r->ntypes; i++)
        most += 2 + r->types[i].record->nfields;
    for (size_t i = 0; i < r->nlifecycles; i++)
        most += r->lifecycles[i].nstages + 1;
    x.list = mop_arena_array(&r->arena, most, sizeof *x.list);
    for (size_t i = 0; i < r->ntypes; i++)
        if (count_type(&x, &r->types[i], e))
            return -1;
    for (size_t i = 0; i < r->nlifecycles; i++)
        if (count_stages(&x, &r->arena, &r->lifecycles[i], e))
            return -1;
    s->counts = x.list;
    s->ncounts = x.n;
    return 0;
}

/* ---- runs that did not end well ---- */

int mop_log_missed(struct mop_log *l, struct mop_arena *a, int64_t from, int64_t to,
                   struct mop_sv types, struct mop_since *s, struct mop_err *e)
{
    static const char sql[] =
        "SELECT id, now_us, " MOP_LOG_STATUS ", message FROM run WHERE id>=?1 AND id<?2"
        " AND exit>1 AND superseded IS NULL AND now_us<>?3 AND"
        " (types='' OR types=?4) ORDER BY id";
    int64_t most = mop_db_number(l, e, "SELECT count(*) FROM run WHERE id>=?1 AND id<?2 AND exit>1",
                                 "ii", from, to);
    if (most < 0)
        return -1;
    struct mop_missed_run *list = mop_arena_array(a, (size_t)most + 1, sizeof *list);
    sqlite3_stmt *st = mop_db_query(l, e, sql, "iiis", from, to, l->now_us, types);
    int more = st ? mop_db_next(l, st, e) : -1;
    for (; more > 0; more = mop_db_next(l, st, e))
        if (s->nmissed < (size_t)most)
            list[s->nmissed++] = (struct mop_missed_run){
                mop_db_int(st, 0), mop_db_int(st, 1), mop_db_text(a, st, 2), mop_db_text(a, st, 3)};
    s->missed = list;
    return more;
}

/* ---- all of it ---- */

static struct mop_sv titled(struct mop_arena *a, struct mop_sv name, struct mop_sv version)
{
    return mop_arena_printf(a, "%.*s%s%.*s", MOP_SV_ARG(name), version.n ? " " : "",
                            MOP_SV_ARG(version));
}

/* Nights that came to nothing before there is anything to compare with are told all the same. */
static int since_nothing(struct mop_log *l, struct mop_result *r, struct mop_since *s,
                         struct mop_err *e)
{
    *s = (struct mop_since){.first = true, .same_rules = true, .same_text = true};
    if (mop_log_missed(l, &r->arena, 0, INT64_MAX, mop_log_types_of(&r->arena, r), s, e))
        return -1;
    r->since = s->nmissed ? s : NULL;
    return 0;
}

int mop_log_since(struct mop_log *l, struct mop_result *r, const struct mop_result *between,
                  const char *unsplit, struct mop_err *e)
{
    if (mop_log_start(l, r, e))
        return -1;
    struct mop_since *s = mop_arena_alloc(&r->arena, sizeof *s);
    if (!l->previous)
        return since_nothing(l, r, s, e);
    bool same = mop_sv_eq(l->state, l->last_state);
    l->split = same || between;
    s->run = mop_arena_printf(&r->arena, "%lld", (long long)l->previous->id);
    s->at_us = l->previous->now_us;
    s->clock_back = mop_log_later(l) != INT64_MIN;
    s->same_rules = same;
    s->same_text = mop_sv_eqs(l->previous->text_digest, r->rules->text_digest) &&
                   mop_sv_eq(l->previous->options, l->options);
    s->taxonomy_before = titled(&r->arena, l->previous->taxonomy, l->previous->version);
    s->taxonomy_now = titled(&r->arena, r->rules->name, r->rules->version);
    if (!l->split)
        s->unsplit = mop_arena_str(&r->arena, mop_sv_of(l->unsplit ? l->unsplit
                                                        : unsplit  ? unsplit
                                                                   : "no reason is known"));
    l->whose.same_rules = same;
    mop_log_whose_of(l, r, between);
    if (between)
        mop_log_causes(between, r, mop_sv_eq(l->previous->options, l->options), s);
    if (mop_log_since_absence(l, s, e) ||
        mop_log_missed(l, &r->arena, l->previous->id, INT64_MAX, l->previous->types, s, e) ||
        since_scores(l, r, between, s, e) || since_rules(l, r, s, e) ||
        mop_log_since_columns(l, r, s, e) || mop_log_since_values(l, r, &r->arena, s, e) ||
        since_counts(l, r, s, e) || mop_log_aged(l, r, between, s, e))
        return -1;
    r->since = s;
    return 0;
}
