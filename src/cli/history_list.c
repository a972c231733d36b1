/* SPDX-License-Identifier: MIT */
#include "cli/history_settings.h"

/* history list, trend: a line a run. */

typedef struct mop_history_settings S;

/* ---- list ---- */

static struct mop_sv rules_text(const struct mop_log_run *r)
{
    if (!r->taxonomy.p)
        return MOP_SV("");
    return r->same_rules ? MOP_SV("same") : MOP_SV("changed");
}

/* What people want to know of a run beside its figures. */
static struct mop_sv said_of(struct mop_arena *a, const struct mop_log_run *r)
{
    if (r->superseded > 0)
        return mop_arena_printf(a, "run %lld took its place", (long long)r->superseded);
    /* of one that passed or fell short its report says it */
    return mop_log_is_complete(r) && r->exit < 3 ? MOP_SV("") : r->message;
}

int mop_history_list(S *h, struct mop_log *l, struct mop_err *e)
{
    static const char *const columns[] = {"#run",   "now",    "status", "#exit",    "#records",
                                          "#clean", "#money", "rules",  "taxonomy", "message"};
    static const struct mop_grid_column titles[] = {
        {"run", true, MOP_FIT_KEY},        {"as of", false, MOP_FIT_WHOLE},
        {"status", false, MOP_FIT_WHOLE},  {"exit", true, MOP_FIT_WHOLE},
        {"records", true, MOP_FIT_WHOLE},  {"lowest clean", true, MOP_FIT_WHOLE},
        {"money", true, MOP_FIT_WHOLE},    {"rules", false, MOP_FIT_WHOLE},
        {"taxonomy", false, MOP_FIT_CLIP}, {"", false, MOP_FIT_CLIP}};
    struct mop_arena *a = &h->s.arena;
    struct mop_log_run *runs;
    struct mop_listing out;
    size_t n;
    if (mop_log_runs(l, a, h->all, &runs, &n, e))
        return -1;
    mop_listing_begin(&out, h->format, columns, titles, 10);
    out.below =
        "lowest clean: of the run's lowest report, or record type where it has no report; so "
        "is money";
    for (size_t i = 0; i < n; i++) {
        const struct mop_log_run *r = &runs[i];
        struct mop_sv taxonomy =
            r->taxonomy.p ? mop_arena_printf(a, "%.*s%s%.*s", MOP_SV_ARG(r->taxonomy),
                                             r->version.n ? " " : "", MOP_SV_ARG(r->version))
                          : MOP_SV_NONE;
        struct mop_sv cells[] = {r->id ? mop_history_number(a, r->id) : MOP_SV_NONE,
                                 mop_history_time(a, r->now_us),
                                 r->status,
                                 mop_history_number(a, r->exit),
                                 mop_history_number(a, r->records),
                                 mop_history_tenths(a, r->records_tenths),
                                 mop_history_tenths(a, r->value_tenths),
                                 rules_text(r),
                                 taxonomy,
                                 r->message};
        struct mop_sv shown[] = {r->id ? cells[0] : MOP_SV("-"),
                                 cells[1],
                                 cells[2],
                                 cells[3],
                                 mop_shown_count(a, (uint64_t)r->records),
                                 mop_history_share(a, r->records_tenths),
                                 mop_history_share(a, r->value_tenths),
                                 cells[7],
                                 taxonomy,
                                 said_of(a, r)};
        mop_listing_row(&out, cells, shown);
    }
    return mop_listing_end(&out, "The history has no run yet.", e);
}

/* ---- trend ---- */

static bool is_asked(const S *h, const struct mop_log_score *s, bool reports)
{
    if (!h->score)
        return s->of == (reports ? MOP_SINCE_REPORT : MOP_SINCE_OVERALL);
    return mop_sv_eqs(s->of == MOP_SINCE_OVERALL ? s->record : s->name, h->score);
}

static const struct mop_log_run *run_of(const struct mop_log_run *runs, size_t n, int64_t id)
{
    for (size_t i = 0; i < n; i++)
        if (runs[i].id == id)
            return &runs[i];
    return NULL;
}

int mop_history_trend(S *h, struct mop_log *l, struct mop_err *e)
{
    static const char *const columns[] = {"score", "of",    "record",   "#run",   "now",
                                          "basis", "clean", "assessed", "#tenths"};
    static const struct mop_grid_column titles[] = {
        {"score", false, MOP_FIT_KEY},   {"of", false, MOP_FIT_WHOLE},
        {"", false, MOP_FIT_WHOLE},      {"run", true, MOP_FIT_WHOLE},
        {"as of", false, MOP_FIT_WHOLE}, {"by", false, MOP_FIT_WHOLE},
        {"", true, MOP_FIT_WHOLE},       {"", true, MOP_FIT_WHOLE},
        {"clean", true, MOP_FIT_WHOLE}};
    struct mop_arena *a = &h->s.arena;
    struct mop_log_score *s;
    struct mop_log_run *runs;
    struct mop_listing out;
    size_t n, nruns;
    bool reports = false, any = false;
    if (mop_log_scores(l, a, 0, &s, &n, e) || mop_log_runs(l, a, false, &runs, &nruns, e))
        return -1;
    int64_t first = mop_history_first_of_last(runs, nruns, h->last ? h->last : 30);
    for (size_t i = 0; i < n; i++)
        reports |= s[i].of == MOP_SINCE_REPORT;
    for (size_t i = 0; i < n; i++)
        any |= is_asked(h, &s[i], reports);
    if (h->score && !any && n) {
        mop_err_set(e, 2, (struct mop_loc){0}, "--score: the history has no score '%s'", h->score);
        mop_err_hint(e, "'mopslint history show' lists them");
        return -1;
    }
    mop_listing_begin(&out, h->format, columns, titles, 9);
    for (size_t i = 0; i < n; i++) {
        const struct mop_log_run *r = run_of(runs, nruns, s[i].run);
        if (!r || r->id < first || !is_asked(h, &s[i], reports))
            continue;
        struct mop_sv name = s[i].of == MOP_SINCE_OVERALL ? s[i].record : s[i].name;
        struct mop_sv cells[] = {name,
                                 mop_sv_of(mop_history_score_kinds[s[i].of]),
                                 s[i].record,
                                 mop_history_number(a, r->id),
                                 mop_history_time(a, r->now_us),
                                 s[i].money ? MOP_SV("value") : MOP_SV("records"),
                                 s[i].clean,
                                 s[i].assessed,
                                 mop_history_number(a, s[i].tenths)};
        struct mop_sv whose =
            s[i].of > MOP_SINCE_OVERALL
                ? mop_arena_printf(a, "%.*s: %.*s", MOP_SV_ARG(s[i].record), MOP_SV_ARG(name))
                : name;
        struct mop_sv shown[] = {whose,      cells[1],   MOP_SV(""),
                                 cells[3],   cells[4],   s[i].money ? MOP_SV("money") : cells[5],
                                 MOP_SV(""), MOP_SV(""), mop_history_share(a, s[i].tenths)};
        mop_listing_row(&out, cells, shown);
    }
    return mop_listing_end(&out, "The history has no complete run yet.", e);
}
