/* SPDX-License-Identifier: MIT */
#include "report/html.h"

/* Figures as text: shares, differences, and cells that compare with an earlier run. */

struct mop_sv mop_html_tenths(struct mop_page *p, int64_t tenths)
{
    return tenths < 0 ? MOP_SV("-")
                      : mop_arena_printf(&p->arena, "%.*s %%",
                                         MOP_SV_ARG(mop_shown_tenths(&p->arena, tenths)));
}

struct mop_sv mop_html_points(struct mop_page *p, int64_t tenths)
{
    int64_t size = tenths < 0 ? -tenths : tenths;
    return mop_arena_printf(&p->arena, "%s%.*s",
                            tenths < 0 ? "-"
                            : tenths   ? "+"
                                       : "",
                            MOP_SV_ARG(mop_shown_tenths(&p->arena, size)));
}

void mop_html_share(struct mop_page *p, struct mop_sv text, int64_t tenths, int64_t target)
{
    mop_html_put(p, "<b>{}</b>", text);
    if (tenths < 0)
        return;
    mop_html_put(p,
                 "<svg class=\"bar\" viewBox=\"0 0 1000 60\" preserveAspectRatio=\"none\" "
                 "aria-hidden=\"true\"><rect class=\"rest\" width=\"1000\" height=\"60\"/>"
                 "<rect class=\"clean\" width=\"{}\" height=\"60\"/>",
                 mop_html_int(p, tenths));
    if (target >= 0)
        mop_html_put(p, "<rect class=\"mark\" x=\"{}\" width=\"12\" height=\"60\"/>",
                     mop_html_int(p, target > 988 ? 988 : target));
    mop_html_str(p, "</svg>");
}

const struct mop_score_since *mop_html_since_of(const struct mop_result *r, int of,
                                                struct mop_sv record, struct mop_sv name)
{
    for (size_t i = 0; r->since && i < r->since->nscores; i++) {
        const struct mop_score_since *s = &r->since->scores[i];
        if ((int)s->of == of && mop_sv_eq(s->name, name) &&
            (!record.n || mop_sv_eq(s->record, record)))
            return s;
    }
    return NULL;
}

void mop_html_last(struct mop_page *p, const struct mop_score_since *s, bool money)
{
    int64_t before = !s ? -1 : money ? s->before_value : s->before_records;
    int64_t now = !s ? -1 : money ? s->now_value : s->now_records;
    if (before < 0)
        return;
    if (now < 0) { /* no bar stands between */
        mop_html_put(p, "<br><small class=\"f\">last run {}</small>", mop_html_tenths(p, before));
        return;
    }
    if (now == before) {
        mop_html_str(p, "<small class=\"f\">as in the last run</small>");
        return;
    }
    mop_html_put(p, "<small class=\"f\">last run {}</small>", mop_html_tenths(p, before));
    mop_html_put(p, " <small class=\"{}\">{}</small>", now < before ? MOP_SV("b") : MOP_SV("g"),
                 mop_html_points(p, now - before));
}

struct mop_sv mop_html_instant(struct mop_page *p, int64_t us)
{
    const int64_t minute = 60 * INT64_C(1000000), day = 1440 * minute;
    int64_t of_day = (us % day + day) % day;
    int minutes = (int)(of_day / minute);
    return mop_arena_printf(&p->arena, "%.*s %02d:%02d UTC",
                            MOP_SV_ARG(mop_shown_day(&p->arena, (int32_t)((us - of_day) / day))),
                            minutes / 60, minutes % 60);
}
