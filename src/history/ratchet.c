/* SPDX-License-Identifier: MIT */
#include "history/db.h"

/*
 * --ratchet: no worse than the best settled level. A level is settled when three complete runs in a
 * row held it, by the same rules: one lucky night raises nothing, and a stricter rule makes no
 * worse data. A change of rules takes the level along by what it did to the data of its night, so
 * that no data gets worse behind it.
 */

struct level {
    int64_t window[MOP_LOG_SETTLED], best; /* best -1: nothing is settled */
    size_t n;
    int64_t run, best_run; /* the last one; the last one of those that settled `best` */
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

static void add_run(struct level *v, int64_t tenths)
{
    v->window[v->n++ % MOP_LOG_SETTLED] = tenths;
    int64_t least = tenths;
    for (size_t i = 0; i < MOP_LOG_SETTLED && i < v->n; i++)
        least = v->window[i] < least ? v->window[i] : least;
    if (v->n >= MOP_LOG_SETTLED && least > v->best) {
        v->best = least;
        v->best_run = v->run;
    }
}

/* The best of the worst of each three runs in a row; -1: there are not so many. */
static int64_t settled(struct mop_log *l, const struct mop_log_level *x, const char *basis,
                       int64_t *up_to, struct mop_err *e)
{
    struct level v = {.best = -1};
    sqlite3_stmt *st = mop_db_query(
        l, e,
        "SELECT run.id, run.state, compared, tenths, between_tenths FROM run LEFT JOIN score ON"
        " score.run=run.id AND of=? AND record=? AND name=? AND basis=? WHERE status IN"
        " ('pass','fail') AND superseded IS NULL AND now_us<>? AND types=? ORDER BY run.id",
        "tsstis", mop_log_of_name(x->of), x->record, x->name, basis, l->now_us, l->last.types);
    int more = st ? mop_db_next(l, st, e) : -1;
    for (; more > 0; more = mop_db_next(l, st, e)) {
        struct mop_sv state = mop_db_text(&l->arena, st, 1);
        int64_t tenths = mop_db_int(st, 3);
        if (v.n && !mop_sv_eq(state, v.state)) {
            bool split = mop_db_int(st, 2) == v.run;
            v.best = carry(v.best, split ? mop_db_int(st, 4) : -1, tenths);
            v.n = 0;
        }
        v.run = mop_db_int(st, 0);
        v.state = state;
        add_run(&v, tenths);
    }
    *up_to = v.best_run;
    return more ? -2 : v.best;
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

static struct mop_sv held(struct mop_arena *a, int64_t up_to)
{
    return mop_arena_printf(
        a, "is asked for by --ratchet: %d complete runs in a row up to run %lld held it",
        (int)MOP_LOG_SETTLED, (long long)up_to);
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
            int64_t up_to, level = settled(l, x, money ? "value" : "records", &up_to, e);
            if (level == -2)
                return -1;
            if (level >= 0)
                (*asked)[(*n)++] = (struct mop_ratchet){name_of(&r->arena, x, money, earlier),
                                                        money ? by->value : by->records, level,
                                                        held(&r->arena, up_to)};
        }
    }
    return 0;
}
