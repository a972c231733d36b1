/* SPDX-License-Identifier: MIT */
#ifndef MOP_HTML_H
#define MOP_HTML_H
#include "report/sections.h"

/*
 * The report as one HTML file (html*.c): a page style that draws the sections of every report, and
 * sections of its own where a figure is better seen than read. Whatever comes from data or rules
 * goes through mop_html_text and is escaped there; nothing else may write it.
 */
enum {
    MOP_HTML_MAX = 1000000, /* bytes of a page, whatever is judged */
    MOP_HTML_TEXT = 300,    /* columns of a text, of a value, of a name */
    MOP_HTML_DATA = 80,
    MOP_HTML_NAME = 120
};

struct mop_html_anchor {
    struct mop_sv id, title;
};
struct mop_html {
    struct mop_page page;   /* first, so that a style gets from the page to it */
    struct mop_arena whole; /* lives as long as the page */
    size_t written, limit;  /* bytes; where the section at hand is full */
    size_t dropped;         /* lines that did not fit into it */
    const char *list;       /* the list that is open: "ul", "ol"; or NULL */
    bool in_section;
    size_t labels;        /* ids given so far */
    size_t head;          /* `written` where the rows of the table at hand begin */
    struct mop_sv label;  /* id of the last heading: what follows is about */
    struct mop_sv expect; /* title for the contents, of the next heading of level 1 */
    struct mop_html_anchor *anchors;
    size_t nanchors, capanchors;
};
static inline struct mop_html *mop_html_of(struct mop_page *p)
{
    return (struct mop_html *)p;
}

/* ---- what is built in (html_assets.c) ---- */
extern const struct mop_sv mop_html_css, mop_html_js;
void mop_html_hash(struct mop_page *p, struct mop_sv text); /* 'sha256-...' */

/* ---- bytes (html_write.c) ---- */
void mop_html_str(struct mop_page *p, const char *markup);
void mop_html_text(struct mop_page *p, struct mop_sv text, size_t max); /* escaped */
/* A value of the data, set as code; blank is told. */
void mop_html_data(struct mop_page *p, struct mop_sv value);
/* Markup with a hole {} for each text, which is escaped. */
void mop_html_fill(struct mop_page *p, const char *markup, const struct mop_sv *texts, size_t n);
#define mop_html_put(p, markup, ...)                                                               \
    mop_html_fill((p), (markup), (const struct mop_sv[]){__VA_ARGS__},                             \
                  sizeof((const struct mop_sv[]){__VA_ARGS__}) / sizeof(struct mop_sv))
/* A class for what has room in one line, and is hard to read if it breaks; else "". */
struct mop_sv mop_html_keep(struct mop_sv text);
/* A number as markup wants it. */
struct mop_sv mop_html_int(struct mop_page *p, int64_t n);
/* The section has no more room; the line that was to come is counted. */
bool mop_html_full(struct mop_page *p);

/* ---- the style (html_style.c, html_table.c) ---- */
extern const struct mop_page_style mop_html_style;
extern const char *const mop_html_tones[]; /* classes, by enum mop_tone */
void mop_html_end_list(struct mop_page *p);
void mop_html_end_section(struct mop_page *p);
/* A heading of level 1 that the contents name otherwise. */
void mop_html_section(struct mop_page *p, const char *title, struct mop_sv in_contents);
void mop_html_table(struct mop_page *p, const struct mop_grid *g);
/* A table of one's own: its head, then rows as markup, then its end. `sorts`: a script may sort. */
void mop_html_begin_table(struct mop_page *p, const struct mop_grid_column *columns, size_t n,
                          bool sorts);
void mop_html_end_table(struct mop_page *p);
/* The same of rows that are blocks on a phone: each cell has its `data-label`. */
void mop_html_begin_rows(struct mop_page *p, const struct mop_grid_column *columns, size_t n);
void mop_html_end_rows(struct mop_page *p);

/* ---- figures as text and pictures (html_figures.c, html_svg.c) ---- */
struct mop_sv mop_html_tenths(struct mop_page *p, int64_t tenths); /* "73.9 %"; "-" below 0 */
struct mop_sv mop_html_points(struct mop_page *p, int64_t tenths); /* "+1.2" */
/* A share, its bar and, at `target` (tenths; -1: none), a mark. */
void mop_html_share(struct mop_page *p, struct mop_sv text, int64_t tenths, int64_t target);
/* How a score went: a line through the runs, if two have a score. */
void mop_html_sparkline(struct mop_page *p, const struct mop_score_since *s, bool money);
/* The same with its name, its lowest and highest share, and the target (in tenths, -1: none). */
void mop_html_trend(struct mop_page *p, const struct mop_score_since *s, bool money, int64_t target,
                    const char *label);
/* What the share was in the earlier run; s NULL, or no score then: nothing. */
void mop_html_last(struct mop_page *p, const struct mop_score_since *s, bool money);
/* What the history knows of a score; record absent: whatever type. NULL: nothing. */
const struct mop_score_since *mop_html_since_of(const struct mop_result *r, int of,
                                                struct mop_sv record, struct mop_sv name);
/* Parts of a whole in one bar: widths in thousandths of it. */
struct mop_html_part {
    int64_t thousandths;
    const char *look; /* class */
    struct mop_sv name;
};
void mop_html_stack(struct mop_page *p, struct mop_sv title, struct mop_sv words,
                    const struct mop_html_part *parts, size_t n);

/* May it be sent, in a word. */
void mop_html_badge(struct mop_page *p, const struct mop_report_result *x);

/* "2026-11-22 06:00 UTC" */
struct mop_sv mop_html_instant(struct mop_page *p, int64_t us);

/* ---- the first screen's cards (html_cards.c, html_first.c) ---- */
void mop_html_begin_card(struct mop_page *p, const char *title);
void mop_html_end_card(struct mop_page *p, size_t n, size_t shown);
void mop_html_loss_card(struct mop_page *p);
void mop_html_first_card(struct mop_page *p);

/* ---- sections of its own ---- */
void mop_html_top(struct mop_page *p);
void mop_html_reports(struct mop_page *p);
void mop_html_since(struct mop_page *p);
void mop_html_since_lists(struct mop_page *p, const struct mop_since *s); /* of it */
void mop_html_plan(struct mop_page *p);
void mop_html_together(struct mop_page *p);
void mop_html_rules(struct mop_page *p);
void mop_html_lifecycles(struct mop_page *p);
void mop_html_datasets(struct mop_page *p);
void mop_html_suppressed(struct mop_page *p);
void mop_html_people(struct mop_page *p);
void mop_html_formula(struct mop_page *p);
#endif
