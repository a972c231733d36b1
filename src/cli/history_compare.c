/* SPDX-License-Identifier: MIT */
#include "cli/history_settings.h"
#include "report/rows.h"
#include "report/sections.h"
#include <string.h>

/* history compare: two runs side by side. */

typedef struct mop_history_settings S;

/* ---- compare ---- */

/* What two runs that judged other record types have in common may be little. */
static void say_types(struct mop_page *p, const struct mop_log_run *from,
                      const struct mop_log_run *to)
{
    if (!mop_sv_eq(from->types, to->types))
        mop_item(p, MOP_TONE_WARN,
                 "run %lld is of %.*s, run %lld of %.*s: only what both judged is compared",
                 (long long)from->id, MOP_SV_ARG(from->types), (long long)to->id,
                 MOP_SV_ARG(to->types));
}

static int compare_text(S *h, const struct mop_log_run *from, const struct mop_log_run *to,
                        const struct mop_since *since, struct mop_err *e)
{
    struct mop_listing out;
    mop_listing_begin(&out, "text", NULL, NULL, 0);
    out.nothing.since = since;
    out.page.brief = !h->full;
    mop_para(&out.page, MOP_TONE_PLAIN, "run %lld, %.*s", (long long)to->id,
             MOP_SV_ARG(mop_history_time(&h->s.arena, to->now_us)));
    say_types(&out.page, from, to);
    mop_section_since(&out.page);
    out.first = false;
    return mop_listing_end(&out, "", e);
}

static int compare_json(const struct mop_since *since, struct mop_err *e)
{
    struct mop_out to;
    mop_out_init(&to, mop_history_to_stdout, NULL);
    mop_since_json(&to, since);
    int rc = mop_out_flush(&to, e);
    mop_out_release(&to);
    return rc;
}

static int need_scores(const struct mop_log_run *r, struct mop_err *e)
{
    if (mop_log_is_complete(r))
        return 0;
    mop_err_set(e, 2, (struct mop_loc){0}, "run %lld has no scores: it is '%.*s'", (long long)r->id,
                MOP_SV_ARG(r->status));
    return -1;
}

/* ---- which two ---- */

static bool is_candidate(const struct mop_log_run *r, const struct mop_log_run *of, bool same_types)
{
    return mop_log_is_complete(r) && r->superseded < 0 && r->id != of->id &&
           (!same_types || mop_sv_eq(r->types, of->types));
}

/* The last one before `to` that judged the same record types; as where a run looks for the one to
 * compare with, if there is none, of any. */
static const struct mop_log_run *before(const struct mop_log_run *runs, size_t n,
                                        const struct mop_log_run *to)
{
    for (int same = 1; same >= 0; same--)
        for (size_t i = n; i > 0; i--)
            if (runs[i - 1].id < to->id && is_candidate(&runs[i - 1], to, same))
                return &runs[i - 1];
    return NULL;
}

static const struct mop_log_run *after(const struct mop_log_run *runs, size_t n,
                                       const struct mop_log_run *from)
{
    for (int same = 1; same >= 0; same--)
        for (size_t i = n; i > 0; i--)
            if (runs[i - 1].id > from->id && is_candidate(&runs[i - 1], from, same))
                return &runs[i - 1];
    return NULL;
}

/* A is the earlier one. Whichever is not named is the last that can be compared with the other. */
static int find_both(S *h, struct mop_log *l, const struct mop_log_run **from,
                     const struct mop_log_run **to, struct mop_err *e)
{
    struct mop_log_run *runs;
    size_t n;
    if (mop_log_runs(l, &h->s.arena, true, &runs, &n, e))
        return -1;
    const char *named = h->nwords > 1 ? h->words[1] : h->nwords ? h->words[0] : "last";
    const struct mop_log_run *run = mop_log_find(runs, n, mop_sv_of(named), e);
    if (!run || need_scores(run, e))
        return -1;
    *from = h->nwords == 1 ? run
            : h->nwords    ? mop_log_find(runs, n, mop_sv_of(h->words[0]), e)
                           : before(runs, n, run);
    *to = h->nwords == 1 ? after(runs, n, run) : run;
    if (*from && *to)
        return need_scores(*from, e);
    if (!e->code)
        mop_err_set(e, 2, (struct mop_loc){0}, "there is no complete run %s run %lld",
                    h->nwords ? "after" : "before", (long long)run->id);
    return -1;
}

int mop_history_compare(S *h, struct mop_log *l, struct mop_err *e)
{
    const struct mop_since *since;
    const struct mop_log_run *from, *to;
    if (find_both(h, l, &from, &to, e))
        return -1;
    if (from->id >= to->id) {
        mop_err_set(e, 2, (struct mop_loc){0}, "run %lld is not earlier than run %lld",
                    (long long)from->id, (long long)to->id);
        mop_err_hint(e, "the earlier one comes first: mopslint history compare A B");
        return -1;
    }
    if (!strcmp(h->format, "csv")) {
        mop_err_set(e, 2, (struct mop_loc){0}, "history compare: there is no csv of it");
        mop_err_hint(e, "-f json has all that changed");
        return -1;
    }
    if (mop_log_compare(l, &h->s.arena, from, to, &since, e))
        return -1;
    return strcmp(h->format, "json") != 0 ? compare_text(h, from, to, since, e)
                                          : compare_json(since, e);
}
