/* SPDX-License-Identifier: MIT */
#include "report/html.h"

/* Pictures. Positions are whole numbers, so that the same run gives the same bytes. Each has a
 * title and words for those who do not see it. */

enum { WIDTH = 1200, HEIGHT = 280, MARGIN = 32, POINTS_MAX = 60 };

/* Title and description of a picture that has begun, by ids of their own. `fit`: "none" stretches
 * it to where it stands, which only bars bear. */
static void begin_picture(struct mop_page *p, const char *look, const char *box, const char *fit,
                          struct mop_sv title, struct mop_sv words)
{
    struct mop_html *h = mop_html_of(p);
    struct mop_sv id = mop_arena_printf(&p->arena, "p%zu", ++h->labels);
    mop_html_put(p,
                 "<svg class=\"{}\" viewBox=\"{}\" preserveAspectRatio=\"{}\" role=\"img\" "
                 "aria-labelledby=\"{}t {}d\"><title id=\"{}t\">{}</title><desc id=\"{}d\">{}"
                 "</desc>",
                 mop_sv_of(look), mop_sv_of(box), mop_sv_of(fit), id, id, id, title, id, words);
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

/* A line where the rules became others. */
static void add_rule_changes(struct mop_page *p, const struct line *l)
{
    for (size_t i = 1; i < l->n; i++)
        if (l->points[i].other_rules) {
            struct mop_sv x = mop_html_int(p, (x_of(l, i - 1) + x_of(l, i)) / 2);
            mop_html_put(p, "<line class=\"rules\" x1=\"{}\" x2=\"{}\" y1=\"0\" y2=\"280\"/>", x,
                         x);
        }
}

static size_t rule_changes(const struct line *l)
{
    size_t n = 0;
    for (size_t i = 1; i < l->n; i++)
        n += l->points[i].other_rules;
    return n;
}

/* The lowest and the highest share that was told; nothing was: -1. */
static void extremes(const struct line *l, int64_t *low, int64_t *high)
{
    *low = *high = -1;
    for (size_t i = 0; i < l->n; i++) {
        int64_t v = value_of(l, i);
        *low = v >= 0 && (*low < 0 || v < *low) ? v : *low;
        *high = v > *high ? v : *high;
    }
}

static struct mop_sv line_words(struct mop_page *p, const struct line *l)
{
    int64_t low, high, first = -1, last = -1;
    extremes(l, &low, &high);
    for (size_t i = 0; i < l->n; i++) {
        int64_t v = value_of(l, i);
        first = first < 0 ? v : first;
        last = v < 0 ? last : v;
    }
    size_t changes = rule_changes(l);
    struct mop_sv rules = changes
                              ? mop_arena_printf(&p->arena, "; the rules became others %zu time%s",
                                                 changes, changes == 1 ? "" : "s")
                              : MOP_SV("");
    return mop_arena_printf(
        &p->arena, "from %.*s to %.*s over %zu runs; lowest %.*s, highest %.*s%.*s",
        MOP_SV_ARG(mop_html_tenths(p, first)), MOP_SV_ARG(mop_html_tenths(p, last)), l->n,
        MOP_SV_ARG(mop_html_tenths(p, low)), MOP_SV_ARG(mop_html_tenths(p, high)),
        MOP_SV_ARG(rules));
}

/* False: fewer than two shares are no line. */
static bool line_of(const struct mop_score_since *s, bool money, struct line *l)
{
    if (!s || s->ntrend < 2)
        return false;
    size_t from = s->ntrend > POINTS_MAX ? s->ntrend - POINTS_MAX : 0;
    *l = (struct line){.points = s->trend + from, .n = s->ntrend - from, .money = money};
    return span(l) > 1;
}

static void put_line(struct mop_page *p, const struct mop_score_since *s, const struct line *l,
                     int64_t target)
{
    begin_picture(p, "spark", "0 0 1200 280", "xMidYMid",
                  mop_arena_printf(&p->arena, "Trend of %.*s%s",
                                   MOP_SV_ARG(s->name.n ? s->name : s->record),
                                   l->money ? ", money" : ", records"),
                  line_words(p, l));
    if (target >= l->low && target <= l->high)
        mop_html_put(p, "<line x1=\"0\" x2=\"1200\" y1=\"{}\" y2=\"{}\"/>",
                     mop_html_int(p, y_of(l, target)), mop_html_int(p, y_of(l, target)));
    add_rule_changes(p, l);
    add_path(p, l);
    int64_t last = value_of(l, l->n - 1);
    if (last >= 0)
        mop_html_put(p, "<circle cx=\"{}\" cy=\"{}\" r=\"28\"/>",
                     mop_html_int(p, x_of(l, l->n - 1)), mop_html_int(p, y_of(l, last)));
    mop_html_str(p, "</svg>");
}

void mop_html_sparkline(struct mop_page *p, const struct mop_score_since *s, bool money)
{
    struct line l;
    if (line_of(s, money, &l))
        put_line(p, s, &l, -1);
}

void mop_html_trend(struct mop_page *p, const struct mop_score_since *s, bool money, int64_t target,
                    const char *label)
{
    struct line l;
    int64_t low, high;
    if (!line_of(s, money, &l))
        return;
    extremes(&l, &low, &high);
    mop_html_put(p, "<div class=\"trend\"><small class=\"f\">{}</small>", mop_sv_of(label));
    put_line(p, s, &l, target);
    mop_html_put(p, "<small class=\"f\">{}{}{}</small></div>",
                 low == high ? MOP_SV("") : mop_shown_tenths(&p->arena, low),
                 low == high ? MOP_SV("") : MOP_SV(" to "), mop_html_tenths(p, high));
}

/* ---- parts of a whole ---- */

void mop_html_stack(struct mop_page *p, struct mop_sv title, struct mop_sv words,
                    const struct mop_html_part *parts, size_t n)
{
    int64_t x = 0;
    begin_picture(p, "stack", "0 0 1000 40", "none", title, words);
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
