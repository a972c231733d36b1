/* SPDX-License-Identifier: MIT */
#include "report/html.h"

/* Checks of the data as a whole, and what is suppressed. */

static void put_verdict(struct mop_page *p, const struct mop_dataset_result *d)
{
    bool error = d->severity == MOP_SEV_ERROR;
    const char *word = !d->judged ? "not judged" : error ? "FAILED" : "warning", *look = "w";
    if (d->failed && error)
        look = "b", word = "FAILED";
    else if (d->judged && !d->failed)
        look = "g", word = "passed";
    mop_html_put(p, "<td class=\"{}\">{}</td>", mop_sv_of(look), mop_sv_of(word));
}

static void put_check(struct mop_page *p, const struct mop_dataset_result *d)
{
    mop_html_put(p, "<tr><th scope=\"row\"><code>{}</code></th>", d->id);
    put_verdict(p, d);
    mop_html_put(p, "<td>{}</td><td>{}</td></tr>\n", d->message, d->owner);
}

/* Those that did not pass come first. */
void mop_html_datasets(struct mop_page *p)
{
    static const struct mop_grid_column columns[] = {{"check", false, MOP_FIT_KEY},
                                                     {"result", false, MOP_FIT_WHOLE},
                                                     {"what was found", false, MOP_FIT_CLIP},
                                                     {"owner", false, MOP_FIT_CLIP}};
    const struct mop_result *r = p->r;
    if (!r->ndatasets || mop_is_partial(r))
        return;
    mop_html_section(p, "Checks of the data as a whole", MOP_SV("Data as a whole"));
    mop_html_begin_table(p, columns, 4, true);
    for (int good = 0; good < 2; good++)
        for (size_t i = 0; i < r->ndatasets; i++)
            if ((r->datasets[i].judged && !r->datasets[i].failed) == (good == 1) &&
                !mop_html_full(p))
                put_check(p, &r->datasets[i]);
    mop_html_end_table(p);
}

/* ---- what is suppressed ---- */

static void put_until(struct mop_page *p, const struct mop_suppression *s, int32_t today)
{
    if (s->until == INT32_MAX) {
        mop_html_str(p, "<td class=\"w\">for ever</td>");
        return;
    }
    mop_html_put(
        p, s->expired ? "<td class=\"w\">{}<br>ended: it counts again</td>" : "<td>{}<br>{}</td>",
        mop_shown_day(&p->arena, s->until),
        s->until == today ? MOP_SV("today is the last day")
                          : mop_arena_printf(&p->arena, "%d day%s left", (int)(s->until - today),
                                             s->until - today == 1 ? "" : "s"));
}

static void put_suppression(struct mop_page *p, const struct mop_suppression *s, int32_t today)
{
    mop_html_put(p, "<tr><th scope=\"row\"><code>{}</code></th>", s->rule);
    put_until(p, s, today);
    mop_html_put(p, "<td class=\"n\">{}</td><td>{}</td><td>{}</td></tr>\n",
                 mop_shown_count(&p->arena, mop_suppressed(p->r, s)), s->reason, s->by);
}

void mop_html_suppressed(struct mop_page *p)
{
    static const struct mop_grid_column columns[] = {{"rule", false, MOP_FIT_KEY},
                                                     {"until", false, MOP_FIT_WHOLE},
                                                     {"findings", true, MOP_FIT_WHOLE},
                                                     {"why", false, MOP_FIT_CLIP},
                                                     {"by", false, MOP_FIT_CLIP}};
    const struct mop_ruleset *rs = p->r->rules;
    int32_t today = mop_when_of_instant(rs->now_us, rs->zone).day;
    if (!rs->nsuppressions)
        return;
    mop_html_section(p, "What is suppressed, and until when", MOP_SV("Suppressed"));
    mop_html_begin_table(p, columns, 5, true);
    for (size_t i = 0; i < rs->nsuppressions; i++)
        if (!mop_html_full(p))
            put_suppression(p, &rs->suppressions[i], today);
    mop_html_end_table(p);
    mop_para(p, MOP_TONE_FAINT, "What is suppressed does not fail the run; the scores count it.");
}
