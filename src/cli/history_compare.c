/* SPDX-License-Identifier: MIT */
#include "cli/history_settings.h"
#include "report/rows.h"
#include "report/sections.h"
#include <string.h>

/* history compare: two runs side by side. */

typedef struct mop_history_settings S;

/* ---- compare ---- */

static int compare_text(S *h, const struct mop_log_run *to, const struct mop_since *since,
                        struct mop_err *e)
{
    struct mop_listing out;
    mop_listing_begin(&out, "text", NULL, NULL, 0);
    out.nothing.since = since;
    out.page.brief = !h->full;
    mop_para(&out.page, MOP_TONE_PLAIN, "run %lld, %.*s", (long long)to->id,
             MOP_SV_ARG(mop_history_time(&h->s.arena, to->now_us)));
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

/* A is the earlier one; alone it is compared with the last run. */
int mop_history_compare(S *h, struct mop_log *l, struct mop_err *e)
{
    const char *names[] = {h->nwords ? h->words[0] : "last-1",
                           h->nwords > 1 ? h->words[1] : "last"};
    const struct mop_since *since;
    const struct mop_log_run *from = mop_history_find(h, l, names[0], e),
                             *to = from ? mop_history_find(h, l, names[1], e) : NULL;
    if (!to || need_scores(from, e) || need_scores(to, e))
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
    return strcmp(h->format, "json") != 0 ? compare_text(h, to, since, e) : compare_json(since, e);
}
