/* SPDX-License-Identifier: MIT */
#include "history/db.h"
#include <stdlib.h>

/* Two runs of the history side by side, as a run is with the one before it. */

/* ---- scores ---- */

/* The runs on the way from one to the other, each compared with the one before it. */
struct way {
    const struct mop_log_run *runs;
    size_t n;
    const struct mop_log_run **steps; /* the last one first; each has `compared` */
    size_t nsteps;
    bool whole; /* no run between them is missing */
};

static const struct mop_log_run *run_of(const struct way *w, int64_t id)
{
    for (size_t i = 0; i < w->n; i++)
        if (w->runs[i].id == id)
            return &w->runs[i];
    return NULL;
}

static void find_way(struct mop_arena *a, struct way *w, const struct mop_log_run *from,
                     const struct mop_log_run *to)
{
    const struct mop_log_run *at = run_of(w, to->id);
    w->steps = mop_arena_array(a, w->n + 1, sizeof(void *));
    while (at && at->id > from->id) {
        w->steps[w->nsteps++] = at;
        at = at->compared > 0 ? run_of(w, at->compared) : NULL;
    }
    w->whole = at && at->id == from->id;
}

enum { BILLIONTHS_OF_TENTH = 1000000 };

/* What the old rules made of the data of a step, in billionths. Of a run before the history kept
 * that exactly it is known to a tenth. */
static int64_t between_of(struct mop_log *l, const struct mop_log_run *at,
                          const struct mop_log_run *before, const struct mop_score_since *s,
                          bool money, struct mop_err *e)
{
    if (mop_sv_eq(at->state, before->state))
        return mop_log_share(l, MOP_LOG_SHARE, at->id, s, money, e);
    int64_t share = mop_log_share(l, MOP_LOG_BETWEEN, at->id, s, money, e);
    if (share != -1)
        return share;
    share = mop_log_kept(l, "SELECT between_tenths FROM score" MOP_LOG_BY, at->id, s, money, e);
    return share < 0 ? share : share * BILLIONTHS_OF_TENTH;
}

/* All that the data did on the way, in billionths; false: some step was not split. */
static bool by_data(struct mop_log *l, const struct way *w, const struct mop_score_since *s,
                    bool money, int64_t *sum, struct mop_err *e)
{
    *sum = 0;
    for (size_t i = 0; i < w->nsteps && w->whole; i++) {
        const struct mop_log_run *before = run_of(w, w->steps[i]->compared);
        int64_t between = between_of(l, w->steps[i], before, s, money, e);
        int64_t was = mop_log_share(l, MOP_LOG_SHARE, before->id, s, money, e);
        if (between < 0 || was < 0)
            return false;
        *sum += between - was;
    }
    return w->whole;
}

/* By the same rules, whatever there was between them, it was the data. */
static int compare_basis(struct mop_log *l, const struct way *w, const struct mop_log_run *from,
                         const struct mop_log_run *to, struct mop_score_since *s, bool money,
                         struct mop_err *e)
{
    struct mop_split *split = money ? &s->value : &s->records;
    int64_t before = mop_log_kept(l, MOP_LOG_TENTHS, from->id, s, money, e), data = 0;
    int64_t now = mop_log_kept(l, MOP_LOG_TENTHS, to->id, s, money, e), all = 0;
    *split = MOP_UNSPLIT;
    if (before >= 0 && now >= 0) {
        all = mop_log_share(l, MOP_LOG_SHARE, to->id, s, money, e) -
              mop_log_share(l, MOP_LOG_SHARE, from->id, s, money, e);
        if (mop_sv_eq(from->state, to->state))
            *split = mop_split_of(all, 0, now - before);
        else if (by_data(l, w, s, money, &data, e))
            *split = mop_split_of(data, all - data, now - before);
    }
    *(money ? &s->before_value : &s->before_records) = before;
    *(money ? &s->now_value : &s->now_records) = now;
    *(money ? &s->between_value : &s->between_records) =
        split->data == INT64_MIN ? -1 : before + split->data;
    return e->code ? -1 : 0;
}

static int compare_score(struct mop_log *l, struct mop_arena *a, const struct way *w,
                         const struct mop_log_run *from, const struct mop_log_run *to,
                         struct mop_score_since *s, struct mop_err *e)
{
    if (compare_basis(l, w, from, to, s, false, e) || compare_basis(l, w, from, to, s, true, e))
        return -1;
    return mop_log_trend(l, a, s, to->id, e);
}

static int compare_scores(struct mop_log *l, struct mop_arena *a, const struct way *w,
                          const struct mop_log_run *from, const struct mop_log_run *to,
                          struct mop_since *since, struct mop_err *e)
{
    struct mop_log_score *all;
    size_t n, kept = 0;
    if (mop_log_scores(l, a, to->id, &all, &n, e))
        return -1;
    struct mop_score_since *scores = mop_arena_array(a, n + 1, sizeof *scores);
    for (int of = MOP_SINCE_REPORT; of <= MOP_SINCE_FIELD; of++)
        for (size_t i = 0; i < n; i++) {
            struct mop_score_since *s = &scores[kept];
            if (all[i].of != of || all[i].money)
                continue;
            *s = (struct mop_score_since){.record = all[i].record, .name = all[i].name};
            s->of = of;
            if (compare_score(l, a, w, from, to, s, e))
                return -1;
            kept++;
        }
    since->scores = scores;
    since->nscores = kept;
    return 0;
}

/* ---- rules, values, counts ---- */

static int compare_rules(struct mop_log *l, struct mop_arena *a, int64_t from, int64_t to,
                         struct mop_since *since, struct mop_err *e)
{
    int64_t most =
        mop_db_number(l, e, "SELECT count(*) FROM rule WHERE run IN (?,?)", "ii", from, to);
    if (most < 0)
        return -1;
    struct mop_rule_since *list = mop_arena_array(a, (size_t)most + 1, sizeof *list);
    size_t n = 0;
    sqlite3_stmt *st = mop_db_query(
        l, e,
        "WITH now AS (SELECT *, coalesce((SELECT id FROM rule x WHERE x.run=?1 AND "
        "x.record=y.record"
        " AND x.id=y.id), (SELECT was FROM renamed r JOIN rule x ON x.run=?1 AND x.record=r.record"
        " AND x.id=r.was WHERE r.record=y.record AND r.id=y.id AND r.run>?1 AND r.run<=?2"
        " ORDER BY r.run DESC LIMIT 1)) AS earlier FROM rule y WHERE y.run=?2)"
        " SELECT y.id, x.failed, x.applicable, y.failed, y.applicable, y.record, y.field"
        " FROM now y LEFT JOIN rule x"
        " ON x.run=?1 AND x.record=y.record AND x.id=y.earlier WHERE EXISTS (SELECT 1 FROM"
        " type WHERE run=?1 AND record=y.record) UNION ALL"
        " SELECT x.id, x.failed, x.applicable, NULL, NULL, record, field FROM rule x WHERE "
        "x.run=?1 AND NOT EXISTS"
        " (SELECT 1 FROM now y WHERE y.record=x.record AND y.earlier=x.id) AND EXISTS"
        " (SELECT 1 FROM type WHERE run=?2 AND record=x.record) ORDER BY 1",
        "ii", from, to);
    int more = st ? mop_db_next(l, st, e) : -1;
    for (; more > 0; more = mop_db_next(l, st, e)) {
        int64_t was = mop_db_int(st, 1), of = mop_db_int(st, 2), is = mop_db_int(st, 3),
                now = mop_db_int(st, 4);
        struct mop_rule_since *r = &list[n];
        *r = (struct mop_rule_since){.id = mop_db_text(a, st, 0),
                                     .failed_before = (uint64_t)(was < 0 ? 0 : was),
                                     .applicable_before = (uint64_t)(of < 0 ? 0 : of),
                                     .failed_now = (uint64_t)(is < 0 ? 0 : is),
                                     .applicable_now = (uint64_t)(now < 0 ? 0 : now),
                                     .record = mop_db_text(a, st, 5),
                                     .field = mop_db_text(a, st, 6)};
        if (was >= 0 && is >= 0 && (mop_i128)is * of < (mop_i128)was * now)
            r->how = MOP_RULE_BETTER;
        r->how = was < 0 ? MOP_RULE_NEW : is < 0 ? MOP_RULE_GONE : r->how;
        mop_log_whose_rule(&l->whose, r);
        n += was < 0 || is < 0 ||
             mop_log_rule_moved(r->failed_before, r->applicable_before, r->failed_now,
                                r->applicable_now);
    }
    mop_log_sort_rules(list, n);
    since->rules = list;
    since->nrules = n;
    return more;
}

static int compare_counts(struct mop_log *l, struct mop_arena *a, int64_t from, int64_t to,
                          struct mop_since *since, struct mop_err *e)
{
    int64_t most = mop_db_number(
        l, e,
        "SELECT (SELECT count(*) FROM type WHERE run=?1)+(SELECT count(*) FROM field WHERE run=?1)"
        "+(SELECT count(*) FROM stage WHERE run=?1)",
        "i", to);
    if (most < 0)
        return -1;
    struct mop_count_since *list = mop_arena_array(a, (size_t)most + 1, sizeof *list);
    size_t n = 0;
    sqlite3_stmt *st = mop_db_query(
        l, e,
        "SELECT 0, y.record, '', x.records, x.records, y.records, y.records FROM type y JOIN type x"
        " ON x.record=y.record AND x.run=?1 WHERE y.run=?2 UNION ALL"
        " SELECT 1, y.record, y.name, x.filled, x.total, y.filled, y.total FROM field y JOIN field "
        "x"
        " ON x.record=y.record AND x.name=y.name AND x.run=?1 WHERE y.run=?2 UNION ALL"
        " SELECT 2, y.record, y.lifecycle||'.'||y.stage, x.records, x.total, y.records, y.total "
        "FROM"
        " stage y JOIN stage x ON x.record=y.record AND x.lifecycle=y.lifecycle AND"
        " x.stage=y.stage AND x.run=?1 WHERE y.run=?2 ORDER BY 1,2,3",
        "ii", from, to);
    int more = st ? mop_db_next(l, st, e) : -1;
    for (; more > 0; more = mop_db_next(l, st, e)) {
        struct mop_count_since *c = &list[n++];
        *c = (struct mop_count_since){.record = mop_db_text(a, st, 1),
                                      .name = mop_db_text(a, st, 2),
                                      .before = (uint64_t)mop_db_int(st, 3),
                                      .total_before = (uint64_t)mop_db_int(st, 4),
                                      .now = (uint64_t)mop_db_int(st, 5),
                                      .total_now = (uint64_t)mop_db_int(st, 6)};
        c->of = (int)mop_db_int(st, 0);
        mop_log_whose_count(&l->whose, c);
    }
    since->counts = list;
    since->ncounts = n;
    return more;
}

static struct mop_sv titled(struct mop_arena *a, const struct mop_log_run *r)
{
    return mop_arena_printf(a, "%.*s%s%.*s", MOP_SV_ARG(r->taxonomy), r->version.n ? " " : "",
                            MOP_SV_ARG(r->version));
}

/* Of a change over several runs: in which of them. */
static int compare_causes(struct mop_log *l, struct mop_arena *a, const struct way *w,
                          struct mop_since *s, struct mop_err *e)
{
    int64_t most = mop_db_number(l, e, "SELECT count(*) FROM cause", "");
    if (most <= 0)
        return most < 0 ? -1 : 0;
    struct mop_cause *list = mop_arena_array(a, (size_t)most + 1, sizeof *list);
    for (size_t i = w->nsteps; i > 0; i--)
        if (mop_log_read_causes(l, a, w->steps[i - 1]->id, list, &s->ncauses, (size_t)most, e))
            return -1;
    size_t n = 0;
    for (size_t i = 0; i < s->ncauses; i++) {
        bool by_time = list[i].how == MOP_CAUSE_TIME || list[i].how == MOP_CAUSE_ENDED;
        s->clocked |= list[i].how == MOP_CAUSE_TIME;
        list[i].run = w->nsteps == 1 ? 0 : list[i].run;
        if (by_time || !s->same_rules) /* what was changed back did nothing */
            list[n++] = list[i];
    }
    s->causes = list;
    s->ncauses = n;
    return 0;
}

/* What the rules made of other things than scores, on the whole way; by the same rules nothing. */
static int compare_whose(struct mop_log *l, struct mop_arena *a, const struct way *w,
                         const struct mop_since *s, struct mop_err *e)
{
    l->whose = (struct mop_log_whose){
        .known = s->same_rules || w->whole, .same_rules = s->same_rules, .steps = w->nsteps};
    for (size_t i = 0; i < w->nsteps && w->whole && !s->same_rules; i++) {
        const struct mop_log_run *at = w->steps[i], *before = run_of(w, at->compared);
        if (!mop_sv_eq(at->state, before->state) && mop_log_read_whose(l, a, at->id, &l->whose, e))
            return -1;
    }
    return 0;
}

int mop_log_compare(struct mop_log *l, struct mop_arena *a, const struct mop_log_run *from,
                    const struct mop_log_run *to, const struct mop_since **out, struct mop_err *e)
{
    struct way w = {0};
    struct mop_log_run *runs;
    struct mop_since *s = mop_arena_alloc(a, sizeof *s);
    if (mop_log_runs(l, a, false, &runs, &w.n, e))
        return -1;
    w.runs = runs;
    s->run = mop_arena_printf(a, "%lld", (long long)from->id);
    s->at_us = from->now_us;
    s->clock_back = from->id < to->id && from->now_us > to->now_us;
    s->same_rules = mop_sv_eq(from->state, to->state);
    s->taxonomy_before = titled(a, from);
    s->taxonomy_now = titled(a, to);
    s->same_text =
        mop_sv_eq(from->text_digest, to->text_digest) && mop_sv_eq(from->options, to->options);
    find_way(a, &w, from, to);
    l->now_us = to->now_us;
    l->state = to->state;
    s->steps = s->same_rules || !w.nsteps ? 1 : w.nsteps;
    if (compare_whose(l, a, &w, s, e) || mop_log_missed(l, a, from->id, to->id, to->types, s, e) ||
        compare_causes(l, a, &w, s, e) || compare_scores(l, a, &w, from, to, s, e) ||
        compare_rules(l, a, from->id, to->id, s, e) ||
        mop_log_compare_columns(l, a, from->id, to->id, s, e) ||
        mop_log_compare_values(l, a, from->id, to->id, s, e) ||
        compare_counts(l, a, from->id, to->id, s, e))
        return -1;
    bool split = !s->nscores;
    for (size_t i = 0; i < s->nscores; i++)
        split |= s->scores[i].between_records >= 0 || s->scores[i].now_records < 0;
    if (!split)
        s->unsplit = "a run between them was not split, or is no longer in the history";
    *out = s;
    return 0;
}
