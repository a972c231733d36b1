/* SPDX-License-Identifier: MIT */
#include "history/db.h"

/*
 * --ratchet: no worse than the best settled level. A level is settled when every complete run of
 * three days in a row held it, by the same rules: one lucky night raises nothing, however often it
 * is judged, and a stricter rule makes no worse data. A change of rules takes the level along by
 * what it did to the data of its night, so that no data gets worse behind it. Where the data got
 * worse in the very night in which rules became stricter, that night fails, and what the new rules
 * make of its data is the level then: nobody knows what they had made of the settled one.
 */

struct level {
    const struct mop_zone *zone;
    struct day {
        int32_t day;
        int64_t tenths; /* the worst of its runs */
    } window[MOP_LOG_SETTLED];
    size_t n;
    int64_t best;     /* -1: nothing is settled */
    int64_t run;      /* the last one */
    int64_t best_run; /* the last one of those that settled `best` */
    int64_t carried;  /* the last one that took it along; 0: none */
    bool lowered;     /* ... and took the worse data of its night for it */
    struct mop_sv state;
};

/* What was settled by the earlier rules, in terms of the new ones: never above what the data has
 * held by either of them. -1: the change was not split. */
static int64_t carry(int64_t level, int64_t between, int64_t now)
{
    if (level < 0 || between < 0 || now < 0)
        return -1;
    if (between >= level)
        return now - (between - level) > 0 ? now - (between - level) : 0;
    return now >= between && level > now ? level : now;
}

/* No run of these days is to come. */
static void close_days(struct level *v)
{
    int64_t least = INT64_MAX;
    for (size_t i = 0; i < MOP_LOG_SETTLED && i < v->n; i++)
        least = v->window[i].tenths < least ? v->window[i].tenths : least;
    if (v->n < MOP_LOG_SETTLED || least <= v->best)
        return;
    v->best = least;
    v->best_run = v->run;
    v->carried = 0;
}

static void add_run(struct level *v, int64_t now_us, int64_t tenths)
{
    int32_t day = mop_when_of_instant(now_us, v->zone).day;
    for (size_t i = 0; i < MOP_LOG_SETTLED && i < v->n; i++)
        if (v->window[i].day == day) {
            v->window[i].tenths = tenths < v->window[i].tenths ? tenths : v->window[i].tenths;
            return;
        }
    close_days(v);
    v->window[v->n++ % MOP_LOG_SETTLED] = (struct day){day, tenths};
}

static void change_rules(struct level *v, int64_t run, int64_t between, int64_t tenths)
{
    close_days(v);
    v->lowered = between < v->best && tenths < between;
    v->best = carry(v->best, between, tenths);
    v->carried = run;
    v->n = 0;
}

/* The best of the worst of each three days in a row. */
static int settled(struct mop_log *l, const struct mop_log_level *x, const char *basis,
                   struct level *v, struct mop_err *e)
{
    sqlite3_stmt *st = mop_db_query(
        l, e,
        "SELECT run.id, run.state, compared, tenths, between_tenths, now_us FROM run LEFT JOIN"
        " score ON score.run=run.id AND of=? AND record=? AND name=? AND basis=? WHERE status IN"
        " ('pass','fail') AND superseded IS NULL AND now_us<>? AND types=? ORDER BY run.id",
        "tsstis", mop_log_of_name(x->of), x->record, x->name, basis, l->now_us, l->last.types);
    int more = st ? mop_db_next(l, st, e) : -1;
    for (; more > 0; more = mop_db_next(l, st, e)) {
        struct mop_sv state = mop_db_text(&l->arena, st, 1);
        int64_t run = mop_db_int(st, 0), tenths = mop_db_int(st, 3);
        if (v->n && !mop_sv_eq(state, v->state))
            change_rules(v, run, mop_db_int(st, 2) == v->run ? mop_db_int(st, 4) : -1, tenths);
        add_run(v, mop_db_int(st, 5), tenths);
        v->run = run;
        v->state = state;
    }
    int32_t today = mop_when_of_instant(l->now_us, v->zone).day;
    if (v->n && v->window[(v->n - 1) % MOP_LOG_SETTLED].day != today)
        close_days(v);
    return more;
}

static struct mop_sv name_of(struct mop_arena *a, const struct mop_log_level *x, bool money,
                             bool earlier)
{
    const char *rules = earlier ? " by the earlier rules" : "";
    if (x->of == MOP_SINCE_REPORT)
        return mop_arena_printf(a, "%sreport '%.*s'%s", money ? "money of " : "",
                                MOP_SV_ARG(x->name), rules);
    return mop_arena_printf(a, "%sconfidence of %.*s%s", money ? "value " : "",
                            MOP_SV_ARG(x->record), rules);
}

static struct mop_sv held(struct mop_arena *a, const struct level *v)
{
    struct mop_sv along = MOP_SV("");
    if (v->carried)
        along = mop_arena_printf(a, "; in run %lld the rules changed and took it along%s",
                                 (long long)v->carried,
                                 v->lowered ? ", to what the worse data of that night was" : "");
    return mop_arena_printf(a,
                            "is asked for by --ratchet: the complete runs of %d days up to run "
                            "%lld held it%.*s",
                            (int)MOP_LOG_SETTLED, (long long)v->best_run, MOP_SV_ARG(along));
}

int mop_log_ratchet(struct mop_log *l, struct mop_result *r, const struct mop_result *between,
                    struct mop_ratchet **asked, size_t *n, struct mop_err *e)
{
    size_t levels, others = 0;
    const struct mop_log_level *list = mop_log_levels_of(&r->arena, r, &levels), *other = NULL;
    bool earlier = !mop_sv_eq(l->state, l->last_state);
    if (between)
        other = mop_log_levels_of(&r->arena, between, &others);
    *asked = mop_arena_array(&r->arena, 2 * levels + 1, sizeof **asked);
    *n = 0;
    if (!l->previous || (earlier && !between))
        return 0;
    for (size_t i = 0; i < levels; i++) {
        const struct mop_log_level *x = &list[i];
        if (x->of != (r->nreports ? MOP_SINCE_REPORT : MOP_SINCE_OVERALL))
            continue;
        const struct mop_log_level *by = earlier ? mop_log_level_find(other, others, x) : x;
        for (int money = 0; by && money < 2; money++) {
            struct level v = {.zone = r->rules->zone, .best = -1};
            if (settled(l, x, money ? "value" : "records", &v, e))
                return -1;
            if (v.best >= 0)
                (*asked)[(*n)++] = (struct mop_ratchet){name_of(&r->arena, x, money, earlier),
                                                        money ? by->value : by->records, v.best,
                                                        held(&r->arena, &v)};
        }
    }
    return 0;
}
