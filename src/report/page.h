/* SPDX-License-Identifier: MIT */
#ifndef MOP_PAGE_H
#define MOP_PAGE_H
#include "report/report.h"
#include "report/shown.h"

/*
 * A report for people: sections (section_*.c) say what stands there as headings, paragraphs, steps
 * and tables; a style (text.c, markdown.c) draws them. Styles escape everything that they are
 * given.
 */
enum mop_tone {
    MOP_TONE_PLAIN,
    MOP_TONE_STRONG,
    MOP_TONE_FAINT,
    MOP_TONE_GOOD,
    MOP_TONE_BAD,
    MOP_TONE_WARN,
    MOP_TONE_DATA
};

/* What happens to a column when the table is too wide. Keys say what a row is about: they are
 * broken into lines, never cut, and stand again where the table goes on below; texts are only
 * broken into lines. */
enum mop_grid_fit { MOP_FIT_WHOLE, MOP_FIT_CLIP, MOP_FIT_TEXT, MOP_FIT_KEY };
struct mop_grid_column {
    const char *title;
    bool right;
    enum mop_grid_fit fit;
};
struct mop_grid_cell {
    struct mop_sv text;
    enum mop_tone tone; /* MOP_TONE_DATA: quoted, or set as code */
};
enum { MOP_GRID_COLUMNS = 10 };
/* A table in the making. Rows are whole; a column without any text is not drawn. */
struct mop_grid {
    struct mop_grid_column columns[MOP_GRID_COLUMNS];
    size_t ncolumns;
    struct mop_grid_cell *cells;
    size_t n, cap;
};

struct mop_page {
    const struct mop_result *r;
    const struct mop_format_options *o;
    struct mop_out *out;
    struct mop_arena arena;
    const struct mop_page_style *style;
    size_t width;
    bool brief;   /* the short form: the most important lines of long lists */
    bool roomy;   /* cells have room for words, where else an id stands */
    size_t items; /* drawn since the last heading of level 1 */
    bool fresh;   /* nothing was drawn since a heading */
};
struct mop_page_style {
    void (*heading)(struct mop_page *p, int level, struct mop_sv text); /* level 1 or 2 */
    void (*para)(struct mop_page *p, enum mop_tone tone, struct mop_sv text);
    void (*item)(struct mop_page *p, enum mop_tone tone, struct mop_sv text);
    /* A numbered thing: what it is, and more about it. */
    void (*step)(struct mop_page *p, size_t number, struct mop_sv what, struct mop_sv more);
    void (*table)(struct mop_page *p, const struct mop_grid *g);
};

void mop_heading(struct mop_page *p, int level, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
void mop_para(struct mop_page *p, enum mop_tone tone, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
void mop_item(struct mop_page *p, enum mop_tone tone, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

void mop_step(struct mop_page *p, size_t number, struct mop_sv what, struct mop_sv more);

void mop_grid_init(struct mop_grid *g, const struct mop_grid_column *columns, size_t n);
void mop_grid_add(struct mop_grid *g, enum mop_tone tone, struct mop_sv text);
void mop_grid_str(struct mop_grid *g, const char *text);
void mop_grid_draw(struct mop_page *p, struct mop_grid *g); /* if it has rows; releases it */
/* False if no row has text there. */
bool mop_grid_used(const struct mop_grid *g, size_t column);

/* How many of `n` entries a list shows before it says how many there are more. */
size_t mop_page_most(const struct mop_page *p, size_t n, size_t brief, size_t full);
void mop_page_more(struct mop_page *p, size_t n, size_t shown, const char *of);
/* Runs the sections (NULL-terminated) in order. */
typedef void (*mop_section)(struct mop_page *p);
int mop_page_write(struct mop_page *p, const mop_section *sections, struct mop_err *e);
#endif
