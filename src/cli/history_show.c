/* SPDX-License-Identifier: MIT */
#include "cli/history_settings.h"
#include <string.h>

/* history show: one run. */

typedef struct mop_history_settings S;

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
        mop_para(&out.page, MOP_TONE_PLAIN, "taxonomy %.*s %.*s, rules %.*s, text %.*s",
                 MOP_SV_ARG(r->taxonomy), MOP_SV_ARG(r->version),
                 MOP_SV_ARG(mop_sv_sub(r->digest, 0, 12)),
                 MOP_SV_ARG(mop_sv_sub(r->text_digest, 0, 12)));
    mop_para(&out.page, MOP_TONE_PLAIN, "%.*s%s%.*s%s, by mopslint %.*s",
             MOP_SV_ARG(mop_shown_records(a, (uint64_t)r->records, MOP_SV(""))),
             r->types.n ? " (" : "", MOP_SV_ARG(r->types), r->types.n ? ")" : "",
             MOP_SV_ARG(r->program));
    for (int of = MOP_SINCE_REPORT; of <= MOP_SINCE_FIELD; of++)
        for (size_t i = 0; i < n; i++) {
            struct mop_sv shown[] = {s[i].name.n ? s[i].name
                                                 : mop_sv_of(mop_history_score_kinds[s[i].of]),
                                     s[i].record, s[i].money ? MOP_SV("money") : MOP_SV("records"),
                                     mop_history_share(a, s[i].tenths), s[i].reason};
            if (s[i].of == of)
                mop_listing_row(&out, shown, shown);
        }
    return mop_listing_end(&out, "It has no scores.", e);
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
