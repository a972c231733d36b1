/* SPDX-License-Identifier: MIT */
#include "cli/history_settings.h"
#include <string.h>

/* history show: one run. */

typedef struct mop_history_settings S;

static int say_source(void *page, const struct mop_log_table *t, const struct mop_sv *c,
                      struct mop_err *e)
{
    bool whole = mop_sv_eqs(c[5], "1"), one = mop_sv_eqs(c[4], "1");
    (void)t;
    (void)e;
    mop_item(page, whole ? MOP_TONE_PLAIN : MOP_TONE_BAD, "%.*s: %.*s %.*s record%s%s%.*s",
             MOP_SV_ARG(c[1]), MOP_SV_ARG(c[4]), MOP_SV_ARG(c[2]), one ? "" : "s",
             whole ? "" : ", not whole: ", MOP_SV_ARG(whole ? MOP_SV("") : c[6]));
    return 0;
}

static int say_dataset(void *page, const struct mop_log_table *t, const struct mop_sv *c,
                       struct mop_err *e)
{
    bool judged = mop_sv_eqs(c[5], "1"), failed = mop_sv_eqs(c[6], "1");
    (void)t;
    (void)e;
    mop_item(page, failed ? MOP_TONE_BAD : MOP_TONE_PLAIN, "%.*s %s: %.*s", MOP_SV_ARG(c[1]),
             failed   ? "failed"
             : judged ? "passed"
                      : "was not judged",
             MOP_SV_ARG(c[9]));
    return 0;
}

/* What was read, and what was found of the data as a whole. */
static int say_tables(struct mop_log *l, int64_t run, struct mop_page *p, struct mop_err *e)
{
    for (const struct mop_log_table *t = mop_log_tables; t->name; t++)
        if ((!strcmp(t->name, "sources") && mop_log_each(l, t, run, say_source, p, e)) ||
            (!strcmp(t->name, "datasets") && mop_log_each(l, t, run, say_dataset, p, e)))
            return -1;
    return 0;
}

static int show_scores(S *h, struct mop_log *l, const struct mop_log_run *r, struct mop_err *e)
{
    static const struct mop_grid_column titles[] = {{"score", false, MOP_FIT_KEY},
                                                    {"of", false, MOP_FIT_KEY},
                                                    {"by", false, MOP_FIT_WHOLE},
                                                    {"clean", true, MOP_FIT_WHOLE},
                                                    {"why not", false, MOP_FIT_CLIP}};
    struct mop_arena *a = &h->s.arena;
    struct mop_log_score *s;
    struct mop_listing out;
    size_t n;
    if (mop_log_scores(l, a, r->id, &s, &n, e))
        return -1;
    mop_listing_begin(&out, "text", NULL, titles, 5);
    mop_para(&out.page, MOP_TONE_STRONG, "run %lld, %.*s: %.*s, exit status %lld", (long long)r->id,
             MOP_SV_ARG(mop_history_time(a, r->now_us)), MOP_SV_ARG(r->status), (long long)r->exit);
    if (r->message.n)
        mop_para(&out.page, MOP_TONE_PLAIN, "%.*s", MOP_SV_ARG(mop_shown_reason(a, r->message)));
    if (r->taxonomy.p)
        mop_para(&out.page, MOP_TONE_PLAIN, "taxonomy %.*s%s%.*s, rules %.*s, text %.*s",
                 MOP_SV_ARG(r->taxonomy), r->version.n ? " " : "", MOP_SV_ARG(r->version),
                 MOP_SV_ARG(mop_sv_sub(r->digest, 0, 12)),
                 MOP_SV_ARG(mop_sv_sub(r->text_digest, 0, 12)));
    mop_para(&out.page, MOP_TONE_PLAIN, "%.*s%s%.*s%s, by mopslint %.*s",
             MOP_SV_ARG(mop_shown_records(a, (uint64_t)r->records, MOP_SV(""))),
             r->types.n ? " (" : "", MOP_SV_ARG(r->types), r->types.n ? ")" : "",
             MOP_SV_ARG(r->program));
    int rc = say_tables(l, r->id, &out.page, e);
    for (int of = MOP_SINCE_REPORT; of <= MOP_SINCE_FIELD; of++)
        for (size_t i = 0; i < n; i++) {
            struct mop_sv shown[] = {s[i].name.n ? s[i].name
                                                 : mop_sv_of(mop_history_score_kinds[s[i].of]),
                                     s[i].record, s[i].money ? MOP_SV("money") : MOP_SV("records"),
                                     mop_history_share(a, s[i].tenths), s[i].reason};
            if (s[i].of == of)
                mop_listing_row(&out, shown, shown);
        }
    return mop_listing_end(&out, "It has no scores.", e) || rc ? -1 : 0;
}

int mop_history_show(S *h, struct mop_log *l, struct mop_err *e)
{
    const struct mop_log_run *r = mop_history_find(h, l, h->nwords ? h->words[0] : "last", e);
    if (!r)
        return -1;
    if (!strcmp(h->format, "text"))
        return show_scores(h, l, r, e);
    if (!strcmp(h->format, "json"))
        return mop_history_dump(l, r->id, NULL, "json", e);
    mop_err_set(e, 2, (struct mop_loc){0}, "history show: there is no csv of a run");
    mop_err_hint(e, "'mopslint history export -f csv --table scores --run %lld' is one",
                 (long long)r->id);
    return -1;
}
