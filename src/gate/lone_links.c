/* SPDX-License-Identifier: MIT */
#include "gate/brief_read.h"
#include "values/macro.h"
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Links without a brief: written on the command line, or files that nobody described. */

/* What has a colon before any slash: https://, mailto:, javascript: ; and what begins with a macro,
 * as {lpurl}?x=1. */
static bool is_url(struct mop_sv s)
{
    if (mop_macro_at(s, 0))
        return true;
    size_t colon = mop_sv_find(s, ':');
    return colon < s.n && colon < mop_sv_find(s, '/') && colon > 0;
}

/* "shop.example/f", "//shop.example", "/f?utm_source=x": no column has such a name. */
bool mop_looks_like_link(struct mop_sv s)
{
    size_t slash = mop_sv_find(s, '/'), dot = mop_sv_find(s, '.');
    if (mop_sv_find(s, ' ') < s.n && slash == s.n)
        return false;
    return is_url(s) || mop_sv_starts(s, MOP_SV("//")) || mop_sv_find(s, '?') < s.n ||
           (dot < s.n && dot > 0 && (slash == s.n || dot < slash));
}

/* ---- files ---- */

const char *const mop_link_spellings[] = {
    "url",          "link", "final url",    "final_url",       "landing page",
    "landing_page", "href", "tracking url", "destination url", NULL};

/* The column of links by its name; -1: none has one of these. */
static long named_column(const struct mop_schema *s)
{
    long found = -1;
    for (size_t i = 0; found < 0 && mop_link_spellings[i]; i++)
        found = mop_link_column(s, mop_sv_of(mop_link_spellings[i]));
    return found;
}

static bool has_link(const struct mop_schema *s)
{
    for (size_t i = 0; i < s->n; i++)
        if (mop_looks_like_link(s->columns[i]))
            return true;
    return false;
}

static int no_header(const struct mop_link_file *f, struct mop_err *e)
{
    mop_err_set(e, 2, (struct mop_loc){f->path, f->source->schema.at[0].line, 0},
                "the first line is no header: it holds a link, among %zu columns",
                f->source->schema.n);
    mop_err_hint(e,
                 "write a header above it, such as url,name; a link that holds '%c' stands in \"\"",
                 f->source->schema.delimiter);
    return -1;
}

static int bind_columns(struct mop_link_file *f, struct mop_err *e)
{
    const struct mop_schema *s = &f->source->schema;
    long links = named_column(s);
    if (links < 0 && s->n == 1)
        links = 0;
    else if (links < 0 && has_link(s))
        return no_header(f, e);
    struct mop_sv name = links < 0 ? MOP_SV("url") : s->columns[links];
    for (int i = 0; i < MOP_LINK_COLUMNS; i++)
        if (mop_link_file_bind(f, i, i ? mop_sv_of(mop_link_columns[i]) : name, !i,
                               (struct mop_loc){f->path, 0, 0}, e))
            return -1;
    return 0;
}

static int read_table(struct mop_link_file *f, struct mop_err *e)
{
    return bind_columns(f, e) || mop_link_file_rows(f, e) ? -1 : 0;
}

/* What the exporter takes for the header is the first link. */
static int read_list(struct mop_link_file *f, struct mop_err *e)
{
    const struct mop_schema *s = &f->source->schema;
    struct mop_brief *b = f->b;
    size_t before = b->nlinks;
    *mop_brief_add_link(b) =
        (struct mop_brief_link){.url = {mop_arena_copy(&b->arena, s->columns[0]), s->at[0], 1}};
    b->links[before].url.at.file = f->path;
    for (int i = 0; i < MOP_LINK_COLUMNS; i++)
        f->column[i] = i ? -1 : 0;
    if (mop_link_file_rows(f, e))
        return -1;
    for (size_t i = before; i < b->nlinks; i++)
        b->links[i].row = i - before + 1;
    b->lists = mop_arena_printf(&b->arena, "%.*s; '%s' has no header: %zu link%s, one a line",
                                MOP_SV_ARG(b->lists), f->path, b->nlinks - before,
                                b->nlinks - before == 1 ? "" : "s");
    return 0;
}

/* No link has this character, and so each line is one field. What is no file is read once only:
 * there a line with a delimiter is told as one that does not fit. */
enum { NO_DELIMITER = '\x1f' };

static int open_lines(struct mop_link_file *f, const struct mop_brief_options *o, struct mop_err *e)
{
    struct mop_brief_options lines = *o;
    struct stat st;
    if (stat(f->path, &st) || !S_ISREG(st.st_mode))
        return 0;
    mop_link_file_close(f, 0);
    lines.source.delimiter = NO_DELIMITER;
    return mop_link_file_open(f, &lines, e);
}

static int read_file(struct mop_link_file *f, const struct mop_brief_options *o, struct mop_err *e)
{
    if (mop_link_file_open(f, o, e))
        return -1;
    const struct mop_schema *s = &f->source->schema;
    if (s->n != 1 || named_column(s) >= 0 || !has_link(s))
        return mop_link_file_close(f, read_table(f, e));
    return open_lines(f, o, e) ? -1 : mop_link_file_close(f, read_list(f, e));
}

static void hint_link(const char *from, struct mop_err *e)
{
    bool page = strpbrk(from, "/?") || !strncmp(from, "www.", 4); /* links.csv is a file */
    if (page && access(from, F_OK) && mop_looks_like_link(mop_sv_of(from)))
        mop_err_hint(e, "if it is a link, write https://%s", from + strspn(from, "/"));
}

int mop_brief_links_only(struct mop_brief *b, const char *const *from, size_t n,
                         const struct mop_brief_options *o, struct mop_err *e)
{
    *b = (struct mop_brief){.lists = MOP_SV("")};
    mop_arena_init(&b->arena);
    b->start.day = b->end.day = b->changed.day = MOP_NO_DAY;
    for (size_t i = 0; i < n; i++) {
        struct mop_sv text = mop_sv_trim(mop_sv_of(from[i]));
        if (is_url(text)) {
            *mop_brief_add_link(b) = (struct mop_brief_link){.url = {.text = text, .span = 1}};
            continue;
        }
        struct mop_link_file f = {.b = b, .path = from[i]};
        b->link_file = from[i];
        if (read_file(&f, o, e)) {
            hint_link(from[i], e);
            return -1;
        }
    }
    mop_brief_make_digest(b);
    return 0;
}
