/* SPDX-License-Identifier: MIT */
#include "report/html.h"

/* Pictures. Positions are whole numbers, so that the same run gives the same bytes. Each has a
 * title and words for those who do not see it. */

enum { WIDTH = 1200, HEIGHT = 280, MARGIN = 30, POINTS_MAX = 60 };

/* Title and description of a picture that has begun, by ids of their own. */
static void begin_picture(struct mop_page *p, const char *look, const char *box,
                          struct mop_sv title, struct mop_sv words)
{
    struct mop_html *h = mop_html_of(p);
    struct mop_sv id = mop_arena_printf(&p->arena, "p%zu", ++h->labels);
    mop_html_put(p,
                 "<svg class=\"{}\" viewBox=\"{}\" preserveAspectRatio=\"none\" role=\"img\" "
                 "aria-labelledby=\"{}t {}d\"><title id=\"{}t\">{}</title><desc id=\"{}d\">{}"
                 "</desc>",
                 mop_sv_of(look), mop_sv_of(box), id, id, id, title, id, words);
}

/* ---- how a score went ---- */

struct line {
    const struct mop_trend_point *points;
    size_t n;
    bool money;
    int64_t low, high; /* tenths: what the picture spans */
};

static int64_t value_of(const struct line *l, size_t i)
{
    return l->money ? l->points[i].value : l->points[i].records;
}

/* At least two points of height, so that noise does not look like a fall. */
static size_t span(struct line *l)
{
    enum { LEAST = 20, ALL = 1000 };
    size_t told = 0;
    l->low = ALL;
    l->high = 0;
    for (size_t i = 0; i < l->n; i++) {
        int64_t v = value_of(l, i);
        if (v < 0)
            continue;
        told++;
        l->low = v < l->low ? v : l->low;
        l->high = v > l->high ? v : l->high;
    }
    int64_t missing = LEAST - (l->high - l->low);
    if (told && missing > 0) {
        l->high = l->high + missing / 2 > ALL ? ALL : l->high + missing / 2;
        l->low = l->high - LEAST < 0 ? 0 : l->high - LEAST;
    }
    return told;
}

static int64_t x_of(const struct line *l, size_t i)
{
    return l->n < 2 ? WIDTH / 2 : MARGIN + (int64_t)i * (WIDTH - 2 * MARGIN) / (int64_t)(l->n - 1);
}

static int64_t y_of(const struct line *l, int64_t v)
{
    int64_t range = l->high > l->low ? l->high - l->low : 1;
    return MARGIN + (l->high - v) * (HEIGHT - 2 * MARGIN) / range;
}

/* A run without a score is a gap; `h1` makes a point between two gaps one that is seen. */
static void add_path(struct mop_page *p, const struct line *l)
{
    bool pen = false;
    mop_html_str(p, "<path d=\"");
    for (size_t i = 0; i < l->n; i++) {
        int64_t v = value_of(l, i);
        if (v >= 0)
            mop_html_put(p, pen ? "L{} {}" : "M{} {}h1", mop_html_int(p, x_of(l, i)),
                         mop_html_int(p, y_of(l, v)));
        pen = v >= 0;
    }
    mop_html_str(p, "\"/>");
}

static struct mop_sv line_words(struct mop_page *p, const struct line *l)
{
    int64_t low = -1, high = -1, first = -1, last = -1;
    for (size_t i = 0; i < l->n; i++) {
        int64_t v = value_of(l, i);
        if (v < 0)
            continue;
        first = first < 0 ? v : first;
        last = v;
        low = low < 0 || v < low ? v : low;
        high = v > high ? v : high;
    }
    return mop_arena_printf(
        &p->arena, "from %.*s to %.*s over %zu runs; lowest %.*s, highest %.*s",
        MOP_SV_ARG(mop_html_tenths(p, first)), MOP_SV_ARG(mop_html_tenths(p, last)), l->n,
        MOP_SV_ARG(mop_html_tenths(p, low)), MOP_SV_ARG(mop_html_tenths(p, high)));
}

void mop_html_sparkline(struct mop_page *p, const struct mop_score_since *s, bool money,
                        int64_t target)
{
    if (!s || s->ntrend < 2)
        return;
    size_t from = s->ntrend > POINTS_MAX ? s->ntrend - POINTS_MAX : 0;
    struct line l = {.points = s->trend + from, .n = s->ntrend - from, .money = money};
    if (span(&l) < 2)
        return;
    begin_picture(p, "spark", "0 0 1200 280",
                  mop_arena_printf(&p->arena, "Trend of %.*s%s",
                                   MOP_SV_ARG(s->name.n ? s->name : s->record),
                                   money ? ", money" : ", records"),
                  line_words(p, &l));
    if (target >= l.low && target <= l.high)
        mop_html_put(p, "<line class=\"mark\" x1=\"0\" x2=\"1200\" y1=\"{}\" y2=\"{}\"/>",
                     mop_html_int(p, y_of(&l, target)), mop_html_int(p, y_of(&l, target)));
    add_path(p, &l);
    int64_t last = value_of(&l, l.n - 1);
    if (last >= 0)
        mop_html_put(p, "<rect class=\"last\" x=\"{}\" y=\"{}\" width=\"40\" height=\"40\"/>",
                     mop_html_int(p, x_of(&l, l.n - 1) - 20), mop_html_int(p, y_of(&l, last) - 20));
    mop_html_str(p, "</svg>");
}

/* ---- parts of a whole ---- */

void mop_html_stack(struct mop_page *p, struct mop_sv title, struct mop_sv words,
                    const struct mop_html_part *parts, size_t n)
{
    int64_t x = 0;
    begin_picture(p, "stack", "0 0 1000 40", title, words);
    mop_html_str(p, "<rect class=\"rest\" width=\"1000\" height=\"40\"/>");
    for (size_t i = 0; i < n; i++) {
        if (parts[i].thousandths <= 0)
            continue;
        mop_html_put(p,
                     "<rect class=\"{}\" x=\"{}\" width=\"{}\" height=\"40\"><title>{}</title>"
                     "</rect>",
                     mop_sv_of(parts[i].look), mop_html_int(p, x),
                     mop_html_int(p, parts[i].thousandths), parts[i].name);
        x += parts[i].thousandths;
    }
    mop_html_str(p, "</svg>\n");
}
